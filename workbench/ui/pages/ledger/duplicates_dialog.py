# SPDX-License-Identifier: MIT
"""The dialog that lists suspected duplicates."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from workbench.application.ledger.merging import DuplicateSearch
from workbench.application.naming import common_words, reason_words
from workbench.application.ports import Progress
from workbench.domain.records.duplicates import MOST_PAIRS, DuplicatePair, kinds_cut_short
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.merge_dialog import MergeDialog
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_MOST_COMMON = 3
_LISTED = 300
"""So many pairs are listed at a time: a person goes through fewer, and a list is laid out whole."""


class DuplicatesDialog(Dialog):
    """Looks for pairs beside the window and lists them; a row opens the merge of its pair."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host, t("merging.title"), width=820, height=620)
        self._context = context
        self.pairs: Sequence[DuplicatePair] = []
        self._found = DuplicateSearch([])
        self._shows_distinct = False
        self._task: Task | None = None
        self._shown = _LISTED
        self._says = Label(t("merging.searching"), "caption", wrap=True)
        self.bar = ProgressBar(0, 0)
        self.table = ReadTable(
            t("merging.title"),
            [
                Column(t("merging.kind"), 84),
                Column(t("merging.first")),
                Column(t("merging.second")),
                Column(t("merging.why"), share=2),
            ],
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self._on_pair)
        self._nothing = EmptyState(t("merging.none"), t("merging.looked_for"), ground="surface")
        self._nothing.hide()
        self.more = Button("", "link")
        self.more.hide()
        self.more.clicked.connect(self._list_more)
        self.body.addWidget(self._says)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(self.more)
        self.distinct = Button("", "link")
        self.distinct.hide()
        self.distinct.clicked.connect(self._turn)
        self.body.addWidget(self.distinct)
        self.stop = self.add_lead_button(t("merging.stop"))
        self.stop.clicked.connect(self._stop)
        self.again = self.add_lead_button(t("merging.again"))
        self.again.clicked.connect(self.search)
        self._close = self.add_button(t("ui.close"), "primary")
        self._close.clicked.connect(self.close_dialog)
        self.closed.connect(self._stop)
        context.changed.connect(self.search)
        self.search()

    @Slot()
    def search(self) -> None:
        """Look for duplicates on the worker, in place of a search that still runs."""
        self._stop()
        services = self._context.services
        services.querying.ledger()

        def work(progress: Progress) -> DuplicateSearch:
            return services.merging.search(progress=progress)

        self._task = task = self._context.tasks.start(work)
        task.progressed.connect(self._on_progressed)
        task.succeeded.connect(self._on_found)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_stopped)
        self._says.setText(t("merging.searching"))
        self._says.show()
        self.bar.set_progress(0, 0)
        self._searches(True)

    def _searches(self, searching: bool) -> None:
        self.bar.setVisible(searching)
        self.stop.setVisible(searching)
        self.again.setVisible(False)

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if self.sender() is self._task:
            self.bar.set_progress(done, total)

    @Slot()
    def _on_stopped(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self._searches(False)
            self._says.setText(t("merging.stopped"))
            self.again.setVisible(True)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._on_stopped()
        self._context.shell.show_error(error)

    @Slot(object)
    def _on_found(self, found: DuplicateSearch) -> None:
        if self.sender() is not self._task:
            return
        self._task = None
        self._searches(False)
        self._found = found
        self._show_found()

    def _show_found(self) -> None:
        """List the pairs, or those that were said to be none."""
        found = self._found
        self._shows_distinct &= bool(found.distinct)
        self.pairs = pairs = found.distinct if self._shows_distinct else found.pairs
        had_keys = self.table.hasFocus()
        self.table.setVisible(bool(pairs))
        self._nothing.setVisible(not pairs)
        if had_keys and not pairs:
            self._close.setFocus()
        words = self._words()
        self._says.setText("\n".join(words))
        self._says.setVisible(bool(words))
        key = "merging.to_suspected" if self._shows_distinct else "merging.to_distinct"
        self.distinct.setText(t(key, n=f"{len(found.distinct):,}"))
        self.distinct.setVisible(bool(found.distinct))
        self._list()

    def _words(self) -> list[str]:
        """Return what is said of the list: how many, what was cut short, what was not compared."""
        catalogue = self._context.services.catalogue
        if self._shows_distinct:
            return [t("merging.distinct_found", n=f"{len(self.pairs):,}")]
        words = [t("merging.found", n=f"{len(self.pairs):,}")] if self.pairs else []
        words += [
            t("merging.cut_short", kind=catalogue[entity].title(language()), n=f"{MOST_PAIRS:,}")
            for entity in kinds_cut_short(self.pairs)
        ]
        common = self._found.common
        words += [common_words(each, catalogue, texts_in_use()) for each in common[:_MOST_COMMON]]
        if len(common) > _MOST_COMMON:
            words.append(t("merging.more_common", n=len(common) - _MOST_COMMON))
        return words

    @Slot()
    def _turn(self) -> None:
        """Go over from what is suspected to what was said to be none, and back."""
        self._shows_distinct = not self._shows_distinct
        self._shown = _LISTED
        self._show_found()

    def _list(self) -> None:
        catalogue = self._context.services.catalogue
        listed = self.pairs[: self._shown]
        self.table.set_rows([
            Row(str(at), (
                Cell(catalogue[pair.entity].title(language())),
                _name(pair.first),
                _name(pair.second),
                Cell("\n".join(reason_words(reason, texts_in_use()) for reason in pair.reasons)),
            ))
            for at, pair in enumerate(listed)
        ])  # fmt: skip
        left = len(self.pairs) - len(listed)
        self.more.setText(t("merging.more", n=min(left, _LISTED), left=f"{left:,}"))
        self.more.setVisible(left > 0)

    @Slot()
    def _list_more(self) -> None:
        self._shown += _LISTED
        self._list()

    @Slot(str)
    def _on_pair(self, at: str) -> None:
        pair = self.pairs[int(at)]
        host = self._context.shell.dialog_host
        distinct = self._shows_distinct
        MergeDialog(self._context, host, pair.first, pair.second, distinct=distinct).open()


def _name(record: Record) -> Cell:
    code = record.text("code") or record.text("credit_code") or ""
    return Cell(record.label, code)
