# SPDX-License-Identifier: MIT
"""Divides an amount among parts so that nothing is lost: the method of the largest remainder."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def apportion(total: Decimal, weights: Sequence[Decimal], step: Decimal = CENT) -> list[Decimal]:
    """Return one share per weight, in whole steps, whose sum is exactly the total.

    What the total has beyond whole steps goes to the heaviest part, the first of equals. Raises
    ValueError for a negative amount or weight, or when no weight is above 0.
    """
    if total < 0 or step <= 0 or min(weights, default=Decimal(0)) < 0 or not any(weights):
        raise ValueError("an amount is divided by weights that are not negative and not all 0")
    whole = int(total // step)
    among = sum(Fraction(weight) for weight in weights)
    quotas = [whole * Fraction(weight) / among for weight in weights]
    units = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda at: (units[at] - quotas[at], at))
    for at in by_remainder[: whole - sum(units)]:
        units[at] += 1
    shares = [unit * step for unit in units]
    heaviest = max(range(len(weights)), key=lambda at: (weights[at], -at))
    shares[heaviest] += total - whole * step
    return shares
