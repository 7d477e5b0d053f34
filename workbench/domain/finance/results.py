# SPDX-License-Identifier: MIT
"""What a model gives: lines by period, the cash flow of each party, measures and findings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, overload

from workbench.domain.explain import Input, Missing, Trace
from workbench.domain.fields import Field, FieldType
from workbench.domain.finance.settling import Settled
from workbench.domain.finance.terms import Gap, Op, Place, Term, gap, places, total, walk
from workbench.domain.findings import Finding, Level
from workbench.domain.overriding import override
from workbench.domain.parameters import PolicyParam

IN, OUT, MEMO = 1, -1, 0
"""The sign of a line in its account: cash in, cash out, or a figure beside the cash."""


@dataclass(frozen=True, slots=True)
class Account:
    """A party (or the project as a whole) whose cash flow the model gives.

    Its flow has the lines of its own and those of the accounts that it ``includes``.
    """

    key: str
    zh: str
    en: str
    includes: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.zh if language.startswith("zh") else self.en


def _outcomes(number: Term) -> Iterator[Term]:
    """Yield what a term may come to, without the conditions that choose among it."""
    if number.op in (Op.IF_LE, Op.IF_LT):
        yield from _outcomes(number.parts[2])
        yield from _outcomes(number.parts[3])
    elif number.op is Op.NAMED and not isinstance(number.label, Place):
        yield from _outcomes(number.parts[0])
    else:
        yield number


@dataclass(frozen=True, slots=True)
class Charge:
    """What a tax or charge is made of: base × rate."""

    base: Term
    rate: Term


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the calculation: its amounts by period, or one figure for all of them.

    Money is in 元. ``account`` is the party that bears or receives it, ``sign`` how the line enters
    that account's cash flow; ``terminal`` lines (terminal value, residual) count only in the
    measures "with terminal value". ``group`` is the heading it stands under.
    ``monthly`` lines have an amount per month, the first being month 0 of year 1;
    a ``stock`` is a balance at the end of each period, which is not added up.
    """

    field: Field
    amounts: tuple[Term, ...]
    account: str
    sign: int
    group: str = ""
    terminal: bool = False
    single: bool = False
    monthly: bool = False
    stock: bool = False
    charge: Charge | None = None

    @property
    def key(self) -> str:
        """Return the line's key."""
        return self.field.key

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """Return the amounts by period; None is unknown."""
        return tuple(amount.value for amount in self.amounts)

    @property
    def total(self) -> Decimal | None:
        """Return what stands for all periods: the sum, of a balance what it is at the end.

        None when a part is unknown, and for ratios, which have no sum.
        """
        if self.single:
            return self.amounts[0].value
        if self.stock:
            return self.amounts[-1].value
        return total(self.amounts).value if self.field.type is FieldType.MONEY else None

    @property
    def gap(self) -> Gap:
        """Return why amounts are unknown."""
        return gap(*self.amounts)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a measure has no value, or what to know about it: text key ``finance.<code>``."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def unknown_reasons(*terms: Term) -> tuple[Reason, ...]:
    """Return why some terms are unknown, as reasons."""
    found = gap(*terms)
    reasons = []
    if found.places:
        keys = tuple(dict.fromkeys(place.key for place in found.places))
        reasons.append(Reason("missing_inputs", {"inputs": keys}))
    if found.impossible:
        reasons.append(Reason("impossible", {"operations": found.impossible}))
    return tuple(reasons)


class How(StrEnum):
    """How an answer is read off one line, for those who want to repeat it (a workbook does)."""

    WORTH = "worth"
    """The present value at the discount rate, period 0 undiscounted."""
    RETURN = "return"
    MODIFIED = "modified"
    """The modified return: financed at the discount rate, reinvested at a rate of its own."""
    PAYBACK = "payback"
    DISCOUNTED = "discounted"
    """The payback of the discounted flow."""
    SUM = "sum"
    GAP = "gap"
    """The deepest point of a cumulative line, as a positive amount."""
    DEEPEST = "deepest"
    """The period of that point."""
    TURNS = "turns"
    """The period from which a cumulative line stays at 0 or more."""
    LOWEST = "lowest"
    DATED = "dated"
    """The return of dated flows; ``line`` is the table input in which they stand."""
    RATE = "rate"
    """The yearly rate of level payments. Arguments: how many, each, what they repay, whether they
    fall at the beginning (1 or 0), how many a year."""
    PERIODS = "periods"
    """How many payments are enough. Arguments: rate per period, each, what there is, what there
    has to be, whether they fall at the beginning."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One answer about a cash flow; without a value the reasons say why.

    ``with_terminal`` is None for measures in which a terminal value plays no part. ``term`` holds
    the formula where the measure is one; ``roots`` every internal rate of return. ``how`` and
    ``line`` tell which line it is read off.
    """

    field: Field
    account: str
    value: Decimal | None
    with_terminal: bool | None = None
    reasons: tuple[Reason, ...] = ()
    roots: tuple[Decimal, ...] = ()
    term: Term | None = None
    how: How | None = None
    line: str = ""
    arguments: tuple[Term, ...] = ()
    """What a searched answer was asked of, where that is no line; ``how`` has their order."""

    @property
    def key(self) -> str:
        """Return the measure's key."""
        return self.field.key


class Asked(NamedTuple):
    """An answer that is not made yet; what it answers is said as its measure will say it."""

    key: str
    account: str
    with_terminal: bool | None
    make: Callable[[], Measure]


