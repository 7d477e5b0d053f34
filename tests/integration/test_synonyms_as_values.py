# SPDX-License-Identifier: MIT
"""Cells called as a heading is: a house 厂房, a tenant 承租方, a remark 自用 (domain §3.2)."""

import re

import pytest

from tests.import_rig import IMPORTING, READER
from workbench.application.imports.preview import Outcome
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.tables.sheets import RawSheet

TABLES = {
    "parcel": ["宗地编号", "宗地名称", "坐落", "土地面积（亩）", "权利人", "备注"],
    "building": ["楼栋编号", "楼栋名称", "坐落", "建筑面积（㎡）", "权利人", "备注"],
    "lease": ["合同编号", "承租方", "坐落", "租赁面积（㎡）", "权利人", "备注"],
}
SUMS = re.compile("(?:合计|总计|累计|小计)$")
"""A row called so is a sum, whatever else it is."""
WORDS = sorted({
    word
    for entity in CATALOGUE.ledger()
    for field in entity
    for word in (field.zh, *field.synonyms)
    if not SUMS.search(word)
})  # fmt: skip


@pytest.mark.parametrize("entity", TABLES)
def test_a_row_of_a_table_stays_one_whatever_its_cells_are_called(entity):
    """Every synonym of the catalogue as a name, a place and a remark, three in each row."""
    lost = []
    for start in range(0, len(WORDS), 60):
        words = WORDS[start : start + 60]
        threes = [words[at : at + 3] for at in range(0, len(words), 3) if len(words[at:]) >= 3]
        rows = [
            [f"K{at}", name, place, float(100 + at), "甲公司", remark]
            for at, (name, place, remark) in enumerate(threes)
        ]
        READER.sheets = [RawSheet("表", [TABLES[entity], *rows])]
        [table, *others] = IMPORTING.preview(["台账.xlsx"]).tables()
        kept = [table.outcomes[at] is not Outcome.REJECTED for at in range(len(table.outcomes))]
        if others or table.entity != entity or kept != [True] * len(rows):
            lost.append(words)
    assert lost == []
