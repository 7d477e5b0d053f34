"""Importing into a real project: stored with provenance, again without change, and taken back."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from workbench.application.imports.choices import ImportOptions, OnExisting
from workbench.application.imports.commit import Decisions
from workbench.application.ports import Cancelled
from workbench.domain.findings import InputError
from workbench.domain.values import ValueState

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
BUILDINGS = str(SAMPLES / "01_园区房屋资产台账.xlsx")
LAND = str(SAMPLES / "02_土地资产明细表_两级表头.xlsx")
MIXED = str(SAMPLES / "12_园区综合台账_一表多区.xlsx")


def _all(services, entity):
    with services.unit_of_work() as work:
        return list(work.records.all(entity))


def _import(services, path, **options):
    preview = services.importing.preview([path], ImportOptions(**options))
    return preview, services.importing.commit(preview)


def _write(path, *rows, title="厂房"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return str(path)


def test_preview_stores_nothing(services):
    services.importing.preview([BUILDINGS])
    assert _all(services, "building") == []
    assert _all(services, "park") == []


def test_commit_stores_every_accepted_row_and_names_its_cell(services):
    _, result = _import(services, BUILDINGS)
    assert result.created == {"park": 4, "building": 25}
    parks = {park.key: park.get("name") for park in _all(services, "park")}
    building = next(b for b in _all(services, "building") if b.get("code") == "YH-FW-01004")
    assert parks[building.get("park")] == "云湖智能制造产业园"
    assert building.get("gfa_cert") == Decimal("9265.26")
    origin = building.origins["gfa_cert"]
    assert origin.raw == "９２６５．２６"
    assert (origin.source.sheet, origin.source.row, origin.source.column) == (
        "房屋资产台账", 7, "G",
    )  # fmt: skip
    assert building.origins["original_value"].unit == "万元"
    with services.unit_of_work() as work:
        (source,) = work.files.sources()
        assert source.id == origin.source.source
        assert work.files.get(source.sha256) == Path(BUILDINGS).read_bytes()


def test_estimated_and_unknown_stay_apart_in_the_project(services):
    _import(services, LAND)
    parcels = {p.get("name"): p for p in _all(services, "parcel")}
    about = parcels["青石电子信息03地块"]
    assert about.get("area_cert") == 37000
    assert about.state("area_cert") is ValueState.ESTIMATED
    assert about.origins["area_cert"].qualifier == "约"
    open_ended = parcels["云湖智能制造10地块"]
    assert open_ended.get("end_on") is None
    assert open_ended.origins["end_on"].raw == "长期"
    assert open_ended.state("end_on") is ValueState.UNKNOWN


def test_references_link_records_of_the_same_file(services):
    _import(services, MIXED)
    parcels = {p.get("name"): p.key for p in _all(services, "parcel")}
    buildings = {b.get("name"): b for b in _all(services, "building")}
    leases = _all(services, "lease")
    assert len(parcels) == 5
    assert buildings["1#楼"].get("parcel") == parcels["JS-02"]
    assert leases[0].get("building") == buildings["2#楼"].key
    tenants = {e.key: e for e in _all(services, "enterprise")}
    assert tenants[leases[0].get("tenant")].get("role") == ("租户",)
    assert len(_all(services, "park")) == 1


@pytest.mark.parametrize("path", [BUILDINGS, LAND, MIXED])
def test_importing_the_same_file_again_changes_nothing(services, path):
    first, _ = _import(services, path)
    again, result = _import(services, path)
    counts = again.counts()
    assert counts["same"] == first.counts()["new"]
    assert (counts["new"], counts["review"], counts["changed"]) == (0, 0, 0)
    assert result.stored == 0


def test_a_whole_import_is_undone_in_one_step(services):
    _, result = _import(services, MIXED)
    services.history.undo_batch(result.batch)
    for entity in ("park", "parcel", "building", "lease", "enterprise"):
        assert _all(services, entity) == []


def test_changed_rows_are_reviewed_and_updated_only_when_decided(services, tmp_path):
    head = ["园区名称", "资产编号", "资产名称", "建筑面积（㎡）", "备注"]
    _import(services, _write(tmp_path / "a.xlsx", head, ["东园", "A1", "1#厂房", 100, "旧"]))
    newer = _write(tmp_path / "b.xlsx", head, ["东园", "A1", "1#厂房", 120, None])
    preview, result = _import(services, newer)
    assert preview.counts()["review"] == 1
    assert result.stored == 0
    (table,) = preview.tables()
    (difference,) = table.differences[0]
    assert (difference.field, difference.old, difference.new) == ("gfa_cert", 100, 120)
    services.importing.commit(preview, Decisions({(0, 0): Decisions.UPDATE}))
    (building,) = _all(services, "building")
    assert building.get("gfa_cert") == 120
    assert building.get("note") == "旧"
    services.history.undo()
    assert _all(services, "building")[0].get("gfa_cert") == 100


def test_update_and_skip_need_no_review(services, tmp_path):
    head = ["园区名称", "资产编号", "资产名称", "建筑面积（㎡）"]
    _import(services, _write(tmp_path / "a.xlsx", head, ["东园", "A1", "1#厂房", 100]))
    newer = _write(tmp_path / "b.xlsx", head, ["东园", "A1", "1#厂房", 120])
    preview, _ = _import(services, newer, on_existing=OnExisting.SKIP)
    assert preview.counts()["same"] == 1
    preview, result = _import(services, newer, on_existing=OnExisting.UPDATE)
    assert preview.counts()["changed"] == 1
    assert result.updated == {"building": 1}
    assert _all(services, "building")[0].get("gfa_cert") == 120


def test_the_same_code_in_two_parks_means_two_buildings(services, tmp_path):
    head = ["园区名称", "资产编号", "资产名称", "建筑面积（㎡）"]
    rows = [["东园", "A1", "1#厂房", 100], ["西园", "A1", "1#厂房", 200]]
    preview, _ = _import(services, _write(tmp_path / "a.xlsx", head, *rows))
    assert preview.counts()["new"] == 2


def test_two_sheets_about_one_asset_complete_each_other(services, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["园区名称", "资产编号", "资产名称", "建筑面积（㎡）"])
    sheet.append(["东园", "A1", "1#厂房", 100])
    other = book.create_sheet("价值")
    other.append(["园区名称", "资产编号", "资产名称", "账面原值（万元）"])
    other.append(["东园", "A1", "1#厂房", 35])
    book.save(tmp_path / "a.xlsx")
    _import(services, str(tmp_path / "a.xlsx"))
    (building,) = _all(services, "building")
    assert (building.get("gfa_cert"), building.get("original_value")) == (100, 350000)


def test_formula_like_text_and_long_codes_are_kept_to_the_letter(services, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "资产编号,资产名称,不动产权证号,建筑面积（㎡）,备注\n"
        '00123,=1+1,340888202405126000041234,"1,234.50",@备注\n',
        "utf-8",
    )
    _import(services, str(path))
    (building,) = _all(services, "building")
    assert building.get("code") == "00123"
    assert building.get("name") == "=1+1"
    assert building.get("cert_no") == "340888202405126000041234"
    assert building.get("note") == "@备注"
    assert building.get("gfa_cert") == Decimal("1234.5")


def test_a_person_can_change_entity_column_and_unit(services, tmp_path):
    path = _write(
        tmp_path / "a.xlsx", ["资产编号", "资产名称", "占地面积", "面积二"], ["A1", "一号", 3, 4],
        title="表",
    )  # fmt: skip
    place = ("a.xlsx", "表", 1)
    options = {
        "entities": {(*place, "A"): "parcel"},
        "columns": {(*place, "D"): "area_actual"},
        "units": {(*place, "C"): "亩", (*place, "D"): "公顷"},
    }
    _import(services, path, **options)
    (parcel,) = _all(services, "parcel")
    assert parcel.get("area_cert") == 2000
    assert parcel.get("area_actual") == 40000


def test_a_group_row_states_what_no_column_does(services, tmp_path):
    head = ["宗地编号", "宗地名称", "证载面积（亩）", "土地用途"]
    rows = [
        ["一、出让用地"],
        ["Z1", "一号", 3, "工业"],
        ["二、划拨用地"],
        ["Z2", "二号", 3, "工业"],
    ]
    _import(services, _write(tmp_path / "a.xlsx", head, *rows, title="土地"))
    modes = {p.get("code"): p.get("obtain_mode") for p in _all(services, "parcel")}
    assert modes == {"Z1": "出让", "Z2": "划拨"}


def test_an_unknown_sheet_name_is_refused_with_the_known_ones(services):
    with pytest.raises(InputError) as refusal:
        services.importing.preview([MIXED], ImportOptions(sheets=("没有",)))
    assert refusal.value.code == "importing.sheet_missing"
    assert "综合台账" in refusal.value.params["known"]


def test_cancelling_leaves_nothing_behind(services):
    class Stop:
        def step(self, _done, _total):
            raise Cancelled

    with pytest.raises(Cancelled):
        services.importing.preview([MIXED], progress=Stop())
    assert _all(services, "parcel") == []


class _StopsAt:
    """A person who stops the import after so many reports."""

    def __init__(self, reports):
        self.left = reports

    def step(self, done, total):
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_an_import_of_several_blocks_is_cancelled_between_them_or_stored_whole(
    services, monkeypatch
):
    monkeypatch.setattr("workbench.application.imports.commit.BLOCK", 10)
    preview = services.importing.preview([BUILDINGS])
    with pytest.raises(Cancelled):
        services.importing.commit(preview, progress=_StopsAt(2))
    assert _all(services, "building") == []
    assert services.querying.sources() == []
    assert services.history.next_undo() is None
    services.querying.ledger()
    assert services.importing.commit(preview).created == {"park": 4, "building": 25}
    stored = services.querying.records("building")
    assert len(stored) == 25
    assert all(record.get("name") and record.get("park") for record in stored)
    services.history.undo()
    assert _all(services, "building") == _all(services, "park") == []
    services.history.redo()
    again = _all(services, "building")
    assert [dict(r.values) for r in again] == [dict(r.values) for r in stored]
    assert [dict(r.origins) for r in again] == [dict(r.origins) for r in stored]


@pytest.mark.parametrize(
    ("heading", "cell", "unit"),
    [
        ("月租金单价(元/㎡)", "15", "元/㎡·月"),
        ("租金（元/㎡/天）", "1.1元", "元/㎡·天"),
        ("日租金", "1.1", "元/㎡·天"),
        ("2024年租金单价（元/㎡）", "15", None),
    ],
)
def test_a_rent_has_the_period_that_its_heading_names_or_none(
    services, tmp_path, heading, cell, unit
):
    ledger = tmp_path / "租约.csv"
    ledger.write_text(f"合同编号,承租方,租赁面积（㎡）,{heading}\nH1,甲公司,100,{cell}\n", "utf-8")
    services.importing.commit(services.importing.preview([str(ledger)]))
    assert services.querying.records("lease")[0].get("rent_unit") == unit
