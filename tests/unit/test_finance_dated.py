# SPDX-License-Identifier: MIT
"""XNPV and XIRR against published values (T8)."""

from datetime import date
from decimal import Decimal

import pytest

from tests.finance_rig import run
from tests.finance_samples import SAMPLES
from workbench.domain.finance.dated import DayCount, dated_return, year_fraction
from workbench.domain.finance.results import Reason


def flows(*pairs):
    return [(date.fromisoformat(day), Decimal(str(amount))) for day, amount in pairs]


def number(text):
    return Decimal(str(text))


MICROSOFT = flows(
    ("2008-01-01", -10000), ("2008-03-01", 2750), ("2008-10-30", 4250), ("2009-02-15", 3250),
    ("2009-04-01", 2750),
)  # fmt: skip
DAX = flows(
    ("2014-01-01", -10000), ("2014-03-01", 2750), ("2014-10-30", 4250), ("2015-02-15", 3250),
    ("2015-04-01", 2750),
)  # fmt: skip
SHORT = flows(("2018-09-05", "-1000000.706"), ("2018-09-26", "947003.58"))
EXCEL_WRONG = flows(
    ("2022-05-02", "-19646.10172"), ("2022-05-31", "-22288.58964"), ("2022-06-01", "-1483.5"),
    ("2022-06-26", "-12597.54406"), ("2022-06-30", "-46629.45777"), ("2022-07-01", "-2472.769"),
    ("2022-07-15", 0), ("2022-07-31", "-25616.37076"), ("2022-09-02", "-30055.68344"),
    ("2022-09-05", "1038.5"), ("2022-09-27", "-13621.9742"), ("2022-09-28", "13629.539"),
    ("2022-09-29", "-36736.0694"), ("2022-10-03", "-944.605609"), ("2022-10-06", "-49020.77156"),
    ("2022-10-10", "27308.87082"), ("2022-11-01", "-63912.64722"), ("2022-11-03", "8764.136"),
    ("2022-11-04", 3162), ("2022-12-01", "-23946.7257"), ("2022-12-02", "-5428.8"),
    ("2022-12-28", "-83899.24172"), ("2022-12-30", "58242.82346"), ("2023-01-02", "-11147.78101"),
    ("2023-01-13", "287092.5749"),
)  # fmt: skip


def worth(dated, rate):
    """XNPV as a scenario gives it."""
    rows = tuple({"on": on, "amount": amount} for on, amount in dated)
    return run("dated_flows", flows=rows, discount_rate=rate).measure("npv").value


def test_t8_xirr_and_xnpv_of_microsofts_help():
    assert round(dated_return(MICROSOFT), 7) == number("0.3733625")
    assert round(worth(MICROSOFT, number("0.09")), 4) == number("2086.6476")


def test_t8b_the_same_flows_in_2014_as_in_the_dax_documentation():
    assert round(dated_return(DAX), 8) == number("0.37485860")
    assert round(worth(DAX, number("0.09")), 2) == number("2089.50")


def test_t8d_a_short_and_negative_return_phpspreadsheet_689():
    assert round(dated_return(SHORT), 10) == number("-0.6118824173")


def test_t8d2_where_excel_is_wrong_phpspreadsheet_3297():
    """Excel says 2.98E-09; the flows are worth −50 210.19 there and nothing at our rate."""
    rate = dated_return(EXCEL_WRONG)
    assert round(rate, 9) == number("-0.379332733")
    assert abs(worth(EXCEL_WRONG, rate)) < number("0.01")
    excels = worth(EXCEL_WRONG, number("2.98023223876953E-09"))
    assert round(excels, 2) == number("-50210.19")


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("T8e all positive", flows(("2020-01-01", 1), ("2021-01-01", 2)), "one_sign"),
        ("T8e all negative", flows(("2020-01-01", -1), ("2021-01-01", -2)), "one_sign"),
        ("T8e empty", [], "no_money"),
        ("T8e nothing flows", flows(("2020-01-01", 0), ("2021-01-01", 0)), "no_money"),
        ("T8e a date before the first", flows(("2020-01-01", -1), ("2019-01-01", 2)),
         "date_before_first"),
        ("T8e no root", flows(("2010-01-15", -10000), ("2010-04-16", 10000),
                              ("2010-07-16", -10000), ("2010-10-15", 5)), "no_root"),
        ("NaN", [(date(2020, 1, 1), Decimal("NaN")), (date(2021, 1, 1), Decimal(1))],
         "flow_not_finite"),
        ("three roots on dates", flows(("2021-01-01", -100), ("2022-01-01", 470),
                                       ("2023-01-01", -720), ("2024-01-01", 360)),
         "several_roots"),
    ],
)  # fmt: skip
def test_t8e_a_stated_reason_and_never_a_number(name, given, code):
    found = dated_return(given)
    assert isinstance(found, Reason), name
    assert found.code == code, name


