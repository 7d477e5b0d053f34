# SPDX-License-Identifier: MIT
"""What stands for each name, however the name is written.

Blanks, widths, case, middle dots and traditional characters do not count.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.domain.report.redaction.name_letters import in_simplified

_LEAST_LATIN, _SURE_LATIN = 2, 3
_HEAD = 2
"""By so many first letters names are looked up."""
_DOTS = frozenset("·•‧・")
_UNPLAIN = re.compile(
    r"[\sA-Z·•‧・\u00ad\u200b-\u200f\u2060\ufeff]|[^\W\u0000-\u007f\u3400-\u9fff]"
)
"""What has another plain form: blanks, dots, capitals, letters neither Latin nor Chinese."""
_NUMBERING = re.compile(r"[\d第号家个\W_]")
_PIECES = re.compile(r"([、，,；;/\n（）()：:]+)")


@dataclass(frozen=True)
class Codes:
    """Replaces names inside texts; a name that is not telling only where it stands alone.

    ``kept`` are names of parks, which stay whatever they hold; ``common`` are names that are words
    of reports too: they are replaced only where they are the whole text. ``terms`` are Latin words
    of the program with "_" in them (stamp_transfer), in which no name stands.
    """

    by_name: Mapping[str, str]
    kept: Collection[str] = ()
    common: Collection[str] = ()
    terms: Collection[str] = ()
    _inside: Mapping[str, tuple[str, str]] = field(init=False, repr=False)
    """Names in their plain form → as they were given, and their codes."""
    _lengths: Mapping[str, tuple[int, ...]] = field(init=False, repr=False)
    """How long the names are that begin with some letters."""
    _any: re.Pattern[str] = field(init=False, repr=False)
    """Finds out whether any name stands in a text at all, in its plain form: most hold none."""
    _whole: Mapping[str, str] = field(init=False, repr=False)
    _pieces: Mapping[str, str] = field(init=False, repr=False)
    _known: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        kept = {normal(name) for name in self.kept}
        whole = {normal(name): code for name, code in self.by_name.items()}
        for name in kept:
            whole.pop(name, None)
        inside: dict[str, tuple[str, str]] = {}
        for name, code in self.by_name.items():
            plain = normal(name)
            if plain and plain not in kept and name not in self.common and is_telling(plain):
                inside.setdefault(plain, (name, code))
        inside |= {name: ("", "") for name in kept if len(name) >= _HEAD}
        lengths: dict[str, set[int]] = {}
        for plain in inside:
            lengths.setdefault(plain[:_HEAD], set()).add(len(plain))
        pieces = {
            normal(name): code
            for name, code in self.by_name.items()
            if not is_telling(normal(name)) and not name.isascii() and name not in self.common
        }
        object.__setattr__(self, "_inside", inside)
        object.__setattr__(self, "_any", re.compile("|".join(map(re.escape, inside))))
        found = {head: tuple(sorted(known)) for head, known in lengths.items()}
        object.__setattr__(self, "_lengths", found)
        object.__setattr__(self, "_whole", whole)
        object.__setattr__(self, "_pieces", pieces)

    def __call__(self, text: str) -> str:
        """Return a text without the names."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._replaced(text)
        return known

    def left_in(self, text: str) -> list[str]:
        """Return the names that a text still holds, each once."""
        return list(dict.fromkeys(name for _, _, name, _ in self._matches(text) if name))

    def looked_for(self) -> list[str]:
        """Return the names that are looked for inside texts, as they were given."""
        return [name for name, _ in self._inside.values() if name]

    def _replaced(self, text: str) -> str:
        if (code := self._whole.get(normal(text))) is not None:
            return code
        written, at = [], 0
        for start, end, name, code in self._matches(text):
            written += [text[at:start], code if name else text[start:end]]
            at = end
        replaced = "".join([*written, text[at:]])
        if not self._pieces:
            return replaced
        pieces = _PIECES.split(replaced)
        return "".join(self._pieces.get(normal(piece), piece) for piece in pieces)

    def _matches(self, text: str) -> list[tuple[int, int, str, str]]:
        """Return where names stand, in order; of two that overlap the longer one counts."""
        if not self._inside or len(text) < _HEAD or not self._any.search(normal(text)):
            return []
        plain, at = _normal(text)
        found = []
        for start in range(len(plain) - 1):
            for length in self._lengths.get(plain[start : start + _HEAD], ()):
                known = self._inside.get(plain[start : start + length])
                end = start + length
                if (
                    known is not None
                    and end <= len(plain)
                    and _stands_alone(text, at, start, end - 1)
                    and _whole_word(text, at[start], at[end - 1]) not in self.terms
                ):
                    found.append((start, end, *known))
        if not found:
            return []
        free, chosen = [True] * len(plain), []
        for start, end, own, code in sorted(found, key=lambda m: (m[0] - m[1], m[0])):
            if all(free[start:end]):
                free[start:end] = [False] * (end - start)
                chosen.append((at[start], at[end - 1] + 1, own, code))
        return sorted(chosen)


def is_telling(name: str) -> bool:
    """Tell whether a name may be looked for inside sentences without spoiling them.

    What is left of 第63家公司 without its legal form is a number, which stands in any sentence.
    """
    return len(_NUMBERING.sub("", name)) >= _LEAST_LATIN


def normal(text: str) -> str:
    """Return a text without blanks, in narrow letters of one case."""
    return in_simplified(text) if _is_plain(text) else text.translate(_PLAIN_LETTERS)


def _stands_alone(text: str, at: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a match that begins or ends with Latin letters is no part of a longer word."""
    first, last = at[start], at[end]
    before = text[first - 1] if first else ""
    after = text[last + 1] if last + 1 < len(text) else ""
    is_short = last - first + 1 < _SURE_LATIN
    return not _run_on(before, text[first], is_short) and not _run_on(text[last], after, is_short)


def _whole_word(text: str, first: int, last: int) -> str:
    """Return the run of Latin letters, digits and "_" in which a match lies."""
    while first and (_is_latin(text[first - 1]) or text[first - 1] == "_"):
        first -= 1
    while last + 1 < len(text) and (_is_latin(text[last + 1]) or text[last + 1] == "_"):
        last += 1
    return text[first : last + 1]


def _run_on(left: str, right: str, is_short: bool) -> bool:
    """Tell whether two neighbours are of one Latin word; B12 is one, TCL2号楼 names TCL."""
    if not (_is_latin(left) and _is_latin(right)):
        return False
    return is_short or left.isdigit() == right.isdigit()


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _normal(text: str) -> tuple[str, Sequence[int]]:
    """Return a text in its plain form, and where each of its letters stands in the text."""
    if _is_plain(text):
        return in_simplified(text), range(len(text))
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            places.append(place)
    return "".join(letters), places


def _is_plain(text: str) -> bool:
    return unicodedata.is_normalized("NFKC", text) and not _UNPLAIN.search(text)


@lru_cache(maxsize=20_000)
def _plain(letter: str) -> str:
    folded = unicodedata.normalize("NFKC", letter).casefold()
    return in_simplified("".join(_letters(folded)))


def _letters(folded: str) -> Iterator[str]:
    for letter in folded:
        if not letter.isspace() and letter not in _DOTS and unicodedata.category(letter) != "Cf":
            yield letter


class _PlainLetters(dict[int, str]):
    """The plain form of each letter by its code, found out once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


_PLAIN_LETTERS = _PlainLetters()
