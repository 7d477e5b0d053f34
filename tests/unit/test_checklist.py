# SPDX-License-Identifier: MIT
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.bilingual import Bilingual
from workbench.domain.checklist.opening import applicable
from workbench.domain.checklist.state import (
    ItemState,
    ItemStatus,
    completion,
    gates,
    refusal,
    stage_summary,
)
from workbench.domain.checklist.template import ChecklistItem, Role, Stage, Template

TEXT = Bilingual("甲", "A")


def item(code, paths=("ALL",), *, red=False, weight=1):
    stage = Stage(code.partition("-")[0])
    return ChecklistItem(code, stage, TEXT, TEXT, TEXT, (Role.LEAD,), paths, red, weight)


def states(**statuses):
    return {
        code.replace("_", "-"): ItemState(code.replace("_", "-"), status, evidence_count=1)
        for code, status in statuses.items()
    }


def test_done_without_evidence_is_refused():
    wish = ItemState("S1-01", ItemStatus.DONE)
    assert refusal(item("S1-01"), wish).code == "evidence_missing"
    assert refusal(item("S1-01"), ItemState("S1-01", ItemStatus.DONE, evidence_count=1)) is None


@pytest.mark.parametrize(("reason", "code"), [("", "reason_missing"), ("  ", "reason_missing")])
def test_not_applicable_without_a_reason_is_refused(reason, code):
    wish = ItemState("S1-01", ItemStatus.NOT_APPLICABLE, reason=reason)
    assert refusal(item("S1-01"), wish).code == code


@pytest.mark.parametrize("status", [ItemStatus.PARTIAL, ItemStatus.OPEN, ItemStatus.UNKNOWN])
def test_other_states_need_neither_evidence_nor_reason(status):
    assert refusal(item("S1-01"), ItemState("S1-01", status)) is None


def test_completion_is_weighted_and_leaves_out_what_does_not_apply():
    """Domain §6: Σ(weight × status) ÷ Σ(weight that applies); 待核 and 未完成 count 0."""
    items = [item(f"S1-0{n}", weight=n) for n in range(1, 6)]
    given_states = states(
        S1_01=ItemStatus.DONE,
        S1_02=ItemStatus.PARTIAL,
        S1_03=ItemStatus.OPEN,
        S1_05=ItemStatus.NOT_APPLICABLE,
    )
    assert completion(items, given_states) == Decimal(2) / Decimal(10)


def test_completion_is_unknown_when_nothing_applies():
    assert completion([item("S1-01")], states(S1_01=ItemStatus.NOT_APPLICABLE)) is None
    assert completion([], {}) is None


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (ItemStatus.DONE, True),
        (ItemStatus.PARTIAL, False),
        (ItemStatus.OPEN, False),
        (ItemStatus.UNKNOWN, False),
        (ItemStatus.NOT_APPLICABLE, True),
    ],
)
def test_an_unfinished_red_line_closes_the_gate_of_its_stage_only(status, is_open):
    items = [item("S2-01", red=True), item("S2-02"), item("S3-01", red=True)]
    closed = gates(items, states(S2_01=status, S3_01=ItemStatus.DONE))
    assert (closed[Stage.S2] == ()) is is_open
    assert closed[Stage.S3] == ()


def test_an_item_that_nobody_touched_is_unknown_and_closes_its_gate():
    assert gates([item("S2-01", red=True)], {})[Stage.S2] == ("S2-01",)


def test_a_stage_says_how_many_are_done_and_what_does_not_apply():
    items = [item("S1-01"), item("S1-02"), item("S1-03")]
    summary = stage_summary(items, states(S1_01=ItemStatus.DONE, S1_02=ItemStatus.NOT_APPLICABLE))
    first, *others = summary
    assert (first.total, first.done, first.not_applicable) == (3, 1, 1)
    assert first.completion == Decimal("0.5")
    assert [s.stage for s in summary] == list(Stage)
    assert all(s.completion is None and s.is_open for s in others)


TEMPLATE = Template(
    "1",
    (
        item("S1-01"),
        item("S3-02", ("TRANS",)),
        item("S5-02", ("SOE",)),
        item("S6-11", ("P01",)),
        item("S6-21", ("P02",)),
    ),
)


@pytest.mark.parametrize(
    ("pathways", "state_owned", "expected"),
    [
        ((), False, ["S1-01"]),
        (("P01",), False, ["S1-01", "S6-11"]),
        (("P02",), False, ["S1-01", "S3-02", "S6-21"]),
        (("P15",), False, ["S1-01", "S3-02"]),
        ((), True, ["S1-01", "S5-02"]),
        ((), None, ["S1-01", "S5-02"]),  # not known is not "no": the red line stays
    ],
)
def test_items_follow_the_chosen_pathways_and_ownership(pathways, state_owned, expected):
    assert [i.id for i in applicable(TEMPLATE, pathways, state_owned)] == expected


def test_only_open_items_can_be_overdue():
    day = date(2026, 1, 31)
    late = ItemState("S1-01", ItemStatus.OPEN, due=day)
    assert late.is_overdue(date(2026, 2, 1))
    assert not late.is_overdue(day)
    assert not ItemState("S1-01", ItemStatus.DONE, 1, due=day).is_overdue(date(2026, 2, 1))
    assert not ItemState("S1-01", ItemStatus.OPEN).is_overdue(date(2026, 2, 1))


STATUSES = st.lists(
    st.tuples(st.sampled_from(ItemStatus), st.integers(1, 5)), min_size=1, max_size=8
)


@given(STATUSES)
def test_finishing_an_item_never_lowers_completion(rows):
    items = [item(f"S1-{n:02}", weight=weight) for n, (_, weight) in enumerate(rows)]
    before = {i.id: ItemState(i.id, rows[n][0]) for n, i in enumerate(items)}
    first = items[0].id
    after = before | {first: ItemState(first, ItemStatus.DONE, evidence_count=1)}
    old, new = completion(items, before), completion(items, after)
    assert new is not None
    assert 0 <= new <= 1
    assert old is None or new >= old
