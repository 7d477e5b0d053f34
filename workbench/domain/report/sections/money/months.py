# SPDX-License-Identifier: MIT
"""The months of a scenario on a sheet of their own: rents, space let anew, loan schedules."""

from datetime import date
from decimal import Decimal

from workbench.domain.display import shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.figures.tenure import add_months
from workbench.domain.finance.building import Values
from workbench.domain.finance.inputs import InputValue
from workbench.domain.finance.models.lettings import CONTRACTS, rents_by_month
from workbench.domain.finance.rent_roll import within_reach
from workbench.domain.finance.results import Line
from workbench.domain.finance.terms import ZERO, LineAt, Term
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    Column,
    ColumnKind,
    Paragraph,
    Row,
    Sheet,
    Table,
)
from workbench.domain.report.sections.money.formulas import Formulas
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
_START = "start_on"
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
    table = Names(number).table("months")
    return {
        LineAt(line.key, month): (f"{table}!{line.key}@{month + 1}", line.field)
        for line in _monthly(found)
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
    rows = tuple(
        _row(month, found, lines, leases, formulas) for month in range(len(lines[0].amounts))
    )
    dated = isinstance(_start(found), date)
    columns = (
        Column("month", say("col_month"), 10.5,
               ColumnKind.DATE if dated else ColumnKind.INTEGER),
        Column("year", say("col_year_number"), 5, ColumnKind.INTEGER),
        *_lease_columns(leases, say),
        *(Column(line.key, titled(line.field, say), 9, ColumnKind.NUMBER)
          for line in lines),
    )  # fmt: skip
    title = say("months_title", name=found.name)
    note = "" if leases is None else say("months_note")
    table = Table("", title, columns, rows, "", note, frozen_columns=1,
                  key=Names(number).table("months"), dense=True)  # fmt: skip
    name = say("months_sheet", number=number, name=short(found.name)[:10])
    text = say("months_loan_text" if leases is None else "months_text")
    return Sheet("scenario_months", name, title, (Paragraph(text), table), annex=True)


def _start(found: Calculated) -> InputValue:
    """Return the day from which months count, None where they are numbered only."""
    begins = found.result.settled.get(_START)
    return begins.value if begins is not None else None


def _leases(found: Calculated) -> Leases | None:
    """Return each lease's rent by month; None where the income comes from no rent roll."""
    if CONTRACTS.key not in found.result:
        return None
    return rents_by_month(Values(found.model.inputs, found.result.settled))


def _lease_columns(leases: Leases | None, say: Say) -> list[Column]:
    if leases is None:
        return []
    names = _lease_names(leases, say)
    return [
        *(Column(f"lease{n}", with_unit(name, CONTRACTS, say), 9, ColumnKind.NUMBER, 4)
          for n, name in enumerate(names, 1)),
        Column("contracts", titled(CONTRACTS, say), 9, ColumnKind.NUMBER, 4),
    ]  # fmt: skip


def _lease_names(leases: Leases, say: Say) -> list[str]:
    names = [name for name, _ in leases[:MOST_LEASES]]
    rest = len(leases) - len(names)
    return [*names, say("months_rest", count=rest)] if rest > 0 else names


def _row(
    month: int,
    found: Calculated,
    lines: list[Line],
    leases: Leases | None,
    formulas: Formulas,
) -> Row:
    monthly = [_line_cell(line, month, formulas) for line in lines]
    start = _start(found)
    when = (
        Cell(add_months(within_reach(start), month))
        if isinstance(start, date)
        else Cell(Decimal(month + 1))
    )
    if leases is None:
        return (when, Cell(month // 12 + 1), *monthly)
    rents = [terms[month] for _, terms in leases]
    cells = [_cell(rent, formulas) for rent in rents[:MOST_LEASES]]
    if rest := rents[MOST_LEASES:]:
        cells.append(_sum_cell(rest))
    total = _sum_cell(rents, f"SUM({{lease1}}:{{lease{len(cells)}}})" if leases else "")
    return (when, Cell(month // 12 + 1), *cells, total, *monthly)


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


def _line_cell(line: Line, month: int, formulas: Formulas) -> Cell:
    amount = line.amounts[month]
    if amount is ZERO:
        return Cell(Decimal(0))
    if amount.value is None:
        return UNKNOWN
    return Cell(shown_number(amount.value, line.field), formula=formulas.of(amount, line.field))
