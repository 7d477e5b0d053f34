# SPDX-License-Identifier: MIT
"""What stands in place of a table without rows: nothing is recorded yet, or nothing matches."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from workbench.ui.texts import inside_sentence, t
from workbench.ui.widgets.empty_state import EmptyState

_WIDTH = 420


class NothingShown(QStackedWidget):
    """``new_asked`` begins the first record, ``all_asked`` takes away what hides the others."""

    new_asked = Signal()
    all_asked = Signal()

    def __init__(self, entity: str) -> None:
        super().__init__()
        entity = inside_sentence(entity)
        self._empty = EmptyState(
            t("ledger.first_title", entity=entity), t("ledger.first_text"),
            action=t("ledger.new_of", entity=entity), icon="plus", width=_WIDTH,
        )  # fmt: skip
        self._empty.action_clicked.connect(self.new_asked)
        self._hidden = EmptyState(
            t("ledger.nothing_title"), action=t("ledger.clear_filters"), width=_WIDTH
        )
        self._hidden.action_clicked.connect(self.all_asked)
        self._words = ""
        self.addWidget(self._empty)
        self.addWidget(self._hidden)

    def show_why(self, conditions: Sequence[str]) -> None:
        """Name the conditions that no record meets; without any there is no record at all."""
        if not conditions:
            self._words = t("ledger.first_text")
            self.setCurrentWidget(self._empty)
            return
        words = self._words = t("ledger.nothing_text", filters=t("ledger.and").join(conditions))
        self._hidden.set_words(t("ledger.nothing_title"), words)
        self.setCurrentWidget(self._hidden)

    def words(self) -> str:
        """Return what is said."""
        return self._words
