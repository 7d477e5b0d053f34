# SPDX-License-Identifier: MIT
"""Tells every screen what changed; the application knows this one listener only."""

from PySide6.QtCore import QObject, Signal

from workbench.domain.records.changes import ChangeSet


class ChangeBus(QObject):
    """Passes change sets on as a Qt signal: cut when a receiver dies, queued across threads."""

    changed = Signal(object)

    def pass_on(self, changes: ChangeSet) -> None:
        """Send a change set to every screen; handed to ``History.subscribe``."""
        self.changed.emit(changes)
