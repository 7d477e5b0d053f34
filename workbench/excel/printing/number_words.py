# SPDX-License-Identifier: MIT
"""A value as a spreadsheet program shows it by its number format, as far as reports use formats."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|([#0?,.]+)|(%)|([ymdhs]+)|(.)', re.I)
_DATE_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)
_MOST_DIGITS = 10
"""Significant digits that General shows."""


def shown_value(value: Any, number_format: str) -> tuple[str, bool]:
    """Return a value in words, and whether its format makes it red."""
    if value is None or value == "":
        return "", False
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, date):
        return _date_words(value, number_format), False
    if not isinstance(value, int | float | Decimal):
        return str(value), False
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value), False
    if not number.is_finite():
        return str(value), False
    if number_format in ("General", "@", "Standard", ""):
        return general(number), False
    section, number = _section(number, number_format.split(";"))
    if section == "General":
        return general(number), False
    words, colours = _number_words(number, section)
    return words, "red" in colours


def general(number: Decimal) -> str:
    """Return a number without a format."""
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** _MOST_DIGITS:
        return f"{number:.0f}"
    return f"{float(number):.{_MOST_DIGITS}g}"


def _section(number: Decimal, sections: list[str]) -> tuple[str, Decimal]:
    """Return the part of a format for a number's sign; one of negatives shows no sign itself."""
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _number_words(number: Decimal, section: str) -> tuple[str, set[str]]:
    tokens = list(_tokens(section))
    scaled = number * 100 if any(kind == "percent" for kind, _ in tokens) else number
    written, colours, done = "", set(), False
    for kind, text in tokens:
        if kind == "digits" and not done:
            written += _digits(scaled, text)
            done = True
        elif kind in ("text", "percent"):
            written += text
        elif kind == "bracket":
            colours.add(text.casefold())
    return written, colours


def _tokens(section: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(section):
        quoted, escaped, space, filler, bracket, digits, percent, letters, other = found.groups()
        if bracket is not None:
            yield "bracket", bracket
        elif digits is not None:
            yield "digits", digits
        elif percent is not None:
            yield "percent", percent
        elif letters is not None:
            yield "letters", letters
        elif space is not None:
            yield "text", " "
        elif filler is None:
            yield "text", quoted if quoted is not None else escaped or other or ""


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    places = sum(decimals.count(mark) for mark in "0#?")
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    words = f"{rounded:,.{places}f}" if "," in whole else f"{rounded:.{places}f}"
    least = whole.count("0")
    if not least and abs(rounded) < 1 and places:
        words = words.replace("0.", ".", 1)
    body = words.lstrip("-").split(".")[0].replace(",", "")
    return words if len(body) >= least else words.replace(body, body.zfill(least), 1)


def _date_words(value: date, number_format: str) -> str:
    """Return a date; without a code for dates in its format, as yyyy-mm-dd."""
    if not _DATE_CODE.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format)):
        return value.isoformat()[:10]
    written, hours = "", False
    for kind, text in _tokens(number_format.split(";")[0]):
        code = text.casefold()
        if kind == "letters":
            written += _date_part(value, code, after_hours=hours)
            hours = code[0] == "h"
        elif kind in ("text", "percent", "digits"):
            written += text
    return written


def _date_part(value: date, code: str, *, after_hours: bool) -> str:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if code[0] == "y":
        return f"{moment:%Y}" if len(code) > 2 else f"{moment:%y}"
    number = {
        "m": moment.minute if after_hours else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }[code[0]]
    return f"{number:02d}" if len(code) > 1 else str(number)
