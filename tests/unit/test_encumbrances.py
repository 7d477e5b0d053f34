# SPDX-License-Identifier: MIT
"""Encumbrances by date and by what they block (US04, V15, P01, P02, P09, P18)."""

from datetime import date

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_ledger,
    a_parcel,
    a_park,
    an_encumbrance,
    with_values,
)
from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import parse
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.scope import Scope
from workbench.domain.pathways.blocking import burdens_of
from workbench.domain.pathways.pathway import Block, Layer, Pathway, PathwayOrigin, Precondition
from workbench.domain.records.expiries import ExpiryStage, expiries, seizure_order
from workbench.domain.records.neighbourhood import neighbourhood

AS_OF = date(2026, 6, 30)
TEXT = Bilingual("甲", "A")


def ends(day, **values):
    return an_encumbrance(parcel="p", end_on=day, **({"kind": "查封", "status": "有效"} | values))


def listed(*rows, within=None):
    ledger = a_ledger(a_park(), a_parcel("p", name="地"), rows)
    return expiries(ledger, ledger.all("encumbrance"), AS_OF, within)


def facts_of(*records):
    return Facts(Scope(a_ledger(records), "park", None, AS_OF, {}), {})


def test_us04_overdue_comes_first_then_30_90_and_180_days_then_what_has_no_date():
    days = [
        "2028-01-01",
        None,
        "2026-12-27",
        "2026-09-28",
        "2026-07-30",
        "2026-06-29",
        "2025-01-01",
    ]
    found = listed(*(ends(day) for day in days))
    assert [(item.stage, item.days) for item in found] == [
        (ExpiryStage.OVERDUE, -545), (ExpiryStage.OVERDUE, -1), (ExpiryStage.WITHIN_30, 30),
        (ExpiryStage.WITHIN_90, 90), (ExpiryStage.WITHIN_180, 180), (ExpiryStage.NO_DATE, None),
        (ExpiryStage.LATER, 550),
    ]  # fmt: skip


def test_the_last_day_is_not_overdue():
    (found,) = listed(ends("2026-06-30"))
    assert (found.days, found.stage) == (0, ExpiryStage.WITHIN_30)


def test_v15_a_seizure_past_its_end_and_still_in_force_asks_for_its_renewal():
    late, mortgage = listed(ends("2026-01-01"), ends("2026-02-01", kind="抵押"))
    assert (late.renewal, mortgage.renewal) == (True, False)


@pytest.mark.parametrize("values", [{"status": "已解除"}, {"start_on": "2026-07-01"}])
def test_what_has_ended_or_not_begun_is_left_out(values):
    assert listed(ends("2027-01-01", **values)) == []


def test_without_status_and_end_date_an_encumbrance_stays_listed_as_not_known():
    (found,) = listed(an_encumbrance(parcel="p", kind="抵押"))
    assert found.in_force is None


@pytest.mark.parametrize(
    ("values", "in_force"),
    [
        ({}, None),
        ({"status": "不详"}, None),
        ({"status": "不详", "end_on": "2027-01-01"}, None),
        ({"end_on": "2026-06-30"}, True),
        ({"status": "有效"}, True),
    ],
)
def test_domain_0_2_an_end_date_alone_releases_nothing(values, in_force):
    """§0.2: unknown is never False; V15: only the register says that a seizure has ended."""
    row = an_encumbrance(parcel="p", **({"kind": "查封", "end_on": "2026-01-01"} | values))
    (found,) = listed(row)
    assert found.in_force is in_force
    parcel = a_parcel("p", seizure=None)
    facts = facts_of(a_park(), parcel, row)
    assert facts.lookup("enc.active_seizure") is in_force
    assert facts.lookup("enc.queued_seizures") == (0 if in_force else None)


def test_what_may_still_stand_keeps_the_answers_about_all_of_them_open():
    """§0.2: one seizure that is no criminal one does not speak for another that may be."""
    known = an_encumbrance("1", parcel="p", kind="查封", status="有效", criminal_seizure=False)
    late = {"parcel": "p", "end_on": "2026-01-01", "criminal_seizure": True}
    rows = [known, an_encumbrance("2", kind="轮候查封", **late)]
    facts = facts_of(a_park(), a_parcel("p"), *rows)
    assert facts.lookup("enc.active_seizure") is True
    assert facts.lookup("enc.queued_seizures") is None
    assert facts.lookup("enc.criminal_seizure") is None


def test_within_keeps_the_overdue_and_the_undated():
    found = listed(
        ends("2026-01-01"), ends(None), ends("2026-07-10"), ends("2027-01-01"), within=30
    )
    assert [item.days for item in found] == [-180, 10, None]


def test_seizures_keep_their_rank_and_a_queued_one_without_rank_is_never_first():
    rows = [
        ends("2027-01-01", key="q", kind="轮候查封"),
        ends("2027-01-01", key="first"),
        ends("2027-01-01", key="m", kind="抵押"),
    ]
    ledger = a_ledger(a_park(), a_parcel("p"), rows)
    assert seizure_order(ledger, ledger.find("parcel", "p"), AS_OF) == {"first": 1, "q": 2}
    ranked = [with_values(rows[0], rank=2), with_values(rows[1], rank=1)]
    third = ends("2027-01-01", key="third", kind="轮候查封", rank=3)
    ledger = a_ledger(a_park(), a_parcel("p"), third, ranked)
    order = seizure_order(ledger, ledger.find("parcel", "p"), AS_OF)
    assert order == {"first": 1, "q": 2, "third": 3}


