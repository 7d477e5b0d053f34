# SPDX-License-Identifier: MIT
"""Keeps the left, the middle and the right of a header from running into each other.

Excel and LibreOffice give each of the three the whole width and print one over the other: a team's
long name beside the title covered the word 草稿 in the middle.
"""

import re
from collections.abc import Iterator

from workbench.excel.measure import text_width

_SECTION = re.compile(r"&([LCR])")
_TOKEN = re.compile(
    r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&(\d{1,3})|&[A-Za-z]|&&|\n|[!-%\'-~]+|.'
)
"""A code, or the letters that no line is broken in."""
_NORMAL, _UNIT = 10.0, 0.53
"""Points of letters without a size, and how wide a narrow one is beside its height."""
_CODES = {"P": 3.0, "N": 3.0, "D": 10.0, "T": 8.0, "A": 16.0, "F": 24.0}
"""Narrow letters for what a program puts in the place of a code."""
_BETWEEN = 12.0
"""Points that stay free between two neighbours."""


def within_room(code: str, width: float) -> str:
    """Return a header whose left and right are broken into lines that leave the middle its room.

    ``width`` is the room between the margins in points.
    """
    pieces = _SECTION.split(code)
    marks = pieces[1::2]
    if len(set(marks)) < len(marks):
        return code  # a section in two parts is one that nobody can write by hand
    parts = dict(zip(marks, pieces[2::2], strict=True))
    wide = {mark: _widest(text) for mark, text in parts.items()}
    middle, ends = wide.get("C", 0.0), ("L", "R")
    for mark, other in (ends, ends[::-1]):
        room = width - min(wide.get(other, 0.0), width / 2)
        if middle:
            room = (width - middle) / 2
        if wide.get(mark, 0.0) > room - _BETWEEN:
            parts[mark] = "".join(_broken(parts[mark], room - _BETWEEN))
            wide[mark] = _widest(parts[mark])
    return pieces[0] + "".join(f"&{mark}{parts[mark]}" for mark in marks)


def _measured(text: str) -> Iterator[tuple[str, float]]:
    """Yield the pieces of a section, each with its width in points; a code for looks has none."""
    size = _NORMAL
    for token in _TOKEN.finditer(text):
        piece = token[0]
        if token[1]:
            size = float(token[1])
        elif piece.startswith("&") and piece != "&&":
            yield piece, _CODES.get(piece[1:].upper(), 0.0) * size * _UNIT
            continue
        shown = 0.0 if token[1] else text_width(piece.replace("&&", "&")) * size * _UNIT
        yield piece, 0.0 if piece == "\n" else shown


def _widest(text: str) -> float:
    """Return the width of the longest line of a section in points."""
    lines = [0.0]
    for piece, width in _measured(text):
        if piece == "\n":
            lines.append(0.0)
        lines[-1] += width
    return max(lines)


def _broken(text: str, room: float) -> Iterator[str]:
    """Yield the pieces of a section with a new line before each that no longer fits."""
    used = 0.0
    for piece, width in _measured(text):
        if used and used + width > room:
            yield "\n"
            used = 0.0
            if piece.isspace():
                continue
        yield piece
        used = 0.0 if piece == "\n" else used + width
