"""What a template draws on the pages of a report, painted: each thing at its place."""

from array import array
from datetime import date

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.template_rig import TEXT_BOX, Template, png
from tests.widget.page_rig import a_rig
from workbench.domain.report.drawn import Form, LinePicture, Lines, Run, Shape, Stroke
from workbench.domain.report.printed import (
    PICTURE,
    PagePart,
    Paper,
    PrintedBook,
    PrintedRow,
    PrintedSheet,
)
from workbench.ui.pages.report.page import ReportPage
from workbench.ui.pages.report.pages.painter import PagePainter

PAPER = Paper(842, 595, 42, 60, 42, 60, 20, 20, scale=0.5, lines_shrink=False)
SCALE = 2
WHITE, RED, GREEN = "#ffffff", "#c00000", "#00b050"
TEXT = (Lines((Run("■■■■", 20, color="00B050"),), "center"),)


def painted(qtbot, *shapes, pictures=None, section="", band="header", pages="odd", page=0):
    """The picture of a page with shapes, and of headers with a line of one section."""
    lines = {"odd": ((), (), ())}
    if section:
        lines = {pages: tuple(((PICTURE, 9.0),) if side == section else () for side in SIDES)}
        lines.setdefault("odd", ((), (), ()))
    sheet = PrintedSheet(
        "封面", "封面", PAPER, (400, 400), (PrintedRow(20),) * 60,
        (PagePart(1, 40), PagePart(41, 60)),
        lines if band == "header" else {}, lines if band == "footer" else {},
        shapes=shapes, line_pictures=pictures or {},
    )  # fmt: skip
    book = PrintedBook((sheet,))
    image = QImage(842 * SCALE, 595 * SCALE, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    whole = QRectF(0, 0, PAPER.width, PAPER.height)
    PagePainter(len(book.pages), date(2026, 11, 23)).paint(painter, book.pages[page], whole)
    painter.end()
    return image


SIDES = ("left", "center", "right")


def color(image, x, y):
    """The colour at a point of the paper."""
    return image.pixelColor(round(x * SCALE), round(y * SCALE)).name()


def over(x, y):
    """The point of the paper at a point of the cells."""
    return PAPER.left + x * PAPER.scale, PAPER.top + y * PAPER.scale


def reach(image, wanted):
    """The box that holds all points of a colour, in points of the paper."""
    rgb, width = QColor(wanted).rgb(), image.width()
    points = array("I", bytes(image.constBits()))  # a point of this format is one number
    assert len(points) == width * image.height()
    lines = [points[at : at + width] for at in range(0, len(points), width)]
    down = [y for y, line in enumerate(lines) if rgb in line]
    first = min(lines[y].index(rgb) for y in down)
    last = width - min(lines[y][::-1].index(rgb) for y in down)
    return QPointF(first, down[0]) / SCALE, QPointF(last, down[-1] + 1) / SCALE


def test_shapes_stand_over_the_cells_as_small_as_they_are(qtbot):
    box = Shape(100, 40, 200, 80, fill="C00000")
    image = painted(qtbot, box)
    first, last = reach(image, RED)
    assert (first.x(), first.y()) == pytest.approx(over(100, 40), abs=0.6)
    assert (last.x(), last.y()) == pytest.approx(over(300, 120), abs=0.6)


def test_ovals_and_lines_leave_their_corners_free_and_turn(qtbot):
    image = painted(qtbot, Shape(100, 40, 200, 80, Form.OVAL, fill="C00000"))
    assert color(image, *over(200, 80)) == RED
    assert color(image, *over(104, 43)) == WHITE
    stroke = Stroke("C00000", 6)
    down = painted(qtbot, Shape(100, 40, 200, 80, Form.LINE, stroke=stroke))
    assert [color(down, *over(x, y)) for x, y in ((130, 52), (130, 108))] == [RED, WHITE]
    up = painted(qtbot, Shape(100, 40, 200, 80, Form.LINE, stroke=stroke, flipped_down=True))
    assert [color(up, *over(x, y)) for x, y in ((130, 52), (130, 108))] == [WHITE, RED]
    turned = painted(qtbot, Shape(100, 40, 200, 80, fill="C00000", turn=90))
    first, last = reach(turned, RED)
    assert (last - first).x() == pytest.approx(40, abs=0.6)
    assert (last - first).y() == pytest.approx(100, abs=0.6)


def test_an_arrow_is_broader_than_its_line(qtbot):
    plain, arrow = (
        painted(qtbot, Shape(100, 40, 200, 0, Form.LINE,
                             stroke=Stroke("C00000", 4, ends_with_arrow=ends)))
        for ends in (False, True)
    )  # fmt: skip
    heights = [last.y() - first.y() for first, last in (reach(i, RED) for i in (plain, arrow))]
    assert heights[1] > 2 * heights[0]


@pytest.mark.parametrize(("vertical", "share"), [("top", 0.12), ("center", 0.5), ("bottom", 0.88)])
def test_words_stand_in_their_box(qtbot, vertical, share):
    image = painted(qtbot, Shape(100, 40, 300, 200, text=TEXT, vertical=vertical))
    first, last = reach(image, GREEN)
    middle = (first + last) / 2
    x, y = over(250, 40 + 200 * share)
    assert middle.x() == pytest.approx(x, abs=2)
    assert middle.y() == pytest.approx(y, abs=9)


def test_a_shape_further_down_is_on_the_second_page(qtbot):
    shape = Shape(100, 41 * 20, 100, 40, fill="C00000")
    first, _ = reach(painted(qtbot, shape, page=1), RED)
    assert (first.x(), first.y()) == pytest.approx(over(100, 20), abs=0.6)


def test_a_picture_is_shown_without_what_is_cut_off(qtbot):
    halves = QImage(20, 10, QImage.Format.Format_RGB32)
    halves.fill(QColor(RED))
    for x in range(10):
        for y in range(10):
            halves.setPixelColor(x, y, QColor(GREEN))
    image = painted(qtbot, Shape(100, 40, 200, 80, content=_bytes(halves), crop=(0.5, 0, 0, 0)))
    assert color(image, *over(140, 80)) == RED
    whole = painted(qtbot, Shape(100, 40, 200, 80, content=_bytes(halves)))
    assert color(whole, *over(140, 80)) == GREEN


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("band", ["header", "footer"])
def test_a_picture_of_a_line_stands_at_its_side(qtbot, band, side):
    picture = LinePicture(png(8, 4, b"\xc0\x00\x00"), 96, 24)
    image = painted(qtbot, pictures={(band, "odd", side): picture}, section=side, band=band)
    first, last = reach(image, RED)
    left = {"left": 42, "center": 421 - 48, "right": 842 - 42 - 96}[side]
    top = 20 if band == "header" else 595 - 20 - 24
    assert (first.x(), first.y()) == pytest.approx((left, top), abs=0.6)
    assert (last.x(), last.y()) == pytest.approx((left + 96, top + 24), abs=0.6)


def test_a_washed_out_picture_is_pale_and_one_of_the_first_page_only_there(qtbot):
    picture = LinePicture(png(8, 4, b"\xc0\x00\x00"), 96, 24, 0.3)
    given = {"pictures": {("header", "first", "left"): picture}, "section": "left"}
    pale = QColor(color(painted(qtbot, pages="first", **given), 60, 30))
    assert pale.red() > 200
    assert 150 < pale.green() < 255
    assert color(painted(qtbot, pages="first", page=1, **given), 60, 30) == WHITE


def test_the_report_page_paints_the_template_and_names_the_rest(tmp_path, qtbot, monkeypatch):
    """Chosen with the mouse; the cover on the screen has the box's colour at the box's place."""
    from PySide6.QtCore import Qt

    from workbench.ui.pages.report import house_template

    template = Template()
    star = TEXT_BOX.replace('prst="rect"', 'prst="star5"').replace("FFF2CC", "00B050")
    template.cover_drawing(TEXT_BOX, star.replace("<xdr:row>1<", "<xdr:row>2<"))
    path = str(template.write(tmp_path / "t.xlsx"))
    monkeypatch.setattr(house_template, "choose_template", lambda *_: path)
    rig = a_rig(tmp_path, qtbot)
    page = rig.show(ReportPage)
    rig.host.resize(1200, 900)
    rig.settle(qtbot)
    rig.settle(qtbot)
    preview = page.preview
    assert not preview._state.isVisible()
    qtbot.mouseClick(page.checks.template, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    rig.settle(qtbot)
    assert preview._state.isVisible()
    assert "形状的轮廓" in preview._state.text()
    assert len(preview.pages.view.book.sheets[0].shapes) == 2
    shot = preview.pages.view.viewport().grab().toImage()
    assert any(
        shot.pixelColor(x, y).name() == GREEN
        for x in range(0, shot.width(), 3)
        for y in range(0, shot.height(), 3)
    )
    rig.close()


def _bytes(image):
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
