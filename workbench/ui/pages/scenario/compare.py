# SPDX-License-Identifier: MIT
"""A base and its variants side by side, and what leads from one to another, line by line."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Slot

from workbench.domain.finance.bridge import Bridge, by_line
from workbench.domain.finance.results import Measure, Result
from workbench.domain.finance.scenarios import Scenario, side_by_side
from workbench.ui.pages.scenario.words import answer_title, number_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.waterfall import Fall, Waterfall
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_WAN = Decimal(10_000)
_MOST = 5


class CompareCard(Card):
    """Shown when there is more than one scenario in the family."""

    def __init__(self) -> None:
        super().__init__(t("scenario.compare"), t("scenario.compare_text"))
        self._results: list[tuple[str, Result]] = []
        self.table: ReadTable | None = None
        self.other = ChoiceBox(t("scenario.compare_with"))
        self.other.activated.connect(self._show_bridge)
        self._words = Label("", "caption", wrap=True)
        self.chart = Waterfall(t("scenario.compare"), height=260)
        self._chosen = ""
        self._answers: tuple[str, ...] = ()
        self.add(self.other)
        self.add(self._words)
        self.add(self.chart)

    def set_scenarios(self, family: Sequence[tuple[str, Scenario]], chosen: str) -> None:
        """Show a family of scenarios; the one chosen is compared with another."""
        self.setVisible(len(family) > 1)
        self._chosen = chosen
        if len(family) < 2:
            return
        self._answers = family[0][1].model.answers
        self._results = [(name, scenario.result()) for name, scenario in family[:_MOST]]
        self._show_table()
        others = [name for name, _ in self._results if name != chosen]
        self.other.set_items([(name, t("scenario.against", name=name)) for name in others])
        self._show_bridge()

    def _show_table(self) -> None:
        """Lay the table out anew: its columns are the scenarios."""
        if self.table is not None:
            self.content.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        columns = [Column(t("scenario.answer"), 220)]
        columns += [Column(name, right=True) for name, _ in self._results]
        self.table = ReadTable(t("scenario.compare"), columns)
        self.table.set_rows(self._rows())
        self.content.insertWidget(1, self.table)

    def _rows(self) -> list[Row]:
        """Return every answer of the own account, and of the others those that matter most."""
        results = [result for _, result in self._results]
        accounts = {account.key: account.title(language()) for account in results[0].accounts}
        own = next(iter(accounts), "")
        rows = []
        for line in side_by_side(results):
            if line.account != own and line.key not in self._answers:
                continue
            sample = next(m for m in line.measures if m is not None)
            whose = "" if line.account == own else accounts.get(line.account, "")
            title = Cell(answer_title(sample.field, line.with_terminal), whose)
            rows.append(Row(sample.key, (title, *map(_cell, line.measures))))
        return rows

    @Slot()
    def _show_bridge(self) -> None:
        named = dict(self._results)
        ours, theirs = named.get(self._chosen), named.get(self.other.chosen())
        found = by_line(theirs, ours) if ours is not None and theirs is not None else None
        known = isinstance(found, Bridge)
        self.chart.setVisible(known)
        if not isinstance(found, Bridge):
            self._words.setText(t("finance.reason.cannot_compare") if found else "")
            return
        start, end = float(found.start / _WAN), float(found.end / _WAN)
        steps = [Fall(s.field.title(language()), float(s.change / _WAN)) for s in found.steps]
        first = Fall(self.other.chosen(), start, whole=True)
        self.chart.set_falls([first, *steps, Fall(self._chosen, end, whole=True)])
        title = t("scenario.bridge", one=self.other.chosen(), two=self._chosen)
        self.chart.set_title(title)
        self._words.setText(f"{title}{t('ui.gap')}{t(f'scenario.order_{found.order.value}')}")


def _cell(measure: Measure | None) -> Cell:
    if measure is None:
        return Cell("—", tone="text3")
    number, unit = number_words(measure.value, measure.field)
    return Cell(f"{number} {unit}".strip(), tone="text" if measure.value is not None else "warn")
