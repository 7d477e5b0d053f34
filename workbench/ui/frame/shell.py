# SPDX-License-Identifier: MIT
"""What stands round every page: rail, top bar, status bar, toast."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.overriding import override
from workbench.ui.frame.page_stack import PageStack
from workbench.ui.pages import PAGES, PageEntry
from workbench.ui.tasks.progress import TaskProgress
from workbench.ui.texts import t
from workbench.ui.widgets.nav_rail import NavEntry, NavRail
from workbench.ui.widgets.status_bar import StatusBar
from workbench.ui.widgets.tab_order import step_focus
from workbench.ui.widgets.toast import Toast
from workbench.ui.widgets.top_bar import TopBar


class ShellView(QWidget):
    """The frame of the window; it is made anew when the language or the zoom changes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("root")
        self.rail = NavRail(
            [_nav_entry(page) for page in PAGES if not page.at_bottom],
            [_nav_entry(page) for page in PAGES if page.at_bottom],
        )
        self.top = TopBar()
        self.stack = PageStack()
        self.status = StatusBar()
        self.toast = Toast(self)
        self.progress = TaskProgress(self.status, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        self._content = QHBoxLayout()
        self._content.setSpacing(0)
        self._content.addWidget(self.stack, 1)
        self._beside: QWidget | None = None
        column.addLayout(self._content, 1)
        column.addWidget(self.status)
        row.addLayout(column, 1)

    def set_beside(self, panel: QWidget | None) -> None:
        """Show a panel right of the page in place of another one, or none."""
        if self._beside is not None:
            self._content.removeWidget(self._beside)
            self._beside.hide()
            self._beside.deleteLater()
        self._beside = panel
        if panel is not None:
            self._content.addWidget(panel)

    def beside(self) -> QWidget | None:
        """Return the panel right of the page."""
        return self._beside

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks through, in order."""
        beside = [] if self._beside is None else [self._beside]
        return [self.rail, self.top, self.stack, *beside, self.status]

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus([self], forward=next)

    @override
    def resizeEvent(self, event: QEvent) -> None:
        narrow = self.rail.is_narrow()
        self.rail.fit(self.width())
        if narrow != self.rail.is_narrow():
            self.rail.updateGeometry()


def _nav_entry(page: PageEntry) -> NavEntry:
    return NavEntry(page.key, t(page.title_key), page.icon, page.shortcut)
