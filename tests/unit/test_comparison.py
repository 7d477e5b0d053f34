"""Our figures beside those of cases: a forecast never measures us and never becomes ours."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_building, a_ledger, a_parcel, a_park
from tests.shipped import content
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import CaseFact, StatedKind
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.registry import INDICATORS, evaluate_all
from workbench.domain.matching.comparison import MEASURES, compare, reported
from workbench.domain.references import OutcomeStatus, Reliability, Source
from workbench.domain.standards.dimensions import score
from workbench.domain.values import MU_IN_M2

WORDS = Bilingual("话", "words")
SOURCE = Source("s", WORDS, WORDS, Reliability.DEFAULT)
OURS = (a_park(), a_parcel("L", area_cert=10_000, far=0.4), a_building("B", gfa_actual=4000))
PARAMS = {"far_height_double": Decimal(8), "ref_tax_per_mu": Decimal("45.27")}
SHIPPED = content().cases


def a_fact(key, value, unit="", *, status=OutcomeStatus.ACHIEVED, scope="site",
           stated=StatedKind.STATED):  # fmt: skip
    return CaseFact(
        key, WORDS, None if value is None else Decimal(value), stated, status, SOURCE, unit,
        scope=scope,
    )  # fmt: skip


def a_case(*facts):
    return replace(SHIPPED["C01"], facts=facts)


def lines(*cases, records=OURS):
    scope = Scope(a_ledger(records), "park", None, date(2025, 6, 30), PARAMS)
    return {line.measure.key: line for line in compare(scope, evaluate_all(scope, {}), cases)}


def test_c01_output_and_tax_are_shown_as_forecasts_of_its_own_land_only():
    """§1.3: 35 亿 and 4 亿 on 50 亩 are 7,000 and 800 万元/亩, 预计 and never a norm."""
    found = lines(SHIPPED["C01"])
    for key, expected in (("output", 7000), ("tax", 800)):
        [figure] = found[key].theirs
        assert round(figure.value, 6) == expected
        assert (figure.status, figure.derived, figure.counts) == (
            OutcomeStatus.FORECAST, True, False,
        )  # fmt: skip
        assert (found[key].ours, found[key].nearest, found[key].gap) == (None, None, None)
    assert found["far"].theirs[0].status is OutcomeStatus.PLANNED
    assert (found["far"].ours, found["far"].gap) == (Decimal("0.4"), None)
    assert found["land_area"].theirs[0].value == 50 * MU_IN_M2


def test_c04_a_reported_tax_measures_us():
    firm = [*OURS, *_tax_of(12)]
    line = lines(SHIPPED["C01"], SHIPPED["C04"], records=firm)["tax"]
    assert (line.ours, line.nearest, line.gap, line.behind) == (12, 30, -18, True)


def _tax_of(per_mu):
    from tests.indicator_probes import firm

    return [r for r in firm(Decimal(per_mu), "tax_paid", "agreed_tax_per_mu") if "year" in r.values
            or r.entity == "enterprise"]  # fmt: skip


FIGURES = st.decimals(0, 10**6, places=2)


@given(st.lists(FIGURES, min_size=1, max_size=5), st.sampled_from(["FORECAST", "PLANNED"]))
def test_whatever_is_forecast_or_planned_changes_nothing_of_ours(values, status):
    """A forecast (预计) of a case never becomes ours."""
    cases = [
        a_case(*(a_fact(key, value, m.unit, status=OutcomeStatus[status])
                 for m in MEASURES for key in m.facts))
        for value in values
    ]  # fmt: skip
    found, bare = lines(*cases), lines(a_case())
    for key, line in found.items():
        assert (line.nearest, line.gap, line.behind, line.measurable) == (None, None, False, False)
        assert line.ours == (bare[key].ours if key in bare else None)


@given(st.lists(FIGURES, min_size=1, max_size=5))
def test_the_gap_is_to_the_nearest_reported_figure(values):
    line = lines(*(a_case(a_fact("far", value)) for value in values))["far"]
    assert abs(line.gap) == min(abs(value - Decimal("0.4")) for value in values)
    assert line.behind == (line.gap < 0)


@pytest.mark.parametrize(
    "fact",
    [
        a_fact("far", "1.5", stated=StatedKind.INFERRED),
        a_fact("far", None, stated=StatedKind.NOT_STATED),
        a_fact("far", "1.5", "万元"),
    ],
)
def test_what_we_inferred_or_cannot_convert_does_not_measure_us(fact):
    line = lines(a_case(fact))["far"]
    assert (line.gap, line.theirs[0].counts) == (None, False)


def test_amounts_are_divided_only_by_land_of_the_same_scope():
    """§1.3: never divide figures of different bases (277,000 ㎡ ÷ 56 亩)."""
    tax = a_fact("annual_tax", 100, "万元")
    assert "tax" not in lines(a_case(tax, a_fact("land_area", 10, "亩", scope="zone")))
    assert "tax" not in lines(a_case(tax))
    assert "tax" not in lines(a_case(tax, a_fact("land_area", 0, "亩")))
    figure = lines(a_case(tax, a_fact("land_area", 10, "亩")))["tax"].theirs[0]
    assert (round(figure.value, 9), figure.counts) == (10, True)


def test_less_is_better_for_debt():
    measure = next(m for m in MEASURES if m.key == "debt_ratio")
    from tests.builders import a_finance

    row = a_finance(as_of="2024-12-31", total_assets=100, total_liabilities=80)
    line = lines(a_case(a_fact("debt_ratio", "0.7", "%")), records=[*OURS, row])["debt_ratio"]
    assert (measure.unit, line.gap, line.behind) == ("%", Decimal("0.1"), True)


def test_six_cases_are_too_many_and_every_measure_leads_somewhere():
    with pytest.raises(ValueError, match="6 cases"):
        lines(*[a_case()] * 6)
    assert {m.indicator for m in MEASURES} <= {"", *INDICATORS}


def test_screen_05_a_dimension_is_scored_0_to_5_from_what_is_known_alone():
    """Design screen 05: six dimensions of 0–5, weighted from indicators; unknown is never 0."""
    axes = {axis.id: axis for axis in content().standards.dimensions}
    assert len(axes) == 6
    space = axes["radar-space"]
    assert score(space, {}).score is None
    assert list(score(space, {}).missing) == ["I-01", "I-06", "I-13"]
    # I-01 0.56 → (0.56−0.3)/0.65×5 = 2; I-06 0.46 → (0.46−0.2)/1.3×5 = 1; (0.5×2+0.3×1)/0.8
    found = score(space, {"I-01": Decimal("0.56"), "I-06": Decimal("0.46"), "I-13": None})
    assert found.score == Decimal("1.625")
    assert list(found.missing) == ["I-13"]
    money = axes["radar-money"]
    assert score(money, {"I-42": Decimal("0.95")}).score == 0
    assert score(money, {"I-42": Decimal("0.4")}).score == 5


@given(st.decimals(-1000, 1000, places=3, allow_nan=False))
def test_a_score_stays_between_0_and_5(value):
    for axis in content().standards.dimensions:
        for item in axis.items:
            assert 0 <= item.score(value) <= 5
            assert item.score(item.full) == 5
            assert item.score(item.zero) == 0


def test_a_case_is_scored_by_what_it_reports_and_never_by_a_plan_or_forecast():
    """§1.3: C01 is planned at 1.5 and its output 预计; C04 reports 30 万元/亩 of tax."""
    assert reported(SHIPPED["C01"]) == {}
    assert reported(SHIPPED["C04"]) == {"I-13": Decimal(30)}
