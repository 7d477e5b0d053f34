# SPDX-License-Identifier: MIT
"""Lays out a sheet of headings, texts, tables and charts; nothing straddles a page."""

import math
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from workbench.domain.report.model import (
    Block,
    Chart,
    Heading,
    NewPage,
    NotAssessed,
    Paragraph,
    Signature,
    Table,
)
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.measure import LEAST, column_points, line_count, row_height
from workbench.excel.page import PRINT_WIDTH, Pages, break_before
from workbench.excel.sheets.frame import ChartSpot, Frame
from workbench.excel.sheets.plan import (
    GAP,
    HEADING_HEIGHT,
    TITLE_HEIGHT,
    Plan,
    charts_at,
)
from workbench.excel.tables import TableWriter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SIGNATURE_HEIGHT = 34.0
CHART_HEIGHT = 205.0
"""Printed height of a chart in points."""
BESIDE_HEIGHT = 176.0
"""Least height on the sheet of a chart beside its table."""
WIDEST_CHART = 3.0
_APART = "　" * 8
"""Room to sign between two roles that share the last column of a sheet of few."""
_TOGETHER = 4
"""Rows of a long table that stay with its head."""
LEAST_SHARE = 0.6
"""How much of its height a chart keeps at least to stay on the page of its table."""


