# SPDX-License-Identifier: MIT
"""Find and replace (Ctrl+H) with a preview: every cell before and after, each can be left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QScrollArea, QWidget

from workbench.ui.look import theme
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.grid.arranged import LOOKED_THROUGH
from workbench.ui.widgets.grid.finding import Hits
from workbench.ui.widgets.grid.protocol import CellText
from workbench.ui.widgets.grid.view import GridView
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.slices import Slices

MOST_LISTED = 200
_ROW = 28
_ROWS_READ = 512


@dataclass(frozen=True, slots=True)
class Replacement:
    """One shown cell whose text would change."""

    row: int
    column: int
    before: str
    after: str


def replacements(
    grid: GridView, words: str, new: str, *, whole: bool, selected: bool
) -> Iterator[float | list[Replacement]]:
    """Find the cells that would change: editable ones whose text holds the words.

    Yields the share that is done, at last the cells row by row. ``whole`` asks for cells that are
    the words and nothing else; case does not matter.
    """
    model = grid.grid_model()
    blocks = grid.selected_blocks() if selected else [grid.whole_block()]
    columns = [
        column for column in grid.shown_columns()
        if model.columns()[column].editable and any(b[1] <= column <= b[3] for b in blocks)
    ]  # fmt: skip
    hits: Hits = {}
    if words:
        for step in model.finder.hits(words.casefold(), columns):
            if isinstance(step, float):
                yield step
            else:
                hits = step
    made: list[Replacement] = []
    for column, sources in hits.items():
        every = sorted(sources)
        for begun in range(0, len(every), _ROWS_READ):
            some = every[begun : begun + _ROWS_READ]
            for source, text in zip(some, model.edits(column, some), strict=True):
                row = model.view_row(source)
                if row is None or not any(
                    b[0] <= row <= b[2] and b[1] <= column <= b[3] for b in blocks
                ):
                    continue
                after = _after(text, words, new, whole=whole)
                if after != text:
                    made.append(Replacement(row, column, text, after))
            yield 1.0
    made.sort(key=lambda item: (item.row, item.column))
    yield made


def _after(text: str, words: str, new: str, *, whole: bool) -> str:
    if whole:
        return new if text.casefold() == words.casefold() else text
    return _replaced(text, words, new)


def _replaced(text: str, words: str, new: str) -> str:
    """Replace every occurrence, whatever its case."""
    folded, wanted = text.casefold(), words.casefold()
    if len(folded) != len(text):  # a letter that folds into two: compare to the letter
        return text.replace(words, new)
    parts, at = [], 0
    while (found := folded.find(wanted, at)) >= 0:
        parts += [text[at:found], new]
        at = found + len(words)
    return "".join([*parts, text[at:]])


class ReplaceDialog(Dialog):
    """``accepted`` carries the chosen cells (shown row, column, text)."""

    accepted = Signal(list)

    def __init__(self, host: QWidget, grid: GridView, model: LedgerTable, words: str = "") -> None:
        super().__init__(host, t("ledger_replace.title"), width=640)
        self._grid = grid
        self._model = model
        self._found: list[Replacement] = []
        self._left_out: set[tuple[int, int]] = set()
        self._slices: Slices[list[Replacement]] = Slices(self, self._show, self._on_looking)
        self.words = self._field("ledger_replace.words", words)
        self.new = self._field("ledger_replace.new", "")
        self.whole = QCheckBox(t("ledger_replace.whole"))
        self.selected = QCheckBox(t("ledger_replace.selected"))
        self.selected.setChecked(_is_block(grid))
        for box in (self.whole, self.selected):
            box.clicked.connect(self._look)
            self.body.addWidget(box)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFixedHeight(theme.current().px(_ROW * 8))
        self._list = Box("surface", margins=(4, 4, 4, 4))
        self._scroll.setWidget(self._list)
        self.body.addWidget(self._scroll)
        self.add_cancel()
        self._go = self.add_button(t("ledger_replace.replace", n=0), "primary")
        self._go.clicked.connect(self._on_go)
        model.arranged.connect(self._look)  # others changed the table meanwhile
        self._look()

    def chosen(self) -> Sequence[Replacement]:
        """Return what will be replaced."""
        return [r for r in self._found if (r.row, r.column) not in self._left_out]

    def _field(self, key: str, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setPlaceholderText(t(key))
        field.setAccessibleName(t(key))
        field.textChanged.connect(self._look)
        self.body.addWidget(field)
        return field

    @Slot()
    def _look(self) -> None:
        """Show what would change."""
        if not hasattr(self, "_go"):
            return
        self._found = []
        self._count()
        work = replacements(
            self._grid, self.words.text(), self.new.text(),
            whole=self.whole.isChecked(), selected=self.selected.isChecked(),
        )  # fmt: skip
        self._slices.start(work, whole=self._model.source_count() <= LOOKED_THROUGH)

    def _on_looking(self, share: float) -> None:
        self.set_note(t("ui.looking_through", share=f"{share:.0%}"))

    def _show(self, found: list[Replacement]) -> None:
        """List what was found."""
        self._left_out.clear()
        self._found = found
        clear_layout(self._list.content)
        table = QGridLayout()
        table.setHorizontalSpacing(theme.current().px(12))
        table.setColumnStretch(1, 1)
        table.setColumnStretch(2, 1)
        for at, item in enumerate(self._found[:MOST_LISTED]):
            self._add(table, at, item)
        self._list.content.addLayout(table)
        self._list.add_stretch()
        more = len(self._found) - MOST_LISTED
        self.set_note(t("ledger_replace.more", n=more) if more > 0 else self._nothing())
        self._count()

    def _nothing(self) -> str:
        words = self.words.text()
        return t("ui.not_found", words=words) if words and not self._found else ""

    def _add(self, table: QGridLayout, at: int, item: Replacement) -> None:
        record = self._model.record_at(item.row)
        name = record.label if record is not None else str(item.row + 1)
        title = self._model.columns()[item.column].title
        mark = QCheckBox(t("ledger_replace.place", record=name, column=title).replace("&", "&&"))
        mark.setChecked(True)

        def toggle(on: bool) -> None:
            place = (item.row, item.column)
            self._left_out.discard(place) if on else self._left_out.add(place)
            self._count()

        mark.toggled.connect(toggle)
        table.addWidget(mark, at, 0)
        table.addWidget(Label(item.before, "caption"), at, 1)
        table.addWidget(Label(f"→ {item.after or t('ui.filter_empty')}"), at, 2)

    def _count(self) -> None:
        count = len(self.chosen())
        self._go.set_text(t("ledger_replace.replace", n=count))
        self._go.setEnabled(count > 0)

    @Slot()
    def _on_go(self) -> None:
        cells: list[CellText] = [(item.row, item.column, item.after) for item in self.chosen()]
        self.close_dialog()
        self.accepted.emit(cells)


def _is_block(grid: GridView) -> bool:
    """Tell whether more than one cell is selected."""
    blocks = grid.selected_blocks()
    return len(blocks) > 1 or any(b[0] != b[2] or b[1] != b[3] for b in blocks)
