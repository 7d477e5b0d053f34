# SPDX-License-Identifier: MIT
"""附表E-17: of how much of the weight a ratio is known, which decides whether it is given.

A ratio of sums is given where what is known covers at least 95 % of the weight, as in
``indicators/averages``: a blanked cell takes its record out of both sums, and a filled one in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.report.model import UNKNOWN, Block, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import figure, words
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.live.annex_cells import AnnexCells
from workbench.domain.report.sections.live.columns import Added, Columns, InARow, working_key
from workbench.domain.report.sections.live.formulas import Role, cells_of
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.workings.choosing import home
from workbench.domain.workings.numbers import Item, Kept, Made, items_of
from workbench.domain.workings.terms import Coverage, Summand, by_count, coverage

COVERAGE = "coverage"
"""By what formulas find the table of the known shares."""
_ZERO, _PARK_MARK = Decimal(0), "†"


@dataclass(frozen=True, slots=True)
class Sides:
    """The columns of the records of one entity: above and below the line, and the weight."""

    above: str
    below: str
    weight: str
    factors: tuple[str, str, str] = ("", "", "")


@dataclass(slots=True)
class Covering:
    """One ratio: its columns by entity, what constants add to it, and whose it is."""

    sides: tuple[Sides, ...]
    fixed: Coverage
    count: int
    fixed_count: int
    least: Decimal
    nothing: Decimal | None
    today: Coverage
    counted: bool
    figures: list[str] = field(default_factory=list)


class Coverings:
    """Collects the ratios; equal ones are one."""

    def __init__(self, annexes: AnnexCells, columns: Columns) -> None:
        self._annexes = annexes
        self._columns = columns
        self.rows: dict[object, Covering] = {}

    def cell(self, number: Kept, name: str, in_a_row: InARow) -> str | None:
        """Return the cell of a ratio over what is known, None where it cannot be written so."""
        items, [least, nothing, *_] = items_of(number), number.parts
        if not isinstance(least, Decimal) or (len(items) == 1 and nothing is None):
            return None
        placed = _placed(items)
        if placed is None:
            return None
        rows, fixed = placed
        sides = [self._sides(entity, own, name, in_a_row) for entity, own in rows.items()]
        known = tuple(each for each in sides if each is not None)
        if len(known) < len(sides) or not known:
            return None
        plain = Kept(number, Made.COVERED, least, nothing, *(part for i in fixed for part in i))
        found = self.rows.setdefault(
            (known, tuple(fixed), least, nothing),
            Covering(
                known,
                coverage(plain, ()),
                len(items),
                len(fixed),
                least,
                nothing if isinstance(nothing, Decimal) else None,
                coverage(number, self._columns.gaps),
                by_count(number),
            ),
        )
        if name not in found.figures:
            found.figures.append(name)
        row = next(at for at, each in enumerate(self.rows.values(), 1) if each is found)
        return f"{{{COVERAGE}!value@{row}}}"

    def _sides(
        self, entity: str, rows: dict[str, Item], name: str, in_a_row: InARow
    ) -> Sides | None:
        weights = [item[2] for item in rows.values()]
        same = all(item[1] is item[2] for item in rows.values()) or not any(
            isinstance(weight, Kept) for weight in weights
        )
        found: list[tuple[str, str]] = []
        for place, role in enumerate((Role.ABOVE, Role.BELOW, Role.WEIGHT)):
            if place == 2 and same:
                found.append(found[1])
                continue
            parts = {key: item[place] for key, item in rows.items()}
            column = self._range(entity, parts, name, role, in_a_row)
            if column is None:
                return None
            found.append(column)
        (above, a), (below, b), (weight, w) = found
        return Sides(above, below, weight, (a, b, w))

    def _range(
        self,
        entity: str,
        parts: dict[str, Decimal | None],
        name: str,
        role: Role,
        in_a_row: InARow,
    ) -> tuple[str, str] | None:
        """Return the annex's own column where it is what is added up, else one of 附表E-6."""
        fields = {_field(part, entity, key) for key, part in parts.items()}
        if len(fields) == 1 and (only := fields.pop()) is not None:
            own = self._annexes.range_of(entity, only, set(parts))
            if own is not None:
                return own
        cells: dict[str, Added] = {}
        for key, part in parts.items():
            added = Added(None, "")
            if part is not None:
                written = self._columns.added([Summand(part)], in_a_row)
                if written is None:
                    return None
                added = written
            cells[key] = added
        column = self._columns.keep(entity, cells, name, role)
        if column is None:
            return None
        last = len(self._annexes.listings[entity].records)
        return column_range(working_key(entity), column.key, last), ""


def _field(part: Decimal | None, entity: str, key: str) -> str | None:
    """Return the field that a number is just the cell of, else None."""
    if not isinstance(part, Kept) or part.made is not Made.CELL:
        return None
    at = next(cells_of(part))
    return at.field if (at.entity, at.key) == (entity, key) else None


