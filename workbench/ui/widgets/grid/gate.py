# SPDX-License-Identifier: MIT
"""A table that opens an editor only where a text can be taken, and says why elsewhere."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView

from workbench.domain.overriding import override
from workbench.ui.widgets.grid.mouse import GridMouse
from workbench.ui.widgets.grid.protocol import PasteOutcome


class GatedCells(GridMouse):
    """Cells that no text can go to are never typed into: what is typed there would be lost.

    ``edit_refused`` carries a ``PasteOutcome``: of such a cell, or of a text that was not taken.
    """

    edit_refused = Signal(object)

    @override
    def edit(  # type: ignore[override]
        self,
        index: QModelIndex | QPersistentModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """Open the editor of a cell, for a key or because the program says so."""
        asked = trigger in (
            QAbstractItemView.EditTrigger.AllEditTriggers,
            QAbstractItemView.EditTrigger.AnyKeyPressed,
        )
        if asked and index.isValid() and (why := self._why_closed(index.row(), index.column())):
            self.edit_refused.emit(PasteOutcome(refused=[(index.row(), index.column(), why)]))
            return False
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def _why_closed(self, row: int, column: int) -> str:
        model = self.grid_model()
        source = model.source_row(row)
        return model.why_closed(source, column) if source >= 0 else ""
