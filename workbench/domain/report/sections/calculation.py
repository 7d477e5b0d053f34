# SPDX-License-Identifier: MIT
"""Annex E, the calculation (计算底稿): what the main indicators are summed from, with formulas."""

from dataclasses import replace
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.figures.land import counted_floor_area, held_parcels, land_area
from workbench.domain.figures.space import BuildingUse, uses
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.facilities import FACILITY_STANDARD
from workbench.domain.indicators.intensity import INTENSITY_SCHEME
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    NO_TOTAL,
    SUM,
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Row,
    Sheet,
    Table,
    ratio,
    total_cell,
)
from workbench.domain.report.sections.cells import figure, optional, share, words
from workbench.domain.report.sections.front import signature
from workbench.domain.report.sections.indicators import of_park_live, rows_read, shown_value
from workbench.domain.report.sections.links import (
    CALC_LAND,
    CALC_LEASES,
    CALC_SPACE,
    SPACE,
    TRACES,
    WHOLE,
    column_range,
    from_indicator,
    live_cell,
    read_from,
    waiting_cell,
)
from workbench.domain.report.sections.live.bands import bands_table
from workbench.domain.report.sections.live.burdens import burden_tables
from workbench.domain.report.sections.live.chosen_tables import chosen_tables
from workbench.domain.report.sections.live.coverage import coverage_tables
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.judged import annex_cell, as_of_table
from workbench.domain.report.sections.live.running import leases_table
from workbench.domain.report.sections.live.tables import working_tables
from workbench.domain.report.sections.live.unmoved import unmoved_tables, while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.parameters import shown_value_of
from workbench.domain.report.sections.pathways.chapter import workings
from workbench.domain.report.sections.steps.chapter import step_blocks
from workbench.domain.report.sections.steps.item_weights import item_weights_table

_STANDARDS = (FACILITY_STANDARD, INTENSITY_SCHEME)
MOST_WRITTEN = 120
"""So many leases of a building are added up in one cell at most."""


def calculation_annex(m: Material) -> Sheet:
    """Return annex E."""
    t = m.say
    title = t("sheet.annex_e")
    if not m.recorded:
        weights = m.checklist is not None and m.checklist.items
        left = (item_weights_table(m, m.checklist),) if weights and m.checklist else ()
        bare: tuple[Block, ...] = (NotAssessed(t("nothing_to_sum")), *left, signature(m))
        return Sheet("annex_e", title, title, bare, annex=True)
    blocks: list[Block] = [Paragraph(t("annex_e_note")), as_of_table(m)]
    compared: list[tuple[str, Table, str]] = []
    for heading, table, checks in (
        ("calc_space", space_table(m), (("I-01", "occupancy"),)),
        ("calc_land", land_table(m), (("I-06", "far"),)),
        ("calc_leases", leases_table(m), (("I-22", "years"), ("I-19", "rent"))),
    ):
        blocks.append(Heading(t(heading)))
        if not table.rows:
            blocks.append(NotAssessed(t("nothing_to_sum")))
            continue
        blocks.append(table)
        compared += [(id_, table, column) for id_, column in checks]
    if compared:
        blocks += [Heading(t("calc_check")), check_table(m, compared)]
    blocks += workings(m)
    if not m.is_bare:
        blocks += [Heading(t("calc_traces")), traces_table(m)]
        blocks += [Heading(m.words("report_bands.table")), bands_table(m)]
    if workings_ := working_tables(m):
        blocks += [Heading(m.words("report_workings.heading")), *workings_, *coverage_tables(m)]
    blocks += step_blocks(m)
    if burdens := burden_tables(m):
        blocks += [Heading(m.words("report_live.heading")), *burdens]
    if chosen := chosen_tables(m):
        blocks += [Heading(m.words("report_chosen.heading")), *chosen]
    if unmoved := unmoved_tables(m):
        blocks += [Heading(m.words("report_unmoved.heading")), *unmoved]
    blocks.append(signature(m))
    return Sheet("annex_e", title, title, tuple(blocks), annex=True)


def space_table(m: Material) -> Table:
    """Return 附表E-1: rentable, let, own-use, lent and vacant area of each building."""
    t = m.say
    occupancy = ratio("let", "rentable", 100)
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", t("col.building"), 24),
        Column("kind", t("col.kind"), 13),
        *(Column(a, t(f"use.{a}"), 13, ColumnKind.NUMBER, total=SUM) for a in SPACE),
        Column("occupancy", t("col.occupancy"), 11, ColumnKind.NUMBER, total=occupancy),
        Column("basis", t("col.basis"), 18),
        Column(WHOLE, t("col.whole"), 9, ColumnKind.ORDINAL),
    )
    rentable = [use for use in uses(m.whole, m.reading) if use.is_rentable]
    return Table(
        m.table_no("E-1"),
        t("table.calc_space"),
        columns,
        tuple(_space_row(m, number, use) for number, use in enumerate(rentable, start=1)),
        t("unit.m2_pc"),
        t("source.ledger"),
        notes=(t("note.calc_space"),),
        total_label=t("total"),
        key=CALC_SPACE,
        dense=True,
    )


