# SPDX-License-Identifier: MIT
"""Ledger records as frozen values, and the whole ledger as one readable snapshot."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Catalogue
from workbench.domain.values import KeptOrigins, Origin, Value, ValueState

_NOTHING: Mapping[str, Origin] = MappingProxyType({})
_NO_INDEXES: Mapping[str, "Mapping[str, Record]"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """One record of one entity: known values by field key, and the origins kept beside them.

    A field that is missing from ``values`` is unknown, or not applicable if its origin says so.
    """

    entity: str
    key: str
    values: Mapping[str, Value]
    origins: Mapping[str, Origin] = field(default_factory=lambda: _NOTHING)
    version: int = 1
    position: int = 0

    def get(self, name: str) -> Value | None:
        """Return the normalized value, or None when it is not known."""
        return self.values.get(name)

    def number(self, name: str) -> Decimal | None:
        """Return a numeric field in its normalized unit, or None."""
        value = self.values.get(name)
        # Asked millions of times in one check of a large ledger: no union, no copy.
        if type(value) is Decimal:
            return value
        return Decimal(value) if isinstance(value, int) else None

    def text(self, name: str) -> str | None:
        """Return a text, choice or reference field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> date | None:
        """Return a date field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def flag(self, name: str) -> bool | None:
        """Return a three-state field: True, False, or None when it is not known."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None

    def state(self, name: str) -> ValueState:
        """Tell which of the four states a field is in."""
        origins = self.origins
        ordinary = isinstance(origins, KeptOrigins) and origins.ordinary
        origin = None if ordinary else origins.get(name)
        if name in self.values:
            estimated = origin is not None and origin.state is ValueState.ESTIMATED
            return ValueState.ESTIMATED if estimated else ValueState.KNOWN
        if origin is not None and origin.state is ValueState.NOT_APPLICABLE:
            return ValueState.NOT_APPLICABLE
        return ValueState.UNKNOWN

    @property
    def label(self) -> str:
        """Return what a person calls this record: its name, else code, number or key."""
        for name in ("name", "code", "contract_no", "unit_no", "report_no", "case_no", "kind"):
            if isinstance(value := self.values.get(name), str) and value:
                return value
        return self.key[:8]


Beside = Callable[[str], Sequence[Record]]
"""Returns the records of an entity that ledger rows may name and that is no part of the ledger."""


