"""Indicators of tenure and title: value, missing input, boundary (I-14 to I-16)."""

from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_parcel,
    an_encumbrance,
    not_applicable,
    with_values,
)
from tests.indicator_rig import missing, notes, of
from workbench.domain.indicators.indicator import Band


class TestTenure:
    def test_years_are_days_over_365_25_weighted_by_land(self):
        value = of("I-14", a_parcel(end_on="2040-06-30"))
        assert value.value == Decimal(5479) / Decimal("365.25")
        assert value.band is Band.YELLOW

    def test_weights(self):
        near, far = (
            a_parcel(area_cert=300, end_on="2026-06-30"),
            a_parcel(area_cert=100, end_on="2030-06-30"),
        )
        expected = (300 * Decimal(365) + 100 * Decimal(1826)) / 400 / Decimal("365.25")
        assert of("I-14", near, far).value == pytest.approx(expected, rel=Decimal("1e-20"))

    @pytest.mark.parametrize(
        ("end", "band"),
        [("2055-07-01", Band.GREEN), ("2055-06-29", Band.YELLOW), ("2040-06-29", Band.RED)],
    )
    def test_bands_start_at_30_and_15_years(self, end, band):
        assert of("I-14", a_parcel(end_on=end)).band is band

    def test_an_expired_right_is_negative_not_zero(self):
        assert of("I-14", a_parcel(end_on="2024-06-30")).value < 0

    def test_allocated_land_has_no_term(self):
        value = of("I-14", a_parcel(obtain_mode="划拨"), a_parcel(end_on="2040-06-30"))
        assert value.value is not None
        assert notes(value) == {"termless": {"count": 1}}
        assert of("I-14", not_applicable(a_parcel(), "end_on")).value is None

    def test_it_says_which_share_of_the_land_has_no_term(self):
        """31.53 years stood green for a park of which a fifth is allocated land, and unsaid."""
        value = of(
            "I-14", a_parcel("A", obtain_mode="划拨", area_cert=200),
            a_parcel("B", end_on="2040-06-30", area_cert=800),
            a_parcel("C", status="批而未供", area_cert=2000),
        )  # fmt: skip
        assert notes(value) == {
            "termless_share": {"count": 1, "share": Decimal("0.2")},
            "land_not_held": {"count": 1, "area": 3},
        }

    def test_the_end_date_is_needed(self):
        assert ("parcel", "L", "end_on") in missing(of("I-14", a_parcel("L")))


CLEAR = {
    "gfa_cert": 1000, "gfa_actual": 1000, "cert_status": "已办结", "seizure": False,
    "mortgage": False, "litigation": False, "planning_accept": "通过", "fire_accept": "通过",
    "completion_accept": "不适用",
}  # fmt: skip


class TestTitle:
    def test_a_clear_building_has_100_points(self):
        value = of("I-15", a_building("B", **CLEAR))
        assert (value.value, value.band) == (100, Band.GREEN)

    @pytest.mark.parametrize(
        ("flaw", "points"),
        [
            ({"cert_status": "办理中"}, 65),
            ({"gfa_actual": 960}, 90),
            ({"seizure": True}, 75),
            ({"mortgage": True}, 90),
            ({"fire_accept": "未办"}, 85),
            ({"litigation": True}, 95),
        ],
    )
    def test_each_flaw_takes_its_points(self, flaw, points):
        assert of("I-15", a_building("B", **CLEAR | flaw)).value == points

    def test_a_mortgage_with_consent_takes_nothing(self):
        row = an_encumbrance(building="B", kind="抵押", status="有效", mortgagee_consent="同意")
        assert of("I-15", a_building("B", **CLEAR), row).value == 100
        refused = with_values(row, mortgagee_consent="不同意")
        assert of("I-15", a_building("B", **CLEAR), refused).value == 90

    def test_what_is_not_known_scores_nothing_and_leaves_the_band_open(self):
        value = of("I-15", a_building("B", **CLEAR | {"seizure": None}))
        assert (value.value, value.band) == (75, Band.PENDING)
        assert notes(value) == {"unknown_items": {"count": 1}}
        assert ("building", "B", "seizure") in missing(value)

    def test_a_blank_that_cannot_change_the_band_leaves_it_settled(self):
        value = of("I-15", a_building("B", **CLEAR | {"litigation": None}))
        assert (value.value, value.band) == (95, Band.GREEN)

    def test_nothing_known_is_no_score(self):
        assert of("I-15", a_building("B", gfa_actual=1)).value is None
        assert of("I-15").value is None

    def test_land_alone_is_scaled_to_100(self):
        land = a_parcel(
            area_cert=1, area_actual=1, cert_kind="不动产权证", seizure=False, mortgage=False,
            litigation=False,
        )  # fmt: skip
        assert of("I-15", land).value == 100

    def test_a_seized_building_makes_its_whole_parcel_count(self):
        value = of(
            "I-16",
            a_parcel("L", area_cert=300, seizure=False),
            a_parcel("M", area_cert=100, seizure=False),
            a_building("B", parcel="M", seizure=False),
            an_encumbrance(building="B", kind="轮候查封", status="有效"),
        )
        assert (value.value, value.band) == (Decimal("0.25"), Band.RED)

    @pytest.mark.parametrize(
        ("area", "band"), [(0, Band.GREEN), (100, Band.YELLOW), (101, Band.RED)]
    )
    def test_seizure_bands_end_at_0_and_10_percent(self, area, band):
        seized = [a_parcel(area_cert=area, seizure=True)] if area else []
        value = of("I-16", a_parcel(area_cert=1000 - area, seizure=False), *seized)
        assert value.band is band

    def test_a_released_or_future_seizure_does_not_count(self):
        land = a_parcel("L", area_cert=100)
        released = an_encumbrance(parcel="L", kind="查封", status="已解除")
        assert of("I-16", land, released).value == 0
        future = an_encumbrance(parcel="L", kind="查封", status="有效", start_on="2025-07-01")
        assert of("I-16", land, future).value == 0

    def test_no_row_and_no_statement_is_unknown(self):
        value = of("I-16", a_parcel("L", area_cert=100))
        assert value.value is None
        assert missing(value) == {("parcel", "L", "seizure")}

    def test_a_statement_about_the_land_answers_for_a_blank_building(self):
        land = a_parcel("L", area_cert=100, seizure=False)
        assert of("I-16", land, a_building("B", parcel="L")).value == 0
        assert of("I-16", land, a_building("B", parcel="L", seizure=True)).value == 1

    def test_buildings_without_land_count_by_floor_area(self):
        value = of(
            "I-16",
            a_building(gfa_actual=100, seizure=True),
            a_building(gfa_actual=300, seizure=False),
        )
        assert value.value == Decimal("0.25")
        assert "seized_by_floor" in notes(value)
