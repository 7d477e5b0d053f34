# SPDX-License-Identifier: MIT
"""Simulation (Monte Carlo) of a scenario: what is uncertain, how often, and what comes out."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from workbench.application.ports import Cancelled, Progress
from workbench.domain.finance.distributions import Correlation
from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.simulation_settings import (
    MOST_PATHS,
    USUAL_PATHS,
    USUAL_SEED,
    SimulationSettings,
)
from workbench.domain.finance.swings import movable
from workbench.domain.findings import Finding
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.scenario.correlations import CorrelationGrid
from workbench.ui.pages.scenario.outcome import SimulationOutcome
from workbench.ui.pages.scenario.simulation_draft import SimulationDraft
from workbench.ui.pages.scenario.uncertain import Movable, UncertainRows
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from workbench.domain.finance.simulation import Simulation

_FIRST = 10_000
"""Paths that are shown while the rest of a longer simulation still runs."""
_MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class _Run:
    """What came out for a scenario, and of how many paths in all."""

    scenario: Scenario
    outcome: "Simulation | tuple[Finding, ...]"
    wanted: int


class SimulationCard(Card):
    """Inputs with their distributions and correlations; seed and paths are kept with them.

    ``kept`` carries the settings of a run that has started; ``begun`` comes before it asks for the
    worker, ``ended`` when it needs it no more.
    """

    kept = Signal(object)
    begun = Signal()
    ended = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__(t("scenario.simulation"), t("scenario.simulation_text"))
        self._context = context
        self._scenario: Scenario | None = None
        self._key = ""
        self._settings: SimulationSettings | None = None
        self._inputs: Movable = ()
        self._task: Task | None = None
        self.rows = UncertainRows()
        self.correlations = CorrelationGrid()
        self.rows.changed.connect(self._on_rows)
        self.draft = SimulationDraft(context, self._words)
        self.draft.forgotten.connect(self._show_settings)
        self.add(self.draft)
        self.add(self.rows)
        self.add(self.correlations)
        self.paths = QLineEdit(f"{USUAL_PATHS:,}")
        self.paths.setAccessibleName(t("scenario.paths"))
        self.paths.setFixedWidth(theme.current().px(110))
        self.seed = QLineEdit(str(USUAL_SEED))
        self.seed.setAccessibleName(t("scenario.seed"))
        self.seed.setFixedWidth(theme.current().px(110))
        self.button = Button(t("scenario.simulate"), icon="refresh-cw")
        self.button.clicked.connect(self.run)
        self.cancel = Button(t("ui.cancel"))
        self.cancel.clicked.connect(self._on_cancel)
        self.cancel.hide()
        self.add(self._bar())
        self._wrong = Label("", "caption", tone="danger", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self.outcome = SimulationOutcome()
        self.add(self.outcome)
        for part in (self.rows, self.correlations):
            part.typed.connect(self.draft.keep)
        self.correlations.changed.connect(self.draft.keep)
        for editor in (self.paths, self.seed):
            editor.textEdited.connect(self.draft.keep)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        for name, editor in (("paths", self.paths), ("seed", self.seed)):
            label = Label(t(f"scenario.{name}"), "caption")
            label.setBuddy(editor)
            row.addWidget(label)
            row.addWidget(editor)
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    def set_scenario(
        self, key: str, scenario: Scenario, result: Result, settings: SimulationSettings | None
    ) -> None:
        """Simulate another scenario from now on; what is typed for the same one stays."""
        other = key != self._key
        own = result.accounts[0].key if result.accounts else ""
        self.setVisible(any(m.key == "npv" and m.account == own for m in result.measures))
        items = movable(scenario, result)
        self._inputs = [(item, result.settled[item.key].value) for item in items]
        if (key, settings) != (self._key, self._settings):
            self._key, self._settings = key, settings
            self._show_settings()
            if (words := self.draft.begin(key)) is not None:
                self._take(words)
        elif (
            scenario != self._scenario
            and not self.rows.know(self._inputs)
            and (typed := self.rows.read()) is not None
        ):
            self.rows.set_rows(self._inputs, typed)
            self.correlations.set_inputs(self._names())
        titles = {item.key: item.field.title(language()) for item in scenario.model.inputs}
        self.rows.name_idle([titles.get(each.key, each.key) for each in self.rows.idle])
        if other or scenario != self._scenario:
            self._scenario = scenario
            self._say("")
            self.outcome.clear()

    @Slot()
    def _show_settings(self) -> None:
        """Show the settings that were run last, or the usual ones."""
        shown = self._settings or SimulationSettings()
        self.rows.set_rows(self._inputs, shown.uncertain)
        self.correlations.set_inputs(self._names(), shown.correlations)
        self.paths.setText(f"{shown.paths:,}")
        self.seed.setText(str(shown.seed))

    def _words(self) -> dict[str, Any]:
        """Return everything that is chosen and typed, as it stands."""
        return {
            "rows": self.rows.words(),
            "pairs": self.correlations.words(),
            "paths": self.paths.text(),
            "seed": self.seed.text(),
        }

    def _take(self, words: dict[str, Any]) -> None:
        """Show what ``_words`` returned."""
        self.rows.take(words["rows"])
        self.correlations.set_inputs(self._names(), ())
        self.correlations.take(words["pairs"])
        self.paths.setText(words["paths"])
        self.seed.setText(words["seed"])

    def _names(self) -> list[tuple[str, str]]:
        """Return key and title of the inputs that can go together: those not drawn yearly."""
        titles = {item.key: item.field.title(language()) for item, _ in self._inputs}
        keys = [
            row.item.chosen()
            for row in self.rows.rows
            if not (row.yearly.isVisibleTo(row) and row.yearly.isChecked())
        ]
        return [(key, titles[key]) for key in dict.fromkeys(keys)]

    @Slot()
    def _on_rows(self) -> None:
        self.rows.read()
        self.correlations.set_inputs(self._names())
        self.draft.keep()

    def settings(self) -> SimulationSettings | None:
        """Return what is chosen; None when something cannot be read, which is said beside it."""
        uncertain, pairs = self.rows.read(), self.correlations.read()
        paths, seed = _whole(self.paths.text()), _whole(self.seed.text())
        wrong = []
        if paths is None or not 1 <= paths <= MOST_PATHS:
            wrong.append(t("finance.paths_range", most=f"{MOST_PATHS:,}"))
        if seed is None or seed > _MOST_SEED:
            wrong.append(t("scenario.seed_is_whole"))
        self._say("\n".join(wrong))
        if uncertain is None or pairs is None or paths is None or seed is None or wrong:
            return None
        return SimulationSettings(uncertain, (*pairs, *self._idle_pairs()), paths, seed)

    def _idle_pairs(self) -> tuple[Correlation, ...]:
        """Return the kept correlations of inputs that take no part now."""
        idle = {each.key for each in self.rows.idle}
        kept = self._settings.correlations if self._settings else ()
        return tuple(pair for pair in kept if {pair.first, pair.second} & idle)

    @Slot()
    def run(self) -> None:
        """Simulate on the worker thread, the first paths at once, and keep the settings."""
        settings = self.settings()
        if self._scenario is None or settings is None:
            return
        self._settings = settings
        self.draft.run()
        self.begun.emit()
        if settings.paths > _FIRST:
            self._start(settings, _FIRST)
        self._start(settings, settings.paths)
        self.kept.emit(settings)

    def _start(self, settings: SimulationSettings, paths: int) -> None:
        scenario = self._scenario
        if scenario is None:
            return
        work = partial(_simulated, scenario, settings, paths)
        self._task = self._context.run(t("scenario.simulating"), work)
        self._task.succeeded.connect(self._on_done)
        self._task.finished.connect(self._on_finished)
        self.cancel.show()

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self.cancel.hide()
            self.ended.emit()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    @Slot(object)
    def _on_done(self, run: _Run) -> None:
        if run.scenario != self._scenario:
            return
        if isinstance(run.outcome, tuple):
            self._refuse(run.outcome)
        else:
            model = run.scenario.model
            titles = [model.input(key).field.title(language()) for key in run.outcome.left_out]
            self.outcome.show_run(run.outcome, run.wanted, titles)

    def _refuse(self, findings: tuple[Finding, ...]) -> None:
        """Say each finding at the row that it is about, else below."""
        rows = {row.item.chosen(): row for row in self.rows.rows}
        rest = []
        for found in findings:
            words = t(f"finance.{found.code}", **{"field": found.field, **found.params})
            if found.field in rows:
                rows[found.field].complain(words)
            else:
                rest.append(words)
        self._say("\n".join(rest))
        self.outcome.clear()


def _simulated(
    scenario: Scenario, settings: SimulationSettings, paths: int, progress: Progress
) -> _Run:
    from workbench.domain.finance.simulation import simulate

    stopped = False

    def report(done: int, total: int) -> None:
        nonlocal stopped
        try:
            progress.step(done, total)
        except Cancelled:
            stopped = True

    outcome = simulate(
        scenario, settings.uncertain, settings.correlations, paths=paths, seed=settings.seed,
        progress=report, cancelled=lambda: stopped,
    )  # fmt: skip
    return _Run(scenario, outcome, settings.paths)


def _whole(text: str) -> int | None:
    """Return a whole number from 0 on, with or without thousands separators."""
    plain = text.strip().replace(",", "").replace("，", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None
