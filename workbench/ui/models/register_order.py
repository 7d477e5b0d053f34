# SPDX-License-Identifier: MIT
"""The order of the asset register: each parcel with its buildings, then what stands alone."""

from workbench.domain.records.ledger import Ledger, Record


def in_register_order(ledger: Ledger) -> list[Record]:
    """Return the assets: each parcel followed by its buildings, then the rest."""
    ordered: list[Record] = []
    placed: set[str] = set()
    for parcel in ledger.all("parcel"):
        ordered.append(parcel)
        for building in ledger.pointing_at("building", "parcel", parcel.key):
            ordered.append(building)
            placed.add(building.key)
    buildings = ledger.all("building")
    ordered += [b for b in buildings if b.key not in placed] if placed else buildings
    ordered += ledger.all("facility")
    return ordered
