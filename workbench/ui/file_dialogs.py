# SPDX-License-Identifier: MIT
"""The system's own file dialogs, asked in the words of the program.

A dialog begins in the folder that was used last, else among the person's documents.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.ui.texts import t

PROJECT_SUFFIX = ".park"
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
_used: list[Path] = []
"""The folder that was used last, once there is one."""


def choose_project(parent: QWidget) -> str:
    """Ask for a project to open; "" when the person changed their mind."""
    return choose_file(parent, t("window.choose_project"), _project_filter())


def choose_new_project(parent: QWidget, name: str) -> str:
    """Ask where a new project is kept; the suffix is added when it is missing."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        t("window.choose_new_project"),
        str(_folder() / f"{name}{PROJECT_SUFFIX}"),
        _project_filter(),
        options=QFileDialog.Option.DontConfirmOverwrite,  # a project is never written over
    )
    if not chosen:
        return ""
    path = _note(chosen)
    return str(path if path.suffix else path.with_suffix(PROJECT_SUFFIX))


def choose_workbooks(parent: QWidget) -> Sequence[str]:
    """Ask for ledgers to import."""
    patterns = " ".join(f"*{suffix}" for suffix in WORKBOOK_SUFFIXES)
    return choose_files(
        parent, t("window.choose_workbooks"), f"{t('window.workbooks')} ({patterns})"
    )


def choose_template(parent: QWidget, title: str) -> str:
    """Ask for a workbook whose look is used; "" when the person changed their mind."""
    return choose_file(parent, title, "Excel (*.xlsx)")


def choose_folder(parent: QWidget, title: str, start: str) -> str:
    """Ask for a folder; "" when the person changed their mind."""
    return QFileDialog.getExistingDirectory(parent, title, start)


def choose_target(parent: QWidget, title: str, name: str, kind: str) -> str:
    """Ask where a file is written; ``kind`` is a filter such as ``Excel (*.xlsx)``."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(_folder() / name), kind)
    return str(_note(chosen)) if chosen else ""


def choose_file(parent: QWidget, title: str, kind: str) -> str:
    """Ask for one file to read; "" when the person changed their mind."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_folder()), kind)
    return str(_note(chosen)) if chosen else ""


def choose_files(parent: QWidget, title: str, kind: str = "") -> Sequence[str]:
    """Ask for files of a kind, or of any; none when the person changed their mind."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(_folder()), kind)
    return [str(_note(path)) for path in chosen]


def _project_filter() -> str:
    return f"{t('window.projects')} (*{PROJECT_SUFFIX})"


def _note(chosen: str) -> Path:
    """Begin the next dialog where this file lies."""
    path = Path(chosen)
    _used[:] = [path.parent]
    return path


def _folder() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(place))
    return next((p for p in (*_used, documents, Path.home()) if p.is_dir()), Path())
