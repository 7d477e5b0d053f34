# SPDX-License-Identifier: MIT
"""Marks of .ods sheets: hidden rows and columns, errors, missing results, percents, comments."""

import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from workbench.domain.tables.sheets import column_index
from workbench.excel.reading.sheet_head import (
    LONGEST_COMMENT,
    MOST_COMMENTS,
    MOST_MARKS,
    SheetMarks,
    UnreadableError,
)

_PIECE = 1 << 20
_FARTHEST_GAP, _MOST_COLUMNS = 20_000, 702
_LARGEST_AREA = 8_000_000
_ADDRESS = re.compile(
    r"(?:'((?:[^']|'')*)'|([^'.]+))\.([A-Z]{1,3})(\d{1,7}):.*?\.?([A-Z]{1,3})(\d{1,7})"
)
_HIDDEN = ("collapse", "filter")


def ods_marks(archive: zipfile.ZipFile, seen: Callable[[int], None]) -> Iterator[SheetMarks]:
    """Yield the marks of every sheet; UnreadableError for a document that defines entities."""
    reader = _Content()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entities
    try:
        with archive.open("content.xml") as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
                seen(reader.rows)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, OSError, ValueError, zipfile.BadZipFile, EOFError) as fault:
        raise UnreadableError("file_damaged", detail=str(fault)[:200]) from fault
    yield from reader.sheets


def _refuse_entities(*_declaration: object) -> None:
    raise UnreadableError("file_damaged", detail="entities")


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text), 1 << 21) if text.isdigit() and len(text) < 8 else 1


class _Content:
    """Follows the elements of content.xml."""

    def __init__(self) -> None:
        self.sheets: list[SheetMarks] = []
        self.rows = 0
        self._row = self._column = self._spec_column = 0
        self._repeat_row = self._repeat = 1
        self._last_filled = self._widest = 0
        self._depth = 0
        self._words: list[str] | None = None
        self._formula = ""
        self._shown: list[str] | None = None
        self._empty_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        local = name.rpartition("|")[2]
        plain = {key.rpartition("|")[2]: value for key, value in attributes.items()}
        if local == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(SheetMarks(plain.get("name", "")))
                self._row = self._spec_column = self._last_filled = self._widest = 0
        elif local == "data-pilot-table":
            self._take_pivot(plain.get("target-range-address", ""))
        elif self._depth != 1 or not self.sheets:
            return
        elif local == "table-column":
            self._take_column(plain)
        elif local == "table-row":
            self._take_row(plain)
        elif local in ("table-cell", "covered-table-cell"):
            self._take_cell(plain)
        elif local == "annotation":
            self._words = []

    def end(self, name: str) -> None:
        """Take a closing tag."""
        local = name.rpartition("|")[2]
        if local == "table":
            self._depth -= 1
        elif self._depth != 1:
            return
        elif local == "table-row":
            self._row += self._repeat_row
        elif local in ("table-cell", "covered-table-cell"):
            self._end_cell()
            self._column += self._repeat
        elif local == "annotation" and self._words is not None:
            self._note("".join(self._words).strip()[:LONGEST_COMMENT])
            self._words = None

    def text(self, text: str) -> None:
        """Take text between tags."""
        if self._words is not None:
            self._words.append(text)
        elif self._shown is not None and len(self._shown) < 20:
            self._shown.append(text)

    def _take_pivot(self, address: str) -> None:
        """Note where a pivot table stands: 'a sheet'.A5:'a sheet'.C8."""
        found = _ADDRESS.fullmatch(address.replace("$", ""))
        if found is None:
            return
        name = (found[1] or found[2]).replace("''", "'")
        place = (int(found[4]), column_index(found[3]), int(found[6]), column_index(found[5]))
        for sheet in self.sheets:
            if sheet.name == name:
                sheet.pivots.append(place)

    def _take_column(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN and count < 1000:
            first = self._spec_column + 1
            self.sheets[-1].hidden_columns.extend(range(first, first + count))
        self._spec_column += count

    def _take_row(self, attributes: dict[str, str]) -> None:
        self.rows += 1
        self._column = 0
        self._repeat_row = _count(attributes, "number-rows-repeated")
        if attributes.get("visibility") in _HIDDEN and self._repeat_row < MOST_MARKS:
            first = self._row + 1
            self.sheets[-1].hidden_rows.extend(range(first, first + self._repeat_row))

    def _take_cell(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        self._repeat = _count(attributes, "number-columns-repeated")
        down = _count(attributes, "number-rows-spanned")
        across = _count(attributes, "number-columns-spanned")
        if (down > 1 or across > 1) and len(sheet.merges) < MOST_MARKS:
            top, left = self._row + 1, self._column + 1
            sheet.merges.append((top, left, top + down - 1, left + across - 1))
        kind = attributes.get("value-type", "")
        self._formula = attributes.get("formula", "")
        self._empty_value = not kind or (kind == "string" and not attributes.get("string-value"))
        self._shown = []
        if kind:
            if self._row - self._last_filled > _FARTHEST_GAP or self._column >= _MOST_COLUMNS:
                sheet.far = True
            self._last_filled = self._row + self._repeat_row
            self._widest = max(self._widest, self._column + self._repeat)
            sheet.vast = self._last_filled * self._widest > _LARGEST_AREA
        if kind == "percentage" and len(sheet.percents) < MOST_MARKS:
            places = range(self._column + 1, self._column + 1 + min(self._repeat, 256))
            sheet.percents.extend((self._row + 1, column) for column in places)

    def _end_cell(self) -> None:
        sheet = self.sheets[-1]
        shown = "".join(self._shown or ()).strip()
        place = (self._row + 1, self._column + 1)
        self._shown = None
        if shown or not self._empty_value:
            sheet.last_row = self._row + self._repeat_row
        if not self._formula:
            return
        if "$" in self._formula and "." in self._formula and "[$" in self._formula:
            sheet.foreign_formulas += 1
        if shown.startswith(("#", "Err:")) and len(sheet.errors) < MOST_MARKS:
            sheet.errors.append((*place, shown[:40]))
        elif self._empty_value and not shown and len(sheet.uncached) < MOST_MARKS:
            sheet.uncached.append((*place, "=" + self._formula.partition("=")[2][:200]))

    def _note(self, text: str) -> None:
        if text and len(self.sheets[-1].comments) < MOST_COMMENTS:
            self.sheets[-1].comments.append((self._row + 1, self._column + 1, text))
