# SPDX-License-Identifier: MIT
"""The weights of matching: the shipped ones, or a team's own per park or assessment."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.application.assessment.weights_kept import WeightsKept, weights_kept
from workbench.application.history import History
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.domain.cases.case import FEATURES
from workbench.domain.catalogue.cases import feature_weight
from workbench.domain.content import Content
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.matching.similarity import WeightsError, check_weights
from workbench.domain.records.changes import ChangeSet, creation
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import changed, deletion
from workbench.domain.values import Value

ENTITY = "match_weights"


@dataclass(frozen=True, slots=True)
class MatchWeights:
    """Weights as they stand; ``own`` unless they are the shipped ones."""

    values: Mapping[str, Decimal]
    own: bool = False
    reason: str = ""
    author: str = ""

    @property
    def usable(self) -> bool:
        """Tell whether every feature has a weight ≥ 0 and they sum to 1."""
        try:
            check_weights(self.values)
        except WeightsError:
            return False
        return True


class MatchWeighing:
    """Reads and keeps the weights by which cases are compared."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        content: Callable[[], Content],
        author: Callable[[], str],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._content = content
        self._author = author

    def weights(self, park: str, assessment: str = "") -> MatchWeights:
        """Return what counts: the assessment's weights, else the park's, else the shipped ones."""
        with self._unit_of_work() as work:
            record = _counting(work, park, assessment)
        return _weights(record) if record else MatchWeights(self._content().features.weights)

    def kept(self, park: str, assessment: str = "") -> WeightsKept | None:
        """Return who kept the weights that count and when; None while the shipped ones do."""
        with self._unit_of_work() as work:
            return weights_kept(_counting(work, park, assessment), work)

    def weigh(
        self, park: str, assessment: str, weights: Mapping[str, Decimal], reason: str
    ) -> None:
        """Keep weights with a reason; RefusedError when they do not sum to 1 or without one.

        UsageError for a feature that does not exist.
        """
        unknown = sorted(set(weights) - set(FEATURES))
        if unknown:
            raise UsageError("match_weighing.unknown", name=unknown[0], known=" ".join(FEATURES))
        if not MatchWeights(weights).usable:
            whole = sum(weights.values(), Decimal(0))
            raise RefusedError("match_weighing.sum", sum=f"{whole * 100:.2f}%")
        if not reason.strip():
            raise RefusedError("match_weighing.no_reason")
        values: dict[str, Value | None] = {
            **{feature_weight(name): weight for name, weight in weights.items()},
            "reason": reason.strip(),
            "author": self._author(),
        }
        stored = self._stored(park, assessment)
        whole_record = {"park": park, "assessment": assessment or None, **values}
        change = (
            creation(ENTITY, str(uuid.uuid4()), whole_record)
            if stored is None
            else changed(stored, values)
        )
        if change is not None:
            self._history.do(ChangeSet("match_weighing.weigh", (change,)))

    def reset(self, park: str, assessment: str = "") -> None:
        """Go back to the weights that count without own ones; nothing when there are none."""
        stored = self._stored(park, assessment)
        if stored is not None:
            self._history.do(ChangeSet("match_weighing.reset", (deletion(stored),)))

    def _stored(self, park: str, assessment: str) -> Record | None:
        with self._unit_of_work() as work:
            rows = work.records.all(ENTITY)
        for row in rows:
            if (row.text("park"), row.text("assessment") or "") == (park, assessment):
                return row
        return None


def _counting(work: UnitOfWork, park: str, assessment: str) -> Record | None:
    rows = [row for row in work.records.all(ENTITY) if row.text("park") == park]
    for key in dict.fromkeys((assessment, "")):
        record = next((row for row in rows if (row.text("assessment") or "") == key), None)
        if record is not None:
            return record
    return None


def _weights(record: Record) -> MatchWeights:
    stated = ((name, record.number(feature_weight(name))) for name in FEATURES)
    values = {name: weight for name, weight in stated if weight is not None}
    return MatchWeights(values, True, record.text("reason") or "", record.text("author") or "")
