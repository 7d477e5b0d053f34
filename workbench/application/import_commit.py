# SPDX-License-Identifier: MIT
"""Stores a preview: one transaction, one operation, the original file kept, every cell traced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbench.application.history import History
from workbench.application.import_preview import (
    FilePreview,
    NewReference,
    Outcome,
    Preview,
    TablePreview,
)  # fmt: skip
from workbench.application.ports import NewUnitOfWork, Progress, UnitOfWork
from workbench.domain.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    RecordChange,
)  # fmt: skip
from workbench.domain.fields import Catalogue
from workbench.domain.ledger import Record
from workbench.domain.parsing.text import shown
from workbench.domain.values import Origin, SourceRef, ValueState

LABEL = "importing.label"
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
    skipped: int = 0

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
        changes = tuple(builder.changes())
        if not changes:
            return BatchResult(preview.batch, {}, {}, builder.skipped)
        names = "、".join(file.name for file in preview.files)
        params = {"files": names, "count": str(len(changes))}
        change_set = ChangeSet(LABEL, changes, params, "", preview.batch)
        work.apply(change_set)
        work.commit()
    history.tell(change_set)
    created: dict[str, int] = {}
    updated: dict[str, int] = {}
    for change in changes:
        counter = created if change.kind is ChangeKind.CREATED else updated
        counter[change.entity] = counter.get(change.entity, 0) + 1
    return BatchResult(preview.batch, created, updated, builder.skipped)


class _Builder:
    """Turns rows into record changes, parents before children."""

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
        self._numbers = {id(table): number for number, table in enumerate(preview.tables())}
        self.skipped = 0

    def changes(self) -> Iterator[RecordChange]:
        """Yield every change, entity by entity."""
        tables = list(self._preview.tables())
        if not any(self._actions(table) for table in tables):
            return
        for file in self._preview.files:
            self._keep(file)
        needed = self._needed_references(tables)
        for entity in self._order:
            for reference in self._preview.references:
                if reference.entity == entity and reference.key in needed:
                    yield self._reference(reference)
            own = [table for table in tables if table.entity == entity]
            for table in own:
                yield from self._creations(table)
            for table in own:
                yield from self._updates(table)

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
                actions[index] = chosen
        return {index: action for index, action in actions.items() if action != Decisions.SKIP}

    def _row_id(self, table: TablePreview, index: int) -> RowId:
        return self._numbers[id(table)], index

    def _needed_references(self, tables: list[TablePreview]) -> set[str]:
        """Return the planned records that rows to be stored point at, and those they point at."""
        needed: set[str] = set()
        for table in tables:
            columns = [data for data in table.columns.values() if data.targets is not None]
            for index in self._actions(table):
                needed |= {key for data in columns if (key := (data.targets or [])[index])}
        for reference in self._preview.references:
            if reference.key in needed:
                needed |= {str(value) for value in reference.values.values()}
        return needed

    def _reference(self, reference: NewReference) -> RecordChange:
        source = SourceRef(
            self._sources[reference.file], reference.sheet, reference.row, reference.column
        )
        origin = Origin(reference.raw, None, ValueState.KNOWN, "", source)
        fields = tuple(
            FieldChange(name, EMPTY_CELL, CellState(value, origin))
            for name, value in reference.values.items()
        )
        return RecordChange(reference.entity, reference.key, ChangeKind.CREATED, fields)

    def _creations(self, table: TablePreview) -> Iterator[RecordChange]:
        created = 0
        for index, action in self._actions(table).items():
            if action != Decisions.NEW:
                continue
            created += 1
            if created % 1000 == 0:
                self._progress.step(index, len(table.outcomes))
            key = table.matched[index]
            if table.outcomes[index] is not Outcome.NEW:
                key = self._fresh_key(table, index)
            cells = self._cells(table, index)
            fields = tuple(FieldChange(name, EMPTY_CELL, cell) for name, cell in cells)
            yield RecordChange(table.entity, key, ChangeKind.CREATED, fields)

    @staticmethod
    def _fresh_key(table: TablePreview, index: int) -> str:
        """Give a row that is stored beside the record it resembles a key of its own."""
        import uuid

        table.matched[index] = str(uuid.uuid4())
        return table.matched[index]

    def _cells(self, table: TablePreview, index: int) -> Iterator[tuple[str, CellState]]:
        """Yield a row's cells with their origins; a blank cell that says nothing is left out."""
        source = self._sources[table.file]
        sheet = table.table.sheet.name
        number, cells = table.table.rows[index]
        moved = table.table.places is not None
        for name, data in table.columns.items():
            value = data.values[index] if data.targets is None else data.targets[index]
            special = data.origins.get(index)
            if value is None and special is None:
                continue
            column = data.column
            if column is None:
                place = SourceRef(source, sheet, number)
            elif moved:
                place = SourceRef(source, sheet, *table.table.place(index, column))
            else:
                place = SourceRef(source, sheet, number, column.letter)
            if special is not None:
                origin = special.at(place)
            else:
                raw = "" if column is None else shown(cells[column.position])
                origin = Origin(raw, data.ordinary_unit, ValueState.KNOWN, "", place)
            yield name, CellState(value, origin)

    def _updates(self, table: TablePreview) -> Iterator[RecordChange]:
        for index, action in self._actions(table).items():
            if action != Decisions.UPDATE:
                self.skipped += action == Decisions.SKIP
                continue
            key = table.matched[index]
            old = self._work.records.get(table.entity, key)
            kept = self._decisions.keep.get(self._row_id(table, index), frozenset())
            wanted = {d.field: d for d in table.differences.get(index, ())}
            fields = tuple(
                FieldChange(name, _old_cell(old, name, wanted[name].old), cell)
                for name, cell in self._cells(table, index)
                if name in wanted and name not in kept
            )
            if fields:
                yield RecordChange(table.entity, key, ChangeKind.UPDATED, fields)


def _old_cell(record: Record | None, name: str, value: object) -> CellState:
    """Return the cell that an update replaces; a record of this same import has no history yet."""
    if record is not None:
        return CellState(record.get(name), record.origins.get(name))
    return CellState(value) if value is not None else EMPTY_CELL  # type: ignore[arg-type]
