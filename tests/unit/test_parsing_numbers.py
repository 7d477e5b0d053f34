"""Numbers as ledgers write them; the rules are domain §3.3."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing import numbers
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import Fault, FaultKind, ParseContext, PercentNumber
from workbench.domain.values import ValueState

AREA = Field("a", "面积", "Area", FieldType.AREA, unit="㎡")
MONEY = Field("m", "金额", "Money", FieldType.MONEY, unit="元")
SHARE = Field("s", "比例", "Share", FieldType.SHARE)
NUMBER = Field("n", "数", "Number", FieldType.NUMBER)
FLOORS = Field("f", "层数", "Floors", FieldType.INTEGER, unit="层")
MU = ParseContext("亩")
WAN = ParseContext("万元")


def _codes(parsed):
    return [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("raw", "context", "square_metres"),
    [
        (72.86, MU, "48573.333333"),
        ("72.86", MU, "48573.333333"),
        ("50亩", ParseContext("㎡"), "33333.333333"),
        ("3.33公顷", MU, "33300"),
        ("2.8万平方米", MU, "28000"),
        ("12000 m2", MU, "12000"),
        ("12000m²", MU, "12000"),
        ("12,000㎡", MU, "12000"),
        ("1，234.5", ParseContext(), "1234.5"),
        ("12 345.6", ParseContext("㎡"), "12345.6"),
        ("２８０１３．５", ParseContext("㎡"), "28013.5"),
        (" 7811.92 ", ParseContext("㎡"), "7811.92"),
        ("0.5km²", MU, "500000"),
        ("10hm²", MU, "100000"),
        ("五十亩", ParseContext(), "33333.333333"),
        ("1.2万", ParseContext("㎡"), "12000"),
        ("1.2", ParseContext("万㎡"), "12000"),
        ("1.2万", ParseContext("万㎡"), "12000"),
        (0, MU, "0"),
        ("0", MU, "0"),
    ],
)
def test_areas_are_square_metres_whatever_the_unit(raw, context, square_metres):
    parsed = parse(AREA, raw, context)
    assert parsed.value == Decimal(square_metres)
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("raw", "value", "qualifier"),
    [
        ("约3.7万㎡", "37000", "约"),
        ("50余亩", "33333.333333", "余"),
        ("近50亩", "33333.333333", "近"),
        ("50多亩", "33333.333333", "多"),
        ("≥50亩", "33333.333333", "≥"),
        ("50亩左右", "33333.333333", "左右"),
        ("1.2万余平方米", "12000", "余"),
    ],
)
def test_about_keeps_the_value_and_says_that_it_is_an_estimate(raw, value, qualifier):
    parsed = parse(AREA, raw, MU)
    assert parsed.value == Decimal(value)
    assert parsed.origin.state is ValueState.ESTIMATED
    assert parsed.origin.qualifier == qualifier
    assert parsed.origin.raw == raw
    assert _codes(parsed)


@pytest.mark.parametrize(
    ("raw", "yuan"),
    [
        ("1,148.94", "11489400"),
        ("623.65万元", "6236500"),
        ("￥16,092.37", "16092.37"),
        ("1.2亿元", "120000000"),
        ("1.2万", "12000"),
        ("300千元", "300000"),
        ("2.5百万元", "2500000"),
        ("人民币500万元", "5000000"),
        ("(200)", "-2000000"),
        ("（1,234.50）", "-12345000"),
        ("12.5万元/年", "125000"),
        (3255.31, "32553100"),
    ],
)
def test_money_is_yuan_and_the_cell_beats_the_column(raw, yuan):
    assert parse(MONEY, raw, WAN).value == Decimal(yuan)


@pytest.mark.parametrize(
    ("raw", "share"),
    [("85%", "0.85"), ("８５％", "0.85"), ("85", "0.85"), ("0.85", "0.85"), (0.85, "0.85"),
     (PercentNumber(0.85), "0.85"), ("百分之85", "0.85"), ("0", "0"), ("100", "1")],
)  # fmt: skip
def test_shares_are_fractions_in_every_spelling(raw, share):
    assert parse(SHARE, raw).value == Decimal(share)


def test_the_decision_for_a_column_of_shares_rules_bare_numbers_only():
    percents = ParseContext(percent_scaled=True)
    assert parse(SHARE, 0.5, percents).value == Decimal("0.005")
    assert parse(SHARE, "0.5%", ParseContext(percent_scaled=False)).value == Decimal("0.005")
    assert parse(SHARE, PercentNumber(0.5), percents).value == Decimal("0.5")


@pytest.mark.parametrize("raw", ["65%", "65％", PercentNumber(0.65)])
def test_a_share_is_no_area_and_no_quantity_and_120_percent_is_a_ratio_of_1_2(raw):
    """0.65 ㎡, or 65 of the 2 万吨/日 of a plant, were stored without a word."""
    for field in (AREA, CATALOGUE["facility"]["used"], CATALOGUE["building"]["net_value"]):
        parsed = parse(field, raw)
        assert (parsed.value, _codes(parsed)) == (None, ["unit_unknown"])
    assert parse(CATALOGUE["parcel"]["far"], raw).value == Decimal("0.65")
    assert parse(AREA, PercentNumber(5200.0)).value == 5200  # only shown so


@pytest.mark.parametrize(
    ("raw", "code", "suggestion"),
    [
        ("36+14.5亩", "sum_not_a_number", "50.5亩"),
        ("120-130亩", "range_not_a_number", "125亩"),
        ("1.0~2.0", "range_not_a_number", "1.5"),
        ("1.0至2.0", "range_not_a_number", "1.5"),
        ("100平方尺", "unit_refused", None),
        ("100台套", "unit_unknown", None),
        ("详见附件", "not_a_number", None),
        ("1,23,456", "not_a_number", None),
        ("9" * 200, "not_a_number", None),
        (1e300, "number_too_large", None),
        ("2000000000000㎡", "number_too_large", None),
        (float("nan"), "not_a_number", None),
        (True, "not_a_number", None),
    ],
)
def test_what_is_no_number_is_unknown_and_says_why(raw, code, suggestion):
    parsed = parse(AREA, raw, MU)
    assert parsed.value is None
    assert _codes(parsed) == [code]
    assert parsed.problems[0].suggestion == suggestion


@pytest.mark.parametrize(
    "raw", ["", " ", "-", "—", "——", "--", "/", "\\", "无", "暂无", "不详", "待核", "待核实",
            "未办理", "N/A", "＼", "…", "待定"],
)  # fmt: skip
def test_blank_tokens_are_unknown_never_zero(raw):
    parsed = parse(AREA, raw, MU)
    assert parsed.value is None
    assert parsed.origin.state is ValueState.UNKNOWN
    assert parsed.problems == ()


def test_not_applicable_is_not_unknown():
    assert parse(AREA, "不适用").origin.state is ValueState.NOT_APPLICABLE


def test_errors_and_missing_results_are_unknown_with_a_problem():
    assert _codes(parse(AREA, "#DIV/0!")) == ["error_cell"]
    assert _codes(parse(AREA, Fault(FaultKind.ERROR, "#N/A"))) == ["error_cell"]
    uncached = parse(AREA, Fault(FaultKind.NO_CACHED_VALUE, "=A1*2"))
    assert (uncached.value, _codes(uncached)) == (None, ["formula_without_value"])


def test_a_second_figure_in_brackets_is_checked():
    assert _codes(parse(AREA, "50亩（33333㎡）")) == []
    assert _codes(parse(AREA, "50亩（44444㎡）")) == ["second_figure_differs"]
    assert parse(AREA, "50亩（44444㎡）").value == Decimal("33333.333333")


def test_whole_numbers_take_measure_words_and_refuse_fractions():
    assert parse(FLOORS, "5层").value == 5
    assert parse(FLOORS, 5.0).value == 5
    assert _codes(parse(FLOORS, 5.5)) == ["not_an_integer"]
    assert parse(FLOORS, "3/5").problems[0].suggestion == "5"


@pytest.mark.parametrize(
    ("unit", "raw", "value"),
    [
        ("元/㎡·月", "0.1元/㎡/天", "3.041667"),
        ("元/㎡·月", "120元/㎡·年", "10"),
        ("元/㎡", "20万元/亩", "300"),
        ("万元/亩", "300元/㎡", "20"),
        ("m", "4500mm", "4.5"),
        ("kVA", "1.25MVA", "1250"),
        ("月", "1年", "12"),
    ],
)
def test_rates_are_converted_part_by_part(unit, raw, value):
    field = Field("r", "单价", "Rate", FieldType.NUMBER, unit=unit)
    assert parse(field, raw).value == Decimal(value)


@given(st.floats(min_value=-1e11, max_value=1e11).map(lambda x: round(x, 4)))
def test_floats_never_bring_binary_noise(number):
    parsed = parse(NUMBER, number)
    assert isinstance(parsed.value, Decimal)
    assert parsed.value == Decimal(repr(number)).quantize(Decimal("0.000001"))
    assert float(parsed.value) == pytest.approx(number)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_shown_number_reads_back(number):
    for text in (f"{number}", f"{number:,}", f"{number}㎡", f"约{number}㎡"):
        assert parse(AREA, text).value == number


@given(any_text(max_size=40))
def test_no_text_makes_the_reader_fail(text):
    for field in (AREA, MONEY, SHARE, NUMBER, FLOORS):
        parsed = parse(field, text, MU)
        assert parsed.value is None or isinstance(parsed.value, Decimal | int)


_COLUMNS = ["", "㎡", "m2", "亩", "公顷", "元", "万元", "元/㎡", "层", "月", "%", "平方尺", "头"]


@given(
    st.from_regex(r"[0-9]{1,13}(\.[0-9]{0,6})?", fullmatch=True),
    st.sampled_from(_COLUMNS),
    st.sampled_from([AREA, MONEY, SHARE, NUMBER, FLOORS]),
    st.sampled_from([None, True, False]),
)
def test_bare_digits_read_at_once_are_read_as_by_the_whole_reader(raw, unit, field, scaled):
    context = ParseContext(unit, scaled)
    quick = numbers._simple(field, raw, context)
    if quick is not None:
        whole = numbers._from_text(field, raw, context)
        assert quick == whole
        assert repr(quick.value) == repr(whole.value)


def test_bare_digits_in_the_kept_unit_take_the_short_way():
    for text, value in (("1200", "1200"), ("0.50", "0.5"), ("007.00", "7"), ("0.0", "0")):
        quick = numbers._simple(AREA, text, ParseContext("平方米"))
        assert quick is not None
        assert repr(quick.value) == repr(Decimal(value))
    for context in (MU, WAN, ParseContext("平方尺")):
        assert numbers._simple(AREA, "1200", context) is None, "figures that are converted"
    assert numbers._simple(FLOORS, "2.5", ParseContext()) is None, "has to be refused"


@pytest.mark.parametrize(("raw", "context"), [("1.2", ParseContext("万人")), ("1.2万人", None)])
def test_heads_are_counted_in_ten_thousands_too(raw, context):
    heads = Field("e", "从业人数", "Employees", FieldType.INTEGER, unit="人")
    read = parse(heads, raw, context or ParseContext())
    assert (read.value, _codes(read)) == (12000, [])
