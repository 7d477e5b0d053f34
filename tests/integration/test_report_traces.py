"""Issue G 3: figures lead to how they were made, to the rows behind them, and to the evidence."""

import hashlib
import re
import sqlite3

import pytest

from tests.read_quickly import load_workbook
from tests.shipped import AS_OF, FixedClock
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.domain.checklist.state import ItemState, ItemStatus

DEED = "周敏所藏不动产权证书.pdf"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The open and the redacted report of a park with evidence on a field and on an item."""
    folder = tmp_path_factory.mktemp("traces")
    program = Program(clock=FixedClock())
    services = program.create(str(folder / "园.park"))
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园"})
    add("parcel", {"code": "L2", "name": "二地", "park": park, "area_cert": "30亩"})
    add("parcel", {"code": "L1", "name": "一地", "park": park, "area_cert": "20亩",
                   "end_on": "2050-01-01"})  # fmt: skip
    for name, let in (("乙栋", "100"), ("甲栋", "300")):
        key = add("building", {"name": name, "code": f"B{let}", "park": park, "parcel": "一地",
                               "rentable_area": "1000", "leased_area": let,
                               "self_use_area": "0", "lent_area": "0"})  # fmt: skip
    add("encumbrance", {"parcel": "二地", "kind": "抵押", "status": "有效"})
    deed = folder / DEED
    deed.write_bytes(b"deed")
    services.evidencing.attach(Owner("building", key, "cert_no"), (str(deed),))
    assessment = services.assessments.start("年中", park, AS_OF)
    state = ItemState("S1-01", ItemStatus.DONE, owner="王海")
    services.ticking.set_state(assessment, "S1-01", state, (str(deed),))
    for redact in (True, False):
        plain = services.exporting.export(
            str(folder / f"{int(redact)}.xlsx"), park, AS_OF, program.texts(),
            assessment=assessment, redact=redact,
        )  # fmt: skip
    assert not [item for item in plain.open_items if "表10-4" in item]
    _alter(folder / "园.park", hashlib.sha256(b"deed").hexdigest())
    told = services.exporting.export(str(folder / "2.xlsx"), park, AS_OF, program.texts(),
                                     assessment=assessment)  # fmt: skip
    assert "2 件证据的内容缺失或被改动，见表10-4" in told.open_items
    services.close()
    return folder


def _alter(project, digest):
    """Change a kept content behind the program's back."""
    with sqlite3.connect(project) as store:
        changed = store.execute(
            "UPDATE blob_piece SET content = ? WHERE sha256 = ?", (b"fake", digest)
        )
        assert changed.rowcount == 1
    store.close()


@pytest.fixture(scope="module")
def book(written):
    return load_workbook(written / "0.xlsx")


def led_to(book, sheet, cell):
    """The row that a cell leads to, from its first cell on."""
    name, _, at = cell.hyperlink.location.rpartition("!")
    target = book[name.strip("'")][at]
    assert target.column == 1
    return [each.value for each in book[name.strip("'")][target.row]]


def links(book, sheet):
    """The cells that lead somewhere, source lines left out."""
    led = [c for row in book[sheet].iter_rows() for c in row if c.hyperlink is not None]
    return [cell for cell in led if not str(cell.value).startswith("数据来源")]


def test_every_indicator_leads_to_what_it_was_computed_from(book):
    found = links(book, "3 指标评价")
    assert len(found) == 52
    for cell in found:
        assert led_to(book, "3 指标评价", cell)[0] == cell.value


def test_what_an_indicator_was_read_from_leads_to_the_records(book):
    traces = {row[0].value: row for row in book["表E-5 指标取数"].iter_rows() if row[0].value}
    occupancy = traces["I-01"]
    assert any("楼栋 2 条（附表A" in str(c.value) for c in occupancy)
    assert "乙栋" in led_to(book, "表E-5 指标取数", occupancy[0])


def test_assets_and_limits_lead_to_their_own_rows_in_the_annexes(book):
    found = {}
    for cell in links(book, "2 资产概况"):
        own = [each.value for each in book["2 资产概况"][cell.row]]
        found[own[1]] = led_to(book, "2 资产概况", cell)
    assert set(found) == {"L1", "L2", "乙栋", "甲栋", "二地"}
    assert all(name in row for name, row in found.items())
    assert "抵押" in found["二地"]


def test_key_figures_of_the_summary_are_the_indicators_themselves(written, book):
    values = load_workbook(written / "0.xlsx", data_only=True)
    sheet = book["1 摘要"]
    live = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    repeated = [cell for cell in live if re.fullmatch(r"='3 指标评价'!\w+", cell.value)]
    assert len(repeated) >= 2
    for cell in repeated:
        at = cell.value.rpartition("!")[2]
        assert values["1 摘要"][cell.coordinate].value == values["3 指标评价"][at].value


def rows_of_evidence(path):
    sheet = load_workbook(path)["10 数据来源与声明"]
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def test_evidence_is_listed_with_its_hash_who_added_it_and_when(written):
    deed, task = rows_of_evidence(written / "0.xlsx")
    digest = hashlib.sha256(b"deed").hexdigest()
    assert deed[1:7] == ("楼栋", "甲栋", "权证号", DEED, digest, 4)
    assert task[1:3] == ("清单事项", "S1-01")
    assert deed[7] not in (None, "", "—")
    assert str(deed[8]).startswith("2026-06-30")
    assert deed[9] == "在项目中"


def test_evidence_whose_content_was_altered_is_told_and_keeps_the_report_open(written):
    rows = rows_of_evidence(written / "2.xlsx")
    assert [row[9] for row in rows] == ["内容被改动"] * 2


def made_from(path, sheet):
    """The first cell below each heading that says where the records come from."""
    book = load_workbook(path)
    heads = [c for row in book[sheet].iter_rows() for c in row if c.value == "来源"]
    return [book[sheet].cell(head.row + 1, head.column).value for head in heads]


def test_each_record_of_the_annexes_says_who_typed_it_and_when(written):
    plain, hidden = (made_from(written / f"{n}.xlsx", "附表A 台账明细") for n in (0, 1))
    assert len(plain) == 3
    assert all(re.fullmatch(r"\S+ 2026-06-30 \d\d:\d\d 录入", text) for text in plain)
    assert all(re.fullmatch(r"2026-06-30 \d\d:\d\d 录入", text) for text in hidden)


def test_a_redacted_report_tells_neither_the_file_nor_its_hash_nor_who_added_it(written):
    plain, hidden = (rows_of_evidence(written / f"{n}.xlsx")[0] for n in (0, 1))
    assert hidden[5:7] == ("（已隐去）", "（已隐去）")
    assert hidden[4] != DEED
    assert hidden[7] != plain[7]
