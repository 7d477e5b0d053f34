"""The workbook of scenarios: live answers and months, and LibreOffice finds our numbers."""

import re
from datetime import date
from itertools import pairwise

import pytest

from tests.finance_rig import plain
from tests.finance_samples import SAMPLES, model_of
from tests.office_rig import all_recalculated, assert_same_values, needs_office, opened
from workbench.bootstrap import Program
from workbench.domain.finance.distributions import Correlation, Distribution, Kind, Uncertain
from workbench.domain.finance.results import How
from workbench.domain.finance.scenarios import Target
from workbench.domain.finance.sensitivity import tornado
from workbench.domain.finance.simulation import simulate
from workbench.domain.finance.simulation_settings import SimulationSettings
from workbench.domain.report.sections.money.answers import answer_rows
from workbench.domain.report.sections.money.months import months_of, months_sheet
from workbench.domain.report.sections.money.scenario import scenario_sheets
from workbench.domain.report.sections.money.words import Calculated, Names
from workbench.excel.measure import column_points
from workbench.excel.page import PRINT_WIDTH, page_height

AS_OF = date(2026, 6, 30)
SIMULATED = SimulationSettings(
    (Uncertain("rent", Distribution(Kind.NORMAL, (15.0, 1.5))),
     Uncertain("capex", Distribution(Kind.TRIANGULAR, (8e6, 9e6, 1.1e7)))),
    (Correlation("rent", "capex", 0.3),), 400, 7,
)  # fmt: skip


LONG = {
    "lease_up of 30 years": {**SAMPLES["lease_up"], "years": 30},
    "three_source of 20 years": {**SAMPLES["three_source"], "years": 20},
}
"""Too many years to stand side by side on a page."""
ALL = SAMPLES | LONG


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenarios")
    made = Program().create(str(folder / "p.park"))
    for name, stated in ALL.items():
        values = {key: plain(value) for key, value in stated.items()}
        made.scenarios.create(name, model_of(name), AS_OF, stated=values)
    made.scenarios.keep_simulation(made.scenarios.find("lease_up"), SIMULATED)
    yield made
    made.close()


@pytest.fixture(scope="module")
def book(services, tmp_path_factory):
    target = tmp_path_factory.mktemp("book") / "测算.xlsx"
    texts = services.program.texts("zh_CN")
    records = services.scenarios.all()
    assert services.reports.scenarios.export(records, str(target), texts) == len(ALL)
    return target


def one_line(cell):
    """What a title says, however it is broken."""
    return str(cell.value).replace("\n", "")


def formula_cells(path):
    live = opened(path)
    for sheet in live:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell) for cell in row if cell.data_type == "f")


def answers(live, number):
    """The rows of a scenario's answers: title, reason, without and with terminal value, unit."""
    sheets = [sheet for sheet in live if sheet.title.startswith(f"7.{number} ")]
    rows = [list(row[:6]) for sheet in sheets for row in sheet.iter_rows(max_col=6)]
    start = next(n for n, row in enumerate(rows) if row[0].value == "结果") + 1
    for row in rows[start:]:
        if row[2].value is None:
            return
        yield row


def test_every_answer_that_has_a_number_is_a_live_formula(services, book):
    live = opened(book)
    for number, record in enumerate(services.scenarios.all(), 1):
        found = list(answers(live, number))
        result = services.scenarios.result(record)
        pairs = answer_rows(result)
        assert sum(len([m for m in pair if m]) for pair in pairs) == len(result.measures)
        for row, pair in zip(found, pairs, strict=True):
            for cell, measure in zip(row[2:4], pair, strict=True):
                if measure is not None and measure.value is not None:
                    assert cell.data_type == "f", (record.label, measure.key)


def test_the_functions_are_those_that_an_analyst_would_use(book):
    written = " ".join(str(cell.value) for _, cell in formula_cells(book))
    for name in ("NPV(", "IRR(", "MIRR(", "INDEX(", "MATCH(", "ROUND("):
        assert name in written


def test_every_way_of_reading_an_answer_off_a_line_is_met(services):
    met = {m.how for r in services.scenarios.all() for m in services.scenarios.result(r).measures}
    assert set(How) <= met


