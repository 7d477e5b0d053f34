# SPDX-License-Identifier: MIT
"""The chosen park as the pages see it at one moment: records, computed figures, problems.

A small park is asked about whole. Of a large one the records on screen are asked about at once, one
by one, and the whole of it on the worker; after a change only what the change can affect is asked
anew, until the worker has been through.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.application.ports import Cancelled, Progress
from workbench.domain.checks.rules import CheckContext
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.context import UiContext
from workbench.ui.models.asset_columns import ASSET_ENTITIES
from workbench.ui.models.asset_figures import AssetFigures, AssetReading
from workbench.ui.models.kept_figures import FigureKey, figure_key
from workbench.ui.models.known_park import Change, Known, Rules, marks_of
from workbench.ui.models.marked import Marks, changed_marks
from workbench.ui.models.problems import Key, ProblemIndex
from workbench.ui.models.register_order import in_register_order

COMPUTED_AT_ONCE = 400
"""Up to how many records are asked about before the next picture; more go to the worker."""
MOST_AFFECTED = 3000
MARKED_AT_ONCE = 200
QUIET_MS = 1500
FIRST_MS = 400
"""When a large park is gone through first: after the page has been painted."""
_SHORT_TURN_S = 0.0005
"""How long the worker keeps the interpreter while the window waits for it."""
"""How long nothing must change before a large park is gone through again."""
_MOST_KEPT = 5000
_NO_FINDINGS: Mapping[str, tuple[Finding, ...]] = {}


@dataclass
class ParkState:
    """One snapshot of one park; what is asked for is computed once."""

    ledger: Ledger
    """The park's records, and those that belong to no park, so that none is out of reach."""
    scope: Scope | None
    """None while the project has no park."""
    as_of: date
    large: bool = False
    known: Known | None = None
    """What is known of every record but the ``stale`` ones; None until somebody has been through"""
    stale: frozenset[Key] = frozenset()
    all_stale: bool = False
    """True after a change of so many records that each must be asked about anew."""
    _figures: dict[Key, AssetFigures] = field(default_factory=dict)
    _findings: dict[Key, tuple[Finding, ...]] = field(default_factory=dict)

    @cached_property
    def reading(self) -> AssetReading | None:
        """Return what computes the assets' figures."""
        return None if self.scope is None else AssetReading(self.scope)

    @cached_property
    def rules(self) -> Rules:
        """Return who is asked about a single record."""
        if self.scope is None:
            return Rules(self.ledger, None, None)
        context = CheckContext(self.ledger, self.as_of, self.scope.params)
        if self.large:
            context.borrow(self.known.indexes if self.known is not None else None)
        return Rules(self.ledger, context, self.reading)

    def compute(self, go_on: Callable[[], None] | None = None) -> Known:
        """Ask about every record, unless that is done; ``go_on`` may raise to stop."""
        if self.known is None or self.stale or self.all_stale:
            rules = self.rules
            if self.scope is not None:
                context = CheckContext(self.ledger, self.as_of, self.scope.params)
                rules = Rules(self.ledger, context, AssetReading(self.scope))
            self.known, self.stale, self.all_stale = rules.know_all(go_on), frozenset(), False
            for name in ("marks", "problems", "rules"):
                self.__dict__.pop(name, None)
        return self.known

    @property
    def _now(self) -> Known:
        """Return what is known of the whole park now; a small one is gone through at once."""
        if self.known is None:
            return Known() if self.large else self.compute()
        return self.known

    def _is_known(self, key: Key) -> bool:
        if self.known is None and not self.large:
            self.compute()
        return self.known is not None and not self.all_stale and key not in self.stale

    # ---- single records

    def figures_of(self, record: Record) -> AssetFigures:
        """Return an asset's figures; those of anything else are empty."""
        key = (record.entity, record.key)
        if self._is_known(key) and (found := self._now.figures.get(key)) is not None:
            return found
        kept = self._figures.get(key)
        if kept is None:
            if len(self._figures) > _MOST_KEPT:
                self._figures.clear()
            kept = self._figures[key] = self.rules.figures_of(record)
        return kept

    def figure_keys(self, name: str, records: Sequence[Record]) -> list[FigureKey] | None:
        """Return what sorts assets by a figure; None while a large park is gone through."""
        if self.large and (self.known is None or self.all_stale):
            return None
        known = self._now
        if known.figures or not self.large:
            return [figure_key(name, self.figures_of(record)) for record in records]
        return known.kept.keys(name, records, self.stale, self.figures_of)

    def number_figures_of(self, asset: Record) -> AssetFigures:
        """Return an asset's figures to nine decimals, as quickly as they can be had."""
        if self._is_known((asset.entity, asset.key)):
            kept = self._now.kept.figures_of(asset)
            if kept is not None:
                return kept
        return self.figures_of(asset)

    def _findings_of(self, key: Key) -> Sequence[Finding]:
        if self._is_known(key):
            return self._now.findings.get(key[0], _NO_FINDINGS).get(key[1], ())
        kept = self._findings.get(key)
        if kept is None:
            record = self.ledger.find(*key)
            kept = () if record is None else self.rules.findings_of(record)
            if len(self._findings) > _MOST_KEPT:
                self._findings.clear()
            self._findings[key] = kept
        return kept

    def is_missing(self, record: Record) -> bool:
        """Tell whether a record lacks a value that is needed."""
        return self.rules.gaps_of(record) > 0

    # ---- the whole park

    @cached_property
    def problems(self) -> ProblemIndex:
        """Return the findings of the ledger's checks."""
        return ProblemIndex(self._findings_of, self._every_finding)

    def _every_finding(self) -> Iterator[Finding]:
        known = self._now
        fresh = self._fresh()
        for entity, found in known.findings.items():
            for key, findings in found.items():
                if (entity, key) not in self.stale:
                    yield from findings
        for record in fresh:
            yield from self._findings_of((record.entity, record.key))

    @property
    def figures(self) -> Mapping[Key, AssetFigures]:
        """Return the figures that are known of parcels and buildings."""
        return self._now.figures

    @property
    def missing(self) -> int:
        """Return how many needed values of assets are not known."""
        known = self._now.missing
        gaps = sum(sum(known.get(entity, {}).values()) for entity in ASSET_ENTITIES)
        gaps -= sum(known.get(entity, {}).get(key, 0) for entity, key in self.stale
                    if entity in ASSET_ENTITIES)  # fmt: skip
        return gaps + sum(
            self.rules.gaps_of(record)
            for record in self._fresh()
            if record.entity in ASSET_ENTITIES
        )

    @cached_property
    def marks(self) -> Marks:
        """Return the marked records; of many that just changed the marks are those of before."""
        known = self._now.marks()
        if not self.stale or len(self.stale) > MARKED_AT_ONCE:
            return known
        fresh: dict[str, set[Key]] = {mark: set() for mark in known}
        for record in self._fresh():
            key = (record.entity, record.key)
            gaps = self.rules.gaps_of(record)
            for mark in marks_of(self.figures_of(record), self._findings_of(key), gaps):
                fresh[mark].add(key)
        return changed_marks(known, self.stale, fresh)

    def _fresh(self) -> Iterable[Record]:
        """Yield the stale records that are few enough to be asked about now."""
        if len(self.stale) > MARKED_AT_ONCE:
            return
        for key in sorted(self.stale):
            if (record := self.ledger.find(*key)) is not None:
                yield record

    @cached_property
    def assets(self) -> list[Record]:
        """Return land, buildings and facilities in the order of the register."""
        return in_register_order(self.ledger)

    def asset_count(self) -> int:
        """Return how many assets there are."""
        return sum(len(self.ledger.all(entity)) for entity in ASSET_ENTITIES)


