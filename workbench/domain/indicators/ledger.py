# SPDX-License-Identifier: MIT
"""The indicator of the ledger itself: how complete it is (I-52)."""

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Need
from workbench.domain.figures.firms import firms
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import UNKNOWN, Direction, Indicator, Note, Outcome, up
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState

_COUNTED = {
    entity.key: tuple(field.key for field in entity if field.need is Need.ASSESSMENT)
    for entity in CATALOGUE.ledger()
}


def _records(scope: Scope, reading: Reading) -> Iterator[Record]:
    """Yield the records whose fields for assessment (◐) are counted."""
    if scope.park is not None:
        yield scope.park
    yield from scope.assets
    yield from firms(reading, scope)


def _completeness(scope: Scope, reading: Reading) -> Outcome:
    filled = applicable = 0
    for record in _records(scope, reading):
        for field in _COUNTED.get(record.entity, ()):
            state = record.state(field)
            if state is ValueState.NOT_APPLICABLE:
                continue
            applicable += 1
            if reading.value(record, field) is None:
                reading.lacks(record.entity, field, record.key)
            else:
                filled += 1
    if not scope.assets:
        reading.lacks("building", "code")
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
