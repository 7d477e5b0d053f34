# SPDX-License-Identifier: MIT
"""Every answer of a scenario, one party beside the other: what each gets decides a venture."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from workbench.application.money.report import ScenarioWords
from workbench.domain.finance.results import Account, Measure, Result
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.scenario.words import answer_title, number_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

Place = tuple[str, bool | None]
"""A measure's key, and whether terminal value is in it."""


class AnswersCard(Card):
    """A row for each answer, a column for each party; ``opened`` carries an answer's place."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(t("scenario.answers"), t("scenario.answers_text"))
        self.table: ReadTable | None = None
        self._parties: tuple[str, ...] = ()

    def set_result(self, result: Result, words: ScenarioWords) -> None:
        """Show another result; the card hides when there is none at all."""
        named = {measure.account for measure in result.measures}
        accounts = [account for account in result.accounts if account.key in named]
        self.setVisible(bool(accounts))
        if not accounts:
            return
        self._table(accounts).set_rows(_rows(result, accounts, words))

    def _table(self, accounts: Sequence[Account]) -> ReadTable:
        """Return the table of these parties: the one there is, unless they are others now."""
        parties = tuple(account.title(language()) for account in accounts)
        if self.table is not None and parties == self._parties:
            return self.table
        if self.table is not None:
            self.content.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        columns = [Column(t("scenario.answer"), share=2)]
        columns += [Column(name, right=True) for name in parties]
        self._parties = parties
        self.table = ReadTable(t("scenario.answers"), columns, opens=True)
        self.table.row_opened.connect(self._on_opened)
        self.add(self.table)
        return self.table

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self.opened.emit(int(key))


def _rows(result: Result, accounts: Sequence[Account], words: ScenarioWords) -> list[Row]:
    found: dict[Place, dict[str, tuple[int, Measure]]] = {}
    for at, measure in enumerate(result.measures):
        place = measure.key, measure.with_terminal
        found.setdefault(place, {})[measure.account] = at, measure
    rows = []
    for (_, ending), by_party in found.items():
        first, sample = next(iter(by_party.values()))
        measures = [by_party[a.key][1] if a.key in by_party else None for a in accounts]
        title, unit = answer_title(sample.field, ending), unit_title(sample.field.shown_unit)
        if unit:
            title = t("ui.with_note", text=title, note=unit)
        why = dict.fromkeys(words.reason(r) for m in measures if m for r in m.reasons)
        rows.append(Row(str(first), (Cell(title, " ".join(why)), *map(_cell, measures))))
    return rows


def _cell(measure: Measure | None) -> Cell:
    if measure is None:
        return Cell("")
    number, _ = number_words(measure.value, measure.field)
    return Cell(number, tone="text" if measure.value is not None else "warn")
