"""The yardsticks in the settings: an entry and a whole file are changed, refused, taken back."""

import pytest

from tests.widget.page_rig import a_rig, unnamed
from workbench.ui.pages.settings.page import SettingsPage
from workbench.ui.pages.settings.yardstick_dialogs import EntryDialog, TextDialog


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    made.page = made.show(SettingsPage)
    made.page.show_target("yardsticks")
    yield made
    made.close()


def dialog(rig, kind):
    [found] = [d for d in rig.host.window().findChildren(kind) if d.isVisible()]
    return found


def rule(rig, code):
    return next(r for r in rig.services.content.diagnosis.rules if r.id == code)


def cell(rig, key, column):
    row = next(r for r in rig.page.yardsticks.table.rows() if r.key == key)
    return row.cells[column].text


def test_a_threshold_is_changed_with_a_reason_and_shown_in_words(rig, qtbot):
    view = rig.page.yardsticks
    view.table.row_opened.emit("D1-1")
    asked = dialog(rig, EntryDialog)
    asked.fields["when"].setText("I_01 < 0.55")
    asked._on_keep()
    assert asked.isVisible()  # no reason yet
    asked.reason.setText("市里口径")
    asked._on_keep()
    assert not asked.isVisible()
    rig.settle(qtbot)
    assert rule(rig, "D1-1").condition.text == "I_01 < 0.55"
    assert "55%" in cell(rig, "D1-1", 1)
    assert "市里口径" in view._edition.text()
    rig.services.history.undo()
    rig.settle(qtbot)
    assert "60%" in cell(rig, "D1-1", 1)


def test_a_mistake_is_named_and_the_dialog_stays_open(rig, qtbot):
    rig.page.yardsticks.table.row_opened.emit("D1-1")
    asked = dialog(rig, EntryDialog)
    asked.fields["when"].setText("I_99 < 0.55")
    asked.reason.setText("试")
    asked._on_keep()
    assert asked.isVisible()
    assert "I_99" in asked.refusal()
    assert rig.services.editions.own() == {}


def test_a_parameter_gets_a_day_of_verification(rig, qtbot):
    view = rig.page.yardsticks
    view.files.set_current("parameters.toml")
    view._show()
    view.table.row_opened.emit("deed_tax")
    asked = dialog(rig, EntryDialog)
    asked.fields["value"].setText("0.04")
    asked.fields["verified_on"].setText("2026-01-05")
    asked.reason.setText("核对")
    asked._on_keep()
    rig.settle(qtbot)
    found = next(p for p in rig.services.content.parameters if p.code == "deed_tax")
    assert (str(found.value), str(found.verified_on)) == ("0.04", "2026-01-05")
    assert cell(rig, "deed_tax", 2) == "4%"


@pytest.mark.parametrize("file", ["standards.toml", "grading.toml", "ranking.toml"])
def test_a_whole_file_is_edited_as_text_and_checked(rig, qtbot, file):
    view = rig.page.yardsticks
    view.files.set_current(file)
    view._show()
    assert view.table.rows()
    view._on_text()
    asked = dialog(rig, TextDialog)
    asked.text.setPlainText(asked.text.toPlainText().replace("weight =", "wieght =", 1))
    asked.reason.setText("试")
    asked._on_keep()
    assert asked.isVisible()
    assert file in asked.refusal()
    asked.text.setPlainText(asked.text.toPlainText().replace("wieght =", "weight =") + "\n# 注\n")
    asked._on_keep()
    assert not asked.isVisible()
    rig.settle(qtbot)
    assert view.reset.isVisibleTo(view)
    view._on_reset()
    back = dialog(rig, EntryDialog)
    back.reason.setText("恢复")
    back._on_keep()
    assert rig.services.editions.own() == {}


def test_everything_has_a_name(rig):
    assert not unnamed(rig.page.yardsticks)
