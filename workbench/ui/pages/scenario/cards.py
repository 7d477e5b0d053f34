# SPDX-License-Identifier: MIT
"""The cards of the scenario page: key figures, present value by line, what it hangs on, cash."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout

from workbench.application.money.questions import even_words
from workbench.application.money.report import ScenarioWords
from workbench.domain.display import grouped
from workbench.domain.fields import Field, FieldType
from workbench.domain.finance.results import Line, Measure, Result
from workbench.domain.finance.scenarios import Target
from workbench.domain.finance.sensitivity import BreakEven
from workbench.domain.finance.words import Wording
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.home.figures import EXPLAINED, Tile
from workbench.ui.pages.home.page import TileBox
from workbench.ui.pages.scenario.figures import MOST_BARS, Quick, Slow
from workbench.ui.pages.scenario.words import number_words, swing_words
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import clear_layout
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts import lines as line_chart
from workbench.ui.widgets.charts.tornado import Swing, Tornado
from workbench.ui.widgets.charts.waterfall import Fall, Waterfall
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_WAN = Decimal(10_000)
_TILES = 5
_FALLS = 9


class TilesCard(Card):
    """The answers of the own account; with and without terminal value beside each other.

    ``opened`` carries the place of an answer among the result's measures.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self.content.addLayout(self._grid)

    def set_result(self, result: Result, words: ScenarioWords) -> None:
        """Show another result."""
        clear_layout(self._grid)
        for at, tile in enumerate(_tiles(result, words)):
            if at:
                self._grid.addWidget(Hairline(vertical=True), 0, 2 * at - 1)
            box = TileBox(tile)
            box.followed.connect(self._on_followed)
            self._grid.addWidget(box, 0, 2 * at)
            self._grid.setColumnStretch(2 * at, 1)

    @Slot(str)
    def _on_followed(self, target: str) -> None:
        self.opened.emit(int(target.removeprefix(EXPLAINED)))


def _tiles(result: Result, words: ScenarioWords) -> list[Tile]:
    own = result.accounts[0].key if result.accounts else ""
    tiles: list[Tile] = []
    own_ones = [m for m in result.measures if m.account == own and m.with_terminal is not True]
    for measure in sorted(own_ones, key=lambda each: each.value is None):
        note = _other_ending(result, measure)
        reasons = " ".join(words.reason(reason) for reason in measure.reasons)
        number, unit = number_words(measure.value, measure.field)
        tone = "warn" if measure.value is None else ""
        title = measure.field.title(language())
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


class WorthCard(Card):
    """How the present value adds up, line by line."""

    def __init__(self) -> None:
        super().__init__(t("scenario.worth"), t("scenario.worth_text"))
        self.chart = Waterfall(t("scenario.worth"), height=270)
        self.add(self.chart)

    def set_quick(self, quick: Quick) -> None:
        """Show another result; too many lines are gathered in one."""
        if quick.worth is None:
            self.chart.set_falls(())
            self.set_title(t("scenario.worth"), t("scenario.worth_unknown"))
            return
        named = {line.key: line.field.title(language()) for line in quick.result.lines}
        parts = [(named[key], value) for key, value in quick.worth if value]
        total = sum((value for _, value in parts), Decimal(0))
        if len(parts) > _FALLS:
            small = sorted(parts, key=lambda part: abs(part[1]))[: len(parts) - _FALLS + 1]
            rest = sum((value for _, value in small), Decimal(0))
            parts = [part for part in parts if part not in small] + [(t("scenario.others"), rest)]
        falls = [Fall(name, float(value / _WAN)) for name, value in parts]
        self.chart.set_falls([*falls, Fall(t("scenario.sum"), float(total / _WAN), whole=True)])
        title = t("scenario.worth_sum", value=grouped(total / _WAN, 0))
        self.set_title(title, t("scenario.worth_text"))
        self.chart.set_title(title)


