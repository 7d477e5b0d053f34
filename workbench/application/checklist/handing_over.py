# SPDX-License-Identifier: MIT
"""Handing a checklist to a colleague offline, and taking back what was changed, once seen."""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from workbench.application.assessment.assessments import DRAFT
from workbench.application.checklist.records import item_states, state_change, stored_items
from workbench.application.checklist.reviewing import (
    COMMENT,
    Comment,
    comment_change,
    stored_comment,
)
from workbench.application.checklist.taking import Chosen, changes_of_taking, refusals
from workbench.application.checklist.ticking import Ticking
from workbench.application.history import History
from workbench.application.plain import plain
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.differences import ItemDifference, differences
from workbench.domain.checklist.handover import (
    HandedComment,
    HandedFile,
    Handover,
    states_of,
    to_plain,
)
from workbench.domain.checklist.state import ENTITY, Refusal, States
from workbench.domain.checklist.template import Template
from workbench.domain.findings import InputError, RefusedError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

ContentOf = Callable[[str], bytes]
"""Returns a file's bytes by its SHA-256; raises when it is missing or not what it should be."""
WritePackage = Callable[[str, Handover, ContentOf], None]
ReadPackage = Callable[[str], tuple[Handover, ContentOf]]
_BASE = "checklist_base."
"""Under this name and the assessment's key a project keeps the states that it was handed."""
_SENT = ("name", "as_of", "pathways", "template")
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Returned:
    """What a package would change in an assessment; nothing is written yet."""

    assessment: Record
    differences: tuple[ItemDifference, ...]
    refused: Mapping[str, Refusal]
    """Items of theirs that the rules forbid as they are, by id."""
    files: tuple[HandedFile, ...]
    """Evidence that we do not have on its item."""
    comments: tuple[HandedComment, ...]
    """What was said that we have not heard."""
    theirs: States

    @property
    def items(self) -> tuple[str, ...]:
        """Return the items that anything is about, in the order of the differences."""
        named = (d.item_id for d in self.differences)
        return tuple(dict.fromkeys((*named, *(f.item_id for f in self.files))))


@dataclass(frozen=True, slots=True)
class NewPackage:
    """A package whose assessment is not in this project, with the edition that it carries."""

    package: Handover
    template: Template
    park_known: bool


