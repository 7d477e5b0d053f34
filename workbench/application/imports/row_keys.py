# SPDX-License-Identifier: MIT
"""What tells one row's record from another's: natural keys, full repeats and names."""

from collections.abc import Callable, Mapping, Sequence

from workbench.domain.fields import Entity
from workbench.domain.parsing.text import plain
from workbench.domain.values import Value

Known = tuple[object, ...]
"""A natural key's values as they are compared."""
Identities = list[tuple[tuple[str, ...], Known]]
"""Natural keys, strongest first: the fields, and what they say."""


class _Words:
    """Texts as natural keys compare them, each normalized once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def column(self, values: Sequence[Value | None]) -> list[object]:
        """Return a column with its texts normalized."""
        known = self._known
        return [
            (known.get(value) or known.setdefault(value, plain(value)))
            if type(value) is str
            else value
            for value in values
        ]


class SeenRows:
    """The rows before, to tell a full repeat; rows that share no natural key are never compared."""

    def __init__(self) -> None:
        self._keyed: dict[Known, list[Known]] = {}
        self._keyless: set[Known] = set()

    def has(self, key: Known | None, row: Known) -> bool:
        """Tell whether a row was there before, and remember it."""
        if key is None:
            before = len(self._keyless)
            self._keyless.add(row)
            return len(self._keyless) == before
        others = self._keyed.setdefault(key, [])
        if row in others:
            return True
        others.append(row)
        return False


class Names:
    """What the rows of a table are called, for the look-up of references."""

    def __init__(
        self, scopes: Sequence[Value | None], parks: Sequence[Value | None],
        words: Sequence[tuple[object, ...]],
    ) -> None:  # fmt: skip
        self._scopes = scopes
        self._parks = parks
        self._words = words

    def of(self, index: int) -> tuple[str, str, tuple[str, ...]]:
        """Return a row's scope, park and names."""
        words = tuple(str(word) for word in self._words[index] if word)
        return str(self._scopes[index] or ""), str(self._parks[index] or ""), words


class RowKeys:
    """The natural keys of a table's rows, made column by column."""

    def __init__(
        self, spec: Entity, columns: Mapping[str, Sequence[Value | None]], count: int
    ) -> None:
        self._spec_key = spec.key
        self._columns = columns
        self._blank: list[Value | None] = [None] * count
        self._words = _Words()
        self._made: dict[str, list[object]] = {}
        park: Sequence[Value | None] = columns.get("park", self._blank)
        self._keys: list[tuple[tuple[str, ...], list[Known]]] = []
        self._blanks_tell = spec.blanks_tell
        for number, alternative in enumerate(spec.identity):
            if spec.blanks_tell or all(name in columns for name in alternative):
                within = self._blank if "park" in alternative else park
                parts = [
                    self._worded(name) if name in columns else self._blank for name in alternative
                ]
                known = list(zip([number] * count, within, *parts, strict=True))
                self._keys.append((alternative, known))

    def of(self, index: int) -> Identities:
        """Return a row's natural keys, strongest first, within its park."""
        return [
            (alternative, keys[index])
            for alternative, keys in self._keys
            if self._blanks_tell or None not in keys[index][2:]
        ]

    def names(self, words_of: Callable[[str], tuple[str, tuple[str, ...]]]) -> Names:
        """Return scope, park and names of all rows."""
        scope, names = words_of(self._spec_key)
        columns = [self._worded(name) for name in names if name in self._columns]
        words = list(zip(*columns, strict=True)) if columns else [()] * len(self._blank)
        return Names(
            self._columns.get(scope, self._blank), self._columns.get("park", self._blank), words
        )

    def _worded(self, name: str) -> list[object]:
        if name not in self._made:
            self._made[name] = self._words.column(self._columns[name])
        return self._made[name]


def identities_of(spec: Entity, value_of: Callable[[str], Value | None]) -> Identities:
    """Return the natural keys that a row has, strongest first, within its park."""
    park = value_of("park")
    found: Identities = []
    for number, alternative in enumerate(spec.identity):
        parts = [value_of(name) for name in alternative]
        if spec.blanks_tell or None not in parts:
            words = [plain(part) if type(part) is str else part for part in parts]
            found.append((alternative, (number, None if "park" in alternative else park, *words)))
    return found
