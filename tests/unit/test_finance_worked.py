# SPDX-License-Identifier: MIT
"""Worked computations of textbooks, manuals and answers that others published, each as printed."""

from datetime import date
from decimal import Decimal

import pytest

from tests.finance_rig import floats, in_wan, run, wan
from tests.unit.test_finance_dated import flows, worth
from workbench.domain.display import grouped
from workbench.domain.finance.dated import dated_return
from workbench.domain.finance.irr import rates_of_return
from workbench.domain.finance.measures import modified_return, payback, present_value
from workbench.domain.finance.terms import ZERO, constant
from workbench.domain.finance.waterfall import (
    CAPITAL_FIRST,
    COMPOUND,
    INVESTOR_ONLY,
    SIMPLE,
    Agreement,
    Tier,
    distribute,
)

PLAIN = {"net_book": 0, "land_paid": 0, "vat_rate": 0, "stamp_rate": 0}


def number(value):
    return constant(Decimal(str(value)))


def discounted(amounts, rate):
    growth = 1 + Decimal(str(rate))
    return [amount / growth**year for year, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("source", "amounts", "roots"),
    [
        ("Ross, Westerfield: four rates, brainmass 39308", (-252, 1431, -3035, 2850, -1000),
         ["0.25", "0.3333", "0.4286", "0.6667"]),
        ("Ross, Westerfield", (-100, 230, -132), ["0.1", "0.2"]),
        ("CFA curriculum, multiple rates", (-1000, 5000, -6000), ["1", "2"]),
        ("CFA curriculum, Gerhardt", (-50, 16, 16, 16, 16, 20), ["0.1952"]),
        ("Brealey and Myers, chapter 5", (-4000, 2000, 4000), ["0.2808"]),
        ("Brealey and Myers, two rates", (-1000, 800, 150, 150, 150, 150, -150),
         ["-0.5", "0.1524"]),
        ("Brigham, project S", (-1000, 500, 400, 300, 100), ["0.1449"]),
        ("Brigham, project L", (-1000, 100, 300, 400, 600), ["0.1179"]),
        ("wizedu.com 910017, a mine restored", (-50, 51, 47, -17, -17, -17),
         ["0.0823", "0.2245"]),
        ("Lorie and Savage, the oil pump", (-1600, 10000, -10000), ["0.25", "4"]),
        ("numpy manual (Gitman)", (-100, 39, 59, 55, 20), ["0.2809"]),
        ("numpy manual", (-100, 0, 0, 74), ["-0.0955"]),
        ("numpy manual prints −0.0833 only", (-100, 100, 0, -7), ["-0.6789", "-0.0833"]),
        ("numpy manual", (-100, 100, 0, 7), ["0.0621"]),
        ("numpy manual prints 0.0886 only", (-5, 10.5, 1, -8, 1), ["-0.8702", "0.0886", "0.7096"]),
    ],
)  # fmt: skip
def test_rates_of_return_as_published(source, amounts, roots):
    found = [round(root, 4) for root in rates_of_return(floats(*amounts))]
    assert found == [Decimal(root) for root in roots], source


@pytest.mark.parametrize(
    ("source", "rate", "amounts", "worth"),
    [
        ("Microsoft help NPV, example 2", 0.08, (-40000, 8000, 9200, 10000, 12000, 14500),
         "1922.06"),
        ("the same with the roof", 0.08, (-40000, 8000, 9200, 10000, 12000, 14500, -9000),
         "-3749.47"),
        ("numpy-financial manual", 0.08, (-40000, 5000, 8000, 12000, 30000), "3065.22"),
        ("Brigham, project S", 0.1, (-1000, 500, 400, 300, 100), "78.82"),
        ("Brigham, project L", 0.1, (-1000, 100, 300, 400, 600), "49.18"),
        ("Brigham, strip mine", 0.1, (-1600, 10000, -10000), "-773.55"),
        ("Brealey and Myers, A", 0.1, (-2000, 500, 500, 5000), "2624.34"),
        ("Brealey and Myers, B", 0.1, (-2000, 500, 1800, 0), "-57.85"),
        ("Brealey and Myers, C", 0.1, (-2000, 1800, 500, 0), "49.59"),
        ("Brealey and Myers, two rates", 0.1, (-1000, 800, 150, 150, 150, 150, -150), "74.86"),
        ("CFA curriculum, Gerhardt", 0.1, (-50000, 16000, 16000, 16000, 16000, 20000),
         "13136.27"),
    ],
)  # fmt: skip
def test_present_values_as_published(source, rate, amounts, worth):
    found = present_value([number(amount) for amount in amounts], number(rate))
    assert round(found.value, 2) == Decimal(worth), source


