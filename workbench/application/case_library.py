# SPDX-License-Identifier: MIT
"""The case library: the shipped cases, which never change, and the team's own beside them."""

import uuid
from collections.abc import Callable, Mapping
from itertools import count

from workbench.application.history import History
from workbench.application.ports import NewUnitOfWork
from workbench.domain.cases import Case
from workbench.domain.changes import ChangeSet, RecordChange, creation, update
from workbench.domain.content import Content
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.ledger import Record
from workbench.domain.values import Value

ENTITY = "own_case"
OWN_PREFIX = "U"
"""What the ids of copied cases begin with; the shipped ones are C01, C02 and so on."""
ReadCard = Callable[[str, str], Case]
"""Reads a card's text (with a name for complaints): a case, or a complaint with its place."""
WriteCard = Callable[[Case, str], str]
"""Returns the card text of a case, under the id given with it."""


class CaseLibrary:
    """Reads all cases, adds own ones, hands out cards."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        content: Content,
        read_card: ReadCard,
        write_card: WriteCard,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._content = content
        self._read_card = read_card
        self._write_card = write_card

    def all(self) -> Mapping[str, Case]:
        """Return every case by id: the shipped ones, then the own ones."""
        own = {}
        for record in self._stored():
            case = self._read_card(record.text("body") or "", record.label)
            own[case.id] = case
        return dict(self._content.cases) | own

    def find(self, case_id: str) -> Case:
        """Return one case; UsageError naming those there are."""
        cases = self.all()
        if case_id not in cases:
            raise UsageError("cli.no_case", code=case_id, known=" ".join(cases))
        return cases[case_id]

    def add(self, card: str, name: str) -> Case:
        """Add an own case from its card; a card with the id of an own case replaces it."""
        case = self._read_card(card, name)
        values: dict[str, Value] = {"code": case.id, "name": case.name.zh, "body": card}
        stored = next((r for r in self._stored() if r.get("code") == case.id), None)
        if stored is None:
            change: RecordChange | None = creation(ENTITY, str(uuid.uuid4()), values)
        else:
            change = update(ENTITY, stored.key, stored.values, values)
        if change is None:
            raise RefusedError("cases.same_card", code=case.id)
        self._history.do(ChangeSet("cases.add", (change,), {"name": case.name.zh}))
        return case

    def copy(self, case_id: str) -> Case:
        """Add an own case that begins as a copy of any case, under the next free id."""
        cases = self.all()
        case = self.find(case_id)
        new_id = next(code for n in count(1) if (code := f"{OWN_PREFIX}{n:02d}") not in cases)
        return self.add(self._write_card(case, new_id), case.name.zh)

    def card(self, case_id: str) -> str:
        """Return a case's card as TOML text; UsageError naming those there are."""
        for record in self._stored():
            if record.get("code") == case_id:
                return record.text("body") or ""
        return self._write_card(self.find(case_id), case_id)

    def _stored(self) -> list[Record]:
        with self._unit_of_work() as work:
            return list(work.records.all(ENTITY))
