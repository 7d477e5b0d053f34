# SPDX-License-Identifier: MIT
"""Packed values are the values: same equality, same answers, an order for sorting."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import SCALE, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.packed_columns import ColumnPacker, cell_at, cells_of
from workbench.domain.records.packing import (
    NeighbourValues,
    PackedValues,
    Packer,
    Shape,
    pack,
    packed_column,
    unpacked,
)

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
            return st.lists(any_text(max_size=5), max_size=3).map(tuple)
        case _:
            return any_text(min_size=1, max_size=8)


@st.composite
def buildings(draw):
    return {f.key: draw(values_of(f)) for f in BUILDING if draw(st.booleans())}


def packed(values):
    return PackedValues(SHAPE, tuple(pack(values.get(f.key), f) for f in BUILDING))


def alone(values):
    """The same values in a block of one."""
    packer = ColumnPacker()
    cells = (pack(values.get(f.key), f) for f in BUILDING)
    return NeighbourValues(SHAPE, tuple(packer.column([cell]) for cell in cells), 0)


@given(buildings(), st.sampled_from([packed, alone]))
def test_packed_values_equal_the_plain_ones(values, made_by):
    for name, value in values.items():
        assert unpacked(pack(value, BUILDING[name]), BUILDING[name]) == value
    made = made_by(values)
    assert made == values
    assert made.opened() == values
    assert len(made) == len(values)
    assert all(made.get(f.key) == values.get(f.key) for f in BUILDING)
    assert Record("building", "b", made) == Record("building", "b", values)


@settings(max_examples=settings.default.max_examples // 2)
@given(buildings(), buildings(), st.sampled_from([packed, alone]))
def test_changing_packed_values_is_changing_the_plain_ones(before, new, made_by):
    changes = {f.key: new.get(f.key) for f in BUILDING}
    assert made_by(before).changed(changes) == new


_CELLS = [
    st.none(),
    any_text(max_size=3) | st.sampled_from(["😀厂", "\0"]),
    st.integers(-(2**63), 2**63 - 1) | st.sampled_from([-(2**63), 2**70]),
    st.booleans(),
]


@given(
    cells=st.sampled_from(_CELLS).flatmap(lambda kind: st.lists(st.none() | kind, max_size=90)),
    more=st.integers(0, 200),
)
def test_a_column_gives_back_every_cell(cells, more):
    if cells and isinstance(cells[0], str):
        cells += [f"{cells[0]}{n}" for n in range(more)]
    column = ColumnPacker().column(cells)
    assert [cell_at(column, row) for row in range(len(cells))] == cells
    assert list(cells_of(column)) == cells
    kinds = [type(cell) for cell in cells]
    assert [type(cell) for cell in cells_of(column)] == kinds


@pytest.mark.parametrize("name", ["name", "gfa_actual", "kind", "park"])
def test_a_field_of_neighbours_in_any_order_is_the_one_of_each(name):
    rows = [{"name": f"楼{n}", "gfa_actual": Decimal(n), "kind": "厂房"} for n in range(150)]
    packer, few = ColumnPacker(), Shape([f for f in BUILDING if f.key != "park"], SHAPE)
    blocks = [
        tuple(packer.column([pack(row.get(f.key), f) for row in part]) for f in few.fields)
        for part in (rows[:70], rows[70:])
    ]
    made = [NeighbourValues(few, blocks[n >= 70], n % 70 if n < 70 else n - 70)
            for n in range(150)]  # fmt: skip
    order = [(n * 37) % 150 for n in range(150)]
    mixed = [made[n] if n % 3 else rows[n] for n in order]
    field = BUILDING[name]
    expected = [pack(rows[n].get(name), field) for n in order]
    assert packed_column(mixed, field) == packed_column([made[n] for n in order], field) == expected
    assert packed_column(mixed[:5], field) == expected[:5]
    assert Packer([field])(made[80]) == [pack(rows[80].get(name), field)]


def test_what_comes_again_in_another_block_is_kept_once():
    packer = ColumnPacker()
    first, again = (packer.column(["标准" + "厂房", None]) for _ in range(2))
    assert cell_at(first, 0) is cell_at(again, 0)


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
