"""Whatever belongs to a final assessment stays as it was, by whichever door a change comes."""

from datetime import date
from decimal import Decimal

import pytest

from workbench.application.assessment.answering import AnswerPlace
from workbench.application.imports.commit import Decisions
from workbench.application.ledger.editing import CellEdit
from workbench.application.ledger.pasting import read_block
from workbench.application.project.evidencing import Owner
from workbench.cli.main import main
from workbench.domain.findings import RefusedError
from workbench.domain.pathways.pathway import Criterion

DAY = date(2026, 6, 30)
NAME = "年中"
REFUSALS = ("finalizing.frozen", "importing.assessment_final")


@pytest.fixture
def project(services):
    """A park with answers, weights, scores, a choice and scenarios, all of one assessment."""
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    add("building", {"code": "B", "name": "一栋", "park": "甲园", "gfa_actual": "10000"})
    add("building", {"code": "B2", "name": "二栋", "park": "甲园", "gfa_actual": "10000"})
    assessment = services.assessments.start(NAME, park, DAY)
    key = assessment.key
    services.answering.answer(AnswerPlace(park, key), {"structure_ok": "是"})
    services.deciding.weigh(park, key, services.deciding.weighting(park), "会议纪要")
    services.deciding.score(park, key, "P13", {Criterion.RISK: Decimal(50)}, "经验")
    services.deciding.choose(park, key, "P13", "先技改")
    base = services.scenarios.create("招租", "lease_up", DAY, park_key=park, assessment_key=key)
    variant = services.scenarios.vary(base, "招租快")
    # A variant may be told to belong to no assessment of its own: its base still does.
    services.scenarios.change(variant, {"assessment": None})
    return services, assessment


def finalized(services, assessment):
    return services.finalizing.move(services.finalizing.move(assessment, "复核"), "定稿")


def stored(services, entity):
    with services.unit_of_work() as work:
        return list(work.records.all(entity))


def kept(services):
    kinds = ("context", "criteria_weights", "pathway_score", "pathway_choice", "scenario")
    return {kind: stored(services, kind) for kind in kinds}


def _attempts(services, final):
    park, key = final.text("park"), final.key
    context = stored(services, "context")[0].key
    weights, score, choice = (
        stored(services, kind)[0].key
        for kind in ("criteria_weights", "pathway_score", "pathway_choice")
    )
    base, variant = (services.scenarios.find(name) for name in ("招租", "招租快"))
    edit, bulk, deciding = services.editing.edit, services.bulk_editing, services.deciding
    new = {"park": "甲园", "assessment": NAME, "building": "一栋", "env_ok": "是"}
    pasted = read_block(f"园区\t评估\t楼栋\t环保允许\n甲园\t{NAME}\t一栋\t是", "context")
    yield "cell", lambda: edit("context", context, "env_ok", "否")
    yield "moved away", lambda: edit("context", context, "assessment", "")
    yield "delete", lambda: services.editing.delete("context", [context])
    yield "new row", lambda: services.editing.add("context", new)
    yield "bulk", lambda: bulk.edit("context", [context], {"env_ok": "是"})
    yield (
        "paste",
        lambda: services.editing.edit_cells([CellEdit("context", context, "env_ok", "是")]),
    )
    for choice_ in (Decisions.NEW, Decisions.UPDATE):
        yield (
            f"paste rows: {choice_}",
            lambda choice_=choice_: services.importing.commit(
                services.importing.preview_block(pasted, "剪贴板"), Decisions({(0, 0): choice_})
            ),
        )
    yield "answer", lambda: services.answering.answer(AnswerPlace(park, key), {"env_ok": "是"})
    yield "weigh", lambda: deciding.weigh(park, key, deciding.weighting(park, key), "又一次")
    yield "unweigh", lambda: deciding.start_over(park, key)
    yield "weights cell", lambda: edit("criteria_weights", weights, "reason", "改")
    yield "score", lambda: deciding.score(park, key, "P13", {Criterion.TIME: Decimal(50)}, "改")
    yield "unscore", lambda: deciding.unscore(park, key, "P13", Criterion.RISK)
    yield "score cell", lambda: edit("pathway_score", score, "score", "90")
    yield "choose", lambda: deciding.choose(park, key, "P09", "改主意")
    yield "withdraw", lambda: deciding.withdraw(park, key)
    yield "choice cell", lambda: edit("pathway_choice", choice, "reason", "改")
    yield "scenario", lambda: services.scenarios.change(base, {"note": "改"})
    yield "stated", lambda: services.scenarios.state(base, {"target": None})
    yield "variant", lambda: services.scenarios.change(variant, {"note": "改"})
    yield "variant away", lambda: services.scenarios.change(variant, {"base": None})
    yield "vary", lambda: services.scenarios.vary(base, "招租慢")
    yield (
        "scenario of it",
        lambda: services.scenarios.create(
            "另一", "lease_up", DAY, park_key=park, assessment_key=key
        ),
    )
    yield "remove", lambda: services.scenarios.remove(base)
    yield "remove variant", lambda: services.scenarios.remove(variant)
    yield "undo", services.history.undo


