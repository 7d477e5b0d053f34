"""Recalculates written workbooks by LibreOffice, from formulas alone."""

import os
import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from tests.excel_rules import complaints

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def stripped(path, target):
    """The same workbook without stored values, so that only a recalculation can give them."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                content = re.sub(rb' t="str"><f>', rb"><f>", content)
            copy.writestr(name, content)


def recalculated(path, folder):
    """What LibreOffice computes for one workbook without stored values."""
    return all_recalculated([path], folder)[0]


def all_recalculated(paths, folder):
    """The values of every workbook after LibreOffice computed all its formulas anew, in one run."""
    return [load_workbook(path, data_only=True) for path in all_recalculated_files(paths, folder)]


def all_recalculated_files(paths, folder):
    """Every workbook as LibreOffice writes it after a recalculation, in one run."""
    bare = folder / "bare"
    bare.mkdir()
    for path in paths:
        stripped(path, bare / path.name)
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless",
            "--norestore", "--convert-to", "xlsx", "--outdir", str(folder / "calc"),
            *(str(bare / path.name) for path in paths),
        ],
        check=True, capture_output=True, timeout=280, env=dict(os.environ),
    )  # fmt: skip
    return [folder / "calc" / path.name for path in paths]


def formulas(book):
    """Every formula by sheet and address."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def assert_same_values(path, fresh):
    """Hold the stored value of each formula against the recalculated one; return how many.

    Each must also be one that Excel computes alike, and give no empty text to count with.
    """
    ours, checked = load_workbook(path, data_only=True), 0
    for (sheet, at), formula in formulas(load_workbook(path)).items():
        assert isinstance(formula, str), (sheet, at, "an array formula")
        assert list(complaints(formula)) == [], (sheet, at, formula)
        assert ours[sheet][at].value not in ("", None), (sheet, at)
        mine, theirs = ours[sheet][at].value, fresh[sheet][at].value
        checked += 1
        if not isinstance(mine, int | float):  # words, and dates that are taken from a table
            assert theirs == mine, (sheet, at)
        else:
            assert theirs == pytest.approx(mine, rel=1e-9, abs=1e-9), (sheet, at)
    for sheet in fresh:
        for row in sheet.iter_rows():
            assert not [c.coordinate for c in row if c.data_type == "e"], sheet.title
    return checked
