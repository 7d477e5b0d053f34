# SPDX-License-Identifier: MIT
"""Cuts the sheets of an assembled workbook into pages, as a spreadsheet program prints them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from workbench.domain.report.drawn import Shape
from workbench.domain.report.printed import (
    PagePart,
    Paper,
    PrintedBook,
    PrintedCell,
    PrintedPicture,
    PrintedRow,
    PrintedSheet,
    Spot,
)
from workbench.excel.charts import EMU_PER_POINT
from workbench.excel.measure import column_points
from workbench.excel.printing.house_drawn import HouseDrawn
from workbench.excel.printing.looks import Looks
from workbench.excel.printing.number_words import shown_value
from workbench.excel.printing.page_lines import lines_of
from workbench.excel.sheets.frame import Frame

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PAPERS = {9: (595.3, 841.9), 8: (841.9, 1190.6), 11: (419.5, 595.3), 1: (612.0, 792.0)}
"""Width and height in points of A4, A3, A5 and Letter, upright."""
_A4, _INCH = 9, 72.0
_ROW, _COLUMN = 15.0, 8.43
_REFERENCE = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?![\w(])"
)
_QUOTED = re.compile(r'"[^"]*"')
_POINTS_PER_PIXEL = 0.75
_FURTHER = 60
"""How many rows and columns beyond the cells something may be drawn over."""


def printed(frame: Frame) -> PrintedBook:
    """Return a workbook as it prints, with the values that we computed for its formulas."""
    looks, drawn = Looks(frame.workbook), HouseDrawn(frame)
    opens = _opens(frame)
    sheets = tuple(
        _Sheet(frame, sheet, looks, drawn).printed(opens.get(sheet.title, {}))
        for sheet in frame.workbook.worksheets
    )
    return PrintedBook(sheets, drawn.unpainted)


def _opens(frame: Frame) -> dict[str, dict[int, str]]:
    """Return where the program shows what the rows of a sheet are about."""
    found: dict[str, dict[int, str]] = {}
    for place in frame.places:
        for row, target in enumerate(place.table.targets, start=place.first):
            if target:
                found.setdefault(place.sheet, {})[row] = target
    return found


class _Sheet:
    def __init__(self, frame: Frame, sheet: "Worksheet", looks: Looks, drawn: HouseDrawn) -> None:
        self._frame = frame
        self._drawn = drawn
        self._sheet = sheet
        self._looks = looks
        self._values = frame.formulas.get(sheet.title, {})
        area = str(sheet.print_area or sheet.dimensions).rpartition("!")[2].split(",")[0]
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        self._columns = range(left or 1, (right or sheet.max_column) + 1)
        self._top, self._bottom = top or 1, bottom or sheet.max_row
        self._heights = [
            self._height(row) if row >= self._top else 0.0 for row in range(1, self._bottom + 1)
        ]
        self._widths = tuple(
            self._width(column) if column in self._columns else 0.0
            for column in range(1, self._columns.stop)
        )

    def printed(self, opens: Mapping[int, str]) -> PrintedSheet:
        """Return the sheet cut into pages."""
        sheet = self._sheet
        paper = self._paper()
        header, footer = lines_of(sheet)
        return PrintedSheet(
            sheet.title,
            self._frame.chapters.get(sheet.title, ""),
            paper,
            self._widths,
            self._rows(),
            tuple(self._parts(paper)),
            header,
            footer,
            (*self._charts(), *self._images()),
            opens,
            self._shapes(),
            self._drawn.line_pictures(sheet),
        )

    def _shapes(self) -> tuple[Shape, ...]:
        """Return what is drawn over the cells; before the first that prints there is nothing."""
        heights = [self._height(row) for row in range(1, self._sheet.max_row + _FURTHER)]
        widths = [self._width(column) for column in range(1, self._columns.stop + _FURTHER)]
        before = sum(widths[: self._columns.start - 1])
        return tuple(
            replace(shape, x=shape.x - before)
            for shape in self._drawn.shapes(self._sheet, widths, heights)
        )

    def _height(self, row: int) -> float:
        known = self._sheet.row_dimensions.get(row)
        if known is None:
            return float(self._sheet.sheet_format.defaultRowHeight or _ROW)
        if known.hidden:
            return 0.0
        return float(known.height or self._sheet.sheet_format.defaultRowHeight or _ROW)

    def _width(self, column: int) -> float:
        letter = get_column_letter(column)
        known: Any = next(
            (
                each
                for own, each in self._sheet.column_dimensions.items()
                if own == letter or (each.min and each.min <= column <= (each.max or each.min))
            ),
            None,
        )
        if known is not None and known.hidden:
            return 0.0
        width = known.width if known is not None and known.width else None
        return column_points(width or self._sheet.sheet_format.defaultColWidth or _COLUMN)

    def _paper(self) -> Paper:
        setup, margins = self._sheet.page_setup, self._sheet.page_margins
        size = _PAPERS.get(int(setup.paperSize or _A4), _PAPERS[_A4])
        width, height = reversed(size) if setup.orientation == "landscape" else size
        left, right, top, bottom, header, footer = (
            float(getattr(margins, side) or 0) * _INCH
            for side in ("left", "right", "top", "bottom", "header", "footer")
        )
        scale = float(setup.scale or 100) / 100
        properties = self._sheet.sheet_properties.pageSetUpPr
        if properties is not None and properties.fitToPage:
            wide = sum(self._widths) or 1.0
            scale = min(1.0, (width - left - right) / wide) if setup.fitToWidth != 0 else 1.0
            if setup.fitToHeight == 1:
                scale = min(scale, (height - top - bottom) / (sum(self._heights) or 1.0))
        centred = bool(self._sheet.print_options.horizontalCentered)
        shrink = self._sheet.HeaderFooter.scaleWithDoc is not False
        return Paper(
            width, height, left, top, right, bottom, header, footer, scale, centred, shrink
        )

    def _parts(self, paper: Paper) -> Iterator[PagePart]:
        """Yield the rows of each page: it ends where it is full, and where it is told to."""
        capacity = (paper.height - paper.top - paper.bottom) / paper.scale + 0.5
        breaks = {each.id for each in self._sheet.row_breaks.brk}
        titles = self._titles()
        first, used = self._top, 0.0
        repeated: tuple[int, ...] = ()
        for row in range(self._top, self._bottom + 1):
            height = self._heights[row - 1]
            if row > first and (used + height > capacity or row - 1 in breaks):
                yield PagePart(first, row - 1, repeated)
                repeated = titles if titles and titles[-1] < row else ()
                first, used = row, sum(self._heights[at - 1] for at in repeated)
            used += height
        yield PagePart(first, self._bottom, repeated)

    def _titles(self) -> tuple[int, ...]:
        found = re.search(r"\$?(\d+):\$?(\d+)", str(self._sheet.print_title_rows or ""))
        return tuple(range(int(found[1]), int(found[2]) + 1)) if found else ()

    def _rows(self) -> tuple[PrintedRow, ...]:
        spans, covered = self._merged()
        rows = self._sheet.iter_rows(
            min_row=1, max_row=self._bottom, max_col=self._columns.stop - 1
        )
        made = []
        for number, (height, cells) in enumerate(zip(self._heights, rows, strict=True), start=1):
            shown = (
                self._cell(cell, spans.get((number, column), (1, 1)))
                for column, cell in enumerate(cells, start=1)
                if height and (number, column) not in covered
                and (cell.value is not None or cell.has_style)
            )  # fmt: skip
            made.append(PrintedRow(height, tuple(shown)))
        return tuple(made)

    def _merged(self) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
        """Return how far merged cells reach, and the cells that they cover."""
        spans, covered = {}, set()
        for merged in self._sheet.merged_cells.ranges:
            first = (merged.min_row, merged.min_col)
            last_row = min(merged.max_row, self._bottom)
            last_column = min(merged.max_col, self._columns.stop - 1)
            spans[first] = (last_column - first[1] + 1, last_row - first[0] + 1)
            covered |= {
                (row, column)
                for row in range(first[0], last_row + 1)
                for column in range(first[1], last_column + 1)
            } - {first}
        return spans, covered

    def _cell(self, cell: Any, span: tuple[int, int]) -> PrintedCell:
        value, leads_to, is_link = cell.value, None, False
        if cell.data_type == "f":
            leads_to = self._spot(_QUOTED.sub("", str(value)))
            value = self._values.get(cell.coordinate, "")
        elif not isinstance(value, str | int | float):
            value = value if hasattr(value, "isoformat") else str(value or "")
        if cell.hyperlink is not None and cell.hyperlink.location:
            leads_to, is_link = self._spot(str(cell.hyperlink.location)), True
        words, red = shown_value(value, cell.number_format)
        kind = "words" if isinstance(value, str) else "number"
        look = self._looks.of(cell, kind, red=red)
        return PrintedCell(cell.column, words, look, *span, leads_to, is_link)

    def _spot(self, text: str) -> Spot | None:
        """Return the first cell that a formula or the place of a link names."""
        found = _REFERENCE.search(text)
        if found is None:
            return None
        quoted, bare, letters, row = found.groups()
        name = quoted.replace("''", "'") if quoted else bare or self._sheet.title
        if name not in self._frame.workbook.sheetnames:
            return None
        return Spot(name, int(row), column_index_from_string(letters))

    def _charts(self) -> Iterator[PrintedPicture]:
        for spot in self._frame.charts:
            if spot.sheet is self._sheet:
                table = self._frame.tables[spot.chart.table].table
                yield PrintedPicture(spot.row, spot.column, *spot.size, spot.chart, table)

    def _images(self) -> Iterator[PrintedPicture]:
        images: Sequence[Any] = vars(self._sheet).get("_images", ())
        for image in images:
            anchor = image.anchor
            row, column = 1, 1
            if isinstance(anchor, str):
                column, row = (number or 1 for number in range_boundaries(anchor)[:2])
            elif hasattr(anchor, "_from"):
                row, column = anchor._from.row + 1, anchor._from.col + 1  # noqa: SLF001
            size = getattr(anchor, "ext", None)
            width, height = (
                (size.width / EMU_PER_POINT, size.height / EMU_PER_POINT)
                if size is not None
                else (image.width * _POINTS_PER_PIXEL, image.height * _POINTS_PER_PIXEL)
            )
            content = image._data()  # noqa: SLF001 - what openpyxl writes is asked for this way
            yield PrintedPicture(row, column, width, height, content=content)
