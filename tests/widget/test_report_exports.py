"""Exports of the report page: drafts always, formal ones when they may, told when old."""

from datetime import date
from zipfile import ZipFile

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

import workbench.ui.pages.report.exports as report_exports
import workbench.ui.pages.report.written as report_written
from tests.widget.page_rig import one_park
from tests.widget.report_page_rig import (
    chosen,
    lasting_report,
    overlet_park,
    shared_report,
    sheet_names,
    shown,
)
from workbench.application.project.evidencing import Owner
from workbench.files import office_pdf
from workbench.ui.pages.assessment.version_dialogs import CompareDialog, ObstacleDialog
from workbench.ui.pages.report.redaction_dialog import RedactionDialog
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button

rig = one_park
built = overlet_park
lasting = lasting_report
looked_at = shared_report


def test_a_draft_is_written_although_there_are_errors(looked_at, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "草稿.xlsx"
    asked = []

    def choose(_parent, _title, name, _kind):
        asked.append(name)
        return str(target)

    monkeypatch.setattr(report_exports, "choose_target", choose)
    built, page = looked_at
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert asked == ["滨河高新产业园_盘活评估报告_2026-11-23_v1.xlsx"]
    assert sheet_names(target)
    assert "草稿.xlsx" in built.shell.toasts[-1]
    assert "已核对：" in page.checks.last_words()


def test_changing_ones_mind_in_the_dialog_writes_nothing(looked_at, qtbot, monkeypatch):
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: "")
    built, page = looked_at
    before = list(built.shell.watched)
    qtbot.mouseClick(page.checks.ledger, Qt.MouseButton.LeftButton)
    assert built.shell.watched == before


