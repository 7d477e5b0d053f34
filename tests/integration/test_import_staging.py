"""What an import shows and settles before it stores: checks, layouts, attached records, fields."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.documents import import_document
from workbench.application.imports.commit import Decisions
from workbench.application.imports.fixes import problems, take_suggestions
from workbench.application.imports.preview import ImportOptions, Outcome
from workbench.application.plain import plain_origin
from workbench.domain.findings import EditConflictError

AS_OF = date(2026, 6, 30)


@pytest.fixture
def texts(program):
    return program.texts("zh_CN")


def write(path, *rows, title="厂房"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def everything(services, entity):
    with services.unit_of_work() as work:
        return list(work.records.all(entity))


def read(services, path, **options):
    preview = services.importing.preview([path], ImportOptions(**options))
    services.import_checks.check(preview, AS_OF)
    return preview


def take(services, path, **options):
    preview = read(services, path, **options)
    return preview, services.importing.commit(preview)


def codes(preview):
    return [(p.table.row_number(p.index), p.field, p.problem.code) for p in problems(preview)]


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


# ---- records that a row states beside itself (domain §3.2 rows mortgage, seizure; T2 of §8.3)

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


# ---- taking a whole import back later


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
