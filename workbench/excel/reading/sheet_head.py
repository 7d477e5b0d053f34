# SPDX-License-Identifier: MIT
"""What the child processes say about a sheet beside its rows."""

from dataclasses import dataclass, field

from workbench.excel.reading.number_formats import Shown

MOST_COLUMNS = 702
"""Columns up to ZZ, which are read of a sheet that is wider than its memory holds."""

MOST_MARKS = 400_000
"""Marks of one kind kept per sheet; a ledger has far fewer."""

MOST_COMMENTS = 20_000
LONGEST_COMMENT = 500


class UnreadableError(Exception):
    """A file that is no readable workbook; ``code`` is a text key of the room importing."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(slots=True)
class SheetHead:
    """One sheet without its rows; positions are 1-based (row, column)."""

    name: str
    top: int = 1
    left: int = 1
    height: int = 0
    visible: bool = True
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    perhaps_in: str = ""
    """The encoding that a text may be in, should nothing be understood of it."""


@dataclass(slots=True)
class SheetMarks:
    """What a file says of a sheet's cells that a reader of values does not tell."""

    name: str
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncached: list[tuple[int, int, str]] = field(default_factory=list)
    shown: list[tuple[int, int, Shown]] = field(default_factory=list)
    """Cells that show their number as percents, with a unit, or divided."""
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Of formats whose reader of values does not tell them."""
    foreign_formulas: int = 0
    date1904: bool = False
    last_row: int = 0
    """The last row in which the file says something, 0 where the format's marks do not tell."""
    disordered: bool = False
    """Whether rows do not follow one another, which calamine takes for granted."""
    pivots: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Where pivot tables stand: (top, left, bottom, right)."""
    vast: bool = False
    """Whether a few words of the file stand for more filled cells than the memory holds."""
    damaged: bool = False
    """Whether a part that the sheet is read from does not match its own checksum."""
    cut_short: bool = False
    """Whether a comment or CDATA stands within a value, of which calamine takes a part only."""
    far: bool = False
    """Whether cells stand so far outside the table that their rectangle would fill the memory."""
