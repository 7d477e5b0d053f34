"""export-ledger: streamed from the store, counted again by another reader, whole or not at all."""

import re
import zipfile
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from tests.read_quickly import load_workbook
from tests.sample_park import open_sample
from workbench.application.ports import Cancelled, Silent
from workbench.bootstrap import Program
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import OutputError
from workbench.domain.records.ledger_proof import field_totals
from workbench.excel import saving
from workbench.excel.cached_values import with_values
from workbench.excel.ledger import check as ledger_check
from workbench.excel.ledger import writer as ledger_writer
from workbench.excel.writer import WorkbookWriter

NOW = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    services = open_sample(Program(), tmp_path_factory.mktemp("sample") / "a.park")
    yield services
    services.close()


def write(services, path, progress=None, writer=None):
    texts = services.program.texts("zh_CN")
    with services.unit_of_work() as work:
        return (writer or WorkbookWriter()).write_ledger(
            work.records, services.catalogue, str(path), texts, NOW, progress or Silent()
        )


def said(error, services):
    return services.program.texts("zh_CN")(error.value.code, **error.value.params)


def test_two_exports_are_the_same_bytes(sample, tmp_path):
    write(sample, tmp_path / "a.xlsx")
    write(sample, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("size", [700, 5_000, 4 << 20])
def test_a_sheet_is_counted_in_pieces_of_any_size(sample, tmp_path, monkeypatch, size):
    monkeypatch.setattr(ledger_check, "PIECE", size)
    done = write(sample, tmp_path / "a.xlsx")
    assert done.records == sum(1 for _ in sample.querying.ledger())


def test_the_database_counts_what_the_records_say(sample):
    ledger = sample.querying.ledger()
    with sample.unit_of_work() as work:
        for entity in CATALOGUE.ledger():
            stored = work.records.totals(entity.key)
            held = field_totals(ledger.all(entity.key), entity)
            assert stored.keys() == held.keys()
            for key, total in held.items():
                assert stored[key].known == total.known, key
                assert stored[key].total == pytest.approx(total.total, rel=1e-12), key


def refused(services, folder, monkeypatch, pattern, new):
    path = folder / "l.xlsx"
    path.write_bytes(b"old")

    def spoiled(saved, target, *rest):
        with_values(saved, target, *rest)
        with zipfile.ZipFile(target) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        changed = 0
        with zipfile.ZipFile(target, "w") as package:
            for name, content in parts.items():
                if "worksheets/sheet" in name and not changed:
                    content, changed = re.subn(pattern, new, content, count=1)
                package.writestr(name, content)
        assert changed

    monkeypatch.setattr(saving, "with_values", spoiled)
    with pytest.raises(OutputError) as error:
        write(services, path)
    assert error.value.exit_status == 5
    assert path.read_bytes() == b"old"
    assert [file.name for file in folder.iterdir()] == ["l.xlsx"]
    return said(error, services)


@pytest.mark.parametrize(
    ("pattern", "new", "sentence"),
    [
        (rb'"><v>(\d{3,}\.\d+)</v>', rb'"><v>9\1</v>', "合计与台账不符"),
        (rb'<c r="D2"[^>]*>.*?</c>', b"", "个值，实有"),
        (rb'<row r="2">.*?</row>', b"", "行，实有"),
        (rb"</sheetData>", b"", "无法重新打开"),
    ],
)
def test_a_spoiled_file_leaves_the_old_one(sample, tmp_path, monkeypatch, pattern, new, sentence):
    assert sentence in refused(sample, tmp_path, monkeypatch, pattern, new)


def test_stopping_leaves_the_old_file(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_writer, "_REPORTED_AFTER", 1)
    path = tmp_path / "l.xlsx"
    path.write_bytes(b"old")

    class Stop(Silent):
        def step(self, done, total):
            assert total == sum(1 for _ in sample.querying.ledger())
            if done > 20:
                raise Cancelled

    with pytest.raises(Cancelled):
        write(sample, path, Stop())
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["l.xlsx"]


def test_more_records_than_a_sheet_takes_are_refused_in_a_sentence(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_writer, "_MOST_ROWS", 3)
    with pytest.raises(OutputError) as error:
        write(sample, tmp_path / "l.xlsx")
    assert "一张工作表最多写 3 条" in said(error, sample)
    assert not list(tmp_path.iterdir())


ODD = ["=1+1", "+8", "-3", "@x", "_x0041_", "a\nb", "<&>", "TRUE", "007", "1e5", "\"'"]


def test_texts_stay_texts_and_long_ones_are_told(program, tmp_path):
    services = program.create(str(tmp_path / "a.park"))
    park = services.editing.add("park", {"code": "P", "name": "=一园"})
    for number, text in enumerate([*ODD, "长" * 40_000], start=1):
        services.editing.add(
            "building", {"park": park, "code": f"B{number}", "name": f"{number}#", "note": text}
        )
    services.editing.add("building", {"park": park, "code": "B99", "name": "99#",
                                      "gfa_cert": "0.1"})  # fmt: skip
    done = services.exporting.export_ledger(str(tmp_path / "l.xlsx"), program.texts("zh_CN"))
    assert done.cut == (f"{len(ODD) + 1}#",)
    services.close()
    sheet = CalamineWorkbook.from_path(str(tmp_path / "l.xlsx")).get_sheet_by_name("楼栋")
    head, *rows = sheet.to_python()
    column = next(at for at, title in enumerate(head) if str(title).startswith("备注"))
    assert [row[column] for row in rows[: len(ODD)]] == ODD
    book = load_workbook(tmp_path / "l.xlsx")
    for row in book["楼栋"].iter_rows(min_row=2, max_row=len(ODD) + 1):
        cell = row[column]
        assert cell.data_type == "s"
        assert cell.quotePrefix == str(cell.value).startswith(("=", "+", "-", "@"))
