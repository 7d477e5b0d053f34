# SPDX-License-Identifier: MIT
"""Where a value stands that no column holds: in the title, the line or the heading that says it."""

from bisect import bisect_right

from workbench.domain.tables.finder import Table
from workbench.domain.tables.letters import column_letter

_SHORTEST = 4
"""A shorter text stands in too many lines to be told from chance."""
Cell = tuple[int, str]
"""A cell's row number in its sheet and its column's letter."""


class Places:
    """Finds the cells beside the rows of one table that say what its rows are told."""

    def __init__(self, table: Table) -> None:
        sheet = table.sheet
        self._left = sheet.left
        # On a card or a sheet turned round a row of the table is no row of the sheet.
        self._rows = {} if table.places is not None else dict(table.rows)
        self._lines = [
            (sheet.top + at, row)
            for at, row in enumerate(sheet.rows)
            if self._rows and sheet.top + at not in self._rows
        ]
        self._known: dict[str, list[Cell]] = {}

    def __contains__(self, row: int) -> bool:
        """Tell whether a row of the sheet is one of the table's."""
        return row in self._rows

    def of(self, raw: str, row: int) -> Cell:
        """Return the cell that says a row's text: the nearest line above it, else one of the row.

        The row with "" where no cell of the sheet says it: its name or the file's does.
        """
        if len(raw) >= _SHORTEST:
            said = self._known.get(raw)
            if said is None:
                said = self._known[raw] = self._saying(raw)
            if at := bisect_right(said, (row, "")):
                return said[at - 1]
        cells = self._rows.get(row, [])
        if raw and raw in cells:
            return row, column_letter(cells.index(raw) + self._left)
        return row, ""

    def _saying(self, raw: str) -> list[Cell]:
        """Return the cells of no record that hold a text, whatever spaces stand in it."""
        words = "".join(raw.split())
        return [
            (number, column_letter(at + self._left))
            for number, row in self._lines
            for at, cell in enumerate(row)
            if isinstance(cell, str) and words in "".join(cell.split())
        ]
