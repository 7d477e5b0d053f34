"""Everything that a workbook can hold, put into a template: kept in the report, or named before.

Parts and elements as Excel, WPS and LibreOffice write them (ECMA-376 parts 1 and 4, MS-XLSX).
"""

import re
import zipfile

import pytest
from openpyxl import load_workbook

from tests.integration.test_house_style import exported
from tests.shipped import texts
from tests.template_rig import (
    CHART,
    COVER_PART,
    OFFICE,
    PICTURE,
    SPARKLINES,
    STYLES_PART,
    TEXT_BOX,
    VML,
    Template,
)
from tests.workbook_rules import complaints
from workbench.domain.findings import InputError
from workbench.excel.house.style import read_house_style
from workbench.excel.writer import WorkbookWriter

X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
X15 = 'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="%s"/></Properties>'
)
SHEET_TEXT = '<row r="90"><c r="B90" t="inlineStr"><is><t>请勿外传</t></is></c></row>'


def ext(child, names=X14):
    return f'<extLst><ext uri="{{0}}" {names}>{child}</ext></extLst>'


def parts(**contents):
    return lambda t: t.parts.update({n: c.encode() for n, c in contents.items()})


def part(name, content="<a/>"):
    return parts(**{name: content})


def element(xml, sheet=COVER_PART):
    return lambda t: t.element(sheet, xml)


def before(mark, xml, name=COVER_PART):
    return lambda t: t.put(name, mark, f"{xml}{mark}")


def drawn(anchor, kind="", target="", mode=""):
    def edit(template):
        template.cover_drawing(TEXT_BOX, anchor)
        if kind:
            template.relate("xl/drawings/drawing1.xml", kind, target, 9, mode)

    return edit


