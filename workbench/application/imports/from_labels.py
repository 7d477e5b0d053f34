# SPDX-License-Identifier: MIT
"""Fields that the lines above rows state: 一、出让用地, 权属单位：云湖公司, a firm as heading."""

import re
from collections.abc import Callable, Mapping

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.choices import is_put_off, match_choice
from workbench.domain.parsing.parsed import notice
from workbench.domain.tables.context import bare_label
from workbench.domain.tables.finder import Table
from workbench.domain.tables.headings.words import normalize
from workbench.domain.values import Origin, Value

_STATED = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.REF})
_FIRM = re.compile(r"^[^:：]{2,}(?:公司|集团|管委会|中心|合作社|局|厂)$")
_HOUSE = re.compile(r"^[^:：,，。]{1,10}(?:号楼|[#栋幢座]|厂房|大厦)$")
_OWNED = re.compile("国有|国资|资产|产权|权属|不动产")
"""Words of a title under which rows are grouped by whom they belong to."""
_OWNER = "right_holder"
_OF_THE_LIST = frozenset({"base_date", "as_of"})
"""Days that hold for a whole list: 评估基准日：2023年12月31日."""
_Said = Callable[[int], str]


def add_from_labels(table: Table, spec: Entity, columns: dict[str, ColumnData]) -> None:
    """Add the fields that no column has and the lines above the rows state; each with a remark."""
    if table.labels:
        for field in spec:
            if field.type is FieldType.CHOICE and field.need is not Need.OPTIONAL:
                _add(table, field, columns, lambda row: table.labels.get(row, ""), bare_label)
    if "building" in spec and "location" in spec:  # rooms listed house by house
        _add(table, spec["building"], columns, lambda row: _house(table, row), str)
    above = dict(table.context.stated)
    owned = _OWNER in spec and bool(_OWNED.search(table.context.title + table.sheet.name))
    if above or table.stated or owned:
        for field in spec:
            if _may_be_stated(field, spec):
                said = _said_of(field, table, above, firms=owned and field.key == _OWNER)
                _add(table, field, columns, said, str)


def _may_be_stated(field: Field, spec: Entity) -> bool:
    named = field.key in spec.required_any and field.type is not FieldType.REF
    if field.key in _OF_THE_LIST:
        return True
    return field.type in _STATED and not named and field.key not in ("note", "park")


def _said_of(field: Field, table: Table, above: Mapping[str, str], *, firms: bool) -> _Said:
    """Return what is said of a field for a row: above it in the table, else above the table.

    With ``firms`` a group that is headed by a firm speaks too.
    """
    names = {normalize(name) for name in (field.zh, *field.synonyms)}

    def said(row: int) -> str:
        stated = table.stated.get(row, {})
        pairs = (*stated.items(), *above.items())
        found = next((text for name, text in pairs if name in names), "")
        return found or (_firm(table, row) if firms else "")

    return said


def _house(table: Table, row: int) -> str:
    """Return the house that a group of rows is headed by: 二号楼, A座：."""
    label = bare_label(table.labels.get(row, "")).rstrip(":： ")
    return label if _HOUSE.match(label) else ""


def _firm(table: Table, row: int) -> str:
    """Return the firm that a group of rows is headed by, "" for any other heading."""
    label = bare_label(table.labels.get(row) or table.context.label)
    return label if _FIRM.match(label) else ""


def _add(
    table: Table, field: Field, columns: dict[str, ColumnData], said: _Said,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    """Add a column from what is said above each row, unless the ledger has one."""
    if field.key in columns:
        return
    data = ColumnData(field, None, "", [None] * len(table.rows))
    known: dict[tuple[str, int], tuple[str, Value | None]] = {}
    for index, (number, _) in enumerate(table.rows):
        above = table.labels.get(number, ""), id(table.stated.get(number))
        if above not in known:  # rows under the same lines are told the same
            known[above] = _read(field, said(number), words)
            if not (known[above][0] or table.labels or table.stated):
                return
        text, found = known[above]
        if found is not None:
            data.values[index] = found
            data.origins[index] = Origin(text)
            data.problems[index] = (notice("from_group_label", text=text),)
    if any(value is not None for value in data.values):
        columns[field.key] = data


def _read(field: Field, text: str, words: Callable[[str], str]) -> tuple[str, Value | None]:
    """Return what is said of a field, and the value that it means."""
    if not text:
        return "", None
    if field.type is FieldType.DATE:
        return text, parse(field, text).value
    if not field.choices:
        return text, words(text)
    return text, None if is_put_off(field, text) else match_choice(field, words(text))[0]
