"""Progress with rows throughout an import; cancelling anywhere before the end stores nothing."""

from itertools import pairwise

import openpyxl
import pytest

from workbench.application.imports.choices import ImportOptions, OnExisting
from workbench.application.ports import Cancelled
from workbench.application.stages import Stages

ROWS = 5000


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("房屋")
    sheet.append(["园区名称", "楼栋编号", "楼栋名称", "建筑面积（㎡）"])
    for n in range(ROWS):
        sheet.append(["云湖产业园", f"FW-{n}", f"{n}#厂房", 1000 + n])
    path = tmp_path_factory.mktemp("ledger") / "台账.xlsx"
    book.save(path)
    return str(path)


class _Seen:
    def __init__(self, stop_at=None):
        self.steps = []
        self.stop_at = stop_at

    def step(self, done, total):
        self.steps.append((done, total))
        if self.stop_at is not None and len(self.steps) >= self.stop_at:
            raise Cancelled


def test_progress_never_goes_back_and_is_full_only_at_the_end(services, ledger):
    seen = _Seen()
    services.importing.preview([ledger], progress=seen)
    shares = [done / total if total else 0.0 for done, total in seen.steps]
    assert all(two >= one - 1 / ROWS for one, two in pairwise(shares))
    assert len(seen.steps) > 12
    assert [share == 1 for share in shares].count(True) == 1
    assert seen.steps[-1][0] >= ROWS


def test_cancelling_at_any_step_of_the_writing_leaves_nothing(services, ledger):
    preview = services.importing.preview([ledger])
    for stop_at in (1, 2, 4):
        with pytest.raises(Cancelled):
            services.importing.commit(preview, progress=_Seen(stop_at))
        assert not services.querying.records("building")
    stored = services.importing.commit(preview)
    assert stored.stored == ROWS + 1


def test_cancelling_at_any_step_of_a_large_update_leaves_what_was_there(services, ledger):
    services.importing.commit(services.importing.preview([ledger]))
    services.bulk_editing.edit(
        "building", [row.key for row in services.querying.records("building")], {"gfa_cert": "1"}
    )
    update = ImportOptions(on_existing=OnExisting.UPDATE)
    preview = services.importing.preview([ledger], update)
    seen = _Seen()
    for stop_at in (1, 4, 7, 8):
        with pytest.raises(Cancelled):
            services.importing.commit(preview, progress=_Seen(stop_at))
        assert {row.number("gfa_cert") for row in services.querying.records("building")} == {1}
    assert services.importing.commit(preview, progress=seen).stored == ROWS
    written = [done for done, total in seen.steps if total == ROWS and done]
    assert written[:2] == [500, 1000]
    assert written[-1] == ROWS


def test_cancelling_once_all_is_stored_changes_nothing(services, ledger):
    class Late:
        def step(self, done, total):
            if done == total:
                raise Cancelled

    preview = services.importing.preview([ledger])
    assert services.importing.commit(preview, progress=Late()).stored == ROWS + 1


def test_stages_share_one_scale():
    seen = _Seen()
    stages = Stages(seen)
    one, two = stages.stage(0.5), stages.stage(0.5)
    one.step(0, 0)
    one.step(100, 100)
    two.step(50, 100)
    two.step(100, 100)
    stages.finish()
    assert seen.steps == [(0, 0), (50, 100), (75, 100), (99, 100), (100, 100)]
