"""A scenario scores the pathway it names (domain §5c: 财务收益 and 资金压力 come from FinCalc)."""

import json
from datetime import date
from decimal import Decimal

import pytest

from workbench.application.assessment.assessing_named import options_for
from workbench.cli.main import main
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.scores import ScoreOrigin

AS_OF = date(2025, 6, 30)
STEADY = {
    "noi": Decimal(3_000_000), "area": Decimal(20_000), "vacant": Decimal("0.2"),
    "land_area": Decimal(30_000), "book_cost": Decimal(20_000_000),
}  # fmt: skip


@pytest.fixture
def park(services):
    return services.editing.add("park", {"code": "QH", "name": "清河机械园"})


@pytest.fixture
def project(tmp_path, capsys):
    path = str(tmp_path / "清河.park")
    assert main(["new", path]) == 0
    capsys.readouterr()
    return path


def outcomes(services, park, assessment=""):
    return options_for(services, park, assessment, ()).outcomes


def made(services, park, name, model="hold", **more):
    stated = STEADY if model == "hold" else None
    return services.scenarios.create(name, model, AS_OF, park_key=park, stated=stated, **more)


def test_a_scenario_scores_the_pathway_it_names_and_no_other(services, park):
    made(services, park, "改造后持有", pathway="P13")
    found = outcomes(services, park)
    assert {code: each.scenario for code, each in found.items()} == {"P13": "改造后持有"}
    score = services.assessing.run(
        park, None, AS_OF, options_for(services, park, "", ())
    ).ranking.placing("P13").scores[Criterion.RETURN]  # fmt: skip
    assert score.origin is ScoreOrigin.AUTO
    assert score.shown["scenario"] == "改造后持有"


def test_without_a_name_it_scores_what_its_model_tests(services, park):
    made(services, park, "招租", "lease_up")
    assert set(outcomes(services, park)) == {"P11", "P12", "P10"}


def test_a_named_pathway_goes_before_a_newer_scenario_of_the_model(services, park):
    made(services, park, "点名的", pathway="P11")
    made(services, park, "更新的", "lease_up")
    found = outcomes(services, park)
    assert (found["P11"].scenario, found["P12"].scenario) == ("点名的", "更新的")


def test_one_that_names_the_assessment_goes_before_one_that_names_the_pathway(services, park):
    mine = services.assessments.start("一评", park, AS_OF).key
    other = services.assessments.start("二评", park, AS_OF).key
    made(services, park, "一评的", "lease_up", assessment_key=mine)
    made(services, park, "点名的", pathway="P11")
    assert outcomes(services, park, mine)["P11"].scenario == "一评的"
    assert outcomes(services, park, other)["P11"].scenario == "点名的"


def test_keeping_as_is_is_scored_by_the_noi_of_its_base_case_5c(services, park):
    made(services, park, "维持")
    ranking = services.assessing.run(
        park, None, AS_OF, options_for(services, park, "", ())
    ).ranking  # fmt: skip
    scores = ranking.placing("P00").scores
    assert scores[Criterion.RETURN].value == 40
    assert scores[Criterion.RETURN].trace.formula == "ranking.from_base_case"
    assert scores[Criterion.FUNDING].value == 100


def test_linking_is_one_step_takes_variants_along_and_is_undone_as_one(services, park):
    base = made(services, park, "基准")
    services.scenarios.vary(base, "悲观", {"vacant": Decimal("0.4")})
    key = services.assessments.start("年度评估", park, AS_OF).key
    services.scenarios.link(
        services.scenarios.find("悲观"), {"pathway": "P13", "assessment": key}
    )  # fmt: skip
    linked = [(r.text("pathway"), r.text("assessment")) for r in services.scenarios.all()]
    assert linked == [("P13", key)] * 2
    services.history.undo()
    assert [r.text("pathway") for r in services.scenarios.all()] == [None, None]


def test_an_unknown_pathway_is_refused_with_those_there_are(services, park):
    record = made(services, park, "基准")
    with pytest.raises(UsageError) as refused:
        services.scenarios.link(record, {"pathway": "P99"})
    assert "P09" in refused.value.params["known"]
    with pytest.raises(UsageError):
        made(services, park, "另一个", pathway="P99")
    assert len(services.scenarios.all()) == 1


def test_a_final_assessment_takes_no_scenario_any_more(services, park):
    record = made(services, park, "基准")
    key = services.assessments.start("定稿的", park, AS_OF).key
    with services.unit_of_work(writing=True) as work:
        from workbench.domain.records.changes import ChangeSet, update

        step = update("assessment", key, {"status": "草稿"}, {"status": "定稿", "digest": "0" * 64})
        work.apply(ChangeSet("finalizing.finalize", (step,)))
        work.commit()
    with pytest.raises(RefusedError) as refused:
        services.scenarios.link(record, {"assessment": key})
    assert refused.value.code == "finalizing.frozen"


def test_the_command_line_links_and_lists_and_a_file_names_its_pathway(project, tmp_path, capsys):
    file = tmp_path / "方案.toml"
    file.write_text('model = "hold"\nname = "维持"\npathway = "P13"\n', encoding="utf-8")
    main(["scenario", project, "run", str(file), "--save"])
    capsys.readouterr()
    assert main(["scenario", project, "list", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["scenarios"]
    assert (row["pathway"], row["assessment"]) == ("P13", None)
    assert main(["scenario", project, "link", "维持", "--pathway", "P12", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scores"] == ["P12"]
    assert main(["scenario", project, "link", "维持", "--pathway", "", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scores"] == ["P00"]
    assert main(["scenario", project, "link", "维持", "--pathway", "P77"]) == 2
    assert "P77" in capsys.readouterr().err
    assert main(["scenario", project, "link", "维持"]) == 2


def test_deleting_a_scenario_that_scores_a_pathway_says_so_and_undo_brings_the_score_back(
    services, park
):
    record = made(services, park, "改造后持有", pathway="P13")
    services.scenarios.remove(record)
    assert outcomes(services, park) == {}
    with services.unit_of_work() as work:
        [last] = work.log.recent(1)
    words = services.program.texts("zh_CN")(last.label, **last.params)
    assert words == "删除测算方案“改造后持有”，P13 的评分不再以它为依据"
    services.history.undo()
    assert outcomes(services, park)["P13"].scenario == "改造后持有"
