"""Issue 8, 8: the evidence package of a redacted report holds codes, and no name leaks through."""

import csv
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.report_rig import table_of, texts
from workbench.application.project.evidencing import Owner
from workbench.application.project.sampling import AS_OF
from workbench.cli.main import main
from workbench.domain.findings import OutputError
from workbench.domain.report.redaction.codes import Codes
from workbench.files.package_secrecy import names_left
from workbench.files.packages import write_package

FIRM, PERSON = "苏州堃镕科技有限公司", "赟翀珩"


def _docx(*runs):
    """A document whose one paragraph has these runs."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        said = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
        made.writestr("word/document.xml", f'<?xml version="1.0"?><w:p>{said}</w:p>')
    return content.getvalue()


def _pdf(words, *, packed):
    stream = zlib.compress(words) if packed else words
    return b"%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + stream + b"\nendstream\n%%EOF"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.txt", f"委托人{PERSON}".encode("gb18030")),
        ("b.csv", f"\ufeff姓名,{PERSON}\n".encode()),
        ("c.txt", f"甲 {PERSON}".encode("utf-16")),
        ("d.docx", _docx("赟翀", "珩")),
        ("e.html", "<p title='x'>赟<b>翀</b>珩</p>".encode()),
        ("f.pdf", _pdf(PERSON.encode(), packed=True)),
        ("g.pdf", _pdf(b"", packed=False) + b"/Author (\xfe\xff" + PERSON.encode("utf-16-be")),
        ("h.jpg", b"\xff\xd8\xff\xe1\x00" + PERSON.encode("utf-16-le") + b"\x00" * 99),
        ("i.png", b"\x89PNG\x00" + f"Author\0{PERSON}".encode()),
        (f"{PERSON}.bin", b"\x00\x01"),
    ],
)
def test_a_name_is_found_in_every_kind_of_file(tmp_path, file, content):
    target = str(tmp_path / "p.zip")
    write_package(target, [(file, [content]), ("x.bin", [bytes(range(256))])])
    assert names_left(target, Codes({PERSON: "人员001"})) == [(file, PERSON)]
    assert names_left(target, Codes({"骞濮阗": "人员001"})) == []


def test_a_locked_document_inside_ends_nothing(tmp_path):
    """Whoever marked it has read it: a search cannot."""
    locked = bytearray(_docx("赟翀珩"))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    target = str(tmp_path / "p.zip")
    write_package(target, [("a.docx", [bytes(locked)])])
    assert names_left(target, Codes({PERSON: "人员001"})) == []


@pytest.fixture
def park(services, tmp_path):
    """A park whose evidence is called by the names that a report hides, and by others."""
    key = services.editing.add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    services.editing.add("enterprise", {"name": FIRM})
    services.editing.add(
        "parcel", {"code": "L", "name": "堃镕地块", "park": key, "area_cert": "30亩", "far": "1.2",
                   "right_holder": FIRM}
    )  # fmt: skip
    [parcel] = services.querying.records("parcel")
    files = {f"{FIRM}土地证.pdf": b"%PDF " + FIRM.encode(), "总图.txt": b"site plan",
             "合同.赟翀": b"lease"}  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = [str(tmp_path / name) for name in files]
    services.evidencing.attach(Owner("parcel", parcel.key, "area_cert"), paths, f"{PERSON}提供")
    return key


def _marked(services, *names):
    keys = {row.key for row in services.evidencing.all() if row.label in names}
    services.redaction.mark(keys)


def _export(services, park, folder):
    done = services.exporting.export(
        str(folder / "报告.xlsx"), park, AS_OF, texts(), redact=True, with_package=True
    )
    target = str(folder / "包.zip")
    packed = services.evidence_package.pack(target, park, None, texts(), beside=done.beside)
    with zipfile.ZipFile(target) as package:
        index = package.read("index.csv").decode("utf-8-sig")
        return done, packed, package.namelist(), list(csv.DictReader(io.StringIO(index))), index


def test_the_package_lists_codes_and_what_cites_them_and_encloses_what_was_marked(
    services, park, tmp_path
):
    _marked(services, "总图.txt")
    services.redaction.hide([PERSON, "赟翀"], "人员")
    done, packed, names, rows, index = _export(services, park, tmp_path)
    assert names == ["index.csv", "证据002.txt"]
    assert (packed.files, packed.left_out, packed.missing, packed.redacted) == (1, 2, 0, True)
    assert [row["原文件名"] for row in rows] == ["证据001", "证据002", "证据003"]
    hashes = [row.text("sha256") for row in services.evidencing.all()]
    assert rows[1]["SHA-256"] in hashes
    assert [row["SHA-256"] for row in (rows[0], rows[2])] == ["（已隐去）"] * 2
    assert [row["字节"] for row in (rows[0], rows[2])] == ["", ""]
    assert sum(each in index for each in hashes) == 1
    assert "I-06" in rows[0]["引用它的指标或表"]
    assert rows[0]["内容"] == "未附：文件里的名称无从隐去"
    assert rows[1]["内容"] == "附原文件：经标明不含名称"
    assert {row["说明"] for row in rows} == {"（已隐去）"}
    assert not any(name in index for name in (FIRM, "堃镕", PERSON, "赟翀"))
    cover = done.report.cover.notice
    assert "列出 3 份证据" in cover
    assert "其中 1 份" in cover
    assert "其余 2 份不附" in cover
    assert "另列的 2 个名称" in cover
    listed = table_of(done.report, "sources", "表10-4")
    assert [cell.value for cell in listed.cells("file_name")] == ["证据001", "证据002", "证据003"]


def test_a_marked_file_that_names_somebody_leaves_no_package(services, park, tmp_path):
    _marked(services, "总图.txt", f"{FIRM}土地证.pdf")
    with pytest.raises(OutputError) as told:
        _export(services, park, tmp_path)
    assert told.value.code == "report_redact.left_in_package"
    assert "证据001.pdf" in told.value.params["places"]
    assert not list(tmp_path.glob("包.zip*"))


def test_the_terminal_lists_hides_and_marks_and_undo_takes_it_back(
    services, park, tmp_path, capsys
):
    project = services.project
    evidence = next(row.key for row in services.evidencing.all() if row.label == "总图.txt")
    assert main(["redaction", project, "hide", "--kind", "firm", "堃镕厂", "堃 镕 厂"]) == 0
    assert main(["redaction", project, "enclose", evidence]) == 0
    capsys.readouterr()
    assert main(["redaction", project, "list", "--json"]) == 0
    said = capsys.readouterr().out
    assert '"name": "堃镕厂"' in said
    assert said.count('"kind": "firm"') == 1
    assert "总图.txt" in said
    out = str(tmp_path / "r.xlsx")
    assert main(["report", project, out, "--park", "P", "--redact", "--evidence"]) in (0, 1)
    said = capsys.readouterr().out
    assert "附 1 个文件" in said
    assert "未附原文件的有 2 份" in said
    assert Path(tmp_path / "r_证据包.zip").exists()
    assert main(["redaction", project, "leave-out", evidence]) == 0
    assert main(["redaction", project, "show", "堃镕厂"]) == 0
    assert main(["redaction", project, "show", "堃镕厂"]) == 2
    services.history.undo()
    assert [row.label for row in services.redaction.names()] == ["堃镕厂"]


def test_a_name_of_one_letter_is_refused_in_words(services, park, capsys):
    assert main(["redaction", services.project, "hide", "张"]) == 2
    assert "至少 2 个字" in capsys.readouterr().err
