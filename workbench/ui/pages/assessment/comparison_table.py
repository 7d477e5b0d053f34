# SPDX-License-Identifier: MIT
"""Our figures beside those of the compared cases; a line leads to how our figure came about."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from workbench.application.assessment.comparing import (
    gap_words,
    ours_words,
    theirs_words,
)
from workbench.application.cases.words import short_name
from workbench.domain.cases.case import Case
from workbench.domain.matching.comparison import ComparedLine
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


class ComparisonCard(Card):
    """``indicator_asked`` carries the id of the indicator behind a line of ours."""

    indicator_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("comparison.title"), t("comparison.text"))
        self._body = Box("plain")
        self.add(self._body)
        self.table: ReadTable | None = None
        self._indicators: dict[str, str] = {}

    def set_lines(self, lines: Sequence[ComparedLine], cases: Sequence[Case]) -> None:
        """Show the measures of which one side knows something."""
        clear_layout(self._body.content)
        self.table = None
        self._indicators = {line.measure.key: line.measure.indicator for line in lines}
        if not lines or not cases:
            self._body.add(Label(t("comparison.nothing"), "caption", wrap=True))
            return
        texts = texts_in_use()
        columns = [Column(t("comparison.measure"), share=2), Column(t("comparison.ours"), share=2)]
        columns += [Column(short_name(case, texts), share=2) for case in cases]
        columns.append(Column(t("comparison.gap"), width=110, right=True))
        self.table = ReadTable(t("comparison.title"), columns, opens=True)
        self.table.row_opened.connect(self._on_opened)
        self.table.set_rows([_row(line) for line in lines])
        self._body.add(self.table)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        if id_ := self._indicators.get(key):
            self.indicator_asked.emit(id_)


def _row(line: ComparedLine) -> Row:
    texts = texts_in_use()
    known = line.ours is not None
    cells = [
        Cell(t(line.measure.text_key), tone="text2"),
        Cell(ours_words(line, texts), strong=known, tone="text" if known else "text3"),
    ]
    for figure in line.theirs:
        words, detail = theirs_words(figure, line.measure, texts)
        cells.append(Cell(words, detail=detail, tone="text" if figure.counts else "text3"))
    cells.append(Cell(gap_words(line, texts), strong=True, tone="warn" if line.behind else "text2"))
    return Row(line.measure.key, tuple(cells))
