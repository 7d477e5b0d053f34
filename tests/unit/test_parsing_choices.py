"""Yes and no, choices, codes and texts; the rules are domain §3.3."""

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.values import ValueState

SEIZURE = CATALOGUE["parcel"]["seizure"]
LAND_USE = CATALOGUE["parcel"]["land_use"]
USE_STATUS = CATALOGUE["building"]["use_status"]
ACCEPTANCE = CATALOGUE["building"]["fire_accept"]
RELEASE = CATALOGUE["encumbrance"]["status"]
CODE = Field("c", "编号", "Code", FieldType.CODE)
TEXT = Field("t", "名称", "Name", FieldType.TEXT)


@pytest.mark.parametrize(
    ("raw", "answer"),
    [("是", True), ("有", True), ("√", True), ("是（司法查封）", True), ("已查封", True),
     (1.0, True), ("查封", True), ("部分查封", True), (True, True), ("否", False),
     ("无", False), ("×", False),
     ("未查封", False), ("已解除", False), (0, False), ("不涉及", False), ("未办理", False),
     ("已涂销", False), ("未解封", True), ("查封尚未解除", True),
     ("☑是 □否", True), ("□是 ☑否", False), ("是□ 否☑", False), ("是√ 否", True)],
)  # fmt: skip
def test_flags_are_yes_or_no_and_none_of_it_is_no(raw, answer):
    assert parse(SEIZURE, raw).value is answer


@pytest.mark.parametrize("raw", ["", "/", "—", "-", "待核实", "不详"])
def test_blank_flags_are_unknown(raw):
    assert parse(SEIZURE, raw).value is None


@pytest.mark.parametrize(
    "raw",
    ["不清楚", "未核实", "无法确认", "是/否", "有/无", "□是 □否", "是？", "曾查封", "解封中",
     "已查封，2024年已解封", "正在办理查封"],
)  # fmt: skip
def test_an_answer_that_nobody_gave_is_unknown(raw):
    """不清楚 was read as no, 未解封 too, and the form's own 是/否 as yes."""
    parsed = parse(SEIZURE, raw)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, ["not_a_flag"])


def test_a_flag_that_says_something_else_is_unknown_with_a_problem():
    parsed = parse(SEIZURE, "工商银行")
    assert parsed.value is None
    assert parsed.problems[0].code == "not_a_flag"


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (USE_STATUS, "闲置", "空置"),
        (USE_STATUS, "部分出租", "部分出租"),
        (USE_STATUS, "整栋出租", "出租"),
        (LAND_USE, "工业用地", "工业"),
        (LAND_USE, "二类工业用地（M2）", "工业"),
        (LAND_USE, "奇怪用途", "其他"),
        (LAND_USE, "非工业", "其他"),
        (ACCEPTANCE, "未通过", "未通过"),
        (ACCEPTANCE, "未办理", "未办"),
        (ACCEPTANCE, "不适用", "不适用"),
    ],
)
def test_choices_are_found_by_synonym_and_containment_and_keep_the_raw_text(field, raw, value):
    parsed = parse(field, raw)
    assert parsed.value == value
    assert parsed.origin.raw == raw


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        (USE_STATUS, "拟出租"), (USE_STATUS, "预计2026年出租"), (USE_STATUS, "出租（预计2026年）"),
        (USE_STATUS, "即将出租"), (USE_STATUS, "曾出租"), (USE_STATUS, "未完全出租"),
        (RELEASE, "拟解除"), (RELEASE, "2027年解除"), (RELEASE, "部分解除"),
        (RELEASE, "到期自动解除"),
        (ACCEPTANCE, "计划2027年通过"), (LAND_USE, "拟调整为商业"),
        (USE_STATUS, "To be let"), (USE_STATUS, "Unlet"), (RELEASE, "Not released"),
    ],
)  # fmt: skip
def test_a_state_to_come_denied_or_past_is_not_the_present_one(field, raw):
    """What was hoped for stood in the ledger as achieved: 拟解除 as 已解除."""
    parsed = parse(field, raw)
    assert (parsed.value, [p.code for p in parsed.problems]) == (None, ["no_state_yet"])


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (USE_STATUS, "空置（拟出租）", "空置"), (USE_STATUS, "大部分出租", "部分出租"),
        (USE_STATUS, "整体出租给无锡公司", "出租"), (USE_STATUS, "拟拆除", "待拆"),
        (RELEASE, "2023年已解除", "已解除"), (RELEASE, "尚未解封", "有效"),
        (CATALOGUE["building"]["kind"], "原料仓库", "仓库"),
    ],
)  # fmt: skip
def test_a_state_beside_which_a_plan_stands_is_still_the_state(field, raw, value):
    assert parse(field, raw).value == value


def test_a_choice_outside_the_list_is_unknown_with_a_suggestion():
    doubtful = parse(USE_STATUS, "部分租出")
    assert doubtful.value is None
    assert doubtful.problems[0].code == "unknown_choice"
    assert doubtful.problems[0].suggestion == "部分出租"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("00123", "00123"), (1.0, "1"), (123456789012345.0, "123456789012345"), ("9e42", "9e42"),
     ('="00123"', "00123"), (" A-01 ", "A-01"), (12.5, "12.5")],
)  # fmt: skip
def test_codes_are_kept_to_the_letter(raw, code):
    parsed = parse(CODE, raw)
    assert parsed.value == code
    assert parsed.problems == ()


def test_a_long_number_in_a_code_column_warns_of_lost_digits():
    parsed = parse(CODE, 3.40888202405126e20)
    assert parsed.value == "340888202405126000000"
    assert parsed.problems[0].code == "digits_lost"


@pytest.mark.parametrize("raw", ["无", "—", "未办理", "无证", "办理中"])
def test_no_certificate_is_no_number(raw):
    assert parse(CODE, raw).value is None


def test_texts_are_verbatim_and_formula_like_text_is_data():
    assert parse(TEXT, " =1+1 ").value == "=1+1"
    assert parse(TEXT, "@甲").value == "@甲"
    assert parse(TEXT, 12.0).value == "12"


def test_unknown_not_applicable_and_known_are_three_states():
    assert parse(TEXT, "不适用").origin.state is ValueState.NOT_APPLICABLE
    assert parse(TEXT, "待核").origin.state is ValueState.UNKNOWN
    assert parse(TEXT, "甲").origin.state is ValueState.KNOWN


@pytest.mark.parametrize(
    ("raw", "answer"),
    [("抵押给建设银行，1500万元，2028-06-30到期", True), ("建行抵押1500万元", True),
     ("拟抵押给建设银行", None), ("抵押手续办理中", None), ("2021年抵押，已解押", None)],
)  # fmt: skip
def test_what_is_told_of_a_thing_says_that_there_is_one_unless_it_ended_or_is_to_come(raw, answer):
    assert parse(CATALOGUE["building"]["mortgage"], raw).value is answer
