"""Parts of a template that openpyxl would lose are carried into the report as they are.

Pictures in page headers, text boxes, sparklines, backgrounds; what cannot be kept is named first.
"""

import re
import zipfile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.integration.test_house_style import exported
from tests.office_rig import all_recalculated_files, needs_office
from tests.shipped import texts
from tests.template_rig import (
    CHART,
    COVER_PART,
    PICTURE,
    SPARKLINES,
    STYLES_PART,
    TEXT_BOX,
    Template,
    png,
)
from workbench.domain.findings import InputError
from workbench.excel.house.lines import LONGEST, filled
from workbench.excel.house.style import read_house_style
from workbench.excel.writer import WorkbookWriter

LOGO, BACK = png(96, 24), png(8, 8, b"\xee\xee\xee")
EMF = b"\x01\x00\x00\x00" + b"\x6c\x00\x00\x00" + b"\0" * 80


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A report with a template that holds everything that can be kept."""
    folder = tmp_path_factory.mktemp("parts")
    template = Template()
    template.header_picture(STYLES_PART, LOGO)
    template.header_picture(COVER_PART, EMF, "emf", "image/x-emf")
    template.cover_drawing(TEXT_BOX, PICTURE, picture=png(30, 10))
    template.element(
        COVER_PART,
        '<picture xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'r:id="rId6"/>',
    )
    template.relate(COVER_PART, "image", "../media/back.png", 6)
    template.parts["xl/media/back.png"] = BACK
    template.element(COVER_PART, f"<extLst>{SPARKLINES}</extLst>")
    path = template.write(folder / "t.xlsx")
    return path, exported(folder, path)


def test_nothing_that_is_kept_is_named_as_lost(written):
    house = read_house_style(str(written[0]))
    assert (house.lost, house.unknown, house.appended) == ((), (), ())


def test_a_logo_in_the_page_header_stands_on_every_sheet(written):
    """Each sheet has a drawing of its own with its own numbers; all share one picture."""
    sheets = CalamineWorkbook.from_path(written[1]).sheet_names
    with zipfile.ZipFile(written[1]) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    drawings = [name for name in parts if name.endswith(".vml")]
    assert len(drawings) == len(sheets)
    numbers = {re.search(rb"_x0000_s(\d+)", parts[name])[1] for name in drawings}
    assert numbers == {b"%d" % (n * 1024 + 1) for n in range(1, len(sheets) + 1)}
    assert all(b'gain="19661f"' in parts[name] for name in drawings)
    media = [content for name, content in parts.items() if name.startswith("xl/media/")]
    assert media.count(LOGO) == media.count(EMF) == media.count(BACK) == 1
    for number in range(1, len(sheets) + 1):
        sheet = parts[f"xl/worksheets/sheet{number}.xml"].decode()
        assert "&amp;R&amp;G" in sheet
        assert sheet.count("<legacyDrawingHF ") == 1


def test_what_is_drawn_on_the_cover_is_carried_as_it_is(written):
    with zipfile.ZipFile(written[1]) as package:
        cover = package.read("xl/worksheets/sheet1.xml").decode()
        drawn = [n for n in package.namelist() if n.startswith("xl/drawings/house")]
        [own] = [n for n in drawn if n.endswith(".xml")]
        assert "内部资料　注意保管" in package.read(own).decode()
    order = re.findall(r"<(drawing|legacyDrawingHF|picture|extLst)\b", cover)
    assert order == ["drawing", "legacyDrawingHF", "picture", "extLst"]
    assert "<xm:f>'封面'!H1:L1</xm:f>" in cover


def test_the_package_is_whole(written):
    """Every relation leads to a part, every part says what it is, every id is known."""
    from tests.workbook_rules import complaints

    assert complaints(written[1]) == []


@pytest.fixture(scope="module")
def saved(written, tmp_path_factory):
    """The report and a template as LibreOffice saves them."""
    from pathlib import Path

    folder = tmp_path_factory.mktemp("saved")
    return all_recalculated_files(
        [Path(written[1]), Template().write(folder / "plain.xlsx")], folder
    )


@needs_office
def test_another_program_opens_it(written, saved):
    path = saved[0]
    sheets = CalamineWorkbook.from_path(str(path)).sheet_names
    assert sheets == CalamineWorkbook.from_path(written[1]).sheet_names


def test_a_header_picture_that_is_not_in_the_template_is_named(tmp_path):
    template = Template()
    template.header_picture(STYLES_PART, None)
    linked = Template()
    linked.header_picture(STYLES_PART, None, mode=' TargetMode="External"')
    for made in (template, linked):
        path = made.write(tmp_path / "t.xlsx")
        house = read_house_style(str(path))
        assert house.lost == ("header_picture",)
        assert house.lines.pictures is None
        assert "页眉页脚中的图片" in WorkbookWriter().template_says(str(path), texts())[1]
        with zipfile.ZipFile(exported(tmp_path, path)) as package:
            assert not [n for n in package.namelist() if n.endswith(".vml")]


def test_a_chart_on_the_cover_is_left_out_and_named_and_the_rest_is_kept(tmp_path):
    template = Template()
    template.cover_drawing(TEXT_BOX, CHART)
    template.relate("xl/drawings/drawing1.xml", "chart", "../charts/chart1.xml", 9)
    template.parts["xl/charts/chart1.xml"] = (
        b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        b"<c:chart><c:plotArea/></c:chart></c:chartSpace>"
    )
    path = template.write(tmp_path / "t.xlsx")
    house = read_house_style(str(path))
    assert house.lost == ("charts",)
    with zipfile.ZipFile(exported(tmp_path, path)) as package:
        [own] = [n for n in package.namelist() if n.startswith("xl/drawings/house")]
        drawn = package.read(own).decode()
    assert "内部资料" in drawn
    assert "c:chart " not in drawn


def test_sparklines_over_another_sheet_are_named(tmp_path):
    template = Template()
    template.element(COVER_PART, f"<extLst>{SPARKLINES.replace('封面!', '数据!')}</extLst>")
    assert read_house_style(str(template.write(tmp_path / "t.xlsx"))).lost == ("sparklines",)


def test_what_stands_on_sheets_that_are_not_taken_is_named(tmp_path):
    path = tmp_path / "t.xlsx"
    book = load_workbook(Template().write(path))
    extra = book.create_sheet("参考")
    extra["A1"] = "=1+1"
    extra.protection.sheet = True
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation

    extra.conditional_formatting.add("A1", CellIsRule("equal", ["1"]))
    extra.add_data_validation(DataValidation("list", formula1='"是,否"', sqref="B1"))
    book.defined_names["税率"] = DefinedName("税率", attr_text="参考!$A$1")
    book.create_sheet("再一张").sheet_state = "hidden"
    book.save(path)
    assert set(read_house_style(str(path)).lost) == {
        "formulas", "protection", "conditional", "validations", "names", "sheets",
    }  # fmt: skip


def test_conditional_formats_of_the_cover_are_kept(tmp_path):
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font

    path = tmp_path / "t.xlsx"
    book = load_workbook(Template().write(path))
    red = FormulaRule(['ISNUMBER(SEARCH("草稿",D5))'], font=Font(color="FFFF0000"))
    book["封面"].conditional_formatting.add("D5", red)
    book["封面"].conditional_formatting.add("D6", FormulaRule(["样式!$A$1=1"]))
    book.save(path)
    assert read_house_style(str(path)).lost == ("conditional",)  # the one that looks elsewhere
    [kept] = load_workbook(exported(tmp_path, path))["封面"].conditional_formatting
    assert str(kept.sqref) == "D5"
    assert kept.rules[0].dxf.font.color.rgb == "FFFF0000"


def test_a_cover_without_places_says_what_follows_below(tmp_path):
    """A place that was misspelt or left out: named first, its words are never missing."""
    path = tmp_path / "t.xlsx"
    book = load_workbook(Template().write(path))
    cover = book["封面"]
    for row in cover.iter_rows():
        for cell in row:
            if cell.value in ("{label}", "{value}", "{role}"):
                cell.value = None
            if cell.value == "{notice}":
                cell.value = "{notise}"
    cover["A2"] = "集团公司 {status}"
    book.save(path)
    said = WorkbookWriter().template_says(str(path), texts())
    assert "不认识" in said[1]
    assert "{notise}" in said[1]
    assert "写在封面末尾：{draft}、{label}、{value}、{notice}、{role}" in said[2]
    words = [c.value for row in load_workbook(exported(tmp_path, path))["封面"] for c in row]
    told = "\n".join(str(word) for word in words if word)
    assert "集团公司 草稿" in told
    for expected in ("编号：", "密级：待核", "不等于零", "编制：", "日期：", "{notise}"):
        assert expected in told


def test_theme_and_two_formats_in_one_header_are_kept(tmp_path):
    template = Template()
    template.put("xl/theme/theme1.xml", 'val="4F81BD"', 'val="17657D"')
    template.put(
        STYLES_PART, r"(<headerFooter)>(<oddHeader[^>]*>)[^<]*",
        r'\g<1> differentFirst="1">\g<2>&amp;L&amp;"楷体,Bold"&amp;14集团'
        r'&amp;"宋体,Regular"&amp;9{as_of}',
    )  # fmt: skip
    template.put(STYLES_PART, "<firstHeader ?/>", "<firstHeader>&amp;C首页 {title}</firstHeader>")
    with zipfile.ZipFile(exported(tmp_path, template.write(tmp_path / "t.xlsx"))) as package:
        sheet = package.read("xl/worksheets/sheet4.xml").decode()
        assert b'val="17657D"' in package.read("xl/theme/theme1.xml")
    assert '&amp;L&amp;"楷体,Bold"&amp;14集团&amp;"宋体,Regular"&amp;9 2025-06-30' in sheet
    assert 'differentFirst="1"' in sheet
    assert "首页 示例园区存量资产盘活评估报告" in sheet


@pytest.mark.parametrize("name", ["园" * 300, "&" * 200, "2026" * 100])
def test_a_header_is_never_longer_than_excel_takes(name):
    words = {"title": name, "as_of": "2026-06-30"}
    line = filled('&L&"微软雅黑,Regular"&9 {title}&R&9基准日 {as_of}', words)
    assert len(line) <= LONGEST
    assert line.endswith("2026-06-30")
    assert line.replace("&&", "").count("&") == 5


@needs_office
def test_a_template_that_libreoffice_saved_loses_nothing(saved, tmp_path):
    """It rewrites every part: names of styles, theme, headers, places of the cover."""
    from tests.workbook_rules import complaints

    [said] = WorkbookWriter().template_says(str(saved[1]), texts())
    assert "采用其封面" in said
    path = exported(tmp_path, saved[1])
    assert complaints(path) == []
    title = load_workbook(path)["2 资产概况"]["A1"]
    assert (title.font.name, title.font.sz) == ("黑体", 16)


def test_a_template_with_the_earlier_name_of_a_style_keeps_it(tmp_path):
    earlier = Template()
    earlier.put("xl/styles.xml", 'name="section heading"', 'name="heading"')
    [said] = WorkbookWriter().template_says(str(earlier.write(tmp_path / "t.xlsx")), texts())
    assert "没有这些命名样式" not in said


def test_macro_and_template_files_serve_as_templates(tmp_path):
    """.xlsm with its macros named, .xltx as it is."""
    macros = Template()
    macros.parts["xl/vbaProject.bin"] = b"x"
    old, new = "openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled"
    macros.put("[Content_Types].xml", re.escape(f"{old}.main"), f"{new}.main")
    assert read_house_style(str(macros.write(tmp_path / "t.xlsm"))).lost == ("macros",)
    kind = Template()
    kind.put("[Content_Types].xml", r"spreadsheetml\.sheet\.main", "spreadsheetml.template.main")
    assert read_house_style(str(kind.write(tmp_path / "t.xltx"))).lost == ()


@pytest.mark.parametrize("spoil", [
    lambda drawing: drawing[:-20],
    lambda drawing: drawing.replace(b"<xdr:wsDr", b'<!DOCTYPE x [<!ENTITY a "b">]><xdr:wsDr'),
])  # fmt: skip
def test_a_drawing_that_is_damaged_is_named_and_spoils_no_report(tmp_path, spoil):
    template = Template()
    template.cover_drawing(TEXT_BOX)
    name = "xl/drawings/drawing1.xml"
    template.parts[name] = spoil(template.parts[name])
    path = template.write(tmp_path / "t.xlsx")
    assert "封面上的图形（缺失或已损坏）" in WorkbookWriter().template_says(str(path), texts())[1]
    report = exported(tmp_path, path)
    with zipfile.ZipFile(report) as package:
        assert not [n for n in package.namelist() if n.startswith("xl/drawings/house")]
    assert load_workbook(report).sheetnames[0] == "封面"


def test_a_cover_with_more_places_than_the_report_has_words_is_written(tmp_path):
    """Places that come twice, or after the last fact, leave their cells blank."""
    path = tmp_path / "t.xlsx"
    book = load_workbook(Template().write(path))
    cover = book["封面"]
    for row, words in enumerate(("{title}", "{draft}", "{label} {value}", " ", "{role}"), start=60):
        cover.cell(row, 1).value = words
    book.save(path)
    written = load_workbook(exported(tmp_path, path))["封面"]
    assert "存量资产盘活评估报告" in written["A60"].value
    assert [written.cell(row, 1).value for row in (62, 63, 64)] == [None, None, None]


def test_cells_joined_over_a_whole_sheet_are_refused_and_a_far_cell_is_named(tmp_path):
    template = Template()
    joined = '<mergeCells><mergeCell ref="A100:XFD1048576"/>'
    template.put(COVER_PART, "<mergeCells[^>]*>", joined)
    with pytest.raises(InputError) as refused:
        read_house_style(str(template.write(tmp_path / "t.xlsx")))
    assert (refused.value.code, refused.value.params["sheet"]) == ("report_style.sprawling", "封面")
    far = Template()
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'
    far.put(COVER_PART, "</sheetData>", f"{row}</sheetData>")
    path = far.write(tmp_path / "t.xlsx")
    assert read_house_style(str(path)).lost == ("beyond",)
    assert load_workbook(exported(tmp_path, path))["封面"].max_row < 300
