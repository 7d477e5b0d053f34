# SPDX-License-Identifier: MIT
"""The system's own file dialogs, asked in the words of the program."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.ui.texts import t

PROJECT_SUFFIX = ".park"
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")


def choose_project(parent: QWidget) -> str:
    """Ask for a project to open; "" when the person changed their mind."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, t("window.choose_project"), _documents(), _project_filter()
    )
    return chosen


def choose_new_project(parent: QWidget, name: str) -> str:
    """Ask where a new project is kept; the suffix is added when it is missing."""
    start = str(Path(_documents()) / f"{name}{PROJECT_SUFFIX}")
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        t("window.choose_new_project"),
        start,
        _project_filter(),
        options=QFileDialog.Option.DontConfirmOverwrite,  # a project is never written over
    )
    if not chosen:
        return ""
    path = Path(chosen)
    return str(path if path.suffix else path.with_suffix(PROJECT_SUFFIX))


def choose_workbooks(parent: QWidget) -> list[str]:
    """Ask for ledgers to import."""
    patterns = " ".join(f"*{suffix}" for suffix in WORKBOOK_SUFFIXES)
    wanted = f"{t('window.workbooks')} ({patterns})"
    chosen, _ = QFileDialog.getOpenFileNames(
        parent, t("window.choose_workbooks"), _documents(), wanted
    )
    return chosen


def choose_template(parent: QWidget, title: str) -> str:
    """Ask for a workbook whose look is used; "" when the person changed their mind."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _documents(), "Excel (*.xlsx)")
    return chosen


def choose_folder(parent: QWidget, title: str, start: str) -> str:
    """Ask for a folder; "" when the person changed their mind."""
    return QFileDialog.getExistingDirectory(parent, title, start)


def choose_target(parent: QWidget, title: str, name: str, kind: str) -> str:
    """Ask where a file is written; ``kind`` is a filter such as ``Excel (*.xlsx)``."""
    start = str(Path(_documents()) / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, start, kind)
    return chosen


def choose_file(parent: QWidget, title: str, kind: str) -> str:
    """Ask for one file to read; "" when the person changed their mind."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _documents(), kind)
    return chosen


def _project_filter() -> str:
    return f"{t('window.projects')} (*{PROJECT_SUFFIX})"


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
