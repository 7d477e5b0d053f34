"""US15: verify, backup and restore of whole project files, on real files that are really broken."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.integration.conftest import FixedClock
from workbench.application.ports import Cancelled
from workbench.application.project.evidencing import Owner
from workbench.application.project.safekeeping import (
    Backup,
    Health,
    newest_usable,
    outlived,
    read_name,
)
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.findings import InputError, OutputError, ProjectError, UsageError

NOON = datetime(2026, 6, 30, 12, 0)


@pytest.fixture
def keeper(program):
    return program.safekeeping


@pytest.fixture
def project(services, tmp_path):
    """A park with two pieces of evidence, edited, undone, and closed."""
    key = services.editing.add("park", {"code": "LX", "name": "柳溪装备产业园"})
    for name, size in (("权证.pdf", 3_000_000), ("照片.jpg", 40)):
        path = tmp_path / name
        path.write_bytes(name.encode() * (size // 10))
        services.evidencing.attach(Owner("park", key), [str(path)])
    services.editing.edit("park", key, "name", "柳溪园")
    services.editing.edit("park", key, "name", "柳溪二园")
    services.history.undo()
    return services.project


def broken(project, *statements):
    """Change a project behind the program's back."""
    with closing(sqlite3.connect(project)) as connection:
        for sql in statements:
            connection.execute(sql)
        connection.commit()


def codes(seen):
    return [trouble.code for trouble in seen.troubles]


def pages_spoilt(path):
    """Overwrite the middle of a file, as a bad disk does."""
    content = bytearray(Path(path).read_bytes())
    content[4096:-4096] = b"\xa5" * (len(content) - 8192)
    Path(path).write_bytes(content)


def test_a_whole_project_is_counted_and_nothing_is_found(keeper, project):
    seen = keeper.verify(project)
    assert seen.whole
    assert not seen.damaged
    assert (seen.records["park"], seen.records["evidence"], seen.contents) == (1, 2, 2)
    assert seen.operations == 6
    assert seen.newest == FixedClock().now()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE blob_piece SET content = x'00' WHERE ordinal = 1", "evidence_altered"),
        ("DELETE FROM blob_piece WHERE ordinal = 1", "evidence_altered"),
        ("DELETE FROM blob_piece", "evidence_missing"),
        ("UPDATE evidence SET size = size + 1", "evidence_altered"),
        ("UPDATE park SET name = '改名园'", "field_altered"),
        ("DELETE FROM park", "record_altered"),
        ("UPDATE operation SET sequence = 9 WHERE sequence = 6", "log_gap"),
    ],
)
def test_what_is_changed_behind_the_programs_back_is_named(keeper, project, sql, code):
    broken(project, sql)
    seen = keeper.verify(project)
    assert code in codes(seen)
    assert not seen.damaged


def test_a_frozen_assessment_that_was_altered_is_named(keeper, services):
    from tests.integration.test_finalizing import DAY, finalized

    park = services.editing.add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    parcel = {
        "code": "L", "name": "一地", "park": "甲园", "area_cert": "30亩", "status": "已建成",
        "holder_type": "国企", "end_on": "2050-01-01",
    }  # fmt: skip
    services.editing.add("parcel", parcel)
    finalized(services, services.assessments.start("年中", park, DAY))
    seen = keeper.verify(services.project)
    assert (seen.troubles, seen.frozen) == ((), 1)
    broken(services.project, "UPDATE assessment SET digest = 'x'")
    assert "frozen_altered" in codes(keeper.verify(services.project))


