# SPDX-License-Identifier: MIT
"""One understood table: its columns with their meaning, its rows, and the rows left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from workbench.domain.parsing.text import DITTO_TOKENS, is_blank
from workbench.domain.tables.context import Context, park_in
from workbench.domain.tables.headings.matcher import Match
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.rows import Reason
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.values import Value


@dataclass(slots=True)
class Column:
    """One column of a table: position in the rows, sheet letter, heading and its meaning."""

    position: int
    letter: str
    heading: Heading
    unit: str
    match: Match | None = None
    hidden: bool = False
    numbers_rows: bool = False
    """True for 序号, which is never a key and tells no rows apart."""
    elsewhere: bool = False
    """True for a column that another table of the same rows reads: 2023年产值 beside a firm."""
    chosen: bool = False
    """True where a person said what the column is, or that it is nothing: no rule changes that."""
    cell: str = ""
    """On a card, where the heading's first value stands (B3): several share a letter there."""
    part: "Part | None" = None
    """What it is of a column of the sheet that holds several fields: 结构/层数."""

    @property
    def open(self) -> bool:
        """True for a column without a field that a rule may still give one."""
        return self.match is None and not self.chosen

    @property
    def address(self) -> str:
        """Return what tells the column among those of its table: its letter, on a card its cell.

        One part of a column has its number behind: D/1.
        """
        place = self.cell or self.letter
        return f"{place}/{self.part.number}" if self.part is not None else place

    @property
    def stands_at(self) -> int:
        """Return the position at which it stands in the sheet's rows."""
        return self.part.whole.position if self.part is not None else self.position


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of which column of the sheet a column is; the first is 1."""

    whole: Column
    number: int


@dataclass(frozen=True, slots=True)
class Unparted:
    """A column whose heading names several things and whose cells are not all parted so."""

    names: tuple[str, ...]
    row: int
    text: str
    """The first cell that is not."""
    count: int
    """How many are not."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that does not become a record."""

    row: int
    reason: Reason
    text: str
    why: str = ""
    """What more can be said than the reason; with it the words are ``importing.reason.<why>``."""

    @property
    def words(self) -> str:
        """Return the last part of the text key that says why."""
        return self.why or self.reason.value


@dataclass(slots=True)
class Table:
    """One understood table; ``rows`` pairs sheet row numbers with cells in sheet order."""

    sheet: RawSheet
    entity: str
    columns: list[Column]
    header_rows: tuple[int, ...]
    context: Context
    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    parks: dict[int, str] = field(default_factory=dict)
    """Row number → park named by the group row above it."""
    labels: dict[int, str] = field(default_factory=dict)
    """Row number → text of the group row above it, such as 一、出让用地."""
    stated: dict[int, Mapping[str, str]] = field(default_factory=dict)
    """Row number → what lines such as 权属单位：云湖公司 above it in the table state, by name."""
    total: tuple[int, list[object]] | None = None
    """The ledger's own 合计 row."""
    subtotals: list[tuple[int, list[object]]] = field(default_factory=list)
    """The ledger's own 小计 rows; one that closes a table without 合计 is its total."""
    score: float = 0.0
    runner_up: str = ""
    constants: Mapping[str, Value] = field(default_factory=dict)
    """Values that hold for every row and stand in no column, such as the year in a title."""
    borrowed: frozenset[int] = frozenset()
    """Positions of columns that belong to the table beside this one."""
    part: str = ""
    """For one of two tables made of one list's rows: what its rows were found to be."""
    untold: frozenset[int] = frozenset()
    """Numbers of the rows of a list of land and houses that tell of neither."""
    beside: "Table | None" = None
    """The other table made of the same list, whose rows this one's sums add up too."""
    unparted: dict[int, Unparted] = field(default_factory=dict)
    """Columns by position that would hold several fields if their cells were parted."""
    joined: set[str] = field(default_factory=set)
    """Addresses of columns that hold several fields and that a person reads as one."""
    filled: dict[int, set[int]] = field(default_factory=dict)
    """Row number → positions of the cells that a merged label above fills."""
    places: list[dict[int, tuple[int, str]]] | None = None
    """For cards and transposed sheets: where each row's cells really stand, by position."""

    @property
    def spot(self) -> str:
        """Return what tells the table among those under the same header rows."""
        letter = self.columns[0].letter
        return f"{letter}:{self.part}" if self.part else letter

    def by_field(self) -> Mapping[str, Column]:
        """Return the mapped columns by field."""
        return {column.match.field: column for column in self.columns if column.match}

    @property
    def read(self) -> int:
        """Return how many rows below the header are not blank."""
        return len(self.rows) + len(self.rejected)

    def place(self, index: int, column: Column) -> tuple[int, str]:
        """Return the sheet's own row number and column letter of a cell of a row."""
        if self.places is None:
            return self.rows[index][0], column.letter
        return self.places[index].get(column.stands_at, (self.rows[index][0], column.letter))


def park_of(table: Table, row: int) -> str:
    """Return the park that a row's surroundings name: group row, lines above, sheet name."""
    return table.parks.get(row) or table.context.park or park_in(table.sheet.name)


_COVER = re.compile(r"封面|首页|扉页|^cover", re.I)
_LONGEST_TITLE = 40


def park_on_cover(sheets: Iterable[RawSheet]) -> str:
    """Return the one park that the titles on a workbook's cover speak of, or ""."""
    parks = {
        park_in(cell)
        for sheet in sheets
        if _COVER.search(sheet.name)
        for row in sheet.rows
        for cell in row
        if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE
    } - {""}
    return parks.pop() if len(parks) == 1 else ""


def park_of_file(file: str, tables: Sequence[Table], cover: str = "") -> str:
    """Return the park of the tables that name none: the file's, under the name that titles give it.

    ``cover`` is the park that its cover names. 嘉禾园台账.xlsx, one of whose sheets is headed
    嘉禾智造园房屋台账, is about one park, not two. Where the rows of its tables name other parks,
    the file is not about one, and the answer is "".
    """
    named = park_in(PurePath(file).stem) or cover
    about = (table.context for table in tables)
    titled = {c.park for c in about if c.park and (c.label == c.title or not park_in(c.label))}
    park = titled.pop() if len(titled) == 1 else named
    if not _is_short_for(named, park):
        park = named
    listed = {name for table in tables for name in _parks_listed(table)} if park else set()
    if not listed:
        return park
    only = listed.pop()
    alike = _is_short_for(only, park) or _is_short_for(park, only)
    return only if alike and not listed else ""


def _is_short_for(short: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in short)


def _parks_listed(table: Table) -> set[str]:
    """Return the parks that a table's rows name, in a column or above a group of rows."""
    column = table.by_field().get("name" if table.entity == "park" else "park")
    names = set(table.parks.values())
    if column is not None:
        names |= {str(row[column.position]).strip() for _, row in table.rows}
    return {name for name in names if not is_blank(name) and name not in DITTO_TOKENS}
