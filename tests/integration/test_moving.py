"""Undo and redo of a large operation, block by block: the same as at once, and stopped anywhere."""

import openpyxl
import pytest

from workbench.application import moving
from workbench.application.ledger.editing import CellEdit
from workbench.application.ports import Cancelled
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.findings import EditConflictError
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.records.own_fields import OwnField
from workbench.storage import repositories, unit_of_work
from workbench.storage.encoding import decode_changes, encode_changes
from workbench.storage.remade import RemadeFields
from workbench.storage.sealing import origins_text
from workbench.storage.untouched import UntouchedFields

ROWS = 7


@pytest.fixture
def by_block(monkeypatch):
    """Everything is large, and no two rows end where a block ends."""
    monkeypatch.setattr(moving, "LARGE", 1)
    monkeypatch.setattr(repositories, "_BLOCK", 3)
    monkeypatch.setattr(unit_of_work, "_WRITTEN_AT_ONCE", 2)


@pytest.fixture
def ledger(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["园区名称", "楼栋编号", "楼栋名称", "建筑面积（万㎡）", "建成日期", "备注"])
    for n in range(ROWS):
        about = "约1.2" if n == 2 else 0.1 + n
        sheet.append(["云湖产业园", f"FW-{n}", f"{n}#厂房", about, "2015年3月", None])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return str(path)


class Seen:
    def __init__(self, stop_at=0):
        self.steps = []
        self.stop_at = stop_at

    def step(self, done, total):
        self.steps.append((done, total))
        if self.stop_at and len(self.steps) >= self.stop_at:
            raise Cancelled


def stored(services):
    """Everything that the project keeps of the ledger, cell by cell with what stands beside it."""
    with services.unit_of_work() as work:
        return {
            (record.entity, record.key): (record.position, dict(record.values), {
                name: record.origins[name] for name in record.origins
            })
            for entity in CATALOGUE.ledger()
            for record in work.records.all(entity.key)
        }  # fmt: skip


def taken(services, ledger):
    return services.importing.commit(services.importing.preview([ledger]))


def test_a_whole_import_is_taken_back_and_done_again_cell_by_cell(services, ledger, by_block):
    before = stored(services)
    taken(services, ledger)
    after = stored(services)
    seen = Seen()
    changes = services.history.undo(seen)
    assert stored(services) == before
    assert len(changes.records) == ROWS + 1
    assert seen.steps[-1][0] == seen.steps[-1][1] == ROWS + 1
    assert [done for done, _ in seen.steps] == sorted(done for done, _ in seen.steps)
    services.history.redo()
    assert stored(services) == after
    assert services.querying.ledger().all("building")[2].number("gfa_cert") == 12000
    services.history.undo()
    assert stored(services) == before


def test_a_step_of_many_edits_and_deletions_moves_the_same_way(services, ledger, by_block):
    taken(services, ledger)
    first = stored(services)
    keys = [record.key for record in services.querying.records("building")]
    services.editing.edit_cells([CellEdit("building", key, "name", "改名") for key in keys])
    second = stored(services)
    services.editing.delete("building", keys)
    third = stored(services)
    for expected in (second, first):
        services.history.undo()
        assert {k: v[:2] for k, v in stored(services).items()} == {
            k: v[:2] for k, v in expected.items()
        }
    for expected in (second, third):
        services.history.redo()
        assert stored(services) == expected


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_a_cancelled_move_leaves_all_as_it_was_and_can_be_asked_again(
    services, ledger, by_block, stop_at
):
    before = stored(services)
    result = taken(services, ledger)
    after = stored(services)
    for move in (services.history.undo, lambda p: services.history.undo_batch(result.batch, p)):
        with pytest.raises(Cancelled):
            move(Seen(stop_at))
        assert stored(services) == after
        assert services.history.next_undo().label == "importing.label"
        assert services.history.next_redo() is None
    services.history.undo_batch(result.batch)
    assert stored(services) == before
    with pytest.raises(Cancelled):
        services.history.redo(Seen(stop_at))
    assert stored(services) == before
    services.history.redo()
    assert stored(services) == after


def test_once_it_is_being_written_it_is_too_late_to_cancel(services, ledger, by_block):
    before = stored(services)
    taken(services, ledger)

    class Late:
        def step(self, done, total):
            if done == total:
                raise Cancelled

    services.history.undo(Late())
    assert stored(services) == before


def test_a_value_changed_since_is_named_and_nothing_is_half_taken_back(services, ledger, by_block):
    taken(services, ledger)
    keys = [record.key for record in services.querying.records("building")]
    services.editing.edit_cells([CellEdit("building", key, "name", "改名") for key in keys])
    with services.unit_of_work(writing=True) as work:
        work.connection.exec_driver_sql(
            f"UPDATE building SET name = '别人改的' WHERE key = '{keys[3]}'"
        )
        work.commit()
    before = stored(services)
    with pytest.raises(EditConflictError, match="conflict"):
        services.history.undo(Seen())
    assert stored(services) == before


def test_a_step_says_how_many_records_it_moves(services, ledger):
    result = taken(services, ledger)
    assert services.history.next_undo().records == ROWS + 1
    assert services.history.batch_size(result.batch) == ROWS + 1


def test_what_nothing_changed_goes_to_the_log_in_the_same_words(services, ledger):
    """The text of a deletion is that of its cells, made or not; so the seals of the log agree."""
    own = services.own_fields.add(OwnField("building", "消防等级", FieldType.TEXT))
    taken(services, ledger)
    park, building = (services.querying.records(kind)[0] for kind in ("park", "building"))
    services.editing.edit_cells([CellEdit("building", building.key, own.code, "甲")])
    services.editing.edit_cells([CellEdit("building", building.key, "note", "无,“x”\n\\")])
    with services.unit_of_work() as work:
        records = [
            *work.records.all("building"),
            *work.records.some("building", [building.key]).values(),
        ]
        records.append(work.records.get("park", park.key))
    for record in records:
        for fields in (UntouchedFields(record), UntouchedFields(record).inverted()):
            assert fields.text == encode_changes(tuple(fields))
            assert len(decode_changes(fields.text)) == len(fields) > 0
        again = RemadeFields(UntouchedFields(record, gone=True).text)
        assert tuple(again) == tuple(UntouchedFields(record))
        assert tuple(again.inverted()) == tuple(UntouchedFields(record, gone=True))
        assert again.row() == (dict(record.values), origins_text(record.origins))


def test_a_record_that_changed_while_it_was_taken_back_is_not_deleted(services, ledger):
    taken(services, ledger)
    [key, *_] = [record.key for record in services.querying.records("building")]
    with services.unit_of_work() as work:
        record = work.records.get("building", key)
    services.editing.edit_cells([CellEdit("building", key, "note", "新")])
    gone = RecordChange("building", key, ChangeKind.DELETED, UntouchedFields(record, gone=True))
    with pytest.raises(EditConflictError), services.unit_of_work(writing=True) as work:
        work.apply(ChangeSet("editing.delete", (gone,)))
    assert services.querying.ledger().find("building", key).get("note") == "新"
