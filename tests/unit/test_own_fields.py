"""What a team may declare as an own field, and how it joins the shipped catalogue."""

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.findings import RefusedError
from workbench.domain.pinyin import readings, slug
from workbench.domain.records.ledger import Record
from workbench.domain.records.own_fields import OwnField, check, new_code, of_record, with_own
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.words import take_apart

BUILDING = CATALOGUE["building"]


def refusal(own):
    with pytest.raises(RefusedError) as refused:
        check(own, BUILDING)
    return refused.value.code.removeprefix("own_fields.")


def test_no_shipped_field_has_the_prefix_of_own_ones():
    assert not [field.key for entity in CATALOGUE for field in entity if field.own]


def test_the_key_is_made_from_the_english_title_else_from_the_pinyin():
    assert new_code(OwnField("building", "柱距", english="Bay width"), ()) == "own_bay_width"
    assert new_code(OwnField("building", "柱距2期"), ()) == "own_zhu_ju_2_qi"
    assert new_code(OwnField("building", "柱距"), ["own_zhu_ju"]) == "own_zhu_ju_2"
    assert new_code(OwnField("building", "★"), ()) == "own_field"


def test_a_character_has_every_reading_and_ü_is_spelled_v():
    assert {"zhong", "chong"} <= set(readings("重"))
    assert {"chang", "zhang"} <= set(readings("长"))
    assert readings("绿")[0] == "lv"
    assert slug("B区 1#厂房") == "b_qu_1_chang_fang"


@pytest.mark.parametrize(
    ("own", "why"),
    [
        (OwnField("building", " "), "no_title"),
        (OwnField("building", "柱" * 25), "title_long"),
        (OwnField("building", "柱距（m）"), "title_signs"),
        (OwnField("building", "序号"), "title_says_nothing"),
        (OwnField("building", "12"), "title_says_nothing"),
        (OwnField("building", "改造投入万元", FieldType.NUMBER), "title_unit"),
        (OwnField("building", "建筑面积"), "title_taken"),
        (OwnField("building", "柱距", synonyms=("行车吨位",)), "title_taken"),
        (OwnField("building", "等级", FieldType.CHOICE), "no_choices"),
        (OwnField("building", "等级", FieldType.CHOICE, choices=("甲", "甲")), "choice_twice"),
        (OwnField("building", "绿地", FieldType.AREA, unit="尺"), "unit_not_offered"),
        (OwnField("building", "绿地", FieldType.NUMBER, unit="亩"), "unit_is_area"),
        (OwnField("building", "投入", FieldType.NUMBER, unit="万元"), "unit_is_money"),
        (OwnField("building", "占比", FieldType.NUMBER, unit="%"), "unit_is_share"),
        (OwnField("building", "说明书", FieldType.TEXT, unit="m"), "no_unit"),
        (OwnField("building", "柱距", FieldType.NUMBER, decimals=7), "decimals"),
    ],
)
def test_what_import_or_a_reader_would_misunderstand_is_refused(own, why):
    assert refusal(own) == why


def test_an_own_field_is_recognised_by_its_title_and_other_headings():
    own = OwnField(
        "building", "柱距", FieldType.NUMBER, unit="m", synonyms=("柱网间距",), code="own_zhu_ju"
    )
    check(own, BUILDING)
    matcher = HeadingMatcher(with_own(CATALOGUE, [own]))
    for heading in ("柱距（m）", "柱网间距", "柱 距"):
        match = matcher.candidates("building", take_apart((heading,)))[0]
        assert (match.field, match.exact) == ("own_zhu_ju", True)


def test_a_hidden_field_is_in_no_catalogue_and_a_key_is_taken_once():
    shown = OwnField("unit", "朝向", code="own_chao_xiang")
    hidden = OwnField("unit", "采光", code="own_cai_guang", hidden="不再统计")
    catalogue = with_own(CATALOGUE, [shown, hidden, shown])
    assert [field.key for field in catalogue["unit"] if field.own] == ["own_chao_xiang"]
    assert with_own(CATALOGUE, [hidden]) is CATALOGUE


@pytest.mark.parametrize(
    ("kind", "unit", "stored", "shown"),
    [
        (FieldType.AREA, "亩", "㎡", "亩"),
        (FieldType.MONEY, "", "元", "万元"),
        (FieldType.SHARE, "", "", "%"),
        (FieldType.NUMBER, "吨/年", "吨/年", "吨/年"),
    ],
)
def test_areas_are_kept_in_square_metres_and_money_in_yuan(kind, unit, stored, shown):
    field = OwnField("parcel", "甲", kind, unit=unit).field()
    assert (field.unit, field.shown_unit) == (stored, shown)


def test_a_definition_survives_its_record():
    own = OwnField(
        "building", "等级", FieldType.CHOICE, "Grade", choices=("甲 = A | 一级", "乙"),
        synonyms=("厂房等级",), group="book", code="own_grade",
    )  # fmt: skip
    values = {name: value for name, value in own.values().items() if value is not None}
    assert of_record(Record("own_field", "1", values)) == own
    assert [choice.title("en") for choice in own.field().choices] == ["A", "乙"]
