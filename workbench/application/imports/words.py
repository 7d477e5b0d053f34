# SPDX-License-Identifier: MIT
"""What an import has to say about rows and cells, in words: one wording for all doors."""

from collections.abc import Sequence

from workbench.application.imports.preview import IgnoredSheet, TablePreview
from workbench.application.naming import listed, named_params
from workbench.application.ports import Texts
from workbench.domain.checks.rules import VARIANT
from workbench.domain.parsing.parsed import Problem

MEASURE = "measure"
"""The param that holds the unit in which a sentence gives its figures."""
_IN_OUR_UNITS = (
    "unit_assumed",
    "unit_unlike",
    "unit_tiny",
    "unit_missing_beside",
    "rent_unit_by_total",
    "sign_beats_column",
)
"""Sentences that say in which unit we read; others quote the unit in the file."""

_NAMES = ("code", "name", "contract_no", "unit_no", "case_no", "kind", "year")


def problem_sentence(problem: Problem, texts: Texts, entity: str = "", field: str = "") -> str:
    """Return a problem in words: what is wrong, where, and what to do."""
    params = named_params({"entity": entity, "field": field} | dict(problem.params), texts.language)
    if measure := problem.params.get(MEASURE):
        params[MEASURE] = unit_words(measure, texts)
    if problem.code in _IN_OUR_UNITS:
        params["unit"] = unit_words(problem.params["unit"], texts)
    if order := problem.params.get("order"):
        params["order"] = unit_words(order, texts)
    if keys := problem.params.get("fields"):
        params["fields"] = _titles(keys.split(), entity, texts)
    if texts.has(f"importing.{problem.code}"):
        return texts(f"importing.{problem.code}", **params)
    variant = problem.params.get(VARIANT)
    key = f"checks.{problem.code}_{variant}" if variant else f"checks.{problem.code}"
    return texts(key, **params)


def ignored_sentence(sheet: IgnoredSheet, texts: Texts) -> str:
    """Return why a sheet was not read; of one that may be a list also how to have it read."""
    key = "ignored_with_rows" if sheet.may_be_lost else "ignored_sheet"
    why = texts(f"importing.ignored.{sheet.reason}")
    return texts(f"importing.{key}", sheet=sheet.sheet, reason=why, n=sheet.lines)


def unit_words(unit: str, texts: Texts) -> str:
    """Return a unit in the language of the texts; one without a translation stands as it is."""
    key = f"ledger.unit.{unit}"
    return texts(key) if texts.has(key) else unit


def _titles(fields: Sequence[str], entity: str, texts: Texts) -> str:
    """Return field titles as one list; an own field, which has no other name here, by its key."""
    titles = [
        str(named_params({"entity": entity, "field": key}, texts.language)["field"])
        for key in fields
    ]
    return listed(titles, texts.language)


def rule_title(code: str, texts: Texts) -> str:
    """Return the short name of a rule or of a kind of reading problem, for lists and filters."""
    number = code[:3]
    key = (
        f"import_rules.{number}" if texts.has(f"import_rules.{number}") else f"import_rules.{code}"
    )
    title = texts(key) if texts.has(key) else code
    return f"{number} {title}" if key.endswith(number) else title


def record_name(table: TablePreview, index: int, texts: Texts) -> str:
    """Return what a person calls the record of a row."""
    values = table.values(index)
    found = [str(values[name]) for name in _NAMES if name in values][:2]
    if table.host is not None:
        found.insert(0, record_name(table.host.table, table.host.rows[index], texts))
    return "  ".join(found) or texts("importing.row", row=table.row_number(index))


def column_title(table: TablePreview, field: str, texts: Texts) -> str:
    """Return the heading of the column that a field was read from, else the field's title."""
    data = table.columns.get(field)
    if data is not None and data.column is not None and data.column.heading.text:
        return data.column.heading.text
    spec = table.spec
    return spec[field].title(texts.language) if field in spec else ""
