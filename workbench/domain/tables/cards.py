# SPDX-License-Identifier: MIT
"""Sheets whose headings stand beside their values: one record per card, or one per column.

Both become a plain table with one header row, and remember where each cell really stands.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.words import take_apart
from workbench.domain.tables.letters import column_letter
from workbench.domain.tables.sheets import RawSheet

_FEWEST_HEADINGS = 3
_FEWEST_IN_CARD, _FEWEST_CARD_ROWS = 4, 2
_MAIN_SHARE = 0.7
_MOST_ROWS = 3000
_MOST_CELLS = 60_000
_YEAR, _NAME, _NUMBER = "年度", "名称", "编号"
_NO_NAMES = frozenset({"备注", "说明", "数值", "单位", "计量单位", "内容", "数据", "情况"})
"""What heads a column beside headings and is no thing that they tell of."""
YEAR_HEADING = re.compile(
    r"^(?:19|20)\d\d(?:\.0)?\s*(?:年?度?|[efEF])\s*"
    r"[(（]?(?:[末底]|实际|完成|预计|预期|预测|目标|计划|上半年|[一二三四]季度|[\d\-—~至]+月)?数?值?[)）]?$"
)
_CODE = re.compile(r"^(?=.*[A-Za-z])(?=.*\d)[\w\-/]+$", re.ASCII)
_LONGEST_LABEL = 12
_Spot = tuple[int, int]
"""A position in the rows of a sheet: row, column."""


@dataclass(slots=True)
class CardSheet:
    """Cards or columns laid out as a table whose first row holds the headings."""

    sheet: RawSheet
    spots: list[dict[int, _Spot]]
    """Per record: column position in ``sheet`` → where the value stands in the original."""
    original: RawSheet
    lines: int
    """How many rows of ``sheet`` stand above the first record (context and header)."""

    @property
    def header_row(self) -> int:
        """Return the first row of the original that holds a heading."""
        return self.original.top + self.begins

    @property
    def begins(self) -> int:
        """Return the position of the first row of the original that holds a value."""
        return min(row for spots in self.spots for row, _ in spots.values())

    @property
    def ends(self) -> int:
        """Return the position below the last row of the original that holds a value."""
        return 1 + max(row for spots in self.spots for row, _ in spots.values())

    def places(self, number: int) -> dict[int, tuple[int, str]]:
        """Return where the cells of a record stand, by column position."""
        original = self.original
        return {
            position: (original.top + row, column_letter(original.left + column))
            for position, (row, column) in self.spots[self._index(number)].items()
        }

    def row_number(self, number: int) -> int:
        """Return the original's row in which a record begins."""
        spots = self.spots[self._index(number)]
        return self.original.top + min(row for row, _ in spots.values())

    def first(self, position: int) -> tuple[str, int]:
        """Return the original's column and row in which a heading's first value stands."""
        at = next((spots[position] for spots in self.spots if position in spots), (self.begins, 0))
        return column_letter(self.original.left + at[1]), self.original.top + at[0]

    def _index(self, number: int) -> int:
        return number - self.sheet.top - self.lines


def read_cards(sheet: RawSheet, matcher: HeadingMatcher) -> CardSheet | None:
    """Return a sheet of cards or columns as a table, or None if it is neither."""
    if len(sheet.rows) > _MOST_ROWS or len(sheet.rows) * sheet.width > _MOST_CELLS:
        return None
    labels = [
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column in _labels_of(cells, matcher)
    ]
    if len(labels) < _FEWEST_HEADINGS or _heads_rows(sheet, labels):
        return None
    (column, most), *_ = Counter(column for _, column in labels).most_common(1)
    if most >= max(_FEWEST_HEADINGS, len(labels) * _MAIN_SHARE):
        main = [spot for spot in labels if spot[1] == column]
        if not _repeats(sheet, main):
            return _from_columns(sheet, main)
    return _from_cards(sheet, _with_unknown(sheet, labels))


def _heads_rows(sheet: RawSheet, labels: list[_Spot]) -> bool:
    """Tell whether all headings stand in one row above a full one: a list's, not a card's."""
    row = labels[0][0]
    if any(at != row for at, _ in labels) or row + 1 >= len(sheet.rows):
        return False
    below = sum(cell not in ("", None) for cell in sheet.rows[row + 1])
    return below > len(labels)


