"""Layouts that clerks really keep: each row lands where it belongs (domain §3.3, §8.3)."""

from datetime import date

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.tables.context import park_in
from workbench.domain.tables.finder import TableFinder, park_of
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.sheets import Merge, RawSheet
from workbench.domain.tables.table import park_of_file

FINDER = TableFinder(CATALOGUE, HeadingMatcher(CATALOGUE))
HEAD = ["序号", "资产名称", "建筑面积（㎡）", "使用状态"]


def _find(rows, merges=(), name="Sheet1"):
    width = max(len(row) for row in rows)
    cells = [[*row, *([""] * (width - len(row)))] for row in rows]
    return FINDER.find(RawSheet(name, cells, merges=[Merge(*merge) for merge in merges]))


def _one(rows, merges=(), name="Sheet1"):
    (table,) = _find(rows, merges, name)
    return table


def _fields(table):
    return {column.match.field: column.letter for column in table.columns if column.match}


def _rejected(table):
    return [(row.row, row.reason.value) for row in table.rejected]


def test_a_title_a_unit_line_and_an_as_of_date_stand_above_the_header():
    table = _one([
        ["东湖产业园房屋台账"],
        ["编制单位：甲公司", "", "基准日：2024年6月30日", "单位：平方米、万元"],
        HEAD,
        [1, "1#", 100, "出租"],
    ])  # fmt: skip
    assert table.entity == "building"
    assert table.header_rows == (3,)
    context = table.context
    assert (context.area_unit, context.money_unit) == ("㎡", "万元")
    assert context.as_of.isoformat() == "2024-06-30"
    assert context.park == "东湖产业园"


@pytest.mark.parametrize(
    "line",
    [
        "单位：亩/万元",
        "单位：万元、亩",
        "金额单位：万元，面积单位：亩",
        "（单位：面积—亩，金额—万元）",
    ],
)
def test_unit_lines_name_area_and_money(line):
    context = _one([["台账"], [line], HEAD, [1, "1#", 100, "出租"]]).context
    assert (context.area_unit, context.money_unit) == ("亩", "万元")


def test_the_unit_who_keeps_the_ledger_is_no_unit_of_measure():
    context = _one([["台账"], ["填报单位：亩产集团"], HEAD, [1, "1#", 100, "出租"]]).context
    assert (context.area_unit, context.money_unit) == ("", "")


def test_merged_headers_of_three_levels_join():
    table = _one(
        [
            ["序号", "基本情况", "", "", "价值", ""],
            ["", "资产名称", "面积", "", "原值", "净值"],
            ["", "", "建筑面积（㎡）", "可租面积（㎡）", "（万元）", "（万元）"],
            [1, "1#厂房", 100, 90, 300, 200],
        ],
        [(1, 1, 3, 1), (1, 2, 1, 4), (1, 5, 1, 6), (2, 2, 3, 2), (2, 3, 2, 4)],
    )
    assert table.header_rows == (1, 2, 3)
    assert _fields(table) == {
        "name": "B", "gfa_cert": "C", "rentable_area": "D", "original_value": "E",
        "net_value": "F",
    }  # fmt: skip
    assert table.by_field()["original_value"].unit == "万元"


def test_two_levels_join_without_merges():
    table = _one([
        ["序号", "资产名称", "面积（㎡）", "", "价值（万元）", ""],
        ["", "", "建筑面积", "可租面积", "原值", "净值"],
        [1, "1#厂房", 100, 90, 300, 200],
    ])  # fmt: skip
    assert table.header_rows == (1, 2)
    assert table.by_field()["net_value"].unit == "万元"


def test_rows_of_units_column_numbers_and_instructions_are_part_of_the_header():
    table = _one([
        ["资产名称", "建筑面积", "账面原值", "出租率"],
        ["必填", "必填，数字", "选填", "选填"],
        ["", "平方米", "万元", "%"],
        ["1", "2", "3", "4"],
        ["1#厂房", 100, 300, 85],
    ])  # fmt: skip
    assert [number for number, _ in table.rows] == [5]
    assert table.by_field()["original_value"].unit == "万元"


def test_totals_labels_notes_and_signatures_are_no_records():
    table = _one([
        HEAD,
        ["一、东湖产业园"],
        [1, "1#", 100, "出租"],
        ["", "其中：已租", 60, ""],
        ["", "    未租", 40, ""],
        ["小  计", "", 100, ""],
        ["二、西湖产业园"],
        [2, "2#", 200, "空置"],
        ["", "西湖产业园小计", 200, ""],
        ["", "合 计", 300, ""],
        ["注：面积以产证为准。"],
        ["填表人：张三", "", "审核人：李四", ""],
    ])  # fmt: skip
    assert [number for number, _ in table.rows] == [3, 8]
    assert _rejected(table) == [
        (2, "group_label"), (4, "subtotal"), (5, "subtotal"), (6, "subtotal"), (7, "group_label"),
        (9, "subtotal"), (10, "total"), (11, "footnote"), (12, "footnote"),
    ]  # fmt: skip
    assert [park_of(table, number) for number, _ in table.rows] == ["东湖产业园", "西湖产业园"]
    assert table.total[0] == 10
    assert table.read == 11


