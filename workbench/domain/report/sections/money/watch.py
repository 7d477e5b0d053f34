# SPDX-License-Identifier: MIT
"""Which inputs of a scenario somebody changed in its workbook, and what must not be read then.

A number inside the formulas may change: they follow. What decides which lines there are (years,
dates, choices, counts) may not, nor may anything that the program worked out by whole calculations
of its own. Each input therefore stands beside the value that was calculated with; what no longer
belongs to the inputs says so instead of giving an old number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.display import shown_number
from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import ModelInput, Shape
from workbench.domain.finance.measures import DISCOUNT_RATE, REINVEST_RATE
from workbench.domain.finance.models.dated_flows import FLOWS
from workbench.domain.finance.results import Result
from workbench.domain.finance.settling import Settled
from workbench.domain.finance.terms import Place, places
from workbench.domain.report.model import Cell, CellState, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.money.words import WORDS, Calculated, Names, Say

_EPOCH = date(1899, 12, 30)
"""Day 0 of the dates of a workbook."""
_BESIDE = (Place(DISCOUNT_RATE.key), Place(REINVEST_RATE.key))
"""Inputs that the answers read although no line is made of them."""
_FROZEN, _ALL = 1, 2
"""The rows of the table of counts."""


@dataclass
class Watch:
    """The rows of an inputs' table by what their change means."""

    names: Names
    frozen: list[int] = field(default_factory=list)
    """Inputs that no formula follows."""
    followed: list[int] = field(default_factory=list)

    def count(self, row: int) -> str:
        """Return the cell that counts changed inputs: those not followed, or all."""
        return f"{{{self.names.table('changed')}!count@{row}}}"

    def table(self, say: Say) -> Table:
        """Return the table that counts the changed inputs."""
        listed = self.names.table("inputs")

        def total(rows: Sequence[int]) -> str:
            return "+".join(f"{{{listed}!changed@{row}}}" for row in rows) or "0"

        every = sorted([*self.frozen, *self.followed])
        rows: tuple[Row, ...] = (
            (words(say("changed_frozen")), words(say("changed_frozen_text")),
             Cell(Decimal(0), formula=total(self.frozen))),
            (words(say("changed_all")), words(say("changed_all_text")),
             Cell(Decimal(0), formula=total(every))),
        )  # fmt: skip
        columns = (
            Column("title", say("col_changed_what"), 30),
            Column("text", say("col_reason"), WORDS),
            Column("count", say("col_changed_count"), 20, ColumnKind.INTEGER),
        )
        return Table("", say("table_changed"), columns, rows, key=self.names.table("changed"))

    def banner(self, say: Say) -> Table:
        """Return the line that says whether the sheet of years still belongs to the inputs."""
        cell = while_frozen(words(say("up_to_date")), self.names, say)
        columns = (Column("title", "", 9), Column("state", "", 12, ColumnKind.WORD))
        return Table("", "", columns, ((words(say("table_changed")), cell),), header=False,
                     key=self.names.table("banner"))  # fmt: skip


def banner_of_all(numbers: Sequence[int], say: Say) -> Table:
    """Return the line that says whether what a chapter repeats still belongs to the inputs.

    ``numbers`` are those of its scenarios.
    """
    counts = "+".join(Watch(Names(number)).count(_FROZEN) for number in numbers)
    state = Cell(
        say("up_to_date"), formula=f'IF({counts}=0,"{say("up_to_date")}","{say("stale")}")'
    )
    columns = (Column("title", "", 9), Column("state", "", 12, ColumnKind.WORD))
    row = (words(say("table_changed")), state)
    return Table("", "", columns, (row,), header=False, key="money_banner")


def while_frozen(cell: Cell, names: Names, say: Say) -> Cell:
    """Return a live cell that holds only while nothing changed that no formula follows."""
    return _while(cell, names, say, _FROZEN)


def while_same(cell: Cell, names: Names, say: Say) -> Cell:
    """Return a cell of the program's own working that holds only while no input changed."""
    return _while(cell, names, say, _ALL)


def _while(cell: Cell, names: Names, say: Say, row: int) -> Cell:
    value = cell.formula or written(cell, say)
    formula = f'IF({Watch(names).count(row)}=0,{value},"{say("stale")}")'
    return Cell(cell.value, cell.state, formula, cell.mark, cell.tone, cell.decimals)


def written(cell: Cell, say: Say) -> str:
    """Return a cell's value as a formula writes it: a number with the digits that a cell holds."""
    if cell.number is not None:
        return f"{Decimal(repr(float(f'{cell.number:.15g}'))):f}"
    if cell.state is CellState.UNKNOWN:
        return f'"{say.texts("report.to_verify")}"'
    return '"—"' if cell.state is CellState.NOT_APPLICABLE else f'"{cell.value}"'


