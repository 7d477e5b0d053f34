# SPDX-License-Identifier: MIT
"""The table's editors: a line, with a list for choices; keys as in Excel."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.domain.overriding import override
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.styling import set_style

Index = QModelIndex | QPersistentModelIndex


class EditedView(Protocol):
    """What the editors need of the view."""

    def editor_made(self, editor: "CellEditor") -> None:
        """Remember the editor that was made last."""

    def commit_text(self, row: int, column: int, text: str) -> None:
        """Write one cell."""

    def move_after_edit(self, rows: int, columns: int) -> None:
        """Move once the open editor has been closed."""

    def fill_selection(self, text: str) -> None:
        """Write a text into every selected cell in place of the editor's commit."""

    def keeps_text(self) -> bool:
        """Tell whether the editor was opened on the text (F2) rather than by typing."""


class CellEditor(QLineEdit):
    """A cell's line editor; choices open as a list with Alt+Down."""

    def __init__(self, parent: QWidget, choices: list[str]) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setFrame(False)
        self._composed = ""
        self._list: QCompleter | None = None
        if choices:
            self._list = QCompleter(self)
            self._list.setModel(QStringListModel(choices, self._list))
            self._list.setFilterMode(Qt.MatchFlag.MatchContains)
            self._list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._list.setMaxVisibleItems(12)
            self.setCompleter(self._list)

    @property
    def composing(self) -> bool:
        """Tell whether an input method is still composing."""
        return bool(self._composed)

    def take_composed(self) -> None:
        """Take what an input method was composing as text, so that leaving never loses it."""
        QGuiApplication.inputMethod().commit()  # an input method that answers has taken it now
        if text := self._composed:
            QApplication.sendEvent(self, QInputMethodEvent())
            self.insert(text)

    def take_words(self, event: QInputMethodEvent) -> None:
        """Put words that were sent to the table itself in place of the text; Qt would drop them.

        So they come from an input method with a line of its own, for full-width signs, by voice.
        """
        self.selectAll()
        self.insert(event.commitString())
        if event.preeditString():
            rest = QInputMethodEvent(event.preeditString(), event.attributes())
            QApplication.sendEvent(self, rest)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def open_list(self) -> None:
        """Show every choice."""
        if self._list is not None:
            self._list.setCompletionPrefix("")
            self._list.complete()

    def list_is_open(self) -> bool:
        """Tell whether the list has the arrow keys."""
        popup = self._list.popup() if self._list is not None else None
        return popup is not None and popup.isVisible()


class GridDelegate(QStyledItemDelegate):
    """Makes editors and takes their text; cells are drawn by ``CellPainter``."""

    def __init__(self, view: QWidget, edited: EditedView, model: GridModel) -> None:
        super().__init__(view)
        self._view = edited
        self._grid = model
        self._initial = ""

    @override
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> CellEditor:
        column = self._grid.columns()[index.column()]
        editor = CellEditor(parent, list(column.choices))
        if column.right:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setAccessibleName(column.title)
        editor.textEdited.connect(partial(self._on_typed, QPersistentModelIndex(index)))
        self._view.editor_made(editor)
        return editor

    def _on_typed(self, cell: QPersistentModelIndex, text: str) -> None:
        if cell.isValid():
            self._grid.keep_begun(cell.row(), cell.column(), text)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor) and not editor.isModified():
            self._initial = self._grid.cell(index.row(), index.column()).edit
            editor.setText(self._initial)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEditor) and editor.text() != self._initial:
            self._view.commit_text(index.row(), index.column(), editor.text())

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, CellEditor):
            if event.type() == QEvent.Type.FocusOut:
                watched.take_composed()
            elif watched.composing and event.type() == QEvent.Type.KeyPress:
                return False  # Enter, Esc and Space are the input method's
        if (
            isinstance(watched, CellEditor)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._on_key(watched, event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Note where to go after the edit; return True when the key is used up here."""
        key = event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Down and alt:
            editor.open_list()
            return True
        if editor.list_is_open():
            return False
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            editor.take_composed()
            self._view.fill_selection(editor.text())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._finish(editor, -1 if back else 1, 0)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._finish(editor, 0, -1 if key == Qt.Key.Key_Backtab else 1)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return self._finish(editor, -1 if key == Qt.Key.Key_Up else 1, 0)
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if sideways and not self._view.keeps_text() and not event.modifiers():
            return self._finish(editor, 0, -1 if key == Qt.Key.Key_Left else 1)
        return False

    def _finish(self, editor: CellEditor, rows: int, columns: int) -> bool:
        """Commit, close, then move; pending input of an input method is taken first."""
        editor.take_composed()
        self._view.move_after_edit(rows, columns)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True


def mark_refused(editor: QWidget, why: str) -> None:
    """Show in an editor that its text was refused."""
    set_style(editor, "state", "error")
    editor.setToolTip(why)
    editor.setAccessibleDescription(why)
