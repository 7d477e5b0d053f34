# SPDX-License-Identifier: MIT
"""Subtotals of a group of records: what may be summed is, shares are weighted, gaps are counted.

A share is never summed, and its mean is weighted by the area that it is a share of; a price per
unit, a height or a year has no subtotal at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from workbench.domain.fields import Field, FieldType
from workbench.domain.indicators.averages import Mean
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState

_SUMMED = frozenset({FieldType.AREA, FieldType.MONEY})
_COUNTED_UNITS = frozenset({"人", "个", "家", "部", "套", "间"})
_WEIGHTS = {
    ("building", "occupancy"): "rentable_area",
    ("building", "vacancy"): "rentable_area",
    ("building", ""): "gfa_actual",
    ("parcel", ""): "area_cert",
    ("unit", ""): "area",
    ("lease", ""): "area",
}
"""What the shares of an entity are weighted by; "" holds for every other share of it."""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A sum or a weighted mean in normalized units; None when nothing can be said.

    ``unknown`` counts the records whose value is not known: they are in neither.
    """

    value: Decimal | None
    unknown: int = 0
    weighted: bool = False


def is_summed(field: Field) -> bool:
    """Tell whether a field's values may be added up."""
    if field.type is FieldType.INTEGER:
        return field.unit in _COUNTED_UNITS
    return field.type in _SUMMED


def subtotal(records: Iterable[Record], field: Field) -> Subtotal | None:
    """Return the subtotal of a field; None for one that has none."""
    rows = [r for r in records if r.state(field.key) is not ValueState.NOT_APPLICABLE]
    if is_summed(field):
        return summed(record.number(field.key) for record in rows)
    if field.type is not FieldType.SHARE or not rows:
        return None
    entity = rows[0].entity
    weight = _WEIGHTS.get((entity, field.key)) or _WEIGHTS.get((entity, ""))
    if weight is None:
        return None
    return weighted((r.number(field.key), partial(r.number, weight)) for r in rows)


def summed(values: Iterable[Decimal | None]) -> Subtotal:
    """Return the sum of what is known; nothing known is not 0."""
    known, unknown = [], 0
    for value in values:
        if value is None:
            unknown += 1
        else:
            known.append(value)
    return Subtotal(sum(known, Decimal(0)) if known else None, unknown)


def weighted(values: Iterable[tuple[Decimal | None, Callable[[], Decimal | None]]]) -> Subtotal:
    """Return the weighted mean, if what is known covers enough of the weight."""
    mean, unknown = Mean(), 0
    for value, weigh in values:
        mean.add(value, weigh)
        unknown += value is None
    figure = mean.figure().value if len(mean) else None
    return Subtotal(figure, unknown, weighted=True)
