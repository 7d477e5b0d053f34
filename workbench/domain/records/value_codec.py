# SPDX-License-Identifier: MIT
"""Values and origins in a JSON form that keeps their types."""

from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.values import Origin, SourceRef, Value, ValueState

_STATES = {state.value: state for state in ValueState}


def encode_value(value: Value | None) -> Any:
    """Return a JSON form that keeps the type: decimals and dates are tagged texts."""
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, tuple):
        return list(value)
    return value


def decode_value(data: Any) -> Value | None:
    """Return the value of its JSON form."""
    if isinstance(data, dict):
        return Decimal(data["n"]) if "n" in data else date.fromisoformat(data["d"])
    if isinstance(data, list):
        return tuple(data)
    return data  # type: ignore[no-any-return]  # str, int, bool or None by construction


def encode_origin(origin: Origin | None) -> Any:
    """Return the JSON form of an origin."""
    if origin is None:
        return None
    head = [origin.raw, origin.unit, origin.state.value, origin.qualifier]
    at = origin.source
    return head if at is None else [*head, at.source, at.sheet, at.row, at.column]


def decode_origin(data: Any) -> Origin | None:
    """Return the origin of its JSON form."""
    if data is None:
        return None
    source = SourceRef(*data[4:]) if len(data) > 4 else None
    return Origin(data[0], data[1], _STATES[data[2]], data[3], source)
