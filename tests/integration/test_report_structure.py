"""Issue 8, 4: what a reader of values does not see is held against the report too."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from tests.integration.test_report_content import seized_park
from tests.report_rig import report_of, texts
from workbench.application.ports import Silent
from workbench.excel.saving import save
from workbench.excel.sheets.assembly import assemble
from workbench.excel.structure import lacks


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A workbook in memory, and the parts of its file."""
    report = report_of(*seized_park())
    workbook = Workbook()
    done = assemble(workbook, report, texts(), Silent())
    place = tmp_path_factory.mktemp("whole") / "r.xlsx"
    save(workbook, str(place), report.created, done.formulas)
    with zipfile.ZipFile(place) as package:
        return workbook, {name: package.read(name) for name in package.namelist()}


def found(workbook, parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with zipfile.ZipFile(buffer) as package:
        return {key for key, _ in lacks(package, workbook)}


def test_a_whole_report_lacks_nothing(written):
    assert found(*written) == set()


SHEET = r"worksheets/sheet\d+\.xml"
CHANGED = {
    "a sheet is hidden": ("hidden", "xl/workbook.xml", rb'state="visible"', b'state="hidden"'),
    "a row is hidden": ("hidden", SHEET, rb'<row r="9"', b'<row r="9" hidden="1"'),
    "a column is hidden": ("hidden", SHEET, rb"<col ", b'<col hidden="1" '),
    "a chart without series": ("chart", "chart1.xml", rb"<ser>.*</ser>", b""),
    "a chart of other cells": ("chart", "chart1.xml", rb"<f>[^<]*</f>", b"<f>x</f>"),
    "a chart on no sheet": ("chart", SHEET, rb"<drawing [^>]*/>", b""),
    "another formula": ("formula", SHEET, rb"<f>SUM\([^<]*</f>", b"<f>1+1</f>"),
    "no repeated rows": ("page", "xl/workbook.xml",
                         rb"<definedName [^>]*Print_Titles[^>]*>[^<]*</definedName>", b""),
    "no footer": ("page", SHEET, rb"<headerFooter.*</headerFooter>", b""),
    "no page": ("page", SHEET, rb"<pageSetup[^>]*/>", b""),
    "no links": ("links", "sheet2.xml", rb"<hyperlinks>.*</hyperlinks>", b""),
    "no mark of a forecast": ("number_format", "styles.xml", "（预计）".encode(), b""),
}  # fmt: skip


@pytest.mark.parametrize("loss", CHANGED)
def test_each_kind_of_loss_is_found(written, loss):
    workbook, parts = written
    key, name, pattern, new = CHANGED[loss]
    of = next(n for n in parts if re.search(name, n) and re.search(pattern, parts[n], re.DOTALL))
    less = re.sub(pattern, new, parts[of], count=1, flags=re.DOTALL)
    assert found(workbook, {**parts, of: less}) == {key}


LOST = {"xl/styles.xml": "part", "docProps/core.xml": "part", "xl/drawings/drawing1.xml": "chart"}


@pytest.mark.parametrize("name", LOST)
def test_a_lost_part_is_found(written, name):
    workbook, parts = written
    assert LOST[name] in found(workbook, {n: c for n, c in parts.items() if n != name})
