# SPDX-License-Identifier: MIT
"""Links the rows of a table to what they name: parks, houses, land, rooms, firms, new ones too."""

import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.application.imports.preview import ColumnData, TablePreview
from workbench.application.imports.references import NAMES, SCOPED_BY, Place, References
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Catalogue, Entity, Field
from workbench.domain.parsing.parsed import notice, warning
from workbench.domain.parsing.text import is_blank, plain, shown
from workbench.domain.tables.context import bare_label
from workbench.domain.tables.finder import Column, park_of
from workbench.domain.values import Origin, Value

_ONLY_FOUND = frozenset({"assessment"})
"""What a ledger may name and never brings into being."""
_WHOLE = frozenset({"整栋", "整幢", "整座", "整楼", "整层", "全部", "全栋", "whole"})
"""What a list of leases says under 房号 where no room is meant."""
_BY_ENDING = frozenset({"building", "parcel"})
"""What a list may call by the end of its name: A座 for 创新园A座."""
_IN_A_HOUSE = frozenset({"lease", "unit"})
_FOR_LEASES = re.compile(
    r"的?(?:资产?档案|租控|房态|销控|房源|租赁|出租|承租|租户|租金|入驻|招租|明细|台账|一览|清单).*$"
)
"""What follows a building's name in the title of its leases."""
_HOUSE_WORDS = "楼栋幢座"
"""What a building is called with or without: A1楼租赁明细 is that of A1."""


def settle_parks(preview: TablePreview, spec: Entity, default: str) -> None:
    """Give each row the park that its surroundings name, where it has none of its own."""
    if "park" not in spec:
        preview.within = dict(_parks_around(preview, spec, default))
        return
    table = preview.table
    data = preview.columns.get("park")
    if data is None:
        blank: list[Value | None] = [None] * len(table.rows)
        data = preview.columns["park"] = ColumnData(spec["park"], None, "", blank)
    above: Value | None = None
    sparse = data.column is not None and _named_once_per_group(preview, spec, data)
    missing = 0
    for index, (number, _) in enumerate(table.rows):
        if data.values[index] is not None:
            above = data.values[index]
            continue
        repeated = sparse and above is not None and number not in table.parks
        name = "" if repeated else park_of(table, number) or default
        if repeated:
            name = str(above)
            preview.row_problems.setdefault(index, []).append(
                ("park", notice("park_from_above", text=name))
            )
        if name:
            data.values[index] = name
            data.origins[index] = Origin(name)
        else:
            missing += 1
    if missing:
        preview.problems.append(("", warning("park_unknown", count=str(missing))))


def _parks_around(preview: TablePreview, spec: Entity, default: str) -> Iterator[tuple[int, str]]:
    """Yield the park of the houses that rows name which have none: by 园区, title or file."""
    if not any(SCOPED_BY.get(field.target) == "park" for field in spec.references()):
        return
    table = preview.table
    column = next((c for c in table.columns if c.match is None and _names_parks(c)), None)
    if column is not None:
        preview.problems = [item for item in preview.problems if item[0] != column.address]
        preview.parks_written = column.elsewhere = True
    above = ""
    for index, (number, row) in enumerate(table.rows):
        cell = shown(row[column.position]).strip() if column is not None else ""
        above = above if is_blank(cell) else cell
        if name := above or park_of(table, number) or default:
            yield index, name


def _names_parks(column: Column) -> bool:
    field = CATALOGUE["building"]["park"]
    return column.heading.core in (field.zh, *field.synonyms)


def _named_once_per_group(preview: TablePreview, spec: Entity, parks: ColumnData) -> bool:
    """Tell whether 园区 is written at the first row of each group only, so that blanks repeat it.

    Where a name stands in two rows on end, or every field has its column as in our own export, a
    blank is a park that nobody knows.
    """
    whole = all(
        field.key in preview.columns and preview.columns[field.key].column is not None
        for field in spec
    )
    repeated = any(one is not None and one == two for one, two in pairwise(parks.values))
    return not whole and not repeated


