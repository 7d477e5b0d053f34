# SPDX-License-Identifier: MIT
"""Remarks that speak of a seizure which no record would hold, or of figures yet to come.

A clerk writes 被法院查封 or 以上为预计数 into 备注. The text is kept as it is; what it means is a
person's to say, yet nobody may read the asset as free of it, or a forecast as achieved, without
having been told.
"""

import re

from workbench.application.imports.preview import ColumnData, Outcome, TablePreview
from workbench.domain.parsing.parsed import warning

_BURDENED = frozenset({"parcel", "building", "unit", "facility"})
_TAKEN = frozenset({Outcome.NEW, Outcome.CHANGED})
_SIGNS = {
    "seizure": re.compile(r"轮候|查封|冻结|财产保全"),
    "mortgage": re.compile(r"抵押"),
}
_HOPED = re.compile("预计|预期|预测|力争|目标值|暂按")
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
    """Ask whether figures beside 预计2026年达产 are achieved; only who kept the ledger knows."""
    for index, value in enumerate(remarks.values):
        found = _HOPED.search(value) if isinstance(value, str) else None
        if found and preview.outcomes[index] in _TAKEN:
            problem = warning("remark_foresees", text=found[0])
            preview.row_problems.setdefault(index, []).append(("note", problem))


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
