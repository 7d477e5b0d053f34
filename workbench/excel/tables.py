# SPDX-License-Identifier: MIT
"""Writes tables: title, unit line, header, rows, total row with live formulas, source line."""

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from workbench.application.ports import Texts
from workbench.domain.display import grouped
from workbench.domain.report.model import (
    Cell,
    CellState,
    Column,
    Table,
    Tone,
    TotalKind,
    total_cell,
)
from workbench.domain.report.partial import NarrowRatio, narrower_ratios, partial_rows
from workbench.excel import styles
from workbench.excel.cells import (
    clean_text,
    join_across,
    looks_elsewhere,
    plain,
    put_text,
    put_value,
    shown_text,
)
from workbench.excel.measure import (
    DENSE_LEAST,
    DENSE_SIZE,
    LEAST,
    line_count,
    row_height,
    text_width,
)
from workbench.excel.per_table import once_per_table
from workbench.excel.styles import Styles
from workbench.excel.table_places import TablePlace, Waiting, WaitingFormula, WaitingLink
from workbench.excel.total_formulas import total_formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Formulas = dict[str, float | str]
"""The computed value of every formula cell of one sheet, by address."""
BOLD = 1.06
"""How much wider bold letters are."""
_TITLE_ROOM = 1.3
"""The letters of a title are larger and bolder than those that columns are measured in."""
_BREAKS = re.compile(r"[\u4e00-\u9fff：、×÷/·](?=[^、：）):;,.% ])|[^ ] ")
"""Where the title of a column may be broken: behind Chinese, some marks, and a space."""
_LIKED, _LIKED_ENDS = 3.0, "：、×÷/· "
"""Behind which marks a title is rather broken, and by how much (characters)."""
TABLE_TITLE_HEIGHT, UNIT_HEIGHT = 22.0, 16.0
TWO_LINES = row_height(2, 9) - 2
"""The height of a line below a table that takes two."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The heights (points) of a table's rows, so that pages can be planned before writing."""

    title: float
    unit: float
    header: float
    rows: tuple[float, ...]
    total: float
    below: tuple[float, ...]

    @property
    def all(self) -> float:
        """Return the height of the whole table."""
        return self.title + self.unit + self.header + sum(self.rows) + self.total + sum(self.below)


def footers(table: Table, texts: Texts) -> tuple[str, ...]:
    """Return the lines below a table: source, notes, what an asterisk and a ratio leave out."""
    lines = [table.source_line] if table.source_line else []
    lines.extend(table.notes)
    if table.has_totals and _has_partial(table):
        lines.append(texts("report.partial_note", rows=partial_rows(table)))
        lines.extend(_of_ratio(each, texts) for each in narrower_ratios(table))
    return tuple(lines)


def _of_ratio(ratio: NarrowRatio, texts: Texts) -> str:
    """Say of which rows a ratio is, where it is not the one of the totals beside it."""
    above, below = ratio.above, ratio.below
    return texts(
        "report.ratio_note",
        ratio=ratio.column.title,
        rows=ratio.rows,
        left=ratio.left,
        top=ratio.top.title,
        bottom=ratio.bottom.title,
        above=grouped(above, ratio.top.decimals),
        below=grouped(below, ratio.bottom.decimals),
    )


def _has_partial(table: Table) -> bool:
    return any(total_cell(table, c).state is CellState.PARTIAL for c in table.columns)


