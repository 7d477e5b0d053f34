# SPDX-License-Identifier: MIT
"""The commands on whole records: the same services as the window, JSON and exit statuses."""

import json

import pytest

from workbench.bootstrap import Program
from workbench.cli.main import main


@pytest.fixture
def project(tmp_path):
    services = Program().create(str(tmp_path / "lx.park"))
    add = services.editing.add
    park = add("park", {"code": "LX", "name": "柳溪", "city": "莆田"})
    land = add(
        "parcel",
        {"code": "J1", "name": "七号地", "park": park, "area_cert": "50亩", "grant_price": "100万"},
    )
    for code, area in (("B1", "9000"), ("B2", "3000")):
        values = {"code": code, "name": code, "park": park, "parcel": land, "gfa_actual": area}
        add("building", values)
    add("encumbrance", {"parcel": land, "kind": "查封", "case_no": "案1", "status": "有效",
                        "end_on": "2026-01-01", "amount": "30万"})  # fmt: skip
    add("enterprise", {"name": "华川电子有限公司"})
    add("enterprise", {"name": "华川电子有限责任公司"})
    services.close()
    return services.project


def run(capsys, *words):
    """Run a command; return its exit status, its JSON (or text) and what it said in error."""
    status = main([*words])
    said = capsys.readouterr()
    out = json.loads(said.out) if "--json" in words and said.out else said.out
    return status, out, said.err


SPLIT = ("--part", "J1A=30亩", "--part", "J1B", "--building", "B1=J1A", "--building", "B2=J1B")


def test_split_shows_refuses_without_a_reason_does_and_undoes(project, capsys):
    status, trial, _ = run(capsys, "split", project, "J1", *SPLIT, "--dry-run", "--json")
    assert (status, trial["keys"]) == (0, [])
    assert [part["grant_price"] for part in trial["parts"]] == [600000.0, 400000.0]
    assert {c["rule"]: c["truth"] for c in trial["parts"][0]["checks"]}["far_max"] is None
    assert trial["pathway"][0]["solve_first"] == "P01"
    status, _, said = run(capsys, "split", project, "J1", *SPLIT)
    assert status == 2
    assert "请写明理由" in said
    words = ("--reason", "法院同意", "--json")
    status, done, _ = run(capsys, "split", project, "J1", *SPLIT, *words)
    assert (status, len(done["keys"])) == (0, 2)
    _, listed, _ = run(capsys, "list", project, "parcel", "--json")
    assert [r["values"]["derived_from"] for r in listed["records"]] == [["J1"], ["J1"]]
    status, joined, _ = run(capsys, "join", project, "J1A", "J1B", "--code", "J2",
                            "--reason", "恢复", "--json")  # fmt: skip
    assert (status, joined["sums"]["grant_price"]) == (0, 1000000)
    assert run(capsys, "undo", project)[0] == 0
    assert run(capsys, "undo", project)[0] == 0
    _, listed, _ = run(capsys, "list", project, "parcel", "--json")
    assert [r["values"]["code"] for r in listed["records"]] == ["J1"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--part", "A=60亩", "--part", "B"), "大于 0"),
        (("--part", "A=abc", "--part", "B"), "读不懂面积"),
        (("--part", "A=10亩", "--part", "B", "--building", "B1=C"), "没有编号为“C”的部分"),
        (("--part", "A=10亩", "--part", "B"), "还没有分到任何一部分"),
    ],
)
def test_a_split_that_cannot_be_says_why_and_writes_nothing(project, capsys, words, sentence):
    status, _, said = run(capsys, "split", project, "J1", *words, "--reason", "x")
    assert status == 2
    assert sentence in said
    assert len(run(capsys, "list", project, "parcel", "--json")[1]["records"]) == 1


def test_expiries_and_blocks_are_printed_and_given_as_json(project, capsys):
    day = ("--as-of", "2026-06-30")
    status, found, _ = run(capsys, "encumbrances", project, "expiries", *day, "--json")
    (row,) = found["expiries"]
    assert (status, row["days"], row["stage"], row["order"], row["check_renewal"]) == (
        0, -180, "overdue", 1, True,
    )  # fmt: skip
    assert "是否续封" in run(capsys, "encumbrances", project, "expiries", *day)[1]
    _, found, _ = run(capsys, "encumbrances", project, "blocks", "--asset", "J1", *day, "--json")
    blocks = found["assets"][0]["burdens"][0]["blocks"]
    assert {(b["pathway"], b["solve_first"]) for b in blocks} >= {("P02", "P01")}
    assert "P02" in run(capsys, "encumbrances", project, "blocks", *day)[1]
    assert run(capsys, "encumbrances", project, "blocks", "--asset", "nothing")[0] == 2