def test_a_backup_of_an_open_project_holds_its_newest_state(keeper, project, tmp_path):
    assert Path(project + "-wal").stat().st_size  # the services fixture has it open
    made = keeper.backup(project, str(tmp_path / "备份"), NOON)
    assert made.verification.whole
    assert made.backup.name.startswith("园区 100%.20260630-120000.")
    with closing(sqlite3.connect(made.backup.path)) as copy:
        assert copy.execute("SELECT name FROM park").fetchone() == ("柳溪园",)
    line = Path(made.backup.path + ".sha256").read_text(encoding="utf-8")
    assert line == f"{made.sha256}  {made.backup.name}\n"
    names = sorted(path.name for path in (tmp_path / "备份").iterdir())
    assert names == [made.backup.name, made.backup.name + ".sha256"]


def test_generations_make_room_and_a_damaged_project_pushes_nothing_out(keeper, project, tmp_path):
    folder = str(tmp_path / "备份")
    for minute in range(4):
        keeper.backup(project, folder, NOON + timedelta(minutes=minute), keep=2)
    kept = [each.at.minute for each in keeper.backups(project, folder)]
    assert kept == [3, 2]
    broken(project, "UPDATE blob_piece SET content = x'00'")
    for minute in range(4, 8):
        keeper.backup(project, folder, NOON + timedelta(minutes=minute), keep=2)
    found = keeper.backups(project, folder)
    assert [each.at.minute for each in found] == [7, 6, 3, 2]
    assert [each.health for each in found] == [Health.ISSUES] * 2 + [Health.GOOD] * 2
    assert newest_usable(found).at.minute == 3
    copy = tmp_path / "坏" / Path(project).name
    copy.parent.mkdir()
    shutil.copy(found[2].path, copy)
    pages_spoilt(copy)
    with pytest.raises(ProjectError, match=r"safekeeping\.damaged"):
        keeper.backup(str(copy), folder, NOON + timedelta(minutes=9), keep=1)
    assert [each.at.minute for each in keeper.backups(project, folder)] == [7, 6, 3, 2]


def test_another_project_of_the_same_name_keeps_its_backups(keeper, program, project, tmp_path):
    folder = str(tmp_path / "备份")
    keeper.backup(project, folder, NOON)
    other = program.create(str(tmp_path / "坏.park"))
    other.editing.add("park", {"code": "A", "name": "另一园"})
    other.close()
    (tmp_path / "别处").mkdir()
    twin = tmp_path / "别处" / Path(project).name
    Path(other.project).rename(twin)
    keeper.backup(str(twin), folder, NOON + timedelta(minutes=1), keep=1)
    assert len(keeper.backups(project, folder)) == 2


def test_a_backup_without_room_or_place_leaves_nothing(keeper, project, tmp_path, monkeypatch):
    folder = tmp_path / "备份"
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 8, 1))
    with pytest.raises(OutputError, match=r"safekeeping\.no_room"):
        keeper.backup(project, str(folder), NOON)
    assert list(folder.iterdir()) == []
    with pytest.raises(OutputError, match=r"project\.cannot_write"):
        keeper.backup(project, project, NOON)


class Stopped:
    """A person who stops at once."""

    def step(self, _done, _total):
        raise Cancelled


def test_a_stopped_backup_leaves_nothing(keeper, project, tmp_path):
    with pytest.raises(Cancelled):
        keeper.backup(project, str(tmp_path / "备份"), NOON, progress=Stopped())
    assert list((tmp_path / "备份").iterdir()) == []


def test_listed_backups_show_what_they_are_worth(keeper, project, tmp_path):
    folder = tmp_path / "备份"
    made = [keeper.backup(project, str(folder), NOON + timedelta(hours=h)) for h in range(4)]
    Path(made[0].backup.path).write_bytes(b"")
    pages_spoilt(made[1].backup.path)
    Path(made[2].backup.path + ".sha256").unlink()
    found = keeper.backups(project, str(folder))
    wanted = [Health.GOOD, Health.NO_CHECKSUM, Health.ALTERED, Health.EMPTY]
    assert [each.health for each in found] == wanted


