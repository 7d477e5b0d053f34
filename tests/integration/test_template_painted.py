"""What a template draws stands on the pages of the preview as it prints, the rest is named."""

import re
from dataclasses import replace

import pytest

from tests.integration.test_report_content import a_small_park
from tests.report_rig import AS_OF, exporting
from tests.shipped import texts
from tests.template_rig import (
    COVER_PART,
    HEADER_VML,
    PICTURE,
    SPARKLINES,
    STYLES_PART,
    TEXT_BOX,
    Template,
    png,
)
from tests.template_shapes import STYLE, anchored, form, group, placed, solid, words
from workbench.application.ports import Silent
from workbench.domain.report.drawn import Form, Unpainted
from workbench.excel.writer import WorkbookWriter

EMF = b"\x01\x00\x00\x00\x6c\x00\x00\x00" + b"\0" * 80
GRADIENT = (
    '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs><a:gs pos="100000">'
    '<a:srgbClr val="17657D"/></a:gs></a:gsLst></a:gradFill>'
)
SMART_ART = (
    "<xdr:graphicFrame><a:graphic><a:graphicData>"
    '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>'
    "</a:graphicData></a:graphic></xdr:graphicFrame>"
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Returns a function that lays the pages of a report out with a template."""
    service = exporting(*a_small_park(), writer=WorkbookWriter())
    whole = service.build("park", AS_OF, texts())
    report = replace(whole, sheets=whole.sheets[:2])
    folder = tmp_path_factory.mktemp("painted")

    def lay(template):
        path = template.write(folder / "t.xlsx")
        return service.printed(report, texts(), Silent(), str(path))

    return lay


def drawn(*anchors, picture=None):
    template = Template()
    template.cover_drawing(*anchors, picture=picture)
    return template


def test_a_text_box_stands_over_its_cells_with_the_reports_words(printed):
    box = anchored(form(inside=solid("FFF2CC"), after=words("第{edition}版 &amp; {status}")))
    book = printed(drawn(box))
    cover = book.sheets[0]
    [shape] = cover.shapes
    assert (shape.x, shape.width) == (cover.edges[1], cover.edges[2] - cover.edges[1])
    heights = [row.height for row in cover.rows]
    assert (shape.y, shape.height) == (heights[0], sum(heights[1:3]))
    assert (shape.fill, shape.stroke, shape.vertical) == ("FFF2CC", None, "center")
    [[run]] = [lines.runs for lines in shape.text]
    assert (run.words, run.size, run.bold) == ("第1版 & 草稿", 12.0, True)
    assert shape.text[0].horizontal == "center"
    assert book.unpainted == ()
    assert not any(sheet.shapes for sheet in book.sheets[1:])


def test_a_shape_that_nobody_formatted_has_the_colours_of_the_theme(printed):
    """The shipped theme has 4F81BD as its first accent; Excel darkens its edge by half."""
    [shape] = (
        printed(drawn(anchored(form("roundRect", after=STYLE + words("字"))))).sheets[0].shapes
    )
    assert shape.form is Form.ROUND
    assert shape.fill == "4F81BD"
    assert shape.text[0].runs[0].color == "FFFFFF"
    assert int(shape.stroke.color[:2], 16) == pytest.approx(0x4F / 2, abs=14)


def test_lines_ovals_pictures_and_turned_boxes(printed):
    line = form(
        "line", f'<a:ln w="19050">{solid("C00000")}<a:tailEnd type="triangle"/></a:ln>',
        kind="cxnSp", transform=placed(0, 0, 1, 1, ' flipV="1"'),
    )  # fmt: skip
    pale = '<a:schemeClr val="accent1"><a:lumMod val="20000"/><a:lumOff val="80000"/>'
    oval = form("ellipse", f'<a:solidFill>{pale}<a:alpha val="60000"/></a:schemeClr></a:solidFill>')
    upright = form(inside=solid("00B050"), transform=placed(0, 0, 1, 1, ' rot="16200000"'))
    cut = PICTURE.replace("<a:stretch>", '<a:srcRect l="10000" b="25000"/><a:stretch>')
    book = printed(drawn(*map(anchored, (line, oval, upright)), cut, picture=png(30, 10)))
    first, second, third, fourth = book.sheets[0].shapes
    assert (first.form, first.stroke.width, first.flipped_down) == (Form.LINE, 1.5, True)
    assert (first.stroke.color, first.stroke.ends_with_arrow) == ("C00000", True)
    assert (second.form, second.opacity) == (Form.OVAL, 0.6)
    assert second.fill == "DCE6F2"  # Excel's "accent 1, lighter 80 %" of this theme
    assert third.turn == 270
    assert (third.width, third.height) == (second.height, second.width)
    assert third.x + third.width / 2 == pytest.approx(second.x + second.width / 2)
    assert (fourth.width, fourth.height) == (90.0, 30.0)
    assert fourth.content == png(30, 10)
    assert fourth.crop == (0.1, 0.0, 0.0, 0.25)
    assert book.unpainted == ()


def test_the_parts_of_a_group_stand_where_the_group_has_them(printed):
    right = form(inside=solid("70AD47"), transform=placed(1100, 500, 900, 500))
    whole, part = printed(drawn(anchored(form()), anchored(group(right)))).sheets[0].shapes
    assert part.x == pytest.approx(whole.x + whole.width * 0.55)
    assert part.y == pytest.approx(whole.y + whole.height / 2)
    assert (part.width, part.height) == pytest.approx((whole.width * 0.45, whole.height / 2))


def test_what_does_not_print_is_not_painted(printed):
    unseen = anchored(form(inside=solid("FF0000"), about=' hidden="1"'))
    on_screen = anchored(form(inside=solid("FF0000")), data=' fPrintsWithSheet="0"')
    assert printed(drawn(unseen, on_screen)).sheets[0].shapes == ()


SMART = anchored(SMART_ART)
NOT_PAINTED = {
    "SmartArt": (drawn(SMART), {Unpainted.SMART_ART}),
    "a star": (drawn(anchored(form("star5"))), {Unpainted.FORMS}),
    "a gradient": (drawn(anchored(form(inside=GRADIENT))), {Unpainted.FILLS}),
    "a pattern": (drawn(anchored(form(inside='<a:pattFill prst="pct5"/>'))), {Unpainted.FILLS}),
    "upright words": (
        drawn(anchored(form(after=words("竖", 'vert="eaVert"')))), {Unpainted.UPRIGHT}),
    "an EMF picture": (drawn(PICTURE, picture=EMF), {Unpainted.PICTURES}),
}  # fmt: skip


@pytest.mark.parametrize("thing", NOT_PAINTED)
def test_what_cannot_be_painted_is_named(printed, thing):
    template, named = NOT_PAINTED[thing]
    book = printed(template)
    assert set(book.unpainted) == named
    for language in ("zh_CN", "en"):
        for each in book.unpainted:
            assert "report_pages" not in texts(language)(f"report_pages.thing.{each}")


def test_sparklines_and_conditional_formats_of_the_cover_are_named(printed):
    template = Template()
    template.element(COVER_PART, f"<extLst>{SPARKLINES}</extLst>")
    rule = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
        "<formula>1=1</formula></cfRule></conditionalFormatting>"
    )
    template.put(COVER_PART, "<printOptions", f"{rule}<printOptions")
    assert printed(template).unpainted == (Unpainted.CONDITIONAL, Unpainted.SPARKLINES)


def test_pictures_of_headers_and_footers_stand_at_their_side_with_their_size(printed):
    template = Template()
    template.header_picture(STYLES_PART, png(96, 24))
    template.header_picture(COVER_PART, png(40, 20))
    washed = HEADER_VML.replace('id="RH"', 'id="LFEVEN"').replace(
        'gain="19661f"', 'gain="19661f" blacklevel="22938f" cropleft="6553f"'
    ).replace("width:96pt;height:24pt", "width:2cm;height:1in")  # fmt: skip
    template.parts["xl/drawings/vmlDrawing1.vml"] = washed.encode()
    book = printed(template)
    cover, inner = book.sheets[0].line_pictures, book.sheets[1].line_pictures
    [(place, picture)] = inner.items()
    assert place == ("header", "odd", "right")
    assert (picture.width, picture.height, picture.opacity) == (96.0, 24.0, 1.0)
    assert picture.content == png(96, 24)
    [(place, picture)] = cover.items()
    assert place == ("footer", "even", "left")
    assert (picture.width, picture.height) == pytest.approx((56.69, 72.0), abs=0.01)
    assert picture.opacity == pytest.approx(0.3, abs=0.001)
    assert picture.crop == pytest.approx((0.1, 0, 0, 0), abs=0.001)
    assert "{picture}" in book.sheets[1].header["odd"][2][0][0]
    assert book.unpainted == ()


def test_a_header_picture_that_only_office_programs_draw_is_named(printed):
    template = Template()
    template.header_picture(STYLES_PART, EMF, "emf", "image/x-emf")
    book = printed(template)
    assert book.unpainted == (Unpainted.PICTURES,)
    assert not any(sheet.line_pictures for sheet in book.sheets)


@pytest.mark.parametrize("spoil", [
    ("<xdr:from>.*?</xdr:to>", ""), ('cx="1800000"', 'cx="viel"'), ("FFF2CC", "rot"),
    ('sz="1100"', 'sz="groß"'), ("<xdr:col>3<", "<xdr:col>99999<"), ("<a:bodyPr/>", ""),
])  # fmt: skip
def test_a_drawing_that_lacks_something_spoils_no_preview(printed, spoil):
    box = re.sub(spoil[0], spoil[1], TEXT_BOX, flags=re.DOTALL)
    assert box != TEXT_BOX
    [shape] = printed(drawn(box)).sheets[0].shapes
    assert "内部资料" in shape.text[0].runs[0].words