def test_every_change_of_what_a_final_assessment_rests_on_is_refused(project):
    services, assessment = project
    final = finalized(services, assessment)
    before, frozen = kept(services), services.finalizing.frozen(final).snapshot.text()
    open_doors = []
    for name, attempt in _attempts(services, final):
        try:
            attempt()
        except RefusedError as refused:
            if refused.code not in REFUSALS or NAME not in refused.params.values():
                open_doors.append((name, refused.code))
        else:
            open_doors.append((name, "done"))
    assert open_doors == []
    assert kept(services) == before
    assert services.finalizing.frozen(final).snapshot.text() == frozen
    assert services.finalizing.prove(final).proven


def test_an_import_neither_adds_to_nor_changes_a_final_assessment(project, tmp_path):
    services, assessment = project
    final = finalized(services, assessment)
    before = kept(services)
    for row, decided in (("一栋,是", "new"), ("一栋,是", "update"), (",否", "update")):
        path = tmp_path / "路径前提补充.csv"
        path.write_text(f"园区,评估,楼栋,结构允许\n甲园,{NAME},{row}\n", encoding="utf-8-sig")
        preview = services.importing.preview([str(path)])
        assert [table.entity for table in preview.everything()] == ["context"]
        assert preview.counts()["review"] == preview.counts()["read"] == 1
        (table,) = preview.tables()
        assert [(field, finding.code) for field, finding in table.findings(0)][-1] == (
            "assessment", "assessment_final",
        )  # fmt: skip
        assert services.importing.commit(preview).stored == 0
        with pytest.raises(RefusedError, match="assessment_final"):
            services.importing.commit(preview, Decisions({(0, 0): decided}))
    assert kept(services) == before
    assert services.finalizing.prove(final).proven


@pytest.mark.parametrize("how", ["review", "update"])
def test_the_command_line_says_that_an_assessment_is_final(project, tmp_path, capsys, how):
    services, assessment = project
    final = finalized(services, assessment)
    before = kept(services)
    path = tmp_path / "路径前提补充.csv"
    path.write_text(f"园区,评估,楼栋,结构允许\n甲园,{NAME},一栋,否\n", encoding="utf-8-sig")
    status = main(["import", services.project, str(path), "--on-existing", how])
    said = capsys.readouterr()
    assert (status, said.err) == (1, "")
    assert said.out.count("已定稿，这一行不会写入；请为它建立新版本再导入") == 1
    assert kept(services) == before
    assert services.finalizing.prove(final).proven


def test_redo_does_not_bring_a_step_back_into_a_final_assessment(project):
    services, assessment = project
    services.deciding.choose(assessment.text("park"), assessment.key, "P09", "改主意")
    services.history.undo()
    final = finalized(services, assessment)
    before = kept(services)
    with pytest.raises(RefusedError):
        services.history.redo()
    assert kept(services) == before
    assert services.finalizing.prove(final).proven


def test_an_import_of_answers_is_not_taken_back_from_a_final_assessment(project, tmp_path):
    services, assessment = project
    path = tmp_path / "路径前提补充.csv"
    path.write_text(f"园区,评估,楼栋,环保允许\n甲园,{NAME},一栋,是\n", encoding="utf-8-sig")
    preview = services.importing.preview([str(path)])
    batch = services.importing.commit(preview, Decisions({(0, 0): Decisions.NEW})).batch
    assert len(stored(services, "context")) == 2
    final = finalized(services, assessment)
    with pytest.raises(RefusedError, match=r"finalizing\.frozen"):
        services.history.undo_batch(batch)
    assert len(stored(services, "context")) == 2
    assert services.finalizing.prove(final).proven


