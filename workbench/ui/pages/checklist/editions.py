# SPDX-License-Identifier: MIT
"""The editions of the checklist: listed, written out, added, and an assessment moved to one."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.application.checklist.edition_words import both_wordings
from workbench.domain.checklist.editions import EditionChanges
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.pages.checklist.choice import Choice, ChoiceTable
from workbench.ui.pages.checklist.edition_files import (
    add_edition,
    edition_rows,
    edition_table,
    write_edition,
)
from workbench.ui.pages.checklist.edition_words import CHANGE_TONES, moved_words
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column


class MoveDialog(Dialog):
    """What another edition adds, changes and removes; ``accepted`` carries the items agreed to."""

    accepted = Signal(object)

    def __init__(self, context: UiContext, version: str, changes: EditionChanges) -> None:
        host = context.shell.dialog_host
        super().__init__(
            host, t("checklist_more.move_title", version=version), width=1000, height=620
        )
        counts = {
            "added": len(changes.added),
            "changed": len(changes.changed),
            "removed": len(changes.removed),
            "moved": len(changes.moved),
            "same": len(changes.same),
        }
        self.body.addWidget(Label(t("checklist_more.move_text", **counts), "caption", wrap=True))
        columns = [
            Column(t("checklist_more.column.change"), 88),
            Column(t("checklist_window.column.item"), share=3),
            Column(t("checklist_editor.before"), share=3),
            Column(t("checklist_editor.after"), share=3),
        ]
        words = t("checklist_more.carry"), t("checklist_more.anew")
        self.table = ChoiceTable(t("checklist_more.move_title", version=version), columns, words)
        self.table.set_choices(_changes(changes), ())
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.apply = self.add_button(t("checklist_more.move"), "primary")
        self.apply.clicked.connect(self._on_apply)

    @Slot()
    def _on_apply(self) -> None:
        self.close_dialog()
        self.accepted.emit(self.table.taken())


class EditionsDialog(Dialog):
    """Lists the editions; ``assessment`` is the one that can be moved, None when there is none."""

    def __init__(self, context: UiContext, assessment: Record | None) -> None:
        host = context.shell.dialog_host
        super().__init__(host, t("checklist_more.editions_title"), width=680, height=460)
        self._context = context
        self._assessment = assessment
        self.body.addWidget(Label(t("checklist_more.editions_text"), "caption", wrap=True))
        use = Column(t("checklist_more.column.use"), share=2)
        self.table = edition_table(t("checklist_more.editions_title"), use)
        self.table.selectionModel().currentChanged.connect(self._on_chosen)
        self.body.addWidget(self.table, 1)
        self.write = Button(t("checklist_more.write_edition"), icon="download")
        self.add_one = Button(t("checklist_more.add_edition"), icon="plus")
        self.move_to = Button(t("checklist_more.move_to"))
        self.write.clicked.connect(self._on_write)
        self.add_one.clicked.connect(self._on_add)
        self.move_to.clicked.connect(self._on_move)
        row = QHBoxLayout()
        for button in (self.write, self.add_one, self.move_to):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
        self._show()

    def _show(self) -> None:
        used = self._used()
        in_use = t("checklist_more.in_use")
        rows = edition_rows(self._context, lambda version: in_use if version == used else "")
        self.table.set_rows(rows)
        if not self.table.chosen():
            self.table.choose(used or rows[-1].key)
        self._on_chosen()

    def _used(self) -> str:
        if self._assessment is None:
            return ""
        found = self._context.services.querying.record("assessment", self._assessment.key)
        self._assessment = found or self._assessment
        return self._assessment.text("template_version") or ""

    @Slot()
    def _on_chosen(self) -> None:
        version = self.table.chosen()
        self.write.setEnabled(bool(version))
        self.move_to.setEnabled(bool(version and self._assessment) and version != self._used())

    @Slot()
    def _on_write(self) -> None:
        try:
            said = write_edition(self._context, self, self.table.chosen())
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        if said:
            self.set_note(said)

    @Slot()
    def _on_add(self) -> None:
        try:
            added = add_edition(self._context, self)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        if added is None:
            return
        self._show()
        self.table.choose(added.version)
        count = len(added.items)
        self.set_note(t("checklist_work.edition_added", version=added.version, count=count))

    @Slot()
    def _on_move(self) -> None:
        version = self.table.chosen()
        if self._assessment is None:
            return
        changes = self._context.services.checklists.editions.changes(self._assessment, version)
        dialog = MoveDialog(self._context, version, changes)
        dialog.accepted.connect(partial(self._move, self._assessment, version))
        dialog.open()

    def _move(self, assessment: Record, version: str, agreed: frozenset[str]) -> None:
        try:
            count = self._context.services.checklists.editions.move(assessment, version, agreed)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self._show()
        self.set_note(t("checklist_work.moved", version=version, count=count))


def _changes(changes: EditionChanges) -> list[Choice]:
    """Return the rows: changed items may be carried over, the others are only read."""
    rows = []
    for changed in changes.changed:
        parts = t("assessment.comma").join(
            t(f"checklist_work.part.{part}") for part in changed.differs
        )
        words = parts, *both_wordings(changed, texts_in_use())
        rows.append(_row("changed", changed.new, words, offered=True))
    rows += [_row("moved", m.item, moved_words(m), offered=False) for m in changes.moved]
    rows += [_row("added", item, ("", "—", ""), offered=False) for item in changes.added]
    rows += [_row("removed", item, ("", "", "—"), offered=False) for item in changes.removed]
    return rows


def _row(kind: str, item: ChecklistItem, words: tuple[str, str, str], *, offered: bool) -> Choice:
    parts, old, new = words
    cells = (
        Cell(t(f"checklist_more.{kind}"), tone=CHANGE_TONES[kind]),
        Cell(f"{item.id}  {item.title.get(language())}", parts),
        Cell(old, tone="text2"),
        Cell(new),
    )
    return Choice(f"{kind} {item.id}" if kind == "moved" else item.id, cells, offered)
