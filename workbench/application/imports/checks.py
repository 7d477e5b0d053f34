# SPDX-License-Identifier: MIT
"""The cross-checks V01–V35 on rows that are not stored yet, beside the cells they complain of.

The ledger is looked at as it would be after the import: stored records, updated ones, new ones
and those that rows name. A record that exists already is complained about only where the file
changes it; a row that changes nothing is not looked at.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.application.collection import paused_collection
from workbench.application.imports.preview import Outcome, Preview, TablePreview
from workbench.application.imports.totals import compare_again
from workbench.application.ports import Progress, Silent
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.registry import complaints, complaints_in_bulk
from workbench.domain.checks.rules import CheckContext
from workbench.domain.fields import Entity, FieldType
from workbench.domain.findings import Finding
from workbench.domain.overriding import override
from workbench.domain.parsing.parsed import Problem
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.tables.watching import Tick, unwatched
from workbench.domain.values import Origin

_CODE = re.compile(r"V\d\d[EW]")
_CHECKED = (Outcome.NEW, Outcome.CHANGED, Outcome.REVIEW)
_MEASURED = (FieldType.AREA, FieldType.MONEY, FieldType.SHARE)
_STEP, _LONG_STEP = 200, 5000
WHOLE = 3000
"""Up to so many rows every correction checks all rows at once, as neighbours may be concerned."""
Place = tuple[TablePreview, int]
Parameters = Callable[[date], Mapping[str, Decimal]]


@dataclass(slots=True)
class Looked:
    """The ledger after an import, where its rows stand, and what the checks found."""

    preview: Preview
    context: CheckContext
    places: dict[str, Place]
    found: list[Finding]


class ImportChecks:
    """Runs the ledger's checks on a preview, and again where a cell was corrected."""

    def __init__(self, ledger: Callable[[Tick], Ledger], parameters: Parameters) -> None:
        self._ledger = ledger
        self._parameters = parameters
        self._last: Looked | None = None

    def check(self, preview: Preview, as_of: date, progress: Progress | None = None) -> None:
        """Put every complaint beside its row; Cancelled when the person stops it."""
        report = progress or Silent()
        with paused_collection():
            self.put(self._look(preview, as_of, report), report)

    def look(self, preview: Preview, as_of: date, progress: Progress) -> Looked:
        """Find every complaint and leave the preview as it is, for work beside the window."""
        with paused_collection():
            return self._look(preview, as_of, progress)

    def put(self, looked: Looked, progress: Progress | None = None) -> None:
        """Put what was found beside the rows, in place of what stood there."""
        report, places = progress or Silent(), looked.places
        _forget(places.values())
        for at, finding in enumerate(looked.found):
            _put(finding, *places[finding.key])
            if not at % _LONG_STEP:
                report.step(len(places), len(places))
        if self._last is not None and self._last.preview is looked.preview:
            compare_again(looked.preview)  # values were corrected since
        self._last = looked

    def _look(self, preview: Preview, as_of: date, report: Progress) -> Looked:
        ledger, places = _after(preview, self._ledger(lambda rows: report.step(0, rows)), report)
        day = stated_day(preview) or as_of
        total, done = len(places), 0

        def tick(_rows: int) -> None:
            report.step(done, total)

        context = CheckContext(ledger, day, self._parameters(day), tick)
        entities = {table.entity for table, _ in places.values()}
        found: list[Finding] = []
        for entity in CATALOGUE.ledger():
            if entity.key not in entities:
                continue
            rows = [record for record in ledger.all(entity.key) if record.key in places]
            for start in range(0, len(rows), _STEP):
                report.step(done, total)
                part = rows[start : start + _STEP]
                found += [x for _, own in complaints_in_bulk(context, part) for x in own]
                done += len(part)
        report.step(total, total)
        return Looked(preview, replace(context, tick=unwatched), places, found)

    def check_again(self, table: TablePreview, index: int) -> bool:
        """Look again at a row that was corrected, and at all others where they are few.

        False says that of many rows only this one was looked at: ``look`` and ``put`` see to the
        rest, of which some may rest on it.
        """
        last = self._last
        key = table.matched.get(index)
        if last is None or key is None or last.places.get(key) != (table, index):
            return True
        if len(last.places) <= WHOLE:
            self.check(last.preview, last.context.as_of)
            return True
        old = last.context.ledger
        record = _record_of(table, index, old.find(table.entity, key))
        rows = [record if row.key == key else row for row in old.all(table.entity)]
        last.context = replace(last.context, ledger=old.with_rows({table.entity: rows}))
        _forget([(table, index)])
        for finding in complaints(last.context, record):
            _put(finding, table, index)
        return False


def stated_day(preview: Preview) -> date | None:
    """Return the latest day as of which the files themselves speak, or None."""
    days = [day for table in preview.tables() if (day := table.table.context.as_of)]
    return max(days, default=None)


