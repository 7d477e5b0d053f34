# SPDX-License-Identifier: MIT
"""Tables of HTML on the clipboard, read where there is no tab-separated text.

Mail, web pages and some office suites on the web copy nothing else.
"""

import re
from html.parser import HTMLParser

from workbench.domain.overriding import override

_MOST_SPAN = 1000
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def from_html(text: str) -> list[list[str]] | None:
    """Return the cells of the first table, None when there is none.

    A cell that spans others has its text once, in its first place.
    """
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    width = max((len(row) for row in reader.rows), default=0)
    return [row + [""] * (width - len(row)) for row in reader.rows] if width else None


class _TableReader(HTMLParser):
    """Collects the rows of one table; tables inside its cells are part of the cell's text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._depth = 0
        self._done = False
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._taken: dict[tuple[int, int], bool] = {}

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if self._done or self._depth != 1:
            return
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            known = dict(attrs)
            self._span = (_span(known.get("rowspan")), _span(known.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._depth:
            self._depth -= 1
            self._done = self._done or not self._depth

    @override
    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(_BLANKS.sub(" ", data))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = "".join(self._cell).replace("\xa0", " ")
        text = "\n".join(line.strip() for line in text.split("\n")).strip()
        self._cell = None
        row, at = self.rows[-1], len(self.rows) - 1
        while self._taken.pop((at, len(row)), False):
            row.append("")
        down, across = self._span
        left = len(row)
        row += [text, *[""] * (across - 1)]
        for below in range(at + 1, at + down):
            for column in range(left, left + across):
                self._taken[below, column] = True


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text and text.isdigit() else 1
