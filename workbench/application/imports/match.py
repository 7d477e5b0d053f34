# SPDX-License-Identifier: MIT
"""Decides what becomes of each row: new, changed, same, to be reviewed, or rejected."""

from collections.abc import Mapping, Sequence

from workbench.application.imports.choices import ImportOptions, OnExisting
from workbench.application.imports.preview import (
    ColumnData,
    Difference,
    Outcome,
    TablePreview,
)
from workbench.application.imports.references import References
from workbench.application.imports.row_keys import (
    Identities,
    Known,
    Names,
    RowKeys,
    SeenRows,
    identities_of,
)
from workbench.application.new_keys import new_keys
from workbench.domain.fields import Entity
from workbench.domain.parsing.parsed import warning
from workbench.domain.records.ledger import Record
from workbench.domain.tables.rows import Reason
from workbench.domain.tables.watching import ROWS_PER_TICK, Tick, unwatched, watched
from workbench.domain.values import Value

_WHY_NAMELESS = {"lease": "nobody_rents"}
"""Kinds whose rows may well name nobody: a list of leases names the empty rooms too."""


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
        self, spec: Entity, existing: Sequence[Record], references: References,
        options: ImportOptions, tick: Tick = unwatched,
    ) -> None:  # fmt: skip
        self._spec = spec
        self._references = references
        self._named = references.knows(spec.key)
        self._options = options
        self._new_keys = new_keys()
        self._by_key: dict[str, Mapping[str, Value]] = {}
        self._pending: dict[str, _Row] = {}
        self._met: dict[str, _Row] = {}
        """Stored records that a row of this import spoke of, and that row."""
        self._index: dict[Known, str] = {}
        self._unscoped: dict[Known, str | None] = {}
        """Natural keys without their park → the one record that has them, None for several."""
        self._rows: dict[tuple[str, ...], SeenRows] = {}
        self._nameless: dict[frozenset[tuple[str, Value]], str] = {}
        for record in watched(existing, tick):
            self._by_key[record.key] = record.values
            identities = identities_of(spec, record.values.get)
            self._remember(record.key, identities)
            if not identities:
                self._nameless.setdefault(frozenset(record.values.items()), record.key)

    def take(self, preview: TablePreview, tick: Tick = unwatched) -> None:
        """Decide on every row of a table, top to bottom; ``tick`` hears how many are decided."""
        tick(0)
        names = list(preview.columns)
        columns = [
            data.values if data.targets is None else data.targets
            for data in preview.columns.values()
        ]
        required = [names.index(name) for name in self._spec.required_any if name in names]
        spare = _unmapped_positions(preview)
        seen = self._rows.setdefault(tuple(names), SeenRows())
        rows = preview.table.rows
        told = dict(zip(names, columns, strict=True))
        if self._spec.blanks_tell:
            # A name that nothing has is no blank: it must not lead to the record without one.
            told |= {name: _said(preview.columns[name]) for name in names}
        keys = RowKeys(self._spec, told, len(rows))
        named = keys.names(self._references.words_of) if self._named else None
        left_out = preview.host is not None
        for index, cells in enumerate(zip(*columns, strict=True)):
            if not index % ROWS_PER_TICK:
                tick(index)
            if left_out and preview.outcomes[index] is Outcome.REJECTED:
                continue
            if self._carries_on(preview, index):
                continue
            nameless = all(cells[position] is None for position in required)
            if nameless and not _unread(preview, index, cells, [names[at] for at in required]):
                why = _WHY_NAMELESS.get(self._spec.key, "")
                preview.reject(index, Reason.BLANK_KEY, _first_text(preview, index), why)
                continue
            whole = cells
            if spare:
                row = rows[index][1]
                whole = (*cells, *[str(row[position]) for position in spare])
            identities = keys.of(index)
            if seen.has(identities[0][1] if identities else None, whole):
                preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))
                continue
            self._decide(preview, index, _Row(names, cells), identities, named)

    @staticmethod
    def _carries_on(preview: TablePreview, index: int) -> bool:
        """Take a row that goes on about the record of a row above as saying nothing new of it."""
        first = preview.continues.get(index)
        if first is None or preview.outcomes[first] is Outcome.REJECTED:
            return False
        preview.matched[index] = preview.matched[first]
        preview.outcomes[index] = Outcome.SAME
        return True

    def _decide(
        self,
        preview: TablePreview,
        index: int,
        row: _Row,
        identities: Identities,
        named: "Names | None",
    ) -> None:
        key, by = self._find(row, identities)
        if key is None:
            key = next(self._new_keys)
            preview.matched[index] = key
            self._pending[key] = row
            self._remember(key, identities)
            if named is not None:
                self._references.remember(self._spec.key, key, *named.of(index))
            return
        preview.matched[index] = key
        earlier = self._pending.get(key)
        if earlier is not None:
            self._decide_repeat(preview, index, by, earlier, row.values)
            return
        met = self._met.setdefault(key, row)
        if met is not row and self._states_again(preview, index, key, by, met, row):
            return
        options = self._options
        found = _differences(self._by_key[key], row.values)
        differences = tuple(d for d in found if d.field not in options.keep)
        accepted = tuple(d for d in differences if d.field in options.accept)
        mode = options.on_existing
        if accepted and mode is OnExisting.REVIEW:
            differences = accepted
        preview.differences[index] = differences
        if not differences or mode is OnExisting.SKIP:
            preview.outcomes[index] = Outcome.SAME
        elif accepted or mode is OnExisting.UPDATE:
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
            self._ask_which(preview, index, by, values, conflicts)
        elif differences:
            preview.outcomes[index] = Outcome.CHANGED
            earlier.values.update({d.field: d.new for d in differences})
        else:
            preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))

    def _states_again(
        self, preview: TablePreview, index: int, key: str, by: str, met: _Row, row: _Row
    ) -> bool:
        """Judge a second row about a stored record as one about a new record is judged.

        True when that settles it: the row says nothing else, or contradicts the first.
        """
        differences = _differences(met.values, row.values)
        if not differences:
            preview.reject(index, Reason.DUPLICATE, _first_text(preview, index))
        elif conflicts := [d for d in differences if d.old is not None]:
            preview.differences[index] = _differences(self._by_key[key], row.values)
            self._ask_which(preview, index, by, row.values, conflicts)
        else:
            return False
        return True

    @staticmethod
    def _ask_which(
        preview: TablePreview, index: int, by: str, values: Mapping[str, Value],
        conflicts: Sequence[Difference],
    ) -> None:  # fmt: skip
        """Leave it to a person which of two rows about one record holds."""
        preview.outcomes[index] = Outcome.REVIEW
        fields = " ".join(d.field for d in conflicts[:6])
        problem = warning("duplicate_key_conflict", text=str(values.get(by, "")), fields=fields)
        preview.row_problems.setdefault(index, []).append((by, problem))

    def _find(self, row: _Row, identities: Identities) -> tuple[str | None, str]:
        """Return the record that a row speaks of, and the field that tells.

        A row without any natural key is the record that says all the same.
        """
        if not identities:
            return self._nameless.get(frozenset(row.values.items())), ""
        for alternative, known in identities:
            key = self._index.get(known)
            if key is None and known[1] is None:
                key = self._unscoped.get((known[0], *known[2:]))
            if key is not None and not self._contradicts(key, row.values, alternative):
                return key, alternative[-1]
        return None, ""

    def _contradicts(self, key: str, values: Mapping[str, Value], by: tuple[str, ...]) -> bool:
        """Tell whether a stronger key says that the match by a weaker one is wrong."""
        pending = self._pending.get(key)
        other = pending.values if pending else self._by_key.get(key, {})
        for alternative in self._spec.identity:
            if alternative == by:
                return self._of_another(values, other, by)
            for name in alternative:
                ours, theirs = values.get(name), other.get(name)
                if ours is not None and theirs is not None and ours != theirs:
                    return True
        return False

    def _of_another(
        self, values: Mapping[str, Value], other: Mapping[str, Value], by: tuple[str, ...]
    ) -> bool:
        """Tell whether two records hang on different things: one case seizes land and a house."""
        hosts = {key[0] for key in self._spec.identity if key[1:] == by}
        ours, theirs = hosts & values.keys(), hosts & other.keys()
        return bool(ours and theirs) and not ours & theirs

    def _remember(self, key: str, identities: Identities) -> None:
        for _, known in identities:
            self._index.setdefault(known, key)
            anywhere = (known[0], *known[2:])
            if self._unscoped.setdefault(anywhere, key) != key:
                self._unscoped[anywhere] = None


