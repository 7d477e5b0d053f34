# SPDX-License-Identifier: MIT
"""Each kind of scenario worked again from domain §5d in plain decimals, on numbers of its own."""

from decimal import Decimal

from tests.finance_rig import run

D = Decimal


def worth(flow, rate):
    return sum(amount / (1 + D(rate)) ** year for year, amount in enumerate(flow))


def near(found, expected):
    return abs(found - expected) < D("0.01")


def test_taking_into_reserve():
    """12,400 ㎡ at 330 元, 268 万 of buildings; sold after four years at 1,150 元 less 25 %."""
    result = run("storage", area=12400, land_comp=330, building_comp=2_680_000, net_book=3_100_000,
                 removal_comp=250_000, removal_cost=310_000, settlement=120_000,
                 secured_debt=2_000_000, years=4, preparation=900_000, funding_rate=0.038,
                 resold_area=11_900, resale_price=1150, discount_rate=0.06)  # fmt: skip
    paid = 12400 * 330 + 2_680_000 + 250_000
    tax = (D(paid) - 3_100_000 - 310_000 - 120_000) * D("0.25")
    net = paid - 310_000 - 120_000 - tax
    assert near(result.measure("holder_net").value, net)
    flow = [-D(paid), -900_000 - paid * D("0.038")]
    flow += [-(paid + 900_000) * D("0.038")] * 2
    sold = D(11_900) * 1150
    flow.append(-(paid + 900_000) * D("0.038") + sold * D("0.75"))
    assert near(result.measure("npv", "reserve").value, worth(flow, "0.06"))
    assert near(result.measure("total_flow", "reserve").value, sum(flow))


def test_holding():
    """NOI of 182 万 growing by 1.5 %, a third of 17,300 ㎡ empty, six years, worth at 7 %."""
    result = run("hold", years=6, noi=1_820_000, growth=0.015, area=17_300, vacant=0.32, upkeep=9,
                 land_area=21_000, land_tax=5, book_cost=26_400_000, value_tax=0.012,
                 value_deduct=0.2, discount_rate=0.065, cap_rate=0.07)  # fmt: skip
    cost = D(17_300) * D("0.32") * 9 + 21_000 * 5
    cost += D(26_400_000) * D("0.8") * D("0.012") * D("0.32")
    years = [1_820_000 * D("1.015") ** year - cost for year in range(1, 7)]
    plain = worth([D(0), *years], "0.065")
    ending = years[-1] * D("1.015") / D("0.07") / D("1.065") ** 6
    assert near(result.measure("npv", with_terminal=False).value, plain)
    assert near(result.measure("npv", with_terminal=True).value, plain + ending)


def test_more_floor_on_the_land():
    """From 0.7 to 1.5 on 18,000 ㎡: 14,400 ㎡ built in two years, let from the third."""
    result = run("expansion", years=7, land_area=18_000, far_now=0.7, far_to=1.5, build_cost=2150,
                 other_cost=0.08, build_years=2, premium=60, noi_now=400_000, lost_share=0.25,
                 rentable_share=0.92, rent=17, rent_growth=0.03, occupancy=(0.4, 0.75, 0.9),
                 collection=0.97, opex_ratio=0.2, property_tax=0.12, discount_rate=0.07,
                 cap_rate=0.08, loan=10_000_000, loan_years=4, loan_grace=1,
                 loan_rate=0.05)  # fmt: skip
    floor = D(18_000) * D("0.8")
    flow = [-floor * 2150 / 2 * D("1.08") - floor * 60, -floor * 2150 / 2 * D("1.08") - 100_000,
            D(-100_000)]  # fmt: skip
    noi = [D(0)] * 3
    path = [D("0.4"), D("0.75"), D("0.9")]
    for year in range(3, 8):
        let = path[min(year - 2, 3) - 1]
        gross = floor * D("0.92") * 17 * 12 * D("1.03") ** year * let * D("0.97")
        noi.append(gross * D("0.68"))
    flow += noi[3:]
    assert near(result.measure("npv", "project", with_terminal=False).value, worth(flow, "0.07"))
    service = [D(500_000)] + [D(2_500_000) + 500_000 - 125_000 * n for n in range(4)]
    found = result.line("debt_service").values
    assert [round(paid, 2) for paid in found[1:6]] == service
    assert near(result.line("dscr").values[3], noi[3] / service[2])


def test_letting_up():
    result = run("lease_up", years=4, area=9_300, rent=21, rent_growth=0.025,
                 occupancy=(0.5, 0.65, 0.8), base_occupancy=0.38, base_growth=0.01, collection=0.95,
                 opex_ratio=0.17, property_tax=0.12, capex=1_150_000, discount_rate=0.075,
                 cap_rate=0.07, terminal_growth=0.01)  # fmt: skip
    flow = [D(-1_150_000)]
    for year, let in enumerate(("0.5", "0.65", "0.8", "0.8"), 1):
        full = D(9_300) * 21 * 12 * D("0.95") * D("0.71")
        flow.append(full * (D("1.025") ** year * D(let) - D("1.01") ** year * D("0.38")))
    assert near(result.measure("npv", "project", with_terminal=False).value, worth(flow, "0.075"))
    ending = flow[-1] * D("1.01") / D("0.07")
    with_it = [*flow[:-1], flow[-1] + ending]
    assert near(result.measure("npv", "project", with_terminal=True).value, worth(with_it, "0.075"))


