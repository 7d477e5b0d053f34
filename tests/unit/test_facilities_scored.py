"""Facilities, platforms and assets that lie asleep, as the standards of domain §5e see them."""

from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_ledger,
    a_parcel,
    a_park,
    a_record,
)
from tests.shipped import texts
from tests.standards import of
from workbench.domain.facts.missing_names import missing_name, names_of_missing
from workbench.domain.indicators.indicator import Band


def a_facility(key="", **values):
    return a_record("facility", key, park="park", **values)


POWER = {"kind": "供电", "status": "正常", "capacity": 80, "required": 100}
ROAD = {"kind": "道路", "status": "正常"}


class TestFacilities:
    def test_each_required_kind_counts_by_its_weight_up_to_what_is_required(self):
        value = of("I-29", a_park(), a_facility(**POWER), a_facility(**ROAD))
        assert (value.value, value.band) == (Decimal(88), Band.GREEN)
        assert value.notes[0].params == {"count": 2, "unmet": 1}

    @pytest.mark.parametrize(("capacity", "band"), [("66.67", Band.GREEN), ("66.66", Band.YELLOW)])
    def test_bands_start_at_80(self, capacity, band):
        power = {**POWER, "capacity": Decimal(capacity)}
        value = of("I-29", a_park(), a_facility(**power), a_facility(**ROAD))
        assert value.band is band

    def test_more_than_required_does_not_make_up_for_another(self):
        power = {**POWER, "capacity": 900}
        road = {**ROAD, "status": "停用"}
        value = of("I-29", a_park(), a_facility(**power), a_facility(**road))
        assert value.value == 60

    def test_a_kind_without_record_or_capacity_is_not_known(self):
        value = of("I-29", a_park(), a_facility(**POWER))
        assert value.value is None
        power = {**POWER, "required": None}
        value = of("I-29", a_park(), a_facility("P", **power), a_facility(**ROAD))
        assert [(m.key, m.field) for m in value.trace.missing] == [("P", "required")]

    def test_kinds_without_record_are_asked_for_by_name(self):
        """ "Fill in the kind" told nobody which facility is required and not on record."""
        park = a_park(lead_industries=["精细化工"])
        missing = of("I-29", park, a_facility(**POWER)).trace.missing
        ledger = a_ledger(park)
        for language, said in (
            ("zh_CN", "道路、固废的配套设施记录（没有的也登记，能力填 0）"),
            (
                "en",
                "Facility record of Road, Solid waste (where there is none, one with capacity 0)",
            ),
        ):
            assert list(names_of_missing(missing, ledger, texts(language))) == [said]
            assert missing_name(missing[1], ledger, texts(language)) != said

    def test_a_lead_industry_may_need_more(self):
        park = a_park(lead_industries=["精细化工"])
        rows = [a_facility(**POWER), a_facility(**ROAD)]
        assert of("I-29", park, *rows).value is None
        waste = a_facility(kind="固废", status="规划")
        assert of("I-29", park, *rows, waste).value == 44


class TestPlatformsAndAsleepAssets:
    def test_platforms_with_contracts_over_all(self):
        value = of("I-49", a_park(innovation_platforms=5, platforms_with_contracts=1))
        assert (value.value, value.band) == (Decimal("0.2"), Band.YELLOW)
        value = of("I-49", a_park(innovation_platforms=10, platforms_with_contracts=1))
        assert value.band is Band.RED
        assert of("I-49", a_park(innovation_platforms=5)).trace.missing[0].field == (
            "platforms_with_contracts"
        )
        none = of("I-49", a_park(innovation_platforms=0, platforms_with_contracts=0))
        assert (none.value, [n.code for n in none.notes]) == (None, ["no_platform"])

    def test_asleep_book_value_with_renewal_and_its_return(self):
        value = of(
            "I-51",
            a_park(),
            a_building(use_status="空置", net_value=100),
            a_building(use_status="出租", net_value=600, revived_on="2024-05-01",
                       revival_income=30),
            a_building(use_status="自用", net_value=200, revived_on="2026-01-01"),
            a_parcel(status="闲置", net_value=100),
            a_parcel(status="已建成"),
        )  # fmt: skip
        assert (value.value, value.band) == (Decimal("0.2"), Band.YELLOW)
        notes = {note.code: note.params for note in value.notes}
        assert notes["renewal_return"] == {
            "share": Decimal("0.75"), "return_share": Decimal("0.05"),
        }  # fmt: skip
        assert notes["land_without_value"] == {"count": 1}

    def test_a_building_without_state_or_value_is_named(self):
        value = of("I-51", a_park(), a_building("B", net_value=100), a_building("C"))
        assert value.value is None
        assert {(m.key, m.field) for m in value.trace.missing} == {
            ("B", "use_status"), ("C", "net_value"), ("C", "use_status"),
        }  # fmt: skip

    @pytest.mark.parametrize(("asleep", "band"), [(10, Band.GREEN), (11, Band.YELLOW)])
    def test_asleep_share_is_green_up_to_a_tenth(self, asleep, band):
        records = [
            a_building(use_status="停用", net_value=asleep),
            a_building(use_status="出租", net_value=100 - asleep),
        ]
        assert of("I-51", a_park(), *records).band is band
