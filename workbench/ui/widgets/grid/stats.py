# SPDX-License-Identifier: MIT
"""Mean, count and sum of a selection, as in Excel's status bar."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from workbench.ui.texts import t
from workbench.ui.widgets.grid.protocol import SelectionStats

Block = tuple[int, int, int, int]
_ROWS_READ = 4096


class ColumnSum(NamedTuple):
    """How many of some cells of a column are filled, how many are numbers, and their sum.

    ``unknown`` counts cells that should hold a number and do not; ``measures`` names what the
    numbers measure: those of two measures have no common sum.
    """

    filled: int = 0
    numbers: int = 0
    total: Decimal = Decimal()
    unknown: int = 0
    measures: frozenset[str] = frozenset()

    def plus(self, other: "ColumnSum") -> "ColumnSum":
        """Return the figures of both together."""
        return ColumnSum(
            self.filled + other.filled,
            self.numbers + other.numbers,
            self.total + other.total,
            self.unknown + other.unknown,
            self.measures | other.measures,
        )


def summed(values: Iterable[object]) -> ColumnSum:
    """Return the figures of raw values; unknown ones are not zero, they are left out.

    Numbers are summed exactly.
    """
    filled = numbers = 0
    total = Decimal()
    for value in values:
        if value is None or value == "":
            continue
        filled += 1
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            continue
        numbers += 1
        total += value if isinstance(value, Decimal) else Decimal(str(value))
    return ColumnSum(filled, numbers, total)


class SummedTable(Protocol):
    """What is asked of a table."""

    def rowCount(self) -> int:
        """Return how many rows are shown."""

    def source_row(self, view: int, /) -> int:
        """Return the row behind a shown row; negative for the heading of a group."""

    @abstractmethod
    def summed(self, column: int, sources: Sequence[int], /) -> ColumnSum:
        """Return the figures of some cells of a column."""


def selection_steps(
    table: SummedTable, blocks: Sequence[Block], shown: Sequence[int]
) -> Iterator[float | SelectionStats]:
    """Sum the selected cells, each once, some rows at a time; the last step are their figures."""
    spans: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for column in shown:
        down = tuple((b[0], b[2]) for b in blocks if b[1] <= column <= b[3])
        spans.setdefault(down, []).append(column)
    cells, found = 0, ColumnSum()
    for down, columns in spans.items():
        for sources in _pieces(table, down):
            for column in columns:
                more = table.summed(column, sources)
                cells += len(sources)
                found = found.plus(more)
                yield 0.0
    yield SelectionStats(cells, *found)


def _pieces(table: SummedTable, down: Sequence[tuple[int, int]]) -> Iterator[Sequence[int]]:
    """Yield the data rows of overlapping spans of shown rows, each once, some at a time."""
    last = -1
    for top, bottom in sorted(down):
        for begun in range(max(top, last + 1), bottom + 1, _ROWS_READ):
            end = min(begun + _ROWS_READ, bottom + 1, table.rowCount())
            rows = (table.source_row(row) for row in range(begun, end))
            yield [row for row in rows if row >= 0]
        last = max(last, bottom)


_SHARE = "%"
"""Shares have a mean but no sum."""


def stats_text(stats: SelectionStats) -> str:
    """Return the words for the status bar; nothing for a single cell.

    How many values are not known is always said; numbers of two measures, as ㎡ and 万元 or a
    parcel's floor area and its buildings', are only counted.
    """
    if stats.cells < 2 or not stats.filled + stats.unknown:
        return ""
    count = f"{stats.filled:,}"
    if stats.unknown:
        count = t("selection_stats.with_unknown", count=count, n=f"{stats.unknown:,}")
    if stats.mean is None:
        return t("ui.stats_count", count=count)
    if len(stats.measures) > 1:
        return t("selection_stats.mixed", count=count)
    if _SHARE in stats.measures:
        return t("selection_stats.of_shares", mean=_shown(stats.mean), count=count)
    return t("ui.stats", mean=_shown(stats.mean), count=count, sum=_shown(stats.total))


def _shown(value: Decimal) -> str:
    """Return a number with at most two decimals and a true minus sign."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")
