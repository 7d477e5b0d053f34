"""Published cases beyond domain §5e and the external tests; from memory unless worked here."""

import math
from decimal import Decimal

import pytest

from tests.finance_rig import AROUND, plain, run, wan
from tests.finance_samples import SAMPLES
from workbench.domain.finance.distributions import Correlation, Distribution, Kind, Uncertain
from workbench.domain.finance.land_price import tenure_factor
from workbench.domain.finance.measures import modified_return, payback, present_value
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.simulation import PERCENTILES, simulate
from workbench.domain.finance.terms import ZERO, constant
from workbench.domain.finance.waterfall import (
    BOTH,
    CAPITAL_FIRST,
    COMPOUND,
    INVESTOR_ONLY,
    Agreement,
    Tier,
    distribute,
)

LETTING = SAMPLES["lease_up"]
SCENARIO = Scenario(MODELS["lease_up"], {k: plain(v) for k, v in LETTING.items()}, AROUND)


def number(value):
    return constant(Decimal(str(value)))


def test_mirr_of_the_wikipedia_article_on_it():
    """−1000, −4000, 5000, 2000; financed at 10 %, reinvested at 12 %: 17.91 %."""
    flow = [Decimal(n) for n in (-1000, -4000, 5000, 2000)]
    found = modified_return(flow, Decimal("0.1"), Decimal("0.12"))
    assert round(found, 4) == Decimal("0.1791")


def test_npv_of_the_office_building_of_brealey_and_myers_chapter_2():
    """370,000 now for 420,000 in a year at 5 % is worth 30,000."""
    assert present_value([number(-370_000), number(420_000)], number("0.05")).value == 30_000


def test_plain_and_discounted_payback_worked_by_hand():
    flow = [Decimal(n) for n in (-100, 30, 40, 50, 60)]
    assert payback(flow) == Decimal("2.6")
    worth = [amount / Decimal("1.1") ** year for year, amount in enumerate(flow)]
    # −100 + 27.27 + 33.06 + 37.57 = −2.10; 2.10 / 40.98 of the fourth year
    assert round(payback(worth), 2) == Decimal("3.05")


def test_land_appreciation_tax_of_the_circular_guoshuihanfa_1995_110():
    """土地增值税宣传提纲: 400 received, 100 deducted: 300 gained, 50×30% + 50×40% + 100×50% +
    100×60% = 145, and by the quick way 300×60% − 100×35% = 145."""
    result = run(
        "transfer", price=wan(400), net_book=0, land_paid=0, vat_rate=0, stamp_rate=0,
        lat_method="旧房评估法", replacement_cost=wan(100), newness=1,
    )  # fmt: skip
    assert result.line("lat_deductions").total == wan(100)
    assert result.line("lat").total == wan(145)


def test_vat_of_bought_property_is_on_the_difference_by_caishui_2016_36():
    """Bought for 700, sold for 1,000 (with tax): (1,000 − 700) ÷ 1.05 × 5 % = 14.285714."""
    result = run(
        "transfer", price=wan(1000), net_book=wan(600), land_paid=0, acquired="外购",
        purchase_price=wan(700), replacement_cost=wan(800), newness=0.7,
    )  # fmt: skip
    assert result.line("vat").total == Decimal("142857.14")
    assert result.line("revenue").total == wan(1000) - Decimal("142857.14")


def test_a_full_catch_up_ends_at_the_carry_of_all_profit():
    """European, 100 in, 150 out after a year, 8 %, 100 % catch-up, 20 %: 8, 2, then 32 and 8."""
    agreement = Agreement(
        sponsor_part=ZERO, preference=number("0.08"), compounding=COMPOUND, order=CAPITAL_FIRST,
        holders=INVESTOR_ONLY, tiers=(Tier(number("0.2")),), catch_up=number(1),
        carry=number("0.2"),
    )  # fmt: skip
    paid = distribute([number(0), number(150)], [number(100), number(0)], agreement)
    assert paid.preference[1][1].value == 8
    assert paid.catch_up[1][0].value == 2
    assert [amount.value for amount in paid.residual[1]] == [8, 32]
    assert (paid.sponsor(1).value, paid.investor(1).value) == (10, 140)


