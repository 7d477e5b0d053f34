# SPDX-License-Identifier: MIT
"""Cross-checks of money and yearly figures (V12, V19, V26, V28, V33, V35)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from workbench.domain.checks.rules import (
    PER_MU_FIELDS,
    CheckContext,
    check,
    complaint,
    m2,
    per_mu,
    percent,
    plain_number,
    wan,
)
from workbench.domain.figures.land import land_area
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record

Findings = Iterator[Finding]
_ONE_YUAN = Decimal(1)
_FIVE_PERCENT = Decimal("0.05")
_HALF_PERCENT = Decimal("0.005")
_OUTLIER_TIMES = 10
_OUTLIER_PER_MU = Decimal(500)


def _book_value(_: CheckContext, building: Record) -> Findings:
    """V12: net value = original − depreciation − impairment, and never above the original."""
    original, net = building.number("original_value"), building.number("net_value")
    if original is None or net is None:
        return
    if net > original + _ONE_YUAN:
        yield complaint(
            "V12", Level.ERROR, building, "net_value", net=wan(net), original=wan(original)
        )
        return
    worn, impaired = building.number("acc_depreciation"), building.number("impairment")
    if worn is None or impaired is None:
        return
    computed = original - worn - impaired
    if abs(net - computed) > _ONE_YUAN:
        yield complaint(
            "V12", Level.WARNING, building, "net_value", "", wan(computed), net=wan(net),
            computed=wan(computed),
        )  # fmt: skip


def _land_base(context: CheckContext, row: Record) -> Findings:
    """V19: the land behind tax per 亩 is at least the land that the firm itself holds."""
    used = row.number("land_area_used")
    firm = context.ledger.find("enterprise", row.text("enterprise"))
    if used is None or firm is None or row.number("tax_paid") is None:
        return
    name = firm.text("name")
    own = context.parcels_by_holder.get(name, ()) if name else ()
    held = total([land_area(context.reading, parcel) for parcel in own])
    if own and held is not None and used < held * (1 - _FIVE_PERCENT):
        yield complaint("V19", Level.WARNING, row, "land_area_used", used=m2(used), held=m2(held))


def _balance(_: CheckContext, row: Record) -> Findings:
    """V26: assets are above 0, liabilities not below 0; a ratio above 1 is to be confirmed."""
    assets, debts = row.number("total_assets"), row.number("total_liabilities")
    if assets is not None and assets <= 0:
        yield complaint("V26", Level.ERROR, row, "total_assets", "assets", value=wan(assets))
    if debts is not None and debts <= 0:
        yield complaint("V26", Level.ERROR, row, "total_liabilities", "debts", value=wan(debts))
    if assets and debts and 0 < assets < debts:
        yield complaint(
            "V26", Level.WARNING, row, "total_liabilities", ratio=percent(debts / assets)
        )


def control_total(
    entity: str, field: str, stated: Decimal, computed: Decimal, sheet: str
) -> Finding | None:
    """V28: a total row of a sheet and the sum of the rows read agree within 0.5 %.

    The ledger keeps no total rows, so the import asks this with what it read.
    """
    if abs(stated - computed) <= abs(stated) * _HALF_PERCENT:
        return None
    sheet_record = Record(entity, "", {})
    return complaint(
        "V28", Level.WARNING, sheet_record, field, stated=plain_number(stated),
        computed=plain_number(computed), sheet=sheet,
    )  # fmt: skip


def _no_total_rows(_: CheckContext, __: Record) -> Findings:
    """V28 looks at sheets, not at records; see ``control_total``."""
    return iter(())


def _zone_identities(_: CheckContext, year: Record) -> Findings:
    """V33: built ≤ supplied ≤ supply-ready ≤ total − unbuildable; uses fit into built land."""
    whole, unbuildable = year.number("total_land"), year.number("unbuildable_land")
    buildable = None if whole is None or unbuildable is None else whole - unbuildable
    chain = [
        (field, year.number(field))
        for field in ("built_land", "supplied_land", "supply_ready_land")
    ]
    for (field, part), (upper, limit) in pairwise([*chain, ("total_land", buildable)]):
        if part is not None and limit is not None and part > limit:
            yield complaint(
                "V33", Level.WARNING, year, field, upper, part=m2(part), limit=m2(limit)
            )
    industrial, residential = year.number("industrial_land"), year.number("residential_land")
    built = year.number("built_land")
    if industrial is None or residential is None or built is None:
        return
    if industrial + residential > built:
        yield complaint(
            "V33", Level.WARNING, year, "industrial_land", "uses",
            part=m2(industrial + residential), limit=m2(built),
        )  # fmt: skip


def _outlier(context: CheckContext, row: Record) -> Findings:
    """V35: output or tax per 亩 above ten times the median or 500 万元 is to be verified."""
    for field in PER_MU_FIELDS:
        own = per_mu(row, field)
        if own is None:
            continue
        typical = context.medians.get((field, row.number("year")))
        if own > _OUTLIER_PER_MU:
            yield complaint(
                "V35", Level.WARNING, row, field, value=plain_number(own),
                limit=plain_number(_OUTLIER_PER_MU),
            )  # fmt: skip
        elif typical and own > typical * _OUTLIER_TIMES:
            yield complaint(
                "V35", Level.WARNING, row, field, "median", value=plain_number(own),
                median=plain_number(typical),
            )  # fmt: skip


MONEY_CHECKS = (
    check("V12", "building", _book_value, "original_value net_value"),
    check("V19", "enterprise_year", _land_base, "land_area_used tax_paid", beside="enterprise"),
    check("V26", "finance", _balance, "total_assets|total_liabilities"),
    check("V28", "", _no_total_rows),
    check("V33", "park_year", _zone_identities),
    check("V35", "enterprise_year", _outlier, "land_area_used"),
)
