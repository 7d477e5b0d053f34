# SPDX-License-Identifier: MIT
"""The editions of the checklist: the shipped one, the team's own, and moving between them."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from workbench.application.checklist.records import item_states, state_change, stored_items
from workbench.application.history import History
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.editions import EditionChanges, compare
from workbench.domain.checklist.state import ItemState
from workbench.domain.checklist.template import Template
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation, update
from workbench.domain.records.ledger import Record

ENTITY = "checklist_template"
ReadEdition = Callable[[str, str], Template]
"""Reads an edition's TOML text (with a name for complaints); ContentError with its place."""
WriteEdition = Callable[[Template], str]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the checklist; ``own`` tells the team's from the shipped one."""

    template: Template
    name: str
    own: bool


class ChecklistEditions:
    """Keeps the team's editions in the project; the shipped one never changes."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        shipped: Template,
        read: ReadEdition,
        write: WriteEdition,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._shipped = shipped
        self._read = read
        self._write = write

    def all(self) -> Sequence[Edition]:
        """Return every edition: the shipped one, then the team's own, oldest first."""
        own = [
            Edition(snapshot.from_text(record.text("body") or ""), record.label, own=True)
            for record in self._stored()
        ]
        return (Edition(self._shipped, "", own=False), *own)

    def current(self) -> Template:
        """Return the edition that new assessments begin with: the newest."""
        return self.all()[-1].template

    def find(self, version: str) -> Template:
        """Return one edition; UsageError naming those there are."""
        editions = {edition.template.version: edition.template for edition in self.all()}
        if version not in editions:
            known = " ".join(editions)
            raise UsageError("checklist_editions.no_such_edition", version=version, known=known)
        return editions[version]

    def text(self, version: str) -> str:
        """Return an edition as TOML text to be edited; UsageError naming those there are."""
        return self._write(self.find(version))

    def add(self, text: str, file: str) -> Template:
        """Add an edition from its TOML text; a version that exists is refused.

        ContentError names file, entry, key and remedy; nothing is kept then.
        """
        return self.keep(self._read(text, file), file)

    def keep(self, template: Template, name: str) -> Template:
        """Add an edition under a version of its own; RefusedError when the version exists."""
        if template.version in {edition.template.version for edition in self.all()}:
            raise RefusedError("checklist_editions.version_taken", version=template.version)
        values = {
            "edition": template.version,
            "name": name,
            "body": snapshot.to_text(template),
        }
        created = creation(ENTITY, str(uuid.uuid4()), values)
        params = {"version": template.version}
        self._history.do(ChangeSet("checklist_editions.add", (created,), params))
        return template

    def changes(self, assessment: Record, version: str) -> EditionChanges:
        """Return how an assessment's checklist would change; nothing is written."""
        return compare(snapshot.from_text(assessment.text("template") or ""), self.find(version))

    def move(self, assessment: Record, version: str, agreed: Collection[str] = ()) -> int:
        """Move an assessment to another edition; return how many answers go over.

        Answers of changed items go over only where ``agreed`` names them; the others begin anew
        as 待核, and their evidence stays with them. One step that undo takes back. UsageError for
        an item that did not change, RefusedError when the assessment has that edition already.
        """
        template = self.find(version)
        changes = self.changes(assessment, version)
        known = [changed.new.id for changed in changes.changed]
        if unknown := [item for item in agreed if item not in known]:
            items, listed = " ".join(sorted(unknown)), " ".join(known) or "—"
            raise UsageError("checklist_editions.not_changed", items=items, changed=listed)
        carried = changes.carried(agreed)
        records: list[RecordChange] = []
        moved = update(
            "assessment",
            assessment.key,
            assessment.values,
            {"template_version": version, "template": snapshot.to_text(template)},
        )
        if moved is None:
            raise RefusedError("checklist_editions.same_edition", version=version)
        records.append(moved)
        with self._unit_of_work() as work:
            stored = stored_items(assessment.key, work)
            states = item_states(assessment.key, work)
        kept = 0
        for item_id, record in stored.items():
            if template.find(item_id) is None:
                continue
            if item_id in carried:
                kept += 1
                continue
            state = states[item_id]
            fresh = ItemState(item_id, evidence_count=state.evidence_count)
            records += state_change(assessment.key, record.key, record, fresh)
        params = {"version": version, "name": assessment.label}
        self._history.do(ChangeSet("checklist_editions.move", tuple(records), params))
        return kept

    def _stored(self) -> Sequence[Record]:
        with self._unit_of_work() as work:
            return work.records.all(ENTITY)
