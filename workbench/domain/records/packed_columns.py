# SPDX-License-Identifier: MIT
"""Packed cells of neighbouring records column by column: a quarter of the room of tuples.

A column of few different cells takes one byte a row, numbers eight, texts their letters.
"""

from array import array
from collections.abc import Hashable, Sequence
from itertools import accumulate, pairwise
from typing import Any, TypeAlias

from workbench.domain.overriding import override

_MOST_DIFFERENT = 64
_UNKNOWN = -(2**63)
Coded = tuple[bytes, tuple[Any, ...]]
"""Which of some cells stands in each row."""


class Texts(Sequence[str | None]):
    """Texts behind one another in one long text."""

    __slots__ = ("_ends", "_known", "_text")

    def __init__(self, texts: Sequence[str | None]) -> None:
        self._text = "".join(filter(None, texts))
        self._ends = array("i", accumulate((len(text or "") for text in texts), initial=0))
        self._known = None if None not in texts else bytes(text is not None for text in texts)

    @override
    def __len__(self) -> int:
        return len(self._ends) - 1

    @override
    def __getitem__(self, at: Any) -> Any:
        """Return one text, None where it is not known."""
        if self._known is not None and not self._known[at]:
            return None
        return self._text[self._ends[at] : self._ends[at + 1]]

    def all(self) -> list[str | None]:
        """Return every text."""
        text, ends = self._text, self._ends
        found = [text[begun:end] for begun, end in pairwise(ends)]
        if self._known is None:
            return [*found]
        return [one if known else None for one, known in zip(found, self._known, strict=True)]


Column: TypeAlias = "Coded | Texts | list[Any] | array[int]"


class ColumnPacker:
    """Makes columns; a cell that comes again in the next block of rows is the same object."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def column(self, cells: Sequence[Any]) -> Column:
        """Return one column of packed cells."""
        different = dict.fromkeys(cells)
        if len(different) <= _MOST_DIFFERENT:
            codes = {cell: code for code, cell in enumerate(different)}
            kept = self._kept
            same = tuple(kept.setdefault((type(cell), cell), cell) for cell in different)
            return bytes([codes[cell] for cell in cells]), same
        kinds = set(map(type, different)) - {type(None)}
        if kinds == {str}:
            return Texts(cells)
        if kinds == {int} and _UNKNOWN not in different:
            try:
                return array("q", [_UNKNOWN if cell is None else cell for cell in cells])
            except OverflowError:  # a driver with decimals of any size
                pass
        return list(cells)


def cell_at(column: Column, row: int) -> Any:
    """Return one cell; None is unknown."""
    if isinstance(column, tuple):
        return column[1][column[0][row]]
    cell: Any = column[row]
    return None if cell == _UNKNOWN else cell


def cells_of(column: Column) -> Sequence[Any]:
    """Return every cell of a column."""
    if isinstance(column, tuple):
        codes, cells = column
        return [cells[code] for code in codes]
    if isinstance(column, Texts):
        return column.all()
    if isinstance(column, list):
        return column
    return [None if cell == _UNKNOWN else cell for cell in column]
