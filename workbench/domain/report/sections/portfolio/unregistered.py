# SPDX-License-Identifier: MIT
"""附表E-23 of a portfolio: assets that are or may be burdened, though no record says by what."""

from collections.abc import Iterator

from workbench.domain.figures.encumbrances import is_burdened, is_in_force, of_kinds
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.links import to_record
from workbench.domain.report.sections.live.burdens import FLAGS, assets_of, burden, rows_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.parks import say

UNREGISTERED = "unregistered"
"""By what formulas find the table; its columns are called like the ledger's own flags."""


def unregistered_table(m: Material) -> Table | None:
    """Return which assets have no record of the amount for which they are burdened.

    None where the park has no record of a limit at all: then all its amounts are 待核.
    """
    if "encumbrance" not in m.annex:
        return None
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", m.words("report_steps.col_asset"), 24),
        *(Column(k, m.words(f"report_live.{k}"), 13, ColumnKind.ORDINAL) for k in FLAGS),
    )
    rows = tuple(_row(m, asset, number) for number, asset in enumerate(assets_of(m), start=1))
    return Table(
        m.table_no("E-23"), say(m, "table.unregistered"), columns, rows,
        source_line=m.say("source.ledger"), notes=(say(m, "note.unregistered"),),
        key=UNREGISTERED, dense=True,
    )  # fmt: skip


def count_unregistered(m: Material, flag: str) -> int:
    """Return how many assets of a park have no record of what a flag says, or may say."""
    return sum(_is_unregistered(m, asset, flag) for asset in assets_of(m))


def _row(m: Material, asset: Record, number: int) -> Row:
    return to_record(Cell(number), asset, m), Cell(m.name_of(asset)), *_cells(m, asset)


def _cells(m: Material, asset: Record) -> Iterator[Cell]:
    for flag, kinds in FLAGS.items():
        own, states = burden(asset, flag, m), ",".join(rows := rows_of(m, asset, kinds))
        counted = f"IF(COUNT({states})<{len(rows)},0,IF(SUM({states})>0,0,1))" if rows else "1"
        formula = f"IF({own}=0,0,{counted})" if own else ""
        yield Cell(int(_is_unregistered(m, asset, flag)), formula=formula)


def _is_unregistered(m: Material, asset: Record, flag: str) -> bool:
    """Tell whether an asset is or may be burdened, and no record is or may be what burdens it."""
    kinds, reading, scope = FLAGS[flag], m.reading, m.whole
    if is_burdened(reading, scope, asset, kinds, flag, ask=False) is False:
        return False
    rows = of_kinds(reading, scope.encumbrances_on(asset), kinds)
    return all(is_in_force(reading, row, scope.as_of) is False for row in rows)
