"""The report page: state of each sheet, preview, checks that block the formal export."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.widget.page_rig import a_rig, is_collected, one_park, unnamed
from tests.widget.report_page_rig import lasting_report, overlet_park, shared_report, shown
from workbench.ui.look import icons
from workbench.ui.pages.assessment.version_dialogs import CompareDialog
from workbench.ui.pages.report.built import SheetState, sheet_state
from workbench.ui.pages.report.page import ReportPage
from workbench.ui.widgets.target_link import TargetLink

rig = one_park
built = overlet_park
lasting = lasting_report
looked_at = shared_report


def test_every_sheet_is_listed_with_its_state(looked_at):
    _, page = looked_at
    sheets = {sheet.key: sheet_state(sheet) for sheet in page.built().report.sheets}
    assert page.sheets.count() == len(sheets)
    assert sheets["cover"] is SheetState.COMPLETE
    assert sheets["checklist"] is SheetState.NONE
    assert sheets["indicators"] is SheetState.PARTLY
    # a list would draw its marks at 24 pixels on a screen of two pixels a point
    assert page.sheets.iconSize() == icons.icon_size()


def test_arrows_walk_through_the_sheets_and_the_preview_follows(built, qtbot):
    page = shown(built, qtbot, printed=True)
    assert not page.preview.reading.page.toPlainText()  # nobody reads it yet
    qtbot.mouseClick(page.preview.way.button("reading"), Qt.MouseButton.LeftButton)
    page.sheets.setFocus()
    qtbot.keyClick(page.sheets, Qt.Key.Key_Down)
    qtbot.keyClick(page.sheets, Qt.Key.Key_Down)
    summary = page.built().report.sheets[2]
    assert page.preview.reading.page.toPlainText().startswith(summary.title)


def test_an_error_blocks_the_formal_export_and_leads_to_its_cell(looked_at, qtbot):
    """domain §3.4: an E finding blocks 定稿."""
    built, page = looked_at
    errors = page.built().errors
    assert errors
    assert page.checks.final.text() == f"先处理 {len(errors)} 项错误"
    qtbot.mouseClick(page.checks.final, Qt.MouseButton.LeftButton)
    assert built.shell.went == [("ledger", errors[0].target)]


def test_a_change_of_the_ledger_builds_the_report_anew(looked_at, qtbot):
    built, page = looked_at
    assert page.built().errors
    [building] = built.services.querying.records("building")
    built.services.editing.edit("building", building.key, "leased_area", "800")
    built.settle(qtbot)
    assert page.built().errors == ()


def test_links_of_the_checks_lead_to_the_pages(looked_at, qtbot):
    built, page = looked_at
    links = [x for x in page.checks.findChildren(TargetLink) if x.isVisibleTo(page)]
    for link in links:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert {where for where, _target in built.shell.went} >= {"ledger", "assessment", "checklist"}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_sheet_of_the_sample_is_shown_in_both_languages(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language, sample=True)
    page = shown(rig, qtbot)
    for at in range(page.sheets.count()):
        page.sheets.setCurrentRow(at)
        assert page.preview.reading.page.toPlainText().strip()
    assert unnamed(page) == []
    rig.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_beside_the_pages_is_named_in_both_languages(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language, filled=True)
    page = shown(rig, qtbot, printed=True)
    assert page.preview.pages.view.book.pages
    assert unnamed(page) == []
    rig.close()


def test_a_closed_page_is_collected(built, qtbot):
    assert is_collected(built, ReportPage)


def test_the_cover_fits_a_narrow_window(built, qtbot):
    page = shown(built, qtbot)
    page.preview.show_as("reading")
    page.preview.reading.setFixedWidth(420)
    page.sheets.setCurrentRow(0)
    qtbot.waitUntil(lambda: page.preview.reading.page.horizontalScrollBar().maximum() == 0)


def sheet_keys(page):
    at = range(page.sheets.count())
    return [page.sheets.item(n).data(Qt.ItemDataRole.UserRole) for n in at]


def see(page, kind):
    """Choose a kind of report as the mouse or the keyboard does."""
    page.views.choose(kind)
    page.views.activated.emit(page.views.currentIndex())


def test_portfolio_and_difference_are_previewed_like_the_report(built, qtbot):
    """Issue 8, 7: the preview shows the real sheets of every kind of report."""
    built.services.editing.add("park", {"code": "P-02", "name": "二园"})
    page = shown(built, qtbot, printed=True)
    see(page, "portfolio")
    built.settle(qtbot)
    assert "portfolio_scale" in sheet_keys(page)
    assert any("二园" in c.words for s in page.preview.pages.view.book.sheets
               for c in s.cells.values())  # fmt: skip
    see(page, "difference")
    assert "至少要有两个评估" in built.shell.toasts[-1]
    assert page.views.chosen() == "portfolio"
    park = built.context.park_key
    built.services.assessments.start("年中", park, date(2026, 6, 30))
    new = built.services.assessments.start("年末", park, date(2026, 12, 31))
    built.context.choose_assessment(new.key)
    built.settle(qtbot)
    see(page, "difference")
    [dialog] = [d for d in page.window().findChildren(CompareDialog) if d.isVisible()]
    dialog.reject()
    assert page.views.chosen() == "portfolio"
    see(page, "difference")
    [dialog] = [d for d in page.window().findChildren(CompareDialog) if d.isVisible()]
    [compare] = [b for b in dialog.findChildren(QPushButton) if b.text() == "比较"]
    qtbot.mouseClick(compare, Qt.MouseButton.LeftButton)
    built.settle(qtbot)
    assert "difference_results" in sheet_keys(page)
    assert page.views.toolTip() == "年中 → 年末"
    built.context.choose_assessment("")
    built.settle(qtbot)
    assert page.views.chosen() == "assessment"
    assert "indicators" in sheet_keys(page)
