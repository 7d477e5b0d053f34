"""Issue 8, item 5: causes are what figures read, scenario inputs are listed, forecasts marked.

Leases of one building go, a cost that no estimate reads changes, and inputs of scenarios move.
"""

from decimal import Decimal

import pytest

from tests.integration.conftest import FixedClock
from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.read_quickly import load_workbook
from tests.shipped import AS_OF
from workbench.application.project.sampling import SAMPLE_SETTING
from workbench.application.versions.documents import comparison_document
from workbench.application.versions.reporting import VersionWords
from workbench.bootstrap import Program

_BUILDING = {"gfa_actual": "10000", "rentable_area": "9000"}
_LEASE = {"rent_price": "12", "rent_unit": "元/㎡·月", "start_on": "2024-01-01",
          "end_on": "2028-12-31", "area": "4000"}  # fmt: skip


def the(services, entity, label):
    return next(r for r in services.querying.records(entity) if r.label == label)


def given(services):
    """A park of three buildings that are let, two of which also state what is let of them."""
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    add("parcel", {"code": "L", "name": "一地", "park": park, "area_cert": "30亩",
                   "status": "已建成", "end_on": "2050-01-01"})  # fmt: skip
    own = {"一栋": {"leased_area": "3000"}, "二栋": {"use_status": "空置"}, "三栋": {}}
    for name, more in own.items():
        add("building", {"code": name, "name": name, "park": park, "parcel": "一地",
                         **_BUILDING, **more})  # fmt: skip
        add("enterprise", {"name": f"{name}公司", "credit_code": ""})
        add("lease", {"contract_no": f"H{name}", "building": name, "tenant": f"{name}公司",
                      **_LEASE})  # fmt: skip
    return park


