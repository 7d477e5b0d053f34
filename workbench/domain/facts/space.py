# SPDX-License-Identifier: MIT
"""Facts about land, floor space and appraisals, computed from several cells of a scope."""

from datetime import date
from decimal import Decimal
from functools import partial

from workbench.domain.facts.title import Derive
from workbench.domain.facts.truth import all_of, any_of
from workbench.domain.figures.land import idle_months
from workbench.domain.figures.letting import floor_area, lettings, vacant_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import add_months, months_since, years_until
from workbench.domain.indicators.averages import Mean, total
from workbench.domain.records.ledger import Record
from workbench.domain.workings.choosing import Choice, Lasting
from workbench.domain.workings.numbers import At

_ZERO = Decimal(0)
_MONTHS = "valuation_valid_months"
_STARTED = frozenset({"在建", "停建", "已建成", "低效"})


def _low_efficiency_listed(scope: Scope, reading: Reading) -> bool | None:
    """Take a known status other than 低效 as saying that no under-use is listed."""
    if not scope.parcels:
        reading.lacks("parcel", "low_eff_kind")
        return None
    return any_of(_is_listed(reading, parcel) for parcel in scope.parcels)


def _is_listed(reading: Reading, parcel: Record) -> bool | None:
    if reading.text(parcel, "low_eff_kind") is not None:
        return True
    status = reading.need_text(parcel, "status")
    return None if status is None else status == "低效"


def _months_past_agreed_start(scope: Scope, reading: Reading) -> Decimal | None:
    return _longest(
        scope, [_unstarted(scope, reading, parcel) for parcel in scope.parcels], reading
    )


def _unstarted(scope: Scope, reading: Reading, parcel: Record) -> Decimal | None:
    if reading.day(parcel, "actual_start_on") is not None:
        return _ZERO
    if reading.text(parcel, "status") in _STARTED:
        return _ZERO
    agreed = reading.need_day(parcel, "agreed_start_on")
    return None if agreed is None else Decimal(max(months_since(agreed, scope.as_of), 0))


def _months_stopped(scope: Scope, reading: Reading) -> Decimal | None:
    months: list[Decimal | None] = []
    for parcel in scope.parcels:
        since = reading.day(parcel, "idle_since")
        if since is not None:
            months.append(Decimal(max(months_since(since, scope.as_of), 0)))
        else:
            idle = idle_months(reading, scope, parcel)
            months.append(_ZERO if idle == 0 else None)
    return _longest(scope, months, reading)


def _longest(scope: Scope, months: list[Decimal | None], reading: Reading) -> Decimal | None:
    """Return the longest time, or None while one parcel is not known."""
    if not scope.parcels:
        reading.lacks("parcel", "agreed_start_on")
    if not months or None in months:
        return None
    return max(m for m in months if m is not None)


def _floor_area(scope: Scope, reading: Reading) -> Decimal | None:
    if not scope.buildings:
        reading.lacks("building", "gfa_actual")
        return None
    return total([floor_area(reading, building) for building in scope.buildings])


def _vacant_area(scope: Scope, reading: Reading) -> Decimal | None:
    """Sum what is known; some known vacancy is enough to say that there is space to let."""
    areas = [vacant_area(reading, position) for position in lettings(reading, scope)]
    known = sum((area for area in areas if area is not None), _ZERO)
    if not scope.buildings:
        reading.lacks("building", "rentable_area")
        return None
    return None if None in areas and known == 0 else known


def _average_age(scope: Scope, reading: Reading) -> Decimal | None:
    mean = Mean()
    for building in scope.buildings:
        built = reading.need_day(building, "built_on")
        age = None if built is None else -years_until(built, scope.as_of)
        mean.add(age, partial(floor_area, reading, building))
    if not scope.buildings:
        reading.lacks("building", "built_on")
    return mean.figure().value


def valid_until(reading: Reading, valuation: Record) -> date | None:
    """Return the last day of an appraisal: as stated, else base date plus the usual months."""
    stated = reading.day(valuation, "valid_to")
    if stated is not None:
        return stated
    base = reading.need_day(valuation, "base_date")
    months = reading.parameter(_MONTHS)
    return None if base is None or months is None else add_months(base, int(months))