def measure(
    table: Table,
    widths: list[float],
    below: tuple[str, ...],
    room: float,
    words: float = 1.0,
    least: float = LEAST,
) -> Lines:
    """Return the heights of a table whose columns have these widths; ``room`` spans the sheet.

    ``words`` says how large the letters of what stands below are beside ours, ``least`` how high
    (points) a row of one line is.
    """
    size, least = (DENSE_SIZE, DENSE_LEAST) if table.dense else (10.0, least)
    size *= table.letters
    fitting = [width * 10 / size for width in widths]
    strong = [width / BOLD for width in fitting]
    rows: list[float] = []
    for texts in long_texts(table):
        lines = 1
        for place, text, is_strong in texts:
            count = line_count(text, strong[place] if is_strong else fitting[place])
            lines = max(lines, count)
        rows.append(row_height(lines, size, least))
    header = max(
        line_count(header_text(column, width), width)
        for column, width in zip(table.columns, fitting, strict=True)
    )
    return Lines(
        TABLE_TITLE_HEIGHT if table.title else 0,
        UNIT_HEIGHT * words if table.unit_line else 0,
        row_height(header, size, least) if table.header else 0,
        tuple(rows),
        row_height(_label_lines(table, fitting), size, least) if table.has_totals else 0,
        tuple(
            max(16.0, row_height(line_count(text, room * 1.1 / words), 9 * words) - 2)
            for text in below
        ),
    )


@once_per_table
def long_texts(table: Table) -> list[list[tuple[int, str, bool]]]:
    """Return by rows the texts that may take more than a line: column, text, whether bold."""
    unknown = table.marks.unknown
    return [
        [
            (place, text, cell.tone is Tone.STRONG)
            for place, cell in enumerate(row)
            if len(text := shown_text(cell, unknown)) > 1
        ]
        for row in table.rows
    ]


def _label_lines(table: Table, widths: list[float]) -> int:
    """Return in how many lines the label of a total stands, in the first column without one."""
    unsummed = (i for i, c in enumerate(table.columns) if c.total.kind is TotalKind.NONE)
    at = next(unsummed, None)
    return 1 if at is None else line_count(table.total_label, widths[at] / BOLD)


def header_text(column: Column, width: float) -> str:
    """Return a column's title; one that is too long for its line breaks before its unit.

    Chinese that still is too long breaks in the middle: else its last letter would stand alone.
    """
    if text_width(column.title) * BOLD <= width - 0.6:
        return column.title
    parts = column.title.replace("（", "\n（").replace(" (", "\n(")
    return "\n".join(_halved(part, width - 0.6) for part in parts.split("\n"))


def _halved(line: str, room: float) -> str:
    """Return a Chinese line in two of about the same width where these have room, else as it is."""
    if line.isascii() or text_width(line) * BOLD <= room:
        return line
    best, least = line, math.inf
    for match in _BREAKS.finditer(line):
        first, second = line[: match.end()], line[match.end() :]
        wider = max(text_width(first), text_width(second)) * BOLD
        liked = wider - (_LIKED if first[-1] in _LIKED_ENDS else 0.0)
        if second and wider <= room and liked < least:
            best, least = f"{first.rstrip()}\n{second}", liked
    return best


