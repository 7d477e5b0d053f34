# SPDX-License-Identifier: MIT
"""The settings of a simulation that are typed and were not run yet: kept through exit and crash."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.ui.context import UiContext
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import Label


class SimulationDraft(Box):
    """Keeps what ``read`` returns per scenario, and says when it was put back.

    ``forgotten`` asks for the settings that were run last.
    """

    forgotten = Signal()

    def __init__(self, context: UiContext, read: Callable[[], Any]) -> None:
        super().__init__("plain")
        self._context, self._read = context, read
        self._place = ""
        self._start: Any = None
        row = QHBoxLayout()
        self._says = Label("", "hint")
        forget = Button(t("drafts.forget"), "link")
        forget.clicked.connect(self._on_forget)
        row.addWidget(self._says)
        row.addWidget(forget)
        row.addStretch(1)
        self.add(row)
        self.hide()

    def begin(self, scenario: str) -> Any:
        """Follow a scenario whose run settings are shown now; return what was typed, or None."""
        self._place = f"simulation:{scenario}"
        self._start = self._read()
        draft = self._context.drafts.get(self._place)
        self.setVisible(draft is not None)
        if draft is None:
            return None
        self._says.setText(t("drafts.taken_up", at=draft.at[:16].replace("T", " ")))
        return draft.state

    @Slot()
    def keep(self) -> None:
        """Remember what stands there, unless it is what was run last."""
        now = self._read()
        if now == self._start:
            self._drop()
            return
        key = self._place.partition(":")[2]
        record = self._context.services.querying.record("scenario", key)
        title = t("drafts.simulation", name=record.label if record is not None else "")
        self._context.drafts.put(self._place, title, now)

    def run(self) -> None:
        """Take what stands there as run: it is kept with the scenario from now on."""
        self._start = self._read()
        self._drop()

    def _drop(self) -> None:
        self._context.drafts.drop(self._place)
        self.hide()

    @Slot()
    def _on_forget(self) -> None:
        self._drop()
        self.forgotten.emit()
