# SPDX-License-Identifier: MIT
"""What an import shows and settles before it stores: checks, layouts, fields."""

from decimal import Decimal

import openpyxl
import pytest

from tests.documents import import_document
from tests.integration.import_steps import AS_OF, chinese, codes, everything, read, take, write
from workbench.application.imports.commit import Decisions
from workbench.application.imports.fixes import problems, take_suggestions
from workbench.application.plain import plain_origin

texts = chinese


# ---- cross-checks before anything is stored (domain §3.4)

HEAD = [
    "园区名称",
    "楼栋编号",
    "楼栋名称",
    "可租面积（万㎡）",
    "已租面积",
    "自用面积",
    "出借面积",
    "空置面积",
]


def test_v07_is_shown_beside_its_cell_and_its_suggestion_knows_its_own_unit(services, tmp_path):
    """The suggestion is in ㎡ whatever the column's unit is: never 10,000 times too much."""
    head = [*HEAD[:7], "空置面积（万㎡）"]
    preview = read(
        services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号", 1, 5000, 0, 0, 0.3])
    )
    (item,) = problems(preview)
    assert (item.field, item.problem.code, item.raw) == ("vacant_area", "V07E", "0.3")
    assert item.suggestion == "5,000.00㎡"
    assert take_suggestions(preview) == 1
    services.import_checks.check(preview, AS_OF)
    assert codes(preview) == []
    services.importing.commit(preview)
    (building,) = everything(services, "building")
    assert building.get("vacant_area") == 5000
    assert building.origins["vacant_area"].raw == "0.3"


def test_checks_see_the_other_sheets_of_the_file_and_the_stored_ledger(services, tmp_path):
    """V05W: footprints of new buildings against a stored parcel; V10W against its term."""
    take(services, write(
        tmp_path / "a.xlsx", ["园区名称", "宗地编号", "宗地名称", "证载面积（㎡）", "终止日期"],
        ["东园", "D1", "一号地", 1000, "2030-01-01"], title="土地"))  # fmt: skip
    book = openpyxl.Workbook()
    book.active.title = "楼栋"
    book.active.append(["园区名称", "楼栋编号", "楼栋名称", "所在宗地", "建筑面积（㎡）"])
    book.active.append(["东园", "A1", "一号", "D1", 900])
    leases = book.create_sheet("租约")
    leases.append(["园区名称", "合同编号", "承租方", "楼栋", "租赁面积", "起租日", "到期日"])
    leases.append(["东园", "H1", "甲公司", "一号", 100, "2026-01-01", "2031-01-01"])
    book.save(tmp_path / "b.xlsx")
    assert (2, "end_on", "V10W") in codes(read(services, str(tmp_path / "b.xlsx")))


def test_a_stored_record_is_complained_about_only_where_the_file_changes_it(services, tmp_path):
    row = ["东园", "A1", "一号", 0.1, 500, 0, 0, 900]
    take(services, write(tmp_path / "a.xlsx", [*HEAD, "备注"], [*row, "旧"]))
    again = read(services, write(tmp_path / "b.xlsx", [*HEAD, "备注"], [*row, "新"]))
    assert again.counts()["review"] == 1
    assert codes(again) == []
    worse = read(services, write(tmp_path / "c.xlsx", HEAD, [*row[:7], 950]))
    assert codes(worse) == []  # V07E is about 可租面积, which the file leaves as it was
    more = read(services, write(tmp_path / "d.xlsx", HEAD, [*row[:3], 0.09, *row[4:]]))
    assert codes(more) == [(2, "rentable_area", "V07E")]


def test_one_row_is_checked_again_after_a_correction(services, tmp_path, monkeypatch):
    """US02 of §8.2: one row is validated again, in a large import without its neighbours."""
    monkeypatch.setattr("workbench.application.imports.checks.WHOLE", 0)
    rows = [["东园", "A1", "一号", -5], ["东园", "A2", "二号", -6]]
    head = ["园区名称", "楼栋编号", "楼栋名称", "建筑面积（㎡）"]
    preview = read(services, write(tmp_path / "a.xlsx", head, *rows))
    first, second = problems(preview)
    first.table.columns["gfa_cert"].values[0] = Decimal(5)
    services.import_checks.check_again(first.table, 0)
    assert [p.index for p in problems(preview)] == [second.index]


