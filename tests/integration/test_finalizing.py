"""Draft, review, final: what is frozen, proven, refused, compared; the report that never moves."""

import json
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from tests.builders import a_ledger
from tests.random_park import a_small_park
from tests.shipped import AS_OF, FixedClock, content
from workbench.application.assessment.answering import AnswerPlace
from workbench.application.assessment.assessing import AssessingService
from workbench.application.assessment.assessing_named import assess
from workbench.application.versions.documents import comparison_document
from workbench.application.versions.reporting import VersionWords
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.findings import ProjectError, RefusedError
from workbench.domain.freezing.canonical import canonical_text
from workbench.domain.freezing.results import results_of
from workbench.domain.freezing.snapshot import part_for
from workbench.domain.records.ledger import Ledger
from workbench.files.texts import LANGUAGES

DAY = date(2026, 6, 30)


@pytest.fixture
def project(services):
    """A park with one seized parcel, one building and one lease, and a named assessment."""
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    parcel = {
        "code": "L", "name": "一地", "park": "甲园", "area_cert": "30亩", "status": "已建成",
        "holder_type": "国企", "end_on": "2050-01-01",
    }  # fmt: skip
    add("parcel", parcel)
    building = {
        "code": "B", "name": "一栋", "park": "甲园", "parcel": "一地", "gfa_actual": "10000",
        "rentable_area": "9000", "net_value": "5000万",
    }  # fmt: skip
    add("building", building)
    add("enterprise", {"name": "乙公司"})
    add("lease", {"contract_no": "H1", "building": "一栋", "tenant": "乙公司", "area": "4000",
                  "rent_price": "12", "rent_unit": "元/㎡·月", "start_on": "2024-01-01",
                  "end_on": "2028-12-31"})  # fmt: skip
    return services, services.assessments.start("年中", park, DAY)


def finalized(services, assessment):
    moved = services.finalizing.move(assessment, "复核")
    return services.finalizing.move(moved, "定稿")


def cell(services, entity, field, value):
    record = services.querying.records(entity)[0]
    services.editing.edit(entity, record.key, field, value)


def test_final_freezes_with_a_digest_over_the_canonical_form(project):
    services, assessment = project
    final = finalized(services, assessment)
    assert (final.text("status"), final.day("finalized_on")) == ("定稿", DAY)
    assert len(final.text("digest")) == 64
    frozen = services.finalizing.frozen(final)
    assert frozen.snapshot.digest() == final.text("digest")
    assert services.finalizing.prove(final).proven


def test_a_later_change_of_the_ledger_or_the_rules_changes_nothing_final(project):
    services, assessment = project
    final = finalized(services, assessment)
    texts = services.program.texts()
    park = final.text("park")
    before = services.exporting.build(park, DAY, texts, assessment=final)
    cell(services, "lease", "area", "1000")
    cell(services, "parcel", "area_cert", "50亩")
    services.editions.change_entry("diagnosis.toml", "D1-1", {"points": "1"}, "试")
    fresh = type(services)(services.program, services.project, services._engine)
    proof = fresh.finalizing.prove(final)
    assert proof.proven
    occupancy = fresh.finalizing.draft(final).indicators["I-01"].value
    assert round(occupancy, 4) == round(Decimal(4000) / 9000, 4)
    assert fresh.exporting.build(park, DAY, texts, assessment=final) == before
    digest = final.text("digest")
    assert digest in "\n".join(getattr(b, "text", "") for b in before.sheet("sources").blocks)


def test_what_must_be_solved_is_listed_and_blocks_final(project):
    services, assessment = project
    cell(services, "building", "leased_area", "9500")
    moved = services.finalizing.move(assessment, "复核")
    with pytest.raises(RefusedError) as caught:
        services.finalizing.move(moved, "定稿")
    assert caught.value.code == "finalizing.obstacles"
    assert "一栋" in caught.value.params["first"]
    found = services.finalizing.obstacles(moved, services.finalizing.draft(moved))
    for language in LANGUAGES:
        for obstacle in found:
            assert services.finalizing.obstacle_text(obstacle, services.program.texts(language))


