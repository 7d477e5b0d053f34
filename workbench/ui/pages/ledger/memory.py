# SPDX-License-Identifier: MIT
"""What a ledger table remembers while its page is made anew: layout, view, cursor, selection."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.ui.models.asset_columns import REGISTER
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.widgets.grid.layout import GridLayout
from workbench.ui.widgets.grid.view import GridView

Corner = tuple[str, str, str]
"""Entity, key and column of a cell."""


@dataclass(frozen=True, slots=True)
class Place:
    """The current cell, the other corner of its block, and the first row in sight."""

    current: Corner
    anchor: Corner
    top: int


@dataclass(frozen=True, slots=True)
class SheetMemory:
    """How a table stood; it names columns and records, never words or pixels."""

    layout: GridLayout
    view: str
    place: Place | None
    words: str


@dataclass(frozen=True, slots=True)
class LedgerMemory:
    """Which table was shown, and how each table stood."""

    table: str = REGISTER
    tree: bool | None = None
    sheets: Mapping[str, SheetMemory] = field(default_factory=dict)


def place_of(grid: GridView, model: LedgerTable) -> Place | None:
    """Return where a table's cursor and selection stand, None for nowhere."""
    row, column = grid.current_cell()
    current = _corner(model, row, column)
    if current is None:
        return None
    top, left, bottom, right = grid.selected_blocks()[-1]
    opposite = (bottom if row == top else top, right if column == left else left)
    height = max(grid.verticalHeader().defaultSectionSize(), 1)
    return Place(
        current, _corner(model, *opposite) or current, grid.verticalScrollBar().value() // height
    )


def return_to(grid: GridView, model: LedgerTable, place: Place) -> bool:
    """Put cursor, selection and scroll back; False when the record is not shown."""
    current = _cell(model, place.current)
    alone = place.anchor == place.current
    anchor = current if alone else _cell(model, place.anchor)
    if current is None:
        return False
    grid.go_to(*(anchor or current))
    grid.go_to(*current, extend=True)
    height = grid.verticalHeader().defaultSectionSize()
    grid.verticalScrollBar().setValue(place.top * height)
    return True


def _corner(model: LedgerTable, row: int, column: int) -> Corner | None:
    record = model.record_at(row) if row >= 0 else None
    if record is None:
        return None
    return record.entity, record.key, model.columns()[column].key


def _cell(model: LedgerTable, corner: Corner) -> tuple[int, int] | None:
    entity, key, column = corner
    row = model.row_of(entity, key)
    known = any(declared.key == column for declared in model.columns())
    return None if row is None or not known else (row, model.column_number(column))
