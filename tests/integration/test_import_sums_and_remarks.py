"""The ledger's own 小计 and 备注 are heard: sums that disagree, burdens that no record holds."""

import openpyxl
import pytest

from workbench.application.imports.choices import ImportOptions

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


def test_a_repeat_adds_up_like_the_first_import_where_a_code_occurs_twice(services, tmp_path):
    """V28: the second statement of 002 counts neither when it is new nor when it is stored."""
    rows = (
        ["001", "一号", 3000], ["002", "二号", 4000], ["002", "二号扩建", 4500],
        ["003", "三号", 800], ["003", "三号", 800], ["合计", None, 7800],
    )  # fmt: skip
    first = read(services, tmp_path / "a.xlsx", *rows)
    services.importing.commit(services.importing.preview([str(tmp_path / "a.xlsx")]))
    again = read(services, tmp_path / "a.xlsx", *rows)
    assert [total.agrees for total in (*first.totals, *again.totals)] == [True, True]
    assert first.counts() | {"new": 0, "same": 3} == again.counts()


def test_the_sums_of_land_and_houses_in_one_list_add_up_both(services, tmp_path):
    """V28 of a list that becomes parcels and buildings; its book values are of both."""
    book = openpyxl.Workbook()
    for row in (
        ["资产编号", "资产名称", "资产类别", "建筑面积（㎡）", "土地面积（㎡）", "账面原值（元）"],
        ["A1", "一号厂房", "标准厂房", 1000, None, 500],
        ["D1", "东地块", "工业用地", None, 2000, 300],
        ["A2", "二号厂房", "标准厂房", 700, None, 200], ["合计", None, None, 1700, 2000, 999],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    houses, land = services.importing.preview([str(tmp_path / "a.xlsx")]).tables()
    assert {t.field: (t.computed, t.agrees) for t in houses.totals} == {
        "gfa_cert": (1700, True), "original_value": (1000, True),
    }  # fmt: skip
    assert {t.field: (t.computed, t.agrees) for t in land.totals} == {"area_cert": (2000, True)}


def test_one_of_two_tables_made_of_a_list_is_chosen_for_alone(services, tmp_path):
    """What a person says of the houses in a mixed list is not said of its land."""
    book = openpyxl.Workbook()
    for row in (
        ["资产编号", "资产名称", "资产类别", "面积"], ["A1", "一号厂房", "标准厂房", 1000],
        ["D1", "东地块", "工业用地", 2000],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    one, other = services.importing.preview([str(tmp_path / "a.xlsx")]).tables()
    options = ImportOptions(entities={("a.xlsx", *one.place): "facility"})
    chosen = services.importing.preview([str(tmp_path / "a.xlsx")], options)
    assert [t.entity for t in chosen.tables()] == ["facility", other.entity]
