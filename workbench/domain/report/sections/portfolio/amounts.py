# SPDX-License-Identifier: MIT
"""表1-4 of a portfolio: the money for which assets are pledged and seized, by formulas."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.domain.display import choice_title
from workbench.domain.figures.encumbrances import MORTGAGES, SEIZURES, is_in_force
from workbench.domain.report.model import (
    SUM,
    UNKNOWN,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import WAN
from workbench.domain.report.sections.links import IN_FORCE, column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.annexes import Annexes
from workbench.domain.report.sections.portfolio.joining import PARK_NO
from workbench.domain.report.sections.portfolio.parks import (
    MANY,
    no_column,
    park_column,
    say,
    short_cell,
)
from workbench.domain.report.sections.portfolio.unregistered import count_unregistered
from workbench.domain.report.sections.steps.step_words import quoted, to_verify
from workbench.domain.values import ValueState
from workbench.domain.workings.numbers import Judged

_GROUPS = {
    "pledged": ("mortgage", MORTGAGES),
    "seized": ("seizure", SEIZURES),
    "other": ("litigation", frozenset[str]()),
}
"""The flags and kinds of limits whose amounts are added; the last are all other kinds."""
_NAMED = MORTGAGES | SEIZURES


def amounts_table(parks: Sequence[Material], annexes: Annexes) -> Table | None:
    """Return 表1-4, or None where no park has an encumbrance with an amount.

    An amount counts while its limit is in force; one that is not known is counted beside the sum,
    and so is an asset that is or may be burdened without a record of it.
    """
    listing = annexes.listings.get("encumbrance")
    if listing is None or "amount" not in listing.tables:
        return None
    m = parks[0]
    columns = [no_column(m), park_column(m)]
    for key in _GROUPS:
        columns += [
            Column(key, say(m, f"col.amount_{key}"), 15, ColumnKind.NUMBER, total=SUM),
            Column(f"{key}_open", say(m, "col.amount_open"), 10, ColumnKind.INTEGER, total=SUM),
        ]
    rows = tuple(_row(at, park, annexes) for at, park in enumerate(parks))
    return Table(
        m.table_no("1-4"), say(m, "table.amounts"), tuple(columns), rows, say(m, "unit.amounts"),
        say(m, "source.amounts"), notes=(say(m, "note.amounts"),), total_label=m.say("total"),
        frozen_columns=2, apart=len(parks) > MANY,
    )  # fmt: skip


def _row(at: int, m: Material, annexes: Annexes) -> Row:
    cells: list[Cell] = []
    for flag, kinds in _GROUPS.values():
        cells += _amount(m, annexes, flag, kinds)
    return Cell(at + 1), short_cell(m), *cells


def _amount(m: Material, annexes: Annexes, flag: str, kinds: frozenset[str]) -> tuple[Cell, Cell]:
    """Return the sum of what is known of the limits in force, and how many are not known."""
    listing = m.annex.get("encumbrance")
    if listing is None:
        return UNKNOWN, UNKNOWN
    known, unknown = list[Decimal](), count_unregistered(m, flag)
    for row in listing.records:
        if (row.text("kind") in kinds) if kinds else (row.text("kind") not in _NAMED):
            counts, amount = is_in_force(m.reading, row, m.whole.as_of), row.number("amount")
            if counts and amount is not None:
                known.append(amount / WAN)
            elif counts is None or (counts and row.state("amount") is ValueState.UNKNOWN):
                unknown += 1
    every, of_kinds = _Counting(m, annexes), sorted(kinds or _NAMED)
    total, numbers, opened = (
        "+".join(part(kind) for kind in of_kinds)
        if kinds
        else f"{part()}-({'+'.join(part(kind) for kind in of_kinds)})"
        for part in (every.sum, every.numbers, every.open)
    )
    opened += annexes.without_record(flag)
    formula = f"IF(AND({numbers}=0,{opened}>0),{to_verify(m)},{total})"
    state = CellState.PARTIAL if unknown else CellState.KNOWN
    found = Cell(sum(known, Decimal(0)), state) if known or not unknown else UNKNOWN
    return replace(found, formula=formula), Cell(unknown, formula=opened)


class _Counting:
    """The formulas over all encumbrances of a park: what they come to, and what is not known."""

    def __init__(self, m: Material, annexes: Annexes) -> None:
        self._m = m
        listing = annexes.listings["encumbrance"]
        count = len(listing.records)
        self._amounts = column_range(listing.tables["amount"], "amount", count)
        own, kinds, in_force = (
            column_range(IN_FORCE, key, count) for key in (PARK_NO, "kind", Judged.IN_FORCE)
        )
        self._own, self._kinds, self._in_force = f"{own},{{no}}", kinds, in_force

    def _where(self, kind: str, in_force: str = "1") -> str:
        field = self._m.whole.ledger.catalogue["encumbrance"]["kind"]
        title = quoted(choice_title(kind, field, self._m.language))
        said = f",{self._kinds},{title}" if kind else ""
        return f"{self._own},{self._in_force},{in_force}{said}"

    def sum(self, kind: str = "") -> str:
        """Return the sum of the known amounts in force."""
        return f"SUMIFS({self._amounts},{self._where(kind)})"

    def numbers(self, kind: str = "") -> str:
        """Return how many amounts in force are known."""
        return f'COUNTIFS({self._where(kind)},{self._amounts},">-1E+300")'

    def open(self, kind: str = "") -> str:
        """Return how many limits may be in force, or are without a known amount."""
        where = self._where(kind)
        unknown = f"COUNTIFS({self._where(kind, to_verify(self._m))})"
        without = f'COUNTIFS({where},{self._amounts},"—")'
        return f"({unknown}+COUNTIFS({where})-{self.numbers(kind)}-{without})"
