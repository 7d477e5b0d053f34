"""A template is read beside the window: it can be stopped, and says what it loses beforehand."""

import threading

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

import workbench.ui.pages.report.exports as report_exports
import workbench.ui.pages.report.house_template as house_template
from tests.widget.page_rig import a_rig, words
from tests.widget.patience import PATIENCE_S
from workbench.ui.pages.report.page import ReportPage
from workbench.ui.texts import texts_in_use


@pytest.fixture
def park(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot)
    rig.services.editing.add("building", {"park": "P-01", "name": "A1", "rentable_area": "1000"})
    yield rig
    rig.close()


def shown(rig, qtbot):
    page = rig.show(ReportPage)
    rig.settle(qtbot)
    rig.settle(qtbot)
    return page


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def a_slow_read(rig, monkeypatch):
    """Reading waits for the gate; returns it and the threads that read."""
    gate, threads = threading.Event(), []
    exporting = rig.services.exporting
    read = exporting.template_says

    def slowly(path, texts, progress=None):
        threads.append(threading.current_thread())
        gate.wait(PATIENCE_S)
        progress.step(0, 0)
        return read(path, texts, progress)

    monkeypatch.setattr(exporting, "template_says", slowly)
    return gate, threads


def a_template(rig, tmp_path, monkeypatch):
    path = tmp_path / "模板.xlsx"
    rig.services.exporting.export_base(str(path), texts_in_use())
    monkeypatch.setattr(house_template, "choose_template", lambda *_: str(path))
    return path


def test_a_cover_of_a_hundred_thousand_cells_is_refused_in_a_sentence(
    park, qtbot, tmp_path, monkeypatch
):
    book, grey = Workbook(), PatternFill("solid", fgColor="DDDDDD")
    book.active["A1"] = "{title}"
    for row in book.active.iter_rows(min_row=2, max_row=510, max_col=100):
        for cell in row:
            cell.fill = grey
    book.save(tmp_path / "大.xlsx")
    monkeypatch.setattr(house_template, "choose_template", lambda *_: str(tmp_path / "大.xlsx"))
    page = shown(park, qtbot)
    click(qtbot, page.checks.template)
    park.settle(qtbot)
    assert "一个模板最多 50000 个" in park.shell.toasts[-1]
    assert page.exports.house.path == ""
    assert page.checks.template.isEnabled()
    assert park.services.exporting.template == ""


def test_a_template_is_read_by_the_worker_and_stopping_keeps_what_was(
    park, qtbot, tmp_path, monkeypatch
):
    path = a_template(park, tmp_path, monkeypatch)
    page = shown(park, qtbot)
    gate, threads = a_slow_read(park, monkeypatch)
    click(qtbot, page.checks.template)
    assert "正在读取模板“模板.xlsx”" in words(page.checks)
    assert not page.checks.template.isEnabled()
    list(park.tasks._running)[-1].cancel()
    gate.set()
    park.settle(qtbot)
    assert page.exports.house.path == ""
    assert "正在读取模板" not in words(page.checks)
    click(qtbot, page.checks.template)
    park.settle(qtbot)
    assert page.exports.house.path == str(path)
    assert "模板“模板.xlsx”" in words(page.checks)
    assert threading.main_thread() not in threads


def test_what_an_edited_template_loses_is_said_before_anything_is_asked_or_written(
    park, qtbot, tmp_path, monkeypatch
):
    path = a_template(park, tmp_path, monkeypatch)
    asked = []
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: asked.append(1) or "")
    page = shown(park, qtbot)
    click(qtbot, page.checks.template)
    park.settle(qtbot)
    gate, _ = a_slow_read(park, monkeypatch)
    path.write_bytes(path.read_bytes())
    click(qtbot, page.checks.draft)
    assert asked == []
    assert "正在读取模板" in words(page.checks)
    gate.set()
    park.settle(qtbot)
    assert asked == [1]
    assert "模板“模板.xlsx”" in words(page.checks)


def test_the_preview_says_that_it_is_old_until_it_is_built_anew(park, qtbot):
    page = shown(park, qtbot)
    [building] = park.services.querying.records("building")
    park.services.editing.edit("building", building.key, "name", "B9")
    assert "下面还是改动前的页面" in words(page.preview)
    list(park.tasks._running)[-1].cancel()
    park.settle(qtbot)
    assert "下面是改动前的页面，按 F5 重试" in words(page.preview)
    page.recalculate()
    park.settle(qtbot)
    park.settle(qtbot)
    assert "改动前" not in words(page.preview)
    assert page.preview.pages.view.book.found("B9")


def test_before_the_first_report_is_built_nothing_is_offered_and_the_focus_stays(
    park, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: str(tmp_path / "r.xlsx"))
    page = park.show(ReportPage)
    assert page.checks.final.text() == "导出报告"
    assert not page.checks.final.isEnabled()
    assert page.preview.pages.bar.percent.text() == ""
    park.settle(qtbot)
    park.settle(qtbot)
    assert page.preview.pages.bar.percent.text().endswith("%")
    page.checks.draft.setFocus()
    click(qtbot, page.checks.draft)
    assert page.checks.hasFocus()
    park.settle(qtbot)
    assert page.checks.draft.hasFocus()
    dialog = QWidget()
    qtbot.addWidget(dialog)

    def leave(*_):
        """Answer as a file dialog does, from whose end on no window is active for a moment."""
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: not page.window().isActiveWindow())
        return str(tmp_path / "r.xlsx")

    monkeypatch.setattr(report_exports, "choose_target", leave)
    click(qtbot, page.checks.draft)
    assert not page.checks.draft.isEnabled()
    park.settle(qtbot)
    page.window().activateWindow()
    qtbot.waitUntil(page.checks.draft.hasFocus)


def test_the_template_is_remembered_with_the_project(park, qtbot, tmp_path, monkeypatch):
    from workbench import locations

    base = str(locations.template("excel", "report_base.xlsx"))
    monkeypatch.setattr(house_template, "choose_template", lambda *_: base)
    page = shown(park, qtbot)
    click(qtbot, page.checks.template)
    park.settle(qtbot)
    assert park.services.exporting.template == base
    again = park.show(ReportPage)
    park.settle(qtbot)
    assert again.exports.house.path == base
    assert again.checks.template.text() == "改用内置样式"
    click(qtbot, again.checks.template)
    assert park.services.exporting.template == ""


def test_a_template_edited_meanwhile_is_followed_and_a_spoiled_one_stops_the_export(
    park, qtbot, tmp_path, monkeypatch
):
    template, target = tmp_path / "模板.xlsx", tmp_path / "r.xlsx"
    park.services.exporting.export_base(str(template), texts_in_use())
    park.services.exporting.keep_template(str(template))
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: str(target))
    page = shown(park, qtbot)
    book = load_workbook(template)
    book.worksheets[0]["A1"] = "新抬头"
    book.save(template)
    page.hide()
    page.show()
    park.settle(qtbot)
    assert "预览已按新模板重排" in park.shell.toasts[-1]
    template.write_bytes(b"no workbook")
    click(qtbot, page.checks.draft)
    park.settle(qtbot)
    assert not target.exists()
    assert str(template) in park.shell.toasts[-1] or "模板" in park.shell.toasts[-1]
