# SPDX-License-Identifier: MIT
"""The field catalogue's vocabulary: what a ledger field and a ledger entity are.

Every field is declared once, in ``workbench.domain.catalogue``; storage tables, import headings,
grid columns, forms, export and ``list`` read the declarations from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum


class FieldType(StrEnum):
    """How a field is normalized: areas in ㎡, money in 元, shares as fractions 0–1."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    INTEGER = "integer"
    AREA = "area"
    MONEY = "money"
    SHARE = "share"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    REF = "ref"


NUMERIC_TYPES = frozenset(
    {FieldType.NUMBER, FieldType.INTEGER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE}
)


SCALE = {
    FieldType.NUMBER: 6,
    FieldType.AREA: 6,
    FieldType.MONEY: 4,
    FieldType.SHARE: 8,
}
"""Decimal places that are kept, per numeric type."""


OWN_PREFIX = "own_"
"""What the keys of a team's own fields begin with; no shipped field's does."""


def is_own(key: str) -> bool:
    """Tell whether a field key is that of a team's own field."""
    return key.startswith(OWN_PREFIX)


class Need(StrEnum):
    """Whether a field must be filled: always (●), before an assessment (◐), or never (○)."""

    REQUIRED = "required"
    ASSESSMENT = "assessment"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value: stored in Chinese, shown per language, recognised by its synonyms."""

    value: str
    en: str
    synonyms: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the label in a language."""
        return self.value if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """One ledger field, declared once.

    ``unit`` is the normalized unit, ``display_unit`` the one shown (亩, 万元, %); ``check_only``
    marks figures that a ledger states and we only compare with what we compute ourselves.
    """

    key: str
    zh: str
    en: str
    type: FieldType
    need: Need = Need.OPTIONAL
    unit: str = ""
    display_unit: str = ""
    decimals: int = 0
    choices: tuple[Choice, ...] = ()
    target: str = ""
    synonyms: tuple[str, ...] = ()
    group: str = "basic"
    check_only: bool = False
    period_end: bool = False
    """For dates: a month or year alone means its last day (an expiry), not its first."""
    unit_in: str = ""
    """The field of the record that states this one's unit: kVA of one plant, 吨/日 of another."""

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.zh if language.startswith("zh") else self.en

    @property
    def own(self) -> bool:
        """Tell whether a team declared the field itself."""
        return is_own(self.key)

    @property
    def numeric(self) -> bool:
        """Tell whether the value is a number."""
        return self.type in NUMERIC_TYPES

    @property
    def shown_unit(self) -> str:
        """Return the unit in which the value is shown."""
        return self.display_unit or self.unit


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of ledger record.

    ``identity`` lists alternative natural keys, strongest first; ``required_any`` names fields of
    which one must be filled; ``hints`` are words of sheet titles that point at this entity.
    """

    key: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    identity: tuple[tuple[str, ...], ...] = ()
    required_any: tuple[str, ...] = ()
    label: tuple[str, ...] = ("name",)
    hints: tuple[str, ...] = ()
    ledger: bool = True
    """False for records of the program's own (checklist states, assessments, evidence)."""
    named_by: tuple[str, ...] = ()
    """Fields that tell records of a list apart that has no column for any of ``required_any``."""
    blanks_tell: bool = False
    """Whether a blank in a natural key is a value: answers for a park are not those for a plot."""
    _by_key: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {item.key: item for item in self.fields}
        if len(by_key) != len(self.fields):
            raise ValueError(f"entity {self.key} declares a field twice")
        object.__setattr__(self, "_by_key", by_key)

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.zh if language.startswith("zh") else self.en

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Field:
        return self._by_key[key]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def references(self) -> Iterator[Field]:
        """Yield the fields that point at another record."""
        return (item for item in self.fields if item.type is FieldType.REF)


class Catalogue:
    """All entities by key, in ledger order."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self._entities = {entity.key: entity for entity in entities}
        for entity in entities:
            for reference in entity.references():
                if reference.target not in self._entities:
                    raise ValueError(f"{entity.key}.{reference.key} points at no entity")

    def __getitem__(self, key: str) -> Entity:
        return self._entities[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entities

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def ledger(self) -> tuple[Entity, ...]:
        """Return the entities that a user keeps, without the program's own."""
        return tuple(entity for entity in self if entity.ledger)

    def extended(self, extra: Mapping[str, Sequence[Field]]) -> "Catalogue":
        """Return a catalogue in which entities have more fields, by entity key."""
        return Catalogue(
            tuple(
                replace(entity, fields=(*entity.fields, *extra[entity.key]))
                if extra.get(entity.key)
                else entity
                for entity in self
            )
        )
