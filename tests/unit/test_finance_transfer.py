# SPDX-License-Identifier: MIT
"""Selling an asset with the whole tax chain; golden numbers from domain §5e, E1."""

from decimal import Decimal

from tests.finance_rig import in_wan, run, value
from tests.finance_samples import SAMPLES

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
