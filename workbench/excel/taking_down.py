# SPDX-License-Identifier: MIT
"""Takes a workbook down once it is written, bit by bit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook


@contextmanager
def taken_down(workbook: "Workbook") -> Iterator["Workbook"]:
    """Give a workbook to be filled, and take its cells down afterwards.

    Cells and their sheet hold each other. Two million such objects are left to one search of the
    collector otherwise, in which the window stands still for seconds.
    """
    try:
        yield workbook
    finally:
        for sheet in workbook.worksheets:
            cells = sheet._cells  # noqa: SLF001  there is no other door to them
            for held in (cells, sheet.row_dimensions, sheet.column_dimensions):
                while held:  # one by one: other threads get their turn in between
                    held.popitem()
