"""Ledgers as clerks keep them (domain §8.3 T1–T12) come back with the values they state.

Each file of tests/data/clerks is one workbook: sheets as rows of cells between bars (an apostrophe
marks digits kept as text, @ a date), the records that a careful reader finds in it, the rows left
out, and what has to be said of cells (field, code, suggestion) or of a table (code).
"""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.import_rig import IMPORTING, READER
from workbench.application.imports.table_findings import remarks_on
from workbench.domain.tables.letters import column_index
from workbench.domain.tables.sheets import Merge, RawSheet
from workbench.files.texts import load_texts
from workbench.locations import resource

LEDGERS = sorted((Path(__file__).parents[1] / "data" / "clerks").glob("*.toml"))
_DAY = re.compile(r"@\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _cell(text):
    if _DAY.fullmatch(text):
        return date.fromisoformat(text[1:])
    if _NUMBER.fullmatch(text.strip()):
        return float(text)
    text = text.removeprefix("'")
    return text.replace("\\n", "\n").replace("\\p", "|").replace("\\\\", "\\")


def _place(address):
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index(letters)


def _merge(span):
    first, last = span.split(":")
    return Merge(*_place(first), *_place(last))


def _sheet(data):
    rows = [[_cell(c) for c in line.split(" | ")] for line in data["rows"].split("\n")[:-1]]
    width = max(map(len, rows))
    cells = [[*row, *([""] * (width - len(row)))] for row in rows]
    return RawSheet(
        data["name"], cells, merges=[_merge(span) for span in data.get("merges", ())],
        hidden_rows=frozenset(data.get("hidden_rows", ())),
        comments={_place(at): text for at, text in data.get("comments", {}).items()},
    )  # fmt: skip


def _agrees(ours, stated):
    if stated == "unknown":
        return ours is None
    if isinstance(ours, date):
        return ours.isoformat() == stated
    if isinstance(ours, tuple):
        return list(ours) == stated
    if isinstance(stated, str | bool) or ours is None or isinstance(ours, str):
        return ours == stated
    return abs(float(ours) - stated) <= 1e-4 * max(1, abs(stated))


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_clerks_ledger_gives_the_records_it_holds(path):
    ledger = tomllib.loads(path.read_text("utf-8"))
    READER.sheets = [_sheet(sheet) for sheet in ledger["sheets"]]
    preview = IMPORTING.preview(["台账.xlsx"])
    for table in preview.tables():
        counts = table.counts()
        assert counts["read"] == sum(n for name, n in counts.items() if name != "read")
    left_out = [(r.row, r.reason.value) for t in preview.tables() for r in t.rejected]
    if "rejected" in ledger:
        assert left_out == [(item["row"], item["reason"]) for item in ledger["rejected"]]
    assert _wrong(preview.tables(), ledger.get("records", ())) == []
    if "carried" in ledger:  # records that rows state beside themselves
        beside = (carried for table in preview.tables() for carried in table.attached)
        assert _wrong(beside, ledger["carried"]) == []
    assert {_finding(item) for item in ledger.get("findings", ())} <= _said(preview)


def test_an_empty_room_among_leases_is_said_to_be_nobodys():
    """It was said to have neither a name nor a code, which a clerk sees that it has."""
    rows = [
        ["房号", "承租方", "租赁面积（㎡）", "起租日"],
        ["A1-201", "恒通模具", 680, "2024.3.1"],
        ["A1-202", "空置", 900, ""],
    ]
    READER.sheets = [RawSheet("租赁明细", rows)]
    [table] = IMPORTING.preview(["台账.xlsx"]).tables()
    [left_out] = table.rejected
    texts = load_texts("zh_CN", resource("translations"))
    assert "不是租约" in texts(f"importing.reason.{left_out.words}")


def test_what_is_said_of_a_heading_of_a_card_stands_beside_that_one():
    """Several headings stand above one letter there; a guessed one was told beside them all."""
    rows = [
        ["园区名称", "洛河产业园", "园区编码", "LH"],
        ["园区级别", "省级", "设立时间", "2011年6月"],
        ["批准面积", "3200亩", "已开发面积", "2150亩"],
        ["主导产业", "装备制造", "管理机构", "管委会"],
    ]
    READER.sheets = [RawSheet("基本情况", rows)]
    [table] = IMPORTING.preview(["台账.xlsx"]).tables()
    texts = load_texts("zh_CN", resource("translations"))
    told = {c.heading.text: len(remarks_on(table, c, texts)) for c in table.table.columns}
    assert told["管理机构"] == 1
    assert told["园区编码"] == told["设立时间"] == 0


def _wrong(tables, records):
    """Return what was read and is not stated, or the other way round."""
    ours, stated = {}, {}
    for table in tables:
        found = (table.values(i) for i in table.kept() if i not in table.continues)
        ours.setdefault(table.entity, []).extend(found)
    for record in records:
        stated.setdefault(record.pop("entity"), []).append(record)
    counts = [{entity: len(found) for entity, found in of.items()} for of in (ours, stated)]
    if counts[0] != counts[1]:
        return counts
    return [
        (entity, number, name, value, found.get(name))
        for entity, wanted in stated.items()
        for number, (found, record) in enumerate(zip(ours[entity], wanted, strict=True))
        for name, value in record.items()
        if not _agrees(found.get(name), value)
    ]


def _finding(item):
    return item.get("field", ""), item["code"], item.get("suggestion", "")


def _said(preview):
    """Return the findings of cells, and those of tables, as the files name them."""
    said = {
        (field, problem.code, problem.suggestion or "")
        for table in preview.tables()
        for index in table.kept()
        for field, problem in table.findings(index)
    }
    return said | {("", p.code, "") for table in preview.tables() for _, p in table.problems}
