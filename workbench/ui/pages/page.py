# SPDX-License-Identifier: MIT
"""What a page is: a widget that shows itself from the context and follows its signals."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui.context import UiContext


class Page(QWidget):
    """One page of the window; subclasses name themselves and fill their layout."""

    KEY = ""
    """Stable name, used for navigation and as text key ``pages.<key>.title``."""
    ICON = ""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("page")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def top_actions(self) -> list[QWidget]:
        """Return the buttons that the top bar shows at the right for this page."""
        return []

    def show_target(self, target: str) -> None:
        """Show what a link points at, such as ``building:KEY:field``."""

    def leave(self) -> None:
        """Finish open editors before another page is shown, so that no typing is lost."""

    def give_way(self) -> None:
        """Stop what is only for this page to show: one of another language or zoom takes over."""

    def may_close(self) -> bool:
        """Return False while something typed cannot be kept; the page then shows what, and why."""
        return True

    def badge(self) -> tuple[str, str]:
        """Return the rail's count and its tone; ("", "neutral") for none."""
        return "", "neutral"
