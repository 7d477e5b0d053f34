# SPDX-License-Identifier: MIT
"""Weights from pairwise judgements (AHP): principal eigenvector and consistency (domain §5c, 3).

Saaty, The Analytic Hierarchy Process: CI = (λmax − n) / (n − 1), CR = CI / RI(n).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import mul, sub

RANDOM_INDEX: Mapping[int, float] = {
    3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49,
}  # fmt: skip
"""RI by the number n of what is compared; below three every matrix is consistent."""
LARGEST = max(RANDOM_INDEX)
LIMIT = 0.10
"""A consistency ratio from here on is refused."""
SAATY = tuple(sorted({Fraction(k) for k in range(1, 10)} | {Fraction(1, k) for k in range(2, 10)}))
"""Saaty's scale from 1/9 to 9."""
_TOLERANCE = 1e-12
_MOST_STEPS = 10_000

Matrix = tuple[tuple[float, ...], ...]
Pair = tuple[int, int]


class JudgementError(ValueError):
    """A matrix cannot be judged; ``pairs`` are the places (row < column).

    Codes: ``size`` (none, or more than ten), ``incomplete``, ``not_positive``, ``not_reciprocal``.
    """

    def __init__(self, code: str, pairs: Sequence[Pair] = ()) -> None:
        super().__init__(f"{code}: {list(pairs)}")
        self.code = code
        self.pairs = tuple(pairs)


@dataclass(frozen=True, slots=True)
class Mending:
    """The judgement that disturbs most, and the Saaty value that lowers the ratio most.

    ``ratio`` is the consistency ratio recomputed with ``value`` in place of ``given``.
    """

    pair: Pair
    given: float
    value: Fraction
    ratio: float

    @property
    def enough(self) -> bool:
        """Tell whether this one change makes the matrix acceptable."""
        return self.ratio < LIMIT


@dataclass(frozen=True)
class Judged:
    """What a matrix comes to: weights, λmax, CI, RI and CR."""

    matrix: Matrix
    weights: tuple[float, ...]
    largest_eigenvalue: float

    @property
    def size(self) -> int:
        """Return how many things are compared."""
        return len(self.matrix)

    @property
    def index(self) -> float:
        """Return CI; rounding below zero counts as zero."""
        if self.size < 3:
            return 0.0
        return max(0.0, (self.largest_eigenvalue - self.size) / (self.size - 1))

    @property
    def random_index(self) -> float:
        """Return RI(n), zero below three."""
        return RANDOM_INDEX.get(self.size, 0.0)

    @property
    def ratio(self) -> float:
        """Return CR, zero below three."""
        return self.index / self.random_index if self.size >= 3 else 0.0

    @property
    def acceptable(self) -> bool:
        """Tell whether CR stays below 0.10."""
        return self.ratio < LIMIT

    @cached_property
    def worst_triple(self) -> tuple[int, int, int] | None:
        """Return the i < j < k whose judgements contradict most: a_ij · a_jk against a_ik."""
        found = [
            (abs(math.log(self.matrix[i][j] * self.matrix[j][k] / self.matrix[i][k])), (i, j, k))
            for i in range(self.size)
            for j in range(i + 1, self.size)
            for k in range(j + 1, self.size)
        ]
        worst = max(found, key=lambda each: (each[0], [-place for place in each[1]]), default=None)
        return worst[1] if worst and worst[0] > _TOLERANCE else None

    @cached_property
    def mending(self) -> Mending | None:
        """Return the one change that lowers CR most; None when no Saaty value lowers it."""
        best: Mending | None = None
        for pair in pairs(self.size):
            found = _best_value(self.matrix, pair)
            if found.ratio < self.ratio - _TOLERANCE and (best is None or found.ratio < best.ratio):
                best = found
        return best


def pairs(size: int) -> Iterator[Pair]:
    """Yield the places above the diagonal, row by row."""
    return ((i, j) for i in range(size) for j in range(i + 1, size))


