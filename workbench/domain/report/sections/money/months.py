# SPDX-License-Identifier: MIT
"""The months of a scenario on a sheet of their own: rents, space let anew, loan schedules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from workbench.domain.display import shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.figures.tenure import add_months
from workbench.domain.finance.building import Values
from workbench.domain.finance.inputs import InputValue
from workbench.domain.finance.models.lettings import CONTRACTS, rents_by_month
from workbench.domain.finance.rent_roll import within_reach
from workbench.domain.finance.results import Line
from workbench.domain.finance.terms import ZERO, LineAt, Place, Term, places
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    Column,
    ColumnKind,
    Paragraph,
    Sheet,
    Table,
)
from workbench.domain.report.sections.money.formulas import Formulas
from workbench.domain.report.sections.money.legend import (
    ALL,
    LEASE,
    LEGEND,
    legend_table,
    numbered,
)
from workbench.domain.report.sections.money.watch import while_frozen
from workbench.domain.report.sections.money.words import (
    Calculated,
    Months,
    Names,
    Say,
    short,
    titled,
    with_unit,
)

MOST_LEASES = 200
"""Leases that stand in columns of their own; the rest share one column."""
MOST_ACROSS = 13
"""Columns beside the months that print at 7 points or more on a landscape A4 page."""
_START = "start_on"
_LINES, _LEASES, _INPUT = "months", "rents", "leases"
_YEAR = 12
Leases = list[tuple[str, list[Term]]]
"""Name and rent by month of each lease."""

_MOST_CELLS = 20_000
"""Months times columns up to which a report has them; a scenario's own workbook always has."""


def fits_report(found: Calculated) -> bool:
    """Tell whether a scenario's months are few enough for a report of many sheets."""
    lines = _monthly(found)
    if not lines:
        return False
    leases = found.result.settled["leases"].value if "leases" in found.result.settled else None
    columns = len(lines) + min(len(leases) if isinstance(leases, tuple) else 0, MOST_LEASES)
    return len(lines[0].amounts) * columns <= _MOST_CELLS


def months_of(found: Calculated, number: int) -> Months:
    """Return the cells in which the monthly lines of a scenario stand; {} when it has none."""
    lines = _monthly(found)
    return {
        LineAt(line.key, month): (
            f"{_Key(number, _LINES).of(part)}!{line.key}@{month + 1}",
            line.field,
        )
        for part, (first, last) in enumerate(_parts(len(lines)))
        for line in lines[first:last]
        for month in range(len(line.amounts))
    }


def _monthly(found: Calculated) -> list[Line]:
    return [line for line in found.result.lines if line.monthly]


def months_sheet(found: Calculated, number: int, names: Names, texts: Words) -> Sheet | None:
    """Return the sheet of a scenario's months, or None when it has none.

    ``names`` are the cells of the scenario's own sheet, which the formulas refer to.
    """
    say, lines = Say(texts), _monthly(found)
    if not lines:
        return None
    leases = _leases(found)
    formulas = Formulas(names.inputs.get, names.lines.get)
    months = range(len(lines[0].amounts))
    columns = _line_columns(lines, say)
    cells = [[_line_cell(line, month, formulas, names, say) for line in lines] for month in months]
    title = say("months_title", name=found.name)
    groups = [(_LINES, title, columns, cells)]
    if leases:
        shown = _lease_columns(leases, say)
        together = len(shown) + len(columns) <= MOST_ACROSS
        kind = _LINES if together else _LEASES
        rents = [_rents(month, leases, shown, formulas, _Key(number, kind)) for month in months]
        if together:
            both = [[*own, *rest] for own, rest in zip(rents, cells, strict=True)]
            groups = [(_LINES, title, [*shown, *columns], both)]
        else:
            said = say("months_leases_title", name=found.name)
            groups.insert(0, (_LEASES, said, shown, rents))
    ids = count(1)
    tables = [
        table
        for kind, title, columns, cells in groups
        for table in _tables((kind, title), numbered(columns, ids, names), cells, found, names, say)
    ]
    note = say("months_loan_text" if leases is None else "months_text")
    name = say("months_sheet", number=number, name=short(found.name))
    return Sheet("scenario_months", name, title, (Paragraph(note), *tables), annex=True)


def months_legend(found: Calculated, names: Names, texts: Words) -> Table | None:
    """Return what the columns of the months are made of, for the scenario's own sheet."""
    say, lines = Say(texts), _monthly(found)
    if not lines:
        return None
    leases = _leases(found) or []
    columns = [*(_lease_columns(leases, say) if leases else []), *_line_columns(lines, say)]
    return legend_table(found, columns, _lease_rows(leases), names, say)


def _line_columns(lines: Sequence[Line], say: Say) -> list[Column]:
    return [Column(line.key, titled(line.field, say), 9, ColumnKind.NUMBER) for line in lines]


@dataclass(frozen=True, slots=True)
class _Key:
    """Names the tables of a group of columns."""

    number: int
    kind: str

    def of(self, part: int) -> str:
        """Return the name of one of its tables."""
        return Names(self.number).table(f"{self.kind}_{part}" if part else self.kind)


