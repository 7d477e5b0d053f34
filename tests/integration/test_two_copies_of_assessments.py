"""Finals, reviews and checklist items in a merge: whole or not at all, and checked again."""

from dataclasses import replace
from datetime import date

import pytest

from tests.copies_rig import Pair, content
from workbench.application.ports import Cancelled, Silent
from workbench.application.project.rechecking import broken_words
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.reconciling.differences import Conflict


@pytest.fixture
def pair(program, tmp_path):
    pair = Pair(program, tmp_path)
    yield pair
    pair.close()


def test_a_final_assessment_is_never_altered_and_one_from_there_comes_whole(pair):
    from tests.integration.test_finalizing import DAY, finalized

    for services in (pair.ours, pair.theirs):
        for code in ("L1", "L2"):
            values = {"status": "已建成", "holder_type": "国企", "end_on": "2050-01-01"}
            for field, text in values.items():
                services.editing.edit("parcel", pair.keys[code], field, text)
        services.editing.edit("park", pair.keys["park"], "city_tier", "县城")
    park = pair.keys["park"]
    finalized(pair.theirs, pair.theirs.assessments.start("年中", park, DAY))
    look = pair.ours.keeping.reconciling.look(pair.theirs.project, "另一份")
    assert look.finals == ("年中",)
    assert pair.merge().open == ()
    assert pair.program.safekeeping.verify(pair.ours.project).frozen == 1
    assert pair.program.safekeeping.verify(pair.ours.project).whole
    # Undo steps over what brought a final: it can never go.
    step = pair.ours.history.next_undo()
    assert step.label != "copies.merge_final"
    assert content(pair.ours) == content(pair.theirs)


def test_what_only_makes_sense_together_is_taken_or_left_as_a_whole(pair):
    """A review is of one state: ours accepted, theirs changed the state, never both halves."""
    for services in (pair.ours, pair.theirs):
        services.history.undo()  # both without the building: the common part is what counts
    pair.merge()
    record = pair.ours.assessments.start("年中", pair.keys["park"], date(2026, 6, 30))
    state = ItemState("S1-01", owner="甲")
    pair.ours.ticking.set_state(record, "S1-01", state)
    assert pair.merge(back=True).written
    pair.ours.ticking.set_state(record, "S1-01", replace(state, note="本份的备注"))
    pair.theirs.ticking.set_state(record, "S1-01", replace(state, owner="乙"))
    [open_] = pair.merge().open
    found = open_.difference
    assert (found.field, set(found.fields), found.conflict) == (
        "",
        {"owner", "note"},
        Conflict.BOTH,
    )
    pair.merge(prefer="theirs")
    sheet = pair.ours.ticking.sheet(record)
    assert (sheet.state("S1-01").owner, sheet.state("S1-01").note) == ("乙", "")
    assert pair.merge(back=True).open == ()
    assert content(pair.ours) == content(pair.theirs)


DONE = ItemStatus.DONE


@pytest.fixture
def assessed(pair, tmp_path):
    """Both copies have an assessment whose first item is done with two papers."""
    papers = []
    for name in ("立项表.pdf", "批复.pdf"):
        papers.append(tmp_path / name)
        papers[-1].write_bytes(f"%PDF-1.4 {name}".encode())
    record = pair.ours.assessments.start("年中", pair.keys["park"], date(2026, 6, 30))
    state = ItemState("S1-01", DONE)
    pair.ours.ticking.set_state(record, "S1-01", state, [str(paper) for paper in papers])
    pair.merge(back=True)
    return record


def evidence(services, record, name):
    files = services.ticking.sheet(record).evidence["S1-01"]
    return next(file for file in files if file.label == name)


def codes(done):
    return [(each.code, each.field) for each in done.broken]


def test_a_done_item_that_lost_its_evidence_in_two_halves_is_said_and_counts_as_unknown(
    pair, assessed
):
    for services, name in ((pair.ours, "立项表.pdf"), (pair.theirs, "批复.pdf")):
        services.ticking.detach(assessed, "S1-01", evidence(services, assessed, name))
    before = content(pair.ours)
    tried = pair.merge(dry_run=True)
    assert (tried.written, tried.rechecked, codes(tried)) == (
        False, True, [("evidence_missing", "status")],
    )  # fmt: skip
    assert content(pair.ours) == before
    done = pair.merge()
    assert codes(done) == [("evidence_missing", "status")]
    assert pair.ours.ticking.sheet(assessed).state("S1-01").standing is ItemStatus.UNKNOWN
    words = broken_words(done.broken[0], pair.program.texts("zh_CN"))
    assert "年中" in words
    assert "S1-01" in words


def test_a_review_of_other_evidence_is_taken_away_in_both_copies(pair, assessed, tmp_path):
    """Accepted here with two papers, while one was detached there: nobody reviewed that."""
    pair.ours.checklists.reviewing.submit(assessed, ["S1-01"])
    pair.ours.checklists.reviewing.accept(assessed, ["S1-01"])
    gone = evidence(pair.theirs, assessed, "批复.pdf")
    pair.theirs.ticking.detach(assessed, "S1-01", gone)
    before = content(pair.ours)
    done = pair.merge()
    assert codes(done) == [("review", "review")]
    assert pair.ours.ticking.sheet(assessed).state("S1-01").review is None
    assert codes(pair.merge(back=True)) == []
    assert content(pair.ours) == content(pair.theirs)
    assert pair.program.safekeeping.verify(pair.ours.project).whole
    pair.ours.history.undo()
    assert content(pair.ours) == before


def test_a_review_that_comes_with_what_it_is_about_stays(pair, assessed):
    pair.theirs.checklists.reviewing.submit(assessed, ["S1-01"])
    pair.theirs.checklists.reviewing.accept(assessed, ["S1-01"])
    done = pair.merge()
    assert done.broken == ()
    assert pair.ours.ticking.sheet(assessed).state("S1-01").review.status == "已通过"


def test_an_error_that_only_both_halves_make_is_said_by_rule_v07(pair):
    """Each copy is right by itself: 600 of 1,000 ㎡ used here, 600 of them lent there."""
    key = pair.keys["B1"]
    pair.ours.editing.edit("building", key, "rentable_area", "1000")
    pair.merge(back=True)
    pair.ours.editing.edit("building", key, "self_use_area", "600")
    pair.theirs.editing.edit("building", key, "lent_area", "600")
    done = pair.merge()
    [broken] = done.broken
    assert (broken.code, broken.entity, broken.key) == ("V07E", "building", key)
    assert "一号厂房" in broken_words(broken, pair.program.texts("zh_CN"))
    # What is wrong before a merge is no news.
    pair.theirs.editing.edit("building", key, "name", "甲楼")
    assert pair.merge().broken == ()


def test_a_stopped_check_says_so_and_what_was_merged_stays(pair):
    pair.theirs.editing.edit("building", pair.keys["B1"], "name", "甲楼")

    class Stopping(Silent):
        def step(self, done, total):
            if pair.ours.history.next_undo().label == "copies.merge":
                raise Cancelled

    done = pair.merge(progress=Stopping())
    assert (done.written, done.rechecked, done.broken) == (True, False, ())
