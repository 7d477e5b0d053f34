# SPDX-License-Identifier: MIT
"""Duplicates and their merging: why a pair is suspected, and that no known value goes silently."""

from itertools import count

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
    an_enterprise,
    not_applicable,
)
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import RefusedError
from workbench.domain.records import duplicates
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.duplicates import duplicate_pairs, kinds_cut_short
from workbench.domain.records.ledger_changes import changed_ledger
from workbench.domain.records.merging import KEPT, OTHER, field_choices, merged
from workbench.domain.records.referring import Surroundings

CODE_A, CODE_B = "91350600MA2Y1N3K0C", "91310000MA1FL0JH0X"


def pairs(*records, entities=()):
    return {
        (pair.first.key, pair.second.key): [reason.kind for reason in pair.reasons]
        for pair in duplicate_pairs(a_ledger(a_park(), *records), entities)
    }


def around(ledger):
    numbers = count(1)
    return Surroundings(ledger, ledger.all, lambda: f"new-{next(numbers)}")


# ---- finding


def test_v17_certificates_are_compared_without_width_blanks_and_brackets():
    one = a_parcel("a", cert_no="闽（2019）龙文不动产权第0001234号")
    two = a_parcel("b", cert_no="闽(2019)龙文不动产权 第0001234号、闽(2020)第5号")
    other = a_parcel("c", cert_no="闽(2019)龙文不动产权第1234号")
    assert pairs(one, two, other) == {("a", "b"): ["certificate"]}


def test_v18_firms_with_one_credit_code_or_names_alike_are_suspected():
    firms = [
        an_enterprise("a", name="漳州市龙文区华川电子精密制造有限公司", credit_code=CODE_A),
        an_enterprise("b", name="漳州龙文区华川电子精密制造公司"),
        an_enterprise("c", name="别的公司", credit_code=CODE_A),
    ]
    assert pairs(*firms) == {("a", "b"): ["name"], ("a", "c"): ["credit_code"]}


def test_a_likeness_is_given_as_a_share():
    firms = [an_enterprise("a", name="华川电子有限公司"), an_enterprise("b", name="华川电子公司")]
    (pair,) = duplicate_pairs(a_ledger(firms))
    assert pair.reasons[0].likeness == 1


def test_more_than_sixty_names_without_numbers_are_compared_too():
    names = [chr(0x4E00 + n) + chr(0x5E00 + 7 * n) + "物流中心仓储基地项目" for n in range(70)]
    buildings = [a_building(f"b{n:02}", name=name) for n, name in enumerate(names)]
    twin = a_building("twin", name=names[50].replace("项目", "项"))
    assert pairs(*buildings, twin) == {("b50", "twin"): ["name"]}


def test_a_name_that_more_than_sixty_have_is_a_filler():
    sheds = [a_building(f"b{n}", name="临时用房") for n in range(61)]
    assert pairs(*sheds) == {}
    assert len(pairs(*sheds[:60])) == 60 * 59 // 2


