# SPDX-License-Identifier: MIT
"""Follows the blocks of a planned sheet down its pages, before anything is written.

What belongs together stays on one page: a heading with what it heads, a table with the lines
below it and with those who sign it, the end of a long table with some of its rows.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.domain.report.model import (
    Chart,
    ChartKind,
    Heading,
    NotAssessed,
    Paragraph,
    Sheet,
    Signature,
    Table,
)
from workbench.excel.measure import LEAST, TIGHT, column_points, line_count, row_height
from workbench.excel.page import PRINT_WIDTH, Pages

if TYPE_CHECKING:
    from workbench.excel.sheets.plan import Plan

TITLE_HEIGHT, HEADING_HEIGHT, GAP = 30.0, 24.0, 9.0
SIGNATURE_HEIGHT = 34.0
CHART_HEIGHT = 205.0
"""Printed height of a chart in points."""
BESIDE_HEIGHT = 176.0
"""Least height on the sheet of a chart beside its table."""
MOST_CHART = 330.0
AROUND_BARS, NAME_LINE, NAME_GAP, NAME_SHARE, LABEL = 84.0, 11.0, 2.0, 0.25, 9.0
"""What lies above and below lying bars, how high a line of a bar's name is, what lies between two
names (points), which share of the chart's width names have: one without room is left out; and how
high the label of a bar is, of which a name may have several beside it.
"""
LEAST_SHARE = 0.6
"""How much of its height a chart keeps at least to stay on the page of its table."""
_TOGETHER, _LEAST_TOGETHER = 4, 2
"""Rows of a long table that stay with its head, or with what follows its end; high ones fewer."""


@dataclass(frozen=True, slots=True)
class Placed:
    """How a block comes to stand: behind a page break or not, and how high (points)."""

    turn: bool = False
    height: float = 0.0
    breaks: frozenset[int] = frozenset()
    """The rows of a table, counted from 0, that begin a page."""


class Flow:
    """Where the blocks of one sheet come to stand; they are placed in their order."""

    def __init__(self, plan: "Plan") -> None:
        self._plan = plan
        self._blocks = plan.sheet.blocks
        self.pages = Pages(math.inf if plan.sheet.one_page else plan.capacity)
        self.pages.add(TITLE_HEIGHT)
        self._repeated = TITLE_HEIGHT
        self._begun_by: int | None = None
        """The heading that stands at the top of this page."""
        self.points = sum(column_points(width) for width in plan.widths)

    def place(self, index: int) -> Placed:
        """Return where the block at an index stands; of two charts the first for both."""
        match self._blocks[index]:
            case Heading():
                return self._heading(index)
            case Paragraph(text) | NotAssessed(text):
                return self._words(text)
            case Table() as table:
                return self._table(table, index)
            case Signature():
                return self._whole(SIGNATURE_HEIGHT)
            case Chart():
                return self._charts(index)

    def _heading(self, index: int) -> Placed:
        following = self._height(index + 1) if index + 1 < len(self._blocks) else 0.0
        if self._plan.long == index + 1:
            following = GAP + self._beginning(index + 1)
        turn = self._keep(GAP + HEADING_HEIGHT + following)
        self._begun_by = index if self.pages.used <= self._repeated + 1 else None
        self.pages.add(GAP + HEADING_HEIGHT)
        return Placed(turn)

    def _words(self, text: str) -> Placed:
        height = self._text_height(text)
        turn = self._keep(height)
        self.pages.add(height)
        return Placed(turn, height)

    def _whole(self, height: float) -> Placed:
        turn = self._keep(GAP + height)
        self.pages.add(GAP + height)
        return Placed(turn, height)

    def _table(self, table: Table, index: int) -> Placed:
        lines = self._plan.lines[index]
        tail = max(self._tail(index), self._check_below(index))
        if self._plan.long == index:
            turn = self._keep(GAP + self._beginning(index))
            self.pages.add(GAP + lines.title + lines.unit + lines.header)
            self._repeated = lines.header
            rows = [*lines.rows, lines.total] if lines.total else list(lines.rows)
            breaks = self._long_rows(rows, sum(lines.below) + tail)
            self.pages.add(sum(lines.below))
            return Placed(turn, lines.all, breaks)
        beside = self._plan.beside(index) is not None
        height = max(lines.all, BESIDE_HEIGHT) if beside else lines.all
        with_tail = height + tail
        asked = GAP + (with_tail if self._fits_a_page(with_tail) else height)
        if self._begun_by == index - 1 and not self.pages.fits(asked):
            asked = GAP + height  # better its last lines on the next page than its heading alone
        turn = self._keep(asked)
        filled = lines.all + math.ceil((height - lines.all) / LEAST) * LEAST
        self.pages.add(GAP + filled)
        return Placed(turn, height)

    def _check_below(self, index: int) -> float:
        """Return the height of the line that checks a table, which has no title of its own."""
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if isinstance(after, Table) and not (after.title or after.header):
            return GAP + self._plan.lines[index + 1].all
        return 0.0

    def _tail(self, index: int) -> float:
        """Return the height of the lines right below a table that end a sheet, and who signs it."""
        height = 0.0
        for block in self._blocks[index + 1 :]:
            match block:
                case Paragraph(text) | NotAssessed(text):
                    height += self._text_height(text)
                case Signature():
                    height += GAP + SIGNATURE_HEIGHT
                case _:
                    return 0.0
        return height

    def _long_rows(self, rows: list[float], below: float) -> frozenset[int]:
        breaks = set()
        last = max(1, len(rows) - _TOGETHER + 1)
        for at, height in enumerate(rows):
            rest = sum(rows[at:]) + below if at == last else height
            if not self.pages.fits(rest) or not self.pages.fits(height):
                breaks.add(at)
                self.pages.turn(self._repeated)
            self.pages.add(height)
        return frozenset(breaks)

    def _charts(self, index: int) -> Placed:
        height = self.chart_height(index)
        rows = int((self.pages.capacity - self.pages.used - GAP) / LEAST)
        left = rows * LEAST - GAP
        if max(height * LEAST_SHARE, self._asked(index)) <= left < height:
            height = left  # better a lower chart beside its table than one alone on a page
        rows = chart_rows(height)
        turn = self._keep(rows * LEAST + GAP)
        self.pages.add(GAP + rows * LEAST)
        return Placed(turn, height)

    def chart_height(self, index: int) -> float:
        """Return the height of the charts at an index, so that they print at their own height."""
        usual = CHART_HEIGHT * self._plan.charts * max(1.0, self.points / PRINT_WIDTH)
        return max(usual, self._asked(index))

    def _asked(self, index: int) -> float:
        """Return the height below which bars of the charts at an index lose names or labels."""
        charts = charts_at(self._plan.sheet, index)
        asked = max((self._bars(chart) for chart in charts), default=0.0)
        return min(asked, MOST_CHART) * max(1.0, self.points / PRINT_WIDTH)

    def _bars(self, chart: Chart) -> float:
        """Return the height that lying bars ask for, each beside its name in one or two lines."""
        tables = (t for t in self._plan.tables.values() if t.name == chart.table)
        table = next(tables, None)  # None for one that stands on a sheet of its own
        if table is None or chart.kind not in (ChartKind.HBAR, ChartKind.TORNADO):
            return 0.0
        names = [str(cell.value) for cell in table.cells(chart.categories)]
        labels = len(chart.series) * LABEL / NAME_LINE
        lines = [
            max(min(2, line_count(name, self._plan.room * NAME_SHARE)), labels) for name in names
        ]
        # the bars are equally far apart: one name in two lines makes room for all of them
        return AROUND_BARS + len(names) * (NAME_LINE * max(lines, default=1) + NAME_GAP)

    def _beginning(self, index: int) -> float:
        """Return the height of a long table's head and first rows, which stay together."""
        lines = self._plan.lines[index]
        first, rows = 0.0, lines.rows[:_TOGETHER]
        for at, height in enumerate(rows):
            if at >= _LEAST_TOGETHER and first + height > _TOGETHER * LEAST:
                break
            first += height
        return lines.title + lines.unit + lines.header + first

    def _height(self, index: int) -> float:
        """Return the height of the block at an index, as far as it must stay in one piece."""
        match self._blocks[index]:
            case Table():
                beside = BESIDE_HEIGHT if self._plan.beside(index) else 0.0
                return max(self._plan.lines[index].all, beside) + GAP
            case Chart():
                return self.chart_height(index) + GAP
            case Paragraph(text) | NotAssessed(text):
                return self._text_height(text) + self._more(index + 1)
            case _:
                return LEAST

    def _more(self, index: int) -> float:
        """Return what stays with words: the next few lines, as far as there are any."""
        after = self._blocks[index] if index < len(self._blocks) else None
        match after:
            case Paragraph(text) | NotAssessed(text):
                return min(LEAST * 3, self._text_height(text) + self._more(index + 1))
            case Table() | Chart():
                return LEAST * 3
            case _:
                return 0.0

    def _text_height(self, text: str) -> float:
        letters = self._plan.sheet.letters
        least = TIGHT if self._plan.sheet.one_page else LEAST
        return row_height(line_count(text, self._plan.room / letters), 10 * letters, least)

    def _fits_a_page(self, height: float) -> bool:
        return height <= self.pages.capacity - TITLE_HEIGHT - GAP

    def _keep(self, height: float) -> bool:
        """Begin a new page unless so much fits on this one; tell whether one began."""
        if not self.pages.fits(height) and self.pages.used > self._repeated + 1:
            return self._turn()
        return False

    def _turn(self) -> bool:
        self.pages.turn(self._repeated)
        return True


def chart_rows(height: float) -> int:
    """Return how many rows a chart of a height (points) covers."""
    return math.ceil((height + GAP) / LEAST)


def page_count(plan: "Plan") -> int:
    """Return on how many pages a sheet prints."""
    return _placed(plan).pages.count


def whole_height(plan: "Plan") -> float:
    """Return how high (points) a sheet is that is shrunk to one page."""
    return _placed(plan).pages.used


def _placed(plan: "Plan") -> Flow:
    flow, index = Flow(plan), 0
    while index < len(plan.sheet.blocks):
        flow.place(index)
        index += plan.taken(index)
    return flow


def charts_at(sheet: Sheet, index: int) -> list[Chart]:
    """Return the chart at a block and the one right after it, which share a row."""
    pair: list[Chart] = []
    for block in sheet.blocks[index : index + 2]:
        if not isinstance(block, Chart):
            break
        pair.append(block)
    return pair
