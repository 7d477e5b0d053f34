# SPDX-License-Identifier: MIT
"""B3: machines in a list of houses wait for a decision: none is lost, none becomes a house."""

import pytest

from tests.integration.import_steps import everything, read, write
from workbench.application.imports.commit import Decisions

HEAD = ["园区名称", "资产编号", "资产名称", "资产类别", "账面原值（万元）", "账面净值（万元）"]
ROWS = (
    ["东园", "A1", "1号厂房", "房屋建筑物", 1200, 800],
    ["东园", "E1", "10kV变压器", "机器设备", 15.8, 0.8],
    ["东园", "S1", "厂区围墙", "构筑物", 30, 12],
)


def _stored(services):
    return sorted(record.values["name"] for record in everything(services, "building"))


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({}, ["1号厂房"]),
        ({(0, 1): Decisions.NEW}, ["10kV变压器", "1号厂房"]),
        ({(0, 2): Decisions.UPDATE, (0, 1): Decisions.SKIP}, ["1号厂房", "厂区围墙"]),
    ],
)
def test_what_is_no_house_is_stored_only_when_a_person_says_so(services, tmp_path, said, stored):
    preview = read(services, write(tmp_path / "a.xlsx", HEAD, *ROWS))
    (table,) = preview.tables()
    assert table.counts() == {
        "read": 3, "new": 1, "changed": 0, "same": 0, "review": 2, "rejected": 0,
    }  # fmt: skip
    assert [item.new for row in (1, 2) for item in table.differences[row]] == ["机器设备", "构筑物"]
    services.importing.commit(preview, Decisions(said))
    assert _stored(services) == stored


PLANNED = (
    ["名称", "建筑面积（㎡）", "使用状态"],
    ["1号厂房", 5000, "出租"],
    ["3号厂房（拟建）", 5000, ""],
    ["规划4号楼", 8000, ""],
    ["6号厂房", 900, "筹建"],
    ["规划展示馆", 1200, "自用"],
    ["8号厂房（规划编号B-2）", 100, "出租"],
    ["5号厂房（在建）", 6000, "在建"],
)


def test_a_house_that_is_only_planned_waits_for_a_person(services, tmp_path):
    """Its area counted as there; 规划展示馆 and a house under construction are there."""
    preview = read(services, write(tmp_path / "a.xlsx", *PLANNED))
    [table] = preview.tables()
    assert [o.value for o in table.outcomes] == ["new", *["review"] * 3, *["new"] * 3]
    services.importing.commit(preview, Decisions({(0, 1): Decisions.NEW}))
    assert _stored(services) == [
        "1号厂房", "3号厂房（拟建）", "5号厂房（在建）", "8号厂房（规划编号B-2）", "规划展示馆",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "waiting"),
    [("2027年拟建厂房计划表", 2), ("存量及拟建厂房情况表", 0), ("厂房台账", 0)],
)
def test_a_list_titled_as_plans_waits_as_a_whole(services, tmp_path, title, waiting):
    rows = [[title], ["名称", "建筑面积（㎡）"], ["6号厂房", 15000], ["7号厂房", 18000]]
    [table] = read(services, write(tmp_path / "a.xlsx", *rows)).tables()
    assert table.counts()["review"] == waiting


def test_a_tenant_that_has_not_signed_waits_for_a_person(services, tmp_path):
    rows = (
        ["承租方", "租赁面积（㎡）", "起租日"],
        ["甲公司", 1000, "2024.1.1"],
        ["乙公司（意向）", 2000, "2026.3.1"],
        ["拟引进企业", 800, ""],
        ["丙公司（拟续租）", 500, "2024.1.1"],
    )
    [table] = read(services, write(tmp_path / "a.xlsx", *rows, title="租赁")).tables()
    assert [o.value for o in table.outcomes] == ["new", "review", "review", "new"]


def test_a_machine_is_no_house_for_machines(services, tmp_path):
    """设备 was read as 设备房, and a lift stood among the buildings."""
    rows = (["E1", "客梯", "设备", 30, 12], ["E2", "空压站", "设备房", 60, 40])
    head = ["资产编号", "资产名称", "资产类别", "账面原值（万元）", "账面净值（万元）"]
    [table] = read(services, write(tmp_path / "a.xlsx", head, *rows)).tables()
    assert [outcome.value for outcome in table.outcomes] == ["review", "new"]
