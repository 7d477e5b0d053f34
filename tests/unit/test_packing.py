# SPDX-License-Identifier: MIT
"""Packed values are the values: same equality, same answers, an order for sorting."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import SCALE, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.packing import PackedValues, Shape, pack, packed_column, unpacked

BUILDING = CATALOGUE["building"]
SHAPE = Shape(BUILDING.fields)


def values_of(field):
    if (scale := SCALE.get(field.type)) is not None:
        return st.decimals(-(10**12), 10**12, places=scale)
    match field.type:
        case FieldType.DATE:
            return st.dates()
        case FieldType.BOOL:
            return st.booleans()
        case FieldType.INTEGER:
            return st.integers(0, 10**6)
        case FieldType.CHOICES | FieldType.TEXTS:
            return st.lists(st.text(max_size=5), max_size=3).map(tuple)
        case _:
            return st.text(min_size=1, max_size=8)


@st.composite
def buildings(draw):
    return {f.key: draw(values_of(f)) for f in BUILDING if draw(st.booleans())}


def packed(values):
    return PackedValues(SHAPE, tuple(pack(values.get(f.key), f) for f in BUILDING))


@given(buildings())
def test_packed_values_equal_the_plain_ones(values):
    made = packed(values)
    assert made == values
    assert len(made) == len(values)
    assert all(made.get(f.key) == values.get(f.key) for f in BUILDING)
    assert Record("building", "b", made) == Record("building", "b", values)


@given(buildings(), buildings())
def test_changing_packed_values_is_changing_the_plain_ones(before, new):
    changes = {f.key: new.get(f.key) for f in BUILDING}
    assert packed(before).changed(changes) == new


@given(buildings())
def test_a_cell_unpacks_to_what_was_packed(values):
    for name, value in values.items():
        assert unpacked(pack(value, BUILDING[name]), BUILDING[name]) == value


def test_a_field_that_the_shape_does_not_have_is_kept_too():
    made = packed({"name": "甲"}).changed({"own_1": "乙", "name": None})
    assert made == {"own_1": "乙"}


def test_packed_columns_sort_like_their_values():
    field = BUILDING["gfa_actual"]
    areas = [Decimal("9.5"), Decimal("10.25"), Decimal(100)]
    assert packed_column(({"gfa_actual": area} for area in areas), field) == sorted(
        packed_column([packed({"gfa_actual": area}) for area in areas], field)
    )
    days = [date(1999, 12, 31), date(2000, 1, 1)]
    cells = packed_column([{"vacant_since": day} for day in days], BUILDING["vacant_since"])
    assert cells == sorted(cells)


def test_children_are_found_after_a_change_that_does_not_move_them():
    parcel = Record("parcel", "p", {})
    child = Record("building", "b", {"parcel": "p", "name": "甲"})
    ledger = Ledger.of([parcel, child])
    assert ledger.pointing_at("building", "parcel", "p") == [child]
    renamed = Record("building", "b", {"parcel": "p", "name": "乙"})
    after = ledger.with_rows({"building": [renamed]}, moved=())
    assert after.pointing_at("building", "parcel", "p") == [renamed]
    moved = Record("building", "b", {"name": "乙"})
    gone = after.with_rows({"building": [moved]}, moved=[("building", "parcel")])
    assert gone.pointing_at("building", "parcel", "p") == ()