def test_a_numbered_group_row_may_carry_the_sums_of_its_group():
    table = _one([
        HEAD,
        ["一", "东湖产业园", 300, ""],
        [1, "1#", 100, "出租"],
        [2, "2#", 200, "出租"],
        ["（二）", "西湖产业园", 50, ""],
        [3, "3#", 50, "空置"],
    ])  # fmt: skip
    assert [number for number, _ in table.rows] == [3, 4, 6]
    assert [park_of(table, number) for number, _ in table.rows] == [
        "东湖产业园", "东湖产业园", "西湖产业园",
    ]  # fmt: skip


def test_chinese_row_numbers_alone_mark_no_groups():
    table = _one([HEAD, ["一", "1#", 100, "出租"], ["二", "2#", 200, "出租"]])
    assert [number for number, _ in table.rows] == [2, 3]


def test_a_company_called_total_is_a_record():
    table = _one([
        ["合同编号", "承租方", "租赁面积"],
        ["HT-1", "合计科技有限公司", 100],
        ["HT-2", "其中信息技术公司", 50],
        ["合计", "", 150],
    ])  # fmt: skip
    assert [number for number, _ in table.rows] == [2, 3]


def test_headers_of_printed_pages_are_repeated_headers():
    table = _one([
        ["东湖产业园房屋台账"], HEAD, [1, "1#", 100, "出租"],
        ["东湖产业园房屋台账"], HEAD, [2, "2#", 200, "空置"],
        ["合计", "", 300, ""],
    ])  # fmt: skip
    assert [number for number, _ in table.rows] == [3, 6]
    assert (5, "repeated_header") in _rejected(table)


def test_tables_stacked_under_titles_are_separate():
    one, two = _find([
        ["东湖产业园房屋台账"], HEAD, [1, "1#", 100, "出租"], [],
        ["西湖产业园房屋台账"], HEAD, [1, "1#", 200, "出租"], ["合计", "", 200, ""],
    ])  # fmt: skip
    assert (park_of(one, 3), park_of(two, 7)) == ("东湖产业园", "西湖产业园")
    assert _rejected(one) == []


def test_tables_of_different_entities_may_share_a_sheet():
    land, lease = _find([
        ["园区名称：东湖产业园"],
        ["一、土地情况"],
        ["地块", "宗地号", "用地面积（亩）"],
        ["D1", "Z1", 10],
        [],
        ["二、租赁情况"],
        ["租户", "租赁面积", "起", "止"],
        ["甲公司", 10, "2024.1.1", "2025.1.1"],
    ])  # fmt: skip
    assert (land.entity, lease.entity) == ("parcel", "lease")
    assert {park_of(land, 4), park_of(lease, 8)} == {"东湖产业园"}
    assert land.read == 1


def test_tables_may_stand_side_by_side():
    building, lease = _find([
        ["序号", "资产名称", "建筑面积", "", "合同编号", "承租方", "租赁面积"],
        [1, "1#", 100, "", "HT1", "甲公司", 50],
        [2, "2#", 200, "", "HT2", "乙公司", 60],
        ["", "", "", "", "HT3", "丙公司", 70],
        ["合计", "", 300, "", "合计", "", 180],
    ])  # fmt: skip
    assert (building.entity, lease.entity) == ("building", "lease")
    assert (len(building.rows), len(lease.rows)) == (2, 3)
    assert _fields(lease)["tenant"] == "F"


def test_a_list_printed_in_two_columns_is_two_tables():
    tables = _find([["楼栋", "建筑面积", "楼栋", "建筑面积"], ["1#", 100, "2#", 200]])
    assert [len(table.rows) for table in tables] == [1, 1]


def test_merged_labels_fill_down_and_merged_numbers_stay_once():
    table = _one(
        [
            ["园区名称", "资产名称", "建筑面积"],
            ["东园", "1#", 300],
            ["", "2#", ""],
            ["", "3#", ""],
        ],
        [(2, 1, 4, 1), (2, 3, 4, 3)],
    )
    assert [row[0] for _, row in table.rows] == ["东园"] * 3
    assert [row[2] for _, row in table.rows] == [300, "", ""]


def test_cards_and_columns_become_records_that_know_their_cells():
    cards = _one([
        ["资产卡片"],
        ["资产名称", "1#厂房", "资产编号", "A-01"],
        ["坐落", "兴业路1号", "建筑面积（㎡）", 1200.5],
        [],
        ["资产名称", "2#厂房", "资产编号", "A-02"],
        ["坐落", "兴业路2号", "建筑面积（㎡）", 800],
    ])  # fmt: skip
    assert [row[:2] for _, row in cards.rows] == [["1#厂房", "A-01"], ["2#厂房", "A-02"]]
    assert cards.place(1, cards.by_field()["gfa_cert"]) == (6, "D")
    columns = _one([
        ["资产名称", "1#厂房", "2#厂房"],
        ["资产编号", "A1", "A2"],
        ["建筑面积（㎡）", 1, 2],
        ["使用状态", "出租", "自用"],
    ])  # fmt: skip
    assert [row[0] for _, row in columns.rows] == ["1#厂房", "2#厂房"]
    assert columns.place(1, columns.by_field()["gfa_cert"]) == (3, "C")


