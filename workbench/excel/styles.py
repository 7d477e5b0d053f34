# SPDX-License-Identifier: MIT
"""The look of the workbooks: one shared named style per kind of cell, made when first needed."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

from workbench.domain.report.charting import INK
from workbench.domain.report.model import Cell, CellState, Column, ColumnKind, Tone
from workbench.excel.house.style import OURS, TABLE_BODY, HouseStyle
from workbench.excel.measure import DENSE_SIZE

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

    from workbench.excel.cells import ExcelCell

BODY, HEADINGS = "微软雅黑", "黑体"
MUTED, GRID, HEADER_FILL = "5F6A76", "8A9199", "E7EAED"
TONES = {
    Tone.GOOD: "1E6B45",
    Tone.FAIR: "8A5A00",
    Tone.BAD: "B3261E",
    Tone.MUTED: MUTED,
}
"""Text colours; each stands beside a word, so that a black print loses nothing."""
_ENGLISH = {
    "≥": "≥",
    ">": ">",
    "超": ">",
    "超过": ">",
    "余": "over ",
    "不少于": "≥",
    "不低于": "≥",
    "≤": "≤",
    "<": "<",
    "近": "nearly ",
}
_PREFIXED = frozenset({"约", "近", "超", "超过", "不少于", "不低于", "≥", ">", "≤", "<", "至少"})


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that makes two cells look alike; without a name it is one of the tables'."""

    name: str
    size: float = 10
    bold: bool = False
    font: str = BODY
    color: str = INK
    fill: str = ""
    border: bool = False
    horizontal: str = "left"
    vertical: str = "center"
    wrap: bool = True
    format: str = "General"
    indent: int = 0


COVER_TITLE = Look("cover title", 22, True, HEADINGS, horizontal="center")
COVER_LABEL = Look("cover label", 12, horizontal="distributed", color=MUTED)
COVER_LABEL_EN = Look("cover label left", 12, color=MUTED)
COVER_FACT = Look("cover fact", 12)
COVER_DATE = Look("cover date", 12, format="yyyy-mm-dd")
NOTICE = Look("notice", 10, color=MUTED, horizontal="center")
DRAFT = Look("draft", 14, True, color="B3261E", horizontal="center")
SHEET_TITLE = Look("sheet title", 16, True, HEADINGS, wrap=False)
HEADING = Look("section heading", 12, True, HEADINGS, wrap=False)
PARAGRAPH = Look("paragraph", 10, vertical="top")
STRONG = Look("paragraph strong", 10, True, vertical="top")
NOT_ASSESSED = Look("not assessed", 10, True, fill="F3F4F6", color=INK, indent=1)
TABLE_TITLE = Look("table title", 10.5, True, horizontal="center", wrap=False)
UNIT_LINE = Look("unit line", 9, color=MUTED, horizontal="right", wrap=False)
SOURCE_LINE = Look("source line", 9, color=MUTED, vertical="top")
SOURCE_LINK = Look("source link", 9, color="17657D", vertical="top")
"""A source line that leads to what it names."""
HEADER = Look("table header", 10, True, fill=HEADER_FILL, border=True, horizontal="center")
DENSE_HEADER = Look(
    "table header small", DENSE_SIZE, True, fill=HEADER_FILL, border=True, horizontal="center"
)
_SMALLER = {"table header small": "table header"}
"""Looks that are those of a team's own style, with smaller letters."""
_LEADING = {"source link": "source line"}
"""Looks that are those of a team's own style, in the colour of links."""
_ASIDE = "_ _ "
"""Room behind a number, as wide as two spaces: LibreOffice leaves the indent of some cells out."""
_STYLE = "_style"
"""Where a cell of openpyxl keeps its look, without a name that others may use."""
SIGNATURE = Look("signature", 10.5, wrap=False)
LINK = Look("link", 10.5, color="17657D", border=True, wrap=False)


