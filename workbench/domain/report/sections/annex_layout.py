# SPDX-License-Identifier: MIT
"""How the records of a park stand in the annexes: which, in which tables, in which row."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.figures.firms import firms
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.cells import column_of
from workbench.domain.report.sections.links import records_key
from workbench.domain.report.sections.material import Material
from workbench.domain.values import ValueState

SOURCE = 26.0
"""Characters for where a record comes from, in the last part."""
WIDEST, PART = 178.0, 132.0
"""Characters that fit on a page side by side and can still be read: of a table that is whole, and
of the parts of a longer one, whose columns do not lie as well under each other."""

_ASKED = {
    "lease": frozenset({"start_on", "end_on", "terminated_on", "area"}),
    "encumbrance": frozenset({"start_on", "end_on", "status"}),
    "demand": frozenset({"enterprise", "stage"}),
    "enterprise": frozenset({"chain_role"}),
}
"""What decides whether a record counts, or a score: it has its column also where it is blank."""


@dataclass(frozen=True)
class Listing:
    """The records of one entity in an annex: tables of ``parts``, each with the name's column.

    Parts after the first have ``code`` beside it: names may be alike, or not known.
    """

    entity: Entity
    records: Sequence[Record]
    name: Field | None
    alike: Field | None
    """The field that says of every row that it lies in the park of the report."""
    parts: Sequence[Sequence[Field]]
    empty: Sequence[Field]
    """The fields that nobody filled in."""
    code: Field | None = None

    def fields(self, part: int) -> Sequence[Field]:
        """Return the fields of a part, first those by which its records are told."""
        told = (self.name, self.code if part else None)
        return [*(field for field in told if field is not None), *self.parts[part]]

    def table(self, part: int) -> str:
        """Return by what links and formulas find a part."""
        key = records_key(self.entity.key)
        return key if part == 0 else f"{key}_{part + 1}"

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Return the row of each record, from 1."""
        return {record.key: row for row, record in enumerate(self.records, start=1)}

    @cached_property
    def tables(self) -> Mapping[str, str]:
        """Return the table in which each field has its column."""
        found = {field.key: self.table(at) for at, part in enumerate(self.parts) for field in part}
        return found if self.name is None else {**found, self.name.key: self.table(0)}

    def place(self, key: str, field: str) -> str | None:
        """Return where a record's field stands, as ``table!field@row``, or None."""
        row, table = self.rows.get(key), self.tables.get(field)
        return None if row is None or table is None else f"{table}!{field}@{row}"


def listings(m: Material) -> dict[str, Listing]:
    """Return every entity that has records in the park, in the order of the catalogue."""
    ledger = m.whole.ledger.within(m.whole.park_key)
    found = {}
    for entity in ledger.catalogue.ledger():
        records = _records(m, entity)
        if records:
            found[entity.key] = laid_out(m, entity, records)
    return found


def told_count(m: Material) -> int:
    """Return how many records of the ledger the annexes of a park list."""
    return sum(len(_records(m, entity)) for entity in m.whole.ledger.catalogue.ledger())


def _records(m: Material, entity: Entity) -> Sequence[Record]:
    ledger = m.whole.ledger.within(m.whole.park_key)
    match entity.key:
        case "park":
            return () if m.whole.park is None else (m.whole.park,)
        case "lease":
            return m.whole.leases
        case "encumbrance":
            return m.whole.encumbrances
        case "enterprise":
            return firms(m.reading, m.whole)
        case "enterprise_year":
            own = {firm.key for firm in firms(m.reading, m.whole)}
            return [r for r in ledger.all(entity.key) if r.text("enterprise") in own]
    return ledger.all(entity.key)


def laid_out(m: Material, entity: Entity, records: Sequence[Record]) -> Listing:
    """Return how records of one entity are cut into tables."""
    asked = m.asked.get(entity.key, frozenset())
    park = _park_of(entity)
    all_here = all(record.get("park") == m.whole.park_key for record in records)
    alike = park if all_here else None
    return _listing(m, entity, records, asked, alike, alike, WIDEST, PART)


def laid_out_together(parks: Sequence[Material], entity: Entity, beside: float) -> Listing | None:
    """Return how the records of many parks are cut into the same tables, park after park.

    Beside them, over ``beside`` characters, stands of which park each is. None without records.
    """
    records = [record for m in told_of(parks, entity.key) for record in m.annex[entity.key].records]
    asked = frozenset(field for m in parks for field in m.asked.get(entity.key, ()))
    room = WIDEST - beside, PART - beside
    found = _listing(parks[0], entity, records, asked, _park_of(entity), None, *room)
    return found if records else None


def told_of(parks: Sequence[Material], entity: str) -> Sequence[Material]:
    """Return the parks whose records of an entity are listed: the first where all have the same.

    The accounts of a platform belong to no park, so that every park has all of them.
    """
    own = [m for m in parks if entity in m.annex]
    return own[:1] if is_common(parks, entity) else own


def is_common(parks: Sequence[Material], entity: str) -> bool:
    """Tell whether many parks have the same records of an entity."""
    if len(parks) < 2 or any(entity not in m.annex for m in parks):  # not one
        return False
    keys = [[record.key for record in m.annex[entity].records] for m in parks]
    return all(each == keys[0] for each in keys)


def _listing(
    m: Material, entity: Entity, records: Sequence[Record], asked: Set[str],
    hidden: Field | None, alike: Field | None, widest: float, part: float,
) -> Listing:  # fmt: skip
    asked = _ASKED.get(entity.key, frozenset()) | asked
    filled = [field for field in entity if field.key in asked or _is_filled(field, records)]
    empty = [field for field in entity if field not in filled]
    name = next((entity[key] for key in (*entity.label, "code") if key in entity), None)
    rest = [field for field in filled if field is not name and field is not hidden]
    alike = None if alike is name else alike  # the name has its column
    parts = _parts(m, rest, widest, part)
    code = next((field for field in parts[0] if field.key == "code"), None)
    return Listing(entity, records, name, alike, parts, empty, code)


def _park_of(entity: Entity) -> Field | None:
    """Return the field that says in which park a record lies."""
    is_there = "park" in entity and entity["park"].type is FieldType.REF
    return entity["park"] if is_there else None


def _is_filled(field: Field, records: Iterable[Record]) -> bool:
    return any(record.state(field.key) is not ValueState.UNKNOWN for record in records)


def _parts(m: Material, fields: Sequence[Field], widest: float, part: float) -> list[list[Field]]:
    """Cut the fields into runs that fit side by side, of about the same width."""
    widths = [column_of(field, m.words).width for field in fields]
    whole = sum(widths) + SOURCE
    count = 1 if whole <= widest else -(-int(whole) // int(part))
    share = whole / count
    parts: list[list[Field]] = [[]]
    used = 0.0
    for field, width in zip(fields, widths, strict=True):
        if used + width / 2 > share * len(parts) and len(parts) < count:
            parts.append([])
        parts[-1].append(field)
        used += width
    return parts