def test_restore_moves_the_present_project_aside_and_says_where(keeper, program, tmp_path, project):
    made = keeper.backup(project, str(tmp_path / "备份"), NOON)
    work = tmp_path / "工作" / "园区.park"
    work.parent.mkdir()
    shutil.copy(made.backup.path, work)
    broken(work, "UPDATE park SET name = '后来的名称'")
    said = keeper.restore(made.backup.path, str(work), NOON, dry_run=True)
    assert said.verification.records["park"] == 1
    assert [path.name for path in work.parent.iterdir()] == ["园区.park"]
    done = keeper.restore(made.backup.path, str(work), NOON)
    assert Path(done.aside).name == "园区.park.20260630-120000.bak"
    names = []
    for path in (work, done.aside):
        with closing(sqlite3.connect(path)) as connection:
            names += connection.execute("SELECT name FROM park").fetchone()
    assert names == ["柳溪园", "后来的名称"]
    opened = program.open(str(work))
    assert opened.querying.records("park")[0].get("name") == "柳溪园"
    opened.close()


def test_restore_refuses_what_is_altered_newer_open_or_the_same(keeper, project, tmp_path):
    made = keeper.backup(project, str(tmp_path / "备份"), NOON)
    with pytest.raises(ProjectError, match=r"safekeeping\.open_elsewhere"):
        keeper.restore(made.backup.path, project, NOON)
    with pytest.raises(UsageError, match=r"safekeeping\.same_file"):
        keeper.restore(project, project, NOON)
    newer = tmp_path / "新.park"
    shutil.copy(made.backup.path, newer)
    broken(newer, "PRAGMA user_version = 9999")
    with pytest.raises(ProjectError, match=r"project\.newer"):
        keeper.restore(str(newer), str(tmp_path / "x.park"), NOON)
    pages_spoilt(made.backup.path)
    with pytest.raises(InputError, match=r"safekeeping\.backup_altered"):
        keeper.restore(made.backup.path, str(tmp_path / "x.park"), NOON)
    Path(made.backup.path + ".sha256").unlink()
    with pytest.raises(InputError, match=r"safekeeping\.backup_damaged"):
        keeper.restore(made.backup.path, str(tmp_path / "x.park"), NOON)
    assert not (tmp_path / "x.park").exists()


def test_a_damaged_project_comes_back_and_the_damaged_file_stays(keeper, project, tmp_path):
    made = keeper.backup(project, str(tmp_path / "备份"), NOON)
    work = tmp_path / "园.park"
    shutil.copy(made.backup.path, work)
    pages_spoilt(work)
    spoilt = work.read_bytes()
    assert keeper.verify(str(work)).damaged
    done = keeper.restore(made.backup.path, str(work), NOON)
    assert Path(done.aside).read_bytes() == spoilt
    assert keeper.verify(str(work)).whole


def test_the_three_commands_and_their_exit_statuses(project, services, tmp_path, capsys):
    def run(*words, status=0):
        assert main([*words, "--json"]) == status
        return json.loads(capsys.readouterr().out)

    services.close()
    assert run("verify", project)["whole"] is True
    made = run("backup", project, str(tmp_path / "备份"))
    listed = run("backup", project, str(tmp_path / "备份"), "--list")["backups"]
    assert [each["health"] for each in listed] == ["good"]
    target = str(tmp_path / "新" / "园.park")
    assert main(["restore", made["path"], target]) == 5
    Path(target).parent.mkdir()
    assert run("restore", made["path"], target, "--dry-run")["content"]["records"]["park"] == 1
    assert not Path(target).exists()
    assert run("restore", made["path"], target)["aside"] is None
    assert run("verify", target)["whole"] is True
    broken(target, "UPDATE blob_piece SET content = x'00'")
    assert {each["code"] for each in run("verify", target, status=1)["troubles"]} == {
        "evidence_altered"
    }
    pages_spoilt(target)
    assert run("verify", target, status=4)["damaged"] is True
    for language in ("zh", "en"):
        assert main(["--language", language, "verify", target]) == 4
    words = capsys.readouterr().out
    assert "已损坏" in words
    assert "damaged" in words


