# SPDX-License-Identifier: MIT
"""Profit waterfalls: published examples T13, T15, T16 with their conventions; domain §5e, E3."""

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finance_rig import amounts, floats, in_wan, run, wan, wans
from tests.finance_samples import SAMPLES
from tests.shipped import texts
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.terms import ZERO, constant
from workbench.domain.finance.waterfall import (
    BOTH,
    CAPITAL_FIRST,
    COMPOUND,
    INVESTOR_ONLY,
    NO_CAPITAL,
    PREFERENCE_FIRST,
    SIMPLE,
    Agreement,
    Tier,
    distribute,
)
from workbench.domain.report.sections.money.assumptions import assumed
from workbench.domain.report.sections.money.words import Calculated, Say


def number(value):
    return constant(Decimal(str(value)))


def paid(cash, called, **terms):
    """Sponsor's and investor's totals; the usual terms unless said otherwise."""
    usual = {
        "sponsor_part": ZERO,
        "preference": number(0.08),
        "compounding": COMPOUND,
        "order": CAPITAL_FIRST,
        "holders": BOTH,
        "tiers": (Tier(number(0.2)),),
    }
    payout = distribute([number(x) for x in cash], [number(x) for x in called],
                        Agreement(**(usual | terms)))  # fmt: skip
    periods = range(len(cash))
    return (
        sum(payout.sponsor(t).value for t in periods),
        sum(payout.investor(t).value for t in periods),
        payout,
    )


def test_t13_no_catch_up_plumuleadvisory():
    """LP 100, proceeds 200 after a year, 8 % preferred, then 80/20."""
    sponsor, investor, _ = paid([0, 200], [100, 0])
    assert (investor, sponsor) == (Decimal("181.60"), Decimal("18.40"))
    sponsor, investor, _ = paid([0, 200], [100, 0], preference=number(0))
    assert (investor, sponsor) == (180, 20)


def test_t15_full_catch_up_eisneramper_2024():
    """LP 1000, proceeds 2000 after a year, 8 %, full catch-up, 20 % carry (assumed there)."""
    sponsor, investor, payout = paid([0, 2000], [1000, 0], catch_up=number(1), carry=number(0.2))
    assert (investor, sponsor) == (1800, 200)
    assert [pair[1].value for pair in (payout.preference[1], payout.capital[1])] == [80, 1000]
    assert payout.catch_up[1][0].value == 20


def test_the_numerical_example_of_ilyab_xyz_distribution_waterfall():
    """10 million in, 18 out after a year, 8 %, full catch-up to 20 %, 80/20: 16.4 and 1.6."""
    sponsor, investor, payout = paid([0, 18000], [10000, 0], catch_up=number(1), carry=number(0.2))
    assert payout.preference[1][1].value == 800
    assert payout.catch_up[1][0].value == 200
    assert [amount.value for amount in payout.residual[1]] == [1400, 5600]
    assert (investor, sponsor) == (16400, 1600)


@pytest.mark.parametrize(
    ("holders", "sponsor", "investor"),
    [(INVESTOR_ONLY, "2.501", "12.499"), (BOTH, "4.2504", "10.7496")],
)
def test_t16_both_readings_of_dnix_performa(holders, sponsor, investor):
    """10 in (25/75), 15 after two years, 8 %, 20 % carry: who gets capital and preference first?

    The residual is 20 % promote and the rest by capital: 0.2 + 0.8 × 0.25 = 40 % to the sponsor.
    """
    ours, theirs, _ = paid(
        [0, 0, 15], [10, 0, 0], sponsor_part=number(0.25), holders=holders,
        tiers=(Tier(number(0.4)),),
    )  # fmt: skip
    places = len(sponsor.partition(".")[2])
    assert round(ours, places) == Decimal(sponsor)
    assert round(theirs, places) == Decimal(investor)


def test_simple_and_compound_preference_differ_and_order_matters_only_in_between():
    simple, _, _ = paid([0, 0, 300], [100, 0, 0], compounding=SIMPLE)
    compound, _, _ = paid([0, 0, 300], [100, 0, 0])
    assert simple == (300 - 116) * Decimal("0.2")
    assert compound == (300 - Decimal("116.64")) * Decimal("0.2")
    _, _, first = paid([0, 50, 0], [100, 0, 0], order=PREFERENCE_FIRST)
    _, _, second = paid([0, 50, 0], [100, 0, 0], order=CAPITAL_FIRST)
    assert first.preference[1][1].value == 8
    assert second.capital[1][1].value == 50


