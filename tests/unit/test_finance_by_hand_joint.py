# SPDX-License-Identifier: MIT
"""Sales, joint ventures and the three flows worked again from domain §5d in plain decimals."""

from datetime import date
from decimal import Decimal

from tests.finance_rig import run

D = Decimal


def worth(flow, rate):
    return sum(amount / (1 + D(rate)) ** year for year, amount in enumerate(flow))


def near(found, expected):
    return abs(found - expected) < D("0.01")


def cents(amount):
    return amount.quantize(D("0.01"), "ROUND_HALF_UP")


def progressive(gain, deductions):
    """Brackets of domain §5d: 30/40/50/60 % less 0/5/15/35 % of the deductions."""
    for upto, rate, quick in ((D("0.5"), "0.3", 0), (1, "0.4", "0.05"), (2, "0.5", "0.15")):
        if gain <= upto * deductions:
            return max(D(0), gain * D(rate) - deductions * D(quick))
    return gain * D("0.6") - deductions * D("0.35")


def test_selling_what_was_bought_in_2014_by_its_invoice():
    """Bought for 860 万 on 15 May 2014, sold for 2,380 万 on 20 January 2026: 11 + 1 years."""
    result = run("transfer", price=23_800_000, net_book=6_150_000, acquired="外购",
                 purchase_price=8_600_000, location="市区", surcharge_share=0.5,
                 lat_method="旧房发票法", invoice_amount=8_600_000, invoice_on=date(2014, 5, 15),
                 transfer_on=date(2026, 1, 20), deed_paid=258_000, appraisal_fee=42_000,
                 exchange_fee=88_000, other_fee=15_000, deed_rate=0.04)  # fmt: skip
    base = (D(23_800_000) - 8_600_000) / D("1.05")
    vat = cents(base * D("0.05"))
    revenue = 23_800_000 - vat
    city, education = cents(vat * D("0.07") * D("0.5")), cents(vat * D("0.05") * D("0.5"))
    stamp = cents(revenue * D("0.0005"))
    taxes = city + education + stamp
    deductions = D(8_600_000) * (1 + D("0.05") * 12) + 258_000 + taxes
    lat = cents(progressive(revenue - deductions, deductions))
    costs = 6_150_000 + taxes + lat + 42_000 + 88_000 + 15_000
    cit = cents((revenue - costs) * D("0.25"))
    net = 23_800_000 - vat - taxes - lat - cit - 42_000 - 88_000 - 15_000
    assert result.measure("net_proceeds").value == net
    deed = cents(revenue * D("0.04"))
    assert result.measure("buyer_cost").value == 23_800_000 + deed + stamp


def test_developing_selling_a_third_and_letting_the_rest():
    """24,000 ㎡ built in two years, 35 % sold over three, taxed tax by tax, a loan of 40 %."""
    result = run("development", years=9, build_years=2, gfa=24_000, sale_share=0.35,
                 sale_price=3900, sale_years=3, rentable_share=0.88, rent=19, rent_growth=0.02,
                 occupancy=(0.4, 0.7, 0.9), acquisition=12_000_000, build_cost=2300,
                 other_cost=0.12, depreciation_years=18, land_deducted=3_000_000,
                 sale_input_vat=1_500_000, location="市区", loan_share=0.4, loan_rate=0.048,
                 loan_years=5, loan_grace=1, soe_share=0.51, distribution_share=0.65,
                 discount_rate=0.075, cap_rate=0.07)  # fmt: skip
    years = range(10)
    built = D(24_000) * 2300 * D("1.12")
    cost = 12_000_000 + built
    sold = D(24_000) * D("0.35") * 3900
    sales = [sold / 3 if 2 <= year < 5 else D(0) for year in years]
    charged = [(a - 1_000_000) / D("1.09") * D("0.09") if a else D(0) for a in sales]
    credit, vat = D(1_500_000), []
    for amount in charged:
        used = min(credit, amount)
        credit -= used
        vat.append(amount - used)
    revenue = [a - b for a, b in zip(sales, charged, strict=True)]
    small = [v * D("0.12") + r * D("0.0005") for v, r in zip(vat, revenue, strict=True)]
    part = cost * D("0.35")
    deductions = part * D("1.1") + sum(small)
    lat = progressive(sum(revenue) - deductions, deductions)
    net_sales = [
        s - v - o - (lat / 3 if s else 0) for s, v, o in zip(sales, vat, small, strict=True)
    ]
    noi = []
    for year in years:
        let = D(0) if year < 3 else [D("0.4"), D("0.7"), D("0.9")][min(year - 3, 2)]
        full = D(24_000) * D("0.65") * D("0.88") * 19 * 12 * D("0.96") * D("1.02") ** year
        noi.append(full * let * D("0.7"))
    loan = built * D("0.4")
    balance, interest, principal = loan, [D(0)], [D(0)]
    for year in years[1:]:
        interest.append(balance * D("0.048"))
        principal.append(loan / 5 if 2 <= year <= 6 else D(0))
        balance -= principal[-1]
    loss, tax = D(0), []
    for year in years:
        wear = cost * D("0.65") / 18 if year >= 3 else D(0)
        profit = net_sales[year] + noi[year] - wear - interest[year]
        profit -= part / 3 if sales[year] else 0
        tax.append(max(D(0), profit - loss) * D("0.25"))
        loss = max(D(0), loss - profit)
    before = [net_sales[y] + noi[y] - (built / 2 if y < 2 else 0) for y in years]
    before[0] -= 12_000_000
    assert near(result.measure("npv", "project", with_terminal=False).value,
                worth(before, "0.075"))  # fmt: skip
    after = [before[y] - interest[y] - principal[y] - tax[y] for y in years]
    after[0] += loan
    assert near(result.measure("npv", "equity", with_terminal=False).value, worth(after, "0.075"))
    held, ours = D(0), []
    for amount in after:
        back = min(max(amount, D(0)), held)
        ours.append(back * D("0.51") + (max(amount, D(0)) - back) * D("0.65"))
        ours[-1] -= max(-amount, D(0)) * D("0.51")
        held += max(-amount, D(0)) - back
    assert near(result.measure("npv", "soe", with_terminal=False).value, worth(ours, "0.075"))
    ending = noi[-1] * D("1.02") / D("0.07")
    back = min(ending, held)
    ours[-1] += back * D("0.51") + (ending - back) * D("0.65")
    assert near(result.measure("npv", "soe", with_terminal=True).value, worth(ours, "0.075"))


