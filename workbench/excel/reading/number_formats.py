# SPDX-License-Identifier: MIT
"""What number formats and error codes mean, whatever file they stand in."""

import re
from typing import NamedTuple

BUILT_IN_PERCENTS = frozenset({9, 10})
BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})

ERROR_TEXTS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""What a cell shows for an error code of the binary formats."""


def is_percent(code: str) -> bool:
    """Tell whether a number format shows percents: 0.00% does, 0"%" does not."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def is_date(code: str) -> bool:
    """Tell whether a number format shows days: yyyy-mm-dd does, h:mm and [Red]0 do not."""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    return "general" not in plain and ("y" in plain or "d" in plain)


class Shown(NamedTuple):
    """How a cell shows its number: divided by a power of ten, and with a unit behind it."""

    power: int
    unit: str


PERCENT = Shown(-2, "%")
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Colours, conditions, currencies by country, and what fills a cell up."""
_PIECE = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<single>.)|(?P<digit>[0#?])|(?P<bare>.)')
_SCALES = {"千": 3, "k": 3, "万": 4, "w": 4, "十万": 5, "百万": 6, "m": 6, "千万": 7, "亿": 8}


def shown_by(code: str) -> Shown | None:
    """Return what a number format does to a number beside rounding it; None for nothing.

    0.00"亩" gives it a unit. 0!.0000 and 0.0, show a ten-thousandth or a thousandth, to which the
    heading's unit belongs; with 万㎡ behind it the number itself is one of ㎡.
    """
    if is_percent(code):
        return PERCENT
    power, words = _division(_ASIDE.sub("", code.split(";")[0]))
    words = words.strip()
    scale = next((name for name in _SCALES if words.lower().startswith(name)), "")
    if power and scale and _SCALES[scale] == power:
        power, words = 0, words[len(scale) :]
    unit = words if _is_unit(words) else ""
    return Shown(power, unit) if power or unit else None


def shown_with(words: str, times: float) -> Shown | None:
    """Return what words behind a shown number say of the one held, which is so many times it."""
    words = words.strip()
    scale = next((name for name in _SCALES if words.lower().startswith(name)), "")
    if scale and 0.9 < times / 10 ** _SCALES[scale] < 1.1:
        words, times = words[len(scale) :], 1.0
    return Shown(0, words) if 0.9 < times < 1.1 and _is_unit(words) else None


def _division(code: str) -> tuple[int, str]:
    """Return the power of ten that a format divides by, and the words behind its digits."""
    commas = digits = behind_point = 0
    point = False
    words = ""
    for piece in _PIECE.finditer(code):
        text = piece["quoted"] or piece["single"] or ""
        if piece["digit"]:
            digits += 1
            behind_point += point
            commas, words = 0, ""
        elif text == "." and digits:
            point = True
        elif piece["bare"] == "," and digits:
            commas += 1
        elif digits and (text or (piece["bare"] or "").strip(" .-+()")):
            words += text or piece["bare"]
    return (3 * commas + behind_point, words) if digits else (0, "")


def _is_unit(words: str) -> bool:
    if not words:
        return False
    # Most files have no such format, and each is read by processes that begin with this module.
    from workbench.domain.parsing.units import (
        canonical_unit,
        is_area_unit,
        is_money_unit,
        is_price_per_area,
        is_refused_unit,
    )

    unit = canonical_unit(words)
    if unit == "%":
        return True  # 0.0"%" shows an 85 as 85%
    tests = (is_area_unit, is_money_unit, is_price_per_area, is_refused_unit)
    return bool(unit) and any(test(unit) for test in tests)
