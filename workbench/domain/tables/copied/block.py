# SPDX-License-Identifier: MIT
"""Blocks of cells as the tab-separated text that Excel and WPS put on the clipboard."""

import re
from collections.abc import Sequence

_QUOTED_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_CELL_END = re.compile(r"[\t\n]|\Z")


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Return a block as text; cells with tabs, quotes or line breaks are quoted."""
    return "\r\n".join("\t".join(_quoted(text) for text in row) for row in rows)


def from_tsv(text: str) -> list[list[str]]:
    """Return the cells of a pasted text; one trailing line break is not a row.

    A cell is quoted when its last quote ends it; any other quote, as in inches or round a name,
    is part of what is written and swallows nothing that follows.
    """
    text = _lines(text)
    if '"' not in text:
        return [line.split("\t") for line in text.split("\n")]
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        if (quoted := _QUOTED_CELL.match(text, at)) is not None:
            rows[-1].append(quoted[1].replace('""', '"'))
            end = quoted.end()
        else:
            end = _CELL_END.search(text, at).start()  # type: ignore[union-attr]  # \Z is found
            rows[-1].append(text[at:end])
        if end == len(text):
            return rows
        if text[end] == "\n":
            rows.append([])
        at = end + 1


def plain_cells(text: str) -> list[list[str]]:
    """Return the cells of a text in which no quote has a meaning."""
    return [line.split("\t") for line in _lines(text).split("\n")]


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").replace("\x00", "")


def _quoted(text: str) -> str:
    """Return one cell's text, quoted where a reader would otherwise split it."""
    if any(mark in text for mark in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text
