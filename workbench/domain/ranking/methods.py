# SPDX-License-Identifier: MIT
"""Ways to bring scores and weights together: weighted sum, TOPSIS, VIKOR; weights by entropy.

Scores are rows by alternative; weights sum to one. A criterion is a benefit unless told otherwise.
Sources: Hwang & Yoon 1981 (TOPSIS, vector normalization); Opricovic & Tzeng 2007 (VIKOR).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[float]
Rows = Sequence[Row]
Figures = tuple[float, ...]
VIKOR_BALANCE = 0.5
"""How much the majority of criteria counts against the worst one."""


def weighted_sum(rows: Rows, weights: Row) -> Figures:
    """Return Σ weight × score of each alternative."""
    return tuple(math.fsum(w * s for w, s in zip(weights, row, strict=True)) for row in rows)


def topsis(rows: Rows, weights: Row, benefit: Sequence[bool] | None = None) -> Figures:
    """Return how near each alternative is to the ideal, 0–1.

    Where nothing separates the alternatives each stands halfway, at 0.5.
    """
    columns = list(zip(*rows, strict=True))
    signs = [True] * len(weights) if benefit is None else list(benefit)
    lengths = [math.sqrt(math.fsum(value * value for value in column)) for column in columns]
    scaled = [
        [w * value / length if length else 0.0 for value, w, length in
         zip(row, weights, lengths, strict=True)]
        for row in rows
    ]  # fmt: skip
    tops = [(max if up else min)(c) for c, up in zip(zip(*scaled, strict=True), signs, strict=True)]
    lows = [(min if up else max)(c) for c, up in zip(zip(*scaled, strict=True), signs, strict=True)]
    return tuple(_nearness(math.dist(row, tops), math.dist(row, lows)) for row in scaled)


def _nearness(to_ideal: float, to_worst: float) -> float:
    whole = to_ideal + to_worst
    return to_worst / whole if whole else 0.5


@dataclass(frozen=True, slots=True)
class Compromise:
    """VIKOR: group utility S, worst regret R and compromise Q of each alternative; less is better.

    Q is 0 for an alternative that is best in both, 1 for one that is worst in both.
    """

    utility: Figures
    regret: Figures
    compromise: Figures


def vikor(rows: Rows, weights: Row, benefit: Sequence[bool] | None = None) -> Compromise:
    """Return the compromise ranking; a criterion in which all are equal does not count."""
    lost = losses(rows, weights, benefit)
    utility = tuple(math.fsum(row) for row in lost)
    regret = tuple(max(row) for row in lost)
    share, rest = _scaled(utility), _scaled(regret)
    mixed = (VIKOR_BALANCE * s + (1 - VIKOR_BALANCE) * r for s, r in zip(share, rest, strict=True))
    return Compromise(utility, regret, tuple(mixed))


def losses(rows: Rows, weights: Row, benefit: Sequence[bool] | None = None) -> list[list[float]]:
    """Return by criterion weight × distance to the best ÷ distance of the worst to the best."""
    columns = list(zip(*rows, strict=True))
    signs = [True] * len(weights) if benefit is None else list(benefit)
    best = [(max if up else min)(c) for c, up in zip(columns, signs, strict=True)]
    worst = [(min if up else max)(c) for c, up in zip(columns, signs, strict=True)]
    return [
        [w * (b - value) / (b - x) if b != x else 0.0 for value, w, b, x in
         zip(row, weights, best, worst, strict=True)]
        for row in rows
    ]  # fmt: skip


def _scaled(values: Figures) -> Figures:
    """Return values between 0 (the least) and 1 (the most)."""
    low, high = min(values), max(values)
    return tuple((value - low) / (high - low) if high > low else 0.0 for value in values)


def entropy_weights(rows: Rows) -> Figures:
    """Return weights by how much each criterion tells the alternatives apart (k = 1 / ln n).

    Where no criterion does, all weigh the same.
    """
    count = len(rows[0])
    if len(rows) < 2:
        return (1 / count,) * count
    spreads = entropy_spreads(rows)
    whole = math.fsum(spreads)
    if whole <= 1e-12:
        return (1 / count,) * count
    return tuple(spread / whole for spread in spreads)


def entropy_spreads(rows: Rows) -> Figures:
    """Return 1 − entropy of each criterion's shares, for two alternatives or more."""
    return tuple(1 - _entropy(column) for column in zip(*rows, strict=True))


def _entropy(column: Row) -> float:
    total = math.fsum(column)
    if not total:
        return 1.0
    shares = [value / total for value in column if value > 0]
    return -math.fsum(p * math.log(p) for p in shares) / math.log(len(column))
