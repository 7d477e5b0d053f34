# SPDX-License-Identifier: MIT
"""What holds for any numbers: worth is linear, books balance, taxes add up, waterfalls grow."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finance_rig import run, wan
from tests.finance_samples import SAMPLES
from workbench.domain.finance.measures import present_value
from workbench.domain.finance.models.land_value_tax import (
    APPRAISED,
    DEEMED,
    EXEMPT,
    INVOICED,
    NEW_BUILT,
)
from workbench.domain.finance.models.transfer import (
    GENERAL,
    PURCHASED,
    SELF_BUILT,
    SIMPLE,
    STATUTORY,
)
from workbench.domain.finance.terms import constant

amounts = st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=5, max_size=5)
rates = st.decimals("-0.5", 2, places=4)
money = st.decimals(0, 10**10, places=2)


def worth(flow, rate):
    return present_value([constant(amount) for amount in flow], constant(rate)).value


@given(one=amounts, two=amounts, factor=st.decimals(-9, 9, places=2), rate=rates)
def test_npv_is_linear_in_its_flows(one, two, factor, rate):
    both = [a + factor * b for a, b in zip(one, two, strict=True)]
    apart = worth(one, rate) + factor * worth(two, rate)
    assert abs(worth(both, rate) - apart) < Decimal("1e-12")


@given(flow=amounts, rate=rates)
def test_a_flow_a_year_later_is_worth_one_year_less(flow, rate):
    later = worth([Decimal(0), *flow], rate) * (1 + rate)
    assert abs(later - worth(flow, rate)) < Decimal("1e-12")


@given(assets=st.decimals(1, 10**10, places=2), debts=money, sold=money, cash=money, repaid=money,
       new=money)  # fmt: skip
def test_both_balance_sheets_balance_and_what_is_needed_reaches_the_goal(
    assets, debts, sold, cash, repaid, new
):
    result = run("debt", assets=assets, liabilities=debts, sold_book=min(sold, assets),
                 net_cash=cash, repaid=min(repaid, debts), new_debt=new, goal_kind="降至",
                 goal_level=Decimal("0.55"))  # fmt: skip
    lines = {line.key: line.total for line in result.lines}
    assert lines["equity_before"] == assets - debts
    assert lines["equity_after"] == lines["equity_before"] + lines["sale_gain"]
    after, owed = lines["assets_after"], lines["liabilities_after"]
    assert owed == debts - min(repaid, debts) + new
    more = result.measure("needed_more").value
    if more and after - more > 0:
        assert abs((owed - more) / (after - more) - Decimal("0.55")) < Decimal("1e-12")
    if after > 0 and debts:
        before, now = result.measure("ratio_before").value, result.measure("ratio_after").value
        points, relative = (result.measure(f"change_{k}").value for k in ("points", "relative"))
        assert abs(before + points - now) < Decimal("1e-12") * max(now, 1)
        assert abs((1 + relative) * before - now) < Decimal("1e-12") * max(now, 1)


SALE = SAMPLES["transfer"] | {
    "purchase_price": wan(900), "input_vat": wan(12), "other_fee": wan(3),
    "invoice_amount": wan(800),
    "invoice_on": date(2016, 1, 31), "deed_paid": wan(24),
    "development_cost": wan(500), "interest_cost": wan(20), "lat_extra_rate": Decimal("0.2"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("vat", "acquired", "land_tax"),
    list(product(
        (SIMPLE, GENERAL, STATUTORY), (SELF_BUILT, PURCHASED),
        (APPRAISED, INVOICED, NEW_BUILT, DEEMED, EXEMPT),
    )),
)  # fmt: skip
def test_the_tax_lines_of_a_sale_add_up_by_every_method(vat, acquired, land_tax):
    """Price = net proceeds + every tax and fee; the buyer pays price, deed and stamp tax."""
    result = run("transfer", **SALE | {"vat_method": vat, "acquired": acquired,
                                       "lat_method": land_tax})  # fmt: skip
    own = [line for line in result.lines if line.account == "seller" and line.sign]
    taxes = [line for line in own if line.key != "receipt"]
    spent = sum(line.total for line in taxes)
    assert result.measure("taxes").value == spent
    assert result.measure("net_proceeds").value == wan(1341) - spent
    assert all(line.total >= 0 for line in taxes)
    for line in taxes:
        assert line.total == round(line.total, 2), line.key
    revenue = result.line("revenue").total
    vat_inside = result.line("vat_charged" if vat == GENERAL else "vat").total
    assert revenue + vat_inside == wan(1341)
    buyer = sum(line.total for line in result.lines if line.account == "buyer" and line.sign)
    assert result.measure("buyer_cost").value == buyer
