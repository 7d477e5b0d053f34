# SPDX-License-Identifier: MIT
"""The place to drop files on, which is also a button."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.styling import set_style


class DropZone(QFrame):
    """Emits ``files_dropped`` (list of Path); a click or Space emits ``clicked`` to choose."""

    files_dropped = Signal(list)
    clicked = Signal()

    def __init__(self, text: str, hint: str = "", *, icon: str = "upload") -> None:
        super().__init__()
        px = theme.current().px
        self.setObjectName("dropZone")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(16), px(12), px(16))
        column.setSpacing(px(4))
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(icon, "text2", 18), 0, centre)
        for words in (Label(text, wrap=True), Label(hint, "hint", wrap=True)):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)  # shown before it has a parent it would be a window
            words.setVisible(bool(words.text()))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            set_style(self, "over", "true")
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_style(self, "over", "false")

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        set_style(self, "over", "false")
        if files := dropped_files(event):
            event.acceptProposedAction()
            self.files_dropped.emit([Path(path) for path in files])

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def dropped_files(event: QDropEvent) -> list[str]:
    """Return the paths of the files that are being dropped; none for anything else."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
