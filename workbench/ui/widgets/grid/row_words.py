# SPDX-License-Identifier: MIT
"""The words of whole rows, read and searched piece by piece: 100,000 rows take ten megabytes."""

from collections.abc import Sequence
from typing import Protocol

from workbench.ui.widgets.grid.column_text import Piece

ROWS_IN_PIECE = 1024


class WordSource(Protocol):
    """What is asked of a table's data."""

    def source_count(self) -> int:
        """Return how many rows there are before filters."""

    def word_columns(self) -> Sequence[int]:
        """Return the columns whose words are searched."""

    def words_in(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return a column's words in lower case, "" for unknown."""


class RowWords:
    """Tells which rows hold a word in any of their columns."""

    def __init__(self, source: WordSource) -> None:
        self._source = source
        self._pieces: list[Piece | None] = []
        self._masks: dict[str, bytes] = {}
        """Of the words that are searched now, so that a further letter asks for one word only."""

    def forget(self) -> None:
        """Let go of everything; it is read anew when it is asked for."""
        self._pieces = []
        self._masks.clear()

    def change(self, sources: Sequence[int]) -> None:
        """Let go of the pieces in which rows have new values."""
        self._masks.clear()
        for number in {source // ROWS_IN_PIECE for source in sources}:
            if number < len(self._pieces):
                self._pieces[number] = None

    def read_ahead(self, rows: int) -> bool:
        """Read about so many rows more; tell whether the words of all rows are there now."""
        for number in range(self._count_pieces()):
            if self._pieces[number] is None:
                if rows <= 0:
                    return False
                self._piece(number)
                rows -= ROWS_IN_PIECE
        return True

    def masks(self, words: Sequence[str]) -> list[bytes]:
        """Return for each word one byte a row: 1 where the row holds it."""
        kept = self._masks
        self._masks = {}
        for word in words:
            mask = kept.get(word)
            if mask is None:
                pieces = [self._piece(number) for number in range(self._count_pieces())]
                mask = b"".join(piece.mask(word) or bytes(piece.rows) for piece in pieces)
            self._masks[word] = mask
        return [self._masks[word] for word in words]

    def _count_pieces(self) -> int:
        count = -(-self._source.source_count() // ROWS_IN_PIECE)
        if len(self._pieces) != count:
            self.forget()
            self._pieces = [None] * count
        return count

    def _piece(self, number: int) -> Piece:
        piece = self._pieces[number]
        if piece is None:
            begun = number * ROWS_IN_PIECE
            sources = range(begun, min(begun + ROWS_IN_PIECE, self._source.source_count()))
            columns = self._source.word_columns()
            read = (self._source.words_in(column, sources) for column in columns)
            piece = self._pieces[number] = Piece(read, len(sources))
        return piece
