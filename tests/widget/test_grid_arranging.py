# SPDX-License-Identifier: MIT
"""What a table shows, after any edits, equals what a table read anew would show."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.widgets.grid import arranging
from workbench.ui.widgets.grid.arranging import Arranger
from workbench.ui.widgets.grid.protocol import ColumnFilter, GridColumn, SortKey

KEYS = {"size": 0, "word": 1}
FILTERS = st.sampled_from(
    [
        None,
        ColumnFilter(minimum=Decimal(3)),
        ColumnFilter(maximum=Decimal(5), minimum=Decimal(2)),
        ColumnFilter(only_empty=True),
        ColumnFilter(only_filled=True, top=4),
        ColumnFilter(top=3),
        ColumnFilter(values=frozenset({"3", ""})),
        ColumnFilter(words="4"),
    ]
)
SORTS = st.sampled_from(
    [
        (),
        (SortKey("size"),),
        (SortKey("word", descending=True), SortKey("size")),
        (SortKey("size", descending=True), SortKey("word")),
    ]
)
ROW = st.tuples(st.none() | st.integers(0, 9), st.none() | st.sampled_from(["厂房", "仓库", "b"]))


class Table:
    """Rows of a number and a word."""

    def __init__(self, rows):
        self.rows = list(rows)

    def source_count(self):
        return len(self.rows)

    def keys(self, column, sources):
        return [self.rows[source][column] for source in sources]

    def tokens(self, column, sources):
        cells = self.keys(column, sources)
        return ["" if cell is None else str(cell) for cell in cells]

    def word_columns(self):
        return [1]

    def words_in(self, column, sources):
        return self.tokens(column, sources)

    def has_problem(self, source, column):
        return False

    def bound_key(self, _column, bound):
        return int(bound)


@given(
    rows=st.lists(ROW, max_size=40),
    edits=st.lists(st.tuples(st.integers(0, 39), ROW), max_size=6),
    size=FILTERS,
    word=FILTERS,
    words=st.sampled_from(["", "房", "厂 房", "b"]),
    sort=SORTS,
    alone=st.sampled_from([0, 20, 5000]),
)
def test_filters_words_and_order_follow_edits(rows, edits, size, word, words, sort, alone):
    filters = {k: f for k, f in (("size", size), ("word", word)) if f is not None}
    if filters.get("word", arranging.NO_FILTER).minimum is not None:
        del filters["word"]
    arranging.SORTED_ALONE, before = alone, arranging.SORTED_ALONE
    try:
        table = Table(rows)
        kept = Arranger(table, KEYS)
        kept.arranged(filters, words, sort)
        for at, row in edits:
            if at < len(rows):
                table.rows[at] = row
                kept.change([at])
                now = kept.arranged(filters, words, sort)
                assert list(now) == list(Arranger(table, KEYS).arranged(filters, words, sort))
        shown = list(kept.arranged(filters, words, sort))
        arranging.SORTED_ALONE = 5000
        assert shown == list(Arranger(table, KEYS).arranged(filters, words, sort))
        column = GridColumn("size", "面积")
        counts = kept.counted(column, filters, words)
        others = {k: f for k, f in filters.items() if k != "size"}
        assert sum(n for _, n in counts) == len(kept.filtered(others, words))
        groups = kept.grouped(shown, "word")
        assert sorted(row for group in groups for row in group.rows) == sorted(shown)
    finally:
        arranging.SORTED_ALONE = before
