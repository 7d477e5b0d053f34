# SPDX-License-Identifier: MIT
"""Lines of years below a heading that only stands over the first: 产值 above 2023 | 2024 | 2025."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.domain.tables.sheets import RawSheet

_NEAR_TOP = 30
_FIRST, _LAST = 1990, 2100
_WRITTEN = re.compile(r"\s*((?:19|20)\d\d)\s*(?:年度?)?\s*")
_PERIOD_NAME = re.compile(
    r"(?:截[至止])?(?:19|20)\d\d(?:年(?:度|末|底|初|[上下]半年|前?[一二三四1-4]季度末?)?|"
    r"(?:年|[.\-/])\d{1,2}(?:[-—–~至]\d{1,2})?月?(?:末|底|\d{1,2}日)?)"
)
"""2023年末, 2025年1-6月: times that head figures."""
_YEAR_NAME = re.compile(r"(?:19|20)\d\d年")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def name_years(sheet: RawSheet) -> None:
    """Write the years of such lines as words: 2023年 for 2023.

    One year follows the other, a text stands above the first and nothing above the others: what
    stands below headings of their own, such as 建成年份 and 入驻年份, are values.
    """
    for position, row in enumerate(sheet.rows[1:_NEAR_TOP], start=1):
        above = sheet.rows[position - 1]
        runs = [run for run in _runs(row) if _is_headed(above, run)]
        if runs and not _other_numbers(row, runs):
            named = list(row)
            for run in runs:
                for at in run:
                    named[at] = f"{_year(row[at])}年"
            sheet.rows[position] = named
    for position, (row, below) in enumerate(pairwise(sheet.rows[:_NEAR_TOP])):
        if places := _over_others(row, below):
            sheet.rows[position] = [
                f"{_year(cell)}年" if at in places else cell for at, cell in enumerate(row)
            ]


def stands_over_years(sheet: RawSheet, position: int) -> bool:
    """Tell whether a row near the top of a sheet stands above a line of years."""
    if position + 1 >= min(len(sheet.rows), _NEAR_TOP):
        return False
    row, below = sheet.rows[position : position + 2]
    years = [at for at, cell in enumerate(below) if is_year_name(cell)]
    return len(years) > 1 and any(isinstance(row[at], str) and row[at] != "" for at in years)


def _over_others(row: Sequence[object], below: Sequence[object]) -> frozenset[int]:
    """Return the places of years each of which stands above several headings: 2023 | | 2024 | ."""
    places = [at for at, cell in enumerate(row) if _year(cell)]
    steps = {_year(row[b]) - _year(row[a]) for a, b in pairwise(places)}
    if steps not in ({1}, {-1}) or _other_numbers(row, [range(at, at + 1) for at in places]):
        return frozenset()
    ends = [*places[1:], min(2 * places[-1] - places[-2], len(row))]
    spans = [range(at, end) for at, end in zip(places, ends, strict=True)]
    headed = all(
        len(span) > 1
        and all(row[at] in ("", None) for at in span[1:])
        and all(isinstance(below[at], str) and below[at] and not _year(below[at]) for at in span)
        for span in spans
    )
    return frozenset(places) if headed else frozenset()


def is_year_name(cell: object) -> bool:
    """Tell whether a cell is a year as ``name_years`` writes it."""
    return isinstance(cell, str) and _YEAR_NAME.fullmatch(cell) is not None


def is_period_name(text: str) -> bool:
    """Tell whether a text names a year, a part of one, or the end of either."""
    return _PERIOD_NAME.fullmatch("".join(text.split())) is not None


def heads_years(above: Sequence[object], row: Sequence[object]) -> bool:
    """Tell whether a row is the upper one of a heading with years in one of its two rows.

    Every text of it stands above the first of some years; or it has the years, each above a text,
    and its other texts stand above nothing.
    """
    texts = [at for at, cell in enumerate(above) if cell not in ("", None)]
    if not texts or not all(isinstance(above[at], str) for at in texts):
        return False
    if any(is_year_name(above[at]) for at in texts):
        return all(is_year_name(above[at]) is (row[at] not in ("", None)) for at in texts)
    return all(is_year_name(row[at]) for at in texts)


def _runs(row: Sequence[object]) -> Iterator[range]:
    """Yield the places of years that follow one another, upwards or downwards."""
    start = 0
    while start < len(row):
        stop = start
        while stop < len(row) and _year(row[stop]):
            stop += 1
        years = [_year(cell) for cell in row[start:stop]]
        steps = {after - before for before, after in pairwise(years)}
        if steps in ({1}, {-1}):
            yield range(start, stop)
        elif len(steps) > 1:  # 2023 2024 2023 2024: those of two headings beside each other
            yield from _parts(start, years)
        start = max(stop, start + 1)


def _parts(start: int, years: Sequence[int]) -> Iterator[range]:
    """Yield the runs of years beside each other, each as long as the first; none if they differ."""
    length = next((at for at in range(2, len(years)) if years[at] == years[0]), len(years) + 1)
    runs = [years[at : at + length] for at in range(0, len(years), length)]
    if all(run == runs[0] for run in runs) and {b - a for a, b in pairwise(runs[0])} in ({1}, {-1}):
        yield from (range(start + at, start + at + length) for at in range(0, len(years), length))


def _is_headed(above: Sequence[object], run: range) -> bool:
    """Tell whether a text stands above the first of some places, and nothing above the others."""
    first = above[run.start]
    headed = isinstance(first, str) and first.strip() != "" and not _year(first)
    return headed and all(above[at] in ("", None) for at in run[1:])


def _other_numbers(row: Sequence[object], runs: Sequence[range]) -> bool:
    """Tell whether a row holds figures beside the years: then it is one of values."""
    years = {at for run in runs for at in run}
    return any(
        not isinstance(cell, str) and cell is not None
        for at, cell in enumerate(row)
        if at not in years
    )


def _year(cell: object) -> int:
    """Return a cell's year, 0 for what is none."""
    if isinstance(cell, str):
        found = _WRITTEN.fullmatch(cell)
        return int(found[1]) if found and _FIRST <= int(found[1]) <= _LAST else 0
    if isinstance(cell, int | float) and not isinstance(cell, bool) and _FIRST <= cell <= _LAST:
        return int(cell) if cell == int(cell) else 0
    return 0


def holds_figures(row: Sequence[object]) -> bool:
    """Tell whether a row has a number that is no year: below a header it is a row of its table.

    A parcel may be called 仓储用地, lie at 厂房 and have 自用 for a remark.
    """
    return any(
        _FIGURE.fullmatch(text) is not None and _WRITTEN.fullmatch(text) is None
        for cell in row
        if not isinstance(cell, bool) and (text := str(cell).strip())
    )
