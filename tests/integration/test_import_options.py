# SPDX-License-Identifier: MIT
"""The options of the command import: what points at nothing is said, and no source is lost."""

from pathlib import Path

import pytest

from tests.integration.import_steps import read, write
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.findings import OutputError

HEAD = ["楼栋编号", "楼栋名称", "建筑面积（㎡）", "账面原值（万元）"]
ROW = ["A1", "一号", 1000, 80]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    place = tmp_path_factory.mktemp("options") / "园区.park"
    Program(language="zh_CN").create(str(place)).close()
    return str(place)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return write(tmp_path_factory.mktemp("ledger") / "台账.xlsx", HEAD, ROW, title="楼栋")


@pytest.mark.parametrize(
    ("option", "status", "said"),
    [
        ("--as-of 2026-13-01", 2, "2026-13-01"),
        ("--sheet 无", 3, "楼栋"),
        ("--entity 无=building", 3, "无"),
        ("--header 无=1", 3, "无"),
        ("--header 楼栋=9", 3, "最后一行是第 2 行"),
        ("--column 无:A=code", 3, "无"),
        ("--column 楼栋:Q=code", 3, "有：A B C D"),
        ("--unit 楼栋:Q=亩", 3, "有：A B C D"),
        ("--unit 楼栋:C=里", 2, "里"),
        ("--unit 楼栋:C=平方英尺", 2, "平方英尺"),
        ("--unit 楼栋:D=亩", 2, "账面原值"),
        ("--unit 楼栋:B=亩", 2, "楼栋名称"),
    ],
)
def test_an_option_that_nothing_answers_to_is_said(project, ledger, capsys, option, status, said):
    """It was passed over, and the ledger imported as if it had not been there."""
    assert main(["import", project, ledger, *option.split(), "--dry-run"]) == status
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert said in printed.err


@pytest.mark.parametrize("option", ["--unit 楼栋:C=亩", "--unit 楼栋:C1=亩", "--column 楼栋:D=-"])
def test_an_option_that_means_something_is_followed(project, ledger, option):
    word = option.replace("=-", "=")  # an empty field leaves the column out
    assert main(["import", project, ledger, *word.split(), "--dry-run"]) == 0


def test_the_problem_list_is_never_written_over_the_ledger(project, ledger, capsys):
    """The original file is not modified (issue B), also under another spelling of its place."""
    before = Path(ledger).read_bytes()
    other = ledger.replace("台账.xlsx", "./台账.xlsx")
    assert main(["import", project, ledger, "--problems", other, "--dry-run"]) == 5
    assert "台账" in capsys.readouterr().err
    assert Path(ledger).read_bytes() == before


def test_the_window_refuses_it_by_the_same_rule(services, program, ledger):
    preview = read(services, ledger)
    with pytest.raises(OutputError, match="is_source"):
        services.exporting.export_problems(preview, ledger, program.texts("zh_CN"))