class HangsCard(Card):
    """What the answer hangs on most, and how far each may move."""

    def __init__(self) -> None:
        super().__init__(t("scenario.hangs"), "")
        self.chart = Tornado(t("scenario.hangs"), (t("scenario.down"), t("scenario.up")))
        self.add(self.chart)
        self.sentences = Label("", "caption", wrap=True, selectable=True)
        self.sentences.hide()
        self.add(self.sentences)

    def wait(self) -> None:
        """Say that it is being computed."""
        self.set_title(t("scenario.hangs"), t("scenario.computing"))

    def set_slow(self, slow: Slow, target: Target, field: Field | None) -> None:
        """Show other swings."""
        bars = [bar for bar in slow.tornado.bars if bar.spread][:MOST_BARS]
        scale = _WAN if field is not None and field.type is FieldType.MONEY else Decimal(1)
        factor = Decimal(100) if field is not None and field.type is FieldType.SHARE else Decimal(1)
        swings = [
            Swing(
                f"{bar.item.field.title(language())} {swing_words(bar.swing)}",
                float(bar.at_low * factor / scale),
                float(bar.at_high * factor / scale),
            )
            for bar in bars
            if bar.at_low is not None and bar.at_high is not None
        ]
        base = float((slow.tornado.base or Decimal(0)) * factor / scale)
        self.chart.set_swings(base, swings)
        name = field.title(language()) if field else ""
        unit = unit_title(field.shown_unit) if field else ""
        title = t("scenario.hangs")
        if bars:
            title = t("scenario.hangs_most", item=bars[0].item.field.title(language()), name=name)
        self.set_title(title, t("scenario.hangs_text", name=name, unit=unit))
        self.chart.set_title(title)
        found = [
            words
            for even in slow.break_evens
            if isinstance(even, BreakEven) and (words := even_words(even, texts_in_use()))
        ]
        self.sentences.setText("\n".join(found))
        self.sentences.setVisible(bool(found))


class CashCard(Card):
    """The cash that has come together year by year, per party."""

    def __init__(self) -> None:
        super().__init__(t("scenario.cash"), t("scenario.cash_text"))
        self.chart = line_chart.Lines(t("scenario.cash"), (), (), height=240)
        self.add(self.chart)

    def set_result(self, result: Result) -> None:
        """Show another result; one moment has no course."""
        self.setVisible(result.periods > 1)
        if result.periods < 2:
            return
        series = [
            line_chart.Line(account.title(language()), _cumulative(result, account.key))
            for account in result.accounts
        ]
        years = [str(year) for year in range(result.periods)]
        zero = [line_chart.Reference("0", 0.0)]
        self.chart.set_lines(years, series, zero)
        own = series[0].values if series else ()
        year = next((n for n, v in enumerate(own) if v is not None and v >= 0 and n), None)
        turned = year is not None and any(v is not None and v < 0 for v in own)
        title = t("scenario.cash_turns", year=year) if turned else t("scenario.cash")
        self.set_title(title, t("scenario.cash_text"))
        self.chart.set_title(title)


def _cumulative(result: Result, account: str) -> Sequence[float | None]:
    values = [term.value for term in result.flow(account, terminal=False)]
    if None in values:
        known = values[: values.index(None)]
        return [*_sums([v for v in known if v is not None]), *[None] * (len(values) - len(known))]
    return _sums([value for value in values if value is not None])


def _sums(values: Sequence[Decimal]) -> list[float]:
    return [float(value / _WAN) for value in accumulate(values)]


class LinesCard(Card):
    """Every line with its total, what it is made of, and the parameter behind it."""

    def __init__(self) -> None:
        super().__init__(t("scenario.lines"), t("scenario.lines_text"))
        columns = (
            Column(t("scenario.line"), 200),
            Column(t("scenario.amount"), 130, right=True),
            Column(t("scenario.formula"), share=3),
        )
        self.table = ReadTable(t("scenario.lines"), columns, opens=True)
        self.add(self.table)

    def set_result(self, result: Result, wording: Wording) -> None:
        """Show another result."""
        self.table.set_rows([self._row(line, result, wording) for line in result.lines])

    def _row(self, line: Line, result: Result, wording: Wording) -> Row:
        value = line.values[0] if line.single else line.total
        number, unit = number_words(value, line.field)
        account = next((a.title(language()) for a in result.accounts if a.key == line.account), "")
        param = result.parameter_of(line)
        detail = t("scenario.varies", code=param.code) if param and param.varies else ""
        return Row(
            line.key,
            (
                Cell(line.field.title(language()), account, strong=bool(line.sign)),
                Cell(f"{number} {unit}".strip()),
                Cell(wording.formula(line), detail, tone="text2"),
            ),
        )


def words_for(quick: Quick) -> ScenarioWords:
    """Return what puts a result into sentences of the interface's language."""
    return ScenarioWords(quick.scenario.model, texts_in_use())
