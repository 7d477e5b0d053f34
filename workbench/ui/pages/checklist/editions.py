# SPDX-License-Identifier: MIT
"""The editions of the checklist: listed, written out, added, and an assessment moved to one."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.checklist.editions import EditionChanges
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_file, choose_target
from workbench.ui.pages.checklist.choice import Choice, ChoiceTable
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

TOML = "TOML (*.toml)"


class MoveDialog(Dialog):
    """What another edition adds, changes and removes; ``accepted`` carries the items agreed to."""

    accepted = Signal(object)

    def __init__(self, context: UiContext, version: str, changes: EditionChanges) -> None:
        host = context.shell.dialog_host
        super().__init__(
            host, t("checklist_more.move_title", version=version), width=820, height=580
        )
        counts = {
            "added": len(changes.added),
            "changed": len(changes.changed),
            "removed": len(changes.removed),
            "same": len(changes.same),
        }
        self.body.addWidget(Label(t("checklist_more.move_text", **counts), "caption", wrap=True))
        columns = [
            Column(t("checklist_more.column.change"), 84),
            Column(t("checklist_window.column.item"), share=3),
            Column(t("checklist_more.column.differs"), share=2),
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
        columns = [
            Column(t("checklist_work.head.version"), 140),
            Column(t("checklist_work.head.name"), share=2),
            Column(t("checklist_work.head.count"), 72, right=True),
            Column(t("checklist_more.column.use"), share=1),
        ]
        self.table = ReadTable(t("checklist_more.editions_title"), columns, fits=False)
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
        editions = self._context.services.checklists.editions.all()
        used = self._used()
        rows = []
        for edition in editions:
            version = edition.template.version
            name = edition.name or t("checklist_work.shipped")
            words = t("checklist_more.in_use") if version == used else ""
            count = str(len(edition.template.items))
            rows.append(Row(version, (Cell(version), Cell(name), Cell(count), Cell(words))))
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
        version = self.table.chosen()
        title = t("checklist_more.write_edition")
        path = choose_target(self, title, f"checklist-{version}.toml", TOML)
        if not path:
            return
        try:
            text = self._context.services.checklists.editions.text(version)
            self._context.program.write_text(path, text)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.set_note(t("checklist_work.edition_written", version=version, path=path))

    @Slot()
    def _on_add(self) -> None:
        path = choose_file(self, t("checklist_more.add_edition"), TOML)
        if not path:
            return
        try:
            name, text = self._context.program.read_text(path)
            added = self._context.services.checklists.editions.add(text, name)
        except UserError as error:
            self.set_note(sentence(error), "danger")
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
        rows.append(_row("changed", changed.new, parts, offered=True))
    rows += [_row("added", item, "", offered=False) for item in changes.added]
    rows += [_row("removed", item, "", offered=False) for item in changes.removed]
    return rows


def _row(kind: str, item: ChecklistItem, parts: str, *, offered: bool) -> Choice:
    tone = {"changed": "warn", "added": "success", "removed": "danger"}[kind]
    cells = (
        Cell(t(f"checklist_more.{kind}"), tone=tone),
        Cell(f"{item.id}  {item.title.get(language())}"),
        Cell(parts, tone="text2"),
    )
    return Choice(item.id, cells, offered)