def _space_row(m: Material, number: int, use: BuildingUse) -> Row:
    split = use.split
    own, lent = (split[0], split[3]) if split else (use.own, use.lent)
    known = ",".join(f"{{{area}}}" for area in SPACE)
    occupied = use.let / use.rentable if use.let is not None and use.rentable else None
    basis = use.position.basis.value if use.position else "unknown"
    return (
        Cell(number),
        words(use.building.label),
        optional(kind_of(m, use.building)),
        _area(m, use.rentable, use.building, "rentable_area"),
        m.live.pointing.cell(use.building, "lease", _let(m, use)),
        _area(m, own, use.building, "self_use_area"),
        _area(m, lent, use.building, "lent_area"),
        _vacant(m, use),
        replace(share(occupied), formula=guarded("{let}/{rentable}*100", m)),
        words(m.say(f"basis.{basis}")),
        Cell(int(split is not None), formula=f"IF(COUNT({known})=5,1,0)"),
    )


def _area(m: Material, area: Decimal | None, building: Record, field: str) -> Cell:
    """Return an area of a building; one that is not known waits for its cell in the annex."""
    if area is not None or not m.live.can_be_filled(building, field):
        return live_cell(area, m)
    return replace(UNKNOWN, formula=annex_cell(m, building, field))


def _let(m: Material, use: BuildingUse) -> Cell:
    """Return the let area; one that is not known waits for its leases, or for the annex."""
    building = use.building
    if use.let is not None:
        return live_cell(use.let, m)
    rows = {lease.key: row for row, lease in enumerate(m.whole.leases, start=1)}
    leases = m.whole.leases_by_building.get(building.key, ())
    if len(leases) > MOST_WRITTEN:
        return UNKNOWN
    if leases:
        areas = (f"{{{CALC_LEASES}!area@{rows[lease.key]}}}" for lease in leases)
        return waiting_cell("+".join(areas), m)
    return _area(m, None, building, "leased_area")


def _vacant(m: Material, use: BuildingUse) -> Cell:
    """Return the vacant area: what the others leave of the rentable one, or as it is stated."""
    if use.split is not None and use.rentable is not None:
        own, let, vacant, lent = use.split
        if vacant == max(use.rentable - let - own - lent, Decimal(0)):
            rest = guarded("MAX(0,{rentable}-{let}-{own}-{lent})", m)
            return figure(vacant, formula=rest)
    if use.vacant is None:
        return waiting_cell("MAX(0,{rentable}-{let}-{own}-{lent})", m)
    return live_cell(use.vacant, m)


def kind_of(m: Material, building: Record) -> str:
    """Return a building's kind in words, 待核 where it is not known."""
    kind = building.text("kind")
    field = CATALOGUE["building"]["kind"]
    return choice_title(kind, field, m.language) if kind else m.say("to_verify")


def land_table(m: Material) -> Table:
    """Return 附表E-2: land and the floor area counted on it."""
    t = m.say
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", t("col.parcel"), 24),
        Column("land", t("col.land_m2"), 13, ColumnKind.NUMBER, total=SUM),
        Column("gfa", t("col.gfa_counted"), 13, ColumnKind.NUMBER, total=SUM),
        Column("base", t("col.base_area"), 13, ColumnKind.NUMBER, total=SUM),
        Column("far", t("col.far"), 11, ColumnKind.NUMBER, total=ratio("gfa", "land")),
        Column(
            "density", t("col.density"), 11, ColumnKind.NUMBER, total=ratio("base", "land", 100)
        ),
    )
    rows = tuple(
        _land_row(m, i, parcel)
        for i, parcel in enumerate(held_parcels(m.reading, m.whole), start=1)
    )
    return Table(
        m.table_no("E-2"),
        t("table.calc_land"),
        columns,
        rows,
        t("unit.m2_pc"),
        t("source.ledger"),
        notes=(t("note.calc_land"),),
        key=CALC_LAND,
        dense=True,
        total_label=t("total"),
    )


def _land_row(m: Material, number: int, parcel: Record) -> tuple[Cell, ...]:
    land = land_area(m.reading, parcel)
    buildings = m.whole.buildings_on(parcel)
    gfa = total(counted_floor_area(m.reading, b) for b in buildings) if buildings else None
    base = total(m.reading.number(b, "base_area") for b in buildings) if buildings else None
    return (
        Cell(number),
        words(parcel.label),
        _land_cell(m, land, parcel),
        m.live.pointing.cell(parcel, "building", live_cell(gfa, m)),
        m.live.pointing.cell(parcel, "building", live_cell(base, m)),
        figure(gfa / land, formula=guarded("{gfa}/{land}", m))
        if gfa is not None and land
        else waiting_cell("{gfa}/{land}", m),
        share(base / land, guarded("{base}/{land}*100", m))
        if base is not None and land
        else waiting_cell("{base}/{land}*100", m),
    )


