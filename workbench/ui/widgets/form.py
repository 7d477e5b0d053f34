# SPDX-License-Identifier: MIT
"""Fields under one another, each with its name before it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QWidget

from workbench.ui.look import theme


class Form(QFormLayout):
    """Rows of name and editor; the name stands at the height of the editor's first line."""

    def __init__(self, holder: QWidget | None = None) -> None:
        super().__init__(holder)
        px = theme.current().px
        self.setContentsMargins(0, 0, 0, 0)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setHorizontalSpacing(px(12))
        self.setVerticalSpacing(px(8))

    def add_field(self, words: str, editor: QWidget, role: str = "") -> QLabel:
        """Add an editor under its name; return the label, which leads the focus to the editor."""
        label = QLabel(words)
        label.setProperty("role", role)
        label.setBuddy(editor)
        if not isinstance(editor, QPlainTextEdit):  # else Qt lifts the name above the middle
            label.setMinimumHeight(editor.sizeHint().height())
        self.addRow(label, editor)
        return label