@pytest.mark.parametrize(
    ("source", "rate", "amounts", "years"),
    [
        ("Brigham, project S", 0.1, (-1000, 500, 400, 300, 100), "2.95"),
        ("Brigham, project L", 0.1, (-1000, 100, 300, 400, 600), "3.88"),
        ("Brigham, project S, plain", 0, (-1000, 500, 400, 300, 100), "2.33"),
        ("Brigham, project L, plain", 0, (-1000, 100, 300, 400, 600), "3.33"),
        ("CFA curriculum, Gerhardt, plain", 0, (-50, 16, 16, 16, 16, 20), "3.12"),
        ("Ross LO3, justaaa.com 28200", 0.14, (-5200, 2800, 3700, 5100, 4300), "1.96"),
        ("the same at 10,400", 0.14, (-10400, 2800, 3700, 5100, 4300), "3.65"),
        ("qammunity.org 6510750", 0.1, (-20000, 6000, 12000, 9000, 14000), "2.68"),
        ("partnerperformance.uonbi.ac.ke 19340550", 0.1, (-30000, *[8000] * 8), "4.93"),
        ("ixl.com: 85, 75, 85, 105", 0.11, (-210, 85, 75, 85, 105), "3.15"),
        ("qammunity.org 9252341", 0.04, (-10000, *[2820] * 6), "3.90"),
    ],
)  # fmt: skip
def test_paybacks_as_published(source, rate, amounts, years):
    found = payback(discounted(floats(*amounts), rate))
    assert abs(found - Decimal(years)) < Decimal("0.0051"), source


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [((-1000, 500, 400, 300, 100), "0.1211"), ((-1000, 100, 300, 400, 600), "0.1133")],
)
def test_modified_returns_of_brighams_projects_at_10_percent(amounts, expected):
    ten = Decimal("0.1")
    assert round(modified_return(floats(*amounts), ten, ten), 4) == Decimal(expected)


@pytest.mark.parametrize(("rate", "printed"), [("0.1", "0.1784"), ("0.2", "0.3202")])
def test_modified_returns_of_the_strip_mine_of_wizedu_924844(rate, printed):
    """−2, 14, −11 million: by Excel 17.84 % at 10 % and 32.02 % at 20 %."""
    found = modified_return(floats(-2, 14, -11), Decimal(rate), Decimal(rate))
    assert round(found, 4) == Decimal(printed)


def test_xirr_of_mrexcel_335762_has_a_second_rate_that_excel_does_not_show():
    """Excel prints −12.45 % only; once a receipt turns into a payment neither finds any."""
    days = ("2009-01-28", "2009-07-16", "2011-11-08", "2012-04-25", "2012-10-11")
    both = dated_return(flows(*zip(days, (-7812, 1342, 4887, 1320, -1660), strict=True)))
    assert (both.code, both.params["rates"]) == ("several_roots", "-80.86% / -12.45%")
    none = dated_return(flows(*zip(days, (-7812, 1342, -4887, 1320, -1660), strict=True)))
    assert none.code == "no_root"


@pytest.mark.parametrize(
    ("source", "price", "replaced", "newness", "land", "taxes", "tax"),
    [
        ("zlketang.com 382610, a plant of 2012", 3200, 2500, 0.6, 700, 360, "192"),
        ("66tiku.cn 446562, an office", 500, 800, 0.5, 0, "6.85", "27.945"),
        ("qwyd.net, a tower in town", 3000, 2000, 0.7, 0, 500, "345"),
        ("electedteal.com, a plant of the nineties", 500, 600, 0.7, 0, "27.5", "15.75"),
        ("ppkao.com, a dormitory of 2004", 3000, 3000, 0.6, 600, "166.5", "130.05"),
    ],
)
def test_land_appreciation_tax_of_old_buildings_as_published(
    source, price, replaced, newness, land, taxes, tax
):
    """The taxes are given in the question: they stand where a fee does, which is deducted alike."""
    result = run("transfer", **PLAIN | {
        "price": wan(price), "replacement_cost": wan(replaced), "newness": newness,
        "land_paid": wan(land), "appraisal_fee": wan(taxes),
    })  # fmt: skip
    assert result.line("lat").total == wan(tax), source


