"""Reminders: only what is still to be done, by date, most overdue first (issue F, Deliver 2)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.shipped import content
from workbench.domain.checklist.reminders import reminders
from workbench.domain.checklist.state import SETTLED, ItemState, ItemStatus

TODAY = date(2026, 11, 23)
ITEMS = content().checklist.items[:12]

states = st.fixed_dictionaries(
    {},
    optional={
        item.id: st.builds(
            ItemState,
            st.just(item.id),
            st.sampled_from(ItemStatus),
            due=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        )
        for item in ITEMS
    },
)


@given(states)
def test_every_open_item_with_a_date_is_there_once_and_in_order(given_states):
    found = reminders(ITEMS, given_states, TODAY)
    open_ = {s.item_id for s in given_states.values() if s.due and s.standing not in SETTLED}
    assert {r.item.id for r in found} == open_
    assert len(found) == len(open_)
    assert [r.due for r in found] == sorted(r.due for r in found)
    assert all(TODAY + timedelta(days=r.days) == r.due for r in found)


def test_an_item_is_overdue_from_the_day_after_its_date():
    days = {"S1-01": TODAY - timedelta(days=1), "S1-02": TODAY}
    found = reminders(ITEMS, {i: ItemState(i, due=d) for i, d in days.items()}, TODAY)
    assert [(r.item.id, r.days, r.state.is_overdue(TODAY)) for r in found] == [
        ("S1-01", -1, True), ("S1-02", 0, False),
    ]  # fmt: skip
