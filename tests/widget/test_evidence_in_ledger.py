# SPDX-License-Identifier: MIT
"""Evidence in the ledger: dropped on panel, cell or field, described, checked, taken away."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import ledger_page, small_park
from tests.widget.page_rig import type_text, words
from workbench.application.project.evidencing import Owner
from workbench.domain.findings import ProjectError
from workbench.domain.records.ledger import Record
from workbench.ui.errors import sentence
from workbench.ui.pages.evidence.box import EvidenceBox
from workbench.ui.pages.evidence.files import small_picture
from workbench.ui.pages.evidence.note import EvidenceNoteDialog
from workbench.ui.widgets.buttons import IconButton

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
rig = small_park
page = ledger_page


@pytest.fixture
def scan(tmp_path):
    made = tmp_path / "权证.pdf"
    made.write_bytes(b"%PDF-1.7 scan")
    return made


def record(rig, entity, code):
    return rig.services.querying.ledger().find(entity, rig.keys[code])


def drop(widget, place, file):
    """Drag a file over a widget and let go; tell whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(place), copy, data, LEFT, PLAIN))
    event = QDropEvent(QPointF(place), copy, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def cell_place(page, rig, code, column):
    """Return the middle of a cell of the register."""
    sheet = page.sheet()
    row = sheet.model.row_of("parcel", rig.keys[code])
    index = sheet.model.index(row, sheet.model.column_number(column))
    return sheet.grid.visualRect(index).center()


@pytest.mark.parametrize(("column", "field"), [("land", "area_cert"), ("name", None)])
def test_a_file_dropped_on_a_cell_proves_its_field_and_on_a_name_the_record(
    page, rig, qtbot, scan, column, field
):
    assert drop(page.sheet().grid.viewport(), cell_place(page, rig, "G2", column), scan)
    rig.settle(qtbot)
    (kept,) = rig.services.evidencing.of("parcel", rig.keys["G2"])
    assert kept.text("owner_field") == field
    assert rig.shell.toasts[-1].startswith("已存入 1 份证据：研发用地")


def test_a_ledger_dropped_on_the_table_is_left_to_the_window(page, rig, tmp_path):
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(b"PK")
    assert not drop(page.sheet().grid.viewport(), cell_place(page, rig, "G2", "land"), ledger)
    assert rig.services.querying.records("evidence") == []


def test_a_field_of_an_open_form_counts_a_file_as_soon_as_it_is_kept(page, rig, qtbot, scan):
    page.show_target(f"form:parcel:{rig.keys['G2']}:cert_no")
    line = page.record_actions.form.lines["cert_no"]
    assert drop(line, QPoint(5, 5), scan)
    rig.settle(qtbot)
    assert "1 份" in line.attach.toolTip()
    page.record_actions.form.reject()


def test_the_panel_scrolls_by_page_though_nothing_in_it_takes_the_focus(page, rig, qtbot):
    rig.host.resize(1500, 400)
    page.detail.show_record(record(rig, "building", "B1"), page._state)
    bar = page.detail._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    QTest.keyClick(page.detail.first_focus(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(page.detail.first_focus(), Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_evidence_of_a_record_is_dropped_described_checked_and_taken_away(page, rig, qtbot, scan):
    rig.services.evidencing.attach(Owner("parcel", rig.keys["G2"], "cert_no"), [str(scan)])
    page.detail.show_record(record(rig, "parcel", "G2"), page._state)
    page.detail.tabs.set_current("sources")
    page.detail._fill()
    rig.settle(qtbot)
    box = page.detail.findChild(EvidenceBox)
    assert "证明：权证号" in words(box)
    next(b for b in box.findChildren(IconButton) if "说明" in b.toolTip()).click()
    dialog = rig.host.findChild(EvidenceNoteDialog)
    type_text(dialog.page, "x")
    dialog._on_save()
    assert "不是正整数" in dialog._note.text()
    type_text(dialog.page, "3")
    dialog._on_save()
    (kept,) = rig.services.evidencing.of("parcel", rig.keys["G2"])
    assert kept.number("page") == 3
    with rig.services._engine.begin() as connection:
        connection.exec_driver_sql(
            "delete from blob_piece where sha256 = ?", (kept.text("sha256"),)
        )
    page.detail._on_check()
    rig.settle(qtbot)
    assert "文件不在项目里" in words(page.detail)
    assert rig.shell.toasts[-1] == "1 份证据缺失或被改动。请重新添加原件。"
    qtbot.mouseClick(
        next(b for b in page.detail.findChildren(IconButton) if "移除" in b.toolTip()),
        Qt.MouseButton.LeftButton,
    )
    assert rig.services.evidencing.of("parcel", rig.keys["G2"]) == []


def test_a_file_dropped_anywhere_on_the_panel_is_evidence_of_the_record(
    page, rig, qtbot, tmp_path, monkeypatch
):
    photo = tmp_path / "门头.jpg"
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x8FB3A0)
    picture.save(str(photo))
    page.detail.show_record(record(rig, "building", "B1"), page._state)
    assert drop(page.detail, QPoint(5, 5), photo)
    rig.settle(qtbot)
    page.detail.show_record(record(rig, "building", "B1"), page._state)
    rig.settle(qtbot)
    (kept,) = rig.services.evidencing.of("building", rig.keys["B1"])
    box = page.detail.evidence
    assert kept.label == "门头.jpg"
    assert box._made[kept.key].width() == 96, "a picture of it is shown"
    monkeypatch.setattr(rig.services.evidencing, "content", None)
    page.detail._fill()
    assert page.detail.evidence._made[kept.key].width() == 96, "and the file is not read again"


def a_scan(*sides):
    """Return a PDF with a JPEG per side, as scanners make them."""
    objects = []
    for side in sides:
        picture = QImage(side, side * 2, QImage.Format.Format_RGB32)
        picture.fill(0x8FB3A0)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "JPG")
        head = b"<< /Type /XObject /Filter /DCTDecode >>\nstream\n"
        objects.append(b"1 0 obj\n" + head + bytes(buffer.data()) + b"\nendstream\nendobj\n")
    return b"%PDF-1.4\n" + b"".join(objects) + b"%%EOF"


def test_a_scan_kept_as_a_pdf_shows_its_page_and_not_its_letterhead(qapp):
    picture = small_picture(a_scan(20, 600))
    assert (picture.width(), picture.height()) == (48, 96)
    assert small_picture(b"%PDF-1.7 only words").isNull()
    assert small_picture(b"%PDF-1.4 /DCTDecode cut off").isNull()


def test_the_pages_of_a_pdf_are_told_and_never_guessed(page, rig, tmp_path, qtbot):
    real, broken = tmp_path / "合同.pdf", tmp_path / "坏.pdf"
    writer = QPdfWriter(str(real))
    painter = QPainter(writer)
    writer.newPage()
    writer.newPage()
    painter.end()
    broken.write_bytes(b"%PDF-1.7 scan")
    owner = Owner("building", rig.keys["B1"])
    keys = rig.services.evidencing.attach(owner, [str(real), str(broken)])
    page.show_target(f"building:{rig.keys['B1']}:")
    page.detail.setVisible(True)
    page.detail.show_record(record(rig, "building", "B1"), page._state)
    page.detail.tabs.set_current("sources")
    page.detail._fill()
    rig.settle(qtbot)
    hints = page.detail.evidence._hints
    assert "共 3 页" in hints[keys[0]][0].text()
    assert "页数读不出" in hints[keys[1]][0].text()


def test_many_files_are_listed_by_and_by(qtbot):
    """500 files at once would hold the window for seconds."""
    box = EvidenceBox()
    qtbot.addWidget(box)
    values = {"name": "照片.jpg", "sha256": "0", "owner_key": "B1"}
    many = [Record("evidence", str(at), values) for at in range(90)]
    with qtbot.waitSignal(box.pictures_wanted) as wanted:
        box.set_evidence(many)
    assert len(wanted.args[0]) == len(box._hints) == 40
    assert box.more.text() == "再列 40 份（还有 50 份）"
    box.more.click()
    box.more.click()
    assert len(box._hints) == 90
    assert box.more.isHidden()
    box.set_evidence([Record("evidence", "x", {**values, "owner_key": "B2"}), *many])
    assert len(box._hints) == 40, "another record begins anew"


@pytest.mark.parametrize("kind", ["tif", "png", "jpg", "bmp"])
def test_every_kind_of_picture_gets_a_small_one(kind):
    """A reader of TIFF that ended after its file took the whole program down."""
    page = QImage(300, 200, QImage.Format.Format_RGB32)
    page.fill(0xFF88AACC)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert page.save(buffer, kind)
    assert small_picture(bytes(buffer.data())).size().toTuple() == (96, 64)


def test_a_file_that_was_altered_is_not_given_out_and_is_named(page, rig, scan, tmp_path):
    owner = Owner("parcel", rig.keys["G1"])
    [key] = rig.services.evidencing.attach(owner, [str(scan)])
    with closing(sqlite3.connect(rig.services.project)) as behind:
        behind.execute("UPDATE blob_piece SET content = x'00'")
        behind.commit()
    kept = rig.services.querying.record("evidence", key)
    with pytest.raises(ProjectError) as refused:
        rig.services.evidencing.write_copy(kept, str(tmp_path / "copy.pdf"))
    assert "“权证.pdf”与存入时不一致" in sentence(refused.value)
    assert not (tmp_path / "copy.pdf").exists()
