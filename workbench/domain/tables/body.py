# SPDX-License-Identifier: MIT
"""The rows below a header: which become records, which do not, and how merged labels fill down."""

import re
from collections.abc import Mapping, Sequence

from workbench.domain.fields import Entity, FieldType
from workbench.domain.parsing.text import shown
from workbench.domain.tables.context import pairs_in
from workbench.domain.tables.headings.headers import Header
from workbench.domain.tables.rows import Reason, RowReader, RowShape, Verdict
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.tables.table import RejectedRow, Table
from workbench.domain.tables.watching import ROWS_PER_TICK, Tick, unwatched

_LOOK_AHEAD = 200
_SUM_WORDS = re.compile("(?:小计|合计|汇总|共计)[:：]?.*$")
_GROUP_SUM = re.compile("小计|subtotal", re.I)


def shape_of(sheet: RawSheet, table: Table, spec: Entity, header: Header) -> RowShape:
    """Describe where keys, texts and row numbers stand, for the row reader."""
    keys, texts, indexes = set(), set(), set()
    fields = {column.match.field for column in table.columns if column.match}
    required = set(spec.required_any)
    if not required & fields:
        required = set(spec.named_by)
    for column in table.columns:
        if column.match is None:
            if column.numbers_rows:
                indexes.add(column.position)
            continue
        kind = spec[column.match.field].type
        if column.match.field in required:
            keys.add(column.position)
        if kind in (FieldType.TEXT, FieldType.CODE, FieldType.REF, FieldType.CHOICE):
            texts.add(column.position)
    lowest = header.last
    counted = _counts_rows(sheet, header, indexes)
    headings = {
        column.position: "".join(str(cell).split())
        for column in table.columns
        if (cell := header.levels[column.position][-1]) and lowest >= 0
    }
    wide = frozenset(
        merge.top
        for merge in sheet.merges
        if merge.right > merge.left and merge.top == merge.bottom
    )
    return RowShape(
        tuple(column.position for column in table.columns), headings, frozenset(keys),
        frozenset(texts), frozenset(indexes) if counted else frozenset(), wide,
        frozenset("".join(line.split()) for line in (table.context.title, table.context.label)),
        lists_parks=spec.key == "park",
    )  # fmt: skip


def _counts_rows(sheet: RawSheet, header: Header, indexes: set[int]) -> bool:
    """Tell whether 序号 holds figures, so that 一 or （二） in it marks a group."""
    rows = sheet.rows[header.body : header.body + _LOOK_AHEAD]
    return any(
        isinstance(row[i], int | float) or (isinstance(row[i], str) and str(row[i]).isdigit())
        for row in rows
        for i in indexes
    )


def read_rows(
    table: Table, start: int, stop: int, reader: RowReader, tick: Tick = unwatched
) -> None:
    """Sort the rows below a header into records and rejected rows."""
    sheet = table.sheet
    first, last = table.columns[0].position, table.columns[-1].position + 1
    whole = first == 0 and last == sheet.width
    park = label = ""
    stated: Mapping[str, str] = {}
    for position in range(start, stop):
        if not position % ROWS_PER_TICK:
            tick(position)
        row = sheet.rows[position]
        part = row if whole else row[first:last]
        if _only_spaces(part):
            continue
        number = sheet.top + position
        verdict = reader.judge(number, row, part)
        if verdict is None:
            table.rows.append((number, row))
            if park:
                table.parks[number] = park
            if label:
                table.labels[number] = label
            if stated:
                table.stated[number] = stated
            continue
        if verdict.reason is Reason.GROUP_LABEL:
            label, park = verdict.text, verdict.park or park
            stated = {**stated, **dict(pairs_in(label))}
        table.rejected.append(RejectedRow(number, verdict.reason, verdict.text))
        _keep_total(table, number, row, verdict)
    _demote_early_totals(table)
    _take_labels(table)


def _take_labels(table: Table) -> None:
    """Take a row of one text for a group's name where what follows tells it.

    A sum below repeats it (东区, 东区小计), or it is number 1 and the rows below are 1.1 and 1.2.
    """
    sums = [r for r in table.rejected if r.reason in (Reason.SUBTOTAL, Reason.TOTAL)]
    closed = {_SUM_WORDS.sub("", "".join(r.text.split())): r.row for r in sums}
    index = next((column.position for column in table.columns if column.numbers_rows), None)
    if not closed.keys() - {""} and index is None:
        return
    places = [column.position for column in table.columns if column.position != index]
    numbers = [shown(row[index]).strip() if index is not None else "" for _, row in table.rows]
    kept: list[tuple[int, list[object]]] = []
    label, until = "", 0
    for at, (number, row) in enumerate(table.rows):
        filled = [row[place] for place in places if row[place] not in ("", None)]
        said = filled[0] if len(filled) == 1 and len(places) > 1 else None
        named = "".join(said.split()) if isinstance(said, str) else ""
        parts = bool(numbers[at]) and numbers[at + 1 : at + 2] == [f"{numbers[at]}.1"]
        if named and (parts or closed.get(named, 0) > number):
            label, until = named, closed.get(named, table.rows[-1][0] + 1)
            table.rejected.append(RejectedRow(number, Reason.GROUP_LABEL, label))
            continue
        kept.append((number, row))
        if number < until:
            table.labels[number] = label
    table.rows = kept


def _only_spaces(cells: Sequence[object]) -> bool:
    return all(cell in ("", None) or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _keep_total(table: Table, number: int, row: list[object], verdict: Verdict) -> None:
    if verdict.reason is Reason.TOTAL:
        table.total = (number, row)
    elif verdict.reason is Reason.SUBTOTAL and _GROUP_SUM.search(verdict.text):
        table.subtotals.append((number, row))


def _demote_early_totals(table: Table) -> None:
    """Call a 合计 with records below it a subtotal: it closes a group, not the table.

    The only 合计 of a table sums all its records, or those above it: rows were added below.
    """
    if not table.rows:
        return
    first, last = table.rows[0][0], table.rows[-1][0]
    totals = [rejected for rejected in table.rejected if rejected.reason is Reason.TOTAL]
    if len(totals) == 1 and (totals[0].row < first or not table.subtotals):
        return
    for index, rejected in enumerate(table.rejected):
        if rejected.reason is Reason.TOTAL and rejected.row < last:
            table.rejected[index] = RejectedRow(rejected.row, Reason.SUBTOTAL, rejected.text)
    if table.total is not None and table.total[0] < last:
        table.total = None
    if table.total is None and len(table.subtotals) == 1 and table.subtotals[0][0] > last:
        table.total = table.subtotals.pop()


def fill_merges_down(table: Table, spec: Entity) -> None:
    """Copy merged labels to every row they span; a merged number stays with the first row."""
    sheet = table.sheet
    by_row = {number: index for index, (number, _) in enumerate(table.rows)}
    for merge in sheet.merges:
        if merge.bottom == merge.top or merge.left != merge.right:
            continue
        if not 0 <= merge.top - sheet.top < len(sheet.rows):
            continue  # merged outside what the sheet holds
        column = next((c for c in table.columns if c.position + sheet.left == merge.left), None)
        if column is None or column.match is None or spec[column.match.field].numeric:
            continue
        value = sheet.rows[merge.top - sheet.top][column.position]
        for number in range(merge.top + 1, merge.bottom + 1):
            index = by_row.get(number)
            if index is None:
                continue
            row = table.rows[index][1]
            if number not in table.filled:
                row = list(row)
                table.rows[index] = (number, row)
            row[column.position] = value
            table.filled.setdefault(number, set()).add(column.position)
