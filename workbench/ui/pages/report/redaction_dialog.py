# SPDX-License-Identifier: MIT
"""The dialog on what a redacted report hides beside the ledger's names, and what it may enclose."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from workbench.domain.catalogue.redaction import HIDDEN_KINDS
from workbench.domain.findings import RefusedError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.typed.composing import take_composed
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.label import Label

_KEY = Qt.ItemDataRole.UserRole
_TICKABLE = (
    Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
)
_NAMES_HEIGHT, _FILES_HEIGHT = 64, 132


class RedactionDialog(Dialog):
    """Names to hide, one a line, and the project's evidence with a tick on what names nobody."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host, t("redaction.title"), width=560)
        self._context = context
        self._said: set[str] = set()
        self.names: dict[str, QPlainTextEdit] = {}
        self.files = QListWidget()
        self.files.setAccessibleName(t("redaction.files"))
        self.files.setFixedHeight(theme.current().px(_FILES_HEIGHT))
        self.body.addWidget(Label(t("redaction.names"), "section"))
        self.body.addWidget(Label(t("redaction.names_help"), "caption", wrap=True))
        self.body.addLayout(self._names_form())
        self.body.addWidget(Label(t("redaction.files"), "section"))
        self.body.addWidget(Label(t("redaction.files_help"), "caption", wrap=True))
        self._fill_files()
        self.add_cancel()
        self.add_button(t("redaction.save"), "primary").clicked.connect(self._on_save)
        KeptTyping(context, self, "redaction")

    def _names_form(self) -> Form:
        """Return a box for each kind of name, filled with what is listed."""
        listed = self._context.services.redaction.names()
        form = Form()
        for kind in HIDDEN_KINDS:
            title = kind.title(language())
            box = QPlainTextEdit()
            box.setAccessibleName(t("redaction.names_kind", kind=title))
            box.setTabChangesFocus(True)
            box.setFixedHeight(theme.current().px(_NAMES_HEIGHT))
            of_kind = [r.label for r in listed if r.text("kind") == kind.value]
            box.setPlainText("\n".join(of_kind))
            self.names[kind.value] = box
            form.add_field(title, box)
        return form

    def _fill_files(self) -> None:
        """List each content once, with what it is evidence of."""
        services = self._context.services
        nameless = services.redaction.nameless()
        rows: dict[str, list[Record]] = {}
        for row in services.evidencing.all():
            rows.setdefault(row.text("sha256") or "", []).append(row)
        for sha256, same in rows.items():
            row = same[0]
            of = t("report.comma").join(dict.fromkeys(filter(None, map(self._owner, same))))
            item = QListWidgetItem(t("ui.gap").join(filter(None, (row.label, of))))
            item.setToolTip(item.text())
            item.setFlags(_TICKABLE)
            marked = sha256 in nameless
            item.setCheckState(Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked)
            item.setData(_KEY, row.key)
            self.files.addItem(item)
        if rows:
            self.body.addWidget(self.files)
        else:
            self.body.addWidget(Label(t("redaction.no_files"), wrap=True))

    def _owner(self, row: Record) -> str:
        """Return what a piece of evidence proves, "" when that is gone."""
        entity, key = row.text("owner_entity") or "", row.text("owner_key") or ""
        owner = self._context.services.querying.record(entity, key)
        return (owner.text("item") or owner.label) if owner else ""

    def _has_to_be_said(self, names: list[str]) -> bool:
        """Say once which names are hidden only where they stand alone; tell whether it was."""
        services = self._context.services
        alone = services.redaction.only_alone(names, texts_in_use(), services.catalogue)
        if self._said.issuperset(alone):
            return False
        self._said.update(alone)
        self.set_note(t("redaction.only_alone", names=t("report.comma").join(alone)), "warn")
        return True

    @Slot()
    def _on_save(self) -> None:
        take_composed()
        names = [
            (line.strip(), kind)
            for kind, box in self.names.items()
            for line in box.toPlainText().splitlines()
            if line.strip()
        ]
        if self._has_to_be_said([name for name, _ in names]):
            return
        items = (self.files.item(at) for at in range(self.files.count()))
        ticked = [i.data(_KEY) for i in items if i.checkState() is Qt.CheckState.Checked]
        try:
            changed = self._context.services.redaction.keep(names, ticked)
        except RefusedError as error:
            self.refuse(t(error.code, **error.params))
            return
        self.close_dialog()
        if changed:
            self._context.shell.show_toast(t("redaction.saved"))
