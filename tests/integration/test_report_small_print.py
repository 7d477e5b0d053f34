"""What stands small in a report must be true: notes below totals, brackets, slices of a pie."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.builders import a_building, a_finance, a_lease, a_park, an_enterprise
from tests.report_rig import report_of, table_of, words_of
from tests.shipped import AS_OF, content, texts
from workbench.domain.report.charting import chart_plan
from workbench.domain.report.model import (
    UNKNOWN,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Table,
    Total,
    TotalKind,
)
from workbench.domain.report.partial import partial_rows
from workbench.domain.report.sections.money.chapter import parameter_value
from workbench.domain.report.sections.money.parameters import shown_parameter
from workbench.domain.report.sections.sources import classes


def a_table(*rows):
    total = Total(TotalKind.SUM)
    columns = (
        Column("name", "名称"),
        *(Column(key, key, kind=ColumnKind.NUMBER, total=total) for key in ("a", "b")),
    )
    cells = tuple(
        (Cell(name), *(UNKNOWN if n is None else Cell(Decimal(n)) for n in numbers))
        for name, *numbers in rows
    )
    return Table("2-6", "表", columns, cells, total_label="合计", key="t")


class TestRowsLeftOut:
    def test_a_column_of_which_nothing_is_known_leaves_no_row_out_of_another_total(self):
        assert partial_rows(a_table(("一", 1, None), ("二", None, None), ("三", 3, None))) == 1

    def test_rows_that_miss_in_one_partial_total_or_another_count_once_each(self):
        assert partial_rows(a_table(("一", 1, None), ("二", None, 2), ("三", None, None))) == 3

    def test_nothing_is_left_out_of_totals_that_are_known(self):
        assert partial_rows(a_table(("一", 1, 2), ("二", 3, 4))) == 0


class TestBrackets:
    def test_the_land_appreciation_tax_is_written_without_idle_noughts(self):
        """中华人民共和国土地增值税暂行条例 第七条; quick deductions of its 实施细则 第十条."""
        param = content().parameters.get("lat_brackets", as_of=AS_OF)
        assert parameter_value(param).value == "\n".join(
            ("≤50%: 30% − 0%", "≤100%: 40% − 5%", "≤200%: 50% − 15%", "∞: 60% − 35%")
        )
        assert shown_parameter(param, texts("zh_CN")).startswith("≤50%: 30% − 0%；≤100%")


class TestPie:
    def start(self, *areas):
        rows = [(f"第{at}", area, 1) for at, area in enumerate(areas)]
        chart = Chart(ChartKind.PIE, "2-2", "图", "t", "name", ("a",), "%")
        return chart_plan(chart, a_table(*rows)).pie_start

    def test_small_slices_lie_to_the_right_with_their_middle_at_a_right_angle(self):
        begins = self.start(70, 20, 6, 4)
        assert (begins, (begins + 0.7 * 360) % 360) == (144, 36)  # 36 to 144: 90 in the middle

    def test_a_pie_of_large_slices_begins_at_the_right(self):
        assert self.start(50, 50) == 90


class TestWordsAroundNumbers:
    def test_what_a_rule_measured_has_its_unit_also_where_it_is_no_indicator(self):
        report = report_of(
            a_park(policy_package_end="2025-09-30"), a_building("B", rentable_area=9, gfa_actual=9)
        )
        [rules] = [
            row[3].value
            for row in table_of(report, "diagnosis", "表4-1").rows
            if str(row[0].value).startswith("D3")
        ]
        assert " 月，" in rules

    def test_the_order_of_dated_records_shows_their_dates_as_dates(self):
        finances = [
            a_finance(day, enterprise="F", as_of=day, total_assets=9, total_liabilities=4)
            for day in ("2023-12-31", "2024-12-31")
        ]
        report = report_of(a_park(platform_entity="F"), an_enterprise("F", name="平台"), *finances)
        table = next(t for s in report.sheets for t in s.tables if t.number == "表E-21-3")
        at = table.place("when")
        assert table.columns[at].kind is ColumnKind.DATE
        assert {str(row[at].value) for row in table.rows} == {"2023-12-31", "2024-12-31"}
        assert table.columns[-1].title.startswith("次序数")

    def test_a_ledger_without_leases_does_not_say_that_none_is_running(self):
        bare = report_of(a_park(), a_building("B", rentable_area=9))
        ended = a_lease("C", building="B", area=9, start_on="2020-01-01", end_on="2021-01-01")
        known = report_of(a_park(), a_building("B", rentable_area=9), ended)
        said = [words_of(report, "assets") for report in (bare, known)]
        assert ["基准日没有履行中" in text for text in said] == [False, True]
        assert "台账中没有租约记录" in said[0]

    @pytest.mark.parametrize("files", [(), (SimpleNamespace(name="台账.xlsx"),)])
    def test_what_was_typed_has_no_source_cell(self, files):
        content_ = SimpleNamespace(parameters=SimpleNamespace(id="p"), edition="e")
        material = SimpleNamespace(
            say=lambda key, **params: texts()(f"report.{key}", **params),
            files=files, content=content_, checklist=None, is_bare=True, distresses=(),
            matches=(), rests_on_content=False, edited_fields=(),
        )  # fmt: skip
        [said] = [block.text for block in classes(material)]
        assert ("来源单元格" in said, "手工录入" in said) == (bool(files), not files)