def test_land_appreciation_tax_of_an_office_of_2012_by_zlketang_382610():
    """6,200 without VAT, simplified: 310 VAT, 31 surcharges, 3.1 stamp; 2,000 + 3,500 + 34.1."""
    result = run(
        "transfer", price=wan(6510), net_book=wan(2300), land_paid=wan(2000), location="市区",
        education_rate=0.03, replacement_cost=wan(5000), newness=0.7,
    )  # fmt: skip
    assert in_wan(result.line("vat").total) == 310
    assert in_wan(result.line("lat_deductions").total) == Decimal("5534.1")
    assert in_wan(result.line("lat").total) == Decimal("199.77")


def test_a_warehouse_of_2008_by_its_invoice_ppkao_24148a9e():
    """2,800 of May 2008, sold in October 2015: seven years at 5 %, deed tax 112, taxes 123.5."""
    result = run("transfer", **PLAIN | {
        "price": wan(5000), "lat_method": "旧房发票法", "invoice_amount": wan(2800),
        "invoice_on": date(2008, 5, 15), "transfer_on": date(2015, 10, 15),
        "deed_paid": wan("235.5"),
    })  # fmt: skip
    assert result.line("lat_deductions").total == wan("4015.5")
    assert result.line("lat").total == wan("295.35")


@pytest.mark.parametrize(
    ("method", "acquired", "rate", "vat"),
    [
        ("简易计税", "外购", "0.05", (1000 - 700) / 1.05 * 0.05),
        ("简易计税", "自建", "0.05", 1000 / 1.05 * 0.05),
        ("一般计税", "外购", "0.09", 1000 / 1.09 * 0.09),
        ("一般计税", "自建", "0.09", 1000 / 1.09 * 0.09),
    ],
)
def test_vat_of_all_four_ways_by_the_table_of_chinaacc_8321888(method, acquired, rate, vat):
    """Only what was bought is taxed on the difference, and only when simplified."""
    result = run("transfer", price=wan(1000), vat_method=method, acquired=acquired,
                 purchase_price=wan(700), net_book=0, lat_method="暂不征收")  # fmt: skip
    assert result.settled["vat_rate"].value == Decimal(rate)
    assert abs(float(result.line("vat").total) - vat * 10000) < 0.006


def test_rent_of_naiops_effective_rent_example_with_a_free_month_and_a_step():
    """5,000 at 25 a year, the first month free, then 25.50: 114,583 and 127,500."""
    lease = {"name": "A", "area": Decimal(5000), "rent": Decimal(25) / 12,
             "start_on": date(2026, 1, 1), "end_on": date(2028, 12, 31),
             "free_months": Decimal(1), "step_months": Decimal(12),
             "step_rate": Decimal("0.02")}  # fmt: skip
    result = run("lease_up", basis="按租约逐月", years=2, area=5000, rent=2, capex=0,
                 start_on=date(2026, 1, 1), leases=(lease,))  # fmt: skip
    assert [round(v) for v in result.line("lease_1").values] == [0, 114_583, 127_500]


def test_face_rent_and_free_months_of_leaseabstractors_net_effective_rent():
    """50 a foot for five years rising by 3 %: about 265, of which 25 are free."""
    lease = {"name": "A", "area": Decimal(1), "rent": Decimal(50) / 12,
             "start_on": date(2026, 1, 1), "end_on": date(2030, 12, 31),
             "free_months": Decimal(6), "step_months": Decimal(12),
             "step_rate": Decimal("0.03")}  # fmt: skip
    result = run("lease_up", basis="按租约逐月", years=5, area=1, rent=4, capex=0,
                 start_on=date(2026, 1, 1), leases=(lease,))  # fmt: skip
    free = result.line("contract_free").total
    assert round(free, 4) == 25
    assert round(result.line("contract_rent").total + free, 2) == Decimal("265.46")


