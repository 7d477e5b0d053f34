# SPDX-License-Identifier: MIT
"""The imports before this one, each of which can be taken back as a whole."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.application.imports.commit import LABEL
from workbench.application.store_ports import Operation, OperationKind
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import IconLabel, Label

_MOST = 4
_LOOKED_AT = 400


class PastImports(QWidget):
    """The newest imports that stand; ``undo_asked`` carries the batch of one."""

    undo_asked = Signal(str)
    looked_at = _LOOKED_AT

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(4))

    def show_operations(self, operations: Sequence[Operation]) -> None:
        """Show the imports among the newest operations of the project."""
        clear_layout(self._column)
        standing = [
            operation
            for operation in operations
            if operation.label == LABEL
            and operation.kind == OperationKind.DO
            and not operation.undone
        ][:_MOST]
        if standing:
            self._column.addWidget(Label(t("import_dialog.past"), "caption"))
        for operation in standing:
            self._column.addLayout(self._line(operation))
        self.setVisible(bool(standing))

    def _line(self, operation: Operation) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        row.addWidget(IconLabel("file-spreadsheet", "text2"))
        files = operation.params.get("files", "")
        row.addWidget(Label(t("import_dialog.past_files", files=files,
                              n=operation.params.get("count", ""))))  # fmt: skip
        at = operation.at.astimezone().strftime("%Y-%m-%d %H:%M")
        words = t("import_dialog.past_who", actor=operation.actor, at=at)
        row.addWidget(Label(words, "hint"), 1)
        undo = Button(t("import_dialog.undo_whole"), "link")
        undo.setAccessibleName(t("import_dialog.undo_files", files=files))
        undo.setProperty("batch", operation.batch)
        undo.clicked.connect(self._on_undo)
        row.addWidget(undo)
        return row

    @Slot()
    def _on_undo(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.undo_asked.emit(str(sender.property("batch")))
