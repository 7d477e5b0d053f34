# SPDX-License-Identifier: MIT
"""The weights of matching: a percentage per feature, their sum, a reason; or the shipped ones."""

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit

from workbench.domain.cases.case import FEATURES
from workbench.domain.cases.form import read_number
from workbench.domain.findings import UserError
from workbench.domain.labels import label_key
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_HUNDRED = Decimal(100)


class MatchWeightsDialog(Dialog):
    """Keeps the weights of the chosen assessment, or of the park when none is chosen."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.shell.dialog_host, t("match_weighing.title"), width=560)
        self._context = context
        self._weighing = context.services.match_weighing
        counted = self._weighing.weights(context.park_key, context.assessment_key)
        self.body.addWidget(Label(t("match_weighing.about"), "caption", wrap=True))
        self.editors: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(6))
        for row, name in enumerate(FEATURES):
            title = t(label_key("feature", name))
            editor = QLineEdit(_shown(counted.values.get(name, Decimal(0))))
            editor.setAccessibleName(t("match_weighing.weight_of", name=title))
            editor.setMaximumWidth(theme.current().px(110))
            editor.textChanged.connect(self._show_sum)
            label = Label(title)
            label.setBuddy(editor)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
            grid.addWidget(Label("%", "caption"), row, 2)
            self.editors[name] = editor
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
        self.total = Label("", "strong")
        self.body.addWidget(self.total)
        self.reason = QLineEdit(counted.reason)
        self.reason.setAccessibleName(t("match_weighing.reason"))
        self.reason.setPlaceholderText(t("match_weighing.reason"))
        self.body.addWidget(self.reason)
        self.shipped = self.add_button(t("match_weighing.shipped"))
        self.shipped.setVisible(counted.own)
        self.shipped.clicked.connect(self._on_shipped)
        self.add_cancel()
        self.save = self.add_button(t("match_weighing.keep"), "primary")
        self.save.clicked.connect(self._on_save)
        self._show_sum()
        KeptTyping(context, self, f"match_weights:{context.park_key}:{context.assessment_key}")

    def weights(self) -> dict[str, Decimal]:
        """Return what can be read, as fractions of one."""
        read = {name: read_number(editor.text()) for name, editor in self.editors.items()}
        return {name: value / _HUNDRED for name, value in read.items() if value is not None}

    @Slot()
    def _show_sum(self) -> None:
        weights = self.weights()
        for name, editor in self.editors.items():
            set_style(editor, "state", "" if weights.get(name, Decimal(-1)) >= 0 else "error")
        whole = sum(weights.values(), Decimal(0))
        self.total.setText(t("match_weighing.total", sum=_shown(whole)))
        self.total.set_tone("" if whole == 1 else "warn")

    @Slot()
    def _on_save(self) -> None:
        context = self._context
        try:
            self._weighing.weigh(
                context.park_key, context.assessment_key, self.weights(), self.reason.text()
            )
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        context.assessed.ensure()

    @Slot()
    def _on_shipped(self) -> None:
        context = self._context
        try:
            self._weighing.reset(context.park_key, context.assessment_key)
            if self._weighing.weights(context.park_key, context.assessment_key).own:
                self._weighing.reset(context.park_key)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        context.assessed.ensure()


def _shown(share: Decimal) -> str:
    return f"{(share * _HUNDRED).normalize():f}"
