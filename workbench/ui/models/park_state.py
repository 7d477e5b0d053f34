# SPDX-License-Identifier: MIT
"""The chosen park as the pages see it at one moment: records, computed figures, problems."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial

from PySide6.QtCore import QObject, Signal

from workbench.application.ports import Progress
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.registry import check_ledger
from workbench.domain.figures.scope import Scope
from workbench.domain.ledger import Ledger, Record
from workbench.ui.context import UiContext
from workbench.ui.models.asset_figures import NO_FIGURES, AssetFigures, AssetReading
from workbench.ui.models.asset_register import ASSET_ENTITIES, in_register_order
from workbench.ui.models.field_cells import missing_fields
from workbench.ui.models.problems import ProblemIndex

COMPUTED_AT_ONCE = 400
"""Up to how many records are computed before the next picture; more go to the worker."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Computed:
    """What the rules say of a park; until it is there, that of the moment before stands in."""

    figures: dict[Key, AssetFigures] = field(default_factory=dict)
    problems: ProblemIndex = field(default_factory=ProblemIndex)
    missing: dict[Key, int] = field(default_factory=dict)
    """How many needed values of a record are not known; complete records are left out."""


@dataclass
class ParkState:
    """One snapshot of one park; what is asked for is computed once."""

    ledger: Ledger
    """The park's records, and those that belong to no park, so that none is out of reach."""
    scope: Scope | None
    """None while the project has no park."""
    as_of: date
    computed: Computed | None = None
    stand_in: Computed | None = None
    """What is shown until ``computed`` is there; None computes at the first question."""

    @cached_property
    def reading(self) -> AssetReading | None:
        """Return what computes the assets' figures."""
        return None if self.scope is None else AssetReading(self.scope)

    def compute(self) -> Computed:
        """Compute figures, problems and gaps, unless that is done."""
        if self.computed is None:
            figures = {} if self.reading is None else self.reading.figures()
            problems = ProblemIndex()
            if self.scope is not None:
                findings = check_ledger(self.ledger, self.as_of, self.scope.params)
                problems = ProblemIndex.of(findings)
            missing = {
                (r.entity, r.key): count
                for r in self.ledger
                if (count := len(missing_fields(r, CATALOGUE[r.entity])))
            }
            self.computed = Computed(figures, problems, missing)
        return self.computed

    @property
    def shown(self) -> Computed:
        """Return what is known now."""
        return self.computed or self.stand_in or self.compute()

    @property
    def figures(self) -> dict[Key, AssetFigures]:
        """Return the computed figures of parcels and buildings."""
        return self.shown.figures

    @property
    def problems(self) -> ProblemIndex:
        """Return the findings of the ledger's checks."""
        return self.shown.problems

    @property
    def missing(self) -> int:
        """Return how many needed values of assets are not known."""
        gaps = self.shown.missing.items()
        return sum(count for (entity, _), count in gaps if entity in ASSET_ENTITIES)

    def is_missing(self, record: Record) -> bool:
        """Tell whether a record lacks a value that is needed."""
        return (record.entity, record.key) in self.shown.missing

    @cached_property
    def assets(self) -> list[Record]:
        """Return land, buildings and facilities in the order of the register."""
        return in_register_order(self.ledger)

    def figures_of(self, record: Record) -> AssetFigures:
        """Return an asset's figures; those of anything else are empty."""
        return self.shown.figures.get((record.entity, record.key), NO_FIGURES)

    def asset_count(self) -> int:
        """Return how many assets there are."""
        return sum(len(self.ledger.all(entity)) for entity in ASSET_ENTITIES)


class StateSignals(QObject):
    """Tells that the figures of the state in use have been computed on the worker."""

    computed = Signal()


@cache
def state_signals() -> StateSignals:
    """Return the one object that tells."""
    return StateSignals()


class _Kept:
    """The state made last: pages that follow the same change share it."""

    whole: Ledger | None = None
    key: tuple[str, date] | None = None
    state: ParkState | None = None


def park_state(context: UiContext) -> ParkState:
    """Return the state of the chosen park now; a large one is computed on the worker thread."""
    whole = context.services.querying.ledger()
    key = (context.park_key, context.as_of)
    before = _Kept.state if _Kept.key == key else None
    if before is not None and _Kept.whole is whole:
        return before
    ledger = _within(whole, context.park_key)
    scope = None
    if whole.find("park", context.park_key) is not None:
        scope = context.services.assessing.scope(
            context.park_key, as_of=context.as_of, ledger=ledger
        )
    state = ParkState(ledger, scope, context.as_of)
    _Kept.whole, _Kept.key, _Kept.state = whole, key, state
    if sum(len(rows) for rows in ledger.records.values()) > COMPUTED_AT_ONCE:
        state.stand_in = Computed() if before is None else before.shown
        task = context.tasks.start(partial(_compute, state))
        task.succeeded.connect(state_signals().computed)
    return state


def forget_state() -> None:
    """Let go of the state, as when its project is closed."""
    _Kept.whole, _Kept.key, _Kept.state = None, None, None


def _compute(state: ParkState, _progress: Progress) -> None:
    """Compute a state, unless a newer one has taken its place."""
    if _Kept.state is state:
        state.compute()


def _within(whole: Ledger, park_key: str) -> Ledger:
    """Return the park's records, every park, and what belongs to no park."""
    kept = {}
    for entity in CATALOGUE.ledger():
        rows = whole.all(entity.key)
        if entity.key == "park" or whole.find("park", park_key) is None:
            kept[entity.key] = list(rows)
            continue
        parks = ((record, whole.park_of(record)) for record in rows)
        kept[entity.key] = [r for r, park in parks if park is None or park.key == park_key]
    return Ledger(kept)
