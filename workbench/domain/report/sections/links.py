# SPDX-License-Identifier: MIT
"""Where figures lead to inside the workbook: to how they were made, and to the rows behind them."""

from dataclasses import replace

from workbench.domain.indicators.indicator import IndicatorValue
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell
from workbench.domain.report.sections.material import Material

INDICATORS, TRACES = "indicators", "traces"
"""By what links find the tables of the indicators and of what they were computed from."""
_LATER = {"lease": "annex_b", "encumbrance": "annex_c"}
"""The annexes of what is not in annex A."""


def records_key(entity: str) -> str:
    """Return by what links find the rows of an entity's records."""
    return f"records_{entity}"


def to_record(cell: Cell, record: Record, m: Material) -> Cell:
    """Return a cell that leads to the row of a record in its annex."""
    row = m.annex_rows.get((record.entity, record.key))
    return replace(cell, link=f"{records_key(record.entity)}@{row}") if row else cell


def from_indicator(cell: Cell, id_: str, m: Material) -> Cell:
    """Return a cell that repeats a known indicator, by a formula that leads to its table."""
    row = list(m.indicators).index(id_) + 1
    if cell.number is None:
        return replace(cell, link=f"{INDICATORS}@{row}")
    return replace(cell, formula=f"{{{INDICATORS}!ours@{row}}}")


def read_from(m: Material, value: IndicatorValue) -> tuple[Cell, Cell]:
    """Return an indicator's id and whose records it was read from, how many, in which annex.

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
            sheet=_sheet_of(m, entity),
        )
        for entity, keys in records.items()
    ]
    first = next((entity for entity in records if entity != "park"), "")
    link = f"{records_key(first)}@1" if first else ""
    return Cell(value.id, link=link), Cell(m.say("comma").join(parts))


def _sheet_of(m: Material, entity: str) -> str:
    if entity == "park":
        return m.say("sheet.assets")
    return m.say(f"sheet.{_LATER.get(entity, 'annex_a')}")
