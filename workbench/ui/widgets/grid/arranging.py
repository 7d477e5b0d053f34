# SPDX-License-Identifier: MIT
"""Which rows a table shows and in which order: filters, words, sort keys, groups; index lists only.

A table of 100,000 rows is filtered and sorted by whole columns of plain keys, never row by row.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from workbench.ui.widgets.grid.protocol import ColumnFilter, GridColumn, Group, SortKey


class ColumnSource(Protocol):
    """What is asked of a table's data: values of one column for some source rows."""

    def source_count(self) -> int:
        """Return how many rows there are before filters."""

    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        """Return keys that sort and compare as people expect; None is unknown."""

    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what a filter of values is kept by, the same in every language."""

    def search_words(self, sources: Sequence[int]) -> list[str]:
        """Return the text of whole rows, in lower case."""

    def has_problem(self, source: int, column: int) -> bool:
        """Tell whether a cell has a finding."""

    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        """Return a bound that was typed as a key."""


class Columns:
    """Whole columns of keys, tokens and words, read once and followed row by row."""

    def __init__(self, source: ColumnSource) -> None:
        self._source = source
        self._kept: dict[tuple[str, int], list[Any]] = {}
        self._ahead: list[Any] = []
        """The words of the first rows, while they are read ahead of a search."""

    def forget(self) -> None:
        """Read everything anew when it is asked for."""
        self._kept.clear()
        self._ahead = []

    def read_ahead(self, count: int) -> bool:
        """Read the words of some more rows; tell whether those of all rows are there now."""
        if ("words", -1) in self._kept:
            return True
        every = range(self._source.source_count())
        begun = len(self._ahead)
        self._ahead += self._read("words", -1, every[begun : begun + count])
        if len(self._ahead) == len(every):
            self.words()
        return ("words", -1) in self._kept

    def change(self, sources: Sequence[int]) -> None:
        """Read some rows anew."""
        if len(sources) * 4 > self._source.source_count():
            self.forget()
            return
        for (kind, column), values in self._kept.items():
            fresh = self._read(kind, column, sources)
            for source, value in zip(sources, fresh, strict=True):
                values[source] = value
        begun = [source for source in sources if source < len(self._ahead)]
        if begun:
            for source, value in zip(begun, self._read("words", -1, begun), strict=True):
                self._ahead[source] = value

    def keys(self, column: int) -> list[Any]:
        """Return a column's keys by source row."""
        return self._whole("keys", column)

    def tokens(self, column: int) -> list[str]:
        """Return a column's tokens by source row."""
        return self._whole("tokens", column)

    def words(self) -> list[str]:
        """Return each row's text."""
        return self._whole("words", -1)

    def _whole(self, kind: str, column: int) -> list[Any]:
        values = self._kept.get((kind, column))
        if values is None:
            every = range(self._source.source_count())
            begun = self._ahead if kind == "words" else []
            values = begun + self._read(kind, column, every[len(begun) :])
            self._kept[kind, column] = values
            if kind == "words":
                self._ahead = []
        return values

    def _read(self, kind: str, column: int, sources: Sequence[int]) -> list[Any]:
        if kind == "keys":
            return self._source.keys(column, sources)
        if kind == "tokens":
            return self._source.tokens(column, sources)
        return self._source.search_words(sources)