class Styles:
    """Gives cells their look through shared named styles of one workbook."""

    def __init__(self, workbook: "Workbook", language: str, house: HouseStyle = OURS) -> None:
        self._house = house
        self._workbook = workbook
        self._names: dict[Look, str] = {}
        self._given: dict[Look, StyleArray] = {}
        self._bodies: dict[tuple[object, ...], StyleArray] = {}
        """The looks of table cells as openpyxl keeps them, by all of a cell that decides it."""
        self._chinese = language.startswith("zh")

    def apply(self, cell: "ExcelCell", look: Look) -> None:
        """Give a cell a look.

        A look is copied from where it was first given: asking openpyxl for a style by its name
        walks through all of them, a quarter of the time of a long report.
        """
        quoted = cell.quotePrefix
        given = self._given.get(look)
        if given is None:
            cell.style = self._name(look)
            given = self._given[look] = copy(getattr(cell, _STYLE))
        setattr(cell, _STYLE, copy(given))
        if quoted:
            cell.quotePrefix = True

    def _name(self, look: Look) -> str:
        """Return the name of the style of a look, which is added when it is not there."""
        name = self._names.get(look)
        if name is None:
            name = look.name or f"table {len(self._names):02d}"
            self._workbook.add_named_style(self._named(look, name))
            self._names[look] = name
        return name

    def _named(self, look: Look, name: str) -> NamedStyle:
        """Return a style of our own, or the team's own one of that name."""
        base = _SMALLER.get(look.name) or _LEADING.get(look.name) or look.name
        own = self._house.styles.get(base)
        if look.name and own is not None:
            copied = _copied(own, name, own.number_format)
            if look.name in _LEADING:
                font = copy(copied.font)
                font.color = look.color
                copied.font = font
            return _smaller(copied) if look.name in _SMALLER else copied
        style = _named(look, name)
        body = self._house.styles.get(TABLE_BODY)
        if not look.name and body is not None:
            font = copy(body.font)
            font.b = look.bold or font.b
            if look.color != INK:
                font.color = look.color
            style.font, style.border = font, copy(body.border)
            if look.size == DENSE_SIZE:
                return _smaller(style)
        return style

    def dress(
        self,
        target: "ExcelCell",
        column: Column,
        cell: Cell,
        *,
        total: bool = False,
        dense: bool = False,
    ) -> None:
        """Give a table cell the look of its column, its state and its tone."""
        value = cell.value
        shown = str if isinstance(value, str) else date if isinstance(value, date) else None
        alike = (column.kind, column.decimals, shown, cell.state, cell.mark, cell.tone,
                 cell.decimals, total, dense)  # fmt: skip
        given = self._bodies.get(alike)
        if given is None:
            self.apply(target, self._body(column, cell, total=total, dense=dense))
            self._bodies[alike] = copy(getattr(target, _STYLE))
        elif target.quotePrefix:
            setattr(target, _STYLE, copy(given))
            target.quotePrefix = True
        else:
            setattr(target, _STYLE, given)

    def _body(self, column: Column, cell: Cell, *, total: bool, dense: bool) -> Look:
        color = TONES.get(cell.tone, INK)
        absent = cell.state in (CellState.UNKNOWN, CellState.NOT_APPLICABLE)
        number_format = "@" if column.kind is ColumnKind.CODE else "General"
        horizontal = _ALIGNED.get(column.kind, "right")
        if absent:
            color, horizontal = MUTED, "center"
        elif not isinstance(cell.value, str):
            number_format = self._number_format(column, cell)
        elif column.numeric:
            horizontal = "center"
        bold = total or cell.tone is Tone.STRONG
        indent = int(horizontal == "right" and _ASIDE not in number_format)
        return Look(
            "",
            DENSE_SIZE if dense else 10,
            bold,
            color=color,
            border=True,
            horizontal=horizontal,
            wrap=horizontal != "right" and column.kind is not ColumnKind.DATE,
            format=number_format,
            indent=indent,
        )

    def _number_format(self, column: Column, cell: Cell) -> str:
        match column.kind:
            case ColumnKind.DATE:
                pattern = "yyyy-mm-dd"
            case ColumnKind.YEAR | ColumnKind.ORDINAL:
                pattern = "0"
            case ColumnKind.INTEGER:
                pattern = "#,##0"
            case ColumnKind.NUMBER if isinstance(cell.value, date):
                return "yyyy-mm-dd"
            case ColumnKind.NUMBER:
                decimals = column.decimals if cell.decimals is None else cell.decimals
                pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            case _:
                return "yyyy-mm-dd" if isinstance(cell.value, date) else "General"
        marked = self._marked(pattern, cell)
        if column.kind in (ColumnKind.NUMBER, ColumnKind.INTEGER):
            return f"{marked}{_ASIDE};[Red]{self._marked('-' + pattern, cell)}{_ASIDE}"
        return marked

    def _marked(self, pattern: str, cell: Cell) -> str:
        """Return a pattern with the mark of an estimate, of a forecast or of a partial sum."""
        if cell.state is CellState.PARTIAL:
            return f'{self._qualified(pattern, cell.mark) if cell.mark else pattern}"*"'
        is_forecast = cell.state is CellState.FORECAST
        mark = cell.mark if is_forecast else cell.mark or "约"
        if cell.state is CellState.ESTIMATED or (is_forecast and mark):
            pattern = self._qualified(pattern, mark)
        if is_forecast:
            pattern += '"（预计）"' if self._chinese else '" (forecast)"'
        return pattern

    def _qualified(self, pattern: str, mark: str) -> str:
        words = f'"{qualifier(mark, chinese=self._chinese)}"'
        behind = self._chinese and mark not in _PREFIXED
        return f"{pattern}{words}" if behind else f"{words}{pattern}"


def qualifier(mark: str, *, chinese: bool) -> str:
    """Return what stands beside an estimated number in the language of a report."""
    return mark if chinese else _ENGLISH.get(mark, "c. ")


_ALIGNED = {
    ColumnKind.TEXT: "left",
    ColumnKind.CODE: "left",
    ColumnKind.WORD: "center",
    ColumnKind.DATE: "center",
    ColumnKind.YEAR: "center",
    ColumnKind.ORDINAL: "center",
}


def _copied(own: NamedStyle, name: str, number_format: str) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=copy(own.font),
        fill=copy(own.fill),
        border=copy(own.border),
        alignment=copy(own.alignment),
        number_format=number_format,
        protection=copy(own.protection),
    )


def _smaller(style: NamedStyle) -> NamedStyle:
    """Return a style with the letters of a dense table."""
    size = style.font.sz
    if size:
        style.font = copy(style.font)
        style.font.sz = float(size) * DENSE_SIZE / 10
    return style


def _named(look: Look, name: str) -> NamedStyle:
    style = NamedStyle(name=name)
    style.font = Font(name=look.font, size=look.size, bold=look.bold, color=look.color)
    style.alignment = Alignment(
        horizontal=look.horizontal,
        vertical=look.vertical,
        wrap_text=look.wrap,
        indent=look.indent,
    )
    style.number_format = look.format
    if look.fill:
        style.fill = PatternFill("solid", fgColor=look.fill)
    if look.border:
        side = Side(style="thin", color=GRID)
        style.border = Border(left=side, right=side, top=side, bottom=side)
    return style
