# SPDX-License-Identifier: MIT
"""The navigation on the left: product, park, pages, help and settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QSizePolicy

from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.look.tokens import TONES
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.label import Label

WIDTHS = {"zh_CN": 196, "en": 212}
COLLAPSED_WIDTH = 52
COLLAPSES_BELOW = 1180


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One page in the rail."""

    key: str
    text: str
    icon: str
    shortcut: str = ""


class NavButton(QAbstractButton):
    """One line of the rail: icon, word and a count."""

    def __init__(self, entry: NavEntry, *, checkable: bool = True) -> None:
        super().__init__()
        self.entry = entry
        self._badge = ""
        self._tone = "neutral"
        self._narrow = False
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_badge(self, text: str, tone: str = "neutral") -> None:
        """Show a count; a tone other than neutral marks work to do."""
        self._badge, self._tone = text, tone
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show only the icon."""
        self._narrow = narrow
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = theme.current()
        height = max(look.px(34), round(look.metrics("strong").height()) + look.px(10))
        return QSize(look.px(COLLAPSED_WIDTH), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(px(8), 1, -px(8), -1)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accentSoft" if chosen else "subtle"))
            painter.drawRoundedRect(box, 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        tone = "accent" if chosen else "text2"
        middle = box.center().y()
        painter.drawPixmap(
            QPointF(box.left() + px(10), middle - px(16) / 2), icons.pixmap(self.entry.icon, tone)
        )
        if self._narrow:
            self._paint_dot(painter, box)
            return
        room = self._paint_badge(painter, box)
        painter.setFont(look.font("strong" if chosen else "body"))
        painter.setPen(look.color("accent" if chosen else "text"))
        words = QRectF(box.left() + px(36), box.top(), room - box.left() - px(40), box.height())
        metrics = look.metrics("strong" if chosen else "body")
        text = metrics.elidedText(self.entry.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_badge(self, painter: QPainter, box: QRectF) -> float:
        """Draw the count; return where the room for the word ends."""
        if not self._badge:
            return box.right()
        look = theme.current()
        plain = self._tone == "neutral"
        font = look.font("caption" if plain else "captionStrong")
        width = QFontMetricsF(font).horizontalAdvance(self._badge) + look.px(12)
        height = look.px(18)
        left = box.right() - width - look.px(6)
        badge = QRectF(left, box.center().y() - height / 2, width, height)
        if not plain:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(TONES[self._tone][1]))
            painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look.color("text3" if plain else TONES[self._tone][0]))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._badge)
        return left

    def _paint_dot(self, painter: QPainter, box: QRectF) -> None:
        """Mark work to do in the narrow rail."""
        if self._badge and self._tone != "neutral":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color(TONES[self._tone][0]))
            painter.drawEllipse(QPointF(box.right() - 5, box.top() + 6), 3, 3)

    def _name(self) -> None:
        """Set accessible name and tooltip."""
        entry = self.entry
        self.setAccessibleName(f"{entry.text} {self._badge}".strip())
        self.setToolTip(f"{entry.text}  {entry.shortcut}".strip())


class ParkSwitcher(Box):
    """The open park's name; a click asks for another: ``clicked``."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__("parkSwitcher", horizontal=True, margins=(10, 6, 8, 6), spacing=6)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = Box()
        self._name = Label("", "strong")
        self._note = Label("", "hint")
        words.add(self._name)
        words.add(self._note)
        self.words = words
        self.content.addWidget(words, 1)
        self._arrows = QLabel()
        self.content.addWidget(self._arrows)
        theme.current().theme_changed.connect(self._draw_icon)
        self._draw_icon()
        self.set_park("", "")

    def set_park(self, name: str, note: str) -> None:
        """Show which park is open; long names are cut with their whole in the tooltip."""
        look = theme.current()
        room = look.px(136 if language() == "zh_CN" else 152)
        elide = Qt.TextElideMode.ElideRight
        self._name.setText(look.metrics("strong").elidedText(name, elide, room))
        self._note.setText(look.metrics("caption").elidedText(note, elide, room))
        self._note.setVisible(bool(note))
        self.setToolTip(name)
        self.setAccessibleName(t("ui.switch_park", name=name))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _draw_icon(self) -> None:
        self._arrows.setPixmap(icons.pixmap("arrow-up-down", "text3", 14))


class NavRail(Box):
    """The rail; ``chosen`` carries a page's key, ``park_clicked`` asks for another park."""

    chosen = Signal(str)
    park_clicked = Signal()

    def __init__(self, entries: Sequence[NavEntry], bottom: Sequence[NavEntry]) -> None:
        super().__init__("rail", margins=(0, 12, 0, 10), spacing=2)
        self._narrow = False
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.content.addWidget(self._brand())
        self.content.addSpacing(theme.current().px(8))
        self._park = ParkSwitcher()
        self._park.clicked.connect(self.park_clicked)
        inset = Box(margins=(10, 0, 10, 10))
        inset.add(self._park)
        self.content.addWidget(inset)
        self._add(entries)
        self.content.addStretch(1)
        self._add(bottom)
        theme.current().theme_changed.connect(self._on_theme)
        self._on_theme()

    def set_current(self, key: str) -> None:
        """Mark the page that is shown."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_badge(self, key: str, text: str, tone: str = "neutral") -> None:
        """Show a page's count."""
        self._buttons[key].set_badge(text, tone)

    def set_park(self, name: str, note: str = "") -> None:
        """Show which park is open."""
        self._park.set_park(name, note)

    def fit(self, window_width: int) -> None:
        """Collapse to icons in a narrow window."""
        self._narrow = window_width < COLLAPSES_BELOW
        self._on_theme()

    def is_narrow(self) -> bool:
        """Tell whether only icons are shown."""
        return self._narrow

    def button(self, key: str) -> NavButton:
        """Return a page's button, for focus and tests."""
        return self._buttons[key]

    def _add(self, entries: Sequence[NavEntry]) -> None:
        for entry in entries:
            button = NavButton(entry)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._buttons[entry.key] = button
            self.content.addWidget(button)

    def _brand(self) -> Box:
        """Return the row with mark and product name."""
        brand = Box()
        row = QHBoxLayout()
        px = theme.current().px
        row.setContentsMargins(px(16), px(2), px(10), px(2))
        row.setSpacing(px(8))
        self._logo = QLabel()
        self._product = Label(t("ui.product"), "section")
        row.addWidget(self._logo)
        row.addWidget(self._product, 1)
        brand.content.addLayout(row)
        return brand

    @Slot()
    def _on_clicked(self) -> None:
        button = self._group.checkedButton()
        if isinstance(button, NavButton):
            self.chosen.emit(button.entry.key)

    @Slot()
    def _on_theme(self) -> None:
        px = theme.current().px
        self._logo.setPixmap(icons.logo(22))
        width = COLLAPSED_WIDTH if self._narrow else WIDTHS.get(language(), 196)
        self.setFixedWidth(px(width))
        self._product.setVisible(not self._narrow)
        self._park.words.setVisible(not self._narrow)
        for button in self._buttons.values():
            button.set_narrow(self._narrow)
            button.updateGeometry()
