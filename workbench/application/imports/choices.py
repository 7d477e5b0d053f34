# SPDX-License-Identifier: MIT
"""What a person settles about an import before it reads: sheets, headings, fields, units, rows."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class OnExisting(StrEnum):
    """What to do with a row whose record exists with other values."""

    REVIEW = "review"
    SKIP = "skip"
    UPDATE = "update"


LEAVE_OUT = "-"
"""The entity of a table that a person leaves out."""
PARTED = "/"
"""Chosen for a column that holds several fields: read as one of each, as it is unless chosen."""
Spot = tuple[str, str, int, str]
"""File, sheet, first header row and a column's address; "" is any file, 0 any header row.

A column's address is its letter, on a card the cell of its first value (B3). A letter with
its table's first header row names the column of one of two tables below one another: D4 or D20.
Of a column that holds several fields D/1 is the first part.
"""


@dataclass(frozen=True, slots=True)
class TableChoices:
    """What is settled about one table beforehand; fields and units by the address of a column."""

    entity: str = ""
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)
    units: Mapping[str, str] = dataclasses.field(default_factory=dict)
    every: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What every row says that has nothing in a field of its own, by field: kind = 抵押."""

    def over(self, other: "TableChoices") -> "TableChoices":
        """Return these choices on top of others, such as remembered ones."""
        return TableChoices(
            self.entity or other.entity, {**other.fields, **self.fields},
            {**other.units, **self.units}, {**other.every, **self.every},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person decided before reading.

    Columns and units are keyed by their spot, ``entities`` by the spot of the table's first column
    or "" for it. An empty field key leaves a column out. ``headers`` names the header's first and
    last row of a (file, sheet). Of records that exist, fields in ``keep`` stay as they are and
    fields in ``accept`` are taken from the file.
    """

    sheets: tuple[str, ...] = ()
    on_existing: OnExisting = OnExisting.REVIEW
    park: str = ""
    entities: Mapping[Spot, str] = dataclasses.field(default_factory=dict)
    columns: Mapping[Spot, str] = dataclasses.field(default_factory=dict)
    units: Mapping[Spot, str] = dataclasses.field(default_factory=dict)
    headers: Mapping[tuple[str, str], tuple[int, int]] = dataclasses.field(default_factory=dict)
    every: Mapping[Spot, str] = dataclasses.field(default_factory=dict)
    """A choice field's value for all rows without one; the field's key stands for the column."""
    rows: Mapping[tuple[str, str, int], str] = dataclasses.field(default_factory=dict)
    """What single rows of a list of land and houses are, by file ("" is any), sheet and row."""
    accept: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    remembered: bool = True
    """Whether layouts that were settled in earlier imports are applied."""
    tolerant: bool = False
    """Whether a file without a known header is shown as it is, so that a person can point at it."""

    def header_rows(self, file: str, sheet: str) -> tuple[int, int] | None:
        """Return the header rows that a person named for a sheet, or None."""
        return self.headers.get((file, sheet)) or self.headers.get(("", sheet))

    def of_table(self, file: str, sheet: str, row: int, first: str) -> TableChoices:
        """Return what was decided about one table."""

        def mine(chosen: Mapping[Spot, str]) -> dict[str, str]:
            said = {
                address: value
                for (where, name, header, address), value in chosen.items()
                if where in ("", file) and name == sheet and header in (0, row)
            }
            headings = {_without_row(address, row): said[address] for address in said}
            return {**headings, **said}

        entities = mine(self.entities)
        entity = entities.get(first) or entities.get("", "")
        return TableChoices(entity, mine(self.columns), mine(self.units), mine(self.every))

    def rows_of(self, file: str, sheet: str) -> dict[int, str]:
        """Return which entity single rows of a sheet were said to be."""
        return {
            row: entity
            for (where, name, row), entity in self.rows.items()
            if where in ("", file) and name == sheet
        }

    def decides(self) -> bool:
        """Tell whether a person decided anything about layouts, which is then remembered."""
        return bool(self.entities or self.columns or self.units or self.headers or self.every)


def _without_row(address: str, row: int) -> str:
    """Return D for D4 and D/1 for D4/1, where 4 is the row."""
    column, mark, part = address.partition("/")
    return column.removesuffix(str(row)) + mark + part
