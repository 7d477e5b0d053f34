# SPDX-License-Identifier: MIT
"""Records that a row states beside itself (domain §3.2 rows mortgage, seizure; T2 of §8.3)."""

from datetime import date
from decimal import Decimal

import openpyxl

from tests.documents import import_document
from tests.integration.import_steps import chinese, codes, everything, read, take, write
from workbench.application.imports.commit import Decisions
from workbench.application.imports.preview import Outcome

texts = chinese


T2 = [
    ["单位：万元、亩"],
    ["宗地编号", "宗地名称", "证载面积", "抵押情况", None, None, "查封法院", "案号", "查封期限"],
    [None, None, None, "抵押权人", "金额", "顺位", None, None, None],
    ["D1", "一号地", 30, "徽商银行", 1500, 1, None, None, None],
    ["D2", "二号地", 30, "—", "/", None, "市法院", "（2024）皖执1号", "2027.5.8"],
    ["D3", "三号地", 30, None, None, None, None, None, None],
]


def t2(path, rows=T2):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "土地"
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("D2:F2")
    for column in "ABCGHI":
        sheet.merge_cells(f"{column}2:{column}3")
    book.save(path)
    return str(path)


def test_t2_mortgage_and_seizure_columns_become_records_of_their_parcel(services, tmp_path):
    preview, result = take(services, t2(tmp_path / "a.xlsx"))
    assert preview.counts()["read"] == 3
    assert result.created == {"parcel": 3, "encumbrance": 2}
    parcels = {p.key: p.get("code") for p in everything(services, "parcel")}
    mortgage, seizure = everything(services, "encumbrance")
    assert parcels[mortgage.get("parcel")] == "D1"
    assert (mortgage.get("kind"), mortgage.get("holder"), mortgage.get("amount")) == (
        "抵押", "徽商银行", 15_000_000,
    )  # fmt: skip
    assert mortgage.get("rank") == 1
    source = mortgage.origins["amount"].source
    assert (source.sheet, source.row, source.column) == ("土地", 4, "E")
    assert parcels[seizure.get("parcel")] == "D2"
    assert (seizure.get("kind"), seizure.get("authority")) == ("查封", "市法院")
    assert seizure.get("case_no") == "（2024）皖执1号"
    assert seizure.get("end_on") == date(2027, 5, 8)


def test_attached_records_are_known_again_and_their_changes_are_differences(services, tmp_path):
    take(services, t2(tmp_path / "a.xlsx"))
    _, again = take(services, t2(tmp_path / "b.xlsx"))
    assert again.stored == 0
    rows = [*T2[:3], [*T2[3][:4], 1600, 1, None, None, None], *T2[4:]]
    preview = read(services, t2(tmp_path / "c.xlsx", rows))
    (table,) = [t for t in preview.everything() if Outcome.REVIEW in t.outcomes]
    assert [d.field for d in table.differences[0]] == ["amount"]
    services.importing.commit(preview, Decisions({(1, 0): Decisions.UPDATE}))
    assert everything(services, "encumbrance")[0].get("amount") == 16_000_000
    assert len(everything(services, "encumbrance")) == 2


def test_attached_records_go_with_their_row_and_with_its_import(services, tmp_path):
    preview = read(services, t2(tmp_path / "a.xlsx"))
    result = services.importing.commit(preview, Decisions({(0, 0): Decisions.SKIP}))
    assert result.created == {"parcel": 2, "encumbrance": 1}
    services.history.undo_batch(result.batch)
    assert everything(services, "encumbrance") == []


def test_attached_columns_are_named_in_the_json_and_can_be_left_out(services, tmp_path, texts):
    path = t2(tmp_path / "a.xlsx")
    (sheet,) = import_document(read(services, path), texts)["files"][0]["sheets"]
    assert sheet["columns"]["E"]["attached"] == {"entity": "encumbrance", "field": "amount"}
    assert [(r["entity"], r["row"], r["outcome"]) for r in sheet["attached"]] == [
        ("encumbrance", 4, "new"), ("encumbrance", 5, "new"),
    ]  # fmt: skip
    left = {("", "土地", 0, letter): "" for letter in "DEF"}
    (table,) = read(services, path, columns=left).tables()
    assert [attached.host.attachment for attached in table.attached] == ["seizure"]


