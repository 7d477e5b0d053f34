# SPDX-License-Identifier: MIT
"""Opens a written report again, by another reader, and holds it against what it must hold."""

import math
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from workbench.application.ports import Texts
from workbench.domain.findings import OutputError
from workbench.domain.report.model import Cell, CellState
from workbench.domain.report.proof import Checked, RecordCount
from workbench.excel.cells import CODED, clean_text, plain, shown_text
from workbench.excel.structure import lacks
from workbench.excel.table_places import TablePlace
from workbench.excel.tables import Formulas
from workbench.excel.xlsx_package import SHEET_PARTS

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

NUMBERING = "no"
CLOSE = 1e-9
_MOST = 5
_CHART = re.compile(r"xl/charts/chart\d+\.xml")
_FORMULA = re.compile(rb"<f[ >]")
_VALUED = re.compile(rb"</f><v>[^<]*</v>")


@dataclass(frozen=True)
class Written:
    """What was meant to be written: the workbook, tables, values of formulas by part, charts."""

    workbook: "Workbook"
    tables: Sequence[TablePlace]
    formulas: Mapping[str, Formulas]
    charts: int = 0

    @property
    def sheets(self) -> Sequence[str]:
        """Return the names of the sheets, in order."""
        return self.workbook.sheetnames


class Proofreader:
    """Counts a file before it is moved into its place."""

    def __init__(self, written: Written, counts: Sequence[RecordCount], texts: Texts) -> None:
        self._written = written
        self._counts = counts
        self._texts = texts

    def check(self, file: Path, place: Path) -> Checked:
        """Return what was counted; OutputError names what is missing."""
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            with CalamineWorkbook.from_path(str(file)) as book:
                complaints = list(dict.fromkeys(self._complaints(file, book)))
        except (CalamineError, zipfile.BadZipFile, zlib.error) as error:
            complaints = [self._say("unreadable", reason=str(error))]
        refuse(complaints, place, self._texts)
        rows = sum(len(table.table.rows) for table in self._written.tables)
        formulas = sum(map(len, self._written.formulas.values()))
        return Checked(len(self._written.sheets), rows, formulas)

    def _complaints(self, file: Path, book: Any) -> Iterator[str]:
        yield from self._formulas(file)
        there = set(book.sheet_names)
        if there == set(self._written.sheets) and book.sheet_names != list(self._written.sheets):
            yield self._say("order", sheets=self._texts("report.comma").join(book.sheet_names))
        for name in self._written.sheets:
            if name not in there:
                yield self._say("no_sheet", sheet=name)
        counted: dict[str, list[TableRows]] = {}
        for part, name in zip(self._parts(), self._written.sheets, strict=True):
            if name not in there:
                continue
            tables = [table for table in self._written.tables if table.sheet == name]
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield from self._cells(name, part, rows)
            for table in tables:
                yield from self._table(rows, table)
                if table.table.records:
                    found = TableRows(table, rows)
                    counted.setdefault(table.table.records, []).append(found)
        for count in self._counts:
            yield from self._records(count, counted.get(count.entity, []))

    def _formulas(self, file: Path) -> Iterator[str]:
        """Say what lacks beside the values, and which formulas have none."""
        with zipfile.ZipFile(file) as package:
            if (spoiled := package.testzip()) is not None:
                yield self._say("unreadable", reason=spoiled)
                return
            charts = sum(bool(_CHART.fullmatch(name)) for name in package.namelist())
            if charts != self._written.charts:
                yield self._say("charts", expected=self._written.charts, found=charts)
            for key, named in lacks(package, self._written.workbook):
                yield self._say(key, **named)
            for name, place in zip(self._written.sheets, self._parts(), strict=True):
                part = package.read(place) if place in package.namelist() else b""
                expected = len(self._written.formulas.get(place, {}))
                live, valued = len(_FORMULA.findall(part)), len(_VALUED.findall(part))
                if not live == valued == expected:
                    yield self._say(
                        "formulas", sheet=name, expected=expected, live=live, valued=valued
                    )

    def _parts(self) -> list[str]:
        return [f"{SHEET_PARTS}{n}.xml" for n in range(1, len(self._written.sheets) + 1)]

    def _cells(self, name: str, part: str, rows: list[list[Any]]) -> Iterator[str]:
        """Hold every cell of a sheet against the one that was to be written, blank ones too."""
        values = self._written.formulas.get(part, {})
        sheet = self._written.workbook[name]
        expected = {
            (cell.row, cell.column): _stored(cell, values)
            for cell in sheet._cells.values()  # noqa: SLF001 - iter_rows makes the empty ones too
            if cell.value is not None
        }
        for place, value in expected.items():
            if not _same(value, found := _at(rows, *place)):
                yield self._say("cell", sheet=name, cell=_address(*place), found=str(found))
        for number, cells in enumerate(rows, start=1):
            for at, found in enumerate(cells, start=1):
                if found != "" and (number, at) not in expected:
                    address = _address(number, at)
                    yield self._say("cell", sheet=name, cell=address, found=str(found))

    def _table(self, rows: list[list[Any]], place: TablePlace) -> Iterator[str]:
        for number, cells in enumerate(place.table.rows, start=place.first):
            for at, cell in enumerate(cells, start=place.column):
                found = _at(rows, number, at)
                if not _same(_expected(cell, place.table.marks.unknown), found):
                    address = _address(number, at)
                    yield self._say("cell", sheet=place.sheet, cell=address, found=str(found))

    def _records(self, count: RecordCount, found: Sequence["TableRows"]) -> Iterator[str]:
        """Hold the rows of one entity and the sums of its columns against the ledger."""
        if not found:
            yield self._say("no_table", entity=count.title, expected=count.records)
        fields = {column.key for each in found for column in each.place.table.columns}
        for field in count.sums:
            if found and field not in fields:
                yield self._say("no_field", entity=count.title, field=field)
        for each in found:
            names = {"sheet": each.place.sheet, "entity": count.title}
            if (rows := len(each.numbered)) != count.records:
                yield self._say("rows", **names, expected=count.records, found=rows)
                continue
            for column in each.place.table.columns:
                total = count.sums.get(column.key)
                if total is not None and not _same(float(total), each.total(column.key)):
                    yield self._say("sum", **names, column=column.title)

    def _say(self, key: str, **params: Any) -> str:
        return self._texts(f"report_proof.{key}", **params)


