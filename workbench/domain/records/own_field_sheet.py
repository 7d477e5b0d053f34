# SPDX-License-Identifier: MIT
"""The sheet of an exported ledger that declares its own fields, for another project to read."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.domain.catalogue.own_field import OWN_FIELD
from workbench.domain.fields import Catalogue, Field, FieldType
from workbench.domain.findings import RefusedError
from workbench.domain.parsing.text import shown
from workbench.domain.records.own_fields import OwnField, check, new_code, with_own
from workbench.domain.tables.sheets import RawSheet

_COLUMNS = tuple(field for field in OWN_FIELD if field.key != "hidden")
_BETWEEN = "\n"


def head(language: str) -> list[str]:
    """Return the headings of the sheet."""
    return [field.title(language) for field in _COLUMNS]


def rows(catalogue: Catalogue) -> list[list[str]]:
    """Return a row for each own field of a catalogue."""
    found = []
    for entity in catalogue.ledger():
        for field in (field for field in entity if field.own):
            values = declared(entity.key, field).values()
            found.append([_text(values[column.key]) for column in _COLUMNS])
    return found


def declared(entity: str, field: Field) -> OwnField:
    """Return the definition of an own field as the catalogue has it."""
    lines = tuple(
        " | ".join(filter(None, (f"{choice.value} = {choice.en}", " ".join(choice.synonyms))))
        for choice in field.choices
    )
    return OwnField(
        entity, field.zh, field.type, field.en if field.en != field.zh else "", field.shown_unit,
        field.decimals if field.numeric and field.type is not FieldType.INTEGER else None,
        lines, field.synonyms, field.group, field.key,
    )  # fmt: skip


def read(sheet: RawSheet) -> list[OwnField] | None:
    """Return the definitions of a sheet, or None when it is an ordinary one."""
    if not sheet.rows:
        return None
    first = [shown(cell) for cell in sheet.rows[0] if shown(cell)]
    if first not in (head("zh_CN"), head("en")):
        return None
    made = (_own([shown(cell) for cell in row[: len(_COLUMNS)]]) for row in sheet.rows[1:])
    return [own for own in made if own is not None]


def missing(fields: Sequence[OwnField], catalogue: Catalogue) -> list[OwnField]:
    """Return the definitions that a project lacks and can take, under keys that are free there."""
    new: list[OwnField] = []
    for own in fields:
        known = with_own(catalogue, new)
        if own.entity not in known or any(f.zh == own.title for f in known[own.entity]):
            continue
        try:
            check(own, known[own.entity])
        except RefusedError:
            continue  # its column is shown as one that nothing is known of
        taken = [field.key for field in known[own.entity]]
        code = own.code if own.code not in taken else new_code(own, taken)
        new.append(OwnField(**{n: getattr(own, n) for n in own.__slots__} | {"code": code}))
    return new


def _own(cells: Sequence[str]) -> OwnField | None:
    given = dict(zip((column.key for column in _COLUMNS), cells, strict=False))
    kind = given.get("type", "")
    if kind not in set(FieldType) - {FieldType.REF} or not given.get("code", "").startswith("own_"):
        return None
    decimals = given.get("decimals", "")
    return OwnField(
        given["entity"], given["name"], FieldType(kind), given.get("name_en", ""),
        given.get("unit", ""), int(Decimal(decimals)) if decimals.isdigit() else None,
        tuple(_lines(given.get("choices", ""))), tuple(_lines(given.get("synonyms", ""))),
        given.get("section", "") or "own", given["code"],
    )  # fmt: skip


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split(_BETWEEN) if line.strip())


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return _BETWEEN.join(value)
    return "" if value is None else str(value)