def valid_appraisal(scope: Scope, asset: Record) -> Choice | None:
    """Return the choice among the appraisals of an asset that are valid, None without any."""
    rows, code = scope.valuations_of(asset), _MONTHS
    if not rows:
        return None
    lasting = Lasting("valid_to", code, scope.params.get(code))
    return Choice(rows, "base_date", At(asset.entity, asset.key, ""), lasting=lasting)


def valid_valuations(scope: Scope, reading: Reading) -> list[Record]:
    """Return the newest appraisal of each asset that is valid at the as-of date."""
    found = (_in_force(scope, reading, asset) for asset in scope.assets)
    return [row for row in found if row is not None]


def _in_force(scope: Scope, reading: Reading, asset: Record) -> Record | None:
    valid: list[tuple[date, str, Record]] = []
    for row in scope.valuations_of(asset):
        base, until = reading.day(row, "base_date"), valid_until(reading, row)
        if base is not None and until is not None and base <= scope.as_of <= until:
            valid.append((base, row.key, row))
    return max(valid, key=lambda item: item[:2])[2] if valid else None


def appraised_together(scope: Scope) -> list[tuple[Record | None, tuple[Record, ...]]]:
    """Return what one appraisal may hold: a parcel (or none here) with its buildings of the scope.

    An appraisal of the parcel stands for what is on it; without one, every building needs its own.
    """
    lots: list[tuple[Record | None, tuple[Record, ...]]] = [
        (parcel, tuple(b for b in scope.buildings if b.text("parcel") == parcel.key))
        for parcel in scope.parcels
    ]
    on_parcels = {building.key for _, of in lots for building in of}
    return lots + [(None, (b,)) for b in scope.buildings if b.key not in on_parcels]


def _appraised(scope: Scope, reading: Reading) -> Decimal | None:
    """Sum what is appraised where nothing is left out: a part of it tells no total."""
    known, whole = _known_appraised(scope, reading), True
    for parcel, buildings in appraised_together(scope):
        if parcel is not None and _in_force(scope, reading, parcel) is not None:
            continue
        open_ = [b for b in buildings if _in_force(scope, reading, b) is None]
        if parcel is not None and not buildings:
            open_ = [parcel]
        for asset in open_:
            reading.lacks_record("valuation", "value", asset)
        whole = whole and not open_
    return known if whole else None


def _known_appraised(scope: Scope, reading: Reading) -> Decimal | None:
    """Sum the appraisals in force, which the total is at least."""
    rows = valid_valuations(scope, reading)
    if not rows:
        reading.lacks("valuation", "value")
        return None
    return total([reading.need_number(row, "value") for row in rows])


def _appraisals_in_force(scope: Scope, reading: Reading) -> bool | None:
    """Tell that each asset with appraisals has one in force: one that expired is a lack.

    Without any appraisal on record it is not known whether one exists; of an asset whose other
    appraisals have no base date neither.
    """
    appraised = [asset for asset in scope.assets if scope.valuations_of(asset)]
    if not appraised:
        reading.lacks("valuation", "value")
        return None
    return all_of(_is_in_force(scope, reading, asset) for asset in appraised)


def _is_in_force(scope: Scope, reading: Reading, asset: Record) -> bool | None:
    if _in_force(scope, reading, asset) is not None:
        return True
    rows = scope.valuations_of(asset)
    dates = [reading.need_day(row, "base_date") and valid_until(reading, row) for row in rows]
    return None if None in dates else False


def _filed(scope: Scope, reading: Reading) -> bool | None:
    rows = valid_valuations(scope, reading)
    if not rows:
        reading.lacks("valuation", "filed")
        return None
    return all_of(reading.need_flag(row, "filed") for row in rows)


DERIVED_SPACE: dict[str, Derive] = {
    "land.low_efficiency_listed": _low_efficiency_listed,
    "land.months_past_agreed_start": _months_past_agreed_start,
    "land.months_stopped": _months_stopped,
    "space.gfa": _floor_area,
    "space.vacant_area": _vacant_area,
    "space.average_age": _average_age,
    "value.known_appraised": _known_appraised,
    "value.appraised": _appraised,
    "value.valid": _appraisals_in_force,
    "value.filed": _filed,
}
