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


@pytest.fixture
def there(capsys, run, tmp_path):
    """A colleague's project that was handed the checklist, and its commands."""
    place, package = str(tmp_path / "there.park"), str(tmp_path / "out.handover")
    run("set", "S1-03", "部分完成", "--owner", "周敏")
    run("hand-over", package)
    main(["new", place])
    main(["checklist", place, "open-package", package])

    def there(*words):
        return main(["checklist", place, "--assessment", "年中", *words])

    capsys.readouterr()
    return there


def test_what_both_sides_changed_is_left_until_somebody_decides(there, run, tmp_path, capsys):
    """Issue F, Deliver 3: differences are shown before they are taken."""
    package = str(tmp_path / "back.handover")
    there("set", "S1-03", "未完成", "--owner", "王")
    there("set", "S1-05", "部分完成")
    there("hand-over", package)
    run("set", "S1-03", "部分完成", "--owner", "李")
    capsys.readouterr()
    status, seen, _ = run("take-package", package, "--take", "--json")
    assert status == 1
    assert seen["left"] == [{"item": "S1-03", "field": "owner"}]
    found = items(run)
    assert (found["S1-03"]["owner"], found["S1-03"]["status"]) == ("李", "未完成")
    assert found["S1-05"]["status"] == "部分完成"
    assert run("take-package", package, "--take", "--theirs")[0] == 0
    assert items(run)["S1-03"]["owner"] == "王"


def test_a_sheet_does_not_finish_what_waits_for_something_open(run, begun, tmp_path):
    """Issue F, Deliver 1: blocked-by holds by every door."""
    paper, path = begun.parent / "证据.pdf", tmp_path / "form.xlsx"
    for item in ("S3-01", "S3-02"):
        run("set", item, "未完成", "--evidence", paper)
    run("export-form", path)
    book = openpyxl.load_workbook(path)
    rows = {row[0].value: row for row in book.active.iter_rows(min_row=5)}
    status = [cell.value for cell in book.active[4]].index("状态")
    rows["S3-02"][status].value = "已完成"
    book.save(path)
    assert "S3-01" in run("import-form", path, "--json")[1]["refused"]["S3-02"]
    rows["S3-01"][status].value = "已完成"
    book.save(path)
    assert run("import-form", path, "--take", "--json")[1]["refused"] == {}
    assert items(run)["S3-02"]["status"] == "已完成"


def test_an_item_that_did_not_change_cannot_be_agreed_to(run, tmp_path):
    path = tmp_path / "own.toml"
    run("export-edition", "2", path)
    text = path.read_text("utf-8").replace('version = "2"', 'version = "own"')
    path.write_text(text.replace("weight = 4", "weight = 5", 1), "utf-8")
    run("add-edition", path)
    status, _, error = run("move-edition", "own", "--take", "--agree", "S1-09")
    assert (status, "有改动的事项：S1-01" in error) == (2, True)
    assert run("move-edition", "own", "--take", "--agree", "S1-01")[0] == 0
