# SPDX-License-Identifier: MIT
"""Lays out a sheet of headings, texts, tables and charts; nothing straddles a page."""

import math
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from workbench.domain.report.model import (
    Chart,
    Heading,
    NotAssessed,
    Paragraph,
    Signature,
    Table,
)
from workbench.excel import styles
from workbench.excel.cells import join_across, put_text
from workbench.excel.measure import LEAST, column_points
from workbench.excel.page import break_before
from workbench.excel.sheets.flow import (
    BESIDE_HEIGHT,
    GAP,
    HEADING_HEIGHT,
    SIGNATURE_HEIGHT,
    TITLE_HEIGHT,
    Flow,
    Placed,
    chart_rows,
    charts_at,
)
from workbench.excel.sheets.frame import ChartSpot, Frame
from workbench.excel.sheets.plan import Plan
from workbench.excel.tables import TableWriter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST_CHART = 3.0
_SIGNED = 90.0
"""The least room (points) in which somebody signs."""
_APART = "　" * 8
"""Room to sign between two roles that share the last column of a sheet of few."""


class BodySheet:
    """Writes one planned worksheet."""

    def __init__(self, frame: Frame, sheet: "Worksheet", plan: Plan) -> None:
        self._frame = frame
        self._sheet = sheet
        self._plan = plan
        self._tables = TableWriter(sheet, frame.styles, frame.formulas_of(sheet), frame.waiting)
        self._flow = Flow(plan)
        self._row = 1
        self._span = len(plan.widths)
        self._frozen = ""

    def write(self) -> int:
        """Write everything; return the number of pages."""
        for place, width in enumerate(self._plan.widths, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = round(width, 2)
        self._text(self._plan.sheet.title, styles.SHEET_TITLE, TITLE_HEIGHT)
        index = 0
        while index < len(self._plan.sheet.blocks):
            placed = self._flow.place(index)
            if placed.turn:
                break_before(self._sheet, self._row)
            self._block(index, placed)
            index += self._plan.taken(index)
        self._finish()
        return self._flow.pages.count

    def _finish(self) -> None:
        sheet = self._sheet
        sheet.print_area = f"A1:{get_column_letter(self._span)}{max(self._row - 1, 1)}"
        if not sheet.print_title_rows:
            sheet.print_title_rows = "1:1"
        if self._plan.sheet.one_page:
            sheet.page_setup.fitToHeight = 1
        sheet.freeze_panes = self._frozen or "A2"
        sheet.sheet_view.showGridLines = False

    def _block(self, index: int, placed: Placed) -> None:
        """Write the block at an index."""
        match self._plan.sheet.blocks[index]:
            case Heading(text):
                self._down(GAP)
                self._text(text, styles.HEADING, HEADING_HEIGHT)
            case Paragraph(text, strong):
                self._text(text, styles.STRONG if strong else styles.PARAGRAPH, placed.height)
            case NotAssessed(text):
                self._text(text, styles.NOT_ASSESSED, placed.height)
            case Table() as table:
                self._table(table, index, placed)
            case Signature(roles):
                self._signature(roles)
            case Chart():
                self._charts(charts_at(self._plan.sheet, index), placed.height)

    def _text(self, text: str, look: styles.Look, height: float) -> None:
        cell = self._sheet.cell(self._row, 1)
        put_text(cell, text)
        self._frame.styles.apply(cell, look)
        join_across(self._sheet, self._row, self._span)
        self._down(height)

    def _down(self, height: float) -> None:
        self._sheet.row_dimensions[self._row].height = height
        self._row += 1

    def _table(self, table: Table, index: int, placed: Placed) -> None:
        lines, below = self._plan.lines[index], self._plan.below[index]
        beside = self._plan.beside(index)
        self._down(GAP)
        first = self._row
        column = 1 + self._plan.offsets[index]
        span = self._span if beside is None else column + len(table.columns) - 1
        place, free = self._tables.write(table, self._row, column, span, lines, below)
        self._frame.places.append(place)
        if table.name:
            self._frame.tables[table.name] = place
        if self._plan.long == index:
            self._sheet.print_title_rows = f"{place.header}:{place.header}"
        for at in sorted(placed.breaks):
            break_before(self._sheet, place.first + at)
        if table.header and place.header <= 6:
            letter = get_column_letter(place.column + table.frozen_columns)
            self._frozen = f"{letter}{place.first}"
        self._row = free
        if beside is not None:
            self._chart_beside(beside, place.column + len(table.columns), first, lines.all)

    def _chart_beside(self, chart: Chart, column: int, row: int, table_height: float) -> None:
        """Put a chart to the right of the table just written, and fill up to its height."""
        height = max(table_height, BESIDE_HEIGHT)
        left = sum(column_points(w) for w in self._plan.widths[:column])
        width = min(self._flow.points - left - GAP, height * WIDEST_CHART)
        size = (width, height - GAP)
        self._frame.charts.append(ChartSpot(self._sheet, chart, row, column + 1, size))
        missing = height - table_height
        for _ in range(math.ceil(missing / LEAST)):
            self._down(LEAST)

    def _signature(self, roles: tuple[str, ...]) -> None:
        self._down(GAP)
        column, points, gap = 0, self._flow.points, ""
        for place, role in enumerate(roles):
            wanted = self._column_at(points * place / len(roles)) if place else 1
            crowded = column == self._span
            before, column = column, min(max(column + 1, wanted), self._span)
            while before and column < self._span and self._apart(before, column) < _SIGNED:
                column += 1
            cell = self._sheet.cell(self._row, column)
            if crowded and not gap:  # several in one cell stand closer, or the last is cut off
                gap = _APART if place == len(roles) - 1 else _APART[::2]
            put_text(cell, f"{cell.value}{gap}{role}" if crowded else role)
            self._frame.styles.apply(cell, styles.SIGNATURE)
        self._down(SIGNATURE_HEIGHT)

    def _apart(self, left: int, right: int) -> float:
        """Return how far the left edges of two columns are apart (points)."""
        return sum(column_points(width) for width in self._plan.widths[left - 1 : right - 1])

    def _charts(self, charts: list[Chart], height: float) -> None:
        self._down(GAP)
        half = self._column_at(self._flow.points / 2)
        starts = [1, half] if len(charts) == 2 else [1]
        ends = [half, self._span + 1] if len(charts) == 2 else [self._span + 1]
        for chart, start, end in zip(charts, starts, ends, strict=True):
            width = sum(column_points(w) for w in self._plan.widths[start - 1 : end - 1]) - GAP
            spot = ChartSpot(self._sheet, chart, self._row, start, (width, height))
            self._frame.charts.append(spot)
        for _ in range(chart_rows(height)):
            self._down(LEAST)

    def _column_at(self, points: float) -> int:
        """Return the column whose left edge is nearest to a distance from the left."""
        edges = [0.0]
        for width in self._plan.widths:
            edges.append(edges[-1] + column_points(width))
        inner = range(1, max(2, len(edges) - 1))
        return 1 + min(inner, key=lambda i: abs(edges[i] - points))