class Arranger:
    """Answers with lists of source rows."""

    def __init__(self, source: ColumnSource, number: Mapping[str, int]) -> None:
        self._source = source
        self._number = number
        self.columns = Columns(source)

    def filtered(self, filters: Mapping[str, ColumnFilter], words: str = "") -> Sequence[int]:
        """Return the rows that every filter and all the words let through, in ledger order."""
        rows: Sequence[int] = range(self._source.source_count())
        for key, chosen in filters.items():
            if key in self._number:
                rows = self._through(rows, self._number[key], chosen)
        for word in words.casefold().split():
            texts = self.columns.words()
            rows = [row for row in rows if word in texts[row]]
        return rows

    def _through(self, rows: Sequence[int], column: int, chosen: ColumnFilter) -> Sequence[int]:
        if chosen.values is not None:
            tokens, values = self.columns.tokens(column), chosen.values
            rows = [row for row in rows if tokens[row] in values]
        if chosen.words:
            tokens, word = self.columns.tokens(column), chosen.words.casefold()
            rows = [row for row in rows if word in tokens[row].casefold()]
        if chosen.only_empty or chosen.only_filled:
            keys = self.columns.keys(column)
            rows = [row for row in rows if (keys[row] is None) is chosen.only_empty]
        if chosen.minimum is not None or chosen.maximum is not None:
            rows = self._between(rows, column, chosen)
        if chosen.problems:
            rows = [row for row in rows if self._source.has_problem(row, column)]
        return self._top(rows, column, chosen.top) if chosen.top else rows

    def _between(self, rows: Sequence[int], column: int, chosen: ColumnFilter) -> Sequence[int]:
        """Return the rows within bounds; an unknown value is within none."""
        keys = self.columns.keys(column)
        if chosen.minimum is not None:
            low = self._source.bound_key(column, chosen.minimum)
            rows = [row for row in rows if (key := keys[row]) is not None and key >= low]
        if chosen.maximum is not None:
            high = self._source.bound_key(column, chosen.maximum)
            rows = [row for row in rows if (key := keys[row]) is not None and key <= high]
        return rows

    def _top(self, rows: Sequence[int], column: int, count: int) -> list[int]:
        keys = self.columns.keys(column)
        known = [row for row in rows if keys[row] is not None]
        known.sort(key=keys.__getitem__, reverse=True)
        kept = set(known[:count])
        return [row for row in rows if row in kept]

    def sorted(self, rows: Sequence[int], sort: Sequence[SortKey]) -> Sequence[int]:
        """Return rows sorted, the first key first; unknown values come last."""
        for key in reversed(sort):  # stable: the last key first
            if key.column not in self._number:
                continue
            keys = self.columns.keys(self._number[key.column])
            known = [row for row in rows if keys[row] is not None]
            unknown = [row for row in rows if keys[row] is None]
            known.sort(key=keys.__getitem__, reverse=key.descending)
            rows = known + unknown
        return rows

    def grouped(self, rows: Sequence[int], column: str) -> list[Group]:
        """Return the rows in groups of one value each, in the order of the values."""
        number = self._number[column]
        tokens, keys = self.columns.tokens(number), self.columns.keys(number)
        members: dict[str, list[int]] = {}
        for row in rows:
            members.setdefault(tokens[row], []).append(row)
        order = sorted(members, key=lambda token: _known_first(keys[members[token][0]]))
        return [Group(column, token, tuple(members[token])) for token in order]

    def counted(
        self, column: GridColumn, filters: Mapping[str, ColumnFilter], words: str
    ) -> list[tuple[str, int]]:
        """Return a column's tokens with counts, among rows that the other filters let by."""
        number = self._number[column.key]
        tokens, keys = self.columns.tokens(number), self.columns.keys(number)
        others = {key: value for key, value in filters.items() if key != column.key}
        counts: Counter[str] = Counter()
        example: dict[str, Any] = {}
        for row in self.filtered(others, words):
            token = tokens[row]
            counts[token] += 1
            if token not in example:
                example[token] = keys[row]
        place = {text: at for at, text in enumerate(column.choices)}

        def order(item: tuple[str, int]) -> tuple[bool, int, Any]:
            token = item[0]
            return token == "", place.get(token, len(place)), _known_first(example[token])

        return sorted(counts.items(), key=order)


def _known_first(key: Any) -> tuple[bool, str, Any]:
    """Return a key that puts unknown values last, and never compares what has no common order."""
    return (True, "", 0) if key is None else (False, type(key).__name__, key)
