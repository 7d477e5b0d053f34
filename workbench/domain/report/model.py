# SPDX-License-Identifier: MIT
"""What an assessment report says, as plain data: sheets of blocks, without any workbook.

A cell is a value with its state; a formula stands beside the value that we computed for it, so
that the written workbook shows the same number before and after a recalculation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from workbench.domain.display import UNKNOWN as UNKNOWN_MARK

CellValue = Decimal | int | str | date | None
ZERO = Decimal(0)


class CellState(StrEnum):
    """What a cell is: known, estimated (约), forecast (预计), partial sum, 待核, or 不适用."""

    KNOWN = "known"
    ESTIMATED = "estimated"
    FORECAST = "forecast"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Tone(StrEnum):
    """How a cell stands out; always beside words, because reports are printed in black."""

    PLAIN = "plain"
    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    MUTED = "muted"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, in the unit of its column.

    ``formula`` names cells of the same row by column key in braces, such as
    ``{let}/{rentable}``; ``{let@2}`` is that column in the second row of the table, and
    ``{areas!let@2}`` in a table that is named by its key. A word may have a formula too, and so
    may 待核 or —, which it then gives until what it asks for is there. ``mark`` is the qualifier
    of an estimate, such as 约 or 余.
    """

    value: CellValue = None
    state: CellState = CellState.KNOWN
    formula: str = ""
    mark: str = ""
    tone: Tone = Tone.PLAIN
    decimals: int | None = None
    """Decimals of this one number where a column mixes units."""
    link: str = ""
    """Where the cell leads to in the workbook, as ``table@row``: what it rests on."""

    @property
    def number(self) -> Decimal | None:
        """Return the value as a number, or None."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            return None
        return Decimal(value)


UNKNOWN = Cell(state=CellState.UNKNOWN)
NOT_APPLICABLE = Cell(state=CellState.NOT_APPLICABLE)
BLANK = Cell("")


class ColumnKind(StrEnum):
    """How a column is written and aligned."""

    TEXT = "text"
    CODE = "code"
    WORD = "word"
    """A short word, centred."""
    NUMBER = "number"
    INTEGER = "integer"
    YEAR = "year"
    ORDINAL = "ordinal"
    DATE = "date"


class TotalKind(StrEnum):
    """What the total row says in a column."""

    NONE = "none"
    SUM = "sum"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Total:
    """The total of a column; a ratio is recomputed from the sums of two other columns.

    ``factor`` scales the ratio into the column's unit, 100 for percent.
    """

    kind: TotalKind = TotalKind.NONE
    numerator: str = ""
    denominator: str = ""
    factor: int = 1


NO_TOTAL = Total()
SUM = Total(TotalKind.SUM)


def ratio(numerator: str, denominator: str, factor: int = 1) -> Total:
    """Return a total that divides the sums of two columns over the rows that know both."""
    return Total(TotalKind.RATIO, numerator, denominator, factor)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` is in characters, a Chinese one counting two."""

    key: str
    title: str
    width: float = 10
    kind: ColumnKind = ColumnKind.TEXT
    decimals: int = 2
    total: Total = NO_TOTAL

    @property
    def numeric(self) -> bool:
        """Tell whether the column holds numbers."""
        return self.kind in (ColumnKind.NUMBER, ColumnKind.INTEGER)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in a cell that is not known, and behind a number that has not happened."""

    unknown: str = UNKNOWN_MARK
    forecast: str = "（预计）"


@dataclass(frozen=True)
class Table:
    """A numbered table with its unit line above and its source line below.

    ``header`` False leaves the column titles out, for cards of label and value.
    """

    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit_line: str = ""
    source_line: str = ""
    notes: tuple[str, ...] = ()
    total_label: str = ""
    header: bool = True
    frozen_columns: int = 0
    key: str = ""
    """By what charts and formulas find the table; without one, by its number."""
    records: str = ""
    """The ledger entity whose records the rows are, one row each."""
    apart: bool = False
    """Prints on a sheet of its own, because its wide columns would shrink the tables around it."""
    dense: bool = False
    """Has smaller letters and lower rows: a long list to look things up in, not to be read."""
    targets: tuple[str, ...] = ()
    """Where the program shows what each row is about, as ``page|target``; never written."""
    marks: Marks = Marks()
    """What stands in cells, or behind their numbers, in the language of the report."""
    source_link: str = ""
    """Where the source line leads to in the workbook, as ``table@row``."""
    letters: float = 1.0
    """How large its letters are beside ours: a team's own style may have larger ones."""
    tab: str = ""
    """What its worksheet is called where it leaves its sheet; without one it has its title."""
    _index: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {column.key: place for place, column in enumerate(self.columns)}
        if len(index) != len(self.columns):
            raise ValueError(f"table {self.number} has a column twice")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.number} has a row of {len(row)} cells")
        object.__setattr__(self, "_index", index)

    @property
    def name(self) -> str:
        """Return by what a chart finds the table."""
        return self.key or self.number

    def place(self, key: str) -> int:
        """Return the position of a column."""
        return self._index[key]

    def cells(self, key: str) -> list[Cell]:
        """Return the cells of a column."""
        place = self._index[key]
        return [row[place] for row in self.rows]

    @cached_property
    def totals(self) -> Mapping[str, Cell]:
        """Return the totals of the columns that have one, by column."""
        summed = (column for column in self.columns if column.total.kind is not TotalKind.NONE)
        return {column.key: _total(self, column) for column in summed}

    @property
    def has_totals(self) -> bool:
        """Tell whether the table ends with a total row."""
        return bool(self.total_label) and bool(self.rows)


