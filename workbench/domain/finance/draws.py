# SPDX-License-Identifier: MIT
"""Random draws of uncertain inputs, block by block, with their rank correlation (numpy)."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from workbench.domain.finance.distributions import (
    Correlation,
    Distribution,
    Kind,
    Uncertain,
    correlation_matrix,
)
from workbench.domain.finance.replay import Paths

_PERT_WEIGHT = 4.0


def of_normals(shape: Distribution, normals: Paths) -> Paths:
    """Return the draws of a normal or lognormal that belong to standard normal numbers."""
    mean, deviation = shape.parameters
    if shape.kind is Kind.NORMAL:
        return mean + deviation * normals
    spread = np.log1p((deviation / mean) ** 2)
    return np.asarray(np.exp(np.log(mean) - spread / 2 + np.sqrt(spread) * normals))


def draw(shape: Distribution, random: np.random.Generator, count: int) -> Paths:
    """Return independent draws; an interval without width gives its only number."""
    low, high = shape.parameters[0], shape.parameters[-1]
    if shape.from_normal:
        return of_normals(shape, random.standard_normal(count))
    if low == high:
        return np.full(count, low)
    if shape.kind is Kind.UNIFORM:
        return random.uniform(low, high, count)
    mode = shape.parameters[1]
    if shape.kind is Kind.TRIANGULAR:
        return random.triangular(low, mode, high, count)
    width = high - low
    a = 1 + _PERT_WEIGHT * (mode - low) / width
    b = 1 + _PERT_WEIGHT * (high - mode) / width
    return low + width * random.beta(a, b, count)


class Draws:
    """Draws blocks of paths; the same seed gives the same paths, whatever else is varied.

    Each input has a stream of its own, so that adding one does not change the others.
    """

    def __init__(
        self, uncertain: Sequence[Uncertain], pairs: Sequence[Correlation], seed: int
    ) -> None:
        self._uncertain = uncertain
        self._seed = seed
        tied = {key for pair in pairs for key in (pair.first, pair.second)}
        self._tied = [item for item in uncertain if item.key in tied]
        matrix = np.array(correlation_matrix([item.key for item in self._tied], pairs))
        values, vectors = np.linalg.eigh(matrix.reshape(len(self._tied), len(self._tied)))
        self._root = vectors * np.sqrt(np.clip(values, 0, None))

    def _random(self, key: str, block: int, part: int = 0) -> np.random.Generator:
        seeds = np.random.SeedSequence(self._seed, spawn_key=(crc32(key.encode()), block, part))
        return np.random.Generator(np.random.PCG64(seeds))

    def block(self, number: int, count: int, periods: Mapping[str, int]) -> dict[str, Paths]:
        """Return the draws of a block by input: (count,), or (periods, count) drawn yearly."""
        drawn: dict[str, Paths] = {}
        if self._tied:
            drawn = self._tied_block(number, count)
        for item in self._uncertain:
            if item.key in drawn:
                continue
            random = self._random(item.key, number)
            if item.yearly:
                years = periods[item.key]
                flat = draw(item.distribution, random, years * count)
                drawn[item.key] = flat.reshape(years, count)
            else:
                drawn[item.key] = draw(item.distribution, random, count)
        return drawn

    def _tied_block(self, number: int, count: int) -> dict[str, Paths]:
        """Draw the correlated inputs: normals with the matrix, others put in the normals' order."""
        independent = np.stack(
            [self._random(item.key, number).standard_normal(count) for item in self._tied]
        )
        normals = self._root @ independent
        drawn = {}
        for item, own in zip(self._tied, normals, strict=True):
            if item.distribution.from_normal:
                drawn[item.key] = of_normals(item.distribution, own)
            else:
                free = draw(item.distribution, self._random(item.key, number, 1), count)
                drawn[item.key] = np.sort(free)[np.argsort(np.argsort(own))]
        return drawn
