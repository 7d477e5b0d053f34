# SPDX-License-Identifier: MIT
"""Cells of sheet 7 that repeat a line of a scenario's own sheet, by a formula that leads there."""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.display import shown_number
from workbench.domain.fields import Field
from workbench.domain.finance.results import Line
from workbench.domain.finance.terms import ZERO, LineAt, Place, Term
from workbench.domain.report.model import UNKNOWN, Cell, CellState
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.formulas import Formulas
from workbench.domain.report.sections.money.scenario import name_inputs, name_lines
from workbench.domain.report.sections.money.words import Calculated, Names


class Linked:
    """One scenario, with the cells of its own sheet."""

    def __init__(self, m: Material, found: Calculated) -> None:
        self.found = found
        self._names, self._texts = Names(number_of(m, found)), m.words
        name_lines(found, self._names)

    @property
    def place(self) -> str:
        """Return where the first line of the scenario's own sheet stands, for links."""
        table = next((at for at, _ in self._names.lines.values()), "").partition("!")[0]
        return f"{table}@1" if table else ""

    def made(self, number: Term, shown_in: Field) -> Cell:
        """Return a term that a line is made of, by a formula over the cells that it rests on."""
        if number.value is None:
            return UNKNOWN
        if not self._names.inputs:
            name_inputs(self.found, self._names, self._texts)
        names = self._names
        value = shown_number(number.value, shown_in)
        return Cell(value, formula=self._direct(number, shown_in) or Formulas(
            names.inputs.get, names.lines.get, names.unlisted).of(number, shown_in))  # fmt: skip

    def _direct(self, number: Term, shown_in: Field) -> str:
        """Return the cell that shows just this number, in the same unit, or ""."""
        label = number.label
        at = self._names.inputs.get(label) if isinstance(label, Place) else None
        at = self._names.lines.get(label) if isinstance(label, LineAt) else at
        return f"{{{at[0]}}}" if at and at[1].display_unit == shown_in.display_unit else ""

    def known(self, keys: Sequence[str]) -> bool:
        """Tell whether every amount of some lines is known, and no error stands in the way."""
        amounts = [value for key in keys for value in self.found.result.line(key).values]
        return not self.found.result.failed and None not in amounts

    def year(self, key: str, period: int = 0, state: CellState = CellState.FORECAST) -> Cell:
        """Return a line's known amount in one year; 0 where its cell says that there is none."""
        line = self.found.result.line(key)
        amount = line.amounts[period]
        place, field = self._names.lines[LineAt(key, period)]
        if amount is ZERO or amount.value is None:
            return Cell(Decimal(0), state, f"N({{{place}}})")
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
