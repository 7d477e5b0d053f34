# SPDX-License-Identifier: MIT
"""Splitting a parcel and joining parcels: what it would do, and doing it as one step."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.application.assessment.assessing import AssessingService
from workbench.application.history import History
from workbench.application.ledger.querying import Querying
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.domain.content import Content
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.scope import Scope, in_order
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.parameters import PolicyParam
from workbench.domain.parcels.carrying import to_verify
from workbench.domain.parcels.joining import (
    JoinPlan,
    differing,
    join,
    join_checks,
    paid_share,
    sums,
)
from workbench.domain.parcels.limits import LandFigures, LimitCheck, land_figures, self_hold
from workbench.domain.parcels.parts import Part, SplitPlan, part_areas, shares
from workbench.domain.parcels.splitting import split
from workbench.domain.pathways.feasibility import PathwayCheck, check_pathways
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.ledger import Record
from workbench.domain.records.neighbourhood import neighbourhood
from workbench.domain.records.referring import Surroundings
from workbench.domain.values import Value

SPLIT_PATHWAY = "P02"
MINIMUM = "split_min_land"


@dataclass(frozen=True, slots=True)
class PartPreview:
    """One part: its amounts by field (area ㎡, money 元) and what it must satisfy."""

    part: Part
    amounts: Mapping[str, Decimal]
    figures: LandFigures


@dataclass(frozen=True, slots=True)
class MinimumRule:
    """The local minimum area: the value in force here, and what other regions have."""

    here: PolicyParam | None
    elsewhere: tuple[PolicyParam, ...]


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """What a split would do; nothing was written."""

    parcel: Record
    parts: tuple[PartPreview, ...]
    rounding: Decimal
    self_hold: LimitCheck | None
    pathway: PathwayCheck
    minimum: MinimumRule
    to_verify: tuple[str, ...]
    ended_valuations: tuple[Record, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the rules that are certainly not met, each once."""
        checks = [check.rule for part in self.parts for check in part.figures.failed]
        if self.self_hold is not None and self.self_hold.truth is False:
            checks.append(self.self_hold.rule)
        return tuple(dict.fromkeys([*checks, *(item.id for item in self.pathway.to_fix)]))


