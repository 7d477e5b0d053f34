# SPDX-License-Identifier: MIT
"""Names of firms that may be the same firm written in different ways."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

ALIKE = 90.0
LONGEST_NAME = 200
"""No firm has a longer name: a text that strayed into the cell is compared with nothing."""
_UNLIKE = 10
"""One in so many characters of both names together may be too many or missing."""
_MANY = 30
"""From so many names of one length on it pays to look where they differ before they are cut."""
_LOOKED_AT = 200
_LONG = 40
"""A longer name has pieces so long that hardly two names share one."""
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
    other name, moved by d at most; only names that share one are compared. Where all firms of a
    county begin alike the pieces are cut so that each holds something in which names differ:
    otherwise all would be compared with all, which takes minutes.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index (key, name) pairs."""
        self._cores = {
            key: core
            for key, name in names
            if len(name) <= LONGEST_NAME and (core := core_name(name))
        }
        self._by_length: dict[int, list[str]] = {}
        for key, core in self._cores.items():
            self._by_length.setdefault(len(core), []).append(key)
        self._pieces: dict[tuple[int, int], tuple[_Cuts, _Pieces]] = {}
        self._shared: dict[int, dict[tuple[int, int], int]] = {}

    def alike(self, key: str, name: str) -> list[str]:
        """Return the keys of other names that are alike, in order."""
        from rapidfuzz import fuzz, process

        if len(name) > LONGEST_NAME:
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
            for (start, stop), pieces in zip(*self._of(length, edits), strict=True):
                for at in range(max(start - fewer, 0), start + more + 1):
                    if holders := pieces.get(core[at : at + stop - start]):
                        yield holders

    def _of(self, length: int, edits: int) -> tuple["_Cuts", _Pieces]:
        """Return who has which piece, for names of a length that may differ by so many edits."""
        known = self._pieces.get((length, edits))
        if known is None:
            keys = self._by_length[length]
            cuts = self._cuts(length, min(edits + 1, length))
            known = self._pieces[length, edits] = cuts, tuple(defaultdict(_Holders) for _ in cuts)
            for key in keys:
                core = self._cores[key]
                for (start, stop), pieces in zip(*known, strict=True):
                    pieces[core[start:stop]].add(key, core)
        return known

    def _cuts(self, length: int, parts: int) -> "_Cuts":
        """Return where the pieces of a name begin and end: one more than it may have edits."""
        keys = self._by_length[length]
        if len(keys) < _MANY or length > _LONG:
            return [(length * i // parts, length * (i + 1) // parts) for i in range(parts)]
        if length not in self._shared:
            some = keys[:: -(-len(keys) // _LOOKED_AT)]
            self._shared[length] = _shared([self._cores[key] for key in some])
        return _fewest_shared(self._shared[length], length, parts)


_Cuts = Sequence[tuple[int, int]]


def _shared(cores: Sequence[str]) -> dict[tuple[int, int], int]:
    """Return how many pairs of names of one length have the same piece, for every piece."""
    length = len(cores[0])
    return {
        (start, stop): sum(
            n * (n - 1) for n in Counter(core[start:stop] for core in cores).values()
        )
        for start in range(length)
        for stop in range(start + 1, length + 1)
    }


def _fewest_shared(shared: dict[tuple[int, int], int], length: int, parts: int) -> _Cuts:
    """Return the cuts that let the fewest pairs share a piece; even ones where all are as good."""
    best: dict[int, tuple[int, int, list[tuple[int, int]]]] = {0: (0, 0, [])}
    for part in range(1, parts + 1):
        longer: dict[int, tuple[int, int, list[tuple[int, int]]]] = {}
        for start, (pairs, uneven, cuts) in best.items():
            for stop in range(start + 1, length - parts + part + 1):
                piece = (start, stop)
                found = (pairs + shared[piece], uneven + (stop - start) ** 2, [*cuts, piece])
                if stop not in longer or found < longer[stop]:
                    longer[stop] = found
        best = longer
    return best[length][2]
