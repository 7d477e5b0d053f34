"""Dates as ledgers write them; the rules are domain §3.3."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.dates import (
    DAY_MONTH_YEAR,
    MONTH_DAY_YEAR,
    ORDER_ASKED,
    order_of_days,
)
from workbench.domain.parsing.parsed import ParseContext
from workbench.domain.values import ValueState

START = Field("start_on", "起", "Starts", FieldType.DATE)
END = Field("end_on", "止", "Ends", FieldType.DATE, period_end=True)


def _codes(parsed):
    return [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("raw", "word"),
    [("2035-06-30左右", "左右"), ("约2035年6月30日", "约"), ("2035.6.30前后", "前后")],
)
def test_a_day_written_out_with_about_is_an_estimate(raw, word):
    parsed = parse(END, raw)
    assert (parsed.value, parsed.origin.state) == (date(2035, 6, 30), ValueState.ESTIMATED)
    assert (parsed.origin.qualifier, _codes(parsed)) == (word, ["approximate"])


@pytest.mark.parametrize("raw", ["9999-12-31", "2999/1/1", "1899-12-31", date(9999, 12, 31)])
def test_a_day_of_no_year_that_a_ledger_speaks_of_is_a_placeholder(raw):
    """Its month and day were taken for a year of two digits: 12-31 of 2012."""
    parsed = parse(END, raw)
    assert (parsed.value, _codes(parsed)) == (None, ["placeholder_date"])
    assert parsed.problems[0].suggestion is None


@pytest.mark.parametrize(
    "raw",
    ["2035.6.30", "2035/6/30", "2035-6-30", "20350630", "2035年6月30日", "２０３５－０６－３０",
     "二〇三五年六月三十日", "二零三五年六月三十日", "2035-06-30 00:00:00", "至2035-06-30止",
     " 2035 年 6 月 30 日 ", date(2035, 6, 30), datetime(2035, 6, 30, 12), 20350630, 20350630.0],
)  # fmt: skip
def test_every_spelling_of_a_day_is_that_day(raw):
    parsed = parse(END, raw)
    assert parsed.value == date(2035, 6, 30)
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("raw", "first", "last", "precision"),
    [
        ("2035年6月", date(2035, 6, 1), date(2035, 6, 30), "月"),
        ("2009.12", date(2009, 12, 1), date(2009, 12, 31), "月"),
        (2009.12, date(2009, 12, 1), date(2009, 12, 31), "月"),
        ("二〇一五年六月", date(2015, 6, 1), date(2015, 6, 30), "月"),
        ("06/2035", date(2035, 6, 1), date(2035, 6, 30), "月"),
        ("2014年", date(2014, 1, 1), date(2014, 12, 31), "年"),
        (2014.0, date(2014, 1, 1), date(2014, 12, 31), "年"),
    ],
)
def test_a_month_or_year_is_its_first_day_or_its_last_for_an_expiry(raw, first, last, precision):
    assert parse(START, raw).value == first
    assert parse(END, raw).value == last
    assert parse(END, raw).origin.qualifier == precision


@pytest.mark.parametrize(
    ("raw", "code", "suggestion"),
    [
        ("长期", "open_ended_date", None),
        ("永久", "open_ended_date", None),
        ("35.6.30", "two_digit_year", "2035.6.30"),
        ("2023年11月31日", "impossible_date", "2023-11-30"),
        ("20230230", "impossible_date", "2023-02-28"),
        ("2024年13月", "impossible_date", None),
        (2010.1, "ambiguous_month", "2010年10月"),
        ("31/12/2056", "day_order", "2056-12-31"),
        ("06/30/2035", "day_order", "2035-06-30"),
        ("3年", "not_a_date", None),
        ("待补正式合同", "not_a_date", None),
        (date(1900, 1, 1), "placeholder_date", None),
        (0.0, "placeholder_date", None),
        (True, "not_a_date", None),
        ("2019.1.1、2020.1.1、2021.1.1", "several_dates", None),
    ],
)
def test_what_is_no_certain_date_is_unknown_and_says_why(raw, code, suggestion):
    parsed = parse(END, raw)
    assert parsed.value is None
    assert _codes(parsed) == [code]
    assert parsed.problems[0].suggestion == suggestion


@pytest.mark.parametrize(
    ("raw", "day"), [(41979.0, date(2014, 12, 6)), ("44340", date(2021, 5, 24))]
)
def test_serials_are_dates_in_date_columns_and_say_so(raw, day):
    parsed = parse(START, raw)
    assert parsed.value == day
    assert _codes(parsed) == ["date_from_serial"]


def test_serials_of_the_1904_calendar_count_from_there():
    assert parse(START, 41979.0, ParseContext(date1904=True)).value == date(2018, 12, 7)


@pytest.mark.parametrize(
    "raw",
    ["2020.8.6-2025.8.5", "2020年8月6日至2025年8月5日", "2020/8/6～2025/8/5",
     "2020-08-06——2025-08-05", "自2020年8月6日起，租期5年", "自2020年8月6日起60个月"],
)  # fmt: skip
def test_a_term_gives_its_start_and_its_end(raw):
    assert parse(START, raw).value == date(2020, 8, 6)
    assert parse(END, raw).value == date(2025, 8, 5)
    assert _codes(parse(END, raw))[0] in ("date_from_range", "derived_from_term")


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("2025年6月1日-8月31日", date(2025, 6, 1), date(2025, 8, 31)),
        ("2025.6.1—8.31", date(2025, 6, 1), date(2025, 8, 31)),
        ("2025-6-1至8-31", date(2025, 6, 1), date(2025, 8, 31)),
        ("2025年3月至12月", date(2025, 3, 1), date(2025, 12, 31)),
        ("2025年1-6月", date(2025, 1, 1), date(2025, 6, 30)),
        ("2024年12月1日至3月31日", date(2024, 12, 1), date(2025, 3, 31)),
        ("2025.6.1起36个月", date(2025, 6, 1), date(2028, 5, 31)),
    ],
)
def test_the_end_of_a_period_is_in_the_year_that_is_written_before_its_start(raw, first, last):
    """-8月31日 was read as a term of eight months."""
    assert (parse(START, raw).value, parse(END, raw).value) == (first, last)


@pytest.mark.parametrize("raw", ["2025年第二季度", "2025Q2", "2025年2季度", "２０２５年二季度"])
def test_a_quarter_is_an_estimate_of_its_first_or_last_day(raw):
    assert parse(START, raw).value == date(2025, 4, 1)
    parsed = parse(END, raw)
    assert (parsed.value, parsed.origin.state) == (date(2025, 6, 30), ValueState.ESTIMATED)


def test_a_vague_date_is_an_estimate():
    parsed = parse(END, "2015年底")
    assert parsed.value == date(2015, 12, 31)
    assert parsed.origin.state is ValueState.ESTIMATED


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_written_dates_read_back(day):
    for text in (
        day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ):  # fmt: skip
        assert parse(START, text).value == day


@given(any_text(max_size=40))
def test_no_text_makes_the_reader_fail(text):
    value = parse(END, text).value
    assert value is None or isinstance(value, date)


def test_a_column_of_days_with_the_year_last_is_in_the_order_that_one_of_them_tells():
    assert order_of_days(["03/02/2027", "28/02/2027", None, "2027-03-13"]) == DAY_MONTH_YEAR
    assert order_of_days(["3.2.2027", "2.28.2027"]) == MONTH_DAY_YEAR
    assert order_of_days(["03/02/2027", "04/05/2027"]) == ORDER_ASKED
    assert order_of_days(["28/02/2027", "02/28/2027"]) == order_of_days(["05/05/2027"]) == ""


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        (DAY_MONTH_YEAR, "03/02/2027", date(2027, 2, 3)),
        (MONTH_DAY_YEAR, "03/02/2027", date(2027, 3, 2)),
        ("", "05/05/2027", date(2027, 5, 5)),
        (ORDER_ASKED, "03/02/2027", None),
        ("", "03/02/2027", None),
    ],
)
def test_a_day_with_the_year_last_is_read_where_its_order_is_known(order, text, day):
    parsed = parse(START, text, ParseContext(order))
    assert parsed.value == day
    assert all(problem.suggestion is None for problem in parsed.problems)
