"""However two copies part and meet, nothing depends on who merges first."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.copies_rig import Pair, content
from workbench.bootstrap import Program

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["L1", "L2", "B1", "park"]),
        st.sampled_from(["name", "note"]),
        st.sampled_from(["甲", "乙", "丙"]),
    ),
    max_size=5,
)


@settings(
    max_examples=max(5, settings.default.max_examples // 30),
    suppress_health_check=list(HealthCheck),
)
@given(mine=EDITS, yours=EDITS, added=st.booleans(), gone=st.booleans())
def test_without_conflict_the_order_of_merging_does_not_matter(
    mine, yours, added, gone, tmp_path_factory
):
    """merge(A, B) = merge(B, A) where no cell was changed at both desks."""
    pair = Pair(Program(), tmp_path_factory.mktemp("pair"))
    touched = {(code, field) for code, field, _ in mine}
    yours = [edit for edit in yours if edit[:2] not in touched]
    kinds = {"L1": "parcel", "L2": "parcel", "B1": "building", "park": "park"}
    for services, edits in ((pair.ours, mine), (pair.theirs, yours)):
        for code, field, text in edits:
            services.editing.edit(kinds[code], pair.keys[code], field, text)
    if added:
        pair.ours.editing.add("parcel", {"code": "L3", "name": "三", "park": pair.keys["park"]})
        pair.theirs.editing.add("parcel", {"code": "L4", "name": "四", "park": pair.keys["park"]})
    if gone and all(code != "B1" for code, _, _ in mine):
        pair.theirs.editing.delete("building", [pair.keys["B1"]])
    there = content(pair.theirs)
    forth = pair.merge()
    assert forth.open == ()
    ours = content(pair.ours)
    pair.ours.history.undo() if forth.written else None
    back = pair.merge(back=True)
    assert back.open == ()
    assert content(pair.theirs) == ours
    assert there.keys() - content(pair.theirs).keys() == set()
    pair.close()


@settings(
    max_examples=max(5, settings.default.max_examples // 30),
    suppress_health_check=list(HealthCheck),
)
@given(rounds=st.lists(st.tuples(EDITS, EDITS, st.booleans(), st.booleans()), max_size=3))
def test_a_decided_merge_and_one_back_make_the_copies_equal(rounds, tmp_path_factory):
    """However often the copies part and meet: one decides, the other takes the decision over."""
    pair = Pair(Program(), tmp_path_factory.mktemp("pair"))
    kinds = {"L1": "parcel", "L2": "parcel", "B1": "building", "park": "park"}
    for mine, yours, theirs, undo in rounds:
        for services, edits in ((pair.ours, mine), (pair.theirs, yours)):
            for code, field, text in edits:
                services.editing.edit(kinds[code], pair.keys[code], field, text)
        if undo and yours:
            pair.theirs.history.undo()
        pair.merge(prefer="theirs" if theirs else "ours")
        back = pair.merge(back=True)
        assert back.open == ()
        assert content(pair.ours) == content(pair.theirs)
        assert not pair.merge().written
    pair.close()
