# SPDX-License-Identifier: MIT
"""The marks of a large park after a change, without a copy of the rest."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.models.marked import changed_marks

keys = st.sampled_from("abcdefg")
records = st.sets(st.tuples(st.sampled_from(["parcel", "building"]), keys))


@given(records, records, st.data())
def test_changed_marks_are_the_old_ones_without_the_stale_and_with_the_fresh(before, stale, data):
    fresh = data.draw(st.sets(st.sampled_from(sorted(stale)))) if stale else set()
    marked = {}
    for entity, key in before:
        marked.setdefault(entity, set()).add(key)
    now = changed_marks({"idle": marked}, stale, {"idle": fresh})["idle"]
    wanted = (before - stale) | fresh
    for entity in ("parcel", "building"):
        expected = {key for at, key in wanted if at == entity}
        found = now.get(entity, ())
        assert len(found) == len(expected)
        assert set(found) == expected
        assert {key for key in "abcdefg" if key in found} == expected
