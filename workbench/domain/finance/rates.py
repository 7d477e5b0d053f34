# SPDX-License-Identifier: MIT
"""NPV and IRR of many cash flows at once (floats); checks which paths have one rate at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.domain.finance.replay import Paths

_ITERATIONS = 60
_CLOSE = 1e-12
_HALF = 0.5
_LOWEST, _HIGHEST = 1e-6, 1e6
"""Discount factors 1/(1 + r) between which rates are searched: −99.9999 % … 10⁸ %."""


def present_values(flows: Paths, rate: Paths | float) -> Paths:
    """Return Σ CFₜ/(1 + r)ᵗ of flows (periods × paths), t = 0 undiscounted."""
    factor = 1.0 / (1.0 + np.asarray(rate))
    if factor.ndim == 0:
        weights = factor ** np.arange(len(flows))
        product: Paths = weights @ flows
        return product
    result: Paths = flows[-1].copy()
    for amounts in flows[-2::-1]:
        result *= factor
        result += amounts
    return result


@dataclass(frozen=True, slots=True)
class Rates:
    """IRR by path, NaN where there is none, with how many have none and how many several.

    ``ambiguous`` counts paths whose flow changes its sign more than once and for which one rate
    alone cannot be shown to be the answer (Norstrøm: the cumulative flow turns more than once).
    """

    values: Paths
    without: int
    ambiguous: int


def rates_of_paths(flows: Paths, guess: float = 0.1) -> Rates:
    """Return the IRR of each path by Newton's method on the paths that are still open.

    Paths with one change of sign have exactly one rate; with more, the cumulative flow must turn
    once only, which makes the positive rate the only one. Verified: |NPV| at the rate ≤ 1e-9 of
    the money moved.
    """
    signs = np.sign(flows)
    changes = _changes(signs)
    several = changes > 1
    if several.any():
        turns = _changes(np.sign(np.cumsum(flows[:, several], axis=0)))
        several[several] = turns != 1
    open_ = (changes > 0) & ~several
    values = np.full(flows.shape[1], np.nan)
    if open_.any():
        chosen = flows if open_.all() else flows[:, open_]
        values[open_] = 1.0 / _factors(chosen, 1.0 / (1.0 + guess)) - 1.0
    ambiguous = int(several.sum())
    return Rates(values, int(np.isnan(values).sum()) - ambiguous, ambiguous)


def _changes(signs: Paths) -> NDArray[np.int64]:
    """Return how often each path changes its sign, zeros left out."""
    count = np.zeros(signs.shape[1], dtype=np.int64)
    last = signs[0].copy()
    for now in signs[1:]:
        count += last * now < 0
        np.copyto(last, now, where=now != 0)
    return count


def _factors(flows: Paths, start: float) -> Paths:
    """Return the discount factor at which each path's present value is 0, else NaN."""
    found = np.full(flows.shape[1], np.nan)
    where = np.arange(flows.shape[1])
    v = np.full(flows.shape[1], start)
    for _ in range(_ITERATIONS):
        value, slope = _value_and_slope(flows, v)
        with np.errstate(all="ignore"):
            moved = v - value / slope
        moved = np.where(np.isfinite(moved), moved, v * 2)
        moved = np.clip(moved, v / 4, v * 4)
        done = np.abs(moved - v) <= _CLOSE * v
        v = moved
        if done.any():
            found[where[done]] = v[done]
            if done.all():
                break
            still = ~done
            if still.sum() < _HALF * len(still) or len(still) < 64:
                flows, v, where = flows[:, still], v[still], where[still]
    else:
        found[where] = _halved(flows)
    return found


def _value_and_slope(flows: Paths, v: Paths) -> tuple[Paths, Paths]:
    value = flows[-1].copy()
    slope = np.zeros_like(value)
    for amounts in flows[-2::-1]:
        slope *= v
        slope += value
        value *= v
        value += amounts
    return value, slope


def _halved(flows: Paths) -> Paths:
    """Return the factors of the few paths on which Newton's method did not settle."""
    low = np.full(flows.shape[1], np.log(_LOWEST))
    high = np.full(flows.shape[1], np.log(_HIGHEST))
    at_low = np.sign(_value_and_slope(flows, np.exp(low))[0])
    at_high = np.sign(_value_and_slope(flows, np.exp(high))[0])
    for _ in range(80):
        middle = (low + high) / 2
        same = np.sign(_value_and_slope(flows, np.exp(middle))[0]) == at_low
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.where(at_low != at_high, np.exp((low + high) / 2), np.nan)
