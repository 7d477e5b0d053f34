# SPDX-License-Identifier: MIT
"""Prints results for people or as one JSON document; progress goes to standard error."""

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

DONE, DONE_WITH_ERRORS = 0, 1


def print_json(document: Any) -> None:
    """Print one JSON document."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    print()


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns that line up, Chinese characters counted as two."""
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(heads))]
    for row in cells:
        line = "  ".join(padded(cell, w) for cell, w in zip(row, widths, strict=True))
        print(line.rstrip())


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, columns: int) -> str:
    """Return a text filled up to a width."""
    return text + " " * (columns - width(text))


class TerminalProgress:
    """Shows n/m on standard error, only when that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._visible = sys.stderr.isatty()

    def step(self, done: int, total: int) -> None:
        """Show how far the work has come."""
        if self._visible:
            end = "\n" if done >= total else ""
            print(f"\r{self._name} {done}/{total}", end=end, file=sys.stderr, flush=True)
