# SPDX-License-Identifier: MIT
"""The step that lists what a person should look at before anything is stored."""

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.application.imports.answers import Answers
from workbench.application.imports.commit import Decisions
from workbench.application.imports.preview import Outcome, Preview, TablePreview
from workbench.application.imports.words import problem_sentence, record_name
from workbench.domain.display import shown
from workbench.domain.overriding import override
from workbench.domain.tables.finder import RejectedRow
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.imports.difference_list import DifferenceList, NameOf
from workbench.ui.pages.imports.problem_list import MOST_ROWS, CheckAgain, ProblemList
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, IconButton, Segments
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

LISTS = ("problems", "review", "rejected", "all")
OUTCOME_TONES = {
    Outcome.NEW: "success",
    Outcome.CHANGED: "info",
    Outcome.SAME: "neutral",
    Outcome.REVIEW: "warn",
    Outcome.REJECTED: "neutral",
}


class CheckStep(QWidget):
    """Problems with suggestions, differences to decide, rows left out, and all rows."""

    changed = Signal()

    def __init__(
        self, check_again: CheckAgain, check_all: Callable[[Preview], None], name_of: NameOf
    ) -> None:
        super().__init__()
        px = theme.current().px
        self._check_again = check_again
        self._check_all = check_all
        self._preview: Preview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._counts = Flow(6)
        row.addWidget(self._counts, 1, Qt.AlignmentFlag.AlignVCenter)
        self.lists = Segments([(key, t(f"import_dialog.list_{key}")) for key in LISTS])
        self.lists.chosen.connect(self._on_list)
        row.addWidget(self.lists)
        self.take_all = Button(t("import_dialog.take_all"), icon="check")
        self.take_all.clicked.connect(self._on_take_all)
        row.addWidget(self.take_all)
        self.back = IconButton("undo-2", t("import_dialog.take_back"), shortcut="Ctrl+Z")
        self.back.clicked.connect(self.take_back)
        row.addWidget(self.back)
        column.addLayout(row)
        self._parkless = Banner("", "warn")
        column.addWidget(self._parkless)
        self._totals = Banner("", "warn")
        column.addWidget(self._totals)
        self.problems = ProblemList(check_again)
        self.differences = DifferenceList(name_of)
        self.problems.changed.connect(self.refresh)
        self.problems.value.back_asked.connect(self.take_back)
        self.differences.changed.connect(self.refresh)
        self._rows_page = self._make_rows()
        self._stack = QStackedWidget()
        for page in (self.problems, self.differences, self._rows_page):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)

    def _make_rows(self) -> QWidget:
        """Return the list of rows: all of them, or those that are left out."""
        page = Box("card")
        self.row_table = ReadTable(
            t("import_dialog.list_all"),
            [
                Column(t("import_dialog.col_row"), width=64),
                Column(t("import_dialog.col_record"), share=4),
                Column(t("import_dialog.col_outcome"), width=110),
                Column(t("import_dialog.col_what"), share=8),
            ],
            fits=False,
        )
        self._rows_note = Label("", "caption", wrap=True)
        px = theme.current().px
        self._rows_note.setContentsMargins(px(10), px(8), px(10), px(8))
        page.add(self.row_table)
        page.add(self._rows_note)
        return page

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter here: it takes a value or opens a row, and must never store the import."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            self.take_back()
        else:
            super().keyPressEvent(event)

    @property
    def answers(self) -> Answers:
        """Return what the person answered to the problems so far."""
        return self.problems.answers

    def show_preview(self, preview: Preview, answers: Answers) -> None:
        """Show another reading, and what of the person's answers and decisions holds for it."""
        self._preview = preview
        self.problems.answers = answers
        self._show_parkless(preview)
        self.lists.set_current("problems")
        self.refresh()
        if not self.problems.of_cells() and self.differences.rows():
            self.lists.set_current("review")
            self._on_list()

    def decisions(self) -> Decisions:
        """Return what was decided about rows that differ from the ledger."""
        return self.differences.decisions()

    def importable(self) -> int:
        """Return how many rows will be stored."""
        if self._preview is None:
            return 0
        skip = Decisions.SKIP
        decided = sum(1 for act in self.decisions().rows.values() if act != skip)
        return self._preview.counts()["new"] + decided

    def undecided(self) -> int:
        """Return how many rows differ from the ledger and wait for a decision."""
        return self.differences.undecided()

    def barred(self) -> int:
        """Return how many rows no decision stores."""
        return (
            sum(len(table.barred) for table in self._preview.everything()) if self._preview else 0
        )

    def open_problems(self) -> int:
        """Return how many cells stay empty because of a problem."""
        return self.problems.open_cells()

    def _show_parkless(self, preview: Preview) -> None:
        """Say how many rows would be in no park's overview and assessment."""
        rows = sum(
            int(problem.params.get("count", "0"))
            for table in preview.tables()
            for _, problem in table.problems
            if problem.code == "park_unknown"
        )
        self._parkless.set_notice(t("import_dialog.parkless", n=rows), "warn")
        self._parkless.setVisible(rows > 0)

    def _show_totals(self, preview: Preview) -> None:
        """Say where the ledger's own totals do not agree."""
        wrong = []
        for table in preview.tables():
            for total in table.totals:
                if not total.agrees:
                    field = table.columns[total.field].field
                    unit = unit_title(field.shown_unit)
                    wrong.append(
                        t(
                            "import_dialog.total",
                            sheet=table.table.sheet.name,
                            field=field.title(language()),
                            stated=f"{shown(total.stated, field)} {unit}",
                            computed=f"{shown(total.computed, field)} {unit}",
                        )
                    )
        words = wrong[0] if wrong else ""
        if len(wrong) > 1:
            words += t("import_dialog.more_totals", n=len(wrong) - 1)
        self._totals.set_notice(words, "warn", title=t("import_dialog.totals"))
        self._totals.setToolTip("\n".join(wrong))
        self._totals.setVisible(bool(wrong))

    @Slot()
    def refresh(self) -> None:
        """Count and list anew."""
        preview = self._preview
        if preview is None:
            return
        self._show_totals(preview)
        self.problems.show_preview(preview)
        self.differences.show_preview(preview)
        counts = preview.counts()
        self._counts.clear()
        self._counts.add(Label(t("import_dialog.read_n", n=counts["read"]), "strong"))
        for outcome, tone in OUTCOME_TONES.items():
            if counts[outcome.value]:
                words = t(f"importing.outcome.{outcome.value}")
                self._counts.add(Pill(f"{words} {counts[outcome.value]}", tone))
        numbers = (
            self.problems.count(), self.differences.rows(), counts["rejected"], counts["read"],
        )  # fmt: skip
        for key, number in zip(LISTS, numbers, strict=True):
            self.lists.set_text(key, f"{t(f'import_dialog.list_{key}')} {number}")
        self.take_all.setEnabled(self.problems.suggestions() > 0)
        self.back.setEnabled(len(self.answers) > 0)
        self._on_list()
        self.changed.emit()

    @Slot()
    def _on_list(self) -> None:
        """Show the chosen list."""
        key = self.lists.current()
        if key == "problems":
            self._stack.setCurrentWidget(self.problems)
        elif key == "review":
            self._stack.setCurrentWidget(self.differences)
        elif self._preview is not None:
            found = _rejected(self._preview) if key == "rejected" else _all_rows(self._preview)
            self._show_rows(list(islice(found, MOST_ROWS)), key)
            self._stack.setCurrentWidget(self._rows_page)

    def _show_rows(self, rows: list[Row], key: str) -> None:
        """Show the first rows of a list, and say when there are more of them."""
        self.row_table.set_rows(rows)
        self.row_table.setVisible(bool(rows))
        counts = self._preview.counts() if self._preview is not None else {}
        every = counts.get("rejected" if key == "rejected" else "read", 0)
        words = "" if rows else t(f"import_dialog.no_{key}")
        if len(rows) < every and rows:
            words = t("import_dialog.only_first", n=len(rows), all=every)
        self._rows_note.setText(words)
        self._rows_note.setVisible(bool(words))

    @Slot()
    def _on_take_all(self) -> None:
        """Take every suggestion, then look again; Enter must not close what is going on."""
        if self._preview is not None:
            self.problems.table.setFocus()
            self.answers.take_suggestions(self._preview)
            self._check_all(self._preview)
            self.refresh()

    @Slot()
    def take_back(self) -> None:
        """Undo the newest answer, look again, and go to where it was given."""
        if self._preview is None or not self.answers:
            return
        rows = self.answers.take_back()
        if len(rows) == 1:
            self._check_again(*rows[0])
        elif rows:
            self._check_all(self._preview)
        self.lists.set_current("problems")
        self.refresh()
        self.problems.table.setFocus()
        if rows:
            self.problems.look_at(*rows[0])


