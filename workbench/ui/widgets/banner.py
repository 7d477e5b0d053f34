# SPDX-License-Identifier: MIT
"""A notice inside a panel or page."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.styling import set_style

_ICONS = {
    "danger": "circle-alert",
    "warn": "triangle-alert",
    "success": "circle-check",
    "info": "info",
    "neutral": "info",
    "accent": "info",
}


class Banner(QFrame):
    """Says what is wrong and offers one link; ``tone`` is one of ``tokens.TONES``."""

    link_clicked = Signal()
    dismissed = Signal()

    def __init__(
        self,
        text: str,
        tone: str = "info",
        *,
        title: str = "",
        link: str = "",
        dismissible: bool = False,
    ) -> None:
        super().__init__()
        px = theme.current().px
        self.setObjectName("banner")
        self.setProperty("tone", tone)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(8), px(10), px(8))
        row.setSpacing(px(8))
        self._icon = IconLabel(_ICONS[tone], _ink(tone))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._title = Label(title, "strong", tone=tone, wrap=True)
        self._text = Label(text, "caption", wrap=True)
        self._link = Button(link, "link")
        self._link.clicked.connect(self.link_clicked)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        if dismissible:
            close = IconButton("x", t("ui.dismiss"), compact=True)
            close.clicked.connect(self._on_dismissed)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_notice(text, tone, title=title, link=link)

    def set_notice(self, text: str, tone: str = "", *, title: str = "", link: str = "") -> None:
        """Show another notice."""
        if tone:
            set_style(self, "tone", tone)
            self._title.set_tone(tone)
            self._icon.set_icon(_ICONS[tone], _ink(tone))
        self._text.setText(text)
        self._title.setText(title)
        self._link.set_text(link)
        self._text.setVisible(bool(text))
        self._title.setVisible(bool(title))
        self._link.setVisible(bool(link))

    @Slot()
    def _on_dismissed(self) -> None:
        self.hide()
        self.dismissed.emit()


def _ink(tone: str) -> str:
    return "text2" if tone == "neutral" else tone
