# SPDX-License-Identifier: MIT
"""Files dropped on a ledger table prove the cell that they are dropped on, or its record."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from workbench.application.project.evidencing import Owner
from workbench.domain.overriding import override
from workbench.ui.context import UiContext
from workbench.ui.file_dialogs import PROJECT_SUFFIX, WORKBOOK_SUFFIXES
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.pages.evidence.files import EvidenceFiles
from workbench.ui.texts import language, t
from workbench.ui.widgets.drop_zone import dropped_files
from workbench.ui.widgets.grid.view import GridView

_NOT_EVIDENCE = frozenset({PROJECT_SUFFIX, *WORKBOOK_SUFFIXES})
"""What the window opens or imports when it is dropped anywhere."""


class CellDrops(QObject):
    """Watches one table; ledgers and projects are left to the window."""

    def __init__(self, context: UiContext, grid: GridView, model: LedgerTable) -> None:
        super().__init__(grid)
        self._context = context
        self._grid = grid
        self._model = model
        self._files = EvidenceFiles(context, grid)
        grid.viewport().setAcceptDrops(True)
        grid.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what proves a record; what is ignored here goes on to the window."""
        if event.type() == QEvent.Type.DragLeave:
            return True
        if not isinstance(event, QDropEvent):  # entering and moving are kinds of dropping
            return super().eventFilter(watched, event)
        files = dropped_files(event)
        owner = self._owner_at(event)
        if owner is None or not files or any(map(_is_for_the_window, files)):
            event.ignore()
            return True
        event.acceptProposedAction()
        if not isinstance(event, QDragMoveEvent):
            self._attach(owner, files)
        return True

    def _owner_at(self, event: QDropEvent) -> Owner | None:
        """Return what lies under the mouse: a field, or the record where its name or code is."""
        index = self._grid.indexAt(event.position().toPoint())
        record = self._model.record_at(index.row()) if index.isValid() else None
        if record is None:
            return None
        names_the_row = self._model.columns()[index.column()].frozen
        field = self._model.field_of(self._model.source_row(index.row()), index.column())
        return Owner(record.entity, record.key, "" if names_the_row else field or "")

    def _attach(self, owner: Owner, files: list[str]) -> None:
        record = self._context.services.querying.record(owner.entity, owner.key)
        if record is None:
            return
        what = record.label
        if owner.field:
            field = self._context.services.catalogue[owner.entity][owner.field]
            what = t("evidencing.field_of", name=what, field=field.title(language()))
        task = self._files.attach(owner, files)
        task.succeeded.connect(partial(self._on_attached, len(files), what))

    def _on_attached(self, count: int, what: str, keys: Sequence[str]) -> None:
        words = t("evidencing.attached", n=len(keys), what=what)
        if known := count - len(keys):
            words = f"{words} {t('evidencing.say.known', n=known)}"
        self._context.shell.show_toast(words, t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()


def _is_for_the_window(file: str) -> bool:
    return Path(file).suffix.lower() in _NOT_EVIDENCE
