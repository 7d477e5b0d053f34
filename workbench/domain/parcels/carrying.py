# SPDX-License-Identifier: MIT
"""What new parcels take over from the land that they were made of."""

from workbench.domain.fields import Catalogue
from workbench.domain.records.ledger import Record

DIVISIBLE = ("area_cert", "area_actual", "grant_price", "net_value")
"""Amounts that add up: what the parts have together is what the whole had."""
NOT_CARRIED = frozenset({
    "code", "name", "derived_from",
    "bdc_unit_no", "cert_no", "cert_kind",
    "remaining_years", "far", "density", "green",
    "adjacent_unsupplied_area", "shape_regular",
    "structures_area", "yards_area", "living_land", "revived_on", "revival_income",
})  # fmt: skip
"""Facts of one outline or one certificate: nobody knows them of new land, so they are 待核."""
IDENTITY = frozenset({"code", "name", "derived_from"})


def carried_fields(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the fields whose value holds for the new land as it did for the old."""
    return tuple(
        field.key
        for field in catalogue["parcel"]
        if field.key not in NOT_CARRIED and field.key not in DIVISIBLE
    )


def to_verify(parcels: list[Record], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the fields that were known of the old land and must be established anew."""
    return tuple(
        field.key
        for field in catalogue["parcel"]
        if field.key in NOT_CARRIED - IDENTITY
        and any(parcel.get(field.key) is not None for parcel in parcels)
    )


def origin_names(parcels: list[Record]) -> tuple[str, ...]:
    """Return what the new land is derived from: the codes, else the names, of the old."""
    return tuple(parcel.text("code") or parcel.label for parcel in parcels)
