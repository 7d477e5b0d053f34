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

_BURDENED = frozenset({"parcel", "building", "unit", "facility"})
_TAKEN = frozenset({Outcome.NEW, Outcome.CHANGED})
_SIGNS = {
    "seizure": re.compile(r"轮候|查封|冻结|财产保全"),
    "mortgage": re.compile(r"抵押"),
}
_HOPED = re.compile("预计|预期|预测|力争|目标值|暂按")
_PLANNED = re.compile("(?<![模虚])拟(?!合)|(?<!本)计划(?!内|单列|生育)|打算|正在洽谈|意向")
_CLAUSE = re.compile("[,，;；。\n]")
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


def ask_about_remarks(preview: TablePreview) -> None:
    """Ask about each new or changed record whose remark speaks of a burden or of a forecast."""
    remarks = preview.columns.get("note")
    if remarks is None:
        return
    if preview.entity in _BURDENED:
        _ask_about_burdens(preview, remarks)
    if any(data.field.numeric for data in preview.columns.values()):
        _ask_about_forecasts(preview, remarks)


def _ask_about_forecasts(preview: TablePreview, remarks: ColumnData) -> None:
    """Ask whether figures beside 预计2026年达产 are achieved; only who kept the ledger knows.

    The question stands beside the figure that the remark names, else beside the remark.
    """
    figures = [data for data in preview.columns.values() if data.field.numeric]
    for index, value in enumerate(remarks.values):
        if not isinstance(value, str) or preview.outcomes[index] not in _TAKEN:
            continue
        found = _HOPED.search(value)
        if found is None and (found := _PLANNED.search(value)) is None:
            continue
        code = "remark_foresees" if _HOPED.search(value) else "remark_plans"
        clause = next(part for part in _CLAUSE.split(value) if found[0] in part).strip()
        spoken_of = [] if _OF_ALL.search(clause) else _spoken_of(preview, figures, index, clause)
        asked = preview.row_problems.setdefault(index, [])
        for data in spoken_of:
            problem = warning("remark_foresees_figure", text=clause[:_LONGEST_CLAUSE])
            asked.append((data.field.key, problem))
        if not spoken_of:
            asked.append(("note", warning(code, text=clause[:_LONGEST_CLAUSE])))


def _spoken_of(
    preview: TablePreview, figures: Sequence[ColumnData], index: int, clause: str
) -> list[ColumnData]:
    """Return the figures of a row that a remark names, by heading, by title or by the figure."""
    numbers = set(_NUMBER.findall(clause.replace(",", "")))
    named = []
    for data in figures:
        if data.values[index] is None:
            continue
        heading = data.column.heading.core if data.column is not None else ""
        words = {word for word in (heading, data.field.zh) if len(word) > 1}
        words |= {word.removesuffix("面积") for word in words if len(word) > _SHORTEST}
        raw = _NUMBER.findall(preview.raw(index, data.field.key).replace(",", ""))
        if any(word in clause for word in words) or (raw and numbers & set(raw)):
            named.append(data)
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
