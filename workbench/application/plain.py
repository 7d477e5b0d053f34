# SPDX-License-Identifier: MIT
"""Values as JSON understands them: decimals as numbers, dates as ISO text, unknown as null."""

from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.fields import Entity, FieldType
from workbench.domain.ledger import Ledger, Record
from workbench.domain.values import Value

Plain = str | int | float | bool | list[Any] | dict[str, Any] | None


def plain(value: Value | None) -> Plain:
    """Return a normalized value for JSON; a whole decimal becomes an int."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def plain_record(record: Record, entity: Entity, ledger: Ledger) -> dict[str, Plain]:
    """Return every field of a record; references are named as people name them."""
    values: dict[str, Plain] = {}
    for field in entity:
        value = record.get(field.key)
        if field.type is FieldType.REF and isinstance(value, str):
            target = ledger.find(field.target, value)
            values[field.key] = target.label if target else value
        else:
            values[field.key] = plain(value)
    return values
