# SPDX-License-Identifier: MIT
"""Rows with an amount for every year: years side by side, or one below the other when many.

Twelve years fit across a page. More would print too small to read, so each line becomes a column
and each year a row, in tables of as many lines as a page takes; a line stays one range of cells,
which is what NPV, IRR and their like read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Row,
    Table,
    Tone,
)
from workbench.domain.report.sections.money.words import Say, year_column

MOST_ACROSS = 13
"""Periods (the first is year 0) that stand side by side."""
_PER_TABLE = ((17, 10, 130.0), (27, 12, 174.0), (10_000, 13, 189.0))
"""Up to how many periods how many lines a table has at most, and the width (characters) at which
it shrinks to one page and no more."""
_YEAR_WIDTH = 9.0
_LINE_WIDTHS = (12.0, 15.3)
"""The narrowest and the widest column of a line."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One line: its title, a word (unit or account), a cell per year, and its total if it has one.

    ``years`` is empty for a line that has one amount only, which is its total.
    """

    title: Cell
    word: Cell
    years: tuple[Cell, ...]
    total: Cell = NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class YearGrid:
    """Where each line and year of a group of tables stands; rows count from 1.

    ``singles`` tells which rows have one amount only; they stand in a table of their own when the
    years go down.
    """

    key: str
    periods: int
    singles: tuple[bool, ...] = ()
    lines: int = 0
    """How many lines have years, where that is known: their tables are made equally wide."""

    @property
    def down(self) -> bool:
        """Tell whether the years stand one below the other."""
        return self.periods > MOST_ACROSS

    @property
    def per_table(self) -> int:
        """Return how many lines a table takes whose years go down."""
        most = next(lines for most, lines, _ in _PER_TABLE if self.periods <= most)
        tables = -(-self.lines // most)
        return -(-self.lines // tables) if tables else most

    def line_width(self, lines: int) -> float:
        """Return the width of a column in a table of so many lines."""
        whole = next(width for most, _, width in _PER_TABLE if self.periods <= most)
        least, most_wide = _LINE_WIDTHS
        return min(most_wide, max(least, (whole - _YEAR_WIDTH) / lines))

    def _single(self, row: int) -> bool:
        return row <= len(self.singles) and self.singles[row - 1]

    def _place(self, row: int) -> tuple[int, int]:
        """Return the table (from 0) of a line whose years go down, and its column there."""
        return divmod(self._among(row), self.per_table)

    def _among(self, row: int) -> int:
        """Return how many lines of the same sort stand before a line."""
        mine = self._single(row)
        return sum(self._single(before) is mine for before in range(1, row))

    def year(self, row: int, at: int) -> str:
        """Return the name of a line's cell in a year, for formulas."""
        if not self.down:
            return f"{self.key}!y{at}@{row}"
        table, column = self._place(row)
        return f"{self.key}_{table}!r{column}@{at + 1}"

    def total(self, row: int) -> str:
        """Return the name of a line's total, or of its one amount."""
        if not self.down:
            return f"{self.key}!total@{row}"
        if self._single(row):
            return f"{self.key}_single!total@{self._among(row) + 1}"
        table, column = self._place(row)
        return f"{self.key}_{table}!r{column}@{self.periods + 1}"

    def span(self, row: int) -> str:
        """Return the range of a line over all years, as a formula writes it."""
        return f"{{{self.year(row, 0)}}}:{{{self.year(row, self.periods - 1)}}}"


@dataclass(frozen=True, slots=True)
class YearTexts:
    """What the tables of a group say around their cells."""

    title: str
    word: str
    unit: str = ""
    source: str = ""
    word_width: float = 12
    item: str = "col_line"
    link: str = ""
    """Where the source line leads to."""
    tab: str = ""
    """What the worksheet of a table is called that leaves its sheet; without one by its title."""


def year_tables(
    grid: YearGrid, rows: Sequence[YearRow], texts: YearTexts, say: Say, *, totals: bool
) -> list[Table]:
    """Return the tables of a group; ``totals`` adds the total of each line."""
    if not grid.down:
        return [_across(grid, rows, texts, say, totals=totals)]
    tables: list[Table] = []
    if singles := [row for row in rows if not row.years]:
        tables.append(_singles(grid, singles, texts, say))
    lines = [row for row in rows if row.years]
    size = grid.per_table
    parts = [lines[at : at + size] for at in range(0, len(lines), size)]
    for number, part in enumerate(parts):
        title, tab = (
            say("part", title=name, number=number + 1, of=len(parts))
            if name and len(parts) > 1 else name
            for name in (texts.title, texts.tab)
        )  # fmt: skip
        table = _down(grid, number, part, title, texts, say, totals=totals)
        tables.append(replace(table, tab=tab))
    return tables


def _head(texts: YearTexts, say: Say) -> tuple[Column, Column]:
    return (
        Column("title", say(texts.item), 34),
        Column("word", texts.word, texts.word_width, ColumnKind.WORD),
    )


def _across(
    grid: YearGrid, rows: Sequence[YearRow], texts: YearTexts, say: Say, *, totals: bool
) -> Table:
    periods = grid.periods if grid.periods > 1 else 0
    columns = (*_head(texts, say), *(year_column(year, say) for year in range(periods)))
    if totals:
        columns += (Column("total", say("col_total"), 12, ColumnKind.NUMBER),)
    filled: list[Row] = []
    for row in rows:
        years = row.years if row.years else (NOT_APPLICABLE,) * periods
        filled.append((row.title, row.word, *years, *((row.total,) if totals else ())))
    return Table("", texts.title, columns, tuple(filled), texts.unit, texts.source,
                 frozen_columns=1, key=grid.key, source_link=texts.link, tab=texts.tab)  # fmt: skip


def _singles(grid: YearGrid, rows: Sequence[YearRow], texts: YearTexts, say: Say) -> Table:
    columns = (*_head(texts, say), Column("total", say("col_value"), 14, ColumnKind.NUMBER))
    filled = tuple((row.title, row.word, row.total) for row in rows)
    title = say("table_singles")
    return Table("", title, columns, filled, texts.unit, texts.source, key=f"{grid.key}_single",
                 dense=True, source_link=texts.link)  # fmt: skip


def _down(
    grid: YearGrid,
    number: int,
    part: Sequence[YearRow],
    title: str,
    texts: YearTexts,
    say: Say,
    *,
    totals: bool,
) -> Table:
    width = grid.line_width(len(part))
    columns = (
        Column("year", say("col_period"), _YEAR_WIDTH, ColumnKind.WORD),
        *(
            Column(f"r{at}", _heading(row, say), width, ColumnKind.NUMBER)
            for at, row in enumerate(part)
        ),
    )
    filled: list[Row] = [
        (Cell(say("col_year", year=year)), *(row.years[year] for row in part))
        for year in range(grid.periods)
    ]
    if totals:
        filled.append((Cell(say("col_total"), tone=Tone.STRONG), *(row.total for row in part)))
    return Table("", title, columns, tuple(filled), texts.unit, texts.source, frozen_columns=1,
                 key=f"{grid.key}_{number}", dense=True, source_link=texts.link)  # fmt: skip


def _heading(row: YearRow, say: Say) -> str:
    """Return a line's title with its account or unit, as the head of its column."""
    title = str(row.title.value or "")
    word = row.word.value if row.word.state is CellState.KNOWN else ""
    return say("in_column", title=title, word=word) if word not in ("", "—", None) else title
