"""A value that is only the least it can be is marked: a blank is not 0 (domain §0.2)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_finance,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    a_valuation,
    an_encumbrance,
    an_enterprise,
    an_enterprise_year,
    estimated,
)
from tests.portfolio_rig import report_of_six_parks
from tests.report_rig import report_of, table_of
from workbench.domain.indicators.indicator import Note
from workbench.domain.report.charting import chart_plan
from workbench.domain.report.model import (
    Cell,
    CellState,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Table,
)
from workbench.domain.report.sections.cells import of_field
from workbench.domain.report.sections.indicators import shown_value


@pytest.mark.parametrize(
    ("id_", "code", "marked"),
    [("I-44", "without_income_tax", True), ("I-09", "without_yards", True),
     ("I-15", "unknown_items", True), ("I-44", "by_finance", False)],
)  # fmt: skip
def test_a_lower_bound_says_so(id_, code, marked):
    value = SimpleNamespace(id=id_, value=Decimal("1.13"), notes=(Note(code),))
    _, _, cell = shown_value(SimpleNamespace(language="zh_CN", estimates=frozenset()), value)
    assert (cell.state is CellState.ESTIMATED, cell.mark) == (marked, "≥" if marked else "")


@pytest.fixture(scope="module")
def report():
    """A park of which neither the yards nor the income tax are known."""
    return report_of(
        a_park(platform_entity="F"), an_enterprise("F", name="平台"),
        a_parcel("L", area_cert=10_000, area_actual=10_000, plan_far_max=2),
        a_building("B", parcel="L", gfa_actual=9_000, base_area=3_000, rentable_area=8_000),
        a_finance("P", enterprise="F", as_of="2025-03-31", net_profit=100_000,
                  interest_expense=900_000),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "id_", "named"),
    [("表3-1", "I-09", 0), ("表3-0", "I-09", 0), ("表3-1", "I-44", 0), ("表E-5", "I-44", 0),
     ("表E-15", "I-44 利息保障倍数", 1), ("表E-7", "利息保障倍数低于1", 1)],
)  # fmt: skip
def test_a_lower_bound_says_so_wherever_it_is_repeated(report, number, id_, named):
    table = next(t for s in report.sheets for t in s.tables if t.number == number)
    row = next(row for row in table.rows if row[named].value == id_)
    marks = [(cell.state, cell.mark) for cell in row if isinstance(cell.value, Decimal)]
    assert marks[0] == (CellState.ESTIMATED, "≥")


def test_a_chart_writes_signs_before_what_is_no_exact_value():
    cells = (
        Cell(Decimal(4)), Cell(Decimal(5), CellState.ESTIMATED, mark="≥"),
        Cell(Decimal(6), CellState.ESTIMATED), Cell(Decimal(7), CellState.ESTIMATED, mark="余"),
        Cell(None, CellState.UNKNOWN),
    )  # fmt: skip
    columns = (Column("name", "名称"), Column("a", "一", kind=ColumnKind.NUMBER))
    table = Table("3-5", "表", columns, tuple((Cell("甲"), cell) for cell in cells), key="t")
    plan = chart_plan(Chart(ChartKind.BAR, "3-1", "图", "t", "name", ("a",)), table)
    assert plan.series[0].signs == ("", "≥", "≈", ">", "")


@pytest.mark.parametrize("assets", [(), ("B",)])
def test_the_scale_of_a_park_says_which_of_its_figures_rest_on_estimates(assets):
    report = report_of(
        a_park(), a_parcel("L", area_cert=10_000, area_actual=10_000),
        estimated(a_building("B", parcel="L", gfa_actual=9_000, rentable_area=8_000), "gfa_actual"),
        assets=assets,
    )  # fmt: skip
    table = table_of(report, "summary", "表1-1")
    cells = {row[at].value: row[at + 1] for row in table.rows for at in (0, len(row) // 2)}
    states = {key: cells[key].state for key in ("建筑面积", "可租面积", "楼栋")}
    assert states == {
        "建筑面积": CellState.ESTIMATED, "可租面积": CellState.KNOWN, "楼栋": CellState.KNOWN,
    }  # fmt: skip


def test_an_indicator_over_a_part_of_the_park_says_so_and_what_its_mark_means():
    """25.44 of five firms out of ten stood in the summary as the park's tax per mu."""
    report = report_of(
        a_park(), a_parcel("L", area_cert=10_000, area_actual=10_000),
        *(an_enterprise(f"F{n}", name=f"企业{n}", park="park") for n in range(2)),
        an_enterprise_year("Y", enterprise="F0", year=2024, land_area_used=1_000,
                           tax_paid=500_000),
        *(a_building(f"B{n}", parcel="L", gfa_actual=9_000, rentable_area=8_000, lent_area=0,
                     self_use_area=0, leased_area=None if n == 20 else 5_000) for n in range(21)),
    )  # fmt: skip
    table = table_of(report, "summary", "表1-2")
    cells = {row[at].value[:4]: row[at + 1] for row in table.rows for at in (0, 3)}
    assert {id_: cells[id_].state for id_ in ("I-02", "I-13", "I-14")} == {
        "I-02": CellState.PARTIAL, "I-13": CellState.PARTIAL, "I-14": CellState.UNKNOWN,
    }  # fmt: skip
    assert any("只按已知的部分" in note for note in table.notes)
    told = {row[0].value: row[7].value for row in table_of(report, "indicators", "表3-1").rows}
    assert "按 1 家有年度数据的企业计算；台账所列、没有迁出的企业共 2 家" in told["I-13"]


