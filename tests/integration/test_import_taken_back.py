# SPDX-License-Identifier: MIT
"""Taking a whole import back later, and what stops it."""

import pytest

from tests.integration.import_steps import chinese, everything, take, write
from workbench.domain.findings import EditConflictError

texts = chinese


def undone(services, result):
    return services.history.undo_batch(result.batch)


def test_an_import_is_taken_back_after_a_restart_if_nothing_was_built_on_it(
    services, program, tmp_path
):
    head = ["园区名称", "楼栋编号", "楼栋名称"]
    _, result = take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号"]))
    take(services, write(tmp_path / "b.xlsx", head, ["西园", "B1", "另一栋"]))
    services.close()
    again = program.open(services.project)
    undone(again, result)
    assert [b.get("code") for b in everything(again, "building")] == ["B1"]
    again.close()


def test_a_changed_record_is_named_with_person_and_time_and_nothing_is_taken_back(
    services, tmp_path
):
    head = ["园区名称", "楼栋编号", "楼栋名称"]
    _, result = take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号"]))
    (building,) = everything(services, "building")
    services.editing.edit("building", building.key, "note", "已核对")
    with pytest.raises(EditConflictError) as refused:
        undone(services, result)
    assert refused.value.code == "editing.batch_built_on"
    assert refused.value.params["count"] == 1
    assert refused.value.params["records"].startswith("一号（")
    assert "2026-06-30" in refused.value.params["records"]
    services.history.undo()
    undone(services, result)
    assert everything(services, "building") == []


def test_a_value_that_was_put_back_by_hand_is_as_the_import_left_it(services, tmp_path):
    head = ["园区名称", "楼栋编号", "楼栋名称", "备注"]
    _, result = take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号", "原样"]))
    (building,) = everything(services, "building")
    for text in ("改了", "又改了", "原样"):
        services.editing.edit("building", building.key, "note", text)
    undone(services, result)
    assert everything(services, "building") == []


def test_a_record_that_points_at_the_import_stops_it(services, tmp_path):
    head = ["园区名称", "楼栋编号", "楼栋名称"]
    _, result = take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号"]))
    services.editing.add("unit", {"unit_no": "101", "building": "A1"})
    with pytest.raises(EditConflictError) as refused:
        undone(services, result)
    assert "101" in refused.value.params["records"]
    assert len(everything(services, "building")) == 1
