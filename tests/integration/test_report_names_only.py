"""The report of a park that is hardly more than a name: it promises and clears nothing."""

from datetime import date

import pytest

from tests.builders import a_building, a_parcel, a_park, an_enterprise
from tests.integration.test_report_workbook import written
from tests.portfolio_rig import portfolio_of
from tests.read_quickly import load_workbook
from tests.report_rig import report_of, words_of

LATER = date(2026, 10, 31)
"""A day on which every shipped parameter is in force, so that none of them is complained of."""
EMPTY = (a_park("park", name="空名园区"),)
NAMED = (*EMPTY, a_parcel("L", code="L1", name="一地"), a_building("B", parcel="L", name="一栋"),
         an_enterprise("E", name="甲公司"))  # fmt: skip


@pytest.mark.parametrize("sheet", ["sources", "annex_d"])
def test_that_no_check_complained_says_how_many_could_look_at_anything(sheet):
    said = words_of(report_of(*EMPTY, as_of=LATER), sheet)
    assert "没有发现错误" in said
    assert "条核对规则中" in said
    assert "没有核对" in said


def test_what_was_found_says_beside_it_how_many_checks_were_made():
    said = words_of(report_of(*NAMED), "sources")
    assert "其他提醒 1 项" in said
    assert "条核对规则中" in said


@pytest.mark.parametrize(
    ("records", "filled"), [(EMPTY, "台账完整度也待核"), (NAMED, "台账完整度为 ")]
)
def test_how_full_the_ledger_is_is_told_as_its_annex_counts_it(records, filled):
    assert filled in words_of(report_of(*records), "indicators")


def test_the_contents_promise_no_table_that_is_not_there():
    report = report_of(*EMPTY)
    for sheet in report.sheets:
        if sheet.key not in ("cover", "contents", "summary") and not list(sheet.tables):
            assert sheet.about, sheet.key
    assert "三个案例" not in report.sheet("benchmarks").about
    assert report.sheet("summary").about.startswith("尚未评估")


def test_the_written_contents_say_it_too(tmp_path):
    sheet = load_workbook(written(tmp_path / "空.xlsx", *EMPTY))["目录"]
    about = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    assert about["5 对标分析"].startswith("没有表格")
    assert about["9 风险与建议"] == "风险登记、热力表与行动计划"


def test_no_rule_that_fired_is_no_clean_bill_of_a_park_of_which_nothing_is_known():
    [table] = [t for t in portfolio_of(*EMPTY).sheet("portfolio_findings").tables
               if t.number.endswith("3-1")]  # fmt: skip
    [problems] = [cell.value for cell in table.cells("problems")]
    assert problems.startswith("台账资料不足以评估")
