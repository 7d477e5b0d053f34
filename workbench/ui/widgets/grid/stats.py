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
    """How many of some cells of a column are filled, how many are numbers, and their sum."""

    filled: int = 0
    numbers: int = 0
    total: Decimal = Decimal()

    def plus(self, other: "ColumnSum") -> "ColumnSum":
        """Return the figures of both together."""
        filled, numbers, total = other
        return ColumnSum(self.filled + filled, self.numbers + numbers, self.total + total)


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


def stats_text(stats: SelectionStats) -> str:
    """Return the words for the status bar; nothing for a single cell."""
    if stats.cells < 2 or not stats.filled:
        return ""
    if stats.mean is None:
        return t("ui.stats_count", count=f"{stats.filled:,}")
    return t(
        "ui.stats",
        mean=_shown(stats.mean),
        count=f"{stats.filled:,}",
        sum=_shown(stats.total),
    )


def _shown(value: Decimal) -> str:
    """Return a number with at most two decimals and a true minus sign."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")
