# SPDX-License-Identifier: MIT
"""How a typed text was understood, said only where it is not shown as it was typed."""

import unicodedata
from decimal import Decimal, InvalidOperation

from workbench.ui.texts import t
from workbench.ui.widgets.grid.protocol import Cell, GridColumn


def how_read(typed: str, column: GridColumn, cell: Cell) -> list[str]:
    """Return how a typed text was understood, nothing when it is shown as it was typed."""
    plain = unicodedata.normalize("NFKC", typed.strip()).replace(",", "")
    if not plain or not cell.text or plain in (cell.edit, cell.text):
        return []
    bare = plain.removesuffix("%") if column.unit == "%" else plain
    try:
        if Decimal(bare) == Decimal(cell.edit):
            return []
    except InvalidOperation:
        pass
    value = f"{_exactly(cell)} {column.unit}".strip()
    return [t("ledger.read_as", text=typed.strip(), value=value)]


def _exactly(cell: Cell) -> str:
    """Return a cell's text, or with all its decimals where the column rounds them away."""
    try:
        rounded = Decimal(cell.text.replace(",", "").replace("−", "-")) != Decimal(cell.edit)
    except InvalidOperation:
        return cell.text
    return cell.edit if rounded else cell.text
