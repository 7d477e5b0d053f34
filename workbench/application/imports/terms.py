# SPDX-License-Identifier: MIT
"""When a lease ends whose ledger states its first day and its length: 起租日 and 36个月."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Entity
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.dates import plus_months
from workbench.domain.parsing.numbers import prepared
from workbench.domain.parsing.parsed import notice
from workbench.domain.parsing.text import chinese_number, shown
from workbench.domain.tables.table import Table
from workbench.domain.values import Origin

_LENGTH = re.compile(
    r"(?:租期|租赁期限?|合同期限?|期限|共计?|为期)?:?"
    r"(?P<number>\d{1,3}(?:\.\d)?|[一二两三四五六七八九十]{1,3})(?:个)?(?P<unit>年半|年|月)?(?:整)?"
)
_MONTHS = {"年": 12, "月": 1, "年半": 12}
_TENTH = Decimal("0.1")
_LONGEST = 600
"""No term has more months; 2025 under 租赁年限 is a year."""


def end_by_terms(table: Table, columns: Mapping[str, ColumnData]) -> None:
    """Fill in the last day where a term and the first day tell it, each with a remark."""
    starts, ends, terms = (columns.get(key) for key in ("start_on", "end_on", "term_text"))
    if starts is None or ends is None or terms is None or terms.column is None:
        return
    heading = terms.column.heading.joined + terms.column.heading.unit
    usual = next((unit for unit in ("月", "年") if unit in heading), "")
    for index, (_, row) in enumerate(table.rows):
        start, raw = starts.values[index], shown(row[terms.column.position])
        if ends.values[index] is not None or not isinstance(start, date):
            continue
        months = _months_in(prepared(raw), usual)
        if months:
            end = plus_months(start, months) - timedelta(days=1)
            ends.values[index], ends.origins[index] = end, Origin(raw)
            said = notice("derived_from_term", text=raw.strip(), date=end.isoformat())
            ends.problems[index] = (said,)


def months_of_periods(free: ColumnData, spec: Entity) -> None:
    """Read 2022.6.15-2022.8.14 under 免租期 as two months, with a remark."""
    for index, problems in list(free.problems.items()):
        raw = (free.origins.get(index) or Origin(None)).raw or ""
        first, last = (parse(spec[name], raw).value for name in ("start_on", "end_on"))
        if not problems or not isinstance(first, date) or not isinstance(last, date):
            continue
        months = (last.year - first.year) * 12 + last.month - first.month
        left = (last + timedelta(days=1) - plus_months(first, months)).days
        if first < last and months <= _LONGEST:
            free.values[index] = (Decimal(months) + Decimal(left) * 12 / 365).quantize(_TENTH)
            free.origins[index] = Origin(raw)
            free.problems[index] = (
                notice("months_of_period", text=raw.strip(), months=str(free.values[index])),
            )


def _months_in(text: str, usual: str) -> int:
    """Return how many months a term has; 0 where it does not say just that."""
    found = _LENGTH.fullmatch(text)
    unit = (found["unit"] or usual) if found else ""
    if found is None or unit not in _MONTHS:
        return 0
    digits = found["number"]
    number = float(digits) if digits[0].isdigit() else float(chinese_number(digits) or 0)
    months = number * _MONTHS[unit] + (6 if unit == "年半" else 0)
    return int(months) if months == int(months) and months <= _LONGEST else 0