def test_evidence_of_an_answer_is_neither_added_changed_nor_taken_away(project, tmp_path):
    services, assessment = project
    context = stored(services, "context")[0].key
    paper = tmp_path / "结构鉴定.txt"
    paper.write_text("合格", encoding="utf-8")
    owner = Owner("context", context, "structure_ok")
    services.evidencing.attach(owner, [str(paper)])
    final = finalized(services, assessment)
    [kept_one] = services.evidencing.of("context", context, "structure_ok")
    for attempt in (
        lambda: services.evidencing.attach(owner, [str(paper)]),
        lambda: services.evidencing.describe(kept_one.key, {"note": "改"}),
        lambda: services.evidencing.detach(kept_one.key),
    ):
        with pytest.raises(RefusedError, match=r"finalizing\.frozen"):
            attempt()
    assert list(services.evidencing.of("context", context, "structure_ok")) == [kept_one]
    assert services.finalizing.prove(final).proven


def test_two_records_become_one_only_while_no_final_assessment_rests_on_them(project):
    services, assessment = project
    park = assessment.text("park")
    one, two = (record.key for record in services.querying.records("building"))
    services.answering.answer(AnswerPlace(park, assessment.key, building=two), {"env_ok": "是"})
    final = finalized(services, assessment)
    before = kept(services)
    with pytest.raises(RefusedError, match=r"finalizing\.frozen"):
        services.merging.merge("building", one, two, {"code": "kept", "name": "kept"})
    assert kept(services) == before
    assert services.finalizing.prove(final).proven


def test_what_belongs_to_a_draft_or_to_the_park_as_a_whole_may_still_change(project):
    services, assessment = project
    park = assessment.text("park")
    final = finalized(services, assessment)
    version = services.finalizing.new_version(final, "重来")
    services.answering.answer(AnswerPlace(park, version.key), {"env_ok": "否"})
    services.answering.answer(AnswerPlace(park), {"env_ok": "是"})
    services.scenarios.change(services.scenarios.find("招租 V2"), {"note": "改"})
    services.deciding.choose(park, "", "P09", "全园")
    services.history.undo()
    assert services.finalizing.prove(final).proven


def test_a_ledger_names_the_assessment_of_pathway_inputs_and_never_makes_one(project, tmp_path):
    services, assessment = project
    path = tmp_path / "路径前提补充.csv"
    path.write_text("园区,评估,环保允许\n甲园,年中,是\n", encoding="utf-8-sig")
    preview = services.importing.preview([str(path)])
    services.importing.commit(preview, Decisions({(0, 0): Decisions.UPDATE}))
    (row,) = stored(services, "context")
    assert (row.text("assessment"), row.flag("env_ok")) == (assessment.key, True)
    path.write_text("园区,评估,环保允许\n甲园,年末,是\n", encoding="utf-8-sig")
    preview = services.importing.preview([str(path)])
    (table,) = preview.everything()
    assert [finding.code for _, finding in table.row_problems[0]] == ["assessment_missing"]
    assert (preview.counts()["review"], services.importing.commit(preview).stored) == (1, 0)
    assert len(stored(services, "assessment")) == 1


def test_answers_for_a_park_an_assessment_and_an_asset_are_told_apart_and_come_back_the_same(
    project, program, tmp_path
):
    """A blank among park, assessment and asset is a value of its own (domain §3.1)."""
    services, assessment = project
    park = assessment.text("park")
    house = stored(services, "building")[0].key
    for place in (
        AnswerPlace(park),
        AnswerPlace(park, building=house),
        AnswerPlace(park, assessment.key, building=house),
    ):
        services.answering.answer(place, {"env_ok": "是"})
    book = str(tmp_path / "台账.xlsx")
    services.exporting.export_ledger(book, program.texts("zh_CN"))
    counts = [table.counts() for table in services.importing.preview([book]).tables()]
    assert counts
    assert all(count["read"] == count["same"] for count in counts), counts
    path = tmp_path / "路径前提补充.csv"
    path.write_text("园区,评估,楼栋,环保允许\n甲园,年末,,否\n甲园,,一栋,否\n", encoding="utf-8-sig")
    preview = services.importing.preview([str(path)])
    (table,) = preview.tables()
    assert table.matched[1] == stored(services, "context")[2].key
    assert table.matched[0] not in {row.key for row in stored(services, "context")}
