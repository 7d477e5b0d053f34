# SPDX-License-Identifier: MIT
"""The step that shows what each column was understood as; everything can be changed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.application.import_preview import FilePreview, Preview, TablePreview
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.parsing.text import shown
from workbench.domain.tables.finder import Column
from workbench.ui import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill

Place = tuple[str, int, str]
_SURE = 0.95
_SAMPLES = 3
_UNITS = {
    FieldType.AREA: ("㎡", "亩", "公顷", "万㎡"),
    FieldType.MONEY: ("元", "万元", "亿元"),
}


class ColumnsStep(QWidget):
    """One table at a time; ``changed`` asks to read the files again with what was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self.entities: dict[Place, str] = {}
        self.columns: dict[Place, str] = {}
        self.units: dict[Place, str] = {}
        self._catalogue = CATALOGUE
        self._tables: list[TablePreview] = []
        self._fields: dict[str, ChoiceBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.table = ChoiceBox(t("import_dialog.table"))
        self.table.currentIndexChanged.connect(self._show_table)
        self.entity = ChoiceBox(
            t("import_dialog.entity"),
            [(entity.key, entity.title(language())) for entity in CATALOGUE.ledger()],
        )
        self.entity.activated.connect(self._on_entity)
        row.addWidget(Label(t("import_dialog.table"), "caption"))
        row.addWidget(self.table, 1)
        row.addWidget(Label(t("import_dialog.entity"), "caption"))
        row.addWidget(self.entity)
        column.addLayout(row)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)
        self._ignored = Label("", "hint", wrap=True)
        column.addWidget(self._ignored)

    def forget(self) -> None:
        """Forget what was chosen, as for other files."""
        self.entities, self.columns, self.units = {}, {}, {}

    def show_preview(self, preview: Preview) -> None:
        """Show another reading; the same table stays chosen."""
        at = max(self.table.currentIndex(), 0)
        self._catalogue = preview.catalogue
        self._tables = list(preview.tables())
        names = [(str(n), _table_name(table)) for n, table in enumerate(self._tables)]
        self.table.blockSignals(True)
        self.table.set_items(names, str(min(at, len(names) - 1)))
        self.table.blockSignals(False)
        self._ignored.setText(_ignored_words(preview.files))
        self._ignored.setVisible(bool(self._ignored.text()))
        self._show_table()

    def field(self, letter: str) -> ChoiceBox:
        """Return the choice of a column's field."""
        return self._fields[letter]

    def _current(self) -> TablePreview | None:
        at = self.table.currentIndex()
        return self._tables[at] if 0 <= at < len(self._tables) else None

    @Slot()
    def _show_table(self) -> None:
        table = self._current()
        px = theme.current().px
        box = Box("surface", margins=(0, 0, 10, 0))
        self._scroll.setWidget(box)
        self._fields = {}
        if table is None:
            return
        self.entity.choose(table.entity)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        titles = ("column", "heading", "samples", "field", "unit", "confidence")
        for at, key in enumerate(titles):
            grid.addWidget(Label(t(f"import_dialog.col_{key}"), "caption"), 0, at)
        grid.addWidget(Hairline(), 1, 0, 1, len(titles))
        for at, column in enumerate(table.table.columns):
            self._add_column(grid, at + 2, table, column)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 4)
        box.content.addLayout(grid)
        box.add_stretch()

    def _add_column(self, grid: QGridLayout, row: int, table: TablePreview, column: Column) -> None:
        spec = self._catalogue[table.entity]
        heading = column.heading.text or t("import_dialog.no_heading")
        field = column.match.field if column.match else ""
        items = [("", t("import_dialog.leave_out"))]
        items += [(f.key, f.title(language())) for f in spec]
        choice = ChoiceBox(t("import_dialog.field_of", heading=heading), items, field)
        choice.setProperty("letter", column.letter)
        choice.activated.connect(self._on_field)
        self._fields[column.letter] = choice
        grid.addWidget(Label(column.letter, "caption"), row, 0)
        grid.addWidget(Label(heading, "strong", wrap=True), row, 1)
        grid.addWidget(Label(_samples(table, column), "hint", wrap=True), row, 2)
        grid.addWidget(choice, row, 3)
        if field and (units := _UNITS.get(spec[field].type)):
            unit = table.columns[field].unit if field in table.columns else column.unit
            known = [("", t("import_dialog.no_unit")), *((u, unit_title(u)) for u in units)]
            if unit and unit not in units:
                known.append((unit, unit))
            box = ChoiceBox(t("import_dialog.unit_of", heading=heading), known, unit)
            box.setProperty("letter", column.letter)
            box.activated.connect(self._on_unit)
            grid.addWidget(box, row, 4)
        if column.match is None:
            grid.addWidget(Pill(t("import_dialog.unknown"), "neutral"), row, 5)
        else:
            sure = column.match.confidence >= _SURE
            words = f"{column.match.confidence:.0%}"
            grid.addWidget(Pill(words, "success" if sure else "warn"), row, 5)

    def _place(self, letter: str) -> Place | None:
        table = self._current()
        if table is None:
            return None
        return (table.table.sheet.name, table.table.header_rows[0], letter)

    @Slot()
    def _on_entity(self) -> None:
        table = self._current()
        if table is None or self.entity.chosen() == table.entity:
            return
        if place := self._place(table.table.columns[0].letter):
            self.entities[place] = self.entity.chosen()
            self.changed.emit()

    @Slot()
    def _on_field(self) -> None:
        self._take(self.columns)

    @Slot()
    def _on_unit(self) -> None:
        self._take(self.units)

    def _take(self, into: dict[Place, str]) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox) and (place := self._place(str(box.property("letter")))):
            into[place] = box.chosen()
            self.changed.emit()


def _table_name(table: TablePreview) -> str:
    return t(
        "import_dialog.table_name",
        file=table.file,
        sheet=table.table.sheet.name,
        row=table.table.header_rows[0],
        n=table.table.read,
    )


def _samples(table: TablePreview, column: Column) -> str:
    """Return the first few different values of a column."""
    found: Mapping[str, None] = dict.fromkeys(
        text
        for _, cells in table.table.rows[:40]
        if (text := shown(cells[column.position]).strip())
    )
    return t("ledger.and").join(list(found)[:_SAMPLES])


def _ignored_words(files: list[FilePreview]) -> str:
    """Name the sheets that were not read, and why."""
    words = [
        t("import_dialog.ignored", sheet=item.sheet, why=t(f"importing.ignored.{item.reason}"))
        for file in files
        for item in file.ignored
    ]
    return t("import_dialog.ignored_sheets", sheets=t("ledger.and").join(words)) if words else ""