def resolve(preview: TablePreview, references: References, specs: Catalogue) -> None:
    """Turn every reference of a table into the key of a record, existing or planned."""
    spec = specs[preview.entity]
    order = sorted(
        (
            field
            for field in spec.references()
            if field.key in preview.columns and preview.columns[field.key].targets is None
        ),
        key=lambda field: ("park", "parcel", "building", "unit").index(field.key)
        if field.key in ("park", "parcel", "building", "unit") else 9,
    )  # fmt: skip
    for field in order:
        data = preview.columns[field.key]
        data.targets = [None] * len(data.values)
        known: dict[tuple[object, str, str], str | None] = {}
        for index, value in enumerate(data.values):
            if value is None:
                continue
            scope = scope_of(preview, field.target, index)
            seen = (value, scope, preview.within.get(index, ""))
            if seen not in known:
                key = resolve_asset(preview, references, field, str(value), index)
                known[seen] = key
                if field.target == "park" and key:
                    references.park_names.setdefault(key, str(value))
            data.targets[index] = known[seen]
    _buildings_from_locations(preview, references, specs)
    _building_of_title(preview, references, specs)
    _parks_of_assets(preview, references)


def scope_of(preview: TablePreview, target: str, index: int) -> str:
    """Return the key of the record within which a target's names are unique."""
    holder = preview.columns.get(SCOPED_BY.get(target, ""))
    if holder is None or holder.targets is None:
        return ""
    return holder.targets[index] or ""


def resolve_asset(
    preview: TablePreview, references: References, field: Field, text: str, index: int
) -> str | None:
    """Return the record that a name means in the park that the row, or what stands around it, says.

    A park of the rows' own column parts houses of one name; one of a title only places new ones.
    """
    scope = scope_of(preview, field.target, index)
    park = preview.within.get(index, "") if SCOPED_BY.get(field.target) == "park" else ""
    if scope or not park:
        return resolve_one(preview, references, field, text, scope, index)
    known = references.find("park", park, "")
    if not preview.parks_written and (key := references.find(field.target, text, "")):
        return key
    if known and (key := references.find(field.target, text, known)):
        return key
    if known is None:
        place = Place(preview, preview.row_number(index), "")
        known = references.plan(CATALOGUE["building"]["park"], park, "", place, {})
        created = notice("reference_created", text=park, target="park")
        preview.row_problems.setdefault(index, []).append((field.key, created))
    return resolve_one(preview, references, field, text, known, index)


def resolve_one(
    preview: TablePreview, references: References, field: Field, text: str, scope: str, index: int
) -> str | None:
    """Return the record that a name means, planned where nothing has it; None if none may be."""
    if key := references.find(field.target, text, scope):
        return key
    ends = field.target in _BY_ENDING and scope
    if ends and (key := references.ending(field.target, text, scope)):
        problem = notice("found_by_ending", text=text, target=field.target)
        preview.row_problems.setdefault(index, []).append((field.key, problem))
        return key
    if field.target in _ONLY_FOUND:
        return None
    if field.target == "unit" and plain(text) in _WHOLE:
        preview.row_problems.setdefault(index, []).append(
            (field.key, notice("whole_house", text=text))
        )
        return None
    never = field.target not in NAMES
    if never or (field.target == "unit" and not scope):
        preview.row_problems.setdefault(index, []).append(
            (field.key, warning("reference_unknown", text=text))
        )
        return None
    data = preview.columns[field.key]
    column = data.column.letter if data.column else ""
    place = Place(preview, preview.row_number(index), column)
    preview.row_problems.setdefault(index, []).append(
        (field.key, notice("reference_created", text=text, target=field.target))
    )
    return references.plan(field, text, scope, place, _tenant_facts(preview, field, index))