def card_above(sheet: RawSheet, header: int, matcher: HeadingMatcher) -> CardSheet | None:
    """Return the card that stands above the first table of a sheet: a house above its leases.

    A few lines such as 权属单位 | 云湖公司 are no card; ``header`` is a position in the rows.
    """
    if header < _FEWEST_CARD_ROWS:
        return None
    above = replace(sheet, rows=sheet.rows[:header], merges=(), hidden_rows=frozenset())
    card = read_cards(above, matcher)
    if card is None or len(card.spots) > 1 or len(card.spots[0]) < _FEWEST_IN_CARD:
        return None
    return card if card.ends - card.begins >= _FEWEST_CARD_ROWS else None


def _with_unknown(sheet: RawSheet, labels: list[_Spot]) -> list[_Spot]:
    """Add the labels that mean nothing to the catalogue but stand among those that do.

    So what stands beside them is shown as left out, instead of lost unseen.
    """
    columns = Counter(column for _, column in labels)
    known, rows = set(labels), {row for row, _ in labels}
    found = [
        (row, column)
        for row in rows
        for column, cell in enumerate(sheet.rows[row])
        if columns[column] > 1
        and (row, column) not in known
        and (row, column - 1) not in known
        and isinstance(cell, str)
        and 1 < len(cell.strip()) <= _LONGEST_LABEL
        and not any(map(str.isdigit, cell))
    ]
    return sorted([*labels, *found])


def _labels_of(cells: list[object], matcher: HeadingMatcher) -> Iterator[int]:
    """Yield the columns of a row that hold headings.

    The cell right beside one is its value, and so is what is among its choices: 限制类型 | 抵押.
    """
    value = -1
    first = before = ""
    for column, cell in enumerate(cells):
        if column == value or not isinstance(cell, str) or not cell.strip():
            continue
        text = _label(cell)
        if not matcher.is_heading(text):
            continue
        if any(matcher.answers(asked, cell) for asked in (before, first) if asked):
            continue
        value = column + 1
        before, first = text, first or text
        yield column


def _label(cell: str) -> str:
    return cell.strip().rstrip(":：")


def _core(sheet: RawSheet, spot: _Spot) -> str:
    cell = sheet.rows[spot[0]][spot[1]]
    return take_apart((_label(str(cell)),)).core


def _repeats(sheet: RawSheet, labels: list[_Spot]) -> bool:
    cores = [_core(sheet, spot) for spot in labels]
    return len(set(cores)) < len(cores)


def _from_columns(sheet: RawSheet, labels: list[_Spot]) -> CardSheet | None:
    """Turn a sheet with its headings in one column: each column to the right is a record."""
    first, last = labels[0][0], labels[-1][0]
    column = labels[0][1]
    while last + 1 < len(sheet.rows) and _goes_on(sheet.rows[last + 1], column):
        last += 1
    years = first - 1 if first and _holds_years(sheet.rows[first - 1], column) else None
    called = _heads_call(sheet, labels) if first and years is None else ""
    named = first - 1 if called else None
    rows = [
        row
        for row in range(first, last + 1)
        if isinstance(cell := sheet.rows[row][column], str) and cell.strip()
    ]
    if years is not None or named is not None:
        rows.insert(0, first - 1)
    records = [
        {position: (row, other) for position, row in enumerate(rows)}
        for other in range(column + 1, sheet.width)
        if any(sheet.rows[row][other] not in ("", None) for row in rows)
    ]
    above = {years: _YEAR, named: called}
    headings = [above.get(row) or str(sheet.rows[row][column]) for row in rows]
    return laid_out(sheet, headings, records, rows[0])


def _goes_on(row: list[object], column: int) -> bool:
    """Tell whether a row below the last known heading has one more, with a value beside it."""
    label, values = row[column], row[column + 1 :]
    return (
        isinstance(label, str)
        and 1 < len(label.strip()) <= _LONGEST_LABEL
        and not re.search(r"[:：]", label)
        and any(value not in ("", None) for value in values)
    )


def _holds_years(row: list[object], column: int) -> bool:
    """Tell whether the columns to the right are years: 2021年, 2022年."""
    cells = [str(cell).strip() for cell in row[column + 1 :] if cell not in ("", None)]
    years = sum(1 for cell in cells if YEAR_HEADING.match(cell))
    return years > 0 and years >= len(cells) - 1