@needs_office
def test_t24_a_recalculation_gives_our_numbers_to_nine_digits(book, tmp_path):
    assert assert_same_values(book, *all_recalculated([book], tmp_path)) > 6_000


def test_what_a_simulation_gave_is_read_off_its_paths_by_formulas(book):
    live, shown = opened(book), opened(book, data_only=True)
    sheets = [s for s in live if re.match(r"7\.\d+敏 ", s.title)]
    written = " ".join(str(c.value) for s in sheets for row in s.iter_rows() for c in row)
    for name in ("AVERAGE(", "STDEV(", "PERCENTILE(", "SUMPRODUCT((", "MIN(", "MAX("):
        assert name in written
    paths = [s for s in shown if re.match(r"7\.\d+模 ", s.title)]
    numbers = [c.value for s in paths for row in s.iter_rows() for c in row
               if isinstance(c.value, float)]  # fmt: skip
    assert len(numbers) >= SIMULATED.paths


def test_a_sheet_of_months_has_no_more_columns_than_print_well(services, tmp_path):
    """Fifty leases side by side printed too small to read: they stand in tables of 13 at most."""
    one = dict(ALL["lease_up by month"]["leases"][1])
    leases = tuple({**one, "name": f"HT-{n}", "area": 100} for n in range(50))
    values = {k: plain(v) for k, v in (ALL["lease_up by month"] | {"leases": leases}).items()}
    scenario = services.scenarios.made("lease_up", values, AS_OF, "", ())
    found = Calculated("五十份", scenario.model, scenario.result())
    names = Names(1, lines=dict(months_of(found, 1)))
    texts = services.program.texts("zh_CN")
    scenario_sheets(found, 1, texts, names)
    tables = list(months_sheet(found, 1, names, texts).tables)
    assert len(tables) == 5
    for table in tables:
        assert sum(column.width for column in table.columns) <= 10.5 + 5 + 13 * 9
    rents = [column.key for t in tables for column in t.columns if column.key.startswith("lease")]
    assert rents == [f"lease{n}" for n in range(1, 51)]
    assert sum(t.number == "" and "contracts" in t._index for t in tables) == 1


