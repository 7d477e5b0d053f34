# SPDX-License-Identifier: MIT
"""Weights by hand: a percentage per criterion, their sum, and scaling to one."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.weighing import in_proportion
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_HUNDRED = Decimal(100)


class ManualWeights(Box):
    """Six fields in percent; what cannot be read is marked and counts as not given."""

    changed = Signal()

    def __init__(self, weights: Mapping[Criterion, Decimal]) -> None:
        super().__init__("plain", spacing=8)
        self.editors: dict[Criterion, QLineEdit] = {}
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        for row, criterion in enumerate(CRITERIA):
            name = t(criterion.text_key)
            editor = QLineEdit()
            editor.setAccessibleName(t("pathways.weight_of", name=name))
            editor.setMaximumWidth(px(110))
            if criterion in weights:
                editor.setText(_shown(weights[criterion]))
            editor.textChanged.connect(self._on_changed)
            label = QLabel(name)
            label.setBuddy(editor)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
            grid.addWidget(QLabel("%"), row, 2)
            self.editors[criterion] = editor
        grid.setColumnStretch(3, 1)
        self.add(grid)
        self.total = Label("", "strong")
        self.scale = Button(t("pathways.in_proportion"))
        self.scale.clicked.connect(self._on_scale)
        row_of_sum = QHBoxLayout()
        row_of_sum.setSpacing(px(12))
        row_of_sum.addWidget(self.total)
        row_of_sum.addWidget(self.scale)
        row_of_sum.addStretch(1)
        self.add(row_of_sum)
        self._show()

    def weights(self) -> dict[Criterion, Decimal]:
        """Return what can be read, as fractions of one."""
        read = {criterion: _read(editor.text()) for criterion, editor in self.editors.items()}
        return {criterion: value for criterion, value in read.items() if value is not None}

    @Slot()
    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for editor in self.editors.values():
            wrong = bool(editor.text().strip()) and _read(editor.text()) is None
            set_style(editor, "state", "error" if wrong else "")
            editor.setToolTip(t("pathways.bad_weight", text=editor.text()) if wrong else "")
        total = sum(self.weights().values(), Decimal(0))
        self.total.setText(t("pathways.manual_sum", sum=_shown(total)))
        self.total.set_tone("" if total == 1 else "warn")
        self.scale.setEnabled(bool(total) and total != 1)

    @Slot()
    def _on_scale(self) -> None:
        for criterion, value in in_proportion(self.weights()).items():
            self.editors[criterion].setText(_shown(value))


def _read(text: str) -> Decimal | None:
    """Return a percentage as a fraction; None for what is none."""
    try:
        value = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        return None
    return value / _HUNDRED if value.is_finite() and 0 <= value <= _HUNDRED else None


def _shown(share: Decimal) -> str:
    return f"{(share * _HUNDRED).normalize():f}"
