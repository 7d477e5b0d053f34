"""Adding a ledger field is one declaration with a title per language, and one migration."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECLARATION = """        number("bay_width", "柱距", "Bay width", unit="m", syn="柱网间距"),
        money("original_value","""


COMMANDS = """
import contextlib, io, json, sys
from workbench.cli.main import main
said = []
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = main(words)
    assert status == 0, (words, status)
    said.append(out.getvalue())
print(json.dumps(said))
"""
"""Commands one after the other by one interpreter: its start costs more than what they do."""


@pytest.fixture
def checkout(tmp_path):
    """A copy of this checkout that the test may change."""
    target = tmp_path / "checkout"
    for folder in ("workbench", "db", "resources/translations", "templates", "scripts"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("*.ttf"))
    return target


@pytest.fixture
def run(checkout, tmp_path):
    env = os.environ | {"PYTHONPATH": str(checkout), "WORKBENCH_HOME": str(tmp_path / "home"),
                        "PYTHONUTF8": "1"}  # fmt: skip

    def run(*words):
        done = subprocess.run(
            [sys.executable, *words], env=env, cwd=checkout, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    return run


def test_one_declaration_and_one_migration_carry_a_field_through_everything(
    checkout, run, tmp_path
):
    def commands(*each):
        return json.loads(run("-c", COMMANDS, json.dumps(each)))

    project = str(tmp_path / "旧.park")
    old = tmp_path / "旧台账.csv"
    old.write_text("园区名称,楼栋名称,建筑面积（㎡）\n甲园,1号楼,1000\n", encoding="utf-8")
    commands(["new", project], ["import", project, str(old)])

    declarations = checkout / "workbench/domain/catalogue/building.py"
    text = declarations.read_text(encoding="utf-8")
    assert '        money("original_value",' in text
    declarations.write_text(
        text.replace('        money("original_value",', DECLARATION, 1), encoding="utf-8"
    )
    run("scripts/new_migration.py", "Bay width")

    ledger = tmp_path / "新台账.csv"
    ledger.write_text("园区名称,楼栋名称,柱距（m）\n甲园,2号楼,7.5\n", encoding="utf-8")
    exported, again = str(tmp_path / "导出.xlsx"), str(tmp_path / "再.park")
    _, listed, *_, listed_again = commands(
        ["import", project, str(ledger)],
        ["list", project, "building", "--json"],
        ["export-ledger", project, exported],
        ["new", again],
        ["import", again, exported],
        ["list", again, "building", "--json"],
    )
    names = ("name", "gfa_cert", "bay_width")
    found = json.loads(listed)["records"]
    rows = [tuple(r["values"][name] for name in names) for r in found]
    assert rows == [("1号楼", 1000, None), ("2号楼", None, 7.5)]
    found = json.loads(listed_again)["records"]
    assert [r["values"]["bay_width"] for r in found] == [None, 7.5]