def _differences(old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[Difference, ...]:
    """Return where a row states something else; a blank cell says nothing."""
    return tuple(
        Difference(name, old.get(name), value)
        for name, value in new.items()
        if old.get(name) != value
    )


def _said(data: ColumnData) -> list[Value | None]:
    """Return what rows state: the record that is meant, else the words in the cell."""
    if data.targets is None:
        return data.values
    pairs = zip(data.targets, data.values, strict=True)
    return [value if target is None else target for target, value in pairs]


def _unmapped_positions(preview: TablePreview) -> list[int]:
    """Return the columns without a field that still tell two rows apart (not 序号)."""
    return [
        column.position
        for column in preview.table.columns
        if column.match is None and not column.numbers_rows
    ]


def _unread(
    preview: TablePreview, index: int, cells: Sequence[Value | None], required: Sequence[str]
) -> bool:
    """Tell whether a row says something, and what it is called by is there but cannot be read.

    A seizure of an unknown kind is a record with a gap, not a row without a name.
    """
    asked = any(preview.columns[name].problems.get(index) for name in required)
    return asked and any(value is not None for value in cells)


def _first_text(preview: TablePreview, index: int) -> str:
    row = preview.table.rows[index][1]
    texts = (cell.strip() for cell in row if isinstance(cell, str))
    return next((text for text in texts if text), str(next((c for c in row if c != ""), "")))
