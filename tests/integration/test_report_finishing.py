"""Domain §7.2: a source line leads to its source; a figure that shows nothing is a sentence."""

import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.builders import a_building, a_lease, a_parcel, a_park
from tests.full_park import a_full_park
from tests.report_rig import report_of, words_of
from tests.shipped import AS_OF, texts
from workbench.domain.report.model import (
    UNKNOWN,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Paragraph,
    Sheet,
    Table,
)
from workbench.domain.report.sections.finishing import finished
from workbench.excel.sheets.plan import plans
from workbench.excel.tables import TWO_LINES

OWN_SOURCES = {
    "表5-1b", "表5-2b", "表5-3b", "表6-4", "表6-4b", "表6-16", "表7-5", "表9-1", "表10-2", "表10-4",
    "表E-18",
}  # fmt: skip
"""Tables whose source stands outside the workbook, or in their own rows."""


@pytest.fixture(scope="module")
def full():
    return report_of(*a_full_park())


def charts(report, sheet):
    return [block for block in report.sheet(sheet).blocks if isinstance(block, Chart)]


def test_every_source_line_leads_to_rows_that_the_report_has(full):
    tables = {table.name: table for sheet in full.sheets for table in sheet.tables}
    without = set()
    for table in tables.values():
        if not table.source_line:
            continue
        name, _, row = table.source_link.partition("@")
        if not name:
            without.add(table.number)
            continue
        assert name != table.name
        assert 1 <= int(row) <= len(tables[name].rows), (table.number, table.source_link)
    assert without <= OWN_SOURCES | {t.number for t in tables.values() if t.records}, without


def test_a_source_line_that_leads_on_stands_in_one_line(full):
    """LibreOffice breaks no text that leads on, so one of two lines has to lead nowhere."""
    for plan in (plan for sheet in full.sheets for plan in plans(sheet, texts())):
        for index, table in plan.tables.items():
            if table.source_line and table.source_link:
                assert plan.lines[index].below[0] < TWO_LINES, (table.number, table.source_line)


def test_lists_of_records_lead_to_the_files_that_they_came_from(full):
    listed = [table for sheet in full.sheets for table in sheet.tables if table.records]
    assert listed
    assert {table.source_link for table in listed} == {"表D-1@1"}


@pytest.mark.parametrize(
    ("uses", "drawn", "said"),
    [((None, None), 0, "只有待核一类"), (("工业", "工业"), 0, "只有“工业”一项"),
     (("工业", "商服"), 1, "")],
)  # fmt: skip
def test_land_of_one_use_or_of_unknown_use_is_no_disc(uses, drawn, said):
    parcels = [a_parcel(area_cert=1000, land_use=use) for use in uses]
    report = report_of(a_park(), *parcels)
    assert sum(chart.number == "图2-1" for chart in charts(report, "assets")) == drawn
    assert (said in words_of(report, "assets")) is not False
    assert ("图2-1" in words_of(report, "assets")) is bool(said)


def test_houses_of_unknown_kind_are_told_and_not_drawn():
    house = a_building("B", rentable_area=500, self_use_area=0, lent_area=0, leased_area=200)
    lease = a_lease(building="B", area=200, start_on="2020-01-01", end_on="2030-12-31")
    report = report_of(a_park(), house, lease)
    said = words_of(report, "assets")
    assert "图2-2" in said
    assert "台账补齐“类型”后重新导出即可作图" in said
    assert not charts(report, "assets")


def test_a_figure_of_noughts_is_a_sentence():
    """Seen: an axis without a bar where nothing of the checklist or of the diagnosis is known."""
    columns = (Column("a", "阶段", 9), Column("v", "完成率", 9, ColumnKind.NUMBER))
    rows = ((Cell("S1"), Cell(Decimal(0))), (Cell("S2"), UNKNOWN))
    table = Table("表8-0", "阶段完成率", columns, rows)
    chart = Chart(ChartKind.BAR, "图8-1", "完成率（%）", "表8-0", "a", ("v",))
    [sheet] = finished([Sheet("s", "8", "8", (table, chart))], a_material())
    assert sheet.blocks[1:] == (
        Paragraph("图8-1　完成率（%）：各项均为 0 或待核，没有作图，见表8-0。"),
    )
    known = replace(table, rows=(*rows, (Cell("S3"), Cell(Decimal(7)))))
    [sheet] = finished([Sheet("s", "8", "8", (known, chart))], a_material())
    assert sheet.blocks[1] is chart