def _parts(columns: int) -> list[tuple[int, int]]:
    """Return which columns stand in which table: one below the other, about equally many."""
    size = -(-columns // max(1, -(-columns // MOST_ACROSS)))
    return [(first, min(first + size, columns)) for first in range(0, columns, size or 1)]


def _tables(
    about: tuple[str, str],
    columns: list[Column],
    cells: list[list[Cell]],
    found: Calculated,
    names: Names,
    say: Say,
) -> Iterator[Table]:
    """Yield the tables of a group, each with the months before as many columns as print well."""
    kind, title = about
    parts = _parts(len(columns))
    notes = (say("months_note"),) if columns[0].key.startswith(LEASE) else ()
    for at, (first, last) in enumerate(parts):
        said, tab = (
            say("part", title=name, number=at + 1, of=len(parts)) if len(parts) > 1 else name
            for name in (title, say.texts(f"report_tabs.{kind}"))
        )
        rows = tuple(
            (*_when(month, found, names, say), *row[first:last]) for month, row in enumerate(cells)
        )
        head = _when_columns(found, say)
        yield Table("", said, (*head, *columns[first:last]), rows, "", say("months_source"),
                    notes, frozen_columns=1, key=_Key(names.number, kind).of(at), dense=True,
                    source_link=f"{names.table(LEGEND)}@1", tab=tab)  # fmt: skip


def _when_columns(found: Calculated, say: Say) -> tuple[Column, Column]:
    kind = ColumnKind.DATE if isinstance(_start(found), date) else ColumnKind.INTEGER
    return (
        Column("month", say("col_month"), 10.5, kind),
        Column("year", say("col_year_number"), 5, ColumnKind.INTEGER),
    )


def _when(month: int, found: Calculated, names: Names, say: Say) -> tuple[Cell, Cell]:
    """Return the first day of a month, or its number, and its year: live from the first row on.

    The first column says it where a date or count was changed that the rows do not follow.
    """
    year = Cell(month // 12 + 1, formula="" if not month else (
        f"{{year@{month - 11}}}+1" if month >= _YEAR else "{year@1}"))  # fmt: skip
    start = _start(found)
    if not isinstance(start, date):
        return while_frozen(
            Cell(month + 1, formula=f"{{month@{month}}}+1" if month else ""), names, say
        ), year
    place = names.inputs.get(Place(_START))
    first = f"{{{place[0]}}}" if place else ""
    day = add_months(within_reach(start), month)
    when = Cell(day, formula=f"EDATE({{month@1}},{month})" if month else first)
    return while_frozen(when, names, say), year


def _start(found: Calculated) -> InputValue:
    """Return the day from which months count, None where they are numbered only."""
    begins = found.result.settled.get(_START)
    return begins.value if begins is not None else None


def _leases(found: Calculated) -> Leases | None:
    """Return each lease's rent by month; None where the income comes from no rent roll."""
    if CONTRACTS.key not in found.result:
        return None
    return rents_by_month(Values(found.model.inputs, found.result.settled))


def _lease_rows(leases: Leases) -> list[int]:
    """Return the rows among the inputs of the leases with a column of their own.

    One without rent in any month, which names no row, keeps the place that it has here.
    """
    rows = []
    for at, (_, rents) in enumerate(leases[:MOST_LEASES], start=1):
        first = next((rent for rent in rents if rent is not ZERO), ZERO)
        rows.append(next((p.index for p in places(first) if p.key == _INPUT and p.index), at))
    return rows


def _lease_columns(leases: Leases, say: Say) -> list[Column]:
    names = _lease_names(leases, say)
    return [
        *(Column(f"{LEASE}{n}", with_unit(name, CONTRACTS, say), 9, ColumnKind.NUMBER, 4)
          for n, name in enumerate(names, 1)),
        Column(ALL, titled(CONTRACTS, say), 9, ColumnKind.NUMBER, 4),
    ]  # fmt: skip


def _lease_names(leases: Leases, say: Say) -> list[str]:
    names = [name for name, _ in leases[:MOST_LEASES]]
    rest = len(leases) - len(names)
    return [*names, say("months_rest", count=rest)] if rest > 0 else names


def _rents(
    month: int, leases: Leases, columns: list[Column], formulas: Formulas, key: _Key
) -> list[Cell]:
    """Return the rent of each lease in a month, and of all of them."""
    rents = [terms[month] for _, terms in leases]
    cells = [_cell(rent, formulas) for rent in rents[:MOST_LEASES]]
    if rest := rents[MOST_LEASES:]:
        cells.append(_sum_cell(rest))
    return [*cells, _sum_cell(rents, _total(month, columns, key))]


def _total(month: int, columns: list[Column], key: _Key) -> str:
    """Return the formula of a month's rent over the leases of all tables."""
    spans = []
    for part, (first, last) in enumerate(_parts(len(columns))):
        mine = [column.key for column in columns[first:last] if column.key != ALL]
        if mine:
            ends = (f"{{{key.of(part)}!{each}@{month + 1}}}" for each in (mine[0], mine[-1]))
            spans.append(":".join(ends))
    return f"SUM({','.join(spans)})"


def _sum_cell(rents: list[Term], formula: str = "") -> Cell:
    if any(rent.value is None for rent in rents):
        return UNKNOWN
    value = sum((rent.value or Decimal(0) for rent in rents), Decimal(0))
    return Cell(shown_number(value, CONTRACTS), formula=formula, decimals=4)


def _cell(rent: Term, formulas: Formulas) -> Cell:
    if rent is ZERO:
        return NOT_APPLICABLE
    if rent.value is None:
        return UNKNOWN
    value = shown_number(rent.value, CONTRACTS)
    return Cell(value, formula=formulas.of(rent, CONTRACTS), decimals=4)


def _line_cell(line: Line, month: int, formulas: Formulas, names: Names, say: Say) -> Cell:
    amount = line.amounts[month]
    if amount is ZERO:  # no loan left, no lease that ends: so the dates and counts decide
        return while_frozen(Cell(Decimal(0)), names, say)
    if amount.value is None:
        return UNKNOWN
    return Cell(shown_number(amount.value, line.field), formula=formulas.of(amount, line.field))
