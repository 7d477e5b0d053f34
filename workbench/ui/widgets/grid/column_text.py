# SPDX-License-Identifier: MIT
"""Texts of many rows in little memory, so that 100,000 of them are searched at once."""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import compress, count
from operator import or_

_MOST_DIFFERENT = 100
"""A column of so few different texts in a piece is kept as one byte a row."""

_RARE, _ASKED = 3, 32
"""A word is rare that stands in less than every third line, as far as its first lines show."""
_NUMBER = re.compile(r"\d+")


class Piece:
    """Some rows: columns of few different words as codes, the others as one line a row.

    Names, codes and addresses differ mostly in their numbers. What is left of them without numbers
    is kept as codes too, so only a word with a digit is looked for in their lines.
    """

    __slots__ = ("_coded", "_lines", "_numbered", "_worded", "rows")

    def __init__(self, columns: Iterable[list[str]], rows: int) -> None:
        self.rows = rows
        self._coded: list[tuple[tuple[str, ...], bytes]] = []
        self._worded: list[tuple[tuple[str, ...], bytes]] = []
        long: list[list[str]] = []
        numbered: list[list[str]] = []
        for texts in columns:
            if (coded := _as_codes(texts)) is not None:
                if coded[0] != ("",):
                    self._coded.append(coded)
            elif (worded := _as_codes(_without_numbers(texts))) is not None:
                self._worded.append(worded)
                numbered.append(texts)
            else:
                long.append(texts)
        self._lines = _in_lines(long, rows)
        self._numbered = _in_lines(numbered, rows)

    def mask(self, word: str) -> bytes | None:
        """Return one byte a row: 1 where the row holds the word; None when no row does."""
        has_number = _NUMBER.search(word) is not None
        found = []
        for texts, codes in self._coded if has_number else (*self._coded, *self._worded):
            fitting = bytes([word in text for text in texts])
            if any(fitting):
                found.append(codes.translate(fitting.ljust(256, b"\0")))
        for lines in (self._lines, self._numbered) if has_number else (self._lines,):
            if word in lines:
                found.append(_lines_with(word, lines, self.rows))
        if len(found) < 2:
            return found[0] if found else None
        either = reduce(or_, (int.from_bytes(mask, "little") for mask in found))
        return either.to_bytes(self.rows, "little")


def _as_codes(texts: Sequence[str]) -> tuple[tuple[str, ...], bytes] | None:
    """Return the different texts and one byte a row, None when there are too many."""
    codes = {text: code for code, text in enumerate(dict.fromkeys(texts))}
    if len(codes) > _MOST_DIFFERENT:
        return None
    return tuple(codes), bytes([codes[text] for text in texts])


def _without_numbers(texts: Sequence[str]) -> list[str]:
    """Return texts in which each number is 0: a word without digits stands in the same ones."""
    joined = _NUMBER.sub("0", "\n".join(texts)).split("\n")
    return joined if len(joined) == len(texts) else [_NUMBER.sub("0", text) for text in texts]


def _in_lines(columns: Sequence[list[str]], rows: int) -> str:
    lines = ["\t".join(parts) for parts in zip(*columns, strict=True)]
    joined = "\n".join(lines)
    if lines and joined.count("\n") != rows - 1:  # a cell of several lines is one line
        joined = "\n".join(line.replace("\n", "\t") for line in lines)
    return joined


def _lines_with(word: str, lines: str, rows: int) -> bytes:
    """Return one byte a line: 1 where it holds the word; rare words are gone to one by one."""
    mask, row, last, hits = bytearray(rows), 0, 0, 0
    at = lines.find(word)
    while at >= 0:
        row += lines.count("\n", last, at)
        mask[row] = 1
        hits += 1
        if hits == _ASKED and row < hits * _RARE:
            return bytes([word in line for line in lines.split("\n")])
        last = lines.find("\n", at)
        at = lines.find(word, last) if last >= 0 else -1
    return bytes(mask)


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
