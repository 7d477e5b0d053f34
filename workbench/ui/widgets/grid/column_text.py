# SPDX-License-Identifier: MIT
"""Texts of many rows in little memory, so that 100,000 of them are searched at once."""

from collections.abc import Iterable
from functools import reduce
from itertools import compress, count
from operator import or_

_MOST_DIFFERENT = 100
"""A column of so few different texts in a piece is kept as one byte a row."""


class Piece:
    """Some rows: columns of few different words as codes, the others as one line a row."""

    __slots__ = ("_coded", "_lines", "rows")

    def __init__(self, columns: Iterable[list[str]], rows: int) -> None:
        self.rows = rows
        self._coded: list[tuple[tuple[str, ...], bytes]] = []
        long: list[list[str]] = []
        for texts in columns:
            codes = {text: code for code, text in enumerate(dict.fromkeys(texts))}
            if len(codes) > _MOST_DIFFERENT:
                long.append(texts)
            elif len(codes) > 1 or "" not in codes:
                self._coded.append((tuple(codes), bytes([codes[text] for text in texts])))
        lines = ["\t".join(parts) for parts in zip(*long, strict=True)]
        self._lines = "\n".join(lines)
        if lines and self._lines.count("\n") != rows - 1:  # a cell of several lines is one line
            self._lines = "\n".join(line.replace("\n", "\t") for line in lines)

    def mask(self, word: str) -> bytes | None:
        """Return one byte a row: 1 where the row holds the word; None when no row does."""
        found = []
        for texts, codes in self._coded:
            fitting = bytes([word in text for text in texts])
            if any(fitting):
                found.append(codes.translate(fitting.ljust(256, b"\0")))
        if word in self._lines:
            found.append(bytes([word in line for line in self._lines.split("\n")]))
        if len(found) < 2:
            return found[0] if found else None
        either = reduce(or_, (int.from_bytes(mask, "little") for mask in found))
        return either.to_bytes(self.rows, "little")


class ColumnText:
    """One column's texts by source row, taken piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self.rows = 0

    def add(self, texts: list[str]) -> None:
        """Take the texts of the next rows."""
        self._pieces.append(Piece([texts], len(texts)))
        self.rows += len(texts)

    def rows_with(self, words: str) -> list[int]:
        """Return the rows whose text holds the words, in their order."""
        found: list[int] = []
        begun = 0
        for piece in self._pieces:
            if (mask := piece.mask(words)) is not None:
                found += compress(count(begun), mask)
            begun += piece.rows
        return found
