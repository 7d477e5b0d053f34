"""What a report says: unknown, zero, estimated and forecast stay apart; nothing is made up."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_lease,
    a_parcel,
    a_park,
    a_record,
    an_encumbrance,
    an_enterprise,
    estimated,
    not_applicable,
)
from tests.full_park import a_full_park
from tests.report_rig import exporting, report_of, sheet_tables, table_of, texts, words_of
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.opening import openings
from workbench.domain.checklist.state import ItemState, ItemStatus, Review, ReviewStatus
from workbench.domain.checklist.template import Template
from workbench.domain.findings import RefusedError
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    SUM,
    UNKNOWN,
    Cell,
    CellState,
    Column,
    ColumnKind,
    NotAssessed,
    Table,
    ratio,
    total_cell,
)
from workbench.domain.values import MU_IN_M2

SHEETS = [
    "封面", "目录", "1 摘要", "2 资产概况", "3 指标评价", "4 问题诊断", "5 对标分析",
    "6 路径比选", "7 财务测算", "8 清单完成情况", "9 风险与建议", "10 数据来源与声明",
    "附表A 台账明细", "附表B 租约", "附表C 权利限制", "附表D 导入问题", "附表E 计算底稿",
]  # fmt: skip
PARK = a_park(city_tier="县城")


def a_small_park():
    return [
        PARK,
        a_parcel(
            "L", code="D-01", area_cert=30 * MU_IN_M2, area_actual=30 * MU_IN_M2,
            end_on="2040-06-30", land_use="工业",
        ),
        a_building(
            "B1", parcel="L", name="1#厂房", kind="标准厂房", gfa_actual=10000,
            rentable_area=8000, self_use_area=0, lent_area=0, net_value=12_000_000,
            planning_accept="通过", fire_accept="未办", completion_accept="通过",
        ),
        a_building("B2", parcel="L", name="2#厂房", kind="标准厂房", gfa_actual=5000),
        a_building("B3", parcel="L", name="配电房", kind="公用设施", gfa_actual=200),
        an_enterprise("T", name="承租企业"),
        a_lease(
            "C1", contract_no="H-1", building="B1", tenant="T", area=6000, rent_price=15,
            rent_unit="元/㎡·月", start_on="2024-01-01", end_on="2026-12-31",
        ),
    ]  # fmt: skip


def cell(table, row, column):
    return table.rows[row][table.place(column)]


def known(name, formula="", cells=1):
    """A formula that says 待核 once a cell that it names is blanked."""
    return f'IF(COUNT({name})<{cells},"待核",{formula or name})'


def test_unknown_zero_not_applicable_and_estimate_are_four_different_cells():
    parcel = a_parcel("L", code="D-01", area_cert=MU_IN_M2 * 30, area_actual=0)
    parcel = not_applicable(estimated(parcel, "area_cert"), "end_on")
    table = table_of(report_of(PARK, parcel), "assets", "表2-1")
    certified, measured = (
        known(f"{{records_parcel!{key}@1}}") for key in ("area_cert", "area_actual")
    )
    estimate = Cell(Decimal(30), CellState.ESTIMATED, mark="约", formula=certified)
    assert cell(table, 0, "area_cert") == estimate
    assert cell(table, 0, "area_actual") == Cell(Decimal(0), CellState.KNOWN, formula=measured)
    assert cell(table, 0, "end_on") == NOT_APPLICABLE
    assert cell(table, 0, "holder") == UNKNOWN


def test_a_blank_park_gets_every_sheet_in_order_and_none_is_empty():
    report = report_of(a_park())
    assert [sheet.name for sheet in report.sheets] == SHEETS
    assert all(sheet.blocks for sheet in report.sheets if sheet.key not in ("cover", "contents"))


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("summary", "维持现状只是暂列第一"),
        ("assets", "台账中没有宗地记录"),
        ("indicators", "集约度分值尚未评估"),
        ("pathways", "补齐之前不作推荐"),
        ("finance", "表7-2　现金流：尚未测算"),
        ("checklist", "盘活清单尚未建立"),
        ("risks", "行动计划未编制"),
        ("annex_b", "没有租约记录"),
        ("annex_c", "没有权利限制记录"),
    ],
)
def test_what_is_not_assessed_says_so(sheet, words):
    report = report_of(a_park(), a_record("context", park="park", local_rent_market=17))
    assert words in words_of(report, sheet)
    assert any(isinstance(block, NotAssessed) for block in report.sheet(sheet).blocks)


def test_a_distress_without_a_decided_rule_is_unknown_and_not_absent():
    table = table_of(
        report_of(a_park(), a_record("context", park="park", local_rent_market=17)),
        "diagnosis",
        "表4-1",
    )
    assert cell(table, 0, "type").value == "D1 供需错位（待核）"
    assert cell(table, 0, "severity").state is CellState.UNKNOWN
    assert cell(table, 0, "rules").value == "规则均待核"


def test_a_rule_of_several_figures_tells_each_of_them():
    """A floor-area ratio of 0.78 proves no rule that asks for less than 0.6 or for a wide gap."""
    table = table_of(report_of(*a_full_park()), "diagnosis", "表4-1")
    told = next(row[3].value for row in table.rows if str(row[0].value).startswith("D6"))
    assert "缺口大于0.5：综合容积率 0.78、容积率缺口 0.82" in told


def test_columns_of_the_parcel_and_building_tables_follow_the_specification():
    """Domain §7.3, tables 2-1 and 2-2."""
    report = report_of(*a_small_park())
    assert [c.title for c in table_of(report, "assets", "表2-1").columns] == [
        "序号", "宗地编号", "坐落", "权利人", "取得方式", "用途", "证载面积（亩）",
        "实测面积（亩）", "容积率", "终止日期", "剩余年限", "权证号", "限制情况", "状态",
    ]  # fmt: skip
    assert [c.title for c in table_of(report, "assets", "表2-2").columns] == [
        "序号", "楼栋", "类型", "建筑面积（㎡）", "可租（㎡）", "已租（㎡）", "自用（㎡）",
        "空置（㎡）", "出租率（%）", "建成年份", "验收", "权证状态", "账面净值（万元）",
        "评估值（万元）",
    ]  # fmt: skip


def test_a_building_shows_let_vacant_and_occupancy_with_live_formulas():
    table = table_of(report_of(*a_small_park()), "assets", "表2-2")
    assert cell(table, 0, "let").value == 6000
    assert cell(table, 0, "vacant") == Cell(Decimal(2000), formula=known("{calc_space!vacant@1}"))
    assert cell(table, 0, "occupancy") == Cell(
        Decimal(75),
        formula=f'IFERROR({known("{let},{rentable}", "{let}/{rentable}*100", 2)},"待核")',
    )
    for unknown in ("rentable", "occupancy"):
        assert cell(table, 1, unknown).state is CellState.UNKNOWN


def test_acceptances_name_what_is_missing():
    table = table_of(report_of(*a_small_park()), "assets", "表2-2")
    assert cell(table, 0, "accepted").value == "消防未办、其余通过"
    assert cell(table, 1, "accepted") == UNKNOWN


def test_remaining_years_count_from_the_as_of_date():
    table = table_of(report_of(*a_small_park()), "assets", "表2-1")
    left = cell(table, 0, "remaining")
    assert left.formula == known("{end_on},{as_of!day@1}", "({end_on}-{as_of!day@1})/365.25", 2)
    assert round(left.value, 4) == round(Decimal(15 * 365 + 4) / Decimal("365.25"), 4)


def test_allocated_land_has_no_end_rather_than_an_unknown_one():
    """The end of allocated land stood 待核 beside an indicator that says it has no term."""
    allocated = a_parcel("A", code="A", obtain_mode="划拨")
    silent, granted = a_parcel("B", code="B"), a_parcel("C", code="C", end_on="2060-01-01")
    table = table_of(report_of(PARK, allocated, silent, granted), "assets", "表2-1")
    for key in ("end_on", "remaining"):
        states = [cell(table, at, key).state for at in range(3)]
        assert states == [CellState.NOT_APPLICABLE, CellState.UNKNOWN, CellState.KNOWN]


def test_no_limit_is_said_only_where_the_ledger_says_it():
    free = a_parcel("A", code="A", seizure=False, mortgage=False, litigation=False)
    silent = a_parcel("B", code="B")
    taken = a_parcel("C", code="C")
    partly = a_parcel("D", code="D", seizure=False, mortgage=False)
    seized = an_encumbrance(parcel="C", kind="查封", status="有效", end_on="2024-01-01")
    report = report_of(PARK, free, silent, taken, partly, seized)
    table = table_of(report, "assets", "表2-1")
    assert [cell(table, i, "limits") for i in range(4)] == [
        Cell("无"), UNKNOWN, Cell("查封"), Cell("无查封、抵押，涉诉待核"),
    ]  # fmt: skip
    limits = table_of(report, "assets", "表2-3")
    assert cell(limits, 0, "status").value == "有效（期限已过，待核）"


def columns(*keys):
    return tuple(Column(key, key, kind=ColumnKind.NUMBER, total=SUM) for key in keys)


def numbers(*values):
    return tuple(UNKNOWN if value is None else Cell(Decimal(value)) for value in values)


def test_a_total_over_gaps_is_marked_and_one_over_nothing_is_unknown():
    table = Table("1", "t", columns("a", "b"), (numbers(1, None), numbers(None, None)))
    assert total_cell(table, table.columns[0]) == Cell(Decimal(1), CellState.PARTIAL)
    assert total_cell(table, table.columns[1]) == UNKNOWN


def test_a_ratio_is_recomputed_over_the_rows_that_know_both_and_never_averaged():
    rate = Column("rate", "rate", total=ratio("a", "b", 100))
    rows = (
        (*numbers(50, 100), UNKNOWN),
        (*numbers(10, 300), UNKNOWN),
        (*numbers(None, 900), UNKNOWN),
    )
    table = Table("1", "t", (*columns("a", "b"), rate), rows)
    assert total_cell(table, rate) == Cell(Decimal(15), CellState.PARTIAL)


def test_estimates_mark_their_total():
    rows = (numbers(1), (Cell(Decimal(2), CellState.ESTIMATED, mark="约"),))
    table = Table("1", "t", columns("a"), rows)
    assert total_cell(table, table.columns[0]) == Cell(Decimal(3), CellState.ESTIMATED)


def seized_park():
    """The target of E10 (domain §5e), which C01 resembles most."""
    return [
        PARK,
        a_parcel(
            "L", code="D-01", area_cert=42 * MU_IN_M2, land_use="工业", plan_use="工业",
            holder_type="民企", far=0.4, status="低效",
        ),
        an_encumbrance(parcel="L", kind="查封", status="有效"),
    ]  # fmt: skip


def test_a_forecast_of_a_case_carries_its_badge_and_never_looks_achieved():
    table = table_of(
        report_of(*seized_park()), "benchmarks", "案例数据：六安金寨：查封工业用地盘活"
    )
    output = next(row for row in table.rows if row[0].value == "年产值")
    assert output[table.place("value")].state is CellState.FORECAST
    assert output[table.place("standing")].value == "原文，预计"
    jobs = next(row for row in table.rows if row[0].value == "就业岗位")
    assert (jobs[table.place("value")].state, jobs[table.place("value")].mark) == (
        CellState.FORECAST, "余",
    )  # fmt: skip


def test_the_contradiction_of_case_c01_is_shown():
    """Domain §1.3: 37,000 ㎡ ÷ 1.5 = 37.0 亩, not the stated 50."""
    words = words_of(report_of(*seized_park()), "benchmarks")
    assert "数据矛盾" in words
    assert "37.00亩" in words
    assert "50.00亩" in words


def test_a_case_names_its_official_source_and_the_seed_article():
    words = words_of(report_of(*seized_park()), "benchmarks")
    assert "安徽省自然资源厅" in words
    assert "大公国际，《存量焕新，价值再造：产业园区存量盘活的困境与破局（上）》" in words


def test_forecasts_are_said_not_to_be_achievements_and_the_parameter_set_is_named():
    report = report_of(*seized_park())
    words = words_of(report, "sources")
    assert "预计不等于已实现" in words
    assert report.parameter_set in words


def test_a_park_of_which_only_the_name_is_known_quotes_no_parameters_and_no_publications():
    report = report_of(a_park())
    numbers = {table.number for sheet in report.sheets for table in sheet.tables}
    assert not {"表7-5", "表10-2", "表10-3"} & numbers
    said = words_of(report, "sources") + words_of(report, "finance")
    assert not [name for name in ("表7-5", "表10-2", "表10-3") if name in said]
    assert any(report.parameter_set in str(cell.value) for _, cell in report.cover.facts)


def an_assessment(**values):
    return a_record("assessment", "A", **{"name": "评估一", "park": "park", "edition": 2} | values)


def a_checklist(assessment, states):
    from tests.shipped import content

    template: Template = content().checklist
    found = openings(template, ("P01",), None)
    return ChecklistSheet(assessment, template, found, states, ("P01",), None)


def test_checklist_and_plan_show_only_what_was_entered():
    assessment = an_assessment()
    states = {
        "S1-01": ItemState("S1-01", ItemStatus.DONE, 1, owner="王"),
        "S1-02": ItemState("S1-02", ItemStatus.OPEN, due=date(2025, 7, 20)),
    }
    report = report_of(*a_small_park(), assessment=assessment,
                       checklist=a_checklist(assessment, states))  # fmt: skip
    items = table_of(report, "checklist", "表8-1")
    by_id = {row[0].value: row for row in items.rows}
    assert by_id["S1-01"][items.place("owner")].value == "王"
    assert by_id["S1-01"][items.place("evidence")].value == "已附 1 份"
    assert by_id["S1-03"][items.place("owner")] == UNKNOWN
    plan = table_of(report, "risks", "表9-3")
    due = next(row for row in plan.rows if row[0].value == "S1-02")
    assert due[plan.place("horizon")].value == "30 天内"
    assert due[plan.place("owner")] == UNKNOWN


def test_the_checklist_says_what_an_item_waits_for_and_who_reviewed_it():
    """Issue F, Deliver 1 (blocked-by) and 3 (reviewer and time kept)."""
    assessment = an_assessment()
    review = Review(ReviewStatus.RETURNED, "王", "2025-07-01T09:00:00", "李", "2025-07-02T10:00:00",
                    "缺盖章")  # fmt: skip
    states = {"S1-03": ItemState("S1-03", ItemStatus.PARTIAL, blocked_by=("S1-05",), review=review)}
    report = report_of(*a_small_park(), assessment=assessment,
                       checklist=a_checklist(assessment, states))  # fmt: skip
    items = table_of(report, "checklist", "表8-1")
    by_id = {row[0].value: row for row in items.rows}
    note = by_id["S1-03"][items.place("note")].value
    assert note == "须先完成 S1-05；复核：已退回 李 2025-07-02 缺盖章"


def test_an_error_in_the_ledger_keeps_a_report_under_review_a_draft():
    wrong = a_building("B9", parcel="L", name="9#", rentable_area=100, leased_area=150,
                       self_use_area=0, lent_area=0, vacant_area=0)  # fmt: skip
    report = report_of(*a_small_park(), wrong, assessment=an_assessment(status="复核"),
                       checklist=a_checklist(an_assessment(), {}))  # fmt: skip
    assert report.is_draft
    assert report.status == "草稿"
    assert "错误未处理" in report.cover.draft_notice
    assert report.open_items


def test_a_report_without_errors_keeps_its_status_and_version():
    assessment = an_assessment(status="复核")
    report = report_of(*a_small_park(), assessment=assessment,
                       checklist=a_checklist(assessment, {}))  # fmt: skip
    assert (report.status, report.is_draft, report.edition) == ("送审稿", False, 2)
    assert report.cover.draft_notice == ""


def test_an_assessment_of_single_assets_says_so_and_sets_the_park_beside_them():
    assessment = an_assessment(assets=["L"])
    report = report_of(*a_small_park(), assessment=assessment,
                       checklist=a_checklist(assessment, {}))  # fmt: skip
    assert "D-01" in words_of(report, "diagnosis")
    assert "评估对象与全园区" in [table.title for table in sheet_tables(report, "indicators")]


def test_an_assessment_of_another_park_is_refused():
    with pytest.raises(RefusedError) as refusal:
        report_of(a_park(), assessment=an_assessment(park="other"))
    assert texts()(refusal.value.code, **refusal.value.params).startswith("评估“评估一”属于")


def test_imported_cells_that_were_not_plain_values_are_listed():
    parcel = not_applicable(a_parcel("L", code="D-01", area_cert=100), "end_on")
    table = table_of(report_of(PARK, parcel), "annex_d", "表D-2")
    assert table.rows[0][1].value == "D-01"
    assert "按不适用处理" in str(table.rows[0][-1].value)


def test_sums_of_the_calculation_agree_with_the_indicators():
    report = report_of(*a_small_park())
    check = table_of(report, "annex_e", "表E-4")
    agreeing = [row for row in check.rows if row[check.place("note")].value == "一致"]
    assert {str(row[1].value).split()[0] for row in agreeing} >= {"I-22", "I-19"}


def test_a_reference_in_another_unit_says_its_unit():
    """M11 of domain §1.1 is a change of rent (−12 %), not a rent."""
    table = table_of(report_of(*a_small_park()), "indicators", "表3-1")
    rent = next(row for row in table.rows if row[0].value == "I-19")
    assert rent[table.place("reference")].value == "−12.00%"


def test_the_file_name_says_park_date_and_version_and_nothing_a_system_refuses():
    park = a_park(name='滨河/"高新"区:一期')
    name = exporting(park).suggested_name("park", date(2025, 6, 30), an_assessment())
    assert name == "滨河 高新 区 一期_盘活评估报告_2025-06-30_v2.xlsx"


def test_english_translates_labels_and_leaves_data_alone():
    report = report_of(*a_small_park(), language="en")
    table = table_of(report, "assets", "Table 2-2")
    assert table.columns[1].title == "Building"
    assert cell(table, 0, "name").value == "1#厂房"
    assert report.sheet("summary").name == "1 Summary"
