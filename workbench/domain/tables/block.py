# SPDX-License-Identifier: MIT
"""Blocks of cells as the tab-separated text that Excel and WPS put on the clipboard."""

import csv
import io
from collections.abc import Sequence


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Return a block as text; cells with tabs, quotes or line breaks are quoted."""
    return "\r\n".join("\t".join(_quoted(text) for text in row) for row in rows)


def from_tsv(text: str) -> list[list[str]]:
    """Return the cells of a pasted text; one trailing line break is not a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n").replace("\x00", "")
    if text.count('"') % 2:  # a lone quote, as in inches, must not swallow the following rows
        return [line.split("\t") for line in text.split("\n")]
    rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    return [row or [""] for row in rows] or [[""]]


def _quoted(text: str) -> str:
    """Return one cell's text, quoted where a reader would otherwise split it."""
    if any(mark in text for mark in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text
