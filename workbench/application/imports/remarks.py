# SPDX-License-Identifier: MIT
"""Remarks that speak of a seizure which no record would hold, or of figures yet to come.

A clerk writes 被法院查封 or 以上为预计数 into 备注. The text is kept as it is; what it means is a
person's to say, yet nobody may read the asset as free of it, or a forecast as achieved, without
having been told.
"""

import re
from collections.abc import Sequence

from workbench.application.imports.preview import ColumnData, Outcome, TablePreview
from workbench.domain.parsing.parsed import warning
from workbench.domain.parsing.standing import Standing, foreseen_in_remark

_BURDENED = frozenset({"parcel", "building", "unit", "facility"})
_TAKEN = frozenset({Outcome.NEW, Outcome.CHANGED})
_SIGNS = {
    "seizure": re.compile(r"轮候|查封|冻结|财产保全"),
    "mortgage": re.compile(r"抵押"),
}
_CODES = {Standing.FORECAST: "remark_foresees", Standing.PLANNED: "remark_plans"}
_CLAUSE = re.compile(r"[，;；。\n]|,(?!\d{3})")
_LONGEST_CLAUSE = 24
_SHORTEST = 3
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OF_ALL = re.compile("以上|均为|全部|本行|各项")
_BURDEN = "(?:轮候|查封|冻结|保全|抵押)"
_ENDED = "(?:解除|注销|撤销|涂销|解封|解押)"
_FREE = re.compile(
    # 无抵押、查封情况
    rf"(?:无|未|没有|不存在|不涉及|非)(?:(?!{_ENDED})[^,，;；。]){{0,6}}?{_BURDEN}(?:[、和及与或/]{_BURDEN})*"
    # 已解除查封, yet not 未解除查封
    rf"|(?<![未没不有]){_ENDED}(?:(?!{_ENDED})[^,，;；。]){{0,6}}?{_BURDEN}"
    # 抵押已于2023年解除, yet not 查封尚未解除
    rf"|{_BURDEN}(?:(?![未没不尚])[^,，;；。]){{0,14}}?{_ENDED}"
)


def ask_about_remarks(preview: TablePreview, tables: Sequence[TablePreview]) -> None:
    """Ask about each new or changed record whose remark speaks of a burden or of a forecast.

    ``tables`` are all those of the import: what a row foresees may have become a record of another.
    """
    remarks = preview.columns.get("note")
    if remarks is None:
        return
    if preview.entity in _BURDENED:
        _ask_about_burdens(preview, remarks)
    yearly = [other for other in tables if _of_same_rows(other, preview)]
    if any(map(_figures, (preview, *preview.attached, *yearly))):
        _ask_about_forecasts(preview, remarks, yearly)


def _of_same_rows(other: TablePreview, preview: TablePreview) -> bool:
    """Tell whether a table holds the figures of years that stand in the rows of another."""
    borrowed = other.table.borrowed
    return (
        bool(borrowed)
        and other.table.sheet is preview.table.sheet
        and borrowed <= {column.position for column in preview.table.columns}
    )


def _figures(table: TablePreview) -> list[ColumnData]:
    return [data for data in table.columns.values() if data.field.numeric]


def _ask_about_forecasts(
    preview: TablePreview, remarks: ColumnData, yearly: Sequence[TablePreview]
) -> None:
    """Ask whether figures beside 预计2026年达产 are achieved; only who kept the ledger knows.

    The question stands beside the figure that the remark names, be it of a record that the row
    states beside its own, else beside the remark.
    """
    foreseen = [
        (index, clause.strip(), said)
        for index, value in enumerate(remarks.values)
        if isinstance(value, str)
        and preview.outcomes[index] in _TAKEN
        and foreseen_in_remark(value)
        for clause in _CLAUSE.split(value)
        if (said := foreseen_in_remark(clause)) is not None
    ]
    beside = _rows_beside(preview, yearly) if foreseen else {}
    for index, clause, said in foreseen:
        _ask(((preview, index), *beside.get(index, ())), clause, _CODES[said])


def _rows_beside(
    preview: TablePreview, yearly: Sequence[TablePreview]
) -> dict[int, list[tuple[TablePreview, int]]]:
    """Return the rows of other records that a row states, by its own place."""
    found: dict[int, list[tuple[TablePreview, int]]] = {}
    for made in preview.attached:
        for at, index in enumerate(made.host.rows if made.host is not None else ()):
            found.setdefault(index, []).append((made, at))
    places = {number: index for index, (number, _) in enumerate(preview.table.rows)}
    for table in yearly:
        for at, (number, _) in enumerate(table.table.rows):
            if number in places:
                found.setdefault(places[number], []).append((table, at))
    return found


def _ask(rows: Sequence[tuple[TablePreview, int]], clause: str, code: str) -> None:
    """Ask beside each figure of the rows that a clause names, else beside the remark."""
    text = clause[:_LONGEST_CLAUSE]
    named = [] if _OF_ALL.search(clause) else _spoken_of(rows, clause)
    for table, at, field in named:
        problem = warning("remark_foresees_figure", text=text)
        table.row_problems.setdefault(at, []).append((field, problem))
    if not named:
        table, at = rows[0]
        table.row_problems.setdefault(at, []).append(("note", warning(code, text=text)))


def _spoken_of(
    rows: Sequence[tuple[TablePreview, int]], clause: str
) -> list[tuple[TablePreview, int, str]]:
    """Return the figures of rows that a remark names, by heading, by title or by the figure."""
    numbers = set(_NUMBER.findall(clause.replace(",", "")))
    named = []
    for table, at in rows:
        for data in _figures(table):
            if data.values[at] is None:
                continue
            heading = data.column.heading.core if data.column is not None else ""
            words = {word for word in (heading, data.field.zh) if len(word) > 1}
            words |= {word.removesuffix("面积") for word in words if len(word) > _SHORTEST}
            raw = _NUMBER.findall(table.raw(at, data.field.key).replace(",", ""))
            if any(word in clause for word in words) or (raw and numbers & set(raw)):
                named.append((table, at, data.field.key))
    return named


def _ask_about_burdens(preview: TablePreview, remarks: ColumnData) -> None:
    carried = {
        (made.host.attachment, row)
        for made in preview.attached
        if made.host is not None
        for at, row in enumerate(made.host.rows)
        if made.outcomes[at] is not Outcome.REJECTED
    }
    for index, value in enumerate(remarks.values):
        if not isinstance(value, str) or preview.outcomes[index] not in _TAKEN:
            continue
        said = _FREE.sub("", value)
        for kind, sign in _SIGNS.items():
            if (found := sign.search(said)) and (kind, index) not in carried:
                problem = warning("remark_speaks_of_burden", text=found[0])
                preview.row_problems.setdefault(index, []).append(("note", problem))
