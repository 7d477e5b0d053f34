# SPDX-License-Identifier: MIT
"""Writes the problem list of an import, or the report of one that is done, where a person says."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from workbench.application.imports.commit import Decisions
from workbench.application.imports.preview import Preview
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_target
from workbench.ui.texts import t, texts_in_use


def write_lists(
    context: UiContext, window: QWidget, preview: Preview, decisions: Decisions | None
) -> tuple[str, str]:
    """Return what to say and in which tone; nothing when no file was chosen.

    With ``decisions`` the import is done, and the report says what became of every row.
    """
    what = "problems" if decisions is None else "report"
    title = t(f"import_dialog.export_{what}")
    name = t(f"import_dialog.{what}_name", file=Path(preview.files[0].name).stem)
    target = choose_target(window, title, name, "Excel (*.xlsx)")
    if not target:
        return "", ""
    try:
        context.services.exporting.export_problems(preview, target, texts_in_use(), decisions)
    except UserError as error:
        return sentence(error), "danger"
    return t(f"import_dialog.{what}_written", path=target), ""
