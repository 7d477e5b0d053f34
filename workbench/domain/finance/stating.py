# SPDX-License-Identifier: MIT
"""What an analyst states for a model's inputs: read from what was typed or written, kept exactly.

Text is read by the rules of the ledger (``1341万元``, ``50亩``, ``92%``); plain numbers are in the
input's own unit: 元, ㎡, fractions.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import InputValue, ModelInput, Row, Shape, Single
from workbench.domain.finance.model import Model
from workbench.domain.finance.settling import problems
from workbench.domain.findings import Finding, Level
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext

Written = object
"""A value as TOML, JSON or a form gives it: text, number, bool, date, list, list of tables."""
_BLANK = ("", None)


class StatingError(ValueError):
    """A written value cannot be an input's; ``finding`` names the field."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_stated(model: Model, written: Mapping[str, Written]) -> dict[str, InputValue]:
    """Return what is stated, by input; StatingError for an input that the model does not have."""
    stated: dict[str, InputValue] = {}
    known = {item.key: item for item in model.inputs}
    for key, value in written.items():
        if key not in known:
            raise StatingError(Finding("no_such_input", Level.ERROR, "scenario", "", key))
        stated[key] = read_value(known[key], value)
    return stated


def read_value(item: ModelInput, written: Written, *, shown: bool = False) -> InputValue:
    """Return one input's value; StatingError names the entry that cannot be read.

    ``shown`` tells that bare numbers are in the unit in which the field is shown (万元, 亩, %).
    """
    if item.shape is Shape.SINGLE:
        return _single(item, written, item.key, shown=shown)
    if written in _BLANK:
        return None
    if item.shape is Shape.SERIES:
        entries = written if isinstance(written, list | tuple) else str(written).split()
        return tuple(
            _number(item, entry, f"{item.key}[{n + item.first}]", shown=shown)
            for n, entry in enumerate(entries)
        )
    if not isinstance(written, list | tuple):
        raise _unread("not_a_table", item.key)
    return tuple(_row(item, row, n, shown=shown) for n, row in enumerate(written, start=1))


def read_valid(item: ModelInput, written: Written) -> InputValue:
    """Return what was typed into a field in its shown unit; StatingError for what cannot stand.

    Other than ``read_value`` it refuses what breaks a limit too: a form keeps the last valid value.
    """
    value = read_value(item, written, shown=True)
    wrong = (found for found in problems(item, value) if found.level is Level.ERROR)
    if (first := next(wrong, None)) is not None:
        raise StatingError(first)
    return value


def _row(item: ModelInput, row: object, number: int, *, shown: bool) -> Row:
    if not isinstance(row, Mapping):
        raise _unread("not_a_table", item.key)
    columns = {column.key: column for column in item.columns}
    for key in row:
        if key not in columns:
            raise _unread("no_such_input", f"{item.key}[{number}].{key}")
    return {
        key: _single(columns[key], value, f"{item.key}[{number}].{key}", shown=shown)
        for key, value in row.items()
    }


def _number(item: ModelInput, entry: object, place: str, *, shown: bool) -> Decimal | None:
    value = _single(item, entry, place, shown=shown)
    if value is None or (isinstance(value, Decimal | int) and not isinstance(value, bool)):
        return None if value is None else Decimal(value)
    raise _unread("wrong_type", place, entry)


def _single(item: ModelInput, written: object, place: str, *, shown: bool) -> Single:
    if written in _BLANK:
        return None
    if isinstance(written, bool) or (isinstance(written, date) and not item.numeric):
        return written
    if item.field.type is FieldType.TEXT and isinstance(written, int):
        return str(written)
    if isinstance(written, Decimal | int):
        return Decimal(written)
    if isinstance(written, float):
        return Decimal(repr(written))
    if not isinstance(written, str):
        raise _unread("wrong_type", place, written)
    return _from_text(item, written, place, shown=shown)


def _from_text(item: ModelInput, text: str, place: str, *, shown: bool) -> Single:
    field = item.field
    if field.type is FieldType.CHOICE:
        for choice in field.choices:
            if text.strip() in (choice.value, choice.en, *choice.synonyms):
                return choice.value
        return text.strip()
    unit = field.shown_unit if shown else field.unit
    parsed = parse(field, text, ParseContext(unit=unit, percent_scaled=shown))
    value = parsed.value
    if value is None or isinstance(value, tuple):
        raise _unread("wrong_type", place, text)
    return value


def _unread(code: str, place: str, value: object = "") -> StatingError:
    params = {"value": str(value)[:60], "field": place}
    return StatingError(Finding(code, Level.ERROR, "scenario", "", place, params))


def to_text(stated: Mapping[str, InputValue]) -> str:
    """Return stated values as JSON text; numbers are kept to the digit."""
    plain = {key: _plain(value) for key, value in stated.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def from_text(inputs: Iterable[ModelInput], text: str) -> dict[str, InputValue]:
    """Return the values that ``to_text`` wrote; inputs that a model lost since are left out."""
    known = {item.key: item for item in inputs}
    return {
        key: _kept(known[key], value)
        for key, value in json.loads(text or "{}").items()
        if key in known
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def _kept(item: ModelInput, plain: Any) -> InputValue:
    if item.shape is Shape.TABLE and isinstance(plain, list):
        columns = {column.key: column for column in item.columns}
        return tuple(
            {key: _kept_single(columns[key], v) for key, v in row.items() if key in columns}
            for row in plain
        )
    if item.shape is Shape.SERIES and isinstance(plain, list):
        return tuple(None if entry is None else Decimal(entry) for entry in plain)
    return _kept_single(item, plain)


def _kept_single(item: ModelInput, plain: Any) -> Single:
    if plain is None or isinstance(plain, bool):
        return plain
    if item.field.numeric:
        return Decimal(plain)
    return date.fromisoformat(plain) if item.field.type is FieldType.DATE else str(plain)
