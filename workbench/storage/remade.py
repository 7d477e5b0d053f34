# SPDX-License-Identifier: MIT
"""Records that are made again just as their deletion left them, without making each cell.

Doing an import of 100,000 rows again brings three million cells back from the log, where each
deletion says them as text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeKind, FieldChange, KeptFields, RecordChange
from workbench.domain.records.value_codec import decode_value
from workbench.domain.values import Value
from workbench.storage.encoding import decode_changes, logged_origins


class RemadeFields(KeptFields):
    """The fields of a creation that undoes a deletion or, when ``gone``, of that deletion."""

    __slots__ = ("_gone", "_text")

    def __init__(self, text: str, *, gone: bool = False) -> None:
        super().__init__()
        self._text = text
        self._gone = gone

    @override
    def inverted(self) -> "RemadeFields":
        return RemadeFields(self._text, gone=not self._gone)

    def row(self) -> tuple[dict[str, Value | None], str | None]:
        """Return the values by field, and the text of the origins column, its names sorted."""
        values: dict[str, Value | None] = {}
        origins: dict[str, Any] = {}
        for name, held, _ in json.loads(self._text):
            if held is None:
                continue
            value, origin = held
            values[name] = value if type(value) is str else decode_value(value)
            if origin is not None:
                origins[name] = origin
        return values, logged_origins(dict(sorted(origins.items())))

    @override
    def worked_out(self) -> tuple[FieldChange, ...]:
        deleted = decode_changes(self._text)
        return deleted if self._gone else tuple(item.inverted() for item in deleted)


def remade(
    changes: Sequence[RecordChange], held: Mapping[tuple[str, str], object], later: Iterable[Any]
) -> list[RecordChange] | None:
    """Give one operation's creations the fields that their only later change, a deletion, took.

    ``later`` are rows of the log; None where anything else happened to one of the records.
    """
    texts: dict[tuple[str, str], str] = {}
    for row in later:
        place = row.entity, row.key
        if row.kind != ChangeKind.DELETED.value or place in texts or place in held:
            return None
        texts[place] = row.fields
    whole = []
    for change in changes:
        text = texts.get((change.entity, change.key))
        if change.kind is not ChangeKind.CREATED or text is None:
            return None
        named = change.entity, change.key, change.kind
        whole.append(RecordChange(*named, RemadeFields(text), change.position))
    return whole
