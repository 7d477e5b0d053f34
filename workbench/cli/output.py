# SPDX-License-Identifier: MIT
"""Prints results for people or as one JSON document; progress goes to standard error."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from typing import Any

DONE, DONE_WITH_ERRORS = 0, 1


def print_json(document: Any) -> None:
    """Print one JSON document; an iterator in it is an array whose items are printed one by one."""
    for piece in written(document):
        sys.stdout.write(piece)
    sys.stdout.write("\n")


def written(document: Any, margin: str = "\n") -> Iterator[str]:
    """Yield the text of a document piece by piece, so that a long array is never held whole.

    ``margin`` is the line break and the blanks before a line of this depth.
    """
    inner = margin + "  "
    if isinstance(document, dict):
        before = "{" + inner
        for key, value in document.items():
            yield f"{before}{_key(key)}: "
            yield from written(value, inner)
            before = "," + inner
        yield margin + "}" if document else "{}"
    elif isinstance(document, Iterator):
        before = "[" + inner
        for value in document:
            yield before + _whole(value, inner)
            before = "," + inner
        yield margin + "]" if before[0] == "," else "[]"
    elif isinstance(document, list | tuple) and document:
        before = "[" + inner
        for value in document:
            yield before
            yield from written(value, inner)
            before = "," + inner
        yield margin + "]"
    else:
        yield _whole(document, margin)


def _whole(value: Any, margin: str) -> str:
    """Return the text of a value at once: many times quicker than the standard library's."""
    if type(value) is str:
        return _word(value)
    if type(value) is int or (type(value) is float and isfinite(value)):
        return repr(value)
    if type(value) is dict:
        inner = margin + "  "
        parts = [f"{_key(key)}: {_whole(item, inner)}" for key, item in value.items()]
        return "{" + inner + ("," + inner).join(parts) + margin + "}" if parts else "{}"
    if type(value) is list or type(value) is tuple:
        inner = margin + "  "
        parts = [_whole(item, inner) for item in value]
        return "[" + inner + ("," + inner).join(parts) + margin + "]" if parts else "[]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: Any) -> str:
    return _word(key if type(key) is str else json.dumps(key))


_word = json.encoder.encode_basestring


_SHORTEST, _LONGEST = 8, 36


def short_keys(every: Iterable[str]) -> dict[str, str]:
    """Return the beginning of each key that tells it from all others, at least eight characters.

    Records that were imported together begin alike.
    """
    keys = sorted(set(every))
    found = {}
    for at, key in enumerate(keys):
        beside = [keys[n] for n in (at - 1, at + 1) if 0 <= n < len(keys)]
        alike = max((_alike(key, other) for other in beside), default=0)
        found[key] = key[: min(max(alike + 1, _SHORTEST), _LONGEST)]
    return found


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns that line up, Chinese characters counted as two."""
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(heads))]
    for row in cells:
        line = "  ".join(padded(cell, w) for cell, w in zip(row, widths, strict=True))
        print(line.rstrip())


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, columns: int) -> str:
    """Return a text filled up to a width."""
    return text + " " * (columns - width(text))


class TerminalProgress:
    """Shows n/m on standard error, only when that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._visible = sys.stderr.isatty()

    def step(self, done: int, total: int) -> None:
        """Show how far the work has come."""
        if self._visible:
            end = "\n" if done >= total else ""
            print(f"\r{self._name} {done}/{total}", end=end, file=sys.stderr, flush=True)