def test_duplicates_are_found_and_combined_by_choice(project, capsys):
    _, found, _ = run(capsys, "duplicates", project, "--entity", "enterprise", "--json")
    assert found["pairs"][0]["reasons"][0]["kind"] == "name"
    both = ("enterprise", "华川电子有限公司", "华川电子有限责任公司")
    status, _, said = run(capsys, "combine", project, *both)
    assert status == 2
    assert "企业名称" in said
    status, done, _ = run(capsys, "combine", project, *both, "--take", "name=kept", "--json")
    assert (status, done["moved"]) == (0, 0)
    assert run(capsys, "duplicates", project, "--json")[1]["pairs"] == []


def test_bulk_set_tries_then_writes_and_reports_errors_by_status(project, capsys):
    words = ("bulk-set", project, "building", "rentable_area=5000", "self_use_area=6000")
    status, trial, _ = run(capsys, *words, "--dry-run", "--json")
    assert (status, trial["rows"], trial["changed"], trial["breaking"]) == (1, 2, 2, 2)
    assert (list(trial["rules"]), trial["written"]) == (["V07E", "V07W"], False)
    _, listed, _ = run(capsys, "list", project, "building", "--json")
    assert {r["values"]["rentable_area"] for r in listed["records"]} == {None}
    status, said, _ = run(capsys, *words[:3], "use_status=空置", "--filter", "code=B1")
    assert status == 0
    assert "1 行，1 行会改变，0 行会违反规则，0 行不变" in said
    status, _, said = run(capsys, *words[:3], "gfa_actual=很大")
    assert (status, "不是数字" in said) == (2, True)


def test_evidence_is_added_listed_exported_and_checked(project, capsys, tmp_path):
    scan = tmp_path / "权证.pdf"
    scan.write_bytes(b"%PDF-1.7")
    words = ("evidence", project, "add", "parcel", "J1", str(scan), "--field", "cert_no")
    status, added, _ = run(capsys, *words, "--page", "2", "--json")
    assert (status, len(added["added"])) == (0, 1)
    _, listed, _ = run(capsys, "evidence", project, "list", "--record", "parcel", "J1", "--json")
    assert (listed["evidence"][0]["owner_field"], listed["evidence"][0]["page"]) == ("cert_no", 2)
    out = tmp_path / "out.pdf"
    assert run(capsys, "evidence", project, "export", "权证.pdf", str(out))[0] == 0
    assert out.read_bytes() == b"%PDF-1.7"
    closed = str(tmp_path / "no" / "x")
    assert run(capsys, "evidence", project, "export", "权证.pdf", closed)[0] == 5
    assert run(capsys, "evidence", project, "check")[0] == 0
    services = Program().open(project)
    with services._engine.begin() as connection:
        connection.exec_driver_sql("delete from blob_piece")
    services.close()
    status, found, _ = run(capsys, "evidence", project, "check", "--json")
    assert (status, found["evidence"][0]["state"]) == (1, "missing")
    assert run(capsys, "evidence", project, "export", "权证.pdf", str(out))[0] == 3
    assert run(capsys, "evidence", project, "add", "parcel", "J1", str(tmp_path / "none"))[0] == 3


