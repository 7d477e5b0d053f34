# SPDX-License-Identifier: MIT
"""Reads a table and collects every complaint instead of stopping at the first.

For forms and sheets, in which every mistake is shown at its own field. What is read this way is
only fit to be complained about; it is read again strictly before it is kept.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.labels import Labelled
from workbench.domain.overriding import override
from workbench.files.content.reading import ContentError, Names, Table

T = TypeVar("T")
E = TypeVar("E", bound=Labelled)
_DASH = Bilingual("—", "—")


@dataclass(frozen=True, slots=True)
class Placed:
    """A complaint, the list and row (from 1) of the entry that it is about, and the key."""

    section: str
    row: int
    key: str
    error: ContentError


class CollectingTable(Table):
    """A table whose complaints are kept in ``found``; what cannot be read gets a stand-in."""

    def __init__(
        self,
        values: Mapping[str, Any],
        file: str,
        entry: str,
        found: list[Placed],
        section: str = "",
        row: int = 1,
    ) -> None:
        super().__init__(values, file, entry, one_language=True)
        self.found = found
        self._section = section
        self._row = row

    @override
    def refuse(self, error: ContentError) -> None:
        key = str(error.params.get("field", ""))
        self.found.append(Placed(self._section, self._row, key, error))

    def _or(self, read: Callable[[], T], stand_in: T) -> T:
        try:
            return read()
        except ContentError as error:
            self.refuse(error)
            return stand_in

    @override
    def text(self, key: str, default: str | None = None) -> str:
        return self._or(lambda: Table.text(self, key, default), default or "—")

    @override
    def bilingual(self, key: str, *, optional: bool = False) -> Bilingual:
        return self._or(lambda: Table.bilingual(self, key, optional=optional), _DASH)

    @override
    def bilinguals(self, key: str) -> tuple[Bilingual, ...]:
        return self._or(lambda: Table.bilinguals(self, key), ())

    @override
    def number(self, key: str) -> Decimal:
        return self._or(lambda: Table.number(self, key), Decimal(1))

    @override
    def integer(self, key: str, low: int, high: int) -> int:
        return self._or(lambda: Table.integer(self, key, low, high), low)

    @override
    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        return self._or(lambda: Table.choice(self, key, kind, default), default or next(iter(kind)))

    @override
    def references(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        return self._or(lambda: Table.references(self, key, known), ())

    @override
    def reference(self, key: str, known: Mapping[str, T]) -> T:
        return self._or(lambda: Table.reference(self, key, known), next(iter(known.values())))

    @override
    def condition(self, key: str, names: Names) -> Condition:
        nothing = Condition.__new__(Condition)
        return self._or(lambda: Table.condition(self, key, names), nothing)

    @override
    def tables(self, key: str) -> Iterator[Table]:
        for row, item in enumerate(self._list(key), start=1):
            values = item if isinstance(item, dict) else {}
            yield CollectingTable(values, self.file, f"{self.entry}.{key}", self.found, key, row)

    @override
    def _inner(self, values: Mapping[str, Any], entry: str) -> Table:
        section = entry.rpartition(".")[2]
        section = self._section or section
        return CollectingTable(values, self.file, entry, self.found, section, self._row)

    @override
    def table(self, key: str) -> Table:
        values = self.raw(key)
        if not isinstance(values, dict):
            self.refuse(self.error("missing", key))
            values = {}
        return self._inner(values, f"{self.entry}.{key}")
