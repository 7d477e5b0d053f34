# SPDX-License-Identifier: MIT
"""Sheet 2, the assets (资产概况): park card, parcels, buildings, limits, tenants, charts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.figures.accounts import latest_value
from workbench.domain.figures.letting import Basis, basis_counts
from workbench.domain.figures.space import BuildingUse, plot_ratio, uses
from workbench.domain.figures.tenure import ALLOCATED, years_until
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    BLANK,
    NOT_APPLICABLE,
    SUM,
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Sheet,
    Table,
    ratio,
)
from workbench.domain.report.sections.assets_charts import land_structure, letting_structure
from workbench.domain.report.sections.cells import (
    WAN,
    figure,
    first_known,
    of_field,
    optional,
    share,
    with_unit_name,
    words,
)
from workbench.domain.report.sections.limits import limits_of, limits_table
from workbench.domain.report.sections.links import (
    CALC_SPACE,
    ledger_cell,
    live_cell,
    to_record,
)
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.judged import AS_OF_CELL, place_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.overfull import overfull
from workbench.domain.report.sections.scope_texts import background_note
from workbench.domain.report.sections.steps.annex_words import as_written
from workbench.domain.report.sections.steps.step_words import quoted
from workbench.domain.report.sections.tenants import tenants_table
from workbench.domain.report.sections.unrenewed import unrenewed

_CARD_PAIRS = 3
"""Fields of the park card side by side."""
CARD_FIELDS = (
    "name",
    "level",
    "kind",
    "county",
    "city_tier",
    "manager_type",
    "platform_entity",
    "gov_ops_separated",
    "lead_industries",
    "planned_area",
    "built_area",
    "policy_package_end",
)


def assets_sheet(m: Material) -> Sheet:
    """Return sheet 2."""
    blocks: list[Block] = [*background_note(m), Heading(m.say("park_card")), card(m)]
    # the short sums first: they share a page with the card, the list often fills one
    blocks += [
        Heading(m.say("assets_land")),
        *land_structure(m),
        *_or_nothing(m, parcels_table(m), "parcel"),
    ]
    blocks += [Heading(m.say("assets_buildings")), *_or_nothing(m, buildings_table(m), "building")]
    blocks += [Heading(m.say("assets_limits")), *limits_table(m)]
    blocks += [Heading(m.say("assets_tenants")), *tenants_table(m)]
    blocks += letting_structure(m)
    return Sheet("assets", m.say("sheet.assets"), m.say("sheet.assets"), tuple(blocks))


def _or_nothing(m: Material, table: Table, entity: str) -> list[Block]:
    if table.rows:
        return [table]
    return [NotAssessed(m.say("no_records", entity=CATALOGUE[entity].title(m.language)))]


def card(m: Material) -> Table:
    """Return the park card: three fields per row."""
    park = m.whole.park
    entity = CATALOGUE["park"]
    pairs = [
        (_card_title(m, key), of_field(park, key, m.whole.ledger, m.language))
        for key in CARD_FIELDS
        if key in entity
    ]
    columns = [
        column
        for at in range(_CARD_PAIRS)
        for column in (
            Column(f"label{at}", "", 13),
            Column(f"value{at}", "", 13, ColumnKind.NUMBER),
        )
    ]
    rows = []
    for place in range(0, len(pairs), _CARD_PAIRS):
        own = pairs[place : place + _CARD_PAIRS]
        own += [("", BLANK)] * (_CARD_PAIRS - len(own))
        rows.append(tuple(cell for name, value in own for cell in (optional(name), _text(value))))
    return Table("", "", tuple(columns), tuple(rows), header=False)


def _card_title(m: Material, key: str) -> str:
    # the unit below its name: beside it, its bracket might end alone in a second line
    return with_unit_name(CATALOGUE["park"][key], m.words).replace("（", "\n（")


def _text(cell: Cell) -> Cell:
    """Return a date as text: a card mixes kinds in one column."""
    if cell.value is not None and cell.number is None:
        return Cell(str(cell.value), cell.state, mark=cell.mark)
    return cell


def parcels_table(m: Material) -> Table:
    """Return 表2-1 宗地一览."""
    t = m.say
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("code", t("col.parcel_code"), 13, ColumnKind.CODE),
        Column("location", t("col.location"), 18),
        Column("holder", t("col.holder"), 17),
        Column("mode", t("col.mode"), 9, ColumnKind.WORD),
        Column("use", t("col.use"), 9, ColumnKind.WORD),
        Column("area_cert", t("col.area_cert"), 10, ColumnKind.NUMBER, total=SUM),
        Column("area_actual", t("col.area_actual"), 10, ColumnKind.NUMBER, total=SUM),
        Column("far", t("col.far"), 8, ColumnKind.NUMBER),
        Column("end_on", t("col.end_on"), 11.5, ColumnKind.DATE),
        Column("remaining", t("col.remaining"), 9, ColumnKind.NUMBER, 1),
        Column("cert_no", t("col.cert_no"), 17, ColumnKind.CODE),
        Column("limits", t("col.limits"), 13),
        Column("status", t("col.status"), 9, ColumnKind.WORD),
    )
    rows = tuple(
        _parcel_row(m, number, parcel) for number, parcel in enumerate(m.whole.parcels, start=1)
    )
    return Table(
        m.table_no("2-1"),
        t("table.parcels"),
        columns,
        rows,
        t("unit.mu_year"),
        t("source.ledger"),
        notes=(t("note.far"),),
        total_label=t("total"),
        frozen_columns=2,
    )


def _parcel_row(m: Material, number: int, parcel: Record) -> tuple[Cell, ...]:
    def field(key: str) -> Cell:
        return ledger_cell(parcel, key, m)

    computed = plot_ratio(m.whole, m.reading, parcel)
    return (
        to_record(Cell(number), parcel, m),
        first_known((field("code"), field("name"))),
        field("location"),
        field("right_holder"),
        field("obtain_mode"),
        field("land_use"),
        field("area_cert"),
        field("area_actual"),
        field("far")
        if computed is None
        else m.live.pointing.cell(parcel, "building", live_cell(computed, m)),
        _unless_termless(m, parcel, field("end_on")),
        _unless_termless(m, parcel, remaining(m, parcel)),
        field("cert_no"),
        limits_of(m, parcel),
        field("status"),
    )


def _unless_termless(m: Material, parcel: Record, cell: Cell) -> Cell:
    """Return an open end as —, not 待核, while the land is allocated: that has no term (I-14)."""
    if cell.state is not CellState.UNKNOWN:
        return cell
    mode, formula = place_of(m, parcel, "obtain_mode"), cell.formula
    if mode and formula:
        is_allocated = f"{mode}={as_written(m, 'parcel', 'obtain_mode', ALLOCATED)}"
        open_ = f'IF({is_allocated},"—",{quoted(m.say("to_verify"))})'
        formula = f"IF(ISNUMBER({formula}),{formula},{open_})"
    return replace(
        NOT_APPLICABLE if parcel.text("obtain_mode") == ALLOCATED else cell, formula=formula
    )


def remaining(m: Material, parcel: Record) -> Cell:
    """Return the remaining years of a land right, with a live formula over its end date."""
    end = parcel.day("end_on")
    formula = f"({{end_on}}-{AS_OF_CELL})/365.25"
    if end is None:
        cell = of_field(parcel, "end_on", m.whole.ledger, m.language)
        waits = m.live.can_be_filled(parcel, "end_on")
        return replace(cell, formula=guarded(formula, m)) if waits else cell
    return Cell(years_until(end, m.whole.as_of), formula=guarded(formula, m))


def buildings_table(m: Material) -> Table:
    """Return 表2-2 楼栋一览."""
    t = m.say
    found = uses(m.whole, m.reading)
    keys = (use.building.key for use in found if use.is_rentable)
    rentable = {key: row for row, key in enumerate(keys, start=1)}
    rows = tuple(
        _building_row(m, number, use, rentable) for number, use in enumerate(found, start=1)
    )
    counts = basis_counts(use.position for use in found if use.position)
    basis = t(
        "note.basis",
        leases=counts[Basis.LEASES],
        stated=counts[Basis.STATED],
        status=counts[Basis.STATUS],
        unknown=counts[Basis.UNKNOWN],
    )
    return Table(
        m.table_no("2-2"),
        t("table.buildings"),
        _building_columns(m),
        rows,
        t("unit.m2_wan"),
        t("source.ledger"),
        notes=(basis, *unrenewed(m), t("note.acceptances"), *overfull(m)),
        total_label=t("total"),
        frozen_columns=2,
    )


def _building_columns(m: Material) -> tuple[Column, ...]:
    t = m.say
    occupancy = ratio("let", "rentable", 100)
    areas = ("gfa", "rentable", "let", "own", "vacant")
    return (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", t("col.building"), 18),
        Column("kind", t("col.kind"), 11, ColumnKind.WORD),
        *(Column(a, t(f"col.{a}"), 11, ColumnKind.NUMBER, total=SUM) for a in areas),
        Column("occupancy", t("col.occupancy"), 10.5, ColumnKind.NUMBER, total=occupancy),
        Column("built", t("col.built"), 8, ColumnKind.YEAR),
        Column("accepted", t("col.accepted"), 13 if m.language.startswith("zh") else 19),
        Column("cert", t("col.cert_status"), 10, ColumnKind.WORD),
        Column("net", t("col.net_value"), 12, ColumnKind.NUMBER, total=SUM),
        Column("appraised", t("col.appraised"), 12, ColumnKind.NUMBER, total=SUM),
    )


def _building_row(
    m: Material, number: int, use: BuildingUse, rentable: Mapping[str, int]
) -> tuple[Cell, ...]:
    def field(key: str) -> Cell:
        return ledger_cell(use.building, key, m)

    return (
        to_record(Cell(number), use.building, m),
        first_known((field("name"), field("code"))),
        field("kind"),
        first_known((field("gfa_actual"), field("gfa_cert"))),
        *_space_cells(m, use, field("self_use_area"), field("rentable_area"), rentable),
        _year(field("built_on")),
        accepted(m, use.building),
        field("cert_status"),
        field("net_value"),
        m.live.pointing.cell(
            use.building, "valuation", live_cell(_appraised(m, use.building), m, WAN)
        ),
    )


def _space_cells(
    m: Material, use: BuildingUse, own: Cell, area: Cell, rentable: Mapping[str, int]
) -> tuple[Cell, ...]:
    """Return rentable, let, own-use, vacant area and occupancy, as the calculation has them."""
    if not use.is_rentable:
        return (area, *[NOT_APPLICABLE] * 4)
    row = rentable[use.building.key]
    occupied = share(use.let / use.rentable if use.let is not None and use.rentable else None)
    occupied = replace(occupied, formula=guarded("{let}/{rentable}*100", m))
    if own.state is CellState.UNKNOWN and use.split is not None:
        own = figure(use.split[0], formula=guarded(f"{{{CALC_SPACE}!own@{row}}}", m))
    let, vacant = figure(use.let), figure(use.vacant)
    let = replace(let, formula=guarded(f"{{{CALC_SPACE}!let@{row}}}", m))
    vacant = replace(vacant, formula=guarded(f"{{{CALC_SPACE}!vacant@{row}}}", m))
    return area, let, own, vacant, occupied


def _year(cell: Cell) -> Cell:
    year = getattr(cell.value, "year", None)
    return cell if year is None else Cell(int(year), cell.state, mark=cell.mark)


def accepted(m: Material, building: Record) -> Cell:
    """Return the three acceptances in one cell: what one differs in, or the word of all."""
    states = {}
    for key in ("planning", "fire", "completion"):
        cell = of_field(building, f"{key}_accept", m.whole.ledger, m.language)
        states[key] = str(cell.value) if cell.value else m.say("to_verify")
    if len(set(states.values())) == 1:
        word = next(iter(states.values()))
        return UNKNOWN if word == m.say("to_verify") else words(m.say("all_three", state=word))
    common, times = Counter(states.values()).most_common(1)[0]
    parts = [
        m.say(f"accept.{key}", state=state)
        for key, state in states.items()
        if times == 1 or state != common
    ]
    parts += [m.say("accept.others", state=common)] if times > 1 else []
    return words(m.say("comma").join(parts))


def _appraised(m: Material, building: Record) -> Decimal | None:
    return latest_value(m.whole, m.reading, building)
