# SPDX-License-Identifier: MIT
"""Ledger fields as grid columns, and values as cells that are ready to be shown."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import overload

from workbench.domain.display import choice_title, editable, shown, shown_number
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import ValueState
from workbench.ui.models.tones import STATUS_FIELDS, tone_of
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.grid.protocol import Cell, GridColumn, Kind, Problem

_WIDTHS = {
    FieldType.TEXT: 150,
    FieldType.CODE: 124,
    FieldType.REF: 150,
    FieldType.DATE: 106,
    FieldType.BOOL: 84,
    FieldType.CHOICE: 116,
    FieldType.CHOICES: 140,
    FieldType.TEXTS: 160,
}
_KINDS: dict[FieldType, Kind] = {
    FieldType.DATE: "date",
    FieldType.BOOL: "bool",
    FieldType.CHOICE: "choice",
}
_NAME_WIDTH = 196
_NUMBER_WIDTH = 104
_WIDEST = 260
_COMMAS = re.compile(r"[、,，;；]")
# One of these is enough: a limit or a valuation stands on land or on a building.
_EITHER = frozenset({"parcel", "building"})
_EITHER_ENTITIES = frozenset({"encumbrance", "valuation"})


class RecordNames(Sequence[str]):
    """The names of an entity's records, asked for when a list of choices is opened."""

    def __init__(self, names: Callable[[], Sequence[str]]) -> None:
        self._names = names

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    @override
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._names()[index]

    @override
    def __len__(self) -> int:
        return len(self._names())

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._names())


def column_of(field: Field, *, frozen: bool = False, choices: Sequence[str] = ()) -> GridColumn:
    """Return the grid column of a field; ``choices`` name the records of a reference."""
    title = field.title(language())
    kind: Kind = "number" if field.numeric else _KINDS.get(field.type, "text")
    if field.key in STATUS_FIELDS:
        kind = "pill"
    is_name = frozen and field.type is FieldType.TEXT
    return GridColumn(
        field.key,
        title,
        unit_title(field.shown_unit),
        kind,
        _NAME_WIDTH if is_name else _width(field, title, kind),
        field.decimals,
        frozen=frozen,
        strong=is_name,
        quiet=field.type in (FieldType.CODE, FieldType.DATE),
        choices=choices or choice_titles(field),
    )


def unit_title(unit: str, number: str = "") -> str:
    """Return a unit in the language of the interface; one without a translation stands as it is.

    ``number`` is what stands before it: 1 year, 2 years.
    """
    single = f"ledger.unit_one.{unit}"
    key = single if number == "1" and texts_in_use().has(single) else f"ledger.unit.{unit}"
    return t(key) if texts_in_use().has(key) else unit


def choice_titles(field: Field) -> tuple[str, ...]:
    """Return the words that a list of choices offers."""
    if field.type is FieldType.BOOL:
        return (t("ui.yes"), t("ui.no"))
    return tuple(choice.title(language()) for choice in field.choices)


def stored_text(field: Field, text: str) -> str:
    """Return a typed choice in the words of the ledger; anything else stays as it is."""
    stored = {choice.title(language()): choice.value for choice in field.choices}
    if field.type is not FieldType.CHOICES:
        return stored.get(text.strip(), text)
    several = [each.strip() for each in _COMMAS.split(text)]
    return "、".join(stored.get(each, each) for each in several)


def cell_of(record: Record, field: Field, ledger: Ledger, problem: Problem | None = None) -> Cell:
    """Return one cell of a record, ready to be shown."""
    value = record.get(field.key)
    state = record.state(field.key)
    if value is None:
        if state is ValueState.NOT_APPLICABLE:
            words = t("ledger.not_applicable")
            return Cell(words, None, words, problem)
        return Cell("", None, "", problem, missing=is_missing(record, field))
    if field.type is FieldType.REF:
        label = label_of(ledger, field, value)
        return Cell(label, label, label, problem)
    text = shown(value, field, language())
    edit = text if field.choices else editable(value, field)
    if state is ValueState.ESTIMATED:
        text = t("ledger.estimated", value=text)
    return Cell(text, raw_of(record, field, ledger), edit, problem, tone_of(value))


def raw_of(record: Record, field: Field, ledger: Ledger) -> object:
    """Return what sorting, filters and sums use: numbers in the column's unit; None is unknown."""
    value = record.get(field.key)
    if value is None:
        return None
    if field.numeric and isinstance(value, Decimal | int):
        return shown_number(value, field)
    if field.type is FieldType.REF:
        return label_of(ledger, field, value)
    if isinstance(value, tuple):
        return shown(value, field)
    if field.choices and isinstance(value, str):
        return choice_title(value, field, language())
    return value if isinstance(value, str | date | bool) else str(value)


def is_missing(record: Record, field: Field) -> bool:
    """Tell whether a value that is needed, always or for an assessment, is not known."""
    if field.need is Need.OPTIONAL or record.state(field.key) is not ValueState.UNKNOWN:
        return False
    if record.entity in _EITHER_ENTITIES and field.key in _EITHER:
        return all(record.get(key) is None for key in _EITHER)
    return True


def is_one_of(entity: Entity, field: Field) -> bool:
    """Tell whether a field is one of several of which one is enough."""
    if entity.key in _EITHER_ENTITIES and field.key in _EITHER:
        return True
    return field.key in entity.required_any and len(entity.required_any) > 1


def missing_fields(record: Record, entity: Entity) -> list[Field]:
    """Return the needed fields that are not known."""
    return [field for field in entity if is_missing(record, field)]


def completeness(record: Record, entity: Entity) -> int | None:
    """Return the percentage of needed fields that are known, None when none is needed."""
    needed = [
        field
        for field in entity
        if field.need is not Need.OPTIONAL
        and record.state(field.key) is not ValueState.NOT_APPLICABLE
    ]
    if not needed:
        return None
    missing = sum(1 for field in needed if is_missing(record, field))
    return round(100 * (len(needed) - missing) / len(needed))


def label_of(ledger: Ledger, field: Field, value: object) -> str:
    """Return the name of the record that a reference points at."""
    target = ledger.find(field.target, value if isinstance(value, str) else None)
    return target.label if target is not None else str(value)


def pill_column_width(words: Sequence[str]) -> int:
    """Return the width in which the longest status stands whole, with dot and margins."""
    letter = 12 if language() == "zh_CN" else 6.5
    return min(round(max(map(len, words), default=0) * letter) + 44, _WIDEST)


def _width(field: Field, title: str, kind: Kind) -> int:
    """Return a width that holds the usual values and the title with its sort mark."""
    usual = _NUMBER_WIDTH if field.numeric else _WIDTHS.get(field.type, 140)
    if kind == "pill":
        usual = max(usual, pill_column_width(choice_titles(field)))
    letter = 13 if language() == "zh_CN" else 8
    return min(max(usual, len(title) * letter + 40), _WIDEST)
