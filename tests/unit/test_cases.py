# SPDX-License-Identifier: MIT
from dataclasses import replace
from decimal import Decimal

import pytest

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import (
    Case,
    CaseFact,
    CaseFeatures,
    CaseOrigin,
    CaseStep,
    FeatureVocabulary,
    StatedKind,
    Waiver,
)
from workbench.domain.cases.contradictions import (
    GFA_FAR_LAND,
    PART_OF_WHOLE,
    PER_MU,
    STEP_DATES,
    before_after,
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


def test_1_3_a_part_larger_than_its_whole_is_flagged_and_parts_are_never_added_up():
    whole = fact("gfa_phase_1", Decimal(277_000), "㎡")
    starter = replace(fact("gfa_starter", Decimal("27.8"), "万㎡"), part_of="gfa_phase_1")
    (found,) = contradictions(case(whole, starter))
    assert (found.code, found.facts) == (PART_OF_WHOLE, ("gfa_starter", "gfa_phase_1"))
    two = [replace(starter, key=f"gfa_{n}", value=Decimal(20)) for n in range(2)]
    assert contradictions(case(whole, *two)) == ()
    other_kind = replace(starter, unit="个")
    assert contradictions(case(whole, other_kind)) == ()


@pytest.mark.parametrize(("value", "flagged"), [("500", False), ("500.01", True)])
def test_1_3_a_yield_beyond_500_wan_a_mu_is_to_be_verified(value, flagged):
    found = contradictions(case(fact("tax_per_mu", Decimal(value), "万元/亩")))
    assert [each.code for each in found] == ([PER_MU] if flagged else [])


def test_1_3_output_is_spread_over_the_land_of_its_own_scope_only():
    land, output = fact("land_area", Decimal(50), "亩"), fact("annual_output", Decimal(35), "亿元")
    (found,) = contradictions(case(land, output))
    assert found.params["per_mu"] == 7000
    assert contradictions(case(land, replace(output, scope="park"))) == ()
    assert contradictions(case(land, replace(output, scope=""))) == ()


@pytest.mark.parametrize(
    ("output", "land", "sign"),
    [
        ("", "", ""), (">", "", ">"), ("余", "", ">"), ("", "余", "<"), (">", "余", "≈"),
        (">", "<", ">"), ("≥", "<", ">"), ("约", "", "≈"), ("", "≤", "≥"), ("≥", "≤", "≥"),
    ],
)  # fmt: skip
def test_a_yield_of_a_bound_is_a_bound_and_a_plan_is_no_result(output, land, sign):
    area = replace(fact("land_area", Decimal(50), "亩"), qualifier=land)
    money = replace(fact("annual_tax", Decimal(4), "亿元"), qualifier=output)
    (found,) = contradictions(case(area, money))
    assert found.params["per_mu"] == 800
    assert (found.words["bound"].zh, found.words["status"].zh) == (sign, "（规划）")


@pytest.mark.parametrize(
    ("days", "flagged"),
    [
        (("2022-05-20", "2022-07-06"), False),
        (("2022-07-06", "2022-05-20"), True),
        (("2022-05-20", "2022"), False),
        (("2022-05", "2021"), True),
        (("2022-05", "", "2022-04"), True),
    ],
)
def test_a_later_step_is_not_dated_before_an_earlier_one(days, flagged):
    steps = tuple(CaseStep(TEXT, StatedKind.STATED, on=day) for day in days)
    found = contradictions(replace(case(), steps=steps))
    assert [each.code for each in found] == ([STEP_DATES] if flagged else [])


def test_a_waiver_that_names_its_figures_leaves_the_others_of_its_kind():
    land, tax = fact("land_area", Decimal(1), "亩"), fact("annual_tax", Decimal(1), "亿元")
    output = fact("annual_output", Decimal(9), "亿元")
    waiver = Waiver(PER_MU, TEXT, ("annual_tax", "land_area"), "王工")
    found = contradictions(case(land, tax, output, waivers=(waiver,)))
    assert {each.facts[0]: each.waiver for each in found} == {
        "annual_tax": waiver,
        "annual_output": None,
    }


def test_1_3_figures_before_and_after_are_divided_only_on_one_base():
    """C04: 亩均税收 8 → 30 万元/亩; with another base nothing is computed."""
    before = fact("tax_before", Decimal(8), "万元/亩")
    after = replace(fact("tax_after", Decimal(30), "万元/亩"), before="tax_before")
    (pair,) = before_after(case(before, after))
    assert (pair.comparable, pair.change, pair.relative) == (True, 22, Decimal("2.75"))
    for other in (
        replace(after, scope="park"),
        replace(after, base=TEXT),
        replace(after, unit="亿元/亩"),
    ):
        (pair,) = before_after(case(before, other))
        assert (pair.comparable, pair.change, pair.relative) == (False, None, None)
    (pair,) = before_after(case(before, replace(after, value=None, stated=StatedKind.NOT_STATED)))
    assert pair.change is None
