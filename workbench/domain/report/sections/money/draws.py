# SPDX-License-Identifier: MIT
"""Every path of a simulation on a sheet of its own, so that what is read off them stays live."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.fields import Field
from workbench.domain.finance.measures import IRR, NPV
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Cell,
    Column,
    ColumnKind,
    Paragraph,
    Row,
    Sheet,
    Table,
)
from workbench.domain.report.sections.money.words import short, titled

if TYPE_CHECKING:
    from workbench.domain.finance.simulation import Simulation, Spread
    from workbench.domain.report.sections.money.study import Studied

ACROSS = 12
"""Paths side by side in one row."""
PER = {NPV.key: Decimal(10_000), IRR.key: Decimal("0.01")}
"""What one shown unit is, in 元 or as a fraction."""


def spreads_of(run: "Simulation") -> list[tuple[Field, "Spread"]]:
    """Return the answers that were simulated, with how they came out."""
    pairs = ((NPV, run.npv), (IRR, run.irr))
    return [(field, spread) for field, spread in pairs if spread is not None]


def paths_range(spread: "Spread", at: "Studied") -> str:
    """Return the range of an answer's paths as a formula writes it, "" where none are listed."""
    if not spread.values:
        return ""
    table, rows = _key(spread, at), math.ceil(len(spread.values) / ACROSS)
    return f"{{{table}!d1@1}}:{{{table}!d{ACROSS}@{rows}}}"


def draws_sheet(run: "Simulation | None", at: "Studied") -> Sheet | None:
    """Return the sheet of all paths, or None for no simulation or one of too many paths."""
    if run is None or not run.npv.values:
        return None
    columns = tuple(Column(f"d{n}", str(n), 11, ColumnKind.NUMBER) for n in range(1, ACROSS + 1))
    tables = [
        Table("", titled(field, at.say), columns, _rows(spread), key=_key(spread, at), dense=True)
        for field, spread in spreads_of(run)
    ]
    text = at.word("draws_text", paths=f"{run.paths:,}", seed=run.seed, across=ACROSS)
    name = at.word("draws_sheet", number=at.number, name=short(at.found.name))
    title = at.word("draws_title", name=at.found.name)
    return Sheet("scenario_draws", name, title, (Paragraph(text), *tables), annex=True)


def _key(spread: "Spread", at: "Studied") -> str:
    return at.names.table(f"draws_{spread.measure}")


def _rows(spread: "Spread") -> tuple[Row, ...]:
    cells = [_cell(value, PER[spread.measure]) for value in spread.values]
    cells += [NOT_APPLICABLE] * (-len(cells) % ACROSS)
    return tuple(tuple(cells[n : n + ACROSS]) for n in range(0, len(cells), ACROSS))


def _cell(value: float, per: Decimal) -> Cell:
    return Cell(exact(value, per)) if math.isfinite(value) else NOT_APPLICABLE


def exact(value: float, per: Decimal) -> Decimal:
    """Return a number of a path in the unit that is shown, with all its digits."""
    return Decimal(repr(value)) / per


def statistics(field: Field, spread: "Spread", at: "Studied", paths: int) -> Sequence[Cell]:
    """Return how one answer came out, from its mean to the share of paths below 0."""
    from workbench.domain.finance.simulation import PERCENTILES

    span, per = paths_range(spread, at), PER[field.key]
    made = [
        (exact(spread.mean, per), f"AVERAGE({span})"),
        (exact(spread.deviation, per), f"STDEV({span})" if spread.known > 1 else ""),
        (exact(spread.lowest, per), f"MIN({span})"),
        *(
            (exact(number, per), f"PERCENTILE({span},{Decimal(point) / 100})")
            for point, number in zip(PERCENTILES, spread.percentiles, strict=True)
        ),
        (exact(spread.highest, per), f"MAX({span})"),
        (exact(spread.below, Decimal("0.01")), f'COUNTIF({span},"<0")/COUNT({span})*100'),
        (Decimal(spread.unknown + spread.ambiguous), f"{paths}-COUNT({span})"),
    ]
    return [at.held(Cell(value, formula=formula if span else "")) for value, formula in made]
