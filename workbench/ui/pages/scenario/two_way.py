# SPDX-License-Identifier: MIT
"""A two-way table: one answer over two inputs, as colours with the numbers in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Slot

from workbench.application.money.shown import input_title, point_words
from workbench.application.ports import Cancelled, Progress
from workbench.domain.display import grouped, shown_number
from workbench.domain.fields import Field
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import Scenario, Target
from workbench.domain.finance.sensitivity import (
    Grid,
    around_base,
    two_way,
)
from workbench.domain.finance.swings import Swing, movable, usual_swing
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.scenario.question import AgainButton, Question
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.heat import Heat
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.label import Label

_STEPS = 3
_SIZES = ("", "0.05", "0.1", "0.2")
_PAIR, _LETTERS = 192, 5
_SHORT = ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


@dataclass(frozen=True)
class _Wanted:
    """What a table is made of: two inputs, how far they are moved, and the answer looked at."""

    scenario: Scenario
    row: str
    column: str
    size: str
    target: Target


@dataclass(frozen=True)
class _Table:
    """A table with what it was asked for."""

    wanted: _Wanted
    grid: Grid


class TwoWayCard(Card):
    """Computed on the worker thread; the newest choice wins."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(t("scenario.two_way"), t("scenario.two_way_text"))
        self._scenario: Scenario | None = None
        self._result: Result | None = None
        self._made_way = False
        self._question = Question(context, self)
        self._question.answered.connect(self._on_done)
        self._question.stopped.connect(self._on_stopped)
        self.rows = ChoiceBox(t("scenario.two_way_rows"))
        self.columns = ChoiceBox(t("scenario.two_way_columns"))
        sizes = [
            (s, t("scenario.two_way_usual") if not s else f"±{Decimal(s):.0%}") for s in _SIZES
        ]
        self.step = ChoiceBox(t("scenario.two_way_step"), sizes)
        self.answer = ChoiceBox(t("scenario.answer"))
        choices = Flow(12)
        for name, box in (("rows", self.rows), ("columns", self.columns), ("step", self.step),
                          ("answer", self.answer)):  # fmt: skip
            label = Label(t(f"scenario.two_way_{name}"), "caption")
            label.setBuddy(box)
            box.setSizeAdjustPolicy(_SHORT)
            box.setMinimumContentsLength(_LETTERS)
            box.activated.connect(self._on_chosen)
            pair = Box(horizontal=True, spacing=8)
            pair.add(label)
            pair.add(box, 1)
            pair.setFixedWidth(theme.current().px(_PAIR))
            choices.add(pair)
        self.add(choices)
        self.words = Label("", "caption", wrap=True, selectable=True)
        self.words.hide()
        self.chart = Heat(t("scenario.two_way"), (), (), ())
        self.chart.hide()
        self.add(self.chart)
        self.add(self.words)
        self.again = AgainButton()
        self.again.clicked.connect(self._on_chosen)
        self.add(self.again)

    def set_scenario(self, scenario: Scenario, result: Result) -> None:
        """Look at another scenario; choices that still exist stay."""
        if scenario == self._scenario:
            return
        self._scenario, self._result = scenario, result
        items = [(item.key, item.field.title(language())) for item in movable(scenario, result)]
        for box in (self.rows, self.columns):
            box.set_items(items, box.chosen())
        answers = _answers(scenario, result)
        self.answer.set_items(answers, self.answer.chosen())
        self.setVisible(len(items) > 1 and bool(answers))
        self._question.drop()

    def drop(self) -> None:
        """Leave the worker to something that is wanted sooner, until ``resume``."""
        self._made_way = self._question.drop()

    def resume(self) -> None:
        """Compute what made way."""
        if self._made_way:
            self._on_chosen()

    def offer(self, keys: Sequence[str]) -> None:
        """Begin with the inputs that matter most, unless others were chosen; then compute."""
        if self.rows.chosen() == self.columns.chosen() and len(keys) > 1:
            self.rows.choose(keys[0])
            self.columns.choose(keys[1])
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        wanted = self._wanted()
        self._made_way = False
        self.again.hide()
        if wanted is None:
            self._say(t("scenario.two_way_same"))
            self.chart.hide()
            return
        self._question.ask(partial(_computed, wanted))

    def _wanted(self) -> _Wanted | None:
        row, column = self.rows.chosen(), self.columns.chosen()
        if self._scenario is None or not row or not column or row == column:
            return None
        target = _target(self.answer.chosen())
        return _Wanted(self._scenario, row, column, self.step.chosen(), target)

    @Slot()
    def _on_stopped(self) -> None:
        self.chart.hide()
        self._say(t("scenario.stopped"))
        self.again.show()

    @Slot(object)
    def _on_done(self, table: _Table) -> None:
        if table.wanted == self._wanted() and self._result is not None:
            self._show(table, self._result)

    def _show(self, table: _Table, result: Result) -> None:
        grid, measure = table.grid, table.wanted.target.of(result)
        if measure is None:
            return
        field = measure.field
        values = [
            [None if cell is None else float(shown_number(cell, field)) for cell in line]
            for line in grid.cells
        ]
        known = [value for line in values for value in line if value is not None]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        decimals = field.decimals if abs(high) + abs(low) < _MANY else 0
        self.chart.set_format(lambda value: grouped(Decimal(repr(value)), decimals))
        self.chart.set_values(
            _points(grid.row_input, grid.rows, result),
            _points(grid.column_input, grid.columns, result),
            values,
            low=low,
            high=high,
        )
        names = {
            "rows": input_title(grid.row_input, texts_in_use()),
            "columns": input_title(grid.column_input, texts_in_use()),
            "name": _title(field, table.wanted.target),
        }
        self.chart.set_title(t("scenario.two_way_title", **names))
        self.set_title(t("scenario.two_way_title", **names), t("scenario.two_way_text"))
        self.chart.show()
        self._say(_words(known, len(values) * len(values[0] if values else ()), field))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))


