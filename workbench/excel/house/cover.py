# SPDX-License-Identifier: MIT
"""The cover that a team designed in its template, filled with the words of a report."""

import re
from collections.abc import Collection, Iterator
from copy import copy
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import quote_sheetname

from workbench.domain.report.model import Cell, CellState
from workbench.excel import styles
from workbench.excel.cells import put_text, put_value, shown_text
from workbench.excel.house import drawn
from workbench.excel.house.designed import CELL_PICTURE, HouseCover, last_row, rows_of
from workbench.excel.house.lines import PLACE, joined
from workbench.excel.measure import line_count, row_height
from workbench.excel.sheets.frame import cover_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from workbench.excel.sheets.frame import Frame

_DATE = "yyyy-mm-dd"
_USUAL_WIDTH = 8.43
"""How wide a column is in letters where a workbook does not say it."""
_SHOWN = (
    "showGridLines", "showRowColHeaders", "showZeros", "zoomScale", "zoomScaleNormal",
    "rightToLeft",
)  # fmt: skip
"""How a sheet is seen on the screen."""


def write_house_cover(frame: "Frame", sheet: "Worksheet", cover: HouseCover) -> int:
    """Copy the team's cover with our words in its places; what has no place follows below."""
    words = _Words(frame, drawn.places(cover.drawing.part))
    source = cover.sheet
    for row in rows_of(source):
        for cell in row:
            _copy(cell, sheet.cell(cell.row, cell.column), words)
    for merged in source.merged_cells.ranges:
        sheet.merge_cells(str(merged))
    _measures(source, sheet)
    _make_room(source, sheet)
    _formats(source, sheet)
    _link(cover, sheet)
    _hide_rows_without_facts(source, sheet)
    last = _append(frame, sheet, words, last_row(source) + 1)
    if source.print_area:
        _print(sheet, str(source.print_area), last)
    return 1


class _Words:
    """Gives a report's words for the places of a cover: facts and signatures one by one."""

    def __init__(self, frame: "Frame", in_shapes: Collection[str]) -> None:
        cover = frame.report.cover
        self.fixed = cover_words(frame.report)
        self.labels = [label for label, _ in cover.facts]
        unknown = Cell(frame.texts("report.to_verify"))
        self.facts = [
            (label, unknown if cell.state is CellState.UNKNOWN else cell)
            for label, cell in cover.facts
        ]
        self.values = [cell for _, cell in self.facts]
        self.roles = list(cover.signature.roles)
        self.used = set(in_shapes)

    def value(self) -> Cell:
        """Return the next fact, one without words when there are no more."""
        return self.values.pop(0) if self.values else Cell("")

    def fill(self, text: str) -> str:
        """Return a text with words in its places; a place that is not known stays."""
        return PLACE.sub(lambda place: self._word(place[1], place[0]), text)

    def _word(self, name: str, otherwise: str) -> str:
        self.used.add(name)
        match name:
            case "label":
                return self.labels.pop(0) if self.labels else ""
            case "role":
                return self.roles.pop(0) if self.roles else ""
            case "value":
                return _words(self.value())
            case _:
                return self.fixed.get(name, otherwise)

    def rest(self) -> Iterator[tuple[str, styles.Look]]:
        """Yield the lines for which the cover had no place."""
        if "draft" not in self.used and self.fixed["draft"]:
            yield self.fixed["draft"], styles.DRAFT
        for label, cell in self.facts[len(self.facts) - len(self.values) :]:
            yield f"{label}：{_words(cell)}", styles.COVER_FACT
        if "notice" not in self.used:
            yield self.fixed["notice"], styles.NOTICE
        if self.roles:
            yield "　　".join(self.roles), styles.SIGNATURE


def _words(cell: Cell) -> str:
    if text := shown_text(cell):
        return text
    return "" if cell.value is None else str(cell.value)


def _copy(cell: Any, target: Any, words: _Words) -> None:
    value = cell.value
    if cell.has_style or value is not None:  # the style Normal may be another one here
        _copy_look(cell, target)
    if value is None or type(target).__name__ == "MergedCell" or cell.data_type == "e":
        return
    if isinstance(value, str) and CELL_PICTURE.match(value):
        return
    if isinstance(value, CellRichText):
        texts = joined([piece.text if isinstance(piece, TextBlock) else piece for piece in value])
        said = CellRichText(*map(partial(_filled, words), value, texts))
        if str(said).strip():
            target.value = said
    elif not isinstance(value, str):
        target.value = value
    elif value.strip() == "{value}":
        fact = words.value()
        words.used.add("value")
        if isinstance(fact.value, date) and not shown_text(fact):
            put_value(target, fact.value)
            target.number_format = _DATE
        else:
            put_text(target, _words(fact))
    else:
        filled = words.fill(value)
        put_text(target, filled if filled.strip() else "")  # readers differ on spaces alone


def _copy_look(cell: Any, target: Any) -> None:
    for part in ("font", "fill", "border", "alignment", "protection"):
        setattr(target, part, copy(getattr(cell, part)))
    target.number_format = cell.number_format


def _filled(words: _Words, piece: "str | TextBlock", text: str) -> "str | TextBlock":
    said = words.fill(text)
    return TextBlock(piece.font, said) if isinstance(piece, TextBlock) else said


