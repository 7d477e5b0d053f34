# SPDX-License-Identifier: MIT
"""The parks of a portfolio, in the order in which they need attention, and their columns."""

from dataclasses import dataclass
from typing import Any

from workbench.domain.indicators.indicator import Band
from workbench.domain.report.model import Cell, Column, ColumnKind
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Material

RATED = (Band.RED, Band.YELLOW, Band.GREEN, Band.PENDING)
_LONGEST_NAME = 10
"""Letters of a park's name that a chart or a row of an annex has room for."""
BANDS = {band: band.name.lower() for band in RATED}


@dataclass(frozen=True)
class ParkMaterial:
    """One park of a portfolio: all results about it, and the SHA-256 of what they rest on."""

    material: Material
    digest: str

    @property
    def standing(self) -> tuple[int, int, int, str]:
        """Return by what parks are ranked: most red, then yellow, then least known, then name."""
        m = self.material
        red, yellow, _green, pending = (band_count(m, band) for band in RATED)
        return -red, -yellow, -pending, m.park_name


def band_count(m: Material, band: Band) -> int:
    """Return how many indicators of a park are in a band."""
    return sum(value.band is band for value in m.indicators.values())


def say(m: Material, key: str, **params: Any) -> str:
    """Return a text of the room ``report_portfolio``."""
    return m.words(f"report_portfolio.{key}", **params)


def no_column(m: Material) -> Column:
    """Return the column of running numbers."""
    return Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL)


def park_column(m: Material) -> Column:
    """Return the column of the parks' names."""
    return Column("park", say(m, "col.park"), 24)


def park_cell(m: Material) -> Cell:
    """Return the name of a park."""
    return words(m.park_name)


def short_cell(m: Material) -> Cell:
    """Return the name of a park, a long one cut off: for charts and rows that have its number."""
    name = m.park_name
    return words(name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…")
