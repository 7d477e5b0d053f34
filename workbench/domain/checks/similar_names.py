# SPDX-License-Identifier: MIT
"""Names of firms that may be the same firm written in different ways."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

ALIKE = 90.0
_LONGEST = 200
"""No firm has a longer name: a text that strayed into the cell is compared with nothing."""
_UNLIKE = 10
"""One in so many characters of both names together may be too many or missing."""
_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|公司|厂|\(.*?\)|\s|[·.,，、])"
)


class _Holders:
    """The names that have one piece: their keys, and at the same places the names."""

    __slots__ = ("cores", "keys")

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.cores: list[str] = []

    def add(self, key: str, core: str) -> None:
        self.keys.append(key)
        self.cores.append(core)


_Pieces = tuple[dict[str, _Holders], ...]


def core_name(name: str) -> str:
    """Return a firm's name without its legal form, bracketed words and blanks."""
    plain = unicodedata.normalize("NFKC", name).upper()
    return _FORMS.sub("", plain)


class NameIndex:
    """Finds the names that are at least 90 % like a name, legal form apart.

    A likeness of 90 % allows d = (m + n) ÷ 10 insertions and deletions between names of m and n
    characters. Each spoils at most one of d + 1 pieces of a name, so one piece stands whole in the
    other name, moved by d at most; only names that share one are compared. Comparing all with all
    would take minutes, and so would sharing single pairs of characters where all firms of a
    province begin alike.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index (key, name) pairs."""
        self._cores = {
            key: core for key, name in names if len(name) <= _LONGEST and (core := core_name(name))
        }
        self._by_length: dict[int, list[str]] = {}
        for key, core in self._cores.items():
            self._by_length.setdefault(len(core), []).append(key)
        self._pieces: dict[tuple[int, int], _Pieces] = {}

    def alike(self, key: str, name: str) -> list[str]:
        """Return the keys of other names that are alike, in order."""
        from rapidfuzz import fuzz, process

        if len(name) > _LONGEST:
            return []
        core = core_name(name)
        found: set[str] = set()
        for holders in self._sharing(core):
            for _, _, at in process.extract(
                core, holders.cores, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
            ):
                found.add(holders.keys[at])
        return sorted(found - {key})

    def _sharing(self, core: str) -> Iterator[_Holders]:
        """Yield the names that have a piece in common with a name, some twice."""
        size = len(core)
        for length in self._by_length:
            edits = (size + length) // _UNLIKE
            edits -= (edits - size + length) % 2
            if edits < abs(size - length):
                continue
            # So many characters may stand before a piece here that do not there, and the reverse.
            more, fewer = (edits + size - length) // 2, (edits - size + length) // 2
            for pieces, (start, stop) in zip(
                self._of(length, edits), _cuts(length, edits), strict=True
            ):
                for at in range(max(start - fewer, 0), start + more + 1):
                    if holders := pieces.get(core[at : at + stop - start]):
                        yield holders

    def _of(self, length: int, edits: int) -> _Pieces:
        """Return who has which piece, for names of a length that may differ by so many edits."""
        known = self._pieces.get((length, edits))
        if known is None:
            cuts = _cuts(length, edits)
            known = self._pieces[length, edits] = tuple(defaultdict(_Holders) for _ in cuts)
            for key in self._by_length[length]:
                core = self._cores[key]
                for pieces, (start, stop) in zip(known, cuts, strict=True):
                    pieces[core[start:stop]].add(key, core)
        return known


def _cuts(length: int, edits: int) -> Sequence[tuple[int, int]]:
    """Return where the pieces of a name begin and end: one more than it may have edits."""
    parts = min(edits + 1, length)
    return [(length * i // parts, length * (i + 1) // parts) for i in range(parts)]
