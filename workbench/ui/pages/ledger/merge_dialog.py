# SPDX-License-Identifier: MIT
"""The dialog that makes one record of two, or remembers that they are two."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from workbench.application.ledger.merging import MergePreview
from workbench.domain.fields import Field
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.domain.records.merging import KEPT, OTHER, FieldChoice
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.ledger.facts import value_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import ScrollPage
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


class MergeDialog(Dialog):
    """Makes one record of two: conflicts are chosen, one by one or all the newer ones."""

    done = Signal(str)

    def __init__(
        self,
        context: UiContext,
        host: QWidget,
        kept: Record,
        other: Record,
        *,
        distinct: bool = False,
    ) -> None:
        super().__init__(host, t("merging.merge_title", name=kept.label), width=820, height=640)
        self._context = context
        self.preview: MergePreview = context.services.merging.preview(
            kept.entity, kept.key, other.key
        )
        self.sides: dict[str, dict[str, QRadioButton]] = {}
        self._page = ScrollPage("surface", margins=(0, 0, 10, 0), spacing=10)
        self.body.addWidget(Label(self._about(), "caption", wrap=True))
        self.body.addWidget(self._page, 1)
        conflicts = self.preview.conflicts
        if conflicts:
            self._page.add(Label(t("merging.conflicts", n=len(conflicts)), "strong"))
            self._page.add(self._conflict_grid(conflicts))
            if any(choice.newer for choice in conflicts):
                newer = Button(t("merging.take_newer"), "link")
                newer.clicked.connect(self.take_newer)
                self._page.add(newer)
        self._page.add(Label(t("merging.agreed"), "strong"))
        self._page.add(self._agreed())
        self._page.content.addStretch(1)
        self._distinct = distinct
        self.two = self.add_lead_button(
            t("merging.suspect_again_do") if distinct else t("merging.mark_distinct_do")
        )
        self.two.clicked.connect(self._on_two)
        self.add_cancel()
        self.button = self.add_button(t("merging.do"), "primary")
        self.button.clicked.connect(self._on_merge)
        self._on_chosen()

    @Slot()
    def take_newer(self) -> None:
        """Choose, for every conflict, the value that was changed last where that is known."""
        for choice in self.preview.conflicts:
            if choice.newer:
                self.sides[choice.field][choice.newer].setChecked(True)
        self._on_chosen()

    def chosen(self) -> dict[str, str]:
        """Return whose value holds, for the conflicts that were chosen."""
        return {
            name: side
            for name, radios in self.sides.items()
            for side, radio in radios.items()
            if radio.isChecked()
        }

    def _about(self) -> str:
        catalogue = self._context.services.catalogue
        moved = t("assessment.comma").join(
            f"{catalogue[entity].title(language())} {n}" for entity, n in self.preview.moved.items()
        )
        words = t("merging.about", kept=self._name_of(KEPT), other=self._name_of(OTHER))
        return words + (t("merging.moves", moved=moved) if moved else "")

    def _conflict_grid(self, conflicts: tuple[FieldChoice, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(10))
        grid.setVerticalSpacing(theme.current().px(8))
        for at, choice in enumerate(conflicts):
            field = self._field(choice)
            grid.addWidget(Label(field.title(language()), "caption", wrap=True), at, 0)
            together = QButtonGroup(self)
            self.sides[choice.field] = {}
            for column, (side, record) in enumerate(
                ((KEPT, self.preview.kept), (OTHER, self.preview.other)), start=1
            ):
                radio = QRadioButton(self._value(record, field, choice, side))
                radio.setAccessibleName(f"{field.title(language())} {radio.text()}")
                radio.toggled.connect(self._on_chosen)
                together.addButton(radio)
                grid.addWidget(radio, at, column)
                self.sides[choice.field][side] = radio
        grid.setColumnMinimumWidth(0, theme.current().px(128))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _agreed(self) -> ReadTable:
        table = ReadTable(
            t("merging.agreed"),
            [
                Column(t("merging.field"), 160),
                Column(t("merging.value")),
                Column(t("merging.from")),
            ],
        )
        rows = []
        for choice in self.preview.choices:
            if choice.conflict:
                continue
            field = self._field(choice)
            side = KEPT if choice.side == KEPT else OTHER
            source = self.preview.kept if side == KEPT else self.preview.other
            same = choice.kept.value == choice.other.value
            where = t("merging.both") if same else self._name_of(side)
            words = value_words(source, field, self._context.services.querying.ledger())
            rows.append(Row(choice.field, (
                Cell(field.title(language())), Cell(words or "—"), Cell(where, tone="text2"),
            )))  # fmt: skip
        table.set_rows(rows)
        return table

    def _name_of(self, side: str) -> str:
        """Return a record's name, with its code where the name alone does not tell the two."""
        kept, other = self.preview.kept, self.preview.other
        record = kept if side == KEPT else other
        code = record.text("code") or ""
        if kept.label != other.label or not code:
            return record.label
        return t("ui.with_note", text=record.label, note=code)

    def _field(self, choice: FieldChoice) -> Field:
        return self._context.services.catalogue[self.preview.kept.entity][choice.field]

    def _value(self, record: Record, field: Field, choice: FieldChoice, side: str) -> str:
        words = value_words(record, field, self._context.services.querying.ledger())
        if choice.newer != side:
            return words
        return t("ui.with_note", text=words, note=t("merging.newer"))

    @Slot()
    def _on_chosen(self) -> None:
        left = len(self.preview.conflicts) - len(self.chosen())
        self.set_note(t("merging.left_n", n=left) if left else t("merging.undoable"),
                      "danger" if left else "")  # fmt: skip
        self.button.setEnabled(not left)

    @Slot()
    def _on_merge(self) -> None:
        kept, other = self.preview.kept, self.preview.other
        try:
            self._context.services.merging.merge(kept.entity, kept.key, other.key, self.chosen())
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        words = t("merging.was_merged", name=kept.label)
        self._context.shell.show_toast(words, t("ui.undo"), self._undo)
        self.done.emit(kept.key)

    @Slot()
    def _on_two(self) -> None:
        """Remember that the records are two, or forget that they were said to be."""
        kept, other = self.preview.kept, self.preview.other
        merging = self._context.services.merging
        say = merging.suspect_again if self._distinct else merging.mark_distinct
        try:
            say(kept.entity, kept.key, other.key)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        key = "merging.listed_again" if self._distinct else "merging.was_marked_distinct"
        words = t(key, name=self._name_of(KEPT), other=self._name_of(OTHER))
        self._context.shell.show_toast(words, t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()
