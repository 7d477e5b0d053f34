# SPDX-License-Identifier: MIT
"""The tools above the pages: which page, how large, and finding words."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from workbench.domain.overriding import override
from workbench.domain.report.printed import Spot
from workbench.ui.look import theme
from workbench.ui.pages.report.pages.view import FIT, PagesView
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import SearchBox

_NUMBER_WIDTH = 44


class PagesBar(Box):
    """Goes to pages by number and zooms; it follows what the view shows."""

    find_asked = Signal()

    def __init__(self, view: PagesView) -> None:
        super().__init__(horizontal=True, spacing=2)
        self._view = view
        self._before = IconButton("chevron-up", t("report_pages.before"))
        self._next = IconButton("chevron-down", t("report_pages.next"))
        self.number = QLineEdit()
        self.number.setAccessibleName(t("report_pages.number"))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setValidator(QIntValidator(1, 99_999, self.number))
        self.number.setFixedWidth(theme.current().px(_NUMBER_WIDTH))
        self.count = Label("", "caption")
        self._out = IconButton("minus", t("report_pages.zoom_out"), shortcut="−")
        self.percent = Button("", "link", tip=t("report_pages.fit"), shortcut="0")
        self._in = IconButton("plus", t("report_pages.zoom_in"), shortcut="+")
        self._find = IconButton("search", t("report_pages.find"), shortcut="Ctrl+F")
        pages: tuple[QWidget, ...] = (self._before, self.number, self.count, self._next)
        size: tuple[QWidget, ...] = (self._out, self.percent, self._in, self._find)
        for widget in pages:
            self.add(widget)
        self.add_stretch()
        for widget in size:
            self.add(widget)
        self._before.clicked.connect(self._on_before)
        self._next.clicked.connect(self._on_next)
        self.number.returnPressed.connect(self._on_number)
        self._out.clicked.connect(self._on_out)
        self._in.clicked.connect(self._on_in)
        self.percent.clicked.connect(self._on_fit)
        self._find.clicked.connect(self.find_asked)
        view.page_changed.connect(self._on_page)
        view.zoomed.connect(self._on_zoomed)
        self.refresh()

    def refresh(self) -> None:
        """Show the number of pages and the zoom."""
        pages = len(self._view.book.pages)
        self.count.setText(t("report_pages.of", n=pages) if pages else "")
        self.count.setMinimumWidth(self.count.sizeHint().width())
        self._on_page(self._view.page)
        self._on_zoomed()

    @Slot(int)
    def _on_page(self, number: int) -> None:
        if not self.number.hasFocus():
            self.number.setText(str(number) if number else "")
        pages = len(self._view.book.pages)
        self._before.setEnabled(number > 1)
        self._next.setEnabled(number < pages)

    @Slot()
    def _on_zoomed(self) -> None:
        shown = bool(self._view.book.pages)
        self.percent.set_text(t("report_pages.percent", n=self._view.percent) if shown else "")
        for widget in (self.number, self._out, self.percent, self._in, self._find):
            widget.setEnabled(shown)

    @Slot()
    def _on_before(self) -> None:
        self._view.show_page(self._view.page - 1)

    @Slot()
    def _on_next(self) -> None:
        self._view.show_page(self._view.page + 1)

    @Slot()
    def _on_number(self) -> None:
        wanted = int(self.number.text() or 1)
        self._view.setFocus()
        self._view.show_page(wanted)
        self._on_page(self._view.page)

    @Slot()
    def _on_out(self) -> None:
        self._view.zoom_by(-1)

    @Slot()
    def _on_in(self) -> None:
        self._view.zoom_by(1)

    @Slot()
    def _on_fit(self) -> None:
        self._view.set_zoom(100 if self._view.zoom == FIT else FIT)


class PagesFinder(Box):
    """Finds words in all sheets: Enter and F3 go on, with Shift back; Esc closes."""

    def __init__(self, view: PagesView) -> None:
        super().__init__("page", horizontal=True, margins=(12, 0, 12, 6), spacing=4)
        self._view = view
        self._found: tuple[Spot, ...] = ()
        self._at = -1
        self.box = SearchBox(t("report_pages.find"))
        self.box.installEventFilter(self)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.count = Label("", "caption")
        self._before = IconButton("chevron-up", t("report_pages.hit_before"), shortcut="Shift+F3")
        self._next = IconButton("chevron-down", t("report_pages.hit_next"), shortcut="F3")
        self._close = IconButton("x", t("report_pages.close_find"), shortcut="Esc")
        self.add(self.box, 1)
        for widget in (self.count, self._before, self._next, self._close):
            self.add(widget)
        self.box.searched.connect(self._on_searched)
        self._before.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._close.clicked.connect(self.close_find)
        self.hide()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())

    def open_find(self) -> None:
        """Show the field and put the cursor into it."""
        self.show()
        self.box.setFocus()
        self.box.selectAll()

    @Slot()
    def close_find(self) -> None:
        """Hide the field and the marks; what was found stays chosen."""
        self.hide()
        self._view.mark(frozenset())
        self._view.setFocus()

    def look_again(self) -> None:
        """Find the words in the workbook that is shown now, without moving."""
        if not self.isHidden() and self.box.text().strip():
            self._find(self.box.text().strip())

    @Slot()
    def go_on(self) -> None:
        """Go to the next cell that was found, from the last on to the first."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """Go to the cell that was found before."""
        self._go(-1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
                self._find_new(self.box.text().strip())
                self._go(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape and not self.box.text():
                self.close_find()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._find_new(words)
        if self._at < 0:
            self._go(1)

    def _find_new(self, words: str) -> None:
        if words != self._words:
            self._at = -1
            self._find(words)

    _words = ""

    def _find(self, words: str) -> None:
        self._words = words
        self._found = self._view.book.found(words) if words else ()
        self._view.mark(frozenset(self._found))
        self._tell()

    def _go(self, step: int) -> None:
        if not self._found:
            return
        if self._at < 0:
            self._at = self._first_below() if step > 0 else len(self._found) - 1
        else:
            self._at = (self._at + step) % len(self._found)
        self._view.show_spot(self._found[self._at])
        self._tell()

    def _first_below(self) -> int:
        """Return the first hit on the page that is looked at or after it."""
        for index, spot in enumerate(self._found):
            page = self._view.book.page_of(spot)
            if page is not None and page + 1 >= self._view.page:
                return index
        return 0

    def _tell(self) -> None:
        if not self._words:
            self.count.setText("")
        elif not self._found:
            self.count.setText(t("report_pages.none"))
        else:
            at = max(self._at, 0) + 1
            self.count.setText(t("report_pages.hits", at=at, n=len(self._found)))