@dataclass(frozen=True, slots=True)
class JoinPreview:
    """What joining would do; ``differing`` holds each parcel's value of the fields to choose."""

    parcels: tuple[Record, ...]
    sums: Mapping[str, Decimal | None]
    paid_share: Decimal | None
    differing: Mapping[str, tuple[Value | None, ...]]
    checks: tuple[LimitCheck, ...]
    figures: LandFigures | None
    to_verify: tuple[str, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the rules that are certainly not met."""
        found = [check.rule for check in self.checks if check.truth is False]
        return (*found, *(check.rule for check in (self.figures.failed if self.figures else ())))


class Splitting:
    """Divides and joins parcels of the ledger."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        querying: Querying,
        assessing: AssessingService,
        content: Content,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._querying = querying
        self._assessing = assessing
        self._content = content

    def preview(self, plan: SplitPlan, as_of: date | None = None) -> SplitPreview:
        """Return what a split would do; RefusedError when the parts do not add up."""
        (parcel,) = self._parcels([plan.parcel])
        scope = self._scope([parcel], as_of)
        areas = part_areas(parcel, plan.parts)
        with self._unit_of_work() as work:
            done = split(parcel, plan, self._around(work))
        amounts = shares(parcel, areas.areas)
        ledger = self._querying.ledger()
        parts = []
        for at, part in enumerate(plan.parts):
            buildings = [b for key in part.buildings if (b := ledger.find("building", key))]
            figures = land_figures(areas.areas[at], [parcel], buildings, scope.params)
            got = {name: of[at] for name, of in amounts.items()}
            parts.append(PartPreview(part, got, figures))
        return SplitPreview(
            parcel,
            tuple(parts),
            areas.rounding,
            self_hold(parcel, plan.parts, areas.areas),
            self._pathway(scope),
            self._minimum(parcel, scope.as_of),
            to_verify([parcel], ledger.catalogue),
            done.ended_valuations,
        )

    def split(self, plan: SplitPlan, reason: str = "", as_of: date | None = None) -> Sequence[str]:
        """Divide a parcel as one step; return the keys of the new ones, in order.

        RefusedError when something does not add up, or when a rule is not met and no reason is
        given for doing it all the same.
        """
        preview = self.preview(plan, as_of)
        _need_reason(preview.failed, reason)
        with self._unit_of_work() as work:
            done = split(preview.parcel, plan, self._around(work))
        params = {"name": preview.parcel.label, "count": str(len(plan.parts))}
        self._history.do(ChangeSet("splitting.split", done.records, params, reason))
        return done.keys

    def preview_join(self, keys: Sequence[str], as_of: date | None = None) -> JoinPreview:
        """Return what joining parcels would do."""
        parcels = self._parcels(keys)
        scope = self._scope(parcels, as_of)
        added = sums(parcels)
        area = added["area_cert"] or added["area_actual"]
        figures = None
        if area:
            on_them = in_order(b for p in parcels for b in scope.buildings_on(p))
            figures = land_figures(area, parcels, on_them, scope.params)
            kept = (check for check in figures.checks if check.rule != "min_land")
            figures = replace(figures, checks=tuple(kept))
        return JoinPreview(
            tuple(parcels),
            added,
            paid_share(parcels),
            differing(parcels, self._querying.ledger().catalogue),
            join_checks(parcels, scope),
            figures,
            to_verify(parcels, self._querying.ledger().catalogue),
        )

    def join(self, plan: JoinPlan, reason: str = "", as_of: date | None = None) -> str:
        """Make one parcel of several as one step; return its key.

        RefusedError when they cannot be one, or when a rule is not met and no reason is given.
        """
        preview = self.preview_join(plan.parcels, as_of)
        with self._unit_of_work() as work:
            done = join(plan, preview.parcels, self._around(work))
        _need_reason(preview.failed, reason)
        params = {"name": plan.name or plan.code, "count": str(len(plan.parcels))}
        self._history.do(ChangeSet("splitting.join", done.records, params, reason))
        return done.key

    def _around(self, work: UnitOfWork) -> Surroundings:
        return Surroundings(self._querying.ledger(), work.records.all, _key)

    def _parcels(self, keys: Iterable[str]) -> list[Record]:
        ledger = self._querying.ledger()
        found = []
        for key in dict.fromkeys(keys):
            parcel = ledger.find("parcel", key)
            if parcel is None:
                raise RefusedError("editing.gone", entity="parcel", key=key)
            found.append(parcel)
        if not found:
            raise UsageError("splitting.join_too_few")
        return found

    def _scope(self, parcels: Sequence[Record], as_of: date | None) -> Scope:
        """Return the scope of some parcels; RefusedError for land without a park."""
        ledger = self._querying.ledger()
        park = ledger.park_of(parcels[0])
        if park is None:
            raise RefusedError("splitting.no_park", name=parcels[0].label)
        chosen = {p.key for p in parcels if (of := ledger.park_of(p)) and of.key == park.key}
        near = neighbourhood(ledger, *parcels)
        return self._assessing.scope(park.key, chosen, as_of, near)

    def _pathway(self, scope: Scope) -> PathwayCheck:
        pathway = self._content.pathways[SPLIT_PATHWAY]
        (check,) = check_pathways([pathway], Facts(scope, {}))
        return check

    def _minimum(self, parcel: Record, as_of: date) -> MinimumRule:
        """Return the minimum in force where the parcel lies, and the other regions' as a guide."""
        park = self._querying.ledger().park_of(parcel)
        region = self._assessing.region(park) if park else ""
        here = self._content.parameters.find(MINIMUM, region, as_of=as_of)
        others = (p for p in self._content.parameters if p.code == MINIMUM and p != here)
        return MinimumRule(here, tuple(p for p in others if p.in_force(as_of)))


def _need_reason(failed: Sequence[str], reason: str) -> None:
    if failed and not reason.strip():
        raise RefusedError("splitting.reason_needed", count=len(failed))


def _key() -> str:
    return str(uuid.uuid4())