class ChartKind(StrEnum):
    """The kinds of native charts."""

    BAR = "bar"
    HBAR = "hbar"
    STACKED = "stacked"
    PIE = "pie"
    RADAR = "radar"
    LINE = "line"
    TORNADO = "tornado"
    """Two series to both sides of 0, one row of bars."""
    HISTOGRAM = "histogram"
    """Columns that touch each other, without their numbers."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart over columns of a table; every charted cell is a known number."""

    kind: ChartKind
    number: str
    title: str
    table: str
    categories: str
    series: tuple[str, ...]
    axis_title: str = ""
    maximum: float | None = None
    fills: tuple[str, ...] = ()
    """The colours (RRGGBB) of series that are called by a colour; without any, ours."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a sheet."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``strong`` for a statement that must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Says plainly that something is not assessed yet, and why."""

    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The row in which people sign."""

    roles: tuple[str, ...]


Block = Heading | Paragraph | NotAssessed | Table | Chart | Signature


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook; ``key`` is stable over languages.

    ``one_page`` shrinks the sheet until it prints on a single page. An ``annex`` is there to check
    the chapters by, not to be read through.
    """

    key: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    one_page: bool = False
    annex: bool = False
    about: str = ""
    """What the contents say of it where its kind alone does not tell."""
    letters: float = 1.0
    """How large its running words are beside ours: a team's own style may have larger ones."""

    @property
    def tables(self) -> Iterator[Table]:
        """Yield the tables of the sheet."""
        return (block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says besides the title: label and cell, in order."""

    title: str
    facts: tuple[tuple[str, Cell], ...]
    notice: str
    draft_notice: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class Report:
    """One edition of an assessment report."""

    title: str
    park_name: str
    as_of: date
    edition: int
    status: str
    is_draft: bool
    parameter_set: str
    content_edition: str
    language: str
    created: datetime
    cover: Cover
    sheets: tuple[Sheet, ...]
    open_items: tuple[str, ...] = ()
    """What must be settled before the report can be final, in words."""

    is_final: bool = False
    """Whether it is of an assessment that was closed: every page then says so."""

    def sheet(self, key: str) -> Sheet:
        """Return one sheet; LookupError when there is none."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise LookupError(f"no sheet {key!r}")


def total_cell(table: Table, column: Column) -> Cell:
    """Return the total of a column: 待核 when nothing is known, partial when something is not."""
    return table.totals.get(column.key, BLANK)


def _total(table: Table, column: Column) -> Cell:
    if column.total.kind is TotalKind.SUM:
        return _sum(table.cells(column.key))
    return _ratio(table, column.total)


def _sum(cells: list[Cell]) -> Cell:
    known = [number for cell in cells if (number := cell.number) is not None]
    if not known:
        blank = all(cell.state is CellState.NOT_APPLICABLE for cell in cells)
        return NOT_APPLICABLE if blank else UNKNOWN
    return Cell(sum(known, ZERO), _certainty(cells), mark=_estimate(cells))


def _estimate(cells: list[Cell]) -> str:
    """Return the mark of what one of these cells makes an estimate, unless the state says it."""
    estimated = any(cell.state is CellState.ESTIMATED or cell.mark for cell in cells)
    return "约" if estimated and _certainty(cells) is not CellState.ESTIMATED else ""


def _certainty(cells: list[Cell]) -> CellState:
    states = {cell.state for cell in cells}
    if CellState.UNKNOWN in states or CellState.PARTIAL in states:
        return CellState.PARTIAL
    if CellState.FORECAST in states:
        return CellState.FORECAST
    return CellState.ESTIMATED if CellState.ESTIMATED in states else CellState.KNOWN


def _ratio(table: Table, total: Total) -> Cell:
    pairs = known_pairs(table, total)
    below = sum((bottom for _, bottom in pairs), ZERO)
    if not below:
        return UNKNOWN
    above = sum((top for top, _ in pairs), ZERO)
    cells = [*table.cells(total.numerator), *table.cells(total.denominator)]
    return Cell(above / below * total.factor, _certainty(cells), mark=_estimate(cells))


def known_pairs(table: Table, total: Total) -> list[tuple[Decimal, Decimal]]:
    """Return both sides of a ratio of totals, of the rows that know both."""
    tops, bottoms = table.cells(total.numerator), table.cells(total.denominator)
    found = ((top.number, bottom.number) for top, bottom in zip(tops, bottoms, strict=True))
    return [(top, bottom) for top, bottom in found if top is not None and bottom is not None]
