"""The check after writing: counted against report and ledger, by a reader that is not ours."""

import os
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from tests.builders import a_building, a_lease, a_park
from tests.integration.test_report_content import PARK, a_small_park, seized_park
from tests.report_rig import AS_OF, exporting, texts
from workbench.domain.findings import OutputError
from workbench.excel import saving
from workbench.excel.cached_values import with_values
from workbench.excel.writer import WorkbookWriter


def export(path, *records, language="zh_CN"):
    service = exporting(*records, writer=WorkbookWriter())
    return service.export(str(path), "park", AS_OF, texts(language))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_was_counted_is_said(tmp_path, language):
    done = export(tmp_path / "r.xlsx", *seized_park(), language=language)
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    assert done.checked.sheets == len(book.sheet_names)
    assert done.checked.rows == sum(
        len(t.rows) for sheet in done.report.sheets for t in sheet.tables
    )
    assert done.checked.formulas > 20
    assert str(done.checked.rows) in texts(language)(
        "report_proof.done", sheets=1, rows=done.checked.rows
    )


def refused(tmp_path, monkeypatch, change, *records):
    """Spoil the written package on its way to the disk; return the refusal."""
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")

    def spoiled(saved, target, *rest):
        sealed = with_values(saved, target, *rest)
        with zipfile.ZipFile(target) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        with zipfile.ZipFile(target, "w") as package:
            for name, content in change(parts).items():
                package.writestr(name, content)
        return sealed

    monkeypatch.setattr(saving, "with_values", spoiled)
    with pytest.raises(OutputError) as refusal:
        export(path, *(records or a_small_park()))
    assert refusal.value.exit_status == 5
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["r.xlsx"]
    return texts()(refusal.value.code, **refusal.value.params)


def in_sheets(pattern, new):
    def change(parts):
        return {
            name: re.sub(pattern, new, content, count=1) if "worksheets/sheet" in name else content
            for name, content in parts.items()
        }

    return change


def test_a_formula_without_its_value_leaves_no_file(tmp_path, monkeypatch):
    said = refused(tmp_path, monkeypatch, in_sheets(rb"</f><v>[^<]*</v>", b"</f>"))
    assert "个公式" in said


def test_a_changed_number_leaves_no_file(tmp_path, monkeypatch):
    said = refused(
        tmp_path, monkeypatch,
        in_sheets(rb'( t="n"><v>)([1-9]\d{2,})(</v>)', rb"\g<1>7\g<2>\g<3>"),
    )  # fmt: skip
    assert "与报告内容不符" in said


def test_a_damaged_package_leaves_no_file(tmp_path, monkeypatch):
    def cut(parts):
        return {n: c[:-40] if n == "xl/workbook.xml" else c for n, c in parts.items()}

    assert "无法重新打开" in refused(tmp_path, monkeypatch, cut)


def test_a_lost_sheet_leaves_no_file(tmp_path, monkeypatch):
    def without(parts):
        return {n: c for n, c in parts.items() if not n.endswith("sheet3.xml")}

    assert "1 摘要" in refused(tmp_path, monkeypatch, without)


def test_a_record_that_the_report_lacks_leaves_no_file(tmp_path, monkeypatch):
    """Counted against the ledger, not against what the report says of itself."""
    from dataclasses import replace

    from workbench.domain.report.sections import annexes

    whole = annexes.record_tables

    def first_only(m, listing, number):
        return whole(m, replace(listing, records=listing.records[:1]), number)

    monkeypatch.setattr(annexes, "record_tables", first_only)
    buildings = [a_building(name=f"{n}#", rentable_area=100) for n in range(3)]
    said = refused(tmp_path, monkeypatch, dict, PARK, *buildings)
    assert "应有 3 行，实有 1 行" in said


def test_a_sum_that_is_not_the_ledgers_leaves_no_file(tmp_path, monkeypatch):
    from dataclasses import replace

    from workbench.domain.report.sections import annexes

    whole = annexes.of_field

    def wrong(record, key, ledger, language):
        cell = whole(record, key, ledger, language)
        return replace(cell, value=cell.value * 15) if key == "rentable_area" else cell

    monkeypatch.setattr(annexes, "of_field", wrong)
    said = refused(tmp_path, monkeypatch, dict, PARK, a_building(rentable_area=100))
    assert "合计与台账不符" in said


def test_odd_texts_are_written_as_they_are_and_read_back(tmp_path):
    odd = ["=1+1", "+8", "-3", "@x", "_x0041_", "a\r\nb", "长" * 40_000, "\x07响", " 前后 ", "<&>"]
    leases = [a_lease(tenant=text, park="park", contract_no=str(n)) for n, text in enumerate(odd)]
    done = export(tmp_path / "r.xlsx", a_park(name="[a]:*?/\\'"), *leases)
    assert done.checked.rows
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    cells = {
        c for n in book.sheet_names for row in book.get_sheet_by_name(n).to_python() for c in row
    }
    assert {"=1+1", "+8", "-3", "@x", "_x0041_", "响", " 前后 ", "<&>"} <= cells
    assert "长" * 32_766 + "…" in cells  # as much as a cell of Excel holds


def test_what_a_killed_writer_left_is_swept_by_the_next_and_nothing_else(tmp_path):
    """A process that is killed cannot take its half workbook away."""
    old, young, other = (tmp_path / n for n in (".~0a1b2c3d.xlsx", ".~1a1b2c3d.xlsx", ".~x.xlsx"))
    for left in (old, young, other):
        left.write_bytes(b"half")
    for left in (old, other):
        os.utime(left, (0, 0))
    export(tmp_path / "a.xlsx", PARK)
    assert [left.exists() for left in (old, young, other)] == [False, True, True]
