# SPDX-License-Identifier: MIT
"""A link that knows where it leads."""

from PySide6.QtCore import Signal, Slot

from workbench.ui.widgets.buttons import ShortLink


class TargetLink(ShortLink):
    """Emits ``followed`` with its target when it is clicked."""

    followed = Signal(str)

    def __init__(self, text: str, target: str, *, tip: str = "", name: str = "") -> None:
        super().__init__(text, tip=tip)
        self._target = target
        if name:
            self.setAccessibleName(name)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.followed.emit(self._target)
