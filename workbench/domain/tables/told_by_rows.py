# SPDX-License-Identifier: MIT
"""What a table lists where only its rows tell: houses and their tenants, leases, or land."""

import re
from collections.abc import Iterator, Mapping, Sequence

from workbench.domain.fields import Catalogue
from workbench.domain.parsing.asset_words import (
    HOUSE,
    LAND,
    told_by_name,
    told_by_paper,
    told_by_unit_number,
)
from workbench.domain.parsing.text import is_blank, shown
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.keys import nameless
from workbench.domain.tables.table import Table

_LEASES, _HOUSES, _ROOMS = "lease", HOUSE, "unit"
_FLOOR, _OWN_AREA, _UNIT_NUMBER = "floor", "gfa_cert", "bdc_unit_no"
_NOBODY = ("空置", "闲置", "未出租", "待租", "招租", "自用")
_KEPT_OF_HOUSES = frozenset(
    {
        "original_value", "net_value", "acc_depreciation", "cert_no", "cert_status", "structure",
        "built_on", "gfa_actual", "right_holder", "fire_accept", "safety_grade",
    }
)  # fmt: skip
"""What a list of houses with their tenants keeps and one of leases does not."""
_BOOKED = frozenset({"original_value", "net_value", "acc_depreciation"})
"""Figures of the books: a list with them is one of assets whatever its title says."""
_OF_LEASES = frozenset({"start_on", "end_on", "rent_total", "rent_price", "term_text", "deposit"})
"""What a list of leases keeps beside the tenant, two of them at least."""
_HEADED = {
    LAND: re.compile("地块|宗地|土地|用地"), HOUSE: re.compile("房|楼|栋|幢|仓库|建筑|车间")
}  # fmt: skip
_PLAINLY = 2
"""So many headings that mean nothing of the other kind leave no doubt of a list."""
_SURELY = 0.9
"""How sure 建筑面积/土地面积 is of each of the two."""
_AREAS = {
    HOUSE: frozenset({"gfa_cert", "gfa_actual"}), LAND: frozenset({"area_cert", "area_actual"})
}  # fmt: skip