def test_a_fund_called_over_two_years():
    """60 % and 40 % of 80 million; 7 % compounding on what is out; no fee, full catch-up, 20 %."""
    result = run("fund", size=80_000_000, soe_part=0.25, manager_part=0, years=4, calls=(0.6, 0.4),
                 fee_rate=0, proceeds=(0, 0, 70_000_000, 65_000_000), preference=0.07, carry=0.2,
                 catch_up_share=1, discount_rate=0.08)  # fmt: skip
    capital, due, preferred, investors, manager = D(0), D(0), D(0), [], []
    for call, cash in ((48, 0), (32, 0), (0, 0), (0, 70), (0, 65)):
        due += (capital + due) * D("0.07")
        capital += call
        left = D(cash)
        back = min(left, capital)
        capital, left = capital - back, left - back
        interest = min(left, due)
        due, left, preferred = due - interest, left - interest, preferred + interest
        caught = min(left, max(preferred * D("0.25") - sum(manager), D(0)))
        left -= caught
        investors.append(back + interest + left * D("0.8"))
        manager.append(caught + left * D("0.2"))
    million = D(1_000_000)
    ours = [a * D("0.25") * million for a in investors]
    found = result.line("net_soe").values
    called = [48, 32, 0, 0, 0]
    for year in range(5):
        assert near(found[year], ours[year] - called[year] * D("0.25") * million), year
    assert near(result.line("net_manager").total, sum(manager) * million)
    assert near(sum(manager), (135 - 80) * D("0.2"))  # the catch-up is complete


def test_whether_a_loan_is_carried_by_the_quarter():
    """2,400 万 over 12 quarters after two of interest only, level; taxed with a loss carried."""
    result = run("debt_service", years=4, loan=24_000_000, loan_rate=0.046, loan_frequency="按季",
                 loan_turns=12, grace_turns=2, loan_method="等额本息",
                 noi=(2_100_000, 9_500_000, 9_900_000, 9_900_000), book_cost=40_000_000,
                 residual=0.05, life=15, worn_years=2)  # fmt: skip
    rate = D("0.046") / 4
    level = 24_000_000 * rate / (1 - (1 + rate) ** -12)
    balance, interest, principal = D(24_000_000), [D(0)] * 4, [D(0)] * 4
    for quarter in range(14):
        due = balance * rate
        back = D(0) if quarter < 2 else level - due
        interest[quarter // 4] += due
        principal[quarter // 4] += back
        balance -= back
    assert abs(balance) < D("0.000001")
    loss, wear = D(0), D(40_000_000) * D("0.95") / 15
    for year, noi in enumerate((2_100_000, 9_500_000, 9_900_000, 9_900_000)):
        profit = noi - wear - interest[year]
        tax = max(D(0), profit - loss) * D("0.25")
        loss = max(D(0), loss - profit)
        covered = (noi - tax) / (interest[year] + principal[year])
        assert near(result.line("cit").values[year + 1], tax)
        assert abs(result.line("dscr").values[year + 1] - covered) < D("1e-9")


def test_a_reit_and_a_shorter_right():
    reit = run("reit", noi=52_000_000, fee_rate=0.07, reserve=900_000, interest=3_100_000,
               tax=1_200_000, payout=0.92, value=1_080_000_000, operating_years=5)  # fmt: skip
    cash = D(52_000_000) * D("0.93") - 900_000 - 3_100_000 - 1_200_000
    assert near(reit.measure("available").value, cash)
    assert abs(reit.measure("dispatch").value - cash / 1_080_000_000) < D("1e-12")
    land = run("land_grant", area=23_000, base_price=410, full_years=50, years=28, land_rate=0.055,
               deed_rate=0.04, stamp_rate=0.0005)  # fmt: skip
    factor = (1 - D("1.055") ** -28) / (1 - D("1.055") ** -50)
    amount = 23_000 * 410 * factor
    assert near(land.measure("land_amount").value, amount)
    assert near(land.measure("user_cost").value, amount * D("1.0405"))


def test_the_debt_ratio_after_a_sale():
    result = run("debt", assets=412_000_000, liabilities=301_000_000, sold_book=38_000_000,
                 net_cash=44_500_000, repaid=40_000_000, new_debt=5_000_000, goal_kind="降至",
                 goal_level=0.65)  # fmt: skip
    assets = D(412) - 38 + D("44.5") - 40 + 5
    debts = D(301) - 40 + 5
    assert abs(result.measure("ratio_after").value - debts / assets) < D("1e-12")
    assert near(result.measure("needed_more").value,
                max(D(0), (debts - D("0.65") * assets) / D("0.35")) * 1_000_000)  # fmt: skip
