# SPDX-License-Identifier: MIT
"""Storeys above and below ground, which ledgers write into one cell: 地上3/地下1, 3F/B1, 3/-1."""

import re

from workbench.domain.parsing.text import chinese_number

_N = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_UP = rf"(?:地上|地面)?{_N}(?:层|f)?"
_SURELY_UP = rf"(?:地上|地面){_N}(?:层|f)?"
_SURELY_DOWN = rf"(?:地下|负|b){_N}(?:层|f)?"
_DOWN = rf"(?:地下|负|b|-){_N}(?:层|f)?"
_AND = r"[/、,;+~至和及]"
_UP_FIRST = re.compile(rf"{_UP}(?:{_AND}{_DOWN}|{_SURELY_DOWN}|\((?:另有?)?{_SURELY_DOWN}\))")
_TOGETHER = re.compile(rf"(?:总|共)?{_N}(?:层|f)?\((?:其中)?(?:含|包括|包含)?{_SURELY_DOWN}\)")
_DOWN_FIRST = re.compile(rf"{_DOWN}(?:{_AND}|[-—–])?f?{_UP}")
_ONLY_UP = re.compile(_SURELY_UP)
_SINGLE = frozenset({"单层", "平房"})
_BASEMENT = re.compile(rf"地下{_N}层?")


def storeys_in(text: str) -> tuple[int | None, int | None] | None:
    """Return storeys above and below ground, None for what a cell does not say.

    ``text`` is half-width and lower case. None where neither is told apart: 3层, 1-3层.
    """
    if match := _UP_FIRST.fullmatch(text):
        above, *below = match.groups()
        return _number(above), _number(next(down for down in below if down))
    if match := _TOGETHER.fullmatch(text):  # 3层（含地下1层）: two above ground
        total, down = _number(match[1]), _number(match[2])
        return (total - down, down) if total and down and total > down else None
    if match := _DOWN_FIRST.fullmatch(text):
        return _number(match[2]), _number(match[1])
    if match := _ONLY_UP.fullmatch(text):
        return _number(match[1]), None
    if text in _SINGLE:
        return 1, None
    match = _BASEMENT.fullmatch(text)
    return (None, _number(match[1])) if match else None


def _number(digits: str) -> int | None:
    return int(digits) if digits.isdigit() else chinese_number(digits)