def test_years_that_do_not_fit_across_stand_one_below_the_other(services, book):
    """Twenty to thirty years side by side printed at 34–47 %: nothing below 70 % (domain §7.2)."""
    live = opened(book)
    for name in LONG:
        number = next(n for n, r in enumerate(services.scenarios.all(), 1) if r.label == name)
        own = [s for s in live if s.title.startswith((f"7.{number} ", f"7.{number}年"))]
        assert own
        for sheet in own:
            widths = [column.width for column in sheet.column_dimensions.values()]
            scale = PRINT_WIDTH / sum(column_points(width) for width in widths)
            assert scale >= 0.7, sheet.title
        years = services.scenarios.result(services.scenarios.find(name)).periods
        firsts = [cell.value for sheet in own for cell in sheet["A"] if cell.value]
        assert firsts.count(f"第{years - 1}年") == firsts.count("第0年") >= 2
        ranges = [str(c.value) for s in own for row in s.iter_rows() for c in row
                  if str(c.value).startswith("=SUM(")]  # fmt: skip
        spans = [re.fullmatch(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)", text) for text in ranges]
        assert any(m and int(m[3]) - int(m[2]) == years - 1 for m in spans)


def test_months_of_the_rent_roll_add_up_to_the_years(services, book):
    record = services.scenarios.find("lease_up by month")
    result = services.scenarios.result(record)
    shown = opened(book, data_only=True)
    sheet = next(s for s in shown if "月 lease_up b" in s.title)
    head = next(row for row in sheet.iter_rows() if row[0].value == "月份")
    column = next(cell.column for cell in head if "在租合同租金" in one_line(cell))
    first = head[0].row + 1
    months = [sheet.cell(first + n, column).value for n in range(120)]
    years = [sum(months[year * 12 : year * 12 + 12]) for year in range(10)]
    expected = [float(v / 10_000) for v in result.line("contract_rent").values[1:]]
    assert years == pytest.approx(expected, abs=1e-9)
    assert sheet.cell(first, 1).value.date() == date(2026, 7, 1)


def test_every_column_of_months_says_how_it_is_made_and_from_what(services, book):
    """Seen: 14 of 40 figures that an auditor followed ended on a sheet without a source line."""
    live = opened(book)
    months = [s for s in live if re.match(r"7\.\d+月", s.title)]
    assert months
    for sheet in months:
        number = re.match(r"7\.(\d+)", sheet.title)[1]
        heads = [row for row in sheet.iter_rows() if row[0].value in ("月份", "月次")]
        ids = {str(cell.value).split()[0] for row in heads for cell in row[2:] if cell.value}
        own = [s for s in live if re.match(rf"7\.{number} ", s.title)]
        told = {str(c.value).split(" ")[0] for s in own for c in s["A"] if c.value}
        assert ids
        assert ids <= told, (sheet.title, ids - told)
        [line] = {c.hyperlink.location for c in sheet["A"] if "数据来源" in str(c.value)}
        assert f"'7.{number} " in line
    [leases] = [c for s in live for c in s["C"] if c.value == "输入：在租合同第 2 行"
                and s.title.startswith("7.") and "by mo" in s.title]  # fmt: skip
    name, _, cell = leases.hyperlink.location.rpartition("!")
    place = live[name.strip("'")][cell]
    assert place.value == ALL["lease_up by month"]["leases"][1]["name"]


def test_leases_beyond_the_columns_are_in_the_total_all_the_same(
    services, book, tmp_path, monkeypatch
):
    def months(path):
        sheet = next(s for s in opened(path, data_only=True) if "月 lease_up b" in s.title)
        head = next(row for row in sheet.iter_rows() if row[0].value == "月份")
        names = [one_line(cell) for cell in head]
        column = next(n for n, name in enumerate(names, 1) if "在租合同租金" in name)
        return names, [sheet.cell(head[0].row + 1 + n, column).value for n in range(120)]

    record, texts = services.scenarios.find("lease_up by month"), services.program.texts("zh_CN")
    names, whole = months(book)
    monkeypatch.setattr("workbench.domain.report.sections.money.months.MOST_LEASES", 1)
    services.reports.scenarios.export([record], str(tmp_path / "few.xlsx"), texts)
    fewer, same = months(tmp_path / "few.xlsx")
    assert not any(" 其余" in name for name in names)
    assert any(" 其余" in name for name in fewer)
    assert same == pytest.approx(whole, abs=1e-9)


def test_the_parameters_used_are_printed_with_their_standing(book):
    sheet = opened(book)["政策参数"]
    words = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    [brackets] = [row for row in words if row[0] == "lat_brackets"]
    assert "≤50%: 30% − 0%" in brackets[2]
    assert "未核对" in brackets
    rows = [row for row in words if row[7] in ("已核对", "未核对", "已失效")]
    assert len(rows) == len({row[0] for row in rows}) >= 10


def test_bracket_limits_are_percentages(book):
    head = next(
        cell
        for sheet in opened(book)
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).replace("\n", "") == "增值率不超过（%）"
    )
    sheet = head.parent
    limits = [sheet.cell(head.row + n, head.column) for n in (1, 2, 3)]
    assert [cell.value for cell in limits] == [50, 100, 200]
    assert all(cell.number_format.startswith("#,##0") and "." not in cell.number_format
               for cell in limits)  # fmt: skip


def test_the_years_of_a_scenario_stand_in_columns_of_about_one_width(book):
    """Issue 8: a year beside which another table has words is no wider than the others."""
    for sheet in opened(book):
        for row in sheet.iter_rows():
            years = [c.column_letter for c in row if re.fullmatch(r"第\d+年", str(c.value))]
            widths = [sheet.column_dimensions[letter].width for letter in years]
            if len(widths) > 1:
                assert max(widths) <= 2 * min(widths), (sheet.title, widths)


ANSWER = "项目（相对不行动）的净现值（万元）"


