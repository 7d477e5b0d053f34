# SPDX-License-Identifier: MIT
"""A record's details right of whatever page is shown, opened from the palette by Ctrl+Enter."""

from PySide6.QtCore import Signal, Slot

from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.models.park_state import park_state
from workbench.ui.pages.ledger.detail import DetailPanel
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label


class BesidePanel(Box):
    """Shows one record until it is closed; ``target_asked`` carries a link of its details."""

    closed = Signal()
    target_asked = Signal(str)

    def __init__(self, context: UiContext, entity: str, key: str) -> None:
        super().__init__("panel")
        self._context = context
        self._place = (entity, key)
        head = Box("panel", horizontal=True, margins=(16, 8, 8, 8))
        head.add(Label(t("window.beside"), "caption"), 1)
        cross = IconButton("x", t("ui.close"))
        cross.clicked.connect(self.closed)
        head.add(cross)
        self.detail = DetailPanel(context)
        self.detail.target_asked.connect(self.target_asked)
        self.detail.action_asked.connect(self._on_action)
        self.add(head)
        self.add(Hairline())
        self.add(self.detail, 1)
        context.changed.connect(self._on_changed)
        self._show()

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if self._place in changes.touched() or not changes.whole:
            self._show()

    @Slot(str)
    def _on_action(self, action: str) -> None:
        """Let the ledger page do what is asked with the record."""
        entity, key = self._place
        self.target_asked.emit(f"{action}:{entity}:{key}:")

    def _show(self) -> None:
        record = self._context.services.querying.ledger().find(*self._place)
        self.detail.show_record(record, park_state(self._context))
