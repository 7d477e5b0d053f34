# SPDX-License-Identifier: MIT
"""Which uncertain inputs go together: the lower half of a matrix of rank correlations."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit

from workbench.domain.finance.distributions import Correlation, correlation_matrix, is_possible
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

Names = Sequence[tuple[str, str]]


class CorrelationGrid(Box):
    """One cell per pair, −1…1; a blank one is 0. What cannot be is said below, at once."""

    changed = Signal()
    typed = Signal()
    """At every letter, before it is read."""

    def __init__(self) -> None:
        super().__init__("plain", spacing=4)
        self._names: Names = ()
        self.cells: dict[tuple[str, str], QLineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(8))
        self._grid.setVerticalSpacing(theme.current().px(4))
        self._title = Label(t("scenario.correlations"), "caption", wrap=True)
        self.wrong = Label("", "hint", tone="danger", wrap=True)
        self.wrong.hide()
        self.add(self._title)
        self.add(self._grid)
        self.add(self.wrong)
        self.hide()

    def set_inputs(self, names: Names, pairs: Sequence[Correlation] | None = None) -> None:
        """Show the pairs of some inputs (key, title); without ``pairs`` what is typed stays."""
        typed = {key: cell.text() for key, cell in self.cells.items()}
        if pairs is not None:
            typed = {}
            for pair in pairs:
                typed[pair.first, pair.second] = typed[pair.second, pair.first] = f"{pair.rank:g}"
        elif tuple(names) == tuple(self._names):
            return
        self._names = tuple(names)
        clear_layout(self._grid)
        self.cells = {}
        for row, (key, title) in enumerate(names[1:], start=1):
            label = Label(title, "caption")
            label.setMaximumWidth(theme.current().px(200))
            self._grid.addWidget(label, row, 0)
            for column, (other, theirs) in enumerate(names[:row], start=1):
                cell = QLineEdit(typed.get((key, other)) or typed.get((other, key)) or "")
                cell.setPlaceholderText("0")
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                cell.setFixedWidth(theme.current().px(88))
                cell.setAccessibleName(t("scenario.correlation_of", one=title, two=theirs))
                cell.editingFinished.connect(self._on_edited)
                cell.textEdited.connect(self.typed)
                self._grid.addWidget(cell, row, column)
                self.cells[key, other] = cell
        for column, (_, title) in enumerate(names[:-1], start=1):
            self._grid.addWidget(Label(title, "hint"), 0, column)
        self._grid.setColumnStretch(len(names), 1)
        self.setVisible(len(names) > 1)
        self.read()

    def words(self) -> list[list[str]]:
        """Return the cells that are filled, each as two inputs and what is typed."""
        return [[*pair, cell.text()] for pair, cell in self.cells.items() if cell.text().strip()]

    def take(self, words: Sequence[Sequence[str]]) -> None:
        """Show the pairs that ``words`` returned, where both inputs are there."""
        for one, other, text in words:
            cell = self.cells.get((one, other)) or self.cells.get((other, one))
            if cell is not None:
                cell.setText(text)
        self.read()

    def read(self) -> tuple[Correlation, ...] | None:
        """Return the correlations that are not 0; None when they cannot be, which is said."""
        found: list[Correlation] = []
        wrong = ""
        for (key, other), cell in self.cells.items():
            rank = _rank(cell.text())
            set_style(cell, "state", "error" if rank is None else "")
            if rank is None:
                wrong = t("scenario.correlation_range", value=cell.text()[:20])
            elif rank:
                found.append(Correlation(key, other, rank))
        tied = [key for key, _ in self._names]
        if not wrong and found and not is_possible(correlation_matrix(tied, found)):
            wrong = t("scenario.correlation_impossible")
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        return None if wrong else tuple(found)

    @Slot()
    def _on_edited(self) -> None:
        self.read()
        self.changed.emit()


def _rank(text: str) -> float | None:
    """Return a correlation; blank is 0, what is none at all is None."""
    try:
        rank = float(text.strip().replace("−", "-") or 0)
    except ValueError:
        return None
    return rank if -1 <= rank <= 1 else None