class TableWriter:
    """Writes tables into one worksheet."""

    def __init__(
        self,
        sheet: "Worksheet",
        look: Styles,
        formulas: Formulas,
        waiting: list[Waiting],
    ) -> None:
        self._sheet = sheet
        self._styles = look
        self._formulas = formulas
        self._waiting = waiting

    def write(
        self, table: Table, top: int, column: int, span: int, lines: Lines, below: tuple[str, ...]
    ) -> tuple[TablePlace, int]:
        """Write a table from row ``top``; return its place and the first free row below it.

        Lines above and below the body are merged over ``span`` columns of the sheet.
        """
        row = top
        if table.title:
            title, own = self._title(table), column + len(table.columns) - 1
            wide = self._wide_enough(title, own, span)
            self._line(row, wide, title, styles.TABLE_TITLE, lines.title)
            row += 1
        if table.unit_line:
            last = self._wide_enough(table.unit_line, column + len(table.columns) - 1, span)
            self._line(row, last, table.unit_line, styles.UNIT_LINE, lines.unit)
            row += 1
        header = row
        if table.header:
            self._header(table, row, column, lines.header)
            row += 1
        place = TablePlace(self._sheet.title, table, header, row, row + len(table.rows) - 1, column)
        for cells, height in zip(table.rows, lines.rows, strict=True):
            self._row(place, cells, row, height)
            row += 1
        if table.has_totals:
            self._totals(place, row, lines.total)
            row += 1
        for at, (text, height) in enumerate(zip(below, lines.below, strict=True)):
            # LibreOffice breaks no text that leads on: one of more lines leads nowhere
            leads = bool(not at and table.source_line and table.source_link and height < TWO_LINES)
            self._line(row, span, text, styles.SOURCE_LINK if leads else styles.SOURCE_LINE, height)
            if leads:
                self._waiting.append(WaitingLink(self._sheet.cell(row, 1), table.source_link))
            row += 1
        return place, row

    @staticmethod
    def _title(table: Table) -> str:
        return f"{table.number}　{table.title}" if table.number else table.title

    def _wide_enough(self, text: str, own: int, span: int) -> int:
        """Return how many columns a title or units take: their table's, more if they need them."""
        width = 0.0
        for column in range(1, span + 1):
            width += self._sheet.column_dimensions[get_column_letter(column)].width
            if column >= own and width >= text_width(text) * _TITLE_ROOM:
                return column
        return span

    def _line(self, row: int, span: int, text: str, look: styles.Look, height: float) -> None:
        cell = self._sheet.cell(row, 1)
        put_text(cell, text)
        self._styles.apply(cell, look)
        join_across(self._sheet, row, span)
        self._sheet.row_dimensions[row].height = height

    def _header(self, table: Table, row: int, column: int, height: float) -> None:
        for place, each in enumerate(table.columns):
            cell = self._sheet.cell(row, column + place)
            letter = get_column_letter(column + place)
            width = self._sheet.column_dimensions[letter].width * (
                10 / DENSE_SIZE if table.dense else 1.0
            )
            put_text(cell, header_text(each, width))
            self._styles.apply(cell, styles.DENSE_HEADER if table.dense else styles.HEADER)
        self._sheet.row_dimensions[row].height = height

    def _row(self, place: TablePlace, cells: tuple[Cell, ...], row: int, height: float) -> None:
        table = place.table
        for at, (column, cell) in enumerate(
            zip(table.columns, cells, strict=True), start=place.column
        ):
            target = self._sheet.cell(row, at)
            text = shown_text(cell, table.marks.unknown)
            if cell.formula:
                waiting = WaitingFormula(target, cell.formula, place, row)
                if looks_elsewhere(cell.formula):
                    self._waiting.append(waiting)
                else:
                    waiting.settle({})
                self._formulas[target.coordinate] = clean_text(text) or plain(cell.value)
            elif text:
                put_text(target, text)
            else:
                put_value(target, cell.value)
            if cell.link:
                self._waiting.append(WaitingLink(target, cell.link))
            self._styles.dress(target, column, cell, dense=table.dense)
        self._sheet.row_dimensions[row].height = height

    def _totals(self, place: TablePlace, row: int, height: float) -> None:
        table = place.table
        labelled = False
        for offset, column in enumerate(table.columns):
            target = self._sheet.cell(row, place.column + offset)
            cell = total_cell(table, column)
            if column.total.kind is TotalKind.NONE:
                if not labelled:
                    cell = replace(cell, value=table.total_label)
                    labelled = True
                put_text(target, shown_text(cell, table.marks.unknown))
            else:
                self._total(place, column, cell, row)
            self._styles.dress(target, column, cell, total=True, dense=table.dense)
        self._sheet.row_dimensions[row].height = height

    def _total(self, place: TablePlace, column: Column, cell: Cell, row: int) -> None:
        letter = place.letter(column.key)
        if cell.state is CellState.NOT_APPLICABLE:
            put_text(self._sheet[f"{letter}{row}"], shown_text(cell))
            return
        formula = total_formula(place, column, cell)
        self._sheet[f"{letter}{row}"].value = formula
        unknown = cell.state is CellState.UNKNOWN
        self._formulas[f"{letter}{row}"] = (
            place.table.marks.unknown if unknown else plain(cell.value)
        )
