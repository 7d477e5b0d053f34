# SPDX-License-Identifier: MIT
"""Cells of many rows in little memory: what comes again and again in a column is kept once."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.fields import SCALE, Field
from workbench.domain.records.packed_columns import Column, ColumnPacker

_MOST_DIFFERENT = 10_000
"""A column with more values than these is names or numbers of its own: nothing is gained there."""


class Cells:
    """Makes a driver's rows packed ones.

    A choice, a date, a floor height, the area of a standard plant: of 100,000 rows they are a few
    hundred values. ``plain`` rows come with scaled integers and texts already.
    """

    def __init__(self, fields: Sequence[Field], *, plain: bool) -> None:
        scales = [] if plain else [SCALE.get(field.type) for field in fields]
        self._packers = [(at, _packer(scale)) for at, scale in enumerate(scales)]
        self._kept: list[tuple[int, dict[Any, Any]]] = [(at, {}) for at in range(len(fields))]
        self._columns = [ColumnPacker() for _ in fields]

    def of(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return a row's cells packed, each repeated one the same object as before."""
        cells = list(row)
        for at, packer in self._packers:
            cells[at] = packer(cells[at])
        for at, kept in self._kept:
            cell = cells[at]
            if cell is not None:
                cells[at] = kept.setdefault(cell, cell)
        return tuple(cells)

    def columns(self, rows: Sequence[Sequence[Any]]) -> tuple[Column, ...]:
        """Return neighbouring rows packed column by column."""
        turned = [list(column) for column in zip(*rows, strict=True)]
        for at, packer in self._packers:
            turned[at] = [packer(cell) for cell in turned[at]]
        pairs = zip(self._columns, turned, strict=True)
        return tuple(packer.column(column) for packer, column in pairs)

    def give_up(self) -> None:
        """Stop looking for repeated values in columns that have hardly any."""
        self._kept = [(at, kept) for at, kept in self._kept if len(kept) <= _MOST_DIFFERENT]


def _packer(scale: int | None) -> Callable[[Any], Any]:
    """Return what packs a cell of a driver that knows decimals and dates."""

    def packed(cell: Any) -> Any:
        if isinstance(cell, Decimal) and scale is not None:
            return int(cell.scaleb(scale))
        return cell.isoformat() if isinstance(cell, date) else cell

    return packed
