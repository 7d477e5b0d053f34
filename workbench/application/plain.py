# SPDX-License-Identifier: MIT
"""Values as JSON understands them: decimals as numbers, dates as ISO text, unknown as null."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.fields import Entity, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Origin, Value

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


def plain_origin(origin: Origin | None, files: Mapping[str, str]) -> Plain:
    """Return where a value was read and how it was written; None for one that was typed in plainly.

    ``files`` names the kept source files by their id.
    """
    if origin is None:
        return None
    source = origin.source
    return {
        "raw": origin.raw,
        "unit": origin.unit,
        "state": origin.state.value,
        "qualifier": origin.qualifier or None,
        "file": files.get(source.source, source.source) if source else None,
        "sheet": source.sheet if source else None,
        "row": source.row if source else None,
        "column": (source.column or None) if source else None,
    }


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
