# SPDX-License-Identifier: MIT
"""The pages of a workbook below each other, with a zoom of their own."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from workbench.domain.overriding import override
from workbench.domain.report.printed import PrintedBook, PrintedCell, Spot
from workbench.ui.look import theme
from workbench.ui.look.tokens import LIGHT
from workbench.ui.pages.report.pages.painter import PagePainter, spot_at, spot_box
from workbench.ui.pages.report.pages.pictures import PagePictures
from workbench.ui.pages.report.pages.stack import GAP, PageStack, Place
from workbench.ui.texts import t

ZOOMS = (50, 67, 80, 100, 125, 150, 200, 300)
"""Percent of the size on paper."""
FIT = 0
"""As wide as the window."""
_PIXELS_PER_POINT = 96 / 72
_STEP, _ROOM = 48, 0.2
_LEAST_FIT = 0.3
_CHOSEN, _FOUND = QColor(LIGHT.colors["accent"]), QColor(LIGHT.colors["c3"])
_FOUND.setAlphaF(0.25)
"""Paper is white in both themes, and so is what is marked on it."""
_A_TURN = 120
"""What a wheel says for one notch."""


class PagesView(QAbstractScrollArea):
    """Shows pages, chooses a cell by a click or by keys, and follows where it leads.

    Ctrl and the wheel, ``+`` and ``-`` zoom, ``0`` fits the width; Enter follows the chosen cell.
    """

    page_changed = Signal(int)
    """The number of the page that is looked at."""
    zoomed = Signal()
    chosen = Signal(object)
    """The chosen cell as a Spot, or None."""
    followed = Signal(object)
    """The Spot to which the chosen cell leads."""
    back_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._book = PrintedBook(())
        self._pictures = PagePictures(PagePainter(0, today))
        self._stack = PageStack.of(self._book, 1.0)
        self._zoom = FIT
        self._page = 0
        self._spot: Spot | None = None
        self._found: frozenset[Spot] = frozenset()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("pages")
        self.setAccessibleName(t("report_pages.pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.current().theme_changed.connect(self._on_theme)

    @property
    def book(self) -> PrintedBook:
        """Return the workbook shown."""
        return self._book

    @property
    def spot(self) -> Spot | None:
        """Return the chosen cell."""
        return self._spot

    @property
    def page(self) -> int:
        """Return the number of the page that is looked at, 0 without pages."""
        return self._page

    @property
    def zoom(self) -> int:
        """Return the zoom in percent, FIT while it follows the width."""
        return self._zoom

    @property
    def percent(self) -> int:
        """Return how large the pages are shown, in percent of paper."""
        return round(self._stack.scale / self._per_point() * 100)

    def set_book(self, book: PrintedBook) -> None:
        """Show another workbook at the place that was looked at, as far as it is still there."""
        old = self._place()
        self._book = book
        self._pictures = PagePictures(PagePainter(len(book.pages), self._today))
        self._found = frozenset()
        if self._spot is not None and book.page_of(self._spot) is None:
            self._choose(None)
        self._lay_out()
        self._restore(old)
        self.viewport().update()

    def set_zoom(self, percent: int, around: QPoint | None = None) -> None:
        """Show pages so large, FIT as wide as the window; ``around``, else the middle, stays."""
        at = around or self.viewport().rect().center()
        old, across = self._place(at.y()), self._across(at)
        self._zoom = percent
        self._lay_out()
        self._restore(old, at.y())
        self.horizontalScrollBar().setValue(round(GAP + across * self._stack.scale - at.x()))
        self.viewport().update()
        self.zoomed.emit()

    def zoom_by(self, steps: int, around: QPoint | None = None) -> None:
        """Zoom in or out by steps of ``ZOOMS``."""
        now = self.percent
        if steps > 0:
            later = [zoom for zoom in ZOOMS if zoom > now] or [ZOOMS[-1]]
            self.set_zoom(later[min(steps, len(later)) - 1], around)
        elif steps < 0:
            earlier = [zoom for zoom in ZOOMS if zoom < now] or [ZOOMS[0]]
            self.set_zoom(earlier[max(steps, -len(earlier))], around)

    def show_page(self, number: int) -> None:
        """Scroll to the top of a page."""
        if self._stack.tops:
            index = min(max(number, 1), len(self._book.pages)) - 1
            self.verticalScrollBar().setValue(round(self._stack.tops[index] - GAP / 2))

    def show_chapter(self, name: str) -> None:
        """Scroll to the first page of one of the report's sheets."""
        for page in self._book.pages:
            if page.sheet.chapter == name:
                self.show_page(page.number)
                return

    def show_spot(self, spot: Spot) -> bool:
        """Choose a cell and scroll to where it stands; False when it is printed nowhere."""
        index = self._book.page_of(spot)
        if index is None:
            return False
        self._choose(spot)
        box = spot_box(self._book.pages[index], spot)
        scale, height = self._stack.scale, self.viewport().height()
        top = self._stack.tops[index] + box.y() * scale
        bar = self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + height - box.height() * scale:
            bar.setValue(round(top - height * _ROOM))
        left = self._left(index) + self.horizontalScrollBar().value() + box.x() * scale
        across = self.horizontalScrollBar()
        if not across.value() <= left <= across.value() + self.viewport().width() * (1 - _ROOM):
            across.setValue(round(left - self.viewport().width() * _ROOM))
        self.viewport().update()
        return True

    def mark(self, found: frozenset[Spot]) -> None:
        """Mark the cells that were found."""
        self._found = found
        self.viewport().update()

    def cell(self, spot: Spot | None) -> PrintedCell | None:
        """Return what stands in a cell."""
        for sheet in self._book.sheets:
            if spot is not None and sheet.name == spot.sheet:
                return sheet.cells.get((spot.row, spot.column))
        return None

    # Where things are

    def _per_point(self) -> float:
        return _PIXELS_PER_POINT * theme.current().zoom

    def _scale(self) -> float:
        if self._zoom != FIT:
            return self._per_point() * self._zoom / 100
        widest = max((sheet.paper.width for sheet in self._book.sheets), default=1.0)
        return max((self.viewport().width() - 2 * GAP) / widest, _LEAST_FIT)

    def _lay_out(self) -> None:
        self._stack = PageStack.of(self._book, self._scale())
        view = self.viewport().size()
        for bar, long, seen in (
            (self.verticalScrollBar(), self._stack.height, view.height()),
            (self.horizontalScrollBar(), self._stack.width, view.width()),
        ):
            bar.setRange(0, max(round(long) - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(_STEP)
        self._on_scrolled()

    def _left(self, index: int) -> float:
        """Return where a page begins from the left of the viewport."""
        wide = self._book.pages[index].sheet.paper.width * self._stack.scale
        room = self.viewport().width() - wide
        return room / 2 if room > 2 * GAP else GAP - self.horizontalScrollBar().value()

    def _place(self, below: int = 0) -> Place | None:
        return self._stack.place(self.verticalScrollBar().value() + below)

    def _restore(self, place: Place | None, below: int = 0) -> None:
        if (height := self._stack.height_of(place)) is not None:
            self.verticalScrollBar().setValue(round(height) - below)

    def _across(self, point: QPoint) -> float:
        """Return how far from a page's left edge a point of the viewport is, in points of paper."""
        if not self._stack.tops:
            return 0.0
        index = max(self._stack.at(point.y() + self.verticalScrollBar().value()), 0)
        return (point.x() - self._left(index)) / self._stack.scale

    def _hit(self, point: QPoint) -> tuple[Spot, PrintedCell] | None:
        y = point.y() + self.verticalScrollBar().value()
        index = self._stack.at(y)
        if index < 0:
            return None
        scale = self._stack.scale
        on_paper = QPointF(
            (point.x() - self._left(index)) / scale, (y - self._stack.tops[index]) / scale
        )
        return spot_at(self._book.pages[index], on_paper)

    def _choose(self, spot: Spot | None) -> None:
        if spot != self._spot:
            self._spot = spot
            self.chosen.emit(spot)
            self.viewport().update()

    @Slot()
    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() * _ROOM
        number = self._stack.at(middle) + 1
        if number != self._page:
            self._page = number
            self.page_changed.emit(number)
        self.viewport().update()

    @Slot()
    def _on_theme(self) -> None:
        self._lay_out()
        self.viewport().update()

    # What happens

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 600)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        old = self._place()
        self._lay_out()
        if self._zoom == FIT:
            self._restore(old)
            self.zoomed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current().color("app"))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        value, scale = self.verticalScrollBar().value(), self._stack.scale
        first = max(self._stack.at(value + event.rect().top()), 0)
        for index in range(first, len(self._book.pages)):
            top = self._stack.tops[index] - value
            if top > event.rect().bottom():
                break
            painter.save()
            painter.translate(round(self._left(index)), round(top))  # whole dots stay sharp
            self._paint_page(painter, index, scale, QRectF(event.rect()))
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, index: int, scale: float, exposed: QRectF) -> None:
        page = self._book.pages[index]
        paper = page.sheet.paper
        seen = painter.transform().inverted()[0].mapRect(exposed)
        self._pictures.paint(painter, page, scale, seen)
        painter.save()
        painter.scale(scale, scale)
        self._paint_marks(painter, index)
        painter.restore()
        painter.setPen(QPen(theme.current().color("borderStrong"), 1))
        painter.drawRect(QRectF(0, 0, paper.width * scale, paper.height * scale))

    def _paint_marks(self, painter: QPainter, index: int) -> None:
        page = self._book.pages[index]
        rows = set(page.rows)
        for spot in self._found:
            if spot.sheet == page.sheet.name and spot.row in rows:
                painter.fillRect(spot_box(page, spot), _FOUND)
        if self._spot is not None and self._spot.sheet == page.sheet.name:
            box = spot_box(page, self._spot)
            if not box.isEmpty():
                painter.setPen(QPen(_CHOSEN, 2 / self._stack.scale * 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                steps = max(abs(turned) // _A_TURN, 1) * (1 if turned > 0 else -1)
                self.zoom_by(steps, event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back_asked.emit()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self._hit(event.position().toPoint())
        self._choose(hit[0] if hit else None)
        if hit and hit[1].is_link and hit[1].leads_to is not None:
            self.followed.emit(hit[1].leads_to)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        if hit and not hit[1].is_link:
            self._follow()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        is_link = hit is not None and hit[1].is_link
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._hit(event.pos())
            target = hit[1].leads_to if hit else None
            key = "report_pages.link_tip" if hit and hit[1].is_link else "report_pages.source_tip"
            words = t(key, sheet=target.sheet) if target is not None else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            if (cell := self.cell(self._spot)) is not None:
                QApplication.clipboard().setText(cell.words)
            return
        if event.matches(QKeySequence.StandardKey.Back) or event.key() == Qt.Key.Key_Backspace:
            self.back_asked.emit()
            return
        modified = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if modified != Qt.KeyboardModifier.NoModifier or not self._pressed(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _pressed(self, key: Qt.Key) -> bool:
        """Do what a key without Ctrl and Alt asks for; False when it asks for nothing here."""
        match key:
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(1)
            case Qt.Key.Key_Minus:
                self.zoom_by(-1)
            case Qt.Key.Key_0:
                self.set_zoom(FIT)
            case Qt.Key.Key_Home:
                self.show_page(1)
            case Qt.Key.Key_End:
                self.show_page(len(self._book.pages))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._follow()
            case _:
                return False
        return True

    def _follow(self) -> None:
        cell = self.cell(self._spot)
        if cell is not None and cell.leads_to is not None:
            self.followed.emit(cell.leads_to)
