# SPDX-License-Identifier: MIT
"""Conditions of shipped pathways that other figures of the ledger answer already (domain §2)."""

from datetime import timedelta

import pytest

from tests.builders import a_building, a_lease, a_parcel, a_park
from tests.ranking_rig import AS_OF, run


def truth(id_, *records):
    path = id_.partition("-")[0]
    for check in run(*records).pathways:
        if check.pathway.code == path:
            return next(e.truth for e in (*check.preconditions, *check.blocks) if e.id == id_)
    raise LookupError(id_)


def a_let_park(*areas, days=2000):
    """A park whose tenants rent these areas (㎡) until so many days after the as-of date."""
    end = AS_OF + timedelta(days=days)
    whole = sum(areas)
    return [
        a_park(), a_parcel("land"),
        a_building("B", parcel="land", gfa_actual=whole, rentable_area=whole, cert_status="已办结"),
        *(a_lease(f"L{n}", building="B", tenant=f"T{n}", area=area, rent_price=20,
                  rent_unit="元/㎡·月", start_on="2020-01-01", end_on=end.isoformat())
          for n, area in enumerate(areas)),
    ]  # fmt: skip


def test_p09_asks_the_certificates_of_the_buildings_and_not_of_the_land():
    """§2: ``building.cert_status=已办结``; a parcel of an unknown certificate kept it open."""
    park = a_let_park(1000)
    assert truth("P09-1", *park) is True
    assert truth("P09-1", *park, a_building("C", cert_status="未办理")) is False
    assert truth("P09-1", *park, a_building("C")) is None


@pytest.mark.parametrize(("areas", "vetoed"), [((1000,), True), ((500, 500), None)])
def test_p17_takes_the_largest_tenant_of_the_ledger_for_too_large(areas, vetoed):
    """CR1 was 100 % and the veto 待核; below the limit the share of the income is still asked."""
    assert truth("P17-B2", *a_let_park(*areas)) is vetoed


@pytest.mark.parametrize(("days", "stable"), [(2000, True), (100, False)])
def test_p18_income_is_not_stable_where_every_lease_ends_within_a_year(days, stable):
    assert truth("P18-1", *a_let_park(1000, days=days)) is stable
