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
