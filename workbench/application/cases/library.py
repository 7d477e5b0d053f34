# SPDX-License-Identifier: MIT
"""The case library: the shipped cases, which never change, and the team's own beside them.

A spoiled own case never stops the library: it is left out, and said to be.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock

from workbench.application.history import History
from workbench.application.long_lived import kept_for_long
from workbench.application.ports import Progress, Silent
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case, Waiver
from workbench.domain.checks.yardsticks import CASE_LEFT_OUT
from workbench.domain.content import Content
from workbench.domain.findings import Finding, InputError, Level, RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation, update
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import deletion
from workbench.domain.values import Value

ENTITY, NOTE, WAIVER = "own_case", "case_note", "case_waiver"
ENTITIES = frozenset({ENTITY, NOTE, WAIVER})
"""What changes the library when it changes."""
OWN_PREFIX = "U"
"""What the ids of copied cases begin with; the shipped ones are C01, C02 and so on."""
READ_AT_ONCE = 60
"""Own cases whose cards are read when they are first asked for; more would be felt as a wait."""
ReadCard = Callable[[str, str], Case]
"""Reads a card's text (with a name for complaints): a case, or a complaint with its place."""
WriteCard = Callable[[Case, str], str]
"""Returns the card text of a case, under the id given with it."""


@dataclass(frozen=True, slots=True)
class LeftOutCase:
    """An own case that cannot be read, with the complaint."""

    id: str
    name: str
    complaint: InputError


@dataclass(frozen=True, slots=True)
class _Read:
    """The library as it was read; ``own`` is by the key of the record, with its place."""

    cases: Mapping[str, Case]
    left_out: tuple[LeftOutCase, ...]
    own: Mapping[str, tuple[int, Case | LeftOutCase]]


