# SPDX-License-Identifier: MIT
"""The parts of a parcel as a person plans them, and the amounts that each part gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.apportioning import CENT, apportion
from workbench.domain.findings import RefusedError
from workbench.domain.parcels.carrying import DIVISIBLE
from workbench.domain.records.ledger import Record
from workbench.domain.values import mu

FEWEST = 2
_SLACK_PER_PART = Decimal("0.05")
"""How far (㎡) a typed area may miss by rounding 亩 to two decimals of ㎡ or so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One planned part; ``area`` (㎡) None takes what the others leave, one part at most.

    ``transfers`` marks a part that goes to another holder, for the self-hold share (V30).
    """

    code: str
    name: str = ""
    area: Decimal | None = None
    buildings: tuple[str, ...] = ()
    transfers: bool = False


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """How a parcel is divided; ``stays_on`` holds, for an encumbrance, the parts it stays on.

    An encumbrance that is not named there stays on every part.
    """

    parcel: str
    parts: tuple[Part, ...]
    stays_on: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Areas:
    """The area (㎡) of every part; ``rounding`` is what the largest part took to add up exactly."""

    areas: tuple[Decimal, ...]
    rounding: Decimal


def area_field(parcel: Record) -> str:
    """Return the field whose area is divided: the certified one, else the surveyed one."""
    for name in ("area_cert", "area_actual"):
        if parcel.number(name):
            return name
    raise RefusedError("splitting.no_area", name=parcel.label)


def part_areas(parcel: Record, parts: Sequence[Part]) -> Areas:
    """Return the areas of the parts, whose sum is exactly the parcel's.

    RefusedError when they are too few, one is not above 0, two are open, or they do not add up.
    """
    total = parcel.number(area_field(parcel)) or Decimal(0)
    if len(parts) < FEWEST:
        raise RefusedError("splitting.too_few")
    opened = [at for at, part in enumerate(parts) if part.area is None]
    if len(opened) > 1:
        raise RefusedError("splitting.two_open")
    known = sum((part.area for part in parts if part.area is not None), Decimal(0))
    areas = [total - known if part.area is None else part.area for part in parts]
    for part, area in zip(parts, areas, strict=True):
        if area <= 0:
            raise RefusedError("splitting.not_positive", part=part.code, mu=_mu(area))
    off = total - sum(areas)
    if abs(off) > _SLACK_PER_PART * len(parts):
        code = "splitting.area_short" if off > 0 else "splitting.area_over"
        raise RefusedError(code, total=_mu(total), off=_mu(abs(off)), m2=f"{abs(off):,.2f}")
    largest = max(range(len(areas)), key=lambda at: (areas[at], -at))
    areas[largest] += off
    return Areas(tuple(areas), off)


def shares(parcel: Record, areas: Sequence[Decimal]) -> Mapping[str, tuple[Decimal, ...]]:
    """Return what each part gets of every divisible amount that is known, by area."""
    divided = area_field(parcel)
    return {
        name: tuple(areas) if name == divided else tuple(apportion(amount, areas, CENT))
        for name in DIVISIBLE
        if (amount := parcel.number(name)) is not None
    }


def _mu(area: Decimal) -> str:
    return f"{mu(area):,.2f}".replace("-", "−")
