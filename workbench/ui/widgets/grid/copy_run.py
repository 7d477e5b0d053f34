# SPDX-License-Identifier: MIT
"""Copies blocks of any size: a small one at once, a large one in slices."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from workbench.domain.tables.copied.block import to_tsv
from workbench.ui.widgets.grid import clipboard
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.painter import Block
from workbench.ui.widgets.slices import Slices

AT_ONCE = 5_000
"""So many cells are on the clipboard when Ctrl+C returns."""
_ROWS_READ = 512
_MOST_STYLED = 200_000
"""Cells that are also given as HTML; more are given as text alone, which is quicker to take."""
_MEASURED = frozenset(("number", "date", "bar"))


class Copied(NamedTuple):
    """What was put on the clipboard."""

    rows: int
    columns: int
    styled: bool = True
    """Whether spreadsheets are told which cells are words; text alone lets them guess."""


class CopyRun(QObject):
    """``copying`` tells the share that is done, ``copied`` what was put on the clipboard.

    While a large block is read the clipboard is empty: who pastes too early must not get what was
    copied before. ``dropped`` tells that the table was read anew meanwhile and nothing was copied.
    """

    copying = Signal(float)
    copied = Signal(object)
    dropped = Signal()

    def __init__(
        self, model: GridModel, shown: Callable[[], Sequence[int]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._shown = shown
        self._slices: Slices[_Texts] = Slices(self, self._on_done, self.copying.emit)
        self._then: Callable[[], None] | None = None
        model.modelAboutToBeReset.connect(self._on_reset)

    def start(self, blocks: Sequence[Block], then: Callable[[], None] | None = None) -> None:
        """Copy the smallest block round the selection, unselected cells empty; then do that."""
        if not blocks:
            return
        self._then = then
        left, right = min(b[1] for b in blocks), max(b[3] for b in blocks)
        columns = [column for column in self._shown() if left <= column <= right]
        rows = range(min(b[0] for b in blocks), max(b[2] for b in blocks) + 1)
        whole = len(rows) * len(columns) <= AT_ONCE
        if not whole:
            clipboard.empty()
        self._slices.start(_read(self._model, blocks, rows, columns), whole=whole)

    def _on_done(self, texts: "_Texts") -> None:
        clipboard.put("\r\n".join(texts.lines), "".join(texts.html))
        self.copied.emit(Copied(texts.rows, texts.columns, bool(texts.html)))
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot()
    def _on_reset(self) -> None:
        if self._slices.busy:
            self._slices.stop()
            self.dropped.emit()


class _Texts(NamedTuple):
    lines: list[str]
    html: list[str]
    rows: int
    columns: int


def _read(
    model: GridModel, blocks: Sequence[Block], rows: range, columns: Sequence[int]
) -> Iterator[float | _Texts]:
    """Read the cells some rows at a time; the last step are the texts for the clipboard."""
    sources = [model.source_row(row) for row in rows]  # it stays if the table is sorted meanwhile
    kinds = [model.columns()[column].kind not in _MEASURED for column in columns]
    texts = _Texts([], [], len(rows), len(columns))
    styled = len(rows) * len(columns) <= _MOST_STYLED
    for begun in range(0, len(rows), _ROWS_READ):
        some = sources[begun : begun + _ROWS_READ]
        read = [_edits(model, column, some) for column in columns]
        if len(blocks) > 1:
            _leave_out(read, rows[begun : begun + _ROWS_READ], columns, blocks)
        lines = list(zip(*read, strict=True))
        texts.lines.append(to_tsv(lines))
        if styled:
            texts.html.append(_html(lines, kinds))
        yield min((begun + _ROWS_READ) / len(rows), 1.0)
    yield texts


def _edits(model: GridModel, column: int, sources: Sequence[int]) -> list[str]:
    """Return a column's texts; a heading of a group has none."""
    if min(sources) >= 0:
        return model.edits(column, sources)
    known = iter(model.edits(column, [source for source in sources if source >= 0]))
    return [next(known) if source >= 0 else "" for source in sources]


def _leave_out(
    read: list[list[str]], rows: range, columns: Sequence[int], blocks: Sequence[Block]
) -> None:
    """Take away what lies between the blocks of a selection."""
    for number, column in enumerate(columns):
        across = [(top, bottom) for top, left, bottom, right in blocks if left <= column <= right]
        for at, row in enumerate(rows):
            if not any(top <= row <= bottom for top, bottom in across):
                read[number][at] = ""


def _html(rows: Sequence[Sequence[str]], as_text: Sequence[bool]) -> str:
    """Return rows of a table whose words spreadsheets keep as words."""
    opening = [clipboard.TEXT_CELL if words else "<td>" for words in as_text]
    lines = []
    for row in rows:
        cells = zip(opening, row, strict=True)
        written = (f"{tag}{escape(text).replace(chr(10), '<br>')}</td>" for tag, text in cells)
        lines.append(f"<tr>{''.join(written)}</tr>")
    return "".join(lines)
