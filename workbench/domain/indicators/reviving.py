# SPDX-License-Identifier: MIT
"""Indicators of platforms at work and of asleep assets (I-49, I-51)."""

from decimal import Decimal

from workbench.domain.figures.lacking import lacks_buildings
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import Figure, Shares
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Direction,
    Indicator,
    Note,
    Outcome,
    down,
    outcome_of,
    up,
)
from workbench.domain.records.ledger import Record

_ZERO = Decimal(0)
_ASLEEP = {
    "building": ("use_status", frozenset({"空置", "停用"})),
    "parcel": ("status", frozenset({"闲置", "停建", "供而未用"})),
}


def _conversion(scope: Scope, reading: Reading) -> Outcome:
    """Share of the platforms that signed a technology contract in 24 months."""
    if scope.park is None:
        reading.lacks("park", "innovation_platforms")
        return UNKNOWN
    every = reading.need_number(scope.park, "innovation_platforms")
    active = reading.need_number(scope.park, "platforms_with_contracts")
    if every is None or active is None:
        return UNKNOWN
    if not every:
        return Outcome(notes=(Note("no_platform"),))
    return Outcome(active / every, (Note("platforms", {"count": active, "of": every}),))


def _asleep(scope: Scope, reading: Reading) -> Outcome:
    """Weigh by book value; renewal and its return go into the remark (definitions ours)."""
    shares, asleep, revived, income = Shares(), _ZERO, _ZERO, _ZERO
    incomes_known, bare = True, 0
    for asset in scope.assets:
        if asset.entity == "parcel" and reading.number(asset, "net_value") is None:
            bare += 1  # land is often carried with the buildings, or off the books
            continue
        value = reading.need_number(asset, "net_value")
        state = is_asleep(reading, asset)
        shares.add(None if state is None or value is None else value if state else _ZERO, value)
        if state and value is not None:
            asleep += value
        elif _is_revived(scope, reading, asset) and value is not None:
            revived += value
            gain = reading.number(asset, "revival_income")
            incomes_known = incomes_known and gain is not None
            income += gain or _ZERO
    if not len(shares):
        lacks_buildings(scope, reading, "net_value")
        return UNKNOWN
    figure = shares.figure()
    notes = [*_renewal(figure, asleep, revived, income if incomes_known else None)]
    if bare and figure.value is not None:
        notes.append(Note("land_without_value", {"count": bare}))
    return outcome_of(figure, *notes)


def is_asleep(reading: Reading, asset: Record) -> bool | None:
    """Tell whether an asset is vacant, out of use or idle as a whole."""
    field, states = _ASLEEP[asset.entity]
    state = reading.need_text(asset, field)
    return None if state is None else state in states


def _is_revived(scope: Scope, reading: Reading, asset: Record) -> bool:
    day = reading.day(asset, "revived_on")
    return day is not None and day <= scope.as_of


def _renewal(
    figure: Figure, asleep: Decimal, revived: Decimal, income: Decimal | None
) -> tuple[Note, ...]:
    """Say revived ÷ (asleep + revived), and the added yearly income ÷ revived value."""
    if figure.value is None or not revived:
        return ()
    rate = revived / (asleep + revived)
    if income is None:
        return (Note("renewal", {"share": rate}),)
    return (Note("renewal_return", {"share": rate, "return_share": income / revived}),)


REVIVING_INDICATORS = (
    Indicator("I-49", "成果转化率", "Platforms with contracts", "%",
              ("park.innovation_platforms", "park.platforms_with_contracts"), _conversion,
              Direction.UP, up("0.50", "0.20"), decimals=1),
    Indicator("I-51", "沉睡资产占比", "Dormant assets", "%",
              ("building.net_value", "building.use_status", "building.revived_on",
               "building.revival_income", "parcel.net_value", "parcel.status",
               "parcel.revived_on", "parcel.revival_income"),
              _asleep, Direction.DOWN, down("0.10", "0.30"), decimals=1),
)  # fmt: skip
