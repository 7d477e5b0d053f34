# SPDX-License-Identifier: MIT
"""Searches every kind of thing at once, best matches first, and follows single changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workbench.domain.search.folding import fold, words_of
from workbench.domain.search.segment import Kind, Level, Piece, Segment, Way
from workbench.domain.search.spelling import Spelling, has_letters

_PER_SEGMENT = 150
"""Matches of one way and kind that are weighed against each other."""
_ENOUGH = 3
"""Times the wanted results at which no worse way is tried."""
_FEW = 400
"""Lines of a word that is rare enough to lead."""
_SYLLABLES = "syllables"
_FRESH = 2000
"""Changed things that are kept beside a segment before it is worth making anew."""


@dataclass(frozen=True, slots=True)
class Match:
    """One matched word: in which field, where in the folded field, how."""

    field: str
    start: int
    length: int
    level: Level
    word: str


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, and every reason."""

    kind: str
    key: str
    matches: tuple[Match, ...]
    rank: tuple[int, ...]

    @property
    def level(self) -> Level:
        """Return how well the worst of its words matches."""
        return max(match.level for match in self.matches)


Row = tuple[str, Sequence[str]]
"""The key of a thing, and its texts in the order of its kind's fields."""


class SearchIndex:
    """Segments by kind in order of weight; single changes stand beside until a segment is new."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        self._segments = {segment.kind.key: segment for segment in segments}
        self._fresh: dict[str, dict[str, Sequence[str]]] = {}
        self._gone: dict[str, set[str]] = {}
        self._beside: dict[str, Segment] = {}
        self._spelling: Spelling | None = None

    def put(self, segment: Segment) -> None:
        """Take a segment in place of what was known of its kind."""
        kind = segment.kind.key
        self._segments[kind] = segment
        for kept in (self._fresh, self._gone, self._beside):
            kept.pop(kind, None)
        self._learn(segment)

    def kinds(self) -> Mapping[str, Kind]:
        """Return the kinds that are searched."""
        return {key: segment.kind for key, segment in self._segments.items()}

    def follow(self, kind: str, changed: Mapping[str, Sequence[str] | None]) -> bool:
        """Take in changed things (None for deleted); False when the segment is better made anew."""
        segment = self._segments.get(kind)
        if segment is None:
            return True
        gone, fresh = self._gone.setdefault(kind, set()), self._fresh.setdefault(kind, {})
        if len(fresh) + len(changed) > _FRESH:
            return False
        for key, texts in changed.items():
            gone.add(key)
            fresh.pop(key, None)
            if texts is not None:
                fresh[key] = texts
        self._beside[kind] = Segment(segment.kind, fresh.items())
        self._learn(self._beside[kind])
        return True

    def warm(self) -> None:
        """Learn the readings of every character, which takes a while the first time."""
        if self._spelling is None:
            alphabet: set[str] = set()
            for segment, _ in self._every():
                alphabet |= segment.alphabet
            self._spelling = Spelling(alphabet)

    @property
    def is_warm(self) -> bool:
        """Tell whether pinyin is known; until then only the letters themselves are found."""
        return self._spelling is not None

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Return the best matches of a query: of its words as one, then of each in any order."""
        words = words_of(query)
        if not words:
            return []
        found = self._one_word(fold(query), limit, plain=len(words) > 1)
        if len(words) > 1 and len(found) < limit:
            known = {(f.kind, f.key) for f in found}
            more = self._all_words(words, limit * _ENOUGH)
            found += [f for f in more if (f.kind, f.key) not in known]
        return sorted(found, key=lambda f: f.rank)[:limit]

    def _one_word(self, word: str, limit: int, *, plain: bool) -> list[Found]:
        """Try each way to read a word, best first, until there is enough to choose from.

        ``plain`` leaves pinyin out: for words as they stand together.
        """
        found: dict[tuple[str, str], Found] = {}
        for way in islice(self._ways(word), 1 if plain else None):
            for order, (segment, gone) in enumerate(self._every()):
                for piece in _best_pieces(segment, way):
                    key = segment.keys[piece.line]
                    place = (segment.kind.key, key)
                    if key in gone or place in found:
                        continue
                    match = _match(segment, piece, way)
                    rank = _rank(segment.kind, [match.level], [piece], order)
                    found[place] = Found(*place, (match,), rank)
            if len(found) >= limit * _ENOUGH or (found and way.name == _SYLLABLES):
                break
        return list(found.values())

    def _ways(self, word: str) -> Iterator[Way]:
        """Yield the ways to read a word, best first."""
        yield Way(word, "plain", Level.PREFIX, Level.PART)
        spelling = self._spelling
        if spelling is None or not has_letters(word):
            return
        if (pattern := spelling.initials(word)) is not None:
            yield Way(word, "initials", Level.INITIALS_FIRST, Level.INITIALS, pattern)
        # Initials among syllables are tried last: most words read without, and in a few ways.
        for name, mixed in ((_SYLLABLES, False), ("mixed", True)):
            if (pattern := spelling.spelled(word, mixed=mixed)) is not None:
                yield Way(word, name, Level.SPELLED_FIRST, Level.SPELLED, pattern)

    def _all_words(self, words: list[str], most: int) -> list[Found]:
        """Find things that hold every word, in any order."""
        ways = {word: list(self._ways(word)) for word in words}
        found: list[Found] = []
        for order, (segment, gone) in enumerate(self._every()):
            for line in islice(_common(segment, ways), most):
                if segment.keys[line] in gone:
                    continue
                pairs = [_in_line(segment, of_word, line) for of_word in ways.values()]
                matches = tuple(_match(segment, piece, way) for way, piece in pairs)
                levels = [match.level for match in matches]
                rank = _rank(segment.kind, levels, [piece for _, piece in pairs], order)
                found.append(Found(segment.kind.key, segment.keys[line], matches, rank))
        return found

    def _every(self) -> Iterator[tuple[Segment, set[str]]]:
        """Yield the segments, each with the keys that no longer count in it."""
        for kind, segment in self._segments.items():
            yield segment, self._gone.get(kind, set())
            if beside := self._beside.get(kind):
                yield beside, set()

    def _learn(self, segment: Segment) -> None:
        if self._spelling is not None:
            self._spelling.add(segment.alphabet)


