# SPDX-License-Identifier: MIT
"""The checklist from the command line: JSON, exit statuses, bad editions, a filled-in sheet."""

import json
from datetime import date

import openpyxl
import pytest

from workbench.bootstrap import Program
from workbench.cli.main import main


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checklist")
    services = Program().create(str(folder / "lx.park"))
    park = services.editing.add("park", {"code": "LX", "name": "柳溪", "city": "莆田"})
    services.assessments.start("年中", park, date(2026, 6, 30), ("P02",))
    services.close()
    (folder / "证据.pdf").write_bytes(b"%PDF-1.7 x")
    return folder / "lx.park"


@pytest.fixture
def project(begun, tmp_path):
    copy = tmp_path / "lx.park"
    copy.write_bytes(begun.read_bytes())
    return str(copy)


@pytest.fixture
def run(capsys, project):
    def run(*words):
        status = main(["checklist", project, "--assessment", "年中", *map(str, words)])
        said = capsys.readouterr()
        return status, json.loads(said.out) if "--json" in words else said.out, said.err.strip()

    return run


def items(run):
    return {item["item"]: item for item in run("list", "--json")[1]["items"]}


def test_list_and_set_speak_the_contract(run, begun):
    """cli.md checklist: set ITEM STATUS [--evidence FILE]… [--reason] [--owner] [--due]."""
    paper = begun.parent / "证据.pdf"
    words = ("--evidence", paper, "--evidence", paper, "--owner", "王海涛", "--due", "2026-12-31")
    status, state, _ = run("set", "S1-01", "已完成", *words, "--json")
    assert (status, state) == (0, {
        "item": "S1-01", "status": "已完成", "counts_as": "已完成", "evidence": 2,
        "evidence_lost": 0, "reason": None, "owner": "王海涛", "due": "2026-12-31", "note": None,
        "waits_for": [], "review": None, "reviewer": None,
    })  # fmt: skip
    assert run("set", "S1-02", "不适用", "--reason", "不涉及")[0] == 0
    _, listed, _ = run("list", "--json")
    first = listed["stages"][0]
    assert (first["stage"], first["done"], first["gate_open"]) == ("S1", 1, True)
    found = {item["item"]: item for item in listed["items"]}
    assert found["S1-02"]["reason"] == "不涉及"
    earned = sum(i["weight"] for i in found.values() if i["status"] == "已完成")
    total = sum(i["weight"] for i in found.values() if i["status"] != "不适用")
    assert listed["completion"] == pytest.approx(earned / total)
    closed = {each["item"]: each for each in listed["closed"]}
    assert closed["S6-11"]["why"] == "只用于路径 P01，没有选择。"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("S1-01", "已完成"), 2, "S1-01还没有证据"),
        (("S1-01", "不适用", "--reason", " "), 2, "需要写明理由"),
        (("S1-01", "完成"), 2, "没有“完成”这个状态"),
        (("S9-01", "未完成"), 2, "没有编号为 S9-01"),
        (("S1-01", "未完成", "--due", "下周"), 2, "日期“下周”读不懂"),
        (("S1-01", "已完成", "--evidence", "/no/such.pdf"), 3, "找不到文件"),
    ],
)
def test_what_may_not_be_set_is_one_sentence_and_changes_nothing(run, words, status, said):
    before = items(run)
    found, _, error = run("set", *words)
    assert (found, error.count("\n")) == (status, 0)
    assert said in error
    assert items(run) == before


