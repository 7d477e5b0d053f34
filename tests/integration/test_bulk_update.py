# SPDX-License-Identifier: MIT
"""Many cells in one step: the same checks as for one, one log entry, whole or not at all."""

from decimal import Decimal

import pytest

from workbench.application.ledger.editing import CellEdit
from workbench.application.naming import named_params
from workbench.domain.findings import EditConflictError
from workbench.domain.records.changes import (
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    RecordChange,
)
from workbench.domain.values import Origin, ValueState
from workbench.files.drafts import DraftFile

COUNT = 1200
"""More than the keys that one statement names."""


@pytest.fixture
def keys(services):
    park = services.editing.add("park", {"name": "滨河"})
    made = [f"b{n:04}" for n in range(COUNT)]
    records = tuple(
        RecordChange(
            "building",
            key,
            ChangeKind.CREATED,
            (
                FieldChange("park", CellState(), CellState(park)),
                FieldChange("name", CellState(), CellState(f"{n}号楼", Origin(f"{n}号楼"))),
            ),
        )
        for n, key in enumerate(made)
    )
    services.history.do(ChangeSet("test", records))
    return made


def areas(services, keys):
    index = services.querying.ledger().index("building")
    return [index[key].number("gfa_actual") for key in keys]


def stored(services, keys):
    with services.unit_of_work() as work:
        found = work.records.some("building", keys)
    return [found[key] for key in keys]


def edits(keys, text="{n}"):
    return [
        CellEdit("building", key, "gfa_actual", text.format(n=n)) for n, key in enumerate(keys, 1)
    ]


def test_a_block_is_one_step_that_undo_and_redo_move_whole(services, keys):
    outcome = services.editing.edit_cells(edits(keys), "ui.step_paste")
    assert (outcome.changed, outcome.refused) == (COUNT, ())
    assert areas(services, keys) == [Decimal(n) for n in range(1, COUNT + 1)]
    assert services.history.next_undo().params["count"] == str(COUNT)
    services.history.undo()
    assert set(areas(services, keys)) == {None}
    services.history.redo()
    assert [r.number("gfa_actual") for r in stored(services, keys)] == areas(services, keys)


def test_the_snapshot_after_a_block_is_what_a_fresh_read_gives(services, keys):
    services.querying.ledger()
    services.editing.edit_cells(edits(keys, "约{n}"))
    followed = services.querying.ledger().all("building")
    with services.unit_of_work() as work:
        read = work.records.all("building")
    assert list(followed) == list(read)
    assert followed[7].state("gfa_actual") is ValueState.ESTIMATED
    assert followed[7].origins["name"].raw == "7号楼"


def test_one_cell_in_conflict_keeps_the_whole_block_back_and_says_who_changed_it(services, keys):
    services.editing.edit_cells(edits(keys), "ui.step_paste")
    services.editing.edit("building", keys[700], "gfa_actual", "5亩")
    step = services.querying.operations(2)[1]
    with (
        services.unit_of_work(writing=True) as work,
        pytest.raises(EditConflictError) as raised,
    ):
        work.apply(work.log.changes(step.sequence).inverted())
    params = named_params(raised.value.params, "zh_CN")
    assert (params["record"], params["field"]) == ("700号楼", "实际建筑面积")
    assert (params["expected"], params["found"]) == ("701.00 ㎡", "3,333.33 ㎡")
    assert params["actor"] == services.querying.operations(1)[0].actor
    assert params["at"]
    assert areas(services, keys)[0] == 1


def test_a_record_that_comes_twice_in_a_step_is_written_twice(services, keys):
    first = FieldChange("floors_above", CellState(), CellState(3))
    second = FieldChange("floors_above", CellState(3), CellState(4, Origin("四")))
    changes = [RecordChange("building", keys[0], ChangeKind.UPDATED, (c,)) for c in (first, second)]
    services.history.do(ChangeSet("test", tuple(changes)))
    [record] = stored(services, keys[:1])
    assert (record.get("floors_above"), record.version) == (4, 3)
    assert record.origins["floors_above"].raw == "四"
    services.history.undo()
    assert stored(services, keys[:1])[0].get("floors_above") is None


def test_many_records_are_deleted_and_brought_back_as_they_were(services, keys):
    services.editing.edit_cells(edits(keys[:600]))
    before = services.querying.ledger().all("building")
    assert services.editing.delete("building", keys) == COUNT
    assert not services.querying.records("building")
    services.history.undo()
    after = services.querying.ledger().all("building")
    assert [(r.key, dict(r.values), dict(r.origins)) for r in after] == [
        (r.key, dict(r.values), dict(r.origins)) for r in before
    ]


def test_a_record_that_is_gone_is_said(services, keys):
    change = FieldChange("floors_above", CellState(), CellState(3))
    with pytest.raises(EditConflictError) as raised:
        services.history.do(
            ChangeSet("t", (RecordChange("building", "none", ChangeKind.UPDATED, (change,)),))
        )
    assert raised.value.code == "editing.gone"


def test_the_first_records_are_read_alone(services, keys):
    with services.unit_of_work() as work:
        assert [r.key for r in work.records.first("building", 3)] == keys[:3]


@pytest.mark.parametrize("field", ["note", "name", "park", "structure"])
def test_half_a_character_is_refused_with_a_sentence(services, keys, field):
    """A cut emoji, as a paste may bring it, can be kept in no file; the old value stays."""
    before = stored(services, keys[:1])
    outcome = services.editing.edit_cells([CellEdit("building", keys[0], field, "顶楼\ud83d")])
    assert [refused.finding.code for refused in outcome.refused] == ["editing.half_character"]
    assert stored(services, keys[:1]) == before


def test_half_a_character_that_was_typed_is_kept_as_a_draft(tmp_path):
    drafts = DraftFile(tmp_path, "甲\udcff.park")
    drafts.save({"record:1": {"title": "备注", "state": "顶楼\ud83d"}})
    assert drafts.load()["record:1"]["state"] == "顶楼\ud83d"
