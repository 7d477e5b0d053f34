# SPDX-License-Identifier: MIT
"""A column that holds two fields is read as both, said so, changed and remembered."""

from decimal import Decimal

from tests.documents import import_document
from tests.integration.import_steps import chinese, everything, read, take, write
from workbench.application.imports.choices import PARTED

texts = chinese
HEAD = ["楼栋名称", "结构/层数", "建筑面积（㎡）"]
PLACE = ("", "厂房", 0)


def shared(path, *more):
    return write(path, HEAD, ["1号", "钢混/5", 900], ["2号", "钢结构/1", 800], *more)


def said(preview):
    (table,) = preview.tables()
    return {address: problem.code for address, problem in table.problems}


def test_each_part_is_stored_with_its_cell_and_its_own_words(services, tmp_path):
    take(services, shared(tmp_path / "a.xlsx"))
    first = everything(services, "building")[0]
    assert (first.get("structure"), first.get("floors_above")) == ("钢混", Decimal(5))
    origins = [first.origins[name] for name in ("structure", "floors_above")]
    assert {(o.source.row, o.source.column) for o in origins} == {(2, "B")}
    assert [o.raw for o in origins] == ["钢混", "5"]


def test_json_gives_each_part_its_own_entry(services, tmp_path, texts):
    preview = read(services, shared(tmp_path / "a.xlsx"))
    columns = import_document(preview, texts)["files"][0]["sheets"][0]["columns"]
    assert {at: (c["header"], c.get("part"), c["field"]) for at, c in columns.items()} == {
        "A": ("楼栋名称", None, "name"),
        "B/1": ("结构/层数", "结构", "structure"),
        "B/2": ("结构/层数", "层数", "floors_above"),
        "C": ("建筑面积（㎡）", None, "gfa_cert"),
    }
    assert said(preview)["B/1"] == "heading_parted"


def test_one_part_is_chosen_and_remembered_for_the_same_layout(services, tmp_path):
    take(services, shared(tmp_path / "a.xlsx"), columns={(*PLACE, "B/2"): "floors_below"})
    (table,) = read(services, shared(tmp_path / "b.xlsx", ["3号", "钢混/2", 7])).tables()
    assert (table.remembered, table.values(2)["floors_below"]) == (True, Decimal(2))
    assert table.values(2)["structure"] == "钢混"
    assert "floors_above" not in table.values(2)


def test_a_column_is_put_together_again_and_stays_so_until_it_is_parted(services, tmp_path):
    path, spot = shared(tmp_path / "a.xlsx"), (*PLACE, "B")
    take(services, path, columns={spot: "note"})
    again = shared(tmp_path / "b.xlsx")
    (table,) = read(services, again).tables()
    assert (table.values(0)["note"], "structure" in table.columns) == ("钢混/5", False)
    (table,) = read(services, again, columns={spot: PARTED}).tables()
    assert (table.values(0)["structure"], "note" in table.columns) == ("钢混", False)


def test_a_cell_that_cannot_be_parted_is_named_and_nothing_is_guessed(services, tmp_path):
    preview = read(services, shared(tmp_path / "a.xlsx", ["3号", "砖混", 700]))
    (table,) = preview.tables()
    assert not {"structure", "floors_above"} & table.columns.keys()
    problem = next(p for at, p in table.problems if at == "B")
    assert (problem.code, problem.params["cell"], problem.params["text"]) == (
        "cells_not_parted", "4", "砖混",
    )  # fmt: skip


def test_one_word_for_one_thing_is_never_parted(services, tmp_path):
    """债权人/申请人 names one party, and 66,667 is one figure."""
    path = write(
        tmp_path / "a.xlsx", ["抵押物", "债权人/申请人", "金额"], ["1号", "甲/乙", 3],
        ["2号", "丙", 4], title="抵押",
    )  # fmt: skip
    (table,) = read(services, path).tables()
    assert [table.values(at)["holder"] for at in (0, 1)] == ["甲/乙", "丙"]
