# SPDX-License-Identifier: MIT
"""Which items of the checklist do not apply, each with the reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from workbench.domain.checklist.because import because_words
from workbench.domain.checklist.opening import Opening
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


class ClosedItemsDialog(Dialog):
    """The items that do not apply, each with why."""

    def __init__(self, host: QWidget, closed: Sequence[Opening]) -> None:
        super().__init__(host, t("checklist_window.closed_title"), width=820, height=560)
        self.body.addWidget(Label(t("checklist_window.closed_text"), "caption", wrap=True))
        columns = [
            Column(t("checklist_window.column.item"), share=3),
            Column(t("checklist_window.column.why_not"), share=3),
        ]
        self.table = ReadTable(t("checklist_window.closed_title"), columns, fits=False)
        self.table.set_rows(
            [
                Row(
                    opening.item.id,
                    (
                        Cell(f"{opening.item.id}  {opening.item.title.get(language())}"),
                        Cell(because_words(opening, texts_in_use()), tone="text2"),
                    ),
                )
                for opening in closed
            ]
        )
        self.body.addWidget(self.table, 1)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
