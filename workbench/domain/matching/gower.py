# SPDX-License-Identifier: MIT
"""Gower's similarity of things with mixed features: numbers, choices and sets, some unknown.

J. C. Gower, "A General Coefficient of Similarity and Some of Its Properties", Biometrics 27 (1971).
Every score is between 0 (nothing alike) and 1 (equal), or None when it cannot be told; what cannot
be told counts neither for nor against, and lowers the coverage instead.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, log

SAME, HALF, NONE = 1.0, 0.5, 0.0


@dataclass(frozen=True, slots=True)
class Pooled:
    """The weighted mean of the scores that can be told, and the weight that they carry."""

    similarity: float
    coverage: float


def pooled(scores: Iterable[tuple[float | None, float]]) -> Pooled:
    """Return Σ w·s ÷ Σ w over the (score, weight) pairs whose score is known, 0 when none is."""
    known = [(score, weight) for score, weight in scores if score is not None]
    coverage = fsum(weight for _, weight in known)
    alike = fsum(weight * score for score, weight in known)
    return Pooled(alike / coverage if coverage else 0.0, coverage)


def ratio(ours: float, theirs: float, span: float) -> float:
    """Return 1 − |a − b| ÷ span for numbers, and for the ranks of ordered choices."""
    return max(NONE, 1 - abs(ours - theirs) / span) if span else SAME


def logarithmic(ours: Decimal, theirs: Decimal, span: float = log(10)) -> float | None:
    """Return 1 − |ln(a ÷ b)| ÷ span for amounts above 0; None where one is not."""
    if ours <= 0 or theirs <= 0:
        return None
    return max(NONE, 1 - abs(log(ours / theirs)) / span)


def nominal(ours: object, theirs: object, *, adjacent: bool = False) -> float:
    """Return 1 for equal choices, ½ for adjacent ones, else 0."""
    if ours == theirs:
        return SAME
    return HALF if adjacent else NONE


def overlap(ours: Collection[str], theirs: Collection[str]) -> float | None:
    """Return |a ∩ b| ÷ |a ∪ b| of two sets (Jaccard); None when neither holds anything."""
    together = set(ours) | set(theirs)
    return len(set(ours) & set(theirs)) / len(together) if together else None
