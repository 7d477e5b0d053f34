# SPDX-License-Identifier: MIT
"""The computed figures of every asset of a large park in little memory, for sorting and subtotals.

Computing them takes seconds for 100,000 assets; kept as numbers of nine decimals they take six
megabytes. What a cell shows is always computed from the records themselves.
"""

from array import array
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from workbench.domain.records.ledger import Record
from workbench.ui.models.asset_figures import BURDENS, NO_FIGURES, AssetFigures
from workbench.ui.models.problems import Key

NUMBERS = ("floor_area", "far", "occupancy", "rent", "years_left", "rentable")
_DECIMALS = 9
_UNKNOWN = -(2**63)
_MOST = 2**63 - 1
FigureKey = int | None
"""A number in thousand-millionths, or a mask of burdens; None is unknown or nothing."""


def figure_key(name: str, figures: AssetFigures) -> FigureKey:
    """Return what sorts an asset by one of its figures."""
    if name == "burdens":
        return sum(1 << BURDENS.index(burden) for burden in figures.burdens) or None
    value = getattr(figures, name)
    return None if value is None else scaled(value)


def scaled(value: Decimal) -> int:
    """Return a number as the keys are kept."""
    return min(max(int(value.scaleb(_DECIMALS).to_integral_value()), -_MOST), _MOST)


def unscaled(key: int) -> Decimal:
    """Return the number of a key."""
    return Decimal(key).scaleb(-_DECIMALS)


def burdens_of(mask: int) -> tuple[str, ...]:
    """Return the burdens of a mask."""
    return tuple(name for at, name in enumerate(BURDENS) if mask >> at & 1)


class _Block:
    """The figures of the assets of one kind."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.columns = {name: array("q") for name in (*NUMBERS, "burdens")}

    def take(self, key: str, figures: AssetFigures) -> None:
        self.keys.append(key)
        for name, column in self.columns.items():
            found = figure_key(name, figures)
            column.append(_UNKNOWN if found is None else found)

    @cached_property
    def place(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.keys)}

    def get(self, name: str, at: int) -> FigureKey:
        found = self.columns[name][at]
        return None if found == _UNKNOWN else found


class KeptFigures:
    """The figures of one pass over a park; ``take`` is called once for each record."""

    def __init__(self) -> None:
        self._blocks: dict[str, _Block] = {}

    def take(self, record: Record, figures: AssetFigures) -> None:
        """Keep the figures of an asset."""
        if figures is not NO_FIGURES:
            self._blocks.setdefault(record.entity, _Block()).take(record.key, figures)

    def keys(
        self,
        name: str,
        records: Sequence[Record],
        stale: Collection[Key],
        compute: Callable[[Record], AssetFigures],
    ) -> list[FigureKey]:
        """Return what sorts records by a figure; stale and new ones are computed."""
        found: list[FigureKey] = []
        for record in records:
            block = self._blocks.get(record.entity)
            at = None if block is None else block.place.get(record.key)
            if block is None or at is None or (record.entity, record.key) in stale:
                found.append(figure_key(name, compute(record)))
            else:
                found.append(block.get(name, at))
        return found

    def figures_of(self, record: Record) -> AssetFigures | None:
        """Return the figures that were kept of an asset, numbers only; None for a new one."""
        block = self._blocks.get(record.entity)
        at = None if block is None else block.place.get(record.key)
        if block is None or at is None:
            return None
        keys = [block.get(name, at) for name in NUMBERS]
        floor, far, occupancy, rent, years, rentable = (
            None if key is None else unscaled(key) for key in keys
        )
        return AssetFigures(floor, far, occupancy, rentable=rentable, rent=rent, years_left=years)


class Figures(Protocol):
    """What a park's state computes of its assets."""

    def figures_of(self, record: Record, /) -> AssetFigures:
        """Return an asset's figures."""

    def number_figures_of(self, asset: Record, /) -> AssetFigures:
        """Return its numbers as quickly as they can be had, to nine decimals."""

    def figure_keys(self, name: str, records: Sequence[Record], /) -> list[FigureKey] | None:
        """Return what sorts assets by a figure; None while a large park is gone through."""


class NoFigures:
    """Stands for the figures before any park is shown."""

    def figures_of(self, _asset: Record) -> AssetFigures:
        """Return figures that are all unknown."""
        return NO_FIGURES

    def number_figures_of(self, _asset: Record) -> AssetFigures:
        """Return the same, for subtotals."""
        return NO_FIGURES

    def figure_keys(self, _name: str, records: Sequence[Record]) -> list[FigureKey] | None:
        """Return that each is unknown."""
        return [None] * len(records)
