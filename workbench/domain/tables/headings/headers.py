# SPDX-License-Identifier: MIT
"""Finds header rows: one to three levels, merged or not, with unit and index rows below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from workbench.domain.parsing.parsed import PercentNumber
from workbench.domain.parsing.text import is_blank
from workbench.domain.parsing.units import canonical_unit, is_unit
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.months import FEWEST_MONTHS, MONTH_NAME
from workbench.domain.tables.headings.service_rows import (
    is_guide_row,
    is_index_row,
    is_unit_row,
    texts_of,
)
from workbench.domain.tables.headings.year_lines import (
    heads_years,
    holds_figures,
    is_period_name,
    stands_over_years,
)
from workbench.domain.tables.sheets import Merge, RawSheet
from workbench.domain.tables.watching import ROWS_PER_TICK, Tick, unwatched

MOST_LEVELS = 3
_WIDE = 6
_YES_OR_NO = frozenset({"是", "否", "有", "无"})
_NOTHING = type(None)
_BESIDE_TITLE = re.compile(r"[:：]|^\s*[(（]?(?:金额|面积|计量)?单位|^\s*[(（]?截[至止]")
"""What stands beside a title in its row: 单位：万元, 截至2024年6月; never a parent heading."""
_MONTH_STARTS = frozenset("0123456789一二三四五六七八九十 ")
_NUMERIC_TEXT = re.compile(r"^[-+(（]?[\d０-９][\d０-９,，.．]*[%％]?[)）]?$")


@dataclass(slots=True)
class Header:
    """One header block: its rows and, per column position, its levels of text and its unit."""

    first: int
    last: int
    """Positions in ``sheet.rows``; ``last`` is the last heading row."""
    body: int
    """Position of the first row below the header, its unit row and its index row."""
    levels: dict[int, tuple[str, ...]] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)


def find_headers(sheet: RawSheet, matcher: HeadingMatcher, tick: Tick = unwatched) -> list[Header]:
    """Return every header block of a sheet, from top to bottom."""
    headers: list[Header] = []
    position, last = 0, len(sheet.rows)
    while position < last:
        if not position % ROWS_PER_TICK:
            tick(0)
        row = sheet.rows[position]
        heads = _is_header_row(row, matcher) and not (headers and holds_figures(row))
        heads = heads or (stands_over_years(sheet, position) and _names_two(row, matcher))
        if not heads or _is_pair(sheet, position, matcher):
            position += 1
            continue
        start = headers[-1].body if headers else 0
        header = _block(sheet, position, matcher, _with_parents(sheet, position, start))
        headers.append(header)
        position = max(header.body, position + 1)
    return headers


def header_at(sheet: RawSheet, first: int, last: int) -> Header:
    """Return the header block of the rows that a person names; positions in ``sheet.rows``."""
    header = Header(first, last, last + 1, _levels(sheet, first, last))
    _skip_service_rows(sheet, header)
    return header


def find_loose_header(sheet: RawSheet, matcher: HeadingMatcher) -> Header | None:
    """Return the first row near the top whose texts only resemble headings, or None."""
    for position, row in enumerate(sheet.rows[:15]):
        texts = texts_of(row)
        if len(texts) < 3 or _numbers(row) > 0:
            continue
        alike = sum(1 for text in texts if matcher.resembles(text))
        below = _figures_below(sheet, position)
        known = sum(map(matcher.is_heading, texts))
        if (
            alike >= max(3, len(texts) // 2)
            or (alike * 3 >= len(texts) * 2 and below)
            or (known >= 2 and below > 1)
        ):
            return _block(sheet, position, matcher)
    return None


def find_wide_header(sheet: RawSheet, matcher: HeadingMatcher) -> Header | None:
    """Return a row near the top that heads the full row of values below it, or None.

    Few of its many texts are headings of a ledger; that the row below has none of them tells it
    from a card, in which headings stand in every row.
    """
    for position, row in enumerate(sheet.rows[:15]):
        texts = texts_of(row)
        if len(texts) < _WIDE or _numbers(row) or _figures_below(sheet, position) < 2:
            continue
        below = map(matcher.is_heading, texts_of(sheet.rows[position + 1]))
        if sum(map(matcher.is_heading, texts)) >= 3 and not any(below):
            return _block(sheet, position, matcher)
    return None


def _figures_below(sheet: RawSheet, position: int) -> int:
    """Return 1 if the row below a possible header holds figures, 2 if it fills its columns too."""
    if position + 1 >= len(sheet.rows) or not _numbers(sheet.rows[position + 1]):
        return 0
    heads = [at for at, cell in enumerate(sheet.rows[position]) if cell not in ("", None)]
    filled = sum(1 for at in heads if sheet.rows[position + 1][at] not in ("", None))
    return 2 if filled * 3 >= len(heads) * 2 else 1


def _names_two(row: Sequence[object], matcher: HeadingMatcher) -> bool:
    return sum(map(matcher.is_heading, texts_of(row))) > 1


def _is_header_row(row: Sequence[object], matcher: HeadingMatcher) -> bool:
    kinds = [type(cell) for cell in row]
    words = kinds.count(str)
    if (len(row) - words - kinds.count(_NOTHING)) * 4 > words:  # every row of a ledger is asked
        return False
    texts = [cell for cell in row if type(cell) is str and cell]
    if len(texts) < 2:
        return False
    numbers = len(row) - row.count("") - row.count(None) - len(texts)
    if numbers * 4 > len(texts):
        return False
    if sum(1 for text in texts if _NUMERIC_TEXT.match(text)) * 4 > len(texts):
        return False
    if sum(map(matcher.is_heading, texts)) < 2:
        return False
    if (
        sum(1 for text in texts if text[0] in _MONTH_STARTS and MONTH_NAME.match(text))
        >= FEWEST_MONTHS
    ):
        row = [cell for cell in row if not (type(cell) is str and MONTH_NAME.match(cell))]
        texts = [text for text in texts if not MONTH_NAME.match(text)]
    known = _known_headings(row, matcher)
    hits = sum(known)
    if hits >= 3 and hits * 3 >= len(texts):
        # 资产名称 | 1#厂房 | 资产编号 | A-01 alternates: a card, not a header.
        beside = any(one and two for one, two in pairwise(known))
        return beside or (hits * 2 > len(known) and not any(map(_answers_nothing, texts)))
    if hits >= 4 and hits * 4 >= len(texts):  # an export names much that no ledger keeps
        return any(one and two for one, two in pairwise(known))
    return hits >= 2 and hits == len(texts)


def _answers_nothing(text: str) -> bool:
    """Tell whether a text is 无 or 否, which head no column: 抵押情况 | 无 | 查封情况 | 否."""
    return text.strip() in _YES_OR_NO or is_blank(text)


def _known_headings(row: Sequence[object], matcher: HeadingMatcher) -> list[bool]:
    """Tell of each filled cell whether it is a heading, and not the answer to the one before."""
    known: list[bool] = []
    first = before = ""
    for cell in row:
        if cell in ("", None):
            continue
        heading = type(cell) is str and matcher.is_heading(cell)
        asked = (heading_ for heading_ in (before, first) if heading_)
        if heading and any(matcher.answers(heading_, str(cell)) for heading_ in asked):
            heading = False  # 使用状态 | 自用: a value, though 自用 is a heading elsewhere
        known.append(heading)
        before = str(cell) if heading else ""
        first = first or before
    return known


def _is_pair(sheet: RawSheet, position: int, matcher: HeadingMatcher) -> bool:
    """Tell whether two texts are heading and value (使用状态 | 自用), among others like them."""
    texts = texts_of(sheet.rows[position])
    if len(texts) > 1 and all(matcher.answers(texts[0], text) for text in texts[1:]):
        return True
    if len(texts) != 2:
        return False
    column = sheet.rows[position].index(texts[0])
    pairs = 0
    for row in sheet.rows[max(position - 3, 0) : position + 4]:
        filled = [cell for cell in row if cell not in ("", None)]
        first = row[column]
        if len(filled) == 2 and type(first) is str and matcher.is_heading(first.rstrip(":：")):
            pairs += not (isinstance(filled[1], str) and matcher.is_heading(filled[1]))
    return pairs >= 2


def _numbers(row: Sequence[object]) -> int:
    """Count numbers, dates and numeric texts in a row."""
    return sum(
        1
        for cell in row
        if isinstance(cell, int | float | date | PercentNumber)
        or (type(cell) is str and _NUMERIC_TEXT.match(cell.strip()))
    )


def _with_parents(sheet: RawSheet, position: int, start: int) -> int:
    """Include the row above if its cells are merged over the columns of this one."""
    first = position
    while first > start and position - first < MOST_LEVELS - 1:
        above = sheet.rows[first - 1]
        number = sheet.top + first - 1
        texts = texts_of(above)
        spans = [m for m in _merges_at(sheet, number) if m.bottom > number or m.right > m.left]
        inner = [m for m in spans if m.right - m.left + 1 < _filled_width(sheet.rows[position])]
        if heads_years(above, sheet.rows[position]):
            return first - 1
        if len(texts) < 2 or not inner or _numbers(above) or any(map(_BESIDE_TITLE.search, texts)):
            break
        first -= 1
    return first


def _merges_at(sheet: RawSheet, number: int) -> list[Merge]:
    return [merge for merge in sheet.merges if merge.top == number]


def _filled_width(row: Sequence[object]) -> int:
    filled = [i for i, cell in enumerate(row) if cell not in ("", None)]
    return filled[-1] - filled[0] + 1 if filled else 0


def _block(sheet: RawSheet, last: int, matcher: HeadingMatcher, top: int | None = None) -> Header:
    """Read a header block that has a row, from its parents' row at the ``top`` if it has any."""
    first = last if top is None else top
    while last - first < MOST_LEVELS - 1 and _continues(sheet, first, last, matcher):
        last += 1
    header = Header(first, last, last + 1)
    header.levels = _levels(sheet, first, last)
    _skip_service_rows(sheet, header)
    return header


