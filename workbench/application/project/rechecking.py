# SPDX-License-Identifier: MIT
"""Checks again what a merge may have broken: each half was right, together they may not be."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from workbench.application.assessment.assessments import is_open
from workbench.application.assessment.deciding import WEIGHTS
from workbench.application.checklist.records import read_items
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.finding_words import finding_text
from workbench.application.ports import Progress, Texts
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.opening import cycle
from workbench.domain.checklist.state import ENTITY as ITEM
from workbench.domain.checklist.state import ItemState, ItemStatus, refusal, waiting_for
from workbench.domain.checks.registry import complaints_in_bulk
from workbench.domain.checks.rules import CheckContext
from workbench.domain.findings import Finding, Level
from workbench.domain.parcels.carrying import origin_names
from workbench.domain.ranking.choices import weighting_of
from workbench.domain.ranking.weighing import weigh
from workbench.domain.reconciling.finals import ASSESSMENT
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.ledger_changes import changed_ledger
from workbench.domain.tables.watching import Tick, watched

_ROWS = 2000
"""Rows that are checked between two reports."""
_CHECKLIST = frozenset({ITEM, ASSESSMENT, "evidence", "park", "parcel"})
"""Entities of which a change may put a checklist item wrong."""


class LedgerNow(Protocol):
    """Gives the whole ledger as it is now."""

    def __call__(self, tick: Tick, /) -> Ledger:
        """Return it; ``tick`` hears how much of it is read."""
        ...


@dataclass(frozen=True, slots=True)
class Broken:
    """What held before a merge and does not any more; ``finding`` when the ledger's checks say it.

    Otherwise the sentence is ``copies.broken.<code>``, or that of a refusal of the checklist.
    """

    code: str
    entity: str
    key: str
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    finding: Finding | None = None
    label: str = ""

    @property
    def level(self) -> Level:
        """Return how much it matters: all of it blocks a final."""
        return Level.ERROR


@dataclass(frozen=True, slots=True)
class Before:
    """What was wrong before the merge: items by assessment and id, weights, own editions."""

    items: frozenset[tuple[str, str, str]]
    weights: frozenset[str]
    editions: frozenset[str]


class Rechecking:
    """Looks at a project before and after a merge."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        ledger: LedgerNow,
        setting: Callable[[], tuple[date, Mapping[str, Decimal]]],
        sheet: Callable[[Record], ChecklistSheet],
        editions: Callable[[], Sequence[Finding]],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._ledger = ledger
        self._setting = setting
        self._sheet = sheet
        self._editions = editions

    def before(self) -> Before:
        """Return what is wrong already."""
        with self._unit_of_work() as work:
            items = frozenset(
                (record.key, item, code)
                for record in work.records.all(ASSESSMENT)
                if is_open(record)
                for item, code in _wrong_items(record, work)
            )
            weights = frozenset(_unusable(work.records.all(WEIGHTS)))
        return Before(items, weights, frozenset(self._left_out()))

    def after(
        self,
        before: Before,
        changes: Sequence[RecordChange],
        outdated: Collection[str],
        progress: Progress,
    ) -> tuple[Broken, ...]:
        """Return what the changes broke, the ledger's findings of level E first.

        ``outdated`` are the checklist items that lost a review of something else.
        """
        entities = {change.entity for change in changes}
        found: list[Broken] = []
        if any(CATALOGUE[entity].ledger for entity in entities):
            ledger = self._ledger(lambda rows: progress.step(0, rows + 1))
            found += self._findings(ledger, changes, progress)
            found += _land_twice(ledger, changes)
        with self._unit_of_work() as work:
            assessments = [r for r in work.records.all(ASSESSMENT) if is_open(r)]
            weights = {record.key: record for record in work.records.all(WEIGHTS)}
        if entities & _CHECKLIST:
            for record in assessments:
                progress.step(1, 1)
                found += self._items(record, before.items, outdated)
        for key in _unusable(weights.values()):
            if key not in before.weights:
                found.append(Broken("weights", WEIGHTS, key))
        for file in self._left_out():
            if file not in before.editions:
                found.append(Broken("edition", "content_edition", file, params={"file": file}))
        return tuple(found)

    def _left_out(self) -> list[str]:
        return [str(finding.params.get("file", "")) for finding in self._editions()]

    def _findings(
        self, ledger: Ledger, changes: Sequence[RecordChange], progress: Progress
    ) -> Iterator[Broken]:
        """Yield the errors in the ledger that were none before the changes."""
        day, params = self._setting()

        def waiting(_rows: int) -> None:
            progress.step(1, 1)

        now = list(_errors(CheckContext(ledger, day, params, waiting), None))
        if not now:
            return
        told = watched(reversed(changes), waiting)
        back = ChangeSet("", tuple(change.inverted() for change in told))
        old = CheckContext(changed_ledger(ledger, back, waiting), day, params, waiting)
        known = {_place(each) for each in _errors(old, {(f.entity, f.key) for f in now})}
        for finding in now:
            if _place(finding) not in known:
                record = ledger.find(finding.entity, finding.key)
                label = record.label if record else finding.key[:8]
                yield Broken(
                    finding.code, finding.entity, finding.key, finding.field,
                    finding.params, finding, label,
                )  # fmt: skip

    def _items(
        self,
        assessment: Record,
        before: Collection[tuple[str, str, str]],
        outdated: Collection[str],
    ) -> Iterator[Broken]:
        """Yield the items of one checklist that the rules would not let be as they are."""
        sheet = self._sheet(assessment)
        for item in sheet.items:
            record = sheet.records.get(item.id)
            if record is None:
                continue
            named = {"item": item.id, "assessment": assessment.label, "title": item.title}
            refused = refusal(item, sheet.state(item.id), sheet.waiting_for(item.id))
            if refused and (assessment.key, item.id, refused.code) not in before:
                params = {**refused.params, **named}
                yield Broken(refused.code, ITEM, record.key, "status", params)
            if record.key in outdated:
                yield Broken("review", ITEM, record.key, "review", named)
        circle = cycle(sheet.blocked_by)
        if circle and (assessment.key, "", "circle") not in before:
            items = " → ".join((*circle, circle[0]))
            params = {"items": items, "assessment": assessment.label}
            yield Broken("circle", ASSESSMENT, assessment.key, params=params)


