"""Sheet 3 of the report: the land-use score (表3-2) and the firms' grades (表3-3, 表3-4)."""

from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_parcel,
    a_park,
    a_park_year,
    an_enterprise,
    an_enterprise_year,
)
from tests.report_rig import report_of, table_of, words_of
from tests.unit.test_grading import E8
from tests.unit.test_standards import E7_YEAR
from workbench.domain.report.model import CellState, Chart
from workbench.domain.values import MU_IN_M2


def e8_firms():
    records = []
    for name, (mu, tax) in E8.items():
        records.append(an_enterprise(name, name=name, credit_code=name))
        records.append(
            an_enterprise_year(
                enterprise=name, year=2024, land_area_used=mu * MU_IN_M2, tax_paid=tax * 10000
            )
        )
    return records


def test_e7_the_score_table_adds_up_goal_by_goal():
    report = report_of(a_park(), a_park_year(**E7_YEAR))
    table = table_of(report, "indicators", "表3-2")
    scores = {
        (row[0].value, row[2].value): round(Decimal(row[6].value), 2)
        for row in table.rows
        if row[1].value in ("", None)
    }
    assert scores == {
        ("土地利用状况", "目标得分"): Decimal("91.94"),
        ("用地效益", "目标得分"): Decimal("66.42"),
        ("管理绩效", "目标得分"): Decimal("70.00"),
        ("总分", "只有主区数据"): Decimal("84.64"),
    }
    assert "84.64，中度集约" in words_of(report, "indicators")
    assert "未经官方评价核对" in table.notes[0]


def test_a_zone_without_figures_says_what_is_missing():
    report = report_of(a_park(), a_parcel(), a_building(rentable_area=100, leased_area=50))
    assert "集约度分值尚未评估，缺少" in words_of(report, "indicators")


def test_e8_the_firms_are_counted_by_class_with_a_chart_and_listed():
    report = report_of(a_park(), *e8_firms())
    table = table_of(report, "indicators", "表3-3")
    counts = {row[0].value: row[1].value for row in table.rows}
    assert counts == {"A": 2, "B": 4, "C": 3, "D": 1}
    charts = [b for b in report.sheet("indicators").blocks if isinstance(b, Chart)]
    assert any(chart.table == table.name for chart in charts)
    firms = table_of(report, "indicators", "表3-4")
    assert "".join(row[1].value for row in firms.rows) == "壬甲戊乙庚丙己辛丁癸"


@pytest.mark.parametrize(("count", "warned"), [(1, True), (4, True), (5, False)])
def test_classes_of_too_few_firms_are_said_to_be_no_verdict(count, warned):
    """The only firm always is in the last class."""
    table = table_of(report_of(a_park(), *e8_firms()[: 2 * count]), "indicators", "表3-3")
    said = [note for note in table.notes if f"参评企业只有 {count} 家" in note]
    assert ["所需的 5 家" in note for note in said] == [True] * warned


def test_a_firm_that_cannot_be_graded_is_waiting_and_says_what_it_lacks():
    report = report_of(a_park(), *e8_firms(), an_enterprise("子", name="子"))
    firms = table_of(report, "indicators", "表3-4")
    last = firms.rows[-1]
    assert last[1].value == "子"
    assert last[4].state is CellState.UNKNOWN
    assert "缺少：亩均税收" in last[-1].value
    assert "待核 1 家" in words_of(report, "indicators")


def test_firms_without_figures_are_not_graded_at_all():
    let = a_building(rentable_area=100, leased_area=50)
    report = report_of(a_park(), let, an_enterprise("子", name="子"))
    assert "亩均评价等级未评估：1 家" in words_of(report, "indicators")


def test_the_grades_that_the_ledger_states_stand_beside_the_computed_ones():
    plain = table_of(report_of(a_park(), *e8_firms()), "indicators", "表3-3")
    assert [column.key for column in plain.columns] == ["grade", "computed"]
    records = [*e8_firms(), an_enterprise("子", name="子", grade="A")]
    table = table_of(report_of(a_park(), *records), "indicators", "表3-3")
    stated = {row[0].value: row[2].value for row in table.rows}
    assert stated == {"A": 1, "B": 0, "C": 0, "D": 0}