def test_the_log_of_a_record_reaches_back_to_its_first_step_and_refuses_what_it_cannot_mean(
    services, capsys
):
    park = services.editing.add("park", {"code": "LX", "name": "柳溪园"})
    for at in range(4):
        services.editing.edit("park", park, "name", f"{at}园")
    other = services.editing.add("park", {"code": "A", "name": "甲园"})
    services.close()
    words = ["log", services.project, "--json"]
    assert main([*words, "--record", park]) == 0
    told = json.loads(capsys.readouterr().out)["operations"]
    assert [each["changes"][0]["new"] for each in told][:4] == ["3园", "2园", "1园", "0园"]
    assert len(told) == 5
    assert main([*words, "--record", other, "--limit", "1"]) == 0
    assert len(json.loads(capsys.readouterr().out)["operations"]) == 1
    for wrong in (["--record", "nosuch"], ["--limit", "0"]):
        assert main([*words, *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_an_imported_file_comes_out_again_byte_for_byte(project, tmp_path, capsys):
    """An auditor checks a value against the file that it was read from."""
    ledger, copy = tmp_path / "台账.csv", tmp_path / "原件.csv"
    ledger.write_bytes("资产名称,建筑面积（㎡）,园区名称\r\n新楼,100,柳溪\r\n".encode("gbk"))
    assert run(capsys, "import", project, str(ledger))[0] == 0
    before = ledger.read_bytes()
    ledger.unlink()
    _, listed, _ = run(capsys, "originals", project, "list", "--json")
    (kept,) = listed["originals"]
    assert (kept["file"], kept["bytes"]) == ("台账.csv", len(before))
    assert run(capsys, "originals", project, "export", "台账.csv", str(copy))[0] == 0
    assert copy.read_bytes() == before
    status, _, said = run(capsys, "originals", project, "export", "别的.csv", str(copy))
    assert status == 2
    assert "台账.csv" in said


@pytest.mark.parametrize(
    ("entity", "wanted", "found"),
    [
        ("building", "gfa_actual=9000", ["B1"]),
        ("building", "gfa_actual=9,000㎡", ["B1"]),
        ("building", "gfa_actual=0.9万", ["B1"]),
        ("parcel", "area_cert=50亩", ["J1"]),
        ("parcel", "grant_price=100", ["J1"]),
        ("building", "parcel=J1", ["B1", "B2"]),
        ("building", "gfa_cert=", ["B1", "B2"]),
        ("building", "gfa_actual=9001", []),
    ],
)
def test_a_filter_is_read_as_the_grid_reads_what_is_typed(project, capsys, entity, wanted, found):
    status, listed, _ = run(capsys, "list", project, entity, "--filter", wanted, "--json")
    assert (status, [r["values"]["code"] for r in listed["records"]]) == (0, found)


def test_a_filter_that_is_no_number_is_said_instead_of_finding_nothing(project, capsys):
    status, _, said = run(capsys, "list", project, "building", "--filter", "gfa_actual=很大")
    assert status == 2
    assert "很大" in said


def test_set_says_what_the_checks_say_and_ends_with_1_for_an_error_in_the_data(project, capsys):
    """The contract: exit status 1 is done, and there are findings of level E."""
    run(capsys, "set", project, "encumbrance", "案1", "parcel=", "building=B1", "end_on=2099-01-01")
    status, done, _ = run(capsys, "set", project, "building", "B1", "use_status=出租", "--json")
    assert (status, done["changed"]) == (1, 1)
    assert [(f["code"], f["level"], f["field"]) for f in done["findings"]] == [
        ("V14E", "E", "use_status")
    ]
    assert "查封" in done["findings"][0]["message"]
    status, done, _ = run(capsys, "set", project, "building", "B1", "note=x", "--json")
    assert (status, done["findings"]) == (0, [])


def test_the_log_of_a_record_is_asked_for_by_its_code_and_told_in_words(project, capsys):
    run(capsys, "set", project, "parcel", "J1", "area_cert=60亩")
    status, said, _ = run(capsys, "log", project, "--record", "J1")
    assert status == 0
    assert "证载面积: 50.00 亩 → 60.00 亩" in said
    assert "所属园区: — → 柳溪" in said
    _, log, _ = run(capsys, "log", project, "--record", "J1", "--json")
    assert log["operations"][0]["changes"][0]["new"] == 40000
    status, _, said = run(capsys, "log", project, "--record", "没有")
    assert status == 2
    assert "没有" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "x.park"), "缺少 ENTITY"),
        (("undo", "x.park", "--what"), "不认识 --what"),
        (("list", "x.park", "house"), "不能是“house”，可以是"),
        (("log", "x.park", "--limit"), "--limit 后面要有一个值"),
        (("log", "x.park", "--limit", "many"), "--limit 的值“many”读不懂"),
        (("cases", "x.park"), "缺少"),
    ],
)
def test_a_wrong_command_is_told_in_the_language_of_the_program(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
