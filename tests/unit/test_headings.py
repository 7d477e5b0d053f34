"""Headings are recognised by the catalogue's synonyms alone; domain §3.2 and §3.3."""

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.choices import match_choice
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher
from workbench.domain.tables.headings.words import take_apart

MATCHER = HeadingMatcher(CATALOGUE)


def _best(entity, *levels):
    found = MATCHER.candidates(entity, take_apart(levels))
    return found[0].field if found else None


def _assign(entity, *headings):
    apart = {position: take_apart((text,)) for position, text in enumerate(headings)}
    mapped = MATCHER.assign(entity, apart)
    return {headings[position]: match.field for position, match in mapped.columns.items()}


@pytest.mark.parametrize(
    "entity", [entity.key for entity in CATALOGUE.ledger() if entity.key != "context"]
)
def test_every_title_and_synonym_of_the_catalogue_finds_a_field_of_its_entity(entity):
    spec = CATALOGUE[entity]
    for field in spec:
        for text in (field.zh, *field.synonyms):
            found = MATCHER.candidates(entity, take_apart((text,)))
            assert found, text
            assert found[0].exact, text
            declared = {f.key for f in spec if text in (f.zh, *f.synonyms)}
            assert found[0].field in declared or len(text) < 4, text


@pytest.mark.parametrize(
    ("text", "core", "unit"),
    [
        ("建筑面积（㎡）", "建筑面积", "㎡"),
        ("建筑面积(平方米)", "建筑面积", "㎡"),
        ("证载面积\n（亩）", "证载面积", "亩"),
        ("计租面积/m²", "计租面积", "㎡"),
        ("账面原值万元", "账面原值", "万元"),
        ("单价(元/平米/天)", "单价", "元/㎡/天"),
        ("租金单价（元/㎡·月）", "租金单价", "元/㎡·月"),
        ("出租率（%）", "出租率", "%"),
        ("建筑面积(平方米)【必填】", "建筑面积", "㎡"),
        ("1.资产名称", "资产名称", ""),
        ("（一）资产名称*", "资产名称", ""),
        ("坐  落", "坐落", ""),
        ("查封\n情况", "查封情况", ""),
        ("★资产编号", "资产编号", ""),
        ("所在单元", "所在单元", ""),
        ("投资强度(≥万元/亩)", "投资强度", "万元/亩"),
        ("\u200b建筑\u00ad面积（㎡）\ufeff", "建筑面积", "㎡"),
    ],
)
def test_a_heading_is_cut_into_words_and_unit(text, core, unit):
    heading = take_apart((text,))
    assert (heading.core, heading.unit) == (core, unit)


def test_levels_join_as_parent_and_child_and_the_unit_may_stand_in_either():
    assert _best("parcel", "土地面积", "证载面积（亩）") == "area_cert"
    assert _best("parcel", "土地使用权", "用途") == "land_use"
    assert take_apart(("面积（㎡）", "建筑面积")).unit == "㎡"
    assert take_apart(("账面原值", "（万元）")).core == "账面原值"


def test_a_child_that_says_something_else_is_not_its_parent():
    assert _best("building", "抵押情况", "顺位") is None
    assert _best("building", "抵押情况", "是否") == "mortgage"


def test_the_same_text_means_different_fields_in_different_entities():
    assert _best("parcel", "占地面积") == "area_cert"
    assert _best("building", "占地面积") == "base_area"


@pytest.mark.parametrize(
    ("entity", "text", "field"),
    [
        ("building", "建筑物面积", "gfa_cert"),
        ("building", "房屋坐落位置", "location"),
        ("building", "厂房竣工时间", "built_on"),
        ("lease", "承租企业名称", "tenant"),
        ("parcel", "土地使用权终止时间", "end_on"),
    ],
)
def test_near_headings_are_found_with_less_confidence(entity, text, field):
    match = MATCHER.candidates(entity, take_apart((text,)))[0]
    assert match.field == field
    assert not match.exact
    assert match.confidence < 1


@pytest.mark.parametrize(
    ("entity", "text"),
    [("lease", "租户数"), ("building", "建筑面积占比"), ("building", "权利人联系电话"),
     ("parcel", "宗地面积单位")],
)  # fmt: skip
def test_a_heading_of_another_kind_is_not_taken_for_sure(entity, text):
    found = MATCHER.candidates(entity, take_apart((text,)))
    assert not found or found[0].confidence < SURE or found[0].field == "right_holder"


def test_each_field_is_taken_once_by_the_surest_column():
    mapped = _assign("building", "资产名称", "建筑面积", "房屋建筑面积（证载）", "序号")
    assert mapped["建筑面积"] == "gfa_cert"
    assert list(mapped.values()).count("gfa_cert") == 1
    assert "序号" not in mapped


def test_a_unit_that_contradicts_the_field_moves_the_column_elsewhere():
    assert _assign("building", "资产名称", "占地面积（㎡）")["占地面积（㎡）"] == "base_area"
    assert "结构（万元）" not in _assign("building", "资产名称", "结构（万元）")