def test_a_hurdle_of_a_further_tier_is_the_investors_yearly_return():
    """80/20 until the investor has 15 % a year, then 60/40; worked by hand.

    300 after two years on 100: 116.64 first, 15.61 more to the investor up to 132.25 (100 × 1.15²)
    takes 19.5125, and 60 % of the remaining 163.8475 is 98.3085.
    """
    tiers = (Tier(number(0.2), number(0.15)), Tier(number(0.4)))
    sponsor, investor, _ = paid([0, 0, 300], [100, 0, 0], tiers=tiers)
    assert investor == Decimal("132.25") + Decimal("98.3085")
    assert sponsor + investor == 300
    sponsor, investor, _ = paid([0, 0, "136.1525"], [100, 0, 0], tiers=tiers)
    assert investor == Decimal("132.25")


amount = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
terms = st.fixed_dictionaries(
    {
        "sponsor_part": st.sampled_from([0, 0.25, 0.49]).map(number),
        "preference": st.sampled_from([0, 0.06, 0.08]).map(number),
        "compounding": st.sampled_from([SIMPLE, COMPOUND]),
        "order": st.sampled_from([CAPITAL_FIRST, PREFERENCE_FIRST, NO_CAPITAL]),
        "holders": st.sampled_from([BOTH, INVESTOR_ONLY]),
        "catch_up": st.sampled_from([None, number(1), number(0.5)]),
        "carry": st.just(number(0.2)),
        "tiers": st.sampled_from(
            [
                (Tier(number(0.2)),),
                (Tier(number(0.5), number(0.12)), Tier(number(0.725))),
                (Tier(number(0.2), number(0.1)), Tier(number(0.3), number(0.2)), Tier(number(0.5))),
            ]
        ),
    }
)


@given(st.lists(amount, min_size=2, max_size=6), amount, terms)
def test_a_waterfall_pays_out_exactly_what_comes_in(cash, capital, agreed):
    called = [capital, *[0] * (len(cash) - 1)]
    _, _, payout = paid([0, *cash[1:]], called, **agreed)
    for period, money in enumerate([Decimal(0), *cash[1:]]):
        given_out = payout.sponsor(period).value + payout.investor(period).value
        assert abs(given_out - money) < Decimal("1e-18")
        assert payout.sponsor(period).value >= 0
        assert payout.investor(period).value >= 0


@given(st.lists(amount, min_size=2, max_size=5), amount, amount, terms, st.data())
def test_more_proceeds_never_leave_a_party_with_less(cash, capital, more, agreed, data):
    called = [capital, *[0] * (len(cash) - 1)]
    before = paid([0, *cash[1:]], called, **agreed)
    raised = [0, *cash[1:]]
    raised[-1] += more
    after = paid(raised, called, **agreed)
    assert after[0] >= before[0] - Decimal("1e-18")
    assert after[1] >= before[1] - Decimal("1e-18")


@given(st.lists(amount, min_size=2, max_size=6), amount)
def test_the_investor_is_never_below_its_preference_before_any_promote(cash, capital):
    called = [capital, *[0] * (len(cash) - 1)]
    _, _, payout = paid([0, *cash[1:]], called)
    promoted = accumulate(pair[0].value for pair in payout.residual)
    for period, promote in enumerate(promoted):
        if promote - sum(p[0].value for p in payout.residual[:period]) > 0:
            assert payout.unpaid_preference[period].value == 0
            assert payout.unreturned_capital[period].value == 0


@given(st.integers(1200, 10**7), st.sampled_from(["0.1", "0.2", "0.3"]))
def test_after_a_full_catch_up_the_sponsor_has_its_carry_of_all_profit(proceeds, carry):
    sponsor, _, _ = paid(
        [0, proceeds], [1000, 0], catch_up=number(1), carry=number(carry),
        tiers=(Tier(number(carry)),),
    )  # fmt: skip
    profit = proceeds - 1000
    if profit * Decimal(carry) <= profit - 80:
        assert abs(sponsor - profit * Decimal(carry)) < Decimal("1e-18")


