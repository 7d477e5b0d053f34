"""A block copied from Excel or WPS goes through the rules of an import (issue B, paste)."""

from decimal import Decimal

import pytest

from workbench.application.ledger.pasting import read_block
from workbench.domain.parsing.parsed import ParseContext

HEADED = (
    "序号\t宗地编号\t宗地名称\t所属园区\t土地面积（亩）\t价款缴清比例\r\n"
    '1\tD-01\t"东区\n一号地"\t青河工业园\t50\t85%\r\n'
    '2\t007\t说"好\t青河工业园\t约20\t0.5\r\n'
)


def _all(services, entity):
    with services.unit_of_work() as work:
        return list(work.records.all(entity))


def test_quotes_line_breaks_and_leading_zeros_come_through_the_clipboard():
    text = '编号\t备注\r\n007\t"一行\n二行"\r\n008\t"说""好"""\r\n'
    block = read_block(text, "building", ("code", "note"))
    assert block.rows[-2:] == (("007", "一行\n二行"), ("008", '说"好"'))


def test_a_header_names_the_columns_and_their_units_whatever_the_target():
    block = read_block(HEADED.replace('说"好', "说好"), "parcel", ("name", "code"))
    assert block.fields == ("", "code", "name", "park", "area_cert", "price_paid_ratio")
    assert block.contexts[4] == ParseContext("亩")
    edits = block.edits(["k1", "k2"])
    assert [e.text for e in edits if e.field == "code"] == ["D-01", "007"]
    assert {e.key for e in edits} == {"k1", "k2"}


def test_a_block_without_a_header_falls_on_the_columns_of_the_grid():
    block = read_block("D-01\t50\nD-02\t60", "parcel", ("code", "area_cert"))
    assert not block.headed
    assert [e.text for e in block.edits(["a", "b"])] == ["D-01", "50", "D-02", "60"]


def test_a_column_of_values_that_are_also_headings_has_no_header():
    block = read_block("自用\n出租\n空置", "building", ("use_status",))
    assert not block.headed
    assert len(block.rows) == 3
    headed = read_block("备注\n需复核", "building", ("note",))
    assert headed.headed
    assert headed.rows == (("需复核",),)


def test_a_block_copied_by_wps_with_two_header_rows_and_a_unit_row_is_understood():
    text = (
        "基本信息\t\t面积\t价值\n楼栋编号\t楼栋名称\t建筑面积\t账面原值\n"
        "\t\t万㎡\t万元\nL1\t一号楼\t1.2\t30"
    )
    block = read_block(text, "building", ())
    assert block.fields[:2] == ("code", "name")
    assert block.rows == (("L1", "一号楼", "1.2", "30"),)
    assert block.contexts[2] == ParseContext("万㎡")


def test_pasted_rows_become_records_as_one_step_that_knows_its_text(services):
    block = read_block(HEADED.replace('说"好', "说好"), "parcel")
    preview = services.importing.preview_block(block, "剪贴板")
    assert preview.counts() == {
        "read": 2, "new": 2, "changed": 0, "same": 0, "review": 0, "rejected": 0,
    }  # fmt: skip
    services.importing.commit(preview)
    parcels = {p.get("code"): p for p in _all(services, "parcel")}
    assert parcels["D-01"].get("area_cert") == Decimal("33333.333333")
    assert parcels["D-01"].get("name") == "东区\n一号地"
    assert parcels["007"].get("area_cert") == Decimal("13333.333333")
    assert parcels["007"].origins["area_cert"].qualifier == "约"
    origin = parcels["D-01"].origins["area_cert"]
    assert (origin.raw, origin.source.row, origin.source.column) == ("50", 2, "E")
    with services.unit_of_work() as work:
        (source,) = work.files.sources()
        assert "D-01" in work.files.get(source.sha256).decode()
    services.history.undo()
    assert _all(services, "parcel") == []


@pytest.mark.parametrize(("after", "codes"), [(0, ["D-01", "D-02"]), (1, ["D-02"])])
def test_rows_beyond_the_grid_are_read_in_the_unit_that_it_shows(services, after, codes):
    """亩 read as ㎡ would be the worst of errors: a bare 50 in a land column is 50 亩."""
    block = read_block("D-01\t50\nD-02\t60", "parcel", ("code", "area_cert"))
    preview = services.importing.preview_block(block, "剪贴板", after=after, park="青河工业园")
    services.importing.commit(preview)
    parcels = _all(services, "parcel")
    assert [p.get("code") for p in parcels] == codes
    assert parcels[-1].get("area_cert") == 40000
    assert parcels[-1].origins["area_cert"].source.row == 2 - after


def test_a_heading_without_a_unit_is_in_the_unit_that_the_grid_shows(services):
    block = read_block("宗地编号\t土地面积\tX\nD-01\t50\t1", "parcel")
    preview = services.importing.preview_block(block, "剪贴板")
    services.importing.commit(preview)
    assert _all(services, "parcel")[0].get("area_cert") == Decimal("33333.333333")


def test_edits_of_a_headed_block_use_the_units_of_its_headings(services):
    services.importing.commit(services.importing.preview_block(
        read_block("D-01\t50", "parcel", ("code", "area_cert")), "剪贴板"))  # fmt: skip
    (parcel,) = _all(services, "parcel")
    text = "宗地编号\t土地面积（㎡）\t绿地率\nD-01\t800\t0.35"
    outcome = services.editing.edit_cells(read_block(text, "parcel").edits([parcel.key]))
    assert outcome.refused == ()
    (parcel,) = _all(services, "parcel")
    assert parcel.get("area_cert") == 800
    assert parcel.get("green") == Decimal("0.35")
