# SPDX-License-Identifier: MIT
"""Distributions of uncertain inputs and their rank correlation: what is stated, and checked.

No numpy here: the window asks for it only when something is drawn.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from workbench.domain.findings import Finding, Level


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
        if not all(map(math.isfinite, numbers)):
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


Matrix = list[list[float]]
_DUST = 1e-9


def correlation_matrix(keys: Sequence[str], pairs: Sequence[Correlation]) -> Matrix:
    """Return the correlation of the normals behind some inputs: 2·sin(π·rank/6), 1 on the diagonal.

    Source: Pearson 1907, the relation of rank and moment correlation of a normal pair.
    """
    place = {key: index for index, key in enumerate(keys)}
    matrix = [[float(row == column) for column in range(len(keys))] for row in range(len(keys))]
    for pair in pairs:
        a, b = place[pair.first], place[pair.second]
        matrix[a][b] = matrix[b][a] = 2 * math.sin(math.pi * pair.rank / 6)
    return matrix


def is_possible(matrix: Matrix) -> bool:
    """Tell whether variables with these correlations exist: the matrix is positive semidefinite.

    Symmetric elimination with the largest pivot first: a pivot below 0, or a row that is not 0
    where only pivots of 0 are left, shows a combination with a negative variance.
    """
    left = [list(row) for row in matrix]
    while left:
        at = max(range(len(left)), key=lambda place: left[place][place])
        pivot = left[at][at]
        if pivot <= _DUST:
            return all(abs(number) <= math.sqrt(_DUST) for row in left for number in row) and all(
                row[place] >= -_DUST for place, row in enumerate(left)
            )
        chosen = left[at]
        left = [
            [
                number - row[at] * chosen[column] / pivot
                for column, number in enumerate(row)
                if column != at
            ]
            for place, row in enumerate(left)
            if place != at
        ]
    return True


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
        tied = [key for key in keys if any(key in (pair.first, pair.second) for pair in pairs)]
        if not is_possible(correlation_matrix(tied, pairs)):
            found.append(_error("correlation_impossible", "~".join(tied)))
    return found


def _error(code: str, field: str) -> Finding:
    return Finding(code, Level.ERROR, "scenario", field=field)
