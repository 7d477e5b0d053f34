# SPDX-License-Identifier: MIT
"""The step that shows what each column was understood as; everything can be changed."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.application.imports.attached import MARK, choices_for, entity_of
from workbench.application.imports.choices import LEAVE_OUT, PARTED, Spot
from workbench.application.imports.preview import (
    IgnoredSheet,
    Preview,
    TablePreview,
)
from workbench.application.imports.table_findings import remarks_on
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.parsing.dates import DAY_MONTH_YEAR, MONTH_DAY_YEAR
from workbench.domain.tables.finder import Column
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.imports.column_words import (
    first_lines,
    heading_of,
    ignored_name,
    ignored_words,
    samples_of,
    table_name,
)
from workbench.ui.pages.imports.header_rows import HeaderRows
from workbench.ui.pages.imports.questions import Questions
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill

_SURE = 0.95
_WHOLE = "|"
"""Chosen for a part of a column that holds several fields: read the column as one."""
_ORDER = "day_order_unknown"
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
        self._tables: list[TablePreview] = []
        self._ignored: list[tuple[str, IgnoredSheet]] = []
        self._fields: dict[str, ChoiceBox] = {}
        self._units: dict[str, ChoiceBox] = {}
        self._back_to: tuple[str, bool, int] | None = None
        """Address of the column changed, whether its unit was, and how far was scrolled."""
        self.questions: Questions | None = None
        self.forget()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.table = ChoiceBox(t("import_dialog.table"))
        self.table.currentIndexChanged.connect(self._show_table)
        self.header = HeaderRows()
        self.header.changed.connect(self._on_header)
        kinds = [(entity.key, entity.title(language())) for entity in CATALOGUE.ledger()]
        self.entity = ChoiceBox(
            t("import_dialog.entity"), [*kinds, (LEAVE_OUT, t("import_dialog.leave_table_out"))]
        )
        self.entity.activated.connect(self._on_entity)
        row.addWidget(Label(t("import_dialog.table"), "caption"))
        row.addWidget(self.table, 1)
        row.addWidget(self.header)
        row.addWidget(Label(t("import_dialog.entity"), "caption"))
        row.addWidget(self.entity)
        column.addLayout(row)
        column.addWidget(self._remembered_line())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)
        self._left_out = Label("", "hint", wrap=True)
        column.addWidget(self._left_out)

    def _remembered_line(self) -> QWidget:
        """Return the line that says that an earlier import settled this layout."""
        self._remembered = QWidget()
        row = QHBoxLayout(self._remembered)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        row.addWidget(Label(t("import_dialog.remembered"), "hint"))
        self.read_afresh = Button(t("import_dialog.afresh"), "link")
        self.read_afresh.clicked.connect(self._on_afresh)
        row.addWidget(self.read_afresh)
        row.addStretch(1)
        self._remembered.hide()
        return self._remembered

    def forget(self) -> None:
        """Forget what was chosen, as for other files."""
        self.entities: dict[Spot, str] = {}
        self.columns: dict[Spot, str] = {}
        self.units: dict[Spot, str] = {}
        self.headers: dict[tuple[str, str], tuple[int, int]] = {}
        self.every: dict[Spot, str] = {}
        self.rows: dict[tuple[str, str, int], str] = {}
        self.afresh = False

    def show_preview(self, preview: Preview) -> None:
        """Show another reading; the same table stays chosen."""
        at = max(self.table.currentIndex(), 0)
        self._tables = list(preview.tables())
        self._ignored = [
            (file.name, item)
            for file in preview.files
            for item in file.ignored
            if item.raw is not None and item.raw.rows
        ]
        names = [(str(n), table_name(table)) for n, table in enumerate(self._tables)]
        names += [(f"-{n}", ignored_name(*item)) for n, item in enumerate(self._ignored)]
        self.table.blockSignals(True)
        self.table.set_items(names, names[min(at, len(names) - 1)][0] if names else "")
        self.table.blockSignals(False)
        self._left_out.setText(ignored_words(preview.files))
        self._left_out.setVisible(bool(self._left_out.text()))
        self._show_table()
        self._go_back()

    def _go_back(self) -> None:
        """Put focus and scroll bar where a column was changed, for its neighbour is next."""
        if self._back_to is not None:
            QTimer.singleShot(0, self, self._to_changed)  # what was just made is shown by then

    @Slot()
    def _to_changed(self) -> None:
        place, self._back_to = self._back_to, None
        if place is None:
            return
        address, of_unit, scrolled = place
        boxes = self._units if of_unit else self._fields
        if (box := boxes.get(address)) is not None:
            box.setFocus()
            self._scroll.verticalScrollBar().setValue(scrolled)

    def field(self, address: str) -> ChoiceBox:
        """Return the choice of a column's field."""
        return self._fields[address]

    def _current(self) -> TablePreview | None:
        at = self.table.currentIndex()
        return self._tables[at] if 0 <= at < len(self._tables) else None

    def _current_ignored(self) -> tuple[str, IgnoredSheet] | None:
        at = self.table.currentIndex() - len(self._tables)
        return self._ignored[at] if 0 <= at < len(self._ignored) else None

    @Slot()
    def _show_table(self) -> None:
        table = self._current()
        box = Box("surface", margins=(0, 0, 10, 0))
        self._scroll.setWidget(box)
        self._fields, self._units = {}, {}
        self._remembered.setVisible(table is not None and table.remembered)
        self.entity.setEnabled(table is not None)
        if table is not None:
            self.entity.choose(table.entity)
            self.header.show_rows(table.table.header_rows, fixed=table.table.places is not None)
            self.questions = Questions(table)
            self.questions.said_of_all.connect(self._on_said_of_all)
            self.questions.said_of_row.connect(self._on_said_of_row)
            if self.questions.any:
                box.content.addWidget(self.questions)
            self._show_columns(box, table)
        elif (ignored := self._current_ignored()) is not None:
            self.entity.choose(LEAVE_OUT)
            self.header.show_rows((), fixed=False)
            if ignored[1].raw is not None:
                box.content.addWidget(Label(t("import_dialog.point_at_header"), "body", wrap=True))
                box.content.addWidget(Label(first_lines(ignored[1].raw), "hint", wrap=True))
        box.add_stretch()

    def _show_columns(self, box: Box, table: TablePreview) -> None:
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        titles = ("column", "heading", "samples", "field", "unit", "confidence")
        for at, key in enumerate(titles):
            grid.addWidget(Label(t(f"import_dialog.col_{key}"), "caption"), 0, at)
        grid.addWidget(Hairline(), 1, 0, 1, len(titles))
        for at, column in enumerate(table.table.columns):
            self._add_column(grid, 2 * at + 2, table, column)
            if remarks := remarks_on(table, column, texts_in_use()):
                words = Label("\n".join(remarks), "hint", tone="warn", wrap=True)
                grid.addWidget(words, 2 * at + 3, 1, 1, len(titles) - 1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 4)
        box.content.addLayout(grid)

    def _add_column(self, grid: QGridLayout, row: int, table: TablePreview, column: Column) -> None:
        spec = table.spec
        heading = heading_of(column)
        field = column.match.field if column.match else ""
        carried, sure_of = _carried(table, column)
        items = [("", t("import_dialog.leave_out"))]
        items += [(f.key, f.title(language())) for f in spec]
        items += _carried_choices(table.entity)
        if column.part is not None:
            items.append((_WHOLE, t("import_dialog.as_one")))
        elif column.address in table.table.joined:
            items.append((PARTED, t("import_dialog.as_several")))
        held = field or carried or table.linked_by(column)
        choice = ChoiceBox(t("import_dialog.field_of", heading=heading), items, held)
        choice.setMaximumWidth(theme.current().px(190))
        choice.setProperty("address", column.address)
        choice.activated.connect(self._on_field)
        self._fields[column.address] = choice
        grid.addWidget(Label(column.address, "caption"), row, 0)
        grid.addWidget(Label(heading, "strong", wrap=True), row, 1)
        grid.addWidget(Label(samples_of(table, column), "hint", wrap=True), row, 2)
        grid.addWidget(choice, row, 3)
        kind, unit = _measured(table, column)
        if units := _units_to_choose(table, column, kind, unit):
            known = [("", t("import_dialog.no_unit")), *((u, unit_title(u)) for u in units)]
            if unit and unit not in units:
                known.append((unit, unit))
            box = ChoiceBox(t("import_dialog.unit_of", heading=heading), known, unit)
            box.setProperty("address", column.address)
            box.activated.connect(self._on_unit)
            self._units[column.address] = box
            grid.addWidget(box, row, 4)
        sure = column.match.confidence if column.match is not None else sure_of
        if not sure:
            grid.addWidget(
                Pill(t(f"import_dialog.{_unread_word(table, column)}"), "neutral"), row, 5
            )
        else:
            grid.addWidget(Pill(f"{sure:.0%}", "success" if sure >= _SURE else "warn"), row, 5)

    def _spot(self, address: str) -> Spot | None:
        table = self._current()
        if table is None:
            return None
        return (table.file, table.table.sheet.name, table.table.header_rows[0], address)

    @Slot()
    def _on_entity(self) -> None:
        table = self._current()
        if table is None or self.entity.chosen() == table.entity:
            return
        if spot := self._spot(table.table.spot):
            self.entities[spot] = self.entity.chosen()
            self.changed.emit()

    @Slot()
    def _on_header(self) -> None:
        """Read the sheet again under the rows that the person points at."""
        rows = self.header.rows()
        if (table := self._current()) is not None:
            self.headers[table.file, table.table.sheet.name] = rows
        elif (ignored := self._current_ignored()) is not None:
            self.headers[ignored[0], ignored[1].sheet] = rows
            sheet = (ignored[0], ignored[1].sheet)
            self.entities = {k: v for k, v in self.entities.items() if k[:2] != sheet}
        self.changed.emit()

    @Slot()
    def _on_afresh(self) -> None:
        """Read without what earlier imports settled."""
        self.afresh = True
        self.changed.emit()

    @Slot()
    def _on_field(self) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox) and box.chosen() == _WHOLE:
            whole = str(box.property("address")).partition("/")[0]
            if spot := self._spot(whole):
                self.columns[spot] = ""
                self.changed.emit()
        else:
            if isinstance(box, ChoiceBox) and (spot := self._spot(str(box.property("address")))):
                self.units.pop(spot, None)  # 公顷 was chosen for an area, not for what it is now
            self._take(self.columns)

    @Slot()
    def _on_unit(self) -> None:
        self._take(self.units)

    @Slot(str, str)
    def _on_said_of_all(self, field: str, value: str) -> None:
        if spot := self._spot(field):
            self.every[spot] = value
            self.changed.emit()

    @Slot(int, str)
    def _on_said_of_row(self, row: int, entity: str) -> None:
        if (table := self._current()) is not None:
            self.rows[table.file, table.table.sheet.name, row] = entity
            self.changed.emit()

    def _take(self, into: dict[Spot, str]) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox) and (spot := self._spot(str(box.property("address")))):
            into[spot] = box.chosen()
            scrolled = self._scroll.verticalScrollBar().value()
            self._back_to = (spot[-1], into is self.units, scrolled)
            self.changed.emit()


