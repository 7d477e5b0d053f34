# SPDX-License-Identifier: MIT
"""The indicators of an assessment: value or what is missing, band, reference, explanation."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.indicators.indicator import Band, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.ui.look import theme
from workbench.ui.pages.assessment.explanation_panel import PANEL_WIDTH, ExplanationPanel
from workbench.ui.pages.assessment.result_words import (
    BAND_TONES,
    band_word,
    shown_indicator,
    shown_reference,
    why_unknown,
)
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row
from workbench.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft

_NEEDS = 940
_FILTERS = {"all": None, "red": Band.RED, "yellow": Band.YELLOW, "pending": Band.PENDING}


class IndicatorsTab(Box):
    """A table of all indicators; the panel at the right explains the chosen one."""

    def __init__(self) -> None:
        super().__init__("surface")
        self._draft: AssessmentDraft | None = None
        px = theme.current().px
        left = Box("surface")
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(10), px(16), px(10))
        self._summary = Label("", "strong", wrap=True)
        self.filters = Segments([(key, t(f"assessment.filter_{key}")) for key in _FILTERS], "all")
        self.filters.chosen.connect(self._show)
        head.addWidget(self._summary, 1)
        head.addWidget(self.filters)
        self.table = ReadTable(
            t("assessment.tab_indicators"),
            (
                Column(t("assessment.id"), width=64),
                Column(t("assessment.indicator"), share=5),
                Column(t("assessment.value"), width=150, right=True),
                Column(t("assessment.band"), width=84),
                Column(t("assessment.reference"), share=4),
            ),
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self.show_explanation)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        sheet = Box("surface", margins=(14, 0, 0, 0))
        sheet.add(self.table)
        left.add(head)
        left.add(Hairline())
        left.add(sheet, 1)
        self.panel = ExplanationPanel()
        self.side = SideBySide(
            left, self.panel, t("assessment.grounds"), width=PANEL_WIDTH, needs=_NEEDS
        )
        self.add(self.side)

    def set_draft(self, draft: "AssessmentDraft") -> None:
        """Show the indicators of a result."""
        self._draft = draft
        self._show()

    def show_indicator(self, indicator: str) -> None:
        """Show one indicator and how it came about."""
        self.filters.set_current("all")
        self._show()
        self.table.choose(indicator)
        self.show_explanation(indicator)

    @Slot()
    def _show(self) -> None:
        if self._draft is None:
            return
        values = list(self._draft.indicators.values())
        counts = {band: sum(value.band is band for value in values) for band in Band}
        self._summary.setText(
            t(
                "assessment.summary",
                green=counts[Band.GREEN],
                yellow=counts[Band.YELLOW],
                red=counts[Band.RED],
                pending=counts[Band.PENDING],
            )
        )
        for key, band in _FILTERS.items():
            n = len(values) if band is None else counts[band]
            self.filters.set_text(key, f"{t(f'assessment.filter_{key}')} {n}")
        wanted = _FILTERS[self.filters.current()]
        self.table.set_rows([self._row(v) for v in values if wanted in (None, v.band)])
        if not self.table.chosen() and self.table.rows():
            self.table.choose(self.table.rows()[0].key)
        self._on_opened(self.table.chosen())

    def _row(self, value: IndicatorValue) -> Row:
        indicator = INDICATORS[value.id]
        missing = ""
        if value.value is None and self._draft is not None:
            missing = why_unknown(value, self._draft.scope.ledger, 2)
        known = value.value is not None
        reference, source = "—", ""
        if value.reference is not None:
            reference = shown_reference(indicator, value.reference)
            source = value.reference.label.get(language())
        return Row(
            value.id,
            (
                Cell(value.id, tone="text2"),
                Cell(indicator.title(language()), detail=missing or t(indicator.formula)),
                Cell(shown_indicator(value), strong=known, tone="text" if known else "text3"),
                Cell(band_word(value.band), tone=BAND_TONES[value.band], pill=True),
                Cell(reference, detail=source, tone="text2"),
            ),
        )

    @Slot(str)
    def show_explanation(self, indicator: str) -> None:
        """Explain an indicator, instead of the table where there is no room for both."""
        self._on_opened(indicator)
        self.side.open_detail()

    @Slot()
    def _on_current(self) -> None:
        self._on_opened(self.table.chosen())

    @Slot(str)
    def _on_opened(self, indicator: str) -> None:
        if self._draft is not None and indicator:
            value = self._draft.indicators[indicator]
            self.panel.explain_indicator(value, self._draft.scope)
