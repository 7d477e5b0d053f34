# SPDX-License-Identifier: MIT
"""Editing the ledger: cells, blocks, records; each call is one undoable, logged operation."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.application.collection import let_go, paused_collection
from workbench.application.history import History
from workbench.application.ledger.deleting import deletions
from workbench.application.ports import CatalogueOf, Progress, Silent
from workbench.application.store_ports import NewUnitOfWork, RecordStore
from workbench.domain.catalogue import CATALOGUE, shipped
from workbench.domain.fields import Catalogue, Entity, Field, FieldType, is_own
from workbench.domain.findings import Finding, Level, RefusedError, UsageError
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext
from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    RecordChange,
)
from workbench.domain.records.ledger import Record
from workbench.domain.values import Origin, ValueState

NOT_APPLICABLE_WORDS = frozenset({"不适用", "n/a", "N/A"})


_KNOWN = ValueState.KNOWN
_TOLD_EVERY = 200
"""After so many cells that were read the work may be stopped."""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What a person typed into one cell, or pasted there under a heading with its own unit."""

    entity: str
    key: str
    field: str
    text: str
    context: ParseContext | None = None


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """A typed text that was not taken, and why; the sentence is text ``finding.code``."""

    edit: CellEdit
    finding: Finding


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What a block edit did: how many cells changed, what was refused, how texts were read."""

    changed: int = 0
    refused: tuple[RefusedEdit, ...] = ()
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What edits would change, what cannot be read, and how texts were read."""

    records: tuple[RecordChange, ...] = ()
    refused: tuple[RefusedEdit, ...] = ()
    notices: tuple[Finding, ...] = ()