class HandingOver:
    """Writes packages and takes them in."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        ticking: Ticking,
        write: WritePackage,
        read: ReadPackage,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._ticking = ticking
        self._write = write
        self._read = read

    def hand_over(self, assessment: Record, path: str) -> Handover:
        """Write an assessment's checklist with its evidence; OutputError when it cannot be.

        InputError when a file of the evidence is gone.
        """
        with self._unit_of_work() as work:
            package = _package(assessment, work)

            def content(sha256: str) -> bytes:
                found = work.files.get(sha256)
                if found is None:
                    names = {file.sha256: file.name for file in package.files}
                    raise InputError("ticking.evidence_missing", name=names[sha256])
                return found

            self._write(path, package, content)
        return package

    def look(self, path: str) -> Returned | None:
        """Return what a package would change; None when its assessment is not in this project."""
        package, _content = self._read(path)
        assessment = self._known(package)
        return None if assessment is None else self._compared(assessment, package)

    def preview(self, path: str) -> "NewPackage":
        """Return what a package that is new here would bring; nothing is written."""
        package, _content = self._read(path)
        with self._unit_of_work() as work:
            park = work.records.get("park", str(package.park["key"]))
        template = snapshot.from_text(str(_assessment_values(package)["template"]))
        return NewPackage(package, template, park is not None)

    def open(self, path: str) -> Record:
        """Begin work on a package in a project that does not have its assessment.

        RefusedError when the project has it already: then the differences are looked at.
        """
        package, content = self._read(path)
        if self._known(package) is not None:
            raise RefusedError("handing_over.known", name=package.assessment.get("name"))
        key, park = str(package.assessment["key"]), str(package.park["key"])
        with self._unit_of_work() as work:
            park_known = work.records.get("park", park) is not None
        records: list[RecordChange] = []
        if not park_known:
            named = {name: package.park.get(name) for name in ("code", "name")}
            records.append(creation("park", park, named))
        records.append(creation("assessment", key, _assessment_values(package)))
        keys = {item_id: str(uuid.uuid4()) for item_id in package.states}
        for item_id, state in package.states.items():
            records += state_change(key, keys[item_id], None, state)
        records += [comment_change(key, _comment(said)) for said in package.comments]
        records += [_evidence(keys[file.item_id], file) for file in package.files]
        began = json.dumps(to_plain(package)["states"], ensure_ascii=False)
        kept = {_BASE + key: began}
        self._do("handing_over.open", package, records, content, package.files, kept)
        return self._found(key)

    def take(
        self,
        path: str,
        chosen: Chosen,
        files: Collection[str] = (),
        *,
        comments: bool = True,
    ) -> int:
        """Take what was chosen from a package, in one undoable step; return how many items.

        ``chosen`` are (item, field) pairs, ``files`` SHA-256 of evidence. What the rules forbid
        (done without evidence) is refused with the item named, and nothing is written; so is an
        assessment that is not here (RefusedError).
        """
        package, content = self._read(path)
        assessment = self._known(package)
        if assessment is None:
            raise RefusedError("handing_over.unknown", name=package.assessment.get("name"))
        seen = self._compared(assessment, package)
        wanted_files = [file for file in seen.files if file.sha256 in files]
        records = self._taken(assessment, seen, chosen, wanted_files)
        if comments:
            records += [comment_change(assessment.key, _comment(c)) for c in seen.comments]
        self._do("handing_over.take", package, records, content, wanted_files)
        return len({change.key for change in records if change.entity == ENTITY})

    def _known(self, package: Handover) -> Record | None:
        with self._unit_of_work() as work:
            return work.records.get("assessment", str(package.assessment["key"]))

    def _found(self, key: str) -> Record:
        with self._unit_of_work() as work:
            found = work.records.get("assessment", key)
        if found is None:
            raise LookupError(key)
        return found

    def _compared(self, assessment: Record, package: Handover) -> Returned:
        sheet = self._ticking.sheet(assessment)
        with self._unit_of_work() as work:
            ours = {(file.item_id, file.sha256) for file in _files(assessment.key, work)}
            heard = {_words(said) for said in _comments(assessment.key, work)}
        files = tuple(f for f in package.files if (f.item_id, f.sha256) not in ours)
        items = [item.id for item in sheet.template.items]
        found = differences(items, sheet.states, package.states, package.base)
        return Returned(
            assessment,
            found,
            refusals(sheet, package.states, dict.fromkeys(d.item_id for d in found)),
            tuple(file for file in files if file.item_id in items),
            tuple(said for said in package.comments if _words(said) not in heard),
            package.states,
        )

    def _taken(
        self,
        assessment: Record,
        seen: Returned,
        chosen: Chosen,
        files: Sequence[HandedFile],
    ) -> list[RecordChange]:
        with self._unit_of_work() as work:
            stored = stored_items(assessment.key, work)
        added = Counter(file.item_id for file in files)
        sheet = self._ticking.sheet(assessment)
        keys, records = changes_of_taking(sheet, stored, seen.theirs, chosen, added)
        return records + [_evidence(keys[file.item_id], file) for file in files]

    def _do(
        self,
        label: str,
        package: Handover,
        records: Sequence[RecordChange],
        content: ContentOf,
        files: Sequence[HandedFile],
        kept: Mapping[str, str] = NOTHING,
    ) -> None:
        """Write the records as one step, with the files that they rest on."""

        def prepare(work: UnitOfWork) -> None:
            for sha256 in sorted({file.sha256 for file in files}):
                work.files.put(content(sha256))
            for name, value in kept.items():
                work.set_setting(name, value)

        params = {"name": str(package.assessment.get("name") or "")}
        self._history.do(ChangeSet(label, tuple(records), params), prepare=prepare)


def _package(assessment: Record, work: UnitOfWork) -> Handover:
    park = work.records.get("park", assessment.text("park") or "")
    states = item_states(assessment.key, work)
    began = work.setting(_BASE + assessment.key)
    sent = {name: plain(value) for name in _SENT if (value := assessment.get(name)) is not None}
    named = {} if park is None else {name: park.get(name) for name in ("code", "name")}
    return Handover(
        {"key": assessment.key, **sent},
        {"key": assessment.text("park") or "", **named},
        states,
        states_of(json.loads(began), "base") if began else states,
        tuple(_comments(assessment.key, work)),
        tuple(_files(assessment.key, work)),
    )


def _files(assessment_key: str, work: UnitOfWork) -> list[HandedFile]:
    owners = {r.key: item for item, r in stored_items(assessment_key, work).items()}
    return [
        HandedFile(
            owners[owner],
            record.text("name") or "",
            record.text("sha256") or "",
            int(record.number("size") or 0),
            record.text("note") or "",
            None if (page := record.number("page")) is None else int(page),
        )
        for record in work.records.all("evidence")
        if (owner := record.text("owner_key") or "") in owners
    ]


def _comments(assessment_key: str, work: UnitOfWork) -> list[HandedComment]:
    return [
        HandedComment(said.item_id, said.author, said.at, said.text)
        for record in work.records.all(COMMENT)
        if record.text("assessment") == assessment_key
        for said in (stored_comment(record),)
    ]


def _words(said: HandedComment) -> tuple[str, str, str, str]:
    return said.item_id, said.author, said.at, said.text


def _comment(said: HandedComment) -> Comment:
    return Comment(said.item_id, said.author, said.at, said.text)


def _evidence(owner_key: str, file: HandedFile) -> RecordChange:
    values: dict[str, Value | None] = {
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "owner_entity": ENTITY,
        "owner_key": owner_key,
        "note": file.note or None,
        "page": file.page,
    }
    return creation("evidence", str(uuid.uuid4()), values)


def _assessment_values(package: Handover) -> dict[str, Value | None]:
    """Return the assessment's fields; InputError when a package does not say what it must."""
    sent = package.assessment
    try:
        template = snapshot.from_text(sent["template"])
        return {
            "name": str(sent["name"]),
            "park": str(package.park["key"]),
            "as_of": date.fromisoformat(sent["as_of"]),
            "status": DRAFT,
            "edition": 1,
            "pathways": tuple(str(code) for code in sent.get("pathways") or ()),
            "template": sent["template"],
            "template_version": template.version,
        }
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("handing_over.wrong_part", name="", part="assessment") from error
