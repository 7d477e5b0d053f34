# SPDX-License-Identifier: MIT
"""Charts of sheet 2 and the tables under them: use by building kind, land use, lease expiry."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import pairwise

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.figures.land import land_area
from workbench.domain.figures.leases import is_active
from workbench.domain.figures.space import BuildingUse, uses
from workbench.domain.report.model import (
    SUM,
    ZERO,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Table,
)
from workbench.domain.report.sections.cells import optional
from workbench.domain.report.sections.links import (
    CALC_LEASES,
    CALC_SPACE,
    WHOLE,
    column_range,
    live_cell,
)
from workbench.domain.report.sections.live.annex_cells import scale
from workbench.domain.report.sections.live.judged import place_of
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.overfull import overfull
from workbench.domain.values import MU_IN_M2
from workbench.domain.workings.numbers import At


def letting_structure(m: Material) -> list[Block]:
    """Return use and expiries, each with its chart; what is not known is said, not drawn."""
    blocks = [*use_structure(m), *expiry(m)]
    return [Heading(m.say("assets_structure")), *blocks] if blocks else []


USE_PARTS = ("own", "let", "vacant", "lent")


def use_structure(m: Material) -> list[Block]:
    """Return 表2-5 and its stacked bars: own use, let, vacant and lent area by building kind."""
    t = m.say
    found = [use for use in uses(m.whole, m.reading) if use.is_rentable]
    sums, counts, unknown = _use_by_kind(found)
    note = (t("structure_unknown", count=unknown),) if unknown else ()
    if not sums:
        return [Paragraph(text) for text in note]
    field = CATALOGUE["building"]["kind"]
    columns_of = {
        key: column_range(CALC_SPACE, key, len(found)) for key in ("kind", WHOLE, *USE_PARTS)
    }
    chosen = f"{columns_of['kind']},{{kind}},{columns_of[WHOLE]},1"
    asked = {At("lease", "", ""), *(At("building", u.building.key, "kind") for u in found)}
    held = partial(m.live.unmoved.guard, asked=asked, followed=(), figure=m.table_no("2-5"))
    rows = tuple(
        (
            optional(choice_title(kind, field, m.language) if kind else t("to_verify")),
            Cell(counts[kind], formula=held(f"COUNTIFS({chosen})")),
            *(
                Cell(value, formula=held(f"SUMIFS({columns_of[part]},{chosen})"))
                for part, value in zip(USE_PARTS, values, strict=True)
            ),
        )
        for kind, values in sorted(sums.items(), key=lambda pair: -sum(pair[1], ZERO))
    )
    columns = (
        Column("kind", t("col.kind"), 16),
        Column("count", t("col.buildings"), 8, ColumnKind.INTEGER, total=SUM),
        *(Column(p, t(f"use.{p}"), 11, ColumnKind.NUMBER, 0, SUM) for p in USE_PARTS),
    )
    number = m.table_no("2-5")
    title, source = t("table.use_structure"), t("source.ledger")
    notes = (*note, t("note.calc_space"), *overfull(m))
    table = Table(number, title, columns, rows, t("unit.m2"), source, notes, total_label=t("total"))
    figure_no, caption = m.figure_no("2-2"), t("chart.use_structure")
    axis = t("axis.m2")
    chart = Chart(ChartKind.STACKED, figure_no, caption, number, "kind", USE_PARTS, axis)
    return [table, chart]


def _use_by_kind(
    found: Sequence[BuildingUse],
) -> tuple[dict[str, list[Decimal]], Counter[str], int]:
    """Return areas and buildings per kind, and how many buildings are not known in full."""
    sums: dict[str, list[Decimal]] = {}
    counts: Counter[str] = Counter()
    unknown = 0
    for use in found:
        if use.split is None:
            unknown += 1
            continue
        kind = use.building.text("kind") or ""
        counts[kind] += 1
        so_far = sums.setdefault(kind, [ZERO] * len(USE_PARTS))
        sums[kind] = [a + b for a, b in zip(so_far, use.split, strict=True)]
    return sums, counts, unknown


def land_structure(m: Material) -> list[Block]:
    """Return 表2-0 and its pie: land by use (亩)."""
    t = m.say
    sums: dict[str, Decimal] = {}
    blank: dict[str, list[str]] = {}
    unknown = 0
    for parcel in m.whole.parcels:
        area, use = land_area(m.reading, parcel), parcel.text("land_use") or ""
        if area is None:
            unknown += 1
            blank.setdefault(use, []).append(place_of(m, parcel, "area_cert"))
        else:
            sums[use] = sums.get(use, ZERO) + area
    if not sums:
        return []
    field = CATALOGUE["parcel"]["land_use"]
    rows = tuple(
        (
            optional(choice_title(use, field, m.language) if use else t("to_verify")),
            _while_used(m, _with_filled(m, live_cell(area, m, MU_IN_M2), blank.get(use, ()))),
        )
        for use, area in sorted(sums.items(), key=lambda pair: -pair[1])
    )
    columns = (
        Column("use", t("col.use"), 16),
        Column("area", t("col.area_mu"), 11, ColumnKind.NUMBER, total=SUM),
    )
    note = (t("land_unknown", count=unknown),) if unknown else ()
    table = Table(
        m.table_no("2-0"),
        t("table.land_use"),
        columns,
        rows,
        t("unit.mu"),
        t("source.ledger"),
        note,
        total_label=t("total"),
    )
    chart = Chart(
        ChartKind.PIE, m.figure_no("2-1"), t("chart.land_use"), m.table_no("2-0"), "use", ("area",)
    )
    return [table, chart]


def _while_used(m: Material, cell: Cell) -> Cell:
    """Return the land of one use, 待核 once a parcel has another use than when it was added up."""
    asked = (At("parcel", parcel.key, "land_use") for parcel in m.whole.parcels)
    formula = m.live.unmoved.guard(cell.formula, asked, (), m.table_no("2-0"))
    return replace(cell, formula=formula)


def _with_filled(m: Material, cell: Cell, blank: Sequence[str]) -> Cell:
    """Return a sum of land (亩) that takes in the areas that are not known once they are filled."""
    places = [place for place in blank if place]
    if not places or not cell.formula:
        return cell
    factor = scale(CATALOGUE["parcel"]["area_cert"])
    filled = f"SUM({','.join(places)}){factor}/(2000/3)"
    return replace(cell, formula=f'IFERROR({cell.formula}+{filled},"{m.say("to_verify")}")')


def expiry(m: Material) -> list[Block]:
    """Return 表2-6 and its bars: let area by the year in which its lease ends.

    A lease that a reader moves to a year without a row makes the table 待核: it cannot grow one.
    """
    t = m.say
    sums: dict[int, Decimal] = {}
    counts: Counter[int] = Counter()
    for lease in m.whole.leases:
        end, area = lease.day("end_on"), lease.number("area")
        if is_active(m.reading, lease, m.whole.as_of) and end and area is not None:
            sums[end.year] = sums.get(end.year, ZERO) + area
            counts[end.year] += 1
    if not sums:
        return []
    every = len(m.whole.leases)
    areas, ends, runs = (
        column_range(CALC_LEASES, key, every) for key in ("area", "end_on", "runs")
    )
    years = sorted(sums)
    left_out = [_counted(f"{runs},1,{each}", areas) for each in _ends_between(years, ends)]
    rows = tuple(
        (
            Cell(str(year)),
            Cell(counts[year], formula=while_0(
                m, left_out, _counted(f"{runs},1,{_ends_in(year, ends)}", areas)
            )),
            Cell(sums[year], formula=while_0(
                m, left_out, f"SUMIFS({areas},{_ends_in(year, ends)})"
            )),
        )
        for year in years
    )  # fmt: skip
    columns = (
        Column("year", t("col.expiry_year"), 16),
        Column("count", t("col.leases"), 8, ColumnKind.INTEGER, total=SUM),
        Column("area", t("col.area_m2"), 11, ColumnKind.NUMBER, 0, SUM),
    )
    table = Table(
        m.table_no("2-6"),
        t("table.expiry"),
        columns,
        rows,
        t("unit.m2"),
        t("source.leases"),
        note_of_unknown(m),
        total_label=t("total"),
    )
    chart = Chart(
        ChartKind.BAR,
        m.figure_no("2-3"),
        t("chart.expiry"),
        m.table_no("2-6"),
        "year",
        ("area",),
        t("axis.m2"),
    )
    return [table, chart]


def _counted(chosen: str, areas: str) -> str:
    """Return how many of the chosen leases have an area, a negative one included."""
    return "+".join(f'COUNTIFS({chosen},{areas},"{sign}")' for sign in (">=0", "<0"))


def _ends_in(year: int, column: str) -> str:
    """Return the condition that a date lies in a year."""
    return f'{column},">="&DATE({year},1,1),{column},"<="&DATE({year},12,31)'


def _ends_between(years: Sequence[int], column: str) -> Iterator[str]:
    """Yield the conditions that a date lies before, between or after the years that have a row."""
    yield f'{column},"<"&DATE({years[0]},1,1)'
    for before, after in pairwise(years):
        if after - before > 1:
            yield f'{column},">="&DATE({before + 1},1,1),{column},"<"&DATE({after},1,1)'
    yield f'{column},">="&DATE({years[-1] + 1},1,1)'


def note_of_unknown(m: Material) -> tuple[str, ...]:
    """Say how many leases cannot be placed because a date or an area is not known."""
    unknown = sum(
        is_active(m.reading, lease, m.whole.as_of) is None
        or (lease.number("area") is None and bool(lease.values))
        for lease in m.whole.leases
    )
    return (m.say("leases_unknown", count=unknown),) if unknown else ()