def _measures(source: "Worksheet", sheet: "Worksheet") -> None:
    """Take over the widths of columns, the heights of rows and the page."""
    for letter, column in source.column_dimensions.items():
        own = sheet.column_dimensions[letter]
        own.width, own.hidden = column.width, column.hidden
        own.min, own.max = column.min, column.max
        if column.has_style:
            _copy_look(column, own)
    for number, row in source.row_dimensions.items():
        own_row = sheet.row_dimensions[number]
        own_row.height, own_row.hidden = row.height, row.hidden
        if row.has_style:
            _copy_look(row, own_row)
    sheet.sheet_format = copy(source.sheet_format)
    sheet.sheet_properties.tabColor = copy(source.sheet_properties.tabColor)
    for shown in _SHOWN:
        setattr(sheet.sheet_view, shown, getattr(source.sheet_view, shown))
    sheet.freeze_panes = source.freeze_panes
    sheet.page_margins = copy(source.page_margins)
    sheet.print_options = copy(source.print_options)
    setup = source.page_setup
    sheet.page_setup.orientation = setup.orientation or sheet.page_setup.orientation
    sheet.page_setup.paperSize = setup.paperSize or sheet.page_setup.paperSize
    sheet.page_setup.fitToHeight = 1
    sheet.page_setup.blackAndWhite = setup.blackAndWhite
    sheet.page_setup.draft = setup.draft


def _make_room(source: "Worksheet", sheet: "Worksheet") -> None:
    """Raise the rows of notice and title: a redacted report says more, a park may be named long."""
    for row in rows_of(source):
        for cell in row:
            if not any(place in str(cell.value) for place in ("{notice}", "{title}")):
                continue
            merged = (m for m in sheet.merged_cells.ranges if cell.coordinate in m)
            last = next((m.max_col for m in merged), cell.column)
            room = sum(_width(sheet, at) for at in range(cell.column, last + 1))
            size = float(cell.font.sz or 10)
            lines = line_count(str(sheet.cell(cell.row, cell.column).value), room * 10 / size)
            needed, known = row_height(lines, size), sheet.row_dimensions[cell.row].height
            if lines > 1 and known is not None and needed > known:
                sheet.row_dimensions[cell.row].height = needed


def _width(sheet: "Worksheet", column: int) -> float:
    """Return the width of a column; asking openpyxl by letter would make an entry of its own."""
    for own in sheet.column_dimensions.values():
        if (own.min or 0) <= column <= (own.max or 0):
            return float(own.width)
    return float(sheet.sheet_format.defaultColWidth or _USUAL_WIDTH)


def _formats(source: "Worksheet", sheet: "Worksheet") -> None:
    """Take over conditional formats that look at nothing but the cover itself."""
    for ranges in source.conditional_formatting:
        for rule in ranges.rules:
            if not any("!" in str(formula) for formula in rule.formula or ()):
                sheet.conditional_formatting.add(str(ranges.sqref), rule)


def _link(cover: HouseCover, sheet: "Worksheet") -> None:
    """Give cells their links; one within the cover leads to it under the name it has now."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    for link in cover.links:
        place = link.place
        if not link.target and place:
            place = f"{quote_sheetname(sheet.title)}!{place}"
        cell: Any = sheet[link.cells.partition(":")[0]]
        over = (m for m in sheet.merged_cells.ranges if cell.coordinate in m)
        cell = next((sheet.cell(m.min_row, m.min_col) for m in over), cell)
        if cell.value is None and not cell.has_style:
            cell.number_format = "@"  # or it were not written
        # Not by the property, which would write the target into a blank cell.
        cell._hyperlink = Hyperlink(  # noqa: SLF001
            ref=link.cells,
            target=link.target or None,
            location=place or None,
            tooltip=link.tip or None,
        )


def _hide_rows_without_facts(source: "Worksheet", sheet: "Worksheet") -> None:
    """Hide the rows that a template keeps for more facts than this report has."""
    for row in rows_of(source):
        texts = [cell for cell in row if cell.value is not None]
        places = {name for cell in texts for name in PLACE.findall(str(cell.value))}
        filled = (sheet.cell(cell.row, cell.column).value for cell in texts)
        if places and places <= {"label", "value"} and not any(filled):
            sheet.row_dimensions[row[0].row].hidden = True


def _print(sheet: "Worksheet", area: str, last: int) -> None:
    """Print what the template prints, and what follows below it."""
    found = re.match(r"([A-Z]+\d+):([A-Z]+)(\d+)", area.rpartition("!")[2].replace("$", ""))
    if found is not None:
        sheet.print_area = f"{found[1]}:{found[2]}{max(int(found[3]), last)}"


def _append(frame: "Frame", sheet: "Worksheet", words: _Words, row: int) -> int:
    """Write what the cover had no place for; return the last row."""
    span = max(sheet.max_column, 1)
    for text, look in words.rest():
        cell = sheet.cell(row, 1)
        put_text(cell, text)
        frame.styles.apply(cell, look)
        if span > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=span)
        sheet.row_dimensions[row].height = 24
        row += 1
    return row - 1
