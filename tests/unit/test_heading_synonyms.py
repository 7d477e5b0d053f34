"""Every spelling of domain §3.2 is recognised as its field, by the entity of its sheet."""

from pathlib import Path

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.words import take_apart

MATCHER = HeadingMatcher(CATALOGUE)
DATA = Path(__file__).parents[1] / "data"


def _places(name):
    lines = (DATA / name).read_text("utf-8").strip().splitlines()
    return [line.partition(": ")[::2] for line in lines]


PLACES = _places("heading_synonyms.txt")


def _misread(places, least=0.0):
    """Return the spellings whose first candidate is another field or too uncertain."""
    wrong = {}
    for place, spellings in places:
        entity, field = place.split(".")
        for spelling in spellings.split():
            found = MATCHER.candidates(entity, take_apart((spelling,)))[:1]
            if [(m.field, m.confidence >= least) for m in found] != [(field, True)]:
                wrong[entity, spelling] = (field, found)
    return wrong


def test_section_3_2_every_spelling_means_its_field():
    assert _misread(PLACES, least=0.8) == {}


def test_the_english_names_of_plot_ratios_in_older_ledgers_mean_their_fields():
    for spelling, field in (
        ("FAR (stated)", "far"),
        ("Planned FAR, min", "plan_far_min"),
        ("Planned FAR, max", "plan_far_max"),
    ):
        [first, *_] = MATCHER.candidates("parcel", take_apart((spelling,)))
        assert (first.field, first.confidence) == (field, 1)


def test_section_3_2_a_heading_in_a_clerks_own_words_means_its_field():
    assert _misread(_places("headings_of_clerks.txt")) == {}


@pytest.mark.parametrize("spelling", ["序号", " 序 号 ", "NO.", "行次", "栏次"])
def test_section_3_2_row_numbers_are_never_a_key(spelling):
    assert MATCHER.is_index(take_apart((spelling,)))


@pytest.mark.parametrize(
    ("levels", "entity", "field"),
    [
        (("抵押情况", "抵押权人"), "encumbrance", "holder"),
        (("抵押情况", "抵押金额"), "encumbrance", "amount"),
        (("查封情况", "查封法院"), "encumbrance", "authority"),
        (("查封情况", "案号"), "encumbrance", "case_no"),
        (("土地使用权", "终止日期"), "parcel", "end_on"),
        (("使用期限", "起"), "parcel", "start_on"),
        (("使用期限", "止"), "parcel", "end_on"),
    ],
)
def test_section_3_2_two_level_headings_join(levels, entity, field):
    assert MATCHER.candidates(entity, take_apart(levels))[0].field == field


@pytest.mark.parametrize(
    ("spelling", "core", "unit"),
    [
        ("土地面积（亩）", "土地面积", "亩"),
        ("建筑面积\n(平方米)", "建筑面积", "㎡"),
        ("★ 账面原值（万元）", "账面原值", "万元"),
        ("〔用地面积〕", "用地面积", ""),
        ("1、资产名称", "资产名称", ""),
        ("（三）坐落", "坐落", ""),
        ("租金单价（元/㎡·月）", "租金单价", "元/㎡·月"),
        ("建筑面积：㎡", "建筑面积", "㎡"),
        ("容积率", "容积率", ""),
    ],
)
def test_section_3_3_a_heading_is_cut_into_words_and_unit(spelling, core, unit):
    heading = take_apart((spelling,))
    assert (heading.core or heading.extra, heading.unit) == (core, unit)


def test_section_3_2_the_same_words_mean_another_field_in_another_sheet():
    heading = take_apart(("占地面积",))
    assert MATCHER.candidates("parcel", heading)[0].field == "area_cert"
    assert MATCHER.candidates("building", heading)[0].field == "base_area"
