# SPDX-License-Identifier: MIT
"""Matching: many assets against many cases beside a plain numpy form, and one asset against many."""

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from scripts.benches.measure import ROOT, Measure, in_turn, ratio
from workbench.bootstrap import Program
from workbench.domain.bilingual import NO_TEXT
from workbench.domain.cases.case import FEATURES, Case, CaseFeatures, CaseOrigin
from workbench.domain.matching.index import CaseIndex

ASSETS, CASES, TOP = 100_000, 1_000, 10
CHOICES = {
    "title_state": ("clear", "mortgaged", "defective", "seized"),
    "asset_kind": ("industrial_land", "standard_factory", "park_renewal", "research", "dormitory"),
    "city_tier": ("first", "new_first", "second", "prefecture", "county_city", "county"),
    "owner_type": ("soe", "private", "foreign", "collective"),
    "finance_band": ("low", "medium", "high"),
    "plan_constraint": ("industrial_fixed", "use_change"),
}
SETS = {
    "distress": tuple(f"D{n}" for n in range(1, 10)),
    "goals": ("attract_project", "relieve_debt", "save_quota", "upgrade_industry", "retain_expand"),
}


def some_features(chance: random.Random) -> CaseFeatures:
    """Return features of which a fifth is unknown."""
    known: dict[str, Any] = {}
    for name, words in CHOICES.items():
        known[name] = chance.choice(words) if chance.random() < 0.8 else None
    for name, words in SETS.items():
        chosen = frozenset(chance.sample(words, chance.randint(1, 3)))
        known[name] = chosen if chance.random() < 0.8 else None
    area = Decimal(chance.randint(2_000, 900_000))
    known["scale_m2"] = area if chance.random() < 0.8 else None
    return CaseFeatures(**known)


def some_cases(count: int, chance: random.Random) -> list[Case]:
    return [
        Case(f"K{n:05}", NO_TEXT, NO_TEXT, some_features(chance), (), CaseOrigin.OWN, 1, NO_TEXT)
        for n in range(count)
    ]


class PlainForm:
    """The usual numpy form: choices and sets as one matrix product, blocks, grouped top-k."""

    def __init__(self, assets: list[CaseFeatures], cases: list[Case], weights: dict[str, float]):
        rows, columns = assets, [c.features for c in cases]
        self.left = np.hstack([self._hot(rows, n, w) for n, w in CHOICES.items()])
        right = [self._hot(columns, n, w) * weights[n] for n, w in CHOICES.items()]
        self.right = np.hstack(right).T.copy()
        self.sets = [
            (self._hot(rows, n, w), self._hot(columns, n, w).T.copy(), weights[n])
            for n, w in SETS.items()
        ]
        self.known = self._known(rows)
        self.weighed = (self._known(columns) * [weights[n] for n in FEATURES]).T.copy()
        self.areas, self.their_areas = self._logs(rows), self._logs(columns)
        self.reach = weights["scale_m2"]

    def _hot(self, rows: list[CaseFeatures], name: str, words: tuple[str, ...]) -> np.ndarray:
        place = {word: at for at, word in enumerate(words)}
        table = np.zeros((len(rows), len(words)))
        for at, row in enumerate(rows):
            value = getattr(row, name)
            for word in (value if isinstance(value, frozenset) else {value}) - {None}:
                table[at, place[word]] = 1.0
        return table

    def _known(self, rows: list[CaseFeatures]) -> np.ndarray:
        return np.array([[float(getattr(r, n) is not None) for n in FEATURES] for r in rows])

    def _logs(self, rows: list[CaseFeatures]) -> np.ndarray:
        return np.log10(np.array([float(r.scale_m2 or "nan") for r in rows]))

    def run(self) -> None:
        for first in range(0, len(self.left), 256):
            part = slice(first, first + 256)
            total = self.left[part] @ self.right
            for ours, theirs, weight in self.sets:
                both = ours[part] @ theirs
                union = ours[part].sum(1)[:, None] + theirs.sum(0) - both
                total += weight * both / np.maximum(union, 1)
            gap = np.abs(self.areas[part][:, None] - self.their_areas)
            total += self.reach * np.nan_to_num(np.maximum(0, 1 - gap))
            coverage = self.known[part] @ self.weighed
            groups = total.reshape(len(total), 10, -1).max(axis=1)
            best = np.argpartition(groups, -TOP, axis=1)[:, -TOP:]
            inside = (best[:, :, None] + groups.shape[1] * np.arange(10)).reshape(len(total), -1)
            values = np.take_along_axis(total, inside, axis=1)
            order = np.argsort(-values, axis=1)[:, :TOP]
            chosen = np.take_along_axis(inside, order, axis=1)
            np.take_along_axis(coverage, chosen, axis=1)


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def matching(runs: int) -> list[Measure]:
    chance = random.Random(20251125)
    vocabulary = Program().content.features
    assets = [some_features(chance) for _ in range(ASSETS)]
    cases = some_cases(CASES, chance)
    index = CaseIndex(cases, vocabulary)
    plain = PlainForm(assets, cases, {n: float(w) for n, w in vocabulary.weights.items()})
    ours, theirs = in_turn(
        min(runs, 3), lambda: timed(lambda: index.nearest(assets, TOP)), lambda: timed(plain.run)
    )
    many = CaseIndex(some_cases(5_000, chance), vocabulary)
    one = statistics.median(timed(lambda: many.nearest([assets[0]], TOP)) for _ in range(21))
    pairs = ASSETS * CASES / 1e9
    return [
        Measure("match 100k assets × 1k cases", ratio(ours, theirs), "× plain numpy", 1.5,
                floor=statistics.median(ours) / pairs, peer=statistics.median(theirs) / pairs),
        Measure("match one × 5,000 cases", one * 1000, "ms", 5.0),
        Measure("match memory", _peak(), "MB", 300.0),
    ]  # fmt: skip


def _peak() -> float:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.benches.matching"], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout)


if __name__ == "__main__":  # the memory of matching alone, without the plain form beside it
    seed = random.Random(20251125)
    own = CaseIndex(some_cases(CASES, seed), Program().content.features)
    own.nearest([some_features(seed) for _ in range(ASSETS)], TOP)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
