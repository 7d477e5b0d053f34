# SPDX-License-Identifier: MIT
"""Links a mortgage, seizure or valuation to the asset that one column names: 抵押物, 查封财产."""

import re
from collections.abc import Sequence

from workbench.application.imports.preview import ColumnData, TablePreview
from workbench.application.imports.references import References
from workbench.application.imports.resolving import resolve_asset, scope_of
from workbench.domain.fields import Catalogue
from workbench.domain.parsing.asset_words import told_by_name
from workbench.domain.parsing.parsed import warning
from workbench.domain.parsing.text import DITTO_TOKENS, is_blank
from workbench.domain.tables.finder import Column

_CODES = frozenset(
    {
        "资产编号", "资产编码", "资产代码", "标的编号", "抵押物编号", "抵押资产编号",
        "查封资产编号", "受限资产编号", "评估资产编号", "资产卡片编号",
    }
)  # fmt: skip
_NAMES = frozenset(
    {
        "资产名称", "资产", "标的", "标的物", "标的名称", "标的资产", "抵押物", "抵押物名称",
        "抵押资产", "抵押财产", "抵押标的", "抵押资产名称", "查封标的", "查封资产", "查封财产",
        "查封物", "查封标的物", "查封财产名称", "查封资产名称", "被查封资产", "被查封财产",
        "冻结资产", "涉案资产", "涉案标的", "涉案财产", "涉诉资产", "涉诉标的", "担保物",
        "评估对象", "估价对象", "委估资产", "评估标的", "受限资产", "受限资产名称",
    }
)  # fmt: skip
_SEVERAL = re.compile(r"[、;；]|[及和与](?=\d|[一二三四五六七八九十A-Z])")
"""What stands between the names of several assets."""


def link_named_assets(preview: TablePreview, references: References, specs: Catalogue) -> None:
    """Link a mortgage or valuation to the building or parcel that 资产编号 or 资产名称 names.

    A name that nothing has and that says what it is, as 3#厂房 and 二期地块 do, is planned as a new
    record; whether any other is land or a house is not for us to guess, so it stays unlinked.
    """
    spec = specs[preview.entity]
    if not ("parcel" in spec and "building" in spec) or preview.host is not None:
        return
    kinds = [kind for kind in ("building", "parcel") if kind not in preview.columns]
    column = _column(preview, references, kinds)
    if column is None:
        return
    count = len(preview.table.rows)
    made = {kind: ColumnData(spec[kind], column, "", [None] * count) for kind in kinds}
    for data in made.values():
        data.targets = [None] * count
    preview.columns |= made
    above = ""
    for index, (_, row) in enumerate(preview.table.rows):
        text = str(row[column.position]).strip()
        text = above if text in DITTO_TOKENS else text
        above = text
        found: dict[str, str | None] = {
            kind: key
            for kind in kinds
            if text and (key := references.find(kind, text, scope_of(preview, kind, index)))
        }
        one = not _SEVERAL.search(text)  # 1#车间、2#车间 are two
        kind = told_by_name(text)
        if not found and one and kind in kinds and not references.many(kind, text):
            found[kind] = resolve_asset(preview, references, spec[kind], text, index)
        if len(found) == 1:
            ((kind, key),) = found.items()
            data = made[kind]
            assert data.targets is not None
            data.values[index], data.targets[index] = text, key
        elif text and not is_blank(text):
            preview.row_problems.setdefault(index, []).append(
                ("building", warning("asset_unknown", text=text))
            )
    for kind, data in made.items():
        if not any(data.values):
            del preview.columns[kind]
    preview.problems = [
        (letter, problem)
        for letter, problem in preview.problems
        if (letter, problem.code) != (column.address, "column_without_field")
    ]


def _column(preview: TablePreview, references: References, kinds: Sequence[str]) -> Column | None:
    """Return the column of names or codes, whichever more assets are known by."""
    table = preview.table
    columns = [
        column
        for words in (_NAMES, _CODES)
        for column in table.columns
        if column.heading.core in words and column.open
    ]

    def known(column: Column) -> int:
        return sum(
            any(references.find(kind, text, scope_of(preview, kind, index)) for kind in kinds)
            for index, (_, row) in enumerate(table.rows)
            if (text := str(row[column.position]).strip())
        )

    if len(columns) < 2:
        return columns[0] if columns else None
    return max(columns, key=known)
