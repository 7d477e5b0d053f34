# SPDX-License-Identifier: MIT
"""The preview of a report: its pages as they print, or one sheet as a text to read and copy."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from workbench.application.ports import Progress
from workbench.domain.overriding import override
from workbench.domain.report.model import Report, Sheet
from workbench.domain.report.printed import PrintedBook
from workbench.ui.context import UiContext
from workbench.ui.pages.report.pages.pane import PagesPane
from workbench.ui.pages.report.reading import ReportReading
from workbench.ui.tasks.latest import Latest
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.label import Label

PAGES, READING = "printed", "reading"
Lay = Callable[[Progress], PrintedBook]
"""Lays the pages out, on the worker's thread."""


class ReportPreview(Box):
    """Shows pages, laid out in the background; it says so until they are and where they cannot be.

    ``chapter_changed`` names the sheet that somebody scrolled to; ``target_asked`` where
    the program shows what a row is about.
    """

    chapter_changed = Signal(str)
    target_asked = Signal(str)

    def __init__(self, context: UiContext, today: date) -> None:
        super().__init__("page")
        self._lay: Lay | None = None
        self._laid = False
        self._laying = Latest(context, self)
        self._sheet = ""
        self.reading = ReportReading()
        self.pages = PagesPane(today)
        ways = [(key, t(f"report_pages.{key}")) for key in (PAGES, READING)]
        self.way = Segments(ways, PAGES)
        self._state = Label("", "caption", wrap=True)
        self._state.hide()
        head = Box("page", horizontal=True, margins=(12, 8, 12, 6), spacing=8)
        head.add(self.way)
        head.add(self.pages.bar, 1)
        head.add_stretch(0)
        state = Box("page", margins=(16, 0, 16, 0))
        state.add(self._state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.reading)
        self.add(head)
        self.add(state)
        self.add(self._stack, 1)
        self._laying.came.connect(self._on_laid)
        self._laying.missed.connect(self._on_not_laid)
        self.way.chosen.connect(self.show_as)
        self.pages.chapter_changed.connect(self.chapter_changed)
        self.pages.target_asked.connect(self.target_asked)

    def set_layout(self, lay: Lay) -> None:
        """Lay pages out anew, at once or when somebody looks at them."""
        self._lay, self._laid = lay, False
        if self.pages.isVisible():
            self._start()

    def set_sheet(self, report: Report, sheet: Sheet) -> None:
        """Show a sheet."""
        self._sheet = sheet.name
        self.reading.set_sheet(report, sheet)
        self.pages.show_chapter(sheet.name)

    def outdated(self) -> None:
        """Say that what is shown is not up to date until it is laid out anew."""
        self._laying.drop()
        self._lay = None
        self._say("outdated" if self.pages.view.book.pages else "laying")

    def not_built(self) -> None:
        """Say that what is shown, if anything, stays as it was before a change."""
        self._say("left_old" if self.pages.view.book.pages else "not_laid")

    @Slot(str)
    def show_as(self, way: str) -> None:
        """Show pages or a text to read."""
        self.way.set_current(way)
        self._stack.setCurrentIndex(0 if way == PAGES else 1)
        self.pages.bar.setVisible(way == PAGES)
        if way == PAGES and not self._laid:
            self._start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid and self.way.current() == PAGES:
            self._start()

    def _start(self) -> None:
        """Lay out in the background; a layout that was overtaken is stopped."""
        lay = self._lay
        if lay is None:
            return
        self._laid = True
        self._say("outdated" if self.pages.view.book.pages else "laying")
        self._laying.start(t("report_pages.laying"), lay)

    @Slot(object)
    def _on_laid(self, book: PrintedBook) -> None:
        first = not self.pages.view.book.pages
        self._say("unpainted" if book.unpainted else "", things=_things(book))
        self.pages.set_book(book)
        if first and self._sheet:
            self.pages.show_chapter(self._sheet)

    @Slot()
    def _on_not_laid(self) -> None:
        self._laid = False
        self.not_built()

    def _say(self, key: str, **words: str) -> None:
        self._state.setText(t(f"report_pages.{key}", **words) if key else "")
        self._state.setVisible(bool(key))


def _things(book: PrintedBook) -> str:
    """Name what a template gives the pages and is not painted."""
    return t("report.comma").join(t(f"report_pages.thing.{each}") for each in book.unpainted)