def _after(preview: Preview, before: Ledger, report: Progress) -> tuple[Ledger, dict[str, Place]]:
    """Return the ledger as it would be, and the row that each touched record comes from."""
    places: dict[str, Place] = {}
    made: dict[str, dict[str, Record]] = {}
    last = Counter({entity.key: len(before.all(entity.key)) for entity in CATALOGUE.ledger()})
    for reference in preview.references:
        last[reference.entity] += 1
        at = last[reference.entity]
        record = Record(reference.entity, reference.key, dict(reference.values), position=at)
        made.setdefault(reference.entity, {})[reference.key] = record
    for table in preview.everything():
        records = made.setdefault(table.entity, {})
        for index, record in _records(table, before, last):
            if not index % _LONG_STEP:
                report.step(0, len(table.outcomes))
            if record.key not in places:
                places[record.key] = (table, index)
                records[record.key] = record
    rows = {}
    for entity, records in made.items():
        kept = [records.pop(row.key, row) for row in before.all(entity)]
        rows[entity] = [*kept, *records.values()]
    return before.with_rows(rows), places


def _records(
    table: TablePreview, before: Ledger, last: Counter[str]
) -> Iterator[tuple[int, Record]]:
    """Yield the rows to look at as the records that they would be, new ones at the end."""
    place = last[table.entity]
    names = list(table.columns)
    columns = [
        data.values if data.targets is None else data.targets for data in table.columns.values()
    ]
    origins = _origins(table)
    for index, cells in enumerate(zip(*columns, strict=True)):
        if table.outcomes[index] not in _CHECKED:
            continue
        key = table.matched[index]
        beside = origins.get(index, {})
        if table.outcomes[index] is Outcome.NEW:
            known = {
                name: cell for name, cell in zip(names, cells, strict=True) if cell is not None
            }
            last[table.entity] = place = place + 1
            yield index, Record(table.entity, key, known, beside, position=place)
        elif (old := before.find(table.entity, key)) is not None:
            yield index, _overlaid(old, table, index, beside)


def _record_of(table: TablePreview, index: int, old: Record | None) -> Record:
    """Return one row as the record that it would be."""
    beside = {name: data.origins[index] for name, data in table.columns.items()
              if index in data.origins}  # fmt: skip
    if table.outcomes[index] is not Outcome.NEW and old is not None:
        return _overlaid(old, table, index, beside)
    values = {
        name: value
        for name, data in table.columns.items()
        if (value := data.stored(index)) is not None
    }
    position = old.position if old is not None else 0
    return Record(table.entity, table.matched[index], values, beside, position=position)


def _overlaid(old: Record, table: TablePreview, index: int, beside: Mapping[str, Origin]) -> Record:
    """Return a stored record with what the file states otherwise."""
    new = {d.field: d.new for d in table.differences.get(index, ())}
    return replace(
        old, values={**old.values, **new}, origins=_Beside(old.origins, frozenset(new), beside)
    )


class _Beside(Mapping[str, Origin]):
    """What stands beside a record's values after an update; the stored is read when asked for."""

    __slots__ = ("_changed", "_new", "_old")

    def __init__(
        self, old: Mapping[str, Origin], changed: frozenset[str], new: Mapping[str, Origin]
    ) -> None:
        self._old = old
        self._changed = changed
        self._new = new

    @override
    def __getitem__(self, name: str) -> Origin:
        return (self._new if name in self._changed else self._old)[name]

    @override
    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self._old if name not in self._changed)
        yield from (name for name in self._new if name in self._changed)

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)


def _origins(table: TablePreview) -> dict[int, dict[str, Origin]]:
    """Return what stands beside values that are not plainly known, by row."""
    found: dict[int, dict[str, Origin]] = {}
    for name, data in table.columns.items():
        for index, origin in data.origins.items():
            found.setdefault(index, {})[name] = origin
    return found


def _forget(places: Iterable[Place]) -> None:
    """Take earlier complaints of the checks away."""
    for table, index in places:
        if row := table.row_problems.get(index):
            row[:] = [item for item in row if not is_check(item[1])]


def is_check(problem: Problem) -> bool:
    """Tell whether a problem comes from a cross-check, not from reading a cell."""
    return _CODE.fullmatch(problem.code) is not None


def _put(finding: Finding, table: TablePreview, index: int) -> None:
    """Put a complaint beside its row, unless it is about what the file leaves as it was.

    One that a person has left as it is does not come back with the same words.
    """
    if table.outcomes[index] is not Outcome.NEW:
        changed = {d.field for d in table.differences.get(index, ())}
        if finding.field not in changed:
            return
    params = {name: str(value) for name, value in finding.params.items()}
    problem = Problem(finding.code, finding.level, params, _suggestion(finding, table.spec))
    if problem in table.dismissed.get(index, ()):
        return
    table.row_problems.setdefault(index, []).append((finding.field, problem))


def _suggestion(finding: Finding, spec: Entity) -> str | None:
    """Return a suggestion with its unit, which holds whatever the column's unit is."""
    if finding.suggestion is None or finding.field not in spec:
        return finding.suggestion
    field = spec[finding.field]
    unit = field.shown_unit if field.type in _MEASURED else ""
    return f"{finding.suggestion}{unit}"
