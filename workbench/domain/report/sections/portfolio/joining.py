# SPDX-License-Identifier: MIT
"""Joins the tables of many parks into one table each, and turns their formulas to its rows.

Each park's tables are those of its own report; in the joined ones its rows stand together, so a
range over its rows is a part of the joined column, and its total the sum of that part.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    BLANK,
    NO_TOTAL,
    UNKNOWN,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Row,
    Table,
    TotalKind,
)
from workbench.domain.report.sections.annex_layout import Listing, is_common
from workbench.domain.report.sections.annexes import Lead
from workbench.domain.report.sections.links import column_part, column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.parks import (
    named_parks,
    park_column,
    say,
    short_cell,
)
from workbench.domain.report.sections.steps.step_words import quoted
from workbench.domain.workings.numbers import Kept

_NAME = re.compile(r"\{(?:(\w+)!)?(\w+)(?:@(\d+))?\}")
PARK_NO = "park_no"
"""The column that says of which park a row is, by the park's number."""
_PARK_WIDTH, _PARK_NAME = 6.0, 20.0
_MOST_WITH_NAMES = 10
"""A table of more columns says by its number alone of which park a row is."""
_MOST_BESIDE = 14
"""A wider table has a sheet of its own: beside it the others would print too small to read."""
BESIDE = _PARK_WIDTH + _PARK_NAME


@dataclass
class _Block:
    """Where one park's rows of a table stand in the joined one."""

    above: int
    count: int
    columns: Mapping[str, tuple[str, str]]
    """The joined table and column of each of its columns."""
    summed: frozenset[str] = frozenset()
    """The columns whose total is their sum."""


