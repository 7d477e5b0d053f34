# SPDX-License-Identifier: MIT
"""Values, origins and changes as JSON text, for the log and the origins column."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.changes import CellState, FieldChange
from workbench.domain.overriding import override
from workbench.domain.values import Origin, SourceRef, Value, ValueState


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
    return Origin(data[0], data[1], ValueState(data[2]), data[3], source)


def encode_origins(origins: Mapping[str, Origin]) -> str | None:
    """Return the text of the origins column."""
    if not origins:
        return None
    if isinstance(origins, StoredOrigins):
        return origins.text
    return dump({name: encode_origin(origin) for name, origin in origins.items()})


def encode_changes(changes: tuple[FieldChange, ...]) -> str:
    """Return the text of a record change's fields; an empty side is left out."""
    return dump([[c.field, _cell(c.old), _cell(c.new)] for c in changes])


def decode_changes(text: str) -> tuple[FieldChange, ...]:
    """Return the field changes of their text."""
    return tuple(
        FieldChange(name, _uncell(old), _uncell(new)) for name, old, new in json.loads(text)
    )


def dump(data: Any) -> str:
    """Return compact JSON text."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _cell(cell: CellState) -> Any:
    if cell.value is None and cell.origin is None:
        return None
    return [encode_value(cell.value), encode_origin(cell.origin)]


def _uncell(data: Any) -> CellState:
    return CellState() if data is None else CellState(decode_value(data[0]), decode_origin(data[1]))


class StoredOrigins(Mapping[str, Origin]):
    """Origins that are decoded when somebody asks; most screens never do."""

    __slots__ = ("_decoded", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._decoded: dict[str, Origin] | None = None

    @property
    def _origins(self) -> dict[str, Origin]:
        if self._decoded is None:
            data = json.loads(self.text)
            decoded = {name: decode_origin(item) for name, item in data.items()}
            self._decoded = {name: origin for name, origin in decoded.items() if origin}
        return self._decoded

    @override
    def __getitem__(self, name: str) -> Origin:
        return self._origins[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._origins)

    @override
    def __len__(self) -> int:
        return len(self._origins)
