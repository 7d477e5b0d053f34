"""Issue 8, scopes: a portfolio, single assets, differences; by the command and its options."""

import json
import re
import shutil
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from functools import cache
from io import StringIO
from itertools import count

import pytest
from python_calamine import CalamineWorkbook

from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.read_quickly import load_workbook
from workbench.bootstrap import Program
from workbench.bootstrap.program import SystemClock
from workbench.cli.main import main
from workbench.files import office_pdf

DAY = date(2026, 6, 30)
STILL = datetime(2026, 7, 1, 9, tzinfo=UTC)
PORTFOLIO = ("--portfolio", "--as-of", "2026-06-30")
DIFFERENCE = ("--park", "P", "--assessment", "年末", "--against", "年中")
ONE_ASSET = ("--park", "P", "--asset", "B2", "--as-of", "2026-06-30", "--evidence")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Two parks of which one has a final assessment and was changed after it."""
    services = Program().create(str(tmp_path_factory.mktemp("kinds") / "园区.park"))
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    other = add("park", {"code": "Q", "name": "=乙园[1]"})
    add("parcel", {"code": "L", "name": "一地", "park": park, "area_cert": "30亩",
                   "status": "已建成", "holder_type": "国企", "end_on": "2050-01-01"})  # fmt: skip
    add("building", {"code": "B", "name": "一栋", "park": park, "parcel": "一地",
                     "gfa_actual": "10000", "rentable_area": "9000", "leased_area": "4000",
                     "net_value": "5000万"})  # fmt: skip
    add("building", {"code": "B2", "name": "锦程厂房", "park": park, "parcel": "一地",
                     "gfa_actual": "2000", "rentable_area": "约1800"})  # fmt: skip
    add("building", {"code": "B3", "name": "三栋", "park": other, "rentable_area": "700"})
    add("enterprise", {"name": "锦程科技有限公司"})
    add("lease", {"contract_no": "H1", "building": "一栋", "tenant": "锦程科技有限公司",
                  "area": "4000", "rent_price": "12", "rent_unit": "元/㎡·月",
                  "start_on": "2024-01-01", "end_on": "2028-12-31"})  # fmt: skip
    add("encumbrance", {"parcel": "一地", "kind": "抵押", "holder": "汉江银行", "amount": "300万",
                        "status": "有效"})  # fmt: skip
    old = services.assessments.start("年中", park, DAY)
    services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    lease = services.querying.records("lease")[0]
    services.editing.edit("lease", lease.key, "area", "5000")
    services.assessments.start("年末", park, DAY)
    services.close()
    return services.project


@pytest.fixture(scope="module")
def made(project, tmp_path_factory):
    """Gives the report of these options and its JSON: written once for all that look at it."""
    numbers = count(1)

    @cache
    def report(*options):
        out = tmp_path_factory.mktemp(f"made{next(numbers)}") / "r.xlsx"
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as said:
            patch.setattr(SystemClock, "now", lambda _self: STILL)
            assert main(["report", project, str(out), *options, "--json"]) == 0
        return out, json.loads(said.getvalue())

    return report


def run(capsys, *words):
    """Run a command; return its exit status, its JSON or text, and what it said in error."""
    status = main([*words])
    said = capsys.readouterr()
    return status, json.loads(said.out) if "--json" in words and said.out else said.out, said.err


def cells(path):
    """Every non-empty cell of a workbook as a reader of stored values sees it."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: [c for row in book.get_sheet_by_name(name).to_python() for c in row if c != ""]
        for name in book.sheet_names
    }


def test_a_portfolio_puts_every_park_side_by_side(made):
    out, done = made(*PORTFOLIO)
    assert (done["kind"], done["parks"]) == ("portfolio", ["甲园", "=乙园[1]"])
    found = cells(out)
    assert list(found) == ["封面", "目录", "1 组合概况", "2 指标对比", "3 问题与路径", "4 待核清单",
                           "表4-1 先补数据", "5 数据来源与声明", "表5-2 政策参数", "附表A 台账明细",
                           "附表B 租约",
                           "附表C 权利限制", "附表E 计算底稿", "表E-16 各园区全部指标",
                           "表E-5 指标取数", "表E-18 指标评价的分档"]  # fmt: skip
    assert {"甲园", "=乙园[1]", "待核", "合计"} <= set(found["1 组合概况"])
    assert {"一栋", "锦程厂房", "三栋"} <= set(found["附表A 台账明细"])
    # A total over parks of which one does not know its land says so.
    assert any("待核" in str(c) for c in found["1 组合概况"])
    rentable = load_workbook(out, data_only=True)["1 组合概况"]
    totals = [c.value for row in rentable.iter_rows() for c in row if isinstance(c.value, float)]
    assert 9000 + 1800 + 700 in totals
    assert any(len(str(c)) == 64 for c in found["5 数据来源与声明"])


