"""A figure that is only the most that it can be is marked ≤, and has no band that it may lose."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import a_building, a_lease, a_ledger, a_park
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.report.model import Cell, CellState
from workbench.domain.report.sections.qualified import bounded


@pytest.mark.parametrize(
    ("since", "given_up", "band", "mark"),
    [
        ("2023-06-30", 101, Band.PENDING, "≤"),
        ("2025-04-30", 101, Band.GREEN, "≤"),
        ("2023-06-30", 50, Band.YELLOW, ""),
    ],
)
def test_time_vacant_by_one_date_is_at_most_that(since, given_up, band, mark):
    """What ended later does not fit the vacant area, so how much shorter it is nobody knows."""
    building = a_building("B", rentable_area=100, self_use_area=0, lent_area=0, vacant_since=since)
    lease = a_lease(building="B", area=given_up, start_on="2020-01-01", end_on="2025-05-30")
    ledger = a_ledger(a_park(), building, lease)
    value = evaluate(INDICATORS["I-04"], Scope(ledger, "park", None, date(2025, 6, 30), {}), {})
    assert value.band is band
    cell = bounded(Cell(Decimal(1)), value)
    assert (cell.mark, cell.state is CellState.ESTIMATED) == (mark, bool(mark))
