# SPDX-License-Identifier: MIT
"""Looks for words in the cells of a table of any size, in steps between which others may work."""

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from workbench.ui.widgets.grid.column_text import ColumnText
from workbench.ui.widgets.grid.protocol import Cell, GridColumn

Step = float
"""The share of the work that is done."""
Hits = dict[int, set[int]]
"""Source rows by column."""

_ROWS_READ = 64 * 32
_MOST_CHANGED = 2000
NEAR = 400
"""So many cells are looked at one by one before whole columns are."""
NUMBERS = frozenset({"number", "bar"})


class SearchedTable(Protocol):
    """What is asked of a table."""

    def source_count(self) -> int:
        """Return how many rows there are before filters."""

    def columns(self) -> Sequence[GridColumn]:
        """Return the columns in order."""

    def rowCount(self) -> int:
        """Return how many rows are shown."""

    def cell(self, view: int, column: int, /) -> Cell:
        """Return one shown cell."""

    def source_row(self, view: int, /) -> int:
        """Return the row behind a shown row; negative for the heading of a group."""

    def view_row(self, source: int, /) -> int | None:
        """Return where a row is shown, or None while it is not."""

    @abstractmethod
    def search_texts(self, column: int, sources: Sequence[int], /) -> list[str]:
        """Return what is looked through in a column: ``plain`` of what is shown and edited."""


def plain(text: str) -> str:
    """Return a number's text as it is typed: without thousands commas, with an ordinary minus."""
    return text.casefold().replace(",", "").replace("−", "-")


def holds(cell: Cell, words: str, column: GridColumn) -> bool:
    """Tell whether a cell holds words in lower case, as it is shown or as it is typed."""
    text = cell.text.casefold()
    if words in text or words in cell.edit.casefold():
        return True
    return column.kind in NUMBERS and words.replace("−", "-") in plain(text)


class CellFinder:
    """Keeps the texts of the columns that were looked through and follows their changes."""

    def __init__(self, table: SearchedTable) -> None:
        self._table = table
        self._texts: dict[int, ColumnText] = {}
        self._changed: set[int] = set()

    def forget(self) -> None:
        """Read everything anew when it is looked for next."""
        self._texts.clear()
        self._changed.clear()

    def forget_column(self, column: int) -> None:
        """Read one column anew."""
        self._texts.pop(column, None)

    def change(self, sources: Sequence[int]) -> None:
        """Follow rows that have new values."""
        if self._texts:
            self._changed.update(sources)
            if len(self._changed) > _MOST_CHANGED:
                self.forget()

    def reading(self, columns: Sequence[int]) -> Iterator[Step]:
        """Read the columns, some rows with each step."""
        count = self._table.source_count()
        for number, column in enumerate(columns):
            text = self._texts.setdefault(column, ColumnText())
            while text.rows < count:
                begun = text.rows
                sources = range(begun, min(begun + _ROWS_READ, count))
                texts = self._table.search_texts(column, sources)
                if self._texts.get(column) is not text or text.rows != begun:
                    yield from self.reading(columns)  # the table was read anew meanwhile
                    return
                text.add(texts)
                yield (number + text.rows / count) / len(columns)

    def hits(self, words: str, columns: Sequence[int]) -> Iterator[Step | Hits]:
        """Find the cells whose text may hold words in lower case; the last step are the hits."""
        yield from self.reading(columns)
        found: Hits = {}
        declared = self._table.columns()
        for column in columns:
            text = self._texts.get(column)
            wanted = plain(words) if declared[column].kind in NUMBERS else words
            rows = set(text.rows_with(wanted) if text is not None else ()) - self._changed
            changed = sorted(self._changed)
            fresh = self._table.search_texts(column, changed) if changed else []
            rows.update(row for row, now in zip(changed, fresh, strict=True) if wanted in now)
            if rows:
                found[column] = rows
            yield 1.0
        yield found

    def next_place(
        self, words: str, columns: Sequence[int], at: int, *, backwards: bool
    ) -> Iterator[Step | int | None]:
        """Find the next cell that holds words, from ``at`` on and round to it; None for no cell.

        A place counts the shown cells row by row, over the given columns only.
        """
        width, total = len(columns), self._table.rowCount() * len(columns)
        step = -1 if backwards else 1
        for distance in range(1, min(NEAR, total) + 1):
            place = (at + step * distance) % total
            if self._holds(words, columns, place):
                yield place
                return
            if distance % width == 0:
                yield 0.0
        yield from self._far(words, columns, at, backwards=backwards)

    def _far(
        self, words: str, columns: Sequence[int], at: int, *, backwards: bool
    ) -> Iterator[Step | int | None]:
        """Look through whole columns."""
        hits: Hits = {}
        for found in self.hits(words, columns):
            if isinstance(found, float):
                yield found
            else:
                hits = found
        width, view_row = len(columns), self._table.view_row
        places = sorted(
            view * width + number
            for number, column in enumerate(columns)
            for source in hits.get(column, ())
            if (view := view_row(source)) is not None
        )
        if backwards:
            first = bisect_left(places, at)
            places = places[:first][::-1] + places[first:][::-1]
        else:
            first = bisect_right(places, at)
            places = places[first:] + places[:first]
        for place in places:
            if self._holds(words, columns, place):
                yield place
                return
            yield 1.0
        yield None

    def _holds(self, words: str, columns: Sequence[int], place: int) -> bool:
        row, number = divmod(place, len(columns))
        column = columns[number]
        return row < self._table.rowCount() and holds(
            self._table.cell(row, column), words, self._table.columns()[column]
        )
