# SPDX-License-Identifier: MIT
"""The answers of a scenario as tiles, in as many rows as the width asks for."""

from math import ceil

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from workbench.application.money.report import ScenarioWords
from workbench.domain.finance.results import Measure, Result
from workbench.domain.overriding import override
from workbench.ui.pages.home.figures import EXPLAINED, Tile
from workbench.ui.pages.home.page import TileBox
from workbench.ui.pages.scenario.words import number_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import clear_layout
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.hairline import Hairline

_TILES = 5


class TilesCard(Card):
    """The answers of the own account; with and without terminal value beside each other.

    ``opened`` carries the place of an answer among the result's measures.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        # the width decides how many stand side by side, and never the other way round
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._boxes: list[TileBox] = []
        self._lines: list[Hairline] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self.content.addLayout(self._grid)

    def set_result(self, result: Result, words: ScenarioWords) -> None:
        """Show another result."""
        clear_layout(self._grid)
        self._boxes, self._lines = [], []
        for tile in _tiles(result, words):
            box = TileBox(tile)
            box.followed.connect(self._on_followed)
            self._boxes.append(box)
        self._columns = 0
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the tiles into rows of about the same length, with hairlines between them."""
        widest = max((box.minimumSizeHint().width() for box in self._boxes), default=1)
        fitting = max(self.width() // max(widest, 1), 1)
        columns = ceil(len(self._boxes) / ceil(len(self._boxes) / fitting)) if self._boxes else 0
        if columns == self._columns:
            return
        self._columns = columns
        for line in self._lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        for at, box in enumerate(self._boxes):
            row, column = divmod(at, columns)
            self._grid.addWidget(box, 2 * row, 2 * column)
            self._grid.setColumnStretch(2 * column, 1)
            if column:
                self._line(Hairline(vertical=True), 2 * row, 2 * column - 1)
            elif row:
                self._line(Hairline(), 2 * row - 1, 0, columns * 2 - 1)

    def _line(self, line: Hairline, row: int, column: int, span: int = 1) -> None:
        self._grid.addWidget(line, row, column, 1, span)
        self._lines.append(line)

    @Slot(str)
    def _on_followed(self, target: str) -> None:
        self.opened.emit(int(target.removeprefix(EXPLAINED)))


def _tiles(result: Result, words: ScenarioWords) -> list[Tile]:
    own = result.accounts[0].key if result.accounts else ""
    tiles: list[Tile] = []
    order = {key: at for at, key in enumerate(words.model.answers)}
    names = {account.key: account.title(language()) for account in result.accounts}
    shown = [m for m in result.measures if m.with_terminal is not True
             and (m.account == own or m.key in order)]  # fmt: skip

    def rank(measure: Measure) -> tuple[bool, bool, int]:
        unknown = measure.value is None
        return measure.account != own, unknown, order.get(measure.key, len(order))

    for measure in sorted(shown, key=rank):
        note = _other_ending(result, measure)
        reasons = " ".join(words.reason(reason) for reason in measure.reasons)
        number, unit = number_words(measure.value, measure.field)
        tone = "warn" if measure.value is None else ""
        title = measure.field.title(language())
        if measure.account != own:
            title = t("scenario.answer_of", title=title, party=names.get(measure.account, ""))
        if note:
            title = t("scenario.without_terminal", title=title)
        at = next(at for at, each in enumerate(result.measures) if each is measure)
        tiles.append(Tile(title, number, unit, reasons or note, tone, f"{EXPLAINED}{at}"))
    return tiles[:_TILES]


def _other_ending(result: Result, measure: Measure) -> str:
    """Return the same figure with terminal value in words."""
    if measure.with_terminal is None:
        return ""
    other = result.measure(measure.key, measure.account, with_terminal=True)
    number, unit = number_words(other.value, other.field)
    return t("scenario.with_terminal", value=f"{number} {unit}".strip())