def test_the_value_of_the_whole_park_says_beside_itself_what_it_leaves_out():
    """A remaining term of 31.53 years stood green beside the assets over 78 % of the land."""
    report = report_of(
        a_park(), a_parcel("L", area_cert=8_000, end_on="2060-06-30"),
        a_parcel("M", area_cert=2_000, obtain_mode="划拨"),
        a_parcel("N", area_cert=2_000, status="批而未供"),
        a_building("B", parcel="L", gfa_actual=9_000, base_area=3_000), assets=("L",),
    )  # fmt: skip
    table = table_of(report, "indicators", "表3-6")
    term = next(row for row in table.rows if row[0].value == "I-14")
    assert (term[2].state, term[4].state) == (CellState.KNOWN, CellState.PARTIAL)
    assert any("I-14：1 宗划拨或没有年期的土地（占土地面积 20%）" in note for note in table.notes)
    assert any("I-14" in note and "（3 亩）不计入" in note for note in table.notes)


def test_what_rests_on_the_park_is_said_where_single_assets_are_assessed():
    """ "Holds for these only" stood above an incentive of the park and entries for the park."""
    records = (
        a_park(policy_package_end="2025-12-31"), a_parcel("L", area_cert=8_000),
        a_building("B", parcel="L"), a_context(park="park", finance_band="高"),
    )  # fmt: skip
    for assets, said in ((("L",), True), ((), False)):
        report = report_of(*records, assets=assets)
        rows = table_of(report, "diagnosis", "表4-1").rows
        [incentives] = (row[3].value for row in rows if "D3" in str(row[0].value))
        assert ("含全园区的数据" in incentives) is said
        notes = table_of(report, "benchmarks", "表5-1").notes
        assert any("资金压力按全园区填报" in note for note in notes) is said


def test_the_tables_of_a_summary_share_their_columns_also_beside_a_park():
    """A column of units was as wide as the names of indicators below it."""
    for assets in ((), ("B", "L")):
        report = report_of(
            a_park(), a_parcel("L", area_cert=10_000, area_actual=10_000),
            a_building("B", parcel="L", gfa_actual=9_000, rentable_area=8_000), assets=assets,
        )  # fmt: skip
        above, below = (table_of(report, "summary", number) for number in ("表1-1", "表1-2"))
        assert [c.width for c in above.columns] == [c.width for c in below.columns]
        said = [str(row[0].value) for row in below.rows]
        assert any("（%）" in name for name in said) is not bool(assets)


def test_a_band_by_what_was_agreed_says_that_it_is_not_by_the_reference():
    """Green stood beside a reference of 598.95 though 533.33 was held against the agreed 390."""
    tax = an_enterprise_year("Y", enterprise="F", year=2024, land_area_used=10_000,
                             tax_paid=600_000)  # fmt: skip
    firm = an_enterprise("F", name="企业", park="park")
    told = []
    for agreed in (None, 40):
        land = a_parcel("L", area_cert=10_000, agreed_tax_per_mu=agreed)
        report = report_of(a_park(), land, firm, tax)
        rows = {row[0].value: row for row in table_of(report, "indicators", "表3-1").rows}
        told.append(rows["I-13"][7].value)
    assert ["评价比照" in text for text in told] == [False, True]
    assert "评价比照 40.00 万元/亩，不是参考值" in told[1]


