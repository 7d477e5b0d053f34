# SPDX-License-Identifier: MIT
"""A table whose rows are taken or left: a click, Space or Return changes the row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from workbench.ui.texts import t
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


@dataclass(frozen=True, slots=True)
class Choice:
    """One row; a row without ``offered`` is only read."""

    key: str
    cells: tuple[Cell, ...]
    offered: bool = True


class ChoiceTable(ReadTable):
    """Emits ``choice_changed`` after a row was taken or left; ``words`` name the two."""

    choice_changed = Signal()

    def __init__(self, name: str, columns: Sequence[Column], words: tuple[str, str]) -> None:
        super().__init__(name, [Column("", 116), *columns], fits=False, opens=True)
        self._yes, self._no = words
        self._choices: tuple[Choice, ...] = ()
        self._taken: set[str] = set()
        self.row_opened.connect(self._on_row)

    def set_choices(self, choices: Sequence[Choice], taken: Collection[str]) -> None:
        """Show rows; those of ``taken`` are taken at first."""
        self._choices = tuple(choices)
        self._taken = {choice.key for choice in choices if choice.offered and choice.key in taken}
        self._show()

    def taken(self) -> frozenset[str]:
        """Return the keys of the rows that are taken."""
        return frozenset(self._taken)

    def take_all(self, wanted: bool) -> None:
        """Take every row that is offered, or none."""
        self._taken = {c.key for c in self._choices if c.offered} if wanted else set()
        self._show()

    def _show(self) -> None:
        self.set_rows([Row(c.key, (self._mark(c), *c.cells)) for c in self._choices])
        self.choice_changed.emit()

    def _mark(self, choice: Choice) -> Cell:
        if not choice.offered:
            return Cell("")
        if choice.key in self._taken:
            return Cell(self._yes, tone="success", pill=True)
        return Cell(self._no, tone="neutral", pill=True)

    @Slot(str)
    def _on_row(self, key: str) -> None:
        if any(choice.key == key and choice.offered for choice in self._choices):
            self._taken ^= {key}
            self._show()


def take_words() -> tuple[str, str]:
    """Return the words for a row that is taken and one that is left."""
    return t("checklist_more.take"), t("checklist_more.leave")