def test_a_venture_in_tiers_with_losses_and_a_full_reserve():
    """30 million at 40/60; capital, 8 % compounding, half up to 12 %, then 70 % to the SOE."""
    profits = (-2_000_000, 5_000_000, 60_000_000, 110_000_000, 20_000_000)
    result = run("joint_venture", years=5, capital=30_000_000, net_profit=profits,
                 soe_share=0.4, distribution_share=0.7, split_method="分层分配", preference=0.08,
                 compounding="按年复利", tier_order="先本金后优先回报",
                 tiers=({"hurdle": 0.12, "sponsor": 0.5},), capital_back="不返还",
                 discount_rate=0.08)  # fmt: skip
    loss, saved, cash = D(0), D(0), [D(0)]
    for profit in profits:
        left = max(D(0), profit - loss)
        loss = max(D(0), loss - profit)
        kept = min(left * D("0.1"), 15_000_000 - saved)
        saved += kept
        cash.append(left - kept)
    assert saved == 15_000_000
    capital, due, owed, ours, theirs = D(30_000_000), D(0), D(30_000_000), [], []
    for money in cash[1:]:
        due += (capital + due) * D("0.08")
        owed *= D("1.12")
        back = min(money, capital)
        capital, money = capital - back, money - back
        preferred = min(money, due)
        due, money = due - preferred, money - preferred
        first = (back + preferred) * D("0.4"), (back + preferred) * D("0.6")
        # the holders' return is measured on the investor's 60 % of the capital
        owed -= back + preferred
        half = min(money, max(D(0), owed) / (D("0.5") / D("0.6")))
        owed = max(D(0), owed) - half * D("0.5") / D("0.6")
        rest = money - half
        ours.append(first[0] + half * D("0.5") + rest * D("0.7"))
        theirs.append(first[1] + half * D("0.5") + rest * D("0.3"))
    for year in range(5):
        assert near(result.line("soe_dividend").values[year + 1], ours[year]), year
        assert near(result.line("partner_dividend").values[year + 1], theirs[year]), year


def test_the_loop_of_three_flows():
    """81 亩 sold in two years at 32 万 a 亩, a third of the tax total kept, 60 % of dividends."""
    mu = D(10_000) / 15
    result = run("three_source", years=6, relocation=(31_000_000, 4_000_000),
                 infrastructure=(6_000_000, 9_000_000), preparation=(1_200_000,),
                 interest=(0, 1_500_000, 1_400_000, 700_000), land_sold=(0, 45 * mu, 36 * mu),
                 land_price=320_000 / mu, land_accrual=0.3, tax_total=(900_000, 6_000_000),
                 local_share=0.5, district_share=0.66, dividends=(0, 2_000_000, 9_000_000),
                 fed_back=0.6, discount_rate=0.055)  # fmt: skip
    uses = [38_200_000, 14_500_000, 1_400_000, 700_000, 0, 0, 0]
    land = [D(0), D(45) * 224_000, D(36) * 224_000, D(0), D(0), D(0), D(0)]
    tax = [D(0), D(900_000) * D("0.33"), *[D(6_000_000) * D("0.33")] * 5]
    profit = [D(0), D(0), D(1_200_000), *[D(5_400_000)] * 4]
    net = [sum(parts) - use for *parts, use in zip(land, tax, profit, uses, strict=True)]
    totals = [sum(net[: year + 1]) for year in range(7)]
    assert near(result.measure("peak_gap").value, -min(totals))
    turned = next((year for year in range(7) if totals[year] >= 0), None)
    assert turned is None
    assert result.measure("break_even").value is None
    everything = worth(land, "0.055") + worth(tax, "0.055") + worth(profit, "0.055")
    found = everything / worth([D(use) for use in uses], "0.055")
    assert abs(result.measure("coverage").value - found) < D("1e-9")
    assert abs(result.measure("share_land").value - worth(land, "0.055") / everything) < D("1e-9")
