# SPDX-License-Identifier: MIT
"""Typing into the table: where an editor opens, what it begins with, what becomes of its text."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget
from shiboken6 import isValid

from workbench.domain.overriding import override
from workbench.ui.texts import t
from workbench.ui.widgets.grid.columns import Index
from workbench.ui.widgets.grid.delegate import CellEditor, GridDelegate, mark_refused
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.mouse import GridMouse
from workbench.ui.widgets.grid.protocol import PasteOutcome


class EditedCells(GridMouse):
    """Cells that are typed into; one that no text can go to says why: typing there would be lost.

    ``edit_refused`` carries a ``PasteOutcome``: of such a cell, or of a text that was not taken.
    ``step_asked`` says how many rows and columns a key that closed the editor leads.
    """

    edit_refused = Signal(object)
    step_asked = Signal(int, int)

    def __init__(
        self, model: GridModel, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(model, today, parent)
        self._editor: CellEditor | None = None
        self._keeps_text = False
        self._after_edit: tuple[int, int] | None = None
        self._refused = (0, 0, "", "")
        self.edits_again = False
        """Whether the editor of a text that was refused just now is opened again."""
        self.setItemDelegate(GridDelegate(self, self, model))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.edit_asked.connect(self.edit_current)

    @override
    def edit(  # type: ignore[override]
        self,
        index: Index,
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

    def edit_current(self, *, keep_text: bool = True, with_list: bool = False) -> None:
        """Open the editor of the current cell, with the caret behind its text."""
        index = self.currentIndex()
        if index.isValid() and self.grid_model().source_row(index.row()) < 0:
            self.grid_model().fold(index.row())
            return
        if not index.isValid() or not self.grid_model().columns()[index.column()].editable:
            return
        self.scrollTo(index)
        self._keeps_text = keep_text
        self.edit(index)
        editor = self.open_editor()
        if editor is not None:
            row, column = index.row(), index.column()
            if begun := self.grid_model().begun(row, column):
                editor.setText(begun)
                mark_refused(editor, t("ui.refused_before"))
            editor.deselect()
            editor.end(False)
            if with_list:
                editor.open_list()

    def edit_blank(self) -> None:
        """Open the editor of the current cell without its text, as Backspace does."""
        self.edit_current(keep_text=False)
        if (editor := self.open_editor()) is not None:
            editor.clear()

    def edit_with(self, text: str) -> None:
        """Open the editor of the current cell with another text, as Ctrl+' does."""
        self.edit_current()
        if (editor := self.open_editor()) is not None:
            editor.setText(text)

    def keeps_text(self) -> bool:
        """Tell whether the editor was opened on the text rather than by typing."""
        return self._keeps_text

    def move_after_edit(self, rows: int, columns: int) -> None:
        """Move once the open editor has been closed."""
        self._after_edit = (rows, columns)

    def commit_text(self, row: int, column: int, text: str) -> None:
        """Write one cell; a refused text is told, and after a key its editor opens again."""
        outcome = self.grid_model().set_cells([(row, column, text)], "editing.edit_cell")
        if not outcome.refused:
            return
        by_key, self._after_edit = self._after_edit is not None, None
        self.edits_again = by_key
        self.edit_refused.emit(outcome)
        if by_key:
            self._refused = (row, column, text, outcome.refused[0][2])
            QTimer.singleShot(0, self._edit_again)

    def fill_selection(self, text: str) -> None:
        """Write the open editor's text into every selected cell; one that none takes is kept."""
        editor, (row, column) = self.open_editor(), self.current_cell()
        if editor is not None:
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        outcome = self.blocks.put(self.selected_blocks(), text)
        self.written(outcome)
        if outcome.refused and not outcome.applied:
            self._refused = (row, column, text, outcome.refused[0][2])
            QTimer.singleShot(0, self._edit_again)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() and self.open_editor() is None:
            self.edit_current(keep_text=False)
            if (editor := self.open_editor()) is not None:
                editor.take_words(event)
                return
        super().inputMethodEvent(event)

    @Slot()
    def _edit_again(self) -> None:
        """Open the editor on a refused text, so that no typing is lost."""
        row, column, text, why = self._refused
        self.go_to(row, column)
        self.edit_current()
        editor = self.open_editor()
        if editor is not None:
            editor.setText(text)
            mark_refused(editor, why)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        index = self.currentIndex()
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache and index.isValid():
            self.grid_model().forget_begun(index.row(), index.column())
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._keeps_text = False
        step, self._after_edit = self._after_edit, None
        if step is not None:
            self.setFocus()
            self.step_asked.emit(*step)

    def finish_editing(self) -> None:
        """Commit an open editor, as before saving, exporting or leaving the page."""
        editor = self.open_editor()
        if editor is not None:
            editor.take_composed()
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def open_editor(self) -> CellEditor | None:
        """Return the open editor."""
        editor = self._editor
        return editor if editor is not None and isValid(editor) and editor.isVisible() else None

    def editor_made(self, editor: CellEditor) -> None:
        """Remember the editor that was made last."""
        self._editor = editor
