# SPDX-License-Identifier: MIT
"""What an item waits for: the template's own items, and those that the analyst adds."""

from dataclasses import dataclass

from PySide6.QtCore import QSignalMapper, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.state import SETTLED
from workbench.ui.look import theme
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.target_link import TargetLink


@dataclass(frozen=True, slots=True)
class Waiting:
    """One item that comes before; ``own`` tells the analyst's from the template's."""

    item_id: str
    title: str
    settled: bool
    own: bool


def waiting_of(sheet: ChecklistSheet, item_id: str) -> tuple[Waiting, ...]:
    """Return what an item waits for, settled or not."""
    added = sheet.state(item_id).blocked_by
    found = []
    for other in sheet.blocked_by.get(item_id, ()):
        item = sheet.template.find(other)
        title = item.title.get(language()) if item else ""
        settled = sheet.state(other).standing in SETTLED
        found.append(Waiting(other, title, settled, other in added))
    return tuple(found)


class WaitingBox(Box):
    """``others_wanted`` carries the analyst's own items; ``item_asked`` one to be shown."""

    others_wanted = Signal(tuple)
    item_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("plain", spacing=6)
        self._shown: tuple[Waiting, ...] | None = None
        self._item = ""
        self._names: dict[str, str] = {}
        self.add(Label(t("checklist_window.first_done"), "strong"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current().px(4))
        self.add(self._list)
        self.other = QLineEdit()
        self.other.setAccessibleName(t("checklist_window.add_waiting"))
        self.other.setPlaceholderText(t("checklist_window.add_waiting"))
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.other.setCompleter(completer)
        self.other.returnPressed.connect(self._on_entered)
        self.add(self.other)
        self._removes = QSignalMapper(self)
        self._removes.mappedString.connect(self._on_remove)

    def set_waiting(self, sheet: ChecklistSheet, item_id: str) -> None:
        """Show what an item waits for."""
        if item_id != self._item:
            self._item = item_id
            self.other.clear()
        names = {item.id: item.title.get(language()) for item in sheet.items}
        if names != self._names:
            self._names = names
            self._known.setStringList([f"{key}  {title}" for key, title in names.items()])
        found = waiting_of(sheet, item_id)
        if found == self._shown:
            return
        self._shown = found
        clear_layout(self._list)
        for waiting in found:
            self._list.addLayout(self._line(waiting))
        if not found:
            self._list.addWidget(Label(t("checklist_window.waits_for_nothing"), "caption"))

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what is shown."""
        return self._shown or ()

    def added(self) -> None:
        """Take away what was typed, which is in the list now."""
        self.other.clear()

    def _line(self, waiting: Waiting) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(6))
        icon, tone = ("circle-check", "success") if waiting.settled else ("clock", "warn")
        row.addWidget(IconLabel(icon, tone, 14), 0, Qt.AlignmentFlag.AlignTop)
        link = TargetLink(waiting.item_id, waiting.item_id, tip=waiting.title)
        link.followed.connect(self.item_asked)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(waiting.title, "caption", wrap=True), 1)
        if waiting.own:
            tip = t("checklist_window.remove_waiting", item=waiting.item_id)
            button = IconButton("x", tip, compact=True)
            self._removes.setMapping(button, waiting.item_id)
            button.clicked.connect(self._removes.map)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _own(self) -> list[str]:
        return [waiting.item_id for waiting in self.waiting() if waiting.own]

    @Slot()
    def _on_entered(self) -> None:
        if found := _item_named(self.other.text(), self._names):
            self.others_wanted.emit(tuple(dict.fromkeys((*self._own(), found))))

    @Slot(str)
    def _on_remove(self, item_id: str) -> None:
        self.others_wanted.emit(tuple(other for other in self._own() if other != item_id))


def _item_named(words: str, names: dict[str, str]) -> str:
    """Return the item that words name by id or by a part of one title; else the words."""
    words = words.strip()
    code = words.split(" ", 1)[0].upper()
    if code in names:
        return code
    found = [key for key, title in names.items() if words and words in title]
    return found[0] if len(found) == 1 else words