def test_a_ledger_imported_twice_gives_as_many_pairs_as_anybody_looks_through(monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_PAIRS", 20)
    twice = [a_building(f"{copy}{n:03}", name=f"{n}号厂房") for copy in "ab" for n in range(30)]
    found = duplicate_pairs(a_ledger(a_park(), *twice))
    assert [(p.first.key, p.second.key) for p in found] == [
        (f"a{n:03}", f"b{n:03}") for n in range(20)
    ]
    assert kinds_cut_short(found) == ["building"]
    assert kinds_cut_short(found[:19]) == []


def test_the_search_tells_how_far_it_is_and_can_be_stopped():
    firms = [an_enterprise(f"e{n}", name=f"甲{n}") for n in range(450)]
    told = []
    duplicate_pairs(
        a_ledger(firms), ("enterprise",), lambda done, total: told.append((done, total))
    )
    assert told == [(done, 900) for done in (0, 200, 400, 600, 800)]

    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        duplicate_pairs(a_ledger(firms), ("enterprise",), stop)


def test_two_numbers_make_two_halls_and_two_parcels_two_gatehouses():
    buildings = [
        a_building("a", name="1#标准厂房"),
        a_building("b", name="2#标准厂房"),
        a_building("c", name="1# 标准厂房"),
        a_building("d", name="门卫室", parcel="x"),
        a_building("e", name="门卫室", parcel="y"),
        a_building("f", name="1#标准厂房", park="elsewhere"),
    ]
    assert pairs(*buildings) == {("a", "c"): ["name"]}


def test_only_the_asked_kinds_are_searched():
    rows = [a_record("lease", "l1", contract_no="H-1"), a_record("lease", "l2", contract_no="H-1")]
    firms = [an_enterprise("a", credit_code=CODE_A), an_enterprise("b", credit_code=CODE_A)]
    assert pairs(*rows, *firms, entities=["lease"]) == {("l1", "l2"): ["contract"]}


# ---- merging


def land(key, **values):
    return a_parcel(key, **values)


def test_known_beats_unknown_and_a_conflict_is_nobody_s_default():
    one = land("a", name="甲", area_cert=100)
    two = land("b", name="乙", land_use="工业", area_cert=100)
    ages = {("b", "name"): 9, ("a", "name"): 3}
    sides = {c.field: (c.side, c.conflict, c.newer)
             for c in field_choices(one, two, ages, CATALOGUE)}  # fmt: skip
    assert sides == {
        "park": (KEPT, False, ""), "name": ("", True, OTHER), "land_use": (OTHER, False, ""),
        "area_cert": (KEPT, False, ""),
    }  # fmt: skip


def test_not_applicable_beats_a_blank_but_not_a_value():
    one, two = land("a", note="有"), land("b")
    two = not_applicable(two, "note", "location")
    sides = {c.field: c.side for c in field_choices(one, two, {}, CATALOGUE)}
    assert (sides["note"], sides["location"]) == (KEPT, OTHER)


def test_an_unchosen_conflict_is_refused_with_the_fields_named():
    ledger = a_ledger(a_park(), land("a", name="甲"), land("b", name="乙"))
    one, two = ledger.all("parcel")
    with pytest.raises(RefusedError) as refused:
        merged(one, two, {}, around(ledger))
    assert refused.value.code == "merging.undecided"
    assert "宗地名称" in refused.value.params["fields"]


def test_references_evidence_and_assessments_move_and_undo_brings_all_back():
    ledger = a_ledger(
        a_park(), land("a", name="甲"), land("b", name="乙"), a_building("h", parcel="b"),
        an_encumbrance("e", parcel="b"), a_valuation("v", parcel="a"),
        a_record("evidence", "x", owner_entity="parcel", owner_key="b", name="f", sha256="0"),
        a_record("assessment", "s", name="n", assets=["a", "b"], status="草稿"),
    )  # fmt: skip
    one, two = ledger.all("parcel")
    changes = merged(one, two, {"name": OTHER}, around(ledger))
    now = changed_ledger(ledger, ChangeSet("", changes))
    assert [p.key for p in now.all("parcel")] == ["a"]
    assert now.find("parcel", "a").text("name") == "乙"
    homes = [now.find(*key).text("parcel") for key in (("building", "h"), ("encumbrance", "e"))]
    assert homes == ["a", "a"]
    assert now.find("evidence", "x").text("owner_key") == "a"
    assert now.find("assessment", "s").get("assets") == ("a",)
    back = changed_ledger(now, ChangeSet("", changes).inverted())
    assert {r.key: dict(r.values) for r in back} == {r.key: dict(r.values) for r in ledger}


TEXTS = st.dictionaries(
    st.sampled_from(["name", "location", "note", "right_holder"]), st.sampled_from("甲乙丙")
)
SIDES = st.dictionaries(
    st.sampled_from(["name", "location", "note", "right_holder"]), st.sampled_from([KEPT, OTHER])
)


@given(TEXTS, TEXTS, SIDES)
def test_merging_loses_no_known_value_that_nobody_decided_against(ours, theirs, chosen):
    ledger = a_ledger(a_park(), land("a", **ours), land("b", **theirs))
    one, two = ledger.all("parcel")
    conflicts = {n for n in ours.keys() & theirs.keys() if ours[n] != theirs[n]}
    decided = {name: side for name, side in chosen.items() if name in conflicts}
    if conflicts - decided.keys():
        with pytest.raises(RefusedError):
            merged(one, two, decided, around(ledger))
        return
    now = changed_ledger(ledger, ChangeSet("", merged(one, two, decided, around(ledger))))
    (left,) = now.all("parcel")
    for name in ours.keys() | theirs.keys():
        expected = {KEPT: ours, OTHER: theirs}[decided.get(name, KEPT if name in ours else OTHER)]
        assert left.get(name) == expected[name]


def test_different_kinds_cannot_be_one():
    ledger = a_ledger(a_park(), land("a"), a_building("b"))
    with pytest.raises(RefusedError) as refused:
        merged(ledger.find("parcel", "a"), ledger.find("building", "b"), {}, around(ledger))
    assert refused.value.code == "merging.not_alike"


def test_houses_that_one_report_values_are_no_duplicates():
    """A report may value many assets; the same number on one house is the same valuation."""
    number = "苏评（2026）18号"
    found = pairs(
        a_valuation("a", building="one", parcel=None, report_no=number),
        a_valuation("b", building="two", parcel=None, report_no=number),
        a_valuation("c", building="two", parcel=None, report_no=number),
        a_valuation("d", building=None, parcel="land", report_no=number),
        entities=["valuation"],
    )
    assert found == {("b", "c"): ["report"]}