def test_inconsistent_judgements_block_final(project):
    services, assessment = project
    draft = services.finalizing.draft(assessment)
    broken = draft.ranking.weighed.__class__(draft.ranking.weighed.weighting, None)
    blocked = replace(draft, ranking=replace(draft.ranking, weighed=broken))
    assert [o.code for o in services.finalizing.obstacles(assessment, blocked)] == ["weights"]


@pytest.mark.parametrize(
    ("steps", "code"),
    [(("定稿",), "no_step"), (("复核", "复核"), "no_step"), (("复核", "草稿"), "reason_needed")],
)
def test_steps_that_may_not_follow_are_refused(project, steps, code):
    services, assessment = project
    *before, last = steps
    for step in before:
        assessment = services.finalizing.move(assessment, step)
    with pytest.raises(RefusedError) as caught:
        services.finalizing.move(assessment, last)
    assert caught.value.code == f"finalizing.{code}"


def test_review_goes_back_to_draft_with_a_reason(project):
    services, assessment = project
    moved = services.finalizing.move(assessment, "复核")
    back = services.finalizing.move(moved, "草稿", "数据有误")
    assert (back.text("status"), back.text("reason")) == ("草稿", "数据有误")


def test_nothing_of_a_final_assessment_can_be_changed(project):
    services, assessment = project
    services.ticking.set_state(assessment, "S1-01", ItemState("S1-01", ItemStatus.PARTIAL))
    final = finalized(services, assessment)
    for attempt in (
        lambda: services.ticking.set_state(final, "S1-02", ItemState("S1-02", ItemStatus.PARTIAL)),
        lambda: services.assessments.choose_pathways(final, ["P09"]),
        lambda: services.assessments.keep_result(final, "{}", DAY),
        lambda: services.editing.edit("assessment", final.key, "status", "草稿"),
    ):
        with pytest.raises(RefusedError) as caught:
            attempt()
        assert caught.value.code == "finalizing.frozen"


def test_an_assessment_cannot_be_called_final_by_hand(project):
    services, assessment = project
    with pytest.raises(RefusedError) as caught:
        services.editing.edit("assessment", assessment.key, "status", "定稿")
    assert caught.value.code == "finalizing.only_by_moving"


def test_undo_steps_over_a_final_assessment_to_the_edit_before_it(project):
    services, assessment = project
    cell(services, "lease", "area", "3000")
    final = finalized(services, assessment)
    services.history.undo()
    assert services.querying.records("lease")[0].number("area") == 4000
    assert services.assessments.find("年中").text("status") == "定稿"
    assert services.finalizing.prove(final).proven


def test_a_new_version_says_what_changed_and_why(project):
    services, assessment = project
    services.ticking.set_state(assessment, "S1-01", ItemState("S1-01", ItemStatus.PARTIAL))
    final = finalized(services, assessment)
    cell(services, "lease", "area", "8000")
    services.editions.change_entry("diagnosis.toml", "D9-2", {"points": "20"}, "市里口径")
    version = services.finalizing.new_version(final, "续租")
    assert (version.label, version.number("edition")) == ("年中 V2", 2)
    assert services.ticking.sheet(version).state("S1-01").status is ItemStatus.PARTIAL
    found = services.finalizing.compare(final, version)
    changes = {(c.kind, c.subject): c for c in found.results}
    occupancy = changes["indicator", "I-01"]
    assert [(r.code, r.cell.field) for r in occupancy.reasons] == [("cell", "area")]
    assert {r.params["id"] for r in changes["diagnosis", "D9"].reasons} == {"D9-2"}
    assert [(c.field, c.old, c.new) for c in found.cells] == [("area", 4000, 8000)]
    assert [(c.kind, c.subject) for c in found.content] == [("rule", "D9-2")]
    for language in LANGUAGES:
        words = VersionWords(services.program.texts(language), services.content)
        said = [words.change(c) for c in found.results]
        said += [line for c in found.results for line in words.reasons(c)]
        said += [words.cell(c) for c in found.cells] + [words.content(c) for c in found.content]
        assert all(said)
    assert json.dumps(comparison_document(found, words))
    assert services.finalizing.compare(final, final).same


