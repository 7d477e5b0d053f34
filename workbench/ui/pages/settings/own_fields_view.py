# SPDX-License-Identifier: MIT
"""The settings tab of a team's own ledger fields: what there is, and adding, changing, hiding."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import UserError
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.own_fields import ENTITY, OwnField
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.settings.own_field_dialog import HideFieldDialog, OwnFieldDialog
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


class OwnFieldsView(Box):
    """Lists the own fields; the buttons act on the chosen one."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        self._fields: dict[str, OwnField] = {}
        self.table = ReadTable(
            t("settings.tab_fields"),
            (
                Column(t("own_fields.col_title"), share=4),
                Column(t("own_fields.col_entity"), width=120),
                Column(t("own_fields.col_type"), share=3),
                Column(t("own_fields.synonyms"), share=3),
                Column(t("own_fields.col_code"), share=3),
                Column(t("own_fields.col_state"), width=132),
            ),
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self._on_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self._empty = EmptyState(
            t("own_fields.empty_title"), t("own_fields.empty_text"), action=t("own_fields.new"),
            icon="plus",
        )  # fmt: skip
        self._empty.action_clicked.connect(self.open_new)
        sheet = Box("surface", margins=(14, 0, 0, 0))
        sheet.add(self.table)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(sheet)
        self.add(self._head())
        self.add(Hairline())
        self.add(self._stack, 1)
        context.changed.connect(self._on_changed)
        self._show()

    def _head(self) -> QHBoxLayout:
        px = theme.current().px
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(12), px(24), px(12))
        head.setSpacing(px(8))
        head.addWidget(Label(t("own_fields.about"), "caption", wrap=True), 1)
        self.edit = Button(t("own_fields.edit_short"))
        self.hide_button = Button(t("own_fields.hide"))
        self.remove = Button(t("own_fields.remove_short"))
        self.new = Button(t("own_fields.new"), "primary", icon="plus")
        acts = (self._on_edit, self._on_hide, self._on_remove, self.open_new)
        buttons = (self.edit, self.hide_button, self.remove, self.new)
        for button, act in zip(buttons, acts, strict=True):
            button.clicked.connect(act)
            head.addWidget(button)
        return head

    def chosen(self) -> OwnField | None:
        """Return the field that the buttons act on."""
        return self._fields.get(self.table.chosen())

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity == ENTITY for change in changes.records):
            self._show()

    def _show(self) -> None:
        fields = self._context.services.own_fields.all()
        self._fields = {f"{own.entity}.{own.code}": own for own in fields}
        self.table.set_rows([_row(key, own) for key, own in self._fields.items()])
        self._stack.setCurrentIndex(1 if fields else 0)
        self.new.setVisible(bool(fields))
        if fields and self.chosen() is None:
            self.table.choose(next(iter(self._fields)))
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        own = self.chosen()
        for button in (self.edit, self.hide_button, self.remove):
            button.setVisible(bool(self._fields))
            button.setEnabled(own is not None)
        hidden = own is not None and bool(own.hidden)
        self.hide_button.set_text(t("own_fields.show" if hidden else "own_fields.hide"))

    @Slot()
    def open_new(self) -> None:
        """Begin a new field."""
        self._open(OwnFieldDialog(self._context, self._context.shell.dialog_host))

    @Slot()
    def _on_edit(self) -> None:
        if own := self.chosen():
            self._open(OwnFieldDialog(self._context, self._context.shell.dialog_host, own))

    def _open(self, dialog: OwnFieldDialog) -> None:
        dialog.done.connect(self._on_done)
        dialog.open()

    @Slot(object)
    def _on_done(self, own: OwnField) -> None:
        self.table.choose(f"{own.entity}.{own.code}")
        entity = CATALOGUE[own.entity].title(language())
        self._context.shell.show_toast(t("own_fields.kept", title=own.title, entity=entity))

    @Slot()
    def _on_hide(self) -> None:
        own = self.chosen()
        if own is None:
            return
        fields = self._context.services.own_fields
        if not own.hidden:
            count = fields.count(own.entity, own.code)
            host = self._context.shell.dialog_host
            HideFieldDialog(self._context, host, own, count).open()
            return
        try:
            fields.show(own.entity, own.code)
        except UserError as error:
            self._context.shell.show_error(error)

    @Slot()
    def _on_remove(self) -> None:
        own = self.chosen()
        if own is None:
            return
        try:
            self._context.services.own_fields.remove(own.entity, own.code)
        except UserError as error:
            self._context.shell.show_error(error)
            return
        words = t("own_fields.removed", title=own.title)
        self._context.shell.show_toast(words, t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()


def _row(key: str, own: OwnField) -> Row:
    field = own.field()
    kind = t(f"own_fields.type.{own.type.value}")
    detail = unit_title(field.shown_unit)
    if field.choices:
        detail = t("own_fields.between").join(c.title(language()) for c in field.choices)
    state = Cell(t("own_fields.in_use"), tone="success", pill=True)
    if own.hidden:
        state = Cell(t("own_fields.hidden"), detail=own.hidden, tone="neutral", pill=True)
    return Row(
        key,
        (
            Cell(own.title, detail=own.english, strong=True),
            Cell(CATALOGUE[own.entity].title(language())),
            Cell(kind, detail=detail),
            Cell(t("own_fields.between").join(own.synonyms) or "—", tone="text2"),
            Cell(own.code, tone="text2"),
            state,
        ),
    )
