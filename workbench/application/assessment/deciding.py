# SPDX-License-Identifier: MIT
"""What people decide about the ranking: weights, scores, a choice of their own; logged, undoable.

Each decision belongs to an assessment, or to the park as a whole when there is none (key "").
What an assessment does not say itself it takes from its park.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from workbench.application.assessment.weights_kept import WeightsKept, weights_kept
from workbench.application.history import History
from workbench.application.ports import ContentOf
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.content import Content
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import (
    RankingChoices,
    choices_of,
    values_of,
    whole_step,
)
from workbench.domain.ranking.weighing import Weighting, starting
from workbench.domain.records.changes import ChangeSet, RecordChange, creation, update
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import deletion
from workbench.domain.values import Value

WEIGHTS, SCORE, CHOICE = "criteria_weights", "pathway_score", "pathway_choice"


class Deciding:
    """Reads and keeps the decisions about the ranking of a park's pathways."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        content: ContentOf,
        author: Callable[[], str],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._content_of = content
        self._author = author

    @property
    def _content(self) -> Content:
        return self._content_of()

    def choices(
        self, park: str, assessment: str = "", *, whole_park: bool = True
    ) -> RankingChoices:
        """Return what counts for an assessment, or for the park.

        Without an assessment the scores and the choice made for the whole park say nothing about
        single assets of it (``whole_park`` False); the weights do.
        """
        with self._unit_of_work() as work:
            weights = _of(work.records.all(WEIGHTS), park, assessment)
            scores = _of(work.records.all(SCORE), park, assessment)
            chosen = _of(work.records.all(CHOICE), park, assessment)
        if not assessment and not whole_park:
            scores, chosen = [], []
        return choices_of(weights[-1] if weights else None, scores, chosen[-1] if chosen else None)

    def weighting(self, park: str, assessment: str = "") -> Weighting:
        """Return the weighting that counts: the assessment's, the park's, or the product's."""
        found = self.choices(park, assessment).weighting
        return found or starting(self._content.ranking.judgements)

    def weights_kept(self, park: str, assessment: str = "") -> WeightsKept | None:
        """Return who kept the weights that count and when; None while the starting ones do."""
        with self._unit_of_work() as work:
            found = _of(work.records.all(WEIGHTS), park, assessment)
            return weights_kept(found[-1] if found else None, work)

    def weigh(self, park: str, assessment: str, weighting: Weighting, reason: str = "") -> None:
        """Keep judgements or weights, also such that cannot be used yet: no typing is lost."""
        values = values_of(weighting) | {"reason": reason or None, "author": self._author()}
        self._keep(WEIGHTS, park, assessment, {}, values, "deciding.weigh")

    def score(
        self, park: str, assessment: str, pathway: str, scores: Mapping[Criterion, Decimal],
        reason: str,
    ) -> None:  # fmt: skip
        """Keep an analyst's scores of one pathway; all of them, or RefusedError."""
        self.check_scores(pathway, scores, reason)
        records = self._scored(park, assessment, pathway, scores, reason)
        self._do("deciding.score", records, {"pathway": pathway})

    def _scored(
        self, park: str, assessment: str, pathway: str, scores: Mapping[Criterion, Decimal],
        reason: str,
    ) -> list[RecordChange]:  # fmt: skip
        found: list[RecordChange] = []
        for criterion, value in scores.items():
            change = self._change(
                SCORE, park, assessment,
                {"pathway": pathway, "criterion": criterion.value},
                {"score": value, "reason": reason.strip(), "author": self._author()},
            )  # fmt: skip
            found += [change] if change else []
        return found

    def rescore(
        self, park: str, assessment: str, pathway: str,
        changes: Mapping[Criterion, Decimal | None], reason: str,
    ) -> None:  # fmt: skip
        """Keep new scores and take others back (None), as one step; all of them or none."""
        new = {criterion: value for criterion, value in changes.items() if value is not None}
        if new:
            self.check_scores(pathway, new, reason)
        self._check_scored(pathway)
        records = self._scored(park, assessment, pathway, new, reason)
        for criterion in changes.keys() - new.keys():
            place = {"pathway": pathway, "criterion": criterion.value}
            stored = self._find(SCORE, park, assessment, place)
            records += [deletion(stored)] if stored else []
        self._do("deciding.score", records, {"pathway": pathway})

    def check_scores(self, pathway: str, scores: Mapping[Criterion, Decimal], reason: str) -> None:
        """RefusedError for an unknown pathway, a score outside 0–100 or its steps, no reason."""
        self._check_scored(pathway)
        if wrong := [value for value in scores.values() if not whole_step(value)]:
            raise RefusedError("deciding.score_step", pathway=pathway, value=f"{wrong[0]:f}")
        if not reason.strip():
            raise RefusedError("deciding.score_reason", pathway=pathway)

    def unscore(self, park: str, assessment: str, pathway: str, criterion: Criterion) -> None:
        """Take an analyst's score back, so that the pre-filled one counts again."""
        self._drop(
            SCORE, park, assessment, "deciding.unscore",
            {"pathway": pathway, "criterion": criterion.value},
        )  # fmt: skip

    def choose(self, park: str, assessment: str, pathway: str, reason: str) -> None:
        """Recommend a pathway by hand, with a reason; RefusedError without one."""
        self._check_scored(pathway)
        if not reason.strip():
            raise RefusedError("deciding.choice_reason", pathway=pathway)
        values = {"pathway": pathway, "reason": reason.strip(), "author": self._author()}
        self._keep(CHOICE, park, assessment, {}, values, "deciding.choose")

    def withdraw(self, park: str, assessment: str) -> None:
        """Take the recommendation by hand back."""
        self._drop(CHOICE, park, assessment, "deciding.withdraw", {})

    def keep_all(self, park: str, assessment: str, choices: RankingChoices) -> None:
        """Keep everything that a file of decisions says, beside what was decided before."""
        if choices.weighting is not None:
            self.weigh(park, assessment, choices.weighting)
        for pathway, scores in choices.scores.items():
            for criterion, said in scores.items():
                self.score(park, assessment, pathway, {criterion: said.value}, said.reason)
        if choices.override is not None:
            self.choose(park, assessment, choices.override.pathway, choices.override.reason)

    def start_over(self, park: str, assessment: str) -> None:
        """Forget the assessment's (or park's) own weights."""
        self._drop(WEIGHTS, park, assessment, "deciding.start_over", {})

    def _check_scored(self, pathway: str) -> None:
        known = [code for code, each in self._content.pathways.items() if each.ranked]
        if pathway in known:
            return
        if pathway in self._content.pathways:
            raise UsageError("deciding.never_ranked", code=pathway, known=" ".join(known))
        raise UsageError("assessing.no_such_pathway", code=pathway, known=" ".join(known))

    def _keep(
        self, entity: str, park: str, assessment: str, place: Mapping[str, str],
        values: Mapping[str, Value | None], label: str,
    ) -> None:  # fmt: skip
        change = self._change(entity, park, assessment, place, values)
        self._do(label, [change] if change else [], {"pathway": str(values.get("pathway") or "")})

    def _change(
        self, entity: str, park: str, assessment: str, place: Mapping[str, str],
        values: Mapping[str, Value | None],
    ) -> RecordChange | None:  # fmt: skip
        stored = self._find(entity, park, assessment, place)
        if stored is not None:
            return update(entity, stored.key, stored.values, values)
        whole = {"park": park, "assessment": assessment or None, **place, **values}
        return creation(entity, str(uuid.uuid4()), whole)

    def _drop(
        self, entity: str, park: str, assessment: str, label: str, place: Mapping[str, str]
    ) -> None:
        stored = self._find(entity, park, assessment, place)
        changes = [deletion(stored)] if stored else []
        self._do(label, changes, {"pathway": place.get("pathway", "")})

    def _do(self, label: str, changes: Sequence[RecordChange], params: dict[str, str]) -> None:
        if changes:
            self._history.do(ChangeSet(label, tuple(changes), params))

    def _find(
        self, entity: str, park: str, assessment: str, place: Mapping[str, str]
    ) -> Record | None:
        with self._unit_of_work() as work:
            rows = work.records.all(entity)
        for row in rows:
            own = (row.text("park"), row.text("assessment") or "") == (park, assessment)
            if own and all(row.text(name) == value for name, value in place.items()):
                return row
        return None


def _of(rows: Sequence[Record], park: str, assessment: str) -> list[Record]:
    """Return the rows of the park, then those of the assessment, so that the latter win."""
    own = [row for row in rows if row.text("park") == park]
    general = [row for row in own if row.text("assessment") is None]
    named = [row for row in own if assessment and row.text("assessment") == assessment]
    return general + named