def test_a_rank_among_queued_seizures_does_not_put_them_before_the_first_one_us04():
    rows = [
        ends("2027-01-01", key="q2", kind="轮候查封", rank=2),
        ends("2027-01-01", key="q1", kind="轮候查封", rank=1),
        ends("2027-01-01", key="first"),
    ]
    ledger = a_ledger(a_park(), a_parcel("p"), rows)
    order = seizure_order(ledger, ledger.find("parcel", "p"), AS_OF)
    assert order == {"first": 1, "q1": 2, "q2": 3}
    same = [with_values(rows[1], rank=1), with_values(rows[2], rank=1)]
    ledger = a_ledger(a_park(), a_parcel("p"), same)
    assert seizure_order(ledger, ledger.find("parcel", "p"), AS_OF) == {"first": 1, "q1": 2}


# ---- what blocks what


def a_pathway(code, *, pre=(), block=()):
    needs = [Precondition(f"{code}-{n}", TEXT, parse(w), False, "P01") for n, w in enumerate(pre)]
    return Pathway(
        code, TEXT, Layer.ASSET, PathwayOrigin.POLICY, frozenset(),
        tuple(needs),
        tuple(Block(f"{code}-B{n}", TEXT, parse(w), "P15") for n, w in enumerate(block)),
        (), (), (), 1, 2, 1, (), None, (), 1,
    )  # fmt: skip


PATHWAYS = (
    a_pathway("P01", pre=["enc.active_seizure"],
              block=["enc.queued_seizures > 1 and not ctx.creditors_agreed"]),
    a_pathway("P02", pre=["not enc.active_seizure", "enc.mortgage_free_or_consented"]),
    a_pathway("P18", pre=["title.certified and not enc.active_seizure"]),
    a_pathway("P11", pre=["title.certified"]),
)  # fmt: skip


def blocked(*rows, context=None, **parcel):
    land = a_parcel("p", name="地", **parcel)
    ledger = a_ledger(a_park(), land, rows, [context] if context else [])
    scope = Scope(ledger, "park", frozenset({"p"}), AS_OF, {})
    return {
        burden.row.key if burden.row else None: {(b.id, b.certain) for b in burden.blocks}
        for burden in burdens_of(scope, PATHWAYS)
    }


def test_each_encumbrance_answers_for_what_it_blocks_itself():
    found = blocked(
        ends("2027-01-01", key="s1", rank=1),
        ends("2027-01-01", key="s2", rank=2, kind="轮候查封"),
        ends("2027-01-01", key="m", kind="抵押", mortgagee_consent="不同意"),
        cert_kind="不动产权证",
    )
    seizure = {("P02-0", True), ("P18-0", True)}
    assert found == {"s1": seizure, "s2": seizure, "m": {("P02-1", True)}}


def test_a_mortgage_whose_holder_was_not_heard_may_block():
    found = blocked(ends("2027-01-01", key="m", kind="抵押"))
    assert found == {"m": {("P02-1", False)}}


def test_a_consented_mortgage_and_a_released_seizure_block_nothing():
    found = blocked(
        ends("2027-01-01", key="m", kind="抵押", mortgagee_consent="同意"),
        ends("2027-01-01", key="s", status="已解除"),
    )
    assert found == {"m": set()}


def test_a_seizure_blocks_for_certain_although_the_certificate_is_not_known():
    assert ("P18-0", True) in blocked(ends("2027-01-01", key="s"))["s"]


def test_what_is_lacking_for_another_reason_is_not_blamed_on_an_encumbrance():
    found = blocked(ends("2027-01-01", key="s"), cert_kind="无证")
    assert found == {"s": {("P02-0", True)}}


def test_queued_seizures_that_block_only_together_are_both_named():
    rows = [ends("2027-01-01", key=f"q{n}", kind="轮候查封", rank=n) for n in (2, 3)]
    no = a_context(park="park", creditors_agreed=False)
    first = ends("2027-01-01", key="s1", rank=1)
    found = blocked(first, *rows, context=no)
    assert ("P01-B0", True) in found["q2"] & found["q3"]
    assert ("P01-B0", True) not in found["s1"]


def test_a_flag_without_a_row_is_named_as_such():
    assert blocked(seizure=True) == {None: {("P02-0", True), ("P18-0", True)}}


def test_the_land_s_seizure_is_seen_from_its_building():
    ledger = a_ledger(
        a_park(), a_parcel("p"), a_building("b", parcel="p"), ends("2027-01-01", key="s")
    )
    scope = Scope(ledger, "park", frozenset({"b"}), AS_OF, {})
    (burden,) = burdens_of(scope, PATHWAYS)
    assert {b.pathway.code for b in burden.blocks} == {"P02", "P18"}


def test_the_records_round_an_asset_say_the_same_as_the_whole_ledger():
    no = a_context(park="park", creditors_agreed=False)
    rows = [ends("2027-01-01", key=f"q{n}", kind="轮候查封", rank=n) for n in (2, 3)]
    hall = a_building("b", parcel="p")
    own = an_encumbrance("m", building="b", kind="抵押", status="有效")
    elsewhere = [a_parcel("far"), a_building("x", parcel="far")]
    far = an_encumbrance("n", parcel="far", kind="查封", status="有效")
    whole = a_ledger(a_park(), a_parcel("p"), hall, own, rows, no, elsewhere, far)
    near = neighbourhood(whole, whole.find("building", "b"))
    assert {r.key for r in near} == {"park", "p", "b", "m", "q2", "q3", no.key}
    asked = [Scope(x, "park", frozenset({"b"}), AS_OF, {}) for x in (whole, near)]
    first, second = (burdens_of(scope, PATHWAYS) for scope in asked)
    assert first == second
    assert len(first) == 3