class _Read:
    """The records that one call looks at, each read once."""

    def __init__(self, records: RecordStore, edits: Sequence[CellEdit] = ()) -> None:
        self._records = records
        self._all: dict[str, Sequence[Record]] = {}
        self._known: dict[tuple[str, str], Record | None] = {}
        wanted: dict[str, dict[str, None]] = {}
        for edit in edits:
            wanted.setdefault(edit.entity, {})[edit.key] = None
        for entity, keys in wanted.items():
            found = records.some(entity, keys)
            self._known |= {(entity, key): found.get(key) for key in keys}

    def get(self, entity: str, key: str) -> Record | None:
        """Return one record, or None."""
        if (entity, key) not in self._known:
            self._known[entity, key] = self._records.get(entity, key)
        return self._known[entity, key]

    def all(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity."""
        if entity not in self._all:
            self._all[entity] = self._records.all(entity)
        return self._all[entity]


@dataclass(slots=True)
class _Draft:
    changes: dict[tuple[str, str], dict[str, FieldChange]] = field(default_factory=dict)
    refused: list[RefusedEdit] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)


class Editing:
    """Edits records through the same reading rules as an import."""

    def __init__(
        self, unit_of_work: NewUnitOfWork, history: History, catalogue: CatalogueOf = shipped
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._catalogue = catalogue

    def edit(self, entity: str, key: str, field_key: str, text: str) -> EditOutcome:
        """Change one cell; RefusedError when the text cannot be read as that field."""
        outcome = self.edit_cells([CellEdit(entity, key, field_key, text)], "editing.edit_cell")
        if outcome.refused:
            finding = outcome.refused[0].finding
            raise RefusedError(finding.code, **finding.params)
        return outcome

    def edit_cells(
        self,
        edits: Sequence[CellEdit],
        label: str = "editing.edit_cells",
        reason: str = "",
        progress: Progress | None = None,
    ) -> EditOutcome:
        """Change many cells as one step; what cannot be read is refused cell by cell.

        With ``progress`` the work may be stopped until it is stored.
        """
        with paused_collection():
            proposal = self.proposed(edits, progress)
            changed = sum(len(change.fields) for change in proposal.records)
            params = {"count": str(changed), **self._place(edits)}
            self._history.do(ChangeSet(label, proposal.records, params, reason), progress=progress)
        return EditOutcome(changed, proposal.refused, proposal.notices)

    def proposed(self, edits: Sequence[CellEdit], progress: Progress | None = None) -> Proposal:
        """Return what edits would do, without writing anything."""
        draft = self._draft(edits, progress)
        records = tuple(
            RecordChange(entity, key, ChangeKind.UPDATED, tuple(changes.values()))
            for (entity, key), changes in draft.changes.items()
        )
        return Proposal(records, tuple(draft.refused), tuple(draft.notices))

    def check_cells(self, edits: Sequence[CellEdit]) -> tuple[RefusedEdit, ...]:
        """Return what would be refused, without writing anything."""
        return tuple(self._draft(edits).refused)

    def add(self, entity: str, values: Mapping[str, str], reason: str = "") -> str:
        """Add a record from typed texts; return its key; RefusedError for a text that cannot be."""
        key = str(uuid.uuid4())
        draft = _Draft()
        with self._unit_of_work() as work:
            read = _Read(work.records)
            for name, text in values.items():
                if text.strip():
                    blank = Record(entity, key, {})
                    self._read_cell(CellEdit(entity, key, name, text), blank, read, draft)
            fields = tuple(draft.changes.get((entity, key), {}).values())
            labels = (c for c in fields if c.field in CATALOGUE[entity].label)
            called = next((_called(entity, change, read) for change in labels), "")
        if draft.refused:
            finding = draft.refused[0].finding
            raise RefusedError(finding.code, **finding.params)
        created = RecordChange(entity, key, ChangeKind.CREATED, fields)
        params = {"entity": entity, "name": called}
        self._history.do(ChangeSet("editing.add", (created,), params, reason))
        return key

    def delete(self, entity: str, keys: Sequence[str], reason: str = "") -> int:
        """Delete records of one kind; RefusedError naming what still points at them."""
        return self.delete_all({entity: keys}, reason)

    def delete_all(
        self,
        doomed: Mapping[str, Sequence[str]],
        reason: str = "",
        progress: Progress | None = None,
    ) -> int:
        """Delete records of several kinds as one step; what refers to them may go with them.

        RefusedError naming what still points at one. With ``progress`` the work may be stopped
        until it is stored.
        """
        with paused_collection():
            with self._unit_of_work() as work:
                records, changes = deletions(doomed, work, progress or Silent())
            kinds = {record.entity for record in records}
            label = "editing.delete" if len(kinds) < 2 else "editing.delete_mixed"
            params = {
                "entity": next(iter(kinds or doomed), ""),
                "name": records[0].label if len(records) == 1 else "",
                "count": str(len(records)),
            }
            step = ChangeSet(label, tuple(changes), params, reason)
            self._history.do(step, progress=progress)
            count = len(records)
            let_go(records)
        return count

    def _place(self, edits: Iterable[CellEdit]) -> dict[str, str]:
        """Return what a step's name says of its first cell."""
        first = next(iter(edits), None)
        if first is None:
            return {}
        return {"entity": first.entity, **field_words(self._catalogue(), first.entity, first.field)}

    def _draft(self, edits: Sequence[CellEdit], progress: Progress | None = None) -> _Draft:
        """Read every edit beside the record that it changes."""
        draft = _Draft()
        with self._unit_of_work() as work:
            read = _Read(work.records, edits)
            for at, edit in enumerate(edits):
                if progress is not None and at % _TOLD_EVERY == 0:
                    progress.step(0, len(edits))
                record = read.get(edit.entity, edit.key)
                if record is None:
                    raise RefusedError("editing.gone", entity=edit.entity, key=edit.key)
                self._read_cell(edit, record, read, draft)
        return draft

    def _read_cell(self, edit: CellEdit, record: Record, read: _Read, draft: _Draft) -> None:
        declared = field_of(self._catalogue(), edit.entity, edit.field)
        new, finding = read_text(edit, declared)
        if finding is not None and finding.level is Level.ERROR:
            draft.refused.append(RefusedEdit(edit, finding))
            return
        if finding is not None:
            draft.notices.append(finding)
        if declared.type is FieldType.REF and isinstance(new.value, str):
            target = _resolve(declared, new.value, read)
            if target is None:
                params = {"text": new.value, "target": declared.target}
                draft.refused.append(
                    RefusedEdit(edit, _finding("editing.no_such_record", edit, params))
                )
                return
            new = CellState(target.key, new.origin)
        old = CellState(record.get(edit.field), record.origins.get(edit.field))
        if old.value == new.value and _state(old) is _state(new):
            return
        changes = draft.changes.setdefault((edit.entity, edit.key), {})
        changes[edit.field] = FieldChange(edit.field, old, new)


def read_text(edit: CellEdit, declared: Field) -> tuple[CellState, Finding | None]:
    """Read typed text as a field; the finding says how it was read or why it cannot be."""
    text = edit.text.strip()
    if not text:
        return EMPTY_CELL, None
    if _has_half_character(text):
        return EMPTY_CELL, _finding("editing.half_character", edit, {})
    if text in NOT_APPLICABLE_WORDS:
        return CellState(None, Origin(raw=text, state=ValueState.NOT_APPLICABLE)), None
    if declared.type is FieldType.REF:
        return CellState(text, Origin(raw=text)), None
    # A number typed without a unit is in the unit that the column shows.
    context = edit.context or _typed_in(declared.shown_unit)
    parsed = parse(declared, edit.text, context)
    if parsed.value is None and not parsed.problems and parsed.origin.state is not _KNOWN:
        return _nothing(edit, parsed.origin)
    if parsed.value is None:
        problem = next(iter(parsed.problems), None)
        code = f"importing.{problem.code}" if problem else "editing.not_understood"
        params = dict(problem.params) if problem else {}
        named = {"field": edit.field} if not declared.own else own_words(declared)
        params |= {"entity": edit.entity, "text": edit.text, **named}
        return EMPTY_CELL, _finding(code, edit, params, problem.suggestion if problem else None)
    notice = next((p for p in parsed.problems if p.level is not Level.INFO), None)
    finding = None
    if notice is not None:
        finding = Finding(
            f"importing.{notice.code}",
            Level.WARNING,
            edit.entity,
            edit.key,
            edit.field,
            dict(notice.params),
            notice.suggestion,
        )
    return CellState(parsed.value, parsed.origin), finding


def _has_half_character(text: str) -> bool:
    """Tell whether a text holds half of a character, as a cut emoji does: no file can keep it."""
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


def _nothing(edit: CellEdit, origin: Origin) -> tuple[CellState, Finding | None]:
    """Return what a word means that stands for no value: "-", 无, 不涉及; never zero."""
    if origin.state is ValueState.NOT_APPLICABLE:
        return CellState(None, origin), None
    params = {"text": edit.text.strip()}
    finding = Finding(
        "editing.read_as_unknown", Level.WARNING, edit.entity, edit.key, edit.field, params
    )
    return EMPTY_CELL, finding


@lru_cache(maxsize=256)
def _typed_in(unit: str) -> ParseContext:
    """Return how a bare number is read in a column that shows this unit."""
    return ParseContext(unit=unit, percent_scaled=True)


def field_of(catalogue: Catalogue, entity: str, key: str) -> Field:
    """Return a declared field; UsageError naming what exists otherwise."""
    declared = entity_of(catalogue, entity)
    if key not in declared:
        raise UsageError(
            "editing.no_such_field",
            entity=entity,
            field=key,
            known=" ".join(item.key for item in declared),
        )
    return declared[key]


def entity_of(catalogue: Catalogue, key: str) -> Entity:
    """Return a declared ledger entity; UsageError naming what exists otherwise."""
    if key not in catalogue:
        known = " ".join(entity.key for entity in catalogue.ledger())
        raise UsageError("editing.no_such_entity", entity=key, known=known)
    return catalogue[key]


def field_words(catalogue: Catalogue, entity: str, key: str) -> dict[str, str]:
    """Return what sentences need to name a field: its key, or an own field's titles."""
    own = is_own(key) and key in catalogue[entity]
    return own_words(catalogue[entity][key]) if own else {"field": key}


def own_words(field: Field) -> dict[str, str]:
    """Return an own field's titles, which are kept in the log because they may change."""
    return {"field": field.zh, "field_en": field.en}


def _resolve(declared: Field, text: str, read: _Read) -> Record | None:
    """Find the record that a person means by its key, code or name."""
    if found := read.get(declared.target, text):
        return found
    names = {name for keys in CATALOGUE[declared.target].identity for name in keys}
    names |= set(CATALOGUE[declared.target].label)
    matches = [
        record
        for record in read.all(declared.target)
        if any(record.get(name) == text for name in names)
    ]
    return matches[0] if len(matches) == 1 else None


def _called(entity: str, change: FieldChange, read: _Read) -> str:
    """Return what a person calls a new record by one of its label fields."""
    value, declared = str(change.new.value), CATALOGUE[entity][change.field]
    target = read.get(declared.target, value) if declared.type is FieldType.REF else None
    return target.label if target else value


def _state(cell: CellState) -> ValueState:
    if cell.origin is not None and cell.origin.state is not ValueState.KNOWN:
        return cell.origin.state
    return ValueState.UNKNOWN if cell.value is None else ValueState.KNOWN


def _finding(
    code: str, edit: CellEdit, params: Mapping[str, str], suggestion: str | None = None
) -> Finding:
    return Finding(code, Level.ERROR, edit.entity, edit.key, edit.field, params, suggestion)
