# SPDX-License-Identifier: MIT
"""Lists of indicators with their years side by side: 园区 | 指标 | 单位 | 2021年 | 2022年.

Each park (or firm) and year becomes one row of a plain table, which remembers where each figure
really stands.
"""

import re
from collections.abc import Sequence

from workbench.domain.tables.cards import YEAR_HEADING, CardSheet, laid_out
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.words import take_apart
from workbench.domain.tables.sheets import RawSheet

_INDICATORS = frozenset(
    {
        "指标",
        "指标名称",
        "项目",
        "科目",
        "财务指标",
        "主要指标",
        "统计指标",
        "指标项目",
        "考核指标",
        "项目指标",
    }
)
_UNITS = frozenset({"单位", "计量单位", "指标单位"})
_VALUES = frozenset({"数值", "数据", "数额", "指标值", "实际值", "完成值", "完成数", "数量", "值"})
"""What heads the figures of a list of one park and year."""
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?|(?:19|20)\d\d年\d{1,2}月(?:末|底|\d{1,2}日)?")
PERIODS = {"year": "年度", "as_of": "时点"}
"""The fields that keep of when figures are, and what heads a column of each."""
_LOOKED_AT = 15
_LAST_LINES = re.compile(r"^(?:注|备注|说明|填表|制表|审核|数据来源)")


def read_indicator_list(sheet: RawSheet, matcher: HeadingMatcher, period: str) -> CardSheet | None:
    """Return a sheet that lists indicators by year as a table of years, or None for any other.

    ``period`` heads the years: 年度, or 时点 for what is reported as of a day. Without it the list
    has one column of figures, beside one of units: 指标 | 单位 | 数值.
    """
    for top, row in enumerate(sheet.rows[:_LOOKED_AT]):
        cores = {
            at: take_apart((cell,)).core
            for at, cell in enumerate(row)
            if isinstance(cell, str) and cell.strip() and len(cell) < _LOOKED_AT
        }
        names = [at for at, core in cores.items() if core in _INDICATORS]
        unit = next((at for at, core in cores.items() if core in _UNITS), None)
        if period:
            years = [at for at, cell in enumerate(row) if _is_year(cell)]
        else:
            years = [at for at, core in cores.items() if core in _VALUES and unit is not None]
        if len(names) != 1 or not years or years[0] < names[0]:
            continue
        group = next(
            (at for at in cores if at < names[0] and matcher.is_heading(str(row[at]))
             and not matcher.is_index(take_apart((str(row[at]),)))), None,
        )  # fmt: skip
        return _turned(sheet, top, (group, names[0], unit), years, period)
    return None


def _is_year(cell: object) -> bool:
    text = str(cell).strip()
    return bool(YEAR_HEADING.match(text) or _BARE_YEAR.fullmatch(text))


def _turned(
    sheet: RawSheet,
    top: int,
    columns: tuple[int | None, int, int | None],
    years: Sequence[int],
    period: str,
) -> CardSheet | None:
    """Lay out one record per group and year; ``columns`` are those of group, name and unit."""
    group, name, unit = columns
    places: dict[str, int] = {}
    records: dict[tuple[str, int], dict[int, tuple[int, int]]] = {}
    first = (group is not None) + bool(period)
    of, at = "", (top, name)
    for number, row in enumerate(sheet.rows[top + 1 :], start=top + 1):
        if group is not None and (said := str(row[group] or "").strip()):
            of, at = said, (number, group)
        heading = str(row[name]).strip() if row[name] is not None else ""
        if not heading or _LAST_LINES.match(heading):
            continue
        if unit is not None and (measured := str(row[unit] or "").strip()):
            heading = f"{heading}（{measured}）"
        position = first + places.setdefault(heading, len(places))
        for year in years:
            begun = [at] * (group is not None) + [(top, year)] * bool(period)
            record = records.setdefault((of, year), dict(enumerate(begun)))
            if row[year] not in ("", None):
                record[position] = (number, year)
    headings = [period, *places] if period else list(places)
    if group is not None:
        headings.insert(0, str(sheet.rows[top][group]))
    told = [record for record in records.values() if len(record) > first]
    return laid_out(sheet, headings, told, top)
