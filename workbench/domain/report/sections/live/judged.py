# SPDX-License-Identifier: MIT
"""What dates and words of a record make of it, counted by 1 and 0 in formulas over the annexes."""

from workbench.domain.records.ledger import Record
from workbench.domain.report.model import UNKNOWN, Cell, Column, ColumnKind, Table
from workbench.domain.report.sections.cells import of_field
from workbench.domain.report.sections.links import AS_OF_TABLE
from workbench.domain.report.sections.live.annex_cells import scale
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.values import ValueState

AS_OF_CELL = f"{{{AS_OF_TABLE}!day@1}}"


def as_of_table(m: Material) -> Table:
    """Return the as-of date, which decides what runs and what is in force."""
    day = m.whole.as_of
    same = f"{{day}}=DATE({day.year},{day.month},{day.day})"
    said, moved = m.words("report_live.as_written"), m.words("report_live.moved")
    return Table(
        m.table_no("E-0"),
        m.words("report_live.table_as_of"),
        (
            Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
            Column("name", m.say("col.item"), 24),
            Column("day", m.words("report_live.day"), 13, ColumnKind.DATE),
            Column("state", m.words("report_live.state"), 24),
        ),
        ((
            Cell(1),
            Cell(m.say("cover.as_of")),
            Cell(day),
            Cell(said, formula=f'IF({same},"{said}","{moved}")'),
        ),),
        notes=(m.words("report_live.note_as_of"),),
        key=AS_OF_TABLE,
        dense=True,
    )  # fmt: skip


def judged(truth: bool | None, formula: str) -> Cell:
    """Return 1, 0 or 待核 with its formula."""
    return (
        Cell(state=UNKNOWN.state, formula=formula)
        if truth is None
        else Cell(int(truth), formula=formula)
    )


def runs_formula(m: Material, lease: Record) -> str:
    """Return whether a lease runs on the as-of date, both its days included.

    It does not when it was terminated, has ended or not begun; without both days that is 待核.
    """
    ended, start, end = (place_of(m, lease, f) for f in ("terminated_on", "start_on", "end_on"))
    if not start or not end:
        return ""
    over = "+".join(f'COUNTIF({place},"<"&{AS_OF_CELL})' for place in (ended, end) if place)
    out = f'{over}+COUNTIF({start},">"&{AS_OF_CELL})>0'
    unknown = f'"{m.say("to_verify")}"'
    known = f"IF({out},0,IF(COUNT({start},{end})<2,{unknown},1))"
    return f"IF(COUNT({AS_OF_CELL})=0,{unknown},{known})"


def annex_cell(m: Material, record: Record, field: str) -> str:
    """Return a number of the annex as it is counted, 待核 while there is none, "" for no column."""
    place = place_of(m, record, field)
    if not place or record.state(field) is ValueState.NOT_APPLICABLE:
        return ""
    return guarded(f"{place}{scale(m.annex[record.entity].entity[field])}", m)


def word_of(m: Material, record: Record, field: str) -> str:
    """Return where a word stands, "" where it is an estimate, which the annex marks."""
    cell = of_field(record, field, m.whole.ledger, m.language)
    plain = record.state(field) is not ValueState.ESTIMATED and not cell.mark
    return place_of(m, record, field) if plain else ""


def place_of(m: Material, record: Record, field: str) -> str:
    """Return where an annex shows a field of a record, "" for nowhere."""
    listing = m.annex.get(record.entity)
    place = listing and listing.place(record.key, field)
    return f"{{{place}}}" if place else ""
