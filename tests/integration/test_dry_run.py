"""Nothing is written to a project by --dry-run, not even the newer schema (the CLI contract)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from tests.blank_project import migrate_for_real
from workbench.cli.main import main
from workbench.storage.engine import make_engine
from workbench.storage.project_file import APPLICATION_ID, inspect, newest_schema


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A project as a former edition of the program left it."""
    path = tmp_path_factory.mktemp("older") / "older.park"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    engine = make_engine(f"sqlite:///{path}")
    migrate_for_real(engine, "0009")
    engine.dispose()
    assert inspect(path) < newest_schema()
    return path


@pytest.fixture
def project(older, tmp_path):
    path = tmp_path / "园区.park"
    path.write_bytes(older.read_bytes())
    return path


def ledger(folder):
    book = openpyxl.Workbook()
    for row in (["楼栋编号", "楼栋名称", "建筑面积（㎡）"], ["A1", "一号", 1000]):
        book.active.append(row)
    book.save(folder / "台账.xlsx")
    return str(folder / "台账.xlsx")


def names(folder):
    return {path.name for path in Path(folder).iterdir()}


def test_a_dry_run_leaves_an_older_project_as_it_is(project, tmp_path, capsys):
    file = ledger(tmp_path)
    before, beside = project.read_bytes(), names(tmp_path)
    assert main(["import", str(project), file, "--dry-run", "--json"]) == 0
    assert '"new": 1' in capsys.readouterr().out
    assert main(["evidence", str(project), "clean", "--dry-run"]) == 0
    assert main(["bulk-set", str(project), "building", "name=二号", "--dry-run"]) == 0
    assert project.read_bytes() == before
    assert names(tmp_path) == beside


def test_the_real_run_brings_it_up_to_date_and_keeps_the_former_file(project, tmp_path):
    assert main(["import", str(project), ledger(tmp_path)]) == 0
    assert inspect(project) == newest_schema()
    assert any(name.endswith(".bak") for name in names(tmp_path))
