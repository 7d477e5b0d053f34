# SPDX-License-Identifier: MIT
"""Columns that hold two fields at once: 结构/层数 over 钢混/5 becomes a column of each."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.domain.fields import Entity, FieldType
from workbench.domain.parsing.text import DITTO_TOKENS, is_blank, shown
from workbench.domain.tables.contradicted import speak_against
from workbench.domain.tables.headings.kinds import fit
from workbench.domain.tables.headings.lexicon import NEAR, PERHAPS
from workbench.domain.tables.headings.matcher import HeadingMatcher, Match
from workbench.domain.tables.headings.parts import parts_of
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.table import Column, Part, Table, Unparted

_MARKS = ("/／", "、", "\n", ";；", "|｜", "+＋", " \u3000")
"""What parts the words of a cell, each in its spellings; the heading's own mark comes first.

No comma, for 66,667 is one figure.
"""
_PLACE = frozenset({"park", "parcel", "building", "unit", "location"})
"""What a lease says of where it is: 楼宇/房号 over A座/1201 is one place if 楼宇 is no field."""
_WORDS = "及和与"
_PARK, _WHERE = "park", "location"
_FAR_RIGHT = 1 << 20
"""Beyond the columns of any sheet."""
_SHORTEST = 2
_FEWEST_OTHERWISE = 2
"""So many cells must be parted where they are by another mark than their heading."""


def part_columns(table: Table, spec: Entity, matcher: HeadingMatcher) -> None:
    """Read each column whose heading names several fields as one column of each of them.

    Only where one mark parts every filled cell into as many: of a column whose cells do not all,
    the first that does not is remembered, to be told. The parts' cells are added to the rows.
    """
    taken = {c.match.field for c in table.columns if c.match is not None and c.match.exact}
    found: list[Column] = []
    for column in table.columns:
        parts = _parts(table, column, spec, matcher, taken) if _may_be_parted(column) else ()
        found += parts or [column]
    table.columns[:] = found


def joined_again(table: Table, addresses: Collection[str]) -> None:
    """Put the parts of each column together again of which a person named the whole."""
    found: list[Column] = []
    for column in table.columns:
        whole = column.part.whole if column.part is not None else None
        if whole is None or whole.address not in addresses:
            found.append(column)
        elif column.part is not None and column.part.number == 1:
            found.append(whole)
            table.joined.add(whole.address)
    table.columns[:] = found


def _may_be_parted(column: Column) -> bool:
    exact = column.match is not None and column.match.exact
    return not (exact or column.chosen or column.numbers_rows or column.elsewhere or column.part)


def _parts(
    table: Table, column: Column, spec: Entity, matcher: HeadingMatcher, taken: set[str]
) -> list[Column]:
    """Return the columns that one column is made of; none where it is one."""
    read = _best_reading(column.heading, spec, matcher, taken)
    if read is None or not table.rows:
        return []
    mark, headings, fields = read
    headings = _with_shared_unit(headings, fields, spec)
    cells = [row[column.position] for _, row in table.rows]
    by = _mark_of(cells, mark, len(headings))
    pieces = [_pieces(cell, by, len(headings)) for cell in cells]
    sure = [(field, at) for at, field in enumerate(fields) if field]
    if None in pieces or any(
        _cannot_be(spec, field, cells, [p[at] for p in pieces if p]) for field, at in sure
    ):
        _remember(table, column, headings, pieces)
        if column.match is not None and column.match.field == _PARK and _WHERE in fields:
            column.match = Match(_WHERE, PERHAPS, exact=False)  # 启航园1#楼 is no park of its own
        return []
    first = len(table.rows[0][1])
    table.rows[:] = [
        (number, [*row, *(piece or ())])
        for (number, row), piece in zip(table.rows, pieces, strict=True)
    ]
    _widen_sums(table, column.position, by, len(headings))
    made = []
    for at, (heading, field) in enumerate(zip(headings, fields, strict=True)):
        match = Match(field, NEAR, exact=True) if field else None
        part = Part(column, at + 1)
        unit = heading.unit
        made.append(
            replace(column, position=first + at, heading=heading, unit=unit, match=match, part=part)
        )
    taken |= {field for field in fields if field}
    return made


def _cannot_be(spec: Entity, field: str, cells: Sequence[object], parts: Sequence[str]) -> bool:
    """Tell whether parts of cells cannot be a field, or name alike what the cells tell apart."""
    names = field in spec.required_any and spec[field].type is not FieldType.DATE
    if names and len(set(parts)) < len(set(map(shown, cells))):
        return True
    return speak_against(spec[field], [part for part in parts if part])


def _with_shared_unit(
    headings: Sequence[Heading], fields: Sequence[str], spec: Entity
) -> tuple[Heading, ...]:
    """Give the unit behind 原值/净值（万元） to those before it that measure the same."""
    last, unit = headings[-1], headings[-1].unit
    kind = spec[fields[-1]].type if fields[-1] else None

    def shares(heading: Heading, field: str) -> bool:
        alike = heading.core[-_SHORTEST:] == last.core[-_SHORTEST:]
        return not heading.unit and (alike or (bool(field) and spec[field].type is kind))

    return tuple(
        replace(heading, unit=unit) if unit and shares(heading, field) else heading
        for heading, field in zip(headings, fields, strict=True)
    )


def names_of_parts(headings: Mapping[int, Heading], matcher: HeadingMatcher) -> dict[int, Heading]:
    """Return the names that shared headings hold, each at a position of its own."""
    found: dict[int, Heading] = {}
    for heading in headings.values():
        known = (
            parts for _, parts in parts_of(heading)
            if all(matcher.is_heading(part.core) for part in parts)
        )  # fmt: skip
        for part in next(known, ()):
            found[_FAR_RIGHT + len(found)] = part
    return found


def _best_reading(
    heading: Heading, spec: Entity, matcher: HeadingMatcher, taken: set[str]
) -> tuple[str, tuple[Heading, ...], list[str]] | None:
    """Return the parting of a heading that names most: its mark, its parts and their fields."""
    best, most = None, 1.0
    for mark, headings in parts_of(heading):
        fields = [_field(part, spec, matcher) for part in headings]
        told = {field for field in fields if field}
        if told <= _PLACE and not all(fields):
            continue
        if not told - taken or len(told) < len([field for field in fields if field]):
            continue  # 债权人/申请人: two names of one thing
        named = sum(matcher.is_heading(part.core) for part in headings)
        score = len(told) + named / 10
        if score > most or (best is None and len(told) == 1):
            fields = [field if field not in taken else "" for field in fields]
            best, most = (mark, headings, fields), max(score, most)
    return best


def _field(heading: Heading, spec: Entity, matcher: HeadingMatcher) -> str:
    """Return the field of an entity that a part's words are the name of, "" for none."""
    if matcher.is_index(heading):
        return ""
    for match in matcher.candidates(spec.key, heading):
        if match.confidence >= NEAR and fit(spec[match.field], heading) > -0.5:
            return match.field
    return ""


