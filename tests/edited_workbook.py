"""A report as a workbook whose cells a reader changes: assembled once, saved with each change."""

from copy import copy
from pathlib import Path

from openpyxl import Workbook

from tests.report_rig import texts
from workbench.application.ports import Silent
from workbench.excel.in_memory import saved_in_memory
from workbench.excel.sheets.assembly import assemble


class EditedWorkbook:
    """A report's workbook; what was changed for one file is put back before the next."""

    def __init__(self, report, said=None):
        self.report, self.book = report, Workbook()
        self.written = assemble(self.book, report, said or texts(), Silent())
        self.places = {place.table.name: place for place in self.written.tables}
        self._was = {}

    def cell(self, table, column, row):
        place = table if hasattr(table, "sheet") else self.places[table]
        return self.book[place.sheet][place.address(column, row)]

    def put(self, cell, value):
        self._was.setdefault(cell, (cell._value, cell.data_type, copy(cell._style)))
        cell.value = value

    def save(self, target):
        Path(target).write_bytes(saved_in_memory(self.book).getvalue())
        for sheet in self.book:
            sheet._hyperlinks.clear()  # each saving collects them anew
        for cell, (value, kind, style) in self._was.items():
            cell._value, cell.data_type, cell._style = value, kind, style
        self._was.clear()


_newest = []


def edited(report):
    """The workbook of a report, kept while the same report is asked for."""
    if not (_newest and _newest[0].report is report):
        _newest[:] = [EditedWorkbook(report)]
    return _newest[0]
