# SPDX-License-Identifier: MIT
"""The checklist as a sheet that people fill in offline; what comes back is seen before taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from workbench.application.checklist.records import stored_items
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.checklist.taking import Chosen, changes_of_taking, refusals
from workbench.application.checklist.ticking import Ticking
from workbench.application.history import History
from workbench.application.ports import Clock, Progress, Texts
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist.differences import ItemDifference, differences
from workbench.domain.checklist.state import ENTITY, ItemState, ItemStatus, Refusal, States
from workbench.domain.fields import Field
from workbench.domain.findings import InputError
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.ledger import Record
from workbench.domain.tables.sheets import RawSheet, RawWorkbook

COLUMNS = (
    "item", "stage", "title", "red_line", "evidence_wanted", "evidence", "status", "reason",
    "owner", "due", "note",
)  # fmt: skip
"""The columns of the form; the headings are ``checklist_form.column.<name>``."""
FILLED = ("status", "reason", "owner", "due", "note")
"""The columns that people fill in."""
_LANGUAGES_READ = ("zh_CN", "en")
TextsIn = Callable[[str], Texts]


class FormWriter(Protocol):
    """Writes the form as a workbook, whole or not at all."""

    def write_checklist(
        self, sheet: ChecklistSheet, target: str, texts: Texts, created: datetime
    ) -> None:
        """Write it; OutputError when the place cannot be written."""
        ...


class FormReader(Protocol):
    """Reads a workbook into raw sheets."""

    def read(self, path: str, progress: Progress | None = None) -> RawWorkbook:
        """Return the sheets; InputError in one sentence when it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A cell of the form that could not be read; the sentence is ``checklist_form.<code>``."""

    code: str
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class FilledForm:
    """What a filled-in form says differently; nothing is written yet."""

    differences: tuple[ItemDifference, ...]
    refused: Mapping[str, Refusal]
    problems: tuple[FormProblem, ...]
    theirs: States


class ChecklistForms:
    """Writes the form and takes a filled-in one."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        ticking: Ticking,
        writer: FormWriter,
        reader: FormReader,
        texts_in: TextsIn,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._ticking = ticking
        self._writer = writer
        self._reader = reader
        self._texts_in = texts_in
        self._clock = clock

    def write(self, assessment: Record, path: str, texts: Texts) -> int:
        """Write the items that apply with their states; return how many."""
        sheet = self._ticking.sheet(assessment)
        self._writer.write_checklist(sheet, path, texts, self._clock.now())
        return len(sheet.items)

    def look(self, assessment: Record, path: str) -> FilledForm:
        """Return what a filled-in form would change; InputError when it is no such form."""
        sheet = self._ticking.sheet(assessment)
        book = self._reader.read(path)
        read = [heads for raw in book.sheets if (heads := self._heads(raw)) is not None]
        if not read:
            raise InputError("checklist_form.no_form", file=book.name)
        raw, head, places = read[0]
        theirs, problems = _states(raw, head, places, sheet, self._status_words())
        items = [item.id for item in sheet.items]
        found = tuple(
            d for d in differences(items, sheet.states, theirs) if d.field in FILLED
        )  # fmt: skip
        refused = refusals(sheet, theirs, dict.fromkeys(d.item_id for d in found))
        return FilledForm(found, refused, problems, theirs)

    def take(self, assessment: Record, form: FilledForm, chosen: Chosen) -> int:
        """Take chosen differences in one undoable step; return how many items changed."""
        with self._unit_of_work() as work:
            stored = stored_items(assessment.key, work)
        sheet = self._ticking.sheet(assessment)
        keys, records = changes_of_taking(sheet, stored, form.theirs, chosen, {})
        params = {"count": str(len(keys)), "name": assessment.label}
        self._history.do(ChangeSet("checklist_form.take", tuple(records), params))
        return len(keys)

    def _heads(self, raw: RawSheet) -> tuple[RawSheet, int, dict[str, int]] | None:
        """Return a sheet with its heading row and the place of each column, in any language."""
        headings = {
            self._texts_in(language)(f"checklist_form.column.{name}"): name
            for language in _LANGUAGES_READ
            for name in COLUMNS
        }
        for place, row in enumerate(raw.rows[:15]):
            found = {
                headings[str(c).strip()]: n for n, c in enumerate(row) if str(c).strip() in headings
            }
            if {"item", "status"} <= found.keys():
                return raw, place, found
        return None

    def _status_words(self) -> dict[str, ItemStatus]:
        return {
            self._texts_in(language)(status.text_key): status
            for language in _LANGUAGES_READ
            for status in ItemStatus
        } | {status.value: status for status in ItemStatus}


def _states(
    raw: RawSheet,
    head: int,
    places: Mapping[str, int],
    sheet: ChecklistSheet,
    words: Mapping[str, ItemStatus],
) -> tuple[States, tuple[FormProblem, ...]]:
    known = {item.id for item in sheet.items}
    states: dict[str, ItemState] = {}
    problems: list[FormProblem] = []
    for place, row in enumerate(raw.rows[head + 1 :], start=head + 1):
        number = raw.top + place
        cells = {name: row[at] for name, at in places.items() if at < len(row)}
        item_id = str(cells.get("item", "")).strip()
        if not item_id:
            continue
        if item_id not in known:
            problems.append(FormProblem("unknown_item", number, "item", item_id))
        elif item_id in states:
            problems.append(FormProblem("double_item", number, "item", item_id))
        else:
            states[item_id] = _read(sheet.state(item_id), cells, words, number, problems)
    return states, tuple(problems)


def _read(
    ours: ItemState,
    cells: Mapping[str, object],
    words: Mapping[str, ItemStatus],
    row: int,
    problems: list[FormProblem],
) -> ItemState:
    """Return our state with what the row says; a cell that cannot be read leaves ours."""
    state = replace(
        ours,
        reason=str(cells.get("reason", ours.reason)).strip(),
        owner=str(cells.get("owner", ours.owner)).strip(),
        note=str(cells.get("note", ours.note)).strip(),
    )
    said = str(cells.get("status", "")).strip()
    if said in words:
        state = replace(state, status=words[said])
    elif said:
        problems.append(FormProblem("unknown_status", row, "status", said))
    if "due" in cells:
        due = _due(cells["due"], row, problems, ours.due)
        state = replace(state, due=due)
    return state


def _due(cell: object, row: int, problems: list[FormProblem], ours: date | None) -> date | None:
    if str(cell).strip() == "":
        return None
    declared: Field = CATALOGUE[ENTITY]["due"]
    value = parse(declared, cell, ParseContext()).value
    if isinstance(value, date):
        return value
    problems.append(FormProblem("unknown_date", row, "due", str(cell)))
    return ours


def all_of(found: Sequence[ItemDifference]) -> frozenset[tuple[str, str]]:
    """Return the choice that takes every difference."""
    return frozenset((difference.item_id, difference.field) for difference in found)
