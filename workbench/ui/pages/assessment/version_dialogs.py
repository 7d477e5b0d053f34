# SPDX-License-Identifier: MIT
"""The dialogs of a saved assessment: what must be solved, with what to compare, what differs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.content import Content
from workbench.domain.records.ledger import Record
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

if TYPE_CHECKING:
    from workbench.application.versions.obstacles import Obstacle
    from workbench.domain.freezing.differences import Comparison

MOST_ROWS = 200


class ObstacleDialog(Dialog):
    """Lists what must be solved first; opening a row goes to its ledger cell or checklist item."""

    target_asked = Signal(str)
    item_asked = Signal(str)

    def __init__(self, host: QWidget, found: "Sequence[tuple[str, Obstacle]]") -> None:
        super().__init__(host, t("versions.obstacles", count=len(found)), width=620, height=460)
        self.body.addWidget(Label(t("versions.obstacles_text"), "caption", wrap=True))
        columns = (Column(t("versions.to_solve"), share=1),)
        self.table = ReadTable(t("versions.to_solve"), columns, fits=False, opens=True)
        self._targets: dict[str, str] = {}
        self._items: dict[str, str] = {}
        rows = []
        for place, (words, obstacle) in enumerate(found):
            finding = obstacle.finding
            if finding is not None and finding.entity:
                self._targets[str(place)] = f"{finding.entity}:{finding.key}:{finding.field}"
            elif obstacle.item is not None:
                self._items[str(place)] = obstacle.item.id
            rows.append(Row(str(place), (Cell(words),)))
        self.table.set_rows(rows)
        self.table.row_opened.connect(self._on_row)
        self.body.addWidget(self.table, 1)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)

    @Slot(str)
    def _on_row(self, key: str) -> None:
        if target := self._targets.get(key):
            self.close_dialog()
            self.target_asked.emit(target)
        elif item := self._items.get(key):
            self.close_dialog()
            self.item_asked.emit(item)


class CompareDialog(Dialog):
    """Asks with which assessment of the park another is compared; ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(self, host: QWidget, record: Record, others: Sequence[Record]) -> None:
        super().__init__(host, t("versions.step_compare"), width=460)
        self.body.addWidget(Label(t("versions.compare_text", name=record.label), "caption",
                                  wrap=True))  # fmt: skip
        previous = record.text("previous") or others[-1].key
        items = [(other.key, other.label) for other in others]
        self.choice = ChoiceBox(t("versions.other"), items, previous)
        self.body.addWidget(self.choice)
        self.add_cancel()
        self.add_button(t("versions.compare_now"), "primary").clicked.connect(self._on_compare)

    @Slot()
    def _on_compare(self) -> None:
        self.close_dialog()
        self.chosen.emit(self.choice.chosen())


class DifferenceDialog(Dialog):
    """Shows what changed between two assessments and why."""

    def __init__(
        self, host: QWidget, old: Record, new: Record, found: "Comparison", content: Content
    ) -> None:
        from workbench.application.versions.reporting import VersionWords

        title = t("versions.between", old=old.label, new=new.label)
        super().__init__(host, title, width=860, height=600)
        words = VersionWords(texts_in_use(), content)
        summary = t(
            "versions.summary",
            results=len(found.results), cells=len(found.cells), inputs=len(found.inputs),
            content=len(found.content),
        )  # fmt: skip
        self.body.addWidget(Label(t("versions.same") if found.same else summary, wrap=True))
        if found.moment is not None:
            self.body.addWidget(Label(words.moment(old.label, found.moment), "caption", wrap=True))
        columns = (
            Column(t("versions.what"), share=5),
            Column(t("versions.why"), share=6),
        )
        self.table = ReadTable(t("versions.what"), columns, fits=False)
        rows = [
            Row(f"result:{place}", (
                Cell(words.change(change)), Cell("\n".join(words.reasons(change)), tone="text2"),
            ))
            for place, change in enumerate(found.results)
        ]  # fmt: skip
        rows += [
            Row(f"cell:{place}", (
                Cell(words.cell(cell)), Cell(words.use(found.uses.get(cell.place)), tone="text2"),
            ))
            for place, cell in enumerate(found.cells)
        ]  # fmt: skip
        rows += [
            Row(f"input:{place}", (Cell(words.input(each)), Cell(t("versions.is_scenario"),
                                                                 tone="text3")))
            for place, each in enumerate(found.inputs)
        ]  # fmt: skip
        rows += [
            Row(f"content:{place}", (Cell(words.content(each)), Cell(t("versions.is_content"),
                                                                     tone="text3")))
            for place, each in enumerate(found.content)
        ]  # fmt: skip
        self.table.set_rows(rows[:MOST_ROWS])
        self.body.addWidget(self.table, 1)
        if len(rows) > MOST_ROWS:
            self.set_note(t("versions.rows_left", count=len(rows) - MOST_ROWS))
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