class StateSignals(QObject):
    """Tells that the whole of the park in use has been gone through on the worker."""

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
    later: "_Later | None" = None


class _Later(QObject):
    """Goes through a large park once nothing has changed for a while."""

    def __init__(self, context: UiContext, state: ParkState, wait: int) -> None:
        super().__init__(context)
        self._context = context
        self._state = state
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._begin)
        self._clock.start(wait)

    @Slot()
    def _begin(self) -> None:
        if _Kept.state is self._state:
            task = self._context.tasks.start(partial(_compute, self._state))
            task.succeeded.connect(state_signals().computed)


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
    if sum(len(rows) for rows in whole.records.values()) > COMPUTED_AT_ONCE:
        state.large = True
        follows = before is not None and _follow(before, state, context)
        if _Kept.later is not None:
            _Kept.later.deleteLater()
        _Kept.later = _Later(context, state, QUIET_MS if follows else FIRST_MS)
    return state


def forget_state() -> None:
    """Let go of the state, as when its project is closed."""
    _Kept.whole, _Kept.key, _Kept.state, _Kept.later = None, None, None, None


def _follow(before: ParkState, state: ParkState, context: UiContext) -> bool:
    """Take over what is known of the records that a change left alone."""
    change = Change(before.ledger, state.ledger)
    context.letting_go.take(change.of_shrunken_kinds())
    if before.known is None:
        return False
    affected = change.affected(MOST_AFFECTED)
    state.known, state.stale = before.known, before.stale | (affected or frozenset())
    state.all_stale = before.all_stale or affected is None
    return True


def _compute(state: ParkState, progress: Progress) -> None:
    """Compute a state, unless a newer one has taken its place; the window stays quick meanwhile."""

    def go_on() -> None:
        if _Kept.state is not state:
            raise Cancelled
        progress.step(0, 1)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SHORT_TURN_S)
    try:
        go_on()
        state.compute(go_on)
    finally:
        sys.setswitchinterval(interval)


class _Within(Mapping[str, Sequence[Record]]):
    """The records of one park by entity, chosen when an entity is first asked for."""

    def __init__(self, whole: Ledger, park_key: str) -> None:
        self._whole = whole
        self._park = park_key
        self._rows: dict[str, Sequence[Record]] = {}

    @override
    def __getitem__(self, entity: str) -> Sequence[Record]:
        rows = self._rows.get(entity)
        if rows is None:
            rows = self._rows[entity] = self._chosen(entity)
        return rows

    def _chosen(self, entity: str) -> Sequence[Record]:
        """Return the park's records, every park, and what belongs to no park."""
        whole = self._whole
        rows = whole.records[entity]
        if entity == "park":
            return rows
        parks = ((record, whole.park_of(record)) for record in rows)
        return [r for r, park in parks if park is None or park.key == self._park]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._whole.records)

    @override
    def __len__(self) -> int:
        return len(self._whole.records)


def _within(whole: Ledger, park_key: str) -> Ledger:
    """Return the park's part of the ledger; of a project with one park that is all of it."""
    if whole.find("park", park_key) is None or len(whole.all("park")) == 1:
        return whole
    return Ledger(_Within(whole, park_key), whole.catalogue, whole.beside)
