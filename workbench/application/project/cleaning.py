# SPDX-License-Identifier: MIT
"""Removes kept files that nothing needs any more: no record, no undo, no final, no review."""

import json
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from workbench.application.history import LIMIT
from workbench.application.ports import (
    Clock,
    NewUnitOfWork,
    OperationKind,
    Progress,
    Silent,
    UnitOfWork,
)  # fmt: skip
from workbench.application.versions.final_guard import ASSESSMENT, FINAL
from workbench.domain.findings import ProjectError, RefusedError
from workbench.domain.records.changes import RecordChange

_EVIDENCE, _ITEM = "evidence", "checklist_item"
_HASH = re.compile(r"[0-9a-f]{64}")
_CLEANED = "cleaned_files"
"""The setting that remembers what was removed, when and by whom."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """One kept content that nothing needs; ``name`` is that of the evidence that it was."""

    sha256: str
    size: int
    name: str
    removed_at: datetime | None
    removed_by: str


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What could go, and how many contents stay only for undo, finals and reviews."""

    found: tuple[Leftover, ...]
    kept: int

    @property
    def size(self) -> int:
        """Return the bytes that would become free."""
        return sum(each.size for each in self.found)


class Cleaning:
    """Looks for kept files that nothing needs, and removes them on request.

    ``compact`` gives the free room back to the disk and tells whether it could.
    """

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        clock: Clock,
        person: Callable[[], str],
        compact: Callable[[], bool],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._person = person
        self._compact = compact

    def look(self, progress: Progress | None = None) -> Leftovers:
        """Return what could go; nothing is changed."""
        with self._unit_of_work() as work:
            return _leftovers(work, progress or Silent())

    def clean(self, agreed: Iterable[str], progress: Progress | None = None) -> bool:
        """Remove the contents that were shown; tell whether the room is free on the disk.

        RefusedError when one of them is needed by now. This cannot be undone.
        """
        wanted = frozenset(agreed)
        if not wanted:
            return False
        with self._unit_of_work(writing=True) as work:
            found = {each.sha256: each for each in _leftovers(work, progress or Silent()).found}
            if not wanted <= found.keys():
                raise RefusedError("cleaning.needed_again", count=len(wanted - found.keys()))
            work.files.forget(wanted)
            told = json.loads(work.setting(_CLEANED) or "[]")
            told.append({
                "at": self._clock.now().isoformat(timespec="seconds"), "by": self._person(),
                "files": [
                    {"sha256": each.sha256, "name": each.name, "size": each.size}
                    for key, each in sorted(found.items()) if key in wanted
                ],
            })  # fmt: skip
            work.set_setting(_CLEANED, json.dumps(told, ensure_ascii=False))
            work.commit()
        return self._compact()


def _leftovers(work: UnitOfWork, progress: Progress) -> Leftovers:
    sizes = work.files.sizes()
    used = {record.text("sha256") or "" for record in work.records.all(_EVIDENCE)}
    used |= {source.sha256 for source in work.files.sources()}
    progress.step(1, 3)
    kept = _of_finals(work) | _within_undo(work)
    progress.step(2, 3)
    names: dict[str, Leftover] = {}
    for operation, change in work.log.deleted(_EVIDENCE):
        said = _said(change)
        sha256, name = str(said.get("sha256") or ""), str(said.get("name") or "")
        names[sha256] = Leftover(sha256, sizes.get(sha256, 0), name, operation.at, operation.actor)
        if said.get("owner_entity") == _ITEM and _was_reviewed(work, str(said.get("owner_key"))):
            kept.add(sha256)
    progress.step(3, 3)
    found = [
        names.get(sha256) or Leftover(sha256, size, "", None, "")
        for sha256, size in sizes.items()
        if sha256 not in used and sha256 not in kept
    ]
    found.sort(key=lambda each: (-each.size, each.sha256))
    return Leftovers(tuple(found), len((kept - used) & sizes.keys()))


def _of_finals(work: UnitOfWork) -> set[str]:
    """Return the snapshots of assessments, and every content that a final one names.

    ProjectError when a snapshot cannot be read: what it needs is not known then.
    """
    kept: set[str] = set()
    for record in work.records.all(ASSESSMENT):
        frozen = record.text("frozen")
        if frozen is None:
            continue
        kept.add(frozen)
        blob = work.files.get(frozen)
        if blob is None:
            if record.text("status") == FINAL:
                raise ProjectError("finalizing.no_snapshot", name=record.label)
            continue
        try:
            kept.update(_HASH.findall(zlib.decompress(blob).decode()))
        except (zlib.error, UnicodeDecodeError) as error:
            raise ProjectError("finalizing.bad_snapshot", name=record.label) from error
    return kept


def _within_undo(work: UnitOfWork) -> set[str]:
    """Return the contents that undo or redo could bring back."""
    done = [each for each in work.log.recent(LIMIT * 3) if each.kind == OperationKind.DO][:LIMIT]
    first = min((each.sequence for each in done), default=0)
    return work.log.contents_named(first - 1)


def _was_reviewed(work: UnitOfWork, key: str) -> bool:
    item = work.records.get(_ITEM, key)
    return item is not None and item.get("review") is not None


def _said(change: RecordChange) -> dict[str, object]:
    return {item.field: item.old.value for item in change.fields}