def test_a_parameter_that_changed_is_the_reason(project):
    services, assessment = project
    final = finalized(services, assessment)
    services.editions.change_entry("parameters.toml", "collection", {"value": "0.5"}, "试")
    version = services.finalizing.new_version(final, "参数")
    changes = {c.subject: c for c in services.finalizing.compare(final, version).results}
    codes = {(r.code, r.params.get("code")) for r in changes["I-45"].reasons}
    assert codes == {("parameter", "collection")}


def test_a_snapshot_that_was_altered_is_not_whole(project):
    services, assessment = project
    final = finalized(services, assessment)
    with services.unit_of_work() as work:
        text = zlib.decompress(work.files.get(final.text("frozen"))).decode()
    forged = zlib.compress(text.replace("甲园", "丙园").encode())
    with services.unit_of_work(writing=True) as work:
        sha256 = work.files.put(forged)
        work.commit()
    altered = type(final)("assessment", final.key, {**final.values, "frozen": sha256})
    proof = services.finalizing.prove(altered)
    assert not proof.whole
    lost = type(final)("assessment", final.key, {**final.values, "frozen": "0" * 64})
    with pytest.raises(ProjectError):
        services.finalizing.prove(lost)


def test_only_a_final_assessment_can_be_proven(project):
    services, assessment = project
    with pytest.raises(RefusedError):
        services.finalizing.prove(assessment)


@pytest.mark.parametrize("seed", range(6))
def test_results_are_the_same_bit_for_bit_on_any_order_of_records(seed):
    """Issue: same input, same output, bit for bit, on any order of records."""
    random = Random(seed)
    records = a_small_park(random)
    shuffled = records[:]
    random.shuffle(shuffled)
    service = AssessingService(None, content, FixedClock())
    texts = [
        canonical_text(results_of(service.run("park", None, AS_OF, ledger=Ledger.of(rows))))
        for rows in (records, shuffled)
    ]
    assert texts[0] == texts[1]


def test_the_part_that_is_frozen_gives_the_same_results_as_the_whole_ledger():
    random = Random(3)
    own = a_small_park(random)
    others = [
        type(r)(r.entity, f"x-{r.key}", {**r.values, **{
            name: f"x-{r.values[name]}" for name in ("park", "building", "tenant", "parcel")
            if name in r.values}})
        for r in a_small_park(random)
    ]  # fmt: skip
    service = AssessingService(None, content, FixedClock())
    whole = a_ledger(own, others)
    part = Ledger(part_for(whole, "park"))
    assert results_of(service.run("park", None, AS_OF, ledger=whole)) == results_of(
        service.run("park", None, AS_OF, ledger=part)
    )


def test_a_new_version_carries_answers_decisions_and_scenarios_on(project):
    services, assessment = project
    park = assessment.text("park")
    place = AnswerPlace(park, assessment.key)
    services.answering.answer(place, {"structure_ok": "是"})
    services.deciding.choose(park, assessment.key, "P13", "先技改")
    base = services.scenarios.create(
        "招租", "lease_up", DAY, park_key=park, assessment_key=assessment.key
    )
    services.scenarios.vary(base, "招租快")
    final = finalized(services, assessment)
    version = services.finalizing.new_version(final, "重来")
    assert services.answering.record(AnswerPlace(park, version.key)).flag("structure_ok") is True
    assert services.deciding.choices(park, version.key).override.pathway == "P13"
    copies = [r for r in services.scenarios.all(park) if r.text("assessment") == version.key]
    assert [r.label for r in copies] == ["招租 V2", "招租快 V2"]
    assert copies[1].text("base") == copies[0].key
    drafts = [services.finalizing.draft(final), assess(services, park, DAY, version)]
    before, after = (draft.ranking for draft in drafts)
    assert [(p.code, p.weighted) for p in before.placings] == [
        (p.code, p.weighted) for p in after.placings
    ]
    assert not services.finalizing.compare(final, version).results


def test_what_was_decided_for_a_final_assessment_stays_as_it_was(project):
    services, assessment = project
    final = finalized(services, assessment)
    with pytest.raises(RefusedError, match="frozen"):
        services.deciding.choose(final.text("park"), final.key, "P13", "改主意")
