# SPDX-License-Identifier: MIT
"""Where tables were written, and what waits until all of them are: formulas and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from workbench.domain.report.model import Table
from workbench.excel.cells import NAMED

if TYPE_CHECKING:
    from workbench.excel.cells import ExcelCell


_PARTS = NAMED.groups + 1
"""In so many parts a formula falls by each cell that it names: what is said of it, what follows."""


@dataclass(frozen=True)
class TablePlace:
    """Where a table was written; rows and columns are 1-based, ``last`` is the last data row."""

    sheet: str
    table: Table
    header: int
    first: int
    last: int
    column: int

    @cached_property
    def _letters(self) -> dict[str, str]:
        keys = (column.key for column in self.table.columns)
        return {key: get_column_letter(at) for at, key in enumerate(keys, start=self.column)}

    @cached_property
    def quoted(self) -> str:
        """Return the name of its sheet as formulas write it."""
        return quote_sheetname(self.sheet)

    def letter(self, key: str) -> str:
        """Return the letter of a column."""
        return self._letters[key]

    def address(self, key: str, row: int) -> str:
        """Return the address of a column in a data row, counted from 1."""
        return f"{self.letter(key)}{self.first + row - 1}"

    def cells(self, key: str) -> str:
        """Return the range of a column's data within the sheet."""
        letter = self.letter(key)
        return f"{letter}{self.first}:{letter}{self.last}"


@dataclass(frozen=True, slots=True)
class WaitingFormula:
    """A formula that names cells of tables which may not be written yet."""

    target: "ExcelCell"
    formula: str
    place: TablePlace
    row: int

    def settle(self, tables: Mapping[str, TablePlace]) -> None:
        """Write the formula with the addresses of the cells that it names.

        In a range on another sheet the name of the sheet stands once.
        """
        own = self.place
        begin, *named = NAMED.split(self.formula)
        texts = ["=", begin]
        for at in range(0, len(named), _PARTS):
            table, column, row, last, end, rest = named[at : at + _PARTS]
            place = tables[table] if table else own
            if place.sheet != own.sheet:
                texts += place.quoted, "!"
            texts.append(place.address(column, int(row)) if row else self._beside(place, column))
            if last:
                texts += ":", place.address(last, int(end))
            texts.append(rest)
        self.target.value = "".join(texts)

    def _beside(self, place: TablePlace, column: str) -> str:
        """Return a cell of the formula's own row, of another table the first one."""
        return f"{place.letter(column)}{self.row if place is self.place else place.first}"


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """A cell that leads to a row of a table which may not be written yet, or never is."""

    target: "ExcelCell"
    link: str

    def settle(self, tables: Mapping[str, TablePlace]) -> None:
        """Let the cell lead to the row, if its table is there."""
        name, _, row = self.link.partition("@")
        place = tables.get(name)
        if place is None:
            return
        at = f"{get_column_letter(place.column)}{place.first + int(row) - 1}"
        where = f"{place.quoted}!{at}"
        self.target.hyperlink = Hyperlink(ref=self.target.coordinate, location=where)


Waiting = WaitingFormula | WaitingLink
