# SPDX-License-Identifier: MIT
"""Scenarios as differences, the bridge from A to B, tornado, two-way table and break-even."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finance_rig import AROUND, plain, wan
from tests.finance_samples import SAMPLES
from tests.shipped import texts
from workbench.application.money.questions import even_words
from workbench.domain.finance.bridge import Order, by_input, by_line
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.scenarios import Scenario, Target, differences, side_by_side
from workbench.domain.finance.sensitivity import (
    BreakEven,
    around_base,
    break_even,
    tornado,
    two_way,
)
from workbench.domain.finance.swings import Swing, usual_swing

E5 = {
    "area": 20000,
    "rent": 15,
    "occupancy": (0.60, 0.72, 0.82, 0.88, 0.90),
    "base_occupancy": 0.45,
    "capex": wan(900),
}
BASE = Scenario(MODELS["lease_up"], {key: plain(value) for key, value in E5.items()}, AROUND)
TERMINAL = Target("npv", with_terminal=True)


def number(text):
    return Decimal(str(text))


def test_a_variant_is_kept_as_its_differences_only():
    base = {"a": Decimal("1.0"), "b": Decimal(2), "c": None}
    variant = {"a": Decimal("1.00"), "c": Decimal(0), "d": "x"}
    kept = differences(base, variant)
    assert dict(kept.stated) == {"c": 0, "d": "x"}
    assert kept.dropped == {"b"}
    assert kept.on(base) == variant
    assert not differences(base, base)


def test_side_by_side_shows_every_measure_of_each_and_a_gap_where_there_is_none():
    sale = Scenario(MODELS["transfer"], {"price": wan(1000)}, AROUND).result()
    rows = side_by_side([BASE.result(), sale])
    npv = next(row for row in rows if row.key == "npv" and row.account == "project")
    assert npv.measures[0].value is not None
    assert npv.measures[1] is None


def test_the_bridge_by_line_ends_at_b_whatever_the_order_and_names_the_lines():
    other = BASE.stating(rent=number(16), capex=wan(1000))
    bridge = by_line(BASE.result(), other.result())
    assert bridge.order is Order.INDEPENDENT
    assert round(bridge.start, 2) == round(Target().value(BASE.result()), 2)
    assert round(bridge.end, 6) == round(Target().value(other.result()), 6)
    steps = {step.field.key: step.change for step in bridge.steps}
    assert steps["investment"] == -wan(100)
    assert set(steps) == {"income", "opex", "tax_property", "base_noi", "investment"}


def test_another_discount_rate_comes_first_in_the_bridge_and_is_said_so():
    other = BASE.stating(discount_rate=number(0.07))
    bridge = by_line(BASE.result(), other.result(), with_terminal=True)
    assert bridge.order is Order.RATE_FIRST
    assert [step.field.key for step in bridge.steps] == ["discount_rate"]
    assert round(bridge.end, 6) == round(TERMINAL.value(other.result()), 6)


def test_the_bridge_by_input_adds_up_in_the_declared_order():
    other = BASE.stating(rent=number(16), capex=wan(1000), discount_rate=number(0.07))
    bridge = by_input(BASE, other, TERMINAL)
    assert [step.field.key for step in bridge.steps] == ["rent", "capex", "discount_rate"]
    whole = bridge.start + sum(step.change for step in bridge.steps)
    assert round(whole, 6) == round(TERMINAL.value(other.result()), 6)


def test_scenarios_that_cannot_be_computed_are_not_compared():
    lost = BASE.stating(rent=None)
    assert by_line(BASE.result(), lost.result()).code == "cannot_compare"
    assert by_input(BASE, lost).code == "cannot_compare"


def test_the_tornado_puts_the_widest_bar_first_and_keeps_inside_limits():
    found = tornado(BASE, TERMINAL)
    spreads = [bar.spread for bar in found.bars]
    assert spreads == sorted(spreads, reverse=True)
    bars = {bar.item.key: bar for bar in found.bars}
    assert bars["collection"].high == 1
    assert bars["rent"].at_low < found.base < bars["rent"].at_high
    assert "loan" not in bars
    only = tornado(BASE, TERMINAL, {"rent": Swing(Decimal("0.2"), relative=True)})
    assert [(bar.low, bar.high) for bar in only.bars] == [(12, 18)]


FUND = Scenario(MODELS["fund"], {k: plain(v) for k, v in SAMPLES["fund"].items()}, AROUND)


def test_shares_of_one_whole_stay_one_while_an_input_is_moved():
    """A party's share moves against the others'; what is called year by year is not moved."""
    found = tornado(FUND)
    assert [item.key for item in found.kept] == ["calls"]
    assert "calls" not in {bar.item.key for bar in found.bars}
    assert break_even(FUND, "calls").code == "parts_of_whole"
    most = FUND.stating(soe_part=number("0.98"))
    bars = {bar.item.key: bar for bar in tornado(most).bars}
    assert bars["soe_part"].high == number("0.99")  # the manager has the last hundredth
    assert bars["soe_part"].at_high is not None
    for bar in bars.values():
        for moved in (bar.low, bar.high):
            result = most.stating(**{bar.item.key: moved}).result()
            assert not result.failed, bar.item.key
    assert around_base(most, "soe_part", 2)[-1] == number("0.99")


def test_the_two_way_table_has_the_base_in_its_middle():
    rents, rates = around_base(BASE, "rent", 2), around_base(BASE, "discount_rate", 1)
    grid = two_way(BASE, ("rent", rents), ("discount_rate", rates), TERMINAL)
    assert rates == (number(0.07), number(0.08), number(0.09))
    assert grid.cells[2][1] == TERMINAL.value(BASE.result())
    assert all(a < b for a, b in zip(grid.cells, grid.cells[1:], strict=False))


def test_break_even_of_the_discount_rate_is_the_irr():
    found = break_even(BASE, "discount_rate", TERMINAL)
    irr = BASE.result().measure("irr", "project", with_terminal=True).value
    assert round(found.at, 9) == round(irr, 9)
    assert found.fulfilled


def test_break_even_in_the_analysts_words():
    found = break_even(BASE, "rent", TERMINAL)
    assert found.fulfilled
    assert round(found.change, 4) == Decimal("-0.4056")
    again = TERMINAL.value(BASE.stating(rent=found.at).result())
    assert abs(again) < 1
    must = break_even(BASE, "rent")
    assert not must.fulfilled
    assert must.difference > 0
    path = break_even(BASE, "occupancy", TERMINAL)
    assert path.series
    assert round(path.at, 4) == Decimal("0.8054")


@pytest.mark.parametrize(
    ("base", "at", "fulfilled", "words"),
    [
        ("0.8", "0.51374", True, "不低于 51.38%"),
        ("0.8", "0.77656", False, "须降到 77.65%"),
        ("0.08", "0.103749", True, "不高于 10.37%"),
        ("0.08", "0.103741", False, "须升到 10.38%"),
    ],
)
def test_a_printed_break_even_is_on_the_side_where_it_still_holds(base, at, fulfilled, words):
    base, at = Decimal(base), Decimal(at)
    item = MODELS["lease_up"].input("collection")
    even = BreakEven(item, base, at, at - base, at / base - 1, fulfilled, series=False)
    assert words in even_words(even, texts())


def test_a_printed_change_never_promises_more_than_there_is_and_never_asks_for_less():
    item = MODELS["lease_up"].input("rent")
    fall = BreakEven(item, Decimal(15), Decimal(10), Decimal(-5), Decimal("-0.35259"), True, False)
    rise = BreakEven(item, Decimal(15), Decimal(20), Decimal(5), Decimal("0.35251"), False, False)
    assert "下降 35.2%" in even_words(fall, texts())
    assert "须上升 35.3%" in even_words(rise, texts())


def test_a_rate_below_a_point_is_moved_by_a_tenth_of_itself():
    stamp, deed = (MODELS["transfer"].input(key) for key in ("stamp_rate", "deed_rate"))
    assert usual_swing(stamp, Decimal("0.0005")) == Swing(Decimal("0.1"), relative=True)
    assert usual_swing(deed, Decimal("0.03")) == Swing(Decimal("0.01"), relative=False)


@pytest.mark.parametrize(
    ("scenario", "key", "code"),
    [
        (BASE, "loan", "input_not_movable"),
        (BASE, "loan_rate", "no_break_even"),
        (BASE.stating(rent=None), "capex", "target_unknown"),
    ],
)
def test_where_there_is_no_break_even_the_reason_is_given(scenario, key, code):
    assert break_even(scenario, key, TERMINAL).code == code


@settings(max_examples=settings.default.max_examples // 2)
@given(
    rent=st.decimals(5, 40, places=2),
    capex=st.integers(0, 3 * 10**7),
    occupancy=st.lists(st.decimals(0, 1, places=3), min_size=1, max_size=10),
)
def test_npv_is_additive_over_the_lines(rent, capex, occupancy):
    other = BASE.stating(rent=rent, capex=Decimal(capex), occupancy=tuple(occupancy))
    bridge = by_line(BASE.result(), other.result(), with_terminal=True)
    assert abs(bridge.end - TERMINAL.value(other.result())) < Decimal("1e-12")
