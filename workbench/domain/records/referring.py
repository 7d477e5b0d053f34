# SPDX-License-Identifier: MIT
"""What points at a record: references, evidence, and the assets that a draft assessment names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.fields import Catalogue
from workbench.domain.records.changes import RecordChange, Values, creation
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.record_changes import changed

_SIGNED = "定稿"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an operation on whole records looks at.

    ``ledger`` is the whole ledger, ``program`` gives the program's own records of an entity,
    ``new_key`` names a new record.
    """

    ledger: Ledger
    program: Callable[[str], Sequence[Record]]
    new_key: Callable[[], str]

    @property
    def catalogue(self) -> Catalogue:
        """Return every entity with the team's own fields."""
        return self.ledger.catalogue

    def all(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity."""
        return self.ledger.all(entity) if self.catalogue[entity].ledger else self.program(entity)

    def pointing_at(self, entity: str, reference: str, key: str) -> Sequence[Record]:
        """Return the records of an entity whose reference holds a key."""
        if self.catalogue[entity].ledger:
            return self.ledger.pointing_at(entity, reference, key)
        return [record for record in self.program(entity) if record.text(reference) == key]


def referring(around: Surroundings, entity: str, key: str) -> Iterator[tuple[str, Record]]:
    """Yield (reference field, record) for every record whose reference holds a key."""
    for other in around.catalogue:
        for reference in other.references():
            if reference.target == entity:
                for record in around.pointing_at(other.key, reference.key, key):
                    yield reference.key, record


def moved_references(
    around: Surroundings, entity: str, old: str, new: str
) -> Iterator[RecordChange]:
    """Yield the changes that let everything point at another record of the same entity."""
    moved: dict[tuple[str, str], tuple[Record, dict[str, str]]] = {}
    for field, record in referring(around, entity, old):
        moved.setdefault((record.entity, record.key), (record, {}))[1][field] = new
    for record, fields in moved.values():
        yield from _changed(record, fields)


def moved_evidence(
    around: Surroundings, entity: str, old: str, new: Sequence[str]
) -> Iterator[RecordChange]:
    """Yield the changes that hand the evidence of a record to others: the file is kept once."""
    for record in around.all("evidence"):
        if record.text("owner_entity") == entity and record.text("owner_key") == old:
            yield from _changed(record, {"owner_key": new[0]})
            for heir in new[1:]:
                yield creation("evidence", around.new_key(), {**record.values, "owner_key": heir})


def moved_assessments(
    around: Surroundings, old: Sequence[str], new: Sequence[str]
) -> Iterator[RecordChange]:
    """Yield the changes of assessments that name an asset; a signed one stays as it was signed."""
    for record in around.all("assessment"):
        assets = record.get("assets")
        if not isinstance(assets, tuple) or record.text("status") == _SIGNED:
            continue
        if any(asset in old for asset in assets):
            kept = [asset for asset in assets if asset not in old]
            yield from _changed(record, {"assets": tuple(dict.fromkeys((*kept, *new)))})


def _changed(record: Record, values: Values) -> Iterator[RecordChange]:
    if (change := changed(record, values)) is not None:
        yield change