_MANY = 10_000


def _answers(scenario: Scenario, result: Result) -> list[tuple[str, str]]:
    """Return the answers of the own account that have a number, those that matter first."""
    own = result.accounts[0].key if result.accounts else ""
    order = {key: at for at, key in enumerate(scenario.model.answers)}
    found = []
    for measure in sorted(result.measures, key=lambda each: order.get(each.key, len(order))):
        if measure.account == own and measure.value is not None:
            target = Target(measure.key, own, bool(measure.with_terminal))
            mark = "" if measure.with_terminal is None else str(int(measure.with_terminal))
            found.append((f"{measure.key}:{mark}", _title(measure.field, target, mark)))
    return found


def _target(chosen: str) -> Target:
    key, _, mark = chosen.partition(":")
    return Target(key or "npv", with_terminal=mark == "1")


def _title(field: Field, target: Target, mark: str = "-") -> str:
    unit = unit_title(field.shown_unit)
    title = field.title(language())
    if mark == "1" or (mark == "-" and target.with_terminal):
        title = t("scenario.including_terminal", title=title)
    return t("ui.with_note", text=title, note=unit) if unit else title


def _points(item: ModelInput, values: Sequence[InputValue], result: Result) -> list[str]:
    base, texts = result.settled[item.key].value, texts_in_use()
    return [point_words(item, value, base, texts) for value in values]


def _words(known: Sequence[float], cells: int, field: Field) -> str:
    """Say how many of the cells are below 0, and how many are unknown."""
    found = []
    below = sum(value < 0 for value in known)
    if below:
        found.append(t("scenario.two_way_below", n=below, of=len(known),
                       name=field.title(language())))  # fmt: skip
    if len(known) < cells:
        found.append(t("scenario.two_way_unknown", n=cells - len(known)))
    return " ".join(found)


def _computed(wanted: _Wanted, is_outdated: Callable[[], bool], progress: Progress) -> _Table:
    """Return the table; Cancelled once another is asked for or the user asks to stop."""
    scenario = wanted.scenario
    result = scenario.result()
    swings = []
    for key in (wanted.row, wanted.column):
        usual = usual_swing(scenario.model.input(key), result.settled[key].value)
        swings.append(Swing(Decimal(wanted.size), relative=True) if wanted.size else usual)
    rows = around_base(scenario, wanted.row, _STEPS, swings[0])
    columns = around_base(scenario, wanted.column, _STEPS, swings[1])
    done = 0

    def stop() -> bool:
        nonlocal done
        done += 1
        progress.step(min(done, len(rows) * len(columns)), len(rows) * len(columns))
        return is_outdated()

    grid = two_way(
        scenario, (wanted.row, rows), (wanted.column, columns), wanted.target, cancelled=stop
    )
    if is_outdated():
        raise Cancelled
    return _Table(wanted, grid)
