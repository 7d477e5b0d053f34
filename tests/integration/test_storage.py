"""Records, their log and undo on a real file."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.application.ledger.editing import CellEdit
from workbench.domain.findings import EditConflictError, RefusedError
from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    NewColumn,
    NewRecords,
    RecordChange,
)
from workbench.domain.records.value_codec import encode_origin, encode_value
from workbench.domain.values import Origin, SourceRef, ValueState
from workbench.storage.encoding import (
    changed_origins,
    decode_changes,
    dump,
    encode_changes,
    encode_origins,
    new_origins,
)  # fmt: skip
from workbench.storage.kept_origins import NeighbourOrigins, StoredOrigins


def created(entity, key, **values):
    fields = tuple(
        FieldChange(n, EMPTY_CELL, v if isinstance(v, CellState) else CellState(v))
        for n, v in values.items()
    )
    return RecordChange(entity, key, ChangeKind.CREATED, fields)


def apply(services, *records, label="test"):
    services.history.do(ChangeSet(label, records))


def test_every_kind_of_value_comes_back_as_it_was_stored(services):
    values = {
        "name": "=1+1",
        "code": "00123",
        "area_cert": Decimal("33333.333333"),
        "grant_price": Decimal("11489400.1234"),
        "price_paid_ratio": Decimal("0.12345678"),
        "far": Decimal("1.5"),
        "end_on": date(2062, 6, 2),
        "seizure": False,
    }
    apply(services, created("parcel", "p1", **values))
    apply(
        services, created("park", "k", lead_industries=("电子", "新材料"), innovation_platforms=3)
    )
    with services.unit_of_work() as work:
        assert dict(work.records.get("parcel", "p1").values) == values
        assert [record.values for record in work.records.all("parcel")] == [values]
        park = work.records.get("park", "k")
    assert park.get("lead_industries") == ("电子", "新材料")
    assert park.get("innovation_platforms") == 3


def test_money_is_summed_without_binary_noise(services):
    for key in "abc":
        apply(services, created("building", key, net_value=Decimal("0.1")))
    with services.unit_of_work() as work:
        assert sum(r.number("net_value") for r in work.records.all("building")) == Decimal("0.3")


def test_unknown_zero_not_applicable_and_estimated_stay_four_things(services):
    na = CellState(None, Origin(raw="不适用", state=ValueState.NOT_APPLICABLE))
    about = CellState(
        Decimal(37000),
        Origin("约3.7万㎡", "万㎡", ValueState.ESTIMATED, "约", SourceRef("f", "土地", 9, "E")),
    )
    apply(services, created("parcel", "p", area_actual=Decimal(0), area_cert=about, far=na))
    with services.unit_of_work() as work:
        record = work.records.get("parcel", "p")
    states = [record.state(name) for name in ("area_actual", "area_cert", "far", "density")]
    assert states == [
        ValueState.KNOWN,
        ValueState.ESTIMATED,
        ValueState.NOT_APPLICABLE,
        ValueState.UNKNOWN,
    ]
    assert record.get("area_actual") == 0
    assert record.origins["area_cert"] == about.origin


def test_undo_and_redo_walk_the_log_and_survive_a_restart(program, services):
    key = services.editing.add("park", {"name": "甲园"})
    services.editing.edit("park", key, "name", "乙园")
    services.close()
    again = program.open(services.project)
    assert again.history.next_undo().label == "editing.edit_cell"
    again.history.undo()
    assert again.querying.record("park", key).get("name") == "甲园"
    again.history.undo()
    assert again.querying.record("park", key) is None
    again.history.redo()
    again.history.redo()
    assert again.querying.record("park", key).get("name") == "乙园"
    with pytest.raises(RefusedError, match="nothing_to_redo"):
        again.history.redo()
    again.close()


def test_a_new_edit_buries_what_could_have_been_redone(services):
    key = services.editing.add("park", {"name": "甲"})
    services.editing.edit("park", key, "name", "乙")
    services.history.undo()
    services.editing.edit("park", key, "name", "丙")
    assert services.history.next_redo() is None


def test_undo_that_would_overwrite_a_later_change_is_refused_and_names_it(program, services):
    key = services.editing.add("park", {"name": "甲"})
    with services.unit_of_work() as work:
        mine = work.log.recent(1)[0]
    services.editing.edit("park", key, "name", "别人改的")
    with pytest.raises(EditConflictError) as refused, services.unit_of_work(writing=True) as work:
        work.apply(work.log.changes(mine.sequence).inverted())
    assert refused.value.params["field"] == "name"
    assert services.querying.record("park", key).get("name") == "别人改的"


def test_the_ledger_keeps_origins_compressed_and_a_walk_does_not(services):
    services.editing.add("park", {"name": "甲"})
    [kept] = services.querying.ledger().all("park")
    assert isinstance(kept.origins, NeighbourOrigins)
    with services.unit_of_work() as work:
        [passing] = work.records.each("park")
    assert isinstance(passing.origins, StoredOrigins)


def test_the_log_says_who_when_what_and_why(services):
    key = services.editing.add("park", {"name": "甲"})
    services.editing.edit_cells([CellEdit("park", key, "city", "六安市")], reason="核对公章")
    (operation, changes), _added = services.querying.history("park", key)
    assert operation.reason == "核对公章"
    assert operation.actor
    assert operation.at.isoformat() == "2026-06-30T08:00:00+00:00"
    change = changes.records[0].fields[0]
    assert (change.field, change.old.value, change.new.value) == ("city", None, "六安市")


def test_a_record_that_others_point_at_is_not_deleted(services):
    park = services.editing.add("park", {"name": "甲"})
    services.editing.add("parcel", {"name": "一号地", "park": "甲"})
    with pytest.raises(RefusedError) as refused:
        services.editing.delete("park", [park])
    assert refused.value.params["example"] == "一号地"
    assert services.querying.record("park", park)


def test_leaving_without_commit_changes_nothing(services):
    with services.unit_of_work(writing=True) as work:
        work.apply(ChangeSet("x", (created("park", "p", name="甲"),)))
    assert services.querying.records("park") == []


def test_two_writers_wait_for_each_other(program, services):
    other = program.open(services.project)
    for number in range(5):
        services.editing.add("park", {"name": f"甲{number}"})
        other.editing.add("park", {"name": f"乙{number}"})
    with services.unit_of_work() as work:
        assert work.records.count("park") == 10
    other.close()


def test_a_typed_text_is_read_in_the_unit_of_its_column(services):
    key = services.editing.add("parcel", {"name": "一号地", "area_cert": "50"})
    area = services.querying.record("parcel", key).number("area_cert")
    assert area == Decimal("33333.333333")  # 50 亩: the column shows 亩
    services.editing.edit("parcel", key, "area_cert", "3.33公顷")
    assert services.querying.record("parcel", key).number("area_cert") == 33300


def test_a_block_with_a_bad_cell_takes_the_good_ones_and_names_the_bad(services):
    key = services.editing.add("parcel", {"name": "一号地"})
    outcome = services.editing.edit_cells(
        [CellEdit("parcel", key, "far", "很大"), CellEdit("parcel", key, "location", "东路1号")]
    )
    assert outcome.changed == 1
    assert [item.edit.field for item in outcome.refused] == ["far"]


cells = st.builds(
    CellState,
    st.none() | st.text() | st.booleans() | st.dates() | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False) | st.lists(st.text()).map(tuple),
    st.none() | st.builds(
        Origin, st.none() | st.text(), st.none() | st.text(), st.sampled_from(ValueState),
        st.text(), st.none() | st.builds(SourceRef, st.text(), st.text(), st.integers(), st.text()),
    ),
)  # fmt: skip


@settings(max_examples=max(60, settings.default.max_examples), deadline=None)
@given(st.lists(st.builds(FieldChange, st.text(), cells, cells)).map(tuple))
def test_changes_come_back_from_their_text(changes):
    text = encode_changes(changes)
    assert decode_changes(text) == changes
    plain = [
        [change.field, *(cell if cell != [None, None] else None for cell in sides)]
        for change in changes
        for sides in [
            [[encode_value(c.value), encode_origin(c.origin)] for c in (change.old, change.new)]
        ]
    ]
    assert text == dump(plain), "written by hand as an encoder writes it"


@settings(max_examples=max(200, settings.default.max_examples), deadline=None)
@given(st.data())
def test_origins_changed_within_their_text_are_as_if_all_were_written_anew(data):
    names = st.sampled_from(["a", "b", 'a":["b', "of", "at", "自有"])
    raws = st.none() | st.text() | st.sampled_from(['{"a":[1]', ',"a":[', '\\",\\"b\\":[', "\\"])
    places = st.builds(SourceRef, st.just("f"), st.sampled_from(["s", "t"]), st.just(1), st.text())
    one = st.builds(
        Origin, raws, raws, st.sampled_from(ValueState), any_text(max_size=2), st.none() | places
    )
    before = data.draw(st.dictionaries(names, one))
    new = data.draw(st.dictionaries(names, st.none() | one))
    text = encode_origins(before)
    changed = changed_origins(text, new)
    after = {name: of for name, of in {**before, **new}.items() if of is not None}
    read = {} if changed is None else dict(StoredOrigins(changed))
    assert read == after
    assert list(read) == list(after)
    assert changed is None or changed == dump(json.loads(changed))


origins = st.dictionaries(
    st.text(),
    st.builds(
        Origin, st.none() | st.text(), st.none() | st.text(), st.sampled_from(ValueState),
        st.text(), st.none() | st.builds(SourceRef, st.text(), st.text(), st.integers(), st.text()),
    ),
    min_size=1,
)  # fmt: skip


@settings(max_examples=max(60, settings.default.max_examples), deadline=None)
@given(origins)
def test_origins_come_back_from_their_text_whatever_rows_they_are_from(given):
    assert dict(StoredOrigins(encode_origins(given))) == given


def test_origins_written_by_block_say_what_origins_written_one_by_one_say():
    about = Origin('约"3"', "亩", ValueState.ESTIMATED, "约", SourceRef("s", "表", 5, "B"))
    card = Origin("9", None, ValueState.KNOWN, "", SourceRef("s", "表", 8, "D"))
    area = NewColumn("area_cert", [1, 2, None], ["1", "3", ""], "亩", "B", {1: about})
    name = NewColumn("name", ["甲", "乙", "丙\n"], ["甲", "乙", "丙\n"], None, "A", {2: card})
    block = NewRecords("parcel", ["x", "y", "z"], "s", "表", [4, 5, 6], (area, name))
    first, second, third = (dict(StoredOrigins(text)) for text in new_origins(block))

    def plain(raw, unit, row, column):
        return Origin(raw, unit, ValueState.KNOWN, "", SourceRef("s", "表", row, column))

    assert first == {"area_cert": plain("1", "亩", 4, "B"), "name": plain("甲", None, 4, "A")}
    assert second == {"area_cert": about, "name": plain("乙", None, 5, "A")}
    assert third == {"name": card}


def test_the_log_tells_what_a_record_was_created_with_whatever_happened_since(services):
    key = services.editing.add("park", {"name": "甲", "planned_area": "约100亩"})
    before = services.querying.record("park", key)
    services.editing.edit("park", key, "name", "乙")
    services.editing.edit("park", key, "city", "六安市")
    services.editing.delete("park", [key])
    created = services.querying.history("park", key)[-1][1].records[0]
    assert created.kind is ChangeKind.CREATED
    assert {item.field: item.new.value for item in created.fields} == dict(before.values)
    assert {i.field: i.new.origin for i in created.fields if i.new.origin} == dict(before.origins)
    with services.unit_of_work() as work:
        first = work.log.recent(99)[-1]
        (again,) = work.log.changes(first.sequence).records
    assert set(again.fields) == set(created.fields)
    for _ in range(4):
        services.history.undo()
    assert services.querying.record("park", key) is None
    for _ in range(3):
        services.history.redo()
    assert services.querying.record("park", key).get("name") == "乙"