def _continues(sheet: RawSheet, first: int, last: int, matcher: HeadingMatcher) -> bool:
    """Tell whether the row below is one more level of the header."""
    if last + 1 >= len(sheet.rows):
        return False
    row, below = sheet.rows[last], sheet.rows[last + 1]
    texts = texts_of(below)
    if not texts or _numbers(below) or is_unit_row(below) or is_guide_row(below):
        return False
    number = sheet.top + last
    top = sheet.top + first
    if any(top <= m.top <= number < m.bottom for m in sheet.merges):
        return True
    if sheet.merges:
        spans = [m for m in _merges_at(sheet, number) if m.top == m.bottom and m.right > m.left]
        width = _filled_width(row)
        inner = [m for m in spans if m.right - m.left + 1 < width]
        if inner:
            return any(
                type(below[c - sheet.left]) is str and below[c - sheet.left]
                for m in inner
                for c in range(m.left, min(m.right, sheet.left + len(below) - 1) + 1)
            )
    return _fills_gaps(row, below, matcher)


def _fills_gaps(row: Sequence[object], below: Sequence[object], matcher: HeadingMatcher) -> bool:
    """Tell whether a row's texts stand where the row above has gaps after a parent heading."""
    gap_hits = solid_hits = 0
    for column, cell in enumerate(below):
        if type(cell) is not str or not cell.strip():
            continue
        above = row[column]
        if (above == "" and column > 0) or (above != "" and _has_children(row, below, column)):
            gap_hits += 1
        else:
            solid_hits += 1
    if gap_hits < 2 or solid_hits > 0:
        return False
    named = (matcher.is_heading(t) or is_unit(t) or is_period_name(t) for t in texts_of(below))
    return any(named)


