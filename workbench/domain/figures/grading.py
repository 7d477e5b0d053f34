# SPDX-License-Identifier: MIT
"""The firms of a scope as candidates of a grading scheme, with the year they are graded by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.conditions import ConditionError
from workbench.domain.figures.firms import firms, has_left, land_share
from workbench.domain.figures.leases import is_active
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope
from workbench.domain.figures.tenure import months_since
from workbench.domain.figures.years import newest
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record
from workbench.domain.standards.grading import (
    Candidate,
    GradeRule,
    GradeScheme,
    Grading,
    Ratio,
    Yield,
    grade,
)
from workbench.domain.values import MU_IN_M2, Value

_WAN = Decimal(10000)
_MONEY_FIELDS = {
    Yield.TAX_PER_MU: "tax_paid",
    Yield.REVENUE_PER_MU: "revenue",
    Yield.OUTPUT_PER_MU: "output_value",
    Yield.ADDED_VALUE_PER_MU: "added_value",
    Yield.TECH_INVESTMENT_PER_MU: "tech_inv",
}
"""Yields per 亩 by the yearly field above the line."""


@dataclass(frozen=True, slots=True)
class FirmYear:
    """One firm with its newest year, its land in 亩 and its rented floor area in ㎡."""

    firm: Record
    year: Record | None
    land: Decimal | None
    rented: Decimal | None


def grading_of(scope: Scope, reading: Reading) -> Grading | None:
    """Return the firms of a scope as graded by the scheme of its region; None without a scheme."""
    park = scope.park
    regions = [park.text(field) for field in ("county", "city", "province")] if park else []
    scheme = scope.standards.grading_for(regions)
    return None if scheme is None else grade_firms(scope, reading, scheme)


def grade_firms(scope: Scope, reading: Reading, scheme: GradeScheme) -> Grading:
    """Grade the firms of a scope; every cell used is noted in the reading."""
    leases: dict[str, list[Record]] = {}
    for lease in scope.leases:
        if tenant := lease.text("tenant"):
            leases.setdefault(tenant, []).append(lease)
    candidates = []
    for firm in firms(reading, scope):
        if has_left(reading, scope, firm):
            continue
        row = _firm_year(scope, reading, firm, tuple(leases.get(firm.key, ())))
        candidates.append(_candidate(scope, reading, scheme, row))
    return grade(scheme, candidates)


def _firm_year(scope: Scope, reading: Reading, firm: Record, leases: Records) -> FirmYear:
    rows = scope.ledger.pointing_at("enterprise_year", "enterprise", firm.key)
    year = newest(reading, rows, scope, owner=firm)
    running = [lease for lease in leases if is_active(reading, lease, scope.as_of)]
    rented = total([reading.number(lease, "area") for lease in running])
    used = None if year is None else reading.number(year, "land_area_used")
    if used is None and running:
        used = total([land_share(scope, reading, lease) for lease in running])
    return FirmYear(firm, year, None if used is None else used / MU_IN_M2, rented)


def _candidate(scope: Scope, reading: Reading, scheme: GradeScheme, row: FirmYear) -> Candidate:
    names = _Names(scope, reading, row)
    return Candidate(
        row.firm.key,
        reading.text(row.firm, "name") or row.firm.label,
        reading.text(row.firm, "credit_code") or "",
        _yearly(reading, row, "tax_paid"),
        {item.measure: _ratio(reading, row, item.measure) for item in scheme.items},
        tuple(names.answer(rule) for rule in scheme.exemptions),
        tuple(names.answer(rule) for rule in scheme.adjustments),
    )


def _yearly(reading: Reading, row: FirmYear, field: str) -> Decimal | None:
    return None if row.year is None else reading.number(row.year, field)


def _in_wan(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount / _WAN


def _ratio(reading: Reading, row: FirmYear, measure: Yield) -> Ratio:
    if measure in _MONEY_FIELDS:
        return Ratio(_in_wan(_yearly(reading, row, _MONEY_FIELDS[measure])), row.land)
    if measure is Yield.RESEARCH_SHARE:
        return Ratio(_yearly(reading, row, "rd_exp"), _yearly(reading, row, "revenue"))
    per = "employees" if measure is Yield.ADDED_VALUE_PER_EMPLOYEE else "energy_tce"
    return Ratio(_in_wan(_yearly(reading, row, "added_value")), _yearly(reading, row, per))


class _Names:
    """What the rules of a scheme may ask about one firm."""

    def __init__(self, scope: Scope, reading: Reading, row: FirmYear) -> None:
        self._scope, self._reading, self._row = scope, reading, row

    def answer(self, rule: GradeRule) -> bool | None:
        """Return whether a rule holds; None when it is not known or compares unlike kinds."""
        known: Mapping[str, Value | None] = {
            name: self._value(name.removeprefix("firm.")) for name in rule.when.ordered_names
        }
        try:
            return rule.when.evaluate(known.get).truth
        except ConditionError:
            return None

    def _value(self, name: str) -> Value | None:
        reading, row = self._reading, self._row
        match name:
            case "land_mu":
                return row.land
            case "rented_area":
                return row.rented
            case "industry":
                return reading.value(row.firm, "industry_name")
            case "revenue" | "tax":
                return _yearly(reading, row, "revenue" if name == "revenue" else "tax_paid")
            case "months_in_park":
                since = reading.day(row.firm, "moved_in_on")
                return None if since is None else Decimal(months_since(since, self._scope.as_of))
            case _:
                return reading.value(row.firm, name)
