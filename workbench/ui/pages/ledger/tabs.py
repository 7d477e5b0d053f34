# SPDX-License-Identifier: MIT
"""The row of ledger tables: the asset register, then one tab per kind of record."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button

_HEIGHT = 38
_MORE = 96


class _Bar(QTabBar):
    """Underlined tabs with counts."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.counts = [0] * len(titles)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("ledger.tables"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for title in titles:
            self.addTab(title.replace("&", "&&"))
        theme.current().theme_changed.connect(self._fit)
        self._fit()

    def width_of(self, index: int) -> int:
        """Return the width that a tab needs."""
        look = theme.current()
        width = look.metrics("strong").horizontalAdvance(self._title(index)) + look.px(20)
        if self.counts[index]:
            caption = look.metrics("caption")
            width += caption.horizontalAdvance(str(self.counts[index])) + look.px(5)
        return round(width)

    @override
    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self.width_of(index), theme.current().px(_HEIGHT))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            if self.isTabVisible(index):
                self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        look = theme.current()
        px = look.px
        box = QRectF(self.tabRect(index))
        chosen = index == self.currentIndex()
        if chosen:
            line = QRectF(box.left() + px(10), box.bottom() - 2, box.width() - px(20), 2)
            painter.fillRect(line, look.color("accent"))
        if chosen and self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(2, 5, -2, -5), 4, 4)
        role = "strong" if chosen else "body"
        painter.setFont(look.font(role))
        painter.setPen(look.color("accent" if chosen else "text2"))
        words = box.adjusted(px(10), 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, middle, self._title(index))
        if self.counts[index]:
            words.setLeft(
                words.left() + look.metrics(role).horizontalAdvance(self._title(index)) + px(5)
            )
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text3"))
            painter.drawText(words, middle, str(self.counts[index]))

    def _title(self, index: int) -> str:
        return self.tabText(index).replace("&&", "&")

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(_HEIGHT))
        self.updateGeometry()


class EntityTabs(Box):
    """Tabs with counts; what does not fit stands in a menu. ``chosen`` carries the key.

    Arrows move between tabs; the row is one stop for Tab.
    """

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__("surface", horizontal=True, margins=(8, 0, 8, 0))
        self._keys = [key for key, _ in entries]
        self._titles = [title for _, title in entries]
        self._bar = _Bar(self._titles)
        self._more = Button(t("ledger.more_tables"), "ghost", icon="chevron-down")
        self._more.clicked.connect(self._open_menu)
        self.content.addWidget(self._bar)
        self.content.addWidget(self._more)
        self.content.addStretch(1)
        self._bar.currentChanged.connect(self._on_changed)

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many records each table has; nothing for an empty one."""
        if self._bar.counts != list(counts):
            self._bar.counts = list(counts)
            self._fit_tabs()

    def choose(self, key: str) -> None:
        """Choose a tab."""
        self._bar.setCurrentIndex(self._keys.index(key))

    def current(self) -> str:
        """Return the key of the chosen tab."""
        return self._keys[max(self._bar.currentIndex(), 0)]

    def bar(self) -> QTabBar:
        """Return the bar that has the keys."""
        return self._bar

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(240), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Show the tabs that fit, the chosen one always; the rest goes into the menu.

        Left to its size hint, the bar would be some pixels short now and then and scroll.
        """
        px = theme.current().px
        widths = [self._bar.width_of(index) for index in range(len(self._keys))]
        room = self.width() - px(16)
        overflows = sum(widths) > room
        if overflows:
            room -= px(_MORE) + widths[max(self._bar.currentIndex(), 0)]
        wanted = 0
        for index, width in enumerate(widths):
            current = index == self._bar.currentIndex()
            fits = not overflows or current or width <= room
            if overflows and not current:
                room = room - width if fits else -1
            wanted += width if fits else 0
            self._bar.setTabVisible(index, fits)
        self._more.setVisible(overflows)
        self._bar.setFixedWidth(wanted)
        self._bar.update()

    @Slot(int)
    def _on_changed(self, index: int) -> None:
        if index >= 0:
            self._fit_tabs()
            self.chosen.emit(self._keys[index])

    @Slot()
    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for index, title in enumerate(self._titles):
            if not self._bar.isTabVisible(index):
                count = self._bar.counts[index]
                action = menu.addAction(f"{title}\t{count or ''}".replace("&", "&&"))
                action.setData(index)
        menu.triggered.connect(self._on_menu)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        self._bar.setCurrentIndex(int(action.data()))
