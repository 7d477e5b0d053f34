# SPDX-License-Identifier: MIT
"""What a column without a known heading holds, where its cells are of one unmistakable form.

A wrong guess is worse than a column left unread: only numbers that have one form are told, never
dates or plain figures, never where two columns would compete, and always for a person to confirm.
"""

import re
from collections.abc import Mapping

from workbench.domain.fields import Entity
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.parsing.text import is_blank, plain, shown
from workbench.domain.tables.headings.matcher import Match
from workbench.domain.tables.table import Column, Table

_PROPOSED = 0.62
"""How sure such a field is: below what is taken unasked."""
_LOOKED_AT, _FEWEST = 60, 2
_FORMS: Mapping[str, re.Pattern[str]] = {
    "cert_no": re.compile(
        r"\S{0,24}(?:不动产权第|房权证|房产证字|国用[(（]|集用[(（]|土国用)\S{2,30}|\S{1,8}国用\S{0,2}\d{4}\S{3,20}"
    ),
    "credit_code": re.compile(r"[159][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}"),
    "bdc_unit_no": re.compile(r"\d{12}[A-Z]{2}\d{5}[FWLGBE]\d{8}"),
    "case_no": re.compile(
        r"[(（〔]\d{4}[)）〕]\S{1,8}[民执财刑行破初终保]\S{0,6}\d+号(?:之[一二三四])?"
    ),
}
"""Fields whose values have a form of their own."""
_FIRM = re.compile(
    r"\S{2,30}(?:有限公司|有限责任公司|股份公司|集团公司|\(有限合伙\)|（有限合伙）)\S{0,6}"
)
_FIRMS = {"lease": "tenant", "demand": "enterprise"}
"""The one field of a list that names firms, where nothing else may."""
_OTHER_FIRM = re.compile("出租|甲方|产权|权属|管理|运营|建设|施工|填报|物业|业主|评估|中介|原")

_OTHER = {
    "cert_no": re.compile("抵押|他项|查封|原[^因]|上手"), "case_no": re.compile("判决|原审|关联"),
    "bdc_unit_no": re.compile("原"),
}  # fmt: skip
"""Headings that speak of another firm, or of another number of the same form."""

_KIND = "kind"
_SORTS = re.compile("(?:固定|实物)?(?:资产)?(?:类别|类型|种类|分类|大类|科目|类)(?:名称)?")
_FIXED = re.compile("房屋|建筑|土地|地块|宗地|厂房|房产|不动产")
_ASSETS = re.compile(
    f"(?:{_FIXED.pattern}|构筑|办公|仓库|宿舍|商铺|机器|机械|.{{0,4}}设备|车辆|运输|电子|家具|器具|仪器|"
    "无形资产|管网|其他)"
)
"""What a register of fixed assets sorts them by; one sort at least is of land or houses."""
_CODE, _NUMBER, _HOW_IT_STANDS = "code", "cert_no", ("cert_status", "cert_kind")
_MAIN_AREA = {"building": "gfa_cert", "parcel": "area_cert", "lease": "area", "unit": "area"}
_WHOLE_AREAS = ("gfa_actual", "area_actual")
_SOME_AREA = (
    "公摊|分摊|绿化|空置|闲置|自用|[已未拟可]|车位|违|拆|抵押|查封|评估|扩|需求|道路|堆场|地下|外借|出借|增加|"
    "其中|配套|亩均|人均|单层|每层|标准|最小|最大|最低|起租|分割|剩余"
)
_PART_OF_AREA = {
    "gfa_cert": re.compile(f"{_SOME_AREA}|占地|土地|用地|基底|租"),
    "area_cert": re.compile(f"{_SOME_AREA}|建筑|房|楼|仓|租|建"),
    "area": re.compile(f"{_SOME_AREA}|占地|土地|用地|基底"),
}
"""Headings of areas that are a part of the thing, or another thing's."""


def propose_fields(table: Table, spec: Entity) -> None:
    """Give columns whose cells have an unmistakable form the field that is missing, in doubt."""
    _take_numbers(table, spec)
    free = [
        column
        for column in table.columns
        if column.open and not (column.numbers_rows or column.elsewhere)
        and standing(column.heading.joined) is Standing.FACT
    ]  # fmt: skip
    if not free:
        return
    taken = table.by_field().keys()
    forms = {key: form for key, form in _FORMS.items() if key in spec and key not in taken}
    if (firm := _FIRMS.get(table.entity, "")) and firm not in taken:
        forms[firm] = _FIRM
    for key, form in forms.items():
        other = _OTHER.get(key, _OTHER_FIRM)
        named = [column for column in free if not other.search(column.heading.joined)]
        _propose(table, [column for column in named if _holds(table, column, form)], key)
    if table.entity == "building" and _KIND not in taken:
        _propose(table, [column for column in free if tells_assets_apart(table, column)], _KIND)
    if (area := _only_area(table, free)) is not None:
        area.match = Match(_MAIN_AREA[table.entity], _PROPOSED, exact=False)


def tells_assets_apart(table: Table, column: Column) -> bool:
    """Tell whether a bare 类别 says what each asset of a register is: land, a house, a machine."""
    if column.chosen or not _SORTS.fullmatch(column.heading.core):
        return False
    cells = (plain(shown(row[column.position])) for _, row in table.rows)
    said = {cell for cell in cells if not is_blank(cell)}
    return len(said) > 1 and all(map(_ASSETS.match, said)) and any(map(_FIXED.match, said))


def _take_numbers(table: Table, spec: Entity) -> None:
    """Take 产权证 over certificates for their number; 无 among them says how it stands anyway."""
    columns = table.by_field()
    if _NUMBER not in spec or _NUMBER in columns:
        return
    for field in (*_HOW_IT_STANDS, _CODE):
        column = columns.get(field)
        if column is None or column.match is None or column.chosen:
            continue
        if field == _CODE and column.match.exact:
            continue
        cells = [shown(row[column.position]).strip() for _, row in table.rows[:_LOOKED_AT]]
        every = all if field == _CODE else any
        if cells and every(map(_FORMS[_NUMBER].fullmatch, cells)):
            column.match = Match(_NUMBER, _PROPOSED, exact=False)
            return


def _only_area(table: Table, free: list[Column]) -> Column | None:
    """Return the one column of areas of a list that states no other: 仓储面积 of warehouses."""
    main = _MAIN_AREA.get(table.entity)
    if main is None or any(field in table.by_field() for field in (main, *_WHOLE_AREAS)):
        return None
    areas = [
        column
        for column in free
        if column.heading.core.endswith("面积")
        and not _PART_OF_AREA[main].search(column.heading.core)
    ]
    return areas[0] if len(areas) == 1 else None


def _propose(table: Table, columns: list[Column], key: str) -> None:
    """Give the only column that holds a form its field."""
    if len(columns) == 1:
        columns[0].match = Match(key, _PROPOSED, exact=False)


def _holds(table: Table, column: Column, form: re.Pattern[str]) -> bool:
    """Tell whether every filled cell of the first rows has a form, and two have at least."""
    cells = (shown(row[column.position]).strip() for _, row in table.rows[:_LOOKED_AT])
    said = [cell for cell in cells if not is_blank(cell)]
    return len(said) >= _FEWEST and all(map(form.fullmatch, said))
