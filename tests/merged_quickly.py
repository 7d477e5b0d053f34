"""Merged cells of workbooks that tests read get their looks as openpyxl gives them, but faster."""

from contextlib import contextmanager
from copy import copy

import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange

format_for_real = MergedCellRange.format
"""What openpyxl itself does, for the test that both do the same."""


@contextmanager
def merged_quickly():
    """Within it openpyxl looks a border and a protection up once for cells that had the same.

    It compares and adds them anew for each cell: nearly half the time of reading a report.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MergedCellRange, "format", _format)
        yield


def _format(self):
    known = self.ws.parent.__dict__.setdefault("_merged_looks", {})
    first = _cell(self, (self.min_row, self.min_col))
    for name in ("top", "left", "right", "bottom"):
        look = name, first._style.borderId
        if look not in known:
            side = getattr(self.start_cell.border, name)
            known[look] = None if side and side.style is None else Border(**{name: side})
        if known[look] is None:
            continue
        for at in getattr(self, name):
            cell = _cell(self, at)
            before = *look, cell._style.borderId
            if before not in known:
                cell.border += known[look]
                known[before] = cell._style.borderId
            cell._style.borderId = known[before]
    protected = first._style.protectionId
    for at in self.cells:
        cell = _cell(self, at)
        if protected not in known:
            cell.protection = copy(self.start_cell.protection)
            known[protected] = cell._style.protectionId
        cell._style.protectionId = known[protected]


def _cell(merged, at):
    """The cell of a merged range, which is made where there is none."""
    cells = merged.ws._cells
    if at not in cells:
        row, column = at
        cells[at] = MergedCell(merged.ws, row=row, column=column)
    if cells[at]._style is None:
        cells[at]._style = StyleArray()  # as openpyxl does when it first sets a look
    return cells[at]
