"""The package beside a report: each file with its owner and hash, under names for every system."""

import csv
import io
import zipfile
from hashlib import sha256

import pytest

from tests.builders import a_record
from tests.sample_park import open_sample
from tests.shipped import FixedClock, texts
from workbench.application.ports import Cancelled, Silent
from workbench.application.project.evidence_package import _name as package_name
from workbench.application.project.evidencing import Owner
from workbench.application.project.sampling import AS_OF, ASSESSMENT_NAME
from workbench.bootstrap import Program
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.files.packages import write_package


@pytest.fixture
def sample(tmp_path):
    """The sample park, its first park and its assessment."""
    services = open_sample(Program(clock=FixedClock()), tmp_path / "示例.park")
    park, *_ = services.querying.records("park")
    yield services, park, services.assessments.find(ASSESSMENT_NAME)
    services.close()


def test_the_package_holds_each_file_with_owner_and_hash(sample, tmp_path):
    services, park, assessment = sample
    said = texts()
    (tmp_path / "=证.pdf").write_bytes(b"%PDF evidence")
    building = services.querying.records("building")[0]
    services.evidencing.attach(
        Owner("building", building.key, "cert_no"), [str(tmp_path / "=证.pdf")], "权证"
    )
    target = tmp_path / "包.zip"
    packed = services.evidence_package.pack(str(target), park.key, assessment, said)
    assert packed.missing == 0
    with zipfile.ZipFile(target) as package:
        rows = list(csv.DictReader(io.StringIO(package.read("index.csv").decode("utf-8-sig"))))
        assert len(rows) == packed.files == len(package.namelist()) - 1
        for row in rows:
            assert sha256(package.read(row["包内文件"])).hexdigest() == row["SHA-256"]
    ours = next(row for row in rows if row["所属记录"] == building.label)
    assert ours["原文件名"] == "'=证.pdf"
    assert ours["说明"] == "权证"
    assert {row["所属类别"] for row in rows} >= {"楼栋"}
    first = target.read_bytes()

    class Stopping(Silent):
        def step(self, done, total):
            if done > total * 0.9:  # while it is written
                raise Cancelled

    with pytest.raises(Cancelled):
        services.evidence_package.pack(str(target), park.key, assessment, said, Stopping())
    assert [path.name for path in tmp_path.glob("包*")] == ["包.zip"]
    services.evidence_package.pack(str(target), park.key, assessment, said)
    assert target.read_bytes() == first


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("a.pdf", "001_a.pdf"),
        ("CON.pdf", "001_CON.pdf"),
        ('a<b>:"c"?*|.pdf', "001_a_b_c_.pdf"),
        ("末尾点. . ", "001_末尾点"),
        ("x\u202efdp.exe", "001_x_fdp.exe"),
        (".隐藏", "001_隐藏"),
    ],
)
def test_names_in_the_package_are_names_on_every_system(label, name):
    """Windows refuses some letters and a dot at the end; CON is a device only as a whole name."""
    assert package_name(1, a_record("evidence", "v", name=label)) == name


def test_the_longest_names_fit_into_255_bytes():
    for label in ("文" * 300 + ".pdf", "😀" * 100 + ".第一二三四五六七八九十", "a" * 400):
        name = package_name(1234, a_record("evidence", "v", name=label))
        assert len(name.encode()) < 255
        assert not name.endswith((" ", "."))


@pytest.mark.parametrize("earlier_program", [False, True])
def test_the_evidence_of_a_final_assessment_is_what_it_was(
    services, tmp_path, monkeypatch, earlier_program
):
    """Of an assessment that an earlier program froze, that of the ledger is today's; it is said."""
    from workbench.application.project import evidence_package
    from workbench.application.versions import finalizing, freezing

    if earlier_program:
        monkeypatch.setattr(evidence_package, "WITH_LEDGER_EVIDENCE", 99)
        monkeypatch.setattr(
            finalizing, "attached_records", lambda w, a, part=None: freezing.attached_records(w, a)
        )
    park = services.editing.add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    services.editing.add("parcel", {"code": "L", "name": "一地", "park": park, "area_cert": "30亩",
                                    "status": "已建成", "holder_type": "国企"})  # fmt: skip
    parcel = services.querying.records("parcel")[0]
    for name in ("台账", "清单", "新"):
        (tmp_path / f"{name}.pdf").write_bytes(f"%PDF {name}".encode())
    services.evidencing.attach(Owner("parcel", parcel.key, ""), [str(tmp_path / "台账.pdf")], "")
    moved = services.assessments.start("年中", park, AS_OF)
    done = ItemState("S1-02", ItemStatus.DONE)
    services.ticking.set_state(moved, "S1-02", done, [str(tmp_path / "清单.pdf")])
    for status in ("复核", "定稿"):
        moved = services.finalizing.move(moved, status)
    services.evidencing.attach(Owner("parcel", parcel.key, ""), [str(tmp_path / "新.pdf")], "")
    target = tmp_path / "包.zip"
    packed = services.evidence_package.pack(str(target), park, moved, texts())
    assert (packed.files, packed.missing, packed.of_final) == (2 + earlier_program, 0, True)
    assert ("定稿后新增的也在其中" in packed.sentences(texts(), "")[1]) is earlier_program
    assert not services.evidence_package.pack(str(target), park, None, texts()).of_final
    if earlier_program:
        return
    # Taken out of the project since: the package names it with the hash that it had.
    first = next(r for r in services.evidencing.all() if r.label == "台账.pdf")
    services.evidencing.detach(first.key)
    with services.unit_of_work(writing=True) as work:
        work.files.forget([first.text("sha256")])
        work.commit()
    packed = services.evidence_package.pack(str(target), park, moved, texts())
    assert (packed.files, packed.missing) == (1, 1)
    assert "1 个文件缺失或已改动" in packed.sentences(texts(), "")[2]
    with zipfile.ZipFile(target) as package:
        index = package.read("index.csv").decode("utf-8-sig")
    assert f"{first.text('sha256')},缺失" in index


def test_what_is_packed_already_is_not_packed_again(tmp_path):
    """2 GB of scans took minutes; words still shrink."""
    target = tmp_path / "证据.zip"
    write_package(str(target), [("a.PDF", [b"x" * 9000]), ("index.csv", [b"y" * 9000])])
    with zipfile.ZipFile(target) as package:
        sizes = {entry.filename: entry.compress_size for entry in package.infolist()}
    assert sizes["a.PDF"] == 9000
    assert sizes["index.csv"] < 100
