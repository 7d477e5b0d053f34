# SPDX-License-Identifier: MIT
"""What the table and its model say to each other, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt

Kind = Literal["text", "number", "choice", "date", "bool", "pill", "bar"]
RIGHT_ALIGNED: frozenset[str] = frozenset(("number", "date", "bar"))


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column; ``width`` in design pixels, ``choices`` are the words that a list offers.

    A ``bar`` shows a share: its raw value is a fraction 0–1. ``strong`` is for the name column,
    ``quiet`` for codes and dates. Frozen columns come first and do not scroll sideways.
    """

    key: str
    title: str
    unit: str = ""
    kind: Kind = "text"
    width: int = 104
    decimals: int = 0
    editable: bool = True
    frozen: bool = False
    strong: bool = False
    quiet: bool = False
    choices: Sequence[str] = ()

    @property
    def right(self) -> bool:
        """Tell whether the column's values stand at its right edge."""
        return self.kind in RIGHT_ALIGNED


class Problem(NamedTuple):
    """A complaint about one cell: level ``error`` or ``warning``, its sentence, and a way out.

    ``fix`` is what the page is asked to do when a person takes the suggestion, () for none.
    """

    level: Literal["error", "warning"]
    text: str
    fix: tuple[str, ...] = ()


class Cell(NamedTuple):
    """One cell, ready to be shown; empty ``text`` is drawn as "—", or "待补" when missing.

    ``raw`` is the value that sorting, bounds and sums use, in the unit that is shown (a bar's is a
    fraction); None is unknown. ``edit`` is what the editor and the clipboard get, ``tone`` a pill's
    tone or a bar's colour token.
    """

    text: str
    raw: object = None
    edit: str = ""
    problem: Problem | None = None
    tone: str = ""
    missing: bool = False
    heading: bool = False
    """True in the row of a group, which is drawn strong and not edited."""
    lines: tuple[str, ...] = ()
    """A heading's words as short lines, drawn where its column is too narrow for one."""


class GridRole(IntEnum):
    """Extra roles of ``data()``, for tests and assistive tools; painting uses ``cell()``."""

    RAW = Qt.ItemDataRole.UserRole + 1
    PROBLEM = Qt.ItemDataRole.UserRole + 2
    TONE = Qt.ItemDataRole.UserRole + 3


CellText = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class PasteOutcome:
    """What became of a block: how many cells took it, which refused and why.

    ``beyond`` counts pasted cells that fell outside the table; ``left_over`` holds the pasted rows
    below its last one, ``left_over_columns`` the keys of the columns that they stand under.
    """

    applied: int = 0
    refused: Sequence[tuple[int, int, str]] = ()
    beyond: int = 0
    label: str = ""
    left_over: Sequence[Sequence[str]] = ()
    left_over_columns: Sequence[str] = ()
    left_over_headings: int = 0
    """How many of the first rows left over are the block's own headings."""
    unknown: Sequence[str] = ()
    """Headings of the block that name no column; what stands under them was not taken."""
    note: str = ""
    """How a single value was read, where it is not shown as it came."""
    nothing: bool = False
    """Whether there were no cells on the clipboard."""
    exact: int = 0
    """Cells whose number was copied rounded, or hidden, and was taken in full."""
    among_shown: bool = False
    """Whether rows that filters hide lie between those that were written."""
    place: tuple[int, int, int, int] | None = None
    """The smallest block round the cells that a paste went to."""
    later: bool = False
    """True while a large block is still being written; the model's ``finished`` tells the rest."""


MOST_SORT_KEYS = 4
"""So many columns decide an order at most."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column in the order of sorting."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """What a column lets through; ``values`` are tokens of the model, "" stands for empty cells.

    ``words`` must stand in the text, ``only_empty`` asks for unknown values (待核), ``problems``
    for cells with findings; ``top`` keeps the largest n values of those that remain.
    """

    values: frozenset[str] | None = None
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    only_empty: bool = False
    top: int = 0
    words: str = ""
    only_filled: bool = False
    problems: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Source rows that have one value in common: the token of ``column``."""

    column: str
    token: str
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class SelectionStats:
    """Excel's figures of a selection; ``numbers`` counts cells that hold a number.

    ``unknown`` counts those that should and do not, ``measures`` names what the numbers measure.
    """

    cells: int = 0
    filled: int = 0
    numbers: int = 0
    total: Decimal = field(default_factory=Decimal)
    unknown: int = 0
    measures: frozenset[str] = frozenset()

    @property
    def mean(self) -> Decimal | None:
        """Return the mean of the numbers, or None when there is none."""
        return self.total / self.numbers if self.numbers else None
