# SPDX-License-Identifier: MIT
"""Many assets against many cases: the similarity of ``matching``, in numpy, block by block.

Similarity × coverage is Σ w·s over what both sides know (domain §5b), so cases are ranked by that
sum alone and coverage is looked up for the few that are kept. Every feature but the scale has few
distinct values: their scores against all cases are tables of which each asset takes a row.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.domain.cases.case import FEATURES, Case, CaseFeatures, FeatureVocabulary
from workbench.domain.matching.similarity import (
    STANDING_DIGITS,
    Feature,
    check_weights,
    similarity_of,
)

_SCALE = "scale_m2"
_TABLED = (
    ("distress",),
    ("goals",),
    ("title_state", "asset_kind", "city_tier"),
    ("owner_type", "finance_band", "plan_constraint"),
)
"""Features whose scores are added up in one table: few enough distinct values together."""
_CHUNK = 4096
"""Assets for which tables are made at once, so that memory stays bounded."""
_BLOCK = 64
"""Assets whose scores are held at once: a block stays in the processor's cache."""
_FAR = 1e9
"""Stands for an unknown scale: far from every logarithm of an area, on either side."""
_GROUP = 10
"""Cases of which first only the best is looked at."""
_CLOSE = 10.0**-STANDING_DIGITS

T = TypeVar("T", bound=Hashable)
Floats = NDArray[np.float64]
Indexes = NDArray[np.intp]


@dataclass(frozen=True)
class Nearest:
    """The nearest cases of each asset, best first; every array has shape (assets, count)."""

    case: Indexes
    """Places in the index's ``cases``."""
    similarity: Floats
    coverage: Floats


class CaseIndex:
    """Cases encoded once; raises WeightsError when the vocabulary's weights are not valid."""

    def __init__(self, cases: Sequence[Case], vocabulary: FeatureVocabulary) -> None:
        check_weights(vocabulary.weights)
        self.cases = tuple(sorted(cases, key=lambda case: case.id))
        self._weights = {name: float(vocabulary.weights[name]) for name in FEATURES}
        self._are_adjacent = vocabulary.are_adjacent
        self._values: dict[str, list[Feature | None]] = {}
        self._places: dict[str, Indexes] = {}
        for name in FEATURES:
            if name != _SCALE:
                column = [getattr(case.features, name) for case in self.cases]
                self._values[name], self._places[name] = _coded(column)
        self._scale = self.scaled([case.features for case in self.cases], -_FAR)
        self._known_scale = (self._scale > -_FAR / 2).astype(np.float64)

    def nearest(self, assets: Sequence[CaseFeatures], count: int) -> Nearest:
        """Return the ``count`` nearest cases of each asset (all of them when there are fewer).

        Ranked as ``match_cases`` ranks: by similarity × coverage, coverage, then the case id.
        """
        count = min(count, len(self.cases))
        shape = (len(assets), count)
        found = Nearest(np.zeros(shape, np.intp), np.zeros(shape), np.zeros(shape))
        if count:
            coded = _Assets(assets, self)
            for first in range(0, len(assets), _CHUNK):
                self._rank(coded, count, slice(first, first + _CHUNK), found)
        return found

    def _rank(self, assets: "_Assets", count: int, part: slice, found: Nearest) -> None:
        tables = [assets.table(group, part) for group in _TABLED]
        coverage, masks = assets.coverage(part)
        chosen, covered = found.case[part], found.coverage[part]
        best = np.empty(chosen.shape)
        for rows, standing in self._standings(tables, assets.scale[part]):
            _choose(standing, count, coverage, masks[rows], chosen[rows])
            best[rows] = np.take_along_axis(standing, chosen[rows], axis=1)
            covered[rows] = coverage[masks[rows][:, None], chosen[rows]]
        np.divide(best, covered, out=found.similarity[part], where=covered > 0)

    def _standings(
        self, tables: Sequence[tuple[Floats, Indexes]], scale: Floats
    ) -> Iterator[tuple[slice, Floats]]:
        """Yield Σ w·s of each asset with each case, block by block, in one reused array."""
        reach = self._weights[_SCALE]
        total, piece = np.empty((2, _BLOCK, len(self.cases)))
        for first in range(0, len(scale), _BLOCK):
            rows = slice(first, min(first + _BLOCK, len(scale)))
            used = rows.stop - rows.start
            sums, part = total[:used], piece[:used]
            np.subtract(scale[rows, None], self._scale, out=sums)
            np.abs(sums, out=sums)
            np.subtract(reach, sums, out=sums)
            np.maximum(sums, 0.0, out=sums)
            for table, places in tables:
                np.take(table, places[rows], axis=0, out=part, mode="clip")
                sums += part
            yield rows, sums

    def scaled(self, rows: Sequence[CaseFeatures], unknown: float) -> Floats:
        """Return w·log10(area), so that w − |difference| is the weighted closeness of §5b."""
        step = self._weights[_SCALE] / log(10)
        return np.array(
            [
                unknown if row.scale_m2 is None or row.scale_m2 <= 0 else step * log(row.scale_m2)
                for row in rows
            ]
        )

    def scores(self, name: str, values: Sequence[Feature | None]) -> Floats:
        """Return weight × similarity of each value (rows) with each case; 0 where not known."""

        def similarity(a: Feature, b: Feature) -> float | None:
            return similarity_of(name, a, b, self._are_adjacent)

        score = _between(values, self._values[name], similarity)
        return (self._weights[name] * score)[:, self._places[name]]

    def known(self, name: str, states: Sequence["_State | None"]) -> Floats:
        """Return the weight of a feature where a state (rows) can be compared with each case."""
        if name == _SCALE:
            ours = [state is _State.SAID for state in states]
            return self._weights[name] * np.outer(np.array(ours, np.float64), self._known_scale)
        theirs = [_state(value) for value in self._values[name]]
        both = _between(states, theirs, lambda a, b: float(not a is b is _State.EMPTY))
        return (self._weights[name] * both)[:, self._places[name]]


