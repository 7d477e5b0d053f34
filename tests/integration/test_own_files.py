"""A file that the project was made of is never written over, whatever is written, by any way."""

from pathlib import Path
from shutil import copyfile

import pytest

from tests.finance_rig import plain
from tests.finance_samples import SAMPLES, model_of
from tests.integration.import_steps import AS_OF, take, write
from tests.shipped import texts
from workbench.application.project.evidence_package import package_path
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.files import office_pdf

CHINESE = texts("zh_CN")
HEAD = ["园区编号", "园区名称", "楼栋编号", "楼栋名称", "建筑面积（㎡）"]
ROW = ["LX", "柳溪装备产业园", "A1", "一号", 1000]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A project, the ledger that it was imported from, and a report that is its evidence."""
    folder = tmp_path_factory.mktemp("own")
    services = Program(language="zh_CN").create(str(folder / "园区.park"))
    take(services, write(folder / "台账.xlsx", HEAD, ROW))
    for place, name in enumerate(("签字.xlsx", "签字.pdf", "签字_证据.zip")):
        (folder / name).write_bytes(f"signed {place}".encode())
    park = services.querying.records("park")[0]
    files = [str(path) for path in sorted(folder.glob("签字*"))]
    services.evidencing.attach(Owner("park", park.key, ""), files)
    for name in ("甲", "乙"):
        services.assessments.start(name, park.key, AS_OF)
    stated = {key: plain(value) for key, value in SAMPLES["transfer"].items()}
    services.scenarios.create("转让", model_of("transfer"), AS_OF, stated=stated)
    services.close()
    return folder


COMMANDS = {
    "report": "report PROJECT OUT --park 柳溪装备产业园",
    "portfolio": "report PROJECT OUT --portfolio",
    "difference": "report PROJECT OUT --park 柳溪装备产业园 --assessment 乙 --against 甲",
    "scenarios": "scenario PROJECT export OUT",
    "ledger": "export-ledger PROJECT OUT",
}


@pytest.fixture
def run(folder, capsys):
    """Run a command of the project; return its status and what it says in its last line."""

    def run_command(command, out):
        words = command.replace("PROJECT", str(folder / "园区.park")).split(" ")
        status = main([str(out) if word == "OUT" else word for word in words])
        return status, (capsys.readouterr().err.strip().splitlines() or [""])[-1]

    return run_command


def kept(folder):
    return {path: path.read_bytes() for path in folder.iterdir() if ".park" not in path.suffix}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(("name", "said"), [("台账.xlsx", "原文件"), ("签字.xlsx", "证据")])
def test_neither_the_ledger_nor_evidence_is_written_over(
    folder, run, tmp_path, command, name, said
):
    """Wherever it lies and whatever it is called by now."""
    before = kept(folder)
    copy = tmp_path / "改名.xlsx"
    copyfile(folder / name, copy)
    link = tmp_path / "链接.xlsx"
    link.symlink_to(folder / name)
    for out in (folder / name, copy, link):
        status, line = run(command, out)
        assert (status, said in line, str(out) in line) == (5, True, True)
    assert kept(folder) == before
    assert {path.name for path in tmp_path.iterdir()} == {copy.name, link.name}
    assert copy.read_bytes() == before[folder / name]


def test_what_lies_beside_a_report_is_left_alone_too(folder, run, tmp_path, monkeypatch):
    """A signed scan is called like the report, and so is the package that was handed in."""
    monkeypatch.setattr(office_pdf, "write_pdf", lambda *_: pytest.fail("it was written"))
    report = tmp_path / "签字.xlsx"
    pdf, package = report.with_suffix(".pdf"), Path(package_path(str(report), CHINESE))
    copyfile(folder / "签字.pdf", pdf)
    status, line = run("report PROJECT OUT --park 柳溪装备产业园 --pdf", report)
    assert (status, "证据" in line, pdf.name in line) == (5, True, True)
    copyfile(folder / "签字_证据.zip", package)
    status, line = run("report PROJECT OUT --park 柳溪装备产业园 --evidence", report)
    assert (status, "证据" in line, package.name in line) == (5, True, True)
    assert pdf.read_bytes() == (folder / "签字.pdf").read_bytes()
    assert package.read_bytes() == (folder / "签字_证据.zip").read_bytes()
    assert report.read_bytes()[:2] == b"PK"


def test_another_file_of_the_same_size_is_written_over(folder, run, tmp_path):
    """It is no file of the project: its content tells them apart, not its name or size."""
    old = tmp_path / "台账.xlsx"
    old.write_bytes(bytes((folder / "台账.xlsx").stat().st_size))
    assert run(COMMANDS["ledger"], old)[0] == 0
    assert old.read_bytes()[:2] == b"PK"


def test_an_earlier_pdf_beside_a_report_without_one_is_named(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(office_pdf, "find_office", lambda: None)
    report, command = tmp_path / "年报.xlsx", ["report", str(folder / "园区.park")]
    options = ["--park", "柳溪装备产业园", "--pdf"]
    for said in (False, True):
        assert main([*command, str(report), *options]) == 5
        assert ("年报.pdf 是以前生成的" in capsys.readouterr().out) is said
        report.with_suffix(".pdf").write_bytes(b"%PDF of before")
