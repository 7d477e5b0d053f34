# SPDX-License-Identifier: MIT
"""How a model's arithmetic reads its inputs and writes its lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from workbench.domain.fields import Field
from workbench.domain.finance.inputs import ModelInput, Shape
from workbench.domain.finance.results import (
    MEMO,
    Account,
    Asked,
    Charge,
    How,
    Line,
    Measure,
    holders_of,
    net_flow,
    unknown_reasons,
)
from workbench.domain.finance.settling import Settled
from workbench.domain.finance.terms import ZERO, LineAt, Operand, Place, Term, given, named, term
from workbench.domain.findings import Finding, Level
from workbench.domain.overriding import override


class UnbuildableError(Exception):
    """A choice or count that decides the lines themselves is not known: nothing can be built."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class TableRow:
    """One row of a table input; numbers come as terms."""

    def __init__(
        self,
        item: ModelInput,
        number: int,
        cells: Mapping[str, object],
        refused: frozenset[str] = frozenset(),
    ) -> None:
        self._item = item
        self._number = number
        self._cells = cells
        self._refused = refused

    def __getitem__(self, column: str) -> Term:
        """Return a number of the row as a term."""
        value = self._cells.get(column)
        return given(Place(self._item.key, self._number, column), _decimal(value))

    def number(self, column: str) -> Decimal | None:
        """Return a number that decides structure, such as an open upper end (None)."""
        return _decimal(self._cells.get(column))

    def text(self, column: str) -> str:
        """Return a text or choice of the row; "" when it is blank."""
        value = self._cells.get(column)
        return value if isinstance(value, str) else ""

    def day(self, column: str) -> date | None:
        """Return a date of the row."""
        value = self._cells.get(column)
        return value if isinstance(value, date) else None

    def refused(self, column: str) -> bool:
        """Tell whether a cell is unknown because what is stated cannot be taken."""
        return column in self._refused

    def unknown(self, column: str) -> "TableRow":
        """Return the row with every number unknown, because one of its cells is."""
        return _UnknownRow(self._item, self._number, self._cells, column)


class _UnknownRow(TableRow):
    def __init__(
        self, item: ModelInput, number: int, cells: Mapping[str, object], lacking: str
    ) -> None:
        super().__init__(item, number, cells)
        self._lacking = Place(item.key, number, lacking)

    @override
    def __getitem__(self, column: str) -> Term:
        return given(self._lacking, None)


class Values:
    """The settled inputs of one calculation, read as terms (numbers) or plainly (choices)."""

    def __init__(self, inputs: Sequence[ModelInput], settled: Mapping[str, Settled]) -> None:
        self._inputs = {item.key: item for item in inputs}
        self._settled = settled

    def __getitem__(self, key: str) -> Term:
        """Return a single number as a term; unknown stays unknown."""
        return given(Place(key), _decimal(self._settled[key].value))

    def unknown(self, key: str) -> Term:
        """Return a number that is not known because of an input."""
        return given(Place(key), None)

    def known(self, key: str) -> bool:
        """Tell whether an input has a value; for structure only."""
        return self._settled[key].value is not None

    def count(self, key: str) -> int:
        """Return a whole number that decides structure; raises UnbuildableError without one."""
        value = _decimal(self._settled[key].value)
        if value is None:
            raise UnbuildableError(key)
        return int(value)

    def choice(self, key: str) -> str:
        """Return a choice; raises UnbuildableError without one."""
        value = self._settled[key].value
        if not isinstance(value, str):
            raise UnbuildableError(key)
        return value

    def number(self, key: str) -> Decimal | None:
        """Return a number that decides structure, or None."""
        return _decimal(self._settled[key].value)

    def flag(self, key: str) -> bool | None:
        """Return a three-state input."""
        value = self._settled[key].value
        return value if isinstance(value, bool) else None

    def day(self, key: str) -> date | None:
        """Return a date, or None."""
        value = self._settled[key].value
        return value if isinstance(value, date) else None

    def need_day(self, key: str) -> date:
        """Return a date that decides structure; raises UnbuildableError without one."""
        found = self.day(key)
        if found is None:
            raise UnbuildableError(key)
        return found

    def series(self, key: str, periods: int) -> list[Term]:
        """Return a series as terms for periods 0…periods − 1; nothing before its first period.

        An entry that is missing is unknown.
        """
        item = self._inputs[key]
        value = self._settled[key].value
        entries = value if isinstance(value, tuple) else ()
        terms = [ZERO] * item.first
        for period in range(item.first, periods):
            index = period - item.first
            entry = entries[index] if index < len(entries) else None
            terms.append(given(Place(key, index + item.first), _decimal(entry)))
        return terms[:periods]

    def rows(self, key: str) -> list[TableRow]:
        """Return the rows of a table."""
        item = self._inputs[key]
        if item.shape is not Shape.TABLE:
            raise TypeError(f"{key} is no table")
        settled = self._settled[key]
        rows, stated = _mappings(settled.value), _mappings(settled.refused)
        defaults = {column.key: column.default for column in item.columns}
        return [
            TableRow(item, number, defaults | dict(row), _refused(row, was))
            for number, (row, was) in enumerate(zip_longest(rows, stated[: len(rows)]), 1)
            if row is not None
        ]


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []


