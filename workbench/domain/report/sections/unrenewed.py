# SPDX-License-Identifier: MIT
"""Says which leases are over without a word on whether the tenant has left."""

from decimal import Decimal

from workbench.domain.display import grouped
from workbench.domain.figures.unrenewed import unrenewed_leases
from workbench.domain.report.sections.material import Material

_NAMED = 3


def unrenewed(m: Material) -> tuple[str, ...]:
    """Say which leases have ended without a renewal or a day of leaving: their space is vacant."""
    found = unrenewed_leases(m.whole, m.reading)
    if not found:
        return ()
    areas = [lease.number("area") for lease in found]
    area = grouped(sum((each for each in areas if each is not None), Decimal(0)), 2)
    named = m.say("comma").join(m.name_of(lease) for lease in found[:_NAMED])
    more = m.say("and_more", count=len(found) - _NAMED) if len(found) > _NAMED else ""
    return (m.say("note.unrenewed", count=len(found), names=named + more, area=area),)
