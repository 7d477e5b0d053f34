# SPDX-License-Identifier: MIT
"""The pages of the open project, made when they are first shown."""

import importlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.ui.pages import PAGES

if TYPE_CHECKING:  # the window's first picture must not wait for the ledger's rules
    from workbench.ui.context import UiContext
    from workbench.ui.pages.page import Page

_ENTRIES = {entry.key: entry for entry in PAGES}


class PageStack(QStackedWidget):
    """Shows one page at a time, or a widget that stands in while no project is open."""

    def __init__(self) -> None:
        super().__init__()
        self._context: UiContext | None = None
        self._pages: dict[str, Page] = {}
        self._stand_in: QWidget | None = None

    def use(self, context: "UiContext") -> None:
        """Make pages from this context from now on."""
        self.close_pages()
        self._context = context

    def show_page(self, key: str) -> "Page":
        """Show a page, which is made now if it was not there yet."""
        page = self._pages.get(key)
        if page is None:
            page = self._make(key)
        current = self.current_page()
        if current is not None and current is not page:
            current.leave()
        self.setCurrentWidget(page)
        self._drop_stand_in()
        return page

    def show_instead(self, widget: QWidget) -> None:
        """Show a widget that is no page, such as the first-run page; its predecessor goes."""
        self._drop_stand_in()
        self._stand_in = widget
        self.addWidget(widget)
        self.setCurrentWidget(widget)

    def current_page(self) -> "Page | None":
        """Return the page that is shown, or None while something else is."""
        widget = self.currentWidget()
        return next((page for page in self._pages.values() if page is widget), None)

    def pages(self) -> "tuple[Page, ...]":
        """Return the pages made so far."""
        return tuple(self._pages.values())

    def close_page(self, key: str) -> None:
        """Let go of one page; it is made anew when it is shown again."""
        page = self._pages.pop(key, None)
        if page is not None:
            page.leave()
            self.removeWidget(page)
            page.deleteLater()

    def give_way(self) -> None:
        """Leave every page for good; they may still tell what comes of their work."""
        for page in self._pages.values():
            page.leave()
            page.give_way()
        self._pages.clear()
        self._context = None

    def close_pages(self) -> None:
        """Let go of every page."""
        for key in tuple(self._pages):
            self.close_page(key)
        self._context = None

    def _make(self, key: str) -> "Page":
        if self._context is None:
            raise LookupError(f"page {key!r} needs an open project")
        from workbench.ui.pages.page import Page

        entry = _ENTRIES[key]
        made = getattr(importlib.import_module(entry.module), entry.name)(self._context)
        if not isinstance(made, Page):
            raise TypeError(f"{entry.module}.{entry.name} is no page")
        self._pages[key] = made
        self.addWidget(made)
        return made

    def _drop_stand_in(self) -> None:
        if self._stand_in is not None:
            self.removeWidget(self._stand_in)
            self._stand_in.deleteLater()
            self._stand_in = None