def _refused(row: Mapping[str, object], stated: Mapping[str, object] | None) -> frozenset[str]:
    """Return the columns in which something is stated that cannot be taken."""
    was = stated or {}
    return frozenset(key for key, cell in was.items() if cell is not None and row.get(key) is None)


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _under_name(line: str, period: int, number: Term) -> Term:
    """Name a number after its line, unless it bears that name already."""
    if number is ZERO:
        return ZERO
    label = LineAt(line, period)
    return number if number.label == label else named(label, number)


class Book:
    """Collects the lines, measures and findings of one calculation."""

    def __init__(self, periods: int = 1) -> None:
        self.periods = periods
        self.accounts: list[Account] = []
        self.lines: list[Line] = []
        self.asked: list[Asked] = []
        self.findings: list[Finding] = []
        self.impossible_inputs: set[str] = set()
        self._written: set[str] = set()
        self._group = ""

    def account(self, key: str, zh: str, en: str, *, includes: tuple[str, ...] = ()) -> str:
        """Open a party's account; the first one is the scenario's own point of view."""
        self.accounts.append(Account(key, zh, en, includes))
        return key

    def group(self, key: str) -> None:
        """Put the lines that follow under a heading: text key ``finance.group_<key>``."""
        self._group = key

    def figure(
        self, field: Field, number: Operand, account: str = "", *, charge: Charge | None = None
    ) -> Term:
        """Write one figure that stands beside the cash; return it under its name."""
        made = named(LineAt(field.key), term(number))
        self._add(Line(field, (made,), account, MEMO, self._group, single=True, charge=charge))
        return made

    def once(
        self,
        field: Field,
        number: Operand,
        account: str,
        sign: int,
        *,
        period: int = 0,
        terminal: bool = False,
        charge: Charge | None = None,
    ) -> Term:
        """Write an amount that falls in one period; return it under its name."""
        made = named(LineAt(field.key, period), term(number))
        amounts = tuple(made if at == period else ZERO for at in range(self.periods))
        self._add(Line(field, amounts, account, sign, self._group, terminal, charge=charge))
        return made

    def flow(
        self,
        field: Field,
        numbers: Sequence[Operand],
        account: str = "",
        sign: int = MEMO,
        *,
        terminal: bool = False,
        stock: bool = False,
    ) -> list[Term]:
        """Write amounts by period (one per period of the book); return them under their names.

        A ``stock`` is a balance at the end of each period.
        """
        if len(numbers) != self.periods:
            raise ValueError(f"{field.key}: {len(numbers)} amounts for {self.periods} periods")
        made = [_under_name(field.key, at, term(number)) for at, number in enumerate(numbers)]
        self._add(Line(field, tuple(made), account, sign, self._group, terminal, stock=stock))
        return made

    def months(
        self, field: Field, numbers: Sequence[Operand], *, stock: bool = False
    ) -> list[Term]:
        """Write a monthly figure beside the yearly lines: month 0 is the first month of year 1."""
        made = [_under_name(field.key, at, term(number)) for at, number in enumerate(numbers)]
        self._add(Line(field, tuple(made), "", MEMO, self._group, monthly=True, stock=stock))
        return made

    def _add(self, made: Line) -> None:
        if made.key in self._written:
            raise ValueError(f"line {made.key} is written twice")
        self._written.add(made.key)
        self.lines.append(made)

    def net(self, account: str, *, terminal: bool = True) -> tuple[Term, ...]:
        """Return an account's cash flow so far."""
        holders = holders_of(tuple(self.accounts), account)
        return net_flow(tuple(self.lines), holders, self.periods, terminal=terminal)

    def measure(
        self,
        field: Field,
        value: Term | Callable[[], Term],
        account: str = "",
        *,
        with_terminal: bool | None = None,
        how: How | None = None,
        line: str = "",
    ) -> None:
        """Write an answer that is a formula; an unknown one says what it lacks.

        A formula that costs something is given as what makes it, for when somebody asks.
        """

        def make() -> Measure:
            made = value if isinstance(value, Term) else value()
            reasons = unknown_reasons(made)
            return Measure(field, account, made.value, with_terminal, reasons, (), made, how, line)

        self.asked.append(Asked(field.key, account, with_terminal, make))

    def read_off(
        self, found: Measure, how: How, line: str = "", arguments: tuple[Term, ...] = ()
    ) -> None:
        """Write an answer that was searched for, with the line or arguments that it is read off."""
        made = replace(found, how=how, line=line, arguments=arguments)
        self.asked.append(Asked(made.key, made.account, made.with_terminal, lambda: made))

    def search(
        self,
        field: Field,
        find: Callable[[], Measure],
        account: str,
        with_terminal: bool | None = None,
        *,
        how: How | None = None,
        line: str = "",
    ) -> None:
        """Write an answer that is searched for along a line, when somebody asks for it."""
        self.asked.append(
            Asked(field.key, account, with_terminal, lambda: replace(find(), how=how, line=line))
        )

    def finding(self, code: str, level: Level, field: str = "", **params: object) -> None:
        """Note what is wrong with an input or remarkable about the result."""
        self.findings.append(Finding(code, level, field=field, params=params))

    def impossible(self, code: str, field: str, **params: object) -> None:
        """Note that an input contradicts another: no number may come from it."""
        self.finding(code, Level.ERROR, field, **params)
        self.impossible_inputs.add(field)