def test_known_noughts_beside_numbers_are_drawn(full):
    [chart] = [c for c in charts(full, "diagnosis") if c.number == "图4-1"]
    assert chart.series == ("severity",)


@pytest.mark.parametrize(
    "key", ["summary", "indicators", "diagnosis", "benchmarks", "pathways", "risks"]
)
def test_chapters_say_which_judgements_no_formula_follows(full, key):
    last = full.sheet(key).blocks[-1]
    assert isinstance(last, Paragraph)
    assert "程序判定" in last.text
    assert "2025-06-30" in last.text


def test_a_link_to_a_row_of_no_table_is_left_out(full):
    from tests.integration.test_report_content import seized_park

    report = report_of(*seized_park())
    sheet = report.sheet("assets")
    lost = replace(next(sheet.tables), source_line="数据来源：别处", source_link="nowhere@3")
    [again] = finished([replace(sheet, blocks=(lost,))], a_material())
    assert [table.source_link for table in again.tables] == [""]


def a_material():
    """Just enough of a material: its words."""
    said = texts()
    return SimpleNamespace(
        say=lambda key, **params: said(f"report.{key}", **params),
        words=said,
        is_bare=False,
        table_no=lambda number: said("report.table_no", id=number),
        scope=SimpleNamespace(as_of=AS_OF),
    )


def test_the_share_of_a_class_that_is_0_is_not_a_slice():
    parcels = [a_parcel(area_cert=1000, land_use="工业"), a_parcel(area_cert=0, land_use="商服")]
    report = report_of(a_park(), *parcels)
    assert not charts(report, "assets")
    assert Decimal(0) in [c.number for t in report.sheet("assets").tables for c in t.rows[-1]]


def test_a_park_with_only_a_name_is_told_what_is_missing_and_what_to_do():
    """Seen: 71 pages of 待核 with ranked pathways for a park of which nothing was recorded."""
    report = report_of(a_park(name="新园"))
    said = words_of(report, "summary")
    assert "还不能作出评估" in said
    for word in ("宗地：", "楼栋：", "租约：", "权利限制：", "导入程序", "不要填 0"):
        assert word in said, word
    assert not list(report.sheet("summary").tables)
    assert not [chart for sheet in report.sheets for chart in charts(report, sheet.key)]
    for key in ("diagnosis", "benchmarks", "pathways", "indicators", "annex_e"):
        assert not list(report.sheet(key).tables), key
    for key in ("diagnosis", "benchmarks", "pathways"):
        assert "缺什么、怎样补见第 1 章" in words_of(report, key)
    [pending] = [t for t in report.sheet("sources").tables if t.number == "表10-1"]
    assert len(pending.rows) == 52
    assert "新园" in str(next(report.sheet("assets").tables).rows)


def test_a_park_of_which_only_areas_are_known_is_told_what_is_missing():
    """Seen: 73 pages for three parcels, with 16 pathways ranked by nothing but starting points."""
    report = report_of(a_park(), *(a_parcel(code=f"D-{n}", area_cert=1000) for n in range(3)))
    said = words_of(report, "summary")
    assert "台账里登记了宗地 3 条" in said
    assert "内容待补齐" in said
    assert "推荐路径" not in said
    numbers = {table.number for sheet in report.sheets for table in sheet.tables}
    assert {"表1-1", "表2-1", "表10-1", "表E-2"} <= numbers
    assert not numbers & {"表3-1", "表4-1", "表5-0", "表6-1", "表6-2", "表E-5", "表E-7", "表E-15"}
    assert not named_tables(report) - numbers


def test_a_park_of_which_a_state_is_known_is_assessed_without_cases_that_resemble_it_nowhere():
    report = report_of(a_park(), a_parcel(area_cert=1000, status="已建成"))
    numbers = {table.number for sheet in report.sheets for table in sheet.tables}
    assert {"表3-1", "表4-1", "表6-1", "表6-2"} <= numbers
    assert "还不能作出评估" not in words_of(report, "summary")
    assert "没有一处相像" in words_of(report, "benchmarks")
    assert not named_tables(report) - numbers


def test_no_sentence_names_a_table_that_is_not_there(full):
    numbers = {table.number for sheet in full.sheets for table in sheet.tables}
    assert not named_tables(full) - numbers


def named_tables(report):
    """The tables of the body that sentences and notes name."""
    said = [b.text for sheet in report.sheets for b in sheet.blocks if isinstance(b, Paragraph)]
    said += [note for sheet in report.sheets for table in sheet.tables for note in table.notes]
    return set(re.findall(r"表(?:[0-9]{1,2}|E)-[0-9]+b?", " ".join(said)))