def test_xnpv_and_xirr_of_the_libreoffice_help():
    """At 6 % the five flows of its example are worth 323.02; their return is 0.1828."""
    dated = flows(("2001-01-01", -10000), ("2001-02-01", 2000), ("2001-03-15", 2500),
                  ("2001-05-12", 5000), ("2001-08-10", 1000))  # fmt: skip
    assert round(worth(dated, Decimal("0.06")), 2) == Decimal("323.02")
    assert round(dated_return(dated), 4) == Decimal("0.1828")


@pytest.mark.parametrize(
    ("source", "kept", "years", "preference", "cash", "sponsor", "investor"),
    [
        ("Schweser, analystforum.com 154723", COMPOUND, 1, 0.08, 100, "10", "90"),
        ("Schweser with no more than the hurdle", COMPOUND, 1, 0.08, 54, "0", "54"),
        ("ilyab.xyz: 10 to 18 million, five times", COMPOUND, 1, 0.08, 90, "8", "82"),
        ("UWorld: 100 to 150, 5 % a year, simple", SIMPLE, 2, 0.05, 150, "10", "140"),
    ],
)
def test_full_catch_up_as_published(source, kept, years, preference, cash, sponsor, investor):
    capital = 50 if years == 1 else 100
    agreement = Agreement(
        sponsor_part=ZERO, preference=number(preference), compounding=kept, order=CAPITAL_FIRST,
        holders=INVESTOR_ONLY, tiers=(Tier(number("0.2")),), catch_up=number(1),
        carry=number("0.2"),
    )  # fmt: skip
    called = [number(capital)] + [ZERO] * years
    paid = distribute([ZERO] * years + [number(cash)], called, agreement)
    assert paid.sponsor(years).value == Decimal(sponsor), source
    assert paid.investor(years).value == Decimal(investor), source


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("-5e-35", "0.00"), ("-0.004", "0.00"), ("-0.005", "−0.01"), ("0", "0.00"),
        ("0E+28", "0.00"),
    ],
)  # fmt: skip
def test_what_rounds_to_nothing_has_no_sign(value, shown):
    assert grouped(Decimal(value), 2) == shown


@pytest.mark.parametrize(
    ("gain_ratio", "price", "deductions", "tax"),
    [
        (0.4, 1400, 1000, "120"),
        (0.5, 1500, 1000, "150"),
        (0.8, 1800, 1000, "270"),
        (1, 2000, 1000, "350"),
        (1.5, 2500, 1000, "600"),
        (2, 3000, 1000, "850"),
        (2.5, 3500, 1000, "1150"),
    ],
)
def test_each_bracket_by_the_formulas_of_article_10_of_the_implementing_rules(
    gain_ratio, price, deductions, tax
):
    """实施细则第十条: 30 %; 40 % − 5 %; 50 % − 15 %; 60 % − 35 %, ends included."""
    result = run("transfer", **PLAIN | {
        "price": wan(price), "lat_method": "旧房评估法", "replacement_cost": wan(deductions),
        "newness": 1,
    })  # fmt: skip
    assert result.line("lat_gain_ratio").total == Decimal(str(gain_ratio))
    assert in_wan(result.line("lat").total) == Decimal(tax)


def test_holding_taxes_of_the_cpa_textbook():
    """房产税 5,000 万 × (1 − 30 %) × 1.2 % = 42 万; 城镇土地使用税 10,000 ㎡ × 4 元 = 4 万."""
    result = run("hold", noi=0, area=1, vacant=1, upkeep=0, land_area=10_000, land_tax=4,
                 book_cost=wan(5000), years=1)  # fmt: skip
    assert in_wan(result.line("tax_on_value").values[1]) == 42
    assert in_wan(result.line("land_use_tax").values[1]) == 4


def test_deed_tax_of_the_cpa_textbook_and_of_a_price_with_vat():
    """120 万 × 4 % = 4.8 万; 财税〔2016〕43号, without VAT: 1,050 ÷ 1.05 × 3 % = 30."""
    old = run("transfer", **PLAIN | {"price": wan(120), "deed_rate": 0.04,
                                     "lat_method": "暂不征收"})  # fmt: skip
    assert in_wan(old.line("deed").total) == Decimal("4.8")
    new = run("transfer", price=wan(1050), net_book=0, land_paid=0, lat_method="暂不征收")
    assert in_wan(new.line("vat").total) == 50
    assert in_wan(new.line("deed").total) == 30
