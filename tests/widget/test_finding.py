# SPDX-License-Identifier: MIT
"""Ctrl+F in tables of any size: the same cells in the same order, numbers as they are typed."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from tests.widget.grid_rig import LAND, NAME, OWNER, STATE, a_grid, finds
from tests.widget.grid_samples import SampleModel
from workbench.domain.display import FACTORS, editable, shown
from workbench.domain.fields import SCALE, Field, FieldType
from workbench.domain.records.packing import unpacked
from workbench.ui.models.search_texts import number_writer
from workbench.ui.widgets.grid import find_run, finding
from workbench.ui.widgets.grid.column_text import ColumnText
from workbench.ui.widgets.grid.finding import holds, plain
from workbench.ui.widgets.slices import Slices

WORDS = ["闲置", "厂房", "8", "1240", "12,4", "2061", "周", "92.4", "没有这个词"]


@pytest.fixture
def grid(qtbot):
    return a_grid(qtbot, SampleModel())


def brute_force(grid, words, at, step):
    """Every cell from a place on and round to it, looked at one by one."""
    columns, model = grid.shown_columns(), grid.grid_model()
    total = model.rowCount() * len(columns)
    for distance in range(1, total + 1):
        row, number = divmod((at + step * distance) % total, len(columns))
        column = columns[number]
        if holds(model.cell(row, column), words, model.columns()[column]):
            return row, column
    return None


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("large", [False, True])
def test_the_next_cell_is_the_one_that_reading_every_cell_gives(
    grid, monkeypatch, words, backwards, large
):
    monkeypatch.setattr(finding, "NEAR", 0 if large else 400)
    grid.go_to(2, STATE)
    for _ in range(8):
        row, column = grid.current_cell()
        at = row * len(grid.shown_columns()) + grid.shown_columns().index(column)
        expected = brute_force(grid, words, at, -1 if backwards else 1)
        assert finds(grid, words, backwards=backwards) is (expected is not None)
        assert grid.current_cell() == (expected or (row, column))


def test_a_sorted_and_filtered_table_is_gone_through_as_it_stands(grid, monkeypatch):
    monkeypatch.setattr(finding, "NEAR", 0)
    grid.grid_model().set_words("闲置")
    grid.go_to(0, NAME)
    seen = []
    for _ in range(3):
        assert finds(grid, "闲置")
        seen.append(grid.current_cell())
    assert seen == [(0, STATE), (1, STATE), (2, STATE)]


def test_a_changed_cell_is_found_by_what_it_holds_now(grid, monkeypatch):
    monkeypatch.setattr(finding, "NEAR", 0)
    assert not finds(grid, "赵新")
    grid.grid_model().set_cells([(3, OWNER, "赵新")], "ui.step_paste")
    assert finds(grid, "赵新")
    assert grid.current_cell() == (3, OWNER)
    assert not finds(grid, "王海涛"), "and no longer by what it held"


def test_a_large_table_is_read_in_slices_and_then_answers(qtbot, grid, monkeypatch):
    monkeypatch.setattr(find_run, "LOOKED_THROUGH", 0)
    monkeypatch.setattr(finding, "NEAR", 0)
    with qtbot.waitSignal(grid.finding.found) as told:
        grid.finding.find("17.9")
    assert told.args == [True]
    assert grid.current_cell() == (1, LAND)


def test_what_was_read_is_let_go_when_nobody_looks_on(grid, monkeypatch):
    monkeypatch.setattr(finding, "NEAR", 0)
    kept = grid.grid_model().finder._texts
    grid.finding.read_ahead()
    assert finds(grid, "17.9")
    assert kept
    assert not grid.finding._idle.isActive(), "the find bar is open"
    grid.finding.let_go()
    assert not kept
    assert finds(grid, "17.9")
    assert kept
    assert grid.finding._idle.isActive(), "F3 without the bar"
    grid.finding._idle.timeout.emit()
    assert not kept
    assert finds(grid, "17.9"), "and read anew"


def test_long_work_tells_its_share_between_slices_and_can_be_left(qtbot, monkeypatch):
    monkeypatch.setattr("workbench.ui.widgets.slices._SLICE_S", 0.0)
    host, done, shares = QObject(), [], []
    slices = Slices(host, done.append, shares.append)
    slices.start(iter([0.5, "end"]))
    assert slices.busy
    slices.stop()
    assert not slices.busy
    slices.start(iter([0.5, "end"]), whole=True)
    assert done == ["end"]


@given(
    texts=st.lists(st.text("ab1\n", max_size=4), max_size=200)
    | st.integers(200, 700).map(lambda n: [f"a{at}" for at in range(n)]),
    words=st.text("ab1", min_size=1, max_size=2),
    piece=st.integers(1, 3),
)
def test_a_long_text_gives_the_rows_that_hold_the_words(texts, words, piece):
    column = ColumnText()
    for at in range(0, len(texts), 64 * piece):
        column.add(texts[at : at + 64 * piece])
    assert column.rows_with(words) == [at for at, text in enumerate(texts) if words in text]


_TYPES = [FieldType.AREA, FieldType.MONEY, FieldType.SHARE, FieldType.NUMBER]
_UNITS = {FieldType.AREA: ["", "亩", "公顷"], FieldType.MONEY: ["", "万元"],
          FieldType.SHARE: ["%"], FieldType.NUMBER: [""]}  # fmt: skip


@given(
    kind=st.sampled_from(_TYPES),
    unit=st.integers(0, 2),
    decimals=st.integers(0, 3),
    cell=st.integers(-(10**18), 10**18) | st.integers(-(10**9), 10**9),
)
@example(kind=FieldType.AREA, unit=1, decimals=0, cell=10**9)  # 1,000 ㎡ are 1.5 亩, shown as 2
def test_numbers_are_written_as_their_cells_show_and_edit_them(kind, unit, decimals, cell):
    units = _UNITS[kind]
    field = Field("x", "x", "x", kind, display_unit=units[unit % len(units)], decimals=decimals)
    factor = FACTORS.get(field.display_unit, Decimal(1))
    text = number_writer(SCALE[kind], factor, decimals)(cell)
    value = unpacked(cell, field)
    first, *rest = text.split("\t")
    seen = plain(shown(value, field))
    assert first == seen or Decimal(first) == Decimal(seen) == 0
    assert editable(value, field) in (first, *rest) or first.startswith(editable(value, field))
