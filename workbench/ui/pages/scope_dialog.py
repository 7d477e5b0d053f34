# SPDX-License-Identifier: MIT
"""Asks what is assessed: the whole park, or some of its parcels and buildings."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.ledger import Ledger, Record
from workbench.ui import theme
from workbench.ui.context import UiContext
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import SearchBox

_ENTITIES = ("parcel", "building")


class ScopeDialog(Dialog):
    """Emits ``accepted`` with the keys of the chosen assets; none means the whole park."""

    accepted = Signal(object)

    def __init__(self, context: UiContext, chosen: frozenset[str]) -> None:
        super().__init__(
            context.shell.dialog_host, t("assessment.choose_scope"), width=560, height=600
        )
        ledger = context.services.querying.ledger().within(context.park_key)
        self._boxes: dict[str, QCheckBox] = {}
        self.search = SearchBox(t("assessment.search_assets"))
        self.search.searched.connect(self._on_searched)
        self.body.addWidget(Label(t("assessment.scope_text"), "caption", wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self._list(ledger, chosen), 1)
        whole = self.add_button(t("assessment.whole_park"))
        whole.clicked.connect(self._on_whole)
        self._apply = self.add_button("", "primary")
        self._apply.clicked.connect(self._on_apply)
        self._on_toggled()

    def box(self, key: str) -> QCheckBox:
        """Return the check box of an asset."""
        return self._boxes[key]

    def _list(self, ledger: Ledger, chosen: frozenset[str]) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("surface")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = Box("surface", spacing=4)
        for entity in _ENTITIES:
            records = ledger.all(entity)
            if records:
                body.content.addSpacing(theme.current().px(6))
                body.add(Label(CATALOGUE[entity].title(language()), "caption"))
            for record in records:
                box = QCheckBox(_name(record))
                box.setChecked(record.key in chosen)
                box.toggled.connect(self._on_toggled)
                self._boxes[record.key] = box
                body.add(box)
        body.add_stretch()
        area.setWidget(body)
        return area

    def _chosen(self) -> frozenset[str]:
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        wanted = words.casefold()
        for box in self._boxes.values():
            box.setVisible(wanted in box.text().casefold())

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
