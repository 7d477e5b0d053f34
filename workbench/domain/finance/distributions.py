# SPDX-License-Identifier: MIT
"""Distributions of uncertain inputs and their rank correlation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from zlib import crc32

import numpy as np

from workbench.domain.finance.replay import Paths
from workbench.domain.findings import Finding, Level

_PERT_WEIGHT = 4.0


class Kind(StrEnum):
    """The shape of a distribution; its parameters in order.

    normal: mean, standard deviation; lognormal: mean and standard deviation of the number itself;
    uniform: low, high; triangular and PERT: low, most likely, high.
    """

    NORMAL = "normal"
    LOGNORMAL = "lognormal"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    PERT = "pert"


PARAMETERS = {
    Kind.NORMAL: ("mean", "deviation"),
    Kind.LOGNORMAL: ("mean", "deviation"),
    Kind.UNIFORM: ("low", "high"),
    Kind.TRIANGULAR: ("low", "mode", "high"),
    Kind.PERT: ("low", "mode", "high"),
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution with its parameters in the order of ``PARAMETERS``."""

    kind: Kind
    parameters: tuple[float, ...]

    def problem(self) -> str | None:
        """Return the code of what is wrong with the parameters, or None."""
        numbers = self.parameters
        if len(numbers) != len(PARAMETERS[self.kind]):
            return "distribution_parameters"
        if not all(np.isfinite(numbers)):
            return "distribution_not_finite"
        if self.kind in (Kind.NORMAL, Kind.LOGNORMAL):
            if numbers[1] < 0:
                return "distribution_deviation"
            return "distribution_mean" if self.kind is Kind.LOGNORMAL and numbers[0] <= 0 else None
        ordered = all(a <= b for a, b in pairwise(numbers))
        return None if ordered else "distribution_order"

    @property
    def from_normal(self) -> bool:
        """Tell whether a draw is a function of one standard normal number."""
        return self.kind in (Kind.NORMAL, Kind.LOGNORMAL)

    def of_normals(self, normals: Paths) -> Paths:
        """Return the draws that belong to standard normal numbers."""
        mean, deviation = self.parameters
        if self.kind is Kind.NORMAL:
            return mean + deviation * normals
        spread = np.log1p((deviation / mean) ** 2)
        return np.asarray(np.exp(np.log(mean) - spread / 2 + np.sqrt(spread) * normals))

    def draw(self, random: np.random.Generator, count: int) -> Paths:
        """Return independent draws; an interval without width gives its only number."""
        low, high = self.parameters[0], self.parameters[-1]
        if self.from_normal:
            return self.of_normals(random.standard_normal(count))
        if low == high:
            return np.full(count, low)
        if self.kind is Kind.UNIFORM:
            return random.uniform(low, high, count)
        mode = self.parameters[1]
        if self.kind is Kind.TRIANGULAR:
            return random.triangular(low, mode, high, count)
        width = high - low
        a = 1 + _PERT_WEIGHT * (mode - low) / width
        b = 1 + _PERT_WEIGHT * (high - mode) / width
        return low + width * random.beta(a, b, count)


class Mode(StrEnum):
    """What a draw does with the input: takes its place, multiplies it, or is added to it."""

    VALUE = "value"
    FACTOR = "factor"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Uncertain:
    """An input that a simulation varies; ``yearly`` draws a series anew for every period."""

    key: str
    distribution: Distribution
    mode: Mode = Mode.VALUE
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Correlation:
    """The rank correlation (Spearman) of two uncertain inputs, −1…1."""

    first: str
    second: str
    rank: float


def correlation_matrix(keys: Sequence[str], pairs: Sequence[Correlation]) -> Paths:
    """Return the correlation of the normals behind some inputs: 2·sin(π·rank/6), 1 on the diagonal.

    Source: Pearson 1907, the relation of rank and moment correlation of a normal pair.
    """
    place = {key: index for index, key in enumerate(keys)}
    matrix = np.eye(len(keys))
    for pair in pairs:
        a, b = place[pair.first], place[pair.second]
        matrix[a, b] = matrix[b, a] = 2 * np.sin(np.pi * pair.rank / 6)
    return matrix


def problems(
    uncertain: Sequence[Uncertain], pairs: Sequence[Correlation], movable: Mapping[str, bool]
) -> list[Finding]:
    """Return what is wrong with the inputs of a simulation; ``movable`` tells which are series."""
    found = []
    keys = [item.key for item in uncertain]
    for item in uncertain:
        if item.key not in movable:
            found.append(_error("not_simulated", item.key))
        elif keys.count(item.key) > 1:
            found.append(_error("simulated_twice", item.key))
        elif item.yearly and not movable[item.key]:
            found.append(_error("yearly_needs_series", item.key))
        if (code := item.distribution.problem()) is not None:
            found.append(_error(code, item.key))
    return found or _pair_problems(keys, pairs, {item.key for item in uncertain if item.yearly})


def _pair_problems(
    keys: Sequence[str], pairs: Sequence[Correlation], yearly: set[str]
) -> list[Finding]:
    found = []
    for pair in pairs:
        if pair.first not in keys or pair.second not in keys or pair.first == pair.second:
            found.append(_error("correlation_of_what", f"{pair.first}~{pair.second}"))
        elif {pair.first, pair.second} & yearly:
            found.append(_error("correlation_yearly", f"{pair.first}~{pair.second}"))
        elif not -1 <= pair.rank <= 1:
            found.append(_error("correlation_range", f"{pair.first}~{pair.second}"))
    if not found and pairs:
        lowest = np.linalg.eigvalsh(correlation_matrix(keys, pairs)).min()
        if lowest < -1e-9:
            found.append(_error("correlation_impossible", "~".join(keys)))
    return found


def _error(code: str, field: str) -> Finding:
    return Finding(code, Level.ERROR, "scenario", field=field)


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
        matrix = correlation_matrix([item.key for item in self._tied], pairs)
        values, vectors = np.linalg.eigh(matrix)
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
                flat = item.distribution.draw(random, years * count)
                drawn[item.key] = flat.reshape(years, count)
            else:
                drawn[item.key] = item.distribution.draw(random, count)
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
                drawn[item.key] = item.distribution.of_normals(own)
            else:
                free = item.distribution.draw(self._random(item.key, number, 1), count)
                drawn[item.key] = np.sort(free)[np.argsort(np.argsort(own))]
        return drawn
