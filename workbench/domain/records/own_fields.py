# SPDX-License-Identifier: MIT
"""A team's own ledger fields: what may be declared, and how it joins the shipped catalogue."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbench.domain.catalogue.declare import pick
from workbench.domain.fields import OWN_PREFIX, Catalogue, Choice, Entity, Field, FieldType
from workbench.domain.findings import RefusedError
from workbench.domain.parsing.units import is_area_unit, is_money_unit
from workbench.domain.pinyin import slug
from workbench.domain.records.ledger import Record
from workbench.domain.tables.headings.matcher import INDEX_NAMES
from workbench.domain.tables.headings.words import normalize, take_apart
from workbench.domain.values import Value

ENTITY = "own_field"
GROUP = "own"
"""The group of an own field that was put into no other."""
UNITS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.AREA: ("㎡", "亩", "公顷", "万㎡"),
    FieldType.MONEY: ("万元", "元"),
    FieldType.SHARE: ("%",),
}
"""The units in which a type may be shown, the usual one first."""
FREE_UNIT = frozenset({FieldType.NUMBER, FieldType.INTEGER})
LISTED = frozenset({FieldType.CHOICE, FieldType.CHOICES})
TYPES = tuple(kind for kind in FieldType if kind is not FieldType.REF)
"""What an own field can be; references between records need a table of their own."""
LONGEST_TITLE = 24
LONGEST_UNIT = 12
MOST_DECIMALS = 6
_USUAL_DECIMALS = {FieldType.AREA: 2, FieldType.MONEY: 2, FieldType.SHARE: 2, FieldType.NUMBER: 2}
_NORMALIZED = {FieldType.AREA: "㎡", FieldType.MONEY: "元"}
_REFUSED_SIGNS = "（）()[]【】〔〕<>《》\n\r\t=|_"


@dataclass(frozen=True, slots=True)
class OwnField:
    """One own field as a person declares it; the key is made from the title when it is new.

    ``choices`` are lines ``中文 = English | other spellings``; ``hidden`` is why it is not used
    any more.
    """

    entity: str
    title: str
    type: FieldType = FieldType.TEXT
    english: str = ""
    unit: str = ""
    decimals: int | None = None
    choices: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    group: str = GROUP
    code: str = ""
    hidden: str = ""

    def field(self) -> Field:
        """Return the ledger field that this declares."""
        shown = self.unit or next(iter(UNITS.get(self.type, ())), "")
        free = self.type in FREE_UNIT
        decimals = _USUAL_DECIMALS.get(self.type, 0) if self.decimals is None else self.decimals
        return Field(
            self.code,
            self.title,
            self.english or self.title,
            self.type,
            unit=shown if free else _NORMALIZED.get(self.type, ""),
            display_unit="" if free else shown,
            decimals=decimals,
            choices=parsed_choices(self.choices),
            synonyms=self.synonyms,
            group=self.group or GROUP,
        )

    def values(self) -> dict[str, Value | None]:
        """Return the values of the record that keeps this definition."""
        return {
            "entity": self.entity,
            "code": self.code,
            "name": self.title,
            "name_en": self.english or None,
            "type": self.type.value,
            "unit": self.unit or None,
            "decimals": self.decimals,
            "choices": self.choices or None,
            "synonyms": self.synonyms or None,
            "section": self.group or GROUP,
            "hidden": self.hidden or None,
        }


def of_record(record: Record) -> OwnField | None:
    """Return the definition that a record keeps; None when it names a type we do not know."""
    kind = record.text("type") or ""
    if kind not in TYPES or not record.text("code"):
        return None
    decimals = record.get("decimals")
    return OwnField(
        record.text("entity") or "",
        record.text("name") or "",
        FieldType(kind),
        record.text("name_en") or "",
        record.text("unit") or "",
        decimals if isinstance(decimals, int) else None,
        _words(record, "choices"),
        _words(record, "synonyms"),
        record.text("section") or GROUP,
        record.text("code") or "",
        record.text("hidden") or "",
    )


def _words(record: Record, name: str) -> tuple[str, ...]:
    value = record.get(name)
    return value if isinstance(value, tuple) else ()


def parsed_choices(lines: Iterable[str]) -> tuple[Choice, ...]:
    """Return the choices of lines ``中文 = English | other spellings``; English may be left out."""
    return tuple(
        Choice(choice.value, choice.en or choice.value, choice.synonyms)
        for choice in pick("\n".join(lines))
    )


def with_own(catalogue: Catalogue, fields: Iterable[OwnField]) -> Catalogue:
    """Return the catalogue with the own fields that are in use, each after the shipped ones."""
    extra: dict[str, list[Field]] = {}
    for own in fields:
        if own.hidden or own.entity not in catalogue:
            continue
        known = extra.setdefault(own.entity, [])
        if all(own.code != field.key for field in known):
            known.append(own.field())
    return catalogue.extended(extra) if extra else catalogue


def new_code(own: OwnField, taken: Iterable[str]) -> str:
    """Return a key that no other own field of the entity has, made from the title."""
    used = set(taken)
    stem = OWN_PREFIX + (slug(own.english) or slug(own.title) or "field")[:40].strip("_")
    number, code = 1, stem
    while code in used:
        number += 1
        code = f"{stem}_{number}"
    return code


def check(own: OwnField, entity: Entity) -> None:
    """Raise RefusedError with what is wrong with a definition, if anything is.

    ``entity`` has every field that import and screens know, this one left out.
    """
    _check_words(own)
    _check_unit(own)
    if own.type in LISTED and len(parsed_choices(own.choices)) < 1:
        raise RefusedError("own_fields.no_choices", title=own.title)
    values = [choice.value for choice in parsed_choices(own.choices)]
    if twice := next((value for value in values if values.count(value) > 1), ""):
        raise RefusedError("own_fields.choice_twice", title=own.title, choice=twice)
    _check_clashes(own, entity)


def _check_words(own: OwnField) -> None:
    if not own.title.strip():
        raise RefusedError("own_fields.no_title")
    for text in (own.title, own.english, *own.synonyms):
        if len(text) > LONGEST_TITLE * (1 if text == own.title else 2):
            raise RefusedError("own_fields.title_long", text=text, most=LONGEST_TITLE)
        if any(sign in text for sign in _REFUSED_SIGNS):
            raise RefusedError("own_fields.title_signs", text=text)
    for text in (own.title, *own.synonyms):
        word = normalize(text)
        if not word or word in INDEX_NAMES or not any(char.isalpha() for char in word):
            raise RefusedError("own_fields.title_says_nothing", text=text)
        # 账面原值万元 would be cut into a title and its unit when a workbook is read.
        if take_apart((text,)).core != word:
            raise RefusedError("own_fields.title_unit", text=text)


def _check_unit(own: OwnField) -> None:
    offered = UNITS.get(own.type, ())
    if own.unit and own.type not in FREE_UNIT and own.unit not in offered:
        if offered:
            raise RefusedError(
                "own_fields.unit_not_offered", unit=own.unit, known=" ".join(offered)
            )
        raise RefusedError("own_fields.no_unit", unit=own.unit)
    if own.type in FREE_UNIT and own.unit:
        if len(own.unit) > LONGEST_UNIT or any(sign in own.unit for sign in "（）()\n\t"):
            raise RefusedError("own_fields.unit_odd", unit=own.unit)
        if is_area_unit(own.unit) or own.unit == "%" or is_money_unit(own.unit):
            # A plain number would keep 50亩 as 50 and nobody could add it to ㎡.
            kind = "area" if is_area_unit(own.unit) else "share" if own.unit == "%" else "money"
            raise RefusedError(f"own_fields.unit_is_{kind}", unit=own.unit)
    if own.decimals is not None and not 0 <= own.decimals <= MOST_DECIMALS:
        raise RefusedError("own_fields.decimals", most=MOST_DECIMALS)


def _check_clashes(own: OwnField, entity: Entity) -> None:
    """Refuse a title or another heading that already means something in this kind of record."""
    known = {normalize(word): field for field in entity for word in _spellings(field)}
    for text in filter(None, (own.title, own.english, *own.synonyms)):
        if (field := known.get(normalize(text))) is not None:
            raise RefusedError(
                "own_fields.title_taken", text=text, entity=entity.key, taken=field.zh
            )


def _spellings(field: Field) -> Iterator[str]:
    yield field.zh
    yield field.en
    yield from field.synonyms
