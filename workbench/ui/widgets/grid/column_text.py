# SPDX-License-Identifier: MIT
"""The cells of one column as a single long text, so that 100,000 of them are searched at once."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

_MARKED = 64
"""Every so many rows the place of a row is kept; those between are counted."""


class ColumnText:
    """Texts by source row, put together piece by piece, each on a line of its own."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._text = ""
        self._marks = array("L")
        self._length = 0
        self.rows = 0

    def add(self, texts: Sequence[str]) -> None:
        """Take the texts of the next rows; all calls but the last bring whole dozens of marks."""
        for at in range(0, len(texts), _MARKED):
            some = texts[at : at + _MARKED]
            line = "\n".join(some)
            if line.count("\n") != len(some) - 1:  # a text of several lines is searched as one
                line = "\n".join(text.replace("\n", " ") for text in some)
            self._marks.append(self._length)
            self._pieces.append(line)
            self._length += len(line) + 1
        self.rows += len(texts)

    def rows_with(self, words: str) -> list[int]:
        """Return the rows whose text holds the words, in their order."""
        if self._pieces:
            self._text = "\n".join([self._text, *self._pieces] if self._text else self._pieces)
            self._pieces = []
        text, marks, found = self._text, self._marks, []
        row, counted = 0, 0  # ``row`` is the row in which the place ``counted`` lies
        at = text.find(words)
        while at >= 0:
            near = bisect_right(marks, at) - 1
            if marks[near] > counted:
                row, counted = near * _MARKED, marks[near]
            row += text.count("\n", counted, at)
            found.append(row)
            end = text.find("\n", at)
            if end < 0:
                break
            row, counted = row + 1, end + 1
            at = text.find(words, counted)
        return found
