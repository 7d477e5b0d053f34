"""Issue 8, 8: whose name gets a code, and where in a text it is replaced."""

import pytest

from tests.builders import a_ledger, a_record
from tests.shipped import texts
from workbench.domain.report.model import Cell, Column, Table
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.naming import codes_of
from workbench.domain.report.redaction.patterns import brand_of, kept_address
from workbench.domain.report.redaction.redacting import _table


def test_a_withheld_reason_keeps_the_words_that_rules_look_for():
    columns = (Column("lost_reason", "流失原因"),)
    rows = ((Cell("张三嫌层高和供电不足"),), (Cell("张三改主意"),))
    table = Table("", "需求线索", columns, rows, records="demand")
    cells = [row[0].value for row in _table(table, Codes({}), texts()).rows]
    assert cells == ["供电、层高（其余文字已隐去）", "（已隐去）"]


def test_what_leads_from_a_list_to_a_file_is_withheld():
    """A size in another table is a number like any other."""
    columns = (Column("name", "文件"), Column("size", "大小"), Column("sha256", "SHA-256"))
    rows = ((Cell("文件01"), Cell(77), Cell("ab12")), (Cell("文件02"), Cell(), Cell("")))
    hidden = _table(Table("", "文件", columns, rows), Codes({}), texts())
    assert [[c.value for c in row] for row in hidden.rows] == [
        ["文件01", "（已隐去）", "（已隐去）"], ["文件02", None, ""],
    ]  # fmt: skip
    plain = Table("", "面积", columns[:2], tuple(row[:2] for row in rows))
    assert _table(plain, Codes({}), texts()).rows == plain.rows


def test_short_and_numeric_names_are_replaced_only_as_a_whole():
    codes = Codes({"1": "企业001", "张三": "人员001", "张三丰": "人员002", "A": "企业002"})
    assert [codes(t) for t in ("1", " A ", "1号楼 A 座", "张三丰与张三")] == [
        "企业001", "企业002", "1号楼 A 座", "人员002与人员001",
    ]  # fmt: skip


def test_a_name_is_no_part_of_the_code_of_a_parameter():
    """Seen: stamp_方案002 in the tax table, of a scenario called transfer."""
    codes = Codes({"transfer": "方案002"}, terms=("stamp_transfer",))
    assert codes("stamp_transfer") == "stamp_transfer"
    assert codes("印花税（stamp_transfer=0.05）") == "印花税（stamp_transfer=0.05）"
    assert codes("transfer_2024，见 transfer") == "方案002_2024，见 方案002"


def test_a_firm_is_hidden_without_its_legal_form_too():
    """A record may call a firm by its short name."""
    firm = a_record("enterprise", "e1", name="锦程科技有限公司")
    parcel = a_record("parcel", "d1", name="原锦程科技工业用地", right_holder="示例园区")
    codes = codes_of([a_ledger(firm, parcel)], (), texts(), ("示例园区",))
    assert codes("原锦程科技工业用地") == "原企业001工业用地"
    assert codes("锦程科技有限公司与示例园区") == "企业001与示例园区"


def test_assets_named_after_a_firm_are_hidden_with_it():
    """锦程1号厂房 would tell who 企业001 is, although the firm is called by a longer name."""
    park = a_record("park", "p", name="示例园区", province="湖北省", city="襄阳市")
    firm = a_record("enterprise", "e1", name="襄阳锦程科技有限公司")
    other = a_record("enterprise", "e2", name="=恒通物流")
    named = a_record("building", "b1", name="锦程1号厂房", park="p")
    place = a_record("parcel", "d1", name="东地块", location="恒通路2号", park="p")
    plain = a_record("building", "b2", name="襄阳大道3号厂房", park="p")
    ledger = a_ledger(park, firm, other, named, place, plain)
    codes = codes_of([ledger], (), texts(), ("示例园区",))
    assert codes("锦程1号厂房的可租面积") == "企业0011号厂房的可租面积"
    assert codes("襄阳大道3号厂房") == "襄阳大道3号厂房"
    assert "恒通" not in codes("恒通路2号")


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("襄阳锦程科技有限公司", "锦程"),
        ("湖北锐进机械股份有限公司", "锐进"),
        ("云帆软件", "云帆"),
        ("科技有限公司", "科技"),
        ("汉江银行", "汉江"),
    ],
)
def test_what_is_peculiar_to_a_firm_is_neither_region_nor_trade(name, brand):
    assert brand_of(name, {"襄阳", "襄阳市", "湖北", "湖北省"}) == brand


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲乙丙与甲乙", "B与A"),
        ("甲 乙 丙", "B"),
        ("ＡＢＣＤ公司与abcd公司", "C与C"),
        ("XABCD公司", "XABCD公司"),
        ("华新（苏州）厂", "D厂"),
        ("华新(苏 州)厂", "D厂"),
        ("甲乙园区里的甲乙", "甲乙园区里的A"),
        ("出租", "E"),
        ("出租率与出租", "出租率与出租"),
        ("丁", "F"),
        ("丁、戊", "F、戊"),
        ("丁字路", "丁字路"),
        ("第63", "H"),
        ("第63页", "第63页"),
        ("乙丙丁丁公司", "G"),
        ("甲乙丙丁丁公司", "甲G"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, shown):
    """Names in names, blanks, widths and case; words of the report; parks that hold a name."""
    names = {"甲乙": "A", "甲乙丙": "B", "ABCD公司": "C", "华新（苏州）": "D", "出租": "E",
             "丁": "F", "第63": "H", "乙丙丁丁公司": "G"}  # fmt: skip
    codes = Codes(names, kept=("甲乙园区",), common=("出租",))
    assert codes(text) == shown
    assert codes.left_in(shown) == []


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("滨河区锦程路8号", "滨河区…"),
        ("江苏省苏州市滨河区锦程路8号张三宅旁", "江苏省苏州市滨河区…"),
        ("锦程园区北路3号", "…"),
        ("创业大道18号", "…"),
        ("张三厂区内", "…"),
        ("3号楼二层东侧", "3号楼二层东侧"),
    ],
)
def test_a_location_ends_at_the_district(location, kept):
    assert kept_address(location, "…") == kept


def test_who_is_on_no_record_is_guessed_by_pattern():
    """Firms by their legal form, people by what stands before them, telephone numbers."""
    building = a_record("building", "b1", name="联系人：王小二", serves="丙丁纺织有限公司宿舍")
    unit = a_record("unit", "u1", unit_no="找赵经理 13912345678")
    codes = codes_of([a_ledger(building, unit)], (), texts(), ())
    assert codes("联系人：王小二") == "联系人：人员001"
    assert codes("丙丁纺织有限公司宿舍") == "企业001宿舍"
    assert "13912345678" not in codes("找赵经理 13912345678")
