# SPDX-License-Identifier: MIT
"""Stores a preview: one transaction, one operation, the original file kept, every cell traced."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from workbench.application.history import History
from workbench.application.imports.attached import point_at_hosts
from workbench.application.imports.layouts import remember
from workbench.application.imports.places import Places
from workbench.application.imports.preview import (
    ColumnData,
    FilePreview,
    NewReference,
    Outcome,
    Preview,
    TablePreview,
)  # fmt: skip
from workbench.application.moving import told_only
from workbench.application.ports import Progress
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.application.versions.final_guard import refuse_closed, refuse_closed_rows
from workbench.domain.fields import Catalogue
from workbench.domain.findings import RefusedError
from workbench.domain.parsing.text import shown
from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    NewColumn,
    NewRecords,
    RecordChange,
    creation,
)  # fmt: skip
from workbench.domain.records.ledger import Record
from workbench.domain.records.own_fields import ENTITY as OWN_FIELD
from workbench.domain.values import Origin, SourceRef, ValueState

LABEL = "importing.label"
BLOCK = 1000
"""New records written at a time: memory stays flat and cancelling is quick."""
_MOST_KNOWN = 100_000
RowId = tuple[int, int]
"""A table's place in the preview, and a row's place in the table; both from 0."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided about rows under review, and fields to leave as they are.

    ``rows`` says per row: update the record, add a new one, or skip; rows not named are skipped.
    ``keep`` names single fields of a row that keep their old value.
    """

    rows: Mapping[RowId, str] = field(default_factory=dict)
    keep: Mapping[RowId, frozenset[str]] = field(default_factory=dict)

    UPDATE = "update"
    NEW = "new"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What was stored: records created and updated per entity, and the batch to undo it by."""

    batch: str
    created: Mapping[str, int]
    updated: Mapping[str, int]

    @property
    def stored(self) -> int:
        """Return how many records were created or updated."""
        return sum(self.created.values()) + sum(self.updated.values())


def store(
    preview: Preview,
    decisions: Decisions,
    unit_of_work: NewUnitOfWork,
    history: History,
    progress: Progress,
    catalogue: Catalogue,
) -> BatchResult:
    """Write a preview; nothing at all is written if anything fails or the person cancels."""
    with unit_of_work(writing=True) as work:
        builder = _Builder(preview, decisions, work, progress, catalogue)
        own = (creation(OWN_FIELD, str(uuid.uuid4()), o.values()) for o in preview.own_fields)
        changes = (*own, *builder.changes())
        count = len(changes) + builder.adding
        if not count:
            return BatchResult(preview.batch, {}, {})
        names = "、".join(file.name for file in preview.files)
        params = {"files": names, "count": str(count)}
        change_set = ChangeSet(LABEL, changes, params, "", preview.batch)
        added: list[RecordChange] = []
        refuse_closed(work, change_set)

        def tick(done: int) -> None:
            progress.step(builder.adding + done, count)

        builder.total = count
        work.apply(change_set, added=_open(work, builder.additions(added)), tick=tick)
        remember(preview, work)
        work.commit(told_only(progress, count))
    history.tell(replace(change_set, records=(*added, *changes), whole=False))
    created: dict[str, int] = {}
    updated: dict[str, int] = {}
    for change in (*added, *changes):
        counter = created if change.kind is ChangeKind.CREATED else updated
        counter[change.entity] = counter.get(change.entity, 0) + 1
    return BatchResult(preview.batch, created, updated)


def _open(work: UnitOfWork, blocks: Iterable[NewRecords]) -> Iterator[NewRecords]:
    """Yield blocks of new records; RefusedError at one that belongs to a final assessment."""
    for block in blocks:
        refuse_closed_rows(work, block)
        yield block