class Measures(Sequence[Measure]):
    """The answers of a result, each made when it is first read.

    A tornado, a table or a break-even calculates hundreds of times and reads one answer each time.
    """

    __slots__ = ("_made", "asked")

    def __init__(self, asked: Sequence[Asked] = ()) -> None:
        self.asked = tuple(asked)
        self._made: list[Measure | None] = [None] * len(self.asked)

    @overload
    def __getitem__(self, at: int) -> Measure: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Measure, ...]: ...

    @override
    def __getitem__(self, at: int | slice) -> Measure | tuple[Measure, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        made = self._made[at]
        if made is None:
            made = self._made[at] = self.asked[at].make()
        return made

    @override
    def __len__(self) -> int:
        return len(self.asked)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    @override
    def __hash__(self) -> int:
        return hash(tuple(self))

    @override
    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True)
class UsedParameter:
    """A policy parameter that an input took its value from."""

    input: str
    param: PolicyParam


@dataclass(frozen=True, slots=True)
class Result:
    """One calculation: same inputs and parameters, same result, bit for bit.

    ``periods`` counts the periods (years), period 0 being now. The first account is the scenario's
    own point of view.
    """

    model: str
    settled: Mapping[str, Settled]
    lines: tuple[Line, ...]
    accounts: tuple[Account, ...]
    periods: int
    measures: Measures
    findings: tuple[Finding, ...]
    parameter_set: str

    def line(self, key: str) -> Line:
        """Return a line by key; raises KeyError."""
        for item in self.lines:
            if item.field.key == key:
                return item
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(item.field.key == key for item in self.lines)

    def flow(self, account: str, *, terminal: bool = True) -> tuple[Term, ...]:
        """Return an account's net cash flow by period."""
        holders = holders_of(self.accounts, account)
        return net_flow(self.lines, holders, self.periods, terminal=terminal)

    def measure(
        self, key: str, account: str | None = None, *, with_terminal: bool | None = None
    ) -> Measure:
        """Return a measure by key (the first one that fits); raises KeyError."""
        for at, item in enumerate(self.measures.asked):
            if item.key != key or (account is not None and item.account != account):
                continue
            if with_terminal is None or item.with_terminal in (None, with_terminal):
                return self.measures[at]
        raise KeyError(key)

    @property
    def parameters(self) -> tuple[UsedParameter, ...]:
        """Return the policy parameters that were used, with the inputs they stand behind."""
        return tuple(
            UsedParameter(key, settled.parameter)
            for key, settled in self.settled.items()
            if settled.parameter is not None
        )

    def parameter_of(self, line: Line) -> PolicyParam | None:
        """Return the policy parameter behind a charge's rate (``varies`` is its 可变 mark)."""
        if line.charge is None:
            return None
        rates = _outcomes(line.charge.rate)
        found = (self.settled[place.key].parameter for rate in rates for place in places(rate))
        return next((param for param in found if param is not None), None)

    @property
    def failed(self) -> bool:
        """Tell whether an error stands in the way of the result."""
        return any(finding.level is Level.ERROR for finding in self.findings)

    def trace(self, *terms: Term) -> Trace:
        """Return the inputs, parameters and gaps behind some terms.

        Inputs that came from the ledger are given as its cells, the others by their own key.
        """
        inputs: dict[tuple[str, str, str], Input] = {}
        parameters: dict[str, Decimal | str] = {}
        for place, value in _places_with_values(terms):
            settled = self.settled[place.key]
            if settled.parameter is not None:
                stands = settled.parameter.value
                code = settled.parameter.code
                parameters[code] = stands if isinstance(stands, Decimal) else code
            cells = settled.trace.inputs if settled.trace is not None else ()
            if not cells and value is not None:
                cells = (Input("scenario", self.model, shown(place), value),)
            for cell in cells:
                inputs[cell.entity, cell.key, cell.field] = cell
        lacking = tuple(Missing("scenario", self.model, shown(p)) for p in gap(*terms).places)
        return Trace("finance.traced", tuple(inputs.values()), lacking, parameters)


def _places_with_values(terms: tuple[Term, ...]) -> list[tuple[Place, Decimal | None]]:
    """Return the inputs behind some terms, each once, with their values."""
    found = {
        item.label: item.value
        for item in walk(*terms)
        if item.op is Op.INPUT and isinstance(item.label, Place)
    }
    return list(found.items())


def shown(place: Place) -> str:
    """Return a place as text: ``rent``, ``occupancy[3]``, ``tiers[1].share``."""
    text = place.key if place.index is None else f"{place.key}[{place.index}]"
    return f"{text}.{place.column}" if place.column else text


def holders_of(accounts: tuple[Account, ...], key: str) -> frozenset[str]:
    """Return the accounts whose lines make up an account's flow."""
    included = (account.includes for account in accounts if account.key == key)
    return frozenset((key,)).union(*included)


def net_flow(
    lines: tuple[Line, ...], holders: frozenset[str], periods: int, *, terminal: bool
) -> tuple[Term, ...]:
    """Return Σ of the holders' cash lines by period, terminal lines only when asked for."""
    counted = [
        (line.sign, line.amounts)
        for line in lines
        if line.account in holders
        and line.sign
        and not (line.single or line.monthly or (line.terminal and not terminal))
    ]
    flows = []
    for period in range(periods):
        plus = [amounts[period] for sign, amounts in counted if sign > 0]
        minus = [amounts[period] for sign, amounts in counted if sign < 0]
        flows.append(total(plus) - total(minus))
    return tuple(flows)
