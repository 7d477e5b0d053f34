"""What the ledger suggests to a model says of what it is the number."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import a_building, a_lease, a_parcel, a_park
from tests.finance_rig import AROUND, wan
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.settling import Provenance
from workbench.domain.records.ledger import Ledger

PRICE = wan(1825)


def suggested(rows, model, *assets, **stated):
    keys = frozenset(assets) if assets else None
    scope = Scope(Ledger.of(rows), "park", keys, AROUND.as_of, {})
    around = replace(AROUND, ledger=MODELS[model].suggestions(scope))
    return calculate(MODELS[model], stated, around)


def said(result, field):
    return [(each.code, each.params) for each in result.findings if each.field == field]


def on_one_parcel(*areas):
    parcel = a_parcel("P", name="A区地", area_cert=50000, grant_price=PRICE)
    floors = [
        a_building(f"B{n}", name=f"{n}号", parcel="P", net_value=1, gfa_actual=area)
        for n, area in enumerate(areas, start=1)
    ]
    return [a_park(), parcel, *floors]


@pytest.mark.parametrize(
    ("assets", "paid", "codes"),
    [
        (("B4",), Decimal("4460943.94"), ["land_shared"]),
        (("B3", "B4"), Decimal("8921887.88"), ["land_shared"]),
        (("P",), PRICE, []),
        (("B1", "B2", "B3", "B4"), PRICE, []),
        ((), PRICE, []),
    ],
)
def test_the_land_of_a_building_that_is_sold_is_its_share_by_floor_area(assets, paid, codes):
    """One of four buildings was to be sold, and took off what was paid for the land of all."""
    rows = on_one_parcel(12400, 12400, 11860, 11860)
    result = suggested(rows, "transfer", *assets)
    assert result.settled["land_paid"].value == paid
    assert result.settled["land_paid"].provenance is Provenance.LEDGER
    told = said(result, "land_paid")
    assert [code for code, _ in told] == codes
    for _, params in told:
        assert params["parcels"] == "A区地"
        assert params["whole"].value == PRICE
        assert params["standing"].value == 48520


@pytest.mark.parametrize("areas", [(12400, None), (None, 11860), (0, 0)])
def test_without_every_floor_area_no_land_is_suggested_and_it_is_said_why(areas):
    result = suggested(on_one_parcel(*areas), "transfer", "B2")
    assert result.settled["land_paid"].value is None
    [(code, params), *rest] = said(result, "land_paid")
    assert code == "land_not_shared"
    assert params["buildings"] == "、".join(
        f"{n}号" for n, area in enumerate(areas, start=1) if not area
    )
    assert [code for code, _ in rest] == ["missing"]


def test_how_land_was_shared_is_said_beside_another_amount_and_not_beside_the_same():
    rows = on_one_parcel(100, 300)
    other = suggested(rows, "transfer", "B1", land_paid=wan(260))
    assert [code for code, _ in said(other, "land_paid")] == ["land_shared"]
    same = suggested(rows, "transfer", "B1", land_paid=PRICE / 4)
    assert said(same, "land_paid") == []


def let(key, until, area=500, **values):
    return a_lease(
        key, building="B", contract_no=key, area=area, rent_price=30, rent_unit="元/㎡·月",
        start_on="2024-01-01", end_on=until, free_months=0, **values,
    )  # fmt: skip


def test_a_rent_from_leases_is_not_called_the_markets_without_a_word():
    rows = [a_park(), a_building("B", rentable_area=2000), let("L1", "2029-12-31")]
    result = suggested(rows, "lease_up")
    assert result.settled["rent"].value == 30
    [(code, params)] = said(result, "rent")
    assert (code, params["count"], params["area"].value) == ("rent_of_leases", 1, 500)
    assert said(suggested(rows, "lease_up", rent=Decimal(30)), "rent") == []


def test_a_lease_that_ended_unrenewed_is_named_where_its_space_counts_as_vacant():
    """5,200 ㎡ of a tenant about to renew counted as vacant, and the scenario did not say so."""
    building = a_building("B", rentable_area=2000)
    rows = [a_park(), building, let("L1", "2029-12-31"), let("L2", "2026-05-31", 700)]
    [(code, params)] = said(suggested(rows, "lease_up"), "leases")
    assert (code, params["count"], params["names"]) == ("expired_left_out", 1, "L2")
    assert params["area"].value == 700
    renewed = [*rows, let("L3", "2030-05-31", 700, unit="U"), let("L4", "2026-05-30", 10, unit="U")]
    [(_, params)] = said(suggested(renewed, "lease_up"), "leases")
    assert params["names"] == "L2"  # the space of L4 was let on


def test_where_all_leases_are_over_the_shares_of_occupancy_say_so():
    rows = [a_park(), a_building("B", rentable_area=2000), let("L2", "2026-05-31", 700)]
    result = suggested(rows, "lease_up")
    assert result.settled["basis"].value != "按租约逐月"
    assert [code for code, _ in said(result, "base_occupancy")] == ["expired_left_out"]
    assert said(result, "leases") == []
