# SPDX-License-Identifier: MIT
"""Says where the parts of a building are more than its whole, so that sums do not agree."""

from decimal import Decimal

from workbench.domain.display import grouped
from workbench.domain.figures.space import uses
from workbench.domain.report.sections.material import Material

_ZERO = Decimal(0)
_NAMED = 3


def overfull(m: Material) -> tuple[str, ...]:
    """Say which buildings have more let and used than is rentable: their parts exceed the whole."""
    full: list[tuple[str, Decimal]] = []
    for use in uses(m.whole, m.reading):
        if use.let is None or use.rentable is None:
            continue
        more = use.let + (use.own or _ZERO) + (use.lent or _ZERO) - use.rentable
        if more > _ZERO:
            full.append((m.whole.ledger.name_of(use.building), more))
    if not full:
        return ()
    named = m.say("comma").join(name for name, _ in full[:_NAMED])
    area = grouped(sum((more for _, more in full), _ZERO), 2)
    return (m.say("note.overfull", count=len(full), names=named, area=area),)
