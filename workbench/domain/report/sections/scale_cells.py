# SPDX-License-Identifier: MIT
"""How large a park is, figure by figure, as a report of it and one of many parks show it."""

from dataclasses import replace
from decimal import Decimal

from workbench.domain.figures.scale import FIGURES, ScaleFigure, scale
from workbench.domain.figures.scope import Scope
from workbench.domain.report.model import UNKNOWN, Cell, CellState
from workbench.domain.report.sections.estimates import Cells, estimated_cells
from workbench.domain.report.sections.live.formulas import cells_of
from workbench.domain.workings import keeping


def scale_cells(scope: Scope) -> dict[str, Cell]:
    """Return the figures of a scope by their keys, in the units in which they are read.

    One that is made of an estimate is marked as one; unknown is 待核.
    """
    working, estimates = keeping.Working(scope), estimated_cells(scope.ledger)
    found = {}
    for key, each in scale(scope).items():
        cell = _cell(each)
        if isinstance(cell.value, Decimal) and _is_estimate(working.of(FIGURES[key]), estimates):
            cell = replace(cell, state=CellState.ESTIMATED)
        found[key] = cell
    return found


def _cell(found: ScaleFigure) -> Cell:
    """Return one figure; a count shows no decimals in a column of areas."""
    if found.shown is None:
        return UNKNOWN
    return Cell(int(found.shown), decimals=0) if found.is_count else Cell(found.shown)


def _is_estimate(number: Decimal | None, estimates: Cells) -> bool:
    """Tell whether one of the amounts that a number is made of is an estimate."""
    made_of = () if number is None else cells_of(number)
    return any((at.entity, at.key, at.field) in estimates for at in made_of)
