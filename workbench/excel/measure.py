# SPDX-License-Identifier: MIT
"""How much room text takes: widths in characters of the default font, heights in points."""

import math
import re
import unicodedata
from functools import lru_cache

LINE = 14.6
"""Height of one line of body text (10 pt 微软雅黑) in points."""
LEAST = 19.0
DENSE_SIZE, DENSE_LEAST = 9.0, 14.5
TIGHT = 4.0
"""What is asked of a row on a sheet that is shrunk to one page: hardly more than its lines take,
so that its letters print larger."""
"""Letters and least height of a row in a table to look things up in."""
MOST = 405.0
"""A row in Excel cannot be higher than 409 points."""
_MOST_LINES = 40
"""More lines than the highest row has in the smallest letters."""
PADDING = 4.4
_OPEN, _CLOSE = "（《“「", "，。、；：！？）》”」…"
_TOKENS = re.compile(rf"[{_OPEN}]*(?:[!-~]+|.)[{_CLOSE}]* *", re.DOTALL)
"""A Latin word or another character, with the marks that never stand at the other end of a line."""
_PLAIN = re.compile(r"(?:[!-~]+|.) *", re.DOTALL)
"""A Latin word or another character."""
_PIECE = "(?:[!-~]*?[/&-](?=[0-9A-Za-z])|[!-~]+|.)"
_PIECES = re.compile(
    rf"(?:[{_OPEN}]*{_PIECE}[{_CLOSE}]+(?=[!-~]))*[{_OPEN}]*{_PIECE}[{_CLOSE}]* *", re.DOTALL
)
"""The same for programs that break addresses after "/" and "-", but never Latin from a mark."""
_CLUMPS = re.compile(
    rf"[^ {_CLOSE}]*?（[A-Za-z][^ {_CLOSE}]*[{_CLOSE}]* *|{_TOKENS.pattern}", re.DOTALL
)
"""The same for LibreOffice, which keeps 资产证券化（CMBS/ABS） in one piece where it can."""
SURE = 0.94
"""Another font in the place of ours may be wider; a line too many is better than one cut off."""
_LATIN = 1.1
"""How much wider Latin letters are of the fonts that stand in for ours."""
_Widths = list[tuple[float, float]]
_POINTS_PER_PIXEL = 0.75
_PIXELS_PER_CHARACTER = 7
_PIXELS_PER_COLUMN = 5


@lru_cache(maxsize=4096)
def text_width(text: str) -> float:
    """Return the width of one line of text in digits of the ruler font."""
    return sum(map(_CHARACTERS.__getitem__, text))


class _Characters(dict[str, float]):
    """The widths of characters, each found out once."""

    def __missing__(self, character: str) -> float:
        if unicodedata.east_asian_width(character) in "WFA":
            width = 1.92
        else:
            width = 1.08 if character.isupper() or character.isdigit() else 1.0
        self[character] = width
        return width


_CHARACTERS = _Characters()


@lru_cache(maxsize=8192)
def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of a width.

    Programs break Latin words differently; of two ways the one with more lines counts.
    """
    room = max(width * SURE - 0.6, 2.0)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    whole = text_width(line)
    if whole <= room:
        return 1 if whole * (_LATIN if line.isascii() else 1.0) <= room else 2
    if whole > room * _MOST_LINES:
        return _MOST_LINES  # no row is as high, however the words fall
    return _most_lines(line, room)


@lru_cache(maxsize=4096)
def _most_lines(line: str, room: float) -> int:
    """Return the most lines that any way of breaking gives; asked again by each way to lay out."""
    return max([_filled(widths, room) for widths in _ways_to_break(line)])


@lru_cache(maxsize=4096)
def _ways_to_break(line: str) -> list[_Widths]:
    """Return the different ways of breaking a line: its tokens' widths, whole and without spaces.

    Most lines are broken alike by all programs, and each is tried in many widths.
    """
    ways = dict.fromkeys(tuple(each.findall(line)) for each in (_TOKENS, _PIECES, _CLUMPS))
    return [[(text_width(token), text_width(token.rstrip())) for token in way] for way in ways]


def _filled(widths: _Widths, room: float) -> int:
    """Return how many lines a text takes that may be broken between tokens of such widths."""
    lines, used = 1, 0.0
    for width, bare in widths:
        if used + bare > room and used:
            lines, used = lines + 1, 0.0
        extra = math.ceil(width / room) - 1 if width > room else 0
        lines, used = lines + extra, used + width - extra * room
    return lines


@lru_cache(maxsize=8192)
def hanging_marks(text: str, width: float) -> int:
    """Return how many lines begin with a mark that should end the one before.

    LibreOffice breaks cells so; Excel takes a letter along.
    """
    room = max(width - 0.6, 2.0)
    found = 0
    for line in text.split("\n"):
        used = 0.0
        for token in _PLAIN.findall(line):
            own = text_width(token.rstrip())
            if used and used + own > room:
                found += token[0] in _CLOSE
                used = 0.0
            used = (used + text_width(token)) % room
    return found


def row_height(lines: int, size: float = 10, least: float = LEAST) -> float:
    """Return the height (points) of a row with so many lines of text of a size (points)."""
    return min(MOST, max(least, lines * LINE * size / 10 + PADDING * least / LEAST))


def column_points(width: float) -> float:
    """Return the width of a column in points."""
    return (width * _PIXELS_PER_CHARACTER + _PIXELS_PER_COLUMN) * _POINTS_PER_PIXEL