def _land_cell(m: Material, land: Decimal | None, parcel: Record) -> Cell:
    """Return the area of a parcel; one that is not known waits for the certified one."""
    if land is not None or not m.live.can_be_filled(parcel, "area_cert"):
        return live_cell(land, m)
    return replace(UNKNOWN, formula=annex_cell(m, parcel, "area_cert"))


def check_table(m: Material, compared: list[tuple[str, Table, str]]) -> Table:
    """Return 附表E-4: indicators beside the totals of these tables, and the difference."""
    t = m.say
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", t("col.indicator"), 24),
        Column("indicator", t("col.value"), 13, ColumnKind.NUMBER, 4, NO_TOTAL),
        Column("sum", t("col.calc_total"), 13, ColumnKind.NUMBER, 4),
        Column("gap", t("col.gap"), 13, ColumnKind.NUMBER, 4),
        Column("table", t("col.calc_table"), 13),
        Column("note", t("col.note"), 18),
    )
    rows: list[Row] = []
    for id_, table, key in compared:
        if id_ not in m.park_indicators:
            continue
        title, _, cell = shown_value(m, m.park_indicators[id_])
        cell = of_park_live(m, cell, id_)
        summed = total_cell(table, table.columns[table.place(key)])
        name = id_ if m.scope.whole_park else m.words("report_workings.of_park", id=id_)
        flags, total_ = m.live.unmoved.moved([name]), _total(m, table, key)
        both = cell.number is not None and summed.number is not None
        gap = round((cell.number or Decimal(0)) - (summed.number or Decimal(0)), 4)
        note = "calc_same" if both and not gap else "calc_differs"
        rows.append(
            (
                Cell(len(rows) + 1),
                words(f"{name} {title}"),
                cell,
                figure(summed.number, formula=while_0(m, flags, total_)),
                Cell(gap, formula=guarded("ROUND({indicator}-{sum},4)", m)) if both else UNKNOWN,
                words(table.number),
                optional(t(note)),
            )
        )
    notes = () if m.scope.whole_park else (m.words("report_workings.star"),)
    return Table(
        m.table_no("E-4"), t("table.calc_check"), columns, tuple(rows), notes=notes, dense=True
    )


def _total(m: Material, table: Table, key: str) -> str:
    """Return the total of a column, 待核 once more of its rows are 待核 than today."""
    unknown, count = f'"{m.say("to_verify")}"', len(table.rows)
    waiting = sum(cell.state is CellState.UNKNOWN for cell in table.cells(key))
    more = f"COUNTIF({column_range(table.name, key, count)},{unknown})>{waiting}"
    return f"IF({more},{unknown},{{{table.name}!{key}@{count + 1}}})"


def traces_table(m: Material, park_at: str = "sheet.assets") -> Table:
    """Return 附表E-5: each indicator's formula, parameters, rows read and what is missing.

    ``park_at`` says where the park itself is described.
    """
    t = m.say
    columns = (
        Column("no", t("col.id"), 7, ColumnKind.CODE),
        Column("name", t("col.indicator"), 24),
        Column("value", t("col.value"), 12, ColumnKind.NUMBER),
        Column("unit", t("col.unit"), 12, ColumnKind.WORD),
        Column("rows", t("col.rows_read"), 8, ColumnKind.INTEGER),
        Column("cells", t("col.cells_read"), 8, ColumnKind.INTEGER),
        Column("from", t("col.read_from"), 30),
        Column("parameters", t("col.parameters_used"), 28),
        Column("missing", t("col.missing_count"), 8, ColumnKind.INTEGER),
        Column("notes", t("col.remarks"), 42),
    )
    rows: list[Row] = []
    for value in m.indicators.values():
        id_, source = read_from(m, value, park_at)
        name, unit, cell = shown_value(m, value)
        cell = from_indicator(cell, value.id, m)
        used = [_used(m, code, number) for code, number in value.trace.parameters.items()]
        notes = [m.words(note.text_key, **note.shown) for note in value.notes]
        rows.append(
            (
                id_,
                words(name),
                cell,
                optional(unit or "—"),
                Cell(rows_read(value)),
                Cell(len(value.trace.inputs)),
                source,
                optional(t("comma").join(used) or "—"),
                Cell(len(value.trace.missing)),
                optional(t("semicolon").join(notes)),
            )
        )
    return Table(
        m.table_no("E-5"),
        t("table.calc_traces"),
        columns,
        tuple(rows),
        source_line=t("source.indicators"),
        key=TRACES,
        apart=True,
        dense=True,
        targets=tuple(f"assessment|indicator:{value.id}" for value in m.indicators.values()),
    )


def _used(m: Material, code: str, value: Decimal | str) -> str:
    """Return a parameter as it was used: its name and value, or which standard was taken."""
    param = next((each for each in m.content.parameters if each.code == code), None)
    if param is None or not isinstance(value, Decimal):
        return m.say(code, id=value) if code in _STANDARDS else f"{code} {value}"
    return f"{m.text(param.name)} {shown_value_of(param, value, m.words)}"
