# SPDX-License-Identifier: MIT
"""A team's own fields: declaring, changing, hiding; and the project's catalogue with them."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from workbench.application.history import History
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Catalogue
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.records.changes import (
    ChangeSet,
    RecordChange,
    creation,
    update,
)
from workbench.domain.records.ledger import Record
from workbench.domain.records.own_fields import (
    ENTITY,
    OwnField,
    check,
    new_code,
    of_record,
    parsed_choices,
    with_own,
)
from workbench.domain.records.record_changes import deletion


class OwnFields:
    """Keeps the definitions as records of the project, so each step is logged and undoable."""

    def __init__(self, unit_of_work: NewUnitOfWork, history: History) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._catalogue: Catalogue | None = None
        history.subscribe(self._follow)

    def catalogue(self) -> Catalogue:
        """Return every field of this project: the shipped ones and its own that are in use."""
        if self._catalogue is None:
            self._catalogue = with_own(CATALOGUE, self.all())
        return self._catalogue

    def all(self) -> Sequence[OwnField]:
        """Return every own field, hidden ones too, in the order in which they were made."""
        with self._unit_of_work() as work:
            return [own for _, own in _stored(work)]

    def find(self, entity: str, code: str) -> OwnField:
        """Return one own field by key or title; UsageError naming those there are."""
        fields = [own for own in self.all() if own.entity == entity]
        for own in fields:
            if code in (own.code, own.title, own.english):
                return own
        known = " ".join(own.code for own in fields) or "—"
        raise UsageError("own_fields.none_such", entity=entity, field=code, known=known)

    def add(self, own: OwnField) -> OwnField:
        """Declare a field and return it with its key; RefusedError says what is wrong with it."""
        _refuse_program_entity(own.entity)
        with self._unit_of_work() as work:
            others = [o for _, o in _stored(work) if o.entity == own.entity]
        check(own, with_own(CATALOGUE, others)[own.entity])
        made = replace(own, code=new_code(own, (o.code for o in others)), hidden="")
        change = creation(ENTITY, str(uuid.uuid4()), made.values())
        self._do("own_fields.add", change, made)
        return made

    def change(self, code: str, own: OwnField) -> OwnField:
        """Change title, unit, choices and the like of a field; its key stays.

        RefusedError where values are there that would come to mean something else.
        """
        with self._unit_of_work() as work:
            stored = _stored(work)
            record, old = _one(stored, own.entity, code)
            wanted = replace(own, code=code)
            self._refuse_new_meaning(old, wanted, work)
        others = [o for r, o in stored if o.entity == own.entity and r.key != record.key]
        if not wanted.hidden:
            check(wanted, with_own(CATALOGUE, others)[own.entity])
        change = update(ENTITY, record.key, record.values, wanted.values())
        if change is not None:
            self._do("own_fields.change", change, wanted)
        return wanted

    def hide(self, entity: str, code: str, reason: str) -> None:
        """Take a field out of grid, forms, import and export; its values stay in the project.

        RefusedError without a reason.
        """
        if not reason.strip():
            raise RefusedError("own_fields.no_reason")
        self.change(code, replace(self.find(entity, code), hidden=reason.strip()))

    def show(self, entity: str, code: str) -> None:
        """Use a hidden field again, with the values that it had."""
        self.change(code, replace(self.find(entity, code), hidden=""))

    def remove(self, entity: str, code: str) -> None:
        """Remove a field; RefusedError while any record has something to say about it."""
        with self._unit_of_work() as work:
            record, own = _one(_stored(work), entity, code)
            if count := len(_holders(work, own)):
                raise RefusedError("own_fields.has_values", title=own.title, count=count)
        self._do("own_fields.remove", deletion(record), own)

    def count(self, entity: str, code: str) -> int:
        """Return how many records have something to say about a field."""
        with self._unit_of_work() as work:
            return len(_holders(work, _one(_stored(work), entity, code)[1]))

    def _refuse_new_meaning(self, old: OwnField, new: OwnField, work: UnitOfWork) -> None:
        """Refuse what would give the values that are there another meaning."""
        kept = {choice.value for choice in parsed_choices(new.choices)}
        dropped = {choice.value for choice in parsed_choices(old.choices)} - kept
        other_unit = old.field().unit != new.field().unit
        if old.type is new.type and not other_unit and not dropped:
            return
        holders = _holders(work, old)
        if not holders:
            return
        if old.type is not new.type:
            raise RefusedError("own_fields.type_fixed", title=old.title, count=len(holders))
        if other_unit:
            raise RefusedError("own_fields.unit_fixed", title=old.title, count=len(holders))
        used = {value for record in holders for value in _listed(record, old.code)}
        if in_use := sorted(dropped & used):
            raise RefusedError("own_fields.choice_used", title=old.title, choice=in_use[0])

    def _do(self, label: str, change: RecordChange, own: OwnField) -> None:
        params = {"entity": own.entity, "title": own.title}
        self._history.do(ChangeSet(label, (change,), params, own.hidden))

    def _follow(self, changes: ChangeSet) -> None:
        if not changes.whole or any(change.entity == ENTITY for change in changes.records):
            self._catalogue = None


def _stored(work: UnitOfWork) -> list[tuple[Record, OwnField]]:
    read = ((record, of_record(record)) for record in work.records.all(ENTITY))
    return [(record, own) for record, own in read if own is not None]


def _one(
    stored: Sequence[tuple[Record, OwnField]], entity: str, code: str
) -> tuple[Record, OwnField]:
    for record, own in stored:
        if own.entity == entity and own.code == code:
            return record, own
    known = " ".join(own.code for _, own in stored if own.entity == entity) or "—"
    raise UsageError("own_fields.none_such", entity=entity, field=code, known=known)


def _holders(work: UnitOfWork, own: OwnField) -> list[Record]:
    return [
        record
        for record in work.records.all(own.entity)
        if own.code in record.values or own.code in record.origins
    ]


def _listed(record: Record, code: str) -> tuple[str, ...]:
    value = record.get(code)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _refuse_program_entity(entity: str) -> None:
    if entity not in CATALOGUE or not CATALOGUE[entity].ledger:
        known = " ".join(e.key for e in CATALOGUE.ledger())
        raise UsageError("editing.no_such_entity", entity=entity, known=known)
