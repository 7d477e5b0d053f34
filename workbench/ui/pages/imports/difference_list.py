# SPDX-License-Identifier: MIT
"""What a file states otherwise than the ledger, field by field: take it, or keep what is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.application.imports.commit import Decisions
from workbench.application.imports.preview import (
    Difference,
    Outcome,
    Preview,
    TablePlace,
    TablePreview,
)
from workbench.application.imports.words import record_name
from workbench.domain.display import shown
from workbench.domain.fields import Field
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.imports.problem_list import MOST_ROWS
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, Segments
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

RowId = tuple[int, int]
"""A table's place in the preview, and a row's place in the table."""
Said = tuple[TablePlace, tuple[int, int], str, str]
"""Table, row (number and place), field and the file's value: it is the same in any reading."""
NameOf = Callable[[str, str], str]
"""What a person calls the record of an entity and key."""
TAKE, KEEP, NEW = "take", "keep", "new"
_TONES = {TAKE: "success", KEEP: "neutral", NEW: "info", "": "warn"}
_ACT = 5
_DECIDED = (Outcome.REVIEW, Outcome.CHANGED)


@dataclass(frozen=True, slots=True)
class _Line:
    """One field of one row that differs."""

    row: RowId
    table: TablePreview
    difference: Difference

    @property
    def field(self) -> Field:
        return self.table.spec[self.difference.field]

    @property
    def place(self) -> Said:
        """Return what a decision about this line is about."""
        row = (self.table.row_number(self.row[1]), self.row[1])
        return self.table.known_by, row, self.difference.field, _new(self)