# ---- which inputs are followed


def followed(result: Result) -> frozenset[Place]:
    """Return the inputs that some line or answer is a formula of."""
    terms = [amount for line in result.lines for amount in line.amounts]
    for measure in result.measures:
        terms += [*([] if measure.term is None else [measure.term]), *measure.arguments]
    known = (place for place in _BESIDE if _stands(result, place))
    return frozenset((*places(*terms), *known))


def _stands(result: Result, place: Place) -> bool:
    settled = result.settled.get(place.key)
    return settled is not None and settled.value is not None


# ---- beside the inputs


def beside(value: Cell) -> tuple[Cell, Cell]:
    """Return what was calculated with, and whether the cell of the input is still that."""
    used = Cell(value.value, value.state, decimals=value.decimals)
    return used, Cell(Decimal(0), formula="IF({value}={used},0,1)", decimals=0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Cells of one input that are checked by one sum, each weighed by its place among them."""

    title: str
    first: str
    last: str
    down: bool
    numbers: tuple[Decimal, ...]
    is_followed: bool
    decimals: int | None = None

    def row(self, say: Say) -> Row:
        """Return its row in the table of the inputs."""
        span = f"{{{self.first}}}:{{{self.last}}}"
        count = "ROW" if self.down else "COLUMN"
        formula = f"SUMPRODUCT({span},{count}({span})-{count}({{{self.first}}})+1)"
        total = sum((at * n for at, n in enumerate(self.numbers, 1)), Decimal(0))
        return (
            words(self.title),
            words(say("checked_by_sum")),
            Cell(total, formula=formula, decimals=self.decimals),
            words(say("check_number")),
            Cell(total, decimals=self.decimals),
            Cell(Decimal(0), formula="IF(ABS({value}-{used})>1E-9*ABS({used}),1,0)", decimals=0),
        )


def sums(
    found: Calculated,
    used: Sequence[tuple[ModelInput, Settled]],
    names: Names,
    say: Say,
    live: frozenset[Place],
) -> list[Sum]:
    """Return the sums by which series and tables are checked."""
    made: list[Sum] = []
    for item, settled in used:
        if not isinstance(settled.value, tuple) or not settled.value:
            continue
        title = item.field.title(say.language)
        if item.shape is Shape.SERIES:
            made.append(_series_sum(item, settled.value, title, names, live))
        elif item.shape is Shape.TABLE:
            made += _table_sums(item, settled.value, title, names, say, live)
    return made


def _series_sum(
    item: ModelInput, value: tuple[object, ...], title: str, names: Names, live: frozenset[Place]
) -> Sum:
    at = [Place(item.key, item.first + n) for n in range(len(value))]
    cells = [names.inputs[place][0] for place in at]
    down = cells[0].partition("@")[2] != cells[-1].partition("@")[2]
    numbers = tuple(
        shown_number(v, item.field) if isinstance(v, Decimal) else Decimal(0) for v in value
    )
    is_followed = all(v is not None for v in value) and live >= set(at)
    return Sum(title, cells[0], cells[-1], down, numbers, is_followed)


def _table_sums(
    item: ModelInput,
    value: tuple[object, ...],
    title: str,
    names: Names,
    say: Say,
    live: frozenset[Place],
) -> list[Sum]:
    made: list[Sum] = []
    rows = [row if isinstance(row, Mapping) else {} for row in value]
    table = names.table(item.key)
    for column in item.columns:
        if not (column.field.numeric or column.field.type is FieldType.DATE):
            continue
        cells = [row.get(column.key) for row in rows]
        numbers = tuple(_as_number(cell, column) for cell in cells)
        # a row of which nothing counts (a lease that is over) comes back by its dates only
        counts = [
            n
            for n in range(1, len(rows) + 1)
            if any(Place(item.key, n, each.key) in live for each in item.columns)
        ]
        places_ = {Place(item.key, n, column.key) for n in counts}
        by_date = item.key == FLOWS and column.field.type is FieldType.DATE
        made.append(Sum(
            say("in_column", title=title, word=column.field.title(say.language)),
            f"{table}!{column.key}@1", f"{table}!{column.key}@{len(rows)}", True, numbers,
            by_date or (bool(places_) and live >= places_),
            0 if column.field.type is FieldType.DATE else None,
        ))  # fmt: skip
    return made


def _as_number(cell: object, column: ModelInput) -> Decimal:
    if isinstance(cell, date):
        return Decimal((cell - _EPOCH).days)
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        return shown_number(Decimal(cell), column.field)
    return Decimal(0)
