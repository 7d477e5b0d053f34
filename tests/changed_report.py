"""A workbook whose annexes somebody changed, held against the program's report of that ledger."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.edited_workbook import edited
from tests.full_park import a_full_park
from tests.office_rig import same_value
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import shown_number
from workbench.domain.fields import FieldType
from workbench.domain.report.model import CellState

LABELS = {record.key: record.label for record in a_full_park()}
"""What a reader writes for a record that another one belongs to."""
MOVED = ("as_of", "", "day")
"""The cell of the as-of date."""


def changed(records, changes):
    """The same records with other values, or without them."""
    for record in records:
        own = {f: v for (e, k, f), v in changes.items() if (e, k) == (record.entity, record.key)}
        values = {**record.values, **own}
        kept = {field: value for field, value in values.items() if value is not None}
        yield replace(record, values=kept) if own else record


def workbook_with(report, changes, target):
    """Write a report, change cells of its annexes; return where its tables stand."""
    book = edited(report)
    for (entity, key, field), value in changes.items():
        if (entity, key, field) == MOVED:
            book.put(book.cell("as_of", "day", 1), value)
            continue
        listed = [p for p in book.written.tables if p.table.records == entity]
        place = next(p for p in listed if field in {c.key for c in p.table.columns})
        row = next(n for n, t in enumerate(place.table.targets, 1) if t == f"ledger|{entity}:{key}")
        own = CATALOGUE[entity][field]
        refers = own.type is FieldType.REF and value
        book.put(book.cell(place, field, row), LABELS[value] if refers else _shown(value, own))
    book.save(target)
    return book.places


def _shown(value, field):
    """What a reader writes into the annex."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return float(shown_number(value, field)) if isinstance(value, Decimal) else value


REBUILT = (
    "working_", "order_", "coverage", "unmoved", "feasibility", "表10-1", "表D-3",
    "表2-0", "表2-5", "表2-6", "calc_land",
)  # fmt: skip
"""Tables that have a row or column for what counts, so that another ledger has other ones."""


MARKS = {("unmoved", "now"), ("unmoved", "changed"), ("rubric", "value"), ("calc_space", "whole")}
"""Columns that say that something waits for the program, or lacks a number."""


def differences(report, places, fresh, other, tables=None, waits=None):
    """Every live cell whose recalculated value is not that of the other report.

    A number of the program may be 待核 in the workbook; its name is then added to ``waits``, an
    indicator's by its id, any other by its table.
    """
    compared, wrong = 0, []
    waits = set() if waits is None else waits
    for sheet in report.sheets:
        theirs = {table.name: table for table in other.sheet(sheet.key).tables}
        for table in sheet.tables:
            twin, place = theirs.get(table.name), places.get(table.name)
            if place is None or (tables is not None and table.name not in tables):
                continue
            if twin is None or len(twin.rows) != len(table.rows):
                if not table.name.startswith(REBUILT):
                    wrong.append((table.name, "rows", len(table.rows), twin and len(twin.rows)))
                continue
            for row, (ours, news) in enumerate(zip(table.rows, twin.rows, strict=True), start=1):
                for column, cell, new in zip(table.columns, ours, news, strict=False):
                    if not cell.formula or isinstance(new.value, str | date):
                        continue
                    if (table.name, column.key) in MARKS:
                        continue
                    found = fresh[place.sheet][place.address(column.key, row)].value
                    compared += 1
                    if found == "待核" and new.state is not CellState.UNKNOWN:
                        waits.add(ours[0].value if table.name == "indicators" else table.name)
                    elif not same(found, new):
                        wrong.append((table.name, column.key, row, found, new.value))
    return compared, wrong


VERDICT = ("feasibility", "result")
"""What a pathway comes to, which waits where a figure that it asks does."""


TOLD = ("feasibility", "facts", "rules")
"""Tables of marks, answers and verdicts in words."""


def told_apart(name, report, places, fresh, other):
    """Every live word of 表6-1, the facts and the rules that is not that of the other report."""
    compared, moved, wrong = 0, 0, []
    theirs = {t.name: t for sheet in other.sheets for t in sheet.tables}
    for table in (t for sheet in report.sheets for t in sheet.tables if t.name in TOLD):
        place = places[table.name]
        for row, (ours, news) in enumerate(
            zip(table.rows, theirs[table.name].rows, strict=True), 1
        ):
            for column, cell, new in zip(table.columns, ours, news, strict=True):
                if not cell.formula or not isinstance(new.value, str):
                    continue
                found = fresh[place.sheet][place.address(column.key, row)].value
                compared += 1
                moved += new.value != cell.value
                cautious = str(found).startswith("待核")  # a sum of which a part was blanked
                may_wait = name == "blanks" or (table.name, column.key) == VERDICT
                if found != new.value and not (cautious and may_wait):
                    wrong.append((table.name, column.key, row, found, new.value))
    return compared, moved, wrong


def same(found, cell):
    if cell.state is CellState.NOT_APPLICABLE:
        return found == "—"
    if cell.state is CellState.UNKNOWN:
        return found == "待核"
    return cell.number is not None and same_value(found, float(cell.number))
