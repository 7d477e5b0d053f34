# SPDX-License-Identifier: MIT
"""Measures of cash flows; published values from Microsoft's function help and textbooks (T6–T7)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finance_rig import floats
from workbench.domain.finance.irr import rates_of_return
from workbench.domain.finance.measures import (
    modified_return,
    numbers,
    payback,
    peak_gap,
    present_value,
    return_measure,
)
from workbench.domain.finance.terms import constant


def flow(*amounts):
    return [constant(Decimal(str(amount))) for amount in amounts]


def test_t6a_excel_npv_discounts_its_first_value_and_ours_does_not():
    ten = constant(Decimal("0.1"))
    ours = present_value(flow(-10000, 3000, 4200, 6800), ten).value
    assert round(ours, 2) == Decimal("1307.29")
    excel = present_value(flow(0, -10000, 3000, 4200, 6800), ten).value
    assert round(excel, 10) == Decimal("1188.4434123352")


@pytest.mark.parametrize(
    ("name", "flows", "roots"),
    [
        ("T6c IRR, Microsoft help", (-70000, 12000, 15000, 18000, 21000), ["-0.021244848"]),
        ("T6c with 26000", (-70000, 12000, 15000, 18000, 21000, 26000), ["0.086630948"]),
        ("T6c first two inflows", (-70000, 12000, 15000), ["-0.443506941"]),
        ("T6 multi-IRR, dybbs8 4815073", (-100, 470, -720, 360),
         ["0.2", "0.5", "1"]),
        ("T6d textbook", (-2000, 300, 500, 500, 500, 1200), ["0.123484013"]),
        ("E5 by hand: pump of 1.6 million (Lorie and Savage 1955)", (-1600, 10000, -10000),
         ["0.25", "4"]),
        ("a root that only touches zero", (-100, 220, -121), ["0.1"]),
        ("below −50 %", (-100, 0, 4), ["-0.8"]),
        ("no root", (1000, -3000, 2500), []),
        ("one sign", (100, 200), []),
        ("nothing", (0, 0), []),
        ("only a zero rate", (-100, 60, 40), ["0"]),
        ("late start", (0, 0, -100, 110), ["0.1"]),
        ("two roots of 9.11 % and 190.89 %, transtutors.com 14030794", ("-2.3", "9.2", "-7.3"),
         ["0.091106741", "1.908893259"]),
        ("two roots of 38 % and 260 %, edupristine.com t=1406", (-2000, 10000, -10000),
         ["0.381966011", "2.618033989"]),
        ("two negative roots, justaaa.com 279694", (-1000, 300, 300, -100),
         ["-0.641742431", "-0.5"]),
        ("nearly everything lost", (-1000, 0, "0.001"), ["-0.999"]),
        ("less than a millionth of 元", ("-0.000000001", "0.000000002"), ["1"]),
        ("more than there is", ("-1e30", "2e30"), ["1"]),
        ("30 changes of sign and no root", [(-1) ** (n + 1) * (100 + 3 * n) for n in range(31)],
         []),
    ],
)  # fmt: skip
def test_every_rate_of_return_is_found(name, flows, roots):
    found = rates_of_return(floats(*flows))
    assert [round(root, 9).normalize() for root in found] == [
        Decimal(root).normalize() for root in roots
    ], name


@pytest.mark.parametrize(
    ("flows", "value", "reason", "roots"),
    [
        ((-100, 110), "0.1", None, 1),
        ((-100, 470, -720, 360), None, "several_roots", 3),
        ((1000, -3000, 2500), None, "no_root", 0),
        ((100, 200), None, "one_sign", 0),
        ((0, 0), None, "no_money", 0),
    ],
)
def test_several_or_no_roots_give_a_reason_and_no_number(flows, value, reason, roots):
    found = return_measure(flow(*flows), "project")
    assert found.value == (None if value is None else Decimal(value))
    assert [r.code for r in found.reasons] == ([reason] if reason else [])
    assert len(found.roots) == roots


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=25),
)
def test_the_npv_at_every_root_is_zero(amounts):
    cents = [Decimal(amount).scaleb(-2) for amount in amounts]
    for root in rates_of_return(cents):
        present = [amount / (1 + root) ** t for t, amount in enumerate(cents)]
        assert abs(sum(present)) <= sum(map(abs, present)) * Decimal("1e-9")


@given(st.lists(st.sampled_from([0.05, 0.1, 0.25, 0.4, 0.6, 1.5]), min_size=1, max_size=4))
def test_a_flow_made_from_its_roots_gives_them_back(rates):
    coefficients = [Decimal(1)]
    for rate in rates:
        growth = 1 + Decimal(str(rate))
        longer = [*coefficients, Decimal(0)]
        for index, number in enumerate(coefficients):
            longer[index + 1] -= growth * number
        coefficients = longer
    found = rates_of_return([number * 10000 for number in coefficients])
    assert {round(float(root), 6) for root in found} >= {
        rate for rate in rates if rates.count(rate) == 1
    }


@pytest.mark.parametrize(
    ("flows", "reinvest", "expected"),
    [
        ((-120000, 39000, 30000, 21000, 37000, 46000), "0.12", "0.126094130"),
        ((-120000, 39000, 30000, 21000, 37000, 46000), "0.14", "0.134759111"),
        ((-120000, 39000, 30000, 21000), "0.12", "-0.048044655"),
    ],
)
def test_t7_mirr_of_microsofts_help(flows, reinvest, expected):
    found = modified_return(floats(*flows), Decimal("0.1"), Decimal(reinvest))
    assert round(found, 9) == Decimal(expected)


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ((-100, 50, 50), 2),
        ((-100, 30, 30, 80), 2.5),
        ((-100, 200, -150, 100), 2.5),
        ((-100, 50), None),
        ((100, 50), None),
        ((50, -100, 100), 1.5),
    ],
)
def test_payback_is_linear_within_the_year_and_counts_the_last_recovery(flows, years):
    assert payback(floats(*flows)) == (None if years is None else Decimal(str(years)))


def test_the_peak_gap_is_the_deepest_cumulative_flow():
    assert peak_gap(floats(-100, -50, 30, -40, 300)) == (160, 3)
    assert peak_gap(floats(10, -5)) == (0, 0)
    assert numbers(flow(1, 2)) == floats(1, 2)
