# SPDX-License-Identifier: MIT
"""Splitting and joining parcels: everything adds up, nothing is called kept that is not known."""

from collections import Counter
from decimal import Decimal
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    a_building,
    a_ledger,
    a_parcel,
    a_park,
    a_record,
    a_valuation,
    an_encumbrance,
)
from workbench.domain.apportioning import apportion
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import RefusedError
from workbench.domain.parcels.joining import JoinPlan, differing, join, join_checks, paid_share
from workbench.domain.parcels.limits import land_figures, self_hold
from workbench.domain.parcels.parts import Part, SplitPlan, part_areas
from workbench.domain.parcels.splitting import split
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.ledger_changes import changed_ledger
from workbench.domain.records.referring import Surroundings

MU50 = Decimal("33333.333333")
AMOUNTS = st.decimals(min_value=0, max_value=10**10, places=4, allow_nan=False)
WEIGHTS = st.lists(st.decimals(min_value="0.01", max_value=10**6, places=6), min_size=1, max_size=7)


def new_keys():
    numbers = count(1)
    return lambda: f"new-{next(numbers)}"


def records_of(*records):
    ledger = a_ledger(*records)
    return ledger, Surroundings(ledger, ledger.all, new_keys())


def after(ledger, changes):
    whole = {"park", "parcel", "building", "encumbrance", "valuation", "evidence", "assessment"}
    full = ledger.with_rows({e: ledger.all(e) for e in whole})
    return changed_ledger(full, ChangeSet("", changes))


def refused(call):
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.code


# ---- apportioning


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_exactly_and_stay_within_one_step_of_their_quota(total, weights):
    shares = apportion(total, weights)
    assert sum(shares) == total
    among = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert share >= 0
        assert abs(share - total * weight / among) < Decimal("0.0201")


@given(AMOUNTS, WEIGHTS)
def test_a_heavier_part_never_gets_less(total, weights):
    shares = apportion(total, weights)
    ordered = sorted(zip(weights, shares, strict=True))
    for (light, less), (heavy, more) in pairwise(ordered):
        assert less <= more + Decimal("0.01") * (light == heavy)


def test_three_equal_parts_of_one_yuan_lose_no_cent():
    assert apportion(Decimal(1), [Decimal(1)] * 3) == [
        Decimal("0.34"), Decimal("0.33"), Decimal("0.33"),
    ]  # fmt: skip


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(-1), Decimal(2)]])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="not negative"):
        apportion(Decimal(1), weights)


# ---- splitting


def fifty_mu(**more):
    values = {"code": "J1", "name": "金寨地块", "area_cert": MU50, "area_actual": 33400,
              "grant_price": Decimal("8000000.01"), "price_paid_ratio": 1,
              "end_on": "2056-12-31", "land_use": "工业", "cert_no": "皖(2010)第1号"}  # fmt: skip
    return a_parcel("j1", **(values | more))


def two_parts(first=None, **more):
    west = Part("J1-1", "西块", first, ("b1",), **more)
    return (west, Part("J1-2", "东块", None, ("b2",)))


def the_park(**more):
    return [
        a_park(),
        fifty_mu(**more),
        a_building("b1", parcel="j1", name="厂房", gfa_actual=20000, base_area=9000),
        a_building("b2", parcel="j1", name="仓库", gfa_actual=4000, base_area=4000),
    ]


PARTS = st.lists(st.decimals("0.01", "5000", places=6), min_size=1, max_size=5)


@given(PARTS, st.decimals("0", "90000000", places=4), st.decimals("0", "50000000", places=2))
def test_s6_21_area_price_and_secured_amount_of_all_parts_add_up_exactly(areas, price, debt):
    """金寨 (C01): whatever is typed, no ㎡ and no 元 is lost or made."""
    limit = an_encumbrance("e1", parcel="j1", kind="抵押", amount=debt)
    ledger, records = records_of(a_park(), fifty_mu(grant_price=price), limit)
    parts = (*(Part(f"P{n}", "", area) for n, area in enumerate(areas)), Part("REST"))
    done = split(ledger.find("parcel", "j1"), SplitPlan("j1", parts), records)
    now = after(ledger, done.records)
    assert sum(p.number("area_cert") for p in now.all("parcel")) == MU50
    assert sum(p.number("area_actual") for p in now.all("parcel")) == 33400
    assert sum(p.number("grant_price") for p in now.all("parcel")) == price
    assert sum(e.number("amount") for e in now.all("encumbrance")) == debt


