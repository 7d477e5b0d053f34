# SPDX-License-Identifier: MIT
"""Why an item of the checklist applies, and which items do not, with the reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from workbench.domain.checklist.opening import Opening
from workbench.domain.conditions import Condition
from workbench.domain.labels import label_key
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


def because_words(opening: Opening) -> str:
    """Return why an item is open or closed, as a sentence."""
    return t(
        f"checklist.because.{opening.because}",
        pathways=t("assessment.comma").join(opening.pathways),
        paths=t("assessment.comma").join(path_words(opening.item.paths)),
        condition=_condition(opening.condition),
        missing=t("assessment.comma").join(_name(name) for name in opening.missing),
    )


def path_words(paths: Sequence[str]) -> list[str]:
    """Return pathway codes, and words for the three groups of them."""
    words = {
        "ALL": "checklist.all_pathways",
        "TRANS": "checklist.transfers",
        "SOE": "checklist.soe",
    }
    return [t(words[path]) if path in words else path for path in paths]


def _condition(condition: Condition | None) -> str:
    """Return a condition in words when it is a name alone, else as it is written."""
    return "" if condition is None else _name(condition.text)


def _name(name: str) -> str:
    key = label_key("derived", name)
    return t(key) if texts_in_use().has(key) else name


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
                        Cell(because_words(opening), tone="text2"),
                    ),
                )
                for opening in closed
            ]
        )
        self.body.addWidget(self.table, 1)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
