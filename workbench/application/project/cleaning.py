# SPDX-License-Identifier: MIT
"""Removes kept files that nothing needs any more: no record, no undo, no final, no review."""

import json
import re
import uuid
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.application.history import SEARCHED, History
from workbench.application.ports import Clock, Progress, Silent
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.application.versions.final_guard import ASSESSMENT, CLEANING, FINAL
from workbench.domain.findings import ProjectError, RefusedError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation

_EVIDENCE, _ITEM = "evidence", "checklist_item"
_HASH = re.compile(r"[0-9a-f]{64}")
CLEANED = "cleaned_files"
"""The records that remember what was removed, when, by whom and why."""
_BEFORE = "cleaned_files"
"""The setting in which older programs remembered it; the next clean-up takes it into the log."""


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
        history: History,
        clock: Clock,
        person: Callable[[], str],
        compact: Callable[[], bool],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._clock = clock
        self._person = person
        self._compact = compact

    def look(self, progress: Progress | None = None) -> Leftovers:
        """Return what could go; nothing is changed."""
        with self._unit_of_work() as work:
            return _leftovers(work, progress or Silent())

    def clean(
        self,
        agreed: Iterable[str],
        progress: Progress | None = None,
        reason: str = "",
        backup: str = "",
    ) -> bool:
        """Remove the contents that were shown; tell whether the room is free on the disk.

        RefusedError when one of them is needed by now. This cannot be undone; the log tells what
        went, who removed it, when and why, and where the ``backup`` before it lies.
        """
        wanted = frozenset(agreed)
        if not wanted:
            return False
        with self._unit_of_work() as work:
            found = _leftovers(work, progress or Silent()).found
            before = json.loads(work.setting(_BEFORE) or "[]")
        gone = [each for each in sorted(found, key=_by_content) if each.sha256 in wanted]
        now = self._clock.now().isoformat(timespec="seconds")
        told = [_remembered(*_of_old(each)) for each in before]
        told.append(_remembered(gone, self._person(), now, reason, backup))
        params = {"count": str(len(gone)), "bytes": str(sum(each.size for each in gone))}

        def forget(work: UnitOfWork) -> None:
            still = {each.sha256 for each in _leftovers(work, Silent()).found}
            if not wanted <= still:
                raise RefusedError("cleaning.needed_again", count=len(wanted - still))
            work.files.forget(wanted)
            if before:
                work.set_setting(_BEFORE, "[]")

        self._history.do(ChangeSet(CLEANING, tuple(told), params, reason), prepare=forget)
        return self._compact()


def _by_content(each: Leftover) -> str:
    return each.sha256


def _remembered(
    gone: Sequence[Leftover], person: str, at: str, reason: str, backup: str
) -> RecordChange:
    """Return the record of one clean-up."""
    files = tuple(f"{each.name or '—'}  {each.size} B  SHA-256 {each.sha256}" for each in gone)
    return creation(CLEANED, str(uuid.uuid4()), {
        "name": at[:10], "count": len(gone), "size": sum(each.size for each in gone),
        "files": files or None, "cleaned_by": person or None, "cleaned_at": at,
        "reason": reason or None, "backup": backup or None,
    })  # fmt: skip


def _of_old(told: Mapping[str, Any]) -> tuple[list[Leftover], str, str, str, str]:
    """Return what an older program remembered of a clean-up."""
    gone = [
        Leftover(each["sha256"], each["size"], each["name"], None, "") for each in told["files"]
    ]
    return gone, told["by"], told["at"], "", ""


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
    first = min((each.sequence for each in work.log.done(SEARCHED)), default=0)
    return work.log.contents_named(first - 1)


def _was_reviewed(work: UnitOfWork, key: str) -> bool:
    item = work.records.get(_ITEM, key)
    return item is not None and item.get("review") is not None


def _said(change: RecordChange) -> dict[str, object]:
    return {item.field: item.old.value for item in change.fields}
