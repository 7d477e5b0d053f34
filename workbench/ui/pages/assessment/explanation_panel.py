# SPDX-License-Identifier: MIT
"""Where a number comes from: formula, ledger cells with links, what is missing, references."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from workbench.domain.explain import Input, Missing
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Indicator, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.indicators.trend import trend
from workbench.domain.records.ledger import Ledger
from workbench.ui.look import theme
from workbench.ui.pages.assessment.result_words import (
    BAND_TONES,
    band_word,
    place_name,
    shown_indicator,
    shown_input,
    shown_reference,
    target_of,
)
from workbench.ui.pages.assessment.score_lines import score_lines
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.charts.lines import Line, Lines
from workbench.ui.widgets.label import Label, Role
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.target_link import TargetLink

Tell = Callable[[Sequence[Input]], list[tuple[Input, str]]]
"""Says of ledger cells who entered them, when, from where, and with what evidence."""
MOST_CELLS = 40
PANEL_WIDTH = 344


class ExplanationPanel(Box):
    """Explains one thing at a time; ``target_asked`` carries a link to a ledger cell."""

    target_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("panel", margins=(1, 0, 0, 0))
        self._tell: Tell | None = None
        self._cells: Sequence[Input] = ()
        self._ledger: Ledger = Ledger({})
        self._place: QVBoxLayout | None = None
        page = ScrollPage("surface", margins=(16, 14, 16, 16), spacing=6)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(theme.current().px(6))
        page.add(self.lines)
        page.content.addStretch(1)
        self._page = page
        self.add(page)

    def set_provenance(self, tell: Tell) -> None:
        """Say who entered cells with this, when a reader asks for it."""
        self._tell = tell

    def begin(self) -> None:
        """Forget what was explained."""
        clear_layout(self.lines)
        self._page.verticalScrollBar().setValue(0)

    def explain_indicator(self, value: IndicatorValue, scope: Scope) -> None:
        """Show how an indicator of a scope came about."""
        ledger = scope.ledger
        indicator, lang = INDICATORS[value.id], language()
        self.begin()
        self.title(f"{value.id}  {indicator.title(lang)}")
        row = QHBoxLayout()
        row.addWidget(Label(shown_indicator(value), "title"))
        row.addSpacing(theme.current().px(8))
        row.addWidget(Pill(band_word(value.band), BAND_TONES[value.band]))
        row.addStretch(1)
        self.lines.addLayout(row)
        self.section(t("assessment.formula"))
        self.sentence(t(value.trace.formula))
        for note in value.notes:
            self.sentence(t(note.text_key, **note.shown), quiet=True)
        heading, scores = score_lines(value.id, scope)
        if scores:
            self.section(heading)
        for name, words in scores:
            self._cell(name, words, "")
        self.years(indicator, trend(indicator, scope))
        self.missing(value.trace.missing, ledger)
        self.inputs(value.trace.inputs, ledger)
        self.parameters(value.trace.parameters)
        if value.references:
            self.section(t("assessment.references"))
        for reference in value.references:
            shown = shown_reference(indicator, reference)
            self.sentence(f"{shown}  {reference.label.get(lang)}")
            source = f"{reference.period.get(lang)}  {reference.source.cite(lang)}"
            self.sentence(source.strip(), quiet=True)

    def title(self, words: str) -> None:
        """Add the name of what is explained."""
        self.lines.addWidget(Label(words, "section", wrap=True))

    def section(self, words: str) -> None:
        """Add a heading."""
        self.lines.addSpacing(theme.current().px(8))
        self.lines.addWidget(Label(words, "strong"))

    def sentence(self, words: str, *, quiet: bool = False) -> None:
        """Add running text."""
        role: Role = "caption" if quiet else "body"
        self.lines.addWidget(Label(words, role, wrap=True, selectable=True))

    def verdict(self, word: str, tone: str, words: str) -> None:
        """Add a line that begins with a pill."""
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        row.addWidget(Pill(word, tone, dot=False), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, wrap=True, selectable=True), 1)
        self.lines.addLayout(row)

    def inputs(self, cells: Sequence[Input], ledger: Ledger) -> None:
        """Add the ledger cells that were used, each a link to its place."""
        if not cells:
            return
        self.section(t("assessment.inputs_n", n=len(cells)))
        for cell in cells[:MOST_CELLS]:
            self._cell(place_name(cell, ledger), shown_input(cell), target_of(cell))
        self._rest(len(cells))
        if self._tell is not None:
            self._cells, self._ledger = cells, ledger
            ask = TargetLink(t("assessment.who_entered"), "who")
            ask.followed.connect(self._on_who)
            self.lines.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
            self._place = QVBoxLayout()
            self.lines.addLayout(self._place)

    @Slot(str)
    def _on_who(self, _target: str) -> None:
        """Say of the first cells who entered them, when, from where, and with what evidence."""
        if self._tell is None or self._place is None:
            return
        clear_layout(self._place)
        for cell, words in self._tell(self._cells):
            name = Label(place_name(cell, self._ledger), "caption", tone="text", wrap=True)
            self._place.addWidget(name)
            self._place.addWidget(Label(words, "caption", wrap=True, selectable=True))

    def figure(self, name: str, words: str) -> None:
        """Add one line: what it is, and its value."""
        self._cell(name, words, "")

    def years(self, indicator: Indicator, values: Sequence[tuple[int, Decimal]]) -> None:
        """Add an indicator year by year, as a line with its values."""
        if len(values) < 2:
            return
        self.section(t("assessment.by_year"))
        factor = 100 if indicator.unit == "%" else 1
        points = [float(value) * factor for _, value in values]
        names = [str(year) for year, _ in values]
        line = Line(indicator.title(language()), points)
        self.lines.addWidget(Lines(t("assessment.by_year"), names, [line], height=130))

    def missing(self, cells: Sequence[Missing], ledger: Ledger) -> None:
        """Add what was missing, each a link to where it is filled in."""
        if not cells:
            return
        self.section(t("assessment.missing_n", n=len(cells)))
        for cell in cells[:MOST_CELLS]:
            self._cell(place_name(cell, ledger), t("assessment.to_fill"), target_of(cell))
        self._rest(len(cells))

    def parameters(self, used: Mapping[str, Decimal | str]) -> None:
        """Add the policy parameters that were used."""
        if not used:
            return
        self.section(t("assessment.parameters"))
        for code, value in used.items():
            words = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
            self._cell(code, words, "")

    def _cell(self, name: str, words: str, target: str) -> None:
        """Add one line: where, and what stands there."""
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        row.addWidget(Label(name, "caption", wrap=True), 1)
        if target:
            link = TargetLink(words or "—", target, name=f"{name} {words}")
            link.followed.connect(self.target_asked)
            row.addWidget(link)
        else:
            row.addWidget(Label(words, "caption", tone="text"))
        self.lines.addLayout(row)

    def _rest(self, total: int) -> None:
        if total > MOST_CELLS:
            self.sentence(t("assessment.and_more_cells", n=total - MOST_CELLS), quiet=True)
