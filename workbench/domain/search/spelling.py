# SPDX-License-Identifier: MIT
"""Turns letters into patterns over Chinese text: ytc finds 原铜材, chongq finds 重庆.

Nothing is spelled out beforehand but the few thousand characters that texts are made of, so
every reading of a character counts and an index costs nothing per record.
"""

import re
from collections.abc import Iterable, Mapping
from re import Pattern

from workbench.domain.pinyin import readings

_LONGEST_SYLLABLE = 6
_MOST_UNITS = 120
"""A pattern with more alternatives takes longer to build than to search."""


class Spelling:
    """The readings of an alphabet: which characters begin with, or are spelled as, letters."""

    def __init__(self, alphabet: Iterable[str]) -> None:
        self._known: set[str] = set()
        self._by_initial: dict[str, set[str]] = {}
        self._by_syllable: dict[str, set[str]] = {}
        self._by_start: dict[str, set[str]] = {}
        self.add(alphabet)

    def add(self, alphabet: Iterable[str]) -> None:
        """Learn more characters."""
        for char in set(alphabet) - self._known:
            self._known.add(char)
            for syllable in readings(char):
                self._by_initial.setdefault(syllable[0], set()).add(char)
                self._by_syllable.setdefault(syllable, set()).add(char)
                for end in range(2, len(syllable) + 1):
                    self._by_start.setdefault(syllable[:end], set()).add(char)

    def initials(self, word: str) -> Pattern[str] | None:
        """Return the pattern of a word whose letters are initials; None if it cannot be one."""
        if not has_letters(word):
            return None
        return re.compile("".join(self._unit(c, self._by_initial) for c in word))

    def spelled(self, word: str, *, mixed: bool = False) -> Pattern[str] | None:
        """Return the pattern of syllables, the last one perhaps unfinished; None if there is none.

        ``mixed`` allows initials among the syllables; a word that could be cut in too many ways
        has no such pattern.
        """
        if not has_letters(word):
            return None
        tree = _Tree(word, self._by_initial, self._by_syllable, self._by_start, mixed=mixed)
        pattern = tree.pattern(0)
        return re.compile(pattern) if pattern is not None and tree.units <= _MOST_UNITS else None

    @staticmethod
    def _unit(char: str, by: Mapping[str, set[str]]) -> str:
        return _one_of({char} | by.get(char, set()))


class _Tree:
    """Builds a pattern from the right: what a word's rest can be, unit by unit."""

    def __init__(
        self,
        word: str,
        by_initial: Mapping[str, set[str]],
        by_syllable: Mapping[str, set[str]],
        by_start: Mapping[str, set[str]],
        *,
        mixed: bool,
    ) -> None:
        self._word = word
        self._mixed = mixed
        self._by_initial = by_initial
        self._by_syllable = by_syllable
        self._by_start = by_start
        self._sizes: dict[int, int] = {}
        self._built: dict[int, str | None] = {}

    @property
    def units(self) -> int:
        """Return how many units the whole pattern has, repeated ones counted."""
        return self._sizes.get(0, 0)

    def pattern(self, at: int) -> str | None:
        """Return the pattern of the word from a letter on, or None if there is none."""
        if at == len(self._word):
            return ""
        if at not in self._built:
            self._built[at] = self._build(at)
        return self._built[at]

    def _build(self, at: int) -> str | None:
        options = []
        size = 0
        for end, chars in self._choices(at):
            rest = self.pattern(end)
            if rest is None or size > _MOST_UNITS:
                continue
            size += 1 + self._sizes.get(end, 0)
            options.append(_one_of(chars) + rest)
        self._sizes[at] = size
        if not options:
            return None
        return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"

    def _choices(self, at: int) -> Iterable[tuple[int, set[str]]]:
        """Yield where a unit that begins here may end, and the characters it may mean."""
        word = self._word
        for end in range(min(at + _LONGEST_SYLLABLE, len(word)), at + 1, -1):
            by = self._by_start if end == len(word) else self._by_syllable
            if chars := by.get(word[at:end]):
                yield end, chars
        if self._mixed or at + 1 == len(word) or not has_letters(word[at]):
            yield at + 1, {word[at]} | self._by_initial.get(word[at], set())


def has_letters(word: str) -> bool:
    """Tell whether a word may be spelled: it has a letter of the Latin alphabet."""
    return any(char.isascii() and char.isalpha() for char in word)


def _one_of(chars: set[str]) -> str:
    if len(chars) == 1:
        return re.escape(next(iter(chars)))
    return f"[{''.join(re.escape(char) for char in sorted(chars))}]"