def test_the_park_may_stand_in_the_sheet_name():
    table = _one([HEAD, [1, "1#", 100, "出租"]], name="南山科技园")
    assert park_of(table, 2) == "南山科技园"


@pytest.mark.parametrize(
    ("entity", "head"),
    [
        ("parcel", ["宗地编号", "土地用途", "证载面积（亩）", "终止日期"]),
        ("building", ["楼栋", "建筑面积", "层数", "结构"]),
        ("unit", ["楼栋", "房号", "面积", "是否可租"]),
        ("lease", ["合同编号", "承租方", "租赁面积", "租金单价"]),
        ("facility", ["设施名称", "设施类别", "运营单位", "状态"]),
        ("enterprise", ["企业名称", "统一社会信用代码", "规模", "亩均评价"]),
        ("enterprise_year", ["企业名称", "年度", "总产值", "税收"]),
        ("encumbrance", ["宗地编号", "限制类型", "抵押权人", "抵押金额"]),
        ("valuation", ["楼栋名称", "评估基准日", "评估价值", "评估机构"]),
        ("park", ["园区名称", "园区级别", "规划面积", "主导产业"]),
        ("park_year", ["开发区名称", "年度", "土地总面积", "已供应国有建设用地"]),
        ("demand", ["意向企业", "需求面积", "租金预算", "跟进阶段"]),
        ("finance", ["平台公司", "报表日期", "资产总额", "负债总额"]),
    ],
)
def test_headings_alone_tell_the_entity(entity, head):
    assert _one([head, ["甲", "乙", 1, 2]]).entity == entity


def test_a_sheet_without_headings_has_no_table():
    assert _find([["填表说明"], ["1. 每月5日前填报。"], ["示例：某某公司"]]) == []


@pytest.mark.parametrize("cells", [(12800.5, "1.32万㎡"), ("8,600", "约900㎡")])
def test_a_choice_is_not_guessed_over_figures(cells):
    head = ["楼栋编号", "楼栋名称", "产权证照", "用途"]
    assert "cert_status" not in _fields(_one([head, *(["A", "B", cell, "厂房"] for cell in cells)]))
    assert "cert_status" in _fields(_one([head, ["A", "B", "有证", "厂房"], ["C", "D", "无", ""]]))


def test_days_are_not_taken_for_the_sum_that_their_heading_resembles():
    head = ["合同编号", "承租方", "租赁面积", "已收至"]
    days = ("2026.6.30", "2026年9月")
    table = _one([head, *([f"H-{at}", "甲公司", 10, day] for at, day in enumerate(days))])
    assert "received_12m" not in _fields(table)
    table = _one([head, ["H-1", "甲公司", 10, "6.5万元"], ["H-2", "乙公司", 10, "面议"]])
    assert "received_12m" in _fields(table)


@pytest.mark.parametrize(
    ("file", "title", "park"),
    [
        ("嘉禾园台账.xlsx", "嘉禾智造园房屋台账", "嘉禾智造园"),
        ("东湖产业园.xlsx", "嘉禾智造园房屋台账", "东湖产业园"),
        ("2026年台账.xlsx", "嘉禾智造园房屋台账", "嘉禾智造园"),
        ("嘉禾园台账.xlsx", "房屋台账", "嘉禾园"),
    ],
)
def test_tables_without_a_park_are_of_the_park_whose_name_a_title_gives_in_full(file, title, park):
    titled = _one([[title], HEAD, [1, "1#", 100, "出租"]])
    bare = _one([HEAD, [1, "2#", 100, "出租"]])
    assert park_of_file(file, [titled, bare]) == park


def test_days_of_three_columns_a_month_apart_stay_days():
    days = [date(2024, 1, 5), date(2024, 2, 10), date(2024, 3, 15)]
    table = _one([
        ["楼栋编号", "楼栋名称", "开工日期", "建成日期", "取得日期"],
        ["JH-01", "1号厂房", *days],
        ["JH-02", "2号厂房", date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)],
    ])  # fmt: skip
    assert table.rows[0][1][2:] == days
    assert table.rows[1][1][2:] == [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]


@pytest.mark.parametrize(
    ("title", "park"),
    [
        ("截至2025年6月30日华谷产业园前十大租户情况", "华谷产业园"),
        ("截止2025.6.30滨江物流园租赁情况表", "滨江物流园"),
        ("2025-06云湖园区台账", "云湖园区"),
        ("2025年6月底东湖工业园厂房明细", "东湖工业园"),
        ("2024年度云湖产业园资产台账", "云湖产业园"),
        ("两园资产台账 2026年6月", ""),
        ("云湖、东湖等3个园区资产台账", ""),
        ("云湖创新二园资产台账", "云湖创新二园"),
    ],
)
def test_a_day_is_no_part_of_a_parks_name_and_several_parks_are_none(title, park):
    assert park_in(title) == park
