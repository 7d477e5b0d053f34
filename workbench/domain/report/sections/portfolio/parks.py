# SPDX-License-Identifier: MIT
"""The parks of a portfolio, in the order in which they need attention, and their columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import east_asian_width

from workbench.domain.indicators.indicator import Band
from workbench.domain.report.model import Cell, Column, ColumnKind
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Material

RATED = (Band.RED, Band.YELLOW, Band.GREEN, Band.PENDING)
_HEAD, _TAIL = 10, 8
"""Of a long name, what a chart or a row of a list has room for; a Chinese letter counts two."""
MANY = 12
"""Of more parks a table fills a page and more, and a chart has room for their numbers only."""
_NAMED_PARKS = 3
"""Of how many parks a sentence says the names."""
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


def told_apart(parks: Sequence[ParkMaterial]) -> list[ParkMaterial]:
    """Return the parks, those of one name called by their code too, or by their place here."""
    counts = Counter(each.material.park_name for each in parks)
    found = []
    for at, each in enumerate(parks, start=1):
        m, name = each.material, each.material.park_name
        if counts[name] > 1:
            park = m.whole.park
            mark = (park.text("code") if park else None) or str(at)
            called = say(m, "same_name", name=name, mark=mark)
            each = replace(each, material=replace(m, called=called))
        found.append(each)
    return found


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


def short_name(m: Material) -> str:
    """Return the name of a park, of a long one its two ends: numbers and codes stand last."""
    name = m.park_name
    if _width(name) <= _HEAD + _TAIL:
        return name
    head, tail = _fitting(name, _HEAD), _fitting(name[::-1], _TAIL)[::-1]
    return f"{head.rstrip()}…{tail.lstrip()}"


def short_cell(m: Material) -> Cell:
    """Return the short name of a park: for charts and rows that have its number."""
    return words(short_name(m))


def named_parks(parks: Sequence[Material], numbers: Sequence[int]) -> str:
    """Return the numbers of parks, of few their names too."""
    m = parks[0]
    if len(numbers) == len(parks) > 1:
        return say(m, "every_park")
    if len(numbers) > _NAMED_PARKS:
        return m.say("comma").join(map(str, numbers))
    return m.say("comma").join(f"{at} {short_name(parks[at - 1])}" for at in numbers)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def _fitting(text: str, room: int) -> str:
    """Return the first letters that fit into a width."""
    end = next((n for n in range(1, len(text) + 1) if _width(text[:n]) > room), len(text) + 1)
    return text[: end - 1]
