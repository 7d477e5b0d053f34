# SPDX-License-Identifier: MIT
"""Looks at a large import again beside the window, once a cell was corrected."""

from PySide6.QtCore import QObject, Signal, Slot

from workbench.application.imports.checks import Looked
from workbench.application.imports.preview import Preview, TablePreview
from workbench.ui.context import UiContext
from workbench.ui.tasks.runner import Task


class Rechecking(QObject):
    """Keeps the findings true: a correction may concern rows that it does not touch.

    What was found while another cell was corrected is thrown away and looked for anew.
    """

    changed = Signal()
    """Begun, or ended: then the findings are those of the cells as they are."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: Preview | None = None
        self._looked_at: Preview | None = None
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """Tell whether findings may still change."""
        return self._task is not None

    def row(self, preview: Preview, table: TablePreview, index: int) -> None:
        """Look again at a row at once, and at those that may rest on it."""
        if not self._context.services.import_checks.check_again(table, index):
            self.everything(preview)

    def everything(self, preview: Preview) -> None:
        """Look at all rows again."""
        self._wanted, self._looked_at = preview, None
        if self._task is None:
            self._begin()
        else:
            self._task.cancel()

    def stop(self) -> None:
        """Leave it: the rows are stored, read again, or given up."""
        self._wanted = self._looked_at = None
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        preview, self._wanted = self._wanted, None
        if preview is None:
            return
        self._looked_at = preview
        checks, as_of = self._context.services.import_checks, self._context.as_of
        task = self._task = self._context.tasks.start(
            lambda progress: checks.look(preview, as_of, progress)
        )
        task.succeeded.connect(self._on_looked)
        task.finished.connect(self._on_finished)
        self.changed.emit()

    @Slot(object)
    def _on_looked(self, looked: Looked) -> None:
        if self._looked_at is looked.preview:
            self._context.services.import_checks.put(looked)

    @Slot()
    def _on_finished(self) -> None:
        self._task = None
        self._begin()
        if self._task is None:
            self.changed.emit()