class TableRows:
    """The rows of a table of records as they stand in the file, by their running numbers."""

    def __init__(self, place: TablePlace, rows: list[list[Any]]) -> None:
        self.place = place
        below = rows[place.first - 1 :]
        start = place.column - 1
        self.numbered = list(takewhile(lambda row: _is_number(row[start]), below))

    def total(self, key: str) -> float:
        """Return the sum of the numbers of a column."""
        at = self.place.column - 1 + self.place.table.place(key)
        return math.fsum(row[at] for row in self.numbered if _is_number(row[at]))


def refuse(complaints: Sequence[str], place: Path, texts: Texts) -> None:
    """Raise OutputError that lists the first complaints; nothing when there are none."""
    if not complaints:
        return
    listed = "".join(complaints[:_MOST])
    if more := len(complaints) - _MOST if len(complaints) > _MOST else 0:
        listed += texts("report_proof.more", count=more)
    raise OutputError("report_proof.failed", path=str(place), complaints=listed)


def _stored(cell: Any, values: Formulas) -> float | str | date:
    """Return what a reader of stored values must find in a cell of the workbook."""
    value = values.get(cell.coordinate, cell.value) if cell.data_type == "f" else cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value if isinstance(value, date) else float(value)
    return str(value).replace(CODED, "_")


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _at(rows: list[list[Any]], row: int, column: int) -> Any:
    if row > len(rows) or column > len(rows[row - 1]):
        return ""
    return rows[row - 1][column - 1]


def _expected(cell: Cell, unknown: str) -> float | str | date:
    if text := shown_text(cell, unknown):
        return clean_text(text)
    if cell.state in (CellState.UNKNOWN, CellState.NOT_APPLICABLE) or cell.value is None:
        return ""
    value = cell.value
    if isinstance(value, date) and not cell.formula:
        return value
    return plain(Decimal(value) if isinstance(value, int) else value)


def _same(expected: float | str | date, found: Any) -> bool:
    if type(found) is type(expected) and found == expected:
        return True
    if isinstance(expected, str):
        return isinstance(found, str) and _lines(found) == _lines(expected)
    if isinstance(expected, float):
        if isinstance(found, date):  # a formula of a date gives the number of its day
            found = plain(found)
        return _is_number(found) and math.isclose(expected, found, rel_tol=CLOSE, abs_tol=CLOSE)
    return (found.date() if isinstance(found, datetime) else found) == expected


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
