"""Which items apply and why, what waits for what, and what differs between editions (§6)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_checklist import item
from workbench.domain.checklist import review, snapshot
from workbench.domain.checklist.editions import compare
from workbench.domain.checklist.opening import Because, applicable, blocked_by, cycle, openings
from workbench.domain.checklist.state import (
    ItemState,
    ItemStatus,
    Refusal,
    ReviewStatus,
    refusal,
    waiting_for,
)
from workbench.domain.checklist.template import Template
from workbench.domain.conditions import parse

SEIZED = parse("enc.active_seizure")


def one(wanted, pathways=(), state_owned=None, **known):
    facts = {name.replace("__", "."): value for name, value in known.items()}
    [found] = openings(Template("1", (wanted,)), pathways, state_owned, facts.get)
    return found


class TestASeizure:
    ASKED = replace(item("S2-03"), when=SEIZED)
    RAISED = replace(item("S6-11", ("P01",)), opens=SEIZED)

    def test_closes_its_item_when_there_is_none_and_says_so(self):
        found = one(self.ASKED, enc__active_seizure=False)
        assert (found.open, found.because) == (False, Because.NOT_IN_LEDGER)
        assert found.condition == SEIZED

    def test_keeps_its_item_when_it_is_not_known_and_names_what_is_missing(self):
        found = one(self.ASKED)
        assert (found.open, found.because) == (True, Because.LEDGER_UNKNOWN)
        assert found.missing == ("enc.active_seizure",)

    def test_opens_an_item_of_a_pathway_that_was_not_chosen(self):
        found = one(self.RAISED, enc__active_seizure=True)
        assert (found.open, found.because) == (True, Because.LEDGER)
        assert one(self.RAISED, ("P01",), enc__active_seizure=False).because is Because.PATHWAYS

    @pytest.mark.parametrize("truth", [None, False])
    def test_opens_nothing_while_it_is_not_known_to_be_there(self, truth):
        found = one(self.RAISED, enc__active_seizure=truth)
        assert (found.open, found.because) == (False, Because.OTHER_PATHWAYS)

    def test_of_a_kind_that_the_condition_cannot_use_is_unknown(self):
        assert one(self.ASKED, enc__active_seizure="有").because is Because.LEDGER_UNKNOWN


@pytest.mark.parametrize(
    ("paths", "pathways", "owned", "because"),
    [
        (("ALL",), (), False, Because.ALWAYS),
        (("P02", "P03"), ("P03",), False, Because.PATHWAYS),
        (("TRANS",), ("P09",), False, Because.TRANSFER),
        (("SOE",), (), True, Because.STATE_OWNED),
        (("SOE",), (), None, Because.OWNERSHIP_UNKNOWN),
        (("SOE",), (), False, Because.OTHER_PATHWAYS),
    ],
)
def test_the_plainest_reason_is_given(paths, pathways, owned, because):
    found = one(item("S1-01", paths), pathways, owned)
    assert found.because is because
    assert found.pathways == tuple(code for code in pathways if code in paths)


def test_without_a_ledger_nothing_vanishes():
    items = (replace(item("S2-03", red=True), when=SEIZED), item("S1-01"))
    assert applicable(Template("1", items), (), None) == items


def test_items_wait_for_those_of_the_template_and_of_the_analyst_that_apply():
    items = [replace(item("S6-12"), blocked_by=("S6-11", "S6-13")), item("S6-11"), item("S1-01")]
    found = blocked_by(items, {"S6-12": ("S1-01", "S6-12", "S6-11")})
    assert found == {"S6-12": ("S6-11", "S1-01"), "S6-11": (), "S1-01": ()}
    states = {"S1-01": ItemState("S1-01", ItemStatus.NOT_APPLICABLE, reason="无")}
    assert waiting_for(found["S6-12"], states) == ("S6-11",)


def test_an_item_that_waits_cannot_be_done():
    wish = ItemState("S6-12", ItemStatus.DONE, evidence_count=1)
    assert refusal(item("S6-12"), wish, ("S6-11",)).code == "blocked"
    assert refusal(item("S6-12"), replace(wish, status=ItemStatus.PARTIAL), ("S6-11",)) is None


LINKS = st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"), max_size=3))


@given(LINKS)
def test_a_circle_is_found_when_and_only_when_there_is_one(links):
    circle = cycle(links)
    for at, following in zip(circle, (*circle[1:], *circle[:1]), strict=True):
        assert following in links[at]
    assert bool(circle) is _has_circle(links)


def _has_circle(links):
    """Take away what waits for nothing until nothing can be taken away."""
    left = {name: set(others) for name, others in links.items() if others}
    while True:
        free = {name for name in left if not left[name] & left.keys()}
        if not free:
            return bool(left)
        left = {name: others for name, others in left.items() if name not in free}


def test_editions_tell_added_changed_removed_and_same_items_apart():
    old = Template("1", (item("S1-01"), item("S1-02"), item("S1-03")))
    new = Template("2", (item("S1-01"), item("S1-02", weight=4, red=True), item("S1-04")))
    changes = compare(old, new)
    assert [i.id for i in changes.added] == ["S1-04"]
    assert [i.id for i in changes.removed] == ["S1-03"]
    assert [i.id for i in changes.same] == ["S1-01"]
    [changed] = changes.changed
    assert set(changed.differs) == {"weight", "red_line"}
    assert changes.carried(()) == {"S1-01"}
    assert changes.carried(("S1-02", "S1-03", "S1-04")) == {"S1-01", "S1-02"}


def test_an_edition_is_kept_with_its_conditions():
    asked = replace(item("S2-03"), when=SEIZED, opens=SEIZED, blocked_by=("S1-01",))
    edition = Template("7", (item("S1-01"), asked))
    assert snapshot.from_text(snapshot.to_text(edition)) == edition


class TestReview:
    DONE = ItemState("S1-01", ItemStatus.DONE, evidence_count=1)

    def test_an_item_is_handed_in_accepted_and_keeps_who_and_when(self):
        handed = review.submitted(self.DONE, "周敏", "2026-11-25T10:00:00+08:00")
        found = review.accepted(replace(self.DONE, review=handed), "王海涛", "2026-11-26", "好")
        assert (found.status, found.submitted_by, found.reviewer, found.note) == (
            ReviewStatus.ACCEPTED, "周敏", "王海涛", "好",
        )  # fmt: skip

    def test_unfinished_work_is_not_handed_in(self):
        assert review.submitted(ItemState("S1-01"), "周", "x").code == "nothing_to_review"

    def test_what_was_not_handed_in_is_not_judged(self):
        assert review.accepted(self.DONE, "王", "x").code == "not_submitted"
        assert isinstance(review.returned(self.DONE, "王", "x", "缺页"), Refusal)

    def test_sending_back_needs_a_word_why(self):
        handed = replace(self.DONE, review=review.submitted(self.DONE, "周", "x"))
        assert review.returned(handed, "王", "x", "  ").code == "review_note_missing"

    def test_a_change_after_the_review_takes_it_off(self):
        handed = replace(self.DONE, review=review.submitted(self.DONE, "周", "x"))
        assert review.after_change(handed, replace(handed, status=ItemStatus.OPEN)).review is None
        assert review.after_change(handed, replace(handed, note="电话确认")).review is not None
