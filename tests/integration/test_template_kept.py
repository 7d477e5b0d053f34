"""What a report keeps of a team's template: links, colours, fonts, widths, the tab and the zoom."""

import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.integration.test_house_style import exported
from tests.template_rig import BASE, COVER_PART, MAIN, OFFICE, STYLES_PART, Template, png
from tests.workbook_rules import complaints
from workbench.excel.house.style import read_house_style


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A report with a template of what is kept and is not drawn."""
    from openpyxl.styles import Font, GradientFill, PatternFill, Side
    from openpyxl.styles.borders import Border
    from openpyxl.styles.colors import Color

    folder = tmp_path_factory.mktemp("kept")
    book = load_workbook(BASE)
    cover = book["封面"]
    cover["A1"].value, cover["A1"].hyperlink = "官网", "https://park.example/关于?a=1&b=2"
    cover["B1"].value = "本页"
    cover["C1"].fill = GradientFill(stop=("FFFFFF", "17657D"))
    cover["D1"].border = Border(diagonal=Side("thin", color=Color(indexed=12)), diagonalUp=True)
    cover["D1"].font = Font(name="仿宋", color=Color(indexed=12))
    cover["E1"].font = Font(name="楷体", color=Color(theme=4))
    cover.column_dimensions["H"].fill = PatternFill("solid", fgColor="FFFFF2CC")
    cover.row_dimensions[40].fill = PatternFill("solid", fgColor="FFF2F2F2")
    cover.sheet_properties.tabColor = "FF17657D"
    cover.sheet_view.zoomScale = 85
    cover.freeze_panes = "A2"
    palette = list(book._colors)
    palette[12] = "00ABCDEF"
    book._colors = palette
    book.save(folder / "t.xlsx")
    template = Template(folder / "t.xlsx")
    line = '<hyperlink ref="B1:C1" location="\'封面\'!A5" tooltip="看这里"/></hyperlinks>'
    template.put(COVER_PART, "</hyperlinks>", line)
    template.put("xl/theme/theme1.xml", "<a:bgFillStyleLst>",
                 f'<a:bgFillStyleLst><a:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="rId1"/>'
                 "</a:blipFill>")  # fmt: skip
    template.relate("xl/theme/theme1.xml", "image", "../media/theme.png")
    template.parts["xl/media/theme.png"] = png(4, 4)
    template.say("png", "image/png")
    template.put(STYLES_PART, "<sheetPr>", '<sheetPr><tabColor rgb="FF123456"/>')
    path = template.write(folder / "t.xlsx")
    return path, exported(folder, path)


def test_what_is_kept_is_not_named(kept):
    assert read_house_style(str(kept[0])).lost == ()
    assert complaints(kept[1]) == []


def test_links_of_the_cover_lead_where_they_led(kept):
    with zipfile.ZipFile(kept[1]) as package:
        cover = package.read(COVER_PART).decode()
        relations = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    links = {
        link.get("ref"): (link.get("location"), link.get("tooltip"))
        for link in ElementTree.fromstring(cover).iter(f"{{{MAIN}}}hyperlink")
    }
    assert links == {"A1": (None, None), "B1:C1": ("'封面'!A5", "看这里")}
    assert 'Target="https://park.example/关于?a=1&amp;b=2" TargetMode="External"' in relations
    words = CalamineWorkbook.from_path(str(kept[1])).get_sheet_by_name("封面").to_python()
    assert words[0][:3] == ["官网", "本页", ""]


def test_colours_by_number_and_by_theme_are_the_teams(kept):
    with zipfile.ZipFile(kept[1]) as package:
        assert b'rgb="00ABCDEF"' in package.read("xl/styles.xml")
        theme = package.read("xl/theme/theme1.xml")
        assert package.read("xl/media/house1.png") == png(4, 4)
        assert b'Target="/xl/media/house1.png"' in package.read("xl/theme/_rels/theme1.xml.rels")
    with zipfile.ZipFile(kept[0]) as template:
        assert template.read("xl/theme/theme1.xml") == theme


def test_the_cover_looks_as_it_did(kept):
    """Fonts, fills, borders, widths, whole columns and rows, the tab and the zoom."""
    theirs, ours = (load_workbook(path)["封面"] for path in kept)
    for cell in ("A1", "B1", "C1", "D1", "E1"):
        for part_of in ("font", "fill", "border", "alignment", "number_format"):
            look = [repr(getattr(sheet[cell], part_of)) for sheet in (ours, theirs)]
            assert look[0] == look[1], (cell, part_of)
    assert ours.column_dimensions["H"].fill.fgColor.rgb == "FFFFF2CC"
    assert ours.row_dimensions[40].fill.fgColor.rgb == "FFF2F2F2"
    assert ours.sheet_properties.tabColor.rgb == "FF17657D"
    assert (ours.sheet_view.zoomScale, ours.freeze_panes) == (85, "A2")
    widths = {k: v.width for k, v in theirs.column_dimensions.items()}
    assert {k: ours.column_dimensions[k].width for k in widths} == widths
    assert ours.merged_cells.ranges == theirs.merged_cells.ranges
