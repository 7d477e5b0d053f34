# SPDX-License-Identifier: MIT
"""Holding, taking into reserve, more floor, REIT check, fund: worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finance_rig import amounts, floats, in_wan, run, value, wan, wans
from tests.finance_samples import SAMPLES, model_of


def codes(result):
    return [(finding.code, finding.field) for finding in result.findings]


def test_p00_holding_costs_land_tax_property_tax_and_upkeep_of_what_is_empty():
    result = run("hold", **SAMPLES["hold"])
    # 20,000 × 55 % × 12; 33,333.33 × 4; 3,000 × 70 % × 1.2 % × 55 %
    assert amounts(result, "vacant_upkeep")[1] == Decimal("13.2")
    assert amounts(result, "land_use_tax", 2)[1] == Decimal("13.33")
    assert amounts(result, "tax_on_value", 2)[1] == Decimal("13.86")
    assert in_wan(result.line("kept").values[1]) == Decimal("112.61")
    assert result.measure("irr", with_terminal=False).reasons[0].code == "one_sign"


def test_p04_compensation_tax_and_the_reserves_balance():
    result = run("storage", **SAMPLES["storage"])
    assert not result.findings
    assert in_wan(result.measure("holder_net").value) == 975  # 1,100 − (1,100 − 600) × 25 %
    assert in_wan(result.measure("after_debt").value) == 675
    assert amounts(result, "net_reserve") == floats(-1100, -144, -48, 1212)
    assert in_wan(result.measure("peak_gap").value) == 1292


def test_p04_debt_above_the_compensation_needs_the_creditors():
    result = run("storage", **SAMPLES["storage"] | {"secured_debt": wan(2000),
                                                    "order_issued": None})  # fmt: skip
    assert codes(result) == [
        ("taking_without_order", "order_issued"),
        ("debt_above_compensation", "secured_debt"),
    ]


def test_p13_floor_is_land_times_the_rise_of_the_plot_ratio():
    result = run("expansion", **SAMPLES["expansion"])
    floor = result.line("new_floor").total
    assert round(floor, 2) == Decimal("26666.67")
    assert value(result, "construction") == Decimal("5866.67")
    first = floor * Decimal("0.9") * 16 * 12 * Decimal("1.02") ** 2 * Decimal("0.5")
    assert round(result.line("income").values[2], 4) == round(first * Decimal("0.96"), 4)
    assert result.line("income").values[1] == 0


def test_p13_a_plot_ratio_above_the_plan_is_said_and_one_that_is_not_raised_is_an_error():
    over = run("expansion", **SAMPLES["expansion"] | {"far_max": 1.5})
    assert ("far_above_plan", "far_to") in codes(over)
    assert not over.failed  # the plan may be changed: what that would bring can be computed
    lower = run("expansion", **SAMPLES["expansion"] | {"far_to": 0.7})
    assert ("far_not_raised", "far_to") in codes(lower)
    late = run("expansion", **SAMPLES["expansion"] | {"years": 2, "build_years": 3})
    assert ("never_used", "build_years") in codes(late)
    assert all(measure.value is None for measure in late.measures)


def test_p13_the_lowest_coverage_is_unknown_while_that_of_one_year_is():
    """The years of building earn nothing: their 0 is no lowest while the later ones are unknown."""
    stated = dict(SAMPLES["expansion"] | {"loan": 30_000_000, "loan_years": 8})
    assert run("expansion", **stated).measure("dscr_lowest").value is not None
    stated.pop("land_area")
    lowest = run("expansion", **stated).measure("dscr_lowest")
    assert lowest.value is None
    assert [(r.code, r.params["inputs"]) for r in lowest.reasons] == [
        ("missing_inputs", ("land_area",))
    ]


def test_p17_dispatch_rate_against_the_threshold():
    result = run("reit", **SAMPLES["reit"])
    assert not result.findings
    assert result.measure("dispatch").value == Decimal("0.046")
    assert in_wan(result.measure("highest_value").value) == Decimal("145263.16")
    low = run("reit", **SAMPLES["reit"] | {"noi": wan(4000), "operating_years": 2,
                                           "single_tenant": 0.6, "title_clean": False})  # fmt: skip
    assert codes(low) == [
        ("reit_dispatch_low", "value"),
        ("reit_years_few", "operating_years"),
        ("reit_tenant_large", "single_tenant"),
        ("reit_title_clean", "title_clean"),
    ]
    assert in_wan(low.measure("cash_short").value) == 120000 * Decimal("0.038") - 3680


def test_p17_nine_tenths_of_the_distributable_cash_must_be_paid_out():
    """公开募集基础设施证券投资基金指引（试行）第三十条;"""
    low = run("reit", **SAMPLES["reit"] | {"payout": 0.8})
    [said] = low.findings
    assert (said.code, said.field) == ("reit_payout_low", "payout")
    assert [str(said.params[key]) for key in ("ours", "limit")] == ["80.00%", "90.00%"]
    short = low.measure("payout_short")
    assert in_wan(short.value) == 5520 * Decimal("0.1")
    assert low.trace(short.term).parameters["reit_payout_min"] == Decimal("0.9")
    assert run("reit", **SAMPLES["reit"]).measure("payout_short").value == 0


def test_p17_f24_the_dispatch_of_a_listed_park_reit():
    """金隅 96.43 % paid out … 97.35: the rate is what is distributable over the value, not NOI."""
    result = run("reit", **SAMPLES["reit"] | {"fee_rate": 0, "payout": Decimal("0.9643")})
    assert result.measure("dispatch").value == Decimal("0.05")
    assert result.measure("payout_rate").value == Decimal("0.05") * Decimal("0.9643")


def test_p07_the_fund_pays_its_manager_a_fifth_of_the_profit_and_its_own_part():
    result = run("fund", **SAMPLES["fund"])
    assert not result.findings
    # profit 40,000: carry 8,000, own part 1 % of the other 32,000, own capital 500
    assert in_wan(result.line("manager_gets").total) == 8000 + 320 + 500
    assert in_wan(result.line("soe_gets").total) == 15000 + Decimal("0.3") * 32000
    assert in_wan(result.measure("brought").value) == 35000


def test_p07_what_is_wrong_with_a_fund_is_named():
    result = run("fund", **SAMPLES["fund"] | {
        "filed": None, "guaranteed": True, "in_balance": True, "soe_part": 1, "calls": (0.5,),
        "invested_here": wan(10), "catch_up_share": 0.1,
    })  # fmt: skip
    assert codes(result) == [
        ("reinvestment_short", "invested_here"),
        ("fund_not_filed", "filed"),
        ("guaranteed_return", "guaranteed"),
        ("fund_in_balance", "in_balance"),
        ("parts_above_one", "soe_part"),
        ("calls_not_one", "calls"),
        ("catch_up_never_ends", "catch_up_share"),
    ]


@settings(max_examples=settings.default.max_examples // 2)
@given(
    proceeds=st.lists(st.integers(0, 40000), min_size=8, max_size=8),
    holders=st.sampled_from(["双方按出资比例", "仅投资方"]),
    part=st.sampled_from([0, 0.01, 0.1]),
)
def test_p07_everything_the_fund_gets_back_goes_to_somebody(proceeds, holders, part):
    result = run("fund", **SAMPLES["fund"] | {
        "proceeds": wans(*proceeds), "holders": holders, "manager_part": part,
    })  # fmt: skip
    got = sum(result.line(key).total for key in ("soe_gets", "others_get", "manager_gets"))
    assert abs(got - wan(sum(proceeds))) < Decimal("1e-9")


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_the_net_flow_is_the_sum_of_the_lines_with_their_signs(key):
    result = run(model_of(key), **SAMPLES[key])
    for account in result.accounts:
        holders = {account.key, *account.includes}
        for period in range(result.periods):
            lines = sum(
                line.values[period] * line.sign
                for line in result.lines
                if line.account in holders and not line.single and not line.monthly
            )
            flow = result.flow(account.key)[period].value
            assert abs(flow - lines) < Decimal("1e-9")


DEVELOPMENT = SAMPLES["development"]


def test_p05_p06_cost_sales_rent_and_tax_of_a_joint_development():
    result = run("development", **DEVELOPMENT | {"sale_tax_method": "按综合比例估算"})
    # 5,200 + 77,000 × 2,350 × 1.1
    assert in_wan(result.line("whole_cost").total) == Decimal("25104.50")
    assert amounts(result, "sales")[1:5] == floats(0, "6729.8", "6729.8", 0)
    # 77,000 × 62 % × 90 % × 19.5 × 12 × 1.02³ × 50 % × 96 %
    assert amounts(result, "income")[3] == Decimal("512.1")
    # (6,729.8 × 90 % − 25,104.5 × 19 % − 421.5 interest − 421.5 lost before) × 25 %
    assert amounts(result, "cit")[2] == Decimal("111.0")


def test_p06_the_taxes_on_sales_are_worked_out_one_by_one():
    """§5d: VAT, surcharges, stamp tax and land appreciation tax, worked here by hand."""
    given = DEVELOPMENT | {"land_deducted": 11_000_000, "sale_input_vat": 6_000_000}
    result = run("development", **given)
    sale = 77_000 * 0.38 * 4600 / 2
    output = (sale - 11_000_000 / 2) / 1.09 * 0.09
    due = [max(0, output - 6_000_000), output - max(0, 6_000_000 - output)]
    revenue = sale - output
    surcharges = [paid * 0.10 for paid in due]
    stamp = revenue * 0.0005
    cost = (52_000_000 + 77_000 * 2350 * 1.1) * 0.38
    deductions = cost * 1.1 + sum(surcharges) + 2 * stamp
    gain = 2 * revenue - deductions
    assert 0 < gain / deductions < 0.5
    lat = gain * 0.3
    for key, expected in (("sale_vat", due), ("sale_surcharges", surcharges),
                          ("sale_stamp", [stamp] * 2), ("sale_lat", [lat / 2] * 2)):  # fmt: skip
        found = [float(value) for value in result.line(key).values[2:4]]
        assert found == pytest.approx(expected, rel=1e-12), key
    assert float(result.line("sale_lat_deductions").total) == pytest.approx(deductions)


def test_p06_an_old_project_pays_the_levy_rate_and_a_deemed_levy_replaces_the_brackets():
    given = DEVELOPMENT | {"sale_vat_method": "简易计税", "sale_lat_method": "核定征收"}
    result = run("development", **given)
    sale = 77_000 * 0.38 * 4600 / 2
    assert float(result.line("sale_vat").values[2]) == pytest.approx(sale / 1.05 * 0.05)
    assert float(result.line("sale_lat").values[2]) == pytest.approx(sale / 1.05 * 0.05)


def test_p06_nothing_sold_has_no_tax_on_sales_and_no_unknown_ratio():
    result = run("development", **DEVELOPMENT | {"sale_share": 0})
    for key in ("sale_vat", "sale_surcharges", "sale_stamp", "sale_lat"):
        assert result.line(key).total == 0, key
    assert result.measure("npv", "project", with_terminal=False).value is not None


@settings(max_examples=settings.default.max_examples // 2)
@given(
    st.integers(0, 100), st.integers(0, 9000), st.integers(0, 10**8), st.integers(0, 10**8),
    st.sampled_from(["新建项目", "核定征收", "暂不征收"]),
)  # fmt: skip
def test_p06_the_tax_lines_on_sales_add_up_and_never_pay_anything_back(
    part, price, land, credit, method
):
    result = run("development", **DEVELOPMENT | {
        "sale_share": Decimal(part) / 100, "sale_price": price, "land_deducted": land,
        "sale_input_vat": credit, "sale_lat_method": method,
    })  # fmt: skip
    lines = [result.line(k) for k in ("sale_vat", "sale_surcharges", "sale_stamp", "sale_lat")]
    assert all(value >= 0 for line in lines for value in line.values)
    charged = result.line("sale_vat_charged").total
    left = result.line("sale_vat_credit").values[-1]
    assert abs(charged + left - max(charged, credit)) < Decimal("1e-6")
    assert abs(result.line("sale_vat").total - (charged - (credit - left))) < Decimal("1e-6")


def test_p06_calls_and_payments_of_both_parties_are_the_projects_cash():
    result = run("development", **DEVELOPMENT)
    net = result.flow("equity", terminal=False)
    with_terminal = result.flow("equity")
    for period in range(result.periods):
        both = [
            sum(result.flow(party, terminal=terminal)[period].value for party in ("soe", "partner"))
            for terminal in (False, True)
        ]
        assert abs(both[0] - net[period].value) < Decimal("1e-9")
        assert abs(both[1] - with_terminal[period].value) < Decimal("1e-9")


def test_us11_a_higher_share_of_profit_moves_the_irr_of_both_parties():
    rich = DEVELOPMENT | {"sale_price": 9000, "rent": 40}
    at = {d: run("development", **rich | {"distribution_share": d}) for d in (0.49, 0.725)}
    soe = [at[d].measure("irr", "soe", with_terminal=True).value for d in (0.49, 0.725)]
    partner = [at[d].measure("irr", "partner", with_terminal=True).value for d in (0.49, 0.725)]
    assert soe[1] > soe[0]
    assert partner[1] < partner[0]
    assert round(soe[0], 9) == round(partner[0], 9)


def test_a_year_without_debt_has_no_coverage_rather_than_none_at_all():
    result = run("lease_up", **SAMPLES["lease_up"])
    line = result.line("dscr")
    assert line.values[0] is None
    assert line.values[6] is None
    assert not line.gap.places
    assert not line.gap.impossible
    unlevered = run("lease_up", **SAMPLES["lease_up"] | {"loan": 0})
    assert set(unlevered.line("dscr").values) == {None}


def test_p04_a_taking_below_book_value_bears_no_income_tax_and_no_negative_one():
    """30 亩 × 20 + 500 = 1,100 of compensation against a book value of 1,400: a loss of 300."""
    result = run("storage", **SAMPLES["storage"] | {"net_book": wan(1400)})
    assert result.line("cit").total == 0
    gain = run("storage", **SAMPLES["storage"]).line("cit").total
    assert gain == wan("125.00")  # (1,100 − 600) × 25 %
