# SPDX-License-Identifier: MIT
"""Simulation (Monte Carlo) of a scenario: what is uncertain, how often, and what comes out."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox

from workbench.application.ports import Cancelled, Progress
from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.findings import Finding
from workbench.ui import theme
from workbench.ui.context import UiContext
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.columns import Columns
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from workbench.domain.finance.distributions import Uncertain
    from workbench.domain.finance.simulation import Simulation

_SLOTS = 4
_WAN = 10_000
_SPREADS = ("5", "10", "20", "30")


class SimulationCard(Card):
    """Up to four inputs vary round their value; seed and number of paths are shown and kept."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(t("scenario.simulation"), t("scenario.simulation_text"))
        self._context = context
        self._scenario: Scenario | None = None
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        self._slots = [
            (ChoiceBox(t("scenario.uncertain")), ChoiceBox(t("scenario.spread")))
            for _ in range(_SLOTS)
        ]
        for at, (item, spread) in enumerate(self._slots):
            spread.set_items(
                [(size, t("scenario.spread_of", size=size)) for size in _SPREADS], "10"
            )
            grid.addWidget(item, at // 2, at % 2 * 2)
            grid.addWidget(spread, at // 2, at % 2 * 2 + 1)
        self.add(grid)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.paths = QSpinBox()
        self.paths.setRange(100, 1_000_000)
        self.paths.setSingleStep(10_000)
        self.paths.setValue(10_000)
        self.paths.setGroupSeparatorShown(True)
        self.paths.setAccessibleName(t("scenario.paths"))
        self.seed = QLineEdit("1")
        self.seed.setAccessibleName(t("scenario.seed"))
        self.seed.setFixedWidth(px(110))
        self.button = Button(t("scenario.simulate"), icon="refresh-cw")
        self.button.clicked.connect(self.run)
        for name, editor in (("paths", self.paths), ("seed", self.seed)):
            label = Label(t(f"scenario.{name}"), "caption")
            label.setBuddy(editor)
            row.addWidget(label)
            row.addWidget(editor)
        row.addWidget(self.button)
        row.addStretch(1)
        self.add(row)
        self.words = Label("", "caption", wrap=True, selectable=True)
        self.chart = Columns(t("scenario.simulation"), height=220)
        self.chart.hide()
        self.words.hide()
        self.add(self.words)
        self.add(self.chart)

    def set_scenario(self, scenario: Scenario, result: Result) -> None:
        """Simulate another scenario from now on; what came out of the last one goes."""
        from workbench.domain.finance.sensitivity import movable

        self._scenario = scenario
        items = [("", t("scenario.nothing"))]
        items += [(i.key, i.field.title(language())) for i in movable(scenario, result)]
        known = {key for key, _ in items}
        for item, _spread in self._slots:
            before = item.chosen()
            item.set_items(items, before if before in known else "")
        own = result.accounts[0].key if result.accounts else ""
        self.setVisible(any(m.key == "npv" and m.account == own for m in result.measures))
        self._say("")
        self.chart.hide()

    def uncertain(self) -> "tuple[Uncertain, ...]":
        """Return what is chosen to vary: triangular round the value, as a factor."""
        from workbench.domain.finance.distributions import Distribution, Kind, Mode, Uncertain

        found = {}
        for item, spread in self._slots:
            if key := item.chosen():
                size = int(spread.chosen()) / 100
                shape = Distribution(Kind.TRIANGULAR, (1 - size, 1.0, 1 + size))
                found[key] = Uncertain(key, shape, Mode.FACTOR)
        return tuple(found.values())

    @Slot()
    def run(self) -> None:
        """Simulate on the worker thread."""
        if self._scenario is None:
            return
        try:
            seed = int(self.seed.text())
        except ValueError:
            self._say(t("scenario.seed_is_whole"))
            return
        work = partial(_simulated, self._scenario, self.uncertain(), self.paths.value(), seed)
        task = self._context.run(t("scenario.simulating"), work)
        task.succeeded.connect(self._on_done)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    @Slot(object)
    def _on_done(self, outcome: "Simulation | tuple[Finding, ...]") -> None:
        if isinstance(outcome, tuple):
            sentences = [t(f"finance.{f.code}", **{"field": f.field, **f.params}) for f in outcome]
            self._say("\n".join(sentences))
            self.chart.hide()
            return
        npv = outcome.npv
        points = dict(zip(_percentiles(), npv.percentiles, strict=True))
        self._say(
            t(
                "scenario.simulated",
                paths=f"{outcome.paths:,}",
                seed=outcome.seed,
                loss=f"{outcome.loss:.1%}",
                low=f"{points[5] / _WAN:,.0f}",
                middle=f"{points[50] / _WAN:,.0f}",
                high=f"{points[95] / _WAN:,.0f}",
            )
        )
        middles = [(a + b) / 2 / _WAN for a, b in zip(npv.edges, npv.edges[1:], strict=False)]
        self.chart.set_columns(middles, npv.counts, split=0.0)
        self.chart.set_title(t("scenario.simulated_title", loss=f"{outcome.loss:.1%}"))
        self.chart.show()


def _percentiles() -> tuple[int, ...]:
    from workbench.domain.finance.simulation import PERCENTILES

    return PERCENTILES


def _simulated(
    scenario: Scenario,
    uncertain: "tuple[Uncertain, ...]",
    paths: int,
    seed: int,
    progress: Progress,
) -> "Simulation | tuple[Finding, ...]":
    from workbench.domain.finance.simulation import simulate

    stopped = False

    def report(done: int, total: int) -> None:
        nonlocal stopped
        try:
            progress.step(done, total)
        except Cancelled:
            stopped = True

    return simulate(
        scenario, uncertain, paths=paths, seed=seed, progress=report, cancelled=lambda: stopped
    )  # fmt: skip
