# SPDX-License-Identifier: MIT
"""The case library: the shipped cases, which never change, and the team's own beside them.

A spoiled own case never stops the library: it is left out, and said to be.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from workbench.application.history import History
from workbench.application.ports import NewUnitOfWork
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases import Case, Waiver
from workbench.domain.changes import ChangeSet, RecordChange, creation, update
from workbench.domain.checks.yardsticks import CASE_LEFT_OUT
from workbench.domain.content import Content
from workbench.domain.findings import Finding, InputError, Level, RefusedError, UsageError
from workbench.domain.ledger import Record
from workbench.domain.record_changes import deletion
from workbench.domain.values import Value

ENTITY, NOTE, WAIVER = "own_case", "case_note", "case_waiver"
ENTITIES = frozenset({ENTITY, NOTE, WAIVER})
"""What changes the library when it changes."""
OWN_PREFIX = "U"
"""What the ids of copied cases begin with; the shipped ones are C01, C02 and so on."""
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
    """The library as it was read: until a case or a waiver changes."""

    cases: Mapping[str, Case]
    left_out: tuple[LeftOutCase, ...]


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
        history.subscribe(self._follow, first=True)

    def all(self) -> Mapping[str, Case]:
        """Return every case that can be used, by id: the shipped ones, then the own ones."""
        return self._read().cases

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
        """Return one case; UsageError naming those there are."""
        cases = self.all()
        if case_id not in cases:
            raise UsageError("cli.no_case", code=case_id, known=" ".join(cases))
        return cases[case_id]

    def add(self, card: str, name: str) -> Case:
        """Add an own case from its card; a card with the id of an own case replaces it."""
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
        """Keep a card as an own case, in place of the one with the id ``replaces``."""
        if not replaces or replaces == code:
            return self.add(card, code)
        case = self._read_card(card, code)
        record = next((r for r in self._stored() if r.text("code") == replaces), None)
        change = self._change(case, card, {code: record} if record else {})
        if change is not None:
            self._history.do(ChangeSet("cases.add", (change,), {"name": case.name.zh}))
        return case

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

    def _read(self) -> _Read:
        known = self._known
        if known is None:
            known = self._known = self._load()
        return known

    def _load(self) -> _Read:
        with self._unit_of_work() as work:
            stored = list(work.records.all(ENTITY))
            waived = list(work.records.all(WAIVER))
        cases = dict(self._content().cases)
        left_out: list[LeftOutCase] = []
        cards: dict[str, Case] = {}
        for record in stored:
            body, code = record.text("body") or "", record.text("code") or ""
            try:
                case = self._cards.get(body) or self._read_card(body, record.label)
            except InputError as error:
                left_out.append(LeftOutCase(code, record.text("name") or code, error))
                continue
            cards[body] = cases[case.id] = case
        self._cards = cards  # so that one changed case does not have all of them read again
        for code, waivers in waivers_of(waived).items():
            if code in cases:
                cases[code] = replace(cases[code], waivers=(*cases[code].waivers, *waivers))
        return _Read(cases, tuple(left_out))

    def _follow(self, changes: ChangeSet) -> None:
        entities = {change.entity for change in changes.records}
        if "content_file" in entities:
            self._cards = {}  # what a case may name could be another now
        if entities & {ENTITY, WAIVER, "content_file"}:
            self._known = None


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
