# SPDX-License-Identifier: MIT
"""Scenarios: a base and variants that are kept as differences to it only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from workbench.domain.finance.inputs import InputValue
from workbench.domain.finance.model import Model, calculate
from workbench.domain.finance.results import Measure, Result
from workbench.domain.finance.settling import Surroundings

Stated = Mapping[str, InputValue]
"""What the analyst states, by input; a key with None states that the value is not known."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What a variant states otherwise than its base, and what it leaves to defaults again."""

    stated: Stated = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.stated or self.dropped)

    def on(self, base: Stated) -> dict[str, InputValue]:
        """Return what the variant states in full."""
        kept = {key: value for key, value in base.items() if key not in self.dropped}
        return kept | dict(self.stated)


def differences(base: Stated, variant: Stated) -> Differences:
    """Return what has to be kept of a variant: 1.0 and 1.00 are the same, unknown is not 0."""
    changed = {
        key: value for key, value in variant.items() if key not in base or base[key] != value
    }
    return Differences(changed, frozenset(base) - frozenset(variant))


@dataclass(frozen=True, slots=True)
class Target:
    """The measure that a question is about; account "" is the scenario's own point of view.

    Without terminal value unless it says otherwise: what a sale at the end might bring must not
    decide unseen.
    """

    measure: str = "npv"
    account: str = ""
    with_terminal: bool = False

    def of(self, result: Result) -> Measure | None:
        """Return the measure in a result, or None when the result has none such."""
        if not result.accounts:
            return None
        account = self.account or result.accounts[0].key
        try:
            return result.measure(self.measure, account, with_terminal=self.with_terminal)
        except KeyError:
            return None

    def value(self, result: Result) -> Decimal | None:
        """Return the measure's value in a result; None is unknown."""
        found = self.of(result)
        return None if found is None else found.value


NPV_WITHOUT_TERMINAL = Target()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A model with what the analyst states, in its surroundings: enough to calculate it."""

    model: Model
    stated: Stated
    around: Surroundings

    def result(self) -> Result:
        """Return the result."""
        return calculate(self.model, self.stated, self.around)

    def target(self, result: Result) -> Target:
        """Return the answer of its result that matters first, in the scenario's own account."""
        own = result.accounts[0].key if result.accounts else ""
        keys = [asked.key for asked in result.measures.asked if asked.account == own]
        wanted = [key for key in self.model.answers if key in keys]
        return Target((wanted or keys or ["npv"])[0], own)

    def stating(self, **changes: InputValue) -> "Scenario":
        """Return the scenario with some inputs stated otherwise."""
        return replace(self, stated={**self.stated, **changes})


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of several scenarios side by side; None where a scenario does not have it."""

    key: str
    account: str
    with_terminal: bool | None
    measures: tuple[Measure | None, ...]


def side_by_side(results: Sequence[Result]) -> tuple[Row, ...]:
    """Return every measure of any of the results, each with its value in all of them."""
    places = dict.fromkeys(
        (item.key, item.account, item.with_terminal)
        for result in results
        for item in result.measures
    )
    return tuple(Row(*place, tuple(_find(result, place) for result in results)) for place in places)


def _find(result: Result, place: tuple[str, str, bool | None]) -> Measure | None:
    for item in result.measures:
        if (item.key, item.account, item.with_terminal) == place:
            return item
    return None
