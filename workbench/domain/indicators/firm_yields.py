# SPDX-License-Identifier: MIT
"""Yearly figures of firms over the land that they use (I-11…I-13)."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from workbench.domain.figures.firms import firm_year, firms, has_left, rented_land
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import steady_sum
from workbench.domain.indicators.indicator import Note
from workbench.domain.values import MU_IN_M2
from workbench.domain.workings.choosing import YEAR, is_open
from workbench.domain.workings.numbers import At, Kept, covered, either

_ZERO, _ONE, _WAN = Decimal(0), Decimal(1), Decimal(10000)
PER_MU = MU_IN_M2 / _WAN
"""元/㎡ × this = 万元/亩."""
STEADY = 10
"""Decimals kept per 亩: 1 亩 is no finite number of ㎡, and 2 must not come out as 1.999…9."""
_FEWEST_FOR_MEDIAN = 3


@dataclass(frozen=True, slots=True)
class FirmYields:
    """A yearly figure of firms over the land that they use, both known."""

    rows: tuple[tuple[Decimal, Decimal], ...]
    """Amount (元) and land (㎡) of each firm."""
    items: tuple[tuple[Decimal | None, Decimal | None], ...]
    """The same of every firm with a year that might count, None for what is not known."""
    notes: tuple[Note, ...]

    @property
    def value(self) -> Decimal | None:
        """Return Σ amount ÷ Σ land (万元/亩), or None."""
        land = steady_sum(area for _, area in self.rows)
        amount = steady_sum(money for money, _ in self.rows)
        if not land:
            return None
        ratio = self._ratio(amount / land)
        per_mu = ratio * PER_MU if isinstance(ratio, Kept) else amount * PER_MU / land
        return round(per_mu, STEADY)

    @property
    def awaited(self) -> Decimal | None:
        """Return what the value will be made of while no firm knows both, None for nothing."""
        ratio = self._ratio(_ONE)
        known = any(n is not None and d is not None for n, d in self.items)
        return round(ratio * PER_MU, STEADY) if known and isinstance(ratio, Kept) else None

    def _ratio(self, value: Decimal) -> Decimal:
        return covered(value, _ZERO, [(n, d, _ONE) for n, d in self.items])

    @property
    def middle(self) -> Decimal | None:
        """Return the median of the firms' own yields (万元/亩); None below three firms."""
        yields = [amount * PER_MU / land for amount, land in self.rows if land]
        return round(median(yields), STEADY) if len(yields) >= _FEWEST_FOR_MEDIAN else None


def name_firms_without_year(scope: Scope, reading: Reading, field: str) -> None:
    """Name the firms that have no year up to the as-of date; without firms, that there is none."""
    there = [firm for firm in firms(reading, scope) if not has_left(reading, scope, firm)]
    for firm in there:
        rows = scope.ledger.pointing_at("enterprise_year", "enterprise", firm.key)
        years = (row.number(YEAR) for row in rows)
        if not any(year is not None and year <= scope.as_of.year for year in years):
            for needed in (field, "land_area_used"):
                reading.lacks_record("enterprise_year", needed, firm)
    for needed in (field, "land_area_used") if not there else ():
        reading.lacks("enterprise_year", needed)


def yields_of_firms(scope: Scope, reading: Reading, field: str) -> FirmYields:
    """Take the newest year of each firm that is there; unstated land is what its leases come to."""
    listed = firms(reading, scope)
    everyone = tuple(f for f in listed if reading.keeps or not has_left(reading, scope, f))
    years = [(firm, firm_year(reading, scope, firm, field, "land_area_used")) for firm in everyone]
    known = [(firm.key, row) for firm, row in years if row is not None]
    stated = {key: reading.number(row, "land_area_used") for key, row in known}
    unstated = {key for key, land in stated.items() if land is None}
    rented = rented_land(scope, reading, set(stated) if reading.keeps else unstated)
    rows, items = [], []
    for key, row in known:
        blank = At(row.entity, row.key, "land_area_used") if reading.keeps else None
        land = either(blank if stated[key] is None else stated[key], rented.get(key))
        amount = reading.number(row, field)
        items.append((amount, land))
        if land is None:
            reading.lacks("enterprise_year", "land_area_used", row.key)
        elif not is_open(row) and amount is not None:
            rows.append((amount, land))
    code = "by_firms" if scope.whole_park else "by_firms_of_assets"
    notes: tuple[Note, ...] = (Note(code, {"count": len(rows), "of": len(everyone)}),)
    if counted := unstated & set(rented):
        notes += (Note("rented_land", {"count": len(counted)}),)
    return FirmYields(tuple(rows), tuple(items), notes)
