# SPDX-License-Identifier: MIT
"""Loans, their schedules and what they cost (T9, T11, T12), and coverage after tax (§5d)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finance_rig import run, wan, wans
from tests.finance_samples import SAMPLES
from workbench.domain.finance.annuities import period_count, rate_of_payments

ANNUITY, EQUAL_PRINCIPAL, BULLET = "等额本息", "等额本金", "到期还本"
BEGIN = {"loan_due": "期初"}


def loan(amount, rate, turns, **more):
    """A loan paid by the month, beside an income that plays no part."""
    stated = {
        "loan": amount, "loan_rate": rate, "loan_turns": turns, "loan_frequency": "按月",
        "loan_method": ANNUITY, "years": -(-turns // 12), "noi": (10**6,), "book_cost": 0,
    }  # fmt: skip
    return run("debt_service", **stated | more)


def answer(result, key, places):
    return round(result.measure(key).value, places)


def number(text):
    return Decimal(text)


EIGHT, NINE = number("0.08"), number("0.09")


def test_t9_pmt_of_microsofts_help():
    assert answer(loan(10000, EIGHT, 10), "level_payment", 6) == number("1037.032089")
    assert answer(loan(10000, EIGHT, 10, **BEGIN), "level_payment", 6) == number("1030.164327")


def test_t9_pmt_of_microsofts_help_to_save_50000_in_216_months():
    result = loan(50000, EIGHT, 216, loan_method=BULLET, reserve_rate=number("0.06"))
    assert answer(result, "set_aside", 6) == number("129.081161")


def test_t11_cumipmt_of_microsofts_help_is_the_interest_of_the_second_year():
    result = loan(125000, NINE, 360)
    assert round(result.line("loan_interest").values[2], 5) == number("11135.23213")
    assert result.line("month_interest").values[0] == number("937.5")
    begin = loan(125000, NINE, 360, **BEGIN)
    assert round(begin.line("loan_interest").values[2], 5) == number("11052.33958")


def test_t12_rate_of_microsofts_help_is_implied_by_the_payment_quoted():
    result = loan(8000, EIGHT, 48, quoted=200)
    assert round(result.measure("implied_rate").value / 12, 8) == number("0.00770147")


def test_t12_nper_of_microsofts_help_is_when_enough_is_set_aside():
    result = loan(10000, EIGHT, 60, loan_method=BULLET, reserve_rate=number("0.12"),
                  reserve_now=1000, reserve_paid=100, **BEGIN)  # fmt: skip
    assert answer(result, "saved_after", 5) == number("59.67387")
    assert [f.code for f in result.findings if f.field == "reserve_paid"] == []


def test_t12_effect_of_microsofts_help():
    result = loan(10000, number("0.0525"), 8, loan_frequency="按季", years=2)
    assert answer(result, "effective_rate", 8) == number("0.05354267")


@pytest.mark.parametrize(
    ("method", "first", "tenth"),
    [("直线法", "2250", "2250"), ("年数总和法", "4090.909", "409.091")],
)
def test_t12_sln_and_syd_of_microsofts_help(method, first, tenth):
    result = loan(1, EIGHT, 120, years=11, book_cost=30000, residual=number("0.25"), life=10,
                  wear=method)  # fmt: skip
    years = result.line("depreciation").values
    assert (round(years[1], 3), round(years[10], 3)) == (number(first), number(tenth))
    assert years[11] == 0
    assert round(sum(years), 20) == 22500


def test_what_was_depreciated_before_is_not_depreciated_again():
    result = loan(1, EIGHT, 120, book_cost=30000, residual=number("0.25"), life=10, worn_years=8)
    assert result.line("depreciation").values[1:4] == (2250, 2250, 0)


@pytest.mark.parametrize(
    ("method", "months", "first", "interest"),
    [
        (ANNUITY, 240, "6544.44", "570665.72"),
        (ANNUITY, 360, "5307.27", "910616.19"),
        (EQUAL_PRINCIPAL, 240, "8250.00", "492041.67"),
        (EQUAL_PRINCIPAL, 360, "6861.11", "737041.67"),
    ],
)
def test_a_million_at_4_9_percent_as_every_bank_quotes_it(method, months, first, interest):
    """100 万元 over 20 and 30 years: first instalment and interest in all."""
    result = loan(1_000_000, number("0.049"), months, loan_method=method)
    paid = [result.line(f"month_{part}").values[0] for part in ("interest", "principal")]
    assert round(sum(paid), 2) == number(first)
    assert answer(result, "interest_total", 2) == number(interest)
    assert result.line("loan_balance").values[-1] == 0


@pytest.mark.parametrize(
    ("source", "amount", "rate", "months", "paid"),
    [
        ("numpy manual, pmt", 200_000, "0.075", 180, "1854.02"),
        ("Microsoft help PPMT: 75.62 of principal, 16.67 of interest", 2000, "0.1", 24, "92.29"),
    ],
)
def test_instalments_as_published(source, amount, rate, months, paid):
    assert answer(loan(amount, number(rate), months), "level_payment", 2) == number(paid), source


def test_ipmt_of_microsofts_help():
    """8,000 at 10 %: 66.67 in the first of 36 months, 292.45 in the last of 3 years."""
    assert round(loan(8000, number("0.1"), 36).line("month_interest").values[0], 2) == number(
        "66.67"
    )
    yearly = loan(8000, number("0.1"), 3, loan_frequency="按年", years=3)
    assert round(yearly.line("loan_interest").values[3], 2) == number("292.45")


def test_a_fee_raises_the_rate_that_the_payments_imply():
    """1,000 less 30 repaid by 12 × 88.8488 (12 % by month): a monthly rate of 1.4894 %."""
    plain, dear = (loan(1000, number("0.12"), 12, loan_fee=fee) for fee in (0, 30))
    assert answer(plain, "implied_rate", 10) == number("0.12")
    rate = dear.measure("implied_rate").value / 12
    paid = dear.measure("level_payment").value
    assert abs(sum(paid / (1 + rate) ** month for month in range(1, 13)) - 970) < number("1e-15")


@pytest.mark.parametrize(
    ("more", "key", "code"),
    [
        ({"loan_method": EQUAL_PRINCIPAL}, "implied_rate", "not_level"),
        ({"grace_turns": 2}, "implied_rate", "level_after_grace"),
        ({"loan_fee": 10000}, "implied_rate", "no_rate"),
        ({"loan_method": BULLET, "reserve_paid": 1, "reserve_rate": number("-0.5")},
         "saved_after", "never_saved"),
        ({"noi": ()}, "dscr_lowest", "missing_inputs"),
        ({"book_cost": None}, "dscr_lowest", "missing_inputs"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_so_and_prints_no_number(more, key, code):
    found = loan(10000, EIGHT, 10, **{"years": 2} | more).measure(key)
    assert found.value is None
    assert [reason.code for reason in found.reasons] == [code]


def test_income_that_ends_before_the_loan_leaves_the_coverage_unknown():
    result = loan(10000, EIGHT, 25, years=2)
    assert ("years_below_loan", "years") in [(f.code, f.field) for f in result.findings]
    assert result.line("loan_balance").values[3] == 0
    assert [r.params["inputs"] for r in result.measure("dscr_lowest").reasons] == [("noi",)]


def test_a_loan_of_centuries_is_an_error_at_the_field_and_gives_no_number():
    result = loan(10000, EIGHT, 51, loan_frequency="按年")
    assert ("loan_too_long", "loan_turns") in [(f.code, f.field) for f in result.findings]
    assert {measure.value for measure in result.measures} <= {None}


def test_the_loan_of_e5_after_tax():
    """E5's loan (600 万元, 5 years, equal principal, 4.5 %): service 147.0…125.4.

    DSCR = (NOI − tax) ÷ service; the first year has a loss of 21.4, the second 1.5 left to tax.
    """
    result = run("debt_service", loan=wan(600), loan_turns=5, noi=wans(148.1, 187.0),
                 book_cost=wan(3000))  # fmt: skip
    service = [round(paid / 10000, 1) for paid in result.line("debt_service").values[1:6]]
    assert service == [number(n) for n in ("147.0", "141.6", "136.2", "130.8", "125.4")]
    assert result.line("loss_carried").values[2] == wan("21.4")
    assert result.line("cit").values[2] == wan("0.375")
    ratios = [round(ratio, 4) for ratio in result.line("dscr").values[1:3]]
    assert ratios == [number("1.0075"), number("1.3180")]
    assert "dscr_low" in [f.code for f in result.findings]


def test_dscr_of_the_building_of_justaaa_com_144531():
    """NOI 100,000 against 250,000 at 5 % over 30 years by the month: 6.21."""
    result = loan(250_000, number("0.05"), 360, noi=(100_000,), cit_rate=0)
    assert round(result.line("dscr").values[1], 2) == number("6.21")
    assert answer(result, "dscr_lowest", 2) == number("6.21")


def test_letting_with_a_monthly_loan_pays_less_interest_than_with_a_yearly_one():
    stated = SAMPLES["lease_up with a monthly loan"]
    monthly = run("lease_up", **stated)
    yearly = run("lease_up", **stated | {"loan_frequency": "按年"})
    assert monthly.line("loan_interest").total < yearly.line("loan_interest").total
    assert {round(r.line("loan_principal").total, 9) for r in (monthly, yearly)} == {wan(600)}
    assert monthly.line("loan_principal").values[1] == 0  # the year of grace
    assert monthly.line("loan_interest").values[1] == wan(600) * number("0.045")


@given(
    st.sampled_from([ANNUITY, EQUAL_PRINCIPAL, BULLET]),
    st.sampled_from(["按年", "按半年", "按季", "按月"]),
    st.sampled_from(["期末", "期初"]),
    st.integers(1, 48), st.integers(0, 8), st.integers(0, 2000), st.integers(1, 10**9),
)  # fmt: skip
def test_a_loan_is_repaid_once_whatever_its_terms(method, often, due, turns, grace, points, amount):
    """Principal adds up to the loan, the last balance is 0, and payments are worth the loan."""
    per_year = {"按年": 1, "按半年": 2, "按季": 4, "按月": 12}[often]
    grace = min(grace, 50 * per_year - turns)  # no loan of more than 50 years
    result = loan(amount, Decimal(points) / 10000, turns, loan_method=method, loan_due=due,
                  loan_frequency=often, grace_turns=grace,
                  years=-(-(turns + grace) // per_year))  # fmt: skip
    small = Decimal(amount) * Decimal("1e-20")
    assert abs(result.line("loan_principal").total - amount) <= small
    assert abs(result.line("loan_balance").values[-1]) <= small
    growth = 1 + Decimal(points) / 10000 / per_year
    if due == "期初" or often == "按月":
        apart, first = 12 // per_year, due == "期初"
        interest, principal = (result.line(f"month_{part}").values
                               for part in ("interest", "principal"))  # fmt: skip
        months = range(0 if first else apart - 1, len(interest), apart)
        worth = sum(
            ((interest[month] or 0) + (principal[month] or 0)) / growth ** (turn - first)
            for turn, month in enumerate(months, 1)
        )
        assert abs(worth - amount) <= Decimal(amount) * Decimal("1e-15")


@given(st.integers(1, 360), st.integers(1, 3000), st.integers(1, 10**8))
def test_the_rate_of_an_annuity_is_the_rate_that_it_was_made_with(periods, points, amount):
    rate = Decimal(points) / 10000
    paid = amount * rate / (1 - (1 + rate) ** -periods)
    assert abs(rate_of_payments(periods, paid, Decimal(amount)) - rate) < Decimal("1e-18")


def test_saving_that_needs_no_more_payments_takes_none():
    assert period_count(number("0.01"), number("1"), number("100"), number("100")) == 0
    assert period_count(number("0"), number("4"), number("60"), number("100")) == 10


@given(
    st.lists(st.integers(-9, 9), min_size=2, max_size=14),
    st.integers(1, 10),
)
def test_losses_are_made_up_oldest_first_until_their_years_are_over(profits, kept):
    """企业所得税法 §18: each year's loss is kept apart here, and one running sum tells the same."""
    result = run("debt_service", years=len(profits), loan=1, loan_rate=0, loan_turns=1,
                 noi=tuple(profit * 10_000 for profit in profits), book_cost=0, cit_rate=0.25,
                 loss_years=kept)  # fmt: skip
    open_losses, expired = [], set()
    for year, profit in enumerate(profits, 1):
        assert result.line("loss_carried").values[year] == wan(sum(r for _, r in open_losses))
        left = max(0, profit)
        for loss in open_losses:
            used = min(left, loss[1])
            loss[1] -= used
            left -= used
        assert result.line("cit").values[year] == wan(left) / 4
        expired |= {when for when, rest in open_losses if rest and year - when >= kept}
        open_losses = [[w, rest] for w, rest in open_losses if rest and year - w < kept]
        if profit < 0:
            open_losses.append([year, -profit])
    told = {f.params["year"] for f in result.findings if f.code == "loss_expired"}
    assert told == expired
