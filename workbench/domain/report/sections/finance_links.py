# SPDX-License-Identifier: MIT
"""Cells of sheet 7 that repeat a line of a scenario's own sheet, by a formula that leads there."""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.display import shown_number
from workbench.domain.finance.results import Line
from workbench.domain.finance.terms import ZERO, LineAt
from workbench.domain.report.model import Cell, CellState
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money import name_lines
from workbench.domain.report.sections.money_words import Calculated, Names


class Linked:
    """One scenario, with the cells of its own sheet."""

    def __init__(self, m: Material, found: Calculated) -> None:
        self.found = found
        self._names = Names(number_of(m, found))
        name_lines(found, self._names)

    def known(self, keys: Sequence[str]) -> bool:
        """Tell whether every amount of some lines is known, and no error stands in the way."""
        amounts = [value for key in keys for value in self.found.result.line(key).values]
        return not self.found.result.failed and None not in amounts

    def year(self, key: str, period: int = 0, state: CellState = CellState.FORECAST) -> Cell:
        """Return a line's known amount in one year; 0 where the line has none."""
        line = self.found.result.line(key)
        amount = line.amounts[period]
        if amount is ZERO or amount.value is None:
            return Cell(Decimal(0), state)
        place, field = self._names.lines[LineAt(key, period)]
        return Cell(shown_number(amount.value, field), state, f"{{{place}}}")

    def net(self, lines: Sequence[Line], period: int) -> str:
        """Return the formula of what cash lines leave in one year, in 万元."""
        terms = [
            ("+" if line.sign > 0 else "-") + cell.formula
            for line in lines
            if (cell := self.year(line.key, period)).formula
        ]
        return "".join(terms).removeprefix("+") or "0"

    def total(self, key: str) -> Cell:
        """Return the known sum of a cash line over its years."""
        line = self.found.result.line(key)
        place = self._names.totals[key]
        value = shown_number(line.total or Decimal(0), line.field)
        return Cell(value, CellState.FORECAST, f"{{{place}}}")


def number_of(m: Material, found: Calculated) -> int:
    """Return the number of a scenario in its report, by which its tables are named."""
    return next(at for at, each in enumerate(m.scenarios, start=1) if each is found)


def number(cell: Cell) -> Decimal:
    """Return the number of a cell that is known to have one."""
    return cell.number or Decimal(0)
