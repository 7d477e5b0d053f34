"""Where a report may not be written is said before the work, and nothing is changed by it."""

import os
import stat
from itertools import takewhile
from pathlib import Path
from tempfile import gettempdir

import pytest

from tests.builders import a_park
from tests.report_rig import AS_OF, exporting, texts
from workbench import whole_files
from workbench.domain.findings import OutputError, UsageError
from workbench.excel.writer import WorkbookWriter

as_nobody = pytest.mark.skipif(
    not hasattr(os, "geteuid"), reason="Windows has no permissions of this kind"
)


def export(path):
    """Write a report where the place is what matters: of a park with a name, soon written."""
    service = exporting(a_park(), writer=WorkbookWriter())
    return service.export(str(path), "park", AS_OF, texts())


def refused(path):
    with pytest.raises((OutputError, UsageError)) as refusal:
        export(path)
    assert texts()(refusal.value.code, **refusal.value.params)
    return refusal.value.code


@pytest.fixture
def nobody(tmp_path):
    """Somebody who may not write everywhere, in a folder of his own."""
    tmp_path.chmod(0o777)
    for folder in takewhile(lambda each: each != Path(gettempdir()), tmp_path.parents):
        folder.chmod(0o711)  # workers beside each other have a folder more
    if os.geteuid() != 0:
        yield tmp_path
        return
    os.seteuid(65534)
    try:
        yield tmp_path
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    "name",
    ["a:b.xlsx", "a*.xlsx", 'say "x".xlsx', "a|b.xlsx", "CON.xlsx", "nul.xlsx", "com1.v2.xlsx",
     "two\nlines.xlsx", "a?.xlsx", "x" * 300 + ".xlsx", "\ud800.xlsx"],
)  # fmt: skip
def test_a_name_that_some_system_refuses_is_refused_on_every_system(tmp_path, name):
    assert refused(tmp_path / name) == "report.bad_name"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["r.xlsx.", "r.xlsx ", ".xlsx", "r.xls"])
def test_a_name_that_excel_would_not_open_is_answered_with_one_that_it_does(tmp_path, name):
    with pytest.raises(UsageError) as refusal:
        export(f"{tmp_path}/{name}")
    better = refusal.value.params["name"]
    assert better in ("r.xlsx", "report.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_path_of_thousands_of_letters_does_not_fill_the_screen(tmp_path):
    with pytest.raises(OutputError) as refusal:
        export(tmp_path / ("x/" * 2500) / "r.xlsx")
    assert len(texts()(refusal.value.code, **refusal.value.params)) < 400


def test_a_name_that_begins_with_a_tilde_is_a_file(tmp_path, monkeypatch):
    """Nobody is called x, so that ~x.xlsx is no folder of his."""
    monkeypatch.chdir(tmp_path)
    export("~x.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["~x.xlsx"]


def test_a_link_stays_and_what_it_leads_to_is_new(tmp_path):
    (tmp_path / "real.xlsx").write_bytes(b"old")
    links = {"l.xlsx": "real.xlsx", "loop.xlsx": "loop.xlsx", "text.xlsx": "notes.txt"}
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    export(tmp_path / "l.xlsx")
    assert (tmp_path / "real.xlsx").read_bytes()[:2] == b"PK"
    assert refused(tmp_path / "loop.xlsx") == "report.no_file"
    assert refused(tmp_path / "text.xlsx") == "report.not_xlsx"
    assert {each.name for each in tmp_path.iterdir()} == {*links, "real.xlsx"}
    assert all((tmp_path / name).is_symlink() for name in links)


@as_nobody
def test_folders_and_files_that_are_closed_are_told_apart_and_left_alone(nobody):
    for name, mode in (("closed", 0o555), ("secret", 0o600)):
        (nobody / name).mkdir()
        (nobody / name).chmod(mode)
    (nobody / "only read.xlsx").write_bytes(b"old")
    (nobody / "only read.xlsx").chmod(0o444)
    assert refused(nobody / "closed" / "r.xlsx") == "report.cannot_write"
    assert refused(nobody / "secret" / "r.xlsx") == "report.cannot_write"
    assert refused(nobody / "only read.xlsx") == "report.in_use"
    assert (nobody / "only read.xlsx").read_bytes() == b"old"
    assert list((nobody / "closed").iterdir()) == []
    assert len(list(nobody.iterdir())) == 3
    (nobody / "secret").chmod(0o700)


@as_nobody
def test_whoever_might_not_read_the_old_report_may_not_read_the_new_one(tmp_path):
    place = tmp_path / "r.xlsx"
    place.write_bytes(b"old")
    place.chmod(0o600)
    export(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert place.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(("times", "written"), [(2, True), (9, False)])
def test_a_file_that_another_program_holds_is_tried_again_and_then_named(
    tmp_path, monkeypatch, times, written
):
    """Windows says PermissionError where the workbook is open, or is just being scanned."""
    place, tries = tmp_path / "r.xlsx", []
    place.write_bytes(b"old")
    replace = os.replace

    def held(source, target):
        tries.append(target)
        if len(tries) <= times:
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(whole_files.os, "replace", held)
    monkeypatch.setattr(whole_files.time, "sleep", lambda _: None)
    if written:
        export(place)
    else:
        assert refused(place) == "report.in_use"
    assert (place.read_bytes() == b"old") is not written
    assert [each.name for each in tmp_path.iterdir()] == ["r.xlsx"]


def test_nothing_is_put_into_the_folder_for_temporary_files(tmp_path, monkeypatch):
    """Names stood there readable for others, and a full one ended the report."""
    import tempfile

    def refuse(*_args, **_kwargs):
        raise AssertionError

    for name in ("NamedTemporaryFile", "mkstemp", "mkdtemp", "TemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    export(tmp_path / "r.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["r.xlsx"]
