"""What the command and the history say of a merge."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.copies_rig import Pair, content
from workbench.cli.main import main


@pytest.fixture
def pair(program, tmp_path):
    pair = Pair(program, tmp_path)
    yield pair
    pair.close()


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
    assert main(["merge", project, project + "x"]) == 4


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
