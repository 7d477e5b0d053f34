"""One own field, by the command line alone: import, list, set, export, report, and back."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main

LEDGER = """园区名称,园区编号,楼栋名称,建筑面积（㎡）,柱网间距（cm）,备案面积（亩）,改造等级
甲园,JY,1号楼,1000,750,3,优秀
甲园,JY,2号楼,2000,约800,0,不适用
"""


@pytest.fixture
def run(capsys):
    def run(*words, status=0):
        assert main(list(words)) == status, capsys.readouterr().err
        return capsys.readouterr().out

    return run


@pytest.fixture
def project(tmp_path, run):
    path = str(tmp_path / "甲.park")
    run("new", path)
    run("fields", path, "add", "building", "柱距", "--type", "number", "--unit", "m",
        "--english", "Bay width", "--synonym", "柱网间距")  # fmt: skip
    run("fields", path, "add", "building", "备案面积", "--type", "area", "--unit", "亩")
    run("fields", path, "add", "building", "改造等级", "--type", "choice",
        "--choice", "优 = Excellent | 优秀", "--choice", "合格")  # fmt: skip
    ledger = tmp_path / "台账.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    run("import", path, str(ledger))
    return path


OWN = ("own_bay_width", "own_bei_an_mian_ji", "own_gai_zao_deng_ji")


def listed(run, path, *more):
    rows = json.loads(run("list", path, "building", "--json", *more))["records"]
    return [tuple(row["values"][name] for name in OWN) for row in rows]


def test_import_reads_units_states_and_other_headings_and_list_shows_them(run, project):
    assert listed(run, project) == [(7.5, 2000, "优"), (8, 0, None)]
    assert listed(run, project, "--filter", "own_gai_zao_deng_ji=优") == [(7.5, 2000, "优")]
    assert "柱距(m)" in run("list", project, "building")
    english = run("--language", "en", "list", project, "building")
    assert "Bay width(m)" in english
    assert "Excellent" in english


def test_set_reads_units_and_says_what_it_cannot_read(run, project, capsys):
    run("set", project, "building", "1号楼", "own_bei_an_mian_ji=0.5公顷")
    assert listed(run, project)[0][1] == 5000
    assert main(["set", project, "building", "1号楼", "own_bay_width=很宽"]) == 2
    assert main(["set", project, "building", "1号楼", "own_gai_zao_deng_ji=差"]) == 2
    capsys.readouterr()
    assert listed(run, project)[0] == (7.5, 5000, "优")
    run("undo", project)
    assert listed(run, project)[0][1] == 2000


def test_the_exported_ledger_comes_back_without_a_difference(run, project, tmp_path):
    out = str(tmp_path / "导出.xlsx")
    run("export-ledger", project, out)
    again = json.loads(run("import", project, out, "--dry-run", "--json"))
    [building] = [s for f in again["files"] for s in f["sheets"] if s["entity"] == "building"]
    fields = {column["field"] for column in building["columns"].values()}
    assert set(OWN) <= fields
    assert building["counts"]["same"] == building["counts"]["read"] == 2


def test_annex_a_of_the_report_has_the_own_fields_with_their_units(run, project, tmp_path):
    from tests.read_quickly import load_workbook

    out = tmp_path / "报告.xlsx"
    run("report", project, str(out), "--park", "甲园", "--as-of", "2026-06-30")
    words = {
        str(cell.value).replace("\n", "")
        for sheet in load_workbook(out).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert {"柱距（m）", "备案面积（亩）", "改造等级", "优"} <= words


def test_fields_are_listed_changed_hidden_and_refused_in_sentences(run, project, capsys):
    fields = json.loads(run("fields", project, "list", "--json"))["fields"]
    assert [f["field"] for f in fields] == list(OWN)
    assert fields[2]["choices"] == ["优", "合格"]
    run("fields", project, "change", "building", "柱距", "--title", "柱网")
    assert "柱网(m)" in run("list", project, "building")
    assert main(["fields", project, "remove", "building", "柱网"]) == 2
    assert "2 条记录" in capsys.readouterr().err
    run("fields", project, "hide", "building", "柱网", "--reason", "不再统计")
    assert "柱网" not in run("list", project, "building")
    assert main(["set", project, "building", "1号楼", "own_bay_width=9"]) == 2
    capsys.readouterr()
    run("fields", project, "show", "building", "own_bay_width")
    assert listed(run, project)[0][0] == 7.5
    assert Path(project).exists()


def test_another_project_learns_the_fields_from_the_exported_ledger(run, project, tmp_path):
    out, other = str(tmp_path / "导出.xlsx"), str(tmp_path / "乙.park")
    run("export-ledger", project, out)
    run("new", other)
    run("import", other, out)
    assert listed(run, other) == listed(run, project)
    ours, theirs = (json.loads(run("fields", p, "list", "--json")) for p in (project, other))
    assert theirs == ours
    again = json.loads(run("import", other, out, "--dry-run", "--json"))
    assert [s["counts"]["same"] for f in again["files"] for s in f["sheets"]] == [1, 2]
    run("undo", other)
    assert json.loads(run("fields", other, "list", "--json")) == {"fields": []}
