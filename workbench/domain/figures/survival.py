# SPDX-License-Identifier: MIT
"""How long stays last when some still go on: the estimator of Kaplan and Meier (1958)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

_ONE = Decimal(1)
_HALF = Decimal("0.5")
Stay = tuple[Decimal, bool]
"""A length, and whether the stay has ended; a running one is censored at its length."""


@dataclass(frozen=True, slots=True)
class Survival:
    """The share still staying after each length at which somebody left, lengths rising."""

    steps: tuple[tuple[Decimal, Decimal], ...]

    @property
    def median(self) -> Decimal | None:
        """Return the shortest length after which at most half still stay, None when not reached."""
        return next((length for length, share in self.steps if share <= _HALF), None)


def kaplan_meier(stays: Sequence[Stay]) -> Survival:
    """Return S(t) = Π (1 − ended ÷ at risk); who runs on at a length is still at risk there."""
    at_risk, share, steps = len(stays), _ONE, []
    for length, group in groupby(sorted(stays), key=lambda stay: stay[0]):
        here = [ended for _, ended in group]
        if gone := sum(here):
            share *= _ONE - Decimal(gone) / at_risk
            steps.append((length, share))
        at_risk -= len(here)
    return Survival(tuple(steps))
