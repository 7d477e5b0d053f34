"""Qt for Python is a version that is safe on CPython 3.11 and free of GPL-only modules."""

import importlib
import importlib.util
import linecache
import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal

from workbench.ui.unread import leave_sources_unread

ROOT = Path(__file__).resolve().parents[2]
GPL_ONLY = [
    "QtCharts",
    "QtDataVisualization",
    "QtGraphs",
    "QtGraphsWidgets",
    "QtHttpServer",
    "QtNetworkAuth",
    "QtQuick3D",
    "QtVirtualKeyboard",
]


class Emitter(QObject):
    happened = Signal()


def test_an_emit_leaves_the_reference_count_of_true_alone(qapp):
    """PySide6 6.12.0 on CPython 3.11 loses one reference per emit and then aborts the process."""
    emitter = Emitter()
    emitter.happened.emit()
    before = sys.getrefcount(True)
    for _ in range(50):
        emitter.happened.emit()
    assert abs(sys.getrefcount(True) - before) < 25


def test_the_installed_version_is_the_one_we_allow():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [allowed] = [Requirement(word) for word in project["project"]["optional-dependencies"]["gui"]]
    assert allowed.specifier.contains(version("PySide6-Essentials"))
    assert version("PySide6-Essentials") == version("shiboken6")


def test_the_sources_of_later_imports_are_not_read(tmp_path, monkeypatch):
    """Qt for Python reads each of them to look for its name; the window came up later for it."""
    assert leave_sources_unread()
    (tmp_path / "imported_after_qt.py").write_text("A = 1\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("imported_after_qt")
    assert module.A == 1
    assert not any(name.endswith("imported_after_qt.py") for name in linecache.cache)


@pytest.mark.parametrize("module", GPL_ONLY)
def test_no_gpl_only_module_comes_with_what_we_depend_on(module):
    assert importlib.util.find_spec(f"PySide6.{module}") is None


def test_no_gpl_only_module_is_named_in_the_program():
    word = re.compile(rf"PySide6\.({'|'.join(GPL_ONLY)})|import ({'|'.join(GPL_ONLY)})\b")
    named = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "workbench").rglob("*.py")
        if word.search(path.read_text("utf-8"))
    ]
    assert named == []
