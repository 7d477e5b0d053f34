"""Issue 8.2: what pathways are scored by is changed in the workbook, and the scores follow.

The sample project is assessed as a whole park with scenarios of its own. Its workbook is changed
and recalculated by LibreOffice; the same changes are made in the program, which writes the report
that the workbook is held against, pathway by pathway.
"""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.office_rig import all_recalculated, needs_office
from tests.sample_park import open_sample
from tests.shipped import FixedClock
from workbench.application.ports import Silent
from workbench.application.project import sampling
from workbench.bootstrap import Program
from workbench.domain.pathways.pathway import Criterion
from workbench.excel.sheets.assembly import assemble

AS_OF = sampling.AS_OF
SCORE_COLUMNS = [criterion.value for criterion in Criterion]
FIGURES = [*SCORE_COLUMNS, "weighted", "topsis", "rank"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The report of the park, and the one after the program was told the same changes."""
    program = Program(clock=FixedClock())
    services = open_sample(program, tmp_path_factory.mktemp("scored") / "p.park")
    park = services.querying.records("park")[0]

    def scenario(name, model, stated):
        return services.scenarios.create(name, model, AS_OF, park_key=park.key, stated=stated)

    letting = scenario("全园招租", "lease_up", sampling._LETTING)
    scenario("整体转让", "transfer", sampling._SALE)
    venture = services.scenarios.find("铜材厂地块合资改造")
    before = services.exporting.build(park.key, AS_OF, program.texts())

    edit = services.editing.edit
    edit("finance", _newest(services, "finance").key, "cash", "2000万元")
    leads = services.querying.records("demand")
    edit("demand", next(r.key for r in leads if r.text("stage") == "洽谈"), "stage", "落地")
    firm = next(r for r in leads if r.text("stage") == "洽谈").text("enterprise")
    edit("enterprise", firm, "chain_role", "整机链主企业")
    services.scenarios.state(letting, {"capex": Decimal(9_000_000)})
    services.scenarios.state(venture, {"discount_rate": Decimal("0.14")})
    services.editions.change_entry("ranking.toml", "bounds", {"red_line_cap": "50"}, "试")
    services.deciding.score(park.key, "", "P04", {Criterion.RETURN: Decimal(85)}, "已谈定价格")
    after = services.exporting.build(park.key, AS_OF, program.texts())
    services.close()
    return before, after


def _newest(services, entity):
    return max(services.querying.records(entity), key=lambda row: row.get("as_of"))


def table(report, name):
    return next(t for s in report.sheets for t in s.tables if t.name == name)


def row(found, **wanted):
    """The row, from 1, whose words begin so."""
    return next(
        n
        for n in range(1, len(found.rows) + 1)
        if all(str(found.cells(k)[n - 1].value).startswith(v) for k, v in wanted.items())
    )


class Book:
    """A report as a workbook whose cells are changed by table, column and row."""

    def __init__(self, report):
        self.report, self.book = report, Workbook()
        written = assemble(self.book, report, Program(clock=FixedClock()).texts(), Silent())
        self.places = {place.table.name: place for place in written.tables}

    def put(self, name, column, at, value):
        place = self.places[name]
        cell = self.book[place.sheet][place.address(column, at)]
        assert cell.data_type != "f", (name, column, at)
        cell.value = value

    def shown(self, fresh, name, column, at):
        place = self.places[name]
        return fresh[place.sheet][place.address(column, at)].value


def same_changes(report):
    """What the program was told, written into the workbook."""
    book = Book(report)
    finance = table(report, "records_finance")
    days = finance.cells("as_of")
    newest = max(range(len(days)), key=lambda n: days[n].value) + 1
    book.put("records_finance", "cash", newest, 2_000)
    demand, firms = table(report, "records_demand"), table(report, "records_enterprise")
    lead = row(demand, stage="洽谈")
    book.put("records_demand", "stage", lead, "落地")
    name = demand.cells("enterprise")[lead - 1].value
    if any(column.key == "chain_role" for column in firms.columns):
        book.put("records_enterprise", "chain_role", row(firms, name=name), "整机链主企业")
    for scenario, title, value in (("全园招租", "改造投入", 900), ("铜材厂", "折现率", 14)):
        inputs = f"money{_number(report, scenario)}_inputs"
        book.put(inputs, "value", row(table(report, inputs), title=title), value)
    cap = row(table(report, "rubric"), name="合规可行：红线前提或否决项待核时的上限")
    book.put("rubric", "value", cap, 50)
    hand = row(table(report, "origins"), path="P04", criterion="财务收益")
    book.put("origins", "by_hand", hand, 85)
    return book


def _number(report, scenario):
    """The number of a scenario among the sheets of the report."""
    names = [s.name for s in report.sheets if s.key == "scenario"]
    return next(n for n, name in enumerate(names, start=1) if scenario in name)


def other_changes(report):
    """Blanks, which are no 0, and what only the libraries of the program hold."""
    book = Book(report)
    finance = table(report, "records_finance")
    for at in range(1, len(finance.rows) + 1):
        book.put("records_finance", "cash", at, None)
    book.put("risks", "probability", row(table(report, "risks"), id="R10"), 3)
    book.put("risks", "impact", row(table(report, "risks"), id="R14"), None)
    book.put("drawn", "longest", row(table(report, "drawn"), path="P05"), 30)
    book.put("drawn", "shortest", row(table(report, "drawn"), path="P13"), None)
    months = row(table(report, "rubric"), name="财务收益：内部收益率高出折现率此数为 80")
    book.put("rubric", "value", months, None)
    signed = [n for n, c in enumerate(table(report, "records_demand").cells("stage"), 1)
              if c.value == "签约"]  # fmt: skip
    for at in signed:
        book.put("records_demand", "stage", at, "洽谈")
    return book


def another_kind(report):
    """A building that is of another kind than a signed lead may want."""
    book = Book(report)
    houses = next(
        t
        for s in report.sheets
        for t in s.tables
        if t.records == "building" and any(c.key == "kind" for c in t.columns)
    )
    book.put(houses.name, "kind", row(houses, kind="研发"), "仓库")
    return book


@pytest.fixture(scope="module")
def calculated(reports, tmp_path_factory):
    folder = tmp_path_factory.mktemp("calculated")
    books = {"same": same_changes(reports[0]), "other": other_changes(reports[0]),
             "kind": another_kind(reports[0])}  # fmt: skip
    for name, book in books.items():
        book.book.save(folder / f"{name}.xlsx")
    paths = [folder / f"{name}.xlsx" for name in books]
    return dict(zip(books, zip(books.values(), all_recalculated(paths, folder), strict=True),
                    strict=True))  # fmt: skip


def codes(found):
    return [str(cell.value).split()[0] for cell in found.cells("path")]


@needs_office
def test_scores_sums_and_ranks_follow_what_they_are_made_of(reports, calculated):
    before, after = (table(report, "scores") for report in reports)
    book, fresh = calculated["same"]
    moved = 0
    for at, code in enumerate(codes(before), start=1):
        other = codes(after).index(code)
        for column in FIGURES:
            new = after.cells(column)[other]
            found = book.shown(fresh, "scores", column, at)
            expected = "—" if new.number is None else pytest.approx(float(new.number), abs=1e-9)
            assert found == expected, (code, column, found, new)
            moved += new.number != before.cells(column)[at - 1].number
    assert moved > 30


@needs_office
def test_each_kind_of_score_moved_and_says_where_it_comes_from(reports, calculated):
    """No criterion but the months, which the ledger does not hold, was left where it was."""
    before, after = (table(report, "origins") for report in reports)
    book, fresh = calculated["same"]
    news = {
        (str(r[0].value).split()[0], r[1].value): (
            r[after.place("score")],
            r[after.place("origin")],
        )
        for r in after.rows
    }
    moved = set()
    for at, old in enumerate(before.rows, start=1):
        score, origin = news[str(old[0].value).split()[0], old[1].value]
        assert book.shown(fresh, "origins", "score", at) == pytest.approx(float(score.number))
        assert book.shown(fresh, "origins", "origin", at) == origin.value
        if score.number != old[before.place("score")].number:
            moved.add(old[1].value)
    assert {"合规可行", "财务收益", "资金压力（反向）", "产业带动"} <= moved


@needs_office
def test_rows_that_no_longer_stand_in_their_order_say_so(reports, calculated):
    before, after = (table(report, "scores") for report in reports)
    for name, report in (("same", reports[1]), ("other", None)):
        book, fresh = calculated[name]
        said = book.shown(fresh, "scores_order", "state", 1)
        sums = [book.shown(fresh, "scores", "weighted", n) for n in range(1, _ranked(before) + 1)]
        assert said == ("一致" if sums == sorted(sums, reverse=True) else "顺序已变")
        if report is not None:
            assert codes(before)[: _ranked(before)] != codes(after)[: _ranked(after)]
            assert said == "顺序已变"
            places = [book.shown(fresh, "scores", "rank", n) for n in range(1, len(sums) + 1)]
            assert places == [1 + sum(round(o - s, 9) > 0 for o in sums) for s in sums]


def _ranked(scores):
    return sum(cell.number is not None for cell in scores.cells("rank"))


@needs_office
def test_what_is_blank_scores_nothing_and_what_the_libraries_hold_counts(reports, calculated):
    """A blank bound, cash, month or risk is no 0: the starting value stands in."""
    book, fresh = calculated["other"]
    origins = table(reports[0], "origins")

    def said(code, criterion, column="score"):
        at = row(origins, path=code, criterion=criterion)
        return book.shown(fresh, "origins", column, at)

    def start(code, criterion):
        return float(
            origins.cells("start")[row(origins, path=code, criterion=criterion) - 1].number
        )

    assert said("P06", "资金压力（反向）") == start("P06", "资金压力（反向）")
    assert said("P11", "财务收益", "auto") == "待核"
    assert said("P11", "财务收益") == start("P11", "财务收益")
    assert said("P13", "周期（反向）", "origin") == "起始分"
    assert said("P05", "周期（反向）") == 40  # (18 + 30) ÷ 2 = 24 months
    assert said("P00", "风险（反向）") == 60  # R10 is 3 × 4 = 12 now, medium
    assert said("P05", "风险（反向）", "origin") == "起始分"  # R14 is not known
    assert said("P11", "产业带动") == start("P11", "产业带动")
    assert book.shown(fresh, "risks", "level", row(table(reports[0], "risks"), id="R14")) == "待核"


@needs_office
def test_scores_wait_while_it_is_not_told_which_leads_are_for_the_assets(reports, calculated):
    """Else what signed tenants prove would fall to its starting value."""
    book, fresh = calculated["kind"]
    leads = row(table(reports[0], "rubric"), name="签约与落地的需求线索")
    assert book.shown(fresh, "rubric", "value", leads) == "待核"
    for at in range(1, len(table(reports[0], "scores").rows) + 1):
        assert book.shown(fresh, "scores", "industry", at) == "待核"
        assert book.shown(fresh, "scores", "weighted", at) == "待核"


def test_only_what_somebody_set_stands_plain_among_the_scores(reports):
    """Scores and what the rule gives are formulas; the rest is starting values and by hand."""
    origins = table(reports[1], "origins")
    for at, cell in enumerate(origins.cells("auto")):
        said = origins.cells("score")[at], origins.cells("origin")[at]
        assert all(each.formula for each in said)
        assert cell.formula or cell.number is None
    by_hand = [c for c in origins.cells("by_hand") if c.number is not None]
    assert [c.number for c in by_hand] == [85]
    for name, kept in (("rubric", {"signed", "cash"}), ("risks", {"level"})):
        found = table(reports[0], name)
        live = {c for c in ("value", "level") if c in {col.key for col in found.columns}
                for cell in found.cells(c) if cell.formula}  # fmt: skip
        assert live, (name, kept)