def test_an_indicator_of_an_estimated_area_is_an_estimate():
    """约 was lost between an area and the occupancy that is made of it."""
    report = report_of(
        a_park(), estimated(a_building("B", rentable_area=800, leased_area=500), "rentable_area"),
    )  # fmt: skip
    rows = {row[0].value: row[2] for row in table_of(report, "indicators", "表3-1").rows}
    assert (rows["I-01"].value, rows["I-01"].state) == (Decimal("62.5"), CellState.ESTIMATED)
    assert rows["I-52"].state is CellState.KNOWN  # how many fields are filled is no estimate


@pytest.mark.parametrize(
    ("record", "field", "state"),
    [
        (a_valuation(building="B", value=1), "parcel", CellState.NOT_APPLICABLE),
        (a_valuation(value=1), "parcel", CellState.UNKNOWN),
        (an_encumbrance(parcel="L", kind="抵押"), "building", CellState.NOT_APPLICABLE),
        (a_lease(end_on="2027-01-01"), "terminated_on", CellState.NOT_APPLICABLE),
        (a_lease(), "terminated_on", CellState.UNKNOWN),
        (a_parcel(status="已建成"), "idle_since", CellState.NOT_APPLICABLE),
        (a_parcel(status="闲置"), "idle_since", CellState.UNKNOWN),
        (a_parcel(), "idle_since", CellState.UNKNOWN),
    ],
)
def test_a_field_that_asks_nobody_is_not_to_verify(record, field, state):
    """The land of a building's appraisal and the early end of a running lease stood 待核."""
    assert of_field(record, field, a_ledger(record), "zh_CN").state is state


def numbered(report, number):
    return next(t for sheet in report.sheets for t in sheet.tables if t.number == number)


def test_the_score_of_a_title_with_tests_to_verify_is_a_lower_bound():
    """60.00 stood exact for a title of which four tests were 待核 and earned nothing."""
    report = report_of(
        a_park(), a_parcel("L", area_cert=10_000, cert_kind="不动产权证", seizure=False),
        a_building("B", parcel="L", gfa_actual=9_000, gfa_cert=9_000, cert_status="已办结",
                   seizure=False, mortgage=False, litigation=False, planning_accept="通过",
                   fire_accept="通过", completion_accept="通过"), assets=("B",),
    )  # fmt: skip
    score = numbered(report, "表E-10").rows[0][9]
    assert (score.value, score.mark) == (100, "")
    half = report_of(
        a_park(), a_building("B", gfa_actual=9_000, cert_status="已办结", seizure=False),
        assets=("B",),
    )  # fmt: skip
    score = numbered(half, "表E-10").rows[0][9]
    assert (score.value, score.mark) == (60, "≥")


def test_a_rank_by_no_exact_value_says_so_and_a_gap_may_be_another_parks():
    """A bare 1 stood for about 62.50 %, and 0 places beside an indicator that was 待核."""
    report = report_of_six_parks()
    ranks = numbered(report, "表2-3")
    found = dict(zip(ranks.cells("park"), ranks.cells("I_01"), strict=True))
    states = {park.value: cell.state for park, cell in found.items()}
    assert states["小园"] is CellState.PARTIAL
    assert states["全数园区"] is CellState.KNOWN
    gaps = numbered(report, "表4-2").rows[0]
    assert (gaps[1].value, gaps[2].value, gaps[3].value) == ("全数园区", 1, 0)
    assert "其他园区" in gaps[4].value


def test_accounts_say_of_which_parks_they_are_in_a_portfolio():
    """Accounts of two companies stood twice as those of every park, though four have none."""
    tables = (table for sheet in report_of_six_parks().sheets for table in sheet.tables)
    accounts = next(table for table in tables if table.records == "finance")
    named = [cell.value for cell in accounts.cells("of_park")]
    assert [name.split()[0] for name in named] == ["1", "3"]
