# SPDX-License-Identifier: MIT
"""What the rules say of a whole park, and which records a change makes them say anew."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.registry import complaints
from workbench.domain.checks.rules import CheckContext
from workbench.domain.findings import Finding
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.models.asset_figures import NO_FIGURES, AssetFigures, AssetReading
from workbench.ui.models.field_cells import missing_fields
from workbench.ui.models.kept_figures import KeptFigures
from workbench.ui.models.marked import Marks
from workbench.ui.models.problems import Key, worst_first

MARKS = ("idle", "under_used", "title", "missing", "problems")
"""What a view above a table may ask for."""

_PARENTS = 3
"""How far up a change is felt: a lease changes its unit, its building and its parcel."""

_PAUSE_AFTER = 50
MOST_FIGURES = 20_000
"""Of more records the figures are not kept but computed again for those on screen."""


@dataclass
class Known:
    """What was found of every record; records without findings or gaps are left out."""

    figures: dict[Key, AssetFigures] = field(default_factory=dict)
    findings: dict[str, dict[str, tuple[Finding, ...]]] = field(default_factory=dict)
    """The complaints about a record, by entity and key."""
    missing: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many needed values a record lacks, by entity and key."""
    seen: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """The keys with the other marks, by mark and entity."""
    indexes: CheckContext | None = None
    kept: KeptFigures = field(default_factory=KeptFigures)
    """The numbers of all assets of a large park, for sorting."""

    def take(self, record: Record, rules: "Rules", *, figures_too: bool) -> None:
        """Ask the rules about one record and keep what they say."""
        entity, key = record.entity, record.key
        figures = rules.figures_of(record)
        if not figures_too:
            self.kept.take(record, figures)
        elif figures is not NO_FIGURES:
            self.figures[entity, key] = figures
        if found := rules.findings_of(record):
            self.findings.setdefault(entity, {})[key] = found
        if gaps := rules.gaps_of(record):
            self.missing.setdefault(entity, {})[key] = gaps
        for mark in marks_of(figures, (), 0):
            self.seen.setdefault(mark, {}).setdefault(entity, set()).add(key)

    def marks(self) -> Marks:
        """Return the keys of the marked records; nothing is copied."""
        found: dict[str, Mapping[str, Collection[str]]] = {
            mark: self.seen.get(mark, {}) for mark in MARKS
        }
        return found | {"missing": self.missing, "problems": self.findings}


class Rules:
    """Asks the rules about single records of one snapshot."""

    def __init__(
        self, ledger: Ledger, context: CheckContext | None, reading: AssetReading | None
    ) -> None:
        self.ledger = ledger
        self.context = context
        self._reading = reading

    def figures_of(self, record: Record) -> AssetFigures:
        """Return what is computed of an asset."""
        return NO_FIGURES if self._reading is None else self._reading.figures_of(record)

    def findings_of(self, record: Record) -> tuple[Finding, ...]:
        """Return the complaints about a record, worst first."""
        if self.context is None:
            return ()
        return tuple(worst_first(complaints(self.context, record)))

    def gaps_of(self, record: Record) -> int:
        """Return how many needed values of a record are not known."""
        return len(missing_fields(record, self.ledger.catalogue[record.entity]))

    def know_all(self, go_on: Callable[[], None] | None = None) -> Known:
        """Ask about every record; ``go_on`` is called in between and may raise to stop."""
        known = Known(indexes=self.context)
        few = sum(len(rows) for rows in self.ledger.records.values()) <= MOST_FIGURES
        for at, record in enumerate(self.ledger):
            known.take(record, self, figures_too=few)
            if go_on is not None and at % _PAUSE_AFTER == 0:
                go_on()
        return known


def marks_of(figures: AssetFigures, findings: Iterable[Finding], gaps: int) -> Iterator[str]:
    """Yield the marks of a record."""
    if figures.idle:
        yield "idle"
    if figures.under_used:
        yield "under_used"
    if figures.title_problem:
        yield "title"
    if gaps:
        yield "missing"
    if findings:
        yield "problems"


class Change:
    """What differs between two snapshots of one park."""

    def __init__(self, before: Ledger, after: Ledger) -> None:
        self._before = before
        self._after = after

    def _touched(self, most: int) -> frozenset[Key] | None:
        """Return the records that came, went or changed; None for more than ``most``."""
        found: set[Key] = set()
        for entity in CATALOGUE.ledger():
            old, new = self._before.all(entity.key), self._after.all(entity.key)
            if old is new:
                continue
            if abs(len(old) - len(new)) > most:
                return None
            if len(old) == len(new):
                pairs = ((a, b) for a, b in zip(old, new, strict=True) if a is not b)
                some = list(islice(pairs, most + 1))
                found |= {(entity.key, record.key) for pair in some for record in pair}
            else:
                kept = {id(record) for record in old} & {id(record) for record in new}
                found |= {(r.entity, r.key) for r in (*old, *new) if id(r) not in kept}
            if len(found) > most:
                return None
        return frozenset(found)

    def of_shrunken_kinds(self) -> Iterator[Record]:
        """Yield the records as they were of each kind of which there are fewer now."""
        for entity in CATALOGUE.ledger():
            old = self._before.all(entity.key)
            if len(self._after.all(entity.key)) < len(old):
                yield from old

    def affected(self, most: int) -> frozenset[Key] | None:
        """Return the records whose figures or findings may differ; None for more than ``most``."""
        touched = self._touched(most)
        if touched is None:
            return None
        found: set[Key] = set()
        for ledger in (self._before, self._after):
            for key in touched:
                found.add(key)
                if (record := ledger.find(*key)) is not None:
                    found.update(_parents(ledger, record, _PARENTS))
                    found.update(_children(ledger, record))
                if len(found) > most:
                    return None
        return frozenset(found)


def _parents(ledger: Ledger, record: Record, levels: int) -> Iterator[Key]:
    for target, name in _REFERENCES[record.entity]:
        parent = ledger.find(target, record.text(name))
        if parent is not None and parent.entity != "park":
            yield parent.entity, parent.key
            if levels > 1:
                yield from _parents(ledger, parent, levels - 1)


def _children(ledger: Ledger, record: Record) -> Iterator[Key]:
    if record.entity == "park":
        return
    for entity, name in _POINTING_AT[record.entity]:
        for child in ledger.pointing_at(entity, name, record.key):
            yield child.entity, child.key


_REFERENCES = {
    entity.key: tuple((field.target, field.key) for field in entity.references())
    for entity in CATALOGUE.ledger()
}
_POINTING_AT = {
    entity: tuple(
        (other, name)
        for other, references in _REFERENCES.items()
        for target, name in references
        if target == entity
    )
    for entity in _REFERENCES
}
