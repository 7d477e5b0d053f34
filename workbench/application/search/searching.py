# SPDX-License-Identifier: MIT
"""Find anything in a project: the same search for the window's palette and the command line."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from workbench.application.history import History
from workbench.application.ledger.querying import Querying
from workbench.application.ports import CatalogueOf
from workbench.application.search.kinds import (
    CONTENT_KINDS,
    Notes,
    content_rows,
    content_segments,
    record_kind,
    record_row,
    record_segment,
)
from workbench.domain.cases.case import Case
from workbench.domain.content import Content
from workbench.domain.fields import Catalogue
from workbench.domain.records.changes import ChangeKind, ChangeSet
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.search.folding import place_in
from workbench.domain.search.index import Found, SearchIndex
from workbench.domain.search.segment import Level, Segment

_CONTENT = frozenset({"own_case", "case_note", "content_file"})
"""Records that change cases, what is noted beside them, parameters or the checklist."""
_SHOWN_FIRST = ("park", "parcel", "building", "facility", "unit", "enterprise", "lease")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was found: the matched piece ``text[start:end]`` of a field."""

    field: str
    text: str
    start: int
    end: int
    level: Level
    word: str


class Searching:
    """Keeps an index of the project; ``prepare`` makes one on any thread, ``take`` uses it."""

    def __init__(
        self,
        querying: Querying,
        history: History,
        content: Callable[[], Content],
        cases: Callable[[], Mapping[str, Case]],
        notes: Callable[[], Notes],
        catalogue: CatalogueOf,
    ) -> None:
        self._querying = querying
        self._content = content
        self._cases = cases
        self._notes = notes
        self._catalogue = catalogue
        self._index = SearchIndex()
        self._extra: list[Segment] = []
        self._stale = {entity.key for entity in catalogue().ledger()} | {"content"}
        history.subscribe(self._follow)

    @property
    def index(self) -> SearchIndex:
        """Return the index as it is now."""
        return self._index

    @property
    def stale(self) -> frozenset[str]:
        """Return the kinds that are not in the index as they are in the project."""
        return frozenset(self._stale)

    def prepare(self, ledger: Ledger, kinds: Collection[str]) -> list[Segment]:
        """Make the segments of some kinds from a snapshot; touches nothing else."""
        catalogue = ledger.catalogue
        segments = [
            record_segment(catalogue[key], ledger) for key in _in_order(catalogue) if key in kinds
        ]
        if "content" in kinds:
            segments += content_segments(self._content(), self._cases(), self._notes())
        return segments

    def take(self, segments: Sequence[Segment], kinds: Collection[str], *, warm: bool) -> None:
        """Search these segments from now on."""
        for segment in segments:
            self._index.put(segment)
        self._stale -= set(kinds)
        if warm:
            self._index.warm()

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Return the best matches in what is indexed so far."""
        return self._index.search(query, limit)

    def search_all(self, query: str, limit: int = 10) -> list[Found]:
        """Index whatever is not indexed yet, then search; for callers who can wait."""
        kinds = self.stale
        self.take(self.prepare(self._querying.ledger(), kinds), kinds, warm=True)
        return self.search(query, limit)

    def record(self, found: Found) -> Record | None:
        """Return the record that was found, or None when it is no record or gone."""
        return self._querying.ledger().find(found.kind, found.key)

    def title(self, found: Found, language: str) -> str:
        """Return what a person calls the thing."""
        ledger = self._querying.ledger()
        if (record := ledger.find(found.kind, found.key)) is not None:
            return record_title(record, ledger)
        texts = self._texts(found)
        name = texts.get("name", "")
        if not language.startswith("zh"):
            name = texts.get("name_en") or name
        return f"{found.key}  {name}" if found.kind != "parameter" else name

    def reasons(self, found: Found) -> list[Reason]:
        """Return the matched pieces as they stand in the project."""
        texts = self._texts(found)
        reasons = []
        for match in found.matches:
            text = texts.get(match.field, "")
            start, end = place_in(text, match.start, match.length)
            reasons.append(Reason(match.field, text, start, end, match.level, match.word))
        return reasons

    def _texts(self, found: Found) -> dict[str, str]:
        """Return the searched texts of a thing by field."""
        ledger = self._querying.ledger()
        record = ledger.find(found.kind, found.key)
        if record is not None:
            entity = ledger.catalogue[found.kind]
            kind = record_kind(entity)
            row = record_row(record, kind, entity, ledger)
            return dict(zip(kind.fields, row, strict=True))
        for kind in CONTENT_KINDS:
            if kind.key == found.kind:
                cases = {code: case for code, case in self._cases().items() if code == found.key}
                rows = dict(content_rows(kind, self._content(), cases, self._notes()))
                return dict(zip(kind.fields, rows.get(found.key, ()), strict=False))
        return {}

    def _follow(self, changes: ChangeSet) -> None:
        """Take single changes in at once; note what is better indexed anew."""
        touched = {change.entity for change in changes.records}
        if touched & _CONTENT:
            self._stale.add("content")
        if "own_field" in touched:
            self._stale |= {entity.key for entity in self._catalogue().ledger()}
            return
        catalogue = self._catalogue()
        entities = {entity.key for entity in catalogue.ledger()} & touched
        if not changes.whole:
            self._stale |= entities | _pointing_at(entities, catalogue)
            return
        for key in entities - self._stale:
            self._follow_entity(key, changes)
        self._stale |= _pointing_at(_renamed(changes, catalogue), catalogue)

    def _follow_entity(self, key: str, changes: ChangeSet) -> None:
        ledger = self._querying.ledger()
        entity = ledger.catalogue[key]
        kind = record_kind(entity)
        rows: dict[str, Sequence[str] | None] = {}
        for change in changes.records:
            if change.entity == key:
                record = ledger.find(key, change.key)
                rows[change.key] = (
                    None if record is None else record_row(record, kind, entity, ledger)
                )
        if not self._index.follow(key, rows):
            self._stale.add(key)


def record_title(record: Record, ledger: Ledger) -> str:
    """Return what tells a record from others of its kind: code and name, or what it concerns."""
    entity = ledger.catalogue[record.entity]
    code = record.text("code") or ""
    if "name" in entity:
        return f"{code}  {record.label}" if code and code != record.label else record.label
    concerned = [
        target.label
        for field in entity.references()
        if field.target != "park" and (target := ledger.find(field.target, record.text(field.key)))
    ]
    own = [text for name in entity.label if (text := record.text(name))]
    year = record.get("year")
    parts = [*own, *concerned[:2], *([str(year)] if isinstance(year, int) else [])]
    return "  ".join(parts) or record.label


def _in_order(catalogue: Catalogue) -> list[str]:
    others = [entity.key for entity in catalogue.ledger() if entity.key not in _SHOWN_FIRST]
    return [*_SHOWN_FIRST, *others]


def _renamed(changes: ChangeSet, catalogue: Catalogue) -> set[str]:
    """Return the entities of which a record's name changed or went."""
    return {
        change.entity
        for change in changes.records
        if change.kind is not ChangeKind.CREATED
        and change.entity in catalogue
        and any(item.field in catalogue[change.entity].label for item in change.fields)
    }


def _pointing_at(entities: set[str], catalogue: Catalogue) -> set[str]:
    """Return the entities whose records are found by the names of these."""
    return {
        entity.key
        for entity in catalogue.ledger()
        if "name" not in entity and any(f.target in entities for f in entity.references())
    }
