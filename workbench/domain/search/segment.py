# SPDX-License-Identifier: MIT
"""The texts of one kind of thing as one long text, which is searched in a few milliseconds."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from re import Match, Pattern
from typing import NamedTuple

from workbench.domain.search.folding import fold

EDGE = "\x1f"
"""Stands before, between and after the fields of a line."""


class Level(IntEnum):
    """How well a text matches, best first."""

    EXACT = 0
    PREFIX = 1
    PART = 2
    INITIALS_FIRST = 3
    INITIALS = 4
    SPELLED_FIRST = 5
    SPELLED = 6

    @property
    def by_pinyin(self) -> bool:
        """Tell whether letters stood for characters."""
        return self >= Level.INITIALS_FIRST


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: its fields in order of weight, and those that pinyin finds.

    ``seldom`` ones come after everything else: they are not meant where another thing has the word.
    """

    key: str
    fields: tuple[str, ...]
    spelled: frozenset[str] = frozenset()
    seldom: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a word: as it stands, or by a pattern over the names.

    ``first`` and ``inside`` are the levels of a match at the beginning of a field and later.
    """

    word: str
    name: str
    first: Level
    inside: Level
    pattern: Pattern[str] | None = None

    def level(self, piece: "Piece") -> Level:
        """Return how well a piece matches."""
        if piece.start:
            return self.inside
        whole = self.pattern is None and piece.length == piece.field_length
        return Level.EXACT if whole else self.first


class Piece(NamedTuple):
    """A matched piece: which field of which line, and where in the folded field."""

    line: int
    field: int
    start: int
    length: int
    field_length: int


class Segment:
    """The folded fields of many things of one kind, one line each."""

    def __init__(self, kind: Kind, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        self.kind = kind
        self.keys: list[str] = []
        self._spelled = tuple(at for at, name in enumerate(kind.fields) if name in kind.spelled)
        self._left: dict[tuple[str, str], tuple[str, list[int]]] = {}
        every, names = _Lines(), _Lines()
        for key, texts in rows:
            folded = [fold(text) if text else "" for text in texts]
            self.keys.append(key)
            every.add(folded)
            names.add([folded[at] for at in self._spelled])
        self._every, self._names = every.closed(), names.closed()
        self.alphabet = frozenset(self._names.text)

    def texts(self) -> list[str]:
        """Return the folded fields, a line for each thing."""
        return self._every.text.split("\n")

    def some(self, way: Way, most: int) -> tuple[list[Piece], bool]:
        """Return up to ``most`` matched lines, and whether these are all.

        While a word is being typed, a key only narrows down the lines that the last one left.
        """
        place = way.name, way.word[:1]
        before, lines = self._left.get(place, ("", []))
        if before and way.word.startswith(before):
            known = (self.in_line(way, line) for line in lines)
            found = list(islice((piece for piece in known if piece is not None), most))
        else:
            found = list(islice(self._pieces(way), most))
        if len(found) == most:
            self._left.pop(place, None)
            return found, False
        self._left[place] = (way.word, [piece.line for piece in found])
        return found, True

    def beginning(self, way: Way) -> Iterator[Piece]:
        """Yield the lines in which a name begins as a way says."""
        pattern = re.escape(way.word) if way.pattern is None else way.pattern.pattern
        return self._named(self._names.match(re.compile(EDGE + pattern)))

    def exact(self, way: Way) -> Iterator[Piece]:
        """Yield the lines that have a name of just this word."""
        return self._named(self._names.match(re.compile(f"{EDGE}{re.escape(way.word)}{EDGE}")))

    def lines(self, way: Way) -> Iterator[int]:
        """Yield the lines that a way matches, as they come."""
        if way.pattern is None:
            return self._every.lines(self._every.find(way.word))
        return self._names.lines(match.start() for match in self._names.match(way.pattern))

    def in_line(self, way: Way, line: int) -> Piece | None:
        """Return the first match in one line."""
        if way.pattern is None:
            places = self._every.find(way.word, line)
            return next(self._every.pieces(places, 0, len(way.word)), None)
        return next(self._named(self._names.match(way.pattern, line)), None)

    def _pieces(self, way: Way) -> Iterator[Piece]:
        if way.pattern is None:
            return self._every.pieces(self._every.find(way.word), 0, len(way.word))
        return self._named(self._names.match(way.pattern))

    def _named(self, matches: Iterator[Match[str]]) -> Iterator[Piece]:
        """Turn matches among the names into pieces of the whole line's fields."""
        for match in matches:
            found = match[0].strip(EDGE)
            at, length = match.start() + match[0].startswith(EDGE), len(found)
            piece = self._names.piece(at, length)
            yield piece._replace(field=self._spelled[piece.field])


class _Lines:
    """Lines of fields as one text; ``closed`` makes it searchable."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.text = ""
        self._starts: list[int] = []

    def add(self, fields: Sequence[str]) -> None:
        self._parts.append(f"{EDGE}{EDGE.join(fields)}{EDGE}")

    def closed(self) -> "_Lines":
        at = 0
        for part in self._parts:
            self._starts.append(at)
            at += len(part) + 1
        self.text = "\n".join(self._parts)
        self._parts = []
        return self

    def find(self, wanted: str, line: int | None = None) -> Iterator[int]:
        """Yield where a text first stands in each line, or in one line."""
        text, starts = self.text, self._starts
        pos, end = self._span(line)
        while (at := text.find(wanted, pos, end)) >= 0:
            yield at
            after = bisect_right(starts, at)
            if after == len(starts):
                return
            pos = starts[after]

    def match(self, pattern: Pattern[str], line: int | None = None) -> Iterator[Match[str]]:
        """Yield the first match of a pattern in each line, or in one line."""
        starts = self._starts
        pos, end = self._span(line)
        while match := pattern.search(self.text, pos, end):
            yield match
            after = bisect_right(starts, match.start())
            if after == len(starts):
                return
            pos = starts[after]

    def lines(self, places: Iterable[int]) -> Iterator[int]:
        """Return the lines of places."""
        starts = self._starts
        return (bisect_right(starts, at) - 1 for at in places)

    def pieces(self, places: Iterable[int], skip: int, length: int) -> Iterator[Piece]:
        """Return the pieces that begin so many characters after places."""
        return (self.piece(at + skip, length) for at in places)

    def piece(self, at: int, length: int) -> Piece:
        """Return the piece at a place of the text."""
        text = self.text
        line = bisect_right(self._starts, at) - 1
        start = self._starts[line]
        begin = text.rfind(EDGE, start, at) + 1
        field = text.count(EDGE, start, at) - 1
        return Piece(line, field, at - begin, length, text.find(EDGE, at) - begin)

    def _span(self, line: int | None) -> tuple[int, int]:
        if line is None:
            return 0, len(self.text)
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return self._starts[line], end
