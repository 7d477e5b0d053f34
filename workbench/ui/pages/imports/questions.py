# SPDX-License-Identifier: MIT
"""What one table leaves to its reader: one kind for all rows, and what single rows are."""

from PySide6.QtCore import Signal, Slot

from workbench.application.imports.preview import TablePreview
from workbench.application.imports.said_of_all import ASKED, suggestion, untold
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.asset_words import HOUSE, LAND
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label

_MOST = 30
"""So many rows are asked about here; the others stand in the list of problems."""


class Questions(Box):
    """One line for each question; the signals say a field's value for all, or what a row is."""

    said_of_all = Signal(str, str)
    said_of_row = Signal(int, str)

    def __init__(self, table: TablePreview) -> None:
        super().__init__(spacing=6)
        self.every: ChoiceBox | None = None
        self.take: Button | None = None
        self.rows: dict[int, ChoiceBox] = {}
        field = ASKED.get(table.entity, "")
        if field and (field in table.choices.every or untold(table)):
            self._ask_of_all(table, field)
        untold_rows = table.table.untold & {number for number, _ in table.table.rows}
        for number in sorted(untold_rows)[:_MOST]:
            self._ask_of_row(table, number)

    @property
    def any(self) -> bool:
        """Tell whether there is a question."""
        return self.every is not None or bool(self.rows)

    def _ask_of_all(self, table: TablePreview, key: str) -> None:
        field, said = table.spec[key], table.choices.every.get(key, "")
        title = field.title(language())
        count = untold(table)
        words = t("import_dialog.every_row", field=title, n=count) if count else t(
            "import_dialog.every_row_said", field=title
        )  # fmt: skip
        choices = [(choice.value, choice.title(language())) for choice in field.choices]
        self.every = ChoiceBox(title, [("", t("import_dialog.row_by_row")), *choices], said)
        self.every.activated.connect(self._on_all)
        self.every.setProperty("field", key)
        line = Box(horizontal=True, spacing=8)
        line.content.addWidget(Label(words, "body"))
        line.content.addWidget(self.every)
        if (likely := suggestion(table)) and not said:
            shown = next(title for value, title in choices if value == likely)
            self.take = Button(t("import_dialog.all_are", value=shown), "link")
            self.take.setProperty("value", likely)
            self.take.clicked.connect(self._on_take)
            line.content.addWidget(self.take)
        line.content.addStretch(1)
        self.content.addWidget(line)

    def _ask_of_row(self, table: TablePreview, number: int) -> None:
        index = next(at for at, (row, _) in enumerate(table.table.rows) if row == number)
        name = str(table.values(index).get("name", ""))
        words = t("import_dialog.row_is", row=number, name=name)
        kinds = [(key, CATALOGUE[key].title(language())) for key in (HOUSE, LAND)]
        box = ChoiceBox(words, kinds, table.entity)
        box.setProperty("row", number)
        box.activated.connect(self._on_row)
        self.rows[number] = box
        line = Box(horizontal=True, spacing=8)
        line.content.addWidget(Label(words, "body"))
        line.content.addWidget(box)
        line.content.addStretch(1)
        self.content.addWidget(line)

    @Slot()
    def _on_all(self) -> None:
        if self.every is not None:
            self.said_of_all.emit(str(self.every.property("field")), self.every.chosen())

    @Slot()
    def _on_take(self) -> None:
        if self.every is not None and self.take is not None:
            key = str(self.every.property("field"))
            self.said_of_all.emit(key, str(self.take.property("value")))

    @Slot()
    def _on_row(self) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox):
            self.said_of_row.emit(int(box.property("row")), box.chosen())
