# SPDX-License-Identifier: MIT
"""How far an input is moved when it is asked what a result hangs on, and which can be moved.

A share never takes more than the parties beside it leave of the whole, and the parts of one whole
(what is called year by year) are not moved all at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import WITHIN_ONE, InputValue, ModelInput
from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.settling import Provenance, Settled

_TENTH, _POINT, _FIVE_POINTS = Decimal("0.1"), Decimal("0.01"), Decimal("0.05")
_SMALL_SHARE = Decimal("0.2")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Swing:
    """How far an input is moved: by a share of itself, or by an absolute amount."""

    size: Decimal
    relative: bool

    def apply(self, value: InputValue, factor: int) -> InputValue:
        """Return a number or every entry of a series, moved ``factor`` swings."""
        if isinstance(value, tuple):
            return tuple(
                self._moved(entry, factor) if isinstance(entry, Decimal) else None
                for entry in value
            )
        return self._moved(value, factor) if isinstance(value, Decimal | int) else None

    def _moved(self, number: Decimal | int, factor: int) -> Decimal:
        if self.relative:
            return number * (_ONE + self.size * factor)
        return number + self.size * factor


def usual_swing(item: ModelInput, value: InputValue) -> Swing:
    """Return ±1 point for rates and small shares, ±5 points for other shares, else ±10 %.

    A rate below a point, such as a stamp duty of 0.05 %, would be moved by many times itself: it
    is moved by a tenth.
    """
    entries = value if isinstance(value, tuple) else (value,)
    is_tiny = all(isinstance(entry, Decimal) and abs(entry) < _POINT for entry in entries)
    if item.field.type is not FieldType.SHARE or is_tiny:
        return Swing(_TENTH, relative=True)
    small = item.limits is not WITHIN_ONE or all(
        isinstance(entry, Decimal) and abs(entry) <= _SMALL_SHARE for entry in entries
    )
    return Swing(_POINT if small else _FIVE_POINTS, relative=False)


def movable(scenario: Scenario, result: Result | None = None) -> tuple[ModelInput, ...]:
    """Return the inputs that can be moved: numbers with a value other than 0 that count."""
    settled = (result or scenario.result()).settled
    return tuple(
        item
        for item in scenario.model.inputs
        if item.numeric
        and not item.whole
        and settled[item.key].provenance is not Provenance.UNUSED
        and has_weight(settled[item.key].value)
    )


def kept_whole(scenario: Scenario, result: Result) -> tuple[ModelInput, ...]:
    """Return the series that count and are parts of one whole: none of them is moved."""
    settled = result.settled
    return tuple(
        item
        for item in scenario.model.inputs
        if item.whole and settled[item.key].provenance is not Provenance.UNUSED
    )


def has_weight(value: InputValue) -> bool:
    """Tell whether a value is known and other than 0."""
    return any(value) if isinstance(value, tuple) else bool(value)


def within(item: ModelInput, value: InputValue, result: Result) -> InputValue:
    """Keep a moved number (or each entry of a series) inside its limits and its room."""
    room = room_of(item, result.settled)
    if isinstance(value, tuple):
        return tuple(
            _clamped(item, entry, room) if isinstance(entry, Decimal) else None for entry in value
        )
    return _clamped(item, value, room) if isinstance(value, Decimal) else value


def room_of(item: ModelInput, settled: Mapping[str, Settled]) -> Decimal | None:
    """Return the most that an input may be, beside the shares of the other parties.

    Of an area that the ledger has, there is no more than that.
    """
    high = item.limits.high
    if (there := stock_of(item, settled)) is not None:
        return there
    if not item.beside:
        return high
    taken = (settled[key].value for key in item.beside)
    left = _ONE - sum((Decimal(v) for v in taken if isinstance(v, Decimal | int)), Decimal(0))
    return left if high is None else min(high, max(left, Decimal(0)))


def stock_of(item: ModelInput, settled: Mapping[str, Settled]) -> Decimal | None:
    """Return how much there is of an area by the ledger (or more, if that was stated), else None.

    Nobody can let or sell more than there is, so that an area is not moved beyond it.
    """
    found = settled[item.key]
    told = found.value if found.provenance is Provenance.LEDGER else found.ledger
    amounts = [v for v in (told, found.value) if isinstance(v, Decimal)]
    is_area = item.field.type is FieldType.AREA and isinstance(told, Decimal)
    return max(amounts) if is_area else None


def _clamped(item: ModelInput, number: Decimal, high: Decimal | None) -> Decimal:
    if item.limits.low is not None and not item.limits.open_low:
        number = max(number, item.limits.low)
    return number if high is None else min(number, high)