def test_the_parent_ends_and_every_part_knows_it_and_keeps_its_tenure():
    ledger, records = records_of(*the_park())
    plan = SplitPlan("j1", two_parts(Decimal(20000)))
    done = split(ledger.find("parcel", "j1"), plan, records)
    now = after(ledger, done.records)
    assert now.find("parcel", "j1") is None
    assert [p.get("derived_from") for p in now.all("parcel")] == [("J1",), ("J1",)]
    assert {p.day("end_on") for p in now.all("parcel")} == {
        ledger.find("parcel", "j1").day("end_on")
    }
    assert {p.number("price_paid_ratio") for p in now.all("parcel")} == {1}
    assert [p.get("cert_no") for p in now.all("parcel")] == [None, None]
    assert [now.find("building", key).text("parcel") for key in ("b1", "b2")] == list(done.keys)


def test_undo_of_a_split_gives_the_same_ledger_again():
    ledger, records = records_of(
        *the_park(),
        an_encumbrance("e1", parcel="j1", kind="查封", rank=1, amount=100, status="有效"),
        a_valuation("v1", parcel="j1", base_date="2026-01-01", value=9000000),
    )
    plan = SplitPlan("j1", two_parts(Decimal(20000)))
    done = split(ledger.find("parcel", "j1"), plan, records)
    now = after(ledger, done.records)
    assert not now.all("valuation")
    assert [v.key for v in done.ended_valuations] == ["v1"]
    back = changed_ledger(now, ChangeSet("", done.records).inverted())
    for entity in ("parcel", "building", "encumbrance", "valuation"):
        assert [(r.key, r.values) for r in back.all(entity)] == [
            (r.key, r.values) for r in ledger.all(entity)
        ]


def test_seizures_keep_their_rank_on_every_part_and_may_stay_on_one():
    ledger, records = records_of(
        *the_park(seizure=True),
        an_encumbrance("e1", parcel="j1", kind="查封", rank=1, amount=300, case_no="甲1"),
        an_encumbrance(
            "e2", parcel="j1", kind="轮候查封", rank=2, amount=Decimal("100.01"), case_no="乙2"
        ),
    )
    plan = SplitPlan("j1", two_parts(Decimal(20000)), {"e1": (0,), "e2": (0, 1)})
    done = split(ledger.find("parcel", "j1"), plan, records)
    now = after(ledger, done.records)
    rows = [
        (r.text("case_no"), r.get("rank"), done.keys.index(r.text("parcel")), r.get("amount"))
        for r in now.all("encumbrance")
    ]
    assert Counter(rows) == Counter([
        ("甲1", 1, 0, 300), ("乙2", 2, 0, Decimal("60.01")), ("乙2", 2, 1, Decimal("40.00")),
    ])  # fmt: skip
    assert [now.find("parcel", key).flag("seizure") for key in done.keys] == [True, True]


def test_a_part_that_no_seizure_stays_on_is_not_stated_as_seized():
    ledger, records = records_of(
        *the_park(seizure=True), an_encumbrance("e1", parcel="j1", kind="查封", rank=1)
    )
    plan = SplitPlan("j1", two_parts(Decimal(20000)), {"e1": (0,)})
    done = split(ledger.find("parcel", "j1"), plan, records)
    now = after(ledger, done.records)
    assert [now.find("parcel", key).flag("seizure") for key in done.keys] == [True, False]


