# SPDX-License-Identifier: MIT
"""A worksheet as read: cells with their positions, before anything is understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Merge(NamedTuple):
    """A merged range; rows and columns are 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class RawSheet:
    """One sheet's cells; ``rows[0][0]`` stands at row ``top`` and column ``left`` (1-based).

    A cell is text, a number, a date, a bool, a Fault, a PercentNumber, or "" when empty. All rows
    have the same length.
    """

    name: str
    rows: list[list[object]]
    top: int = 1
    left: int = 1
    visible: bool = True
    merges: Sequence[Merge] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    date1904: bool = False
    foreign_formulas: int = 0
    """How many cells take their value from another sheet."""
    divided: Mapping[int, int] = field(default_factory=dict)
    """Column number → the power of ten by which its cells show less than they hold: 4 for 万."""
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cell comments by 1-based row and column of the sheet."""
    pivots: Sequence[Merge] = ()
    """Ranges that hold pivot tables: sums of rows that stand elsewhere."""
    notes: tuple[str, ...] = ()
    """Text keys of what the reader had to leave out."""
    perhaps_in: str = ""
    """The encoding that a text may be in, should nothing be understood of it: Big5."""
    said_rows: Mapping[int, str] = field(default_factory=dict)
    """What a person said that single rows of a list of several kinds are, by row number."""

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(slots=True)
class RawWorkbook:
    """A file as read: its sheets in order, and the bytes that are kept with the project."""

    name: str
    sheets: list[RawSheet]
    content: bytes = b""