def _mark_of(cells: Sequence[object], mark: str, count: int) -> str:
    """Return the mark that parts the cells: the heading's, else one that parts all of them."""
    own = next((marks for marks in _MARKS if mark in marks), "" if mark in _WORDS else mark)
    filled = [cell for cell in cells if not _says_nothing(cell)]
    best, most = own or _MARKS[0], 0
    for marks in dict.fromkeys((own, *_MARKS) if own else _MARKS):
        parted = sum(_pieces(cell, marks, count) is not None for cell in filled)
        enough = parted if marks == own or not own else parted >= _FEWEST_OTHERWISE and parted
        if enough == len(filled):
            return marks
        if parted > most and marks == (own or marks):
            best, most = marks, parted
    return best


def _says_nothing(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (is_blank(cell) or cell in DITTO_TOKENS))


def _pieces(cell: object, marks: str, count: int) -> list[str] | None:
    """Return a cell's parts, None where the mark does not part it into as many."""
    if _says_nothing(cell):
        repeated = isinstance(cell, str) and cell in DITTO_TOKENS
        return [str(cell) if repeated else ""] * count
    if not isinstance(cell, str):
        return None
    found = [piece.strip() for piece in re.split(f"[{re.escape(marks)}]+", cell.strip())]
    return found if len(found) == count and any(found) else None


def _widen_sums(table: Table, at: int, marks: str, count: int) -> None:
    """Add the parts of the ledger's own sums, or blanks, to its 合计 and 小计 rows."""

    def widened(row: list[object]) -> list[object]:
        return [*row, *(_pieces(row[at], marks, count) or [""] * count)]

    if table.total is not None:
        table.total = (table.total[0], widened(table.total[1]))
    table.subtotals[:] = [(number, widened(row)) for number, row in table.subtotals]


def _remember(
    table: Table, column: Column, headings: Sequence[Heading], pieces: Sequence[list[str] | None]
) -> None:
    """Remember the first cell that is not parted, where half are or the column is read as none."""
    whole = list(_rows_whole(table, pieces))
    if column.match is not None and len(whole) * 2 > len(pieces):
        return
    number = whole[0] if whole else table.rows[0][0]
    cell = next(row[column.position] for at, row in table.rows if at == number)
    names = tuple(heading.text for heading in headings)
    table.unparted[column.position] = Unparted(names, number, shown(cell), len(whole))


def _rows_whole(table: Table, pieces: Sequence[list[str] | None]) -> Iterator[int]:
    return (number for (number, _), piece in zip(table.rows, pieces, strict=True) if piece is None)
