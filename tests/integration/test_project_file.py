"""Files that are no project, too new, locked or closed: one sentence each, nothing half written."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.blank_project import migrate_for_real
from workbench.domain.findings import OutputError, ProjectError
from workbench.storage import migrate, project_file
from workbench.storage.engine import make_engine
from workbench.storage.tables import METADATA


def refusal(program, path):
    with pytest.raises(ProjectError) as refused:
        program.open(str(path))
    assert refused.value.exit_status == 4
    return refused.value.code


def test_a_missing_file(program, tmp_path):
    assert refusal(program, tmp_path / "没有.park") == "project.missing"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\x00"])
def test_a_file_that_is_no_project(program, tmp_path, content):
    path = tmp_path / "x.park"
    path.write_bytes(content)
    assert refusal(program, path) == "project.not_a_project"
    assert path.read_bytes() == content


def test_a_database_of_another_program(program, tmp_path):
    path = tmp_path / "x.park"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    assert refusal(program, path) == "project.not_a_project"


def test_a_project_of_a_newer_program(program, services):
    with closing(sqlite3.connect(services.project)) as connection:
        connection.execute(f"PRAGMA user_version = {project_file.newest_schema() + 1}")
    assert refusal(program, services.project) == "project.newer"


def test_a_damaged_project(program, services, tmp_path):
    services.editing.add("park", {"name": "甲"})
    services.close()
    path = tmp_path / "damaged.park"
    content = bytearray((tmp_path / "园区 100%.park").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    opened = program.open(str(path))
    with pytest.raises(ProjectError, match="damaged"):
        opened.querying.records("park")
    opened.close()


def test_a_project_that_another_program_holds(program, services, monkeypatch):
    with closing(sqlite3.connect(services.project)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        engine = services._engine
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        with pytest.raises(ProjectError, match="locked"):
            services.editing.add("park", {"name": "甲"})


def test_nothing_is_overwritten(program, services):
    with pytest.raises(OutputError, match=r"project\.exists"):
        program.create(services.project)


def test_a_folder_that_is_not_there(program, tmp_path):
    with pytest.raises(OutputError, match="no_folder"):
        program.create(str(tmp_path / "无" / "x.park"))
    assert not (tmp_path / "无").exists()


def test_a_place_that_cannot_be_written_leaves_nothing(program, tmp_path, monkeypatch):
    def full(*_args, **_kw):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("workbench.storage.migrate.upgrade", full)
    with pytest.raises(OutputError) as refused:
        program.create(str(tmp_path / "x.park"))
    assert refused.value.code == "project.disk_full"
    assert refused.value.params["path"].endswith("x.park")
    assert [p.name for p in tmp_path.iterdir()] == []


@pytest.mark.parametrize("said", ["unable to open database file", "attempt to write a readonly"])
def test_a_folder_that_may_only_be_read_is_not_called_damage(program, services, monkeypatch, said):
    def closed(*_args, **_kw):
        raise sqlite3.OperationalError(said)

    monkeypatch.setattr("workbench.storage.project_file.sqlite3.connect", closed)
    assert refusal(program, services.project) == "project.read_only"


def test_migrations_build_exactly_the_tables_the_code_expects(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    migrate_for_real(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        number = connection.exec_driver_sql("PRAGMA user_version").scalar()
    assert number == project_file.newest_schema() == int(migrate.head())
    engine.dispose()


def test_a_failing_migration_leaves_no_trace(tmp_path, monkeypatch):
    engine = make_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")

    def broken(*_args, **_kw):
        raise RuntimeError("boom")

    monkeypatch.setattr("alembic.operations.BatchOperations.create_index", broken)
    with pytest.raises(RuntimeError, match="boom"):
        migrate_for_real(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    engine.dispose()


def test_a_project_in_a_closed_place_can_be_read_and_backed_up_and_refuses_edits(
    program, services, tmp_path, monkeypatch
):
    """A stick with a write lock, an archive: nothing can be kept beside the file."""
    park = services.editing.add("park", {"code": "P", "name": "甲园"})
    services.close()
    before = Path(services.project).read_bytes()
    monkeypatch.setattr("workbench.storage.engine.os.access", lambda *_: False)
    archived = program.open(services.project)
    assert archived.querying.record("park", park).get("name") == "甲园"
    with pytest.raises(OutputError) as refused:
        archived.editing.edit("park", park, "name", "乙园")
    assert refused.value.code == "project.read_only"
    archived.close()
    assert program.safekeeping.verify(services.project).whole
    assert program.back_up(services.project, str(tmp_path / "备份")).verification.whole
    assert Path(services.project).read_bytes() == before
    assert not list(tmp_path.glob("*-shm"))


@pytest.mark.parametrize(
    ("free", "code"), [(0, "project.disk_full"), (1 << 30, "project.disk_error")]
)
def test_a_full_disk_is_not_called_damage(program, services, monkeypatch, free, code):
    def failing(*_args, **_kw):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("workbench.storage.project_file.sqlite3.connect", failing)
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr("workbench.storage.project_file.shutil.disk_usage", lambda _path: usage)
    with pytest.raises(OutputError) as refused:
        program.open(services.project)
    assert refused.value.code == code