def test_a_rate_of_minus_100_percent_has_no_present_value():
    rows = tuple({"on": on, "amount": amount} for on, amount in MICROSOFT)
    result = run("dated_flows", flows=rows, discount_rate=-1)
    assert result.measure("npv").value is None
    assert ("below_open", "discount_rate") in [(f.code, f.field) for f in result.findings]


def test_dated_returns_agree_with_pyxirr():
    import pyxirr

    for case in (MICROSOFT, DAX, SHORT, EXCEL_WRONG):
        days, amounts = zip(*case, strict=True)
        peer = pyxirr.xirr(days, [float(amount) for amount in amounts])
        assert float(dated_return(case)) == pytest.approx(peer, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "years"),
    [
        (DayCount.ACT_365, 731 / 365),
        (DayCount.ACT_360, 731 / 360),
        (DayCount.ACT_ACT, 2.0),
        (DayCount.THIRTY_360, 2.0),
    ],
)
def test_day_counts_differ_over_a_leap_year(count, years):
    assert year_fraction(date(2023, 7, 1), date(2025, 7, 1), count) == pytest.approx(
        years, abs=2e-3
    )


def test_t8_the_model_of_dated_flows_gives_xnpv_and_xirr_with_its_day_count():
    given = SAMPLES["dated_flows"]
    result = run("dated_flows", **given)
    assert round(result.measure("irr").value, 7) == number("0.3733625")
    assert round(result.measure("npv").value, 4) == number("2086.6476")
    assert result.measure("total_flow").value == 3000
    other = run("dated_flows", **given | {"day_count": "实际/360"})
    assert other.measure("irr").value < result.measure("irr").value


def test_a_date_before_the_first_row_is_an_error_at_its_field_and_gives_no_number():
    rows = ({"on": date(2025, 1, 1), "amount": Decimal(-100)},
            {"on": date(2024, 1, 1), "amount": Decimal(110)})  # fmt: skip
    result = run("dated_flows", flows=rows)
    assert [(f.code, f.field) for f in result.findings] == [("date_before_first", "flows[2].on")]
    assert result.measure("npv").value is None
    assert [r.code for r in result.measure("irr").reasons] == ["date_before_first"]


def test_no_flows_at_all_is_an_error_at_the_field():
    result = run("dated_flows", flows=())
    assert ("no_flows", "flows") in [(f.code, f.field) for f in result.findings]
    assert {m.value for m in result.measures} == {None}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("the day matters: a leap day", (("2024-02-29", -100), ("2025-03-01", 110)), "0.0997136"),
        ("two flows on one day are one", (("2024-02-29", -50), ("2024-02-29", -50),
                                          ("2025-02-28", 110)), "0.1"),
        ("out of order", (("2024-02-29", -100), ("2026-02-28", 60), ("2025-02-28", 60)),
         "0.1306624"),
        ("a root that only touches 0", (("2021-01-01", -100), ("2022-01-01", 220),
                                        ("2023-01-01", -121)), "0.1"),
        ("nearly everything lost", (("2024-01-01", -100), ("2033-12-29", "0.000001")), "-0.84151"),
    ],
)  # fmt: skip
def test_odd_dates_and_roots_of_dated_flows(name, given, expected):
    assert float(dated_return(flows(*given))) == pytest.approx(float(expected), abs=2e-6), name


def test_two_dated_roots_that_lie_closer_than_the_grid_are_both_found():
    # (1 + r) = 1.100 and 1.101, yearly on 365-day years
    pair = (("2021-01-01", -1000), ("2022-01-01", 2201), ("2023-01-01", "-1211.1"))
    found = dated_return(flows(*pair))
    assert (found.code, found.params["count"]) == ("several_roots", 2)
    assert found.params["rates"] == "10.00% / 10.10%"


def test_a_rate_beyond_all_meaning_is_no_number_and_no_claim_that_there_is_none():
    doubled = flows(("2024-01-01", -100), ("2024-01-02", 200))
    lost = flows(("2024-01-01", -100), ("2024-01-02", "0.0001"))
    assert {dated_return(each).code for each in (doubled, lost)} == {"rate_beyond"}
