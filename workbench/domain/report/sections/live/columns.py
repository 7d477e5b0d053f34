# SPDX-License-Identifier: MIT
"""The long sums behind the figures, as columns over the records that they add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.live.annex_cells import AnnexCells
from workbench.domain.report.sections.live.formulas import Role, cells_of, under
from workbench.domain.workings.choosing import home
from workbench.domain.workings.numbers import At, Kept, Made
from workbench.domain.workings.terms import Summand, without


@dataclass(frozen=True, slots=True)
class Added:
    """What one record adds: today's value (None: 待核), its formula ("" where not known), when."""

    value: Decimal | None
    formula: str
    condition: str = ""


@dataclass(slots=True)
class Working:
    """One column: what each record adds to a sum, by its key, and which figures need it."""

    entity: str
    key: str
    cells: Mapping[str, Added]
    used: dict[Role, list[str]] = field(default_factory=dict)

    @property
    def figures(self) -> list[str]:
        """Return every figure that is made with this column."""
        return [name for names in self.used.values() for name in names]

    def use(self, figure: str, role: Role) -> None:
        """Remember that a figure is made with this column."""
        names = self.used.setdefault(role, [])
        if figure not in names:
            names.append(figure)


InARow = Callable[[list[Summand]], str | None]


class Columns:
    """Collects the columns; equal ones are one."""

    def __init__(self, annexes: AnnexCells) -> None:
        self._annexes = annexes
        self.gaps: frozenset[At] = frozenset()
        """The blanks that the figure which is written waits for."""
        self._columns: dict[tuple[str, tuple[tuple[str, str, str], ...]], Working] = {}

    def of(self, entity: str) -> list[Working]:
        """Return the columns over the records of an entity."""
        return [column for column in self._columns.values() if column.entity == entity]

    def total(self, terms: list[Summand], figure: str, role: Role, in_a_row: InARow) -> str | None:
        """Return the formula of a long sum over one or more columns, or None."""
        grouped: dict[str, dict[str, list[Summand]]] = {}
        for each in terms:
            cell = next(cells_of(each.term), None)
            if cell is None:
                return None
            at = home(cell)
            grouped.setdefault(at.entity, {}).setdefault(at.key, []).append(each)
        texts = []
        for entity, rows in grouped.items():
            text = self._annex_column(entity, rows) or self._column(
                entity, rows, figure, role, in_a_row
            )
            if text is None:
                return None
            texts.append(text)
        return "+".join(texts)

    def _annex_column(self, entity: str, rows: Mapping[str, list[Summand]]) -> str | None:
        """Return the sum of a whole column of the annex, if that is what is added up."""
        fields = set()
        for [first, *rest] in rows.values():
            kept = first.term
            if rest or first.negative or not isinstance(kept, Kept) or kept.made is not Made.CELL:
                return None
            cells = list(cells_of(kept))
            if any(home(at) is not at for at in cells):
                return None
            fields |= {at.field for at in cells}
        return self._annexes.column(entity, fields.pop(), set(rows)) if len(fields) == 1 else None

    def _column(
        self,
        entity: str,
        rows: Mapping[str, list[Summand]],
        figure: str,
        role: Role,
        in_a_row: InARow,
    ) -> str | None:
        cells: dict[str, Added] = {}
        for key, terms in rows.items():
            added = self.added(terms, in_a_row)
            if added is None:
                return None
            cells[key] = added
        column = self.keep(entity, cells, figure, role)
        if column is None:
            return None
        table, last = working_key(entity), len(self._annexes.listings[entity].records)
        total = f"{{{table}!{column.key}@{last + 1}}}"
        self._annexes.counted[total] = column_range(table, column.key, last), len(cells)
        return total

    def keep(
        self, entity: str, cells: Mapping[str, Added], figure: str, role: Role
    ) -> Working | None:
        """Return the column with these cells, None where the annex lacks one of the records."""
        listing = self._annexes.listings.get(entity)
        if listing is None or not set(cells) <= set(listing.rows):
            return None
        said = ((key, each.formula, each.condition) for key, each in cells.items())
        same = (entity, tuple(sorted(said)))
        column = self._columns.get(same)
        if column is None:
            column = Working(entity, f"c{len(self.of(entity)) + 1}", cells)
            self._columns[same] = column
        column.use(figure, role)
        return column

    def added(self, terms: list[Summand], in_a_row: InARow) -> Added | None:
        """Return what a record adds, None where that cannot be written as a formula."""
        today = [(each.negative, without(each.term, self.gaps)) for each in terms]
        known = [-term if away else term for away, term in today if term is not None]
        value = sum(known, Decimal(0)) if len(known) == len(terms) else None
        condition, amounts = under(terms)
        text = "" if amounts is None else in_a_row(amounts)
        if condition is None or text is None:
            return Added(value, text) if text else None
        judged = self._annexes.cell(condition)
        return None if judged is None else Added(value, text, judged)


def working_key(entity: str) -> str:
    """Return by what formulas find the columns over an entity's records."""
    return f"working_{entity}"
