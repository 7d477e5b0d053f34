# SPDX-License-Identifier: MIT
"""What a person adds to a redaction: names that no record holds, and evidence that names nobody."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from workbench.application.history import History
from workbench.application.ports import Texts
from workbench.application.project.coded_words import vocabulary
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.fields import Catalogue
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import changed, deletion
from workbench.domain.report.redaction.codes import is_telling, normal
from workbench.domain.report.redaction.naming import Naming

if TYPE_CHECKING:
    from workbench.application.project.evidencing import Evidencing

HIDDEN, NAMELESS = "hidden_name", "nameless_file"
_SHORTEST, _LONGEST = 2, 100


class RedactionScope:
    """Keeps both as records of the project; every change is one named step."""

    def __init__(
        self, unit_of_work: NewUnitOfWork, history: History, evidencing: "Evidencing"
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._evidencing = evidencing

    def names(self) -> Sequence[Record]:
        """Return the names that are hidden beside those of the ledger, in the order given."""
        return self._stored(HIDDEN)

    def nameless(self) -> frozenset[str]:
        """Return the SHA-256 of the contents that a redacted package may hold."""
        return frozenset(record.text("sha256") or "" for record in self._stored(NAMELESS))

    def only_alone(self, names: Iterable[str], texts: Texts, catalogue: Catalogue) -> list[str]:
        """Return those of the names that reports use as words, or that are numbers.

        They are hidden only where they stand alone in a cell: inside sentences they may mean
        something else.
        """
        naming = Naming(texts, (), vocabulary(texts, catalogue))
        return [name for name in names if naming.is_common(name) or not is_telling(normal(name))]

    def keep(self, names: Iterable[tuple[str, str]], nameless: Collection[str]) -> bool:
        """Let these be the names (name, kind) and these the pieces of evidence without names.

        One step, whatever changes; tell whether anything did. RefusedError for a name that is too
        short or too long to be looked for.
        """
        return self._do([*self._name_changes(names), *self._file_changes(nameless)])

    def mark(self, nameless: Collection[str]) -> bool:
        """Let these be the pieces of evidence (their keys) that name nobody."""
        return self._do(self._file_changes(nameless))

    def hide(self, names: Sequence[str], kind: str) -> int:
        """Add names of one kind; return how many were not listed yet."""
        known = [(record.label, record.text("kind") or kind) for record in self.names()]
        listed = {normal(name) for name, _ in known}
        fresh: dict[str, str] = {}
        for name in names:
            if normal(name) not in listed:
                fresh.setdefault(normal(name), name)
        self._do(self._name_changes([*known, *((name, kind) for name in fresh.values())]))
        return len(fresh)

    def show(self, names: Sequence[str]) -> int:
        """Take names off the list; RefusedError for one that is not on it."""
        rows = {normal(record.label): record for record in self.names()}
        if unknown := [name for name in names if normal(name) not in rows]:
            raise RefusedError("redaction.not_listed", name=unknown[0])
        gone = {normal(name) for name in names}
        stay = [(r.label, r.text("kind") or "") for name, r in rows.items() if name not in gone]
        self._do(self._name_changes(stay))
        return len(gone)

    def _do(self, changes: Sequence[RecordChange]) -> bool:
        if changes:
            params = {"count": str(len(changes))}
            self._history.do(ChangeSet("redaction.keep", tuple(changes), params))
        return bool(changes)

    def _name_changes(self, names: Iterable[tuple[str, str]]) -> list[RecordChange]:
        wanted: dict[str, tuple[str, str]] = {}
        for name, kind in names:
            tidy = " ".join(name.split())
            if not _SHORTEST <= len(normal(tidy)) <= _LONGEST:
                raise RefusedError("redaction.bad_name", name=name[:_LONGEST], least=_SHORTEST)
            wanted.setdefault(normal(tidy), (tidy, kind))
        changes: list[RecordChange | None] = []
        for record in self.names():
            kept = wanted.pop(normal(record.label), None)
            if kept is None:
                changes.append(deletion(record))
            else:
                changes.append(changed(record, {"name": kept[0], "kind": kept[1]}))
        for name, kind in wanted.values():
            changes.append(creation(HIDDEN, str(uuid.uuid4()), {"name": name, "kind": kind}))
        return [change for change in changes if change is not None]

    def _file_changes(self, nameless: Collection[str]) -> list[RecordChange]:
        """Return the changes of marks; one mark counts for every piece with the same content."""
        chosen = {
            row.text("sha256") or "": row.label
            for row in self._evidencing.all()
            if row.key in nameless
        }
        kept = self._stored(NAMELESS)
        changes = [deletion(record) for record in kept if record.text("sha256") not in chosen]
        known = {record.text("sha256") for record in kept}
        return changes + [
            creation(NAMELESS, str(uuid.uuid4()), {"name": name, "sha256": sha256})
            for sha256, name in chosen.items()
            if sha256 not in known
        ]

    def _stored(self, entity: str) -> Sequence[Record]:
        with self._unit_of_work() as work:
            return work.records.all(entity)
