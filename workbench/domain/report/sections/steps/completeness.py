# SPDX-License-Identifier: MIT
"""附表E-11: of how many records each field is asked and filled in, of which I-52 is the share."""

from workbench.domain.indicators.ledger import Filled, filled_fields
from workbench.domain.report.model import SUM, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import say, to_verify

COMPLETENESS = "completeness"
FILLED = "I-52"
_WRITTEN_OUT = 8
"""So many records of the assessed assets are asked one by one."""


def completeness_formula(m: Material) -> str:
    """Return the share of the fields that are filled in, in percent."""
    count = len(filled_fields(m.scope, m.reading))
    filled, asked = (column_range(COMPLETENESS, key, count) for key in ("filled", "applicable"))
    return f"SUM({filled})/SUM({asked})*100"


def completeness_table(m: Material) -> Table | None:
    """Return 附表E-11, or None when there is nothing to fill in."""
    value = m.indicators.get(FILLED)
    if value is None or value.value is None:
        return None
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("entity", say(m, "col_entity"), 24),
        Column("field", m.say("col.field"), 26),
        Column("applicable", say(m, "col_applicable"), 13, ColumnKind.INTEGER, total=SUM),
        Column("filled", say(m, "col_filled"), 13, ColumnKind.INTEGER, total=SUM),
    )
    fields = filled_fields(m.scope, m.reading)
    return Table(
        m.table_no("E-11"), say(m, "table_completeness"), columns,
        tuple(_row(m, each, number) for number, each in enumerate(fields, start=1)),
        source_line=m.say("source.ledger"), notes=(say(m, "note_completeness"),),
        total_label=m.say("total"), key=COMPLETENESS, dense=True,
    )  # fmt: skip


def _row(m: Material, each: Filled, number: int) -> Row:
    entity = m.whole.ledger.catalogue[each.entity]
    applicable, filled = _formulas(m, each)
    return (
        Cell(number),
        words(entity.title(m.language)),
        words(entity[each.field].title(m.language)),
        Cell(each.applicable, formula=applicable),
        Cell(each.filled, formula=filled),
    )


def _formulas(m: Material, each: Filled) -> tuple[str, str]:
    """Return the counts over the annex; "" where it has no such column, or many other records."""
    listing = m.annex.get(each.entity)
    table = listing.tables.get(each.field) if listing is not None else None
    if listing is None or table is None or not set(each.keys) <= set(listing.rows):
        return "", ""
    if len(each.keys) == len(listing.records):
        cells = column_range(table, each.field, len(listing.records))
        asked = f'ROWS({cells})-COUNTIF({cells},"—")'
        return asked, f"{asked}-COUNTIF({cells},{to_verify(m)})-COUNTBLANK({cells})"
    if len(each.keys) > _WRITTEN_OUT:
        return "", ""
    places = [f"{{{listing.place(key, each.field)}}}" for key in each.keys]
    applying = [f'({place}<>"—")' for place in places]
    filled = [
        f'{applies}*({place}<>{to_verify(m)})*({place}<>"")'
        for applies, place in zip(applying, places, strict=True)
    ]
    return "+".join(f"{applies}*1" for applies in applying), "+".join(filled)
