# SPDX-License-Identifier: MIT
"""Subtotals: sums of what may be summed, weighted shares, gaps that are counted and never 0."""

from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Record
from workbench.domain.records.subtotals import Subtotal, is_summed, subtotal
from workbench.domain.values import Origin, ValueState

BUILDING = CATALOGUE["building"]


def building(key, **values):
    known = {n: Decimal(str(v)) for n, v in values.items() if v is not None}
    return Record("building", key, known)


def test_areas_are_summed_and_a_gap_is_counted_not_taken_for_nothing():
    rows = [building("a", gfa_actual=100), building("b"), building("c", gfa_actual=50)]
    assert subtotal(rows, BUILDING["gfa_actual"]) == Subtotal(Decimal(150), 1)


def test_nothing_known_is_not_zero():
    assert subtotal([building("a")], BUILDING["gfa_actual"]) == Subtotal(None, 1)


def test_what_does_not_apply_is_no_gap():
    origins = {"gfa_actual": Origin("不适用", state=ValueState.NOT_APPLICABLE)}
    rows = [building("a", gfa_actual=100), Record("building", "b", {}, origins)]
    assert subtotal(rows, BUILDING["gfa_actual"]) == Subtotal(Decimal(100), 0)


def test_occupancy_is_weighted_by_rentable_area_and_never_summed():
    rows = [
        building("a", occupancy="0.9", rentable_area=3000),
        building("b", occupancy="0.1", rentable_area=1000),
    ]
    found = subtotal(rows, BUILDING["occupancy"])
    assert found == Subtotal(Decimal("0.7"), 0, weighted=True)


def test_a_share_with_a_large_gap_has_no_mean_but_says_how_many_are_missing():
    rows = [
        building("a", occupancy="0.9", rentable_area=1000),
        building("b", rentable_area=1000),
    ]
    assert subtotal(rows, BUILDING["occupancy"]) == Subtotal(None, 1, weighted=True)


def test_heights_prices_and_years_have_no_subtotal():
    rows = [building("a", floor_height=6)]
    assert subtotal(rows, BUILDING["floor_height"]) is None
    assert not is_summed(CATALOGUE["lease"]["rent_price"])
    assert not is_summed(CATALOGUE["enterprise_year"]["year"])
