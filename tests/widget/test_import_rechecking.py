"""In a large import a correction is followed by another look at all rows, beside the window."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.page_rig import a_rig
from workbench.application.imports import checks
from workbench.ui.pages.imports import dialog as import_dialog
from workbench.ui.pages.imports.dialog import ImportDialog

CERTIFICATE = "皖（2020）云湖市不动产权第0000001号"


@pytest.fixture
def rig(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(checks, "WHOLE", 1)
    monkeypatch.setattr(import_dialog, "WHOLE", 1)
    made = a_rig(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def dialog(rig, qtbot, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["园区名称", "宗地编号", "坐落", "权证号", "土地面积（㎡）"])
    for number in (1, 2, 3):
        sheet.append(["东园", f"D{number}", f"{number}号", CERTIFICATE, 1000])
    book.save(tmp_path / "宗地.xlsx")
    opened = ImportDialog(rig.context, rig.host, [str(tmp_path / "宗地.xlsx")])
    opened.open()
    settle(rig, qtbot, opened)
    QTest.mouseClick(opened.next_button, Qt.MouseButton.LeftButton)
    assert opened.step() == "check"
    return opened


def settle(rig, qtbot, dialog):
    def still():
        return not (dialog._task or dialog.rechecking.running or rig.tasks.is_busy())

    qtbot.waitUntil(still)


def rows_complained_of(dialog):
    shown = dialog.check.problems.table.rows()
    return [row.cells[0].text for row in shown if row.cells[2].text == CERTIFICATE]


def mend(dialog, row, text):
    problems = dialog.check.problems
    at = next(r.key for r in problems.table.rows() if r.cells[0].text == row)
    problems._on_row(at)
    problems.value.setText(text)
    QTest.keyClick(problems.value, Qt.Key.Key_Return)


def test_findings_of_rows_that_were_not_touched_follow_a_correction(rig, qtbot, dialog):
    """V17W (domain §3.4): of three parcels with one certificate two are corrected."""
    assert rows_complained_of(dialog) == ["2", "3", "4"]
    mend(dialog, "2", "甲")
    mend(dialog, "3", "乙")
    settle(rig, qtbot, dialog)
    assert rows_complained_of(dialog) == []


def test_what_is_being_typed_stays_while_all_rows_are_looked_at_again(rig, qtbot, dialog):
    mend(dialog, "2", "甲")
    problems = dialog.check.problems
    assert dialog.rechecking.running
    problems.value.setText("皖（2021）")
    settle(rig, qtbot, dialog)
    assert rows_complained_of(dialog) == ["3", "4"]
    assert problems.value.text() == "皖（2021）"
    assert problems.value.isVisibleTo(problems)


def test_storing_does_not_wait_for_another_look(rig, qtbot, dialog):
    mend(dialog, "2", "甲")
    dialog._commit()
    settle(rig, qtbot, dialog)
    assert dialog.step() == "done"
    assert len(rig.services.querying.records("parcel")) == 3