class DifferenceList(QWidget):
    """The list and the line that decides about one field, one field of all rows, or all."""

    changed = Signal()

    def __init__(self, name_of: NameOf) -> None:
        super().__init__()
        self._name_of = name_of
        self._lines: list[_Line] = []
        self._chosen: _Line | None = None
        self._several = False
        self._said: dict[Said, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        box = Box("card")
        self.table = ReadTable(
            t("import_dialog.list_review"),
            [
                Column(t("import_dialog.col_row"), width=64),
                Column(t("import_dialog.col_record"), share=4),
                Column(t("import_dialog.col_field"), share=3),
                Column(t("import_dialog.col_old"), share=4),
                Column(t("import_dialog.col_new"), share=4),
                Column(t("import_dialog.col_act"), width=104),
            ],
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self._on_row)
        self.table.cell_clicked.connect(self._on_cell)
        self._nothing = Label(t("import_dialog.no_review"), "caption", wrap=True)
        self._nothing.setContentsMargins(*[theme.current().px(16)] * 4)
        box.add(self.table)
        box.add(self._nothing)
        column.addWidget(box, 1)
        column.addWidget(self._strip())

    def _strip(self) -> QWidget:
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        self._about = Label("", "caption", wrap=True)
        self.act = Segments([(key, t(f"import_dialog.{key}")) for key in (TAKE, KEEP, NEW)], KEEP)
        self.act.chosen.connect(self._on_act)
        self.field_take = Button(t("import_dialog.field_take"))
        self.field_keep = Button(t("import_dialog.field_keep"))
        self.take_all = Button(t("import_dialog.update_all"))
        self.keep_all = Button(t("import_dialog.keep_all"))
        self.field_take.clicked.connect(self._on_field_take)
        self.field_keep.clicked.connect(self._on_field_keep)
        self.take_all.clicked.connect(self._on_take_all)
        self.keep_all.clicked.connect(self._on_keep_all)
        row.addWidget(self._about, 1)
        for widget in (
            self.act, self.field_take, self.field_keep, self.take_all, self.keep_all,
        ):  # fmt: skip
            row.addWidget(widget)
        strip.setMinimumHeight(theme.current().px(34))
        return strip

    def show_preview(self, preview: Preview) -> None:
        """List anew; what was said about fields that still differ stays."""
        self._lines = list(_lines(preview))
        self._several = sum(1 for _ in preview.tables()) > 1
        self._list()

    def rows(self) -> int:
        """Return how many rows have differences."""
        return len({line.row for line in self._lines})

    def undecided(self) -> int:
        """Return how many rows have fields that nobody decided about."""
        return len({line.row for line in self._lines if not self._what(line)})

    def decisions(self) -> Decisions:
        """Return what was decided, as the import takes it."""
        rows: dict[RowId, str] = {}
        keep: dict[RowId, frozenset[str]] = {}
        by_row: dict[RowId, list[_Line]] = {}
        for line in self._lines:
            by_row.setdefault(line.row, []).append(line)
        for row, lines in by_row.items():
            said = {line.difference.field: self._what(line) for line in lines}
            if NEW in said.values():
                rows[row] = Decisions.NEW
            elif TAKE in said.values():
                rows[row] = Decisions.UPDATE
                keep[row] = frozenset(name for name, what in said.items() if what != TAKE)
            else:
                rows[row] = Decisions.SKIP
        return Decisions(rows, keep)

    def _what(self, line: _Line) -> str:
        """Return what was said about a line, "" for nothing yet."""
        said = self._said.get(line.place, "")
        if said:
            return said
        changed = line.table.outcomes[line.row[1]] is Outcome.CHANGED
        return TAKE if changed else ""

    def _list(self) -> None:
        chosen = self._chosen
        rows = [self._row(at, line) for at, line in enumerate(self._lines[:MOST_ROWS])]
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.take_all.setVisible(bool(rows))
        self.keep_all.setVisible(bool(rows))
        self._choose(chosen if chosen in self._lines else None)
        if len(self._lines) > MOST_ROWS and self._chosen is None:
            words = t("import_dialog.only_first", n=MOST_ROWS, all=len(self._lines))
            self._about.setText(words)

    def _row(self, at: int, line: _Line) -> Row:
        what = self._what(line)
        index = line.row[1]
        sheet = line.table.table.sheet.name if self._several else ""
        return Row(
            str(at),
            (
                Cell(str(line.table.row_number(index)), tone="text2"),
                Cell(record_name(line.table, index, texts_in_use()), sheet, strong=True),
                Cell(line.field.title(language())),
                Cell(self._old(line) or "—", tone="text2"),
                Cell(_new(line)),
                Cell(t(f"import_dialog.{what or 'undecided'}"), tone=_TONES[what], pill=True),
            ),
        )

    def _old(self, line: _Line) -> str:
        old = line.difference.old
        if line.field.target:
            return self._name_of(line.field.target, str(old)) if old else ""
        return _with_unit(shown(old, line.field, language()), line.field)

    def _choose(self, line: _Line | None) -> None:
        self._chosen = line
        for widget in (self.act, self.field_take, self.field_keep):
            widget.setVisible(line is not None)
        if line is None:
            self._about.setText(t("import_dialog.hint_review") if self._lines else "")
            return
        if what := self._what(line):
            self.act.set_current(what)
        else:
            self.act.choose_none()
        self._about.setText(
            t(
                "import_dialog.about",
                row=line.table.row_number(line.row[1]),
                field=line.field.title(language()),
            )
        )

    def _say(self, lines: list[_Line], what: str) -> None:
        for line in lines:
            self._said[line.place] = what
        self._list()
        self.changed.emit()

    @Slot(str)
    def _on_row(self, key: str) -> None:
        self._choose(self._lines[int(key)])

    @Slot(str, int)
    def _on_cell(self, key: str, column: int) -> None:
        """Take or keep one field at once where its last column is clicked."""
        if column == _ACT:
            line = self._lines[int(key)]
            self._say([line], KEEP if self._what(line) == TAKE else TAKE)

    @Slot(str)
    def _on_act(self, what: str) -> None:
        line = self._chosen
        if line is None:
            return
        whole_row = what == NEW or self._what(line) == NEW
        lines = [x for x in self._lines if x.row == line.row] if whole_row else [line]
        self._say(lines, what)

    @Slot()
    def _on_field_take(self) -> None:
        self._say(self._same_field(), TAKE)

    @Slot()
    def _on_field_keep(self) -> None:
        self._say(self._same_field(), KEEP)

    def _same_field(self) -> list[_Line]:
        chosen = self._chosen
        if chosen is None:
            return []
        return [line for line in self._lines if line.field is chosen.field]

    @Slot()
    def _on_take_all(self) -> None:
        self._say(self._lines, TAKE)

    @Slot()
    def _on_keep_all(self) -> None:
        self._say(self._lines, KEEP)


def _lines(preview: Preview) -> Iterator[_Line]:
    """Yield every field that differs in a row that would change, or that needs a decision."""
    for at, table in enumerate(preview.everything()):
        for index, differences in table.differences.items():
            if index not in table.barred and table.outcomes[index] in _DECIDED:
                yield from (_Line((at, index), table, item) for item in differences)


def _new(line: _Line) -> str:
    if line.field.target:
        return str(line.table.columns[line.difference.field].values[line.row[1]] or "")
    return _with_unit(shown(line.difference.new, line.field, language()), line.field)


def _with_unit(words: str, field: Field) -> str:
    return f"{words} {unit_title(field.shown_unit)}".strip() if words and field.numeric else words