def old_drawing(inside):
    def edit(template):
        template.parts["xl/drawings/vmlDrawing9.vml"] = (
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:o" xmlns:x="urn:x">'
            f'<v:shape id="_x0000_s1025">{inside}</v:shape></xml>'
        ).encode()
        template.say("vml", VML)
        template.relate(COVER_PART, "vmlDrawing", "../drawings/vmlDrawing9.vml", 9)
        template.element(COVER_PART, f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId9"/>')

    return edit


def shape(inside="", attributes='macro="" textlink=""'):
    return TEXT_BOX.replace('macro="" textlink=""', attributes).replace("<a:t>", f"<a:t>{inside}")


LINKED = TEXT_BOX.replace(
    '<xdr:cNvPr id="2" name="TextBox 1"/>',
    '<xdr:cNvPr id="2" name="TextBox 1"><a:hlinkClick r:id="rId9"/></xdr:cNvPr>',
)
SLICER = re.sub(r"<xdr:graphicFrame>.*</xdr:graphicFrame>", "<mc:AlternateContent " + MC +
    '><mc:Choice Requires="a14"><xdr:graphicFrame macro=""><sle:slicer xmlns:sle="s" name="x" '
    'r:id="rId9"/></xdr:graphicFrame></mc:Choice></mc:AlternateContent>',
    CHART, flags=re.DOTALL)  # fmt: skip

NAMED = {
    "macros": (part("xl/vbaProject.bin"), {"macros"}),
    "signed macros": (part("xl/vbaProjectSignature.bin"), {"macros"}),
    "Excel 4 macro sheets": (part("xl/macrosheets/sheet1.xml"), {"macros"}),
    "a ribbon of its own": (part("customUI/customUI14.xml"), {"macros"}),
    "external links": (part("xl/externalLinks/externalLink1.xml"), {"links"}),
    "slicers": (part("xl/slicers/slicer1.xml"), {"slicers"}),
    "slicer caches": (part("xl/slicerCaches/slicerCache1.xml"), {"slicers"}),
    "time lines": (part("xl/timelines/timeline1.xml"), {"slicers"}),
    "comments": (part("xl/comments1.xml"), {"comments"}),
    "threaded comments": (part("xl/threadedComments/threadedComment1.xml"), {"comments"}),
    "form controls": (part("xl/ctrlProps/ctrlProp1.xml"), {"controls"}),
    "ActiveX": (part("xl/activeX/activeX1.bin"), {"controls"}),
    "form controls as Excel 2007 writes them": (
        old_drawing('<x:ClientData ObjectType="Button"/>'), {"controls"}),
    "a signature line": (
        old_drawing('<o:signatureline v:ext="edit" id="{1}"/>'), {"signature_line"}),
    "a shape of the old kind": (old_drawing("<v:textbox/>"), {"shapes"}),
    "settings of a printer": (part("xl/printerSettings/printerSettings1.bin"), {"printer"}),
    "embedded documents": (part("xl/embeddings/oleObject1.bin"), {"controls"}),
    "add-ins in the sheet": (part("xl/webextensions/webextension1.xml"), {"controls"}),
    "check boxes in cells": (
        part("xl/featurePropertyBag/featurePropertyBag.xml"), {"controls"}),
    "charts": (part("xl/charts/chart1.xml"), {"charts"}),
    "new charts": (part("xl/charts/chartEx1.xml"), {"charts"}),
    "chart sheets": (part("xl/chartsheets/sheet1.xml"), {"charts"}),
    "pivot tables": (part("xl/pivotCache/pivotCacheDefinition1.xml"), {"pivots"}),
    "tables": (part("xl/tables/table1.xml"), {"tables"}),
    "connections": (part("xl/connections.xml"), {"connections"}),
    "queries": (part("xl/queryTables/queryTable1.xml"), {"connections"}),
    "a data model": (part("xl/model/item.data"), {"connections"}),
    "pictures in cells, WPS": (part("xl/cellimages.xml"), {"cell_pictures"}),
    "pictures in cells, Excel": (part("xl/richData/rdrichvalue.xml"), {"cell_pictures"}),
    "custom XML": (part("customXml/item1.xml"), {"custom_xml"}),
    "custom properties": (part("docProps/custom.xml", CUSTOM % "文号"), {"properties"}),
    "sensitivity labels": (part("docMetadata/LabelInfo.xml"), {"properties"}),
    "keywords": (
        lambda t: t.put("docProps/core.xml", "<dc:creator>", "<cp:keywords>密</cp:keywords>"
                        "<dc:creator>"), {"properties"}),
    "named sheet views": (part("xl/namedSheetViews/namedSheetView1.xml"), {"views"}),
    "tracked changes": (part("xl/revisions/revisionHeaders.xml"), {"revisions"}),
    "embedded fonts": (part("xl/fonts/font1.fntdata"), {"fonts"}),
    "a digital signature": (part("_xmlsignatures/sig1.xml"), {"signature"}),
    "ink": (part("xl/ink/ink1.xml"), {"shapes"}),
    "a part nobody knows": (part("xl/wpsNew/thing.xml"), {"other:xl/wpsNew/thing.xml"}),
    "custom views": (
        before("<calcPr", '<customWorkbookViews><customWorkbookView name="v" windowWidth="1" '
               'windowHeight="1" activeSheetId="1" guid="{00000000-0000-0000-0000-000000000001}"'
               "/>"
               "</customWorkbookViews>", "xl/workbook.xml"), {"views"}),
    "recommended read-only": (
        before("<workbookPr", '<fileSharing readOnlyRecommended="1"/>', "xl/workbook.xml"),
        {"protection"}),
    "a locked structure": (
        lambda t: t.put("xl/workbook.xml", "<workbookProtection ?/>",
                        "<workbookProtection lockStructure='1'/>"), {"protection"}),
    "defined names": (
        before("<calcPr", "<definedNames><definedName name='税率'>0.05</definedName>"
               "</definedNames>", "xl/workbook.xml"), {"names"}),
    "something of a later Excel": (
        before("<calcPr", "<newThing/>", "xl/workbook.xml"), {"other:newThing"}),
    "table styles": (
        lambda t: t.put("xl/styles.xml", r"<tableStyles[^>]*/>",
                        '<tableStyles count="1"><tableStyle name="t"/></tableStyles>'),
        {"table_styles"}),
    "a protected sheet": (
        before("<printOptions", '<sheetProtection sheet="1"/>'), {"protection"}),
    "ranges of a protected sheet": (
        before("<printOptions", "<protectedRanges/>"), {"protection"}),
    "scenarios": (before("<printOptions", "<scenarios/>"), {"scenarios"}),
    "a filter": (before("<printOptions", '<autoFilter ref="A1:B2"/>'), {"filters"}),
    "views of a sheet": (before("<printOptions", "<customSheetViews/>"), {"views"}),
    "validations": (
        before("<printOptions", "<dataValidations><dataValidation sqref='B1'/>"
               "</dataValidations>"), {"validations"}),
    "page breaks of the cover": (
        lambda t: t.put(COVER_PART, "</headerFooter>", '</headerFooter><rowBreaks><brk id="3"/>'
                        "</rowBreaks>"), {"breaks"}),
    "bars and icons of Excel 2010": (
        element(ext("<x14:conditionalFormattings/>")), {"extended"}),
    "validations of Excel 2010": (
        element(ext("<x14:dataValidations><x14:dataValidation/></x14:dataValidations>")),
        {"validations"}),
    "slicers of tables": (element(ext("<x15:slicerList/>", X15)), {"slicers"}),
    "an extension nobody knows": (
        element(ext('<w:cells xmlns:w="http://wps.cn/et"/>')), {"other:cells"}),
    "an alternative": (
        element(f'<mc:AlternateContent {MC}><mc:Choice Requires="x14"><controls/></mc:Choice>'
                "</mc:AlternateContent>"), {"controls"}),
    "a formula": (
        before("</sheetData>", '<row r="90"><c r="A90"><f>1+1</f><v>2</v></c></row>'),
        {"formulas"}),
    "cells far away": (
        before("</sheetData>", SHEET_TEXT.replace("90", "900")), {"beyond"}),
    "a link to another sheet": (
        before("<printOptions", "<hyperlinks><hyperlink ref='A1' location='样式!A1'/>"
               "</hyperlinks>"),
        {"hyperlinks"}),
    "a link to a file": (
        lambda t: (before("<printOptions", f'<hyperlinks><hyperlink xmlns:r="{OFFICE}" ref="A1" '
                          'r:id="rId5"/></hyperlinks>')(t),
                   t.relate(COVER_PART, "hyperlink", "file:///C:/a.xlsx", 5,
                            ' TargetMode="External"')), {"hyperlinks"}),
    "a shape that leads to another sheet": (
        drawn(LINKED, "hyperlink", "#样式!A1"), {"hyperlinks"}),
    "a shape that starts a macro": (
        drawn(shape(attributes='macro="[0]!打印" textlink=""')), {"macros"}),
    "a shape that shows a cell": (
        drawn(shape(attributes='macro="" textlink="样式!$A$1"')), {"formulas"}),
    "a picture on the net": (
        drawn(PICTURE.replace("embed", "link").replace("rId1", "rId9"), "image",
              "http://x/logo.png", ' TargetMode="External"'), {"pictures"}),
    "a chart on the cover": (drawn(CHART, "chart", "../charts/chart1.xml"), {"charts"}),
    "a slicer on the cover": (drawn(SLICER, "slicer", "../slicers/s1.xml"), {"slicers"}),
    "a film": (
        drawn(LINKED.replace("hlinkClick", "videoFile"), "video", "../media/m.mp4"), {"shapes"}),
    "a rule that looks elsewhere": (
        before("<printOptions", '<conditionalFormatting sqref="A1"><cfRule type="expression" '
               'priority="1"><formula>样式!A1=1</formula></cfRule></conditionalFormatting>'),
        {"conditional"}),
    "rules on the sheet of styles": (
        before("<printOptions", '<conditionalFormatting sqref="A1"><cfRule type="expression" '
               'priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>',
               STYLES_PART), {"conditional"}),
    "words on the sheet of styles": (
        before("</sheetData>", SHEET_TEXT, STYLES_PART), {"styles_text"}),
    "an upright page of styles": (
        lambda t: t.put(STYLES_PART, 'orientation="landscape"', 'orientation="portrait"'),
        {"page"}),
    "a sheet background": (
        element(f'<picture xmlns:r="{OFFICE}" r:id="rId6"/>', STYLES_PART), {"background"}),
    "a theme whose picture is missing": (
        lambda t: t.put("xl/theme/theme1.xml", "<a:bgFillStyleLst>",
                        f'<a:bgFillStyleLst><a:blipFill><a:blip xmlns:r="{OFFICE}" '
                        'r:embed="rId1"/></a:blipFill>'), {"theme"}),
}  # fmt: skip
SEEN_BY_NOBODY = {
    "as it is": lambda t: None,
    "what WPS writes of itself": part("docProps/custom.xml", CUSTOM % "KSOProductBuildVer"),
    "a thumbnail": part("docProps/thumbnail.wmf"),
    "an order of calculation": part("xl/calcChain.xml"),
    "marks of errors to ignore": element("<ignoredErrors/>"),
}


@pytest.mark.parametrize("thing", NAMED)
def test_what_a_report_does_not_take_is_named(thing, tmp_path):
    edit, lost = NAMED[thing]
    template = Template()
    edit(template)
    path = template.write(tmp_path / "t.xlsx")
    assert set(read_house_style(str(path)).lost) == lost
    for language in ("zh_CN", "en"):
        said = WorkbookWriter().template_says(str(path), texts(language))
        assert len(said) == 2
        assert "report_style" not in said[1]


@pytest.mark.parametrize("thing", SEEN_BY_NOBODY)
def test_what_nobody_sees_is_not_spoken_of(thing, tmp_path):
    template = Template()
    SEEN_BY_NOBODY[thing](template)
    assert read_house_style(str(template.write(tmp_path / "t.xlsx"))).lost == ()


def test_a_style_of_their_own_that_the_report_has_no_use_for_is_named(tmp_path):
    template = Template()
    template.put("xl/styles.xml", 'name="sheet title"', 'name="一级标题"')
    said = WorkbookWriter().template_says(str(template.write(tmp_path / "t.xlsx")), texts())
    assert "没有这些命名样式，用内置的：sheet title" in said[-2]
    assert "不采用：一级标题" in said[-1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_strict_workbook_is_refused_with_what_to_do(tmp_path, language):
    strict = Template()
    strict.put("_rels/.rels", "http://schemas.openxmlformats.org/officeDocument/2006/",
               "http://purl.oclc.org/ooxml/officeDocument/")  # fmt: skip
    with pytest.raises(InputError) as refusal:
        read_house_style(str(strict.write(tmp_path / "t.xlsx")))
    said = texts(language)(refusal.value.code, **refusal.value.params)
    assert "Strict" in said
    assert ".xlsx" in said


def test_a_picture_in_a_cell_leaves_no_formula_as_text(tmp_path):
    """WPS stores =DISPIMG("…") as the value of the cell, too."""
    template = Template()
    cell = (
        '<row r="80"><c r="A80" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f>'
        '<v>=DISPIMG("ID_1",1)</v></c></row>'
    )
    before("</sheetData>", cell)(template)
    template.parts["xl/cellimages.xml"] = b"<a/>"
    path = template.write(tmp_path / "t.xlsx")
    assert set(read_house_style(str(path)).lost) == {"cell_pictures", "formulas"}
    cover = load_workbook(exported(tmp_path, path))["封面"]
    assert not [c.value for row in cover for c in row if "DISPIMG" in str(c.value)]


def test_text_boxes_are_filled_and_what_cannot_be_is_named(tmp_path):
    """A place in a text box takes the report's words, in pieces too; an unknown one is named."""
    template = Template()
    pieces = "<a:t>{sta</a:t></a:r><a:r><a:t>tus}"
    template.cover_drawing(shape("{title} {as_of} {label} "), shape().replace("<a:t>", pieces))
    path = template.write(tmp_path / "t.xlsx")
    assert read_house_style(str(path)).unknown == ("{label}",)
    out = exported(tmp_path, path)
    with zipfile.ZipFile(out) as package:
        drawing = package.read("xl/drawings/house1.xml").decode()
    assert "示例园区存量资产盘活评估报告 2025-06-30 {label} 内部资料" in drawing
    assert "<a:t>草稿</a:t></a:r><a:r><a:t>内部资料" in drawing
    assert complaints(out) == []


def test_sparklines_alone_are_kept(tmp_path):
    """What needs no part of its own is written although nothing else is."""
    template = Template()
    template.element(COVER_PART, f"<extLst>{SPARKLINES}</extLst>")
    out = exported(tmp_path, template.write(tmp_path / "t.xlsx"))
    with zipfile.ZipFile(out) as package:
        assert b"sparklineGroup" in package.read(COVER_PART)
    assert complaints(out) == []
