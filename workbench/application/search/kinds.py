# SPDX-License-Identifier: MIT
"""What can be found in a project, kind by kind: records, cases, pathways, items, parameters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case
from workbench.domain.content import Content
from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.search.segment import Kind, Segment

Notes = Mapping[str, Sequence[str]]
"""What a team noted beside cases, by case id."""
CASE = Kind(
    "case",
    ("code", "name", "name_en", "region", "region_en", "case_note"),
    frozenset({"name", "region"}),
)
PATHWAY = Kind("pathway", ("code", "name", "name_en"), frozenset({"name"}))
ITEM = Kind("item", ("code", "name", "name_en", "evidence"), frozenset({"name"}))
PARAMETER = Kind("parameter", ("name", "name_en", "code"), frozenset({"name"}), seldom=True)
CONTENT_KINDS = (CASE, PATHWAY, ITEM, PARAMETER)
_TEXTS = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.TEXTS})
_SPELLED = frozenset({"name", "location", "right_holder", "occupier", "holder"})


def record_kind(entity: Entity) -> Kind:
    """Return the fields by which an entity's records are found: its names first, its note last."""
    first = [key for key in ("code", *entity.label) if key in entity]
    # A lease has no name of its own: it is known by its tenant and its place.
    named = [] if "name" in entity else [f.key for f in entity.references() if f.target != "park"]
    texts = [f.key for f in entity if f.type in _TEXTS and f.key != "note"]
    note = [key for key in ("note",) if key in entity]
    fields = tuple(dict.fromkeys((*first, *named, *texts, *note)))
    spelled = {*entity.label, *named} | (_SPELLED & set(fields))
    return Kind(entity.key, fields, frozenset(spelled) - {"code"})


def record_row(record: Record, kind: Kind, entity: Entity, ledger: Ledger) -> Sequence[str]:
    """Return a record's texts in the order of its kind's fields."""
    return [field_text(record, entity[name], ledger) for name in kind.fields]


def field_text(record: Record, field: Field, ledger: Ledger) -> str:
    """Return what is searched of a field; a reference by what its record is called."""
    value = record.get(field.key)
    if value is None:
        return ""
    if field.type is FieldType.REF:
        target = ledger.find(field.target, str(value))
        return target.label if target is not None else ""
    return "、".join(value) if isinstance(value, tuple) else str(value)


def record_segment(entity: Entity, ledger: Ledger) -> Segment:
    """Return all records of an entity, ready to be searched."""
    kind = record_kind(entity)
    declared = [entity[name] for name in kind.fields]
    return Segment(
        kind,
        (
            (record.key, [field_text(record, field, ledger) for field in declared])
            for record in ledger.all(entity.key)
        ),
    )


def content_segments(
    content: Content, cases: Mapping[str, Case], notes: Notes
) -> Iterator[Segment]:
    """Yield cases, pathways, checklist items and policy parameters, in both languages."""
    for kind in CONTENT_KINDS:
        yield Segment(kind, content_rows(kind, content, cases, notes))


def content_rows(
    kind: Kind, content: Content, cases: Mapping[str, Case], notes: Notes
) -> Iterable[tuple[str, Sequence[str]]]:
    """Return the texts of one kind of content by key."""
    if kind is CASE:
        return [
            (c.id, [c.id, *_both(c.name), *_both(c.region), "\n".join(notes.get(c.id, ()))])
            for c in cases.values()
        ]
    if kind is PATHWAY:
        return [(p.code, [p.code, *_both(p.name)]) for p in content.pathways.values()]
    if kind is ITEM:
        return [(i.id, [i.id, *_both(i.title), i.evidence.zh]) for i in content.checklist.items]
    return [(p.code, [*_both(p.name), p.code]) for p in content.parameters]


def _both(words: Bilingual) -> tuple[str, str]:
    return words.zh, words.en
