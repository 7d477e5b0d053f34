# SPDX-License-Identifier: MIT
"""The pages of a report with their tools, and what can be done with the chosen cell."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from workbench.domain.report.printed import PrintedBook, Spot
from workbench.ui.pages.report.pages.bar import PagesBar, PagesFinder
from workbench.ui.pages.report.pages.view import PagesView
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import ShortLabel

_LETTERS = 26


class PagesPane(Box):
    """Shows a workbook page by page; its ``bar`` is placed by whoever shows it.

    ``chapter_changed`` names the sheet of the report looked at, ``target_asked`` where the program
    shows what the chosen row is about.
    """

    chapter_changed = Signal(str)
    target_asked = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__("page")
        self.view = PagesView(today)
        self.bar = PagesBar(self.view)
        self.finder = PagesFinder(self.view)
        self._went: list[Spot | int] = []
        """Where somebody was before each jump: a cell, or a page."""
        self._cell = ShortLabel("", "caption")
        self.back = Button(t("report_pages.back"), "link", icon="chevron-left", shortcut="Alt+←")
        self.source = Button("", "link", shortcut="Enter")
        self.open = Button(t("report_pages.open"), "link", icon="external-link")
        self._about = Box("surface", horizontal=True, margins=(12, 4, 12, 4), spacing=8)
        self._about.add(self._cell, 1)
        for button in (self.back, self.source, self.open):
            self._about.add(button)
        self.add(self.finder)
        self.add(self.view, 1)
        self.add(self._about)
        self._about.hide()
        self.view.chosen.connect(self._on_chosen)
        self.view.followed.connect(self.follow)
        self.view.page_changed.connect(self._on_page)
        self.view.back_asked.connect(self.go_back)
        self.bar.find_asked.connect(self.finder.open_find)
        self.back.clicked.connect(self.go_back)
        self.source.clicked.connect(self._on_source)
        self.open.clicked.connect(self._on_open)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.finder.open_find),
            (QKeySequence("F3"), self.finder.go_on),
            (QKeySequence("Shift+F3"), self.finder.go_back),
            (QKeySequence("Alt+Left"), self.go_back),
        ):
            QShortcut(keys, self, slot, context=within)
        self.setFocusProxy(self.view)

    def set_book(self, book: PrintedBook) -> None:
        """Show a workbook where the last one was looked at."""
        self.view.set_book(book)
        self.bar.refresh()
        self.finder.look_again()
        self._on_chosen(self.view.spot)

    def show_chapter(self, name: str) -> None:
        """Go to the first page of a sheet of the report, unless one of its pages is looked at."""
        if self._chapter() != name:
            self.view.show_chapter(name)

    @Slot(object)
    def follow(self, spot: Spot) -> None:
        """Go to a cell, and remember from where."""
        came = self.view.spot or self.view.page
        if self.view.show_spot(spot):
            self._went.append(came)
            self._on_chosen(self.view.spot)

    @Slot()
    def go_back(self) -> None:
        """Go back to where the last jump began."""
        if not self._went:
            return
        came = self._went.pop()
        if isinstance(came, Spot):
            self.view.show_spot(came)
        else:
            self.view.show_page(came)
        self._on_chosen(self.view.spot)

    def _chapter(self) -> str:
        number = self.view.page
        return self.view.book.pages[number - 1].sheet.chapter if number else ""

    @Slot(int)
    def _on_page(self, number: int) -> None:
        if number:
            self.chapter_changed.emit(self._chapter())

    @Slot(object)
    def _on_chosen(self, spot: Spot | None) -> None:
        cell = self.view.cell(spot)
        self._about.setVisible(cell is not None or bool(self._went))
        self.back.setVisible(bool(self._went))
        source = cell.leads_to if cell is not None else None
        self.source.setVisible(source is not None)
        if source is not None:
            place = f"{source.sheet}!{_letters(source.column)}{source.row}"
            self.source.set_text(t("report_pages.source", place=place))
        self.open.setVisible(bool(self._target()))
        words = ""
        if spot is not None and cell is not None:
            place = f"{spot.sheet}!{_letters(spot.column)}{spot.row}"
            words = f"{place}　{cell.words}".replace("\n", " ")
        self._cell.setText(words)

    def _target(self) -> str:
        spot = self.view.spot
        for sheet in self.view.book.sheets:
            if spot is not None and sheet.name == spot.sheet:
                return sheet.opens.get(spot.row, "")
        return ""

    @Slot()
    def _on_source(self) -> None:
        cell = self.view.cell(self.view.spot)
        if cell is not None and cell.leads_to is not None:
            self.follow(cell.leads_to)

    @Slot()
    def _on_open(self) -> None:
        if target := self._target():
            self.target_asked.emit(target)


def _letters(column: int) -> str:
    """Return the letters of a column: A to Z, then AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
