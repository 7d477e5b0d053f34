# SPDX-License-Identifier: MIT
"""Decides what becomes of each row: new, changed, same, to be reviewed, or rejected."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from workbench.application.import_preview import (
    Difference,
    OnExisting,
    Outcome,
    TablePreview,
)  # fmt: skip
from workbench.application.import_references import References
from workbench.domain.fields import Entity
from workbench.domain.ledger import Record
from workbench.domain.parsing.parsed import warning
from workbench.domain.parsing.text import plain
from workbench.domain.tables.rows import Reason
from workbench.domain.values import Value

_Known = tuple[object, ...]
_Identities = list[tuple[tuple[str, ...], _Known]]


class _Row:
    """A row's known values as stored, made into a mapping only when somebody asks."""

    __slots__ = ("_cells", "_names", "_values")

    def __init__(self, names: Sequence[str], cells: Sequence[Value | None]) -> None:
        self._names = names
        self._cells = cells
        self._values: dict[str, Value] | None = None

    @property
    def values(self) -> dict[str, Value]:
        """Return the known values by field; references as keys."""
        if self._values is None:
            pairs = zip(self._names, self._cells, strict=True)
            self._values = {name: value for name, value in pairs if value is not None}
        return self._values


class Matcher:
    """Matches the rows of one entity with its records and with rows before them."""

    def __init__(
        self, spec: Entity, existing: Sequence[Record], references: References, mode: OnExisting
    ) -> None:
        self._spec = spec
        self._references = references
        self._named = references.knows(spec.key)
        self._mode = mode
        self._by_key: dict[str, Mapping[str, Value]] = {}
        self._pending: dict[str, _Row] = {}
        self._index: dict[_Known, str] = {}
        self._unscoped: dict[_Known, set[str]] = {}
        self._rows: dict[tuple[str, ...], set[_Known]] = {}
        self._nameless: dict[frozenset[tuple[str, Value]], str] = {}
        for record in existing:
            self._by_key[record.key] = record.values
            identities = _identities(spec, record.values.get)
            self._remember(record.key, identities)
            if not identities:
                self._nameless.setdefault(frozenset(record.values.items()), record.key)

    def take(self, preview: TablePreview) -> None:
        """Decide on every row of a table, top to bottom."""
        names = list(preview.columns)
        columns = [
            data.values if data.targets is None else data.targets
            for data in preview.columns.values()
        ]
        required = [names.index(name) for name in self._spec.required_any if name in names]
        spare = _unmapped_positions(preview)
        seen = self._rows.setdefault(tuple(names), set())
        where = {name: position for position, name in enumerate(names)}
        rows = preview.table.rows
        for index, cells in enumerate(zip(*columns, strict=True)):
            if all(cells[position] is None for position in required):
                preview.reject(index, Reason.BLANK_KEY, _first_text(preview, index))
                continue
            whole = cells
            if spare:
                row = rows[index][1]
                whole = (*cells, *[str(row[position]) for position in spare])
            if whole in seen:
                preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))
                continue
            seen.add(whole)

            def value_of(name: str, cells: Sequence[Value | None] = cells) -> Value | None:
                position = where.get(name)
                return None if position is None else cells[position]

            identities = _identities(self._spec, value_of)
            self._decide(preview, index, _Row(names, cells), identities, value_of)

    def _decide(
        self,
        preview: TablePreview,
        index: int,
        row: _Row,
        identities: _Identities,
        value_of: Callable[[str], Value | None],
    ) -> None:
        key, by = self._find(row, identities)
        if key is None:
            key = str(uuid.uuid4())
            preview.matched[index] = key
            self._pending[key] = row
            self._remember(key, identities)
            if self._named:
                self._references.add(self._spec.key, key, value_of)
            return
        preview.matched[index] = key
        earlier = self._pending.get(key)
        if earlier is not None:
            self._decide_repeat(preview, index, by, earlier, row.values)
            return
        differences = _differences(self._by_key[key], row.values)
        preview.differences[index] = differences
        if not differences or self._mode is OnExisting.SKIP:
            preview.outcomes[index] = Outcome.SAME
        elif self._mode is OnExisting.UPDATE:
            preview.outcomes[index] = Outcome.CHANGED
        else:
            preview.outcomes[index] = Outcome.REVIEW

    def _decide_repeat(
        self,
        preview: TablePreview,
        index: int,
        by: str,
        earlier: _Row,
        values: dict[str, Value],
    ) -> None:
        """Judge a second row about a record that this import already brings."""
        differences = _differences(earlier.values, values)
        conflicts = [d for d in differences if d.old is not None]
        preview.differences[index] = differences
        if conflicts:
            preview.outcomes[index] = Outcome.REVIEW
            fields = "、".join(self._spec[d.field].zh for d in conflicts[:6])
            problem = warning("duplicate_key_conflict", text=str(values.get(by, "")), fields=fields)
            preview.row_problems.setdefault(index, []).append((by, problem))
        elif differences:
            preview.outcomes[index] = Outcome.CHANGED
            earlier.values.update({d.field: d.new for d in differences})
        else:
            preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))

    def _find(self, row: _Row, identities: _Identities) -> tuple[str | None, str]:
        """Return the record that a row speaks of, and the field that tells.

        A row without any natural key is the record that says all the same.
        """
        if not identities:
            return self._nameless.get(frozenset(row.values.items())), ""
        for alternative, known in identities:
            key = self._index.get(known)
            if key is None and known[1] is None:
                keys = self._unscoped.get((known[0], *known[2:]), ())
                key = next(iter(keys)) if len(keys) == 1 else None
            if key is not None and not self._contradicts(key, row.values, alternative):
                return key, alternative[-1]
        return None, ""

    def _contradicts(self, key: str, values: Mapping[str, Value], by: tuple[str, ...]) -> bool:
        """Tell whether a stronger key says that the match by a weaker one is wrong."""
        pending = self._pending.get(key)
        other = pending.values if pending else self._by_key.get(key, {})
        for alternative in self._spec.identity:
            if alternative == by:
                return False
            for name in alternative:
                ours, theirs = values.get(name), other.get(name)
                if ours is not None and theirs is not None and ours != theirs:
                    return True
        return False

    def _remember(self, key: str, identities: _Identities) -> None:
        for _, known in identities:
            self._index.setdefault(known, key)
            self._unscoped.setdefault((known[0], *known[2:]), set()).add(key)


def _identities(spec: Entity, value_of: Callable[[str], Value | None]) -> _Identities:
    """Return the natural keys that a row has, strongest first, within its park."""
    park = value_of("park")
    found: _Identities = []
    for number, alternative in enumerate(spec.identity):
        parts = [value_of(name) for name in alternative]
        if None not in parts:
            words = [plain(part) if type(part) is str else part for part in parts]
            found.append((alternative, (number, None if "park" in alternative else park, *words)))
    return found


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