def told_by_rows(
    table: Table, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity that the rows of a table tell against its headings, "" for none."""
    asked = (table, headings, catalogue, matcher)
    return next((told for rule in _RULES if (told := rule(*asked))), "")


def houses_let(
    table: Table, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity of houses for a list of leases that is one of houses, let or not, else "".

    It keeps what only a list of houses does, each row names another house, and some have no tenant
    or the title speaks of assets, not of leases; their tenants become leases beside them.
    """
    found = matcher.assign(_HOUSES, headings).columns
    told = {match.field: position for position, match in found.items() if match.exact}
    names = [
        position for field, position in told.items() if field in catalogue[_HOUSES].required_any
    ]
    area = table.by_field().get("area")
    both = _OWN_AREA in told and area is not None and area.position != told[_OWN_AREA]
    if table.entity != _LEASES or not names or not (both or _KEPT_OF_HOUSES & told.keys()):
        return ""
    if "contract_no" in table.by_field() and not nameless(table, catalogue[_LEASES]):
        return ""
    rows = [row for _, row in table.rows]
    tenants = table.by_field().get("tenant")
    blank = tenants is not None and any(_is_nobody(row[tenants.position]) for row in rows)
    title = table.context.title + table.sheet.name
    booked = bool(_BOOKED & told.keys())
    leased = any(word in title for word in catalogue[_LEASES].hints) and not booked
    assets = (
        any(word in title for word in (*catalogue[_HOUSES].hints, "资产", "物业")) and not leased
    )
    apart = any(_differ(_told([row[position] for row in rows])) for position in names)
    return _HOUSES if apart and (blank or assets) else ""


def leases_listed(
    table: Table, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity of leases for a list of houses that names each several times, else "".

    厂房, 楼层, 使用企业, 起租时间: every row is what one tenant has of a house.
    """
    names = [
        column.position
        for field, column in table.by_field().items()
        if field in catalogue[_HOUSES].required_any
    ]
    if table.entity != _HOUSES or not names or not table.rows:
        return ""
    told = {match.field for match in matcher.assign(_LEASES, headings).columns.values()}
    if "tenant" not in told or len(told & _OF_LEASES) < 2:
        return ""
    rows = [row for _, row in table.rows]
    again = all(_repeats([row[position] for row in rows]) for position in names)
    return _LEASES if again else ""


def floors_listed(
    table: Table, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity of rooms for a list of houses that names each once per floor, else "".

    楼栋, 楼层, 空置面积, 租金报价: every row is what may be let of a house.
    """
    columns = table.by_field()
    keys = catalogue[_HOUSES].required_any
    names = [columns[field].position for field in keys if field in columns]
    if table.entity != _HOUSES or not names or _KEPT_OF_HOUSES & columns.keys():
        return ""
    told = matcher.assign(_ROOMS, headings).columns
    floor = next((at for at, match in told.items() if match.field == _FLOOR and match.exact), None)
    if floor is None or "area" not in {match.field for match in told.values()}:
        return ""
    rows = [row for _, row in table.rows]
    again = all(_repeats([row[position] for row in rows]) for position in names)
    apart = _differ(["".join(shown(row[at]) for at in (*names, floor)) for row in rows])
    return _ROOMS if again and apart else ""


def houses_on_land(
    table: Table, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity of houses for a list of land that gives their area and names houses.

    资产名称, 建筑面积, 土地面积: of 1号仓 the land is where it stands.
    """
    found = matcher.assign(_HOUSES, headings).columns.values()
    told = {match.field for match in found if match.exact}
    if table.entity != LAND or not {"name", _OWN_AREA} <= told or not table.rows:
        return ""
    return _HOUSES if all(kind == HOUSE for kind in kinds_of_rows(table)) else ""


def other_by_rows(
    table: Table, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return LAND or HOUSE for a list of the other whose every row says that it is not, else "".

    Only where the headings leave it open: 面积 and 权证编号 may be those of both.
    """
    if table.entity not in (LAND, HOUSE):
        return ""
    other = HOUSE if table.entity == LAND else LAND
    if not may_list(other, table, headings, matcher):
        return ""
    told = bool(table.rows) and all(kind == other for kind in kinds_of_rows(table))
    return other if told else ""


def kinds_of_rows(table: Table) -> Iterator[str]:
    """Yield what the numbers or the name of each row say that it is, "" for nothing."""
    columns = table.by_field()
    named = "name" if "name" in columns else "location"
    signs = [
        (columns[field].position, told_by)
        for field, told_by in (
            (_UNIT_NUMBER, told_by_unit_number), (named, told_by_name), ("cert_no", told_by_paper),
        )
        if field in columns
    ]  # fmt: skip
    for _, row in table.rows:
        yield next((told for at, by in signs if (told := by(shown(row[at]).strip()))), "")


def kinds_by_number(table: Table) -> list[str]:
    """Return what the 不动产单元号 of each row is of, where all have one and they are of both."""
    numbers = table.by_field().get(_UNIT_NUMBER)
    if numbers is None:
        return []
    kinds = [told_by_unit_number(shown(row[numbers.position])) for _, row in table.rows]
    return kinds if {*kinds} == {LAND, HOUSE} else []


def may_list(
    other: str, table: Table, headings: Mapping[int, Heading], matcher: HeadingMatcher
) -> bool:
    """Tell whether the areas of a list may be those of the other kind, under the same headings.

    They are not where several headings can mean nothing there and none nothing here: 取得方式,
    终止日期 and 容积率 are those of land, whatever 老粮库 is called; nor where names are headed so.
    """
    named = table.by_field().get("name")
    if named is not None and _HEADED[table.entity].search(named.heading.core):
        return False
    there = matcher.assign(other, headings).columns
    mine = {column.position for column in table.columns if column.match}
    if len(mine - there.keys()) >= _PLAINLY and not there.keys() - mine:
        return False
    areas = [
        column for field, column in table.by_field().items() if field.startswith(("area_", "gfa_"))
    ]
    wanted = _AREAS[other]
    return bool(areas) and all(
        (match := there.get(column.position)) is not None
        and match.confidence >= _SURELY
        and match.field in wanted
        for column in areas
    )


def _told(cells: Sequence[object]) -> Sequence[object]:
    """Return names without the blanks below the first: a line more of the house above."""
    return [cell for cell in cells if not is_blank(shown(cell))] if shown(cells[0]) else cells


def _is_nobody(cell: object) -> bool:
    """Tell whether a cell names no tenant: blank, or 空置."""
    said = shown(cell).strip()
    return is_blank(said) or said.endswith(_NOBODY)


def _differ(cells: Sequence[object]) -> bool:
    """Tell whether no cell is blank and none repeats another."""
    words = [shown(cell).strip() for cell in cells]
    return all(words) and len(set(words)) == len(words)


def _repeats(cells: Sequence[object]) -> bool:
    """Tell whether some cell repeats another."""
    words = [word for cell in cells if (word := shown(cell).strip())]
    return len(set(words)) < len(words)


_RULES = (houses_let, leases_listed, floors_listed, houses_on_land, other_by_rows)
