# SPDX-License-Identifier: MIT
"""The problem list of an import: what whoever keeps the ledger should mend, cell by cell."""

from collections.abc import Iterable, Iterator

from workbench.application.imports.accounts import Account, accounts
from workbench.application.imports.commit import Decisions
from workbench.application.imports.fixes import problems
from workbench.application.imports.preview import Outcome, Preview
from workbench.application.imports.table_findings import (
    TableFinding,
    left_out_columns,
    table_findings,
)
from workbench.application.imports.words import (
    column_title,
    problem_sentence,
    record_name,
    rule_title,
    unit_words,
)
from workbench.application.ports import Texts
from workbench.application.report_ports import PlainSheet
from workbench.domain.display import shown
from workbench.domain.fields import Field
from workbench.domain.values import Value

_PLACE = ("file", "sheet", "row")


def lists_of(preview: Preview, texts: Texts, decisions: Decisions | None) -> tuple[PlainSheet, ...]:
    """Return the problem list of an import; with the decisions, the report of one done."""
    if decisions is None:
        return _problem_lists(preview, texts)
    return _import_report(preview, decisions, texts)


def _import_report(preview: Preview, decisions: Decisions, texts: Texts) -> tuple[PlainSheet, ...]:
    """Return the sheets that say what an import did: the account of its rows, then the lists."""
    heads = ("file", "sheet", "entity", "read", "taken", "same", "kept", "rejected")
    rows = tuple(_account(one, texts) for one in accounts(preview, decisions))
    titles = tuple(texts(f"import_problems.{key}") for key in heads)
    return (
        PlainSheet(texts("import_problems.result"), titles, rows),
        *_problem_lists(preview, texts),
    )


def _account(one: Account, texts: Texts) -> tuple[str | int, ...]:
    table = one.table
    kind = table.spec.title(texts.language)
    return table.file, table.table.sheet.name, kind, one.read, *one.parts().values()


def _problem_lists(preview: Preview, texts: Texts) -> tuple[PlainSheet, ...]:
    """Return the sheets of the problem list: problems, differences, rows left out, totals."""
    sheets = (
        ("problems", ("column", "record", "raw", "level", "rule", "problem", "suggestion"),
         _problems(preview, texts)),
        ("differences", ("record", "field", "old", "new"), _differences(preview, texts)),
        ("rejected", ("text", "reason"), _rejected(preview, texts)),
        ("totals", ("field", "stated", "computed", "agrees"), _totals(preview, texts)),
    )  # fmt: skip
    return tuple(
        PlainSheet(
            texts(f"import_problems.{name}"),
            tuple(texts(f"import_problems.{key}") for key in (*_PLACE, *heads)),
            tuple(rows),
        )
        for name, heads, rows in sheets
    )


def _problems(preview: Preview, texts: Texts) -> Iterator[tuple[str | int, ...]]:
    yield from _of_tables(table_findings(preview), texts)
    for item in problems(preview):
        table, problem = item.table, item.problem
        yield (
            table.file, table.table.sheet.name, table.row_number(item.index),
            column_title(table, item.field, texts), record_name(table, item.index, texts),
            item.raw, texts(f"import_problems.level_{problem.level.value}"),
            rule_title(problem.code, texts),
            problem_sentence(problem, texts, table.entity, item.field),
            problem.suggestion or "",
        )  # fmt: skip
    yield from _of_tables(left_out_columns(preview), texts)


def _of_tables(findings: Iterable[TableFinding], texts: Texts) -> Iterator[tuple[str | int, ...]]:
    for finding in findings:
        yield (
            finding.table.file, finding.table.table.sheet.name,
            int(finding.row) if finding.row else "", finding.heading, "",
            finding.raw, texts(f"import_problems.level_{finding.problem.level.value}"),
            rule_title(finding.problem.code, texts), finding.sentence(texts), "",
        )  # fmt: skip


def _differences(preview: Preview, texts: Texts) -> Iterator[tuple[str | int, ...]]:
    for table in preview.everything():
        spec = table.spec
        for index, differences in table.differences.items():
            if table.outcomes[index] in (Outcome.REJECTED, Outcome.SAME):
                continue
            for item in differences:
                field = spec[item.field]
                new = table.columns[item.field].values[index] if field.target else item.new
                yield (
                    table.file, table.table.sheet.name, table.row_number(index),
                    record_name(table, index, texts), field.title(texts.language),
                    "" if field.target else _with_unit(item.old, field, texts),
                    _with_unit(new, field, texts),
                )  # fmt: skip


def _with_unit(value: Value | None, field: Field, texts: Texts) -> str:
    words = shown(value, field, texts.language)
    return f"{words} {unit_words(field.shown_unit, texts)}".strip() if words else ""


def _rejected(preview: Preview, texts: Texts) -> Iterator[tuple[str | int, ...]]:
    for table in preview.tables():
        for item in table.rejected:
            reason = texts(f"importing.reason.{item.words}")
            yield table.file, table.table.sheet.name, item.row, item.text, reason


def _totals(preview: Preview, texts: Texts) -> Iterator[tuple[str | int, ...]]:
    for table in preview.tables():
        for total in table.totals:
            field = table.columns[total.field].field
            yield (
                table.file, table.table.sheet.name, total.row, field.title(texts.language),
                _with_unit(total.stated, field, texts), _with_unit(total.computed, field, texts),
                texts("import_problems.agreed" if total.agrees else "import_problems.differs"),
            )  # fmt: skip
