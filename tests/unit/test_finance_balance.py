# SPDX-License-Identifier: MIT
"""Three-source balance (E4), debt ratio (E2), flexible grant (E9, T19); domain §5e."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finance_rig import amounts, floats, in_wan, run, wan
from tests.finance_samples import SAMPLES
from workbench.domain.finance.land_price import capitalised, net_income
from workbench.domain.finance.terms import constant
from workbench.domain.values import MU_IN_M2

E4 = SAMPLES["three_source"]


def test_e4_the_loop_of_three_returning_flows():
    result = run("three_source", **E4)
    assert not result.findings
    assert in_wan(result.line("source_land").values[1]) == Decimal("1176.00")
    assert amounts(result, "net_loop", 2) == floats(
        -4200, -24, -674.75, 832.5, 1364, 1745, 1890.25, 1930.25, 1930.25, 1930.25, 1930.25
    )
    assert in_wan(result.measure("peak_gap").value, 1) == Decimal("4898.8")
    assert result.measure("peak_year").value == 2
    assert result.measure("break_even").value == 6
    assert in_wan(result.measure("uses_pv").value, 1) == Decimal("6068.5")
    assert round(result.measure("coverage").value, 3) == Decimal("1.806")
    shares = [round(result.measure(f"share_{key}").value, 3) for key in ("land", "tax", "profit")]
    assert shares == floats(0.102, 0.245, 0.653)


def test_e4_stress_of_each_source_and_of_all():
    result = run("three_source", **E4)
    base = result.measure("peak_gap").value
    assert in_wan(result.measure("gap_land_20").value - base) == Decimal("235.20")
    assert result.measure("gap_all_30").value > result.measure("gap_all_20").value > base
    coverage = result.measure("coverage").value
    assert abs(result.measure("coverage_all_20").value - coverage * Decimal("0.8")) < Decimal(
        "1e-9"
    )
    assert result.measure("break_even_all_30").value > 6


def test_a_source_without_a_document_and_a_promised_refund_are_flagged():
    result = run("three_source", **E4 | {"legal_basis_tax": None, "tax_promised": True,
                                         "fund_money": wan(5)})  # fmt: skip
    assert [(f.code, f.field) for f in result.findings] == [
        ("no_legal_basis", "legal_basis_tax"),
        ("tax_promised", "tax_promised"),
        ("fund_in_balance", "fund_money"),
    ]


def test_a_loop_that_never_closes_says_so():
    result = run("three_source", **E4 | {"tax_total": (0,), "dividends": (0,)})
    measure = result.measure("break_even")
    assert measure.value is None
    assert [reason.code for reason in measure.reasons] == ["never_balanced"]


E2 = SAMPLES["debt"]


def test_e2_debt_ratio_in_percentage_points_and_relative():
    result = run("debt", **E2)
    assert in_wan(result.line("assets_after").total) == Decimal("25376.37")
    assert in_wan(result.line("liabilities_after").total) == 17200
    shown = {key: round(result.measure(key).value, 4) for key in (
        "ratio_before", "ratio_after", "change_points", "change_relative",
    )}  # fmt: skip
    assert list(shown.values()) == floats(0.7, 0.6778, -0.0222, -0.0317)


@pytest.mark.parametrize(
    ("goal", "target", "needed"),
    [
        ({"goal_kind": "下降百分点"}, "0.55", "8666.67"),
        ({"goal_kind": "相对下降"}, "0.595", "6740.74"),
        ({"goal_kind": "降至", "goal_level": 0.9}, "0.9", "0.00"),
    ],
)
def test_e2_what_a_decrease_of_15_needs_in_each_reading(goal, target, needed):
    result = run("debt", **E2 | goal)
    assert result.measure("target").value == Decimal(target)
    assert in_wan(result.measure("needed").value) == Decimal(needed)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_balance_sheet_stays_a_balance_sheet(assets, debts, cash, repaid):
    result = run("debt", assets=assets, liabilities=debts, sold_book=0, net_cash=cash,
                 repaid=min(repaid, debts))  # fmt: skip
    after = {key: result.line(key).total for key in (
        "assets_after", "liabilities_after", "equity_before", "equity_after", "sale_gain",
    )}  # fmt: skip
    assert after["assets_after"] == after["liabilities_after"] + after["equity_after"]
    assert after["equity_after"] - after["equity_before"] == after["sale_gain"]


@given(st.integers(100, 10**6), st.integers(0, 99), st.sampled_from(["0.3", "0.5", "0.55"]))
def test_repaying_what_is_needed_reaches_the_goal(assets, percent, target):
    debts = assets * percent // 100
    goal = {"goal_kind": "降至", "goal_level": Decimal(target)}
    needed = run("debt", assets=assets, liabilities=debts, sold_book=0, net_cash=0, repaid=0,
                 **goal).measure("needed").value  # fmt: skip
    after = (debts - needed) / (assets - needed)
    assert after <= Decimal(target) + Decimal("1e-12")


@pytest.mark.parametrize(
    ("years", "factor", "price"), [(32, "0.8656", "15.58"), (20, "0.6826", "12.29")]
)
def test_e9_a_shorter_term_costs_its_part_of_the_full_price(years, factor, price):
    result = run("land_grant", area=50 * MU_IN_M2, base_price=Decimal(18) * 15, years=years)
    assert round(result.measure("tenure_factor").value, 4) == Decimal(factor)
    assert round(result.measure("unit_price").value / 15, 2) == Decimal(price)
    assert not result.failed


def test_t19_valuers_question_joarez_9939093():
    """A 70-year right at 10 % and 2000 元/㎡: net income, perpetual at 12 %, 50 years at 8 %."""
    price, rate, years = (constant(Decimal(x)) for x in ("2000", "0.1", "70"))
    income = net_income(price, rate, years)
    assert round(income.value, 4) == Decimal("200.2536")
    assert round(capitalised(income, constant(Decimal("0.12")), None).value, 2) == Decimal(
        "1668.78"
    )
    fifty = capitalised(income, constant(Decimal("0.08")), constant(50))
    assert round(fifty.value, 2) == Decimal("2449.80")


def test_a_term_longer_than_the_full_one_is_an_error_at_its_field():
    result = run("land_grant", area=1000, base_price=270, years=60)
    assert [(f.code, f.field) for f in result.findings] == [("term_above_full", "years")]
