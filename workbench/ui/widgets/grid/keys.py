# SPDX-License-Identifier: MIT
"""What each key does in the table: the habits of Excel and WPS."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from workbench.ui.widgets.grid.blocks import BlockEditor, bounds
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.navigation import clamp, edge
from workbench.ui.widgets.grid.painter import Block
from workbench.ui.widgets.grid.protocol import PasteOutcome

Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SIDEWAYS = {Key.Key_Left: -1, Key.Key_Right: 1}
_SCREENS = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}
_ARROWS = {
    Key.Key_Up: (-1, 0),
    Key.Key_Down: (1, 0),
    Key.Key_Left: (0, -1),
    Key.Key_Right: (0, 1),
}


class KeyedView(Protocol):
    """What the keys need of the view."""

    blocks: BlockEditor

    def go_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Make a cell current."""

    def current_cell(self) -> tuple[int, int]:
        """Return the current cell."""

    def shown_columns(self) -> list[int]:
        """Return the columns that are not hidden."""

    def selected_blocks(self) -> list[Block]:
        """Return the selection."""

    def select_block(self, block: Block, *, add: bool = False) -> None:
        """Select a block."""

    def reach(self) -> tuple[int, int]:
        """Return the corner of the selection that Shift moves."""

    def move_within(self, row: int, column: int) -> None:
        """Make a cell of the selection current."""

    def page_rows(self) -> int:
        """Return how many rows are visible at once."""

    def page_columns(self) -> int:
        """Return how many columns that scroll are visible at once."""

    def edit_current(self, *, keep_text: bool = True, with_list: bool = False) -> None:
        """Open the editor."""

    def edit_blank(self) -> None:
        """Open the editor without the cell's text."""

    def edit_with(self, text: str) -> None:
        """Open the editor with another text than the cell's."""

    def copy_cells(self) -> None:
        """Copy the selection."""

    def cut_cells(self) -> None:
        """Copy the selection, then clear it."""

    def written(self, outcome: PasteOutcome) -> None:
        """Tell what became of a block."""

    def step_column(self, step: int) -> None:
        """Move the current column one place."""

    def widen_column(self, step: int) -> None:
        """Make the current column wider or narrower."""

    def ask(self, what: str) -> None:
        """Ask the page for what the table cannot do alone."""


