# SPDX-License-Identifier: MIT
"""Brings two copies of one project together that were edited apart, as one step."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from workbench.application.collection import paused_collection
from workbench.application.history import History
from workbench.application.ports import Cancelled, CatalogueOf, Progress, Silent
from workbench.application.project.copies_look import (
    OURS,
    THEIRS,
    Comparison,
    Conflicting,
    Look,
)
from workbench.application.project.merged_reviews import outdated_reviews, without_reviews
from workbench.application.project.rechecking import Broken, Rechecking
from workbench.application.project.two_copies import Log, compared, parted
from workbench.application.stages import Stages
from workbench.application.store_ports import PROJECT_ID, NewUnitOfWork, UnitOfWork
from workbench.domain.findings import ProjectError, RefusedError
from workbench.domain.reconciling.copies import Cell
from workbench.domain.reconciling.differences import Difference

Trial = Callable[[], AbstractContextManager["Reconciling | None"]]
"""Opens the project so that what is written is taken back; None where that cannot be."""
Other = Callable[[str], AbstractContextManager[NewUnitOfWork]]
"""Opens another copy for reading only; ProjectError when it cannot be."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: the comparison, what was taken, and the conflicts that stay open."""

    comparison: Comparison
    taken: tuple[Difference, ...]
    open: tuple[Conflicting, ...]
    files: int
    missing: tuple[str, ...]
    written: bool
    broken: tuple[Broken, ...] = ()
    """What held before and does not any more: errors in the ledger, checklist items, weights."""
    rechecked: bool | None = None
    """Whether what may be broken was looked for: None where nothing was to be written, or where a
    dry run could not try it, False when the check was stopped."""


class Reconciling:
    """Looks at another copy of the project, and takes over what is only there."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        other: Other,
        catalogue: CatalogueOf,
        rechecking: Callable[[], Rechecking],
        trial: Trial,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._other = other
        self._catalogue = catalogue
        self._rechecking = rechecking
        self._trial = trial

    @paused_collection()
    def look(self, other: str, name: str, progress: Progress | None = None) -> Comparison:
        """Compare; nothing is written. ProjectError when it is no copy of this project."""
        with self._other(other) as theirs, self._unit_of_work() as here, theirs() as there:
            return self._looked(here, there, name, progress or Silent()).comparison

    @paused_collection()
    def merge(
        self,
        other: str,
        name: str,
        prefer: str = "",
        chosen: AbstractSet[Cell] | None = None,
        token: tuple[str, str] | None = None,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Merged:
        """Take over what the other copy has, as one step that undo takes back.

        Conflicts stay as they are here and open unless ``prefer`` decides them; ``chosen`` are the
        differences that a person took after seeing all (then everything is decided). RefusedError
        when a copy was changed after ``token`` was given. A dry run does it all and takes it back,
        so that it tells what the merge would break.
        """
        if dry_run:
            with self._trial() as tried:
                if tried is not None:
                    shown = tried.merge(other, name, prefer, chosen, token, progress=progress)
                    return replace(shown, written=False)
        report = progress or Silent()
        with self._other(other) as theirs, theirs() as there:
            with self._unit_of_work() as here:
                look = self._looked(here, there, name, report)
                if token is not None and token != look.comparison.token:
                    raise RefusedError("copies.changed_meanwhile", name=name)
                done = look.decided(prefer, chosen)
                decided = chosen is not None or prefer in (OURS, THEIRS)
                left = () if decided else look.conflicts_of(done)
                files = look.files(done.taken)
                missing = tuple(
                    label for sha256, label in files.items() if not there.files.holds(sha256)
                )
                record = None if dry_run else look.record(done, left, decided=decided)
            if record is not None:
                rechecking = self._rechecking()
                before = rechecking.before()
                with self._unit_of_work() as here:
                    outdated = outdated_reviews(done.changes, here, there)
                    kept = tuple(without_reviews(done.changes, outdated, here))
                changes = look.change_set(done, kept, record)
                bringing = look.bringing(done.taken, files, report)
                steps = look.behind(done.taken)
                self._history.do(changes, prepare=bringing, progress=report, brought=steps)
        merged = Merged(
            look.comparison, done.taken, left, len(files) - len(missing), missing,
            record is not None,
        )  # fmt: skip
        if record is None:
            return merged
        del look
        try:
            broken = rechecking.after(before, kept, outdated, report)
        except Cancelled:  # what was merged stays merged
            return replace(merged, rechecked=False)
        return replace(merged, broken=broken, rechecked=True)

    def _looked(self, here: UnitOfWork, there: UnitOfWork, name: str, progress: Progress) -> Look:
        ours, theirs = Log(here), Log(there)
        known = here.setting(PROJECT_ID), there.setting(PROJECT_ID)
        fork = parted(ours, theirs)
        if not fork and (known[0] is None or known[0] != known[1]):
            raise ProjectError("copies.unrelated", name=name)
        stages = Stages(progress)
        halves = compared(ours, theirs, fork, self._catalogue(), stages.stage(0.7))
        look = Look(here, there, name, halves, stages.stage(0.3))
        stages.finish()
        return look
