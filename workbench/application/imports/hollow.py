# SPDX-License-Identifier: MIT
"""Lists of which too little is understood: a person says whether their rows are records."""

import re

from workbench.application.imports.no_houses import leave_to_person
from workbench.application.imports.preview import Outcome, TablePreview
from workbench.domain.fields import Entity

_BURDEN = "encumbrance"
_ASSETS = frozenset({"parcel", "building"})
_TOLD = _ASSETS | {"kind"}
_OTHER = re.compile(
    r"(?:银行|账户|存款|货币资金|应收账款|股权|股票|股份|车辆|机动车|商标|专利|知识产权|保证金|债权$)"
    r"|\S{0,20}?\d%?(?:的)?股权$"
)
"""What courts seize besides land, houses and plant."""
_LOAN = re.compile(
    "利率|债务(?:类型|种类|性质)|贷款(?:类型|种类|品种)|融资(?:类型|方式|品种)|授信|担保方式|增信"
)
"""Headings that a list of loans has, secured and unsecured alike."""
_OF_PROJECTS = frozenset({"kind", "responsible", "right_holder", "note", "location"})
"""What a list of projects says of each that a list of assets says too."""
_NOT_ONE, _SEVERAL = "not_one_tenant", re.compile(r"[^、]{2,}(?:、[^、]{2,})+")
_MANY = 4
"""So many columns that mean nothing make it doubtful what a list of names is about."""


def review_hollow_list(preview: TablePreview, spec: Entity) -> None:
    """Put the new rows under review where a list has many columns and only names are read of it."""
    table = preview.table
    own = [name for name, data in preview.columns.items() if data.column is not None]
    unread = [c for c in table.columns if c.open and not (c.numbers_rows or c.elsewhere)]
    key = next((name for name in own if name in spec.required_any), "")
    besides = set(own) - {key} - (_OF_PROJECTS if _lists_projects(preview, key) else set())
    if not key or besides or preview.attached or table.constants or len(unread) < _MANY:
        return
    for index, outcome in enumerate(preview.outcomes):
        if outcome is Outcome.NEW:
            leave_to_person(preview, index, key, preview.raw(index, key), "only_named")


def _lists_projects(preview: TablePreview, key: str) -> bool:
    """Tell whether the names of a list are those of projects: 老机床厂改造 is no building."""
    column = preview.columns[key].column if key else None
    return column is not None and column.heading.core.startswith("项目")


def review_untold_burdens(preview: TablePreview) -> None:
    """Put the new rows under review that say neither what burden they are nor on what.

    A list of loans names creditors, sums and days too, and burdens nothing; 有息债务及抵押情况表
    above loans does not make 信用 a mortgage.
    """
    if preview.entity != _BURDEN or preview.host is not None:
        return
    kinds = preview.columns.get("kind")
    by_title = kinds is not None and kinds.column is None
    loans = by_title and any(_LOAN.search(column.heading.core) for column in preview.table.columns)
    telling = _TOLD - {"kind"} if loans else _TOLD
    for index, outcome in enumerate(preview.outcomes):
        if outcome is Outcome.NEW and not preview.values(index).keys() & telling:
            leave_to_person(preview, index, "kind", preview.raw(index, "kind"), "burden_untold")
        elif outcome is Outcome.NEW and (thing := _other_thing(preview, index)):
            leave_to_person(preview, index, "kind", thing, "burden_of_other")


def _other_thing(preview: TablePreview, index: int) -> str:
    """Return what a row says is burdened if no park has it as an asset: 银行账户, 股权; else ""."""
    if preview.values(index).keys() & _ASSETS:
        return ""
    _, row = preview.table.rows[index]
    cells = (row[column.position] for column in preview.table.columns if column.match is None)
    return next((cell for cell in cells if isinstance(cell, str) and _OTHER.match(cell)), "")


def review_shared_leases(preview: TablePreview) -> None:
    """Put the new leases under review that name several tenants: one area is nobody's lease."""
    tenants = preview.columns.get("tenant")
    if preview.entity != "lease" or preview.host is not None or tenants is None:
        return
    for index, name in enumerate(tenants.values):
        said = any(p.code == _NOT_ONE for p in tenants.problems.get(index, ()))
        if preview.outcomes[index] is Outcome.NEW and (said or _SEVERAL.fullmatch(str(name or ""))):
            tenants.problems.pop(index, None)
            leave_to_person(preview, index, "tenant", preview.raw(index, "tenant"), _NOT_ONE)
