# SPDX-License-Identifier: MIT
"""Writes content as TOML, each table's keys on lines of their own, what is empty left out."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from workbench.domain.bilingual import NO_TEXT, Bilingual

Plain = (
    str | bool | int | Decimal | date | Bilingual | Iterable["Plain"] | Mapping[str, "Plain"] | None
)


def _is_empty(value: Plain) -> bool:
    return value is None or value == NO_TEXT or value in ("", (), [])


def lines(table: Mapping[str, Plain]) -> list[str]:
    """Return one line per key; what is empty is left out."""
    return [f"{key} = {_toml(value)}" for key, value in table.items() if not _is_empty(value)]


def _toml(value: Plain) -> str:
    """Return a value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Bilingual():
            return f"{{ zh = {_toml(value.zh)}, en = {_toml(value.en)} }}"
        case Mapping():
            return f"{{ {', '.join(lines(value))} }}"
        case None:
            raise ValueError("an absent value has no TOML form")
        case _:
            items = [_toml(item) for item in value]
            many = any(isinstance(item, Mapping | Bilingual) for item in value)
            return "[\n  " + ",\n  ".join(items) + ",\n]" if many else f"[{', '.join(items)}]"
