# SPDX-License-Identifier: MIT
"""The filters above the items: any of them together, each with the number that it would show."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot

from workbench.ui.look import theme
from workbench.ui.pages.checklist.lines import Narrowing, Wanted
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.search_box import SearchBox

_SEARCH_WIDTH = 220


class ItemFilters(Box):
    """Chips that are on or off, and a search field; ``changed`` when others are in use.

    A chip that only troubles would show is there while there are any.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("plain", spacing=8)
        px = theme.current().px
        self._words = ""
        self._chips = Flow(4)
        self.every = Button(t("checklist.filter_all"), "tab", checkable=True)
        self.every.clicked.connect(self.clear)
        self._chips.add(self.every)
        self._buttons: dict[Wanted, Button] = {}
        for wanted in Wanted:
            button = Button(t(wanted.text_key), "tab", checkable=True)
            button.clicked.connect(self._on_clicked)
            self._buttons[wanted] = button
            self._chips.add(button)
        self._buttons[Wanted.UNSOUND].hide()
        self.search = SearchBox(t("checklist_list.search"))
        self.search.setMaximumWidth(px(_SEARCH_WIDTH * 2))
        self.search.searched.connect(self._on_searched)
        self.search.setToolTip(t("checklist_list.search_tip"))
        self.add(self.search)
        self.add(self._chips)
        self._show_every()

    def wanted(self) -> frozenset[Wanted]:
        """Return the filters in use."""
        return frozenset(w for w, button in self._buttons.items() if button.isChecked())

    def words(self) -> str:
        """Return the words that are looked for."""
        return self._words

    def set_narrowing(self, narrowing: Narrowing) -> None:
        """Show what narrows the list, without telling."""
        for wanted, button in self._buttons.items():
            button.setChecked(wanted in narrowing.wanted)
        if narrowing.words != self._words:
            self._words = narrowing.words
            self.search.setText(narrowing.words)
        self._show_every()

    def set_counts(self, counts: Mapping[Wanted, int]) -> None:
        """Say how many items each filter would show, together with those in use."""
        for wanted, count in counts.items():
            button = self._buttons[wanted]
            button.set_text(f"{t(wanted.text_key)} {count}")
            if wanted is Wanted.UNSOUND:
                button.setVisible(bool(count) or button.isChecked())

    def button(self, wanted: str) -> Button:
        """Return the chip of a filter."""
        return self._buttons[Wanted(wanted)]

    @Slot()
    def clear(self) -> None:
        """Take every filter and every word away."""
        self.set_narrowing(Narrowing())
        self.changed.emit()

    def look(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show_every(self) -> None:
        self.every.setChecked(not self.wanted() and not self._words)

    @Slot()
    def _on_clicked(self) -> None:
        self._show_every()
        self.changed.emit()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._show_every()
            self.changed.emit()