def test_findings_of_the_checks_stand_in_the_json_with_sentence_and_suggestion(
    services, tmp_path, texts
):
    head = ["园区名称", "楼栋编号", "楼栋名称", "可租面积", "已租面积", "出租率"]
    preview = read(
        services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号", 1000, 500, "80%"])
    )
    (sheet,) = import_document(preview, texts)["files"][0]["sheets"]
    found = [f for f in sheet["records"][0]["findings"] if f["level"] != "I"]
    assert [(f["code"], f["field"], f["suggestion"]) for f in found] == [
        ("V08W", "occupancy", "50.00%")
    ]
    assert found[0]["message"].startswith("填报出租率80.00%")


# ---- fields of records that exist


def test_fields_are_taken_or_kept_for_all_rows(services, tmp_path):
    head = ["园区名称", "楼栋编号", "楼栋名称", "建筑面积（㎡）", "备注"]
    take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号", 100, "旧"]))
    newer = write(tmp_path / "b.xlsx", head, ["东园", "A1", "一号", 120, "新"])
    kept = read(services, newer, keep=frozenset({"gfa_cert", "note"}))
    assert kept.counts()["same"] == 1
    preview, result = take(services, newer, accept=frozenset({"gfa_cert"}))
    assert preview.counts()["changed"] == 1
    assert result.updated == {"building": 1}
    (building,) = everything(services, "building")
    assert (building.get("gfa_cert"), building.get("note")) == (120, "旧")


def test_one_field_of_one_row_is_kept(services, tmp_path):
    head = ["园区名称", "楼栋编号", "楼栋名称", "建筑面积（㎡）", "备注"]
    take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号", 100, "旧"]))
    preview = read(services, write(tmp_path / "b.xlsx", head, ["东园", "A1", "一号", 120, "新"]))
    decided = Decisions({(0, 0): Decisions.UPDATE}, {(0, 0): frozenset({"gfa_cert"})})
    services.importing.commit(preview, decided)
    (building,) = everything(services, "building")
    assert (building.get("gfa_cert"), building.get("note")) == (100, "新")


def test_an_unreadable_cell_of_a_stored_value_is_not_passed_over(services, tmp_path):
    """A row with nothing else to say counted as the same, and the update was lost unsaid."""
    head = ["楼栋编号", "楼栋名称", "建筑面积（㎡）"]
    take(services, write(tmp_path / "a.xlsx", head, ["A1", "一号", 4000], ["A2", "二号", "待测"]))
    again = write(tmp_path / "b.xlsx", head, ["A1", "一号", "5O00"], ["A2", "二号", "待测"])
    preview = read(services, again)
    assert (preview.counts()["same"], codes(preview)) == (2, [(2, "gfa_cert", "letter_in_number")])
    assert take_suggestions(preview) == 1
    assert (preview.counts()["same"], preview.counts()["changed"]) == (1, 1)
    services.importing.commit(preview)
    assert {b.get("code"): b.get("gfa_cert") for b in everything(services, "building")} == {
        "A1": 5000, "A2": None,
    }  # fmt: skip
    assert codes(read(services, again)) == []
    other = write(tmp_path / "c.xlsx", head, ["A1", "一号（改名）", "6O00"])
    preview = read(services, other)
    assert take_suggestions(preview) == 1
    (table,) = preview.tables()
    assert [(d.field, d.new) for d in table.differences[0]] == [
        ("name", "一号（改名）"), ("gfa_cert", 6000),
    ]  # fmt: skip


# ---- layouts

STRANGE = ["栏目甲", "栏目乙", "占地面积", "栏目丁"]
PLACE = ("a.xlsx", "表", 2)


def strange(path):
    return write(path, ["某表"], STRANGE, ["A1", "一号", 3, 4], title="表")


def settled(path):
    return {
        "headers": {("", "表"): (2, 2)},
        "entities": {("", "表", 0, ""): "parcel"},
        "columns": {
            (*PLACE, "A"): "code", (*PLACE, "B"): "name", ("", "表", 0, "D"): "area_actual",
        },
        "units": {(*PLACE, "C"): "亩", (*PLACE, "D"): "公顷"},
    }  # fmt: skip


