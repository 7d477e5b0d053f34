"""Recalculates written workbooks by LibreOffice, from formulas alone.

What it computed is read from the text that it writes of every sheet, and stored values by
python-calamine: building objects of a whole workbook costs more than the recalculation.
"""

import os
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from contextlib import closing
from datetime import date
from functools import cache, lru_cache
from html import unescape
from math import isclose
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from tests.excel_rules import LONGEST, complaints
from tests.read_quickly import load_workbook

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
"""Each sheet in UTF-8: text in quotes, numbers as computed instead of as shown."""
_KEEPS_MEMORY = {"MALLOC_TRIM_THRESHOLD_": f"{1 << 30}", "MALLOC_MMAP_THRESHOLD_": f"{1 << 30}"}
"""LibreOffice gives memory back and asks for it again while it loads: a third of its time."""
_ERROR = re.compile(r"#(N/A|[A-Z]+[/0-9A-Z]*[!?])|Err:\d+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIELD = re.compile(r'("(?:[^"]|"")*"|[^,\n]*)([,\n])')
_PRINTED = re.compile(rb'<definedName [^>]*name="_xlnm.Print_[^>]*>[^<]*</definedName>')
_ADDRESS = re.compile(r"(?<=[A-Z$])\d+(?![\d(])")
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><f( [^>]*)?>([^<]*)</f>')


class Value(NamedTuple):
    """What stands in a cell: text, a number, a truth or a date; nothing is None."""

    value: object


NOTHING = Value(None)

opened = lru_cache(maxsize=4)(load_workbook)
"""A workbook that many tests look at and none changes."""


def stripped(path, target):
    """The same workbook without stored values, so that only a recalculation can give them.

    Nor does it say what is printed on each page: LibreOffice would lay all pages out as it opens.
    """
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                content = re.sub(rb' t="str"><f>', rb"><f>", content)
            if name == "xl/workbook.xml":
                content = re.sub(_PRINTED, b"", content)
            copy.writestr(name, content)


def all_recalculated(paths, folder):
    """The values of every workbook after LibreOffice computed all its formulas anew, in one run.

    Of each a cell's value by sheet and address, both as they are written in the workbook.
    """
    calc = _converted(paths, folder, _EVERY_SHEET)
    return [
        {name: _computed(calc / f"{path.stem}-{name}.csv") for name in _sheets(path)}
        for path in paths
    ]


def all_recalculated_files(paths, folder):
    """Every workbook as LibreOffice writes it after a recalculation, in one run."""
    calc = _converted(paths, folder, "xlsx")
    return [calc / path.name for path in paths]


@cache
def _profile():
    """The settings of LibreOffice for this process: making them takes it a fifth of its start."""
    return TemporaryDirectory(prefix="office", ignore_cleanup_errors=True)


def _converted(paths, folder, to):
    bare = folder / "bare"
    bare.mkdir()
    for path in paths:
        stripped(path, bare / path.name)
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{_profile().name}", "--headless",
            "--norestore", "--convert-to", to, "--outdir", str(folder / "calc"),
            *(str(bare / path.name) for path in paths),
        ],
        check=True, capture_output=True, timeout=280, env=os.environ | _KEEPS_MEMORY,
    )  # fmt: skip
    return folder / "calc"


def _sheets(path):
    with closing(CalamineWorkbook.from_path(str(path))) as book:
        return book.sheet_names


def _computed(path):
    """Every cell of one sheet that LibreOffice wrote as text."""
    cells, row, column = defaultdict(lambda: NOTHING), 1, 1
    for field, end in _FIELD.findall(path.read_text("utf-8")):
        if field:
            cells[f"{get_column_letter(column)}{row}"] = _value(field)
        row, column = (row + 1, 1) if end == "\n" else (row, column + 1)
    return cells


def _value(field):
    if field.startswith('"'):
        return Value(field[1:-1].replace('""', '"'))
    if field in ("TRUE", "FALSE"):
        return Value(field == "TRUE")
    return Value(date.fromisoformat(field) if _DAY.fullmatch(field) else float(field))


def stored(path):
    """The stored values of a workbook, as a previewer shows them, by sheet and address."""
    with closing(CalamineWorkbook.from_path(str(path))) as book:
        return {name: _kept(book.get_sheet_by_name(name)) for name in _sheets(path)}


def _kept(sheet):
    cells = defaultdict(lambda: NOTHING)
    for at, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(row, start=1):
            if value != "":
                cells[f"{get_column_letter(column)}{at}"] = Value(value)
    return cells


def formulas(path):
    """Every formula of a workbook that we wrote, by sheet and address."""
    found = {}
    with zipfile.ZipFile(path) as package:
        for number, sheet in enumerate(_sheets(path), start=1):
            text = package.read(f"xl/worksheets/sheet{number}.xml").decode()
            for at, kind, formula in _FORMULA.findall(text):
                assert not kind, (sheet, at, "an array or a shared formula")
                found[sheet, at] = f"={unescape(formula)}"
    return found


_complaints = lru_cache(maxsize=4096)(lambda shape: list(complaints(shape)))
"""What is wrong with a formula, whichever rows it names: those of a column are judged once."""


def same_value(found, expected):
    """Tell whether a recalculation found a value, numbers to nine digits."""
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return found == expected
    return isinstance(found, int | float) and isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


def assert_same_values(path, fresh):
    """Hold the stored value of each formula against the recalculated one; return how many.

    Each must also be one that Excel computes alike, and give no empty text to count with.
    """
    ours, live = stored(path), formulas(path)
    for (sheet, at), formula in live.items():
        assert len(formula) <= LONGEST, (sheet, at, formula)
        assert _complaints(_ADDRESS.sub("1", formula)) == [], (sheet, at, formula)
        mine, theirs = ours[sheet][at].value, fresh[sheet][at].value
        assert mine not in ("", None), (sheet, at)
        assert same_value(theirs, mine), (sheet, at, theirs, mine)
    for sheet, cells in fresh.items():
        assert not [at for at, cell in cells.items() if _ERROR.fullmatch(str(cell.value))], sheet
    return len(live)