def test_valuation_and_tenant_of_a_building_become_records(services, tmp_path):
    head = [
        "园区名称", "楼栋编号", "楼栋名称", "已租面积", "评估值（万元）", "评估基准日", "承租方",
        "租期", "租金单价（元/㎡·月）",
    ]  # fmt: skip
    rows = [
        ["东园", "A1", "一号", 800, 4200, "2025-12-31", "甲公司", "2023.1.1-2027.12.31", 14.5],
        ["东园", "A2", "二号", 0, None, None, "空置", None, None],
        ["东园", "A3", "三号", 500, None, None, "乙公司、丙公司", "2023.1.1-2027.12.31", 10],
    ]
    preview, result = take(services, write(tmp_path / "a.xlsx", head, *rows))
    assert result.created == {
        "park": 1, "building": 3, "enterprise": 1, "lease": 1, "valuation": 1,
    }  # fmt: skip
    (lease,) = everything(services, "lease")
    assert (lease.get("area"), lease.get("rent_price"), lease.get("rent_unit")) == (
        800, Decimal("14.5"), "元/㎡·月",
    )  # fmt: skip
    assert (lease.get("start_on"), lease.get("end_on")) == (date(2023, 1, 1), date(2027, 12, 31))
    (valuation,) = everything(services, "valuation")
    assert (valuation.get("value"), valuation.get("base_date")) == (42_000_000, date(2025, 12, 31))
    assert (4, "", "several_tenants") in codes(preview)


LINES = [
    ["资产编号", "资产名称", "建筑面积（㎡）", "承租人", "租赁面积（㎡）", "抵押权人"],
    ["YH-001", "综合楼", 5200, "云湖银行", 1200, "徽商银行"],
    [None, None, None, "云湖律所", 300, None],
    ["YH-002", "仓库", 4100, "江滨冷链", 2000, None],
    ["YH-002", "仓库", 4100, "云湖粮油", 2100, None],
    ["合计", None, 9300, None, 5600, None],
]


def test_a_house_with_one_line_per_tenant_is_one_house_with_several_leases(services, tmp_path):
    """The second line was a second house, a full repeat, or a row without a name."""
    book = openpyxl.Workbook()
    for row in LINES:
        book.active.append(row)
    book.active.merge_cells("F2:F3")
    book.save(tmp_path / "a.xlsx")
    preview, result = take(services, str(tmp_path / "a.xlsx"))
    [table] = preview.tables()
    assert table.counts() == {
        "read": 5, "new": 2, "changed": 0, "same": 2, "review": 0, "rejected": 1,
    }  # fmt: skip
    assert all(total.agrees for total in table.totals)
    assert result.created == {"building": 2, "lease": 4, "encumbrance": 1, "enterprise": 4}
    houses = {house.key: house for house in everything(services, "building")}
    assert sorted(house.get("leased_area") for house in houses.values()) == [1500, 4100]
    let = [
        (houses[x.get("building")].get("name"), x.get("area"))
        for x in everything(services, "lease")
    ]
    assert sorted(let) == [("仓库", 2000), ("仓库", 2100), ("综合楼", 300), ("综合楼", 1200)]
    book.active["A1"] = "编码"
    book.save(tmp_path / "b.xlsx")
    _, again = take(services, str(tmp_path / "b.xlsx"))
    assert again.stored == 0


def test_a_valuation_without_a_unit_says_in_which_it_is_read(services, tmp_path):
    """评估价值 by 原值（万元） was read in 元 without a word, ten thousand times too little."""
    head = ["楼栋编号", "楼栋名称", "账面原值（万元）", "评估价值", "评估日期"]
    path = write(tmp_path / "a.xlsx", head, ["A1", "一号", 80, 100, "2024-1-1"])
    (table,) = read(services, path).tables()
    said = [(at, problem.code) for at, problem in table.problems if at == "D"]
    assert said == [("D", "unit_unlike")]


def test_a_burden_is_linked_by_the_code_of_what_it_burdens(services, tmp_path):
    """资产编号 of a list of mortgages was not imported, so that no limit reached its asset."""
    take(services, write(
        tmp_path / "a.xlsx", ["宗地编号", "宗地名称", "证载面积（亩）"], ["G1", "一号地", 20],
        ["G2", "二号地", 30], title="土地"))  # fmt: skip
    head = ["资产编号", "资产名称", "限制类型", "权利人", "债权金额（万元）"]
    rows = (["G1", "一期用地", "抵押", "甲银行", 1], ["G9", "没有", "查封", "市法院", None])
    preview = read(services, write(tmp_path / "b.xlsx", head, *rows, title="抵押查封"))
    (table,) = preview.tables()
    keys = {p.get("code"): p.key for p in everything(services, "parcel")}
    assert table.columns["parcel"].targets == [keys["G1"], None]
    assert codes(preview) == [(3, "building", "asset_unknown")]
    assert table.linked_by(table.table.columns[0]) == "parcel"
