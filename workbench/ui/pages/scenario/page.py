# SPDX-License-Identifier: MIT
"""The scenario page (方案测算): inputs at the left, answers at the right, live while typing."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.finance.inputs import InputValue
from workbench.domain.finance.results import Line, Measure, Result
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.simulation_settings import SimulationSettings
from workbench.domain.finance.words import Wording
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.page import Page
from workbench.ui.pages.scenario.answers import AnswersCard
from workbench.ui.pages.scenario.bar import ScenarioBar
from workbench.ui.pages.scenario.cards import (
    CashCard,
    HangsCard,
    LinesCard,
    WorthCard,
    words_for,
)
from workbench.ui.pages.scenario.compare import CompareCard
from workbench.ui.pages.scenario.dialogs import RowsDialog
from workbench.ui.pages.scenario.figures import Quick, Slow, quick_figures, slow_figures
from workbench.ui.pages.scenario.grounds import GroundsDialog
from workbench.ui.pages.scenario.input_panel import PANEL_WIDTH, InputsPanel
from workbench.ui.pages.scenario.last_valid import KeptLine, LastValid
from workbench.ui.pages.scenario.link import LinkLine
from workbench.ui.pages.scenario.notes import NotesCard
from workbench.ui.pages.scenario.question import Question
from workbench.ui.pages.scenario.simulation import SimulationCard
from workbench.ui.pages.scenario.tiles import TilesCard
from workbench.ui.pages.scenario.two_way import TwoWayCard
from workbench.ui.pages.scenario.unread import keep_unread, unread_texts
from workbench.ui.pages.scenario.years import YearsCard
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label

_NEW = "new"
_SIDE_BY_SIDE = 860


class ScenarioPage(Page):
    """Works on the scenarios of the chosen park; every change is an operation that undo knows."""

    KEY = "scenario"
    ICON = "calculator"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._record: Record | None = None
        self._stale = True
        self.quick: Quick | None = None
        self._now: Quick | None = None
        self._base: Result | None = None
        self._last_valid = LastValid()
        self._asked: Scenario | None = None
        self._empty = EmptyState(
            t("scenario.empty_title"), t("scenario.empty_text"), action=t("scenario.new")
        )
        self.bar = ScenarioBar(context)
        self._empty.action_clicked.connect(self.bar.begin)
        self.inputs = InputsPanel()
        self.tiles, self.worth, self.hangs = TilesCard(), WorthCard(), HangsCard()
        self.cash, self.lines, self.notes = CashCard(), LinesCard(), NotesCard()
        self.kept = KeptLine()
        self.answers, self.compare = AnswersCard(), CompareCard()
        self.years, self.two_way = YearsCard(), TwoWayCard(context)
        self.simulation = SimulationCard(context)
        self._hanging = Question(context, self)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body())
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack)
        self._connect()
        self._reload()

    # ---- parts

    def _body(self) -> QWidget:
        body = Box("surface", horizontal=True)
        left = Box("panelLeft", margins=(0, 0, 1, 0))
        left.setFixedWidth(theme.current().px(PANEL_WIDTH))
        head = Box(margins=(16, 12, 16, 10), spacing=2)
        self._model = Label("", "section", wrap=True)
        self._differs = Label("", "caption", tone="info")
        self.link = LinkLine(self.context)
        for part in (self._model, self._differs, self.link):
            head.add(part)
        left.add(head)
        left.add(Hairline())
        left.add(self.inputs, 1)
        body.add(left)
        body.add(self._answers(), 1)
        return body

    def _answers(self) -> QWidget:
        px = theme.current().px
        scroll = ScrollPage()
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.add(self.bar)
        scroll.add(self.kept)
        scroll.add(self.tiles)
        scroll.add(self.notes)
        scroll.add(self.worth)
        self._pair.setSpacing(px(16))
        self._pair.addWidget(self.hangs, 50)
        self._pair.addWidget(self.cash, 50)
        scroll.add(self._pair)
        scroll.add(self.answers)
        scroll.add(self.years)
        scroll.add(self.two_way)
        scroll.add(self.compare)
        scroll.add(self.simulation)
        scroll.add(self.lines)
        scroll.body.add_stretch()
        holder = QWidget()
        holder.setObjectName("page")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        return holder

    def _connect(self) -> None:
        self.inputs.stated.connect(self._on_stated)
        self.inputs.left.connect(self._on_left)
        self.inputs.rows_asked.connect(self._on_rows)
        self.inputs.unread.connect(self._on_unread)
        self.tiles.opened.connect(self._on_answer)
        self.answers.opened.connect(self._on_answer)
        self.lines.table.row_opened.connect(self._on_line)
        self.bar.chosen.connect(self._choose)
        self.bar.leaving.connect(self.inputs.commit)
        self.simulation.kept.connect(self._on_settings)
        self.simulation.begun.connect(self._make_way)
        self.simulation.ended.connect(self._ask_again)
        self._hanging.answered.connect(self._on_slow)
        self._hanging.stopped.connect(self.hangs.stop)
        self.hangs.asked_again.connect(self._ask_again)
        self.context.changed.connect(self._on_changed)
        self.context.park_chosen.connect(self._on_other)
        self.context.as_of_chosen.connect(self._on_other)

    # ---- page

    @override
    def show_target(self, target: str) -> None:
        """Show the scenario that a link names, or begin one."""
        if target == _NEW:
            self.bar.begin()
        elif (key := target.rpartition(":")[2]) and self._known(key) is not None:
            self._choose(key)

    @override
    def leave(self) -> None:
        self.inputs.commit()

    @override
    def badge(self) -> tuple[str, str]:
        return "", "neutral"

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two charts below each other where side by side their names would be cut."""
        super().resizeEvent(event)
        px = theme.current().px
        narrow = self.width() - px(PANEL_WIDTH) < px(_SIDE_BY_SIDE)
        ways = QBoxLayout.Direction
        self._pair.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    def recalculate(self) -> None:
        """Calculate again and show it, what was stopped included."""
        self._asked = None
        self._reload()

    def record(self) -> Record | None:
        """Return the scenario shown."""
        return self._record

    # ---- showing

    def _all(self) -> list[Record]:
        return list(self.context.services.scenarios.all(self.context.park_key or None))

    def _known(self, key: str) -> Record | None:
        return next((record for record in self._all() if record.key == key), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._record = self._known(key)
        self._reload()

    @Slot()
    def _reload(self) -> None:
        """Read the scenarios anew and show the chosen one."""
        self._stale = False
        records = self._all()
        key = self._record.key if self._record else ""
        self._record = next((r for r in records if r.key == key), records[0] if records else None)
        self._stack.setCurrentIndex(0 if records else 1)
        if self._record is None:
            return
        self.bar.set_scenarios(records, self._record)
        self.link.show_scenario(self._record)
        self._calculate(self._record)

    def _calculate(self, record: Record) -> None:
        scenarios = self.context.services.scenarios
        try:
            scenario = scenarios.scenario(record)
        except UserError as error:
            self.notes.set_sentence(sentence(error))
            return
        base_key = record.text("base")
        base = scenarios.find(base_key) if base_key else None
        self._now = quick_figures(scenario, with_terminal=False)
        self._base = scenarios.result(base) if base else None
        self.quick = self._last_valid.standing(record.key, self._now)
        self._show_inputs(record, self._now, self.quick)
        self._show(self.quick)
        family = [base or record, *scenarios.variants(base or record)]
        shown = {record.key: self.quick.scenario}
        self.compare.set_scenarios(
            [(r.label, shown.get(r.key) or scenarios.scenario(r)) for r in family], record.label
        )
        self._ask_slow(self.quick)

    def _show_inputs(self, record: Record, now: Quick, shown: Quick) -> None:
        """Show what is stated now, and say where the figures beside it are of earlier inputs."""
        result, model = now.result, now.scenario.model
        self._model.setText(model.title(language()))
        differing = _differing(result, self._base)
        self._differs.setText(t("scenario.differs", n=len(differing)))
        self._differs.setVisible(self._base is not None)
        self.inputs.set_model(model)
        unread = unread_texts(self.context, record, model.inputs)
        self.inputs.show_result(result, self._base, unread)
        self.notes.set_result(result, words_for(now))
        self.kept.show_standing(now, shown, unread)

    def _show(self, quick: Quick) -> None:
        result, model = quick.result, quick.scenario.model
        words = words_for(quick)
        self.tiles.set_result(result, words)
        self.answers.set_result(result, words)
        self.worth.set_quick(quick)
        self.cash.set_result(result)
        self.years.set_result(result)
        self.lines.set_result(result, Wording(model, result, language()))
        self.two_way.set_scenario(quick.scenario, result)
        if self._record is not None:
            settings = self.context.services.scenarios.simulation(self._record)
            self.simulation.set_scenario(self._record.key, quick.scenario, result, settings)

    def _ask_slow(self, quick: Quick) -> None:
        """Compute what it hangs on, off this thread; the newest request wins.

        The same scenario is not asked twice: a name or a simulation that is kept changes nothing.
        """
        if quick.scenario == self._asked:
            return
        self._asked = quick.scenario
        self.hangs.wait()
        self._hanging.ask(
            partial(slow_figures, quick.scenario, quick.scenario.target(quick.result))
        )

    @Slot()
    def _make_way(self) -> None:
        """Leave the worker to a simulation that a user waits for; it is asked again after it."""
        if self._hanging.drop():
            self._asked = None
        self.two_way.drop()

    @Slot()
    def _ask_again(self) -> None:
        """Take up what made way, or what a user stopped."""
        if self._asked is None or self.sender() is self.hangs:
            self._asked = None
            if self.quick is not None:
                self._ask_slow(self.quick)
        else:
            self.two_way.resume()

    @Slot(object)
    def _on_slow(self, slow: Slow) -> None:
        if self.quick is not None and slow.scenario == self.quick.scenario:
            target = self.quick.scenario.target(self.quick.result)
            measure = target.of(self.quick.result)
            self.hangs.set_slow(slow, target, measure.field if measure else None)
            self.two_way.offer([bar.item.key for bar in slow.tornado.bars])

    # ---- acting

    @Slot(str, object)
    def _on_stated(self, key: str, value: InputValue) -> None:
        if self._record is not None:
            self._record = self.context.services.scenarios.state(self._record, {key: value})

    @Slot(str)
    def _on_left(self, key: str) -> None:
        if self._record is not None:
            self._record = self.context.services.scenarios.leave(self._record, [key])

    @Slot(str, str)
    def _on_unread(self, key: str, text: str) -> None:
        if self._record is not None and self.quick is not None:
            item = self.quick.scenario.model.input(key)
            keep_unread(self.context, self._record, item, text)
            if self._now is not None:
                self._show_inputs(self._record, self._now, self.quick)

    @Slot(object)
    def _on_settings(self, settings: SimulationSettings) -> None:
        if self._record is not None:
            self._record = self.context.services.scenarios.keep_simulation(self._record, settings)

    @Slot(str)
    def _on_rows(self, key: str) -> None:
        if self._now is None:
            return
        item = self._now.scenario.model.input(key)
        place = f"{self._record.key if self._record else ''}:{key}"
        settled = self._now.result.settled[key]
        rows = settled.value if settled.refused is None else settled.refused
        dialog = RowsDialog(self.context, item, rows, place)
        dialog.filled.connect(self._on_stated)
        dialog.open()

    @Slot(int)
    def _on_answer(self, at: int) -> None:
        if self.quick is not None:
            self._explain(self.quick.result.measures[at])

    @Slot(str)
    def _on_line(self, key: str) -> None:
        if self.quick is not None:
            self._explain(next(line for line in self.quick.result.lines if line.key == key))

    def _explain(self, figure: Measure | Line) -> None:
        if self.quick is not None and self._record is not None:
            GroundsDialog(self.context, self._record, self.quick, figure).open()

    @Slot(object)
    def _on_changed(self, _changes: ChangeSet) -> None:
        self._on_other()

    @Slot()
    def _on_other(self) -> None:
        """Calculate again, at once where it is seen: what it rests on is another."""
        if self.isVisible():
            self._reload()
        else:
            self._stale = True


def _differing(result: Result, base: Result | None) -> list[str]:
    settled = result.settled.items()
    return [k for k, s in settled if base and base.settled[k].value != s.value]
