# SPDX-License-Identifier: MIT
"""The settings tab of the checklist's editions: listed, written anew, read from and to files."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.findings import UserError
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.checklist.edition_files import (
    add_edition,
    edition_rows,
    edition_table,
    write_edition,
)
from workbench.ui.pages.settings.edition_dialog import EditionDialog
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Column

_DRAFT = "checklist_template"


class ChecklistView(Box):
    """Lists the editions; one is written in a form, beginning as the chosen one."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        used_by = Column(t("checklist_editor.used_by"), share=3)
        self.table = edition_table(t("settings.tab_checklist"), used_by, opens=True)
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

        def use_of(version: str) -> str:
            return t("assessment.comma").join(used.get(version, ())) or "—"

        rows = edition_rows(self._context, use_of)
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
        try:
            said = write_edition(self._context, self, self.table.chosen())
        except UserError as error:
            self._context.shell.show_error(error)
            return
        if said:
            self._context.shell.show_toast(said)

    @Slot()
    def _on_file(self) -> None:
        try:
            added = add_edition(self._context, self)
        except UserError as error:
            self._said.setText(sentence(error))
            self._said.set_tone("danger")
            return
        if added is not None:
            self._said.set_tone("")
            self._on_saved(added.version)