def table_under(sheet, title, width):
    """The rows of the table with this title, up to the first row without a first cell."""
    rows = [list(row) for row in sheet.iter_rows(max_col=width)]
    start = next(n for n, row in enumerate(rows) if title in map(str, (c.value for c in row))) + 1
    for row in rows[start:]:
        if row[0].value is None or row[1].value is None:
            return
        yield row


def study_of(path, name, **more):
    book = opened(path, **more)
    return next(s for s in book if re.match(r"7\.\d+敏 ", s.title) and s.title.endswith(name))


def test_the_tornado_of_a_scenario_stands_over_cells_with_a_native_chart(services, book):
    sheet = study_of(book, "敏 lease_up", data_only=True)
    scenario = services.scenarios.scenario(services.scenarios.find("lease_up"))
    found = tornado(scenario, Target(account="project"))
    _, *rows = table_under(sheet, f"单项变动时的{ANSWER}（预计）", 10)
    assert [row[0].value for row in rows] == [b.item.field.zh for b in found.bars[:8]]
    for row, bar in zip(rows, found.bars, strict=False):
        down, up = (float((end - found.base) / 10_000) for end in (bar.at_low, bar.at_high))
        assert [row[7].value, row[8].value] == pytest.approx([down, up])
        assert row[9].value == pytest.approx(float(bar.spread / 10_000))
    live = study_of(book, "敏 lease_up")
    assert len(live._charts) >= 2
    axis = live._charts[0].y_axis.title.tx.rich.p[0].r[0].t
    assert axis == f"{ANSWER}的增减"  # the bars begin at 0, not at the NPV
    _, *formulas = table_under(live, f"单项变动时的{ANSWER}（预计）", 10)
    assert all(cell.data_type == "f" for row in formulas for cell in row[7:])


def test_break_even_two_way_table_and_simulation_stand_in_the_workbook(services, book):
    sheet = study_of(book, "敏 lease_up", data_only=True)
    text = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)
    assert "改造投入（期初）须下降 24.7%" in text.replace("须下降24.7%", "须下降 24.7%")
    assert "模拟400次，随机种子7" in text
    scenario = services.scenarios.scenario(services.scenarios.find("lease_up"))
    uncertain, pairs = SIMULATED.uncertain, SIMULATED.correlations
    run = simulate(scenario, uncertain, pairs, paths=SIMULATED.paths, seed=7)
    [middle] = [
        row[1].value for row in table_under(sheet, "模拟结果（预计）", 3) if row[0].value == "P50"
    ]
    assert middle == pytest.approx(run.npv.percentiles[4] / 10_000, abs=1e-5)
    live = study_of(book, "敏 lease_up")
    grid = [cell for row in live.iter_rows() for cell in row if cell.data_type == "f"
            and str(cell.value).count("!") == 1 and "+" not in str(cell.value)]  # fmt: skip
    assert grid


def test_dated_returns_of_every_day_count_are_live(services, book):
    live = opened(book)
    for number, record in enumerate(services.scenarios.all(), 1):
        if record.text("model") == "dated_flows":
            value = {row[0].value: row[2] for row in answers(live, number)}
            assert value["内部收益率（按日，XIRR）"].data_type == "f", record.label


def test_long_contents_go_on_over_pages_that_can_be_read_and_name_them_right(book):
    shown = opened(book)
    contents = shown.worksheets[1]
    breaks = [each.id for each in contents.row_breaks.brk]
    assert len(shown.sheetnames) > 70
    assert contents.page_setup.fitToHeight == 0
    assert 1 < len(breaks) < 5
    rows = [contents.cell(row, 3).value for row in range(3, 6)]
    assert rows == [1, 2, 2 + len(breaks) + 1]  # cover, the contents itself, what comes after it
    bounds = [0, *breaks, contents.max_row]
    for low, high in pairwise(bounds):
        height = sum(contents.row_dimensions[row].height for row in range(low + 1, high + 1))
        assert height + 22 * bool(low) <= page_height([34, 66, 16])