def test_evidence_and_draft_assessments_follow_the_parts():
    ledger, records = records_of(
        *the_park(),
        a_record(
            "evidence", "x1", name="证.pdf", sha256="a" * 64, owner_entity="parcel", owner_key="j1"
        ),
        a_record("assessment", "a1", name="草", assets=["j1", "z"], status="草稿"),
        a_record("assessment", "a2", name="定", assets=["j1"], status="定稿"),
    )
    plan = SplitPlan("j1", two_parts(Decimal(20000)))
    done = split(ledger.find("parcel", "j1"), plan, records)
    now = after(ledger, done.records)
    assert {e.text("owner_key") for e in now.all("evidence")} == set(done.keys)
    assert now.find("assessment", "a1").get("assets") == ("z", *done.keys)
    assert now.find("assessment", "a2").get("assets") == ("j1",)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((Part("A"),), "splitting.too_few"),
        ((Part("A"), Part("B")), "splitting.two_open"),
        ((Part("A", area=Decimal(40000)), Part("B")), "splitting.not_positive"),
        ((Part("A", area=Decimal(10000)), Part("B", area=Decimal(10000))), "splitting.area_short"),
        ((Part("A", area=Decimal(20000)), Part("B", area=Decimal(20000))), "splitting.area_over"),
        ((Part("A", area=Decimal(20000)), Part("A")), "splitting.code_taken"),
        ((Part(" ", area=Decimal(20000)), Part("B")), "splitting.no_code"),
        ((Part("A", area=Decimal(1), buildings=("b1",)), Part("B")), "splitting.buildings_left"),
        ((Part("A", area=Decimal(1), buildings=("b1", "b2")), Part("B", buildings=("b1",))),
         "splitting.building_twice"),
    ],
)  # fmt: skip
def test_a_split_that_does_not_add_up_is_refused_by_name(parts, code):
    ledger, records = records_of(*the_park())
    parcel = ledger.find("parcel", "j1")
    assert refused(lambda: split(parcel, SplitPlan("j1", parts), records)) == code


def test_thirty_and_twenty_mu_make_fifty_and_the_rounding_is_named():
    parts = (Part("A", area=Decimal(20000)), Part("B", area=Decimal("13333.33")))
    found = part_areas(fifty_mu(), parts)
    assert found.areas == (Decimal("20000.003333"), Decimal("13333.33"))
    assert found.rounding == Decimal("0.003333")


# ---- limits


def checks_of(figures):
    return {check.rule: check.truth for check in figures.checks}


def test_far_and_density_of_a_part_meet_the_plan_limits_in_three_values():
    """P02, S6-21: 20,000㎡ on 30亩 is FAR 1.0, 9,000㎡ of footprint 45 %."""
    parcel = fifty_mu(plan_far_min=Decimal("0.8"), plan_far_max=Decimal("1.5"))
    on_it = the_park()[2:3]
    figures = land_figures(Decimal(20000), [parcel], on_it, {"split_min_land": Decimal(13333)})
    assert (figures.far, figures.density) == (1, Decimal("0.45"))
    assert checks_of(figures) == {
        "far_max": True, "far_min": True, "density_max": None, "min_land": True,
        "fire_access": None,
    }  # fmt: skip


def test_an_unknown_limit_is_never_kept_and_an_unknown_footprint_never_0():
    tower = a_building("b", parcel="j1", gfa_actual=50000)
    figures = land_figures(Decimal(20000), [fifty_mu(plan_density_max=0.4)], [tower], {})
    assert figures.density is None
    truths = checks_of(figures)
    assert set(truths.values()) == {None}
    missing = {m.field for c in figures.checks for m in c.missing}
    assert {"base_area", "plan_far_max", "split_min_land"} <= missing


def test_a_part_without_a_building_is_still_to_be_built():
    parcel = fifty_mu(plan_far_min=0.8, plan_far_max=1.5)
    figures = land_figures(Decimal(13333), [parcel], [], {"split_min_land": Decimal("13333.34")})
    assert (figures.far, checks_of(figures)["far_min"]) == (0, None)
    assert [check.rule for check in figures.failed] == ["min_land"]


def test_f19_twenty_mu_as_it_is_kept_reach_the_minimum_of_twenty_mu():
    limit = {"split_min_land": Decimal(40000) / 3}
    figures = land_figures(Decimal("13333.333333"), [fifty_mu()], [], limit)
    assert checks_of(figures)["min_land"] is True
    figures = land_figures(Decimal("13333.32"), [fifty_mu()], [], limit)
    assert checks_of(figures)["min_land"] is False


def test_a_failed_fire_acceptance_fails_the_part():
    hall = a_building("b", parcel="j1", fire_accept="未通过")
    assert checks_of(land_figures(Decimal(9), [fifty_mu()], [hall], {}))["fire_access"] is False


