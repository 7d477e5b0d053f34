# SPDX-License-Identifier: MIT
"""Gives conditions the values of their names for one scope, and remembers the cells behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workbench.domain.condition_names import (
    CONTEXT_ENTITY,
    CONTEXT_PREFIX,
    INDICATOR,
    PARAMETER_PREFIX,
)
from workbench.domain.conditions import AtLeast, AtMost
from workbench.domain.explain import Input, Missing
from workbench.domain.facts.derived import DERIVED
from workbench.domain.figures.reading import PARAMETER, Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import LOWER_BOUNDS, UPPER_BOUNDS, IndicatorValue
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

INDICATOR_ENTITY = "indicator"
"""The entity under which an indicator is named that is not computed."""
BOUND_ENTITY = "bound"
"""The entity under which an indicator is named of which only a bound is known."""
ANY_TRUE = frozenset({"in_red_line"})
LARGEST = frozenset({"adjacent_unsupplied_area", "self_hold_ratio"})


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of one name (None = not known), the cells it used and the cells it lacks.

    ``mixed`` says that the cells are known but differ between the assets of the scope; of a bound
    ``missing`` says that no more is known.
    """

    name: str
    value: Value | None
    inputs: tuple[Input, ...] = ()
    missing: tuple[Missing, ...] = ()
    mixed: bool = False
    bound: type[Decimal] | None = None
    """Whether the value is only the most, or the least, that it can be."""


class Facts:
    """All that is known about a scope, by the names that conditions use."""

    def __init__(self, scope: Scope, indicators: Mapping[str, IndicatorValue]) -> None:
        self.scope = scope
        self.indicators = indicators
        self._facts: dict[str, Fact] = {}

    def lookup(self, name: str) -> Any | None:
        """Return the value of a name, or None when it is not known."""
        fact = self.fact(name)
        if fact.bound is not None and isinstance(fact.value, Decimal):
            return fact.bound(fact.value)
        return fact.value

    def fact(self, name: str) -> Fact:
        """Return the value of a name with its inputs and what is missing."""
        if name not in self._facts:
            self._facts[name] = self._find(name)
        return self._facts[name]

    def cells(self, names: Iterable[str]) -> tuple[Input, ...]:
        """Return the cells behind names, each once, also of names that have no value."""
        return tuple(dict.fromkeys(cell for name in names for cell in self.fact(name).inputs))

    def gaps(self, names: Iterable[str]) -> tuple[Missing, ...]:
        """Return what names lack, each once."""
        return tuple(dict.fromkeys(gap for name in names for gap in self.fact(name).missing))

    def records_of(self, name: str) -> tuple[Record, ...]:
        """Return the records that a name ``ctx.<field>`` or ``<entity>.<field>`` asks."""
        if name.startswith(CONTEXT_PREFIX):
            return self._contexts(name.removeprefix(CONTEXT_PREFIX))
        return self._records(name.partition(".")[0])

    def _find(self, name: str) -> Fact:
        if INDICATOR.fullmatch(name):
            return self._indicator(name)
        if name in DERIVED:
            reading = Reading(self.scope.params, self.scope.shared)
            value = DERIVED[name](self.scope, reading)
            return Fact(name, value, reading.inputs, reading.missing)
        if name.startswith(PARAMETER_PREFIX):
            return self._parameter(name)
        if name.startswith(CONTEXT_PREFIX):
            field = name.removeprefix(CONTEXT_PREFIX)
            return self._field(name, CONTEXT_ENTITY, field, self.records_of(name))
        entity, _, field = name.partition(".")
        return self._field(name, entity, field, self.records_of(name))

    def _indicator(self, name: str) -> Fact:
        id_ = name.replace("_", "-")
        found = self.indicators.get(id_)
        if found is None:
            return Fact(name, None, missing=(Missing(INDICATOR_ENTITY, "", id_),))
        bound = _bound(found)
        missing = found.trace.missing if found.value is None else ()
        if bound is not None:
            missing = (Missing(BOUND_ENTITY, "", id_),)
        return Fact(name, found.value, found.trace.inputs, missing, bound=bound)

    def _parameter(self, name: str) -> Fact:
        code = name.removeprefix(PARAMETER_PREFIX)
        value = self.scope.params.get(code)
        missing = (Missing(PARAMETER, "", code),) if value is None else ()
        return Fact(name, value, missing=missing)

    def _records(self, entity: str) -> tuple[Record, ...]:
        match entity:
            case "park":
                return (self.scope.park,) if self.scope.park else ()
            case "parcel":
                return self.scope.parcels
            case "building":
                return self.scope.buildings
            case _:
                return ()

    def _contexts(self, field: str) -> tuple[Record, ...]:
        """Return the pathway inputs that answer for the scope: one for each chosen asset."""
        assets = sorted(self.scope.asset_keys or ("",))
        found = [self.scope.context_for(field, asset) for asset in assets]
        nothing = Record(CONTEXT_ENTITY, "", {})
        if not any(found):
            return ()
        return tuple({row.key: row for each in found for row in (each or nothing,)}.values())

    def _field(self, name: str, entity: str, field: str, records: tuple[Record, ...]) -> Fact:
        reading = Reading(self.scope.params, self.scope.shared)
        values = [reading.value(record, field) for record in records]
        for record, value in zip(records, values, strict=True):
            if value is None:
                reading.lacks(entity, field, record.key)
        if not records:
            reading.lacks(entity, field)
        found = _one(field, values)
        mixed = found is None and bool(values) and None not in values
        return Fact(name, found, reading.inputs, reading.missing, mixed)


_BY_LOSSES = frozenset({"without_income_tax"})
"""Cover below 1 is a loss, on which no income tax is due: there the least is the value."""


def _bound(found: IndicatorValue) -> type[Decimal] | None:
    """Return whether an indicator is only the least or the most that it can be."""
    if found.value is None:
        return None
    codes = {note.code for note in found.notes}
    if codes & LOWER_BOUNDS - _BY_LOSSES:
        return AtLeast
    return AtMost if codes & UPPER_BOUNDS else None


def _one(field: str, values: list[Value | None]) -> Value | None:
    """Return what a field says for a whole scope: the common value, or the cautious number."""
    if field in ANY_TRUE and True in values:
        return True
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    if all(value == known[0] for value in known):
        return known[0]
    numbers = [value for value in known if isinstance(value, Decimal)]
    if len(numbers) == len(known):
        return max(numbers) if field in LARGEST else min(numbers)
    return None
