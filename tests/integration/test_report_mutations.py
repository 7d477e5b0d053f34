"""No change of a written workbook's cells passes the self-check; a failed one leaves no file."""

import errno
import math
import os
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.builders import a_park
from tests.integration.test_report_content import a_small_park
from tests.report_rig import AS_OF, exporting, texts
from workbench.application.ports import Cancelled, Silent
from workbench.domain.findings import OutputError
from workbench.excel import saving
from workbench.excel.proofreading import CLOSE, Proofreader
from workbench.excel.sheets.assembly import assemble
from workbench.excel.writer import WorkbookWriter

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)</c>', re.DOTALL)
_ROW = re.compile(r'<row r="\d+"[^>]*>.*?</row>', re.DOTALL)
_SHOWN = re.compile(r"(<v>|<t[^>]*>)([^<]+)(</v>|</t>)")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A whole report, its check, and the parts of its package."""
    place = tmp_path_factory.mktemp("whole") / "r.xlsx"
    report = exporting(*a_small_park()).build("park", AS_OF, texts())
    workbook = Workbook()
    written = assemble(workbook, report, texts(), Silent())
    check = Proofreader(written, (), texts()).check
    saving.save(workbook, str(place), report.created, written.formulas, check)
    with zipfile.ZipFile(place) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    return place, check, parts, sheets


def spoiled(whole, **changed):
    place, check, parts, _ = whole
    other = place.with_name("spoiled.xlsx")
    with zipfile.ZipFile(other, "w") as package:
        for name, content in {**parts, **changed}.items():
            if content is not None:
                package.writestr(name, content)
    with pytest.raises(OutputError) as refusal:
        check(other, place)
    assert refusal.value.exit_status == 5
    return texts()(refusal.value.code, **refusal.value.params)


@settings(
    max_examples=max(60, settings.default.max_examples // 30),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_every_change_of_a_cell_is_found(whole, data):
    """A cell blanked, altered, moved or added; a row gone or doubled: any sheet, any cell."""
    part = data.draw(st.sampled_from(whole[3]))
    xml = whole[2][part].decode()
    cells = [cell for cell in _CELL.finditer(xml) if _SHOWN.search(cell[4])]
    cell = data.draw(st.sampled_from(cells))
    how = data.draw(st.sampled_from(["blank", "alter", "row gone", "row twice", "add"]))
    if how == "blank":
        changed = xml.replace(cell[0], f'<c r="{cell[1]}{cell[2]}"/>', 1)
    elif how == "alter":
        shown = _SHOWN.search(cell[4])
        new = data.draw(st.sampled_from(["7", "x", "0", "-1"]).filter(lambda n: n != shown[2]))
        inner = cell[4].replace(shown[0], f"{shown[1]}{shown[2]}{new}{shown[3]}", 1)
        if shown[1] == "<v>" and _same_number(shown[2], f"{shown[2]}{new}"):
            return  # 1.50 and 1.5 are one number, and so are two that differ in the 17th digit
        changed = xml.replace(cell[0], cell[0].replace(cell[4], inner), 1)
    elif how == "add":
        number = int(cell[2])
        row = next(r for r in _ROW.finditer(xml) if f'<row r="{number}"' in r[0])
        more = row[0].replace("</row>", f'<c r="ZZ{number}" t="str"><v>多</v></c></row>')
        changed = xml.replace(row[0], more, 1)
    else:
        rows = [r[0] for r in _ROW.finditer(xml) if _SHOWN.search(r[0])]
        row = data.draw(st.sampled_from(rows))
        if how == "row gone":
            changed = xml.replace(row, "", 1)
        else:
            twice = re.sub(r'r="([A-Z]*)\d+"', lambda m: f'r="{m[1]}90000"', row)
            changed = xml.replace("</sheetData>", f"{twice}</sheetData>")
    assert changed != xml
    assert "没有生成" in spoiled(whole, **{part: changed.encode()})


def _same_number(one, other):
    """Whether two texts are one number, as close as the check asks."""
    if not (_number(one) and _number(other)):
        return False
    return math.isclose(float(one), float(other), rel_tol=CLOSE, abs_tol=CLOSE)


def _number(text):
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text)


def test_a_lost_chart_is_found(whole):
    charts = [name for name in whole[2] if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    assert charts
    assert f"应有 {len(charts)} 幅图表，实有 {len(charts) - 1} 幅" in spoiled(
        whole, **{charts[0]: None}
    )


def test_a_damaged_part_is_found(whole, tmp_path):
    place, check, _, _ = whole
    content = bytearray(place.read_bytes())
    with zipfile.ZipFile(place) as package:
        chart = next(i for i in package.infolist() if "charts/chart1.xml" in i.filename)
    content[chart.header_offset + 80] ^= 0xFF
    (tmp_path / "d.xlsx").write_bytes(content)
    with pytest.raises(OutputError) as refusal:
        check(tmp_path / "d.xlsx", place)
    assert "无法重新打开" in texts()(refusal.value.code, **refusal.value.params)


def fail_halfway(monkeypatch, number):
    """Let the disk fail when a part of the file is written."""
    write = saving.with_values

    def failing(saved, target, *rest):
        write(saved, target, *rest)
        os.truncate(target, 2000)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(saving, "with_values", failing)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "report.disk_full"), (errno.EDQUOT, "report.disk_full"),
     (errno.EIO, "report.cannot_write"), (errno.EROFS, "report.cannot_write"),
     (errno.EACCES, "report.in_use")],
)  # fmt: skip
def test_a_disk_that_fails_halfway_leaves_the_old_file(tmp_path, monkeypatch, number, code):
    place = tmp_path / "r.xlsx"
    place.write_bytes(b"old")
    fail_halfway(monkeypatch, number)
    with pytest.raises(OutputError) as refusal:
        exporting(a_park(), writer=WorkbookWriter()).export(str(place), "park", AS_OF, texts())
    assert refusal.value.code == code
    assert place.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_disk_that_is_full_while_it_is_written_leaves_the_old_file(tmp_path):
    resource = pytest.importorskip("resource")
    place = tmp_path / "r.xlsx"
    place.write_bytes(b"old")
    service = exporting(a_park(), writer=WorkbookWriter())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(OutputError) as refusal:
            service.export(str(place), "park", AS_OF, texts())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refusal.value.code == "report.disk_full"
    assert place.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["r.xlsx"]


@pytest.mark.parametrize("at", [1, 5, 14, 18])
def test_stopping_in_the_middle_leaves_nothing(tmp_path, at):
    class Stop(Silent):
        steps = 0

        def step(self, done, total):
            self.steps += 1
            if self.steps == at:
                raise Cancelled

    with pytest.raises(Cancelled):
        exporting(*a_small_park(), writer=WorkbookWriter()).export(
            str(tmp_path / "r.xlsx"), "park", AS_OF, texts(), progress=Stop()
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_goes_while_the_report_is_written_is_a_sentence(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    write = saving.with_values

    def gone(saved, target, *rest):
        write(saved, target, *rest)
        target.unlink()
        folder.rmdir()

    monkeypatch.setattr(saving, "with_values", gone)
    with pytest.raises(OutputError) as refusal:
        exporting(a_park(), writer=WorkbookWriter()).export(
            str(folder / "r.xlsx"), "park", AS_OF, texts()
        )
    assert str(folder) in texts()(refusal.value.code, **refusal.value.params)