def scenarios_of(services, park, assessment):
    venture = {"net_profit": (Decimal(-100_000), Decimal(3_000_000), Decimal(4_000_000)),
               "years": Decimal(3), "capital": Decimal(10_000_000),
               "soe_share": Decimal("0.49"), "distribution_share": Decimal("0.7")}  # fmt: skip
    create = services.scenarios.create
    for name in ("合资", "作罢"):
        create(name, "joint_venture", AS_OF, park_key=park, assessment_key=assessment.key,
               stated=venture)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The comparison of both versions, and its report in two languages."""
    folder = tmp_path_factory.mktemp("told_causes")
    program = Program(clock=FixedClock())
    services = program.create(str(folder / "因.park"))
    park = given(services)
    old = services.assessments.start("年中", park, AS_OF)
    scenarios_of(services, park, old)
    old = services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    services.editing.edit("building", the(services, "building", "一栋").key, "opex_12m", "9万")
    services.editing.edit(
        "lease", the(services, "lease", "H三栋").key, "terminated_on", "2028-12-31"
    )
    leases = [the(services, "lease", f"H{name}").key for name in ("一栋", "二栋")]
    services.editing.delete("lease", leases)
    new = services.finalizing.new_version(old, "复核")
    own = {r.label: r for r in services.scenarios.all(park) if r.text("assessment") == new.key}
    services.scenarios.state(
        own["合资 V2"],
        {"soe_share": Decimal("0.6"), "capital": None,
         "net_profit": (Decimal(-100_000), Decimal(3_500_000), Decimal(4_000_000))},
    )  # fmt: skip
    services.scenarios.remove(own["作罢 V2"])
    with services.unit_of_work(writing=True) as work:
        work.set_setting(SAMPLE_SETTING, "1")
        work.commit()
    paths = {}
    for language in ("zh_CN", "en"):
        paths[language] = folder / f"{language}.xlsx"
        services.reports.difference.export(str(paths[language]), old, new, program.texts(language))
    yield services.finalizing.compare(old, new), paths, program, services
    services.close()


def reasons(comparison, kind, subject):
    [change] = [c for c in comparison.results if (c.kind, c.subject) == (kind, subject)]
    return [(r.code, r.cell.field if r.cell else "") for r in change.reasons]


def rows(path, sheet=""):
    book = load_workbook(path, data_only=True)
    return [
        [cell.value for cell in row]
        for each in book
        if sheet in each.title
        for row in each.iter_rows()
    ]


def texts_of(path):
    return [" | ".join(str(v) for v in row if v is not None) for row in rows(path)]


def test_a_cost_that_an_estimate_does_without_is_no_cause(made):
    comparison = made[0]
    assert reasons(comparison, "indicator", "I-45") == [("cell", ""), ("cell", "")]
    [cost] = [cell for cell in comparison.cells if cell.field == "opex_12m"]
    assert ("indicator", "I-45") not in comparison.uses[cost.place].moved


def test_a_change_without_which_a_figure_is_the_same_is_no_cause_in_either_table(made):
    """The let area reads when a lease ended early; that day lies after the reference date."""
    comparison, paths, *_ = made
    [ended] = [cell for cell in comparison.cells if cell.field == "terminated_on"]
    use = comparison.uses[ended.place]
    assert ("indicator", "I-01") in use.by_others
    assert {kind for kind, _ in use.moved} <= {"diagnosis"}
    [let] = [c for c in comparison.results if (c.kind, c.subject) == ("indicator", "I-01")]
    assert ended not in [reason.cell for reason in let.reasons]
    said = {language: "\n".join(texts_of(path)) for language, path in paths.items()}
    assert "因别的改动而变" in said["zh_CN"]
    assert "taken back alone" in said["en"]


def test_both_tables_name_the_same_causes(made):
    """What a result gives as its cause says that it moved it, and the other way round."""
    comparison = made[0]
    places = {cell.place for cell in comparison.cells}
    told = {
        (reason.cell.place, change.kind, change.subject)
        for change in comparison.results
        for reason in change.reasons
        if reason.cell is not None and reason.cell.place in places
    }
    moved = {
        (place, kind, subject)
        for place, use in comparison.uses.items()
        for kind, subject in use.moved
        if kind != "feature"
    }
    assert told
    assert told == {each for each in moved if each[0] in places}


def test_what_counts_when_the_leases_of_a_building_went_is_a_cause(made):
    comparison, paths, *_ = made
    found = reasons(comparison, "indicator", "I-01")
    assert sorted(code for code, _ in found) == ["cell", "cell", "let_stated", "let_status"]
    said = "\n".join(texts_of(paths["zh_CN"]))
    assert "“一栋”已没有租约，已租面积改按填报的 3,000.00 ㎡ 计算" in said
    assert "“二栋”已没有租约，按使用状态“空置”视为没有出租" in said
    assert "stated let area of 3,000.00 ㎡ counts" in "\n".join(texts_of(paths["en"]))


def test_the_inputs_of_scenarios_are_listed_with_old_new_origin_and_who(made):
    _, paths, _, services = made
    actor = services.querying.operations(1)[0].actor
    listed = [line for line in texts_of(paths["zh_CN"]) if "2026-06-30" in line and actor in line]
    for words in (
        "合资 V2 | 国企股权比例 | 49.00 % | 60.00 % | 填写",
        "合资 V2 | 各年净利润 | 第 2 期 300.00 万元 | 第 2 期 350.00 万元 | 填写",
        "作罢 | 整个方案 | 有此方案 | —",
    ):
        assert any(words in line for line in listed), (words, listed)
    unknown = next(line for line in listed if "合资 V2" in line and "待核" in line)
    assert "1,000.00 万元 | 待核" in unknown


def test_an_answer_names_the_inputs_behind_it_and_where_they_are_listed(made):
    _, paths, *_ = made
    said = texts_of(paths["zh_CN"])
    answers = [line.rpartition(" | ")[2] for line in said if "合资 V2：" in line]
    assert len(answers) > 5
    [told] = set(answers)
    assert told.startswith("方案“合资 V2”的输入有变化：")
    assert "国企股权比例" in told
    assert told.endswith("见表2-2")


@pytest.mark.parametrize(("language", "mark"), [("zh_CN", "（预计）"), ("en", "(forecast)")])
def test_the_change_of_a_forecast_is_marked_as_one(made, language, mark):
    """What breaks trust most: a forecast that is shown as if it were achieved."""
    book = load_workbook(made[1][language])
    marked = [
        [mark in cell.number_format for cell in row[3:7]]
        for row in book.worksheets[2].iter_rows()
        if row[5].data_type == "f"
    ]
    assert [True] * 4 in marked
    assert [False] * 4 in marked
    assert all(len(set(each)) == 1 for each in marked)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_invented_data_is_said_to_be_so_on_the_cover_and_before_the_results(made, language):
    _, paths, program, _ = made
    note = program.texts(language)("report.sample_note")
    assert sum(line == note for line in texts_of(paths[language])) == 2


def test_a_comparison_tells_its_scenario_inputs_to_programs(made):
    comparison, _, program, services = made
    words = VersionWords(program.texts("en"), services.content)
    document = comparison_document(comparison, words)
    told = {(each["scenario"], each["input"]): each for each in document["scenario_inputs"]}
    assert told["合资 V2", "soe_share"]["new"] == "60.00 %"
    assert told["合资 V2", "capital"]["new"] == "to verify"
    assert told["作罢", None]["new"] == "—"


@needs_office
def test_a_recalculation_gives_the_stored_values(made, tmp_path):
    paths = list(made[1].values())
    for path, fresh in zip(paths, all_recalculated(paths, tmp_path), strict=True):
        assert assert_same_values(path, fresh) > 8
