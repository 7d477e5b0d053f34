# SPDX-License-Identifier: MIT
"""The amounts of a scenario year by year, or month by month: a loan's schedule is read here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot

from workbench.domain.fields import FieldType
from workbench.domain.finance.results import Line, Result
from workbench.domain.finance.terms import ZERO
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.scenario.words import number_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_MOST_COLUMNS = 6
_TALLEST = 520
_USUAL = "net"


@dataclass(frozen=True, slots=True)
class _Part:
    """Some lines of one group that fit beside each other."""

    key: str
    title: str
    lines: tuple[Line, ...]


class YearsCard(Card):
    """A row for each year (or month), a column for each line of the group that is chosen."""

    def __init__(self) -> None:
        self.choice = ChoiceBox(t("scenario_years.choice"))
        super().__init__(
            t("scenario_years.title"), t("scenario_years.text"), actions=(self.choice,)
        )
        self.table: ReadTable | None = None
        self._parts: dict[str, _Part] = {}
        self._offered: list[tuple[str, str]] = []
        self._columns: tuple[str, ...] = ()
        self._showing = False
        self.choice.currentIndexChanged.connect(self._on_chosen)

    def set_result(self, result: Result) -> None:
        """Show another result; the group that is read stays, and one moment has no years."""
        before = self.choice.chosen()
        parts = _parts(result)
        self._parts = {part.key: part for part in parts}
        offered = [(part.key, part.title) for part in parts]
        if (
            offered != self._offered
        ):  # refilled at every letter typed it would lay the page out anew
            self._showing = True
            wanted = before if before in self._parts else _usual(parts)
            self.choice.set_items(offered, wanted)
            self._showing = False
            self._offered = offered
        self.setVisible(bool(parts))
        self._fill()

    @Slot(int)
    def _on_chosen(self, _at: int) -> None:
        if not self._showing:
            self._fill()

    def _fill(self) -> None:
        part = self._parts.get(self.choice.chosen())
        if part is not None:
            self._table(part).set_rows(_rows(part.lines))

    def _table(self, part: _Part) -> ReadTable:
        """Return the table of these columns: the one there is, unless they are others now."""
        titles = tuple(_titled(line) for line in part.lines)
        if self.table is not None:
            if titles == self._columns:
                return self.table
            self.content.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        columns = [Column("", 80), *(Column(title, right=True) for title in titles)]
        self._columns = titles
        self.table = ReadTable(t("scenario_years.title"), columns, tallest=_TALLEST)
        self.add(self.table)
        return self.table


def _usual(parts: Sequence[_Part]) -> str:
    found = next((part for part in parts if part.key.startswith(_USUAL)), None)
    return found.key if found else ""


def _parts(result: Result) -> list[_Part]:
    """Return the groups of lines that have more than one amount, months apart from years."""
    groups: dict[tuple[str, bool], list[Line]] = {}
    for line in result.lines:
        if not line.single and len(line.amounts) > 1:
            groups.setdefault((line.group, line.monthly), []).append(line)
    parts = []
    for (group, monthly), lines in groups.items():
        title = t(f"finance.group.{group}")
        if monthly:
            title = t("scenario_years.by_month", title=title)
        pieces = [lines[at : at + _MOST_COLUMNS] for at in range(0, len(lines), _MOST_COLUMNS)]
        for number, piece in enumerate(pieces, 1):
            shown = title
            if len(pieces) > 1:
                shown = t("scenario_years.piece", title=title, number=number, count=len(pieces))
            parts.append(_Part(f"{group}:{monthly}:{number}", shown, tuple(piece)))
    return parts


def _titled(line: Line) -> str:
    """Return a line's title, with its unit where that is not the 万元 that the card names."""
    title = line.field.title(language())
    if line.field.type is FieldType.MONEY:
        return title
    return t("ui.with_note", text=title, note=unit_title(line.field.shown_unit) or "—")


def _rows(lines: Sequence[Line]) -> list[Row]:
    monthly = lines[0].monthly
    named = "scenario_years.month" if monthly else "scenario_years.year"
    return [
        Row(
            str(at),
            (
                Cell(t(named, n=at + 1 if monthly else at), tone="text2"),
                *(_cell(line, at) for line in lines),
            ),
        )
        for at in range(len(lines[0].amounts))
    ]


def _cell(line: Line, at: int) -> Cell:
    amount = line.amounts[at]
    if amount is ZERO:
        return Cell("—", tone="text2")
    number, _ = number_words(amount.value, line.field)
    return Cell(number, tone="text" if amount.value is not None else "warn", strong=bool(line.sign))
