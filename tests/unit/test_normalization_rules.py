"""Domain §3.3 line by line: what a cell says, and what is kept of it."""

from datetime import date
from decimal import Decimal

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.cells import ParseContext, parse
from workbench.domain.values import ValueState

AREA = CATALOGUE["parcel"]["area_cert"]
MONEY = CATALOGUE["building"]["original_value"]
SHARE = CATALOGUE["building"]["occupancy"]
START = CATALOGUE["parcel"]["start_on"]
END = CATALOGUE["parcel"]["end_on"]
CERT = CATALOGUE["building"]["cert_no"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1㎡", 1), ("1平方米", 1), ("1m2", 1), ("1m²", 1), ("1平方", 1), ("3亩", 2000),
        ("1公顷", 10_000), ("1hm2", 10_000), ("1ha", 10_000), ("1万㎡", 10_000),
        ("1万平方米", 10_000), ("1平方公里", 1_000_000), ("1km²", 1_000_000), ("３亩", 2000),
        ("1,234.5", "1234.5"), ("1，234.5", "1234.5"), ("1.2万", 12_000), ("3.7万㎡", 37_000),
        ("50亩（33333㎡）", "33333.333333"), (" 5 000 ", 5000),
    ],
)  # fmt: skip
def test_area_units(text, value):
    got = parse(AREA, text).value
    assert abs(got - Decimal(value)) < Decimal("0.001")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1元", 1), ("1万元", 10_000), ("1百万元", 1_000_000), ("1亿元", 10**8), ("1千元", 1000),
        ("￥1,000", 1000), ("(1,200.50)", "-1200.5"), ("（20）", -20), ("1.2亿", 120_000_000),
        ("-3", -3), ("人民币5万元", 50_000),
    ],
)  # fmt: skip
def test_money_units(text, value):
    assert parse(MONEY, text).value == Decimal(value)


@pytest.mark.parametrize("text", ["10平方尺", "5英亩", "3坪", "100sqft"])
def test_units_that_are_refused(text):
    parsed = parse(AREA, text)
    assert parsed.value is None
    assert [problem.code for problem in parsed.problems] == ["unit_refused"]


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("5", "亩", "3333.333333"),  # the column's unit counts for a bare number
        ("5㎡", "亩", 5),  # the cell's own unit beats it
        ("2万", "㎡", 20_000),
        ("2万", "万㎡", 20_000),
    ],
)
def test_the_cell_beats_the_column(cell, column, value):
    got = parse(AREA, cell, ParseContext(column)).value
    assert abs(got - Decimal(value)) < Decimal("0.001")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("约50亩", "约"), ("50余亩", "余"), ("近50亩", "近"), ("50多亩", "多"), ("≥50亩", "≥")],
)
def test_qualifiers_are_kept_beside_an_estimate(text, qualifier):
    parsed = parse(AREA, text)
    assert abs(parsed.value - Decimal("33333.333")) < Decimal("0.001")
    assert parsed.origin.state is ValueState.ESTIMATED
    assert parsed.origin.qualifier == qualifier


def test_a_second_figure_that_contradicts_the_first_is_told():
    codes = [problem.code for problem in parse(AREA, "50亩（40000㎡）").problems]
    assert codes == ["second_figure_differs"]


@pytest.mark.parametrize("field", [AREA, MONEY, SHARE, START, CERT], ids=lambda f: f.key)
def test_blank_words_are_unknown_and_keep_their_text(field):
    words = ["/", "—", "-", "无", "暂无", "N/A", "待定", "空白", "——", " "]
    read = [parse(field, text) for text in words]
    assert [(one.value, one.origin.raw) for one in read] == [(None, text) for text in words]


def test_a_literal_zero_stays_zero():
    assert parse(AREA, "0").value == 0
    assert parse(MONEY, 0.0).value == 0


@pytest.mark.parametrize(
    ("cell", "scaled", "value"),
    [
        ("85%", None, "0.85"), ("８５％", None, "0.85"),
        (0.85, False, "0.85"), (85.0, True, "0.85"),
        ("百分之85", None, "0.85"), (1.0, False, 1),
    ],
)  # fmt: skip
def test_shares(cell, scaled, value):
    assert parse(SHARE, cell, ParseContext("", scaled)).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2035.6.30", date(2035, 6, 30), None), ("2035/6/30", date(2035, 6, 30), None),
        ("2035-6-30", date(2035, 6, 30), None), ("20350630", date(2035, 6, 30), None),
        ("2035年6月", date(2035, 6, 1), date(2035, 6, 30)),
        ("2056年", date(2056, 1, 1), date(2056, 12, 31)),
        ("至2056-12-31止", date(2056, 12, 31), None), (45292.0, date(2024, 1, 1), None),
        ("二〇三五年六月三十日", date(2035, 6, 30), None),
        ("2035年６月30日", date(2035, 6, 30), None),
    ],
)  # fmt: skip
def test_dates_at_the_start_and_the_end_of_a_right(text, first, last):
    assert parse(START, text).value == first
    assert parse(END, text).value == (last or first)


@pytest.mark.parametrize(
    ("text", "code"),
    [("长期", "open_ended_date"), ("35.6.30", "two_digit_year"), ("2035-02-30", "impossible_date")],
)
def test_dates_that_no_one_can_know(text, code):
    parsed = parse(END, text)
    assert parsed.value is None
    assert [problem.code for problem in parsed.problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "皖（2019）云湖市不动产权第0001234号",
        "皖(2019)云湖市不动产权第0001234号",
        "［2019］云湖房权证第000077号",
        "0012345",
        "皖（2019）云湖市不动产权第0001234号、皖（2019）云湖市不动产权第0001235号",
    ],
)
def test_certificates_keep_every_character(text):
    assert parse(CERT, text).value == text


def test_choices_keep_the_raw_text_of_what_fits_none():
    kind = CATALOGUE["building"]["kind"]
    parsed = parse(kind, "恒温恒湿实验舱")
    assert parsed.value == "其他"
    assert parsed.origin.raw == "恒温恒湿实验舱"
