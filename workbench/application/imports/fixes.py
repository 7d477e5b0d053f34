# SPDX-License-Identifier: MIT
"""Corrections of single cells of an import before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.application.imports.checks import is_check
from workbench.application.imports.preview import (
    ColumnData,
    Difference,
    Outcome,
    Preview,
    TablePreview,
)
from workbench.domain.fields import Field, FieldType
from workbench.domain.findings import Level
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext, Parsed, Problem


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One problem of one row; ``field`` is "" for the row as a whole."""

    table: TablePreview
    index: int
    field: str
    problem: Problem

    @property
    def declared(self) -> Field | None:
        """Return the field that the problem is about, or None for the row as a whole."""
        spec = self.table.spec
        return spec[self.field] if self.field in spec else None  # noqa: SIM401 - no mapping

    @property
    def correctable(self) -> bool:
        """Tell whether another value can be given here: one that would be stored, no reference."""
        field = self.declared
        if field is None or field.type is FieldType.REF:
            return False
        if self.table.outcomes[self.index] is Outcome.NEW:
            return True
        if (self.index, self.field) in self.table.unread:
            return True
        return any(d.field == self.field for d in self.table.differences.get(self.index, ()))

    @property
    def suggestion(self) -> str:
        """Return the value that one click takes, "" for none or one that could not be read."""
        text = self.problem.suggestion
        if not text or not self.correctable:
            return ""
        return text if is_check(self.problem) or self.read(text).value is not None else ""

    def read(self, text: str) -> Parsed:
        """Read another text for the cell, in the column's unit unless it names its own."""
        return parse(
            self.table.spec[self.field], text, ParseContext(self.unit, percent_scaled=True)
        )

    @property
    def unit(self) -> str:
        """Return the unit in which a bare number is read: as the rest of its column is read.

        Where the file has no such column it is the unit that the grid shows.
        """
        field, data = self.table.spec[self.field], self.table.columns.get(self.field)
        if data is None or data.column is None:
            return field.shown_unit
        return data.unit or field.unit

    @property
    def raw(self) -> str:
        """Return what the file's cell shows, "" where the file has no such cell."""
        return self.table.raw(self.index, self.field) if self.field in self.table.columns else ""

    @property
    def open(self) -> bool:
        """Tell whether the cell has no value because of this problem."""
        data = self.table.columns.get(self.field)
        if data is None or (self.index, self.field) in self.table.unread:
            return False  # the value that is stored stays
        return data.values[self.index] is None


def problems(preview: Preview) -> Iterator[CellProblem]:
    """Yield what a person should look at, row by row; remarks (I) are not among it."""
    for table in preview.everything():
        for index in table.kept():
            if table.outcomes[index] is Outcome.SAME and not table.unread:
                continue
            for field, problem in table.findings(index):
                if problem.level is not Level.INFO and table.concerns(index, field):
                    yield CellProblem(table, index, field, problem)


def correct(place: CellProblem, text: str) -> bool:
    """Give a cell another value; False when the text cannot be read either.

    The original text stays with the value, so that the record still says what the file held.
    """
    field = place.declared
    if field is None or not place.correctable:
        return False
    table, index = place.table, place.index
    data = table.columns.get(place.field)
    parsed = place.read(text)
    if parsed.value is None:
        return False
    if data is None:
        data = ColumnData(field, None, "", [None] * len(table.outcomes))
        table.columns[place.field] = data
    raw = place.raw or text
    data.values[index] = parsed.value
    data.origins[index] = replace(parsed.origin, raw=raw)
    if (old := table.unread.pop((index, place.field), None)) is not None:
        said = (Difference(place.field, old, parsed.value),) if parsed.value != old else ()
        table.differences[index] = (*table.differences.get(index, ()), *said)
        if said and table.outcomes[index] is Outcome.SAME:
            table.outcomes[index] = Outcome.CHANGED
    elif index in table.differences:
        table.differences[index] = tuple(
            Difference(d.field, d.old, parsed.value) if d.field == place.field else d
            for d in table.differences[index]
        )
    _take_off(place)
    return True


def leave_as_is(place: CellProblem) -> None:
    """Take a problem off the list: the cell stays as it was read."""
    if is_check(place.problem):
        left = place.table.dismissed.get(place.index, ())
        place.table.dismissed[place.index] = (*left, place.problem)
    _take_off(place)


def _take_off(place: CellProblem) -> None:
    data = place.table.columns.get(place.field)
    if data is not None and place.index in data.problems:
        rest = tuple(p for p in data.problems[place.index] if p is not place.problem)
        if rest:
            data.problems[place.index] = rest
        else:
            del data.problems[place.index]
    row = place.table.row_problems.get(place.index)
    if row:
        row[:] = [item for item in row if item[1] is not place.problem]


def take_suggestions(preview: Preview) -> int:
    """Take every suggestion that there is; return how many cells changed."""
    return sum(
        correct(place, place.suggestion) for place in list(problems(preview)) if place.suggestion
    )