def _heads_call(sheet: RawSheet, labels: list[_Spot]) -> str:
    """Return what the row above the headings gives each column, or "": a name, or its number.

    What a row below says already is not said by the heads: beside 名称 they may be codes, FW-01.
    """
    cores = [_core(sheet, spot) for spot in labels]
    heads = _heads(sheet, labels)
    if not heads or any(core.endswith("楼栋") for core in cores):
        return ""
    if not any(core.endswith(_NAME) for core in cores):
        return _NAME
    coded = any(core.endswith((_NUMBER, "编码")) for core in cores)
    return _NUMBER if not coded and all(map(_CODE.match, heads)) else ""


def _heads(sheet: RawSheet, labels: list[_Spot]) -> list[str]:
    """Return what stands above the columns if it tells each from the others: 1号厂房."""
    first, column = labels[0]
    filled = {
        other
        for row, _ in labels
        for other in range(column + 1, sheet.width)
        if sheet.rows[row][other] not in ("", None)
    }
    names = [sheet.rows[first - 1][other] for other in sorted(filled)]
    heads = [name.strip() for name in names if isinstance(name, str)]
    told = len(heads) == len(names) == len(set(heads)) > 1
    return heads if told and _NO_NAMES.isdisjoint({"", *heads}) else []


def _from_cards(sheet: RawSheet, labels: list[_Spot]) -> CardSheet | None:
    """Read cards: a card begins where its first heading stands again."""
    cores = {spot: _core(sheet, spot) for spot in labels}
    counts = Counter(cores.values())
    most = max(counts.values())
    anchor = next(core for core in cores.values() if counts[core] == most)
    anchors = [spot for spot in labels if cores[spot] == anchor]
    names: dict[str, int] = {}
    for spot in labels:
        names.setdefault(cores[spot], len(names))
    known, starts = set(labels), _starts(anchors)
    shown = {core: str(sheet.rows[s[0]][s[1]]) for s, core in reversed(cores.items())}
    cards: dict[_Spot, dict[int, _Spot]] = {spot: {} for spot in anchors}
    for spot in labels:
        owner = _owner(spot, starts)
        value = _value_beside(sheet, spot, known)
        position = names[cores[spot]]
        if owner is not None and value is not None and position not in cards[owner]:
            cards[owner][position] = value
    records = [card for card in cards.values() if len(card) > 1]
    return laid_out(sheet, [_label(shown[name]) for name in names], records, labels[0][0])


def _starts(anchors: list[_Spot]) -> dict[int, list[int]]:
    """Return the rows in which cards start, by column, both in order."""
    starts: dict[int, list[int]] = {}
    for row, column in sorted(anchors):
        starts.setdefault(column, []).append(row)
    return dict(sorted(starts.items()))


def _owner(spot: _Spot, starts: dict[int, list[int]]) -> _Spot | None:
    """Return the card that a heading belongs to: the nearest start above and to the left."""
    row, column = spot
    for left in reversed([start for start in starts if start <= column]):
        if above := bisect_right(starts[left], row):
            return starts[left][above - 1], left
    return None


def _value_beside(sheet: RawSheet, spot: _Spot, labels: set[_Spot]) -> _Spot | None:
    """Return where the value of a heading stands: the next filled cell before a heading."""
    row, column = spot
    for other in range(column + 1, sheet.width):
        if (row, other) in labels:
            return None
        if sheet.rows[row][other] not in ("", None):
            return row, other
    return None


def laid_out(
    sheet: RawSheet, headings: list[str], records: list[dict[int, _Spot]], first: int
) -> CardSheet | None:
    """Lay the records out below one row of headings, with the lines above them on top."""
    if not records or len(headings) < _FEWEST_HEADINGS:
        return None
    width = len(headings)
    lines: list[list[object]] = [
        [cell, *([""] * (width - 1))]
        for row in sheet.rows[:first]
        for cell in row
        if isinstance(cell, str) and cell.strip()
    ]
    rows = [*lines, list[object](headings)]
    for record in records:
        cells: list[object] = [""] * width
        for position, (row, column) in record.items():
            cells[position] = sheet.rows[row][column]
        rows.append(cells)
    plain = RawSheet(
        sheet.name,
        rows,
        visible=sheet.visible,
        date1904=sheet.date1904,
        foreign_formulas=sheet.foreign_formulas,
        notes=sheet.notes,
    )
    return CardSheet(plain, records, sheet, len(lines) + 1)
