# SPDX-License-Identifier: MIT
"""Normalized values and what is kept beside them: raw text, raw unit, state and source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | Decimal | int | date | bool | tuple[str, ...]
"""A known normalized value: area in ㎡, money in 元, shares as fractions; unknown is None."""

MU_IN_M2 = Decimal(10000) / Decimal(15)
"""One 亩 in ㎡ (1 公顷 = 15 亩)."""


class ValueState(StrEnum):
    """The four things a ledger cell can be; zero is a known value, never one of the others."""

    KNOWN = "known"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a value was read: a stored source file, its sheet, row (1-based) and column letter."""

    source: str
    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What stands beside a normalized value: raw text, raw unit, state, qualifier and source."""

    raw: str | None = None
    unit: str | None = None
    state: ValueState = ValueState.KNOWN
    qualifier: str = ""
    source: SourceRef | None = None

    def at(self, source: SourceRef) -> "Origin":
        """Return the same origin, placed at a source."""
        return replace(self, source=source)


class KeptOrigins(Mapping[str, Origin]):
    """Origins that a store decodes late; ``ordinary`` says beforehand that no state is special."""

    __slots__ = ("ordinary",)

    ordinary: bool


def mu(area_m2: Decimal) -> Decimal:
    """Return an area of ㎡ in 亩."""
    return area_m2 / MU_IN_M2
