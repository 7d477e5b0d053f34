# SPDX-License-Identifier: MIT
"""Finds the record that a name in a ledger means, or plans a new one for it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.application.imports.preview import NewReference, TablePreview
from workbench.domain.fields import Catalogue, Field
from workbench.domain.parsing.text import plain
from workbench.domain.records.ledger import Record
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import Value

NAMES: Mapping[str, tuple[str, ...]] = {
    "park": ("name", "code"),
    "parcel": ("code", "name", "bdc_unit_no"),
    "building": ("code", "name"),
    "unit": ("unit_no",),
    "enterprise": ("name", "credit_code"),
    "assessment": ("name",),
}
SCOPED_BY = {"parcel": "park", "building": "park", "unit": "building"}
_ROLES = {"tenant": "租户", "platform_entity": "平台公司"}
_SHORTEST_NAME = 2
_MOST_ENDINGS = 20_000
"""Among more names none is looked for by its ending: an index of all would cost too much."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name was read, for the record that it brings into being."""

    table: TablePreview
    row: int
    column: str


class References:
    """Names of all records, existing and planned, within the record that holds them."""

    def __init__(
        self, catalogue: Catalogue, existing: Callable[[str], Sequence[Record]],
        tick: Tick = unwatched,
    ) -> None:  # fmt: skip
        self._catalogue = catalogue
        self._scoped: dict[tuple[str, str, str], str] = {}
        self._anywhere: dict[tuple[str, str], list[str]] = {}
        self.parks: dict[tuple[str, str], str] = {}
        self.park_names: dict[str, str] = {}
        self.planned: list[NewReference] = []
        self._endings: dict[str, dict[tuple[str, str], set[str]]] = {}
        for entity in NAMES:
            for record in watched(existing(entity), tick):
                self.add(entity, record.key, record.values.get)

    def knows(self, entity: str) -> bool:
        """Tell whether records of an entity are looked up by name."""
        return entity in NAMES

    def words_of(self, entity: str) -> tuple[str, tuple[str, ...]]:
        """Return the field that holds an entity's records, and the fields that name them."""
        return SCOPED_BY.get(entity, ""), NAMES.get(entity, ())

    def add(self, entity: str, key: str, value_of: Callable[[str], Value | None]) -> None:
        """Remember a record's names; ``value_of`` returns references as keys."""
        scope, names = self.words_of(entity)
        told = [str(text) for name in names if (text := value_of(name))]
        if entity == "park" and told:
            self.park_names[key] = told[0]
        words = tuple(map(plain, told))
        self.remember(
            entity, key, str(value_of(scope) or ""), str(value_of("park") or ""), words
        )  # fmt: skip

    def remember(
        self, entity: str, key: str, scope: str, park: str, words: Sequence[str]
    ) -> None:  # fmt: skip
        """Remember a record by its normalized names within the record that holds it."""
        if park:
            self.parks[entity, key] = park
        elif scope and entity == "unit":
            self.parks[entity, key] = self.parks.get(("building", scope), "")
        for word in words:
            self._scoped.setdefault((entity, scope, word), key)
            self._anywhere.setdefault((entity, word), []).append(key)

    def find(self, entity: str, text: str, scope: str) -> str | None:
        """Return the one record that a name means within a scope, or None."""
        word = plain(text)
        if key := self._scoped.get((entity, scope, word)):
            return key
        keys = set(self._anywhere.get((entity, word), ()))
        if entity not in SCOPED_BY or not scope:
            return next(iter(keys)) if len(keys) == 1 else None
        loose = [key for key in keys if not self.parks.get((entity, key))]
        return loose[0] if len(loose) == 1 else None

    def many(self, entity: str, text: str) -> bool:
        """Tell whether several records have a name."""
        return len(set(self._anywhere.get((entity, plain(text)), ()))) > 1

    def starting(self, entity: str, text: str, scope: str) -> str | None:
        """Return the record whose name a longer text begins with: 8#厂房 of 8#厂房1层全部."""
        word = plain(text)
        for length in range(len(word), _SHORTEST_NAME - 1, -1):
            if key := self._scoped.get((entity, scope, word[:length])):
                return key
        return None

    def ending(self, entity: str, text: str, scope: str) -> str | None:
        """Return the one record within a scope whose longer name ends with a text: 创新园A座, A座.

        None where several do, for a name of one letter, and among very many records.
        """
        found = self._endings.get(entity)
        if found is None:
            found = self._endings[entity] = self._all_endings(entity)
        keys = found.get((scope, plain(text)), set())
        return next(iter(keys)) if len(keys) == 1 else None

    def _all_endings(self, entity: str) -> dict[tuple[str, str], set[str]]:
        """Return the endings of all names by scope, nothing when there are too many names."""
        made = {reference.key for reference in self.planned}
        names = [
            (scope, word, key)
            for (of, scope, word), key in self._scoped.items()
            if of == entity and scope and key not in made
        ]
        endings: dict[tuple[str, str], set[str]] = {}
        for scope, word, key in names if len(names) <= _MOST_ENDINGS else ():
            for at in range(1, len(word) - _SHORTEST_NAME + 1):
                within = word[at - 1].isalnum() and word[at - 1].isascii()
                if not within and not word[at:].isnumeric():  # 1号楼 ends no 11号楼, 01 no A-01
                    endings.setdefault((scope, word[at:]), set()).add(key)
        return endings

    def plan(
        self, field: Field, text: str, scope: str, place: Place, more: Mapping[str, Value]
    ) -> str:
        """Plan a new record for a name that nothing has; return its key."""
        entity = field.target
        key = str(uuid.uuid4())
        name = "unit_no" if entity == "unit" else "name"
        values: dict[str, Value] = {name: text.strip(), **more}
        if scope and entity in SCOPED_BY:
            values[SCOPED_BY[entity]] = scope
        if entity == "enterprise" and field.key in _ROLES:
            values["role"] = (_ROLES[field.key],)
        table = place.table
        self.planned.append(
            NewReference(
                entity,
                key,
                values,
                text,
                table.file,
                table.table.sheet.name,
                place.row,
                place.column,
            )
        )
        self.add(entity, key, values.get)
        return key