@pytest.mark.parametrize(
    ("entity", "parent"),
    [("parcel", "使用期限"), ("parcel", "土地使用年限"), ("lease", "租期"), ("lease", "租赁期限")],
)
@pytest.mark.parametrize(("first", "last"), [("起", "止"), ("自", "至"), ("开始时间", "终止时间")])
def test_the_two_ends_of_a_period_are_its_start_and_its_end(entity, parent, first, last):
    assert _best(entity, parent, first) == "start_on"
    assert _best(entity, parent, last) == "end_on"


@pytest.mark.parametrize("word", ["钢构", "框架"])
def test_a_structure_in_a_clerks_words_is_a_choice_of_its_own(word):
    assert match_choice(CATALOGUE["building"]["structure"], word)[0] not in (None, "其他")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("月租金(元/㎡)", "rent_price"),
        ("租金（元/平方米·月）", "rent_price"),
        ("日租金（元/㎡）", "rent_price"),
        ("年租金（元/㎡）", "rent_price"),
        ("月租金（元）", "rent_total"),
        ("年租金（万元）", "rent_total"),
        ("月租金", "rent_total"),
    ],
)
def test_a_rent_per_area_is_a_price_and_a_rent_in_money_a_total(heading, field):
    assert _assign("lease", "承租方", heading)[heading] == field


@pytest.mark.parametrize(
    ("levels", "field"),
    [(("建筑面积", "产证"), "gfa_cert"), (("建筑面积", "可租"), "rentable_area")],
)
def test_a_figure_is_called_what_the_heading_above_says(levels, field):
    assert _best("building", *levels) == field


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("parcel", "违法用地面积"),
        ("parcel", "抵押人"),
        ("parcel", "土地所有权人"),
        ("building", "不可租面积"),
        ("building", "套内建筑面积"),
        ("building", "原使用状态"),
        ("building", "累计折旧期初"),
        ("building", "评估净值"),
        ("lease", "出租方"),
        ("lease", "剩余租期"),
        ("lease", "租金收缴率"),
        ("lease", "市场租金参考"),
        ("lease", "竞租保证金"),
        ("enterprise_year", "亩均增加值"),
        ("enterprise_year", "亩均税收得分"),
        ("enterprise_year", "上年税收"),
        ("encumbrance", "抵押人"),
        ("encumbrance", "被申请人"),
        ("encumbrance", "异议申请人"),
        ("park_year", "未建成城镇建设用地面积"),
    ],
)
def test_a_heading_that_only_holds_the_word_of_a_field_means_none(entity, text):
    assert MATCHER.candidates(entity, take_apart((text,))) == ()


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("parcel", "开发区类型"),
        ("parcel", "成交底价"),
        ("building", "地下建筑面积"),
        ("building", "Building Use"),
        ("lease", "第二年租金"),
        ("lease", "物业费押金"),
        ("lease", "租金缴纳截止日期"),
        ("enterprise_year", "租赁用地面积"),
        ("encumbrance", "抵押物类型"),
        ("encumbrance", "轮候查封期限"),
    ],
)
def test_a_heading_whose_rest_may_change_it_is_asked_about(entity, text):
    found = MATCHER.candidates(entity, take_apart((text,)))
    assert all(match.confidence < SURE for match in found)


def test_the_ends_of_another_period_are_no_ends_of_a_lease():
    for text in ("免租期起", "免租期止", "发票租期起", "装修期止"):
        found = MATCHER.candidates("lease", take_apart((text,)))
        assert not {"start_on", "end_on"} & {match.field for match in found}
    assert _best("encumbrance", "债务履行起始时间") == "start_on"
    assert _best("encumbrance", "债务履行结束时间") == "end_on"
    assert _best("lease", "租期起") == "start_on"


def test_of_two_areas_the_one_that_names_a_certificate_is_the_certified():
    assert _assign("parcel", "地块编号", "供应面积", "登记面积")["登记面积"] == "area_cert"
    found = _assign("building", "楼栋", "建筑面积", "产权面积")
    assert found == {"楼栋": "name", "建筑面积": "gfa_actual", "产权面积": "gfa_cert"}
    assert _assign("building", "楼栋", "建筑面积")["建筑面积"] == "gfa_cert"


def test_an_appraisers_figure_is_no_figure_of_the_books():
    assert _best("building", "账面价值", "净值") == "net_value"
    assert _best("building", "评估价值", "净值") is None
    assert _best("valuation", "评估价值", "净值") == "value"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("土地面積（坪）", "坪"),
        ("建筑面积（平方英尺）", "平方英尺"),
        ("RBA (SF)", "sf"),
        ("成交价（万美元）", "万美元"),
        ("土地面積（公頃）", "公顷"),
        ("建物面積（平方公尺）", "㎡"),
        ("Land Area (mu)", "mu"),
        ("Land Premium (RMB 10k)", "万元"),
    ],
)
def test_a_unit_that_is_never_converted_is_kept_and_one_of_taiwan_is_read(text, unit):
    assert take_apart((text,)).unit == unit


def test_a_heading_of_millions_of_brackets_is_looked_at_no_further_than_one_goes():
    """A cell of 100,000 brackets that nothing closes took five minutes."""
    assert len(take_apart(("建筑面积" + "(" * 100_000,)).text) == 400
    assert take_apart(("建筑面积（㎡）" + " " * 100_000,)).unit == "㎡"
