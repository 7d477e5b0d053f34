# SPDX-License-Identifier: MIT
"""Names what a scope has no record of at all: buildings, leases, an appraisal."""

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.records.ledger import Record


def lacks_buildings(scope: Scope, reading: Reading, field: str) -> None:
    """Name that there is no building; of chosen parcels that these have none."""
    if scope.whole_park or not scope.parcels:
        reading.lacks("building", field)
        return
    for parcel in scope.parcels:
        reading.lacks_record("building", field, parcel)


def lacks_leases(scope: Scope, reading: Reading, field: str) -> None:
    """Name that there is no lease: of chosen assets of which, where leases hang on buildings.

    Leases that name no building may be theirs: then it is asked of these on what they are.
    """
    if scope.whole_park:
        reading.lacks("lease", field)
        return
    unplaced = [
        lease
        for lease in scope.ledger.of_park("lease", scope.park_key)
        if scope.building_of(lease) is None
    ]
    for lease in unplaced:
        reading.lacks("lease", "building", lease.key)
    if not scope.buildings:
        lacks_buildings(scope, reading, "parcel")
        reading.lacks("lease", field)
    for building in scope.buildings if not unplaced else ():
        reading.lacks_record("lease", field, building)


def lacks_value(scope: Scope, reading: Reading, asset: Record) -> None:
    """Name why an asset has no appraised value: what its appraisals do not say, else that none is.

    One with another base date counts later, or was made after the as-of date.
    """
    rows = scope.valuations_of(asset)
    blank = [(row, field) for row in rows for field in ("value", "base_date")
             if row.get(field) is None]  # fmt: skip
    for row, field in blank:
        reading.lacks("valuation", field, row.key)
    if not blank:
        reading.lacks_record("valuation", "value", asset)