def test_backups_that_make_room_are_counted_per_project_and_kind():
    def backup(day, mark, health):
        return Backup(f"{day}", datetime(2026, 6, day), 1, mark, health)

    found = [backup(day, "aaaaaaaa", Health.GOOD) for day in range(1, 5)]
    found += [backup(5, "bbbbbbbb", Health.GOOD), backup(6, "aaaaaaaa", Health.ALTERED)]
    assert [each.at.day for each in outlived(found, "aaaaaaaa", 3)] == [1]
    assert [each.at.day for each in outlived(found, "aaaaaaaa", 0)] == [3, 2, 1]
    assert outlived(found, "bbbbbbbb", 1) == []
    assert newest_usable([]) is None
    assert read_name("园.20260630-120000.aaaaaaaa.park", "园.park")[2] is False
    assert read_name("园.20261330-120000.aaaaaaaa.park", "园.park") is None
    assert read_name("园二.20260630-120000.aaaaaaaa.park", "园.park") is None


def test_backups_lie_beside_the_project_unless_a_folder_is_set(tmp_path):
    program = Program(clock=FixedClock())
    assert program.backup_folder(str(tmp_path / "园.park")) == str(tmp_path / "备份")


def test_journals_of_a_project_that_is_gone_are_not_played_into_a_new_one(program, tmp_path):
    """Somebody deletes a .park after a crash and leaves its -wal: new and restore start clean."""
    path = tmp_path / "园.park"
    services = program.create(str(path))
    services.editing.add("park", {"code": "A", "name": "旧园"})
    made = program.back_up(str(path), str(tmp_path / "备份"))
    services.editing.add("park", {"code": "B", "name": "后来的园"})
    left = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("-wal", "-shm")}
    services.close()
    for make, parks in (
        (lambda: program.create(str(path)).close(), 0),
        (lambda: program.restore(made.backup.path, str(path)), 1),
    ):
        path.unlink()
        for suffix, content in left.items():
            Path(f"{path}{suffix}").write_bytes(content)
        make()
        seen = program.safekeeping.verify(str(path))
        assert (seen.whole, seen.records["park"]) == (True, parks)


def test_former_files_beyond_the_set_number_make_room(keeper, project, services, tmp_path):
    made = keeper.backup(project, str(tmp_path / "备份"), NOON)
    services.close()
    for minute in range(3):
        keeper.restore(made.backup.path, project, NOON + timedelta(minutes=minute), asides=2)
    done = keeper.restore(made.backup.path, project, NOON + timedelta(minutes=9), asides=2)
    assert done.removed == ("园区 100%.park.20260630-120100.bak",)
    names = sorted(path.name for path in tmp_path.glob("*.bak"))
    assert names == [f"园区 100%.park.20260630-{at}.bak" for at in ("120200", "120900")]


def test_a_value_that_was_spoilt_is_the_projects_damage_not_a_bug(project, services, capsys):
    """A flipped bit in a text leaves SQLite's pages sound and trips whoever reads the value."""
    services.close()
    broken(project, "UPDATE park SET name = CAST(x'c1ff' AS TEXT)")
    for words in (["list", project, "park"], ["log", project], ["verify", project]):
        assert main(words) == 4, words
        said = capsys.readouterr()
        assert "已损坏" in said.out + said.err


def test_what_a_kill_left_of_a_backup_is_removed_by_the_next_one(keeper, project, tmp_path):
    folder = tmp_path / "备份"
    folder.mkdir()
    stem = Path(project).stem
    left, fresh = folder / f".{stem}.4711-1.new", folder / f".{stem}.4712-1.new"
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (1, 1))
    keeper.backup(project, str(folder), NOON)
    assert not left.exists()
    assert fresh.exists()  # another program may be writing it now
