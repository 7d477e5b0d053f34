"""The ledger's own 小计 and 备注 are heard: sums that disagree, burdens that no record holds."""

import openpyxl
import pytest

from workbench.application.imports.preview import ImportOptions

HEAD = ["楼栋编号", "楼栋名称", "建筑面积（㎡）", "备注"]


def read(services, path, *rows):
    book = openpyxl.Workbook()
    book.active.title = "厂房"
    for row in (["云岭产业园厂房台账"], HEAD, *rows):
        book.active.append(row)
    book.save(path)
    (table,) = services.importing.preview([str(path)], ImportOptions()).tables()
    return table


def codes_of(table):
    return [(letter, problem.code, problem.params.get("row")) for letter, problem in table.problems]


def test_the_only_subtotal_of_a_table_is_its_total(services, tmp_path):
    rows = (["A1", "一号", 1000], ["A2", "二号", 2000], ["小计", None, 3500])
    table = read(services, tmp_path / "a.xlsx", *rows)
    (total,) = table.totals
    assert (total.field, total.stated, total.computed, total.agrees) == (
        "gfa_cert", 3500, 3000, False,
    )  # fmt: skip
    assert ("C", "V28W", "5") in codes_of(table)


def test_each_group_is_added_up_and_a_nested_subtotal_too(services, tmp_path):
    table = read(
        services, tmp_path / "a.xlsx",
        ["A1", "一号", 1000], ["A2", "二号", 2000], ["小计", None, 3000],
        ["B1", "三号", 500], ["B2", "四号", 700], ["小计", None, 1300],
        ["C1", "五号", 100], ["小计", None, 100], ["东区小计", None, 1300],
        ["合计", None, 4300],
    )  # fmt: skip
    assert [entry for entry in codes_of(table) if entry[1] != "unit_assumed"] == [
        ("C", "subtotal_differs", "8")
    ]
    (total,) = table.totals
    assert total.agrees


@pytest.mark.parametrize(
    ("remark", "asked"),
    [
        ("已抵押给建设银行，抵押金额1500万元", "抵押"),
        ("被法院查封，案号(2025)云01执123号", "查封"),
        ("2024年轮候查封一次", "轮候"),
        ("无抵押", None),
        ("无抵押、查封情况", None),
        ("抵押已于2023年解除", None),
        ("原查封已解封", None),
        ("查封尚未解除", "查封"),
        ("法院未解除查封", "查封"),
        ("已解除抵押，2025年被查封", "查封"),
        ("消防验收通过", None),
    ],
)
def test_a_remark_that_speaks_of_a_burden_asks_for_its_record(services, tmp_path, remark, asked):
    table = read(services, tmp_path / "a.xlsx", ["A1", "一号", 1000, remark])
    found = [
        problem.params["text"]
        for field, problem in table.row_problems.get(0, [])
        if (field, problem.code) == ("note", "remark_speaks_of_burden")
    ]
    assert found == ([asked] if asked else [])