def _all_rows(preview: Preview) -> Iterator[Row]:
    """Yield the rows of every table as they stand in it, with what becomes of each."""
    for at, table, sheet in _tables(preview):
        left_out = iter(table.rejected)
        item = next(left_out, None)
        for index in table.kept():
            while item is not None and item.row < table.row_number(index):
                yield _rejected_row(at, item, sheet)
                item = next(left_out, None)
            yield _record_row(f"{at}-{index}", table, index, sheet)
        while item is not None:
            yield _rejected_row(at, item, sheet)
            item = next(left_out, None)


def _tables(preview: Preview) -> Iterator[tuple[int, TablePreview, str]]:
    """Yield each table with the sheet that its rows are told apart by, "" for the only table."""
    tables = list(preview.tables())
    for at, table in enumerate(tables):
        yield at, table, table.table.sheet.name if len(tables) > 1 else ""


def _record_row(key: str, table: TablePreview, index: int, sheet: str) -> Row:
    outcome = table.outcomes[index]
    remarks = [
        problem_sentence(problem, texts_in_use(), table.entity, field)
        for field, problem in table.findings(index)
    ]
    return Row(
        key,
        (
            Cell(str(table.row_number(index)), tone="text2"),
            Cell(record_name(table, index, texts_in_use()), sheet, strong=True),
            Cell(t(f"importing.outcome.{outcome.value}"), tone=OUTCOME_TONES[outcome], pill=True),
            Cell(t("import_dialog.semicolon").join(remarks[:2]), tone="text2"),
        ),
    )


def _rejected(preview: Preview) -> Iterator[Row]:
    """Yield the rows that are left out, and why."""
    for at, table, sheet in _tables(preview):
        for item in table.rejected:
            yield _rejected_row(at, item, sheet)


def _rejected_row(at: int, item: RejectedRow, sheet: str) -> Row:
    return Row(
        f"{at}-left-{item.row}",
        (
            Cell(str(item.row), tone="text2"),
            Cell(item.text, sheet),
            Cell(t("importing.outcome.rejected"), tone="neutral", pill=True),
            Cell(_sentence(t(f"importing.reason.{item.words}")), tone="text2"),
        ),
    )


def _sentence(words: str) -> str:
    """Begin words as a sentence does; elsewhere they stand within one."""
    return words[:1].upper() + words[1:]
