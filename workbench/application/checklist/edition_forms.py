# SPDX-License-Identifier: MIT
"""Writing an edition of the checklist in a form: a draft that is never lost, checked as a whole."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.application.checklist.editions import ChecklistEditions
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.checklist.edition_form import (
    EditionDraft,
    begun,
    document_of,
    from_plain,
    to_plain,
)
from workbench.domain.checklist.editions import EditionChanges, compare
from workbench.domain.checklist.template import Template
from workbench.domain.findings import InputError, RefusedError

Document = Mapping[str, Any]
ReadDocument = Callable[[Document, str], Template]
"""Reads an edition's document (with a name for complaints); InputError with entry and key."""
Complaints = Callable[[Document, str], Sequence[InputError]]
"""Returns what is wrong with a document: at most one complaint for each entry."""
_DRAFT = "checklist_draft"
"""Under this name a project keeps the edition that is being written."""


class EditionForms:
    """Begins, keeps, checks and saves the draft of an edition; one at a time in a project."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        editions: ChecklistEditions,
        read: ReadDocument,
        complaints: Complaints,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._editions = editions
        self._read = read
        self._complaints = complaints

    def draft(self) -> EditionDraft | None:
        """Return the draft that was left, or None."""
        with self._unit_of_work() as work:
            kept = work.setting(_DRAFT)
        return from_plain(json.loads(kept)) if kept else None

    def begin(self, version: str) -> EditionDraft:
        """Return a draft that begins as an edition, with the next free version."""
        taken = {edition.template.version for edition in self._editions.all()}
        following = (f"{version}.{n}" for n in range(1, len(taken) + 2))
        return begun(self._editions.find(version), next(v for v in following if v not in taken))

    def keep_draft(self, draft: EditionDraft | None) -> None:
        """Keep what was typed so far in the project; None forgets it."""
        text = "" if draft is None else json.dumps(to_plain(draft), ensure_ascii=False)
        with self._unit_of_work(writing=True) as work:
            work.set_setting(_DRAFT, text)
            work.commit()

    def complaints(self, draft: EditionDraft) -> Sequence[InputError]:
        """Return what is wrong: one complaint for each entry, and those about the whole."""
        document = document_of(draft)
        found = list(self._complaints(document, draft.version.strip() or draft.base))
        taken = {edition.template.version for edition in self._editions.all()}
        version = draft.version.strip()
        if version in taken:
            found.append(InputError("checklist_editions.version_taken", version=version))
        return found

    def changes(self, draft: EditionDraft) -> EditionChanges:
        """Return how the edition that the draft began from would change; InputError if invalid."""
        return compare(self._editions.find(draft.base), self._template(draft))

    def save(self, draft: EditionDraft) -> Template:
        """Keep the draft as an edition, one undoable step; the draft is forgotten.

        InputError names entry, key and remedy; RefusedError when the version exists.
        """
        template = self._template(draft)
        changes = compare(self._editions.find(draft.base), template)
        if changes.none:
            raise RefusedError("checklist_editor.nothing_changed", version=draft.base)
        self._editions.keep(template, draft.name.strip() or template.version)
        self.keep_draft(None)
        return template

    def _template(self, draft: EditionDraft) -> Template:
        return self._read(document_of(draft), draft.version.strip() or draft.base)
