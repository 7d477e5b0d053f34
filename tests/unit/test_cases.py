# SPDX-License-Identifier: MIT
from dataclasses import replace
from decimal import Decimal

import pytest

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases import (
    GFA_FAR_LAND,
    Case,
    CaseFact,
    CaseFeatures,
    CaseOrigin,
    FeatureVocabulary,
    StatedKind,
    Waiver,
    contradictions,
)
from workbench.domain.references import OutcomeStatus, Reliability, Source

TEXT = Bilingual("甲", "A")
ORIGINAL = Source("b", Bilingual("《乙》", "B"), Bilingual("省厅", "Department"), Reliability.HIGH)


def fact(key, value, unit="", scope="site"):
    return CaseFact(
        key, TEXT, value, StatedKind.STATED, OutcomeStatus.PLANNED, ORIGINAL, unit, scope=scope
    )


def case(*facts, waivers=()):
    return Case(
        "X", TEXT, TEXT, CaseFeatures(), (ORIGINAL,), CaseOrigin.OWN, 1, TEXT, facts,
        waivers=waivers,
    )  # fmt: skip


JINZHAI = (
    fact("land_area", Decimal(50), "亩"),
    fact("far", Decimal("1.5")),
    fact("gfa", Decimal(37_000), "㎡"),
)


def test_e0_jinzhai_floor_area_over_plot_ratio_is_37_mu_not_50():
    (found,) = contradictions(case(*JINZHAI))
    assert found.code == GFA_FAR_LAND
    assert found.facts == ("gfa", "far", "land_area")
    assert found.params["implied_m2"].quantize(Decimal("0.01")) == Decimal("24666.67")
    assert found.params["implied_mu"].quantize(Decimal("0.01")) == Decimal("37.00")
    assert found.params["stated_mu"].quantize(Decimal("0.01")) == Decimal("50.00")
    assert found.params["gap"].quantize(Decimal("0.01")) == Decimal("-0.26")
    assert found.waived is None


def test_e0_a_first_phase_is_never_divided_by_one_parcel():
    """277,000 ㎡ on 56 亩 would be a plot ratio of 7.42 (domain §5e E0): the bases differ."""
    longwen = case(
        fact("land_area", Decimal(56), "亩", "copper_plant"),
        fact("far", Decimal(2), scope="copper_plant"),
        fact("gfa_phase_1", Decimal(277_000), "㎡", "phase_1"),
    )
    assert contradictions(longwen) == ()


@pytest.mark.parametrize(
    ("gfa", "contradicts"),
    [(47_501, False), (52_499, False), (47_499, True), (52_501, True)],
)
def test_figures_agree_within_five_percent(gfa, contradicts):
    """50 亩 at a plot ratio of 1.5 holds 50,000 ㎡."""
    facts = (*JINZHAI[:2], fact("gfa", Decimal(gfa), "㎡"))
    assert bool(contradictions(case(*facts))) is contradicts


@pytest.mark.parametrize("missing", ["land_area", "far", "gfa"])
def test_a_figure_that_is_not_stated_contradicts_nothing(missing):
    facts = [replace(f, value=None) if f.key == missing else f for f in JINZHAI]
    assert contradictions(case(*facts)) == ()


def test_figures_without_a_stated_base_are_not_compared():
    assert contradictions(case(*(replace(f, scope="") for f in JINZHAI))) == ()


def test_a_waived_contradiction_is_still_shown_with_its_reason():
    reason = Bilingual("已核对", "checked")
    (found,) = contradictions(case(*JINZHAI, waivers=(Waiver(GFA_FAR_LAND, reason),)))
    assert found.waived == reason


def test_units_of_the_source_are_normalized():
    assert fact("debt", Decimal("0.5"), "亿元").normalized == 50_000_000
    assert fact("gfa", Decimal("3.7"), "万㎡").normalized == 37_000
    assert fact("jobs", Decimal(200), "个").normalized == 200
    assert fact("days", "2015年").normalized is None


def test_a_quoted_source_names_the_original_and_who_quotes_it():
    article = Source(
        "a", Bilingual("《甲》", "A"), Bilingual("大公国际", "Dagong"), Reliability.MEDIUM
    )
    quoted = replace(ORIGINAL, via=article)
    assert quoted.cite("zh_CN") == "省厅，《乙》（转引自大公国际，《甲》）"
    assert quoted.cite("en") == "Department, B (quoted in Dagong, A)"


def test_adjacency_holds_in_both_directions_and_only_there():
    vocabulary = FeatureVocabulary(
        {},
        {},
        frozenset({("city_tier", "county_city", "county")}),
        {"city_tier": {"县城": "county"}},
    )
    assert vocabulary.are_adjacent("city_tier", "county", "county_city")
    assert vocabulary.are_adjacent("city_tier", "county_city", "county")
    assert not vocabulary.are_adjacent("title_state", "county_city", "county")
    assert vocabulary.code_of("city_tier", "县城") == "county"
    assert vocabulary.code_of("city_tier", "不在表中") is None
    assert vocabulary.code_of("city_tier", None) is None
