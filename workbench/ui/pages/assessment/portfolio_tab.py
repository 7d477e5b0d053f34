# SPDX-License-Identifier: MIT
"""Many parks or assets side by side: heat map by band, ranked, filtered; a cell opens its place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.application.ports import Progress
from workbench.domain.indicators.indicator import Band, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.ui import theme
from workbench.ui.context import UiContext
from workbench.ui.pages.assessment.result_words import (
    BAND_TONES,
    band_word,
    missing_names,
    shown_indicator,
)
from workbench.ui.texts import language, t
from workbench.ui.widgets.band_grid import BandGrid, HeatCell, HeatRow
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from workbench.application.assessment.portfolio import Portfolio, PortfolioRow

LEVELS = ("parks", "assets")
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
        sheet = Box("surface", margins=(16, 8, 16, 8))
        sheet.add(self.grid, 1)
        self.add(sheet, 1)

    @Slot()
    def compute(self) -> None:
        """Compute the rows off the window's thread; an overtaken run is forgotten."""
        context, services = self._context, self._context.services
        park, as_of, ledger = context.park, context.as_of, services.querying.ledger()
        self._run += 1
        run, level = self._run, self.levels.current()
        if park is None:
            return

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
        self.grid.show_rows(columns, [self._row(row) for row in rows])
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
            names = missing_names(value.trace.missing, ledger, 3) if value.trace.missing else ""
            tip = t("assessment.lacks", names=names) if names else ""
            return HeatCell(band_word(Band.PENDING), unknown=True, tip=tip)
        tone = "" if value.band is Band.UNRATED else BAND_TONES[value.band]
        if value.band is Band.PENDING:
            tone = ""
        return HeatCell(shown_indicator(value), tone, tip=band_word(value.band))

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


def _worst_first(value: IndicatorValue) -> tuple[int, float]:
    """Order by band, red first and unknown last, then by value."""
    order = (Band.RED, Band.YELLOW, Band.GREEN, Band.UNRATED, Band.PENDING)
    return order.index(value.band), float(value.value or 0)
