# SPDX-License-Identifier: MIT
"""The menu under the park switcher: parks of the project, and other projects."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from workbench.domain.records.ledger import Record
from workbench.ui.look import icons
from workbench.ui.texts import t

_COMMANDS = (
    ("open_project", "folder-open"),
    ("new_project", "plus"),
    ("open_sample", "sparkles"),
)
_ON_PROJECT = (("merge_copy", "git-compare"),)
"""What is done with the project that is open."""


class ParkMenu(QMenu):
    """Emits ``park_chosen`` (key), ``project_chosen`` (path) or ``commanded`` (command key)."""

    park_chosen = Signal(str)
    project_chosen = Signal(str)
    commanded = Signal(str)

    def __init__(
        self, parent: QWidget, parks: Sequence[Record], current: str, recent: Sequence[str]
    ) -> None:
        super().__init__(parent)
        for park in parks:
            action = self._add(park.label, f"park:{park.key}")
            action.setCheckable(True)
            action.setChecked(park.key == current)
        if parks:
            self.addSeparator()
        for command, icon in (*_COMMANDS, *(_ON_PROJECT if parks else ())):
            self._add(t(f"window.command.{command}"), f"command:{command}", icon)
        if recent:
            self.addSeparator()
            self.addSection(t("window.recent"))
        for path in recent:
            action = self._add(t("window.recent_entry", **_place(path)), f"project:{path}")
            action.setToolTip(path)
        self.setToolTipsVisible(True)
        self.triggered.connect(self._on_triggered)

    def _add(self, text: str, target: str, icon: str = "") -> QAction:
        action = self.addAction(text.replace("&", "&&"))
        action.setData(target)
        if icon:
            action.setIcon(icons.icon(icon))
        return action

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        kind, _, target = str(action.data()).partition(":")
        signal = {
            "park": self.park_chosen,
            "project": self.project_chosen,
            "command": self.commanded,
        }[kind]
        signal.emit(target)


def _place(path: str) -> dict[str, str]:
    place = Path(path)
    return {"name": place.stem, "folder": str(place.parent)}
