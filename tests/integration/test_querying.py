"""The ledger snapshot that follows edits is the one that a fresh read gives."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.application.ledger.editing import CellEdit
from workbench.domain.findings import UserError

TEXTS = ["", "1200", "3.7万", "约50亩", "不适用", "一号厂房", "2024-06-30", "1234.56789"]
ROWS = st.integers(0, 5)
FIELDS = ["name", "gfa_cert", "leased_area", "built_on", "parcel"]

steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), ROWS, st.sampled_from(FIELDS), st.sampled_from(TEXTS)),
        st.tuples(st.just("add"), st.sampled_from(TEXTS[1:])),
        st.tuples(st.just("delete"), ROWS),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    min_size=1,
    max_size=12,
)


def act(services, step):
    match step:
        case ("edit", at, field, text):
            rows = services.querying.records("building")
            if rows:
                services.editing.edit("building", rows[at % len(rows)].key, field, text)
        case ("add", name):
            services.editing.add("building", {"code": name, "parcel": "L1", "gfa_cert": "800"})
        case ("delete", at):
            rows = services.querying.records("building")
            if rows:
                services.editing.delete("building", [rows[at % len(rows)].key])
        case ("undo",):
            services.history.undo()
        case ("redo",):
            services.history.redo()


def seen(ledger):
    """Everything that a snapshot says: rows in order, found by key, and by reference."""
    parcels = ledger.all("parcel")
    return (
        {entity: list(rows) for entity, rows in ledger.records.items()},
        [ledger.find(record.entity, record.key) for record in ledger],
        [list(ledger.pointing_at("building", "parcel", parcel.key)) for parcel in parcels],
    )


def fresh(program, services):
    other = program.open(services.project)
    try:
        return other.querying.ledger()
    finally:
        other.close()


@pytest.fixture
def park(services):
    services.editing.add("park", {"code": "P", "name": "园区"})
    services.editing.add("parcel", {"code": "L1", "park": "P"})
    services.editing.add("building", {"code": "B1", "parcel": "L1"})
    return services


@settings(
    max_examples=max(25, settings.default.max_examples // 30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(doing=steps)
def test_the_snapshot_follows_any_edits_like_a_fresh_read(program, park, doing):
    seen(park.querying.ledger())  # its indexes are made, so that they would have to follow
    for step in doing:
        try:
            act(park, step)
        except UserError:
            continue
    alone = seen(fresh(program, park))
    assert seen(park.querying.ledger()) == alone
    with pytest.MonkeyPatch.context() as patch:  # a huge ledger is held column by column
        patch.setattr("workbench.storage.reading._MANY", 0)
        assert seen(fresh(program, park)) == alone


def test_what_another_program_wrote_meanwhile_is_seen_after_the_next_own_edit(program, park):
    building = park.querying.records("building")[0]
    other = program.open(park.project)
    other.editing.edit("building", building.key, "name", "别处改的名")
    other.close()
    park.editing.edit("building", building.key, "gfa_cert", "900")
    assert seen(park.querying.ledger()) == seen(fresh(program, park))


def test_a_block_takes_the_last_text_of_each_cell(park):
    keys = [park.editing.add("building", {"code": f"C{i}", "parcel": "L1"}) for i in range(30)]
    texts = ["100", "200"]
    edits = [CellEdit("building", key, "gfa_cert", text) for text in texts for key in keys]
    outcome = park.editing.edit_cells(edits)
    assert outcome.changed == len(keys)
    found = {record.key: record.number("gfa_cert") for record in park.querying.records("building")}
    assert {found[key] for key in keys} == {200}


def test_undo_reaches_its_steps_however_often_it_was_turned_back_and_forth(park):
    """US: the last 200 steps; undoing, redoing and what was buried take none of them away."""
    history = park.history
    key = park.editing.add("building", {"code": "B2", "parcel": "L1"})
    for name in ("甲", "乙", "丙"):
        park.editing.edit("building", key, "name", name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.application.history.LIMIT", 3)
        patch.setattr("workbench.application.history.SEARCHED", 9)
        for _ in range(6):
            history.undo()
            history.undo()
            history.redo()
            history.redo()
        for name in ("丁", "戊"):  # each buries the one before
            history.undo()
            park.editing.edit("building", key, "name", name)
        seen_names = []
        for _ in range(3):
            history.undo()
            [record] = [r for r in park.querying.records("building") if r.key == key]
            seen_names.append(record.get("name"))
        assert seen_names == ["乙", "甲", None]


def test_what_is_written_while_the_ledger_is_read_is_in_it(park):
    """The worker reads a large ledger for seconds, and a person types meanwhile."""
    [building] = park.querying.records("building")
    park.querying._ledger = None
    done = []

    def typed(_rows):
        if not done:
            done.append(park.editing.edit("building", building.key, "gfa_cert", "900"))

    park.querying.ledger(typed)
    [kept] = park.querying.ledger().all("building")
    assert done
    assert kept.get("gfa_cert") == 900
