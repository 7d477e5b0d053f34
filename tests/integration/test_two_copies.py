"""The contract's ``merge``: two offline copies of one project are brought together."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist.state import ItemState
from workbench.domain.findings import ProjectError, RefusedError, UsageError
from workbench.domain.reconciling.differences import Conflict


class Pair:
    """Two copies of a park with two parcels and a building, at two desks."""

    def __init__(self, program, folder, *, fill=True):
        self.program = program
        path = str(folder / "本份.park")
        first = program.create(path)
        self.keys = {}
        if fill:
            park = first.editing.add("park", {"code": "LX", "name": "柳溪园"})
            for code in ("L1", "L2"):
                values = {"code": code, "name": f"{code}地", "park": "柳溪园", "area_cert": "30亩"}
                self.keys[code] = first.editing.add("parcel", values)
            values = {"code": "B1", "name": "一号厂房", "park": "柳溪园", "parcel": "L1"}
            self.keys["B1"] = first.editing.add("building", values)
            self.keys["park"] = park
        first.close()
        other = str(folder / "另一份.park")
        shutil.copyfile(path, other)
        self.ours, self.theirs = program.open(path), program.open(other)

    def close(self):
        self.ours.close()
        self.theirs.close()

    def merge(self, *, back=False, **how):
        here, there = (self.theirs, self.ours) if back else (self.ours, self.theirs)
        return here.keeping.reconciling.merge(there.project, Path(there.project).name, **how)


@pytest.fixture
def pair(program, tmp_path):
    pair = Pair(program, tmp_path)
    yield pair
    pair.close()


def content(services):
    """Return every record by what a person sees of it, without the memory of merges."""
    with services.unit_of_work() as work:
        return {
            (entity.key, record.key): (dict(record.values), record.position)
            for entity in CATALOGUE
            if entity.key != "merged_copy"
            for record in work.records.all(entity.key)
        }


def value(services, entity, key, field):
    return services.querying.record(entity, key).get(field)


def test_what_only_the_other_copy_has_is_taken_as_one_step_and_undone_as_one(pair, tmp_path):
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo" * 400)
    pair.theirs.editing.edit("parcel", pair.keys["L1"], "area_cert", "约50亩")
    new = pair.theirs.editing.add("parcel", {"code": "L3", "name": "L3地", "park": "柳溪园"})
    pair.theirs.editing.delete("building", [pair.keys["B1"]])
    pair.theirs.evidencing.attach(Owner("parcel", new), [str(photo)])
    pair.ours.editing.edit("parcel", pair.keys["L2"], "name", "二号地")
    before = content(pair.ours)
    done = pair.merge()
    assert (done.open, done.files, done.missing, done.written) == ((), 1, (), True)
    assert done.comparison.counts == {"created": 2, "updated": 1, "deleted": 1}
    after = content(pair.ours)
    assert after[("parcel", pair.keys["L1"])][0]["area_cert"] == pytest.approx(
        Decimal("33333.333333")
    )
    assert after[("parcel", pair.keys["L2"])][0]["name"] == "二号地"
    assert ("building", pair.keys["B1"]) not in after
    [record] = pair.ours.evidencing.of("parcel", new)
    assert pair.ours.evidencing.content(record) == photo.read_bytes()
    origin = pair.ours.querying.record("parcel", pair.keys["L1"]).origins["area_cert"]
    assert origin.raw == "约50亩"
    assert pair.program.safekeeping.verify(pair.ours.project).whole
    pair.ours.history.undo()
    assert content(pair.ours) == before
    assert pair.merge().comparison.counts == {"created": 2, "updated": 1, "deleted": 1}
    assert content(pair.ours) == after


def test_merging_twice_changes_nothing(pair):
    pair.theirs.editing.edit("parcel", pair.keys["L1"], "name", "东一")
    assert pair.merge().written
    with pair.ours.unit_of_work() as work:
        steps = len(work.log.all())
    again = pair.merge()
    assert (again.written, again.taken, again.comparison.differences) == (False, (), ())
    back = pair.merge(back=True)
    assert (back.written, back.taken) == (False, ())
    with pair.ours.unit_of_work() as work:
        assert len(work.log.all()) == steps


def test_the_same_field_changed_differently_is_shown_and_stays_open_until_decided(pair):
    key = pair.keys["L1"]
    pair.ours.editing.edit("parcel", key, "name", "东一")
    pair.theirs.editing.edit("parcel", key, "name", "西一")
    pair.theirs.editing.edit("parcel", key, "area_cert", "40亩")
    done = pair.merge()
    [open_] = done.open
    found = open_.difference
    assert (found.cell, found.conflict) == (("parcel", key, "name"), Conflict.BOTH)
    assert (open_.base, found.ours.value, found.theirs.value) == ("L1地", "东一", "西一")
    assert found.ours_by.at
    assert found.theirs_by.actor
    assert value(pair.ours, "parcel", key, "name") == "东一"
    assert value(pair.ours, "parcel", key, "area_cert") == pytest.approx(Decimal("26666.666667"))
    again = pair.merge()
    assert (len(again.open), again.written) == (1, False)
    assert pair.merge(prefer="ours").written
    assert pair.merge().open == ()
    assert value(pair.ours, "parcel", key, "name") == "东一"
    # The other desk sees that this was decided after its own edit, and takes the decision over.
    assert pair.merge(back=True).open == ()
    assert value(pair.theirs, "parcel", key, "name") == "东一"


def test_theirs_is_preferred_on_request_and_the_same_edit_twice_is_no_conflict(pair):
    key = pair.keys["L1"]
    for services, name in ((pair.ours, "东一"), (pair.theirs, "西一")):
        services.editing.edit("parcel", key, "name", name)
        services.editing.edit("parcel", key, "area_cert", "60亩")
    done = pair.merge(prefer="theirs")
    assert [each.field for each in done.taken] == ["name"]
    assert value(pair.ours, "parcel", key, "name") == "西一"
    assert pair.merge(back=True).taken == ()


def test_edits_go_back_and_forth_over_several_merges(pair):
    key = pair.keys["L1"]
    pair.ours.editing.edit("parcel", key, "name", "一")
    pair.merge(back=True)
    pair.ours.editing.edit("parcel", key, "name", "二")
    done = pair.merge()
    assert (done.taken, done.open) == ((), ())
    pair.merge(back=True)
    assert value(pair.theirs, "parcel", key, "name") == "二"
    pair.theirs.editing.edit("parcel", key, "name", "三")
    assert pair.merge().open == ()
    assert value(pair.ours, "parcel", key, "name") == "三"
    pair.theirs.history.undo()
    assert pair.merge().open == ()
    assert value(pair.ours, "parcel", key, "name") == "二"


def test_a_step_taken_back_over_there_is_news_when_it_was_common(pair):
    pair.theirs.history.undo()  # the building came with the last common step
    done = pair.merge()
    assert [each.kind.value for each in done.taken] == ["deleted"]
    pair.theirs.editing.edit("park", pair.keys["park"], "name", "改名")
    pair.theirs.history.undo()
    assert pair.merge().taken == ()


def test_deleted_on_one_side_and_edited_on_the_other_is_a_conflict(pair):
    pair.ours.editing.delete("building", [pair.keys["B1"]])
    pair.theirs.editing.edit("building", pair.keys["B1"], "name", "甲楼")
    pair.ours.editing.edit("parcel", pair.keys["L2"], "name", "西二")
    pair.theirs.editing.delete("parcel", [pair.keys["L2"]])
    done = pair.merge()
    assert {each.difference.conflict for each in done.open} == {
        Conflict.DELETED_HERE, Conflict.DELETED_THERE,
    }  # fmt: skip
    assert done.taken == ()
    pair.merge(prefer="theirs")
    assert value(pair.ours, "building", pair.keys["B1"], "name") == "甲楼"
    assert ("parcel", pair.keys["L2"]) not in content(pair.ours)
    assert pair.program.safekeeping.verify(pair.ours.project).whole


def test_nothing_that_comes_or_goes_leaves_a_reference_to_nothing(pair):
    pair.theirs.editing.delete("building", [pair.keys["B1"]])
    pair.theirs.editing.delete("parcel", [pair.keys["L1"]])
    pair.ours.editing.add("building", {"code": "B2", "name": "二号厂房", "parcel": "L1"})
    done = pair.merge(prefer="theirs")
    assert [(each.record.entity, each.kind.value) for each in done.taken] == [
        ("building", "deleted")
    ]
    pair.ours.editing.delete("parcel", [pair.keys["L2"]])
    pair.theirs.editing.add("building", {"code": "B3", "name": "三号厂房", "parcel": "L2"})
    [left] = pair.merge().open
    assert left.difference.conflict is Conflict.NO_TARGET
    pair.merge(prefer="theirs")
    assert ("parcel", pair.keys["L2"]) in content(pair.ours)
    assert pair.program.safekeeping.verify(pair.ours.project).whole


def test_one_thing_entered_at_both_desks_is_one_record(pair):
    codes = {"code": "L9", "name": "九号地", "park": "柳溪园"}
    mine = pair.ours.editing.add("parcel", {**codes, "area_cert": "9亩"})
    theirs = pair.theirs.editing.add("parcel", {**codes, "note": "闲置"})
    pair.theirs.editing.add("building", {"code": "B9", "name": "九号楼", "parcel": "L9"})
    pair.merge()
    kept = content(pair.ours)
    assert ("parcel", theirs) not in kept
    assert kept[("parcel", mine)][0]["area_cert"] == 6000
    [building] = [v for (e, _), (v, _) in kept.items() if e == "building" and v["code"] == "B9"]
    assert building["parcel"] == mine
    assert pair.merge().written is False


def test_a_final_assessment_is_never_altered_and_one_from_there_comes_whole(pair):
    from tests.integration.test_finalizing import DAY, finalized

    for services in (pair.ours, pair.theirs):
        for code in ("L1", "L2"):
            values = {"status": "已建成", "holder_type": "国企", "end_on": "2050-01-01"}
            for field, text in values.items():
                services.editing.edit("parcel", pair.keys[code], field, text)
        services.editing.edit("park", pair.keys["park"], "city_tier", "县城")
    park = pair.keys["park"]
    finalized(pair.theirs, pair.theirs.assessments.start("年中", park, DAY))
    look = pair.ours.keeping.reconciling.look(pair.theirs.project, "另一份")
    assert look.finals == ("年中",)
    assert pair.merge().open == ()
    assert pair.program.safekeeping.verify(pair.ours.project).frozen == 1
    assert pair.program.safekeeping.verify(pair.ours.project).whole
    # Undo steps over what brought a final: it can never go.
    step = pair.ours.history.next_undo()
    assert step.label != "copies.merge_final"
    assert content(pair.ours) == content(pair.theirs)


def test_what_only_makes_sense_together_is_taken_or_left_as_a_whole(pair):
    """A review is of one state: ours accepted, theirs changed the state, never both halves."""
    for services in (pair.ours, pair.theirs):
        services.history.undo()  # both without the building: the common part is what counts
    pair.merge()
    record = pair.ours.assessments.start("年中", pair.keys["park"], date(2026, 6, 30))
    state = ItemState("S1-01", owner="甲")
    pair.ours.ticking.set_state(record, "S1-01", state)
    assert pair.merge(back=True).written
    pair.ours.ticking.set_state(record, "S1-01", replace(state, note="本份的备注"))
    pair.theirs.ticking.set_state(record, "S1-01", replace(state, owner="乙"))
    [open_] = pair.merge().open
    found = open_.difference
    assert (found.field, set(found.fields), found.conflict) == (
        "",
        {"owner", "note"},
        Conflict.BOTH,
    )
    pair.merge(prefer="theirs")
    sheet = pair.ours.ticking.sheet(record)
    assert (sheet.state("S1-01").owner, sheet.state("S1-01").note) == ("乙", "")
    assert pair.merge(back=True).open == ()
    assert content(pair.ours) == content(pair.theirs)


def test_two_projects_without_common_history_are_refused(pair, program, tmp_path):
    stranger = program.create(str(tmp_path / "别的.park"))
    stranger.editing.add("park", {"code": "X", "name": "别的园"})
    with pytest.raises(ProjectError) as refused:
        pair.ours.keeping.reconciling.look(stranger.project, "别的.park")
    assert refused.value.code == "copies.unrelated"
    with pytest.raises(UsageError):
        pair.ours.keeping.reconciling.look(pair.ours.project, "本份.park")
    stranger.close()


def test_copies_of_a_project_that_was_still_empty_know_each_other(program, tmp_path):
    pair = Pair(program, tmp_path, fill=False)
    pair.theirs.editing.add("park", {"code": "P", "name": "甲园"})
    assert pair.merge().comparison.counts["created"] == 1
    pair.close()


def test_what_changed_after_it_was_shown_is_not_taken_unseen(pair):
    reconciling = pair.ours.keeping.reconciling
    pair.theirs.editing.edit("parcel", pair.keys["L1"], "name", "东一")
    look = reconciling.look(pair.theirs.project, "另一份")
    pair.ours.editing.edit("parcel", pair.keys["L1"], "name", "西一")
    with pytest.raises(RefusedError) as refused:
        pair.merge(chosen=[each.cell for each in look.differences], token=look.token)
    assert refused.value.code == "copies.changed_meanwhile"
    assert value(pair.ours, "parcel", pair.keys["L1"], "name") == "西一"


def test_an_older_copy_is_read_without_being_changed(pair):
    pair.theirs.editing.edit("parcel", pair.keys["L1"], "name", "东一")
    other = pair.theirs.project
    pair.theirs.close()
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = DELETE; DROP TABLE merged_copy; DROP TABLE brought_change;"
            "DROP TABLE brought_step; DROP TABLE operation_seal; DROP TABLE creation_seal;"
            "UPDATE alembic_version SET version_num = '0011'; PRAGMA user_version = 11;"
        )
    before = Path(other).read_bytes()
    assert len(pair.merge().taken) == 1
    assert Path(other).read_bytes() == before


def test_the_command_shows_merges_and_says_what_stays_open(pair, capsys):
    key = pair.keys["L1"]
    pair.ours.editing.edit("parcel", key, "name", "东一")
    pair.theirs.editing.edit("parcel", key, "name", "西一")
    pair.theirs.editing.edit("parcel", key, "area_cert", "40亩")
    pair.close()
    project, other = pair.ours.project, pair.theirs.project
    before = content(pair.program.open(project))
    assert main(["merge", project, other, "--dry-run", "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert (shown["dry_run"], shown["written"], shown["open"]) == (True, False, 1)
    assert shown["counts"] == {"created": 0, "updated": 1, "deleted": 0}
    [conflict] = shown["conflicts"]
    assert (conflict["field"], conflict["base"], conflict["ours"], conflict["theirs"]) == (
        "name", "L1地", "东一", "西一",
    )  # fmt: skip
    assert content(pair.program.open(project)) == before
    assert main(["merge", project, other]) == 1
    said = capsys.readouterr().out
    assert "东一" in said
    assert "西一" in said
    assert "40" in said
    assert main(["merge", project, other, "--prefer", "theirs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["open"] == 0
    assert main(["merge", project, other, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] is False
    assert main(["undo", project, "--json"]) == 0
    assert "另一份.park" in json.loads(capsys.readouterr().out)["text"]
    assert main(["merge", project, project]) == 2
    assert (
        main(
            ["merge", project, other, "--prefer", "mine"]
            if False
            else ["merge", project, project + "x"]
        )
        == 4
    )


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["L1", "L2", "B1", "park"]),
        st.sampled_from(["name", "note"]),
        st.sampled_from(["甲", "乙", "丙"]),
    ),
    max_size=5,
)


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(mine=EDITS, yours=EDITS, added=st.booleans(), gone=st.booleans())
def test_without_conflict_the_order_of_merging_does_not_matter(
    mine, yours, added, gone, tmp_path_factory
):
    """merge(A, B) = merge(B, A) where no cell was changed at both desks."""
    pair = Pair(Program(), tmp_path_factory.mktemp("pair"))
    touched = {(code, field) for code, field, _ in mine}
    yours = [edit for edit in yours if edit[:2] not in touched]
    kinds = {"L1": "parcel", "L2": "parcel", "B1": "building", "park": "park"}
    for services, edits in ((pair.ours, mine), (pair.theirs, yours)):
        for code, field, text in edits:
            services.editing.edit(kinds[code], pair.keys[code], field, text)
    if added:
        pair.ours.editing.add("parcel", {"code": "L3", "name": "三", "park": pair.keys["park"]})
        pair.theirs.editing.add("parcel", {"code": "L4", "name": "四", "park": pair.keys["park"]})
    if gone and all(code != "B1" for code, _, _ in mine):
        pair.theirs.editing.delete("building", [pair.keys["B1"]])
    there = content(pair.theirs)
    forth = pair.merge()
    assert forth.open == ()
    ours = content(pair.ours)
    pair.ours.history.undo() if forth.written else None
    back = pair.merge(back=True)
    assert back.open == ()
    assert content(pair.theirs) == ours
    assert there.keys() - content(pair.theirs).keys() == set()
    pair.close()


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(st.tuples(EDITS, EDITS, st.booleans(), st.booleans()), max_size=3))
def test_a_decided_merge_and_one_back_make_the_copies_equal(rounds, tmp_path_factory):
    """However often the copies part and meet: one decides, the other takes the decision over."""
    pair = Pair(Program(), tmp_path_factory.mktemp("pair"))
    kinds = {"L1": "parcel", "L2": "parcel", "B1": "building", "park": "park"}
    for mine, yours, theirs, undo in rounds:
        for services, edits in ((pair.ours, mine), (pair.theirs, yours)):
            for code, field, text in edits:
                services.editing.edit(kinds[code], pair.keys[code], field, text)
        if undo and yours:
            pair.theirs.history.undo()
        pair.merge(prefer="theirs" if theirs else "ours")
        back = pair.merge(back=True)
        assert back.open == ()
        assert content(pair.ours) == content(pair.theirs)
        assert not pair.merge().written
    pair.close()


def test_history_tells_who_entered_a_taken_value_over_there_and_when(pair, capsys):
    key = pair.keys["L1"]
    pair.theirs.editing.edit("parcel", key, "name", "东地")
    pair.theirs.editing.edit("parcel", key, "name", "东一")
    pair.theirs.editing.edit("parcel", key, "area_cert", "40亩")
    pair.theirs.history.undo()
    new = pair.theirs.editing.add("parcel", {"code": "L9", "name": "九号", "park": "柳溪园"})
    pair.ours.editing.edit("parcel", pair.keys["L2"], "name", "二号地")
    pair.merge()
    steps = pair.ours.querying.history("parcel", key)
    told = [(step.label, [(f.field, f.old.value, f.new.value) for f in done.records[0].fields])
            for step, done in steps]  # fmt: skip
    assert told[:3] == [
        ("copies.merge", [("name", "L1地", "东一")]),
        ("copies.brought", [("name", "东地", "东一")]),
        ("copies.brought", [("name", "L1地", "东地")]),
    ]
    with pair.theirs.unit_of_work() as work:
        entered = [step for step, _ in work.log.of_record("parcel", key) if not step.undone][1:3]
    assert [(s.actor, s.at) for s, _ in steps[1:3]] == [(e.actor, e.at) for e in entered]
    assert pair.program.safekeeping.verify(pair.ours.project).troubles == ()
    pair.close()
    assert main(["log", pair.ours.project, "--record", new, "--json"]) == 0
    labels = [each["label"] for each in json.loads(capsys.readouterr().out)["operations"]]
    assert labels == ["copies.merge", "copies.brought"]
    with closing(sqlite3.connect(pair.ours.project)) as connection:
        connection.execute("UPDATE brought_step SET actor = '别人'")
        connection.commit()
    assert [t.code for t in pair.program.safekeeping.verify(pair.ours.project).troubles] == [
        "log_altered"
    ]