class GridKeys:
    """Turns key presses into moves and deeds; remembers where a row of Tabs began."""

    def __init__(self, view: KeyedView, model: GridModel) -> None:
        self._view = view
        self._model = model
        self._tabs: tuple[int, tuple[int, int]] | None = None
        """Where a row of Tabs began, among the shown columns, and the cell that it has reached."""

    def press(self, event: QKeyEvent) -> bool:
        """Handle a key; False leaves it to the editor, which opens on typing."""
        if self._move(event):
            return True
        return self._standard(event) or self._command(event) or self._plain(event)

    def step(self, rows: int, columns: int) -> None:
        """Move by Tab or Enter; Enter after Tabs returns to the column where they began."""
        if (chosen := self._chosen()) is not None:
            self._step_within(chosen, rows, columns)
            return
        row, column = self._view.current_cell()
        shown = self._view.shown_columns()
        at = shown.index(column) if column in shown else 0
        # typing in between keeps the row of Tabs; whoever went elsewhere began anew
        begun = self._tabs[0] if self._tabs is not None and self._tabs[1] == (row, column) else at
        if columns:
            at += columns
            if not 0 <= at < len(shown):
                row, at = row + columns, (0 if columns > 0 else len(shown) - 1)
        else:
            at = min(begun, len(shown) - 1)
            row += rows
        row = clamp(row, self._model.rowCount())
        self._view.go_to(row, shown[at])
        self._tabs = (begun, (row, shown[at])) if columns else None

    def _chosen(self) -> Block | None:
        """Return the selected block if it is one of several cells round the current one."""
        blocks, (row, column) = self._view.selected_blocks(), self._view.current_cell()
        if len(blocks) != 1:
            return None
        top, left, bottom, right = blocks[0]
        many = (top, left) != (bottom, right)
        return blocks[0] if many and top <= row <= bottom and left <= column <= right else None

    def _step_within(self, block: Block, rows: int, columns: int) -> None:
        """Go round within a selected block, by rows with Tab and by columns with Enter."""
        top, left, bottom, right = block
        row, column = self._view.current_cell()
        across = [at for at in self._view.shown_columns() if left <= at <= right]
        at, height = across.index(column), bottom - top + 1
        if columns:
            place = ((row - top) * len(across) + at + columns) % (height * len(across))
            row, at = top + place // len(across), place % len(across)
        else:
            place = (at * height + row - top + rows) % (height * len(across))
            row, at = top + place % height, place // height
        self._view.move_within(row, across[at])

    def at_end(self, columns: int) -> bool:
        """Tell whether Tab would leave the table, so that the focus may go on."""
        if self._chosen() is not None:
            return False
        row, column = self._view.current_cell()
        shown = self._view.shown_columns()
        if columns > 0:
            return row == self._model.rowCount() - 1 and column == shown[-1]
        return row <= 0 and column == shown[0]

    def _move(self, event: QKeyEvent) -> bool:
        """Handle the keys that move the current cell."""
        key, held = Key(event.key()), event.modifiers()
        extend = bool(held & _SHIFT)
        if key in (Key.Key_Tab, Key.Key_Backtab):
            step = -1 if key == Key.Key_Backtab or extend else 1
            if self.at_end(step):
                return False
            self.step(0, step)
            return True
        if key in (Key.Key_Return, Key.Key_Enter) and held & _ALT:
            self._view.ask("fix")
            return True
        if key in (Key.Key_Return, Key.Key_Enter) and not held & _CTRL:
            self.step(-1 if extend else 1, 0)
            return True
        if held & _ALT and key not in _SCREENS:
            return False
        start = self._view.reach() if extend else self._view.current_cell()
        across = _SCREENS.get(key) if held & _ALT else None
        if across is not None:
            target: tuple[int, int] | None = self._screen_aside(start, across)
        else:
            target = self._target(key, start, ctrl=bool(held & _CTRL))
        if target is None:
            return False
        self._view.go_to(*target, extend=extend)
        return True

    def _screen_aside(self, start: tuple[int, int], across: int) -> tuple[int, int]:
        """Return the cell one screen to the left (−1) or right (1), as Alt+PgUp and Alt+PgDn go."""
        shown = self._view.shown_columns()
        row, column = start
        at = shown.index(column) if column in shown else 0
        return max(row, 0), shown[clamp(at + across * self._view.page_columns(), len(shown))]

    def _target(self, key: Qt.Key, start: tuple[int, int], *, ctrl: bool) -> tuple[int, int] | None:
        """Return the cell that a key leads to from another."""
        row, column = start
        shown = self._view.shown_columns()
        last = self._model.rowCount() - 1
        if row < 0:
            return (0, shown[0]) if key in _ARROWS and last >= 0 else None
        at = shown.index(column) if column in shown else 0
        if key in _ARROWS:
            rows, columns = _ARROWS[key]
            if ctrl:
                return self._data_edge(row, at, rows, columns)
            return row + rows, shown[clamp(at + columns, len(shown))]
        page = self._view.page_rows()
        targets: dict[Qt.Key, tuple[int, int]] = {
            Key.Key_Home: (0 if ctrl else row, shown[0]),
            Key.Key_End: (last if ctrl else row, shown[-1]),
            Key.Key_PageUp: (row - page, column),
            Key.Key_PageDown: (row + page, column),
        }
        return targets.get(key)

    def _data_edge(self, row: int, at: int, rows: int, columns: int) -> tuple[int, int]:
        """Return where Ctrl+Arrow leads."""
        cell, shown = self._model.cell, self._view.shown_columns()

        def filled_down(place: int) -> bool:
            return self._model.is_filled(place, shown[at])

        def filled_across(place: int) -> bool:
            return bool(cell(row, shown[place]).text)

        if rows:
            return edge(row, rows, self._model.rowCount(), filled_down), shown[at]
        return row, shown[edge(at, columns, len(shown), filled_across)]

    def _standard(self, event: QKeyEvent) -> bool:
        """Handle the keys that have the same meaning in every program."""
        view, blocks = self._view, self._view.blocks
        standard = QKeySequence.StandardKey
        selection = view.selected_blocks()
        if event.matches(standard.Copy):
            view.copy_cells()
        elif event.matches(standard.Cut):
            view.cut_cells()
        elif event.matches(standard.Paste):
            view.written(blocks.paste(selection))
        elif event.matches(standard.SelectAll):
            shown = view.shown_columns()
            view.select_block((0, shown[0], self._model.rowCount() - 1, shown[-1]))
        elif event.matches(standard.Find):
            view.ask("find")
        else:
            return False
        return True

    def _command(self, event: QKeyEvent) -> bool:
        """Handle Ctrl with a letter or sign."""
        held = event.modifiers() & ~_KEYPAD
        key, ctrl, both = Key(event.key()), held == _CTRL, held == _CTRL | _SHIFT
        deeds: dict[Qt.Key, Callable[[], None]] = {}
        if ctrl:
            deeds = {
                Key.Key_D: self._fill_down,
                Key.Key_R: self._fill_right,
                Key.Key_H: self._ask_replace,
                Key.Key_Minus: self._ask_delete,
                Key.Key_Semicolon: self._today,
                Key.Key_Apostrophe: self._copy_above,
            }
        elif both:
            deeds = {
                Key.Key_L: self._ask_filter,
                Key.Key_F: self._freeze,
                Key.Key_Plus: self._ask_insert,
                Key.Key_Equal: self._ask_insert,
            }
        if key not in deeds:
            return False
        deeds[key]()
        return True

    def _plain(self, event: QKeyEvent) -> bool:
        """Handle F2, Delete, Alt with arrows, and row selection."""
        view, key = self._view, Key(event.key())
        if key == Key.Key_F2:
            view.edit_current()
        elif key == Key.Key_Backspace:
            view.edit_blank()
        elif key == Key.Key_Delete:
            view.written(view.blocks.clear(view.selected_blocks()))
        elif key == Key.Key_Down and event.modifiers() & _ALT:
            view.edit_current(with_list=True)
        elif key in _SIDEWAYS and event.modifiers() & ~_KEYPAD == _ALT | _SHIFT:
            view.step_column(_SIDEWAYS[key])
        elif key in _SIDEWAYS and event.modifiers() & ~_KEYPAD == _ALT:
            view.widen_column(_SIDEWAYS[key])
        elif key == Key.Key_F3:
            view.ask("find_previous" if event.modifiers() & _SHIFT else "find_next")
        elif key == Key.Key_Space and event.modifiers() & (_SHIFT | _CTRL):
            self._select_whole(columns=bool(event.modifiers() & _CTRL))
        elif key == Key.Key_Menu or (key == Key.Key_F10 and event.modifiers() & _SHIFT):
            view.ask("menu")
        else:
            return False
        return True

    def _select_whole(self, *, columns: bool) -> None:
        """Select the whole rows of the selection, or its whole columns."""
        top, left, bottom, right = bounds(self._view.selected_blocks())
        shown, last = self._view.shown_columns(), self._model.rowCount() - 1
        rows = (top, shown[0], bottom, shown[-1])
        self._view.select_block((0, left, last, right) if columns else rows)

    def _copy_above(self) -> None:
        """Open the editor with the text of the cell above, as Ctrl+' does."""
        row, column = self._view.current_cell()
        above = next((at for at in range(row - 1, -1, -1) if self._model.source_row(at) >= 0), None)
        if above is not None:
            self._view.edit_with(self._model.cell(above, column).edit)

    def _fill_down(self) -> None:
        self._view.written(self._view.blocks.fill_down(self._view.selected_blocks()))

    def _fill_right(self) -> None:
        self._view.written(self._view.blocks.fill_right(self._view.selected_blocks()))

    def _today(self) -> None:
        self._view.written(self._view.blocks.put_today(*self._view.current_cell()))

    def _ask_replace(self) -> None:
        self._view.ask("replace")

    def _ask_delete(self) -> None:
        self._view.ask("delete")

    def _ask_insert(self) -> None:
        self._view.ask("insert")

    def _ask_filter(self) -> None:
        self._view.ask("filter")

    def _freeze(self) -> None:
        self._view.ask("freeze")
