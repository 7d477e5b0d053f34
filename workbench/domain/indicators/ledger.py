# SPDX-License-Identifier: MIT
"""The indicator of the ledger itself: how complete it is (I-52)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Need
from workbench.domain.figures.firms import firms
from workbench.domain.figures.lacking import lacks_buildings
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import UNKNOWN, Direction, Indicator, Note, Outcome, up
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState

_COUNTED = {
    entity.key: tuple(field.key for field in entity if field.need is Need.ASSESSMENT)
    for entity in CATALOGUE.ledger()
}


@dataclass(frozen=True, slots=True)
class Filled:
    """One field of the records of one kind: of how many it is asked, and filled in."""

    entity: str
    field: str
    keys: tuple[str, ...]
    applicable: int
    filled: int


def filled_fields(scope: Scope, reading: Reading) -> list[Filled]:
    """Return every counted field with its records, in the order of the catalogue."""
    keys: dict[tuple[str, str], list[str]] = {}
    asked: Counter[tuple[str, str]] = Counter()
    filled: Counter[tuple[str, str]] = Counter()
    for record in _records(scope, reading):
        for field in _COUNTED.get(record.entity, ()):
            place = record.entity, field
            keys.setdefault(place, []).append(record.key)
            if record.state(field) is ValueState.NOT_APPLICABLE:
                continue
            asked[place] += 1
            if reading.value(record, field) is None:
                reading.lacks(record.entity, field, record.key)
            else:
                filled[place] += 1
    return [Filled(*place, tuple(own), asked[place], filled[place]) for place, own in keys.items()]


def _records(scope: Scope, reading: Reading) -> Iterator[Record]:
    """Yield the records whose fields for assessment (◐) are counted."""
    if scope.park is not None:
        yield scope.park
    yield from scope.assets
    yield from firms(reading, scope)


def _completeness(scope: Scope, reading: Reading) -> Outcome:
    fields = filled_fields(scope, reading)
    filled = sum(each.filled for each in fields)
    applicable = sum(each.applicable for each in fields)
    if not scope.assets:
        lacks_buildings(scope, reading, "code")
        return UNKNOWN
    note = Note("completeness", {"filled": filled, "applicable": applicable})
    return Outcome(Decimal(filled) / applicable if applicable else None, (note,))


LEDGER_INDICATORS = (
    Indicator(
        "I-52",
        "台账完整度",
        "Ledger completeness",
        "%",
        tuple(f"{entity}.{field}" for entity, fields in _COUNTED.items() for field in fields),
        _completeness,
        Direction.UP,
        up("0.95", "0.80"),
        decimals=1,
    ),
)
