"""Evidence that nothing needs is removed on request, with preview, after a backup."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.application.project import cleaning
from workbench.application.project.evidencing import Owner
from workbench.cli.main import main
from workbench.domain.checklist.state import ItemStatus
from workbench.domain.findings import RefusedError


@pytest.fixture
def park(services):
    return services.editing.add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})


def attach(services, park, tmp_path, name, size=300_000):
    path = tmp_path / name
    path.write_bytes(name.encode() * (size // len(name.encode())))
    [key] = services.evidencing.attach(Owner("park", park), [str(path)])
    return key


def pass_undo(services, park, monkeypatch):
    """Let later steps push everything out of undo's reach."""
    monkeypatch.setattr(cleaning, "SEARCHED", 2)
    for name in ("乙园", "丙园"):
        services.editing.edit("park", park, "name", name)


def names(found):
    return [each.name for each in found.found]


def test_nothing_goes_that_a_record_or_undo_needs(services, park, tmp_path, monkeypatch):
    kept = attach(services, park, tmp_path, "权证.pdf")
    gone = attach(services, park, tmp_path, "旧照片.jpg", 3_000_000)
    services.evidencing.detach(gone)
    assert names(services.keeping.cleaning.look()) == []
    assert services.keeping.cleaning.look().kept == 1
    pass_undo(services, park, monkeypatch)
    found = services.keeping.cleaning.look()
    assert names(found) == ["旧照片.jpg"]
    assert found.found[0].removed_by
    assert found.size == pytest.approx(3_000_000, rel=0.01)
    services.keeping.cleaning.clean([each.sha256 for each in found.found])
    [left] = services.evidencing.all()
    assert left.key == kept
    assert services.evidencing.content(left)
    assert Path(services.project).stat().st_size < 2_000_000
    assert services.program.safekeeping.verify(services.project).whole
    services.history.undo()
    assert services.keeping.cleaning.look().found == ()


def test_a_file_that_is_needed_again_meanwhile_is_refused(services, park, tmp_path, monkeypatch):
    services.evidencing.detach(attach(services, park, tmp_path, "图.jpg"))
    pass_undo(services, park, monkeypatch)
    found = services.keeping.cleaning.look()
    attach(services, park, tmp_path, "图.jpg")
    with pytest.raises(RefusedError) as refused:
        services.keeping.cleaning.clean([each.sha256 for each in found.found])
    assert refused.value.code == "cleaning.needed_again"


def test_what_a_review_or_a_final_assessment_names_stays(services, park, tmp_path, monkeypatch):
    from tests.integration.test_finalizing import DAY, finalized

    parcel = {
        "code": "L", "name": "一地", "park": "甲园", "area_cert": "30亩", "status": "已建成",
        "holder_type": "国企", "end_on": "2050-01-01",
    }  # fmt: skip
    services.editing.add("parcel", parcel)
    record = services.assessments.start("年中", park, DAY)
    sheet = services.ticking.sheet(record)
    first, second = [item.id for item in sheet.template.items][:2]
    keys = []
    for item, name in ((first, "复核过的.pdf"), (second, "没复核的.pdf")):
        path = tmp_path / name
        path.write_bytes(name.encode() * 200)
        state = replace(services.ticking.sheet(record).state(item), status=ItemStatus.DONE)
        services.ticking.set_state(record, item, state, [str(path)])
        keys += [each.key for each in services.evidencing.all() if each.key not in keys]
    services.checklists.reviewing.submit(record, [first])
    for key in keys:
        services.evidencing.detach(key)
    pass_undo(services, park, monkeypatch)
    assert names(services.keeping.cleaning.look()) == ["没复核的.pdf"]
    path = tmp_path / "定稿用的.pdf"
    path.write_bytes(b"final" * 300)
    state = services.ticking.sheet(record).state(second)
    services.ticking.set_state(record, second, state, [str(path)])
    finalized(services, services.querying.record("assessment", record.key))
    with closing(sqlite3.connect(services.project)) as behind:
        behind.execute("DELETE FROM evidence")  # not even what was deleted behind our back
        behind.commit()
    pass_undo(services, park, monkeypatch)
    sizes = {each.size for each in services.keeping.cleaning.look().found}
    assert len(b"final" * 300) not in sizes


def test_the_command_shows_backs_up_and_removes(services, park, tmp_path, monkeypatch, capsys):
    services.evidencing.detach(attach(services, park, tmp_path, "图.jpg"))
    pass_undo(services, park, monkeypatch)
    project = services.project
    services.close()
    assert main(["evidence", project, "clean", "--dry-run", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["files"][0]["name"], shown["removed"], shown["backup"]) == ("图.jpg", False, None)
    assert main(["evidence", project, "clean"]) == 0
    assert "已清理 1 份" in capsys.readouterr().out
    [backup] = (tmp_path / "备份").glob("*.park")
    assert main(["evidence", str(backup), "clean", "--dry-run", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["files"]) == 1
    assert main(["evidence", project, "clean", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == []


def test_the_log_tells_who_removed_what_when_and_why_and_is_sealed(
    services, park, tmp_path, monkeypatch, capsys
):
    services.evidencing.detach(attach(services, park, tmp_path, "图.jpg"))
    pass_undo(services, park, monkeypatch)
    with services.unit_of_work(writing=True) as work:  # as an older program remembered it
        old = {"at": "2025-01-02T03:04:05+08:00", "by": "老王",
               "files": [{"sha256": "a" * 64, "name": "旧.pdf", "size": 7}]}  # fmt: skip
        work.set_setting("cleaned_files", json.dumps([old]))
        work.commit()
    project = services.project
    services.close()
    assert main(["evidence", project, "clean", "--reason", "换了清晰的扫描件"]) == 0
    capsys.readouterr()
    assert main(["log", project, "--json"]) == 0
    newest = json.loads(capsys.readouterr().out)["operations"][0]
    assert (newest["label"], newest["reason"]) == ("cleaning.clean", "换了清晰的扫描件")
    assert newest["actor"]
    assert "1 份" in newest["text"]
    opened = services.program.open(project)
    before, now = opened.querying.records("cleaned_files")
    assert (before.text("cleaned_by"), before.get("count")) == ("老王", 1)
    assert "图.jpg" in now.get("files")[0]
    assert Path(now.text("backup")).exists()
    assert opened.history.next_undo().label != "cleaning.clean"
    opened.close()
    assert services.program.safekeeping.verify(project).whole
    with closing(sqlite3.connect(project)) as behind:
        behind.execute("UPDATE cleaned_files SET reason = '没有理由' WHERE reason IS NOT NULL")
        behind.commit()
    [trouble] = services.program.safekeeping.verify(project).troubles
    assert (trouble.code, trouble.params["field"]) == ("field_altered", "reason")
