# SPDX-License-Identifier: MIT
"""One field of a change to many records: which field, its new value, or that it becomes unknown."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.fields import Entity
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.look import theme
from workbench.ui.pages.ledger.field_line import LABEL_WIDTH, UNIT_WIDTH, FieldLine
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label


class BulkLine(QWidget):
    """``changed`` tells of another field or of clearing, ``typed`` of another text."""

    changed = Signal()
    typed = Signal()
    removed = Signal()

    def __init__(self, entity: Entity, ledger: Ledger, field: str = "") -> None:
        super().__init__()
        self._entity = entity
        self._ledger = ledger
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        fields = [(field.key, field.title(language())) for field in entity]
        self.field = ChoiceBox(t("bulk_editing.field"), fields, field)
        self.field.currentIndexChanged.connect(self._on_field)
        self.remove = IconButton("x", t("bulk_editing.remove"), compact=True)
        self.remove.clicked.connect(self.removed)
        keeps = self.remove.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # or the box would be wider than the editor below
        self.remove.setSizePolicy(keeps)
        head = QGridLayout()
        head.setHorizontalSpacing(px(8))
        head.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        label = Label(t("bulk_editing.field"), "caption")
        label.setBuddy(self.field)
        head.addWidget(label, 0, 0)
        head.addWidget(self.field, 0, 1)
        head.addWidget(self.remove, 0, 2, Qt.AlignmentFlag.AlignLeft)
        head.setColumnMinimumWidth(2, px(UNIT_WIDTH))
        head.setColumnStretch(1, 1)
        column.addLayout(head)
        self._place = Box(spacing=0)
        column.addWidget(self._place)
        self.clears = QCheckBox(t("bulk_editing.clears"))
        self.clears.toggled.connect(self._on_clears)
        under_editor = QHBoxLayout()
        under_editor.setContentsMargins(px(LABEL_WIDTH + 8), 0, 0, 0)
        under_editor.addWidget(self.clears)
        column.addLayout(under_editor)
        self.line = self._show_field()

    def key(self) -> str:
        """Return the field's key."""
        return self.field.chosen()

    def text(self) -> str | None:
        """Return what every record gets, "" to make it unknown; None while nothing is typed."""
        if self.clears.isChecked():
            return ""
        return self.line.text() or None

    def _show_field(self) -> FieldLine:
        """Offer the editor of the chosen field, empty: what is typed replaces every value."""
        clear_layout(self._place.content)
        blank = Record(self._entity.key, "", {})
        line = FieldLine(self._entity, self._entity[self.field.chosen()], blank, self._ledger)
        line.hide_tools()
        line.setEnabled(not self.clears.isChecked())
        line.typed.connect(self.typed)
        self._place.add(line)
        return line

    @Slot()
    def _on_field(self) -> None:
        self.line = self._show_field()
        self.changed.emit()

    @Slot(bool)
    def _on_clears(self, clears: bool) -> None:
        self.line.setEnabled(not clears)
        self.changed.emit()
