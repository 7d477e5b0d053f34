# SPDX-License-Identifier: MIT
"""What is done with whole records of a real project: split, join, merge, edit many."""

from decimal import Decimal

import pytest

from workbench.domain.findings import RefusedError
from workbench.domain.parcels.joining import JoinPlan
from workbench.domain.parcels.parts import Part, SplitPlan


@pytest.fixture
def park(services):
    return services.editing.add("park", {"code": "LX", "name": "柳溪装备产业园", "city": "莆田"})


@pytest.fixture
def seized(services, park):
    """Fifty 亩 with two seizures and a mortgage, a hall and an office."""
    add = services.editing.add
    land = add(
        "parcel",
        {"code": "LX-07", "name": "七号地", "park": park, "area_cert": "50亩",
         "grant_price": "980.55万", "price_paid_ratio": "100%", "obtain_mode": "出让",
         "plan_far_max": "1.5", "end_on": "2059-04-30", "split_allowed": "是"},
    )  # fmt: skip
    keys = {"land": land}
    for code, area in (("B1", "14200"), ("B2", "3600")):
        keys[code] = add(
            "building",
            {"code": code, "name": code, "park": park, "parcel": land, "gfa_actual": area},
        )
    for number, (kind, rank, amount) in enumerate(
        (("查封", "1", "620万"), ("轮候查封", "2", "310万"), ("抵押", "1", "1500万")), start=1
    ):
        values = {"kind": kind, "rank": rank, "amount": amount, "status": "有效", "parcel": land}
        keys[f"E{number}"] = add("encumbrance", {"case_no": f"案{number}", **values})
    return keys


def plan_of(seized):
    parts = (
        Part("LX-07A", "西块", Decimal(20000), (seized["B1"],)),
        Part("LX-07B", "东块", None, (seized["B2"],), transfers=True),
    )
    return SplitPlan(seized["land"], parts)


def everything(services):
    ledger = services.querying.ledger()
    return {(r.entity, r.key): (dict(r.values), dict(r.origins)) for r in ledger}


def test_c01_a_seized_parcel_is_split_in_one_step_and_undone_to_the_letter(services, seized):
    before = everything(services)
    preview = services.splitting.preview(plan_of(seized))
    assert {"P02-4"} <= set(preview.failed)
    assert next(c.way_out for c in preview.pathway.to_fix if c.id == "P02-4") == "P01"
    assert preview.self_hold.truth is None, "nobody stated a self-hold share"
    assert preview.minimum.here.region == "莆田"
    with pytest.raises(RefusedError) as refused:
        services.splitting.split(plan_of(seized))
    assert refused.value.code == "splitting.reason_needed"
    assert everything(services) == before
    keys = services.splitting.split(plan_of(seized), "法院同意带封分割")
    ledger = services.querying.ledger()
    parts = [ledger.find("parcel", key) for key in keys]
    assert sum(p.number("area_cert") for p in parts) == Decimal("33333.333333")
    assert sum(p.number("grant_price") for p in parts) == 9805500
    assert sum(e.number("amount") for e in ledger.all("encumbrance")) == 24300000
    (parent,) = services.splitting.ancestors(keys[0])
    assert (parent.key, parent.text("code")) == (seized["land"], "LX-07")
    history = services.querying.history("parcel", seized["land"])
    assert history[0][0].label == "splitting.split"
    assert history[0][0].reason == "法院同意带封分割"
    services.history.undo()
    assert everything(services) == before
    services.history.redo()
    assert services.querying.ledger().find("parcel", seized["land"]) is None


def test_split_parts_joined_again_have_the_area_price_and_limits_of_the_whole(services, seized):
    keys = services.splitting.split(plan_of(seized), "带封")
    key = services.splitting.join(JoinPlan(tuple(keys), "LX-09"), "恢复原状")
    ledger = services.querying.ledger()
    whole = ledger.find("parcel", key)
    assert whole.number("area_cert") == Decimal("33333.333333")
    assert whole.number("grant_price") == 9805500
    assert whole.number("price_paid_ratio") == 1
    assert whole.day("end_on").isoformat() == "2059-04-30"
    assert len(ledger.pointing_at("building", "parcel", key)) == 2
    assert sum(e.number("amount") for e in ledger.pointing_at("encumbrance", "parcel", key)) == (
        24300000
    )
    assert {a.text("code") for a in services.splitting.ancestors(key)} == {"LX-07A", "LX-07B"}


def test_land_without_a_park_says_what_to_do(services):
    key = services.editing.add("parcel", {"code": "Z", "area_cert": "2亩"})
    plan = SplitPlan(key, (Part("Z1", "", Decimal(600)), Part("Z2")))
    with pytest.raises(RefusedError) as refused:
        services.splitting.preview(plan)
    assert refused.value.code == "splitting.no_park"
