# SPDX-License-Identifier: MIT
"""The middle pane of the checklist: what is shown, filters, the items, and what to do with many."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.template import Stage
from workbench.ui.look import theme
from workbench.ui.pages.checklist.filters import ItemFilters
from workbench.ui.pages.checklist.items import ItemList
from workbench.ui.pages.checklist.lines import (
    ItemLine,
    Narrowing,
    by_stage,
    counts,
    headline,
    narrowed,
    narrowing_words,
    stage_words,
)
from workbench.ui.pages.checklist.many import ManyButton
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label


class ItemsPane(Box):
    """Shows those lines that fit the narrowing; ``narrowed_anew`` when other ones are shown."""

    narrowed_anew = Signal()

    def __init__(self, narrowing: Narrowing) -> None:
        super().__init__("surface")
        self._narrowing = narrowing
        self._sheet: ChecklistSheet | None = None
        self._all: Sequence[ItemLine] = ()
        px = theme.current().px
        self.items = ItemList()
        self.many = ManyButton()
        self.items.selection_changed.connect(self.many.show_count)
        self._title = Label("", "section", wrap=True)
        self._subtitle = Label("", "caption", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(14), px(16), px(8))
        head.setSpacing(px(12))
        head.addLayout(words, 1)
        head.addWidget(self.many)
        self.filters = ItemFilters()
        self.filters.set_narrowing(narrowing)
        self.filters.changed.connect(self._on_filters)
        filters = QHBoxLayout()
        filters.setContentsMargins(px(24), 0, px(16), px(10))
        filters.addWidget(self.filters)
        self.nothing = EmptyState(t("checklist.nothing"), action=t("checklist_list.clear"))
        self.nothing.setObjectName("surface")
        self.nothing.action_clicked.connect(self.filters.clear)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.items)
        self._lists.addWidget(self.nothing)
        self.add(head)
        self.add(filters)
        self.add(Hairline())
        self.add(self._lists, 1)

    @property
    def narrowing(self) -> Narrowing:
        """Return what the list shows."""
        return self._narrowing

    def set_lines(self, sheet: ChecklistSheet, lines: Sequence[ItemLine]) -> None:
        """Show those of all lines that fit, and count what each filter would show."""
        self._sheet, self._all = sheet, lines
        shown = narrowed(lines, self._narrowing)
        self.filters.set_counts(counts(lines, self._narrowing))
        self._title.setText(headline(self._narrowing.stage))
        self._subtitle.setText(self._summary(len(shown)))
        self.items.set_lines(shown)
        self._lists.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._say_nothing()

    def matches(self) -> dict[Stage | None, int] | None:
        """Return how many lines each stage would show, or None while no filter is in use."""
        return None if self._narrowing.is_plain else by_stage(self._all, self._narrowing)

    def narrow(self, narrowing: Narrowing) -> None:
        """Show other lines."""
        if narrowing != self._narrowing:
            self._narrowing = narrowing
            self.filters.set_narrowing(narrowing)
            self.narrowed_anew.emit()

    def choose_stage(self, stage: Stage | None) -> None:
        """Show a stage, or all of them; the filters stay."""
        self.narrow(replace(self._narrowing, stage=stage))

    def reveal(self, item_id: str, stage: Stage) -> None:
        """Make an item the current one; what hides it is taken away."""
        if item_id not in {line.item.id for line in self.items.lines()}:
            here = self._narrowing.stage in (None, stage)
            self.narrow(Narrowing(self._narrowing.stage if here else stage))
        self.items.choose(item_id)

    def _summary(self, shown: int) -> str:
        """Return the sentence below the headline."""
        if self._sheet is None:
            return ""
        stage = self._narrowing.stage
        if not self._narrowing.is_plain:
            total = sum(stage in (None, line.item.stage) for line in self._all)
            names = narrowing_words(self._narrowing)
            return t("checklist_list.shown", n=shown, total=total, filters=names)
        if stage is None:
            return t("checklist.across_stages", n=shown)
        return stage_words(next(s for s in self._sheet.stages() if s.stage is stage))

    def _say_nothing(self) -> None:
        """Say which filters leave nothing, and whether other stages have such items."""
        elsewhere = by_stage(self._all, self._narrowing)[None]
        words = t("checklist_list.nothing", filters=narrowing_words(self._narrowing) or "—")
        if elsewhere:
            words = words + t("checklist_list.elsewhere", n=elsewhere)
        plain = self._narrowing.is_plain
        self.nothing.set_words(
            t("checklist.nothing"), t("checklist.stage_empty") if plain else words
        )

    @Slot()
    def _on_filters(self) -> None:
        wanted, words = self.filters.wanted(), self.filters.words()
        self.narrow(replace(self._narrowing, wanted=wanted, words=words))
