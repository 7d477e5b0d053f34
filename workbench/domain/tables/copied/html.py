# SPDX-License-Identifier: MIT
"""Tables of HTML on the clipboard: from mail and web pages, and beside the text of spreadsheets.

Spreadsheets add what their text leaves out: which cells are merged, and the whole of a number that
is shown rounded (``sdval`` of LibreOffice, ``x:num`` of WPS and Excel, ``data-sheets-value`` of
Google Sheets).
"""

import re
from html import unescape

from workbench.domain.tables.copied.cells import BLANK, Cell, Covered

_MOST_SPAN = 1000
_TAGS = re.compile(
    r"<!--.*?-->|<!\[.*?\]>|<(/?)(table|tr|td|th|br)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|<(style|script|rt)\b.*?</\4\s*>|</?[a-z][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TELLING = re.compile(
    r"\bsdval=|\bx:num=['\"]?[-+.\d]|\bdata-sheets-value=|\b(?:row|col)span\b", re.IGNORECASE
)
_SHEETS_NUMBER = re.compile(r'"1":3,"3":(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[,}]')
"""A number of Google Sheets: kind 3, then the number as it is kept."""
_QUOTED = re.compile(r'"[^"]*"|\\.')


def tells_more(text: str) -> bool:
    """Tell whether a table says more than its text: numbers in full, or merged cells."""
    return _TELLING.search(text) is not None


def html_cells(text: str) -> list[list[Cell]] | None:
    """Return the cells of the first table with what stands beside their text; None without one.

    A cell that spans others has its text once, in its first place.
    """
    reader = _TableReader()
    end = 0
    for tag in _TAGS.finditer(text):
        reader.words(text[end : tag.start()])
        end = tag.end()
        if (name := tag[2]) is not None and reader.meets(name.lower(), tag[1], tag[3]):
            break
    else:
        reader.end_cell()
    reader.end_rows()
    width = max((len(row) for row in reader.rows), default=0)
    return [row + [BLANK] * (width - len(row)) for row in reader.rows] if width else None


class _TableReader:
    """Collects the rows of one table; tables inside its cells are part of the cell's text.

    Tags are looked for by pattern: 40,000 cells take a quarter of the time of a whole parser.
    """

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._beside = ""
        self._taken: dict[tuple[int, int], Covered] = {}
        self._is_hidden = False

    def words(self, text: str) -> None:
        """Take what stands between two tags."""
        if self._cell is not None and text:
            self._cell.append(_BLANKS.sub(" ", text))

    def meets(self, tag: str, slash: str, beside: str) -> bool:
        """Follow a tag; tell whether the table ends with it."""
        if tag == "table":
            return self._table(slash)
        if self._depth != 1:
            return False
        if tag == "br":
            self.words_end_line()
            return False
        self.end_cell()
        if slash:
            return False
        if tag == "tr":
            # Excel ends a table with a row that only holds the widths of its columns
            self._is_hidden = "display:none" in beside.replace(" ", "").lower()
            if not self._is_hidden:
                self.rows.append([])
        elif not self._is_hidden:
            if not self.rows:
                self.rows.append([])
            self._cell, self._beside = [], beside
        return False

    def words_end_line(self) -> None:
        """Begin a new line in a cell."""
        if self._cell is not None:
            self._cell.append("\n")

    def _table(self, slash: str) -> bool:
        if not slash:
            self._depth += 1
        elif self._depth:
            if self._depth == 1:
                self.end_cell()
            self._depth -= 1
            return not self._depth
        return False

    def end_cell(self) -> None:
        """Put a cell that ends where it belongs, past what merged cells cover."""
        if self._cell is None:
            return
        text = "".join(self._cell)
        if "&" in text:
            text = unescape(text)
        if "\n" in text or "\xa0" in text or " " in text:
            text = text.replace("\xa0", " ")
            text = "\n".join(line.strip() for line in text.split("\n")).strip()
        self._cell = None
        row, at = self.rows[-1], len(self.rows) - 1
        while (covered := self._taken.pop((at, len(row)), None)) is not None:
            row.append(Cell("", covered=covered))
        number, is_date = _number(self._beside)
        row.append(Cell(text, number, is_date=is_date))
        if "span" in self._beside.lower():
            self._spread(row, at)

    def end_rows(self) -> None:
        """Complete the rows at whose end nothing but merged cells from above lies."""
        for (at, column), covered in sorted(self._taken.items()):
            if at < len(self.rows) and column == len(self.rows[at]):
                self.rows[at].append(Cell("", covered=covered))

    def _spread(self, row: list[Cell], at: int) -> None:
        known = _attributes(self._beside)
        down, across = _span(known.get("rowspan")), _span(known.get("colspan"))
        left = len(row) - 1
        # a text that only runs over the empty cells beside it is not merged with them
        beside = Cell("", covered="" if "ignore" in known.get("style", "") else "across")
        row += [beside] * (across - 1)
        for below in range(at + 1, at + down):
            for column in range(left, left + across):
                self._taken[below, column] = "across" if column > left else "down"


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text)
    }


def _number(beside: str) -> tuple[str, bool]:
    """Return a cell's number as its program keeps it, "" for none, and whether it is a day."""
    if "sdval" not in beside and "x:num" not in beside and "data-sheets-value" not in beside:
        return "", False
    known = _attributes(beside)
    if sheets := _SHEETS_NUMBER.search(known.get("data-sheets-value", "")):
        return sheets[1], False
    if number := known.get("sdval"):
        _, _, shown = known.get("sdnum", "").rpartition(";")
        form = _QUOTED.sub("", shown).upper()
        return number, "Y" in form or ("M" in form and "D" in form)
    return known.get("x:num", ""), False


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text and text.isdigit() else 1
