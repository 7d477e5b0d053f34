# SPDX-License-Identifier: MIT
"""How the figures that become formulas are computed once more, and told apart."""

from collections.abc import Callable, Set
from decimal import Decimal

from workbench.domain.facts.title import Derive
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Indicator, Outcome
from workbench.domain.indicators.money import OF_MEDIAN
from workbench.domain.workings import keeping
from workbench.domain.workings.numbers import At, Judged

_LAST_DIGIT = Decimal("1e-20")
Compute = Callable[[Scope, Reading], Decimal | None]


def value_of(indicator: Indicator, scope: Scope, reading: Reading) -> Decimal | None:
    """Return an indicator of a scope, None where it is not known."""
    return indicator.compute(scope, reading).value


def amount_of(compute: Derive, scope: Scope, reading: Reading) -> Decimal | None:
    """Return a fact that is an amount, None for any other."""
    found = compute(scope, reading)
    return found if isinstance(found, Decimal) else None


def is_close(one: Decimal, other: Decimal) -> bool:
    """Tell whether two ways of counting gave one number, but for the last digit of a quotient."""
    return abs(one - other) <= abs(other) * _LAST_DIGIT


def of_median(outcome: Outcome) -> bool:
    """Tell whether an indicator is compared with the median of the firms."""
    return any(note.code == OF_MEDIAN for note in outcome.notes)


def gaps_of(waiting: keeping.Waiting, may_run: Set[str]) -> frozenset[At]:
    """Return the blanks that a figure waits for, and the leases that may run because of them.

    ``may_run`` are the keys of the leases whose dates do not tell: one that ended by its other
    date, or has yet to begin, counts 0 whatever its blank date will be.
    """
    return waiting.gaps | {At("lease", key, Judged.RUNS) for key in may_run & _dated(waiting)}


def _dated(waiting: keeping.Waiting) -> frozenset[str]:
    """Return the leases that have a blank date among what a figure waits for."""
    dates = (at for at in waiting.gaps if at.entity == "lease" and at.field.endswith("_on"))
    return frozenset(at.key for at in dates)