def _land_twice(ledger: Ledger, changes: Sequence[RecordChange]) -> Iterator[Broken]:
    """Yield the land that stands in the ledger beside the parcels that were made of it.

    One copy divided or joined a parcel that the other copy edited, and both were kept.
    """
    came = {
        change.key
        for change in changes
        if change.entity == "parcel" and change.kind is ChangeKind.CREATED
    }
    if not came:
        return
    made: dict[tuple[str, str], list[Record]] = {}
    for parcel in ledger.all("parcel"):
        origins = parcel.get("derived_from")
        for origin in origins if isinstance(origins, tuple) else ():
            made.setdefault((parcel.text("park") or "", origin), []).append(parcel)
    for parcel in ledger.all("parcel"):
        (name,) = origin_names([parcel])
        parts = made.get((parcel.text("park") or "", name), [])
        if parts and (parcel.key in came or any(part.key in came for part in parts)):
            others = "、".join(part.text("code") or part.label for part in parts)
            params = {"name": parcel.label, "parts": others}
            yield Broken("land_twice", "parcel", parcel.key, "area_cert", params)


def _wrong_items(assessment: Record, work: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Yield the touched items that the rules would refuse, and why.

    Every item of the edition counts as open: what this names too much was no news anyway.
    """
    kept = read_items(assessment.key, work)
    template = snapshot.from_text(assessment.text("template") or "")
    for item in template.items:
        state: ItemState | None = kept.states.get(item.id)
        if state is None:
            continue
        others = waiting_for((*item.blocked_by, *state.blocked_by), kept.states)
        refused = refusal(item, state, others)
        if refused is not None:
            yield item.id, refused.code
            if refused.code != "blocked" and others and state.status is ItemStatus.DONE:
                yield item.id, "blocked"
    added = {code: state.blocked_by for code, state in kept.states.items()}
    if cycle({item.id: (*item.blocked_by, *added.get(item.id, ())) for item in template.items}):
        yield "", "circle"


def _unusable(weights: Iterable[Record]) -> Iterator[str]:
    """Yield the keys of weights that the ranking cannot use."""
    return (each.key for each in weights if weigh(weighting_of(each)).weights is None)


def _errors(context: CheckContext, wanted: Collection[tuple[str, str]] | None) -> Iterator[Finding]:
    """Yield the findings of level E, of some records or of all."""
    for entity in CATALOGUE.ledger():
        rows = context.ledger.all(entity.key)
        if wanted is not None:
            rows = [row for row in rows if (row.entity, row.key) in wanted]
        for at in range(0, len(rows), _ROWS):
            context.tick(at)
            for _, findings in complaints_in_bulk(context, rows[at : at + _ROWS]):
                yield from (each for each in findings if each.level is Level.ERROR)


def _place(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.entity, finding.key, finding.field


def broken_words(each: Broken, texts: Texts) -> str:
    """Return what a merge broke as a sentence with its place."""
    if each.finding is not None:
        words = finding_text(each.finding, texts)
        return texts("finalizing.at", record=each.label, words=words)
    params = dict(each.params)
    if (title := params.pop("title", None)) is not None:
        params["item"] = f"{params['item']} {title.get(texts.language)}"
    return texts(f"copies.broken.{each.code}", **params)
