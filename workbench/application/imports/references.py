# SPDX-License-Identifier: MIT
"""Finds the record that a name in a ledger means, or plans a new one for it."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.application.imports.preview import ColumnData, NewReference, TablePreview
from workbench.domain.fields import Catalogue, Entity, Field
from workbench.domain.parsing.parsed import notice, warning
from workbench.domain.parsing.text import plain
from workbench.domain.records.ledger import Record
from workbench.domain.tables.context import bare_label
from workbench.domain.tables.finder import park_of
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import Origin, Value

_NAMES: Mapping[str, tuple[str, ...]] = {
    "park": ("name", "code"),
    "parcel": ("code", "name", "bdc_unit_no"),
    "building": ("code", "name"),
    "unit": ("unit_no",),
    "enterprise": ("name", "credit_code"),
    "assessment": ("name",),
}
_ONLY_FOUND = frozenset({"assessment"})
"""What a ledger may name and never brings into being."""
_SCOPED_BY = {"parcel": "park", "building": "park", "unit": "building"}
_ROLES = {"tenant": "租户", "platform_entity": "平台公司"}
_FOR_LEASES = re.compile(r"的?(?:资产?档案|租赁|出租|承租|租户|租金|入驻|招租).*$")
"""What follows a building's name in the title of its leases."""
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name was read, for the record that it brings into being."""

    table: TablePreview
    row: int
    column: str


class References:
    """Names of all records, existing and planned, within the record that holds them."""

    def __init__(
        self, catalogue: Catalogue, existing: Callable[[str], Sequence[Record]],
        tick: Tick = unwatched,
    ) -> None:  # fmt: skip
        self._catalogue = catalogue
        self._scoped: dict[tuple[str, str, str], str] = {}
        self._anywhere: dict[tuple[str, str], list[str]] = {}
        self.parks: dict[tuple[str, str], str] = {}
        self.park_names: dict[str, str] = {}
        self.planned: list[NewReference] = []
        for entity in _NAMES:
            for record in watched(existing(entity), tick):
                self.add(entity, record.key, record.values.get)

    def knows(self, entity: str) -> bool:
        """Tell whether records of an entity are looked up by name."""
        return entity in _NAMES

    def words_of(self, entity: str) -> tuple[str, tuple[str, ...]]:
        """Return the field that holds an entity's records, and the fields that name them."""
        return _SCOPED_BY.get(entity, ""), _NAMES.get(entity, ())

    def add(self, entity: str, key: str, value_of: Callable[[str], Value | None]) -> None:
        """Remember a record's names; ``value_of`` returns references as keys."""
        scope, names = self.words_of(entity)
        told = [str(text) for name in names if (text := value_of(name))]
        if entity == "park" and told:
            self.park_names[key] = told[0]
        words = tuple(map(plain, told))
        self.remember(
            entity, key, str(value_of(scope) or ""), str(value_of("park") or ""), words
        )  # fmt: skip

    def remember(
        self, entity: str, key: str, scope: str, park: str, words: Sequence[str]
    ) -> None:  # fmt: skip
        """Remember a record by its normalized names within the record that holds it."""
        if park:
            self.parks[entity, key] = park
        elif scope and entity == "unit":
            self.parks[entity, key] = self.parks.get(("building", scope), "")
        for word in words:
            self._scoped.setdefault((entity, scope, word), key)
            self._anywhere.setdefault((entity, word), []).append(key)

    def find(self, entity: str, text: str, scope: str) -> str | None:
        """Return the one record that a name means within a scope, or None."""
        word = plain(text)
        if key := self._scoped.get((entity, scope, word)):
            return key
        keys = set(self._anywhere.get((entity, word), ()))
        if entity not in _SCOPED_BY or not scope:
            return next(iter(keys)) if len(keys) == 1 else None
        loose = [key for key in keys if not self.parks.get((entity, key))]
        return loose[0] if len(loose) == 1 else None

    def many(self, entity: str, text: str) -> bool:
        """Tell whether several records have a name."""
        return len(set(self._anywhere.get((entity, plain(text)), ()))) > 1

    def starting(self, entity: str, text: str, scope: str) -> str | None:
        """Return the record whose name a longer text begins with: 8#厂房 of 8#厂房1层全部."""
        word = plain(text)
        for length in range(len(word), _SHORTEST_NAME - 1, -1):
            if key := self._scoped.get((entity, scope, word[:length])):
                return key
        return None

    def plan(
        self, field: Field, text: str, scope: str, place: Place, more: Mapping[str, Value]
    ) -> str:
        """Plan a new record for a name that nothing has; return its key."""
        entity = field.target
        key = str(uuid.uuid4())
        name = "unit_no" if entity == "unit" else "name"
        values: dict[str, Value] = {name: text.strip(), **more}
        if scope and entity in _SCOPED_BY:
            values[_SCOPED_BY[entity]] = scope
        if entity == "enterprise" and field.key in _ROLES:
            values["role"] = (_ROLES[field.key],)
        table = place.table
        self.planned.append(
            NewReference(
                entity,
                key,
                values,
                text,
                table.file,
                table.table.sheet.name,
                place.row,
                place.column,
            )
        )
        self.add(entity, key, values.get)
        return key


def settle_parks(preview: TablePreview, spec: Entity, default: str) -> None:
    """Give each row the park that its surroundings name, where it has none of its own."""
    if "park" not in spec:
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
        known: dict[tuple[object, str], str | None] = {}
        for index, value in enumerate(data.values):
            if value is None:
                continue
            scope = scope_of(preview, field.target, index)
            seen = (value, scope)
            if seen not in known:
                key = resolve_one(preview, references, field, str(value), scope, index)
                known[seen] = key
                if field.target == "park" and key:
                    references.park_names.setdefault(key, str(value))
            data.targets[index] = known[seen]
    _buildings_from_locations(preview, references, specs)
    _building_of_title(preview, references, specs)
    _parks_of_assets(preview, references)


def scope_of(preview: TablePreview, target: str, index: int) -> str:
    """Return the key of the record within which a target's names are unique."""
    holder = preview.columns.get(_SCOPED_BY.get(target, ""))
    if holder is None or holder.targets is None:
        return ""
    return holder.targets[index] or ""


def resolve_one(
    preview: TablePreview, references: References, field: Field, text: str, scope: str, index: int
) -> str | None:
    """Return the record that a name means, planned where nothing has it; None if none may be."""
    if key := references.find(field.target, text, scope):
        return key
    if field.target in _ONLY_FOUND:
        return None
    never = field.target not in _NAMES
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
    """Link leases to the building that the title or the sheet is named after: 1号厂房租赁.

    Only a building that the ledger has is taken; the finding at each row says where it is from.
    """
    named = {"building", "unit", "parcel"} & preview.columns.keys()
    if preview.entity != "lease" or named or preview.host is not None:
        return
    context = preview.table.context
    for text in dict.fromkeys((context.label, context.title, preview.table.sheet.name)):
        name = _FOR_LEASES.sub("", bare_label(text)) if text else ""
        if not name or (name == text and text != preview.table.sheet.name):
            continue
        short = name.removeprefix(context.park).strip(" -—_").removesuffix("房屋")
        count = len(preview.table.rows)
        scopes = [scope_of(preview, "building", index) for index in range(count)]
        for called in (name, short):
            targets = [references.find("building", called, scope) for scope in scopes]
            if any(targets):
                break
        else:
            continue
        values: list[Value | None] = [called if target else None for target in targets]
        origins = {index: Origin(text) for index in range(count)}
        data = ColumnData(specs["lease"]["building"], None, "", values, origins, targets=targets)
        preview.columns["building"] = data
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
