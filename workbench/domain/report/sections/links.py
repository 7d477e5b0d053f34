# SPDX-License-Identifier: MIT
"""Where figures lead to inside the workbook: to how they were made, and to the rows behind them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.indicators.indicator import IndicatorValue
from workbench.domain.records.ledger import Record
from workbench.domain.references import Source
from workbench.domain.report.model import UNKNOWN, Cell
from workbench.domain.report.sections.cells import of_field
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material

INDICATORS, TRACES = "indicators", "traces"
"""By what links find the tables of the indicators and of what they were computed from."""
CALC_SPACE, CALC_LAND, CALC_LEASES = "calc_space", "calc_land", "calc_leases"
"""By what formulas find the tables of the calculation."""
AS_OF_TABLE = "as_of"
"""By what formulas find the as-of date."""
IN_FORCE, BURDENED = "in_force", "burdened"
"""By what formulas find which encumbrances are in force, and which assets they burden."""
SPACE, WHOLE = ("rentable", "let", "own", "lent", "vacant"), "whole"
"""The areas of a building in the calculation; the column that says, by 1, that all are known."""
PUBLICATIONS = "publications"
"""By what links find the table of the publications that are quoted."""
PARAMETERS = "parameters"
"""By what formulas find the table of the policy parameters."""
DIAGNOSIS = "diagnosis"
"""By what formulas find the table of the distress types."""
_WHERE = {"lease": "where.annex_b", "encumbrance": "where.annex_c"}
"""The annexes of what is not in annex A, by their letters: a long annex takes several sheets."""


def records_key(entity: str) -> str:
    """Return by what links find the rows of an entity's records."""
    return f"records_{entity}"


def to_record(cell: Cell, record: Record, m: Material) -> Cell:
    """Return a cell that leads to the row of a record in its annex."""
    listing = m.annex.get(record.entity)
    row = listing.rows.get(record.key) if listing else None
    return replace(cell, link=f"{records_key(record.entity)}@{row}") if row else cell


def publication_link(m: Material, cited: Iterable[Source]) -> str:
    """Return a link to the row of 表10-3 that has the first of some sources, "" without any."""
    first = next((source.id for source in cited), "")
    rows = {key: row for row, key in enumerate(m.content.sources, start=1)}
    return f"{PUBLICATIONS}@{rows[first]}" if first in rows else ""


def from_indicator(cell: Cell, id_: str, m: Material) -> Cell:
    """Return a cell that repeats an indicator, by a formula that leads to its table."""
    row = list(m.indicators).index(id_) + 1
    if cell.number is None and not m.live.indicator(id_):
        return replace(cell, link=f"{INDICATORS}@{row}")
    return replace(cell, formula=f"{{{INDICATORS}!ours@{row}}}")


def ledger_cell(record: Record, key: str, m: Material) -> Cell:
    """Return a field of a record as its annex shows it; numbers and dates by a formula."""
    cell = of_field(record, key, m.whole.ledger, m.language)
    listing = m.annex.get(record.entity)
    place = listing and listing.place(record.key, key)
    if not place or not (_is_counted(cell) or m.live.can_be_filled(record, key)):
        return cell
    return replace(cell, formula=guarded(f"{{{place}}}", m))


def _is_counted(cell: Cell) -> bool:
    return cell.number is not None or isinstance(cell.value, date)


def waiting_cell(formula: str, m: Material) -> Cell:
    """Return 待核 with the formula that gives a number once every cell in it is one."""
    return replace(UNKNOWN, formula=guarded(formula, m))


def live_cell(value: Decimal | None, m: Material, per: Decimal | int = 1) -> Cell:
    """Return a number that knows its cells, divided into its shown unit, with its formula."""
    return UNKNOWN if value is None else Cell(value / per, formula=m.live.row(value / per))


def column_range(table: str, key: str, rows: int) -> str:
    """Return all cells of a column of a table."""
    return column_part(table, key, 1, rows)


def column_part(table: str, key: str, first: int, last: int) -> str:
    """Return the cells of a column of a table from one row to another."""
    return f"{{{table}!{key}@{first}}}:{{{table}!{key}@{last}}}"


def read_from(
    m: Material, value: IndicatorValue, park_at: str = "sheet.assets"
) -> tuple[Cell, Cell]:
    """Return an indicator's id and whose records it was read from, how many, in which annex.

    ``park_at`` says where the park itself is described.
    The id leads to the records: LibreOffice does not break the lines of a text that leads on.
    """
    records: dict[str, set[str]] = {}
    for cell in value.trace.inputs:
        if cell.entity in m.scope.ledger.catalogue:
            records.setdefault(cell.entity, set()).add(cell.key)
    if not records:
        return Cell(value.id), Cell("—")
    catalogue = m.scope.ledger.catalogue
    parts = [
        m.say(
            "read_from",
            entity=catalogue[entity].title(m.language),
            count=len(keys),
            sheet=m.say(park_at if entity == "park" else _WHERE.get(entity, "where.annex_a")),
        )
        for entity, keys in records.items()
    ]
    first = next((entity for entity in records if entity != "park"), "")
    link = f"{records_key(first)}@1" if first else ""
    return Cell(value.id, link=link), Cell(m.say("comma").join(parts))
