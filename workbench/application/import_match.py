# SPDX-License-Identifier: MIT
"""Decides what becomes of each row: new, changed, same, to be reviewed, or rejected."""

import uuid
from collections.abc import Iterator, Mapping, Sequence

from workbench.application.import_preview import (
    ColumnData,
    Difference,
    OnExisting,
    Outcome,
    TablePreview,
)  # fmt: skip
from workbench.application.import_references import References
from workbench.domain.fields import Entity
from workbench.domain.ledger import Record
from workbench.domain.parsed import warning
from workbench.domain.parsing_text import plain
from workbench.domain.table_rows import Reason
from workbench.domain.values import Value

_Known = tuple[object, ...]


class Matcher:
    """Matches the rows of one entity with its records and with rows before them."""

    def __init__(
        self, spec: Entity, existing: Sequence[Record], references: References, mode: OnExisting
    ) -> None:
        self._spec = spec
        self._references = references
        self._mode = mode
        self._by_key: dict[str, Mapping[str, Value]] = {}
        self._pending: dict[str, dict[str, Value]] = {}
        self._index: dict[_Known, str] = {}
        self._unscoped: dict[_Known, set[str]] = {}
        self._rows: set[_Known] = set()
        for record in existing:
            self._by_key[record.key] = record.values
            self._remember(record.key, record.values)

    def take(self, preview: TablePreview) -> None:
        """Decide on every row of a table, top to bottom."""
        columns = list(preview.columns.values())
        required = [
            preview.columns[name] for name in self._spec.required_any if name in preview.columns
        ]
        spare = _unmapped_positions(preview)
        for index in range(len(preview.table.rows)):
            if all(data.values[index] is None for data in required):
                preview.reject(index, Reason.BLANK_KEY, _first_text(preview, index))
                continue
            values = _stored(columns, index)
            row = preview.table.rows[index][1]
            whole = (*values.items(), *(str(row[position]) for position in spare))
            if whole in self._rows:
                preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))
                continue
            self._rows.add(whole)
            self._decide(preview, index, values)

    def _decide(self, preview: TablePreview, index: int, values: dict[str, Value]) -> None:
        key, by = self._find(values)
        if key is None:
            key = str(uuid.uuid4())
            preview.matched[index] = key
            self._pending[key] = values
            self._remember(key, values)
            self._references.add(self._spec.key, key, values)
            return
        preview.matched[index] = key
        earlier = self._pending.get(key)
        if earlier is not None:
            self._decide_repeat(preview, index, key, by, earlier, values)
            return
        differences = _differences(self._by_key[key], values)
        preview.differences[index] = differences
        if not differences or self._mode is OnExisting.SKIP:
            preview.outcomes[index] = Outcome.SAME
        elif self._mode is OnExisting.UPDATE:
            preview.outcomes[index] = Outcome.CHANGED
        else:
            preview.outcomes[index] = Outcome.REVIEW

    def _decide_repeat(
        self, preview: TablePreview, index: int, key: str, by: str,
        earlier: dict[str, Value], values: dict[str, Value],
    ) -> None:  # fmt: skip
        """Judge a second row about a record that this import already brings."""
        differences = _differences(earlier, values)
        conflicts = [d for d in differences if d.old is not None]
        preview.differences[index] = differences
        if conflicts:
            preview.outcomes[index] = Outcome.REVIEW
            fields = "、".join(self._spec[d.field].zh for d in conflicts[:6])
            problem = warning("duplicate_key_conflict", text=str(values.get(by, "")), fields=fields)
            preview.row_problems.setdefault(index, []).append((by, problem))
        elif differences:
            preview.outcomes[index] = Outcome.CHANGED
            earlier.update({d.field: d.new for d in differences})
        else:
            preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))

    def _find(self, values: Mapping[str, Value]) -> tuple[str | None, str]:
        """Return the record that a row speaks of, and the field that tells."""
        for alternative, known in self._identities(values):
            key = self._index.get(known)
            if key is None and known[1] is None:
                keys = self._unscoped.get((known[0], *known[2:]), ())
                key = next(iter(keys)) if len(keys) == 1 else None
            if key is not None and not self._contradicts(key, values, alternative):
                return key, alternative[-1]
        return None, ""

    def _contradicts(self, key: str, values: Mapping[str, Value], by: tuple[str, ...]) -> bool:
        """Tell whether a stronger key says that the match by a weaker one is wrong."""
        other = self._pending.get(key) or self._by_key.get(key, {})
        for alternative in self._spec.identity:
            if alternative == by:
                return False
            for name in alternative:
                ours, theirs = values.get(name), other.get(name)
                if ours is not None and theirs is not None and ours != theirs:
                    return True
        return False

    def _identities(self, values: Mapping[str, Value]) -> Iterator[tuple[tuple[str, ...], _Known]]:
        """Yield the natural keys that a row has, strongest first, within its park."""
        park = values.get("park")
        for number, alternative in enumerate(self._spec.identity):
            parts = [values.get(name) for name in alternative]
            if all(part is not None for part in parts):
                words = tuple(plain(part) if isinstance(part, str) else part for part in parts)
                yield alternative, (number, None if "park" in alternative else park, *words)

    def _remember(self, key: str, values: Mapping[str, Value]) -> None:
        for _, known in self._identities(values):
            self._index.setdefault(known, key)
            self._unscoped.setdefault((known[0], *known[2:]), set()).add(key)


def _stored(columns: Sequence[ColumnData], index: int) -> dict[str, Value]:
    """Return a row's known values as stored: references as keys."""
    return {data.field.key: value for data in columns if (value := data.stored(index)) is not None}


def _differences(old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[Difference, ...]:
    """Return where a row states something else; a blank cell says nothing."""
    return tuple(
        Difference(name, old.get(name), value)
        for name, value in new.items()
        if old.get(name) != value
    )


def _unmapped_positions(preview: TablePreview) -> list[int]:
    """Return the columns without a field that still tell two rows apart (not 序号)."""
    return [
        column.position
        for column in preview.table.columns
        if column.match is None and not column.numbers_rows
    ]


def _first_text(preview: TablePreview, index: int) -> str:
    row = preview.table.rows[index][1]
    texts = (cell.strip() for cell in row if isinstance(cell, str))
    return next((text for text in texts if text), str(next((c for c in row if c != ""), "")))