def test_parks_named_one_by_one_are_a_portfolio_of_those(project, tmp_path, capsys):
    out = str(tmp_path / "r.xlsx")
    status, done, _ = run(capsys, "report", project, out, "--park", "Q", "--park", "甲园",
                          "--park", "Q", "--language", "en", "--json")  # fmt: skip
    assert (status, done["parks"]) == (0, ["=乙园[1]", "甲园"])
    assert "1 Portfolio" in cells(out)


def test_a_difference_report_says_figure_old_new_and_cause(made):
    out, done = made(*DIFFERENCE)
    assert (done["kind"], done["old"], done["new"]) == ("difference", "年中", "年末")
    assert done["inputs"] == 1
    assert done["results"] > 0
    book = load_workbook(out, data_only=True)
    rows = [[c.value for c in row] for row in book["1 结果差异"].iter_rows()]
    head = next(n for n, row in enumerate(rows) if "原值" in row)
    at = {title: place for place, title in enumerate(rows[head])}
    changed = [row for row in rows[head + 1 :] if row[at["类别"]] == "指标"]
    assert changed
    for row in changed:
        old, new = row[at["原值"]], row[at["新值"]]
        if isinstance(old, int | float) and isinstance(new, int | float):
            assert row[at["变动"]] == pytest.approx(new - old)
        assert row[at["原因类别"]] == "台账取数"
        assert "H1的租赁面积：4,000" in row[at["原因"]]
    digests = [c for c in cells(out)["3 比较依据与声明"] if re.fullmatch("[0-9a-f]{64}", str(c))]
    assert len(digests) == 1
    signed = "".join(map(str, cells(out)["3 比较依据与声明"][-4:]))
    assert all(f"{role}：" in signed for role in ("编制", "审核", "批准", "日期"))


def test_the_same_assessment_twice_differs_in_nothing(project, tmp_path, capsys):
    out = tmp_path / "r.xlsx"
    status, done, _ = run(capsys, "report", project, str(out), "--park", "P", "--assessment",
                          "年中", "--against", "年中", "--json")  # fmt: skip
    assert (status, done["results"], done["inputs"], done["content"]) == (0, 0, 0, 0)
    assert "两个版本的结果没有差异。" in cells(out)["1 结果差异"]


def test_single_assets_are_assessed_alone(made):
    out, done = made(*ONE_ASSET)
    assert (done["assets"], done["as_of"]) == (["锦程厂房"], "2026-06-30")
    found = cells(out)
    assert "甲园（锦程厂房）存量资产盘活评估报告" in found["封面"]
    # The scale of the asset stands beside that of its park, and is not taken for it.
    said = found["1 摘要"]
    at = said.index("可租面积")
    assert said[at + 1 : at + 3] == [1800, 10800]
    for sheet in ("2 资产概况", "7 财务测算", "附表A 台账明细", "附表B 租约", "附表C 权利限制"):
        what = "本附表" if sheet.startswith("附表") else "本章"
        assert any(f"{what}属于全园区" in str(c) for c in found[sheet]), sheet


def test_the_file_of_single_assets_is_named_after_them(project):
    services = Program().open(project)
    park = services.querying.park("P").key
    keys = [r.key for r in services.querying.records("building") if r.text("code") in ("B", "B2")]
    name = services.exporting.suggested_name
    assert name(park, DAY, assets=keys[:1]) == "甲园_一栋_盘活评估报告_2026-06-30_v1.xlsx"
    assert name(park, DAY, assets=keys) == "甲园_一栋等2项_盘活评估报告_2026-06-30_v1.xlsx"
    whole = services.assessments.find("年中")
    assert name(park, DAY, whole) == "甲园_盘活评估报告_2026-06-30_v1.xlsx"
    services.close()


