# SPDX-License-Identifier: MIT
"""Reads a written ledger again, some thousand rows at a time, and holds it against the store.

Another reader than ours looks at every row; it would keep a whole sheet in memory, so it is given
the sheet in pieces, each a small workbook of the same head and of rows that were copied as they
are.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.application.ports import Texts
from workbench.domain.records.ledger_proof import FieldTotal
from workbench.domain.report.proof import Checked
from workbench.excel.ledger.rows import NOT_APPLICABLE, PERCENT
from workbench.excel.ledger.writer import LedgerSheet
from workbench.excel.proofreading import CLOSE, refuse
from workbench.excel.xlsx_package import SHEET_PARTS

PIECE = 4 << 20
_SHEET_DATA, _ROW_END = b"<sheetData>", b"</row>"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LONGEST = 40
"""Longer texts are no numbers with a qualifier."""


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """What a sheet must hold: as many rows, and per field as many values and such a sum."""

    sheet: LedgerSheet
    totals: Mapping[str, FieldTotal]


class LedgerCheck:
    """Counts a written ledger before it is moved into its place."""

    def __init__(self, expected: Sequence[ExpectedSheet], sheets: int, texts: Texts) -> None:
        self._expected = expected
        self._sheets = sheets
        self._texts = texts

    def check(self, file: Path, place: Path) -> Checked:
        """Return what was counted; OutputError names what is missing."""
        from python_calamine import CalamineError

        try:
            with zipfile.ZipFile(file) as package:
                complaints = [c for sheet in self._expected for c in self._sheet(package, sheet)]
        except (CalamineError, zipfile.BadZipFile, KeyError) as error:
            complaints = [self._texts("report_proof.unreadable", reason=str(error))]
        refuse(complaints, place, self._texts)
        return Checked(self._sheets, sum(each.sheet.records for each in self._expected))

    def _sheet(self, package: zipfile.ZipFile, expected: ExpectedSheet) -> Iterator[str]:
        sheet = expected.sheet
        counted = _Counted(len(sheet.entity.fields))
        for rows in _in_pieces(package, sheet.part):
            counted.add(rows)
        if counted.rows != sheet.records:
            yield self._say("rows", sheet, expected=sheet.records, found=counted.rows)
        for at, field in enumerate(sheet.entity):
            total = expected.totals.get(field.key)
            if total is None:
                continue
            title = field.title(self._texts.language)
            filled = counted.filled[at] - sheet.writer.marked[at]
            if filled != total.known:
                names = {"column": title, "expected": total.known, "found": filled}
                yield self._say("values", sheet, **names)
            elif field.numeric and not counted.adds_up(at, total.total * _unit(field.type)):
                yield self._say("sum", sheet, column=title)

    def _say(self, key: str, sheet: LedgerSheet, **params: Any) -> str:
        title = sheet.entity.title(self._texts.language)
        return self._texts(f"report_proof.{key}", sheet=sheet.title, entity=title, **params)


def _unit(kind: str) -> int:
    return 100 if kind == "share" else 1


class _Counted:
    """Rows, values and sums by column."""

    def __init__(self, columns: int) -> None:
        self.rows = 0
        self.filled = [0] * columns
        self._sums: list[list[float]] = [[] for _ in range(columns)]
        self._sizes = [0.0] * columns

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Take some rows, each as wide as the sheet."""
        self.rows += len(rows)
        for at, column in enumerate(zip(*rows, strict=True)):
            self.filled[at] += len(column) - column.count("")
            numbers = [n for value in column if (n := _number(value)) is not None]
            self._sums[at].append(math.fsum(numbers))
            self._sizes[at] += math.fsum(map(abs, numbers))

    def adds_up(self, at: int, total: float) -> bool:
        """Tell whether a column's numbers add up to a total, as far as floats can tell."""
        return abs(math.fsum(self._sums[at]) - total) <= CLOSE * max(1.0, self._sizes[at])


def _number(value: Any) -> float | None:
    """Return the number of a cell; an estimate and a small percentage are texts around one."""
    if type(value) is float or type(value) is int:
        return float(value)
    if isinstance(value, str) and value and value != NOT_APPLICABLE and len(value) < _LONGEST:
        found = _NUMBER.search(value.removesuffix(PERCENT))
        return float(found[0]) if found else None
    return None


def _in_pieces(package: zipfile.ZipFile, part: str) -> Iterator[list[list[Any]]]:
    """Yield the rows of a sheet as another reader sees them, without its headings."""
    with package.open(part) as stream:
        text = b""
        while _SHEET_DATA not in text and (piece := stream.read(PIECE)):
            text += piece
        head, found, rest = text.partition(_SHEET_DATA)
        if not found:
            raise KeyError(part)
        reader = _PieceReader(package, part, head + found)
        while piece := stream.read(PIECE):
            cut = (rest := rest + piece).rfind(_ROW_END) + len(_ROW_END)
            if cut >= len(_ROW_END):
                yield reader.rows(rest[:cut], b"</sheetData></worksheet>")
                rest = rest[cut:]
        yield reader.rows(rest)


class _PieceReader:
    """Gives another reader a workbook with some rows of one sheet."""

    def __init__(self, package: zipfile.ZipFile, part: str, head: bytes) -> None:
        self._package = package
        self._part = part
        self._head = head
        self._first = True
        self._width = 0

    def rows(self, rows: bytes, end: bytes = b"") -> list[list[Any]]:
        """Return the cells of rows, each as wide as the headings, which themselves are left out."""
        from python_calamine import CalamineWorkbook

        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            for name in self._package.namelist():
                if not name.startswith(SHEET_PARTS):
                    package.writestr(name, self._package.read(name))
            package.writestr(self._part, self._head + rows + end)
        file.seek(0)
        with CalamineWorkbook.from_filelike(file) as book:
            at = int(re.sub(r"\D", "", self._part.rpartition("/")[2])) - 1
            sheet = book.get_sheet_by_index(at)
            found = sheet.to_python(skip_empty_area=True)
            left = sheet.start[1] if sheet.start else 0
        if self._first:
            self._first, self._width = False, left + max(map(len, found), default=0)
            del found[:1]
        room = [""] * self._width
        return [([""] * left + row + room)[: self._width] for row in found]
