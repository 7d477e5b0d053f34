"""PDF through LibreOffice: beside the workbook, or one sentence and no file."""

import os
import shutil
from pathlib import Path

import pytest

from tests.shipped import texts
from workbench.application.ports import Cancelled, Silent
from workbench.application.report_ports import PlainSheet
from workbench.domain.findings import OutputError
from workbench.excel.writer import WorkbookWriter
from workbench.files import office_pdf
from workbench.files.office_pdf import write_pdf


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "报告.xlsx"
    sheet = PlainSheet("一", ("名称",), (("甲",),))
    from tests.shipped import NOW

    WorkbookWriter().write_lists([sheet], str(path), texts(), NOW)
    return path


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_is_written_beside_the_workbook(book):
    made = write_pdf(str(book))
    assert made == str(book.with_suffix(".pdf"))
    assert book.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def a_program(folder, script):
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (None, "report_pdf.no_office"),
        ("exit 1", "report_pdf.failed"),
        ("exit 0", "report_pdf.failed"),
        ("exec /bin/sleep 20", "report_pdf.too_slow"),
    ],
)
def test_without_a_pdf_there_is_a_sentence_and_no_file(book, tmp_path, monkeypatch, script, code):
    programs = tmp_path / "bin"
    programs.mkdir()
    if script:
        a_program(programs, script)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(office_pdf, "SECONDS", 1)
    with pytest.raises(OutputError) as refusal:
        write_pdf(str(book))
    assert refusal.value.code == code
    assert "工作簿已写好" in texts()(code, **refusal.value.params)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bin", "报告.xlsx"]


def test_one_that_cannot_be_started_is_no_reason_to_choose_another_folder(book, monkeypatch):
    monkeypatch.setattr(office_pdf, "find_office", lambda: str(book.parent / "gone" / "soffice"))
    with pytest.raises(OutputError) as refusal:
        write_pdf(str(book))
    assert refusal.value.code == "report_pdf.failed"


def test_stopping_ends_libreoffice_and_leaves_the_workbook_alone(book, tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    a_program(programs, f"echo $$ > {tmp_path}/pid; exec /bin/sleep 20")
    monkeypatch.setenv("PATH", str(programs))

    class Stop(Silent):
        def step(self, done, total):
            if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip():
                raise Cancelled

    with pytest.raises(Cancelled):
        write_pdf(str(book), Stop())
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bin", "pid", "报告.xlsx"]


def test_what_a_killed_starter_leaves_running_is_ended(book, tmp_path, monkeypatch):
    """On Linux soffice is a script: killing it alone would leave the program itself at work."""
    programs = tmp_path / "bin"
    programs.mkdir()
    a_program(programs, f"/bin/sleep 60 & echo $! > {tmp_path}/pid; kill -9 $$")
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(OutputError) as refusal:
        write_pdf(str(book))
    assert refusal.value.code == "report_pdf.failed"
    state = Path(f"/proc/{int((tmp_path / 'pid').read_text())}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bin", "pid", "报告.xlsx"]
