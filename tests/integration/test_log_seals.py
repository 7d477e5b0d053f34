"""``verify`` follows every value back through the log: what was changed behind it is named."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from scripts.benches import large_ledger
from workbench.domain.fields import FieldType
from workbench.domain.records.changes import CellState, ChangeSet
from workbench.domain.records.own_fields import OwnField
from workbench.domain.records.record_changes import made
from workbench.domain.values import Origin, ValueState


def altered(project, *statements):
    """Change a project behind the program's back."""
    with closing(sqlite3.connect(project)) as connection:
        for sql in statements:
            assert connection.execute(sql).rowcount, sql
        connection.commit()


def troubles(program, project):
    return [
        (each.code, each.params.get("record"), tuple(each.params.get("fields", ())))
        for each in program.safekeeping.verify(project).troubles
    ]


@pytest.fixture
def ledger(services):
    """Buildings made in one step: three never touched again, one edited, one gone and back."""
    park = services.editing.add("park", {"code": "LX", "name": "柳溪园"})
    own = services.own_fields.add(OwnField("building", "柱距", FieldType.NUMBER, unit="m")).code
    estimated = Origin("约1000", "㎡", ValueState.ESTIMATED, "约")
    changes = []
    for at in range(5):
        cells = {
            "name": CellState(f"{at}号厂房", Origin(f"{at}号厂房")),
            "park": CellState(park),
            "gfa_cert": CellState(Decimal(1000 + at), estimated),
        }
        if at % 2:
            cells[own] = CellState(Decimal(8 + at))
        changes.append(made("building", f"00000000-0000-0000-0000-00000000000{at}", cells))
    services.history.do(ChangeSet("editing.add", tuple(changes)))
    services.editing.edit("building", changes[3].key, "name", "三号")
    services.editing.edit("building", changes[3].key, "gfa_cert", "2000")
    services.editing.edit("building", changes[3].key, own, "9.5")
    services.editing.edit("building", changes[3].key, "name", "叁号")
    services.editing.delete("building", [changes[4].key])
    services.history.undo()
    return services


def test_a_project_that_only_the_program_wrote_is_proven(program, ledger):
    seen = program.safekeeping.verify(ledger.project)
    assert seen.troubles == ()
    assert (seen.unsealed_operations, seen.unsealed_records) == (0, 0)
    assert len(seen.seal) == 64


ZERO, THREE, FOUR = (f"key = '00000000-0000-0000-0000-00000000000{at}'" for at in (0, 3, 4))


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (f"UPDATE building SET gfa_cert = gfa_cert + 1 WHERE {ZERO}",
         [("field_altered", "0号厂房", ("gfa_cert",))]),
        (f"UPDATE building SET gfa_cert = NULL WHERE {ZERO}",
         [("field_altered", "0号厂房", ("gfa_cert",))]),
        (f"UPDATE building SET floors_above = 9 WHERE {ZERO}",
         [("field_altered", "0号厂房", ("floors_above",))]),
        (f"UPDATE building SET origins = replace(origins, '约1000', '约9000') WHERE {ZERO}",
         [("origin_altered", "0号厂房", ())]),
        (f"UPDATE building SET gfa_cert = 1 WHERE {THREE}",
         [("field_altered", "叁号", ("gfa_cert",))]),
        (f"UPDATE building SET name = '四号' WHERE {FOUR}",
         [("field_altered", "四号", ("name",))]),
        (f"UPDATE building SET floors_above = 9 WHERE {THREE}",
         [("field_altered", "叁号", ("floors_above",))]),
        (f"DELETE FROM building WHERE {ZERO}",
         [("record_altered", "00000000", ())]),
    ],
)  # fmt: skip
def test_a_value_changed_past_the_program_is_named_by_record_and_field(program, ledger, sql, found):
    altered(ledger.project, sql)
    assert troubles(program, ledger.project) == found


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE operation SET actor = '别人' WHERE sequence = 3",
        "UPDATE operation SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 3",
        "UPDATE change SET fields = replace(fields, '三号', '弎号') WHERE operation = 4",
        "DELETE FROM creation_seal WHERE operation = 3",
    ],
)
def test_a_step_of_the_log_that_was_altered_is_named(program, ledger, sql):
    altered(ledger.project, sql)
    assert {code for code, _, _ in troubles(program, ledger.project)} >= {"log_altered"}


def test_an_undo_that_did_not_happen_is_named(program, ledger):
    altered(ledger.project, "UPDATE operation SET undone = 1 WHERE sequence = 4")
    assert [code for code, _, _ in troubles(program, ledger.project)] == ["log_undone"]


def test_what_an_older_program_wrote_is_said_not_to_be_provable(program, ledger):
    altered(ledger.project, "DELETE FROM operation_seal", "DELETE FROM creation_seal")
    ledger.editing.edit("building", "00000000-0000-0000-0000-000000000000", "name", "甲")
    seen = program.safekeeping.verify(ledger.project)
    assert seen.troubles == ()
    assert seen.unsealed_operations == seen.operations - 1
    assert seen.unsealed_records == 7
    altered(ledger.project, f"UPDATE building SET name = '乙' WHERE {ZERO}")
    assert troubles(program, ledger.project) == [("field_altered", "乙", ("name",))]


def test_records_of_an_import_are_proven_after_edits_and_undo(program, tmp_path):
    path = tmp_path / "many.park"
    large_ledger.make(path, 40)
    services = program.open(str(path))
    keys = [record.key for record in services.querying.records("building")]
    services.editing.edit("building", keys[5], "name", "改名")
    services.history.undo()
    services.editing.delete("building", keys[7:9])
    services.close()
    assert troubles(program, str(path)) == []
    field = "gfa_cert"
    altered(str(path), f"UPDATE building SET {field} = {field} * 2 WHERE key = '{keys[3]}'")
    [(code, _, fields)] = troubles(program, str(path))
    assert (code, fields) == ("field_altered", (field,))
