"""The same code on PostgreSQL: a cluster of the test's own, or the one that is named."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import uuid
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.findings import (
    EditConflictError,
    OutputError,
    ProjectError,
    RefusedError,
)
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.own_fields import OwnField
from workbench.domain.records.record_changes import changed
from workbench.domain.values import ValueState
from workbench.storage import migrate
from workbench.storage.engine import make_engine
from workbench.storage.tables import METADATA

ADDRESS = "WORKBENCH_TEST_POSTGRES"


def _programs():
    found = shutil.which("initdb") or next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None)
    return Path(found).parent if found else None


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def address():
    if named := os.environ.get(ADDRESS):
        yield named
        return
    programs = _programs()
    if programs is None:
        pytest.skip(f"PostgreSQL is not installed; set {ADDRESS} to try another server")
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL refuses to run as root, so root hands it to its own user.
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            shutil.chown(folder, "postgres")

        def run(name, *words):
            subprocess.run(
                [*as_user, str(programs / name), "-D", f"{folder}/data", *words],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
            )  # fmt: skip

        run("initdb", "-A", "trust", "-U", "park", "-E", "UTF8", "--locale=C")
        port = _free_port()
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-o", options, "-l", f"{folder}/log", "-w", "start")
        yield f"postgresql://park@127.0.0.1:{port}/postgres"
        run("pg_ctl", "-m", "immediate", "-w", "stop")


def test_a_project_on_postgresql_keeps_values_log_and_undo(program, address):
    services = program.open(address)
    park = services.editing.add("park", {"name": "甲园", "planned_area": "100亩"})
    parcel = services.editing.add(
        "parcel",
        {"name": "一号地", "park": "甲园", "end_on": "2062-06-02", "grant_price": "1341万"},
    )
    record = services.querying.record("parcel", parcel)
    assert record.number("grant_price") == 13410000
    assert record.day("end_on") == date(2062, 6, 2)
    with pytest.raises(RefusedError):
        services.editing.delete("park", [park])
    services.editing.edit("park", park, "planned_area", "200亩")
    services.history.undo()
    area = services.querying.record("park", park).number("planned_area")
    assert area == Decimal("66666.666667")
    with services._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    services.close()


def test_own_fields_on_postgresql_keep_values_states_and_undo(program, address):
    services = program.open(address)
    own = services.own_fields.add(OwnField("park", "绿地", FieldType.AREA, unit="亩"))
    park = services.editing.add("park", {"name": "乙园", own.code: "约3亩"})
    services.editing.edit("park", park, own.code, "0")
    services.history.undo()
    record = services.querying.record("park", park)
    assert (record.get(own.code), record.state(own.code)) == (2000, ValueState.ESTIMATED)
    services.close()


@pytest.fixture
def database(address):
    """An empty database of the server, dropped again."""
    name = "park_" + uuid.uuid4().hex[:8]
    with closing(psycopg.connect(address, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield address.rpartition("/")[0] + "/" + name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def records(services):
    with services.unit_of_work() as work:
        return {
            (entity.key, record.key): (dict(record.values), dict(record.origins), record.position)
            for entity in CATALOGUE
            for record in work.records.all(entity.key)
        }


def test_a_server_is_verified_backed_up_to_a_file_and_restored_to_either(
    program, address, database, tmp_path
):
    services = program.open(address)
    park = services.editing.add("park", {"name": "丙园", "planned_area": "约100亩"})
    pdf = tmp_path / "权证.pdf"
    pdf.write_bytes(b"%PDF" * 700_000)
    services.evidencing.attach(Owner("park", park), [str(pdf)])
    services.editing.edit("park", park, "name", "丙二园")
    held = records(services)
    seen = program.safekeeping.verify(address)
    assert seen.whole
    assert (seen.records["evidence"], seen.contents) == (1, 1)
    made = program.back_up(address, str(tmp_path / "备份"))
    assert made.verification.whole
    assert [each.path for each in program.safekeeping.backups(address, str(tmp_path / "备份"))] == [
        made.backup.path
    ]
    program.restore(made.backup.path, str(tmp_path / "回来.park"))
    file = program.open(str(tmp_path / "回来.park"))
    assert records(file) == held
    file.history.undo()
    assert file.querying.record("park", park).get("name") == "丙园"
    file.close()
    assert program.restore(made.backup.path, database, dry_run=True).dry_run
    program.restore(made.backup.path, database)
    copy = program.open(database)
    assert records(copy) == held
    copy.editing.edit("park", park, "name", "丙三园")  # numbering goes on
    copy.history.undo()
    copy.history.undo()
    assert copy.querying.record("park", park).get("name") == "丙园"
    [evidence] = copy.evidencing.of("park", park)
    assert copy.evidencing.content(evidence) == pdf.read_bytes()
    with pytest.raises(OutputError) as refused:
        program.restore(made.backup.path, database)
    assert refused.value.code == "safekeeping.address_in_use"
    # Two copies of one project meet again, one of them on the server.
    services.editing.edit("park", park, "name", "丁园")
    done = copy.keeping.reconciling.merge(address, "服务器", prefer="theirs")
    assert done.written
    assert copy.querying.record("park", park).get("name") == "丁园"
    copy.close()
    services.close()


def test_what_is_altered_or_missing_on_a_server_is_found(program, database, capsys):
    services = program.open(database)
    park = services.editing.add("park", {"name": "己园"})
    services.editing.edit("park", park, "name", "戊园")
    with services._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE park SET name = 'x'")
    services.close()
    assert [each.code for each in program.safekeeping.verify(database).troubles] == [
        "field_altered"
    ]
    assert main(["verify", database, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["troubles"][0]["params"]["key"] == park


def test_commands_on_a_server_that_does_not_answer_or_has_no_project(database, tmp_path, capsys):
    nowhere = "postgresql://park:secret@127.0.0.1:1/none"
    for words in (
        ["verify", nowhere], ["backup", nowhere, str(tmp_path)], ["list", nowhere, "park"],
        ["merge", nowhere, nowhere], ["verify", database], ["undo", nowhere],
        ["restore", str(tmp_path / "x.park"), nowhere],
    ):  # fmt: skip
        assert main(words) == 4, words
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.strip()
        assert "secret" not in said.err
    assert list(tmp_path.glob("*.park")) == []


def test_a_server_that_does_not_answer_is_named_without_the_password(program):
    with pytest.raises(ProjectError) as refused:
        program.open("postgresql://park:secret@127.0.0.1:1/none")
    assert refused.value.code == "project.unreachable"
    assert "secret" not in str(refused.value.params)


def test_an_older_project_on_a_server_is_not_upgraded_by_reading_or_trying(
    program, database, tmp_path, capsys
):
    """The contract: nothing is written by a dry run."""
    engine = make_engine(database)
    migrate.upgrade(engine, "0009")
    table = tmp_path / "甲.csv"
    table.write_text("园区名称,园区编号\n甲园,A\n", encoding="utf-8")
    for words in (
        ["list", database, "park"], ["cases", database, "list"], ["log", database],
        ["import", database, str(table), "--dry-run"], ["verify", database],
        ["merge", database, database, "--dry-run"], ["scenario", database, "list"],
        ["assess", database, "--park", "A"], ["cases", database, "weights", "--park", "A"],
    ):  # fmt: skip
        assert main(words) == 4, words
        assert capsys.readouterr().err.count("\n") == 1
    assert migrate.revision(engine) == "0009"
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    assert main(["list", database, "park"]) == 4
    assert "999" in capsys.readouterr().err
    engine.dispose()


def test_what_a_colleague_changed_on_a_server_is_heard_of_and_never_overwritten(program, database):
    here, there = program.open(database), program.open(database)
    park = here.editing.add("park", {"name": "甲园", "note": "一"})
    here.history.watch_others()
    assert here.querying.ledger().find("park", park).get("name") == "甲园"
    there.editing.edit("park", park, "name", "乙园")
    with pytest.raises(EditConflictError):
        here.editing.edit("park", park, "name", "丙园")
    assert here.querying.ledger().find("park", park).get("name") == "乙园"
    there.editing.edit("park", park, "note", "二")
    here.editing.edit("park", park, "name", "丙园")
    record = here.querying.ledger().find("park", park)
    assert (record.get("name"), record.get("note")) == ("丙园", "二")
    here.close()
    there.close()


def test_two_writers_on_a_server_cannot_lose_an_update(program, database):
    services = program.open(database)
    park = services.editing.add("park", {"name": "甲园"})
    refused = []

    def edit(name):
        other = Program().open(database)
        record = other.querying.record("park", park)
        ready.wait(10)
        change = changed(record, {"name": name})
        try:
            other.history.do(ChangeSet("editing.edit", (change,)))
        except EditConflictError as error:
            refused.append(error)
        other.close()

    ready = threading.Barrier(4)
    writers = [threading.Thread(target=edit, args=(f"{at}园",)) for at in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    assert len(refused) == 3
    services.close()
    seen = program.safekeeping.verify(database)
    assert (seen.troubles, seen.operations) == ((), 2)
