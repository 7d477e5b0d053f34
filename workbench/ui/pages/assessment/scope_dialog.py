# SPDX-License-Identifier: MIT
"""Asks what is assessed: the whole park, or some of its parcels and buildings."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.context import UiContext
from workbench.ui.texts import language, t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import SearchBox

_ENTITIES = ("parcel", "building")
_KEY = Qt.ItemDataRole.UserRole
_FLAGS = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CHECKS = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class ScopeDialog(Dialog):
    """Emits ``accepted`` with the keys of the chosen assets; none means the whole park."""

    accepted = Signal(object)

    def __init__(self, context: UiContext, chosen: frozenset[str]) -> None:
        super().__init__(
            context.shell.dialog_host, t("assessment.choose_scope"), width=560, height=600
        )
        ledger = context.services.querying.ledger().within(context.park_key)
        self.list = QListWidget()
        self.list.setAccessibleName(t("assessment.choose_scope"))
        self.list.setUniformItemSizes(True)
        self._fill(ledger, chosen)
        self.list.itemChanged.connect(self._on_toggled)
        self.search = SearchBox(t("assessment.search_assets"))
        self.search.searched.connect(self._on_searched)
        self.body.addWidget(Label(t("assessment.scope_text"), "caption", wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        whole = self.add_button(t("assessment.whole_park"))
        whole.clicked.connect(self._on_whole)
        self._apply = self.add_button("", "primary")
        self._apply.clicked.connect(self._on_apply)
        self._on_toggled()

    def tick(self, key: str, wanted: bool) -> None:
        """Take an asset in or leave it out."""
        for item in self._items():
            if item.data(_KEY) == key:
                item.setCheckState(_CHECKS[wanted])

    def _fill(self, ledger: Ledger, chosen: frozenset[str]) -> None:
        for entity in _ENTITIES:
            kind = CATALOGUE[entity].title(language())
            for record in ledger.all(entity):
                item = QListWidgetItem(f"{_name(record)}　{kind}")
                item.setData(_KEY, record.key)
                item.setFlags(_FLAGS)
                item.setCheckState(_CHECKS[record.key in chosen])
                self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _chosen(self) -> frozenset[str]:
        ticked = (i for i in self._items() if i.checkState() == Qt.CheckState.Checked)
        return frozenset(str(item.data(_KEY)) for item in ticked)

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        wanted = words.casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    @Slot()
    def _on_toggled(self) -> None:
        n = len(self._chosen())
        self._apply.set_text(t("assessment.assess_n", n=n))
        self._apply.setEnabled(n > 0)

    @Slot()
    def _on_whole(self) -> None:
        self.close_dialog()
        self.accepted.emit(frozenset())

    @Slot()
    def _on_apply(self) -> None:
        self.close_dialog()
        self.accepted.emit(self._chosen())


def _name(record: Record) -> str:
    code = record.text("code")
    return f"{code}  {record.label}" if code and code != record.label else record.label
