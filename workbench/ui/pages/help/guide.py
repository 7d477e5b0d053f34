# SPDX-License-Identifier: MIT
"""What each page is for and how it is used, and what the program's words mean."""

from PySide6.QtCore import Signal, Slot

from workbench.ui.look import theme
from workbench.ui.pages import PAGES
from workbench.ui.texts import t
from workbench.ui.widgets.box import ScrollPage
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.label import Label

_WIDTH = 720
_WORDS = (
    "unknown", "missing", "forecast", "as_of", "problem", "match", "red_line", "gate", "final",
)  # fmt: skip


class GuidePage(ScrollPage):
    """One card per page, the asked one first; ``page_asked`` leads to the page itself."""

    page_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, Card] = {}
        for entry in PAGES:
            if entry.key != "help":
                self.cards[entry.key] = self._page_card(entry.key, t(entry.title_key))
                self.add(self.cards[entry.key])
        self.add(_words_card())
        self.content.addStretch(1)

    def show_page(self, key: str) -> None:
        """Put a page's card first, the others after it in their order."""
        ordered = [self.cards[k] for k in sorted(self.cards, key=lambda k: k != key)]
        if key not in self.cards:
            return
        for at, card in enumerate(ordered):
            self.content.removeWidget(card)
            self.content.insertWidget(at, card)
        self.verticalScrollBar().setValue(0)

    def _page_card(self, key: str, title: str) -> Card:
        go = Button(t("guide.open"), "link", tip=title)
        go.setAccessibleName(f"{t('guide.open')} {title}")
        go.setProperty("page", key)
        go.clicked.connect(self._on_go)
        card = Card(title, t(f"guide.{key}_what"), actions=[go])
        card.setMaximumWidth(theme.current().px(_WIDTH))
        for line in t(f"guide.{key}_how").split("\n"):
            card.add(Label(line, wrap=True))
        return card

    @Slot()
    def _on_go(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.page_asked.emit(str(sender.property("page")))


def _words_card() -> Card:
    card = Card(t("guide.words"), t("guide.words_what"))
    card.setMaximumWidth(theme.current().px(_WIDTH))
    rows = [KeyValue(t(f"guide.word_{w}"), t(f"guide.means_{w}")) for w in _WORDS]
    card.add(KeyValues(rows, label_width=120))
    return card