def nothing_beside(_entity: str) -> Sequence[Record]:
    """Return no records."""
    return ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All records at one moment; indexes references so that children are found at once.

    ``catalogue`` declares the fields of this ledger: the shipped ones and the project's own.
    What ``beside`` gives can be found, so that it can be named, and is never iterated over.
    """

    records: Mapping[str, Sequence[Record]]
    catalogue: Catalogue = field(default=CATALOGUE, repr=False, compare=False)
    beside: Beside = field(default=nothing_beside, repr=False, compare=False)
    _indexes: dict[str, Mapping[str, Record]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _children: dict[tuple[str, str], Mapping[str, Sequence[str]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _by_park: dict[str, Mapping[str, Sequence[Record]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _parts: dict[str, "Ledger"] = field(init=False, repr=False, compare=False, default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Ledger":
        """Build a ledger from records in any order; the order within an entity is kept."""
        grouped: dict[str, list[Record]] = {}
        for record in records:
            grouped.setdefault(record.entity, []).append(record)
        return cls(grouped)

    def with_rows(
        self,
        rows: Mapping[str, Sequence[Record]],
        moved: Collection[tuple[str, str]] | None = None,
        indexes: Mapping[str, Mapping[str, Record]] = _NO_INDEXES,
    ) -> "Ledger":
        """Return the ledger with other rows for some entities; the other indexes are kept.

        ``moved`` names the references of these entities that may have changed; None means all.
        ``indexes`` are the new rows by key, in their order, where somebody has them already.
        """
        made = Ledger({**self.records, **rows}, self.catalogue, self.beside)
        for entity, index in self._indexes.items():
            if entity not in rows:
                made._indexes[entity] = index
        made._indexes.update(indexes)
        for place, children in self._children.items():
            if place[0] not in rows or (moved is not None and place not in moved):
                made._children[place] = children
        return made

    def renewed(self, entities: Collection[str]) -> "Ledger":
        """Return the ledger with what stands beside it read anew, for some entities."""
        made = Ledger(self.records, self.catalogue, self.beside)
        made._indexes.update({e: rows for e, rows in self._indexes.items() if e not in entities})
        made._children.update(self._children)
        return made

    def index(self, entity: str) -> Mapping[str, Record]:
        """Return an entity's records by key."""
        index = self._indexes.get(entity)
        if index is None:
            index = self._indexes[entity] = {r.key: r for r in self.all(entity)}
        return index

    def all(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity in ledger order."""
        rows = self.records.get(entity)
        return self.beside(entity) if rows is None else rows

    def find(self, entity: str, key: str | None) -> Record | None:
        """Return one record, or None."""
        return self.index(entity).get(key) if key else None

    def pointing_at(self, entity: str, reference: str, key: str) -> Sequence[Record]:
        """Return the records of an entity whose reference field holds a key."""
        children = self._children.get((entity, reference))
        if children is None:
            found: dict[str, list[str]] = {}
            for record in self.all(entity):
                if (target := record.text(reference)) is not None:
                    found.setdefault(target, []).append(record.key)
            children = self._children[entity, reference] = found
        keys = children.get(key)
        if not keys:
            return ()
        index = self.index(entity)
        return [index[child] for child in keys]

    def name_of(self, record: Record) -> str:
        """Return a record's label; one without a name is called by what it belongs to, and when."""
        if record.label != record.key[:8]:
            return record.label
        named = [
            target
            for field in self.catalogue[record.entity].references()
            if (target := self.find(field.target, record.text(field.key)))
        ]
        nearer = [target for target in named if target.entity != "park"]
        parts = [target.label for target in nearer or named]
        parts += [day.isoformat() for key in ("as_of", "base_date") if (day := record.day(key))]
        if (year := record.number("year")) is not None:
            parts.append(str(year))
        return " ".join(parts) or record.label

    def park_of(self, record: Record) -> Record | None:
        """Return the park a record belongs to, directly or through parcel, building or unit.

        Where there is one park only, what names none is in it: else an import without a column for
        it would be in the ledger and in no assessment.
        """
        if record.entity == "park":
            return record
        if park := self.find("park", record.text("park")):
            return park
        for reference in ("parcel", "building", "unit"):
            if parent := self.find(reference, record.text(reference)):
                return self.park_of(parent)
        parks = self.all("park")
        return parks[0] if len(parks) == 1 else None

    def of_park(self, entity: str, park_key: str) -> Sequence[Record]:
        """Return the records of an entity that belong to a park, in ledger order."""
        parks = self._by_park.get(entity)
        if parks is None:  # once for all parks: asked park by park, thirty would ask thirty times
            found: dict[str, list[Record]] = {}
            for record in self.all(entity):
                if (park := self.park_of(record)) is not None:
                    found.setdefault(park.key, []).append(record)
            parks = self._by_park[entity] = found
        return parks.get(park_key, ())

    def within(self, park_key: str) -> "Ledger":
        """Return the part of the ledger that belongs to one park, with every shared enterprise."""
        part = self._parts.get(park_key)
        if part is None:
            kept = {
                entity: rows if entity in _SHARED else self.of_park(entity, park_key)
                for entity, rows in self.records.items()
            }
            part = self._parts[park_key] = Ledger(kept, self.catalogue, self.beside)
        return part

    def __iter__(self) -> Iterator[Record]:
        return (record for rows in self.records.values() for record in rows)


_SHARED = frozenset({"enterprise", "enterprise_year", "finance"})