@dataclass
class _Joint:
    """One table over the rows of all parks, as far as they were added."""

    first: Table
    columns: dict[str, Column] = field(default_factory=dict)
    keys: dict[tuple[str, int], str] = field(default_factory=dict)
    """The joined column by what it says; the second of two columns of one title has the 1."""
    rows: list[tuple[int, Row, tuple[str, ...]]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


class Joining:
    """Collects the tables of all parks; afterwards it writes them, and what names their cells."""

    def __init__(self, parks: Sequence[Material], listings: Mapping[str, Listing]) -> None:
        """Take the listings of the records of all parks, joined by ``laid_out_together``."""
        self._parks = parks
        self._joints: dict[str, _Joint] = {}
        self._shared: set[str] = set()
        self._blocks: list[dict[str, _Block]] = [{} for _ in parks]
        for entity, listing in listings.items():
            self._place_records(entity, listing)

    def _place_records(self, entity: str, listing: Listing) -> None:
        joined = {key: (table, key) for key, table in listing.tables.items()}
        joined["no"] = listing.table(0), "no"
        above, common = 0, is_common(self._parks, entity)
        for m, blocks in zip(self._parks, self._blocks, strict=True):
            own = m.annex.get(entity)
            if own is None:
                continue
            for part in range(len(own.parts)):
                blocks[own.table(part)] = _Block(above, len(own.records), joined)
            above += 0 if common else len(own.records)

    def share(self, table: Table) -> Table:
        """Return a table that is the same for every park; formulas name it as it is."""
        self._shared.add(table.name)
        return table

    def add(self, park: int, table: Table, by_title: bool = False) -> None:
        """Add the rows of a park's table; ``by_title`` says that titles tell what columns are."""
        joint = self._joints.setdefault(table.name, _Joint(table))
        columns: dict[str, tuple[str, str]] = {}
        keys: list[tuple[str, int]] = []
        for column in table.columns:
            title = column.title if by_title else column.key
            said = title, sum(key[0] == title for key in keys)
            keys.append(said)
            known = column.key if not by_title else f"j{len(joint.keys) + 1}"
            key = joint.keys.setdefault(said, "no" if column.key == "no" else known)
            joint.columns.setdefault(key, replace(column, key=key))
            columns[column.key] = table.name, key
        summed = frozenset(c.key for c in table.columns if c.total.kind is TotalKind.SUM)
        above = len(joint.rows)
        self._blocks[park][table.name] = _Block(above, len(table.rows), columns, summed)
        own = tuple(columns[column.key][1] for column in table.columns)
        joint.rows += [(park, row, own) for row in table.rows]
        joint.targets += table.targets or [""] * len(table.rows)

    def counted(self, park: int, name: str, column: str, value: int | str) -> Cell:
        """Return in how many of a park's rows a column holds a value; 待核 counts as a word.

        A park without rows has told nothing yet: that is not known.
        """
        to_verify = self._parks[0].say("to_verify")
        joint, block = self._joints.get(name), self._blocks[park].get(name)
        if joint is None or block is None or not block.count:
            return UNKNOWN
        place = joint.first.place(column)
        own = joint.rows[block.above : block.above + block.count]
        found = [row[place] for _, row, _ in own]
        shown = [to_verify if c.state is CellState.UNKNOWN else c.value for c in found]
        parks, cells = (
            column_part(name, key, 1, len(joint.rows))
            for key in (PARK_NO, block.columns[column][1])
        )
        said = value if isinstance(value, int) else quoted(value)
        formula = f"COUNTIFS({parks},{{no}},{cells},{said})"
        return Cell(sum(each == value for each in shown), formula=formula)

    def added(self, name: str, column: str) -> str:
        """Return what adds the numbers of a column in the rows of a row's park, "" for no table."""
        joint = self._joints.get(name)
        if joint is None:
            return ""
        parks, cells = (column_range(name, key, len(joint.rows)) for key in (PARK_NO, column))
        return f"+SUMIFS({cells},{parks},{{no}})"

    def place(self, park: int, name: str, column: str, row: int) -> str:
        """Return where a row of a park's table stands, "" for nowhere."""
        return self.formula(park, f"{{{name}!{column}@{row}}}")

    def formula(self, park: int, formula: str, table: str = "") -> str:
        """Return a park's formula over the joined tables, "" where one of its cells is in none.

        ``table`` is the park's table in which it stands.
        """

        def found(match: re.Match[str]) -> str:
            name, column, row = match.groups(default="")
            return self._turned(park, name or table, column, int(row or 0), own=not name)

        try:
            return _NAME.sub(found, formula)
        except LookupError:
            return ""

    def _turned(self, park: int, name: str, column: str, row: int, *, own: bool) -> str:
        if name in self._shared:
            return f"{{{name}!{column}@{row}}}"
        block = self._blocks[park][name]
        joined, key = block.columns[column]
        if not row:
            return f"{{{key}}}"
        if row <= block.count:
            return (
                f"{{{key}@{block.above + row}}}"
                if own
                else f"{{{joined}!{key}@{block.above + row}}}"
            )
        if column not in block.summed:
            raise LookupError(name, column)
        return f"SUM({column_part(joined, key, block.above + 1, block.above + block.count)})"

    def cell(self, park: int, cell: Cell, table: str = "") -> Cell:
        """Return a cell of a park with its formula and link over the joined tables."""
        if not cell.formula and not cell.link:
            return cell
        value = cell.value  # without what it was made of, which would be kept for all parks
        return replace(
            cell, value=Decimal(value) if isinstance(value, Kept) else value,
            formula=self.formula(park, cell.formula, table), link=self.link(park, cell.link),
        )  # fmt: skip

    def link(self, park: int, link: str) -> str:
        """Return the link of a park over the joined tables, "" where it leads to none of them."""
        name, _, row = link.partition("@")
        if name in self._shared:
            return link
        block = self._blocks[park].get(name)
        if block is None or not block.columns:
            return ""
        joined = next(iter(block.columns.values()))[0]
        return f"{joined}@{block.above + int(row or 1)}"

    def table(self, name: str, number: str = "", only: Sequence[str] = ()) -> Table | None:
        """Return a joined table, or None without rows; ``only`` some of its columns are shown.

        A column of which another park's rows know nothing is blank in them.
        """
        joint = self._joints.get(name)
        if joint is None or not joint.rows:
            return None
        columns = [c for key, c in joint.columns.items() if not only or key in only]
        first, rest = columns[0], columns[1:]
        leading = 2 if len(columns) <= _MOST_WITH_NAMES else 1
        rows = []
        for park, cells, keys in joint.rows:
            own = dict(zip(keys, cells, strict=True))
            turned = [self.cell(park, own.get(c.key, BLANK), name) for c in columns]
            rows.append((turned[0], *_park(self._parks, park)[:leading], *turned[1:]))
        shown = (first, *_columns(self._parks[0])[:leading], *rest)
        is_summed = any(column.total is not NO_TOTAL for column in shown)
        return replace(
            joint.first,
            number=number or joint.first.number,
            columns=shown,
            rows=tuple(rows),
            total_label=self._parks[0].say("total") if is_summed else "",
            frozen_columns=2 + leading,
            targets=tuple(joint.targets) if any(joint.targets) else (),
            dense=True,
            apart=len(columns) > _MOST_BESIDE,
        )


def lead_of(parks: Sequence[Material], listing: Listing) -> Lead:
    """Return the park of each record of a joined listing, and its number in the park."""
    key, m = listing.entity.key, parks[0]
    columns = _columns(m)
    if key == "park":  # its own name stands in the row
        columns = columns[:1]
    if is_common(parks, key):
        rows = [(Cell("—"), Cell(_shared_by(parks, record))) for record in listing.records]
        return Lead(columns, rows, range(1, len(rows) + 1))
    owners = [
        (at, number)
        for at, park in enumerate(parks)
        if key in park.annex
        for number in range(1, len(park.annex[key].records) + 1)
    ]
    cells = [_park(parks, at)[: len(columns)] for at, _ in owners]
    return Lead(columns, cells, [number for _, number in owners])


def _shared_by(parks: Sequence[Material], record: Record) -> str:
    """Return the parks whose figures a common record is behind: accounts are of one company."""
    owner = record.text("enterprise") if record.entity == "finance" else None
    named = [
        at
        for at, m in enumerate(parks, start=1)
        if owner and m.whole.park is not None and m.whole.park.text("platform_entity") == owner
    ]
    return named_parks(parks, named or range(1, len(parks) + 1))


def _columns(m: Material) -> tuple[Column, ...]:
    number = Column(PARK_NO, say(m, "col.park_no"), _PARK_WIDTH, ColumnKind.ORDINAL)
    return number, replace(
        park_column(m), key="of_park", width=_PARK_NAME, kind=ColumnKind.CODE
    )  # short names: never wider than they are, and none of them in two lines


def _park(parks: Sequence[Material], at: int) -> Row:
    """Return the number and the short name of a park: every row of its records has them."""
    return Cell(at + 1), short_cell(parks[at])