def reciprocal_matrix(upper: Sequence[Sequence[Fraction | float | None]]) -> Matrix:
    """Return the whole matrix from the rows above the diagonal; raises JudgementError.

    ``upper`` holds n − 1 rows, the first of n − 1 judgements, the last of one; None is missing.
    """
    size = len(upper) + 1
    if size > LARGEST or any(len(row) != size - 1 - i for i, row in enumerate(upper)):
        raise JudgementError("size")
    given = {(i, j): upper[i][j - i - 1] for i, j in pairs(size)}
    if lacking := [pair for pair, value in given.items() if value is None]:
        raise JudgementError("incomplete", lacking)
    values = {pair: float(value) for pair, value in given.items() if value is not None}
    if wrong := [p for p, value in values.items() if not (value > 0 and math.isfinite(value))]:
        raise JudgementError("not_positive", wrong)
    return tuple(
        tuple(1.0 if i == j else values[i, j] if i < j else 1 / values[j, i] for j in range(size))
        for i in range(size)
    )


def checked(matrix: Sequence[Sequence[float]]) -> Matrix:
    """Return a whole matrix whose lower half mirrors the upper; raises JudgementError."""
    size = len(matrix)
    if not 0 < size <= LARGEST or any(len(row) != size for row in matrix):
        raise JudgementError("size")
    if wrong := [(i, j) for i in range(size) for j in range(size) if not matrix[i][j] > 0]:
        raise JudgementError("not_positive", wrong)
    if wrong := [p for p in pairs(size) if abs(matrix[p[0]][p[1]] * matrix[p[1]][p[0]] - 1) > 1e-6]:
        raise JudgementError("not_reciprocal", wrong)
    return tuple(tuple(float(value) for value in row) for row in matrix)


def judge(matrix: Matrix) -> Judged:
    """Return weights and consistency of a reciprocal matrix, by power iteration to 1e-12."""
    weights, largest = _principal(matrix)
    return Judged(matrix, weights, largest)


def iterations(matrix: Matrix) -> Iterator[tuple[tuple[float, ...], float]]:
    """Yield weights (sum 1) and Σ A·w step by step, from equal weights; it never ends."""
    weights = (1 / len(matrix),) * len(matrix)
    while True:
        weights, whole = _stepped(matrix, weights)
        yield weights, whole


def _stepped(matrix: Matrix, weights: tuple[float, ...]) -> tuple[tuple[float, ...], float]:
    product = [math.fsum(map(mul, row, weights)) for row in matrix]
    whole = math.fsum(product)
    return tuple([value / whole for value in product]), whole


def _principal(matrix: Matrix) -> tuple[tuple[float, ...], float]:
    """Return the eigenvector (sum 1) of the largest eigenvalue, and that value."""
    weights = (1 / len(matrix),) * len(matrix)
    largest = float(len(matrix))
    for _ in range(_MOST_STEPS):
        following, largest = _stepped(matrix, weights)
        moved = max(map(abs, map(sub, following, weights)))
        weights = following
        if moved < _TOLERANCE:
            break
    return weights, largest


def _best_value(matrix: Matrix, pair: Pair) -> Mending:
    """Return the Saaty value of one judgement with which the ratio is least.

    λmax is log-convex in the logarithm of an entry (Kingman 1961), so walking downhill from the
    value that the other judgements imply ends at the best one.
    """
    i, j = pair
    weights, _ = _principal(_without(matrix, pair))
    implied = math.log(weights[i] / weights[j])
    at = min(range(len(SAATY)), key=lambda place: abs(math.log(SAATY[place]) - implied))
    ratios: dict[int, float] = {}

    def ratio(place: int) -> float:
        if place not in ratios:
            ratios[place] = judge(_with(matrix, pair, float(SAATY[place]))).ratio
        return ratios[place]

    for step in (-1, 1):
        while 0 <= at + step < len(SAATY) and ratio(at + step) < ratio(at):
            at += step
    return Mending(pair, matrix[i][j], SAATY[at], ratio(at))


def _without(matrix: Matrix, pair: Pair) -> Matrix:
    """Return the matrix without one judgement, as Harker (1987) leaves a missing one out."""
    size = len(matrix)
    return tuple(
        tuple(
            0.0 if (r, c) in (pair, pair[::-1]) else matrix[r][c] + (r == c and r in pair)
            for c in range(size)
        )
        for r in range(size)
    )


def _with(matrix: Matrix, pair: Pair, value: float) -> Matrix:
    i, j = pair
    return tuple(
        tuple(
            value if (r, c) == (i, j) else 1 / value if (r, c) == (j, i) else matrix[r][c]
            for c in range(len(matrix))
        )
        for r in range(len(matrix))
    )
