"""B1: the ledgers of clerks give the same records in whatever format they are saved."""

import tomllib

import pytest

from scripts.tortures.books import FORMATS, Book
from tests.import_rig import IMPORTING, READER, importing
from tests.integration.test_clerks_ledgers import LEDGERS, _sheet
from workbench.excel.reading.reader import ExcelReader

FROM_FILES = importing(ExcelReader())
MERGED = ("01_", "31_", "62_")
PLAIN = ("02_", "12_", "52_", "79_")
ENCODINGS = ("utf-8", "gbk", "gb18030", "utf-16")


def _ledger(start):
    [path] = [path for path in LEDGERS if path.name.startswith(start)]
    [sheet] = tomllib.loads(path.read_text("utf-8"))["sheets"]
    return _sheet(sheet)


def _book(sheet):
    whole = [[int(v) if isinstance(v, float) and v == int(v) else v for v in row]
             for row in sheet.rows]  # fmt: skip
    return Book(whole, sheet.name, [tuple(m) for m in sheet.merges], set(sheet.hidden_rows))


def _understood(preview):
    """Return each table's records, and which rows are left out for which reason."""
    return [
        (table.entity, [table.values(index) for index in table.kept()],
         [(row.row, row.reason) for row in table.rejected])
        for table in preview.everything()
    ]  # fmt: skip


def _from_file(path, content):
    path.write_bytes(content)
    return _understood(FROM_FILES.preview([str(path)]))


def _expected(sheet):
    READER.sheets = [sheet]
    return _understood(IMPORTING.preview(["台账.xlsx"]))


@pytest.mark.parametrize("start", [*MERGED, *PLAIN])
def test_the_records_are_those_of_the_sheet_in_every_workbook_format(tmp_path, start):
    sheet = _ledger(start)
    expected = _expected(sheet)
    assert any(records for _, records, _ in expected)
    for name in ("xlsm", "xls", "xlsb", "ods"):
        assert _from_file(tmp_path / f"台账.{name}", FORMATS[name](_book(sheet))) == expected, name


@pytest.mark.parametrize(("start", "encoding"), list(zip(PLAIN, ENCODINGS, strict=True)))
def test_the_records_are_those_of_the_sheet_in_every_encoding(tmp_path, start, encoding):
    sheet = _ledger(start)
    content = FORMATS["csv"](_book(sheet)).decode("utf-8-sig").encode(encoding)
    assert _from_file(tmp_path / "台账.csv", content) == _expected(sheet)
