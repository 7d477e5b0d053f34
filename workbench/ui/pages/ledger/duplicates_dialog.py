# SPDX-License-Identifier: MIT
"""The dialogs that list suspected duplicates and make one record of two."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from workbench.application.ledger.merging import MergePreview
from workbench.application.naming import reason_words
from workbench.application.ports import Progress
from workbench.domain.fields import Field
from workbench.domain.findings import UserError
from workbench.domain.records.duplicates import MOST_PAIRS, DuplicatePair, kinds_cut_short
from workbench.domain.records.ledger import Record
from workbench.domain.records.merging import KEPT, OTHER, FieldChoice
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.ledger.facts import value_words
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import ScrollPage
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_LISTED = 300
"""So many pairs are listed at a time: a person goes through fewer, and a list is laid out whole."""


class DuplicatesDialog(Dialog):
    """Looks for pairs beside the window and lists them; a row opens the merge of its pair."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host, t("merging.title"), width=820, height=620)
        self._context = context
        self.pairs: list[DuplicatePair] = []
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

        def work(progress: Progress) -> list[DuplicatePair]:
            return services.merging.pairs(progress=progress)

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
    def _on_found(self, pairs: list[DuplicatePair]) -> None:
        if self.sender() is not self._task:
            return
        self._task = None
        self._searches(False)
        self.pairs = pairs
        catalogue = self._context.services.catalogue
        self._says.setVisible(bool(pairs))
        had_keys = self.table.hasFocus()
        self.table.setVisible(bool(pairs))
        self._nothing.setVisible(not pairs)
        if had_keys and not pairs:
            self._close.setFocus()
        cut = [
            t("merging.cut_short", kind=catalogue[entity].title(language()), n=f"{MOST_PAIRS:,}")
            for entity in kinds_cut_short(pairs)
        ]
        self._says.setText("\n".join([t("merging.found", n=f"{len(pairs):,}"), *cut]))
        self._list()

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
        MergeDialog(self._context, host, pair.first, pair.second).open()


class MergeDialog(Dialog):
    """Makes one record of two: conflicts are chosen, one by one or all the newer ones."""

    done = Signal(str)

    def __init__(self, context: UiContext, host: QWidget, kept: Record, other: Record) -> None:
        super().__init__(host, t("merging.merge_title", name=kept.label), width=820, height=640)
        self._context = context
        self.preview: MergePreview = context.services.merging.preview(
            kept.entity, kept.key, other.key
        )
        self.sides: dict[str, dict[str, QRadioButton]] = {}
        self._page = ScrollPage("surface", margins=(0, 0, 10, 0), spacing=10)
        self.body.addWidget(Label(self._about(), "caption", wrap=True))
        self.body.addWidget(self._page, 1)
        conflicts = self.preview.conflicts
        if conflicts:
            self._page.add(Label(t("merging.conflicts", n=len(conflicts)), "strong"))
            self._page.add(self._conflict_grid(conflicts))
            if any(choice.newer for choice in conflicts):
                newer = Button(t("merging.take_newer"), "link")
                newer.clicked.connect(self.take_newer)
                self._page.add(newer)
        self._page.add(Label(t("merging.agreed"), "strong"))
        self._page.add(self._agreed())
        self._page.content.addStretch(1)
        self.add_cancel()
        self.button = self.add_button(t("merging.do"), "primary")
        self.button.clicked.connect(self._on_merge)
        self._on_chosen()

    @Slot()
    def take_newer(self) -> None:
        """Choose, for every conflict, the value that was changed last where that is known."""
        for choice in self.preview.conflicts:
            if choice.newer:
                self.sides[choice.field][choice.newer].setChecked(True)
        self._on_chosen()

    def chosen(self) -> dict[str, str]:
        """Return whose value holds, for the conflicts that were chosen."""
        return {
            name: side
            for name, radios in self.sides.items()
            for side, radio in radios.items()
            if radio.isChecked()
        }

    def _about(self) -> str:
        catalogue = self._context.services.catalogue
        moved = t("assessment.comma").join(
            f"{catalogue[entity].title(language())} {n}" for entity, n in self.preview.moved.items()
        )
        words = t("merging.about", kept=self._name_of(KEPT), other=self._name_of(OTHER))
        return words + (t("merging.moves", moved=moved) if moved else "")

    def _conflict_grid(self, conflicts: tuple[FieldChoice, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(10))
        grid.setVerticalSpacing(theme.current().px(8))
        for at, choice in enumerate(conflicts):
            field = self._field(choice)
            grid.addWidget(Label(field.title(language()), "caption", wrap=True), at, 0)
            together = QButtonGroup(self)
            self.sides[choice.field] = {}
            for column, (side, record) in enumerate(
                ((KEPT, self.preview.kept), (OTHER, self.preview.other)), start=1
            ):
                radio = QRadioButton(self._value(record, field, choice, side))
                radio.setAccessibleName(f"{field.title(language())} {radio.text()}")
                radio.toggled.connect(self._on_chosen)
                together.addButton(radio)
                grid.addWidget(radio, at, column)
                self.sides[choice.field][side] = radio
        grid.setColumnMinimumWidth(0, theme.current().px(128))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _agreed(self) -> ReadTable:
        table = ReadTable(
            t("merging.agreed"),
            [
                Column(t("merging.field"), 160),
                Column(t("merging.value")),
                Column(t("merging.from")),
            ],
        )
        rows = []
        for choice in self.preview.choices:
            if choice.conflict:
                continue
            field = self._field(choice)
            side = KEPT if choice.side == KEPT else OTHER
            source = self.preview.kept if side == KEPT else self.preview.other
            same = choice.kept.value == choice.other.value
            where = t("merging.both") if same else self._name_of(side)
            words = value_words(source, field, self._context.services.querying.ledger())
            rows.append(Row(choice.field, (
                Cell(field.title(language())), Cell(words or "—"), Cell(where, tone="text2"),
            )))  # fmt: skip
        table.set_rows(rows)
        return table

    def _name_of(self, side: str) -> str:
        """Return a record's name, with its code where the name alone does not tell the two."""
        kept, other = self.preview.kept, self.preview.other
        record = kept if side == KEPT else other
        code = record.text("code") or ""
        if kept.label != other.label or not code:
            return record.label
        return t("ui.with_note", text=record.label, note=code)

    def _field(self, choice: FieldChoice) -> Field:
        return self._context.services.catalogue[self.preview.kept.entity][choice.field]

    def _value(self, record: Record, field: Field, choice: FieldChoice, side: str) -> str:
        words = value_words(record, field, self._context.services.querying.ledger())
        if choice.newer != side:
            return words
        return t("ui.with_note", text=words, note=t("merging.newer"))

    @Slot()
    def _on_chosen(self) -> None:
        left = len(self.preview.conflicts) - len(self.chosen())
        self.set_note(t("merging.left_n", n=left) if left else t("merging.undoable"),
                      "danger" if left else "")  # fmt: skip
        self.button.setEnabled(not left)

    @Slot()
    def _on_merge(self) -> None:
        kept, other = self.preview.kept, self.preview.other
        try:
            self._context.services.merging.merge(kept.entity, kept.key, other.key, self.chosen())
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        words = t("merging.was_merged", name=kept.label)
        self._context.shell.show_toast(words, t("ui.undo"), self._undo)
        self.done.emit(kept.key)

    def _undo(self) -> None:
        self._context.rewinding.undo()


def _name(record: Record) -> Cell:
    code = record.text("code") or record.text("credit_code") or ""
    return Cell(record.label, code)
