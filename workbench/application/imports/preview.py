# SPDX-License-Identifier: MIT
"""What an import shows before anything is stored: tables, columns, rows, findings, totals."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workbench.application.imports.choices import ImportOptions, TableChoices
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Catalogue, Entity, Field, FieldType
from workbench.domain.parsing.parsed import Problem
from workbench.domain.parsing.text import shown
from workbench.domain.records.own_fields import OwnField
from workbench.domain.tables.finder import Column, RejectedRow, Table
from workbench.domain.tables.rows import Reason
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.values import Origin, Value

Cell = tuple[int, str]
"""A table row's position and a field key."""
TablePlace = tuple[str, str, str, str, str]
"""File, sheet, address of the first column, entity and kind of attachment ("" for rows)."""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(slots=True)
class ColumnData:
    """One field's values for all rows of a table, with what differs from the ordinary beside it.

    ``origins`` holds only cells that are estimated, not applicable, in a unit of their own or not
    taken from ``column``; every other cell's origin is its raw text and the column's unit.
    """

    field: Field
    column: Column | None
    unit: str
    values: list[Value | None]
    origins: dict[int, Origin] = dataclasses.field(default_factory=dict)
    problems: dict[int, tuple[Problem, ...]] = dataclasses.field(default_factory=dict)
    targets: list[str | None] | None = None
    """For references: the key of the record that each row's text means."""

    @property
    def ordinary_unit(self) -> str | None:
        """Return the raw unit of cells that have none of their own."""
        measured = self.field.numeric and self.field.type is not FieldType.SHARE
        return self.unit or None if measured else None

    def stored(self, index: int) -> Value | None:
        """Return what is stored: the value, or the key that a reference means."""
        return self.values[index] if self.targets is None else self.targets[index]


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """The ledger's own 合计 of a column beside the sum of the rows taken in."""

    field: str
    row: int
    stated: Decimal
    computed: Decimal
    agrees: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an existing record that the file states otherwise; references as keys."""

    field: str
    old: Value | None
    new: Value


@dataclass(frozen=True, slots=True)
class Host:
    """The table whose rows carry attached records: which rows, and what kind of attachment."""

    table: "TablePreview"
    rows: tuple[int, ...]
    attachment: str


@dataclass(slots=True)
class TablePreview:
    """One table: its columns of values, and what becomes of each row."""

    file: str
    table: Table
    spec: Entity
    """The entity of the rows, with the project's own fields."""
    columns: dict[str, ColumnData]
    outcomes: list[Outcome]
    rejected: list[RejectedRow]
    matched: dict[int, str] = dataclasses.field(default_factory=dict)
    """Row position → key of the existing (or earlier) record it speaks of."""
    differences: dict[int, tuple[Difference, ...]] = dataclasses.field(default_factory=dict)
    row_problems: dict[int, list[tuple[str, Problem]]] = dataclasses.field(default_factory=dict)
    problems: list[tuple[str, Problem]] = dataclasses.field(default_factory=list)
    """(column letter or "", problem) of the table as a whole."""
    totals: list[ControlTotal] = dataclasses.field(default_factory=list)
    acknowledged: set[tuple[str, str, str]] = dataclasses.field(default_factory=set)
    """Sums that differ and that a person has looked at: column letter, code and row."""
    choices: TableChoices = dataclasses.field(default_factory=TableChoices)
    """What a person, now or in an earlier import, settled about the table."""
    remembered: bool = False
    """Whether an earlier import settled something about this layout."""
    attached: list["TablePreview"] = dataclasses.field(default_factory=list)
    """Records of other kinds that these rows carry; they are no rows of their own."""
    host: Host | None = None
    within: dict[int, str] = dataclasses.field(default_factory=dict)
    """Row position → park of the house or land named there, for kinds without a park."""
    parks_written: bool = False
    """Whether ``within`` stands in the rows themselves, so that it parts houses of one name."""
    continues: dict[int, int] = dataclasses.field(default_factory=dict)
    """Row that goes on about the record of a row above, with one more tenant → that row."""
    doubted: set[int] = dataclasses.field(default_factory=set)
    """New rows under review that may be no record of this kind: taking one adds it."""
    unread: dict[Cell, Value] = dataclasses.field(default_factory=dict)
    """Cells about stored records which could not be read, and the value that stays."""
    barred: dict[int, Problem] = dataclasses.field(default_factory=dict)
    """Rows that no decision stores, and why."""
    dismissed: dict[int, tuple[Problem, ...]] = dataclasses.field(default_factory=dict)
    """Complaints of the checks about a row that a person has looked at and left."""

    @property
    def entity(self) -> str:
        """Return the entity of the rows."""
        return self.table.entity

    @property
    def place(self) -> tuple[str, int, str]:
        """Return what identifies the table in its file: sheet, first header row and spot."""
        return self.table.sheet.name, self.table.header_rows[0], self.table.spot

    @property
    def known_by(self) -> TablePlace:
        """Return what the table is known by in another reading of the same file."""
        sheet, _, spot = self.place
        carried = self.host.attachment if self.host is not None else ""
        return self.file, sheet, spot, self.entity, carried

    def linked_by(self, column: Column) -> str:
        """Return the reference that a column without a field of its own gives (资产名称), or ""."""
        names = (
            name for name, data in self.columns.items()
            if data.column is not None and data.column.address == column.address
        )  # fmt: skip
        return next(names, "") if column.match is None else ""

    def counts(self) -> dict[str, int]:
        """Return rows read and their outcomes; the outcomes add up to the rows read."""
        counts = {"read": self.table.read}
        counts |= {outcome.value: self.outcomes.count(outcome) for outcome in Outcome}
        counts["rejected"] = len(self.rejected)
        return counts

    def kept(self) -> Iterator[int]:
        """Yield the positions of rows that are not rejected."""
        rejected = Outcome.REJECTED
        return (index for index, outcome in enumerate(self.outcomes) if outcome is not rejected)

    def row_number(self, index: int) -> int:
        """Return a row's number in its sheet."""
        return self.table.rows[index][0]

    def values(self, index: int) -> dict[str, Value]:
        """Return a row's known values by field; references as the text in the cell."""
        return {
            name: value
            for name, data in self.columns.items()
            if (value := data.values[index]) is not None
        }

    def raw(self, index: int, name: str) -> str:
        """Return what a cell shows."""
        data = self.columns[name]
        if (origin := data.origins.get(index)) is not None and origin.raw is not None:
            return origin.raw
        if data.column is None:
            return ""
        return shown(self.table.rows[index][1][data.column.position])

    def origin(self, index: int, name: str) -> Origin:
        """Return what stands beside a value, without its source."""
        data = self.columns[name]
        if (origin := data.origins.get(index)) is not None:
            return origin
        return Origin(self.raw(index, name), data.ordinary_unit)

    def findings(self, index: int) -> list[tuple[str, Problem]]:
        """Return the problems of a row as (field, problem)."""
        found = [
            (name, problem)
            for name, data in self.columns.items()
            for problem in data.problems.get(index, ())
        ]
        return found + self.row_problems.get(index, [])

    def concerns(self, index: int, field: str) -> bool:
        """Tell whether a finding is to be looked at.

        A row that says what is stored changes nothing, so nothing is but what it says unreadably
        of a value that is stored.
        """
        return self.outcomes[index] is not Outcome.SAME or (index, field) in self.unread

    def reject(self, index: int, reason: Reason, text: str, why: str = "") -> None:
        """Take a row out; ``why`` says more than the reason, as ``RejectedRow.why``."""
        self.outcomes[index] = Outcome.REJECTED
        self.rejected.append(RejectedRow(self.row_number(index), reason, text, why))

    def bar(self, index: int, field: str, problem: Problem) -> None:
        """Keep a row under review whatever is decided, with a problem that says why."""
        self.outcomes[index] = Outcome.REVIEW
        self.barred[index] = problem
        self.row_problems.setdefault(index, []).append((field, problem))