class _Builder:
    """Turns rows into blocks of new records and into changes, parents before children."""

    def __init__(
        self, preview: Preview, decisions: Decisions, work: UnitOfWork, progress: Progress,
        catalogue: Catalogue,
    ) -> None:  # fmt: skip
        self._preview = preview
        self._decisions = decisions
        self._work = work
        self._progress = progress
        self._order = [entity.key for entity in catalogue]
        self._sources: dict[str, str] = {}
        self._numbers = {id(table): number for number, table in enumerate(preview.everything())}
        self._todo: list[tuple[TablePreview, dict[int, str]]] = []
        self._numbers_shown: dict[float, str] = {}
        self._places: dict[int, Places] = {}
        self.adding = self.total = 0

    def changes(self) -> Iterator[RecordChange]:
        """Yield the references that rows need and the updates, entity by entity."""
        tables = list(self._preview.everything())
        every = [(table, self._actions(table)) for table in tables]
        by_table = {id(table): actions for table, actions in every}
        every = [
            (table, _with_hosts(table, actions, by_table[id(table.host.table)]))
            if table.host is not None
            else (table, actions)
            for table, actions in every
        ]
        if not any(actions for _, actions in every):
            return
        for file in self._preview.files:
            self._keep(file)
        every.sort(key=lambda pair: self._order.index(pair[0].entity))
        self._todo = every
        new = Decisions.NEW
        self.adding = sum(action == new for _, of in every for action in of.values())
        needed = self._needed_references()
        for entity in self._order:
            for reference in self._preview.references:
                if reference.entity == entity and reference.key in needed:
                    yield self._reference(reference)
        for table, actions in self._todo:
            yield from self._updates(table, actions)

    def additions(self, added: list[RecordChange]) -> Iterator[NewRecords]:
        """Yield the new records in blocks, and note each in the list."""
        for table, actions in self._todo:
            new = [index for index, action in actions.items() if action == Decisions.NEW]
            for start in range(0, len(new), BLOCK):
                self._progress.step(len(added), self.total)
                block = self._block(table, new[start : start + BLOCK])
                added += block.named()
                yield block

    def _keep(self, file: FilePreview) -> None:
        self._sources[file.name] = self._work.files.add_source(
            file.name, file.content, self._preview.batch
        )

    def _actions(self, table: TablePreview) -> dict[int, str]:
        """Return what to do with each row: new, update; rows that change nothing are left out."""
        actions: dict[int, str] = {}
        for index in table.kept():
            outcome = table.outcomes[index]
            if outcome is Outcome.NEW:
                actions[index] = Decisions.NEW
            elif outcome is Outcome.CHANGED:
                actions[index] = Decisions.UPDATE
            row = self._row_id(table, index)
            if (chosen := self._decisions.rows.get(row)) is not None:
                adds = chosen == Decisions.UPDATE and index in table.doubted
                actions[index] = Decisions.NEW if adds else chosen  # taken, and nothing to change
                if chosen != Decisions.SKIP and (why := table.barred.get(index)):
                    raise RefusedError(f"importing.{why.code}", **why.params)
        return {index: action for index, action in actions.items() if action != Decisions.SKIP}

    def _row_id(self, table: TablePreview, index: int) -> RowId:
        return self._numbers[id(table)], index

    def _needed_references(self) -> set[str]:
        """Return the planned records that rows to be stored point at, and those they point at."""
        needed: set[str] = set()
        for table, actions in self._todo:
            for data in table.columns.values():
                if (targets := data.targets) is not None:
                    needed |= {key for index in actions if (key := targets[index])}
        for reference in self._preview.references:
            if reference.key in needed:
                needed |= {str(value) for value in reference.values.values()}
        return needed

    def _reference(self, reference: NewReference) -> RecordChange:
        place = self._place_of(reference)
        source = SourceRef(self._sources[reference.file], reference.sheet, *place)
        origin = Origin(reference.raw, None, ValueState.KNOWN, "", source)
        fields = tuple(
            FieldChange(name, EMPTY_CELL, CellState(value, origin))
            for name, value in reference.values.items()
        )
        return RecordChange(reference.entity, reference.key, ChangeKind.CREATED, fields)

    def _block(self, table: TablePreview, rows: Sequence[int]) -> NewRecords:
        """Return new records column by column; what a row says of itself stays beside it."""
        point_at_hosts(table)
        for index in rows:
            if table.outcomes[index] is not Outcome.NEW:
                # A row stored beside the record it resembles gets a key of its own.
                table.matched[index] = str(uuid.uuid4())
        for index, first in table.continues.items():
            if first in table.matched:
                table.matched[index] = table.matched[first]
        read = table.table.rows
        cells = [*zip(*(read[index][1] for index in rows), strict=True)]
        return NewRecords(
            table.entity,
            [table.matched[index] for index in rows],
            self._sources[table.file],
            table.table.sheet.name,
            [table.row_number(index) for index in rows],
            tuple(self._column(table, data, rows, cells) for data in table.columns.values()),
        )

    def _column(
        self, table: TablePreview, data: ColumnData, rows: Sequence[int],
        cells: Sequence[Sequence[object]],
    ) -> NewColumn:  # fmt: skip
        stored = data.values if data.targets is None else data.targets
        values = [stored[index] for index in rows]
        column = data.column
        if column is None:
            raws: Sequence[str] = [""] * len(rows)
            letter = ""
        else:
            raws, letter = self._shown(cells[column.position]), column.letter
        moved = table.table.places is not None
        origins = {
            number: self._origin(table, data, index)
            for number, index in enumerate(rows if moved or data.origins else ())
            if index in data.origins or (moved and values[number] is not None)
        }
        return NewColumn(data.field.key, values, raws, data.ordinary_unit, letter, origins)

    def _shown(self, cells: Sequence[object]) -> Sequence[str]:
        """Return what cells show; numbers that come again are written once."""
        if _all_texts(cells):
            return cells
        known = self._numbers_shown
        if len(known) > _MOST_KNOWN:
            known.clear()
        return [
            cell
            if type(cell) is str
            else (known.get(cell) or known.setdefault(cell, shown(cell)))
            if type(cell) is float
            else shown(cell)
            for cell in cells
        ]

    def _origin(self, table: TablePreview, data: ColumnData, index: int) -> Origin:
        """Return what stands beside a cell, with its place in the file."""
        column, special = data.column, data.origins.get(index)
        if column is not None:
            place = table.table.place(index, column)
        else:
            raw = special.raw if special is not None else None
            place = self._beside(table).of(raw or "", table.row_number(index))
        source = SourceRef(self._sources[table.file], table.table.sheet.name, *place)
        if special is not None:
            return special.at(source)
        raw = "" if column is None else shown(table.table.rows[index][1][column.position])
        return Origin(raw, data.ordinary_unit, ValueState.KNOWN, "", source)

    def _beside(self, table: TablePreview) -> Places:
        """Return what finds the cells beside a table's rows."""
        if (found := self._places.get(id(table))) is None:
            found = self._places[id(table)] = Places(table.table)
        return found

    def _place_of(self, reference: NewReference) -> tuple[int, str]:
        """Return the cell that names a record to be made: in its column, or above its row."""
        place = (reference.row, reference.column)
        if reference.column:
            return place
        for table, _ in self._todo:
            if (table.file, table.table.sheet.name) == (reference.file, reference.sheet):
                beside = self._beside(table)
                if reference.row in beside:
                    return beside.of(reference.raw, reference.row)
        return place

    def _updates(self, table: TablePreview, actions: Mapping[int, str]) -> Iterator[RecordChange]:
        rows = [index for index, action in actions.items() if action == Decisions.UPDATE]
        held: Mapping[str, Record] = {}
        for done, index in enumerate(rows):
            if not done % BLOCK:
                self._progress.step(0, self.adding + len(rows))
                block = {table.matched[row] for row in rows[done : done + BLOCK]}
                held = self._work.records.some(table.entity, block)
            key = table.matched[index]
            old = held.get(key)
            kept = self._decisions.keep.get(self._row_id(table, index), frozenset())
            wanted = {d.field: d for d in table.differences.get(index, ())}
            fields = tuple(
                FieldChange(
                    name,
                    _old_cell(old, name, wanted[name].old),
                    CellState(data.stored(index), self._origin(table, data, index)),
                )
                for name, data in table.columns.items()
                if name in wanted and name not in kept
            )
            if fields:
                yield RecordChange(table.entity, key, ChangeKind.UPDATED, fields)


def _all_texts(cells: Sequence[object]) -> TypeGuard[Sequence[str]]:
    return set(map(type, cells)) <= {str}


def _with_hosts(
    table: TablePreview, actions: Mapping[int, str], hosts: Mapping[int, str]
) -> dict[int, str]:
    """Leave out attached records of rows that are not stored and have no record already."""
    host = table.host
    assert host is not None
    new = Decisions.NEW
    pending = {
        host.table.matched[index]
        for index in host.table.kept()
        if host.table.outcomes[index] is Outcome.NEW
    }
    made = {host.table.matched[index] for index, action in hosts.items() if action == new}
    gone = pending - made
    return {
        at: action
        for at, action in actions.items()
        if host.table.matched.get(host.rows[at]) not in gone
    }


def _old_cell(record: Record | None, name: str, value: object) -> CellState:
    """Return the cell that an update replaces; a record of this same import has no history yet."""
    if record is not None:
        return CellState(record.get(name), record.origins.get(name))
    return CellState(value) if value is not None else EMPTY_CELL  # type: ignore[arg-type]
