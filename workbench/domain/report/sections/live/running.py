# SPDX-License-Identifier: MIT
"""附表E-3: every lease, whether it runs on the as-of date, and what it counts for while it does."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from workbench.domain.display import choice_title
from workbench.domain.figures.leases import UNPRICED_MODES, is_active, is_priced, monthly_rent
from workbench.domain.figures.tenure import years_until
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    SUM,
    UNKNOWN,
    Cell,
    Column,
    ColumnKind,
    Table,
    ratio,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import CALC_LEASES, ledger_cell, live_cell
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.judged import (
    AS_OF_CELL,
    annex_cell,
    judged,
    runs_formula,
    word_of,
)
from workbench.domain.report.sections.live.tenant_rows import areas_of_tenants, first_rows
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify


def leases_table(m: Material) -> Table:
    """Return 附表E-3: the leases with the products behind weighted term and rent."""
    t = m.say
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", t("col.lease"), 24),
        Column("runs", m.words("report_live.runs"), 9, ColumnKind.ORDINAL),
        Column("area", t("col.area_m2"), 13, ColumnKind.NUMBER, total=SUM),
        Column("end_on", t("col.ends"), 13, ColumnKind.DATE),
        Column("years", t("col.years_left"), 13, ColumnKind.NUMBER, 3, ratio("area_years", "area")),
        Column("area_years", t("col.area_years"), 13, ColumnKind.NUMBER, total=SUM),
        Column("rent", t("col.rent"), 13, ColumnKind.NUMBER, total=ratio("area_rent", "area")),
        Column("area_rent", t("col.area_rent"), 15, ColumnKind.NUMBER, total=SUM),
        Column("tenant", t("col.tenant_row"), 9, ColumnKind.ORDINAL),
        Column("tenant_area", m.words("report_live.tenant_area"), 13, ColumnKind.NUMBER),
    )
    firsts = first_rows(m)
    areas = areas_of_tenants(m)
    rows = tuple(
        (*_row(m, i, lease, firsts), area)
        for (i, lease), area in zip(enumerate(m.whole.leases, start=1), areas, strict=True)
    )
    return Table(
        m.table_no("E-3"),
        t("table.calc_leases"),
        columns,
        rows,
        t("unit.leases"),
        t("source.leases"),
        notes=(t("note.calc_leases"),),
        key=CALC_LEASES,
        dense=True,
        total_label=t("total"),
    )


def _row(m: Material, number: int, lease: Record, firsts: Mapping[str, Cell]) -> tuple[Cell, ...]:
    area, end, as_of = m.reading.number(lease, "area"), lease.day("end_on"), m.whole.as_of
    runs = is_active(m.reading, lease, as_of)
    left = years_until(end, as_of) if end else None
    rent = monthly_rent(m.reading, lease)
    weighted = left * area if left is not None and area is not None else None
    paid = rent * area if rent is not None and area is not None else None
    if not is_priced(m.reading, lease):
        paid = None
    until = guarded(f"({{end_on}}-{AS_OF_CELL})/365.25", m)

    def counted(value: Decimal | None, formula: str) -> Cell:
        known = Cell(value) if value is not None else UNKNOWN
        return while_running(m, runs, known, formula, Cell(0))

    return (
        Cell(number),
        words(m.whole.ledger.name_of(lease)),
        judged(runs, runs_formula(m, lease)),
        counted(area, annex_cell(m, lease, "area")),
        ledger_cell(lease, "end_on", m),
        while_running(m, runs, Cell(left) if left is not None else UNKNOWN, until),
        counted(weighted, guarded("{area}*{years}", m)),
        _rent(m, lease, runs, live_cell(rent, m)),
        counted(paid, guarded("{area}*{rent}", m)),
        while_running(m, runs, firsts[lease.key], firsts[lease.key].formula),
    )


def _rent(m: Material, lease: Record, runs: bool | None, rent: Cell) -> Cell:
    """Return the rent while a lease runs; one that is let without a market rent has none."""
    is_free = not is_priced(m.reading, lease)
    mode = word_of(m, lease, "lease_mode")
    if not mode:
        return NOT_APPLICABLE if is_free else while_running(m, runs, rent, rent.formula)
    field = m.whole.ledger.catalogue["lease"]["lease_mode"]
    free = (quoted(choice_title(each, field, m.language)) for each in sorted(UNPRICED_MODES))
    tests = ",".join(f"{mode}={each}" for each in free)
    formula = f'IF(OR({tests}),"—",{rent.formula or to_verify(m)})'
    return while_running(m, runs, NOT_APPLICABLE if is_free else rent, formula)


def while_running(
    m: Material, runs: bool | None, cell: Cell, formula: str, otherwise: Cell = NOT_APPLICABLE
) -> Cell:
    """Return a cell that is another when the lease of its row does not run, 待核 when it may."""
    unknown = f'"{m.say("to_verify")}"'
    plain = f"{cell.number:f}" if cell.number is not None else unknown
    other = '"—"' if otherwise.number is None else f"{otherwise.number:f}"
    live = f"IF({{runs}}=1,{formula or plain},IF({{runs}}=0,{other},{unknown}))"
    found = UNKNOWN if runs is None else cell if runs else otherwise
    return replace(found, formula=live)
