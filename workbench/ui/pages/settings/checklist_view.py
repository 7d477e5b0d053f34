# SPDX-License-Identifier: MIT
"""The settings tab of the checklist's editions: listed, written anew, read from and to files."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.findings import UserError
from workbench.domain.records.changes import ChangeSet
from workbench.ui import theme
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_file, choose_target
from workbench.ui.pages.settings.edition_dialog import EditionDialog
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

TOML = "TOML (*.toml)"
_DRAFT = "checklist_template"


class ChecklistView(Box):
    """Lists the editions; one is written in a form, beginning as the chosen one."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        self.table = ReadTable(
            t("settings.tab_checklist"),
            (
                Column(t("checklist_work.head.version"), width=140),
                Column(t("checklist_work.head.name"), share=3),
                Column(t("checklist_work.head.count"), width=72, right=True),
                Column(t("checklist_editor.used_by"), share=3),
            ),
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self.write_anew)
        self._said = Label("", "caption", wrap=True)
        self.add(self._head())
        self.add(Hairline())
        sheet = Box("surface", margins=(14, 0, 0, 0))
        sheet.add(self.table)
        self.add(sheet, 1)
        context.changed.connect(self._on_changed)
        self._show()

    def _head(self) -> QHBoxLayout:
        px = theme.current().px
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(12), px(24), px(12))
        head.setSpacing(px(8))
        head.addWidget(self._said, 1)
        self.export = Button(t("checklist_more.write_edition"), icon="download")
        self.take_file = Button(t("checklist_more.add_edition"), icon="upload")
        self.write = Button(t("checklist_editor.new"), "primary", icon="pencil")
        acts = (self._on_export, self._on_file, self.write_anew)
        for button, act in zip((self.export, self.take_file, self.write), acts, strict=True):
            button.clicked.connect(act)
            head.addWidget(button)
        return head

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity in (_DRAFT, "assessment") for change in changes.records):
            self._show()

    def _show(self) -> None:
        services = self._context.services
        used: dict[str, list[str]] = {}
        for record in services.querying.records("assessment"):
            used.setdefault(record.text("template_version") or "", []).append(record.label)
        rows = []
        for edition in services.checklists.editions.all():
            version = edition.template.version
            users = t("assessment.comma").join(used.get(version, ())) or "—"
            name = edition.name or t("checklist_work.shipped")
            count = str(len(edition.template.items))
            cells = (Cell(version, strong=True), Cell(name), Cell(count), Cell(users, tone="text2"))
            rows.append(Row(version, cells))
        self.table.set_rows(rows)
        if not self.table.chosen():
            self.table.choose(rows[-1].key)
        draft = services.checklists.edition_forms.draft()
        self.write.set_text(t("checklist_editor.go_on" if draft else "checklist_editor.new"))
        key = "about_draft" if draft else "about_editions"
        params = {"version": draft.version} if draft else {}
        self._said.setText(t(f"checklist_editor.{key}", **params))

    @Slot()
    def write_anew(self) -> None:
        """Go on with the draft that was left, or begin one as the chosen edition."""
        forms = self._context.services.checklists.edition_forms
        left = forms.draft()
        dialog = EditionDialog(
            self._context, left or forms.begin(self.table.chosen()), taken_up=left is not None
        )
        dialog.saved.connect(self._on_saved)
        dialog.closed.connect(self._show)
        dialog.open()

    @Slot(str)
    def _on_saved(self, version: str) -> None:
        self._show()
        self.table.choose(version)
        self._context.shell.show_toast(t("checklist_editor.saved", version=version))

    @Slot()
    def _on_export(self) -> None:
        version = self.table.chosen()
        title = t("checklist_more.write_edition")
        path = choose_target(self, title, f"checklist-{version}.toml", TOML)
        if not path:
            return
        try:
            text = self._context.services.checklists.editions.text(version)
            self._context.program.write_text(path, text)
        except UserError as error:
            self._context.shell.show_error(error)
            return
        said = t("checklist_work.edition_written", version=version, path=path)
        self._context.shell.show_toast(said)

    @Slot()
    def _on_file(self) -> None:
        path = choose_file(self, t("checklist_more.add_edition"), TOML)
        if not path:
            return
        try:
            name, text = self._context.program.read_text(path)
            added = self._context.services.checklists.editions.add(text, name)
        except UserError as error:
            self._said.setText(sentence(error))
            self._said.set_tone("danger")
            return
        self._said.set_tone("")
        self._on_saved(added.version)
