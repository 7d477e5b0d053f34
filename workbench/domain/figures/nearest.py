# SPDX-License-Identifier: MIT
"""Numbers of the pathway inputs (路径前提补充): the nearest that is known counts."""

from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.workings.numbers import At, first_of


def nearest_number(scope: Scope, reading: Reading, field: str) -> Decimal | None:
    """Return a number of the nearest pathway inputs that know it, or None; it remembers all."""
    context = scope.context_for(field)
    if context is None:
        reading.lacks("context", field)
        return None
    number = reading.need_number(context, field)
    if not reading.keeps or number is None:
        return number
    known: list[Decimal | At] = []
    for row in scope.inputs_for():
        own = reading.number(row, field)
        known.append(At(row.entity, row.key, field) if own is None else own)
    return first_of(number, *known)
