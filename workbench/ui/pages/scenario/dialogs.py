# SPDX-License-Identifier: MIT
"""The dialogs of the scenario page: begin one, vary one, fill in a table of rows."""

from collections.abc import Mapping, Sequence
from itertools import count

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QTableWidget, QTableWidgetItem

from workbench.application.money.report import finding_sentence
from workbench.domain.display import editable
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.stating import StatingError, read_valid
from workbench.domain.findings import Finding, UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.scenario.link import pathway_choices
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.label import Label

_SPARE_ROWS = 8


class NewScenarioDialog(Dialog):
    """Asks for model, name and scope of a new scenario and keeps it."""

    made = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.shell.dialog_host, t("scenario.new"), width=560)
        self._context = context
        models = [(key, model.title(language())) for key, model in MODELS.items()]
        self.model = ChoiceBox(t("scenario.model"), models)
        self.name = QLineEdit()
        self.name.setAccessibleName(t("scenario.name"))
        self.scope = ChoiceBox(t("scenario.scope"), self._scopes())
        self.pathway = ChoiceBox(t("scenario_link.pathway"))
        form = Form()
        for key, editor in (
            ("scenario.model", self.model), ("scenario.name", self.name),
            ("scenario.scope", self.scope), ("scenario_link.pathway", self.pathway),
        ):  # fmt: skip
            form.add_field(t(key), editor)
        self.body.addWidget(Label(t("scenario.new_text"), "caption", wrap=True))
        self.body.addLayout(form)
        self.add_cancel()
        self.add_button(t("scenario.make"), "primary").clicked.connect(self._on_make)
        self.model.currentIndexChanged.connect(self._suggest)
        self._suggest()
        KeptTyping(context, self, f"scenario_new:{context.park_key}")

    def _scopes(self) -> list[tuple[str, str]]:
        """Offer the whole park, the assets of the chosen assessment, and each asset."""
        found = [("", t("scenario.whole_park"))]
        ledger, park = self._context.services.querying.ledger(), self._context.park_key
        for entity in ("parcel", "building"):
            for record in ledger.all(entity):
                owner = ledger.park_of(record)
                if owner is not None and owner.key == park:
                    found.append((record.key, record.label))
        return found[:400]

    @Slot()
    def _suggest(self) -> None:
        title = MODELS[self.model.chosen()].title(language())
        taken = {record.label for record in self._context.services.scenarios.all()}
        names = (title if n == 1 else f"{title} {n}" for n in count(1))
        self.name.setText(next(name for name in names if name not in taken))
        self.pathway.set_items(
            pathway_choices(self._context, self.model.chosen()), self.pathway.chosen()
        )

    @Slot()
    def _on_make(self) -> None:
        context = self._context
        try:
            record = context.services.scenarios.create(
                self.name.text(),
                self.model.chosen(),
                context.as_of,
                park_key=context.park_key,
                assets=(asset,) if (asset := self.scope.chosen()) else (),
                assessment_key=context.assessment_key,
                pathway=self.pathway.chosen(),
            )
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        self.made.emit(record)


class NameDialog(Dialog):
    """Asks for a name; ``named`` carries it, and the dialog stays while it is refused."""

    named = Signal(str)

    def __init__(self, context: UiContext, title: str, name: str, act: str) -> None:
        super().__init__(context.shell.dialog_host, title, width=460)
        self.name = QLineEdit(name)
        self.name.setAccessibleName(t("scenario.name"))
        self.name.selectAll()
        self.body.addWidget(self.name)
        self.add_cancel()
        self.add_button(act, "primary").clicked.connect(self._on_act)
        KeptTyping(context, self, f"scenario_name:{title}:{name}")

    @Slot()
    def _on_act(self) -> None:
        self.named.emit(self.name.text())


class RowsDialog(Dialog):
    """Asks for the rows of a table input, such as tiers or tax brackets."""

    filled = Signal(str, object)

    def __init__(
        self, context: UiContext, item: ModelInput, rows: InputValue, kept_at: str
    ) -> None:
        title = item.field.title(language())
        super().__init__(context.shell.dialog_host, title, width=640, height=440)
        self._item = item
        known: Sequence[object] = rows if isinstance(rows, tuple) else ()
        self.table = QTableWidget(len(known) + _SPARE_ROWS, len(item.columns))
        self.table.setAccessibleName(item.field.title(language()))
        heads = [
            f"{c.field.title(language())} {unit_title(c.field.shown_unit)}".strip()
            for c in item.columns
        ]
        self.table.setHorizontalHeaderLabels(heads)
        self.table.horizontalHeader().setStretchLastSection(True)
        for at, row in enumerate(known):
            for place, column in enumerate(item.columns):
                value = row.get(column.key) if isinstance(row, Mapping) else None
                text = "" if value is None else editable(value, column.field)
                self.table.setItem(at, place, QTableWidgetItem(text))
        self.table.resizeColumnsToContents()
        self.body.addWidget(Label(t("scenario.rows_text"), "caption", wrap=True))
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.add_button(t("scenario.take_rows"), "primary").clicked.connect(self._on_take)
        KeptTyping(context, self, f"scenario_rows:{kept_at}")

    @Slot()
    def _on_take(self) -> None:
        self.table.setCurrentCell(-1, -1)  # closes an open editor, so that nothing typed is lost
        written, numbers = [], []
        for at in range(self.table.rowCount()):
            texts = {
                column.key: found.text().strip()
                for place, column in enumerate(self._item.columns)
                if (found := self.table.item(at, place)) is not None
            }
            if any(texts.values()):
                written.append(texts)
                numbers.append(at + 1)
        try:
            rows = read_valid(self._item, written)
        except StatingError as error:
            self.set_note(_at_cell(self._item, error.finding, numbers), "danger")
            return
        self.close_dialog()
        self.filled.emit(self._item.key, rows)


def _at_cell(item: ModelInput, finding: Finding, numbers: Sequence[int]) -> str:
    """Return what is wrong, led by the table's row and column; ``numbers`` are its filled rows."""
    words = finding_sentence(finding, texts_in_use())
    row, _, key = finding.field.partition("[")[2].partition("].")
    titles = {column.key: column.field.title(language()) for column in item.columns}
    number = numbers[int(row) - 1] if row else ""
    return t("scenario.at_cell", row=number, column=titles.get(key, key), words=words)
