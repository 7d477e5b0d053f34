# SPDX-License-Identifier: MIT
"""Buttons of every kind, choices between a few, and removable chips."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.styling import set_style

Kind = Literal[
    "default",
    "primary",
    "danger",
    "ghost",
    "link",
    "chip",
    "chipAdd",
    "tab",
    "segment",
    "menuItem",
]
_ICON_TONES = {"primary": "onAccent", "chip": "accent", "link": "accent", "danger": "danger"}
_HEAVIER = frozenset({"tab", "segment", "menuItem"})
"""Kinds whose letters are heavier while they are chosen."""


class Button(QPushButton):
    """A button with a word on it; ``shortcut`` is only shown, the window registers it."""

    def __init__(
        self,
        text: str,
        kind: Kind = "default",
        *,
        icon: str = "",
        shortcut: str = "",
        tip: str = "",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._kind = kind
        self._shortcut = shortcut
        self._tip = tip
        self.setProperty("kind", kind)
        self.setCheckable(checkable)
        self.setAutoDefault(True)  # outside a QDialog, Return would otherwise do nothing
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)
        theme.current().theme_changed.connect(self._draw_icon)
        self._draw_icon()

    def set_text(self, text: str) -> None:
        """Change the word, its accessible name and its tooltip."""
        self.setText((" " if self._icon_name and text else "") + text.replace("&", "&&"))
        self.setAccessibleName(text)
        if self._shortcut or self._tip:
            self.setToolTip("  ".join(x for x in (self._tip or text, self._shortcut) if x))

    @override
    def sizeHint(self) -> QSize:
        """Leave room for the heavier letters of a choice in use, which style sheets do not."""
        hint = super().sizeHint()
        if self._kind in _HEAVIER:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            heavy = QFontMetrics(font).horizontalAdvance(self.text())
            light = self.fontMetrics().horizontalAdvance(self.text())
            hint.setWidth(hint.width() + max(0, heavy - light))
        return hint

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon_name = name
        self._draw_icon()

    def set_kind(self, kind: Kind) -> None:
        """Change the look, such as from default to primary."""
        self._kind = kind
        set_style(self, "kind", kind)
        self._draw_icon()

    @Slot()
    def _draw_icon(self) -> None:
        if self._icon_name:
            self.setIcon(icons.icon(self._icon_name, _ICON_TONES.get(self._kind, "text2")))
            self.setIconSize(icons.icon_size())


class ShortLink(Button):
    """A link with … in its middle where room is short; its tooltip or ``tip`` has the whole."""

    def __init__(self, text: str, *, tip: str = "") -> None:
        self._whole = text
        super().__init__(text, "link", tip=tip or text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._around(hint) + self._advance(self._whole) + 2, hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._around(super().sizeHint())
        middle = Qt.TextElideMode.ElideMiddle
        words = self.fontMetrics().elidedText(self._whole, middle, room)
        self.setText(words.replace("&", "&&"))

    def _around(self, hint: QSize) -> int:
        """Return what the frame takes of the width."""
        return hint.width() - self._advance(self.text().replace("&&", "&"))

    def _advance(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)


class IconButton(QToolButton):
    """A button with only an icon; ``tip`` is its tooltip and accessible name, so it is needed.

    ``compact`` is 24 px high, for use inside lines of text.
    """

    def __init__(
        self,
        icon: str,
        tip: str,
        *,
        shortcut: str = "",
        checkable: bool = False,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._shortcut = icon, shortcut
        self._size = 14 if compact else 16
        self.setProperty("kind", "ghost")
        if compact:
            self.setProperty("compact", "true")
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_tip(tip)
        theme.current().theme_changed.connect(self._draw_icon)
        self._draw_icon()

    def set_tip(self, tip: str) -> None:
        """Change tooltip and accessible name."""
        self.setToolTip(f"{tip}  {self._shortcut}" if self._shortcut else tip)
        self.setAccessibleName(tip)

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon_name = name
        self._draw_icon()

    @Slot()
    def _draw_icon(self) -> None:
        self.setIcon(icons.icon(self._icon_name, "text2", self._size))
        self.setIconSize(icons.icon_size(self._size))


class _Choices(Box):
    """One of a few named choices; arrows move, ``chosen`` carries the key."""

    chosen = Signal(str)
    _kind: Kind
    _ground: str
    _inset: int
    _gap: int

    def __init__(self, items: Sequence[tuple[str, str]], current: str = "") -> None:
        inset = self._inset
        super().__init__(
            self._ground, horizontal=True, margins=(inset, inset, inset, inset), spacing=self._gap
        )
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, Button] = {}
        self._group.buttonClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set_items(items, current)

    def set_items(self, items: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replace the choices (key, text); without ``current`` the first is chosen."""
        for button in self._buttons.values():
            self._group.removeButton(button)
        clear_layout(self.content)
        self._buttons = {}
        for key, text in items:
            button = Button(text, self._kind, checkable=True)
            self._group.addButton(button)
            self._buttons[key] = button
            self.content.addWidget(button)
        if items:
            self.set_current(current or items[0][0])

    def current(self) -> str:
        """Return the key of the choice in use."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose without telling."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def choose_none(self) -> None:
        """Leave nothing chosen, as before a decision."""
        if (button := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            button.setChecked(False)
            self._group.setExclusive(True)

    def set_text(self, key: str, text: str) -> None:
        """Change one choice's text, such as its count."""
        self._buttons[key].set_text(text)

    def button(self, key: str) -> Button:
        """Return the button of a choice."""
        return self._buttons[key]

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        for key, known in self._buttons.items():
            if known is button:
                self.chosen.emit(key)


class Segments(_Choices):
    """A segmented control for two to four views of the same thing."""

    _kind: Kind = "segment"
    _ground = "segments"
    _inset = 2
    _gap = 2


class Tabs(_Choices):
    """A row of tabs, as for saved views above a table."""

    _kind: Kind = "tab"
    _ground = "plain"
    _inset = 0
    _gap = 4


class FilterChip(QWidget):
    """A filter in words that a click takes away."""

    removed = Signal(str)

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self._key = key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._button = Button(f"{text}  ×", "chip", tip=t("ui.remove_filter", name=text))
        self._button.setAccessibleName(t("ui.remove_filter", name=text))
        self._button.clicked.connect(self._on_clicked)
        row.addWidget(self._button)

    @Slot()
    def _on_clicked(self) -> None:
        self.removed.emit(self._key)
