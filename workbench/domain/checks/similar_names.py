# SPDX-License-Identifier: MIT
"""Names of firms that may be the same firm written in different ways."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

ALIKE = 90.0
_LENGTH_PER_EDIT = 4.5
_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|公司|厂|\(.*?\)|\s|[·.,，、])"
)


def core_name(name: str) -> str:
    """Return a firm's name without its legal form, bracketed words and blanks."""
    plain = unicodedata.normalize("NFKC", name).upper()
    return _FORMS.sub("", plain)


class NameIndex:
    """Finds the names that are at least 90 % like a name, legal form apart.

    Names are compared only when they share one of the rarest pairs of characters. A likeness of
    90 % allows d ≤ length ÷ 4.5 insertions or deletions, each of which breaks at most two pairs,
    so that among 2d + 1 pairs one is left; comparing all with all would take minutes.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index (key, name) pairs."""
        self._cores = {key: core for key, name in names if (core := core_name(name))}
        self._holders: dict[str, list[str]] = {}
        for key, core in self._cores.items():
            for pair in _pairs(core):
                self._holders.setdefault(pair, []).append(key)
        self._counts = Counter({pair: len(keys) for pair, keys in self._holders.items()})

    def alike(self, key: str, name: str) -> list[str]:
        """Return the keys of other names that are alike, in order."""
        from rapidfuzz import fuzz

        core = core_name(name)
        enough = 2 * int(len(core) / _LENGTH_PER_EDIT) + 1
        rarest = sorted(_pairs(core), key=lambda pair: (self._counts[pair], pair))[:enough]
        candidates = {other for pair in rarest for other in self._holders.get(pair, ())} - {key}
        return sorted(
            other
            for other in candidates
            if fuzz.ratio(core, self._cores[other], score_cutoff=ALIKE)
        )


def _pairs(core: str) -> set[str]:
    """Return the pairs of neighbouring characters; a single character stands for itself."""
    return {core[i : i + 2] for i in range(len(core) - 1)} or {core}