WRONG = {
    "duplicate": ('id = "S1-02"', 'id = "S1-01"', ("S1-01", "重复")),
    "pathway": ('paths = ["ALL"]', 'paths = ["P99"]', ("S1-01", "没有“P99”")),
    "field": ('when = "enc.active_seizure"', 'when = "parcel.no > 3"', ("S2-03", "parcel.no")),
    "condition": ('when = "enc.active_seizure"', 'when = "enc. and"', ("S2-03", "写法有误")),
    "indicator": ('when = "enc.active_seizure"', 'when = "I_01 > 0.5"', ("S2-03", "不能用指标")),
    "circle": ('id = "S3-01"', 'id = "S3-01"\nblocked_by = ["S3-02"]', ("S3-01", "互相等待")),
    "blocker": ('id = "S3-01"', 'id = "S3-01"\nblocked_by = ["S9-99"]', ("S3-01", "没有“S9-99”")),
    "weight": ("weight = 4", "weight = 9", ("S1-01", "应在1至5之间")),
    "toml": ("[[items]]", "[[items]", ("不符合TOML格式",)),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_bad_edition_is_refused_with_file_entry_and_reason(run, project, tmp_path, kind):
    """Issue F, Bad input: refused with file, entry and reason; cli.md: exit status 3."""
    right, wrong, said = WRONG[kind]
    path = tmp_path / "own.toml"
    assert run("export-edition", "2", path)[0] == 0
    text = path.read_text("utf-8").replace('version = "2"', 'version = "own"')
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    status, _, error = run("add-edition", path)
    assert status == 3
    assert all(part in error for part in ("own.toml", *said))
    assert len(run("editions", "--json")[1]["editions"]) == 1


def test_another_encoding_is_said_in_words(run, tmp_path):
    path = tmp_path / "gbk.toml"
    path.write_bytes('version = "丙"'.encode("gbk"))
    status, _, error = run("add-edition", path)
    assert status == 3
    assert "gbk.toml 不是 UTF-8 文字" in error


def test_a_sheet_that_a_person_edited_comes_back_as_differences(run, tmp_path):
    """Issue F, Deliver 5: rows moved, blank, doubled, unknown; words and dates as people write."""
    path = tmp_path / "form.xlsx"
    assert run("export-form", path)[0] == 0
    book = openpyxl.load_workbook(path)
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    heads = [cell.value for cell in sheet[4]]
    at = {name: heads.index(name) for name in heads}
    by_id = {row[0]: row for row in rows}
    by_id["S1-03"][at["状态"]], by_id["S1-03"][at["截止"]] = " 部分完成 ", "2026年12月31日"
    by_id["S1-04"][at["状态"]] = "做完了"
    by_id["S1-05"][at["截止"]] = "月底"
    by_id["S1-06"][at["责任人"]] = "王海涛"
    by_id["S1-07"][at["状态"]] = "已完成"
    by_id["S1-08"][at["状态"]] = "不适用"
    rows.reverse()
    rows.insert(2, [None] * len(heads))
    rows.insert(4, ["S1-03", *[None] * (len(heads) - 1)])
    rows.append(["S1-99", *[None] * (len(heads) - 1)])
    sheet.delete_rows(5, sheet.max_row)
    sheet.cell(4, len(heads) + 1).value = "领导批示"
    for row in rows:
        sheet.append([*row, "同意"])
    book.save(path)
    status, seen, _ = run("import-form", path, "--json")
    assert status == 1
    found = {(d["item"], d["field"]): d["theirs"] for d in seen["differences"]}
    assert found["S1-06", "owner"] == "王海涛"
    assert found["S1-07", "status"] == "已完成"
    assert set(seen["refused"]) == {"S1-07", "S1-08"}
    problems = "\n".join(seen["problems"])
    for said in ("“做完了”不在可选范围", "“月底”不是日期", "“S1-99”", "“S1-03”重复"):
        assert said in problems
    assert len(seen["problems"]) == 4
    assert (seen["taken"], items(run)["S1-06"]["owner"]) == (0, None)
    _, taken, _ = run("import-form", path, "--take", "--json")
    assert taken["taken"] == len({item for item, _ in found} - set(seen["refused"]))
    assert items(run)["S1-06"]["owner"] == "王海涛"
    assert items(run)["S1-07"]["status"] == "待核"
