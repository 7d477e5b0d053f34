# SPDX-License-Identifier: MIT
"""What is missing, in words: record and field, parameter, indicator, or a fact to ask for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.explain import Missing
from workbench.domain.facts.lookup import BOUND_ENTITY, INDICATOR_ENTITY
from workbench.domain.facts.people import FACT
from workbench.domain.figures.encumbrances import MORTGAGES
from workbench.domain.figures.reading import NEIGHBOURS, PARAMETER
from workbench.domain.labels import label_key
from workbench.domain.records.ledger import Ledger, Record


class Words(Protocol):
    """Sentences by key, in one language."""

    @property
    def language(self) -> str:
        """Return the language."""
        ...

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return a text with its params filled in."""
        ...


def field_title(entity: str, field: str, words: Words) -> str:
    """Return a field's title with its entity, such as 楼栋的可租面积."""
    if entity == PARAMETER:
        return words("diagnosis.missing_parameter", code=field)
    if entity == NEIGHBOURS:
        return words("diagnosis.missing_neighbours")
    if entity == INDICATOR_ENTITY:
        return words("diagnosis.missing_indicator", id=field)
    if entity == BOUND_ENTITY:
        return words("diagnosis.missing_bound", id=field)
    if entity == FACT:
        return words(label_key("derived", field))
    declared = CATALOGUE[entity]
    title = _title(entity, field, words)
    return words("diagnosis.field", entity=declared.title(words.language), field=title)


def record_title(
    entity: str, fields: Sequence[str], words: Words, owner: Record | None = None,
    ledger: Ledger | None = None,
) -> str:  # fmt: skip
    """Return a record that there is none of, and what to fill in there: 一栋的评估记录（填“…”）."""
    params = {
        "entity": CATALOGUE[entity].title(words.language),
        "fields": words("diagnosis.and_field").join(_title(entity, f, words) for f in fields),
    }
    if owner is None or ledger is None:
        return words("diagnosis.record", **params)
    key = "record_beside_parcel" if _has_parcels(entity, owner, ledger) else "record_of"
    return words(f"diagnosis.{key}", owner=ledger.name_of(owner), **params)


def _has_parcels(entity: str, owner: Record, ledger: Ledger) -> bool:
    """Tell whether what a building lacks is there for its parcel: a mortgage, an appraisal."""
    parcel = owner.text("parcel") if owner.entity == "building" else None
    if parcel is None or entity not in _OF_BOTH:
        return False
    rows = ledger.pointing_at(entity, "parcel", parcel)
    return any(entity == "valuation" or row.text("kind") in MORTGAGES for row in rows)


_OF_BOTH = frozenset({"encumbrance", "valuation"})
"""What a building and the land below it may each have, or both together."""


def lacks_record(missing: Missing) -> bool:
    """Tell whether a record of the ledger lacks, not a field of one that is there."""
    return not missing.key and missing.entity in _LEDGER


_LEDGER = frozenset(entity.key for entity in CATALOGUE.ledger())


def _title(entity: str, field: str, words: Words) -> str:
    declared = CATALOGUE[entity]
    return declared[field].title(words.language) if field in declared else field


def kind_of_missing(entity: str, field: str, words: Words, *, is_record: bool) -> str:
    """Return what is missing of whatever record, or that the record itself is."""
    if is_record and entity in _LEDGER:
        return record_title(entity, (field,), words)
    return field_title(entity, field, words)


def kinds_of_missing(kinds: Iterable[tuple[str, str, bool]], words: Words) -> list[str]:
    """Return what is missing of whatever records, by entity, field and whether a record lacks.

    A kind of record that lacks is told once, with all the fields to fill in.
    """
    fields: dict[tuple[str, str], list[str]] = {}
    for entity, field, is_record in kinds:
        together = is_record and entity in _LEDGER
        fields.setdefault((entity, "" if together else field), []).append(field)
    return [
        field_title(entity, field, words) if field else record_title(entity, of_record, words)
        for (entity, field), of_record in fields.items()
    ]


def missing_name(missing: Missing, ledger: Ledger, words: Words) -> str:
    """Return what is missing in words, with the record's name where there is one."""
    if lacks_record(missing):
        if is_of_kind(missing):
            return _kinds_title((missing,), words)
        owner = ledger.find(*missing.of)
        return record_title(missing.entity, (missing.field,), words, owner, ledger)
    record = ledger.find(missing.entity, missing.key)
    if record is None:
        return field_title(missing.entity, missing.field, words)
    title = _title(missing.entity, missing.field, words)
    return words("diagnosis.field", entity=ledger.name_of(record), field=title)


def names_of_missing(
    cells: Iterable[Missing], ledger: Ledger, words: Words
) -> Iterator[str]:  # fmt: skip
    """Yield what is missing in words, what is of one field together with its number.

    A record that lacks is told once with all its fields: nobody finds a field of what is not there.
    """
    groups: dict[tuple[str, str, bool], list[Missing]] = {}
    for each in cells:
        groups.setdefault((each.entity, each.field, lacks_record(each)), []).append(each)
    records = _fields_of_records(groups.values())
    for (entity, field, is_record), group in groups.items():
        fields: Sequence[str] = (field,)
        if is_record:
            fields = records.pop((entity, tuple(each.of for each in group)), ())
        if not fields:
            continue
        if is_record and is_of_kind(group[0]):
            yield _kinds_title(group, words)
            continue
        if not is_record:
            title = field_title(entity, field, words)
            name = missing_name(group[0], ledger, words) if len(group) == 1 else title
        else:
            owner = ledger.find(*group[0].of) if len(group) == 1 else None
            name = record_title(entity, fields, words, owner, ledger)
        yield name if len(group) == 1 else words("diagnosis.many", name=name, count=len(group))


def is_of_kind(missing: Missing) -> bool:
    """Tell whether a record of a certain kind lacks, not that of an owner."""
    return missing.of[0] == missing.entity


def _kinds_title(group: Sequence[Missing], words: Words) -> str:
    """Return the kinds of which there is no record, by name: a field says nothing of which."""
    entity = CATALOGUE[group[0].entity]
    kinds = (choice_title(each.of[1], entity[each.field], words.language) for each in group)
    names = words("diagnosis.and_kind").join(kinds)
    return words("diagnosis.record_of_kinds", entity=entity.title(words.language), kinds=names)


def _fields_of_records(
    groups: Iterable[Sequence[Missing]],
) -> dict[tuple[str, tuple[tuple[str, str], ...]], list[str]]:
    """Return the fields to fill in by kind of record and by whose records lack."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    for group in groups:
        first = group[0]
        if lacks_record(first):
            found.setdefault((first.entity, tuple(e.of for e in group)), []).append(first.field)
    return found
