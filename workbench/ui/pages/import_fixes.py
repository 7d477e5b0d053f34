# SPDX-License-Identifier: MIT
"""Corrections of single cells of an import before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.application.import_preview import Outcome, Preview, TablePreview
from workbench.domain.fields import FieldType
from workbench.domain.findings import Level
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext, Problem


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One problem of one row; ``field`` is "" for the row as a whole."""

    table: TablePreview
    index: int
    field: str
    problem: Problem

    @property
    def correctable(self) -> bool:
        """Tell whether another value can be given here: a new row's own cell, no reference."""
        data = self.table.columns.get(self.field)
        return (
            data is not None
            and data.field.type is not FieldType.REF
            and self.table.outcomes[self.index] is Outcome.NEW
        )

    @property
    def suggestion(self) -> str:
        """Return the value that one click takes, "" for none."""
        return (self.problem.suggestion or "") if self.correctable else ""

    @property
    def open(self) -> bool:
        """Tell whether the cell has no value because of this problem."""
        data = self.table.columns.get(self.field)
        return data is not None and data.values[self.index] is None


def problems(preview: Preview) -> Iterator[CellProblem]:
    """Yield what a person should look at, row by row; remarks (I) are not among it."""
    for table in preview.tables():
        for index in table.kept():
            for field, problem in table.findings(index):
                if problem.level is not Level.INFO:
                    yield CellProblem(table, index, field, problem)


def correct(place: CellProblem, text: str) -> bool:
    """Give a cell another value; False when the text cannot be read either.

    The original text stays with the value, so that the record still says what the file held.
    """
    if not place.correctable:
        return False
    table, index = place.table, place.index
    data = table.columns[place.field]
    unit = data.unit or data.field.shown_unit
    parsed = parse(data.field, text, ParseContext(unit, percent_scaled=True))
    if parsed.value is None:
        return False
    data.values[index] = parsed.value
    data.origins[index] = replace(parsed.origin, raw=table.raw(index, place.field))
    _settle(place)
    return True


def leave_blank(place: CellProblem) -> None:
    """Accept that the cell stays unknown (or as it was read)."""
    _settle(place)


def _settle(place: CellProblem) -> None:
    """Take the problem off the list."""
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
