# SPDX-License-Identifier: MIT
"""Widens a column a little where that spares rows of its table a line."""

from collections.abc import Mapping, Sequence

from workbench.domain.report.model import Table
from workbench.excel.measure import DENSE_SIZE, column_points, hanging_marks, line_count
from workbench.excel.page import PRINT_WIDTH
from workbench.excel.tables import BOLD, long_texts

_MOST_ROWS = 60
"""A longer table takes pages of its own anyhow."""
_STEPS = (1.06, 1.12, 1.18, 1.25, 1.35, 1.5)
"""By what a column may be wider."""
_LEAST_SPARED, _WORTH = 2, 1.5
"""How many lines a wider column spares at least, and how often the share of the sheet's width that
it takes: all of a sheet that is as wide as the page prints smaller by that."""
_HANGING = 2
"""How many lines a line is worth that begins with a mark."""
LEAST_SCALE = 0.74
"""Nothing is widened so far that the sheet prints smaller."""
_POINTS = column_points(2) - column_points(1)


def evened(
    widths: Sequence[float], tables: Mapping[int, Table], offsets: Mapping[int, int]
) -> list[float]:
    """Return the widths of a sheet's columns (characters) in which its rows take fewer lines."""
    found = list(widths)
    room = PRINT_WIDTH / LEAST_SCALE - sum(column_points(width) for width in found)
    short = [
        (offsets[i], _Lines(table, found[offsets[i] :]))
        for i, table in tables.items()
        if 1 < len(table.rows) <= _MOST_ROWS
    ]
    every = sum(lines.all for _, lines in short)
    for at in range(len(found)):
        own = [(at - first, lines) for first, lines in short if lines.breaks(at - first)]
        for step in _STEPS if own else ():
            wide, more = found[at] * step, found[at] * (step - 1)
            if more * _POINTS > room:
                break
            spared = sum(lines.spared(place, wide) for place, lines in own)
            if spared >= max(_LEAST_SPARED, _WORTH * every * more / sum(found)):
                for place, lines in own:
                    lines.widen(place, wide)
                found[at] = wide
                room -= more * _POINTS
                every -= spared
                break
    return found


class _Lines:
    """How many lines each cell of a table takes, and so each of its rows."""

    def __init__(self, table: Table, widths: Sequence[float]) -> None:
        size = table.letters * (DENSE_SIZE / 10 if table.dense else 1.0)
        self._fits = 1 / size, 1 / size / BOLD
        self._texts = [[("", False)] * len(table.rows) for _ in table.columns]
        for row, texts in enumerate(long_texts(table)):
            for place, text, is_strong in texts:
                self._texts[place][row] = text, is_strong
        self._cells = [
            self._counted(place, width) for place, width in enumerate(widths[: len(table.columns)])
        ]

    def breaks(self, place: int) -> bool:
        """Tell whether a column stands here with texts in several lines."""
        return 0 <= place < len(self._cells) and max(self._cells[place]) > 1

    @property
    def all(self) -> int:
        """Return the lines of all rows."""
        return sum(map(max, *self._cells)) if len(self._cells) > 1 else sum(self._cells[0])

    def spared(self, place: int, width: float) -> int:
        """Return how many lines less the rows take when a column has another width."""
        before, now = self._cells[place], self._counted(place, width)
        spared = 0
        for row, (was, is_now) in enumerate(zip(before, now, strict=True)):
            if is_now < was:
                others = max((c[row] for at, c in enumerate(self._cells) if at != place), default=1)
                spared += max(was, others) - max(is_now, others)
        return spared

    def widen(self, place: int, width: float) -> None:
        """Take another width for a column."""
        self._cells[place] = self._counted(place, width)

    def _counted(self, place: int, width: float) -> list[int]:
        plain, bold = (width * each for each in self._fits)
        return [
            _lines(text, bold if strong else plain) if text else 1
            for text, strong in self._texts[place]
        ]


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a width, those that begin with a mark as more."""
    lines = line_count(text, width)
    return lines + _HANGING * hanging_marks(text, width) if lines > 1 else 1
