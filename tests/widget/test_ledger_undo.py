# SPDX-License-Identifier: MIT
"""Undo in the ledger with the keys: across a restart, while composing, and beside other people."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit, compose
from tests.widget.window_rig import a_program, a_project, page, settle
from workbench.bootstrap import Program
from workbench.ui.frame.window import Window
from workbench.ui.models.asset_columns import COLUMNS

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NAME = [column.key for column in COLUMNS].index("name")


@pytest.fixture
def make_window(qtbot):
    made = []

    def make(path):
        window = Window(a_program())
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.commands.install()
        made.append(window)
        window.opening.open(path)
        settle(qtbot, window)
        window.go("ledger")
        settle(qtbot, window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def path(tmp_path, qapp):
    return a_project(a_program(), tmp_path / "滨河.park")


def type_name(window, row, text):
    grid = page(window).sheet().grid
    grid.setFocus()
    grid.go_to(row, NAME)
    compose(grid, "pinyin")
    commit(grid.open_editor(), text)
    QTest.keyClick(grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()


def names(window):
    model = page(window).sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def test_ctrl_z_takes_back_what_was_typed_before_the_window_was_closed(make_window, path):
    window = make_window(path)
    before = names(window)
    type_name(window, 0, "甲地块")
    type_name(window, 1, "乙地块")
    window.close()
    window = make_window(path)
    assert names(window)[:2] == ["甲地块", "乙地块"]
    QTest.keyClick(window, Key.Key_Z, CTRL)
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert names(window) == before
    QTest.keyClick(window, Key.Key_Y, CTRL)
    assert names(window)[0] == "甲地块"


def test_ctrl_z_while_composing_keeps_the_words_as_a_step_of_their_own(make_window, path):
    window = make_window(path)
    before = names(window)
    grid = page(window).sheet().grid
    grid.setFocus()
    grid.go_to(0, NAME)
    compose(grid, "jia")
    commit(grid.open_editor(), "甲")
    compose(grid.open_editor(), "di kuai")
    window.commands.run("undo")
    assert names(window) == before, "the words were kept, then taken back as the newest step"
    window.commands.run("redo")
    assert names(window)[0].startswith("甲")


def colleague(path):
    """The same project opened by somebody else."""
    program = Program()
    program.settings = replace(program.settings, actor="李工")
    return program.open(path)


def test_undo_takes_back_one_s_own_step_and_not_a_colleague_s(make_window, path):
    window = make_window(path)
    before = names(window)
    type_name(window, 0, "甲地块")
    other = colleague(path)
    building = other.querying.records("building")[0]
    other.editing.edit("building", building.key, "name", "李工改的楼")
    other.close()
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert names(window)[0] == before[0]
    stored = window.context.services.querying
    assert "李工改的楼" in [record.label for record in stored.records("building")]


def test_undo_over_a_colleague_s_later_change_is_refused_with_who_and_what(make_window, path):
    window = make_window(path)
    type_name(window, 0, "甲地块")
    key = page(window).sheet().model.record_at(0).key
    other = colleague(path)
    other.editing.edit("parcel", key, "name", "李工的地块")
    other.close()
    QTest.keyClick(window, Key.Key_Z, CTRL)
    said = window.errors.shown()._text.text()
    assert "李工" in said
    assert "李工的地块" in said
    assert window.context.services.querying.record("parcel", key).label == "李工的地块"
