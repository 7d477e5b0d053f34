# SPDX-License-Identifier: MIT
"""The system's own file dialogs, asked in the words of the program.

A dialog begins in the folder that was used last, else among the person's documents.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from workbench.domain.overriding import override
from workbench.ui.texts import t

PROJECT_SUFFIX = ".park"
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
_ENDING = re.compile(r"\*(\.\w+)")
_used: list[Path] = []
"""The folder that was used last, once there is one."""


def choose_project(parent: QWidget) -> str:
    """Ask for a project to open; "" when the person changed their mind."""
    return choose_file(parent, t("window.choose_project"), _project_filter())


def choose_new_project(parent: QWidget, name: str) -> str:
    """Ask where a new project is kept; the suffix is added when it is missing."""
    dialog = _dialog(parent, t("window.choose_new_project"), _project_filter())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a project is never written over
    dialog.selectFile(f"{name}{PROJECT_SUFFIX}")
    chosen = next(iter(_answers(dialog)), "")
    if not chosen:
        return ""
    return str(_ending(_note(chosen), PROJECT_SUFFIX))


def choose_workbooks(parent: QWidget) -> Sequence[str]:
    """Ask for ledgers to import."""
    patterns = " ".join(f"*{suffix}" for suffix in WORKBOOK_SUFFIXES)
    return choose_files(
        parent, t("window.choose_workbooks"), f"{t('window.workbooks')} ({patterns})"
    )


def choose_template(parent: QWidget, title: str) -> str:
    """Ask for a workbook whose look is used; "" when the person changed their mind."""
    return choose_file(parent, title, "Excel (*.xlsx *.xlsm *.xltx *.xltm)")


def choose_folder(parent: QWidget, title: str, start: str) -> str:
    """Ask for a folder; "" when the person changed their mind."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(start)
    return "".join(_answers(dialog))


def choose_target(parent: QWidget, title: str, name: str, kind: str) -> str:
    """Ask where a file is written; ``kind`` is a filter such as ``Excel (*.xlsx)``.

    The ending of the kind is added where it is missing: 报告2026.6 has none.
    """
    endings = _ENDING.findall(kind)
    while True:
        dialog = _dialog(parent, title, kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        chosen = "".join(_answers(dialog))
        if not chosen or any(chosen.lower().endswith(ending.lower()) for ending in endings):
            break
        whole = _ending(Path(chosen), endings[0]) if endings else Path(chosen)
        if str(whole) == chosen or not whole.exists():
            chosen = str(whole)
            break
        name = str(whole)  # it is there: the dialog asks whether it may be replaced
    return str(_note(chosen)) if chosen else ""


def _ending(path: Path, ending: str) -> Path:
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def choose_file(parent: QWidget, title: str, kind: str) -> str:
    """Ask for one file to read; "" when the person changed their mind."""
    dialog = _dialog(parent, title, kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return "".join(str(_note(path)) for path in _answers(dialog))


def choose_files(parent: QWidget, title: str, kind: str = "") -> Sequence[str]:
    """Ask for files of a kind, or of any; none when the person changed their mind."""
    dialog = _dialog(parent, title, kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return [str(_note(path)) for path in _answers(dialog)]


class _Icons(QFileIconProvider):
    """Tells kinds of files by their names alone.

    Qt's own one opens every file of a folder to guess its kind. Where the open project lies among
    them, closing it again drops the locks of this process on it (POSIX), and the next process that
    opens the project would take its journal away, with all that is in it.
    """

    @override
    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(what, QFileInfo):
            kinds = QAbstractFileIconProvider.IconType
            return super().icon(kinds.Folder if what.isDir() else kinds.File)
        return super().icon(what)

    @override
    def type(self, info: QFileInfo) -> str:
        return t("ui.qt_folder") if info.isDir() else info.suffix().upper()


def _dialog(parent: QWidget, title: str, kind: str = "") -> QFileDialog:
    """Return a dialog that begins in the usual folder; a system's own where there is one."""
    dialog = QFileDialog(parent, title, str(_folder()), kind)
    dialog.setIconProvider(_icons())
    return dialog


@cache
def _icons() -> _Icons:
    return _Icons()


def _answers(dialog: QFileDialog) -> Sequence[str]:
    """Ask, and return what was chosen."""
    try:
        return dialog.selectedFiles() if dialog.exec() else []
    finally:
        dialog.deleteLater()


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
