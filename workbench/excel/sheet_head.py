# SPDX-License-Identifier: MIT
"""What the child process says about a sheet before its rows."""

from dataclasses import dataclass, field


class UnreadableError(Exception):
    """A file that is no readable workbook; ``code`` is a text key of the room importing."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(slots=True)
class SheetHead:
    """One sheet without its rows; positions are 1-based (row, column)."""

    name: str
    top: int = 1
    left: int = 1
    height: int = 0
    visible: bool = True
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncached: list[tuple[int, int, str]] = field(default_factory=list)
    percents: list[tuple[int, int]] = field(default_factory=list)
    foreign_formulas: int = 0
    date1904: bool = False
    notes: list[str] = field(default_factory=list)
