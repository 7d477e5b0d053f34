# SPDX-License-Identifier: MIT
"""附表E-6: what each record adds to the long sums behind the figures."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.report.model import BLANK, SUM, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.annex_layout import Listing
from workbench.domain.report.sections.cells import figure, words
from workbench.domain.report.sections.links import to_record
from workbench.domain.report.sections.live.columns import Added, Working, working_key
from workbench.domain.report.sections.live.formulas import Role
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material

_WIDTH = 14
_MOST_BESIDE = 11
"""Columns beyond which a table has a sheet of its own: beside it the others would print too small
to read.
"""
_FIRST = ("E-6", "E-6-1")
_ORDER = (Role.ABOVE, Role.BELOW, Role.WEIGHT, Role.SUM)


def working_tables(m: Material) -> list[Table]:
    """Return one table per entity whose records are added up for a figure."""
    used = [(each, own) for each in m.annex.values() if (own := m.live.columns(each.entity.key))]
    return [
        _table(m, each, own, f"E-6-{number}" if len(used) > 1 else "E-6")
        for number, (each, own) in enumerate(used, start=1)
    ]


def _table(m: Material, listing: Listing, own: list[Working], number: str) -> Table:
    t = m.words
    entity = listing.entity.title(m.language)
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", entity, 24),
        *(Column(w.key, _title(m, w), _WIDTH, ColumnKind.NUMBER, total=SUM) for w in own),
    )
    decided = [m.live.unmoved.common(w.figures) for w in own]
    rows: list[Row] = []
    for place, record in enumerate(listing.records, start=1):
        cells = (w.cells.get(record.key) for w in own)
        rows.append(
            (
                to_record(Cell(place), record, m),
                words(m.name_of(record)),
                *(
                    BLANK if added is None else _cell(m, added, flags)
                    for added, flags in zip(cells, decided, strict=True)
                ),
            )
        )
    is_apart = len(own) > _MOST_BESIDE
    # said once for all tables of the sheet
    notes = ["note", "note_cleared"] if is_apart or number in _FIRST else []
    if listing.entity.key == "lease":
        notes.append("note_leases")
    if not m.scope.whole_park:
        notes.append("star")
    return Table(
        m.table_no(number),
        t("report_workings.table", entity=entity),
        columns,
        tuple(rows),
        t("report_workings.unit"),
        m.say("source.ledger"),
        notes=tuple(t(f"report_workings.{key}") for key in notes),
        total_label=m.say("total"),
        frozen_columns=2,
        key=working_key(listing.entity.key),
        apart=is_apart,
        dense=True,
        tab=entity,
    )


def _cell(m: Material, added: Added, flags: Sequence[str]) -> Cell:
    """Return what a record adds, 待核 once what decides all figures of its column has changed."""
    return replace(figure(added.value), formula=while_0(m, flags, _formula(m, added)))


def _formula(m: Material, added: Added) -> str:
    """Return what a record adds; 0 where its condition does not hold, 待核 where that is open."""
    unknown = f'"{m.say("to_verify")}"'
    amount = guarded(added.formula, m) if added.formula else unknown
    if not added.condition:
        return amount
    return f"IF({added.condition}=1,{amount},IF({added.condition}=0,0,{unknown}))"


def _title(m: Material, working: Working) -> str:
    """Return which figures a column is above or below the line of."""
    parts = []
    for role in _ORDER:
        if names := working.used.get(role):
            said = m.say("comma").join(names)
            parts.append(m.words(f"report_workings.{role}", names=said))
    return m.say("semicolon").join(parts)
