# SPDX-License-Identifier: MIT
"""A preview as one JSON document: the shape of ``import --json``."""

from datetime import date
from decimal import Decimal
from typing import Any

from workbench.application.imports.preview import ControlTotal, FilePreview, Preview, TablePreview
from workbench.application.imports.words import ignored_sentence, problem_sentence
from workbench.application.ports import Texts
from workbench.domain.parsing.parsed import Problem
from workbench.domain.tables.finder import Column
from workbench.domain.values import Value

_IGNORED = {
    "no_header": "no header row", "other_encoding": "another text encoding",
    "summary": "summary of other sheets",
    "instructions": "instructions", "lookup_list": "lookup list", "hidden": "hidden sheet",
    "empty": "no cells", "discarded": "discarded rows", "not_chosen": "not chosen",
    "own_fields": "definitions of own fields", "pivot": "pivot table",
}  # fmt: skip


def import_report(preview: Preview, texts: Texts) -> dict[str, Any]:
    """Return what an import does, or would do, as plain JSON data; long arrays as iterators."""
    return {"batch": preview.batch, "files": [_file(file, texts) for file in preview.files]}


def _file(file: FilePreview, texts: Texts) -> dict[str, Any]:
    return {
        "file": file.name,
        "sheets": [_table(table, texts) for table in file.tables],
        "ignored_sheets": [
            {
                "sheet": ignored.sheet,
                "reason": _IGNORED[ignored.reason],
                "rows": ignored.lines,
                "message": ignored_sentence(ignored, texts),
            }
            for ignored in file.ignored
        ],
    }


def _table(preview: TablePreview, texts: Texts) -> dict[str, Any]:
    table = preview.table
    as_of = table.context.as_of
    return {
        "sheet": table.sheet.name,
        "entity": table.entity,
        "header_rows": list(table.header_rows),
        "title": table.context.title or None,
        "unit_line": table.context.unit_line or None,
        "as_of": as_of.isoformat() if as_of else None,
        "columns": {column.address: _column(column, preview) for column in table.columns},
        "counts": preview.counts(),
        "findings": [
            _finding(table.entity, "", problem, texts, column=letter)
            for letter, problem in preview.problems
        ],
        "records": (_record(preview, index, texts) for index in preview.kept()),
        "rejected": (
            {"row": item.row, "reason": item.reason.value, "text": item.text}
            for item in preview.rejected
        ),
        "control_totals": [_total(total) for total in preview.totals],
        "attached": (
            {"entity": attached.entity} | _record(attached, index, texts)
            for attached in preview.attached
            for index in attached.kept()
        ),
    }


def _column(column: Column, preview: TablePreview) -> dict[str, Any]:
    field = column.match.field if column.match else None
    data = preview.columns.get(field) if field else None
    whole = column.part.whole if column.part is not None else column
    entry: dict[str, Any] = {
        "header": whole.heading.text,
        "field": field,
        "unit": (data.unit if data else column.unit) or None,
        "confidence": column.match.confidence if column.match else 0.0,
    }
    if column.part is not None:
        entry["part"] = column.heading.text
    if linked := preview.linked_by(column):
        entry |= {"field": linked, "confidence": 1.0}
    for attached in preview.attached:
        for name, data in attached.columns.items():
            if data.column is not None and data.column.address == column.address:
                match = data.column.match
                entry["attached"] = {"entity": attached.entity, "field": name}
                entry["unit"] = data.unit or None
                entry["confidence"] = match.confidence if match else 0.0
    return entry


def _record(preview: TablePreview, index: int, texts: Texts) -> dict[str, Any]:
    values = preview.values(index)
    return {
        "row": preview.row_number(index),
        "outcome": preview.outcomes[index].value,
        "values": {
            name: plain_value(values.get(name))
            for name, data in preview.columns.items()
            if name in values or data.column is not None
        },
        "raw": {
            name: raw
            for name, data in preview.columns.items()
            if data.column is not None and (raw := preview.raw(index, name)) != ""
        },
        "findings": [
            _finding(preview.entity, name, problem, texts)
            for name, problem in preview.findings(index)
        ],
        "differences": [
            {"field": d.field, "old": plain_value(d.old), "new": plain_value(d.new)}
            for d in preview.differences.get(index, ())
        ],
    }


def _finding(
    entity: str, name: str, problem: Problem, texts: Texts, column: str = ""
) -> dict[str, Any]:
    finding: dict[str, Any] = {
        "code": problem.code,
        "level": problem.level.value,
        "field": name or None,
        "message": problem_sentence(problem, texts, entity, name),
    }
    if problem.suggestion is not None:
        finding["suggestion"] = problem.suggestion
    if column:
        finding["column"] = column
    return finding


def _total(total: ControlTotal) -> dict[str, Any]:
    return {
        "field": total.field,
        "row": total.row,
        "stated": float(total.stated),
        "computed": float(total.computed),
        "agrees": total.agrees,
    }


def plain_value(value: Value | None) -> Any:
    """Return a value as JSON data: dates ISO, decimals as numbers, several words as a list."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