def test_the_formal_export_waits_for_assessment_and_status(rig, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "正式.xlsx"
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: str(target))
    rig.services.editing.add("building", {"park": "P-01", "name": "A1", "rentable_area": "1000"})
    page = shown(rig, qtbot)
    assert not page.checks.final.isEnabled()
    record = rig.services.assessments.start("年度", rig.context.park_key, date(2026, 6, 30))
    rig.context.choose_assessment(record.key)
    rig.settle(qtbot)
    assert not page.checks.final.isEnabled()
    page.checks.status.choose("复核")
    page.checks.status.activated.emit(page.checks.status.currentIndex())
    rig.settle(qtbot)
    assert page.checks.final.isEnabled()
    assert page.built().report.as_of == date(2026, 6, 30)
    qtbot.mouseClick(page.checks.final, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    assert target.exists()


def test_final_is_refused_while_there_are_errors(built, qtbot):
    record = built.services.assessments.start("年度", built.context.park_key, date(2026, 6, 30))
    built.context.choose_assessment(record.key)
    page = shown(built, qtbot)
    for status in ("定稿", "复核", "定稿"):
        page.checks.status.choose(status)
        page.checks.status.activated.emit(page.checks.status.currentIndex())
        built.settle(qtbot)
    assert "先提交复核" in built.shell.toasts[0]
    [dialog] = [d for d in page.window().findChildren(ObstacleDialog) if d.isVisible()]
    assert dialog.table.rows()
    assert built.services.querying.record("assessment", record.key).text("status") == "复核"
    assert page.checks.status.chosen() == "复核"


def test_a_redacted_report_and_its_package_are_written_together(
    built, qtbot, tmp_path, monkeypatch
):
    """Issue 8, 8: the package lists codes; only what was marked as free of names is enclosed."""
    (tmp_path / "张三丰合同.txt").write_text("合同", "utf-8")
    (tmp_path / "总图.txt").write_text("总平面图", "utf-8")
    services = built.services
    [building] = services.querying.records("building")
    files = [str(tmp_path / name) for name in ("张三丰合同.txt", "总图.txt")]
    services.evidencing.attach(Owner("building", building.key), files)
    chosen(monkeypatch, tmp_path / "r.xlsx")
    page = shown(built, qtbot)
    assert not page.checks.scope.isVisibleTo(page)
    page.checks.redact.click()
    qtbot.mouseClick(page.checks.scope, Qt.MouseButton.LeftButton)
    [dialog] = page.window().findChildren(RedactionDialog)
    dialog.names["人员"].setPlainText("张三丰\n\n 李 四 ")
    dialog.files.item(1).setCheckState(Qt.CheckState.Checked)
    primary = next(b for b in dialog.findChildren(Button) if b.text() == t("redaction.save"))
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert [r.label for r in services.redaction.names()] == ["张三丰", "李 四"]
    qtbot.mouseClick(page.checks.scope, Qt.MouseButton.LeftButton)
    *_, dialog = page.window().findChildren(RedactionDialog)
    dialog.names["企业"].setPlainText("宗地\n88")
    primary = next(b for b in dialog.findChildren(Button) if b.text() == t("redaction.save"))
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert len(services.redaction.names()) == 2  # 宗地 is a word of every report: said first
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert [r.label for r in services.redaction.names()] == ["张三丰", "李 四", "宗地", "88"]
    services.history.undo()
    page.checks.evidence.click()
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    with ZipFile(tmp_path / "r_证据包.zip") as package:
        assert package.namelist() == ["index.csv", "证据002.txt"]
        index = package.read("index.csv").decode("utf-8-sig")
    assert "张三丰" not in index
    assert "证据001" in index
    assert "附 1 个文件" in page.checks.last_words()
    assert "未附原文件的有 1 份" in page.checks.last_words()
    services.history.undo()
    assert services.redaction.names() == []
    assert services.redaction.nameless() == frozenset()


def test_every_park_is_written_side_by_side(looked_at, qtbot, tmp_path, monkeypatch):
    """Issue 8, scopes: a portfolio."""
    built, page = looked_at
    built.services.editing.add("park", {"code": "P-02", "name": "二园"})
    chosen(monkeypatch, tmp_path / "组合.xlsx")
    built.settle(qtbot)
    qtbot.mouseClick(page.checks.portfolio, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert "1 组合概况" in sheet_names(tmp_path / "组合.xlsx")
    assert "组合.xlsx" in page.checks.last_words()


def test_a_difference_report_asks_with_which_assessment(built, qtbot, tmp_path, monkeypatch):
    chosen(monkeypatch, tmp_path / "差异.xlsx")
    page = shown(built, qtbot)
    qtbot.mouseClick(page.checks.difference, Qt.MouseButton.LeftButton)
    assert "至少要有两个评估" in built.shell.toasts[-1]
    park = built.context.park_key
    built.services.assessments.start("年中", park, date(2026, 6, 30))
    new = built.services.assessments.start("年末", park, date(2026, 12, 31))
    built.context.choose_assessment(new.key)
    built.settle(qtbot)
    qtbot.mouseClick(page.checks.difference, Qt.MouseButton.LeftButton)
    [dialog] = [d for d in page.window().findChildren(CompareDialog) if d.isVisible()]
    assert [dialog.choice.itemText(n) for n in range(dialog.choice.count())] == ["年中"]
    [compare] = [b for b in dialog.findChildren(QPushButton) if b.text() == "比较"]
    qtbot.mouseClick(compare, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert "1 结果差异" in sheet_names(tmp_path / "差异.xlsx")


def test_without_libreoffice_the_page_says_what_to_do(built, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(office_pdf, "find_office", lambda: None)
    page = shown(built, qtbot)
    assert not page.checks.pdf.isEnabled()
    assert any("另存为 PDF" in w.text() for w in page.checks.findChildren(QLabel)
               if w.isVisibleTo(page))  # fmt: skip


def test_a_pdf_is_made_beside_the_workbook_and_a_failed_one_is_told(
    built, qtbot, tmp_path, monkeypatch
):
    chosen(monkeypatch, tmp_path / "草稿.xlsx")
    (tmp_path / "草稿.pdf").write_bytes(b"%PDF of before")
    monkeypatch.setattr(office_pdf, "find_office", lambda: "/bin/true")
    page = shown(built, qtbot)
    page.checks.pdf.setChecked(True)
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert "已核对" in page.checks.last_words()
    assert "没有生成" in page.checks.last_words()
    assert "草稿.pdf 是以前生成的" in page.checks.last_words()
    assert sheet_names(tmp_path / "草稿.xlsx")


def test_the_pages_are_shown_as_they_print(built, qtbot, tmp_path, monkeypatch):
    """LibreOffice is asked for a PDF of the workbook; it is opened and goes with the page."""
    from pathlib import Path

    opened, asked = [], []

    def write_pdf(workbook, progress=None):
        asked.append(sheet_names(workbook))
        pdf = Path(workbook).with_suffix(".pdf")
        pdf.write_bytes(b"%PDF")
        return str(pdf)

    monkeypatch.setattr(office_pdf, "find_office", lambda: "/bin/true")
    monkeypatch.setattr(office_pdf, "write_pdf", write_pdf)
    monkeypatch.setattr(report_written, "open_file", lambda path: opened.append(path) or True)
    page = shown(built, qtbot)
    qtbot.mouseClick(page.checks.printed, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert asked[0][0] == "封面"
    assert [path.suffix for path in opened] == [".pdf"]
    assert opened[0].exists()
    assert page.checks.printed.isEnabled()
    page.exports.last.kept_nowhere.remove()
    assert not opened[0].exists()


def test_without_libreoffice_there_is_no_print_preview(built, qtbot, monkeypatch):
    monkeypatch.setattr(office_pdf, "find_office", lambda: None)
    assert not shown(built, qtbot).checks.printed.isVisible()


def test_what_was_exported_is_called_old_after_the_ledger_changed(
    looked_at, qtbot, tmp_path, monkeypatch
):
    """Issue 8: the page says what is stale; written anew, it is not."""
    chosen(monkeypatch, tmp_path / "r.xlsx")
    built, page = looked_at
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    old = [label for label in page.findChildren(QLabel) if "已不是最新" in label.text()]
    assert [label.isVisibleTo(page) for label in old] == [False]
    [building] = built.services.querying.records("building")
    built.services.editing.edit("building", building.key, "leased_area", "800")
    built.settle(qtbot)
    assert [label.isVisibleTo(page) for label in old] == [True]
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert [label.isVisibleTo(page) for label in old] == [False]


def test_evidence_that_was_lost_unheard_of_is_seen_at_the_export(
    built, qtbot, tmp_path, monkeypatch
):
    """A file went from the project between preview and export: the preview is built again."""
    (tmp_path / "权证.pdf").write_bytes(b"%PDF certificate")
    [building] = built.services.querying.records("building")
    built.services.evidencing.attach(Owner("building", building.key), [str(tmp_path / "权证.pdf")])
    chosen(monkeypatch, tmp_path / "r.xlsx")
    page = shown(built, qtbot)
    [kept] = built.services.evidencing.all()
    with built.services.unit_of_work(writing=True) as work:
        work.files.forget([kept.text("sha256")])
        work.commit()
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert "预览之后内容已变，正在重新生成" in built.shell.toasts
    [sheet] = [s for s in page.built().report.sheets if s.key == "sources"]
    states = [c.value for table in sheet.tables for c in
              (table.cells("state") if table.key == "evidence" else ())]  # fmt: skip
    assert states == [t("report.evidence_lost")]


def test_the_built_in_look_is_saved_as_a_workbook_to_edit(looked_at, qtbot, tmp_path, monkeypatch):
    from workbench.excel.house.style import read_house_style

    _, page = looked_at
    target = tmp_path / "模板.xlsx"
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: str(target))
    qtbot.mouseClick(page.checks.base, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "模板.xlsx" in page.checks.last_words())
    assert read_house_style(str(target)).cover is not None