def _unread_word(table: TablePreview, column: Column) -> str:
    """Return the text key that says why a column has no field here."""
    if table.choices.fields.get(column.address) == "":
        return "leave_out"
    if table.linked_by(column):
        return "links_asset"
    if column.numbers_rows:
        return "numbers_rows"
    return "read_elsewhere" if column.elsewhere else "unknown"


def _units_to_choose(
    table: TablePreview, column: Column, kind: FieldType, unit: str
) -> tuple[str, ...]:
    """Return the units that a column may be in; of days the order, where the year comes last."""
    if kind is FieldType.DATE:
        asked = any(at == column.address and p.code == _ORDER for at, p in table.problems)
        return (DAY_MONTH_YEAR, MONTH_DAY_YEAR) if asked or unit else ()
    return _UNITS.get(kind, ())


def _measured(table: TablePreview, column: Column) -> tuple[FieldType, str]:
    """Return the type of what a column holds, its own or another record's, and its unit."""
    for preview in (table, *table.attached):
        for data in preview.columns.values():
            if data.column is not None and data.column.address == column.address:
                return data.field.type, data.unit
    return FieldType.TEXT, ""


def _carried(table: TablePreview, column: Column) -> tuple[str, float]:
    """Return the field of another record that a column holds, and how sure that is."""
    for attached in table.attached:
        for name, data in attached.columns.items():
            place = data.column
            if attached.host and place and place.address == column.address:
                sure = place.match.confidence if place.match else 0.0
                return f"{MARK}{attached.host.attachment}:{name}", sure
    return "", 0.0


def _carried_choices(entity: str) -> list[tuple[str, str]]:
    """Return what a column may be of the records that a row carries."""
    found = []
    for key, kind, field in choices_for(entity):
        other = CATALOGUE[entity_of(entity, kind)]
        title = other[field].title(language())
        found.append(
            (key, t("import_dialog.carried", kind=t(f"importing.kind_{kind}"), field=title))
        )
    return found
