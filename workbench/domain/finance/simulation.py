# SPDX-License-Identifier: MIT
"""Monte Carlo: NPV and IRR over thousands of paths with a stored seed (floats, numpy).

The paths run through the very formulas of the result (``replay``), in blocks, so that memory stays
small, progress can be shown and the run cancelled between blocks. Same seed, same paths.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from workbench.domain.finance.distributions import Correlation, Mode, Uncertain, problems
from workbench.domain.finance.draws import Draws
from workbench.domain.finance.inputs import ModelInput, Shape
from workbench.domain.finance.measures import DISCOUNT_RATE, IRR, NPV
from workbench.domain.finance.rates import present_values, rates_of_paths
from workbench.domain.finance.replay import Number, Paths, Program
from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import NPV_WITHOUT_TERMINAL, Scenario, Target
from workbench.domain.finance.settling import Provenance
from workbench.domain.finance.simulation_settings import MOST_PATHS
from workbench.domain.finance.swings import kept_whole, movable
from workbench.domain.finance.terms import ZERO, Place, Term, places
from workbench.domain.findings import Finding, Level

BLOCK = 10_000
"""Paths per block; results depend on the seed and the number of paths only."""
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
_BINS = 40
MOST_LISTED = 10_000
"""Paths up to which a run keeps every single result, so that a workbook can list them."""
_SAME = 1e-9
_USUAL_RATE = 0.1
_OPEN = 1e-6
"""How far a draw stays from a limit that is not allowed itself."""

Progress = Callable[[int, int], None]
"""Told how many paths are done, of how many."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a measure came out over the paths; NPV in 元, IRR as a fraction.

    ``percentiles`` belong to ``PERCENTILES``; ``edges`` has one entry more than ``counts``.
    ``unknown`` counts paths without a value (an IRR that does not exist), ``ambiguous`` those with
    possibly several. ``below`` is the share of paths with a value below 0. ``values`` has every
    path up to ``MOST_LISTED`` (NaN without a value), and none of a longer run.
    """

    measure: str
    base: float | None
    known: int
    unknown: int
    ambiguous: int
    mean: float
    deviation: float
    lowest: float
    highest: float
    percentiles: tuple[float, ...]
    below: float
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    values: tuple[float, ...] = field(default=(), repr=False, compare=False)

    @property
    def standard_error(self) -> float:
        """Return how sure the mean is."""
        return self.deviation / math.sqrt(self.known)


@dataclass(frozen=True, slots=True)
class Driver:
    """How closely an uncertain input goes with the NPV: rank correlation over the paths."""

    item: ModelInput
    rank: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """A run: how it was made (stored and printed) and what came out.

    ``loss`` is the probability that the NPV is below 0. ``clipped`` is the share of draws that
    were outside an input's limits and were put on the limit. A ``cancelled``
    run keeps the paths that were done.
    """

    paths: int
    seed: int
    uncertain: tuple[Uncertain, ...]
    correlations: tuple[Correlation, ...]
    npv: Spread
    irr: Spread | None
    loss: float
    drivers: tuple[Driver, ...]
    clipped: float
    cancelled: bool
    left_out: tuple[str, ...] = ()
    """Inputs that have a distribution and do not count with the choices made."""


def simulate(
    scenario: Scenario,
    uncertain: Sequence[Uncertain],
    correlations: Sequence[Correlation] = (),
    *,
    paths: int = BLOCK,
    seed: int = 1,
    target: Target = NPV_WITHOUT_TERMINAL,
    progress: Progress = lambda done, of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Simulation | tuple[Finding, ...]:
    """Return the spread of NPV and IRR of the target's account, or findings at the fields."""
    result = scenario.result()
    idle = tuple(item.key for item in uncertain if _is_idle(result, item.key))
    drawn = tuple(item for item in uncertain if item.key not in idle)
    pairs = tuple(pair for pair in correlations if not {pair.first, pair.second} & set(idle))
    wrong = _problems(scenario, result, drawn, pairs, paths, target)
    if wrong:
        return tuple(wrong)
    run = _Run(scenario, result, drawn, pairs, seed, target)
    done = 0
    while done < paths and not (done and cancelled()):
        count = min(BLOCK, paths - done)
        run.block(done // BLOCK, count)
        done += count
        progress(done, paths)
    return replace(run.outcome(done, pairs, cancelled=done < paths), left_out=idle)


def _is_idle(result: Result, key: str) -> bool:
    settled = result.settled.get(key)
    return settled is not None and settled.provenance is Provenance.UNUSED


def _problems(
    scenario: Scenario,
    result: Result,
    uncertain: Sequence[Uncertain],
    correlations: Sequence[Correlation],
    paths: int,
    target: Target,
) -> list[Finding]:
    series = {item.key: item.shape is Shape.SERIES for item in movable(scenario, result)}
    kept = {item.key for item in kept_whole(scenario, result)}
    found = [
        Finding("simulated_whole", Level.ERROR, "scenario", field=item.key)
        for item in uncertain
        if item.key in kept
    ] or problems(uncertain, correlations, series)
    if not 1 <= paths <= MOST_PATHS:
        found.append(Finding("paths_range", Level.ERROR, "scenario", field="paths",
                             params={"most": MOST_PATHS}))  # fmt: skip
    if not uncertain:
        found.append(Finding("nothing_uncertain", Level.ERROR, "scenario", field="uncertain"))
    flow = _flow(result, target) if result.accounts else ()
    if any(term.value is None for term in flow) or not result.accounts:
        found.append(Finding("base_unknown", Level.ERROR, "scenario", field="uncertain"))
    elif all(term is ZERO for term in flow):
        found.append(Finding("nothing_flows", Level.ERROR, "scenario", field="uncertain"))
    return found


def _flow(result: Result, target: Target) -> tuple[Term, ...]:
    account = target.account or result.accounts[0].key
    return result.flow(account, terminal=target.with_terminal)


class _Run:
    """The blocks of one simulation."""

    def __init__(
        self,
        scenario: Scenario,
        result: Result,
        uncertain: tuple[Uncertain, ...],
        correlations: Sequence[Correlation],
        seed: int,
        target: Target,
    ) -> None:
        self._scenario = scenario
        self._result = result
        self._uncertain = uncertain
        self._target = target
        self._seed = seed
        self._draws = Draws(uncertain, correlations, seed)
        flow = _flow(result, target)
        keys = {item.key for item in uncertain}
        self._places = [place for place in places(*flow) if place.key in keys]
        self._by_key = {item.key: item for item in uncertain}
        model = scenario.model
        self._base = {
            place: _base_value(result, model.input(place.key), place)
            for place in (*self._places, Place(DISCOUNT_RATE.key))
            if place.key in keys
        }
        self._program = Program(flow, self._places)
        self._npv: list[Paths] = []
        self._irr: list[Paths] = []
        self._ambiguous = 0
        self._drawn: dict[str, list[Paths]] = {item.key: [] for item in uncertain}
        self._clipped = self._draw_count = 0
        self._guess = self._base_measure(IRR.key) or _USUAL_RATE

    def block(self, number: int, count: int) -> None:
        """Run one block of paths."""
        lengths = {item.key: self._length(item.key) for item in self._uncertain}
        drawn = self._draws.block(number, count, lengths)
        values: dict[Place, Paths] = {}
        for place in self._places:
            values[place] = self._value(place, drawn[place.key], values)
        flows = _as_matrix(self._program.run(values), count)
        rate = self._rate(drawn)
        self._npv.append(present_values(flows, rate))
        if len(flows) > 1:
            rates = rates_of_paths(flows, self._guess)
            self._irr.append(rates.values)
            self._ambiguous += rates.ambiguous
        for item in self._uncertain:
            if not item.yearly:
                self._drawn[item.key].append(drawn[item.key])

    def _length(self, key: str) -> int:
        value = self._result.settled[key].value
        return len(value) if isinstance(value, tuple) else 1

    def _value(self, place: Place, drawn: Paths, before: Mapping[Place, Paths]) -> Paths:
        """Return an input's paths: the draw in place of, times, or added to its base value.

        ``before`` has the inputs drawn already: a share takes no more than they leave.
        """
        item = self._by_key[place.key]
        declared = self._scenario.model.input(place.key)
        if item.yearly and place.index is not None:
            drawn = drawn[place.index - declared.first]
        base = self._base[place]
        if item.mode is Mode.FACTOR:
            drawn = base * drawn
        elif item.mode is Mode.SHIFT:
            drawn = base + drawn
        return self._clamped(declared, drawn, before)

    def _room(self, declared: ModelInput, before: Mapping[Place, Paths]) -> Paths | float:
        """Return the most that an input may be in each path."""
        limit = declared.limits.high
        high: Paths | float = np.inf if limit is None else float(limit)
        if not declared.beside:
            return high
        taken: Paths | float = 0.0
        for key in declared.beside:
            stands = self._result.settled[key].value
            base = float(stands) if isinstance(stands, Decimal) else 0.0
            taken = taken + before.get(Place(key), base)
        return np.minimum(high, np.maximum(1.0 - taken, 0.0))

    def _clamped(self, declared: ModelInput, drawn: Paths, before: Mapping[Place, Paths]) -> Paths:
        limits = declared.limits
        self._draw_count += drawn.size
        if limits.low is None and limits.high is None:
            return drawn
        low = -np.inf if limits.low is None else float(limits.low) + _OPEN * limits.open_low
        high = self._room(declared, before)
        outside = int(np.count_nonzero((drawn < low) | (drawn > high)))
        self._clipped += outside
        return np.clip(drawn, low, high) if outside else drawn

    def _rate(self, drawn: dict[str, Paths]) -> Paths | float:
        key = DISCOUNT_RATE.key
        if key in drawn:
            return self._value(Place(key), drawn[key], {})
        settled = self._result.settled.get(key)
        return float(settled.value) if settled and isinstance(settled.value, Decimal) else 0.0

    def outcome(
        self, paths: int, correlations: tuple[Correlation, ...], *, cancelled: bool
    ) -> Simulation:
        """Return the spread over the blocks that were run."""
        npv = np.concatenate(self._npv)
        irr = np.concatenate(self._irr) if self._irr else np.empty(0)
        money = _spread(NPV.key, npv, self._base_measure(NPV.key), 0)
        known = not np.isnan(irr).all() if irr.size else False
        return Simulation(
            paths, self._seed, self._uncertain, correlations, money,
            _spread(IRR.key, irr, self._base_measure(IRR.key), self._ambiguous) if known else None,
            money.below, self._drivers(npv), self._clipped / max(self._draw_count, 1), cancelled,
        )  # fmt: skip

    def _base_measure(self, key: str) -> float | None:
        found = Target(key, self._target.account, self._target.with_terminal).value(self._result)
        return None if found is None else float(found)

    def _drivers(self, npv: Paths) -> tuple[Driver, ...]:
        ours = _ranks(npv)
        found = []
        for key, blocks in self._drawn.items():
            if blocks:
                rank = _correlation(ours, _ranks(np.concatenate(blocks)))
                found.append(Driver(self._scenario.model.input(key), rank))
        return tuple(sorted(found, key=lambda driver: -abs(driver.rank)))


def _base_value(result: Result, declared: ModelInput, place: Place) -> float:
    value = result.settled[place.key].value
    if isinstance(value, tuple) and place.index is not None:
        value = value[place.index - declared.first]  # type: ignore[assignment]
    return float(value) if isinstance(value, Decimal | int) else float("nan")


def _as_matrix(rows: Sequence[Number], count: int) -> Paths:
    flows = np.empty((len(rows), count))
    for index, row in enumerate(rows):
        flows[index] = row
    return flows


def _spread(measure: str, values: Paths, base: float | None, ambiguous: int) -> Spread:
    """Return the distribution of the known values; there is at least one."""
    known = values[np.isfinite(values)]
    counts, edges = _histogram(known)
    deviation = float(known.std(ddof=1)) if known.size > 1 else 0.0
    return Spread(
        measure, base, known.size, values.size - known.size - ambiguous, ambiguous,
        float(known.mean()), deviation, float(known.min()), float(known.max()),
        tuple(float(number) for number in np.percentile(known, PERCENTILES)),
        float(np.count_nonzero(known < 0) / known.size),
        tuple(float(edge) for edge in edges), tuple(int(count) for count in counts),
        tuple(values.tolist()) if values.size <= MOST_LISTED else (),
    )  # fmt: skip


def _histogram(known: Paths) -> tuple[NDArray[np.int64], Paths]:
    """Return counts and edges; values that are all the same stand in one bin."""
    low, high = float(known.min()), float(known.max())
    if high - low <= _SAME * max(abs(low), abs(high)):
        return np.array([known.size]), np.array([low, high])
    return np.histogram(known, bins=_BINS)


def _ranks(values: Paths) -> Paths:
    ranks = np.empty(values.size)
    ranks[np.argsort(values)] = np.arange(values.size)
    return ranks


def _correlation(first: Paths, second: Paths) -> float:
    a, b = first - first.mean(), second - second.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size else 0.0
