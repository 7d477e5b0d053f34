# SPDX-License-Identifier: MIT
"""What all charts share: text, description in words, copying the data, pictures."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.look.tokens import TYPE
from workbench.ui.texts import t

_BREAKS = " （("
"""Before one of these a label may be broken into lines."""

Row = Sequence[str]
Format = Callable[[float], str]
SERIES_TONES = ("c1", "c2", "c3", "c4", "c5", "c6")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (2, 3), (7, 3, 2, 3), (9, 3), (1, 3))


class Chart(QWidget):
    """A chart with a title for assistive tools; subclasses implement ``draw`` and ``table``.

    None is unknown: it is hatched or left out, never drawn as 0.
    """

    def __init__(self, title: str, *, height: int = 200) -> None:
        super().__init__()
        self._title = title
        self._height = height
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(title)
        theme.current().theme_changed.connect(self._fit)
        self._fit()

    def set_title(self, title: str) -> None:
        """Change the finding that the chart states."""
        self._title = title
        self.describe()

    def describe(self) -> None:
        """Put the title and the values as a sentence into the accessible description."""
        self.setAccessibleName(self._title)
        head, *rows = self.table() or [[]]
        sentences = ["　".join(filter(None, row)) for row in rows]
        words = "；".join(sentences) if sentences else t("ui.no_data")
        self.setAccessibleDescription(f"{self._title}：{'　'.join(head)}。{words}")
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw into a box; the painter has antialiasing on."""
        raise NotImplementedError

    def table(self) -> list[Row]:
        """Return the data as rows of texts, the headings first."""
        raise NotImplementedError

    def has_data(self) -> bool:
        """Tell whether there is anything to draw."""
        return len(self.table()) > 1

    @Slot()
    def copy_data(self) -> None:
        """Put the data on the clipboard as a block for Excel or WPS."""
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in self.table()))

    def picture(self, size: QSize, ratio: float = 2.0) -> QPixmap:
        """Return the chart as a picture, for a report or the clipboard."""
        pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.current().color("surface"))
        painter = QPainter(pixmap)
        self._draw(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        return pixmap

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._draw(painter, QRectF(self.rect()))
        if self.hasFocus():
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_data()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("ui.copy_data")).triggered.connect(self.copy_data)
        menu.popup(event.globalPos())

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.has_data():
            self.draw(painter, box)
        else:
            write(painter, box.center().x(), box.center().y(), t("ui.no_data"), "text3", "c")

    @Slot()
    def _fit(self) -> None:
        self.setMinimumHeight(theme.current().px(self._height))
        self.update()


def write(
    painter: QPainter,
    x: float,
    y: float,
    text: str,
    tone: str = "text2",
    align: str = "l",
    role: str = "caption",
) -> float:
    """Write one line centred on ``y``, its left end, right end (r) or middle (c) at ``x``.

    Returns the width.
    """
    look = theme.current()
    metrics = look.metrics(role)
    width = metrics.horizontalAdvance(text)
    left = {"l": x, "r": x - width, "c": x - width / 2}[align]
    painter.setFont(look.font_of(*TYPE[role]))
    painter.setPen(look.color(tone))
    painter.drawText(QPointF(left, y + metrics.ascent() / 2 - metrics.descent() / 2), text)
    return width


def cut(text: str, room: float, role: str = "caption") -> str:
    """Return a text that fits into some room, cut with "…"."""
    return theme.current().metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, room)


def in_lines(text: str, room: float, most: int = 4) -> list[str]:
    """Return a text as lines that fit into some room, broken where people would break it.

    That is at a blank or before a bracket, else between signs; only the last line of ``most`` is
    cut, with "…".
    """
    metrics = theme.current().metrics("caption")
    lines: list[str] = []
    while metrics.horizontalAdvance(text) > room and len(lines) < most - 1:
        fitting = next(
            (n for n in range(len(text), 1, -1) if metrics.horizontalAdvance(text[:n]) <= room), 1
        )
        at = max(text.rfind(sign, 1, fitting + 1) for sign in _BREAKS)
        inside = at <= 0 and text[: fitting + 1].isascii()  # a word that is longer than the room
        if at <= 0:
            at = max(fitting - inside, 1)
        lines.append(text[:at].rstrip() + "-" * inside)
        text = text[at:].lstrip()
    return [*lines, cut(text, room)]


def text_width(text: str, role: str = "caption") -> float:
    """Return how wide a text is."""
    return theme.current().metrics(role).horizontalAdvance(text)


def hatch(painter: QPainter, box: QRectF) -> None:
    """Fill a box with the pattern of an unknown value."""
    look = theme.current()
    painter.fillRect(box, look.color("subtle"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.BDiagPattern)
    brush = painter.brush()
    brush.setColor(look.color("borderStrong"))
    painter.fillRect(box, brush)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Return round steps that cover a range."""
    span = (high - low) or abs(high) or 1.0
    step: float = 10.0 ** math.floor(math.log10(span / wanted))
    rest = span / wanted / step
    step *= 10 if rest > 7 else 5 if rest > 3 else 2 if rest > 1.5 else 1
    first = math.floor(low / step)
    last = math.ceil(high / step - 1e-9)
    return [round(step * number, 9) for number in range(first, max(last, first + 1) + 1)]


def plain(value: float) -> str:
    """Return a number with thousands and at most two decimals, and a true minus sign."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def percent(value: float) -> str:
    """Return a share 0–1 as percent with one decimal."""
    return f"{value * 100:.1f}%".replace("-", "−")