def test_contents_promise_no_end_of_chapters_where_chapters_stand_among_annexes(book):
    """Seen: 正文到第 14 页为止 in the middle of the first scenario's sensitivity."""
    said = [str(cell.value) for row in opened(book)["目录"].iter_rows() for cell in row]
    assert any("敏感性" in words or "敏 " in words for words in said)
    assert not any("正文到第" in words for words in said)


def number_of(services, name):
    return next(n for n, record in enumerate(services.scenarios.all(), 1) if record.label == name)


def sheets_of(live, number):
    return [sheet for sheet in live if re.match(rf"7\.{number}\D", sheet.title)]


def words_of(sheets):
    return [
        str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row
        if cell.value is not None
    ]  # fmt: skip


def test_a_partner_who_is_never_paid_back_has_his_present_values_written_too(services, book):
    """Net present value −1,174.74 and 测算期内没有收回 could not be traced to any year."""
    live = opened(book)
    found = words_of(sheets_of(live, number_of(services, "joint_venture")))
    for line in ("现值", "现值累计"):
        assert f"合作方净现金流·{line}" in found
    assert any("合作方的没有作敏感性分析" in text for text in found)


def test_capital_at_par_is_no_terminal_value_and_is_told_apart(services, book):
    live = opened(book)
    venture = words_of(sheets_of(live, number_of(services, "joint_venture")))
    assert "不含终值" not in venture
    assert venture.count("净现值（不计期末收回的本金）") == 2
    assert "待返还本金（期末收回前）" in venture
    sheets = sheets_of(live, number_of(services, "joint_venture"))
    studied = words_of(sheet for sheet in sheets if "敏" in sheet.title)
    assert any(text.startswith("其中含期末按面值收回的本金") for text in studied)
    assert "不含终值" in words_of(sheets_of(live, number_of(services, "lease_up")))


def test_every_page_of_a_scenario_names_it_and_that_it_is_a_forecast(services, book):
    live = opened(book)
    assert "预计" not in str(live["政策参数"].oddHeader.left.text)
    for number, record in enumerate(services.scenarios.all(), 1):
        for sheet in sheets_of(live, number):
            head = str(sheet.oddHeader.left.text)
            assert record.label[:12] in head, (sheet.title, head)
            assert head.count("（预计）") == 1, head
            if sheet.title.endswith(" 输入"):
                assert one_line(sheet["A1"]).endswith("：输入")


def test_the_contents_name_what_the_sheet_of_a_study_has(services, book):
    """A sale has no break-even and nobody simulated it, yet the contents spoke of both."""
    live = opened(book)
    about = {row[0].value: row[1].value for row in live["目录"].iter_rows(min_col=1, max_col=2)}
    simulated = {}
    for number, record in enumerate(services.scenarios.all(), 1):
        title = f"7.{number}敏 {record.label}"[:31]
        if title not in live.sheetnames:
            continue
        there = words_of([live[title]])
        for part in ("盈亏平衡", "双因素表"):
            assert (part in about[title]) == (part in there), (title, part)
        simulated[record.label] = "模拟" in about[title]
    assert [name for name, told in simulated.items() if told] == ["lease_up"]
    assert len(simulated) > 3


def test_an_input_that_a_limit_holds_back_is_not_said_to_move_all_the_way(services, book):
    """Collection of 96 % went up by 4 points, beside ±5."""
    live = opened(book)
    rows = [
        [cell.value for cell in row]
        for sheet in live
        if re.match(r"7\.\d+敏", sheet.title)
        for row in sheet.iter_rows(max_col=4)
    ]
    held = [row for row in rows if str(row[1]).endswith("，上调到上限为止")]
    assert held
    assert all("100" in str(row[3]) for row in held), held
    assert any(row[:2] == ["折现率", "±1 个百分点"] for row in rows)


def test_check_numbers_are_no_inputs_and_no_annex_is_promised(services, book):
    live = opened(book)
    found = words_of(sheets_of(live, number_of(services, "lease_up")))
    assert not any("附表B" in text for text in found)
    venture = words_of(sheets_of(live, number_of(services, "joint_venture")))
    assert "校验数" in venture
    assert any(text.startswith("标“校验数”的各行只用来核对") for text in venture)
