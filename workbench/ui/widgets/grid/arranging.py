# SPDX-License-Identifier: MIT
"""Which rows a table shows and in which order: filters, words, sort keys, groups; index lists only.

A table of 100,000 rows is filtered and sorted by whole columns of plain keys, never row by row.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import compress
from operator import itemgetter
from typing import Any, Protocol

from workbench.ui.widgets.grid.protocol import ColumnFilter, GridColumn, Group, SortKey
from workbench.ui.widgets.grid.row_words import RowWords, WordSource

SORTED_ALONE = 5000
"""So few rows are sorted by their own keys; the order of more is taken from that of all rows."""
_ROWS_TOGETHER = 512
_MOST_BLOCKS = 2000
NO_FILTER = ColumnFilter()


class ColumnSource(WordSource, Protocol):
    """What is asked of a table's data: values of one column for some source rows."""

    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        """Return keys that sort and compare as people expect; None is unknown."""

    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what a filter of values is kept by, the same in every language."""

    def has_problem(self, source: int, column: int) -> bool:
        """Tell whether a cell has a finding."""

    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        """Return a bound that was typed as a key."""


class Arranger:
    """Answers with lists of source rows.

    It never keeps a column's values, which the records hold already: of each filter it keeps one
    byte a row, of the sort keys together the order of the rows.
    """

    def __init__(self, source: ColumnSource, number: Mapping[str, int]) -> None:
        self._source = source
        self._number = number
        self._masks: dict[str, tuple[ColumnFilter, bytearray]] = {}
        self._order: tuple[tuple[SortKey, ...], array[int]] | None = None
        self._filled: dict[tuple[int, int], bytes] = {}
        self.words = RowWords(source)

    def forget(self) -> None:
        """Read everything anew when it is asked for."""
        self._masks.clear()
        self._order = None
        self._filled.clear()
        self.words.forget()

    def change(self, sources: Sequence[int]) -> None:
        """Follow rows that have new values."""
        self._order = None
        self._filled.clear()
        self.words.change(sources)
        if len(sources) * 4 > self._source.source_count():
            self._masks.clear()
        for key, (chosen, mask) in self._masks.items():
            passing = self._passing(self._number[key], chosen, sources)
            for source, passes in zip(sources, passing, strict=True):
                mask[source] = passes

    def arranged(
        self, filters: Mapping[str, ColumnFilter], words: str, sort: Sequence[SortKey]
    ) -> Sequence[int]:
        """Return the rows that are let through, sorted; unknown values come last."""
        for key in self._masks.keys() - filters.keys():
            del self._masks[key]
        keys = tuple(key for key in sort if key.column in self._number)
        if not keys:
            self._order = None
        return self.sorted(self.filtered(filters, words), keys)

    def filtered(self, filters: Mapping[str, ColumnFilter], words: str = "") -> Sequence[int]:
        """Return the rows that every filter and all the words let through, in ledger order."""
        rows: Sequence[int] = range(self._source.source_count())
        for key, chosen in filters.items():
            if key in self._number:
                rows = self._through(rows, key, chosen)
        if wanted := words.casefold().split():
            for mask in self.words.masks(wanted):
                rows = _marked(rows, mask)
        return rows

    def _through(self, rows: Sequence[int], key: str, chosen: ColumnFilter) -> Sequence[int]:
        column = self._number[key]
        if replace(chosen, problems=False, top=0) != NO_FILTER:
            rows = _marked(rows, self._mask(key, chosen))
        if chosen.problems:
            rows = _rows(row for row in rows if self._source.has_problem(row, column))
        return self._top(rows, column, chosen.top) if chosen.top else rows

    def _mask(self, key: str, chosen: ColumnFilter) -> bytearray:
        """Return one byte a row: 1 where a filter lets it through."""
        kept = self._masks.get(key)
        if kept is None or kept[0] != chosen:
            every = range(self._source.source_count())
            kept = chosen, bytearray(self._passing(self._number[key], chosen, every))
            self._masks[key] = kept
        return kept[1]

    def _passing(self, column: int, chosen: ColumnFilter, sources: Sequence[int]) -> Sequence[int]:
        """Tell of some rows whether a filter lets them through."""
        tests: list[bytes] = []
        if chosen.values is not None or chosen.words:
            tokens, word = self._source.tokens(column, sources), chosen.words.casefold()
            if (values := chosen.values) is not None:
                tests.append(bytes([token in values for token in tokens]))
            if word:
                tests.append(bytes([word in token.casefold() for token in tokens]))
        bounded = chosen.minimum is not None or chosen.maximum is not None
        if bounded or chosen.only_empty or chosen.only_filled:
            keys = self._source.keys(column, sources)
            if chosen.only_empty or chosen.only_filled:
                empty = chosen.only_empty
                tests.append(bytes([(key is None) is empty for key in keys]))
            if bounded:
                tests.append(self._between(keys, column, chosen))
        return [all(passes) for passes in zip(*tests, strict=True)] if tests[1:] else tests[0]

    def passing(
        self, sources: Sequence[int], filters: Mapping[str, ColumnFilter], words: str
    ) -> list[bool]:
        """Tell which rows answer to filters and words now; a largest n is not asked again."""
        passes = [True] * len(sources)

        def narrow(answers: Iterable[object]) -> None:
            passes[:] = [p and bool(answer) for p, answer in zip(passes, answers, strict=True)]

        for key, chosen in filters.items():
            if (column := self._number.get(key)) is None:
                continue
            plain = replace(chosen, problems=False, top=0)
            if plain != NO_FILTER:
                narrow(self._passing(column, plain, sources))
            if chosen.problems:
                narrow([self._source.has_problem(source, column) for source in sources])
        if wanted := words.casefold().split():
            texts = [self._source.words_in(at, sources) for at in self._source.word_columns()]
            rows = [*zip(*texts, strict=True)]
            for word in wanted:
                narrow(any(word in text for text in row) for row in rows)
        return passes

    def _between(self, keys: Sequence[Any], column: int, chosen: ColumnFilter) -> bytes:
        """Tell which keys are within bounds; an unknown value is within none."""
        passes = [key is not None for key in keys]
        if chosen.minimum is not None:
            low = self._source.bound_key(column, chosen.minimum)
            passes = [known and key >= low for known, key in zip(passes, keys, strict=True)]
        if chosen.maximum is not None:
            high = self._source.bound_key(column, chosen.maximum)
            passes = [known and key <= high for known, key in zip(passes, keys, strict=True)]
        return bytes(passes)

    def _top(self, rows: Sequence[int], column: int, count: int) -> Sequence[int]:
        keys = self._source.keys(column, rows)
        known = [(key, at) for at, key in enumerate(keys) if key is not None]
        known.sort(key=itemgetter(0), reverse=True)
        return _rows(rows[at] for at in sorted(at for _, at in known[:count]))

    def sorted(self, rows: Sequence[int], sort: tuple[SortKey, ...]) -> Sequence[int]:
        """Return rows sorted, the first key first; unknown values come last."""
        if not sort:
            return rows
        if len(rows) <= SORTED_ALONE:
            return self._sorted(rows, sort)
        if self._order is None or self._order[0] != sort:
            self._order = sort, self._sorted(range(self._source.source_count()), sort)
        order = self._order[1]
        if len(rows) == len(order):
            return order
        mask = bytearray(len(order))
        for row in rows:
            mask[row] = 1
        return _marked(order, mask)

    def _sorted(self, every: Sequence[int], sort: Sequence[SortKey]) -> "array[int]":
        rows = every
        for key in reversed(sort):  # stable: the last key first
            keys: Any = self._source.keys(self._number[key.column], every)
            if not isinstance(every, range):
                keys = dict(zip(every, keys, strict=True))
            known = [row for row in rows if keys[row] is not None]
            unknown = [row for row in rows if keys[row] is None] if len(known) < len(rows) else []
            known.sort(key=keys.__getitem__, reverse=key.descending)
            rows = known + unknown
        return array("i", rows)

    def grouped(self, rows: Sequence[int], column: str) -> list[Group]:
        """Return the rows in groups of one value each, in the order of the values."""
        number = self._number[column]
        members: dict[str, array[int]] = {}
        for row, token in zip(rows, self._source.tokens(number, rows), strict=True):
            if (group := members.get(token)) is None:
                group = members[token] = array("i")
            group.append(row)
        keys = self._keys_of({token: group[0] for token, group in members.items()}, number)
        order = sorted(members, key=lambda token: _known_first(keys[token]))
        return [Group(column, token, members[token]) for token in order]

    def counted(
        self, column: GridColumn, filters: Mapping[str, ColumnFilter], words: str
    ) -> list[tuple[str, int]]:
        """Return a column's tokens with counts, among rows that the other filters let by."""
        number = self._number[column.key]
        others = {key: value for key, value in filters.items() if key != column.key}
        rows = self.filtered(others, words)
        tokens = self._source.tokens(number, rows)
        counts = Counter(tokens)
        first = dict(zip(reversed(tokens), reversed(rows), strict=True))
        keys = self._keys_of(first, number)
        place = {text: at for at, text in enumerate(column.choices)}

        def order(item: tuple[str, int]) -> tuple[bool, int, Any]:
            token = item[0]
            return token == "", place.get(token, len(place)), _known_first(keys[token])

        return sorted(counts.items(), key=order)

    def _keys_of(self, examples: Mapping[str, int], column: int) -> dict[str, Any]:
        """Return what sorts each token, by a row that has it."""
        keys = self._source.keys(column, list(examples.values()))
        return dict(zip(examples, keys, strict=True))

    def is_filled(self, column: int, source: int) -> bool:
        """Tell whether a cell has a value, reading its neighbours with it."""
        block, at = divmod(source, _ROWS_TOGETHER)
        flags = self._filled.get((column, block))
        if flags is None:
            begun = block * _ROWS_TOGETHER
            sources = range(begun, min(begun + _ROWS_TOGETHER, self._source.source_count()))
            if len(self._filled) >= _MOST_BLOCKS:
                self._filled.clear()
            flags = bytes(map(bool, self._source.tokens(column, sources)))
            self._filled[column, block] = flags
        return bool(flags[at])


def _rows(rows: Iterable[int]) -> Sequence[int]:
    """Return rows in four bytes each; a list of them takes forty."""
    return array("i", list(rows))  # from an iterator it would grow number by number


def _marked(rows: Sequence[int], mask: Sequence[int]) -> Sequence[int]:
    """Return the rows whose byte is 1."""
    if isinstance(rows, range):
        return _rows(compress(rows, mask))
    return _rows([row for row in rows if mask[row]])


def _known_first(key: Any) -> tuple[bool, str, Any]:
    """Return a key that puts unknown values last, and never compares what has no common order."""
    return (True, "", 0) if key is None else (False, type(key).__name__, key)