class CaseLibrary:
    """Reads all cases; adds, replaces and deletes own ones; hands out cards."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        content: Callable[[], Content],
        read_card: ReadCard,
        write_card: WriteCard,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._content = content
        self._read_card = read_card
        self._write_card = write_card
        self._known: _Read | None = None
        self._cards: dict[str, Case] = {}
        self._reading = Lock()
        history.subscribe(self._follow, first=True)

    def all(self) -> Mapping[str, Case]:
        """Return every case that can be used, by id: the shipped ones, then the own ones."""
        return self._read().cases

    @property
    def is_read(self) -> bool:
        """Tell whether every card was read, so that nothing here takes time."""
        return self._known is not None

    def at_hand(self) -> Mapping[str, Case]:
        """Return the cases that are there without a wait: all, or the shipped ones of many."""
        known = self._known
        if known is None and self.count_own() <= READ_AT_ONCE:
            known = self._read()
        return known.cases if known is not None else self._content().cases

    def read_all(self, progress: Progress) -> None:
        """Read every card, reporting; what was read stays read when it is cancelled."""
        with self._reading, kept_for_long():
            if self._known is None:
                self._known = self._load(progress)

    def count_own(self) -> int:
        """Return how many own cases there are, usable or not, without reading their cards."""
        with self._unit_of_work() as work:
            return work.records.count(ENTITY)

    def own(self) -> tuple[Case, ...]:
        """Return the own cases that can be used."""
        shipped = self._content().cases
        return tuple(case for code, case in self.all().items() if code not in shipped)

    def left_out(self) -> tuple[LeftOutCase, ...]:
        """Return the own cases that cannot be used, each with what is wrong."""
        return self._read().left_out

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each own case that is left out."""
        return tuple(
            Finding(CASE_LEFT_OUT, Level.WARNING, params=_place(each)) for each in self.left_out()
        )

    def find(self, case_id: str) -> Case:
        """Return one case, without reading the others; UsageError naming those there are."""
        known = self.at_hand().get(case_id)
        if self.is_read:
            if known is not None:
                return known
        elif known is None:
            record = next((r for r in self._stored() if r.text("code") == case_id), None)
            known = self._read_card(record.text("body") or "", record.label) if record else None
        if known is None:
            raise UsageError("cli.no_case", code=case_id, known=" ".join(self._codes()))
        return self._waived({case_id: known})[case_id]

    def add(self, card: str, name: str) -> Case:
        """Add an own case from its card; a card with the id of an own case replaces it.

        RefusedError for a card that changes nothing.
        """
        case = self._read_card(card, name)
        change = self._change(case, card)
        if change is None:
            raise RefusedError("cases.same_card", code=case.id)
        self._history.do(ChangeSet("cases.add", (change,), {"name": case.name.zh}))
        return case

    def add_all(self, cards: Iterable[tuple[str, str]], label: str, name: str) -> int:
        """Add or replace own cases from (card, name for complaints), as one step.

        All of them or none; returns how many changed. ``label`` is the text key of the step.
        """
        read = [(self._read_card(card, place), card) for card, place in cards]
        stored = {record.text("code"): record for record in self._stored()}
        found = [self._change(case, card, stored) for case, card in read]
        changes = tuple(change for change in found if change is not None)
        if changes:
            self._cards |= {card: case for case, card in read}  # read once is enough
            params = {"count": str(len(changes)), "name": name}
            self._history.do(ChangeSet(label, changes, params))
        return len(changes)

    def remove(self, case_id: str) -> None:
        """Delete an own case; RefusedError for a shipped one, UsageError for an unknown one."""
        if case_id in self._content().cases:
            raise RefusedError("cases.shipped_stays", code=case_id)
        record = next((r for r in self._stored() if r.text("code") == case_id), None)
        if record is None:
            self.find(case_id)
            return
        params = {"name": record.text("name") or case_id}
        self._history.do(ChangeSet("cases.remove", (deletion(record),), params))

    def rewrite(self, card: str, code: str, replaces: str = "") -> Case:
        """Keep a card as an own case, in place of ``replaces``; RefusedError for an id in use."""
        if not replaces or replaces == code:
            return self.add(card, code)
        case = self._read_card(card, code)
        record = next((r for r in self._stored() if r.text("code") == replaces), None)
        if code in self._codes():
            raise RefusedError("cases.id_taken", code=code)
        change = self._change(case, card, {code: record} if record else {})
        if change is not None:
            changes = (change, *self._carried(replaces, code))
            self._history.do(ChangeSet("cases.add", changes, {"name": case.name.zh}))
        return case

    def _carried(self, old: str, new: str) -> list[RecordChange]:
        """Return the changes by which notes and waivers go along with a case under its new id."""
        with self._unit_of_work() as work:
            beside = [*work.records.all(NOTE), *work.records.all(WAIVER)]
        kept = [record for record in beside if record.text("case") == old]
        found = (update(r.entity, r.key, r.values, {"case": new}) for r in kept)
        return [change for change in found if change is not None]

    def waived_in_card(self, case_id: str) -> tuple[Waiver, ...]:
        """Return the waivers that stand in an own case's card itself."""
        body = self.cards().get(case_id, "")
        return self._read_card(body, case_id).waivers if body else ()

    def copy(self, case_id: str) -> Case:
        """Add an own case that begins as a copy of any case, under the next free id."""
        case = self.find(case_id)
        return self.add(self._write_card(case, self.free_id()), case.name.zh)

    def free_id(self) -> str:
        """Return the next id that no case has."""
        taken = set(self._content().cases) | {r.text("code") for r in self._stored()}
        return next(code for n in count(1) if (code := f"{OWN_PREFIX}{n:02d}") not in taken)

    def card(self, case_id: str) -> str:
        """Return a case's card as TOML text; UsageError naming those there are."""
        for record in self._stored():
            if record.get("code") == case_id:
                return record.text("body") or ""
        return self._write_card(self.find(case_id), case_id)

    def cards(self) -> Mapping[str, str]:
        """Return the cards of all own cases by id, of those left out too."""
        return {r.text("code") or "": r.text("body") or "" for r in self._stored()}

    def _change(
        self, case: Case, card: str, known: Mapping[str | None, Record] | None = None
    ) -> RecordChange | None:
        values: dict[str, Value | None] = {
            "code": case.id, "name": case.name.zh, "body": card, "edition": case.version,
        }  # fmt: skip
        stored = known if known is not None else {r.text("code"): r for r in self._stored()}
        record = stored.get(case.id)
        if record is None:
            return creation(ENTITY, str(uuid.uuid4()), values)
        if record.text("body") == card:
            return None
        return update(ENTITY, record.key, record.values, values)

    def _stored(self) -> list[Record]:
        with self._unit_of_work() as work:
            return list(work.records.all(ENTITY))

    def _codes(self) -> list[str]:
        """Return the ids of all cases, without reading any."""
        return [*self._content().cases, *(r.text("code") or "" for r in self._stored())]

    def _read(self) -> _Read:
        known = self._known
        while known is None:
            self.read_all(Silent())
            known = self._known
        return known

    def _load(self, progress: Progress) -> _Read:
        stored = self._stored()
        own: dict[str, tuple[int, Case | LeftOutCase]] = {}
        for done, record in enumerate(stored, start=1):
            own[record.key] = record.position, self._case_of(record)
            progress.step(done, len(stored))
        # only these, so that one changed case does not have all of them read again
        bodies = {record.text("body") or "" for record in stored}
        self._cards = {body: case for body, case in self._cards.items() if body in bodies}
        return self._made(own)

    def _case_of(self, record: Record) -> Case | LeftOutCase:
        """Return the case of a record, read from its card unless that was read before."""
        body, code = record.text("body") or "", record.text("code") or ""
        known = self._cards.get(body)
        if known is not None:
            return known
        try:
            case = self._cards[body] = self._read_card(body, record.label)
        except InputError as error:
            return LeftOutCase(code, record.text("name") or code, error)
        return case

    def _made(self, own: Mapping[str, tuple[int, Case | LeftOutCase]]) -> _Read:
        cases = dict(self._content().cases)
        in_order = [each for _, each in sorted(own.values(), key=lambda placed: placed[0])]
        cases |= {case.id: case for case in in_order if isinstance(case, Case)}
        left_out = tuple(each for each in in_order if isinstance(each, LeftOutCase))
        return _Read(self._waived(cases), left_out, own)

    def _waived(self, cases: Mapping[str, Case]) -> dict[str, Case]:
        """Return cases with the waivers that are kept beside them."""
        with self._unit_of_work() as work:
            waived = list(work.records.all(WAIVER))
        found = dict(cases)
        for code, waivers in waivers_of(waived).items():
            if code in found:
                found[code] = replace(found[code], waivers=(*found[code].waivers, *waivers))
        return found

    def _follow(self, changes: ChangeSet) -> None:
        entities = {change.entity for change in changes.records}
        if "content_file" in entities:
            self._cards, self._known = {}, None  # what a case may name could be another now
        elif self._known is not None and entities & {ENTITY, WAIVER}:
            keys = [change.key for change in changes.records if change.entity == ENTITY]
            self._known = self._changed(self._known, keys) if changes.whole else None

    def _changed(self, known: _Read, keys: Sequence[str]) -> _Read:
        """Return the library after some of its records changed, reading only those."""
        own = dict(known.own)
        with self._unit_of_work() as work:
            now = work.records.some(ENTITY, keys)
        for key in keys:
            if key in now:
                own[key] = now[key].position, self._case_of(now[key])
            else:
                own.pop(key, None)
        return self._made(own)


def waivers_of(records: Sequence[Record]) -> dict[str, list[Waiver]]:
    """Return the waivers that stand beside cases, by case id."""
    found: dict[str, list[Waiver]] = {}
    for record in records:
        facts, reason = record.get("facts"), record.text("reason") or ""
        waiver = Waiver(
            record.text("rule") or "",
            Bilingual(reason, reason),
            facts if isinstance(facts, tuple) else (),
            record.text("author") or "",
            record.day("waived_on"),
        )
        found.setdefault(record.text("case") or "", []).append(waiver)
    return found


def _place(left_out: LeftOutCase) -> dict[str, str]:
    params = left_out.complaint.params
    entry, place = str(params.get("entry", "—")), str(params.get("field", "—"))
    return {"code": left_out.id, "name": left_out.name, "entry": entry, "place": place}
