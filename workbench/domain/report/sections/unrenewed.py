# SPDX-License-Identifier: MIT
"""Says which leases are over without a word on whether the tenant has left."""

from decimal import Decimal

from workbench.domain.display import grouped
from workbench.domain.figures.firms import has_left
from workbench.domain.figures.leases import LeaseStatus, lease_status
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.material import Material

_NAMED = 3


def unrenewed(m: Material) -> tuple[str, ...]:
    """Say which leases have ended without a renewal or a day of leaving: their space is vacant."""
    found = [lease for lease in m.whole.leases if _is_open(m, lease)]
    if not found:
        return ()
    areas = [lease.number("area") for lease in found]
    area = grouped(sum((each for each in areas if each is not None), Decimal(0)), 2)
    named = m.say("comma").join(m.name_of(lease) for lease in found[:_NAMED])
    more = m.say("and_more", count=len(found) - _NAMED) if len(found) > _NAMED else ""
    return (m.say("note.unrenewed", count=len(found), names=named + more, area=area),)


def _is_open(m: Material, lease: Record) -> bool:
    """Tell whether a lease has expired and nothing says that its tenant stayed or left."""
    building, end = m.whole.building_of(lease), lease.day("end_on")
    if building is None or end is None or not lease.number("area"):
        return False
    if lease_status(m.reading, lease, m.whole.as_of) is not LeaseStatus.EXPIRED:
        return False
    tenant = m.whole.ledger.find("enterprise", lease.text("tenant"))
    if tenant is not None and has_left(m.reading, m.whole, tenant):
        return False
    return not any(
        _follows(each, lease) for each in m.whole.leases_by_building.get(building.key, ())
    )


def _follows(other: Record, lease: Record) -> bool:
    """Tell whether another lease took the place of one: of its tenant or of its unit, and later."""
    ends = other.day("end_on"), lease.day("end_on")
    is_later = ends[0] is None or ends[1] is None or ends[0] > ends[1]
    same = any(lease.text(f) and lease.text(f) == other.text(f) for f in ("tenant", "unit"))
    return other is not lease and same and is_later
