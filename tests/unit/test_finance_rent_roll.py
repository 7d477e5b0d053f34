# SPDX-License-Identifier: MIT
"""The rent roll by month; every number worked by hand on a roll of one or two leases."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_building, a_lease, a_park, a_record
from tests.finance_rig import AROUND, run, wan
from tests.finance_samples import SAMPLES
from tests.shipped import texts
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.ledger_inputs import rent_step
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.settling import Provenance, Surroundings
from workbench.domain.records.ledger import Ledger
from workbench.domain.report.sections.money.assumptions import silent_leases
from workbench.domain.report.sections.money.words import Calculated, Say

START = date(2026, 1, 1)


def a_row(**more):
    row = {
        "name": "A",
        "area": 10000,
        "rent": 10,
        "start_on": date(2024, 1, 1),
        "end_on": date(2027, 12, 31),
        "free_months": 0,
    }
    return row | more


def roll(*rows, **more):
    usual = {
        "basis": "按租约逐月", "years": 4, "area": 10000, "rent": 12, "rent_growth": 0,
        "base_growth": 0, "start_on": START, "leases": tuple(rows), "collection": 1,
        "target_occupancy": 0, "capex": 0, "opex_ratio": 0, "property_tax": 0,
        "downtime": 6, "free_new": 2, "free_renewed": 0, "term": 36, "renewal": 1,
    }  # fmt: skip
    return run("lease_up", **(usual | more))


def incomes(result, key="income"):
    return list(result.line(key).values[1:])


def test_a_renewed_lease_goes_on_at_market_rent_without_a_gap():
    result = roll(a_row())
    assert not result.failed
    assert incomes(result) == [1200000, 1200000, 1440000, 1440000]
    assert result.line("occupancy_year").values[1:] == (1, 1, 1, 1)


def test_a_lease_that_is_not_renewed_stands_empty_then_pays_after_its_free_months():
    result = roll(a_row(), renewal=0)
    # ends after month 24; empty to month 30, free to month 32: 4 months of 120,000 in year 3
    assert incomes(result) == [1200000, 1200000, 4 * 120000, 12 * 120000]
    assert result.line("occupancy_year").values[3] == Decimal("0.5")


def test_the_expected_value_lies_between_by_the_probability():
    result = roll(a_row(), renewal=0.65)
    year = Decimal("0.65") * 1440000 + Decimal("0.35") * 480000
    assert incomes(result)[2] == year


def test_a_new_lease_ends_again_after_its_term():
    result = roll(a_row(end_on=date(2026, 12, 31)), renewal=0, term=12, downtime=6, free_new=0)
    # let from month 18 to 30, empty to 36, let again from 36
    assert incomes(result) == [1200000, 6 * 120000, 6 * 120000, 12 * 120000]


def test_vacancy_is_let_evenly_until_the_target():
    result = roll(a_row(), area=20000, target_occupancy=1, absorb_months=10, free_new=0, years=1)
    # 1,000 ㎡ more each month: 1,000 + … + 10,000, then two full months
    assert incomes(result) == [1200000 + 12 * (55000 + 20000)]
    base = result.line("base_noi").values[1]
    assert base == 1200000


def test_free_months_steps_and_days_of_a_lease_in_force():
    stepped = a_row(start_on=date(2025, 7, 1), step_months=12, step_rate=0.05)
    assert incomes(roll(stepped))[0] == 6 * 100000 + 6 * 105000
    free = a_row(start_on=START, free_months=3)
    assert incomes(roll(free))[0] == 900000
    late = a_row(start_on=date(2026, 1, 17))
    assert incomes(roll(late))[0] == 11 * 100000 + 100000 * Decimal(15) / 31
    short = a_row(end_on=date(2026, 6, 15))
    assert incomes(roll(short, renewal=0, years=1))[0] == 5 * 100000 + Decimal(50000)


def test_a_roll_of_one_endless_lease_is_the_path_of_its_occupancy():
    endless = roll(a_row(area=6000, rent=12, end_on=date(2060, 1, 1)))
    path = run("lease_up", years=4, area=10000, rent=12, rent_growth=0, base_growth=0,
               occupancy=(0.6,), base_occupancy=0.6, collection=1, capex=0, opex_ratio=0,
               property_tax=0)  # fmt: skip
    assert incomes(endless) == incomes(path)
    assert incomes(endless, "base_noi") == incomes(path, "base_noi")


def test_leases_that_are_over_or_upside_down_or_too_large_are_named():
    result = roll(
        a_row(end_on=date(2025, 6, 30)),
        a_row(start_on=date(2026, 6, 30), end_on=date(2026, 1, 1)),
        a_row(area=12000),
    )
    assert [(f.code, f.field) for f in result.findings] == [
        ("lease_over", "leases[1].end_on"),
        ("dates_order", "leases[2].end_on"),
        ("leases_above_area", "area"),
    ]


def test_a_lease_without_a_rent_leaves_the_income_unknown_and_says_where():
    result = roll(a_row(rent=None))
    assert result.line("income").values[1] is None
    gap = result.line("income").gap
    assert {(place.key, place.index, place.column) for place in gap.places} == {
        ("leases", 1, "rent")
    }
    assert ("missing_cell", "leases[1].rent") in [(f.code, f.field) for f in result.findings]
    assert result.measure("npv").value is None


def test_free_months_and_steps_of_leases_in_force_stand_on_lines_of_their_own():
    stepped = a_row(area=6000, start_on=date(2025, 7, 1), step_months=12, step_rate=0.05)
    free = a_row(area=4000, start_on=START, free_months=3)
    result = roll(stepped, free)
    assert incomes(result, "contract_full")[:2] == [1200000, 1200000]
    assert incomes(result, "contract_free")[:2] == [3 * 40000, 0]
    # 60,000 a month: 5 % for six months, then for six and 10.25 % for six
    assert incomes(result, "contract_steps")[:2] == [6 * 3000, 6 * 3000 + 6 * 6150]
    parts = zip(*(incomes(result, f"contract_{part}") for part in ("full", "free", "steps")),
                strict=True)  # fmt: skip
    assert [a - b + c for a, b, c in parts] == incomes(result, "contract_rent")


def test_the_free_months_of_new_leases_stand_on_a_line_of_their_own():
    result = roll(a_row(), renewal=0)
    # let from month 30, free to month 32 at 120,000 a month
    assert incomes(result, "market_free") == [0, 0, 2 * 120000, 0]
    assert incomes(result, "market_rent") == [0, 0, 4 * 120000, 12 * 120000]


share = st.decimals(0, 1, places=2)


@settings(max_examples=settings.default.max_examples // 2)
@given(
    renewal=share,
    term=st.integers(3, 30),
    downtime=st.integers(0, 8),
    ends=st.lists(st.integers(0, 40), min_size=1, max_size=4),
)
def test_space_is_never_let_twice_and_none_is_lost(renewal, term, downtime, ends):
    rows = [a_row(area=1000, end_on=date(2026 + month // 12, month % 12 + 1, 28)) for month in ends]
    result = roll(*rows, renewal=renewal, term=term, downtime=downtime, free_new=0)
    occupied = result.line("occupied").values
    ended_areas = [sum(1000 for m in ends if m + 1 <= month) for month in range(48)]
    for month, let in enumerate(occupied):
        assert -Decimal("1e-9") <= let <= ended_areas[month] + Decimal("1e-9")
    if downtime == 0 or renewal == 1:
        assert all(
            abs(let - whole) < Decimal("1e-9")
            for let, whole in zip(occupied, ended_areas, strict=True)
        )


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("每两年递增5%", (24, "0.05")),
        ("第三年起每年递增3%", None),
        ("每12个月上浮4.5%", (12, "0.045")),
        ("年递增3%", (12, "0.03")),
        ("按市场价", None),
        ("", (0, "0")),
        ("无", (0, "0")),
        ("租金不变", (0, "0")),
        ("固定递增3%", (12, "0.03")),
    ],
)
def test_rent_steps_are_read_from_words_and_never_invented(words, step):
    assert rent_step(words) == (None if step is None else (step[0], Decimal(step[1])))


def free_findings(result):
    return [(f.code, f.params["names"]) for f in result.findings if f.field == "free_assumed"]


def test_free_months_left_blank_are_unknown_until_the_analyst_states_what_they_count_with():
    rows = (a_row(start_on=START, free_months=None), a_row(name="B", area=0, free_months=1))
    blank = roll(*rows, free_assumed=None)
    assert blank.measure("npv").value is None
    assert free_findings(blank) == [("free_unknown", "A")]
    counted = roll(*rows, free_assumed=2)
    assert free_findings(counted) == [("free_counted", "A")]
    assert incomes(counted)[0] == 10 * 100000
    assert free_findings(roll(a_row(free_months=0), free_assumed=None)) == []


def test_free_months_that_cannot_be_are_not_replaced_by_what_is_assumed():
    wrong = roll(a_row(free_months=-1), free_assumed=2)
    assert ("below", "leases[1].free_months") in [(f.code, f.field) for f in wrong.findings]
    assert wrong.measure("npv").value is None
    assert free_findings(wrong) == []


def test_a_ledgers_blank_and_a_typed_blank_of_free_months_follow_one_rule():
    dates = {"start_on": "2026-07-01", "end_on": "2030-06-30", "rent_price": 10, "area": 100,
             "rent_unit": "元/㎡·月", "building": "B"}  # fmt: skip
    rows = [
        a_park(),
        a_building("B", rentable_area=100),
        a_lease("L1", contract_no="HT-1", **dates),
    ]
    scope = Scope(Ledger.of(rows), "park", None, AROUND.as_of, {})
    model = MODELS["lease_up"]
    around = Surroundings(AROUND.parameters, AROUND.as_of, ledger=model.suggestions(scope))
    drawn = calculate(model, {"capex": wan(1)}, around)
    typed = calculate(model, {"capex": wan(1), "leases": drawn.settled["leases"].value}, around)
    for result in (drawn, typed):
        assert free_findings(result) == [("free_unknown", "HT-1")]
        assert result.measure("npv").value is None


def test_the_ledgers_own_rent_roll_drives_the_model_with_rents_made_comparable():
    rows = [
        a_park(),
        a_building("B", rentable_area=20000),
        a_record("enterprise", "T", name="甲公司"),
        a_lease("L1", building="B", tenant="T", contract_no="HT-1", area=3000, rent_price=0.5,
                rent_unit="元/㎡·天", start_on="2024-01-01", end_on="2027-12-31", free_months=2,
                escalation="每年递增3%"),
        a_lease("L2", building="B", contract_no="HT-2", area=800, rent_price=12,
                rent_unit="万元/年", start_on="2026-09-01", end_on="2029-08-31"),
        a_lease("L3", building="B", contract_no="HT-3", area=500, rent_price=10,
                rent_unit="元/㎡·月", start_on="2020-01-01", end_on="2023-12-31"),
    ]  # fmt: skip
    scope = Scope(Ledger.of(rows), "park", None, AROUND.as_of, {})
    model = MODELS["lease_up"]
    around = Surroundings(AROUND.parameters, AROUND.as_of, ledger=model.suggestions(scope))
    result = calculate(model, {"capex": wan(100), "free_assumed": Decimal(1)}, around)
    assert result.settled["basis"].value == "按租约逐月"
    assert result.settled["leases"].provenance is Provenance.LEDGER
    leases = result.settled["leases"].value
    assert [(row["name"], row["area"], round(row["rent"], 4)) for row in leases] == [
        ("HT-1", 3000, Decimal("15.2083")),
        ("HT-2", 800, Decimal("12.5")),
    ]
    assert leases[0]["step_rate"] == Decimal("0.03")
    assert result.settled["area"].value == 20000
    assert not result.failed
    assert result.measure("npv").value is not None
    inputs = {(cell.entity, cell.key, cell.field) for cell in
              result.trace(*result.line("contract_rent").amounts).inputs}  # fmt: skip
    assert ("lease", "L1", "rent_price") in inputs
    # what silent leases are taken for stands beside the answers
    assert silent_leases(Calculated("甲", model, result), Say(texts())) == (
        "其中 1 份租约没有写免租期或读不出，按 1 个月计；1 份已到期、没有续租或退租记录的租约"
        "（500.00 ㎡）按空置计；1 份租约没有写租金递增，按不递增计；"
        "合同另有约定的，结果会变。"
    )


def test_a_lease_without_end_and_dates_beyond_every_calendar_are_no_crash():
    """长期 is often written 9999-12-31: the day after it does not exist."""
    given = SAMPLES["lease_up by month"]
    lease = given["leases"][0]
    endless = {**lease, "end_on": date(9999, 12, 31), "step_months": Decimal(0)}
    result = run("lease_up", **given | {"leases": (endless,)})
    rent = Decimal(3000) * 14 * 12
    assert result.line("lease_1").values[1:] == (rent,) * 10
    far = {**lease, "start_on": date(9999, 12, 31), "end_on": date(9999, 12, 31),
           "free_months": Decimal("1e30")}  # fmt: skip
    for start in (date(1, 1, 1), date(9999, 12, 31)):
        found = run("lease_up", **given | {"leases": (far,), "start_on": start})
        assert found.line("lease_1").values[1:] == (0,) * 10