@pytest.mark.parametrize(
    "options", [PORTFOLIO, ONE_ASSET, ("--park", "P", "--assessment", "年中", "--evidence")]
)
def test_two_exports_are_the_same_byte_for_byte(
    project, made, tmp_path, capsys, monkeypatch, options
):
    """But for the creation time, which the clock holds still here; the evidence package too."""
    monkeypatch.setattr(SystemClock, "now", lambda _self: STILL)
    status, _, said = run(capsys, "report", project, str(tmp_path / "r.xlsx"), *options)
    assert status == 0, said
    both = [
        {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
        for folder in (made(*options)[0].parent, tmp_path)
    ]
    assert both[0].keys() == both[1].keys()
    assert len(both[0]) == 1 + ("--evidence" in options)
    for name, content in both[0].items():
        assert content == both[1][name], name


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "--park"),
        (("--portfolio", "--assessment", "年中"), "不能一起用"),
        (("--portfolio", "--evidence"), "不能一起用"),
        (("--park", "P", "--park", "Q", "--asset", "B"), "不能一起用"),
        (("--park", "P", "--against", "年中"), "--assessment"),
        (("--park", "P", "--assessment", "年末", "--asset", "B"), "不能一起用"),
        (("--park", "P", "--asset", "B3"), "不属于园区"),
        (("--park", "P", "--asset", "XX"), "XX"),
        (("--park", "Z"), "Z"),
        (("--park", "Q", "--assessment", "年中"), "年中"),
        (("--park", "P", "--assessment", "年末", "--against", "没有"), "没有"),
        (("--park", "P", "--as-of", "昨天"), "昨天"),
    ],
)
def test_what_cannot_be_asked_is_said_and_writes_nothing(
    project, tmp_path, capsys, options, sentence
):
    status, out, said = run(capsys, "report", project, str(tmp_path / "r.xlsx"), *options)
    assert (status, out) == (2, "")
    assert sentence in said
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_spoiled_template_is_input_that_cannot_be_read(project, tmp_path, capsys):
    template = tmp_path / "t.xlsx"
    template.write_bytes(b"no workbook")
    words = (
        "report",
        project,
        str(tmp_path / "r.xlsx"),
        "--park",
        "P",
        "--template",
        str(template),
    )
    status, _, said = run(capsys, *words)
    assert status == 3
    assert "t.xlsx" in said


def test_a_template_says_what_it_gives_and_the_evidence_lies_beside(project, tmp_path, capsys):
    from workbench import locations

    template = locations.template("excel", "report_base.xlsx")
    status, done, said = run(capsys, "report", project, str(tmp_path / "r.xlsx"), "--park", "P",
                             "--assessment", "年末", "--template", str(template), "--evidence",
                             "--json")  # fmt: skip
    assert status == 0
    assert "report_base.xlsx" in said
    assert done["template"]
    assert (tmp_path / "r_证据包.zip").exists() or done["evidence"]["path"].endswith(".zip")


def test_a_pdf_that_fails_leaves_the_workbook_and_says_both(project, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(office_pdf, "find_office", lambda: None)
    out = tmp_path / "r.xlsx"
    words = ("report", project, str(out), "--park", "P", "--pdf")
    status, told, said = run(capsys, *words)
    assert status == 5
    assert str(out) in told
    assert "已核对" in told
    assert "LibreOffice" in said
    assert load_workbook(out).sheetnames
    status, done, _ = run(capsys, *words, "--json")
    assert (status, done["path"], done["pdf"]) == (5, str(out), None)


def test_a_place_that_cannot_be_written_is_status_5(project, tmp_path, capsys):
    for kind in (("--portfolio",), ("--park", "P"), ("--park", "P", "--assessment", "年末",
                                                     "--against", "年中")):  # fmt: skip
        status, told, said = run(capsys, "report", project, str(tmp_path / "no" / "r.xlsx"), *kind)
        assert (status, told) == (5, "")
        assert "no" in said


def test_export_ledger_says_what_it_wrote(project, tmp_path, capsys):
    out = str(tmp_path / "l.xlsx")
    status, done, _ = run(capsys, "export-ledger", project, out, "--json")
    assert (status, done) == (0, {"path": out, "records": 9, "cut": []})
    status, told, _ = run(capsys, "export-ledger", project, out)
    assert "9" in told
    assert run(capsys, "export-ledger", project, str(tmp_path / "no" / "l.xlsx"))[0] == 5
    assert run(capsys, "export-ledger", str(tmp_path / "none.park"), out)[0] == 4


@needs_office
def test_every_kind_recalculates_to_our_numbers(made, tmp_path):
    kinds = {
        "portfolio": PORTFOLIO,
        "redacted": ("--park", "P", "--redact", "--as-of", "2026-06-30"),
        "difference": DIFFERENCE,
        "asset": ("--park", "P", "--asset", "B", "--language", "en", "--as-of", "2026-06-30"),
    }
    paths = [tmp_path / f"{name}.xlsx" for name in kinds]
    for path, options in zip(paths, kinds.values(), strict=True):
        shutil.copy(made(*options)[0], path)
    for path, fresh in zip(paths, all_recalculated(paths, tmp_path), strict=True):
        assert assert_same_values(path, fresh) > 0, path.name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_is_written_beside_a_portfolio(project, tmp_path, capsys):
    out = tmp_path / "r.xlsx"
    status, done, _ = run(capsys, "report", project, str(out), "--portfolio", "--pdf", "--json")
    assert (status, done["pdf"]) == (0, str(out.with_suffix(".pdf")))
    assert out.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