def _best_pieces(segment: Segment, way: Way) -> Iterable[Piece]:
    """Return a way's matches; of too many, those that are whole fields or begin one come first."""
    pieces, complete = segment.some(way, _PER_SEGMENT)
    if complete:
        return pieces
    first = list(islice(segment.beginning(way), _PER_SEGMENT))
    whole = way.pattern is None and len(first) == _PER_SEGMENT
    exact = islice(segment.exact(way), _PER_SEGMENT) if whole else ()
    return [*exact, *first, *pieces]


def _common(segment: Segment, ways: Mapping[str, Sequence[Way]]) -> Iterator[int]:
    """Yield the lines that every word matches in some way.

    Words that few lines match are looked up first; of what they leave, or else of the lines of
    the first word, each line is tried for the others, so frequent words soon give enough.
    """
    few = {
        word: lines for word, of in ways.items() if (lines := _few_lines(segment, of)) is not None
    }
    if few:
        left: Iterable[int] = sorted(set.intersection(*few.values()))
        others = [of for word, of in ways.items() if word not in few]
    else:
        first, *others = sorted(ways.values(), key=len)
        left = _each_once(line for way in first for line in segment.lines(way))
    return (line for line in left if all(_matches(segment, of, line) for of in others))


def _few_lines(segment: Segment, ways: Sequence[Way]) -> set[int] | None:
    """Return the lines that a word matches in any way, or None when these are too many."""
    lines: set[int] = set()
    for way in ways:
        pieces, complete = segment.some(way, _FEW)
        if not complete:
            return None
        lines |= {piece.line for piece in pieces}
    return lines


def _matches(segment: Segment, ways: Sequence[Way], line: int) -> bool:
    return any(segment.in_line(way, line) is not None for way in ways)


def _in_line(segment: Segment, ways: Sequence[Way], line: int) -> tuple[Way, Piece]:
    """Return the best way in which a line that matches a word does."""
    for way in ways:
        if (piece := segment.in_line(way, line)) is not None:
            return way, piece
    raise LookupError(ways[0].word)


def _match(segment: Segment, piece: Piece, way: Way) -> Match:
    field = segment.kind.fields[piece.field]
    return Match(field, piece.start, piece.length, way.level(piece), way.word)


def _rank(
    kind: Kind, levels: Sequence[Level], pieces: Sequence[Piece], order: int
) -> tuple[int, ...]:
    """Return what sorts first: the better level, the weightier field and kind, the shorter text."""
    field = max(piece.field for piece in pieces)
    lead = pieces[0]
    return (kind.seldom, max(levels), min(field, 2), order, field, lead.field_length, lead.line)


def _each_once(lines: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for line in lines:
        if line not in seen:
            seen.add(line)
            yield line
