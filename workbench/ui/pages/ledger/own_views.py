# SPDX-License-Identifier: MIT
"""The row of views above a table: the shipped ones with counts, the team's own, and saving one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from workbench.application.ledger.saved_views import SavedView
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.pages.ledger.views import ALL, View
from workbench.ui.texts import t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.folding_tabs import FoldingTabs
from workbench.ui.widgets.grid.layout import GridLayout, layout_of
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_OWN = "own:"


class NameDialog(Dialog):
    """Asks for a view's name; ``named`` carries it. It stays open until ``close_dialog``."""

    named = Signal(str)

    def __init__(self, host: QWidget, title: str, text: str, name: str) -> None:
        super().__init__(host, title, width=420)
        if text:
            self.body.addWidget(Label(text, wrap=True))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(t("saved_views.name_field"))
        self.field.setPlaceholderText(t("saved_views.name_field"))
        self.field.selectAll()
        self.body.addWidget(self.field)
        self.add_cancel()
        self.add_button(title, "primary").clicked.connect(self._on_done)

    def complain(self, words: str) -> None:
        """Say why the name will not do."""
        self.set_note(words, "danger")
        set_style(self.field, "state", "error")
        self.field.setFocus()

    @Slot()
    def _on_done(self) -> None:
        self.named.emit(self.field.text())


class ViewTabs(Box):
    """``chosen`` tells that another view is wanted; ``layout_asked`` hands out an own view's."""

    chosen = Signal()
    layout_asked = Signal(object)
    save_asked = Signal()
    update_asked = Signal()

    def __init__(self, context: UiContext, sheet: str, views: Sequence[View]) -> None:
        super().__init__("surface", horizontal=True, spacing=4)
        self._context = context
        self._sheet = sheet
        self._views: Mapping[str, View] = {view.key: view for view in views}
        self._own: dict[str, SavedView] = {}
        self._view = ALL
        self._counts: dict[str, int] = {}
        self.tabs = FoldingTabs([])
        self.tabs.chosen.connect(self._on_chosen)
        self._save = IconButton("save", t("saved_views.save_tip"))
        self._save.clicked.connect(self._on_save)
        self.add(self.tabs)
        self.add(self._save)
        self.show_views()

    @property
    def view(self) -> View:
        """Return the shipped view that decides which records are shown."""
        return self._view

    @property
    def own(self) -> SavedView | None:
        """Return the own view in use."""
        return self._own.get(self.tabs.current())

    def show_views(self) -> None:
        """Show the views that there are now; the one in use stays in use."""
        kept = self._context.services.saved_views.of_sheet(self._sheet)
        own = {f"{_OWN}{view.key}": view for view in kept}
        if own == self._own and self.tabs.current():
            return
        before, self._own = self.tabs.current(), own
        items = [(key, self._words(key)) for key in self._views]
        items += [(key, view.name) for key, view in own.items()]
        known = before in self._views or before in own
        self.tabs.set_items(items, before if known else self._view.key)
        for key, view in own.items():
            button = self.tabs.button(key)
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(self._open_menu)
            button.setToolTip(t("saved_views.manage", name=view.name))

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many records each shipped view has."""
        self._counts = dict(counts)
        for key in self._views:
            self.tabs.set_text(key, self._words(key))

    def choose(self, key: str) -> None:
        """Choose a view as a click does."""
        if key in self._views or key in self._own:
            self.tabs.set_current(key)
            self._on_chosen(key)

    def take(self, layout: GridLayout, key: str) -> None:
        """Show a view as chosen without asking for its layout, as after a restart of the page."""
        self.tabs.set_current(key)
        self._view = self._views.get(layout.view, ALL)

    def title_of(self, key: str) -> str:
        """Return the name of a view."""
        own = self._own.get(key)
        return own.name if own is not None else t(f"ledger.view.{key}")

    def _words(self, key: str) -> str:
        count = self._counts.get(key)
        words = t(f"ledger.view.{key}")
        return words if count is None else f"{words}  {count:,}"

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        own = self._own.get(key)
        layout = layout_of(own.layout) if own is not None else None
        if layout is not None:
            self._view = self._views.get(layout.view, ALL)
            self.layout_asked.emit(layout)
        else:
            self._view = self._views.get(key, ALL)
            self.layout_asked.emit(None)
        self.chosen.emit()

    # ---- saving, renaming, deleting

    @Slot()
    def _on_save(self) -> None:
        if self.own is None:
            self.save_asked.emit()
        else:
            self._open_menu(QPoint(0, self._save.height()))

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        """Offer what can be done with an own view, which is shown first if it is not yet."""
        sender = self.sender()
        for key in self._own:
            if self.tabs.button(key) is sender and key != self.tabs.current():
                self.choose(key)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, deed in (
            ("update_this", self._on_update),
            ("save", self._on_save_as),
            ("rename_this", self._on_rename),
            ("delete_this", self._on_delete),
        ):
            menu.addAction(t(f"saved_views.{word}")).triggered.connect(deed)
        place = sender if isinstance(sender, QWidget) and sender is not self else self._save
        menu.popup(place.mapToGlobal(at))

    @Slot()
    def _on_save_as(self) -> None:
        self.save_asked.emit()

    def ask_name(self, layout: GridLayout) -> NameDialog:
        """Ask under which name a layout is kept."""
        dialog = NameDialog(
            self._context.shell.dialog_host,
            t("saved_views.dialog_title"),
            t("saved_views.dialog_text"),
            self.own.name if self.own is not None else "",
        )

        def keep(name: str) -> None:
            try:
                self.keep(name, layout)
            except UserError as error:
                dialog.complain(sentence(error))
                return
            dialog.close_dialog()

        KeptTyping(self._context, dialog, f"view_name:{self._sheet}")
        dialog.named.connect(keep)
        dialog.open()
        return dialog

    def keep(self, name: str, layout: GridLayout) -> None:
        """Keep a layout under a name and show its view as the one in use."""
        key = self._context.services.saved_views.keep(self._sheet, name, layout.to_json())
        self.show_views()
        self.take(layout, f"{_OWN}{key}")
        self._context.shell.show_toast(t("saved_views.kept", name=name.strip()))

    @Slot()
    def _on_update(self) -> None:
        self.update_asked.emit()

    @Slot()
    def _on_rename(self) -> None:
        own = self.own
        if own is None:
            return
        host = self._context.shell.dialog_host
        dialog = NameDialog(host, t("saved_views.rename_title"), "", own.name)

        def rename(name: str) -> None:
            try:
                self._context.services.saved_views.rename(own.key, name)
            except UserError as error:
                dialog.complain(sentence(error))
                return
            self.show_views()
            dialog.close_dialog()

        KeptTyping(self._context, dialog, f"view_name:{own.key}")
        dialog.named.connect(rename)
        dialog.open()

    @Slot()
    def _on_delete(self) -> None:
        if (own := self.own) is not None:
            self._context.services.saved_views.delete(own.key)
            self.show_views()
            self.choose(ALL.key)
            words = t("saved_views.deleted", name=own.name)
            self._context.shell.show_toast(words, t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()
