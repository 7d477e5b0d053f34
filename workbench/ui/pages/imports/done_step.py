# SPDX-License-Identifier: MIT
"""The last step of an import: what became of every row, the totals, what is left, the way back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from workbench.application.imports.accounts import Account
from workbench.application.imports.commit import BatchResult
from workbench.application.imports.preview import ControlTotal, TablePreview
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import shown
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.models.asset_columns import ASSET_ENTITIES
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

REPORT = "report"
"""What is asked for when the report of the import is wanted."""
_PARTS = ("read", "taken", "same", "kept", "rejected")


@dataclass(frozen=True, slots=True)
class Left:
    """What an import leaves to do: values not read, findings not looked into."""

    values: int
    findings: int


class DoneStep(ScrollPage):
    """Says what an import did; ``asked`` tells where a person wants to go on, or ``REPORT``."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("surface", margins=(20, 16, 20, 16), spacing=8)
        head = Box(horizontal=True, spacing=8)
        self._mark = IconLabel("circle-check", "success", 18)
        self._title = Label("", "section", wrap=True)
        head.add(self._mark)
        head.add(self._title, 1)
        self._rows = Label("", "body", wrap=True)
        self._kinds = Label("", "caption", wrap=True)
        self.lines = Box(spacing=4)
        next_steps = Label(t("import_dialog.next_steps"), "strong")
        for widget in (head, self._rows, self._kinds, next_steps, self.lines):
            self.add(widget)
        self.account = self._table(
            "rows_of", [Column(t("import_dialog.account_table"), share=5)]
            + [Column(t(f"import_dialog.account_{key}"), width=96, right=True) for key in _PARTS],
        )  # fmt: skip
        self.totals = self._table(
            "totals_of",
            [
                Column(t("import_dialog.account_table"), share=4),
                Column(t("import_dialog.total_field"), share=3),
                Column(t("import_dialog.total_stated"), share=3, right=True),
                Column(t("import_dialog.total_computed"), share=3, right=True),
                Column(t("import_dialog.total_result"), width=110),
            ],
        )
        self._no_totals = Label(t("import_dialog.no_totals"), "hint", wrap=True)
        self.add(self._no_totals)
        self.content.addStretch(1)

    def _table(self, name: str, columns: Sequence[Column]) -> ReadTable:
        title = t(f"import_dialog.{name}")
        self.add(Label(title, "strong"))
        table = ReadTable(title, columns)
        self.add(table)
        return table

    def show_result(self, result: BatchResult, rows: Sequence[Account], left: Left) -> None:
        """Show what became of the rows read, how the totals compare, and what to do next."""
        done = t("import_dialog.done_n", n=result.stored)
        self._title.setText(done if result.stored else t("import_dialog.done_nothing"))
        self._mark.setVisible(result.stored > 0)
        self._rows.setText(_in_words(rows))
        self._kinds.setText(_kinds(result))
        self.account.set_rows([_account_row(str(at), one) for at, one in enumerate(rows)])
        totals = [(one.table, total) for one in rows for total in one.table.totals]
        self.totals.set_rows([_total_row(str(at), *one) for at, one in enumerate(totals)])
        self.totals.setVisible(bool(totals))
        self._no_totals.setVisible(not totals)
        self._show_next(result, rows, left)

    def _show_next(self, result: BatchResult, rows: Sequence[Account], left: Left) -> None:
        clear_layout(self.lines.content)
        if left.values and result.stored:
            self._line(t("import_dialog.done_left", n=left.values), "show_missing", "view:missing")
        if left.findings and result.stored:
            words = t("import_dialog.done_findings", n=left.findings)
            self._line(words, "show_problems", "view:problems")
        if kept := sum(one.kept for one in rows):
            self._line(t("import_dialog.done_kept", n=kept), "", "")
        self._line(t("import_dialog.done_report"), "export_report", REPORT)
        if result.stored:
            self._line(t("import_dialog.done_undo"), "", "")

    def _line(self, words: str, act: str, target: str) -> None:
        """Add one thing to do, with the button that leads there."""
        line = Box(horizontal=True, spacing=8)
        line.add(Label(words, "body", wrap=True), 1)
        if act:
            button = Button(t(f"import_dialog.{act}"), "link")
            button.setProperty("target", target)
            button.clicked.connect(self._on_line)
            line.add(button)
        self.lines.add(line)

    @Slot()
    def _on_line(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.asked.emit(str(sender.property("target")))


def undo_import(context: UiContext, result: BatchResult) -> None:
    """Take the whole import back."""

    def tell(_changes: ChangeSet) -> None:
        context.shell.show_toast(t("import_dialog.undone", n=result.stored))

    context.rewinding.undo_batch(result.batch, tell)


def stored_target(result: BatchResult | None) -> str:
    """Return where the ledger shows what was stored: the assets, else what there is most of."""
    if result is None:
        return ""
    counts = Counter(result.created) + Counter(result.updated)
    if not counts or any(entity in counts for entity in ASSET_ENTITIES):
        return "view:all" if counts else ""
    return f"table:{counts.most_common(1)[0][0]}"


def _kinds(result: BatchResult) -> str:
    """Return what was stored by kind, those that rows only name (a park, a tenant) among them."""
    words = [
        t(f"import_dialog.{deed}", kinds=t("ledger.and").join(map(_of_kind, counts.items())))
        for deed, counts in (("created", result.created), ("updated", result.updated))
        if counts
    ]
    return t("import_dialog.semicolon").join(words)


def _of_kind(counted: tuple[str, int]) -> str:
    entity, count = counted
    return t("import_dialog.of_kind", entity=CATALOGUE[entity].title(language()), n=count)


def _in_words(rows: Sequence[Account]) -> str:
    """Return the rows read, and the parts that they fall into: the parts add up."""
    sums = Counter[str]()
    for one in rows:
        sums.update(one.parts())
    words = [t(f"import_dialog.rows_{key}", n=sums[key]) for key in _PARTS[1:] if sums[key]]
    parts = t("import_dialog.semicolon").join(words)
    return t("import_dialog.rows_read", n=sum(one.read for one in rows), parts=parts)


def _account_row(key: str, one: Account) -> Row:
    numbers = {"read": one.read, **one.parts()}
    cells = [Cell(_table_words(one.table), strong=True)]
    for name in _PARTS:
        tone = "warn" if name == "kept" and one.kept else "text"
        cells.append(Cell(f"{numbers[name]:,}", tone=tone if numbers[name] else "text3"))
    return Row(key, tuple(cells))


def _table_words(table: TablePreview) -> str:
    kind = table.spec.title(language())
    return t("import_dialog.account_name", sheet=table.table.sheet.name, entity=kind)


def _total_row(key: str, table: TablePreview, total: ControlTotal) -> Row:
    field = table.columns[total.field].field
    unit = unit_title(field.shown_unit)
    word = "total_agrees" if total.agrees else "total_differs"
    return Row(
        key,
        (
            Cell(_table_words(table)),
            Cell(field.title(language())),
            Cell(f"{shown(total.stated, field)} {unit}"),
            Cell(f"{shown(total.computed, field)} {unit}"),
            Cell(t(f"import_dialog.{word}"), tone="success" if total.agrees else "warn", pill=True),
        ),
    )
