# SPDX-License-Identifier: MIT
"""What is assessed on screen: scope, the computed draft, and the cases taken into the comparison.

All pages of a project share one of these: a result is computed once and shown everywhere.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from workbench.application.assessment.assessments import assets_of
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.catalogue.ranking import DECISIONS
from workbench.domain.records.changes import ChangeSet
from workbench.ui.texts import t

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft
    from workbench.application.ports import Progress
    from workbench.domain.records.ledger import Record
    from workbench.ui.context import UiContext

LARGEST_COMPARISON = 5
_CONTENT = frozenset({"own_case", "content_file", "case_waiver", "match_weights"})
_RANKED_BY = DECISIONS | {"scenario"}


class DraftState(StrEnum):
    """Whether there is a result and whether it is still the one of the ledger."""

    NONE = "none"
    COMPUTING = "computing"
    READY = "ready"
    STALE = "stale"
    FAILED = "failed"


class Assessed(QObject):
    """Computes the draft off the window's thread and keeps it until something changes."""

    changed = Signal()
    """The state, the draft or the scope is another one."""
    comparison_changed = Signal()

    def __init__(self, context: "UiContext") -> None:
        super().__init__(context)
        self._context = context
        self._draft: AssessmentDraft | None = None
        self._state = DraftState.NONE
        self._assets: frozenset[str] = frozenset()
        self._compared: tuple[str, ...] = ()
        self._run = 0
        context.park_chosen.connect(self._on_park)
        context.as_of_chosen.connect(self._on_outdated)
        context.assessment_chosen.connect(self._on_assessment)
        context.changed.connect(self._on_changed)

    @property
    def state(self) -> DraftState:
        """Return whether there is a result and whether it is up to date."""
        return self._state

    @property
    def draft(self) -> "AssessmentDraft | None":
        """Return the newest result, which may be stale, or None."""
        return self._draft

    @property
    def assets(self) -> frozenset[str]:
        """Return the keys of the chosen parcels and buildings; none means the whole park."""
        return self._assets

    @property
    def compared(self) -> tuple[str, ...]:
        """Return the ids of the cases taken into the comparison, at most five."""
        return self._compared

    def choose_assets(self, keys: frozenset[str]) -> None:
        """Assess these assets, or the whole park, from now on."""
        if keys != self._assets:
            self._assets = keys
            self._on_outdated()

    def compare(self, case_id: str, wanted: bool) -> None:
        """Take a case into the comparison or out of it; the oldest makes room."""
        rest = tuple(item for item in self._compared if item != case_id)
        chosen = (*rest, case_id)[-LARGEST_COMPARISON:] if wanted else rest
        if chosen != self._compared:
            self._compared = chosen
            self.comparison_changed.emit()

    def compute(self) -> None:
        """Compute anew; a run that was overtaken by another is forgotten."""
        context = self._context
        if not context.park_key:
            self._set(DraftState.NONE)
            return
        self._run += 1
        run, services = self._run, context.services
        park, assets, as_of = context.park_key, self._assets or None, context.as_of
        assessment = context.assessment_key
        final = self._final()

        def work(progress: "Progress") -> "tuple[int, AssessmentDraft]":
            from workbench.application.assessment.assessing_named import options_for

            if final is not None:
                return run, services.finalizing.draft(final, progress)
            options = options_for(services, park, assessment, assets or ())
            return run, services.assessing.run(park, assets, as_of, options, progress)

        task = context.run(t("assessment.computing"), work)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self._set(DraftState.COMPUTING)

    def _final(self) -> "Record | None":
        """Return the chosen assessment when it is final and scope and date are still its own."""
        key = self._context.assessment_key
        record = self._context.services.querying.record("assessment", key) if key else None
        if record is None or not record.text("digest"):
            return None
        own = (assets_of(record), record.day("as_of"))
        return record if own == (self._assets, self._context.as_of) else None

    def ensure(self) -> None:
        """Compute when there is no result that fits the ledger as it is."""
        if self._state in (DraftState.NONE, DraftState.STALE):
            self.compute()

    def _set(self, state: DraftState) -> None:
        self._state = state
        self.changed.emit()

    @Slot(object)
    def _on_succeeded(self, outcome: "tuple[int, AssessmentDraft]") -> None:
        run, draft = outcome
        if run == self._run and self._state is DraftState.COMPUTING:
            self._draft = draft
            self._set(DraftState.READY)

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        self._set(DraftState.FAILED)

    @Slot()
    def _on_cancelled(self) -> None:
        self._set(DraftState.STALE if self._draft else DraftState.FAILED)

    @Slot()
    def _on_park(self) -> None:
        self._assets = frozenset()
        self._draft = None
        self._run += 1
        self._set(DraftState.NONE)

    @Slot()
    def _on_outdated(self) -> None:
        self._run += 1
        self._set(DraftState.STALE if self._draft else DraftState.NONE)

    @Slot(str)
    def _on_assessment(self, key: str) -> None:
        """Look at what a named assessment looks at: its assets, at its as-of date."""
        record = self._context.services.querying.record("assessment", key) if key else None
        if record is None:
            return
        before = self._assets
        self._assets = assets_of(record)
        day = record.day("as_of") or self._context.as_of
        if day != self._context.as_of:
            self._context.choose_as_of(day)
        elif self._assets != before or self._draft is not None:
            self._on_outdated()  # it may have its own answers, weights and scores

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        changed = (change.entity for change in changes.records)
        if any(e in _CONTENT or CATALOGUE[e].ledger for e in changed):
            self._on_outdated()
            return
        entities = {change.entity for change in changes.records}
        if entities & _RANKED_BY and self._final() is None:
            if self._draft is not None and self._state is DraftState.READY:
                self._rank_again(self._draft)
            else:  # what is being computed does not know of it yet
                self._on_outdated()

    def _rank_again(self, draft: "AssessmentDraft") -> None:
        """Rank anew by what was decided: quick, so that it happens at once."""
        from workbench.application.assessment.assessing_named import options_for

        context, services = self._context, self._context.services
        assets = draft.scope.asset_keys or ()
        options = options_for(services, context.park_key, context.assessment_key, assets)
        self._draft = services.assessing.rank_again(draft, options)
        self.changed.emit()
