# SPDX-License-Identifier: MIT
"""The step that lists what a person should look at before anything is stored."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.application.import_commit import Decisions
from workbench.application.import_preview import Outcome, Preview, TablePreview
from workbench.domain.display import shown
from workbench.ui import theme
from workbench.ui.pages.import_check_rows import (
    OUTCOME_TONES,
    RowId,
    field_title,
    problem_row,
    problem_text,
    record_name,
    record_row,
    rejected_row,
)
from workbench.ui.pages.import_fixes import CellProblem, correct, leave_blank, problems
from workbench.ui.texts import language, t
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, Segments
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.read_table import Column, ReadTable, Row
from workbench.ui.widgets.styling import set_style

_MOST_ROWS = 400
_LISTS = ("problems", "review", "rejected", "all")
_ACTIONS = (Decisions.UPDATE, Decisions.NEW, Decisions.SKIP)


class CheckStep(QWidget):
    """Problems with suggestions, rows that need a decision, rows left out, and all rows."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self.decisions: dict[RowId, str] = {}
        self._preview: Preview | None = None
        self._problems: list[CellProblem] = []
        self._chosen: CellProblem | None = None
        self._tables: list[TablePreview] = []
        self._review: list[RowId] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._counts = Flow(6)
        row.addWidget(self._counts, 1)
        self.lists = Segments([(key, t(f"import_dialog.list_{key}")) for key in _LISTS])
        self.lists.chosen.connect(self._on_list)
        row.addWidget(self.lists)
        self.take_all = Button(t("import_dialog.take_all"), icon="check")
        self.take_all.clicked.connect(self._on_take_all)
        row.addWidget(self.take_all)
        column.addLayout(row)
        self._totals = Banner("", "warn")
        column.addWidget(self._totals)
        self._table_box = Box("card")
        column.addWidget(self._table_box, 1)
        self._make_tables()
        column.addWidget(self._strip())

    def show_preview(self, preview: Preview) -> None:
        """Show another reading; decisions about rows that are still there stay."""
        self._preview = preview
        self._tables = list(preview.tables())
        self._review = [
            (at, index)
            for at, table in enumerate(self._tables)
            for index in table.kept()
            if table.outcomes[index] is Outcome.REVIEW
        ]
        known = set(self._review)
        self.decisions = {key: act for key, act in self.decisions.items() if key in known}
        self._show_totals(preview)
        self.lists.set_current("problems")
        self._refresh()
        if not self._problems and self._review:
            self.lists.set_current("review")
            self._on_list()

    def importable(self) -> int:
        """Return how many rows will be stored."""
        if self._preview is None:
            return 0
        counts = self._preview.counts()
        decided = sum(1 for act in self.decisions.values() if act != Decisions.SKIP)
        return counts["new"] + counts["changed"] + decided

    def open_problems(self) -> int:
        """Return how many cells stay empty because of a problem."""
        return sum(1 for problem in self._problems if problem.open)

    # ---- parts

    def _make_tables(self) -> None:
        words = t("import_dialog.list_problems")
        self.problem_table = ReadTable(
            words,
            [
                Column(t("import_dialog.col_row"), width=64),
                Column(t("import_dialog.col_heading"), share=3),
                Column(t("import_dialog.col_raw"), share=3),
                Column(t("import_dialog.col_problem"), share=7),
                Column(t("import_dialog.col_suggestion"), share=3),
            ],
            fits=False,
            opens=True,
        )
        self.problem_table.row_opened.connect(self._on_problem)
        self.row_table = ReadTable(
            t("import_dialog.list_all"),
            [
                Column(t("import_dialog.col_row"), width=64),
                Column(t("import_dialog.col_record"), share=4),
                Column(t("import_dialog.col_outcome"), width=110),
                Column(t("import_dialog.col_what"), share=8),
            ],
            fits=False,
            opens=True,
        )
        self.row_table.row_opened.connect(self._on_row)
        self._nothing = Label("", "caption", wrap=True)
        self._nothing.setContentsMargins(*[theme.current().px(16)] * 4)
        for widget in (self.problem_table, self.row_table, self._nothing):
            self._table_box.add(widget)

    def _strip(self) -> QWidget:
        """Return the line that acts on the chosen row."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        self._about = Label("", "caption", wrap=True)
        self.value = QLineEdit()
        self.value.setAccessibleName(t("import_dialog.new_value"))
        self.value.setPlaceholderText(t("import_dialog.new_value"))
        self.value.setMaximumWidth(theme.current().px(200))
        self.value.returnPressed.connect(self._on_use)
        self.use = Button(t("import_dialog.use_value"))
        self.use.clicked.connect(self._on_use)
        self.blank = Button(t("import_dialog.leave_blank"))
        self.blank.clicked.connect(self._on_blank)
        self.action = Segments([(key, t(f"import_dialog.act_{key}")) for key in _ACTIONS], "skip")
        self.action.chosen.connect(self._on_action)
        self.update_all = Button(t("import_dialog.update_all"))
        self.update_all.clicked.connect(self._on_update_all)
        row.addWidget(self._about, 1)
        for widget in (self.value, self.use, self.blank, self.action, self.update_all):
            row.addWidget(widget)
        strip.setMinimumHeight(theme.current().px(34))
        return strip

    def _show_totals(self, preview: Preview) -> None:
        """Say where the ledger's own totals do not agree."""
        wrong = []
        for table in preview.tables():
            for total in table.totals:
                if not total.agrees:
                    field = table.columns[total.field].field
                    wrong.append(
                        t(
                            "import_dialog.total",
                            sheet=table.table.sheet.name,
                            field=field.title(language()),
                            stated=f"{shown(total.stated, field)} {field.shown_unit}",
                            computed=f"{shown(total.computed, field)} {field.shown_unit}",
                        )
                    )
        self._totals.set_notice("\n".join(wrong), "warn", title=t("import_dialog.totals"))
        self._totals.setVisible(bool(wrong))

    # ---- showing

    def _refresh(self) -> None:
        """Count and list anew."""
        if self._preview is None:
            return
        self._problems = list(problems(self._preview))
        counts = self._preview.counts()
        self._counts.clear()
        self._counts.add(Label(t("import_dialog.read_n", n=counts["read"]), "strong"))
        for outcome, tone in OUTCOME_TONES.items():
            if counts[outcome.value]:
                words = t(f"importing.outcome.{outcome.value}")
                self._counts.add(Pill(f"{words} {counts[outcome.value]}", tone))
        numbers = (
            len(self._problems), len(self._review), counts["rejected"], counts["read"],
        )  # fmt: skip
        for key, number in zip(_LISTS, numbers, strict=True):
            self.lists.set_text(key, f"{t(f'import_dialog.list_{key}')} {number}")
        suggested = sum(1 for problem in self._problems if problem.suggestion)
        self.take_all.setEnabled(bool(suggested))
        self._on_list()
        self.changed.emit()

    @Slot()
    def _on_list(self) -> None:
        """Show the chosen list."""
        key = self.lists.current()
        rows = {
            "problems": self._problem_rows,
            "review": self._review_rows,
            "rejected": self._rejected_rows,
            "all": self._all_rows,
        }[key]()
        is_problems = key == "problems"
        table = self.problem_table if is_problems else self.row_table
        table.set_rows(rows[:_MOST_ROWS])
        self.problem_table.setVisible(is_problems and bool(rows))
        self.row_table.setVisible(not is_problems and bool(rows))
        self._nothing.setText(t(f"import_dialog.no_{key}"))
        self._nothing.setVisible(not rows)
        self._choose(None)
        self._show_strip()
        if len(rows) > _MOST_ROWS:
            self._about.setText(t("import_dialog.only_first", n=_MOST_ROWS, all=len(rows)))

    def _problem_rows(self) -> list[Row]:
        return [problem_row(at, p) for at, p in enumerate(self._problems[: _MOST_ROWS + 1])]

    def _review_rows(self) -> list[Row]:
        return self._record_rows(self._review)

    def _all_rows(self) -> list[Row]:
        every = [(at, row) for at, table in enumerate(self._tables) for row in table.kept()]
        return self._record_rows(every)

    def _record_rows(self, rows: Sequence[RowId]) -> list[Row]:
        return [
            record_row(at, self._tables[row[0]], row[1], self.decisions.get(row, ""))
            for at, row in enumerate(rows[: _MOST_ROWS + 1])
        ]

    def _rejected_rows(self) -> list[Row]:
        return [
            rejected_row(f"{at}-{n}", item)
            for at, table in enumerate(self._tables)
            for n, item in enumerate(table.rejected)
        ]

    # ---- acting

    def _choose(self, item: CellProblem | None) -> None:
        self._chosen = item

    def _show_strip(self) -> None:
        key, item = self.lists.current(), self._chosen
        fixing = key == "problems" and item is not None
        for widget in (self.value, self.use):
            widget.setVisible(fixing and item is not None and item.correctable)
        self.blank.setVisible(fixing)
        at_row = key == "review" and bool(self.row_table.chosen())
        self.action.setVisible(at_row)
        self.update_all.setVisible(key == "review" and bool(self._review))
        hint = {"problems": bool(self._problems), "review": bool(self._review)}
        self._about.setText(t(f"import_dialog.hint_{key}") if hint.get(key) else "")

    @Slot(str)
    def _on_problem(self, key: str) -> None:
        """Offer to mend the problem of a row."""
        item = self._problems[int(key)]
        self._choose(item)
        self._show_strip()
        self._about.setText(
            t(
                "import_dialog.about",
                row=item.table.row_number(item.index),
                field=field_title(item),
                problem=problem_text(item.problem, item),
            )
        )
        set_style(self.value, "state", "")
        self.value.setText(item.suggestion)
        if item.correctable:
            self.value.setFocus()
            self.value.selectAll()

    @Slot(str)
    def _on_row(self, key: str) -> None:
        """Offer to decide about a row."""
        if self.lists.current() == "review":
            row = self._review[int(key)]
            self.action.set_current(self.decisions.get(row, Decisions.SKIP))
            self._show_strip()
            self._about.setText(record_name(self._tables[row[0]], row[1]))

    @Slot()
    def _on_use(self) -> None:
        """Take the typed value; one that cannot be read stays in the field."""
        if self._chosen is None:
            return
        if correct(self._chosen, self.value.text()):
            self._refresh_at(self._problems.index(self._chosen))
        else:
            set_style(self.value, "state", "error")
            self._about.setText(t("import_dialog.not_read", text=self.value.text()))

    @Slot()
    def _on_blank(self) -> None:
        if self._chosen is not None:
            at = self._problems.index(self._chosen)
            leave_blank(self._chosen)
            self._refresh_at(at)

    def _refresh_at(self, at: int) -> None:
        """List anew and go on to the problem that is now in the same place."""
        self._refresh()
        if self._problems:
            key = str(min(at, len(self._problems) - 1))
            self.problem_table.choose(key)
            self._on_problem(key)

    @Slot()
    def _on_take_all(self) -> None:
        """Take every suggestion."""
        for item in self._problems:
            if item.suggestion:
                correct(item, item.suggestion)
        self._refresh()

    @Slot(str)
    def _on_action(self, act: str) -> None:
        key = self.row_table.chosen()
        if key:
            self.decisions[self._review[int(key)]] = act
            self._refresh()
            self.row_table.choose(key)
            self._on_row(key)

    @Slot()
    def _on_update_all(self) -> None:
        for row in self._review:
            self.decisions[row] = Decisions.UPDATE
        self._refresh()
