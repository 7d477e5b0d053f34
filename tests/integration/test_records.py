# SPDX-License-Identifier: MIT
"""What is done with whole records of a real project: split, join, merge, edit many."""

from decimal import Decimal

import pytest

from workbench.application.imports.choices import ImportOptions
from workbench.application.ports import Silent
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
    (parent,) = services.querying.predecessors("parcel", keys[0])
    assert (parent.key, parent.text("code")) == (seized["land"], "LX-07")
    history = services.querying.history("parcel", seized["land"])
    assert history[0][0].label == "splitting.split"
    assert history[0][0].reason == "法院同意带封分割"
    services.history.undo()
    assert everything(services) == before
    services.history.redo()
    assert services.querying.ledger().find("parcel", seized["land"]) is None


def test_a_split_parcel_s_limits_are_told_apart_by_a_later_import(services, seized, tmp_path):
    """One case number on several parcels: the exported ledger comes back with no difference."""
    services.splitting.split(plan_of(seized), "带封")
    out = tmp_path / "台账.xlsx"
    services.exporting.export_ledger(str(out), services.program.texts("zh_CN"), Silent())
    preview = services.importing.preview([str(out)], ImportOptions(), Silent())
    counts = {t.entity: t.counts() for t in preview.tables()}
    assert counts["encumbrance"]["same"] == 6
    assert all(c["new"] == c["changed"] == c["review"] == 0 for c in counts.values())


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
    assert {a.text("code") for a in services.querying.predecessors("parcel", key)} == {
        "LX-07A",
        "LX-07B",
    }


def test_land_without_a_park_says_what_to_do(services):
    key = services.editing.add("parcel", {"code": "Z", "area_cert": "2亩"})
    plan = SplitPlan(key, (Part("Z1", "", Decimal(600)), Part("Z2")))
    with pytest.raises(RefusedError) as refused:
        services.splitting.preview(plan)
    assert refused.value.code == "splitting.no_park"


# ---- duplicates


def test_the_newer_value_is_marked_but_never_taken_silently(services, park):
    add = services.editing.add
    one = add("enterprise", {"name": "华川电子有限公司", "industry_name": "电子"})
    two = add("enterprise", {"name": "华川电子有限责任公司", "scale": "规上"})
    lease = add("lease", {"contract_no": "L1", "tenant": two, "park": park})
    services.editing.edit("enterprise", one, "name", "华川电子股份有限公司")
    (pair,) = services.merging.pairs()
    assert {pair.first.key, pair.second.key} == {one, two}
    preview = services.merging.preview("enterprise", one, two)
    (conflict,) = preview.conflicts
    assert (conflict.field, conflict.side, conflict.newer) == ("name", "", "kept")
    assert preview.moved == {"lease": 1}
    with pytest.raises(RefusedError):
        services.merging.merge("enterprise", one, two, {})
    assert services.merging.merge("enterprise", one, two, {"name": "other"}, "同一企业") == 1
    ledger = services.querying.ledger()
    left = ledger.find("enterprise", one)
    assert (left.text("name"), left.text("scale")) == ("华川电子有限责任公司", "规上")
    assert ledger.find("lease", lease).text("tenant") == one
    newest = services.querying.history("enterprise", two)[0]
    assert (newest[0].label, newest[0].reason) == ("merging.merge", "同一企业")
    (gone,) = services.querying.predecessors("enterprise", one)
    assert gone.text("scale") == "规上"
    services.history.undo()
    assert services.querying.ledger().find("lease", lease).text("tenant") == two
    assert services.querying.predecessors("enterprise", one) == []


def test_a_pair_that_is_no_duplicate_is_remembered_as_a_step(services):
    one = services.editing.add("enterprise", {"name": "华川电子有限公司"})
    two = services.editing.add("enterprise", {"name": "华川电子有限责任公司"})
    assert services.merging.mark_distinct("enterprise", two, one, "两家股东不同")
    assert not services.merging.mark_distinct("enterprise", one, two)
    found = services.merging.search()
    assert (len(found.pairs), len(found.distinct)) == (0, 1)
    assert services.merging.pairs() == []
    services.history.undo()
    assert len(services.merging.pairs()) == 1
    services.history.redo()
    assert services.merging.suspect_again("enterprise", one, two)
    assert not services.merging.suspect_again("enterprise", one, two)
    assert len(services.merging.pairs()) == 1
    with pytest.raises(RefusedError):
        services.merging.mark_distinct("enterprise", one, one)


def test_a_merge_that_changes_no_cell_of_the_kept_record_is_in_its_history(services):
    one = services.editing.add("enterprise", {"name": "华川电子有限公司", "scale": "规上"})
    two = services.editing.add("enterprise", {"name": "华川电子有限公司"})
    services.merging.merge("enterprise", one, two, {})
    assert services.querying.history("enterprise", one)[0][0].label == "merging.merge"
    services.history.undo()
    services.history.redo()
    assert services.querying.record("enterprise", two) is None


# ---- bulk edit


def test_a_bulk_edit_says_what_it_would_do_and_writes_nothing_before(services, seized):
    """US02, C5: rows in all, rows that would break a rule, rows that stay."""
    keys = [seized["B1"], seized["B2"]]
    services.editing.edit("building", seized["B1"], "rentable_area", "3600")
    services.editing.edit("building", seized["B2"], "self_use_area", "4000")
    before = everything(services)
    preview = services.bulk_editing.preview("building", keys, {"rentable_area": "3600㎡"})
    assert (preview.total, len(preview.changed), preview.unchanged) == (2, 1, 1)
    assert (preview.breaking, list(preview.by_rule())) == (1, ["V07E"])
    assert preview.overwritten == 0
    assert everything(services) == before
    assert services.bulk_editing.edit("building", keys, {"rentable_area": "3600㎡"}, "测绘") == 1
    step = services.history.next_undo()
    assert step.label == "bulk_editing.edit"
    services.history.undo()
    assert everything(services) == before


def test_a_text_that_cannot_be_read_stops_the_whole_bulk_edit(services, seized):
    keys = [seized["B1"], seized["B2"]]
    before = everything(services)
    values = {"use_status": "空置", "gfa_actual": "很大"}
    preview = services.bulk_editing.preview("building", keys, values)
    assert len(preview.refused) == 2
    with pytest.raises(RefusedError):
        services.bulk_editing.edit("building", keys, values)
    assert everything(services) == before


# ---- encumbrances


def test_us04_expiries_and_blocks_of_a_real_ledger(services, seized):
    services.editing.edit("encumbrance", seized["E2"], "end_on", "2026-06-01")
    first, *rest = services.encumbrances.expiries()
    assert (first.row.key, first.days, first.renewal, first.order) == (seized["E2"], -29, True, 2)
    assert {item.days for item in rest} == {None}
    (land,) = services.encumbrances.burdened(services.querying.park("LX").key)
    burdens = services.encumbrances.blocks(land)
    assert [burden.row.key for burden in burdens] == [seized["E1"], seized["E2"], seized["E3"]]
    assert {b.pathway.code for b in burdens[0].blocks} >= {"P02", "P09", "P17"}
    assert {b.way_out for b in burdens[0].blocks if b.pathway.code == "P02"} == {"P01"}
    assert not any(b.certain for b in burdens[2].blocks), "the mortgagee was not asked"
