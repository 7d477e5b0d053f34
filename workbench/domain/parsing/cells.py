# SPDX-License-Identifier: MIT
"""Reads one cell into a field: the same for import, grid, form and command line; domain §3.3."""

import re
from collections.abc import Callable
from math import isfinite

from workbench.domain.fields import NUMERIC_TYPES, Field, FieldType
from workbench.domain.parsing.choices import match_choice, parse_bool, parse_choice, parse_choices
from workbench.domain.parsing.dates import parse_date
from workbench.domain.parsing.numbers import parse_number
from workbench.domain.parsing.parsed import (
    NO_CONTEXT,
    Fault,
    FaultKind,
    ParseContext,
    Parsed,
    PercentNumber,
    Problem,
    error,
    warning,
)  # fmt: skip
from workbench.domain.parsing.standing import foreseen_in
from workbench.domain.parsing.text import (
    BLANK_TOKENS,
    ERROR_TEXTS,
    NOT_APPLICABLE_TOKENS,
    plain,
    shown,
    tidy,
)  # fmt: skip
from workbench.domain.values import Origin, ValueState

__all__ = ["ParseContext", "Parsed", "Problem", "parse"]

NO_CERTIFICATE = frozenset(
    {"无证", "未办证", "办理中", "正在办理", "在办", "未取得", "未取证", "补办中"}
)
_OF_FACTS = NUMERIC_TYPES | {FieldType.DATE}
_LIST = re.compile(r"[、,;；，\n|]+")
_LONGEST_EXACT = 15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,}")


def parse(field: Field, raw: object, context: ParseContext = NO_CONTEXT) -> Parsed:
    """Read a cell value, as a workbook gives it or as typed, into the field's normalized value."""
    if raw is None:
        return Parsed(None)
    if isinstance(raw, Fault):
        problem = (error if raw.kind is FaultKind.ERROR else warning)(str(raw.kind), text=raw.text)
        return Parsed(None, Origin(raw.text, None, ValueState.UNKNOWN), (problem,))
    if isinstance(raw, str):
        word = plain(raw)
        if not word:
            return Parsed(None, Origin(raw or None, None, ValueState.UNKNOWN))
        if (nothing := _nothing(field, raw, word)) is not None:
            return nothing
        if field.type in _OF_FACTS and foreseen_in(field, raw):
            problem = warning("forecast_cell", text=raw.strip())
            return Parsed(None, Origin(raw, None, ValueState.UNKNOWN), (problem,))
    elif _is_no_number(raw):
        text = shown(raw)
        problem = error("not_a_number", text=text)
        return Parsed(None, Origin(text, None, ValueState.UNKNOWN), (problem,))
    return _READERS[field.type](field, raw, context)


def _is_no_number(raw: object) -> bool:
    """Tell whether a cell holds NaN or an infinity, which no field takes, not even as text."""
    number = raw.value if isinstance(raw, PercentNumber) else raw
    return isinstance(number, float) and not isfinite(number)


def _nothing(field: Field, raw: str, word: str) -> Parsed | None:
    """Return the result for a cell that says it has no value, or None if it may have one."""
    if word in BLANK_TOKENS:
        if field.type is FieldType.BOOL and word in ("无", "没有", "未办理", "未办"):
            return None
        if field.type is FieldType.CHOICE and match_choice(field, raw)[0] is not None:
            return None
        return Parsed(None, Origin(raw, None, ValueState.UNKNOWN))
    if word in NOT_APPLICABLE_TOKENS:
        if field.type is FieldType.BOOL and word == "不涉及":
            return None
        if field.type is FieldType.CHOICE and match_choice(field, raw)[0] is not None:
            return None
        return Parsed(None, Origin(raw, None, ValueState.NOT_APPLICABLE))
    if word in ERROR_TEXTS:
        return Parsed(
            None, Origin(raw, None, ValueState.UNKNOWN), (error("error_cell", text=raw.strip()),)
        )
    return None


def _text(_field: Field, raw: object, _context: ParseContext) -> Parsed:
    text = tidy(shown(raw))
    return Parsed(text or None, Origin(shown(raw)))


def _code(_field: Field, raw: object, _context: ParseContext) -> Parsed:
    """Keep an identifier to the letter; a long number has already lost digits in the workbook."""
    text = tidy(shown(raw))
    if isinstance(raw, str):
        if plain(text) in NO_CERTIFICATE:
            return Parsed(None, Origin(raw, None, ValueState.UNKNOWN))
        if _SCIENTIFIC.fullmatch(text):
            return Parsed(text, Origin(raw), (warning("digits_lost", text=text),))
        return Parsed(text or None, Origin(raw))
    digits = text.lstrip("-").split(".")[0]
    if isinstance(raw, int | float) and len(digits) > _LONGEST_EXACT:
        return Parsed(text, Origin(text), (warning("digits_lost", text=text),))
    return Parsed(text or None, Origin(text))


def list_words(text: str) -> tuple[str, ...]:
    """Return the words of a list as people write it: 新材料、装备；电子."""
    return tuple(dict.fromkeys(part.strip() for part in _LIST.split(text) if part.strip()))


def _texts(_field: Field, raw: object, _context: ParseContext) -> Parsed:
    text = shown(raw)
    return Parsed(list_words(text) or None, Origin(text))


def _bool(field: Field, raw: object, _context: ParseContext) -> Parsed:
    return parse_bool(field, raw)


def _choice(field: Field, raw: object, _context: ParseContext) -> Parsed:
    return parse_choice(field, raw)


def _choices(field: Field, raw: object, _context: ParseContext) -> Parsed:
    return parse_choices(field, raw)


_Reader = Callable[[Field, object, ParseContext], Parsed]
_READERS: dict[FieldType, _Reader] = {
    FieldType.TEXT: _text,
    FieldType.CODE: _code,
    FieldType.REF: _text,
    FieldType.TEXTS: _texts,
    FieldType.NUMBER: parse_number,
    FieldType.INTEGER: parse_number,
    FieldType.AREA: parse_number,
    FieldType.MONEY: parse_number,
    FieldType.SHARE: parse_number,
    FieldType.DATE: parse_date,
    FieldType.BOOL: _bool,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
}
