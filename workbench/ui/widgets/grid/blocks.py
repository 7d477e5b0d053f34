# SPDX-License-Identifier: MIT
"""What is done to a block of cells: copy, cut, paste, fill, clear; each write is one step."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from workbench.application.collection import paused_collection
from workbench.domain.tables.copied.block import to_tsv
from workbench.domain.tables.copied.cells import CopiedBlock
from workbench.domain.tables.series import continued
from workbench.ui.widgets.grid.clipboard import copied
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.painter import Block
from workbench.ui.widgets.grid.protocol import CellText, PasteOutcome


class BlockEditor:
    """Acts on blocks of shown cells; ``shown`` lists the columns that are not hidden, in order."""

    def __init__(
        self, model: GridModel, shown: Callable[[], Sequence[int]], today: Callable[[], date]
    ) -> None:
        self._model = model
        self._shown = shown
        self._today = today

    def clear(self, blocks: Sequence[Block], label: str = "ui.step_clear") -> PasteOutcome:
        """Make the selected cells unknown; cells that are empty already are left alone."""
        cells = [
            (row, column)
            for row, column in self.cells(blocks)
            if self._model.cell(row, column).edit
        ]
        return self._model.clear_cells(cells, label) if cells else PasteOutcome(label=label)

    @paused_collection()
    def paste(self, blocks: Sequence[Block]) -> PasteOutcome:
        """Write the clipboard's block at the selection's corner; one value fills the selection.

        A selection that is a whole multiple of the block is filled with repetitions; a block with a
        header of its own goes by the header, not by the columns under it. Rows that filters hide
        and headings of groups are passed over.
        """
        block = copied()
        if not blocks or block is None:
            return PasteOutcome(label="ui.step_paste", nothing=bool(blocks))
        top, left, bottom, right = bounds(blocks)
        columns = self._model.columns()
        keys = [columns[column].key for column in self._shown() if column >= left]
        headed = self._model.paste_headed(to_tsv(block.texts()), top, keys)
        if headed is not None:
            return replace(headed, exact=block.exact)
        height, width = len(block.rows), max(len(row) for row in block.rows)
        if height == width == 1:
            text = block.rows[0][0] or ""
            cells = [(row, column, text) for row, column in self.cells(blocks)]
            return replace(self._model.set_cells(cells, "ui.step_paste"), exact=block.exact)
        return self._placed(block, (height, width), (top, left, bottom, right))

    def _placed(self, block: CopiedBlock, size: tuple[int, int], selection: Block) -> PasteOutcome:
        """Write a block of several cells over data rows and shown columns."""
        (height, width), (top, left, bottom, right) = size, selection
        lines, chosen = self._lines(top, bottom)
        shown = self._shown()
        first = bisect_left(shown, left)
        across = sum(1 for column in shown if left <= column <= right)
        down_times = _repeats(chosen, height, across, width)
        across_times = _repeats(across, width, chosen, height)
        placed: list[CellText] = []
        beyond = 0
        for y in range(height * down_times):
            line = block.rows[y % height]
            for x in range(width * across_times):
                text = line[x % width] if x % width < len(line) else None
                if text is None:
                    continue
                if y < len(lines) and first + x < len(shown):
                    placed.append((lines[y], shown[first + x], text))
                else:
                    beyond += 1
        outcome = self._model.set_cells(placed, "ui.step_paste")
        under = [self._model.columns()[column].key for column in shown[first : first + width]]
        return replace(
            outcome,
            beyond=beyond,
            left_over=block.texts()[len(lines) :] if down_times == 1 else [],
            left_over_columns=under,
            exact=block.exact,
            among_shown=height * down_times > 1 and self._model.is_narrowed(),
            place=_hull(placed),
        )

    def _lines(self, top: int, bottom: int) -> tuple[Sequence[int], int]:
        """Return the data rows from a row on, and how many of them are selected."""
        every = range(top, self._model.rowCount())
        if not self._model.group:
            return every, bottom - top + 1
        lines = [row for row in every if self._model.source_row(row) >= 0]
        return lines, max(sum(1 for row in lines if row <= bottom), 1)

    def fill_down(self, blocks: Sequence[Block]) -> PasteOutcome:
        """Copy the top row of the block into the rows below; one row takes the row above it.

        The heading of a group is no row: it is neither copied nor filled.
        """
        top, left, bottom, right = bounds(blocks)
        rows = [row for row in range(top, bottom + 1) if self._model.source_row(row) >= 0]
        if len(rows) == 1:
            rows = [*self._above(rows[0]), *rows]
        cells = [
            (row, column, self._model.cell(rows[0], column).edit)
            for row in rows[1:]
            for column in self._shown()
            if left <= column <= right
        ]
        return self._over_shown(self._model.set_cells(cells, "ui.step_fill_down"), len(rows) - 1)

    def _above(self, row: int) -> list[int]:
        """Return the data row above one, [] at the top of the table."""
        above = (at for at in range(row - 1, -1, -1) if self._model.source_row(at) >= 0)
        return list(islice(above, 1))

    def _over_shown(self, outcome: PasteOutcome, rows: int) -> PasteOutcome:
        """Note of what went over several rows that filters hide rows between them."""
        return replace(outcome, among_shown=rows > 1 and self._model.is_narrowed())

    def fill_right(self, blocks: Sequence[Block]) -> PasteOutcome:
        """Copy the left column of the block to its right."""
        top, left, bottom, right = bounds(blocks)
        columns = [column for column in self._shown() if left <= column <= right]
        if len(columns) == 1:
            at = self._shown().index(left)
            columns = list(self._shown()[max(at - 1, 0) : at + 1])
        cells = [
            (row, column, self._model.cell(row, columns[0]).edit)
            for row in range(top, bottom + 1)
            if self._model.source_row(row) >= 0
            for column in columns[1:]
        ]
        return self._model.set_cells(cells, "ui.step_fill_right")

    def put(self, blocks: Sequence[Block], text: str) -> PasteOutcome:
        """Write one text into every selected cell, as Ctrl+Enter does."""
        cells = [(row, column, text) for row, column in self.cells(blocks)]
        return self._model.set_cells(cells, "ui.step_fill_selection")

    def end_beside(self, block: Block) -> int:
        """Return the last row of what is filled beside a block, its own last row for nothing.

        The nearest column that goes on below the block counts, first to the left, then to the
        right; what stands below the block itself is never written over.
        """
        _, left, bottom, right = block
        last, shown = self._model.rowCount() - 1, list(self._shown())
        inside = [column for column in shown if left <= column <= right]
        before = [column for column in shown if column < left][::-1]
        beside = [*before, *(column for column in shown if column > right)]

        def goes_on(row: int, column: int) -> bool:
            return self._model.source_row(row) < 0 or self._model.is_filled(row, column)

        guide = next(
            (c for c in beside if bottom < last and self._model.is_filled(bottom + 1, c)), None
        )
        end = bottom
        while guide is not None and end < last and goes_on(end + 1, guide):
            if any(self._model.is_filled(end + 1, column) for column in inside):
                break
            end += 1
        return end

    def drag_fill(self, source: Block, target: Block, *, repeat: bool = False) -> PasteOutcome:
        """Continue each column's series over the cells that the handle was dragged across.

        What is no series is repeated, and everything is when that was asked for; headings of groups
        are passed over.
        """
        top, left, bottom, right = source
        rows = [row for row in range(target[0], target[2] + 1) if self._model.source_row(row) >= 0]
        inner = [row for row in rows if top <= row <= bottom]
        if not inner:
            return PasteOutcome(label="ui.step_fill_down")
        series = {} if repeat else self._series(rows, inner, left, right)
        shown = [column for column in self._shown() if left <= column <= right]
        across = [column for column in self._shown() if target[1] <= column <= target[3]]
        first = rows.index(inner[0])
        cells: list[CellText] = []
        for at, row in enumerate(rows):
            from_row = inner[(at - first) % len(inner)]
            for place, column in enumerate(across, -sum(column < left for column in across)):
                if top <= row <= bottom and left <= column <= right:
                    continue
                text = self._model.cell(from_row, shown[place % len(shown)]).edit
                cells.append((row, column, series.get((row, column), text)))
        is_across = target[1] < left or target[3] > right
        label = "ui.step_fill_right" if is_across else "ui.step_fill_down"
        return self._over_shown(self._model.set_cells(cells, label), len(rows) - len(inner))

    def _series(
        self, rows: Sequence[int], inner: Sequence[int], left: int, right: int
    ) -> dict[tuple[int, int], str]:
        """Return what continues the columns of some data rows over the rows below and above."""
        below = [row for row in rows if row > inner[-1]]
        above = [row for row in rows if row < inner[0]][::-1]
        found: dict[tuple[int, int], str] = {}
        for column in (c for c in self._shown() if left <= c <= right):
            texts = [self._model.cell(row, column).edit for row in inner]
            down = continued(texts, len(below)) or ()
            up = (continued(texts[::-1], len(above)) or ()) if len(texts) > 1 else ()
            found |= {(row, column): text for row, text in zip(below, down, strict=False)}
            found |= {(row, column): text for row, text in zip(above, up, strict=False)}
        return found

    def put_today(self, row: int, column: int) -> PasteOutcome:
        """Write today's date into a cell."""
        return self._model.set_cells([(row, column, self._today().isoformat())], "ui.step_today")

    def cells(self, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
        """Yield every selected cell once, row by row."""
        shown = self._shown()
        seen: set[tuple[int, int]] = set()
        for top, left, bottom, right in blocks:
            for row in range(top, bottom + 1):
                for column in shown:
                    if left <= column <= right and (row, column) not in seen:
                        seen.add((row, column))
                        yield row, column


def bounds(blocks: Sequence[Block]) -> Block:
    """Return the smallest block that holds all blocks."""
    return (
        min(block[0] for block in blocks),
        min(block[1] for block in blocks),
        max(block[2] for block in blocks),
        max(block[3] for block in blocks),
    )


def _repeats(room: int, size: int, other_room: int, other_size: int) -> int:
    """Return how often a pasted block fits, if it fits without a rest in both directions."""
    fits = room % size == 0 and other_room % other_size == 0
    return room // size if fits else 1


def _hull(cells: Sequence[CellText]) -> Block | None:
    """Return the smallest block round some cells."""
    if not cells:
        return None
    rows, columns = [cell[0] for cell in cells], [cell[1] for cell in cells]
    return min(rows), min(columns), max(rows), max(columns)
