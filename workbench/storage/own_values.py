# SPDX-License-Identifier: MIT
"""The values of a team's own fields: one column of JSON text that tells each value's type."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from workbench.domain.fields import is_own
from workbench.domain.records.value_codec import decode_value, encode_value
from workbench.domain.values import Value
from workbench.storage.encoding import dump

OWN = "own"
"""The column of every ledger table that holds them; a new field needs no migration."""


def encode_own(values: Mapping[str, Value | None] | None) -> str | None:
    """Return the text of the column; unknown values are left out."""
    known = {name: encode_value(of) for name, of in (values or {}).items() if of is not None}
    return dump(known) if known else None


def decode_own(text: str) -> dict[str, Value]:
    """Return the values of a text of the column."""
    read = ((name, decode_value(of)) for name, of in json.loads(text).items())
    return {name: of for name, of in read if of is not None}


def with_own(columns: Mapping[str, list[Any]], count: int) -> dict[str, list[Any]]:
    """Return the columns to insert: those of own fields become one that holds them all."""
    own = {name: values for name, values in columns.items() if is_own(name)}
    if not own:
        return dict(columns)
    kept = {name: values for name, values in columns.items() if name not in own}
    rows = [{name: values[at] for name, values in own.items()} for at in range(count)]
    return {**kept, OWN: rows}


def table_columns(names: Iterable[str]) -> list[str]:
    """Return the columns in which fields are kept, each once."""
    return list(dict.fromkeys(OWN if is_own(name) else name for name in names))


def kept_value(row: Mapping[str, Any], name: str) -> Any:
    """Return what a row holds of a field, own or not; None is unknown."""
    if not is_own(name):
        return row[name]
    return (row[OWN] or {}).get(name)
