"""Sheet 7's charts of sources and of the debt ratio: native, over live cells, none where empty."""

import pytest

from tests.finance_rig import plain, wan
from tests.finance_samples import SAMPLES
from tests.office_rig import all_recalculated, assert_same_values, needs_office, opened
from tests.read_quickly import load_workbook
from tests.shipped import AS_OF, FixedClock
from workbench.application.money.report import calculated
from workbench.bootstrap import Program

KEPT = (
    ("滚动开发", "three_source", {}),
    ("没有来源", "three_source", {"land_sold": (0,), "tax_total": (0,), "dividends": (0,)}),
    ("偿债", "debt", {}),
    ("偿债并新增债务", "debt", {"new_debt": wan(2000)}),
    ("账目未齐", "debt", {"liabilities": None}),
    ("合资", "joint_venture", {}),
    ("产业基金", "fund", {}),
    ("招租", "lease_up", {}),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A park with scenarios of each kind that sheet 7 draws, two of which have nothing to draw."""
    folder = tmp_path_factory.mktemp("kept")
    services = Program(clock=FixedClock()).create(str(folder / "p.park"))
    services.editing.add("park", {"code": "P-1", "name": "示例园区"})
    [park] = services.querying.records("park")
    for name, model, other in KEPT:
        stated = {key: plain(value) for key, value in (SAMPLES[model] | other).items()}
        services.scenarios.create(name, model, AS_OF, park_key=park.key, stated=stated)
    yield services, park.key
    services.close()


@pytest.fixture(scope="module")
def written(kept, tmp_path_factory):
    """The report's file in each language."""
    (services, park), folder = kept, tmp_path_factory.mktemp("book")
    paths = {language: folder / f"{language}.xlsx" for language in ("zh_CN", "en")}
    for language, path in paths.items():
        services.exporting.export(str(path), park, AS_OF, services.program.texts(language))
    return paths


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def book(written, request):
    return written[request.param]


@pytest.fixture(scope="module")
def recalculated(written, tmp_path_factory):
    """What LibreOffice finds in the report and in one where somebody typed another input.

    With them the two cells of the changed one that tell of it.
    """
    folder = tmp_path_factory.mktemp("recalculated")
    live = load_workbook(written["zh_CN"])
    [chapter] = [s for s in live if s.title.startswith("7 ")]
    [(label, state)] = [r[:2] for r in chapter.iter_rows() if r[0].value == "输入改动检查"]
    own = next(s for s in live if s.title.startswith("7.1 "))
    years = next(r for r in own.iter_rows() if r[0].value == "测算年数")
    years[next(at for at, c in enumerate(years) if isinstance(c.value, int))].value += 1
    live.save(folder / "changed.xlsx")
    paths = [written["zh_CN"], folder / "changed.xlsx"]
    whole, changed = all_recalculated(paths, folder)
    return whole, changed, label, state


def bars(path):
    """The bar charts of sheet 7, with the sheet of formulas and that of values."""
    live, values = opened(path), opened(path, data_only=True)
    [sheet] = [s for s in live if s.title.startswith("7 ")]
    found = [chart for chart in sheet._charts if type(chart).__name__ == "BarChart"]
    return found, sheet, values[sheet.title]


def column(sheet, series):
    return [row[0].value for row in sheet[series.val.numRef.f.rpartition("!")[2].replace("$", "")]]


def test_sources_are_stacked_columns_and_ratios_stand_beside_each_other(book):
    """Domain §7.1, sheet 7: stacked column of sources; column debt ratio."""
    found, _, _ = bars(book)
    assert [(chart.grouping, len(chart.series)) for chart in found] == [
        ("stacked", 2), ("stacked", 3), ("clustered", 2),
    ]  # fmt: skip
    assert [chart.type for chart in found] == ["col"] * 3


def test_every_drawn_cell_is_a_formula_that_leads_to_the_scenario(book):
    """Issue 8, 2: figures are formulas with the value that we computed, cached in the chart too."""
    found, sheet, values = bars(book)
    for chart in found:
        for series in chart.series:
            cached = [float(point.v) for point in series.val.numRef.numCache.pt]
            assert cached == pytest.approx(column(values, series))
            for formula, value in zip(column(sheet, series), cached, strict=True):
                assert "'!" in str(formula) if value else formula is not None


@needs_office
def test_the_chapter_says_when_an_input_was_changed_that_its_figures_do_not_follow(recalculated):
    _, fresh, label, state = recalculated
    assert state.value.count("!") == len(KEPT)
    assert fresh[state.parent.title][state.coordinate].value == "输入已改，未重算"
    assert label.value == "输入改动检查"


def test_e4_the_three_sources_by_year(book):
    """Domain §5e E4: net −4200, −24, −674.75 …; peak gap 4898.8."""
    [_, chart, _], _, values = bars(book)
    [first, *_] = chart.series
    cells = first.val.numRef.f.rpartition("!")[2].replace("$", "").split(":")
    top, bottom = (values[cell].row for cell in cells)
    rows = [[c.value for c in row[:8]] for row in values.iter_rows(min_row=top, max_row=bottom)]
    assert len(rows) == 11
    assert [round(row[5], 2) for row in rows[:4]] == [-4200, -24, -674.75, 832.5]
    assert round(max(row[7] for row in rows), 1) == 4898.8
    for _, uses, profit, land, tax, net, _, _ in rows:
        assert profit + land + tax - uses == pytest.approx(net)


def test_e2_the_debt_ratio_before_and_after(book):
    """Domain §5e E2: 70.00 % before, 67.78 % after."""
    [_, _, chart], _, values = bars(book)
    before, after = (column(values, series) for series in chart.series)
    assert [round(value, 2) for value in before] == [70, 70]
    assert round(after[0], 2) == 67.78
    assert after[1] > after[0]


def test_capital_of_a_venture_and_of_a_fund_is_split_by_who_pays(book):
    """JV of 20,000 with 49 %; fund of 50,000 with 30 % (万元)."""
    [chart, _, _], _, values = bars(book)
    soe, others = (column(values, series) for series in chart.series)
    assert soe == pytest.approx([9800, 15000])
    assert others == pytest.approx([10200, 35000])


def test_what_has_no_data_is_a_sentence_and_no_chart(kept):
    """A blank is not 0: a scenario with unknown books is named, neither listed nor drawn."""
    services, park = kept
    sheet = services.exporting.build(park, AS_OF, services.program.texts("zh_CN")).sheet("finance")
    said = "\n".join(getattr(block, "text", "") for block in sheet.blocks)
    assert "账目未齐：资产负债率有待核的输入" in said
    assert "没有来源：三项来源各年均为 0，未作图" in said
    [debts] = [table for table in sheet.tables if table.number == "表7-4"]
    assert [row[0].value for row in debts.rows] == ["偿债", "偿债并新增债务"]
    numbers = [table.number for table in sheet.tables]
    assert len(numbers) == len(set(numbers))


def test_a_line_of_units_names_no_unit_that_its_table_has_not(kept):
    """Seen: 单位：万元、% above cash flows that are all 万元."""
    services, park = kept
    report = services.exporting.build(park, AS_OF, services.program.texts("zh_CN"))
    lines = [t for sheet in report.sheets for t in sheet.tables if t.unit_line.endswith("、%")]
    assert lines
    for table in lines:
        said = [column.title for column in table.columns]
        said += [str(cell.value) for row in table.rows for cell in row]
        assert any("%" in words for words in said), (table.number, table.title)


@needs_office
def test_a_recalculation_finds_every_number_of_the_charts(written, recalculated):
    assert assert_same_values(written["zh_CN"], recalculated[0]) > 200


def test_only_a_scenario_with_a_terminal_value_is_said_to_include_one(kept):
    """A venture without any terminal value had flows that were said to include it."""
    services, park = kept
    report = services.exporting.build(park, AS_OF, services.program.texts("zh_CN"))
    ends = {
        each.name: any(line.terminal for line in each.result.lines)
        for each in calculated(services.scenarios, park, None, services.program.texts("zh_CN"))
    }
    assert set(ends.values()) == {True, False}
    flows = [t for t in report.sheet("finance").tables if t.number.startswith("表7-2-")]
    assert flows
    for table in flows:
        [name] = [name for name in ends if f"：{name}，" in table.title]
        assert ("含终值" in table.notes[0]) == ends[name], table.title
