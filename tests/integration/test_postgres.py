"""The same code on PostgreSQL: a cluster of the test's own, or the one that is named."""

import os
import shutil
import subprocess
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from workbench.domain.fields import FieldType
from workbench.domain.findings import ProjectError, RefusedError
from workbench.domain.own_fields import OwnField
from workbench.domain.values import ValueState
from workbench.storage.tables import METADATA

ADDRESS = "WORKBENCH_TEST_POSTGRES"
PORT = 54321 + os.getpid() % 1000


def _programs():
    found = shutil.which("initdb") or next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None)
    return Path(found).parent if found else None


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
        options = f"-p {PORT} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-o", options, "-l", f"{folder}/log", "-w", "start")
        yield f"postgresql://park@127.0.0.1:{PORT}/postgres"
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


def test_a_server_that_does_not_answer_is_named_without_the_password(program):
    with pytest.raises(ProjectError) as refused:
        program.open("postgresql://park:secret@127.0.0.1:1/none")
    assert refused.value.code == "project.unreachable"
    assert "secret" not in str(refused.value.params)