def _has_children(row: Sequence[object], below: Sequence[object], column: int) -> bool:
    """Tell whether a gap follows a heading in which a text stands below it."""
    for beside in range(column + 1, len(row)):
        if row[beside] not in ("", None):
            return False
        if below[beside] not in ("", None):
            return True
    return False


def _levels(sheet: RawSheet, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Return each column's heading texts, outermost first, with merges spread out."""
    width = sheet.width
    grid = [list(sheet.rows[position]) for position in range(first, last + 1)]
    merged: set[tuple[int, int]] = set()
    for merge in sheet.merges:
        top, bottom = merge.top - sheet.top, merge.bottom - sheet.top
        if bottom < first or top > last or top < first:
            continue
        text = (
            sheet.rows[top][merge.left - sheet.left] if 0 <= merge.left - sheet.left < width else ""
        )
        for position in range(top, min(bottom, last) + 1):
            for column in range(merge.left - sheet.left, min(merge.right - sheet.left + 1, width)):
                if column >= 0:
                    grid[position - first][column] = text if position == top else ""
                    merged.add((position, column))
    for depth in range(last - first):
        below = [
            any(row[column] not in ("", None) for row in grid[depth + 1 :])
            for column in range(width)
        ]
        _spread(grid[depth], below, {c for p, c in merged if p == first + depth})
    levels = {}
    for column in range(width):
        texts = tuple(
            cell for cell in (row[column] for row in grid) if isinstance(cell, str) and cell.strip()
        )
        if texts:
            levels[column] = texts
    return levels


def _spread(row: list[object], below: Sequence[bool], merged: set[int]) -> None:
    """Carry an unmerged parent heading over the gap to its right, where children stand below."""
    parent: object = ""
    for column, cell in enumerate(row):
        if cell not in ("", None):
            parent = cell if column not in merged else ""
        elif column not in merged and parent and below[column]:
            row[column] = parent
        else:
            parent = ""


def _skip_service_rows(sheet: RawSheet, header: Header) -> None:
    """Step over rows of units, column numbers or instructions below the headings."""
    columns = len(header.levels)
    while header.body < len(sheet.rows) and header.body - header.last <= MOST_LEVELS:
        row = sheet.rows[header.body]
        if is_unit_row(row):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and is_unit(cell):
                    header.units[column] = canonical_unit(cell)
        elif not (is_index_row(row, columns) or is_guide_row(row)):
            return
        header.body += 1
