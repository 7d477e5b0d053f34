# SPDX-License-Identifier: MIT
"""What a written report must hold, counted from the ledger and not from the report itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.display import shown_number
from workbench.domain.fields import Entity
from workbench.domain.figures.firms import firms
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.records.ledger import Ledger, Record


@dataclass(frozen=True, slots=True)
class RecordCount:
    """How many records of an entity a park has, and the sums of its number fields as shown."""

    entity: str
    title: str
    records: int
    sums: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was counted in a written workbook after it was opened again."""

    sheets: int = 0
    rows: int = 0
    formulas: int = 0


def record_counts(scope: Scope, language: str) -> list[RecordCount]:
    """Count the records of the park of a scope by entity, the park's own row among them."""
    ledger = scope.ledger.within(scope.park_key)
    return [
        RecordCount(entity.key, entity.title(language), len(found), _sums(entity, found))
        for entity in ledger.catalogue.ledger()
        if (found := _records(scope, entity, ledger))
    ]


def _records(scope: Scope, entity: Entity, ledger: Ledger) -> Sequence[Record]:
    if entity.key not in ("enterprise", "enterprise_year"):
        return ledger.all(entity.key)
    own = firms(Reading(scope.params), scope)
    if entity.key == "enterprise":
        return own
    keys = {firm.key for firm in own}
    return [r for r in ledger.all(entity.key) if r.text("enterprise") in keys]


def _sums(entity: Entity, records: Sequence[Record]) -> Mapping[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for field in entity:
        if not field.numeric:
            continue
        known = (record.number(field.key) for record in records)
        numbers = [shown_number(number, field) for number in known if number is not None]
        if numbers:
            sums[field.key] = sum(numbers, Decimal(0))
    return sums
