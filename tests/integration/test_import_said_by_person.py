# SPDX-License-Identifier: MIT
"""What a list leaves open is said once for all rows, or of one row, and the first is remembered."""

from tests.integration.import_steps import codes, everything, read, take, write
from workbench.cli.main import main

BURDENS = [
    ["资产", "债权人", "金额（万元）", "到期日"],
    ["1#联合车间", "工商银行", 5200, "2027-01-01"],
    ["2#联合车间", "甲公司", 200, "2027-01-01"],
]
ASSETS = [
    ["资产名称", "权证编号", "面积", "账面原值（万元）"],
    ["工业用地", "苏(2020)不动产权第0000001号", 66667, 1860],
    ["1#联合车间", "苏(2020)不动产权第0000002号", 21500, 2230],
    ["东湖项目", "苏(2020)不动产权第0000003号", 5200, 890],
]
SPOT = ("", "权利负担", 0, "kind")


def burdens(path, *more):
    return write(path, *BURDENS, *more, title="权利负担")


def test_one_kind_is_said_of_every_row_and_remembered_with_the_layout(services, tmp_path):
    path = burdens(tmp_path / "a.xlsx")
    asked = [code for code in codes(read(services, path)) if code[2] == "kind_untold"]
    assert asked == [(2, "kind", "kind_untold"), (3, "kind", "kind_untold")]
    take(services, path, every={SPOT: "抵押"})
    assert {burden.get("kind") for burden in everything(services, "encumbrance")} == {"抵押"}
    (table, *_) = read(services, burdens(tmp_path / "b.xlsx")).tables()
    assert (table.remembered, table.values(1)["kind"]) == (True, "抵押")
    (table, *_) = read(services, burdens(tmp_path / "c.xlsx"), remembered=False).tables()
    assert "kind" not in table.values(1)


def test_a_row_that_states_its_kind_keeps_it(services, tmp_path):
    rows = [[*row, kind] for row, kind in zip(BURDENS, ("限制类型", "查封", ""), strict=True)]
    (table, *_) = read(
        services, write(tmp_path / "a.xlsx", *rows, title="权利负担"), every={SPOT: "抵押"}
    ).tables()
    assert [table.values(at)["kind"] for at in (0, 1)] == ["查封", "抵押"]


def test_a_row_that_tells_neither_land_nor_house_is_asked_about_and_the_others_part(
    services, tmp_path
):
    path = write(tmp_path / "a.xlsx", *ASSETS, title="资产")
    preview = read(services, path)
    names = {t.entity: [t.values(at)["name"] for at in t.kept()] for t in preview.tables()}
    assert names == {"building": ["1#联合车间", "东湖项目"], "parcel": ["工业用地"]}
    assert (4, "name", "asset_untold") in codes(preview)
    settled = read(services, path, rows={("", "资产", 4): "parcel"})
    names = {t.entity: [t.values(at)["name"] for at in t.kept()] for t in settled.tables()}
    assert names == {"building": ["1#联合车间"], "parcel": ["工业用地", "东湖项目"]}


def test_the_command_line_has_both_doors(services, tmp_path, capsys):
    path, project = burdens(tmp_path / "a.xlsx"), str(tmp_path / "new.park")
    assert main(["new", project]) == 0
    assert main(["import", project, path, "--every", "权利负担:kind=押金"]) == 2
    assert "押金" in capsys.readouterr().err
    assert main(["import", project, path, "--row", "权利负担=parcel"]) == 2
    assert "权利负担" in capsys.readouterr().err
    assert main(["import", project, path, "--every", "权利负担:kind=抵押", "--json"]) == 0
    assert '"kind": "抵押"' in capsys.readouterr().out


def leases(path, *days):
    head = ["合同编号", "承租方", "租赁面积（㎡）", "起租日", "到期日"]
    return write(path, head, *(["Z1", "甲", 9, *pair] for pair in days), title="租约")


def test_the_order_of_day_and_month_is_told_by_the_table_or_asked_once_a_column(services, tmp_path):
    told = leases(tmp_path / "a.xlsx", ["03/02/2024", "28/02/2027"])
    (table,) = read(services, told).tables()
    assert (str(table.values(0)["start_on"]), str(table.values(0)["end_on"])) == (
        "2024-02-03", "2027-02-28",
    )  # fmt: skip
    asked = leases(tmp_path / "b.xlsx", ["03/02/2024", "01/02/2027"])
    preview = read(services, asked)
    (table,) = preview.tables()
    assert [(at, p.code) for at, p in table.problems if p.code == "day_order_unknown"] == [
        ("D", "day_order_unknown"), ("E", "day_order_unknown"),
    ]  # fmt: skip
    assert not {code for _, field, code in codes(preview) if field in ("start_on", "end_on")}
    units = {("", "租约", 0, "D"): "m/d/y", ("", "租约", 0, "E"): "d/m/y"}
    take(services, asked, units=units)
    (lease,) = everything(services, "lease")
    assert (str(lease.get("start_on")), str(lease.get("end_on"))) == ("2024-03-02", "2027-02-01")
    (table,) = read(services, leases(tmp_path / "c.xlsx", ["05/04/2024", "05/04/2027"])).tables()
    assert str(table.values(0)["start_on"]) == "2024-05-04"
