# SPDX-License-Identifier: MIT
"""Many parks or assets side by side: heat map by band, ranked, filtered; a cell opens its place."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from workbench.application.ports import Progress
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.catalogue.content_editions import CONTENT_FILE
from workbench.domain.indicators.indicator import Band, Direction, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.assessment.explanation_panel import PANEL_WIDTH, ExplanationPanel
from workbench.ui.pages.assessment.result_words import (
    BAND_TONES,
    band_word,
    shown_indicator,
    why_unknown,
)
from workbench.ui.texts import language, t
from workbench.ui.widgets.band_grid import BandGrid, HeatCell, HeatRow
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import SearchBox
from workbench.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from workbench.application.assessment.portfolio import Portfolio, PortfolioRow

LEVELS = ("parks", "assets")
_NEEDS = 940
_BANDS = {"all": None, "red": Band.RED, "pending": Band.PENDING}


class PortfolioTab(Box):
    """Computes when it is shown; ``park_asked`` carries a park and an indicator."""

    park_asked = Signal(str, str)
    asset_asked = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        self._found: Portfolio | None = None
        self._run = 0
        self._stale = True
        self._shown: list[PortfolioRow] = []
        px = theme.current().px
        self.levels = Segments([(key, t(f"portfolio.{key}")) for key in LEVELS], "parks")
        self.levels.chosen.connect(self.compute)
        self.bands = Segments([(key, t(f"portfolio.band_{key}")) for key in _BANDS], "all")
        self.bands.chosen.connect(self._show)
        self.order = ChoiceBox(t("portfolio.order"))
        self.order.setMinimumWidth(px(150))
        self.order.activated.connect(self._show)
        self.search = SearchBox(t("portfolio.search"))
        self.search.setMaximumWidth(px(200))
        self.search.searched.connect(self._show)
        row = QHBoxLayout()
        row.setContentsMargins(px(24), px(10), px(16), px(10))
        row.setSpacing(px(10))
        for widget in (self.levels, self.bands, self.order, self.search):
            row.addWidget(widget)
        row.addStretch(1)
        self._summary = Label("", "caption")
        row.addWidget(self._summary)
        self.add(row)
        self.add(Hairline())
        self.grid = BandGrid(t("portfolio.title"))
        self.grid.opened.connect(self._on_opened)
        self.grid.chosen.connect(self._explain)
        sheet = Box("surface", margins=(16, 8, 16, 8))
        sheet.add(self.grid, 1)
        self.panel = ExplanationPanel()
        self.side = SideBySide(
            sheet, self.panel, t("assessment.grounds"), width=PANEL_WIDTH, needs=_NEEDS
        )
        self.add(self.side, 1)
        context.changed.connect(self._on_changed)
        context.park_chosen.connect(self._on_outdated)
        context.as_of_chosen.connect(self._on_outdated)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.compute()

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        entities = {change.entity for change in changes.records}
        if any(e == CONTENT_FILE.key or CATALOGUE[e].ledger for e in entities):
            self._on_outdated()

    @Slot()
    def _on_outdated(self) -> None:
        """Compute again, at once where it is seen: the figures are of another ledger or day."""
        self._stale = True
        if self.isVisible():
            self.compute()

    @Slot()
    def compute(self) -> None:
        """Compute the rows off the window's thread; an overtaken run is forgotten."""
        context, services = self._context, self._context.services
        park, as_of, ledger = context.park, context.as_of, services.querying.ledger()
        self._run += 1
        run, level = self._run, self.levels.current()
        if park is None:
            return
        self._stale = False

        def work(progress: Progress) -> "tuple[int, Portfolio]":
            from workbench.application.assessment.portfolio import of_assets, of_parks

            assessing, content = services.assessing, services.content
            if level == "parks":
                return run, of_parks(assessing, content, ledger, as_of, progress)
            return run, of_assets(assessing, content, ledger, park, as_of, progress)

        task = context.run(t("portfolio.computing"), work)
        task.succeeded.connect(self._on_found)

    @Slot(object)
    def _on_found(self, outcome: "tuple[int, Portfolio]") -> None:
        run, found = outcome
        if run != self._run:
            return
        self._found = found
        named = [(id_, INDICATORS[id_].title(language())) for id_ in found.indicators]
        kept = self.order.chosen()
        self.order.set_items([("", t("portfolio.by_standing")), *named],
                             kept if kept in found.indicators else "")  # fmt: skip
        self._show()

    @Slot()
    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        wanted, band = self.search.text().strip().casefold(), _BANDS[self.bands.current()]
        rows = [
            row
            for row in found.rows
            if (not wanted or wanted in row.record.label.casefold())
            and (band is None or row.count(band))
        ]
        if by := self.order.chosen():
            rows.sort(key=lambda row: _worst_first(row.values[by]))
        columns = [
            t("portfolio.name"),
            *(INDICATORS[i].title(language()) for i in found.indicators),
        ]
        self._shown = rows
        self.grid.show_rows(columns, [self._row(row) for row in rows])
        if not rows:
            self.panel.begin()
        words = t("portfolio.shown", shown=len(rows), all=len(found.rows))
        if found.left_out:
            words += t("portfolio.left_out", count=found.left_out)
        self._summary.setText(words)

    def _row(self, row: "PortfolioRow") -> HeatRow:
        red, yellow = row.count(Band.RED), row.count(Band.YELLOW)
        note = t("portfolio.counts", red=red, yellow=yellow, pending=row.count(Band.PENDING))
        cells = tuple(self._cell(value) for value in row.values.values())
        return HeatRow(row.record.key, row.record.label, note, cells)

    def _cell(self, value: IndicatorValue) -> HeatCell:
        if value.value is None:
            ledger = self._context.services.querying.ledger()
            tip = why_unknown(value, ledger)
            return HeatCell(band_word(Band.PENDING), unknown=True, tip=tip)
        tone = "" if value.band is Band.UNRATED else BAND_TONES[value.band]
        if value.band is Band.PENDING:
            tone = ""
        return HeatCell(shown_indicator(value), tone, tip=band_word(value.band))

    @Slot(str, int)
    def _explain(self, key: str, column: int) -> None:
        """Explain a cell: how its figure came about; of a name, why the row stands where it is."""
        found = self._found
        at = next((at for at, row in enumerate(self._shown) if row.record.key == key), None)
        if found is None or at is None:
            return
        row = self._shown[at]
        if column < 0:
            self._explain_place(row, at + 1)
            return
        scope = found.scope_of(self._context.services.assessing, row)
        self.panel.explain_indicator(row.values[found.indicators[column]], scope)
        self.panel.lines.insertWidget(0, Label(row.record.label, "caption", wrap=True))

    def _explain_place(self, row: "PortfolioRow", place: int) -> None:
        panel, by = self.panel, self.order.chosen()
        panel.begin()
        panel.title(row.record.label)
        panel.sentence(t("portfolio.place", place=place, all=len(self._shown)))
        rule = t("portfolio.rule_standing")
        if by:
            rule = t("portfolio.rule_indicator", name=INDICATORS[by].title(language()))
        panel.sentence(rule, quiet=True)
        for band in (Band.RED, Band.YELLOW, Band.PENDING):
            values = [value for value in row.values.values() if value.band is band]
            if values:
                panel.section(f"{band_word(band)} {len(values)}")
            for value in values:
                title = INDICATORS[value.id].title(language())
                panel.verdict(band_word(band), BAND_TONES[band], _said(title, value))

    @Slot(str, int)
    def _on_opened(self, key: str, column: int) -> None:
        found = self._found
        if found is None:
            return
        row = next(each for each in found.rows if each.record.key == key)
        if row.record.entity == "park":
            indicator = found.indicators[column] if column >= 0 else ""
            self.park_asked.emit(key, indicator)
        else:
            self.asset_asked.emit(f"{row.record.entity}:{key}:name")


def _worst_first(value: IndicatorValue) -> tuple[int, Decimal]:
    """Order by band, red first and unknown last, then the worse value first."""
    order = (Band.RED, Band.YELLOW, Band.GREEN, Band.UNRATED, Band.PENDING)
    figure = value.value or Decimal(0)
    more_is_worse = INDICATORS[value.id].direction is Direction.DOWN
    return order.index(value.band), -figure if more_is_worse else figure


def _said(title: str, value: IndicatorValue) -> str:
    """Return an indicator with its value, where it has one."""
    return title if value.value is None else f"{title}  {shown_indicator(value)}"
