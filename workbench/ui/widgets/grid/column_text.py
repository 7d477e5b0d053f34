# SPDX-License-Identifier: MIT
"""The cells of one column as a single long text, so that 100,000 of them are searched at once."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

_MARKED = 64
"""Every so many rows the place of a row is kept; those between are counted."""
_MOST_DIFFERENT = 250
"""A column of so few different texts is kept as one byte a row."""


class ColumnText:
    """Texts by source row, taken piece by piece; few different ones are kept once each."""

    def __init__(self) -> None:
        self._different: dict[str, int] = {}
        self._codes = bytearray()
        self._long: _LongText | None = None
        self.rows = 0

    def add(self, texts: Sequence[str]) -> None:
        """Take the texts of the next rows; all calls but the last bring a multiple of 64."""
        self.rows += len(texts)
        if self._long is None:
            known = self._different
            for text in texts if len(texts) <= _MOST_DIFFERENT else set(texts):
                known.setdefault(text, len(known))
            if len(known) <= _MOST_DIFFERENT:
                self._codes += bytes([known[text] for text in texts])
                return
            self._long = _LongText()
            words = list(known)
            self._long.add([words[code] for code in self._codes])
            self._different, self._codes = {}, bytearray()
        self._long.add(texts)

    def rows_with(self, words: str) -> list[int]:
        """Return the rows whose text holds the words, in their order."""
        if self._long is not None:
            return self._long.rows_with(words)
        fitting = frozenset(code for text, code in self._different.items() if words in text)
        return [row for row, code in enumerate(self._codes) if code in fitting] if fitting else []


class _LongText:
    """Texts on lines of their own in one text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._text = ""
        self._marks = array("L")
        self._length = 0

    def add(self, texts: Sequence[str]) -> None:
        for at in range(0, len(texts), _MARKED):
            some = texts[at : at + _MARKED]
            line = "\n".join(some)
            if line.count("\n") != len(some) - 1:  # a text of several lines is searched as one
                line = "\n".join(text.replace("\n", " ") for text in some)
            self._marks.append(self._length)
            self._pieces.append(line)
            self._length += len(line) + 1

    def rows_with(self, words: str) -> list[int]:
        if self._pieces:
            self._text = "\n".join([self._text, *self._pieces] if self._text else self._pieces)
            self._pieces = []
        text, marks = self._text, self._marks
        found: list[int] = []
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