@pytest.mark.parametrize(
    ("ratio", "truth"), [(None, None), (Decimal("0.5"), True), (Decimal("0.7"), False)]
)
def test_v30_what_goes_to_others_leaves_the_share_that_must_be_held(ratio, truth):
    parts = (Part("A"), Part("B", transfers=True))
    check = self_hold(fifty_mu(self_hold_ratio=ratio), parts, [Decimal(60), Decimal(40)])
    assert (check.truth, check.value) == (truth, Decimal("0.6"))
    assert self_hold(fifty_mu(), (Part("A"), Part("B")), [Decimal(1), Decimal(1)]) is None


# ---- joining


def scraps():
    return [
        a_parcel("k1", code="K1", area_cert=1000, grant_price=100, price_paid_ratio=1,
                 right_holder="甲", land_use="工业", end_on="2050-01-01"),
        a_parcel("k2", code="K2", area_cert=500, grant_price=300, price_paid_ratio=0.5,
                 right_holder="甲", land_use="仓储"),
    ]  # fmt: skip


def test_joining_adds_areas_and_prices_and_moves_what_stands_on_the_land():
    limit = an_encumbrance("e", parcel="k2", kind="抵押", amount=7)
    house = a_building("b", parcel="k1")
    worth = a_valuation("v", parcel="k1", value=5)
    ledger, records = records_of(a_park(), *scraps(), limit, house, worth)
    plan = JoinPlan(("k1", "k2"), "K", "整合地块", {"land_use": "k1"})
    done = join(plan, ledger.all("parcel"), records)
    now = after(ledger, done.records)
    (whole,) = now.all("parcel")
    assert whole.number("area_cert") == 1500
    assert whole.number("grant_price") == 400
    assert whole.number("price_paid_ratio") == Decimal("0.625")
    assert whole.text("land_use") == "工业"
    assert whole.get("end_on") is None, "one end date is not known, so the whole's is not"
    assert whole.get("derived_from") == ("K1", "K2")
    moved = [
        now.find(*key) for key in (("encumbrance", "e"), ("building", "b"), ("valuation", "v"))
    ]
    assert {record.text("parcel") for record in moved} == {done.key}
    assert "K2" in now.find("encumbrance", "e").text("note")
    back = changed_ledger(now, ChangeSet("", done.records).inverted())
    assert {r.key: r.values for r in back.all("parcel")} == {
        r.key: r.values for r in ledger.all("parcel")
    }


def test_a_sum_with_an_unknown_part_is_unknown():
    first, second = scraps()
    ledger, records = records_of(a_park(), first, a_parcel("k3", code="K3"))
    done = join(JoinPlan(("k1", "k3"), "K"), ledger.all("parcel"), records)
    (whole,) = after(ledger, done.records).all("parcel")
    assert whole.get("area_cert") is None
    assert paid_share([first, a_parcel("k3")]) is None
    assert "end_on" in differing([first, second], ledger.catalogue)


def test_join_refuses_other_parks_single_parcels_and_taken_codes():
    ledger, records = records_of(a_park(), *scraps(), a_parcel("k4", park="other", code="K4"))
    one, two, far = ledger.all("parcel")
    assert refused(lambda: join(JoinPlan(("k1",), "K"), [one], records)) == (
        "splitting.join_too_few"
    )
    assert refused(lambda: join(JoinPlan((), "K"), [one, far], records)) == ("splitting.join_parks")
    assert refused(lambda: join(JoinPlan((), "K4"), [one, two], records)) == (
        "splitting.code_taken"
    )


def test_what_joining_needs_is_asked_in_three_values():
    seizure = an_encumbrance("s", parcel="k1", kind="查封", status="有效")
    ledger = a_ledger(a_park(), scraps(), seizure)
    scope = Scope(ledger, "park", None, a_parcel("x", end_on="2026-11-25").day("end_on"), {})
    truths = {c.rule: c.truth for c in join_checks(ledger.all("parcel"), scope)}
    assert truths == {
        "same_right_holder": True, "same_obtain_mode": None, "same_land_use": False,
        "same_end_on": None, "no_seizure": False, "mortgagees_agree": None, "adjacent": None,
    }  # fmt: skip