class _State(StrEnum):
    """What one side says of a feature; two empty sets cannot be compared either."""

    EMPTY = "empty"
    SAID = "said"


def _state(value: Feature | None) -> _State | None:
    if value is None:
        return None
    return _State.EMPTY if value == frozenset() else _State.SAID


class _Assets:
    """Assets as places among the distinct values of each feature, with these values' scores."""

    def __init__(self, assets: Sequence[CaseFeatures], index: CaseIndex) -> None:
        self.scale = index.scaled(assets, _FAR)
        self._codes: dict[str, Indexes] = {}
        self._scores: dict[str, Floats] = {}
        self._states: dict[str, Indexes] = {}
        self._known: dict[str, Floats] = {}
        for name in FEATURES:
            if name == _SCALE:
                said = [_State.SAID if scale < _FAR / 2 else None for scale in self.scale]
                states, self._states[name] = _coded(said)
            else:
                values, codes = _coded([getattr(asset, name) for asset in assets])
                self._codes[name], self._scores[name] = codes, index.scores(name, values)
                states, which = _coded([_state(value) for value in values])
                self._states[name] = which[codes]
            self._known[name] = index.known(name, states)

    def table(self, group: Sequence[str], part: slice) -> tuple[Floats, Indexes]:
        """Return the scores of each distinct combination with each case, and each asset's row."""
        return _summed([(self._codes[name][part], self._scores[name]) for name in group])

    def coverage(self, part: slice) -> tuple[Floats, Indexes]:
        """Return the known weight of each distinct mask with each case, and each asset's row."""
        return _summed([(self._states[name][part], self._known[name]) for name in FEATURES])


def _summed(columns: Sequence[tuple[Indexes, Floats]]) -> tuple[Floats, Indexes]:
    """Add up the rows that several codes take in their tables, once per distinct combination."""
    mixed = np.zeros_like(columns[0][0])
    for codes, table in columns:
        mixed = mixed * len(table) + codes
    _, firsts, places = np.unique(mixed, return_index=True, return_inverse=True)
    total = np.zeros((len(firsts), columns[0][1].shape[1]))
    for codes, table in columns:
        total += table[codes[firsts]]
    return total, places


def _between(
    ours: Sequence[Feature | None],
    theirs: Sequence[Feature | None],
    score: Callable[[Feature, Feature], float | None],
) -> Floats:
    """Return a score of every pair, 0 where one side is not known or there is none."""
    scores = [[0.0 if a is None or b is None else score(a, b) or 0.0 for b in theirs] for a in ours]
    return np.array(scores, np.float64).reshape(len(ours), len(theirs))


def _coded(column: Sequence[T]) -> tuple[list[T], Indexes]:
    """Return the distinct values in order of appearance, and each row's place among them."""
    places: dict[T, int] = {}
    codes = np.fromiter((places.setdefault(v, len(places)) for v in column), np.intp, len(column))
    return list(places), codes


def _choose(
    standing: Floats, count: int, coverage: Floats, masks: Indexes, chosen: Indexes
) -> None:
    """Write the places of the best cases of each row, best first, ties settled.

    The best of each group of cases bounds the rest of it, so that only ``count`` groups are
    looked at; rows in which others come within rounding of the last place are ranked whole.
    """
    candidates, bounds = _candidates(standing, count)
    values = np.take_along_axis(standing, candidates, axis=1)
    last = -np.partition(-values, count - 1, axis=1)[:, count - 1 : count] - _CLOSE
    crowded = ((values >= last).sum(axis=1) > count) | ((bounds >= last).sum(axis=1) > count)
    covered = coverage[masks[:, None], candidates].round(STANDING_DIGITS)
    order = np.lexsort((candidates, -covered, -values.round(STANDING_DIGITS)), axis=1)
    chosen[:] = np.take_along_axis(candidates, order[:, :count], axis=1)
    for row in np.flatnonzero(crowded):
        near = np.flatnonzero(standing[row] >= last[row])
        known = coverage[masks[row], near].round(STANDING_DIGITS)
        keys = (near, -known, -standing[row, near].round(STANDING_DIGITS))
        chosen[row] = near[np.lexsort(keys)][:count]


def _candidates(standing: Floats, count: int) -> tuple[Indexes, Floats]:
    """Return places that hold the ``count`` best of each row, and the best of each group."""
    rows, cases = standing.shape
    groups = cases // _GROUP
    if groups <= count:
        everything = np.broadcast_to(np.arange(cases), standing.shape)
        return everything, np.zeros((rows, 0))
    whole = groups * _GROUP
    best = standing[:, :whole].reshape(rows, _GROUP, groups).max(axis=1)
    taken = np.argpartition(best, groups - count, axis=1)[:, groups - count :]
    inside = (taken[:, :, None] + groups * np.arange(_GROUP)).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(whole, cases), (rows, cases - whole))
    return np.concatenate((inside, rest), axis=1), best
