# SPDX-License-Identifier: MIT
"""The dialog that changes many records at once, after saying what that would do."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from workbench.application.ledger.bulk_editing import BulkPreview
from workbench.application.ports import Progress
from workbench.domain.fields import Field
from workbench.domain.findings import UserError
from workbench.domain.ledger import Record
from workbench.ui import theme
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.models.problems import finding_text
from workbench.ui.models.record_draft import finding_words
from workbench.ui.pages.ledger.field_line import FieldLine
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_SETTLES_MS = 250
_MOST_RULES = 6
_MOST_NAMES = 3


class BulkDialog(Dialog):
    """Sets one field of many records of one kind; ``done`` carries how many rows changed."""

    done = Signal(int)

    def __init__(self, context: UiContext, host: QWidget, records: Sequence[Record]) -> None:
        entity = context.services.catalogue[records[0].entity]
        title = t("bulk_editing.title", n=len(records), entity=entity.title(language()))
        super().__init__(host, title, width=680, height=520)
        self._context = context
        self._entity = entity
        self._records = list(records)
        self.preview: BulkPreview | None = None
        self._asked = 0
        fields = [(field.key, field.title(language())) for field in entity]
        self.field = ChoiceBox(t("bulk_editing.field"), fields)
        self.field.currentIndexChanged.connect(self._on_field)
        head = QGridLayout()
        head.setHorizontalSpacing(theme.current().px(8))
        label = Label(t("bulk_editing.field"), "caption")
        label.setBuddy(self.field)
        head.addWidget(label, 0, 0)
        head.addWidget(self.field, 0, 1)
        head.setColumnStretch(1, 1)
        self.body.addLayout(head)
        self._place = Box(spacing=0)
        self.body.addWidget(self._place)
        self.line: FieldLine | None = None
        self.clears = QCheckBox(t("bulk_editing.clears"))
        self.clears.toggled.connect(self.recompute)
        self.body.addWidget(self.clears)
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
        self.body.addStretch(1)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.button = self.add_button("", "primary")
        self.button.clicked.connect(self._on_edit)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SETTLES_MS)
        self._clock.timeout.connect(self.recompute)
        self._on_field()

    def values(self) -> dict[str, str]:
        """Return the field and the text that every record gets."""
        typed = self.line.text() if self.line and not self.clears.isChecked() else ""
        return {self.field.chosen(): typed}

    @Slot()
    def recompute(self) -> None:
        """Ask on the worker what the change would do; the newest question wins."""
        self._clock.stop()
        self.button.setEnabled(False)
        self._asked += 1
        if not self.clears.isChecked() and not any(self.values().values()):
            self._ask_value()
            return
        services, values = self._context.services, self.values()
        keys = [record.key for record in self._records]
        as_of, entity = self._context.as_of, self._entity.key
        services.querying.ledger()  # read on the window's thread, used on the worker's

        def work(progress: Progress) -> BulkPreview:
            return services.bulk_editing.preview(entity, keys, values, as_of, progress)

        task = self._context.run(t("bulk_editing.computing"), work)
        task.succeeded.connect(partial(self._on_preview, self._asked))

    def _ask_value(self) -> None:
        """Wait for a value: an empty line is not yet a wish to clear the field."""
        self.preview = None
        self._summary.setText(t("bulk_editing.ask"))
        self._more.hide()
        self.rules.hide()
        self.button.set_text(t("bulk_editing.do", n=0))
        self.set_note("")

    @Slot()
    def _on_field(self) -> None:
        """Offer the editor of the chosen field, empty: what is typed replaces every value."""
        clear_layout(self._place.content)
        field: Field = self._entity[self.field.chosen()]
        blank = Record(self._entity.key, "", {})
        ledger = self._context.services.querying.ledger()
        self.line = FieldLine(self._entity, field, blank, ledger)
        self.line.hide_tools()
        self.line.typed.connect(self._clock.start)
        self._place.add(self.line)
        self.recompute()

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
            who = "、".join(names.get(item.key, "") for item in found[:_MOST_NAMES])
            tone = "danger" if code.endswith("E") else "warn"
            rows.append(Row(code, (
                Cell(code, tone=tone, pill=True),
                Cell(str(len({item.key for item in found}))),
                Cell(finding_text(found[0]), who),
            )))  # fmt: skip
        return rows

    @Slot()
    def _on_edit(self) -> None:
        keys = [record.key for record in self._records]
        try:
            count = self._context.services.bulk_editing.edit(
                self._entity.key, keys, self.values(), self.reason.text().strip()
            )
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        self.done.emit(count)
