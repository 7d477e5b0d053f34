"""合并另一份项目… in the window: differences are seen first, then taken as one step."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.test_window import a_program, a_project, settle
from workbench.ui.frame import merging_copies
from workbench.ui.frame.park_menu import ParkMenu
from workbench.ui.pages.copies_dialog import CopiesDialog
from workbench.ui.widgets.dialog import Notice
from workbench.ui.widgets.label import Label

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pair(make_window, tmp_path, qtbot, monkeypatch):
    """A window with a project, and a copy of it that was edited elsewhere."""
    program = a_program()
    path = a_project(program, tmp_path / "滨河.park")
    other = str(tmp_path / "滨河 小李.park")
    shutil.copyfile(path, other)
    window = make_window(program)
    window.opening.open(path)
    settle(qtbot, window)
    theirs = program.open(other)
    parcels = [record.key for record in theirs.querying.records("parcel")][:2]
    theirs.editing.edit("parcel", parcels[0], "name", "小李的名字")
    theirs.editing.edit("parcel", parcels[1], "note", "小李的备注")
    ours = window.context.services
    ours.editing.edit("parcel", parcels[0], "name", "我的名字")
    monkeypatch.setattr(merging_copies, "choose_project", lambda _parent: other)
    yield window, theirs, parcels
    theirs.close()


def ask(window, qtbot):
    window.commands.run("merge_copy")
    settle(qtbot, window)
    [dialog] = [d for d in window.findChildren(CopiesDialog) if d.isVisible()]
    return dialog


def test_conflicts_stand_first_and_only_what_is_taken_comes(pair, qtbot):
    window, _theirs, parcels = pair
    dialog = ask(window, qtbot)
    rows = dialog.table.rows()
    assert [row.cells[0].text for row in rows] == ["保留", "采用"]
    assert rows[0].cells[3].text == "我的名字"
    assert rows[0].cells[4].text == "小李的名字"
    assert "原为" in rows[0].cells[1].detail
    assert dialog.apply.text() == "合并 1 处"
    spot = dialog.table.visualRect(dialog.table.model().index(0, 0)).center()
    qtbot.mouseClick(dialog.table.viewport(), LEFT, pos=spot)
    assert dialog.apply.text() == "合并 2 处"
    qtbot.mouseClick(dialog.apply, LEFT)
    settle(qtbot, window)
    services = window.context.services
    assert services.querying.record("parcel", parcels[0]).get("name") == "小李的名字"
    assert services.querying.record("parcel", parcels[1]).get("note") == "小李的备注"
    assert [d for d in window.findChildren(CopiesDialog) if d.isVisible()] == []
    window.commands.run("undo")
    assert services.querying.record("parcel", parcels[0]).get("name") == "我的名字"


def test_what_was_left_after_being_seen_is_not_shown_again(pair, qtbot):
    window, theirs, parcels = pair
    dialog = ask(window, qtbot)
    qtbot.mouseClick(dialog.apply, LEFT)
    settle(qtbot, window)
    assert window.context.services.querying.record("parcel", parcels[0]).get("name") == "我的名字"
    window.commands.run("merge_copy")
    settle(qtbot, window)
    [notice] = [d for d in window.findChildren(Notice) if d.isVisible()]
    words = "".join(label.text() for label in notice.findChildren(Label))
    assert "没有写入任何内容" in words
    notice.close_dialog()
    theirs.editing.edit("parcel", parcels[0], "name", "小李再改")
    assert len(ask(window, qtbot).table.rows()) == 1


def test_the_menu_offers_it_and_another_project_is_refused_in_words(pair, qtbot, tmp_path):
    window, _theirs, _parcels = pair
    parks = list(window.context.services.querying.records("park"))
    texts = [action.text() for action in ParkMenu(window, parks, "", []).actions()]
    assert "合并另一份项目…" in texts
    stranger = a_project(window.program, tmp_path / "别的.park", related=False)
    window.commands.copies.look(stranger)
    settle(qtbot, window)
    assert "不是这个项目的副本" in window.errors.shown()._text.text()
    window.errors.shown().close_dialog()


def test_a_backup_that_fails_at_close_is_said_and_the_project_stays_open(pair, qtbot, tmp_path):
    window, _theirs, _parcels = pair
    (tmp_path / "备份").write_text("no folder", encoding="utf-8")
    assert not window.close()
    QApplication.processEvents()
    assert window.isVisible()
    shown = [label.text() for label in window.findChildren(Label) if label.isVisible()]
    assert any("项目本身已经保存" in text for text in shown)
    assert window.context is not None
    (tmp_path / "备份").unlink()
    assert window.close()
    assert list((tmp_path / "备份").glob("*.park"))


def test_leaving_a_changed_project_for_another_backs_it_up(pair, qtbot, tmp_path):
    window, _theirs, _parcels = pair
    second = a_project(window.program, tmp_path / "第二.park", related=False)
    window.opening.open(second)
    settle(qtbot, window)
    settle(qtbot, window)
    assert Path(window.context.services.project).name == "第二.park"
    [backup] = (tmp_path / "备份").glob("滨河.*.park")
    assert window.program.safekeeping.verify(str(backup)).whole
