# SPDX-License-Identifier: MIT
"""The rows of the import's check lists, in words."""

from workbench.application.import_commit import Decisions
from workbench.application.import_preview import Outcome, TablePreview
from workbench.application.naming import named_params
from workbench.domain.display import shown
from workbench.domain.findings import Level
from workbench.domain.parsing.parsed import Problem
from workbench.domain.tables.finder import RejectedRow
from workbench.ui.pages.import_fixes import CellProblem
from workbench.ui.texts import language, t
from workbench.ui.widgets.read_table import Cell, Row

OUTCOME_TONES = {
    Outcome.NEW: "success",
    Outcome.CHANGED: "info",
    Outcome.SAME: "neutral",
    Outcome.REVIEW: "warn",
    Outcome.REJECTED: "neutral",
}
RowId = tuple[int, int]
"""A table's place in the preview, and a row's place in the table."""


def problem_row(at: int, item: CellProblem) -> Row:
    """Return a problem: row, column, original, what is wrong, suggestion."""
    tone = "danger" if item.problem.level is Level.ERROR or item.open else "warn"
    hint = t("import_dialog.change_to", value=item.suggestion) if item.suggestion else "—"
    return Row(
        str(at),
        (
            Cell(str(item.table.row_number(item.index)), tone="text2"),
            Cell(field_title(item)),
            Cell(item.table.raw(item.index, item.field) if item.field else ""),
            Cell(problem_text(item.problem, item), tone=tone),
            Cell(hint, strong=bool(item.suggestion), tone="accent" if item.suggestion else "text3"),
        ),
    )


def record_row(at: int, table: TablePreview, index: int, act: str) -> Row:
    """Return a row: number, record, what becomes of it, how it differs."""
    outcome = table.outcomes[index]
    words = t(f"import_dialog.act_{act}") if act else t(f"importing.outcome.{outcome.value}")
    tone = "success" if act and act != Decisions.SKIP else OUTCOME_TONES[outcome]
    return Row(
        str(at),
        (
            Cell(str(table.row_number(index)), tone="text2"),
            Cell(record_name(table, index), strong=True),
            Cell(words, tone=tone, pill=True),
            Cell(_differences(table, index), tone="text2"),
        ),
    )


def rejected_row(key: str, item: RejectedRow) -> Row:
    """Return a row that is left out, and why."""
    return Row(
        key,
        (
            Cell(str(item.row), tone="text2"),
            Cell(item.text),
            Cell(t("importing.outcome.rejected"), tone="neutral", pill=True),
            Cell(t(f"importing.reason.{item.reason.value}"), tone="text2"),
        ),
    )


def problem_text(problem: Problem, item: CellProblem | None = None) -> str:
    """Return a problem in words."""
    params = dict(problem.params)
    if item is not None:
        params = {"entity": item.table.entity, "field": item.field} | params
    return t(f"importing.{problem.code}", **named_params(params, language()))


def field_title(item: CellProblem) -> str:
    """Return the name of the field that a problem is about."""
    data = item.table.columns.get(item.field)
    return data.field.title(language()) if data is not None else ""


def record_name(table: TablePreview, index: int) -> str:
    """Return what a person calls the record of a row."""
    values = table.values(index)
    names = ("code", "name", "contract_no", "unit_no", "case_no", "kind", "year")
    found = [str(values[name]) for name in names if name in values]
    return t("ui.gap").join(found[:2]) or t("import_dialog.row", row=table.row_number(index))


def _differences(table: TablePreview, index: int) -> str:
    """Return how a row differs from what is stored."""
    parts = [
        t(
            "ledger.changed_field",
            field=field.title(language()),
            old=shown(item.old, field, language()) or "—",
            new=shown(item.new, field, language()),
        )
        for item in table.differences.get(index, ())
        if (field := table.columns[item.field].field).target == ""
    ]
    return t("import_dialog.semicolon").join(parts)