def _tenant_facts(preview: TablePreview, field: Field, index: int) -> dict[str, Value]:
    """Return what a lease row says about its tenant."""
    if field.key != "tenant":
        return {}
    facts: dict[str, Value] = {}
    for name, target in (("credit_code", "credit_code"), ("industry", "industry_name")):
        data = preview.columns.get(name)
        if data is not None and (value := data.values[index]) is not None:
            facts[target] = value
    return facts


def _building_of_title(preview: TablePreview, references: References, specs: Catalogue) -> None:
    """Link leases and rooms to the building that title or sheet is named after: 1号厂房租赁.

    Only a building that the ledger has is taken; the finding at each row says where it is from.
    """
    named = {"building", "unit", "parcel"} & preview.columns.keys()
    if preview.entity not in _IN_A_HOUSE or named or preview.host is not None:
        return
    context = preview.table.context
    for text in dict.fromkeys((context.label, context.title, preview.table.sheet.name)):
        name = _FOR_LEASES.sub("", bare_label(text)) if text else ""
        if not name or (name == text and text != preview.table.sheet.name):
            continue
        short = name.removeprefix(context.park).strip(" -—_").removesuffix("房屋")
        count = len(preview.table.rows)
        scopes = [scope_of(preview, "building", index) for index in range(count)]
        bare = short.rstrip(_HOUSE_WORDS)
        for called in (name, short, bare, *(f"{bare}{word}" for word in _HOUSE_WORDS)):
            targets = [references.find("building", called, scope) for scope in scopes]
            if any(targets):
                break
        else:
            continue
        values: list[Value | None] = [called if target else None for target in targets]
        origins = {index: Origin(text) for index in range(count)}
        field = specs[preview.entity]["building"]
        preview.columns["building"] = ColumnData(field, None, "", values, origins, targets=targets)
        for index in range(count):
            problem = notice("building_from_title", text=text)
            preview.row_problems.setdefault(index, []).append(("building", problem))
        return


def _buildings_from_locations(
    preview: TablePreview, references: References, specs: Catalogue
) -> None:
    """Link a lease to the building that its location names, if the ledger has that building."""
    if preview.entity != "lease" or "location" not in preview.columns:
        return
    locations = preview.columns["location"]
    data = preview.columns.get("building")
    if data is None:
        blank: list[Value | None] = [None] * len(locations.values)
        data = ColumnData(specs["lease"]["building"], None, "", blank)
        data.targets = [None] * len(blank)
    assert data.targets is not None
    for index, location in enumerate(locations.values):
        if data.targets[index] is not None or not isinstance(location, str):
            continue
        key = references.starting("building", location, scope_of(preview, "building", index))
        if key is not None:
            data.targets[index] = key
            data.values[index] = location
            data.origins[index] = Origin(location)
            problem = notice("building_from_location", text=location)
            preview.row_problems.setdefault(index, []).append(("building", problem))
    if any(data.targets):
        preview.columns["building"] = data


def _parks_of_assets(preview: TablePreview, references: References) -> None:
    """Give each row that names no park the one that its building or parcel is in."""
    data = preview.columns.get("park")
    if data is None or data.targets is None:
        return
    assets = [
        (field, column)
        for field in ("unit", "building", "parcel")
        if (column := preview.columns.get(field)) is not None and column.targets is not None
    ]
    missing = 0
    for index, value in enumerate(data.values):
        if value is not None:
            continue
        for field, column in assets:
            assert column.targets is not None
            park = references.parks.get((field, column.targets[index] or ""))
            if park:
                text = str(column.values[index])
                data.values[index] = references.park_names.get(park, text)
                data.targets[index] = park
                data.origins[index] = Origin(text)
                problem = notice("park_from_asset", text=text)
                preview.row_problems.setdefault(index, []).append(("park", problem))
                break
        else:
            missing += 1
    kept = [(at, problem) for at, problem in preview.problems if problem.code != "park_unknown"]
    if len(kept) < len(preview.problems):
        told = [("", warning("park_unknown", count=str(missing)))] if missing else []
        preview.problems = [*kept, *told]
