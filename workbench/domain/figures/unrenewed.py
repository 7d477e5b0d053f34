# SPDX-License-Identifier: MIT
"""Leases that are over without a word on whether the tenant has left: their space is vacant."""

from workbench.domain.figures.firms import has_left
from workbench.domain.figures.leases import LeaseStatus, lease_status
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope
from workbench.domain.records.ledger import Record


def unrenewed_leases(scope: Scope, reading: Reading) -> Records:
    """Return the leases that have ended without a renewal or a day of leaving."""
    return tuple(lease for lease in scope.leases if _is_open(scope, reading, lease))


def _is_open(scope: Scope, reading: Reading, lease: Record) -> bool:
    """Tell whether a lease has expired and nothing says that its tenant stayed or left."""
    building, end = scope.building_of(lease), lease.day("end_on")
    if building is None or end is None or not lease.number("area"):
        return False
    if lease_status(reading, lease, scope.as_of) is not LeaseStatus.EXPIRED:
        return False
    tenant = scope.ledger.find("enterprise", lease.text("tenant"))
    if tenant is not None and has_left(reading, scope, tenant):
        return False
    rows = scope.leases_by_building.get(building.key, ())
    return not any(_follows(each, lease) for each in rows)


def _follows(other: Record, lease: Record) -> bool:
    """Tell whether another lease took the place of one: of its tenant or of its unit, and later."""
    ends = other.day("end_on"), lease.day("end_on")
    is_later = ends[0] is None or ends[1] is None or ends[0] > ends[1]
    same = any(lease.text(f) and lease.text(f) == other.text(f) for f in ("tenant", "unit"))
    return other is not lease and same and is_later
