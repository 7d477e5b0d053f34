# SPDX-License-Identifier: MIT
"""The cards of the scenario page: present value by line, what it hangs on, cash."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from PySide6.QtCore import Signal

from workbench.application.money.questions import even_words
from workbench.application.money.report import ScenarioWords
from workbench.domain.display import grouped
from workbench.domain.fields import Field, FieldType
from workbench.domain.finance.measures import DISCOUNT_RATE
from workbench.domain.finance.results import Line, Result
from workbench.domain.finance.scenarios import Target
from workbench.domain.finance.sensitivity import BreakEven
from workbench.domain.finance.words import Wording
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.scenario.figures import MOST_BARS, Quick, Slow
from workbench.ui.pages.scenario.question import AgainButton
from workbench.ui.pages.scenario.words import number_words, swing_words
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts import lines as line_chart
from workbench.ui.widgets.charts.tornado import Swing, Tornado
from workbench.ui.widgets.charts.waterfall import Fall, Waterfall
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_WAN = Decimal(10_000)
_FALLS = 9


class WorthCard(Card):
    """How the present value adds up, line by line."""

    def __init__(self) -> None:
        super().__init__(t("scenario.worth"), t("scenario.worth_text"))
        self.chart = Waterfall(t("scenario.worth"), height=270)
        self.add(self.chart)

    def set_quick(self, quick: Quick) -> None:
        """Show another result; too many lines are gathered in one."""
        has_cash = any(line.sign for line in quick.result.lines)
        self.setVisible(has_cash or not quick.result.lines)
        self.chart.setVisible(quick.worth is not None)
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
        discounted = DISCOUNT_RATE.key in quick.result.settled
        kind = "worth" if discounted else "flows"
        title = t(f"scenario.{kind}_sum", value=grouped(total / _WAN, 0))
        self.set_title(title, t(f"scenario.{kind}_text"))
        self.chart.set_title(title)


class HangsCard(Card):
    """What the answer hangs on most, and how far each may move."""

    asked_again = Signal()

    def __init__(self) -> None:
        super().__init__(t("scenario.hangs"), "")
        sides = t("scenario.down"), t("scenario.up")
        self.chart = Tornado(t("scenario.hangs"), sides, fmt=_with_cents)
        self.add(self.chart)
        self.sentences = Label("", "caption", wrap=True, selectable=True)
        self.sentences.hide()
        self.add(self.sentences)
        self.again = AgainButton()
        self.again.clicked.connect(self.asked_again)
        self.add(self.again)

    def wait(self) -> None:
        """Say that it is being computed."""
        self.again.hide()
        self.set_title(t("scenario.hangs"), t("scenario.computing"))

    def stop(self) -> None:
        """Say that the computing was stopped, and offer to take it up again."""
        self.chart.hide()
        self.sentences.hide()
        self.again.show()
        self.set_title(t("scenario.hangs"), t("scenario.stopped"))

    def set_slow(self, slow: Slow, target: Target, field: Field | None) -> None:
        """Show other swings."""
        bars = [bar for bar in slow.tornado.bars if bar.spread][:MOST_BARS]
        scale = _WAN if field is not None and field.type is FieldType.MONEY else Decimal(1)
        factor = Decimal(100) if field is not None and field.type is FieldType.SHARE else Decimal(1)
        swings = [
            Swing(
                f"{bar.item.field.title(language())}\n{swing_words(bar.swing)}",
                float(bar.at_low * factor / scale),
                float(bar.at_high * factor / scale),
            )
            for bar in bars
            if bar.at_low is not None and bar.at_high is not None
        ]
        base = float((slow.tornado.base or Decimal(0)) * factor / scale)
        self.chart.set_swings(base, swings)
        self.chart.setVisible(bool(swings))
        name = field.title(language()) if field else ""
        unit = unit_title(field.shown_unit) if field else ""
        title, below = t("scenario.hangs"), t("scenario.hangs_text", name=name, unit=unit)
        if bars:
            title = t("scenario.hangs_most", item=bars[0].item.field.title(language()), name=name)
        elif slow.tornado.base is None:
            below = t("scenario.hangs_unknown")
        self.set_title(title, below)
        self.chart.set_title(title)
        found = [
            words
            for even in slow.break_evens
            if isinstance(even, BreakEven) and (words := even_words(even, texts_in_use()))
        ]
        found += [
            t("scenario.kept_whole", item=item.field.title(language()))
            for item in slow.tornado.kept
        ]
        self.sentences.setText("\n".join(found))
        self.sentences.setVisible(bool(found))


def _with_cents(value: float) -> str:
    """Return a figure with two decimals always, so that figures stand in one measure."""
    return grouped(Decimal(repr(value)), 2)


class CashCard(Card):
    """The cash that has come together year by year, per party."""

    def __init__(self) -> None:
        super().__init__(t("scenario.cash"), t("scenario.cash_text"))
        self.chart = line_chart.Lines(t("scenario.cash"), (), (), height=240)
        self.add(self.chart)

    def set_result(self, result: Result) -> None:
        """Show another result; one moment has no course."""
        series = [
            line_chart.Line(account.title(language()), _cumulative(result, account.key))
            for account in result.accounts
        ]
        known = [sum(value is not None for value in line.values) for line in series]
        self.setVisible(max(known, default=0) > 1)  # one moment has no course
        if self.isHidden():
            return
        years = [str(year) for year in range(result.periods)]
        zero = [line_chart.Reference("", 0.0)]
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
            Column(t("scenario.line"), 190),
            Column(t("scenario.account"), 90),
            Column(t("scenario.amount"), 150, right=True),
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
        detail = (
            t("scenario.varies", name=param.name.get(language())) if param and param.varies else ""
        )
        return Row(
            line.key,
            (
                Cell(line.field.title(language()), strong=bool(line.sign)),
                Cell(account, tone="text2"),
                Cell(f"{number} {unit}".strip()),
                Cell(wording.formula(line), detail, tone="text2"),
            ),
        )


def words_for(quick: Quick) -> ScenarioWords:
    """Return what puts a result into sentences of the interface's language."""
    return ScenarioWords(quick.scenario.model, texts_in_use())