class BodySheet:
    """Writes one planned worksheet."""

    def __init__(self, frame: Frame, sheet: "Worksheet", plan: Plan) -> None:
        self._frame = frame
        self._sheet = sheet
        self._plan = plan
        self._tables = TableWriter(sheet, frame.styles, frame.formulas_of(sheet), frame.waiting)
        self._pages = Pages(math.inf if plan.sheet.one_page else plan.capacity)
        self._row = 1
        self._span = len(plan.widths)
        self._repeated = TITLE_HEIGHT
        self._frozen = ""

    def write(self) -> int:
        """Write everything; return the number of pages."""
        for place, width in enumerate(self._plan.widths, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = round(width, 2)
        self._text(self._plan.sheet.title, styles.SHEET_TITLE, TITLE_HEIGHT)
        blocks = self._plan.sheet.blocks
        index = 0
        while index < len(blocks):
            index += self._block(blocks, index)
        self._finish()
        return self._pages.count

    def _finish(self) -> None:
        sheet = self._sheet
        sheet.print_area = f"A1:{get_column_letter(self._span)}{max(self._row - 1, 1)}"
        if not sheet.print_title_rows:
            sheet.print_title_rows = "1:1"
        if self._plan.sheet.one_page:
            sheet.page_setup.fitToHeight = 1
        sheet.freeze_panes = self._frozen or "A2"
        sheet.sheet_view.showGridLines = False

    def _block(self, blocks: tuple[Block, ...], index: int) -> int:
        """Write the block at an index; return how many blocks were used."""
        match blocks[index]:
            case Heading(text):
                self._heading(text, blocks, index)
            case Paragraph(text, strong):
                self._words(text, styles.STRONG if strong else styles.PARAGRAPH)
            case NotAssessed(text):
                self._words(text, styles.NOT_ASSESSED)
            case Table() as table:
                return self._table(table, index)
            case Signature(roles):
                self._signature(roles)
            case NewPage():
                self._turn()
            case Chart():
                return self._charts(charts_at(self._plan.sheet, index))
        return 1

    def _heading(self, text: str, blocks: tuple[Block, ...], index: int) -> None:
        following = self._height(index + 1) if index + 1 < len(blocks) else 0.0
        if self._plan.long == index + 1:
            following = GAP + self._beginning(index + 1)
        self._keep(GAP + HEADING_HEIGHT + following)
        self._gap()
        self._text(text, styles.HEADING, HEADING_HEIGHT)

    def _beginning(self, index: int) -> float:
        """Return the height of a long table's head and first rows, which stay together."""
        lines = self._plan.lines[index]
        return lines.title + lines.unit + lines.header + sum(lines.rows[:_TOGETHER])

    def _height(self, index: int) -> float:
        """Return the height of the block at an index, as far as it must stay in one piece."""
        match self._plan.sheet.blocks[index]:
            case Table():
                beside = BESIDE_HEIGHT if self._plan.beside(index) else 0.0
                return max(self._plan.lines[index].all, beside) + GAP
            case Chart():
                return self._chart_height() + GAP
            case Paragraph(text) | NotAssessed(text):
                return self._text_height(text) + LEAST * 3
            case _:
                return LEAST

    def _text_height(self, text: str) -> float:
        return row_height(line_count(text, self._plan.room))

    def _words(self, text: str, look: styles.Look) -> None:
        height = self._text_height(text)
        self._keep(height)
        self._text(text, look, height)

    def _text(self, text: str, look: styles.Look, height: float) -> None:
        cell = self._sheet.cell(self._row, 1)
        put_text(cell, text)
        for column in range(1, self._span + 1) if look.fill else (1,):
            self._frame.styles.apply(self._sheet.cell(self._row, column), look)
        if self._span > 1:
            self._sheet.merge_cells(
                start_row=self._row, end_row=self._row, start_column=1, end_column=self._span
            )
        self._down(height)

    def _down(self, height: float) -> None:
        self._sheet.row_dimensions[self._row].height = height
        self._pages.add(height)
        self._row += 1

    def _gap(self) -> None:
        self._down(GAP)

    def _keep(self, height: float) -> None:
        """Begin a new page unless so much fits on this one."""
        if not self._pages.fits(height) and self._pages.used > self._repeated + 1:
            self._turn()

    def _turn(self) -> None:
        if self._row > 1:
            break_before(self._sheet, self._row)
            self._pages.turn(self._repeated)

    def _table(self, table: Table, index: int) -> int:
        lines, below = self._plan.lines[index], self._plan.below[index]
        top = lines.title + lines.unit + lines.header
        is_long = self._plan.long == index
        beside = self._plan.beside(index)
        height = self._beginning(index) if is_long else lines.all
        self._keep(GAP + max(height, BESIDE_HEIGHT if beside else 0.0))
        self._gap()
        first = self._row
        column = 1 + self._plan.offsets[index]
        span = self._span if beside is None else column + len(table.columns) - 1
        place, free = self._tables.write(table, self._row, column, span, lines, below)
        self._frame.places.append(place)
        if table.name:
            self._frame.tables[table.name] = place
        self._pages.add(top)
        if is_long:
            self._sheet.print_title_rows = f"{place.header}:{place.header}"
            self._repeated = lines.header
        rows = [*lines.rows, lines.total] if lines.total else list(lines.rows)
        for row, height in enumerate(rows, start=place.first):
            self._long_row(row, height)
        self._pages.add(sum(lines.below))
        if table.header and place.header <= 6:
            letter = get_column_letter(place.column + table.frozen_columns)
            self._frozen = f"{letter}{place.first}"
        self._row = free
        if beside is None:
            return 1
        self._chart_beside(beside, place.column + len(table.columns), first, lines.all)
        return 2

    def _chart_beside(self, chart: Chart, column: int, row: int, table_height: float) -> None:
        """Put a chart to the right of the table just written, and fill up to its height."""
        height = max(table_height, BESIDE_HEIGHT)
        left = sum(column_points(w) for w in self._plan.widths[:column])
        width = min(self._sheet_points() - left - GAP, height * WIDEST_CHART)
        size = (width, height - GAP)
        self._frame.charts.append(ChartSpot(self._sheet, chart, row, column + 1, size))
        missing = height - table_height
        for _ in range(math.ceil(missing / LEAST)):
            self._down(LEAST)

    def _long_row(self, row: int, height: float) -> None:
        if not self._pages.fits(height):
            break_before(self._sheet, row)
            self._pages.turn(self._repeated)
        self._pages.add(height)

    def _signature(self, roles: tuple[str, ...]) -> None:
        self._keep(SIGNATURE_HEIGHT + GAP)
        self._gap()
        column, points = 0, self._sheet_points()
        for place, role in enumerate(roles):
            wanted = self._column_at(points * place / len(roles)) if place else 1
            crowded = column == self._span
            column = min(max(column + 1, wanted), self._span)
            cell = self._sheet.cell(self._row, column)
            put_text(cell, f"{cell.value}{_APART}{role}" if crowded else role)
            self._frame.styles.apply(cell, styles.SIGNATURE)
        self._down(SIGNATURE_HEIGHT)

    def _chart_height(self) -> float:
        """Return the height of a chart on the sheet, so that it prints at its printed height."""
        return CHART_HEIGHT * max(1.0, self._sheet_points() / PRINT_WIDTH)

    def _sheet_points(self) -> float:
        return sum(column_points(width) for width in self._plan.widths)

    def _charts(self, charts: list[Chart]) -> int:
        height = self._chart_height()
        left = self._pages.capacity - self._pages.used - 2 * GAP - LEAST
        if height * LEAST_SHARE <= left < height:
            height = left  # better a lower chart beside its table than one alone on a page
        rows = math.ceil((height + GAP) / LEAST)
        self._keep(rows * LEAST + GAP)
        self._gap()
        half = self._column_at(self._sheet_points() / 2)
        starts = [1, half] if len(charts) == 2 else [1]
        ends = [half, self._span + 1] if len(charts) == 2 else [self._span + 1]
        for chart, start, end in zip(charts, starts, ends, strict=True):
            width = sum(column_points(w) for w in self._plan.widths[start - 1 : end - 1]) - GAP
            spot = ChartSpot(self._sheet, chart, self._row, start, (width, height))
            self._frame.charts.append(spot)
        for _ in range(rows):
            self._down(LEAST)
        return len(charts)

    def _column_at(self, points: float) -> int:
        """Return the column whose left edge is nearest to a distance from the left."""
        edges = [0.0]
        for width in self._plan.widths:
            edges.append(edges[-1] + column_points(width))
        inner = range(1, max(2, len(edges) - 1))
        return 1 + min(inner, key=lambda i: abs(edges[i] - points))
