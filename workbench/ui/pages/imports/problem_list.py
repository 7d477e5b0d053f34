# SPDX-License-Identifier: MIT
"""The problems of an import, each beside its cell, with the suggestion that one click takes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.application.imports.answers import Answers
from workbench.application.imports.fixes import CellProblem, problems
from workbench.application.imports.preview import Preview, TablePreview
from workbench.application.imports.table_findings import (
    TableFinding,
    left_out_columns,
    table_findings,
)
from workbench.application.imports.words import column_title, problem_sentence, rule_title
from workbench.domain.fields import FieldType
from workbench.domain.findings import Level
from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row
from workbench.ui.widgets.styling import set_style

MOST_ROWS = 400
_ACT = 5
_SAID_ABOVE = ("park_unknown",)
"""What the step says above the list, with its remedy."""

_LONG_WORD = re.compile(r"[0-9A-Za-z._-]{8}(?=[0-9A-Za-z])")
Item = CellProblem | TableFinding
CheckAgain = Callable[[TablePreview, int], None]


def _breakable(text: str) -> str:
    """Let a long number or code go on in the next line."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


class _ValueLine(QLineEdit):
    """The new value; ``back_asked`` tells of an undo when nothing typed here is left to undo."""

    back_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.accept()
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)


class ProblemList(QWidget):
    """The list, its filter by rule, and the line that mends the chosen cell."""

    changed = Signal()

    def __init__(self, check_again: CheckAgain) -> None:
        super().__init__()
        self._check_again = check_again
        self.answers = Answers()
        self._several = False
        self._all: list[Item] = []
        self._shown: list[Item] = []
        self._chosen: Item | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        self._box = Box("card")
        self.table = ReadTable(
            t("import_dialog.list_problems"),
            [
                Column(t("import_dialog.col_row"), width=64),
                Column(t("import_dialog.col_heading"), share=3),
                Column(t("import_dialog.col_raw"), share=3),
                Column(t("import_dialog.col_problem"), share=8),
                Column(t("import_dialog.col_suggestion"), share=3),
                Column(t("import_dialog.col_act"), width=92),
            ],
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self._on_row)
        self.table.cell_clicked.connect(self._on_cell)
        self._nothing = Label(t("import_dialog.no_problems"), "caption", wrap=True)
        self._nothing.setContentsMargins(*[theme.current().px(16)] * 4)
        self._box.add(self.table)
        self._box.add(self._nothing)
        column.addWidget(self._box, 1)
        column.addWidget(self._strip())

    def _strip(self) -> QWidget:
        """Return the line that acts on the chosen problem."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        self.rules = ChoiceBox(t("import_dialog.by_rule"))
        self.rules.setMaximumWidth(theme.current().px(250))
        self.rules.currentIndexChanged.connect(self._on_rule)
        self._about = Label("", "caption", wrap=True)
        self.value = _ValueLine()
        self.value.setAccessibleName(t("import_dialog.new_value"))
        self.value.setPlaceholderText(t("import_dialog.new_value"))
        self.value.setMaximumWidth(theme.current().px(180))
        self.value.returnPressed.connect(self._on_use)
        self.use = Button(t("import_dialog.use_value"))
        self.use.clicked.connect(self._on_use)
        self.blank = Button(t("import_dialog.leave_blank"))
        self.blank.clicked.connect(self._on_blank)
        row.addWidget(self.rules)
        row.addWidget(self._about, 1)
        for widget in (self.value, self.use, self.blank):
            row.addWidget(widget)
        strip.setMinimumHeight(theme.current().px(34))
        return strip

    def show_preview(self, preview: Preview) -> None:
        """List anew; the rule that is looked at stays when it still has problems."""
        whole = [item for item in table_findings(preview) if item.problem.code not in _SAID_ABOVE]
        sheets, columns = ([x for x in whole if bool(x.address) is of] for of in (False, True))
        self._all = [*sheets, *problems(preview), *columns, *left_out_columns(preview)]
        self._several = sum(1 for _ in preview.tables()) > 1
        counts = Counter(item.problem.code for item in self._all)
        words = texts_in_use()
        errors, warnings = (self.of_level(level) for level in (Level.ERROR, Level.WARNING))
        words_for_all = t("import_dialog.all_rules", errors=errors, warnings=warnings)
        items = [("", words_for_all)]
        items += [
            (code, f"{rule_title(code, words)} {count}") for code, count in sorted(counts.items())
        ]
        at = self.rules.chosen()
        self.rules.blockSignals(True)
        self.rules.set_items(items, at if at in counts else "")
        self.rules.blockSignals(False)
        self._list()

    def count(self) -> int:
        """Return how many problems there are; a column that is left out is none."""
        return len(self._all) - self.of_level(Level.INFO)

    def of_cells(self) -> int:
        """Return how many problems concern single cells, not a whole table."""
        return sum(1 for _ in self._cells())

    def of_level(self, level: Level) -> int:
        """Return how many problems of a level there are."""
        return sum(1 for item in self._all if item.problem.level is level)

    def suggestions(self) -> int:
        """Return how many problems have a suggestion."""
        return sum(1 for item in self._cells() if item.suggestion)

    def of_rows(self) -> int:
        """Return how many problems rows take into the ledger beside values that are missing."""
        return sum(1 for item in self._cells() if not item.open)

    def open_cells(self) -> int:
        """Return how many cells stay empty because of a problem."""
        return sum(1 for item in self._cells() if item.open and item.raw)

    def _cells(self) -> Iterator[CellProblem]:
        return (item for item in self._all if isinstance(item, CellProblem))

    def _list(self) -> None:
        code = self.rules.chosen()
        self._shown = [item for item in self._all if code in ("", item.problem.code)]
        rows = [self._row(at, item) for at, item in enumerate(self._shown[:MOST_ROWS])]
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.rules.setVisible(bool(self._all))
        kept = self._again()
        self._choose(self._shown[kept] if kept is not None else None)
        if kept is not None:
            self.table.choose(str(kept))
        elif len(self._shown) > MOST_ROWS:
            words = t("import_dialog.only_first", n=MOST_ROWS, all=len(self._shown))
            self._about.setText(words)

    def _again(self) -> int | None:
        """Return where the chosen problem stands now: what is being typed for it must stay."""
        was = self._chosen
        return next(
            (
                at
                for at, item in enumerate(self._shown[:MOST_ROWS])
                if was is not None and item.table is was.table and _place(item) == _place(was)
            ),
            None,
        )

    def _row(self, at: int, item: Item) -> Row:
        """Return a problem in the list, with the sheet where there are several."""
        sheet = item.table.table.sheet.name if self._several else ""
        if isinstance(item, CellProblem):
            return self._cell_row(at, item, sheet)
        words = texts_in_use()
        told = item.problem.level is Level.INFO
        what = Cell(item.sentence(words), tone="text2" if told else "warn")
        heading = Cell(item.heading or t("import_dialog.whole_table"), sheet)
        row = Cell(item.row or "—", tone="text2")
        return Row(str(at), (row, heading, Cell(item.raw), what, Cell("—", tone="text3"), Cell("")))

    def _cell_row(self, at: int, item: CellProblem, sheet: str) -> Row:
        """Return a problem: row, column, original, what is wrong, suggestion, what to do."""
        words = texts_in_use()
        tone = "danger" if item.problem.level is Level.ERROR or (item.open and item.raw) else "warn"
        hint = t("import_dialog.change_to", value=_measured(item)) if item.suggestion else "—"
        act, act_tone = t("import_dialog.use_value"), "accent"
        if not item.suggestion:
            act = t("import_dialog.fill_in") if item.correctable else ""
            act_tone = "danger" if item.problem.level is Level.ERROR else "text2"
        sentence = problem_sentence(item.problem, words, item.table.entity, item.field)
        return Row(
            str(at),
            (
                Cell(str(item.table.row_number(item.index)), tone="text2"),
                Cell(column_title(item.table, item.field, words), sheet),
                Cell(_breakable(item.raw)),
                Cell(sentence, tone=tone),
                Cell(
                    hint, strong=bool(item.suggestion), tone="text" if item.suggestion else "text3"
                ),
                Cell(act, tone=act_tone),
            ),
        )

    def _choose(self, item: Item | None) -> None:
        self._chosen = item
        for widget in (self.value, self.use):
            widget.setVisible(isinstance(item, CellProblem) and item.correctable)
        self.blank.setVisible(item is not None)
        if item is None:
            self._about.setText(t("import_dialog.hint_problems") if self._all else "")

    @Slot()
    def _on_rule(self) -> None:
        self._list()

    @Slot(str)
    def _on_row(self, key: str) -> None:
        """Offer to mend the problem of a row."""
        item = self._shown[int(key)]
        self._choose(item)
        if isinstance(item, TableFinding):
            self._about.setText(t("import_dialog.about_whole", field=item.heading))
            return
        title = column_title(item.table, item.field, texts_in_use())
        row = item.table.row_number(item.index)
        self._about.setText(t("import_dialog.about", row=row, field=title))
        set_style(self.value, "state", "")
        self.value.setText(item.suggestion)
        if item.correctable:
            self.value.setFocus()
            self.value.selectAll()

    @Slot(str, int)
    def _on_cell(self, key: str, column: int) -> None:
        """Take the suggestion of a row at once where its last column is clicked."""
        item = self._shown[int(key)]
        if column == _ACT and isinstance(item, CellProblem) and item.suggestion:
            self._on_use()

    @Slot()
    def _on_use(self) -> None:
        """Take the typed value; one that cannot be read stays in the field."""
        item = self._chosen
        if not isinstance(item, CellProblem):
            return
        if self.answers.give(item, self.value.text()):
            self._check_again(item.table, item.index)
            self._go_on(item)
        else:
            set_style(self.value, "state", "error")
            self._about.setText(t("import_dialog.not_read", text=self.value.text()))

    @Slot()
    def _on_blank(self) -> None:
        item = self._chosen
        if item is None:
            return
        self.answers.leave(item)
        self._go_on(item)

    def look_at(self, table: TablePreview, index: int) -> None:
        """Go to the first problem of a row, whatever the list is filtered by."""
        self.rules.choose("")
        self._list()
        for at, item in enumerate(self._shown[:MOST_ROWS]):
            if isinstance(item, CellProblem) and (item.table, item.index) == (table, index):
                self.table.choose(str(at))
                self._on_row(str(at))
                return

    def _go_on(self, item: Item) -> None:
        """List anew and go on to the problem that is now in the same place."""
        at = self._shown.index(item)
        self.changed.emit()
        if self._shown:
            key = str(min(at, len(self._shown) - 1, MOST_ROWS - 1))
            self.table.choose(key)
            self._on_row(key)


def _place(item: Item) -> tuple[str | int, ...]:
    """Return what tells a problem from the others of its table."""
    if isinstance(item, CellProblem):
        return item.index, item.field, item.problem.code
    return item.row, item.address, item.problem.code


def _measured(item: CellProblem) -> str:
    """Return the suggestion with the unit that it would be read in, where it names none."""
    bare = item.suggestion.replace(",", "").replace(".", "", 1).isdigit()
    field = item.declared
    measured = bare and field is not None and field.type in (FieldType.AREA, FieldType.MONEY)
    if not measured or field is None:
        return item.suggestion
    return t("import_dialog.measured", value=item.suggestion, unit=unit_title(item.unit))