E3 = SAMPLES["joint_venture"]


def test_e3_joint_venture_49_percent_of_equity_72_5_percent_of_profit():
    result = run("joint_venture", **E3)
    assert [finding.code for finding in result.findings] == ["guarantee_unknown"]
    assert not run("joint_venture", **E3 | {"guarantee": False}).findings
    assert amounts(result, "distributable")[1:] == floats(
        0, 180, 1800, 2880, 3600, 3780, 3780, 3780
    )
    assert in_wan(result.line("distributable").total) == 19800
    assert in_wan(result.measure("soe_total").value) == 14355
    assert in_wan(result.measure("soe_pro_rata").value) == 9702
    assert in_wan(result.measure("partner_total").value) == 5445
    assert in_wan(result.measure("partner_pro_rata").value) == 10098
    assert round(result.measure("irr", "soe").value, 4) == Decimal("0.1493")
    assert round(result.measure("irr", "partner").value, 4) == Decimal("0.0615")
    for party in ("soe", "partner"):
        assert round(result.measure("irr_pro_rata", party).value, 4) == Decimal("0.1071")
    assert round(result.measure("profit_shift").value, 4) == Decimal("1.4796")
    assert round(result.measure("partner_factor").value, 4) == Decimal("0.5392")


def test_t23_the_seed_article_72_5_of_100_and_the_missing_clause():
    result = run(
        "joint_venture", **E3 | {"unanimous": None, "years": 1, "net_profit": (100,)},
        reserve_rate=0,
    )  # fmt: skip
    assert result.line("soe_dividend").total == Decimal("72.5")
    assert result.line("partner_dividend").total == Decimal("27.5")
    told = [finding.code for finding in result.findings]
    assert told == ["needs_unanimous", "guarantee_unknown"]


def test_e3_tiered_pool_of_9000_with_a_simple_preference_of_6_percent():
    tiered = {
        "split_method": "分层分配",
        "tier_order": "不返还本金",
        "years": 3,
        "net_profit": wans(0, 0, 9000),
        "reserve_rate": 0,
    }
    result = run("joint_venture", **E3 | tiered)
    steps = {key: in_wan(result.line(key).total) for key in (
        "preference_soe", "preference_partner", "residual_soe", "residual_partner",
    )}  # fmt: skip
    assert steps == {
        "preference_soe": 1764,
        "preference_partner": 1836,
        "residual_soe": 3915,
        "residual_partner": 1485,
    }
    soe = result.measure("soe_total").value
    assert in_wan(soe) == 5679
    assert round(soe / wan(9000), 4) == Decimal("0.6310")


def test_what_an_answer_leaves_open_stands_beside_it():
    model = MODELS["joint_venture"]
    told = assumed(Calculated("甲", model, run("joint_venture", **E3)), Say(texts()))
    back = "其中含期末按面值收回的本金，不计这笔本金，净现值为 −534.46 万元。"
    assert told == back + "尚未落实：是否约定保底或回购待核，按没有约定计算。"
    settled = run("joint_venture", **E3 | {"guarantee": False})
    assert assumed(Calculated("甲", model, settled), Say(texts())) == back
    kept = run("joint_venture", **E3 | {"guarantee": False, "capital_back": "不返还"})
    assert assumed(Calculated("甲", model, kept), Say(texts())) == ""


def test_what_a_venture_is_worth_without_the_capital_that_is_taken_to_come_back():
    """A loss of 534 stood behind 9,800 at par in year 8, which nobody had promised."""
    result = run("joint_venture", **E3)
    for account, capital in (("soe", 9800), ("partner", 10200)):
        whole = result.measure("npv", account).value
        back = wan(capital) / (1 + result.settled["discount_rate"].value) ** 8
        without = result.measure("npv_without_back", account).value
        assert abs(without - (whole - back)) < Decimal("0.01")
    assert in_wan(result.measure("npv_without_back", "soe").value) == Decimal("-534.46")
    with pytest.raises(KeyError):
        run("joint_venture", **E3 | {"capital_back": "不返还"}).measure("npv_without_back")
