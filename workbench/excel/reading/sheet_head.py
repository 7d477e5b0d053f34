# SPDX-License-Identifier: MIT
"""What the child processes say about a sheet beside its rows."""

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


class SheetHead:
    """One sheet without its rows; positions are 1-based (row, column).

    It is no dataclass: what those need takes a child process a third of its time to load.
    """

    def __init__(
        self,
        name: str,
        top: int = 1,
        left: int = 1,
        height: int = 0,
        visible: bool = True,
        merges: list[tuple[int, int, int, int]] | None = None,
    ) -> None:
        self.name = name
        self.top = top
        self.left = left
        self.height = height
        self.visible = visible
        self.merges = [] if merges is None else merges
        self.notes: list[str] = []
        self.perhaps_in = ""
        """The encoding that a text may be in, should nothing be understood of it."""


class SheetMarks:
    """What a file says of a sheet's cells that a reader of values does not tell."""

    def __init__(self, name: str, date1904: bool = False) -> None:
        self.name = name
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.errors: list[tuple[int, int, str]] = []
        self.uncached: list[tuple[int, int, str]] = []
        self.shown: list[tuple[int, int, Shown]] = []
        """Cells that show their number as percents, with a unit, or divided."""
        self.comments: list[tuple[int, int, str]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        """Of formats whose reader of values does not tell them."""
        self.foreign_formulas = 0
        self.date1904 = date1904
        self.last_row = 0
        """The last row in which the file says something, 0 where the format's marks do not tell."""
        self.disordered = False
        """Whether rows do not follow one another, which calamine takes for granted."""
        self.pivots: list[tuple[int, int, int, int]] = []
        """Where pivot tables stand: (top, left, bottom, right)."""
        self.vast = False
        """Whether a few words of the file stand for more filled cells than the memory holds."""
        self.damaged = False
        """Whether a part that the sheet is read from does not match its own checksum."""
        self.cut_short = False
        """Whether a comment or CDATA stands within a value, of which calamine takes a part only."""
        self.far = False
        """Whether cells stand so far outside the table that their rectangle fills the memory."""
