# SPDX-License-Identifier: MIT
"""Letting up; golden numbers from domain §5e, E5."""

from decimal import Decimal

from tests.finance_rig import amounts, floats, in_wan, run
from tests.finance_samples import SAMPLES

E5 = SAMPLES["lease_up"]


def test_e5_letting_up_with_and_without_terminal_value():
    result = run("lease_up", **E5)
    assert not result.failed
    assert amounts(result, "income", 2)[1] == floats(211.51)[0]
    assert amounts(result, "noi")[1] == floats(148.1)[0]
    assert amounts(result, "noi")[10] == floats(265.4)[0]
    more = result.flow("project", terminal=False)
    assert [in_wan(term.value, 1) for term in more] == floats(
        -900.0, 37.0, 68.0, 95.0, 112.6, 120.2, 122.6, 125.1, 127.6, 130.1, 132.7
    )
    without = {m.key: m for m in result.measures if m.account == "project" and not m.with_terminal}
    assert in_wan(without["npv"].value, 1) == floats(-221.8)[0]
    assert round(without["irr"].value, 4) == floats(0.0289)[0]
    assert round(without["payback"].value, 2) == floats(8.71)[0]
    assert in_wan(result.line("terminal").total, 1) == floats(1804.8)[0]
    assert in_wan(result.measure("npv", "project", with_terminal=True).value, 1) == floats(614.2)[0]
    assert round(result.measure("irr", "project", with_terminal=True).value, 4) == floats(0.1547)[0]


def test_e5_loan_service_and_both_coverages():
    result = run("lease_up", **E5)
    service = amounts(result, "debt_service")
    assert (service[1], service[5]) == tuple(floats(147.0, 125.4))
    total_, more = result.line("dscr").values, result.line("dscr_more").values
    assert [round(v, 2) for v in total_[1:6]] == floats(1.01, 1.28, 1.55, 1.76, 1.92)
    assert (round(more[1], 2), round(more[5], 2)) == tuple(floats(0.25, 0.96))


def test_e5_the_lowest_coverage_is_held_against_the_covenant():
    result = run("lease_up", **E5)
    lowest = result.measure("dscr_lowest")
    assert round(lowest.value, 2) == Decimal("1.01")
    assert [(f.code, f.field) for f in result.findings] == [("dscr_low", "dscr_floor")]
    free = run("lease_up", **E5 | {"loan": 0})
    assert free.measure("dscr_lowest").value is None
    assert free.measure("dscr_lowest").reasons[0].code == "no_debt"
    assert not free.findings


def test_the_modified_return_lies_between_the_return_and_the_discount_rate():
    result = run("lease_up", **E5)
    irr, mirr = (
        result.measure(key, "project", with_terminal=True).value for key in ("irr", "mirr")
    )
    assert Decimal("0.08") < mirr < irr