def test_a_header_that_a_person_pointed_at_is_found_again_in_another_file(services, tmp_path):
    path = strange(tmp_path / "a.xlsx")
    take(services, path, **settled(path))
    (parcel,) = everything(services, "parcel")
    assert (parcel.get("area_cert"), parcel.get("area_actual")) == (2000, 40000)
    other = write(
        tmp_path / "b.xlsx", ["另一册"], ["2026年"], STRANGE, ["B7", "七号", 6, 1], title="别的名"
    )
    (table,) = read(services, other).tables()
    assert (table.entity, table.remembered) == ("parcel", True)
    assert table.values(0)["area_cert"] == 4000
    assert table.values(0)["area_actual"] == 10000
    with pytest.raises(Exception, match="no_table"):
        read(services, other, remembered=False)


def test_nothing_is_remembered_before_the_import_is_stored(services, tmp_path):
    path = strange(tmp_path / "a.xlsx")
    read(services, path, **settled(path))
    assert services.querying.setting("import_layouts") is None


def test_a_table_is_left_out_and_a_choice_of_now_overrules_a_remembered_one(services, tmp_path):
    path = strange(tmp_path / "a.xlsx")
    take(services, path, **settled(path))
    spot = ("", "表", 0, "D")
    (table,) = read(services, strange(tmp_path / "c.xlsx"), columns={spot: ""}).tables()
    assert "area_actual" not in table.columns
    gone = read(services, path, entities={("", "表", 0, ""): "-"}, tolerant=True)
    assert [item.reason for item in gone.files[0].ignored] == ["not_chosen"]


def cards(path, count=2):
    rows = [
        line
        for n in range(count)
        for line in (
            ["资产卡片"], ["资产编号", f"K{n}", "资产名称", f"{n}号厂房"],
            ["建筑面积", 1000 + n, "占地面积", 500 + n], ["账面原值", 300, "账面净值", 200], [],
        )
    ]  # fmt: skip
    return write(path, *rows, title="卡片")


def test_each_field_of_a_card_is_chosen_by_itself_and_remembered(services, tmp_path):
    """Two fields of one letter shared a choice, and no choice about cards was remembered."""
    (table,) = read(services, cards(tmp_path / "a.xlsx")).tables()
    assert [column.address for column in table.table.columns] == [
        "B2",
        "D2",
        "B3",
        "D3",
        "B4",
        "D4",
    ]
    place = ("", "卡片", 0)
    take(
        services, cards(tmp_path / "a.xlsx"),
        columns={(*place, "B3"): "rentable_area", (*place, "D3"): ""},
        units={(*place, "B4"): "万元"},
    )  # fmt: skip
    (table,) = read(services, cards(tmp_path / "b.xlsx", count=3)).tables()
    assert table.remembered
    values = table.values(2)
    assert (values["name"], values["rentable_area"], "base_area" in values) == (
        "2号厂房",
        1002,
        False,
    )
    assert (values["original_value"], values["net_value"]) == (3_000_000, 200)


def test_json_names_every_field_of_a_card(services, tmp_path, texts):
    document = import_document(read(services, cards(tmp_path / "a.xlsx")), texts)
    columns = document["files"][0]["sheets"][0]["columns"]
    assert {at: column["field"] for at, column in columns.items()} == {
        "B2": "code", "D2": "name", "B3": "gfa_cert", "D3": "base_area",
        "B4": "original_value", "D4": "net_value",
    }  # fmt: skip


def test_a_choice_for_one_of_two_tables_below_one_another_does_not_reach_the_other(
    services, tmp_path
):
    head = ["楼栋编号", "楼栋名称", "建筑面积"]
    path = write(
        tmp_path / "a.xlsx", ["甲园厂房台账"], head, ["A1", "一号", 10], [],
        ["乙园宿舍台账"], head, ["B1", "二号", 20], title="表",
    )  # fmt: skip
    one, two = read(services, path, units={("", "表", 0, "C2"): "亩"}).tables()
    assert one.values(0)["gfa_cert"] == Decimal("6666.666667")
    assert two.values(0)["gfa_cert"] == 20