def _placed(items: list[Item]) -> tuple[dict[str, dict[str, Item]], list[Item]] | None:
    """Return the items by the record that each is about, and those that are of no record."""
    rows: dict[str, dict[str, Item]] = {}
    fixed: list[Item] = []
    for item in items:
        n, d, w = item
        at = next((at for part in (d, w, n) if part is not None for at in cells_of(part)), None)
        if at is None:
            fixed.append(item)
            continue
        at = home(at)
        own = rows.setdefault(at.entity, {})
        if at.key in own:
            return None
        own[at.key] = item
    return rows, fixed


def coverage_tables(m: Material) -> list[Block]:
    """Return 附表E-17, nothing where no figure is a ratio over several records."""
    ratios = m.live.coverings
    if not ratios:
        return []
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", m.say("col.indicator"), 24),
        Column("items", m.words("report_coverage.items"), 9, ColumnKind.INTEGER),
        Column("weight", m.words("report_coverage.weight"), 15, ColumnKind.NUMBER),
        Column("known", m.words("report_coverage.known"), 15, ColumnKind.NUMBER),
        Column("share", m.words("report_coverage.share"), 11, ColumnKind.NUMBER),
        Column("least", m.words("report_coverage.least"), 11, ColumnKind.NUMBER, 0),
        Column("above", m.words("report_coverage.above"), 15, ColumnKind.NUMBER),
        Column("below", m.words("report_coverage.below"), 15, ColumnKind.NUMBER),
        Column("value", m.words("report_coverage.value"), 13, ColumnKind.NUMBER, 6),
    )
    rows = tuple(_row(m, each, number) for number, each in enumerate(ratios, start=1))
    return [Table(
        m.table_no("E-17"), m.words("report_coverage.table"), columns, rows,
        m.words("report_workings.unit"), m.say("source.ledger"),
        notes=(m.words("report_coverage.note"),), key=COVERAGE, dense=True,
    )]  # fmt: skip


def _row(m: Material, each: Covering, number: int) -> Row:
    unknown, today = f'"{m.say("to_verify")}"', each.today
    flags = m.live.unmoved.common(each.figures)
    known, weight = (while_0(m, flags, part) for part in _known_formulas(each, unknown))
    above = while_0(m, flags, _sum(each, _above, each.fixed.above))
    below = while_0(m, flags, _sum(each, _below, each.fixed.below))
    share = f"IF(COUNT({{weight}})=0,{unknown},IF({{weight}}=0,{unknown},{{known}}/{{weight}}*100))"
    given = f"IF(ROUND({{share}},9)<{{least}},{unknown},{{above}}/{{below}})"
    nothing = unknown
    if each.nothing is not None:
        numbers = "+".join(f"COUNT({side.above})" for side in each.sides)
        whole = each.count - each.fixed_count
        nothing = f"IF({numbers}<{whole},{unknown},{each.nothing})"
    empty = f"IF(COUNT({{weight}})=0,{unknown},IF({{weight}}=0,{nothing},{given}))"
    return (
        Cell(number),
        words(m.say("comma").join(_named(m, figure) for figure in each.figures)),
        Cell(each.count),
        figure(today.weight, formula=weight) if today.weight is not None
        else _waiting(weight),
        Cell(today.known, formula=known),
        Cell(today.share * 100, formula=share) if today.share is not None else _waiting(share),
        Cell(each.least * 100),
        Cell(today.above, formula=above),
        Cell(today.below, formula=below),
        Cell(today.value, formula=f"IFERROR({empty},{unknown})") if today.value is not None
        else _waiting(f"IFERROR({empty},{unknown})"),
    )  # fmt: skip


def _named(m: Material, figure: str) -> str:
    """Return an indicator with its name."""
    indicator = INDICATORS.get(figure.rstrip(_PARK_MARK))
    return f"{figure} {indicator.title(m.language)}" if indicator else figure


def _waiting(formula: str) -> Cell:
    return Cell(state=UNKNOWN.state, formula=formula)


def _above(side: Sides) -> str:
    return f"SUMPRODUCT(ISNUMBER({side.below})*1,{side.above}){side.factors[0]}"


def _below(side: Sides) -> str:
    return f"SUMPRODUCT(ISNUMBER({side.above})*1,{side.below}){side.factors[1]}"


def _sum(each: Covering, of: Callable[[Sides], str], fixed: Decimal) -> str:
    texts = [of(side) for side in each.sides]
    return "+".join([*texts, f"{fixed.normalize():f}"] if fixed else texts)


def _known_formulas(each: Covering, unknown: str) -> tuple[str, str]:
    """Return the formulas of the known weight and of the whole one."""
    if each.counted:
        both = (f"SUMPRODUCT(ISNUMBER({s.above})*ISNUMBER({s.below}))" for s in each.sides)
        fixed = f"+{each.fixed.known:f}" if each.fixed.known else ""
        return "+".join(both) + fixed, str(each.count)
    known = _sum(
        each,
        lambda s: f"SUMPRODUCT(ISNUMBER({s.above})*ISNUMBER({s.below}),{s.weight}){s.factors[2]}",
        each.fixed.known,
    )
    counts = "+".join(f"COUNT({side.weight})" for side in each.sides)
    whole = _sum(each, lambda s: f"SUM({s.weight}){s.factors[2]}", each.fixed.weight or _ZERO)
    return known, f"IF({counts}<{each.count - each.fixed_count},{unknown},{whole})"
