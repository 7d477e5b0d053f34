# SPDX-License-Identifier: MIT
"""Texts and queries in one form, so that 皖（2019）第 0012 号 is found by 皖(2019)第0012."""

import unicodedata

_SPACES = " \t\n\r\x0b\x0c\x1e\x1f\xa0\u200b\u3000"
_SIGNS = "()[]{}<>【】〔〕〈〉《》「」『』\"'“”‘’`-‐‑–—−_·.、,;:。!?"
_DROP = {ord(sign): None for sign in _SPACES + _SIGNS}


def fold(text: str) -> str:
    """Return a text half-width, in small letters, without spaces, brackets and punctuation."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_DROP)


def place_in(text: str, start: int, length: int) -> tuple[int, int]:
    """Return where a piece of the folded text stands in the text itself, as start and end."""
    places = [at for at, char in enumerate(text) for _ in fold(char)]
    if not length or start + length > len(places):
        return 0, 0
    return places[start], places[start + length - 1] + 1


def words_of(query: str) -> list[str]:
    """Return the folded words of a query, each once."""
    return list(dict.fromkeys(word for part in query.split() if (word := fold(part))))
