"""The command line as a person uses it: the whole line of work, exit statuses, bad input."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.sample_park import open_sample
from tests.shipped import content_read_once
from workbench.application.project.sampling import AS_OF, ASSESSMENT_NAME
from workbench.bootstrap import Program
from workbench.cli import __main__ as entry

ROOT = Path(__file__).resolve().parents[2]
LEDGER = ROOT / "db" / "seed" / "demo_ledger.xlsx"


class Done(NamedTuple):
    """What a command left behind."""

    stdout: str
    stderr: str


def program(folder):
    """Runs commands as a person does: the installed program, each in a process of its own."""
    env = os.environ | {
        "PYTHONPATH": str(ROOT), "WORKBENCH_HOME": str(folder / "home"), "PYTHONUTF8": "1",
    }  # fmt: skip

    def run(*words, status=0):
        done = subprocess.run(
            [sys.executable, "-m", "workbench.cli", *map(str, words)],
            env=env, cwd=folder, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def run_program(tmp_path):
    return program(tmp_path)


@pytest.fixture(scope="module")
def read_once():
    with content_read_once():
        yield


@pytest.fixture
def run(read_once, tmp_path, monkeypatch, capsys):
    """Runs commands through the same entry in this process, once the program itself was run.

    Its start costs more than what most commands do.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # which the tests themselves need

    def run(*words, status=0):
        monkeypatch.setattr(sys, "argv", ["workbench-cli", *map(str, words)])
        try:
            ended = entry.run()
        except SystemExit as said:  # as the parser ends a command that it does not understand
            ended = said.code
        done = Done(*capsys.readouterr())
        assert ended == status, done
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The sample ledger imported once; each test works on its own copy."""
    folder = tmp_path_factory.mktemp("filled")
    run = program(folder)
    path = folder / "滨河.park"
    run("new", path)
    run("import", path, LEDGER, status=1)  # the sample has errors (E) on purpose
    return path


@pytest.fixture
def project(filled, tmp_path):
    return Path(shutil.copy(filled, tmp_path))


def test_the_whole_line_of_work(run, run_program, project, tmp_path):
    """What writes is run as a person runs it; what asks, in this process."""
    park = ("--park", "BH", "--as-of", "2026-10-31")
    # the exit statuses of the contract: done, and there are findings of level E
    indicators = json.loads(run("indicators", project, *park, "--json", status=1).stdout)
    assert indicators["ledger_findings"]["E"] > 0
    occupancy = next(i for i in indicators["indicators"] if i["id"] == "I-01")
    assert occupancy["value"] is None or 0 < occupancy["value"] <= 1
    assert occupancy["inputs"] or occupancy["missing"]

    done = run_program(
        "assess", project, *park, "--asset", "B-C01", "--save", "年中", "--json", status=1
    )
    assessment = json.loads(done.stdout)
    by_type = {d["type"]: d for d in assessment["diagnosis"]}
    assert by_type["D5"]["severity"] >= 50
    assert assessment["matches"][0]["case"] == "C01"

    done = run("checklist", project, "--assessment", "年中", "set", "S1-02", "已完成", status=2)
    assert "证据" in done.stderr
    run(
        "checklist", project, "--assessment", "年中", "set", "S1-02", "已完成", "--evidence", LEDGER
    )
    listed = json.loads(run("checklist", project, "--assessment", "年中", "list", "--json").stdout)
    item = next(i for i in listed["items"] if i["item"] == "S1-02")
    assert (item["status"], item["evidence"]) == ("已完成", 1)

    report = tmp_path / "报告.xlsx"
    run_program("report", project, report, "--park", "BH", "--assessment", "年中", status=1)
    assert "1 摘要" in openpyxl.load_workbook(report, read_only=True).sheetnames


def test_counts_of_an_import_add_up_and_a_trial_stores_nothing(run, tmp_path):
    path = tmp_path / "a.park"
    run("new", path)
    document = json.loads(run("import", path, LEDGER, "--dry-run", "--json", status=1).stdout)
    for sheet in document["files"][0]["sheets"]:
        counts = dict(sheet["counts"])
        assert counts.pop("read") == sum(counts.values())
    assert json.loads(run("list", path, "building", "--json").stdout)["records"] == []


def test_an_import_is_undone_as_a_whole_and_done_again(run, project):
    batch = json.loads(run("log", project, "--json").stdout)["operations"][0]["batch"]
    run("undo", project, "--import", batch)
    assert json.loads(run("list", project, "park", "--json").stdout)["records"] == []
    again = json.loads(run("import", project, LEDGER, "--json", status=1).stdout)
    assert all(s["counts"]["new"] == s["counts"]["read"] for s in again["files"][0]["sheets"])


def test_an_edit_is_logged_with_its_reason_and_undone(run, project):
    run("set", project, "parcel", "B-C01", "area_cert=51亩", "--reason", "换证")
    listed = json.loads(run("list", project, "parcel", "--filter", "code=B-C01", "--json").stdout)
    record = listed["records"][0]
    assert record["values"]["area_cert"] == pytest.approx(34000)
    log = json.loads(run("log", project, "--record", record["key"], "--json").stdout)
    newest = log["operations"][0]
    assert newest["reason"] == "换证"
    assert newest["changes"][0]["field"] == "area_cert"
    run("undo", project)
    listed = json.loads(run("list", project, "parcel", "--filter", "code=B-C01", "--json").stdout)
    assert listed["records"][0]["values"]["area_cert"] == pytest.approx(33333.333333)


def test_an_unknown_value_is_null_never_zero(run, project):
    listed = json.loads(run("list", project, "building", "--filter", "code=B-C11", "--json").stdout)
    assert listed["records"][0]["values"]["net_value"] is None
    zero = json.loads(run("list", project, "building", "--filter", "code=B-A04", "--json").stdout)
    assert zero["records"][0]["values"]["leased_area"] == 0


def test_what_is_exported_imports_back_without_a_difference(run, run_program, project, tmp_path):
    out = tmp_path / "导出.xlsx"
    run_program("export-ledger", project, out)
    document = json.loads(run("import", project, out, "--json").stdout)
    for sheet in document["files"][0]["sheets"]:
        assert sheet["counts"]["same"] == sheet["counts"]["read"], sheet["sheet"]


def test_the_demo_writes_project_and_report_and_runs_again(run, tmp_path):
    """Over what an earlier run has left: its project, and its report of another day."""
    folder = tmp_path / "演示"
    folder.mkdir()
    earlier = open_sample(Program(), folder / "示例园区.park")
    earlier.editing.add("park", {"code": "旧", "name": "旧园区"})
    assessment = earlier.assessments.find(ASSESSMENT_NAME)
    name = earlier.exporting.suggested_name(assessment.text("park"), AS_OF, assessment)
    earlier.close()
    openpyxl.Workbook().save(folder / name)
    result = json.loads(run("demo", folder, "--json").stdout)
    assert Path(result["project"]).name == "示例园区.park"
    assert Path(result["report"]).name == name
    assert "1 摘要" in openpyxl.load_workbook(folder / name, read_only=True).sheetnames
    listed = json.loads(run("list", result["project"], "park", "--json").stdout)
    assert "旧" not in [record["values"]["code"] for record in listed["records"]]
    assert sorted(p.suffix for p in folder.iterdir()) == [".park", ".xlsx"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("list", "没有.park", "park"), 4, "没有.park"),
        (("list", LEDGER, "park"), 4, "demo_ledger.xlsx"),
        (("import", "PROJECT", "没有.xlsx"), 3, "没有.xlsx"),
        (("set", "PROJECT", "parcel", "B-C01", "无此字段=1"), 2, "无此字段"),
        (("set", "PROJECT", "parcel", "B-C01", "end_on=2049-11-31"), 2, "11"),
        (("set", "PROJECT", "parcel", "XX", "far=1"), 2, "XX"),
        (("indicators", "PROJECT", "--park", "无"), 2, "BH"),
        (("indicators", "PROJECT", "--park", "BH", "--as-of", "昨天"), 2, "昨天"),
        (("report", "PROJECT", "无此文件夹/报告.xlsx", "--park", "BH"), 5, "无此文件夹"),
        (("new", "PROJECT"), 5, "滨河.park"),
        (("list", "PROJECT", "whatever"), 2, "whatever"),
    ],
)
def test_bad_input_is_one_sentence_with_its_exit_status(run, project, words, status, said):
    done = run(*(project if word == "PROJECT" else word for word in words), status=status)
    assert said in done.stderr
    assert done.stdout == ""


def test_english_speaks_english(run_program, project):
    done = run_program("--language", "en", "list", project, "park")
    assert "1 record of Park" in done.stdout


def test_a_case_is_read_on_the_command_line_as_in_the_window(run_program, project):
    lines = run_program("cases", project, "show", "C02").stdout.splitlines()
    share = next(line for line in lines if line.startswith("国企净利润分配比例"))
    assert "至多 72.5%" in share
    assert any("未披露" in line and "缺失" in line for line in lines)


@pytest.mark.parametrize(("language", "title"), [("zh", "可租面积"), ("en", "Rentable area")])
def test_what_an_indicator_lacks_is_named_in_words(run, tmp_path, language, title):
    book = openpyxl.Workbook()
    for row in (["所属园区", "楼栋名称", "建筑面积(㎡)"], ["甲园区", "一号楼", 100]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    run("new", "x.park")
    run("import", "x.park", "b.xlsx")
    shown = run("--language", language, "indicators", "x.park", "--park", "甲园区").stdout
    assert title in shown
    assert "rentable_area" not in shown