def test_a_preference_of_several_years_compounds():
    """100 held for three years at 8 % is owed 125.9712; all of 120 goes to those who paid in."""
    agreement = Agreement(
        sponsor_part=number("0.1"), preference=number("0.08"), compounding=COMPOUND,
        order=CAPITAL_FIRST, holders=BOTH, tiers=(Tier(number("0.3")),),
    )  # fmt: skip
    cash = [number(n) for n in (0, 0, 0, 120)]
    paid = distribute(cash, [number(n) for n in (100, 0, 0, 0)], agreement)
    assert paid.sponsor(3).value == 12
    assert paid.investor(3).value == 108


@pytest.mark.parametrize(
    ("rate", "full", "years", "factor"),
    [("0.06", 50, 20, "0.7277"), ("0.06", 50, 50, "1"), ("0.05", 50, 20, "0.6826"),
     ("0.08", 40, 20, "0.8234")],
)  # fmt: skip
def test_tenure_factors_by_the_formula_of_gb_t_18508(rate, full, years, factor):
    """K = [1 − (1 + r)⁻ⁿ] / [1 − (1 + r)⁻ᴺ]; 20 years of 50 at 5 % as in E9."""
    found = tenure_factor(number(rate), number(years), number(full))
    assert round(found.value, 4) == Decimal(factor)


def simulated(uncertain, correlations=()):
    return simulate(SCENARIO, uncertain, correlations, paths=40_000, seed=3)


def slope_of(key, step):
    """How much the NPV moves per unit of an input in which it is linear."""
    low, high = (
        run("lease_up", **LETTING | {key: float(LETTING[key]) + by}).measure("npv").value
        for by in (0, step)
    )
    return float(high - low) / step


def test_two_correlated_normals_add_up_as_the_formula_says():
    """σ² = (aσ₁)² + (bσ₂)² + 2ab·r·σ₁σ₂ with r = 2 sin(πρ/6) for a rank correlation ρ."""
    rank, rent, capex = 0.6, 1.5, 900_000.0
    found = simulated(
        (Uncertain("rent", Distribution(Kind.NORMAL, (15.0, rent))),
         Uncertain("capex", Distribution(Kind.NORMAL, (9e6, capex)))),
        (Correlation("rent", "capex", rank),),
    )  # fmt: skip
    one, two = slope_of("rent", 1) * rent, slope_of("capex", 1000) * capex
    r = 2 * math.sin(math.pi * rank / 6)
    expected = math.sqrt(one**2 + two**2 + 2 * r * one * two)
    assert found.npv.deviation == pytest.approx(expected, rel=4 / math.sqrt(2 * 40_000))


@pytest.mark.parametrize(("point", "z"), [(5, -1.644854), (50, 0.0), (95, 1.644854)])
def test_a_lognormal_cost_has_the_quantiles_of_its_formula(point, z):
    """Mean m and deviation s: σ² = ln(1 + s²/m²), quantile exp(ln m − σ²/2 + zσ)."""
    mean, deviation = 9e6, 2e6
    found = simulated((Uncertain("capex", Distribution(Kind.LOGNORMAL, (mean, deviation))),))
    sigma = math.sqrt(math.log1p(deviation**2 / mean**2))
    cost = math.exp(math.log(mean) - sigma**2 / 2 + z * sigma)
    # NPV falls as the cost rises: the 5th percentile of one belongs to the 95th of the other
    ours = found.npv.percentiles[PERCENTILES.index(100 - point)]
    assert ours == pytest.approx(found.npv.base + mean - cost, abs=0.02 * deviation)


@pytest.mark.parametrize(
    ("kind", "mean", "variance"),
    [(Kind.TRIANGULAR, (8 + 9 + 13) / 3, (64 + 81 + 169 - 72 - 104 - 117) / 18),
     (Kind.PERT, (8 + 4 * 9 + 13) / 6, (9.5 - 8) * (13 - 9.5) / 7)],
)  # fmt: skip
def test_three_point_estimates_have_the_mean_and_variance_of_their_formula(kind, mean, variance):
    """Triangular: (a² + b² + c² − ab − ac − bc)/18; PERT: (μ − a)(c − μ)/7."""
    found = simulated((Uncertain("capex", Distribution(kind, (8e6, 9e6, 1.3e7))),))
    assert found.npv.mean == pytest.approx(found.npv.base + 9e6 - mean * 1e6, abs=3e4)
    assert found.npv.deviation == pytest.approx(math.sqrt(variance) * 1e6, rel=0.02)
