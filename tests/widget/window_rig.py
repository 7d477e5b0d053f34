# SPDX-License-Identifier: MIT
"""A whole window over a project with a small park."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.page_rig import FixedClock
from tests.widget.small_park import small_project
from workbench.bootstrap import Program
from workbench.ui.look import looks, theme
from workbench.ui.models.asset_columns import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME = [column.key for column in COLUMNS].index("name")


def a_program(language="zh_CN"):
    program = Program(clock=FixedClock(), language=language)
    looks.apply_looks(QApplication.instance(), program)
    theme.current().apply(QApplication.instance(), "light")
    return program


def a_project(program, path, *, related=True):
    """A project with a small park; return its path. Others that are not related are no copies."""
    small_project(program, Path(path), related=related)
    return str(path)


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.opening.is_busy() and not window.tasks.is_busy())
    QApplication.processEvents()


def stand_in(window):
    return window.shell.stack.currentWidget()


def page(window):
    return window.shell.stack.current_page()
