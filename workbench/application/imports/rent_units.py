# SPDX-License-Identifier: MIT
"""The unit of a rent and the period of its total: by cell, heading, lines above, or by the sum."""

import re
from decimal import Decimal

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Entity, Field
from workbench.domain.figures.leases import PER_M2_MONTH
from workbench.domain.parsing.choices import match_choice
from workbench.domain.parsing.parsed import notice, warning
from workbench.domain.values import Origin

_PER_DAY = ("日租金", "天租金", "每日", "每天")
_PERIODS = {"年": "年", "月": "月", "month": "月", "annual": "年", "year": "年"}
_PER_AREA = ("元/㎡", "元/平方米", "元/m²", "元/m2", "元/平米")
_SCALE = re.compile("^[十百千万亿]+元")
_AREA_LAST = re.compile(r"元[/·.](月|天|日|年)[/·.](㎡|平方米|m²|m2|平米)")
"""元/月·㎡, the two turned round."""
_MONTHS = {"月": Decimal(1), "年": Decimal(12)}
_AGREES = Decimal("0.01")
"""How far price × area may be from the total that the row states."""


def add_rent_units(spec: Entity, columns: dict[str, ColumnData], above: str) -> None:
    """Add the columns of rent units and periods where a ledger has none of its own."""
    if "rent_total" in columns:
        _rent_period(columns, spec["rent_total_period"])
    if "rent_price" in columns and "rent_unit" not in columns:
        columns["rent_unit"] = _rent_units(columns["rent_price"], spec["rent_unit"], above)
        _units_by_totals(columns)


def _units_by_totals(columns: dict[str, ColumnData]) -> None:
    """Take the one unit in which price × area is the total that a row states; say so."""
    named = ("rent_price", "area", "rent_total", "rent_total_period")
    if any(name not in columns for name in named):
        return
    units = columns["rent_unit"]
    for index, row in enumerate(zip(*(columns[name].values for name in named), strict=True)):
        price, area, whole, period = row
        if units.values[index] is not None or not isinstance(price, Decimal) or not price:
            continue
        if not (isinstance(area, Decimal) and isinstance(whole, Decimal) and period in _MONTHS):
            continue
        asked = whole / _MONTHS[period]
        fits = [
            unit for unit, monthly in PER_M2_MONTH.items()
            if abs(price * monthly * area - asked) <= abs(asked) * _AGREES
        ]  # fmt: skip
        if asked and len(fits) == 1:
            units.values[index] = fits[0]
            units.origins[index] = Origin(fits[0])
            units.problems[index] = (notice("rent_unit_by_total", unit=fits[0]),)


def _rent_units(prices: ColumnData, field: Field, above: str) -> ColumnData:
    """Return the rent unit of each row: the cell's own, the heading's, that of the lines above."""
    heading = prices.column.heading if prices.column else None
    said = prices.unit or (heading.extra if heading else "") or above  # Rent (RMB/sqm/month)
    default = _with_period(said, heading.joined if heading else "")
    data = ColumnData(field, None, "", [None] * len(prices.values))
    known: dict[str, str | None] = {}
    for index, value in enumerate(prices.values):
        if value is None:
            continue
        origin = prices.origins.get(index)
        own = _with_period(origin.unit or "" if origin else "", heading.joined if heading else "")
        # "1.1元" under a heading of 元/㎡/天 says no more than that it is money.
        unit = _AREA_LAST.sub(r"元/\2·\1", default if own in ("", "元") else own)
        unit = _SCALE.sub("元", unit)  # the price itself is in 元 by now
        if unit not in known:
            known[unit] = match_choice(field, unit)[0] if unit else None
            if known[unit] is None:  # once for all rows that say the same
                unlike = warning("rent_unit_unlike", text=unit)
                data.problems[index] = (unlike if unit else notice("rent_unit_untold"),)
        if (found := known[unit]) is not None:
            data.values[index] = found
            data.origins[index] = Origin(heading.text if heading and not origin else unit)
    return data


def _with_period(unit: str, heading: str) -> str:
    """Return a rent unit with the period that its heading names: 月租金（元/㎡） is per month."""
    if any(word in heading for word in _PER_DAY) and unit in ("", "元", *_PER_AREA):
        return "元/㎡·天"
    # "2024年租金单价" names a year, not a period.
    if unit in _PER_AREA and (named := re.search(r"(?<!\d)([年月])租|每([年月])", heading)):
        return f"元/㎡·{named[1] or named[2]}"
    return unit


def _rent_period(columns: dict[str, ColumnData], field: Field) -> None:
    """Tell a yearly from a monthly total by the heading."""
    totals = columns["rent_total"]
    heading = totals.column.heading if totals.column else None
    if heading is None or field.key in columns:
        return
    text = heading.joined + heading.unit
    period = next((period for word, period in _PERIODS.items() if word in text), None)
    if period is None:
        return
    data = ColumnData(field, None, "", [None] * len(totals.values))
    for index, value in enumerate(totals.values):
        if value is not None:
            data.values[index] = period
            data.origins[index] = Origin(heading.text)
    columns[field.key] = data
