# SPDX-License-Identifier: MIT
"""Selling an asset with the whole tax chain; golden numbers from domain §5e, E1."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finance_rig import BRACKETS, in_wan, run, value, wan
from tests.finance_samples import SAMPLES
from workbench.domain.finance.building import TableRow
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.models.land_value_tax import uplift_years
from workbench.domain.finance.terms import constant

E1 = SAMPLES["transfer"]


def test_e1_the_whole_chain_of_selling_three_buildings():
    result = run("transfer", **E1)
    assert not result.failed
    printed = {
        "revenue": "1277.14",
        "vat": "63.86",
        "city_tax": "3.19",
        "education": "3.19",
        "stamp": "0.64",
        "lat_deductions": "1099.52",
        "lat_gain": "177.62",
        "lat": "53.29",
        "cit_base": "501.83",
        "cit": "125.46",
        "net_proceeds": "1076.37",
        "deed": "38.31",
    }
    assert {key: str(value(result, key)) for key in printed} == printed
    assert round(result.line("lat_gain_ratio").total, 4) == Decimal("0.1615")
    assert round(result.measure("net_share").value, 4) == Decimal("0.8027")
    assert in_wan(result.measure("buyer_cost").value) == Decimal("1379.95")


@pytest.mark.parametrize(
    ("gain", "tax"),
    [("500", "150"), ("1000", "350"), ("1500", "600"), ("2500", "1150"), ("-10", "0")],
)
def test_e1_brackets_with_deductions_of_1000(gain, tax):
    from workbench.domain.finance.models.land_value_tax import bracket, progressive_tax

    rows = rows_of_brackets()
    won, deductions = constant(Decimal(gain)), constant(1000)
    ratio = won / deductions
    due = progressive_tax(
        won, deductions, bracket(ratio, rows, "rate"), bracket(ratio, rows, "quick")
    )
    assert due.value == Decimal(tax)


def rows_of_brackets():
    item = MODELS["transfer"].input("lat_brackets")
    rows = [dict(zip(("upto", "rate", "quick"), row, strict=True)) for row in BRACKETS]
    return [TableRow(item, number, row) for number, row in enumerate(rows, 1)]


PLAIN = {
    "net_book": 0,
    "land_paid": 0,
    "vat_rate": 0,
    "stamp_rate": 0,
    "lat_method": "旧房评估法",
}


@pytest.mark.parametrize(
    ("source", "inputs", "ratio", "tax"),
    [
        ("厂房7成新, CPA textbook, electedteal.com 2006",
         {"price": wan(500), "replacement_cost": wan(600), "newness": 0.7,
          "appraisal_fee": wan("27.5")}, "0.1173", "15.75"),
        ("办公楼4成新, ixiawen.com 30230229",
         {"price": wan(400), "replacement_cost": wan(800), "newness": 0.4,
          "appraisal_fee": wan(25)}, "0.1594", "16.5"),
        ("办公楼4成新 2012, qwyd.net",
         {"price": wan(400), "replacement_cost": wan(800), "newness": 0.4,
          "appraisal_fee": wan(22)}, "0.1696", "17.4"),
        ("旧厂房7成新 2000万, sodaan.net f936fd8f (answer worked: 900 × 40 % − 1,100 × 5 %)",
         {"price": wan(2000), "replacement_cost": wan(1000), "newness": 0.7,
          "land_paid": wan(100), "appraisal_fee": wan(300)}, "0.8182", "305"),
    ],
)  # fmt: skip
def test_land_appreciation_tax_of_old_buildings_as_published(source, inputs, ratio, tax):
    """The published "taxes and fees paid" enter as the one deductible fee."""
    result = run("transfer", **PLAIN | inputs)
    assert round(result.line("lat_gain_ratio").total, 4) == Decimal(ratio), source
    assert in_wan(result.line("lat").total) == Decimal(tax), source


def test_land_appreciation_tax_of_a_developer_as_in_the_cpa_textbook():
    """写字楼 10,000: land 1,000, cost 3,000, interest 450, 5 %, taxes 555, 20 % extra: 1,297.75."""
    result = run(
        "transfer", **PLAIN | {
            "price": wan(10000), "lat_method": "新建项目", "land_paid": wan(1000),
            "development_cost": wan(3000), "interest_cost": wan(450), "lat_expense_rate": 0.05,
            "lat_extra_rate": 0.2, "stamp_rate": Decimal("0.0555"), "deed_rate": 0,
        },
    )  # fmt: skip
    assert in_wan(result.line("lat_deductions").total) == 6005
    assert in_wan(result.line("lat").total) == Decimal("1297.75")


@pytest.mark.parametrize(
    ("bought", "sold", "years"),
    [
        (date(2018, 3, 10), date(2026, 3, 9), 8),
        (date(2018, 3, 10), date(2026, 3, 10), 8),
        (date(2018, 3, 10), date(2026, 9, 10), 8),
        (date(2018, 3, 10), date(2026, 9, 11), 9),
        (date(2018, 3, 10), date(2026, 10, 1), 9),
        (date(2025, 9, 1), date(2026, 6, 30), 0),
    ],
)
def test_years_of_uplift_by_caishui_2006_21_and_guoshuihan_2010_220(bought, sold, years):
    assert uplift_years(bought, sold) == years


def test_the_invoice_method_adds_five_percent_a_year_and_the_deed_tax():
    result = run(
        "transfer", **PLAIN | {
            "price": wan(1000), "lat_method": "旧房发票法", "invoice_amount": wan(500),
            "invoice_on": date(2018, 3, 10), "transfer_on": date(2026, 3, 10),
            "deed_paid": wan(15),
        },
    )  # fmt: skip
    assert result.line("lat_uplift_years").total == 8
    assert in_wan(result.line("lat_deductions").total) == 500 + 200 + 15


def test_dates_of_the_invoice_in_the_wrong_order_are_named_and_give_no_tax():
    result = run(
        "transfer", **PLAIN | {
            "price": wan(1000), "lat_method": "旧房发票法", "invoice_amount": wan(500),
            "invoice_on": date(2026, 3, 10), "transfer_on": date(2018, 3, 10),
        },
    )  # fmt: skip
    assert ("dates_order", "transfer_on") in [(f.code, f.field) for f in result.findings]
    assert result.line("lat").total is None
    assert result.measure("net_proceeds").value is None


@pytest.mark.parametrize(
    ("inputs", "vat", "revenue"),
    [
        ({"vat_method": "法定征收率"}, "39.06", "1301.94"),
        ({"vat_method": "一般计税"}, "110.72", "1230.28"),
        ({"vat_method": "一般计税", "input_vat": wan(30)}, "80.72", "1230.28"),
        ({"acquired": "外购", "purchase_price": wan(1000)}, "16.24", "1324.76"),
        ({"acquired": "外购", "purchase_price": wan(1500)}, "0.00", "1341.00"),
    ],
)
def test_us10_switching_the_vat_method_recomputes(inputs, vat, revenue):
    result = run("transfer", **E1 | inputs)
    assert in_wan(result.line("vat").total) == Decimal(vat)
    assert in_wan(result.line("revenue").total) == Decimal(revenue)


def test_us10_each_tax_line_shows_base_times_rate_its_parameter_and_its_mark():
    result = run("transfer", **E1)
    for key, code in {
        "vat": "vat_simple_rate", "city_tax": "surcharge_town", "education": "surcharge_education",
        "stamp": "stamp_transfer", "cit": "cit_rate", "deed": "deed_tax",
        "buyer_stamp": "stamp_transfer",
    }.items():  # fmt: skip
        line = result.line(key)
        assert line.charge.base.value * line.charge.rate.value == pytest.approx(line.total)
        assert result.parameter_of(line).code == code
    assert result.parameter_of(result.line("lat")).code == "lat_brackets"
    assert result.line("deed").account == "buyer"


@pytest.mark.parametrize(
    ("place", "rate"), [("市区", "0.07"), ("县城、镇", "0.05"), ("其他", "0.01")]
)
def test_the_surcharge_depends_on_the_location(place, rate):
    result = run("transfer", **E1 | {"location": place})
    assert result.line("city_tax").charge.rate.value == Decimal(rate)
    half = run("transfer", **E1 | {"location": place, "surcharge_share": 0.5})
    # each tax is rounded to the 分
    assert abs(half.line("city_tax").total * 2 - result.line("city_tax").total) <= Decimal("0.01")


def test_a_deemed_levy_and_an_exemption_replace_the_brackets():
    deemed = run("transfer", **E1 | {"lat_method": "核定征收"})
    assert in_wan(deemed.line("lat").total) == Decimal("63.86")
    exempt = run("transfer", **E1 | {"lat_method": "暂不征收"})
    assert exempt.line("lat").total == 0
    assert [f.code for f in exempt.findings if f.code != "not_counted"] == [
        "lat_exempt", "appraisal_unknown",
    ]  # fmt: skip


def test_a_price_below_90_percent_of_the_appraisal_needs_a_new_approval():
    result = run("transfer", **E1 | {"appraised_value": wan(1500)})
    assert [(f.code, f.field) for f in result.findings] == [("price_below_appraisal", "price")]
    above = run("transfer", **E1 | {"appraised_value": wan(900)})
    assert above.findings == ()


def test_a_price_that_no_appraisal_was_held_against_is_said_to_be_so():
    told = [(f.code, f.field) for f in run("transfer", **E1).findings]
    assert told == [("appraisal_unknown", "appraised_value")]


money_amount = st.integers(0, 10**10).map(lambda cents: Decimal(cents).scaleb(-2))


@given(
    price=st.integers(1, 10**9),
    book=money_amount,
    cost=st.integers(1, 10**9),
    method=st.sampled_from(["简易计税", "一般计税", "法定征收率"]),
)
def test_the_tax_lines_add_up_to_what_the_seller_does_not_keep(price, book, cost, method):
    result = run("transfer", **E1 | {"price": price, "net_book": book, "replacement_cost": cost,
                                     "vat_method": method})  # fmt: skip
    taxes = sum(line.total for line in result.lines if line.account == "seller" and line.sign < 0)
    assert abs(price - taxes - result.measure("net_proceeds").value) < Decimal("1e-15")
    assert abs(result.measure("taxes").value - taxes) < Decimal("1e-15")
    assert result.line("lat").total >= 0
    assert result.line("cit").total >= 0
    assert sum(term.value for term in result.flow("seller")) == pytest.approx(price - taxes)


@given(st.integers(1, 10**8), st.integers(1, 10**6))
def test_land_appreciation_tax_rises_with_the_price(price, more):
    lower, higher = (
        run("transfer", **E1 | {"price": amount}).line("lat").total
        for amount in (price, price + more)
    )
    assert higher >= lower


def test_each_tax_is_rounded_to_the_cent_and_the_lines_add_up_exactly():
    result = run("transfer", **E1 | {"price": Decimal("13410000.37")})
    taxes = ("vat", "city_tax", "education", "stamp", "lat", "cit", "deed", "buyer_stamp")
    for key in taxes:
        amount = result.line(key).total
        assert amount == round(amount, 2), key
    kept = result.measure("net_proceeds").value + result.measure("taxes").value
    assert kept == Decimal("13410000.37")


def test_halves_are_rounded_away_from_zero_as_round_of_a_workbook_does():
    from workbench.domain.finance.terms import constant, to_cent

    for amount, expected in (("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68")):
        assert to_cent(constant(Decimal(amount))).value == Decimal(expected)