def test_every_stored_value_names_file_sheet_row_column_and_raw_text(services, tmp_path):
    """Issue B: what ``list --json --origins`` and ``log --record`` show of a value."""
    head = ["园区名称", "楼栋编号", "楼栋名称", "账面原值（万元）"]
    take(services, write(tmp_path / "a.xlsx", head, ["东园", "A1", "一号", "约１，２００"]))
    (building,) = everything(services, "building")
    files = {file.id: file.name for file in services.querying.sources()}
    assert plain_origin(building.origins["original_value"], files) == {
        "raw": "约１，２００", "unit": "万元", "state": "estimated", "qualifier": "约",
        "file": "a.xlsx", "sheet": "厂房", "row": 2, "column": "D",
    }  # fmt: skip
    ((_, changes),) = services.querying.history("building", building.key)
    logged = {c.field: c.new.origin for r in changes.records for c in r.fields}
    assert plain_origin(logged["original_value"], files)["row"] == 2


def test_a_letter_for_a_digit_never_becomes_a_tenth_of_the_area(services, tmp_path):
    """5O亩 (a letter) is asked about, with 50亩 as the suggestion: never read as 5."""
    head = ["宗地编号", "宗地名称", "证载面积（亩）"]
    preview = read(services, write(tmp_path / "a.xlsx", head, ["D1", "一号", "5O亩"], title="土地"))
    (item,) = problems(preview)
    assert (item.problem.code, item.suggestion) == ("letter_in_number", "50亩")
    take_suggestions(preview)
    services.importing.commit(preview)
    (parcel,) = everything(services, "parcel")
    assert parcel.get("area_cert") == Decimal("33333.333333")


def test_a_suggestion_that_cannot_be_read_is_not_offered(services, tmp_path):
    head = ["园区名称", "合同编号", "承租方", "租期"]
    row = ["东园", "H1", "甲公司", "24.5.1至26.4.30"]
    preview = read(services, write(tmp_path / "a.xlsx", head, row, title="租约"))
    assert all(item.read(item.suggestion).value for item in problems(preview) if item.suggestion)


# ---- leases in a sheet that is named after its building


@pytest.mark.parametrize(
    ("sheet", "title"),
    [("1号厂房租赁", None), ("Sheet1", "1号厂房租赁台账"), ("租户", "云湖产业园1号厂房租户明细表")],
)
def test_leases_of_a_sheet_named_after_a_building_are_linked_to_it(
    services, tmp_path, sheet, title
):
    head = ["园区名称", "楼栋名称", "建筑面积（㎡）"]
    take(services, write(tmp_path / "a.xlsx", head, ["云湖产业园", "1号厂房", 5000]))
    (building,) = everything(services, "building")
    rows = [
        ["承租方", "租赁面积（㎡）", "租金单价（元/㎡·月）", "起租日", "到期日"],
        ["甲公司", 500, 15, "2024-01-01", "2026-12-31"],
        ["乙公司", 600, 15, "2024-03-01", "2027-02-28"],
    ]
    path = write(tmp_path / "b.xlsx", *([[title]] if title else []), *rows, title=sheet)
    preview, _ = take(services, path)
    assert {lease.text("building") for lease in everything(services, "lease")} == {building.key}
    (table,) = [t for t in preview.tables() if t.entity == "lease"]
    said = {p.code for of in table.row_problems.values() for _, p in of}
    assert "building_from_title" in said


def test_a_sheet_named_after_no_building_links_nothing(services, tmp_path):
    rows = [
        ["承租方", "租赁面积（㎡）", "租金单价（元/㎡·月）", "起租日", "到期日"],
        ["甲公司", 500, 15, "2024-01-01", "2026-12-31"],
    ]
    take(services, write(tmp_path / "b.xlsx", *rows, title="9号厂房租赁"))
    assert everything(services, "building") == []
    (lease,) = everything(services, "lease")
    assert lease.get("building") is None


def test_a_mended_figure_is_read_in_the_unit_of_its_column(services, tmp_path):
    """亩 is never read for ㎡: a column without a unit is in ㎡, its mended cells too."""
    head = ["宗地编号", "宗地名称", "证载面积"]
    rows = (["D1", "一号", 4000], ["D2", "二号", "5O00"])
    preview = read(services, write(tmp_path / "a.xlsx", head, *rows, title="土地"))
    assert take_suggestions(preview) == 1
    services.importing.commit(preview)
    assert [p.get("area_cert") for p in everything(services, "parcel")] == [4000, 5000]