_MAYBE_LISTS = ("no_header", "other_encoding", "summary", "lookup_list")


@dataclass(frozen=True, slots=True)
class IgnoredSheet:
    """A sheet that holds no table to import; why is text ``importing.ignored.<reason>``."""

    sheet: str
    reason: str
    raw: RawSheet | None = None

    @property
    def lines(self) -> int:
        """Return how many rows hold more than one cell and may be lines of a list."""
        rows = self.raw.rows if self.raw is not None else ()
        return sum(len(row) - row.count("") - row.count(None) > 1 for row in rows)

    @property
    def may_be_lost(self) -> bool:
        """Tell whether a list may stand in the sheet that nothing was understood of."""
        return self.reason in _MAYBE_LISTS and self.lines > 1


@dataclass(slots=True)
class FilePreview:
    """One file: its tables, the sheets left out, and the bytes that are kept on commit."""

    path: str
    name: str
    content: bytes
    tables: list[TablePreview] = dataclasses.field(default_factory=list)
    ignored: list[IgnoredSheet] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewReference:
    """A record that the import creates because a row names it: a park, a tenant, a parcel."""

    entity: str
    key: str
    values: Mapping[str, Value]
    raw: str
    file: str
    sheet: str
    row: int
    column: str


@dataclass(slots=True)
class Preview:
    """Everything an import would do; nothing is stored."""

    batch: str
    options: ImportOptions
    files: list[FilePreview]
    references: list[NewReference] = dataclasses.field(default_factory=list)
    catalogue: Catalogue = CATALOGUE
    own_fields: tuple[OwnField, ...] = ()
    """Definitions that a file brings and the project lacks; they are stored with the rows."""
    """The fields that were looked for: the shipped ones and the project's own."""

    def tables(self) -> Iterator[TablePreview]:
        """Yield every table of every file."""
        return (table for file in self.files for table in file.tables)

    def everything(self) -> Iterator[TablePreview]:
        """Yield every table, then every table of attached records, as ``Decisions`` count them."""
        yield from self.tables()
        yield from (attached for table in self.tables() for attached in table.attached)

    def counts(self) -> dict[str, int]:
        """Return the counts of all tables together."""
        total = dict.fromkeys(("read", *(outcome.value for outcome in Outcome)), 0)
        for table in self.tables():
            for name, count in table.counts().items():
                total[name] += count
        return total
