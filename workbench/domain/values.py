# SPDX-License-Identifier: MIT
"""Normalized values and what is kept beside them: raw text, raw unit, state and source."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.overriding import override

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
        return Origin(self.raw, self.unit, self.state, self.qualifier, source)


class KeptOrigins(Mapping[str, Origin]):
    """Origins that a store decodes late, and of which it can say something without decoding."""

    __slots__ = ()

    @property
    @abstractmethod
    def ordinary(self) -> bool:
        """Tell whether no value is estimated or not applicable; False when that is not sure."""


class ChangedOrigins(KeptOrigins):
    """Origins of which some were changed; what they were made from is decoded as late as ever."""

    __slots__ = ("_ordinary", "changed", "unchanged")

    def __init__(self, before: Mapping[str, Origin], new: Mapping[str, Origin | None]) -> None:
        unchanged, merged = before, dict(new)
        if isinstance(before, ChangedOrigins):
            unchanged, merged = before.unchanged, {**before.changed, **new}
        self.unchanged: Mapping[str, Origin] = unchanged
        self.changed: Mapping[str, Origin | None] = merged
        kept = before.ordinary if isinstance(before, KeptOrigins) else not before
        special = (ValueState.ESTIMATED, ValueState.NOT_APPLICABLE)
        self._ordinary = kept and not any(o and o.state in special for o in merged.values())

    @property
    @override
    def ordinary(self) -> bool:
        return self._ordinary

    @override
    def __getitem__(self, name: str) -> Origin:
        if name in self.changed:
            origin = self.changed[name]
            if origin is None:
                raise KeyError(name)
            return origin
        return self.unchanged[name]

    @override
    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self.unchanged if name not in self.changed)
        yield from (name for name, origin in self.changed.items() if origin is not None)

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)


def mu(area_m2: Decimal) -> Decimal:
    """Return an area of ㎡ in 亩."""
    return area_m2 / MU_IN_M2
