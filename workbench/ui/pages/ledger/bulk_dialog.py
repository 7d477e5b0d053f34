# SPDX-License-Identifier: MIT
"""The dialog that changes many records at once, after saying what that would do."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from workbench.application.ledger.bulk_editing import BulkPreview
from workbench.application.ports import Progress
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.models import ledger_table
from workbench.ui.models.problems import finding_text
from workbench.ui.models.record_draft import finding_words
from workbench.ui.pages.ledger.bulk_line import BulkLine
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_SETTLES_MS = 250
_MOST_RULES = 6
_MOST_NAMES = 3


class BulkDialog(Dialog):
    """Sets fields of many records of one kind; ``done`` carries how many rows changed."""

    done = Signal(int)

    def __init__(
        self, context: UiContext, host: QWidget, records: Sequence[Record], field: str = ""
    ) -> None:
        """Begin with the field of the column where the cursor stands, if the kind has it."""
        entity = context.services.catalogue[records[0].entity]
        title = t("bulk_editing.title", n=len(records), entity=entity.title(language()))
        super().__init__(host, title, width=680, height=520)
        self._context = context
        self._entity = entity
        self._records = list(records)
        self.preview: BulkPreview | None = None
        self._asked = 0
        self.lines: list[BulkLine] = []
        self._box = Box("surface", spacing=12, margins=(0, 0, 8, 0))
        self._box.add_stretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._box)
        self.body.addWidget(self._scroll, 1)
        self.more = Button(t("bulk_editing.more"), "ghost", icon="plus")
        self.more.clicked.connect(self.add_line)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._summary = Label("", "strong", wrap=True)
        self._more = Label("", "caption", wrap=True)
        self.rules = ReadTable(
            t("bulk_editing.rules"),
            [
                Column(t("bulk_editing.rule"), 84),
                Column(t("bulk_editing.rows"), 72, right=True),
                Column(t("bulk_editing.why")),
            ],
        )
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("bulk_editing.reason"))
        self.reason.setPlaceholderText(t("bulk_editing.reason"))
        for widget in (self._summary, self._more, self.rules):
            self.body.addWidget(widget)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.button = self.add_button("", "primary")
        self.button.clicked.connect(self._on_edit)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SETTLES_MS)
        self._clock.timeout.connect(self.recompute)
        self._kept: KeptTyping | None = None
        self.add_line()
        if field in entity:
            self.lines[0].field.choose(field)
        self._kept = KeptTyping(context, self, f"bulk:{entity.key}", self._typed, self._type)
        self.reason.textChanged.connect(self._kept.keep)

    def _typed(self) -> dict[str, Any]:
        """Return the words typed: a field alone, without a value, is not yet any."""
        texts = [[line.key(), line.text()] for line in self.lines if line.text()]
        return {"lines": texts, "reason": self.reason.text()}

    def _type(self, state: Mapping[str, Any]) -> None:
        """Put words back that were typed before and not kept."""
        for at, (key, text) in enumerate(state["lines"] or [[self.lines[0].key(), ""]]):
            if at == len(self.lines):
                self.add_line()
            self.lines[at].field.choose(key)
            self.lines[at].line.set_text(text)
        self.reason.setText(state["reason"])
        self.recompute()

    def values(self) -> dict[str, str]:
        """Return the fields and the texts that every record gets; none while one is not filled."""
        texts = {line.key(): line.text() for line in self.lines}
        return {key: text for key, text in texts.items() if text is not None}

    @Slot()
    def add_line(self) -> None:
        """Offer one more field, one that is not being changed yet."""
        used = {line.key() for line in self.lines}
        free = next((field.key for field in self._entity if field.key not in used), "")
        line = BulkLine(self._entity, self._context.services.querying.ledger(), free)
        line.changed.connect(self.recompute)
        line.typed.connect(self._on_typed)
        line.removed.connect(self._on_removed)
        self.lines.append(line)
        self._box.content.insertWidget(len(self.lines) - 1, line)
        self._fit_lines()
        if self.isVisible():
            line.field.setFocus()
        self.recompute()

    @Slot()
    def _on_typed(self) -> None:
        if self._kept is not None:
            self._kept.keep()
        self._clock.start()

    @Slot()
    def _on_removed(self) -> None:
        line = self.sender()
        if isinstance(line, BulkLine):
            self.lines.remove(line)
            self._box.content.removeWidget(line)
            line.deleteLater()
            self._fit_lines()
            self.recompute()

    def _fit_lines(self) -> None:
        """Show two fields whole; more are scrolled. The only one cannot be taken away."""
        for line in self.lines:
            line.remove.setVisible(len(self.lines) > 1)
        height = sum(line.sizeHint().height() for line in self.lines[:2])
        gap = theme.current().px(12) * (min(len(self.lines), 2) - 1)
        self._scroll.setMinimumHeight(height + gap)

    @Slot()
    def recompute(self) -> None:
        """Ask on the worker what the change would do; the newest question wins."""
        self._clock.stop()
        if self._kept is not None:
            self._kept.keep()
        self.button.setEnabled(False)
        self._asked += 1
        services, values = self._context.services, self.values()
        if len(values) < len(self.lines):
            self._ask_value()
            return
        keys = [record.key for record in self._records]
        as_of, entity = self._context.as_of, self._entity.key
        services.querying.ledger()  # read on the window's thread, used on the worker's

        def work(progress: Progress) -> BulkPreview:
            return services.bulk_editing.preview(entity, keys, values, as_of, progress)

        task = self._context.run(t("bulk_editing.computing"), work)
        task.succeeded.connect(partial(self._on_preview, self._asked))

    def _ask_value(self) -> None:
        """Wait for every value: an empty line is not yet a wish to clear the field."""
        self.preview = None
        keys = [line.key() for line in self.lines]
        twice = next((key for key in keys if keys.count(key) > 1), "")
        if twice:
            title = self._entity[twice].title(language())
            self._summary.setText(t("bulk_editing.twice", field=title))
        else:
            self._summary.setText(t("bulk_editing.ask"))
        self._more.hide()
        self.rules.hide()
        self.button.set_text(t("bulk_editing.do", n=0))
        self.set_note("")

    def _on_preview(self, asked: int, preview: BulkPreview) -> None:
        if asked != self._asked:
            return
        self.preview = preview
        self._summary.setText(
            t("bulk_editing.say.summary", total=preview.total, changed=len(preview.changed),
              breaking=preview.breaking, unchanged=preview.unchanged)
        )  # fmt: skip
        more = []
        if preview.overwritten:
            more.append(t("bulk_editing.say.overwritten", n=preview.overwritten))
        if preview.notices:
            more.append(finding_words(preview.notices[0]))
        self._more.setText("\n".join(more))
        self._more.setVisible(bool(more))
        self.rules.set_rows(self._rules(preview))
        self.rules.setVisible(bool(preview.broken))
        changed = len(preview.changed)
        self.button.set_text(t("bulk_editing.do", n=changed))
        if preview.refused:
            self.set_note(finding_words(preview.refused[0].finding), "danger")
        else:
            self.set_note(t("bulk_editing.one_step"))
        self.button.setEnabled(bool(changed) and not preview.refused)

    def _rules(self, preview: BulkPreview) -> list[Row]:
        names = {record.key: record.label for record in self._records}
        rows = []
        for code, found in list(preview.by_rule().items())[:_MOST_RULES]:
            who = t("assessment.comma").join(
                names.get(item.key, "") for item in found[:_MOST_NAMES]
            )
            tone = "danger" if code.endswith("E") else "warn"
            rows.append(Row(code, (
                Cell(code, tone=tone, pill=True),
                Cell(str(len({item.key for item in found}))),
                Cell(finding_text(found[0]), who),
            )))  # fmt: skip
        return rows

    @Slot()
    def _on_edit(self) -> None:
        keys, values = [record.key for record in self._records], self.values()
        work = partial(
            self._context.services.bulk_editing.edit,
            self._entity.key, keys, values, self.reason.text().strip(),
        )  # fmt: skip
        if len(keys) * len(values) > ledger_table.WRITTEN_AT_ONCE:
            words = t("rewinding.writing_step", step=self.button.text())
            self._context.rewinding.write(work, len(keys), words, self._on_written)
            return
        try:
            count = work()
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self._on_written(count)

    def _on_written(self, count: int) -> None:
        self.close_dialog()
        self.done.emit(count)
