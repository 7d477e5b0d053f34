"""The contract's ``merge``: two offline copies of one project are brought together."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from tests.copies_rig import Pair, content, value
from workbench.application.project.evidencing import Owner
from workbench.application.project.rechecking import broken_words
from workbench.domain.findings import ProjectError, RefusedError, UsageError
from workbench.domain.parcels.parts import Part, SplitPlan
from workbench.domain.reconciling.differences import Conflict


@pytest.fixture
def pair(program, tmp_path):
    pair = Pair(program, tmp_path)
    yield pair
    pair.close()


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


def test_land_divided_here_and_edited_there_is_never_counted_twice_in_silence(pair):
    parts = (Part("L2A", "", Decimal(1000), ()), Part("L2B", "", None, ()))
    pair.theirs.editing.edit("parcel", pair.keys["L2"], "area_cert", "3000㎡")
    pair.ours.editing.edit("parcel", pair.keys["L2"], "area_cert", "3000㎡")
    pair.ours.splitting.split(SplitPlan(pair.keys["L2"], parts, {}), "图上分开", None)
    pair.theirs.editing.edit("parcel", pair.keys["L2"], "name", "西二")
    assert pair.merge().broken == (), "the parts stay, what they were made of stays away"
    done = pair.merge(prefer="theirs")
    [broken] = done.broken
    assert (broken.code, broken.key) == ("land_twice", pair.keys["L2"])
    words = broken_words(broken, pair.program.texts("zh_CN"))
    assert "L2A、L2B" in words
    assert "面积会算两遍" in words


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
            "DROP TABLE cleaned_files; DROP TABLE hidden_name; DROP TABLE nameless_file;"
            "DROP TABLE distinct_pair;"
            "DROP TABLE brought_step; DROP TABLE operation_seal; DROP TABLE creation_seal;"
            "UPDATE alembic_version SET version_num = '0011'; PRAGMA user_version = 11;"
        )
    before = Path(other).read_bytes()
    assert len(pair.merge().taken) == 1
    assert Path(other).read_bytes() == before
