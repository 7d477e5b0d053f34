# SPDX-License-Identifier: MIT
"""Sheet 3, the indicators (指标评价): every value with band, reference, formula and rows read."""

from dataclasses import replace
from decimal import Decimal

from workbench.domain.display import grouped
from workbench.domain.indicators.indicator import Band, IndicatorValue
from workbench.domain.indicators.money import OF_MEDIAN
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.references import IndicatorReference
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Row,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.estimates import rests_on
from workbench.domain.report.sections.links import INDICATORS as INDICATORS_KEY
from workbench.domain.report.sections.links import TRACES, from_indicator
from workbench.domain.report.sections.live.bands import band_formula, band_name
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.qualified import (
    bounded,
    company_remark,
    marks_explained,
    qualifies,
)
from workbench.domain.report.sections.scope_texts import ours_title, scope_note
from workbench.domain.report.sections.scores import grades, zone_score
from workbench.domain.report.sections.steps.completeness import FILLED

PERCENT = "%"
BAND_TONES = {
    Band.GREEN: Tone.GOOD,
    Band.YELLOW: Tone.FAIR,
    Band.RED: Tone.BAD,
    Band.PENDING: Tone.MUTED,
    Band.UNRATED: Tone.PLAIN,
}
MOST_COMPARED = 8
FEWEST_COMPARED = 2
COMPARED = "compared"


def indicators_sheet(m: Material) -> Sheet:
    """Return sheet 3; the long table comes last, so that its header repeats."""
    t = m.say
    if m.is_bare:
        said: tuple[Block, ...] = (
            Paragraph(counted(m), strong=True), NotAssessed(t("bare.indicators", filled=filled(m))),
        )  # fmt: skip
        return Sheet("indicators", t("sheet.indicators"), t("sheet.indicators"), said)
    blocks: list[Block] = [*scope_note(m), Paragraph(counted(m), strong=True), *compared(m)]
    blocks += [Heading(t("zone_score")), *zone_score(m), Heading(t("grades")), *grades(m)]
    if not m.scope.whole_park:
        blocks += [Heading(t("table.park_indicators")), park_table(m)]
    blocks += [Heading(t("all_indicators")), indicators_table(m)]
    return Sheet("indicators", t("sheet.indicators"), t("sheet.indicators"), tuple(blocks))


def band_text(m: Material, band: Band) -> str:
    """Return a band in words: 绿 good, 黄 watch, 红 poor, 待核, 不评."""
    return band_name(m, band)


def shown_value(m: Material, value: IndicatorValue) -> tuple[str, str, Cell]:
    """Return an indicator's name, unit and value in that unit, marked where it is no whole one."""
    indicator = INDICATORS[value.id]
    cell = UNKNOWN if value.value is None else Cell(scaled(value.value, indicator.unit))
    shown = bounded(cell, value)
    if value.value is not None and not shown.mark and rests_on(value, m.estimates):
        is_part = shown.state is CellState.PARTIAL
        shown = replace(shown, mark="约") if is_part else replace(shown, state=CellState.ESTIMATED)
    return indicator.title(m.language), indicator.shown_unit(m.language), shown


def of_park_live(m: Material, cell: Cell, id_: str) -> Cell:
    """Return an indicator of the whole park with its formula."""
    return replace(cell, formula=m.live.of_park(id_))


def scaled(value: Decimal, unit: str) -> Decimal:
    """Return a normalized value in the unit in which it is shown."""
    return value * 100 if unit == PERCENT else value


def filled(m: Material) -> str:
    """Return how full the ledger is, in words: it is known although nothing else may be."""
    name, unit, cell = shown_value(m, m.indicators[FILLED])
    if cell.number is None:
        return m.say("bare.not_filled", name=f"{FILLED} {name}")
    value = f"{grouped(cell.number, 2)}{unit}"
    return m.say("bare.filled", name=f"{FILLED} {name}", value=value)


def counted(m: Material) -> str:
    """Say how many indicators there are in each band."""
    counts = dict.fromkeys(Band, 0)
    for value in m.indicators.values():
        counts[value.band] += 1
    # an indicator whose value is known, but not its band, is in no list of what to find out
    valued = sum(
        value.band is Band.PENDING and value.value is not None for value in m.indicators.values()
    )
    said = m.say(
        "indicator_counts",
        total=len(m.indicators),
        green=counts[Band.GREEN],
        yellow=counts[Band.YELLOW],
        red=counts[Band.RED],
        pending=counts[Band.PENDING],
        unrated=counts[Band.UNRATED],
    )
    return said + m.say("indicators_valued", count=valued) if valued else said


def indicators_table(m: Material) -> Table:
    """Return 表3-1 指标."""
    t = m.say
    columns = (
        *_first_columns(m, t("col.value")),
        Column("reference", t("col.reference"), 13, ColumnKind.NUMBER),
        Column("source", t("col.reference_source"), 46),
        Column("band", t("col.band"), max(7, len(t("to_verify")) + 2), ColumnKind.WORD),
        Column("formula", t("col.formula"), 58),
        Column("rows", t("col.rows_read"), 8, ColumnKind.INTEGER),
    )
    rows = tuple(_row(m, value, at) for at, value in enumerate(m.indicators.values(), start=1))
    return Table(
        m.table_no("3-1"),
        t("table.indicators"),
        columns,
        rows,
        t("unit.indicators"),
        t("source.indicators"),
        notes=(t("note.reference"), t("note.links")),
        frozen_columns=2,
        key=INDICATORS_KEY,
    )


def park_table(m: Material) -> Table:
    """Return the assessed assets beside their park."""
    t = m.say
    columns = (
        *_first_columns(m, t("col.assessed")),
        Column("park", t("col.park"), 13, ColumnKind.NUMBER),
        Column("bands", t("col.bands"), 38),
    )
    rows = []
    for value in m.indicators.values():
        whole = m.park_indicators[value.id]
        if value.value is None and whole.value is None:
            continue
        name, unit, cell = shown_value(m, value)
        bands = t("two_bands", ours=band_text(m, value.band), park=band_text(m, whole.band))
        rows.append(
            (
                words(value.id),
                words(name),
                from_indicator(cell, value.id, m),
                optional(unit or "—"),
                of_park_live(m, shown_value(m, whole)[2], value.id),
                words(bands),
            )
        )
    return Table(
        m.table_no("3-6"),
        t("table.park_indicators"),
        columns,
        tuple(rows),
        source_line=t("source.indicators"),
        notes=(
            t("note.park_indicators"),
            *marks_explained(m.words, rows),
            *_park_remarks(m),
            *company_remark(m, m.indicators),
        ),
    )


def _park_remarks(m: Material) -> tuple[str, ...]:
    """Return what the values of the whole park would be misread without, each remark once."""
    by_remark: dict[str, list[str]] = {}
    for value in m.park_indicators.values():
        for note in value.notes if value.value is not None else ():
            if qualifies(note):
                by_remark.setdefault(m.words(note.text_key, **note.shown), []).append(value.id)
    ids = m.say("comma")
    return tuple(
        m.say("note.park_remark", ids=ids.join(every), remark=remark)
        for remark, every in by_remark.items()
    )


def _row(m: Material, value: IndicatorValue, at: int) -> tuple[Cell, ...]:
    name, unit, cell = shown_value(m, value)
    cell = replace(cell, formula=m.live.indicator(value.id))
    reference = value.reference
    shown_unit = optional(unit) if unit else Cell("—")
    source = reference_source(m, reference) if reference else "—"
    formula = m.words(INDICATORS[value.id].formula)
    if value.value is None and (reason := m.why_unknown(value, 3)):
        lacks = value.trace.missing and not m.is_unlet(value)
        key = "formula_missing" if lacks else "formula_waits"
        formula = m.say(key, formula=formula, missing=reason)
    notes = [m.words(note.text_key, **note.shown) for note in value.notes if qualifies(note)]
    if _is_agreed(value):
        yardstick = grouped(value.yardstick or Decimal(0), 2)
        notes.append(m.say("against_agreed", value=f"{yardstick} {unit}"))
    if value.value is not None and notes:
        formula = m.say("semicolon").join((formula, *notes))
    return (
        Cell(value.id, link=f"{TRACES}@{at}"),
        words(name),
        cell,
        shown_unit,
        reference_value(reference, INDICATORS[value.id].unit),
        optional(source),
        Cell(
            band_text(m, value.band),
            tone=BAND_TONES[value.band],
            formula=band_formula(m, value),
        ),
        words(formula),
        Cell(rows_read(value)),
    )


def _is_agreed(value: IndicatorValue) -> bool:
    """Tell whether a value is held against what was agreed, not against what is published."""
    if value.yardstick is None or any(note.code == OF_MEDIAN for note in value.notes):
        return False
    return value.reference is None or value.reference.value != value.yardstick


def rows_read(value: IndicatorValue) -> int:
    """Return how many ledger records an indicator was computed from."""
    return len({(cell.entity, cell.key) for cell in value.trace.inputs})


def reference_value(reference: IndicatorReference | None, unit: str) -> Cell:
    """Return a published value; a range, or a figure in another unit, as text."""
    if reference is None:
        return Cell("—")
    low = scaled(reference.value, reference.unit)
    suffix = "" if reference.unit == unit else reference.unit
    if reference.upper is not None:
        high = grouped(scaled(reference.upper, reference.unit), 2)
        return Cell(f"{grouped(low, 2)}–{high}{suffix}")
    return Cell(f"{grouped(low, 2)}{suffix}") if suffix else Cell(low)


def reference_source(m: Material, reference: IndicatorReference) -> str:
    """Return what a published value is, when, and who says so; sheet 10 cites in full."""
    return m.say(
        "reference_line",
        label=m.text(reference.label),
        period=m.text(reference.period),
        source=reference.source.publisher.get(m.language),
    )


def compared(m: Material) -> list[Block]:
    """Return the shares beside published ones, as a table and bars; needs two at least."""
    t = m.say
    rows = [row for value in m.indicators.values() if (row := _compared(m, value))]
    if len(rows) < FEWEST_COMPARED:
        return [NotAssessed(t("nothing_to_compare"))]
    columns = (
        *_first_columns(m, ours_title(m)),
        Column("reference", t("col.reference"), 13, ColumnKind.NUMBER),
        Column("source", t("col.reference_source"), 38),
    )
    table = Table(
        m.table_no("3-0"),
        t("table.compared"),
        columns,
        tuple(rows[:MOST_COMPARED]),
        source_line=t("source.references"),
        notes=marks_explained(m.words, rows[:MOST_COMPARED]),
        key=COMPARED,
    )
    number, title = m.figure_no("3-1"), t("chart.compared", ours=ours_title(m))
    series = ("ours", "reference")
    chart = Chart(ChartKind.BAR, number, title, COMPARED, "name", series, PERCENT)
    return [Heading(t("compared")), table, chart]


def _compared(m: Material, value: IndicatorValue) -> Row | None:
    """Return a share beside its published value, or None unless both are single numbers."""
    reference, unit = value.reference, INDICATORS[value.id].unit
    if unit != PERCENT or value.value is None or reference is None:
        return None
    if reference.unit != PERCENT or reference.upper is not None:
        return None
    name, _, cell = shown_value(m, value)
    label, period = m.text(reference.label), m.text(reference.period)
    return (
        words(value.id),
        words(name),
        from_indicator(cell, value.id, m),
        words(unit),
        Cell(scaled(reference.value, unit)),
        words(m.say("with_base", name=label, base=period)),
    )


def _first_columns(m: Material, value_title: str) -> tuple[Column, ...]:
    """Return the columns that the tables of this sheet begin with: id, name, value, unit."""
    return (
        Column("id", m.say("col.id"), 7, ColumnKind.CODE),
        Column("name", m.say("col.indicator"), 18),
        Column("ours", value_title, 12, ColumnKind.NUMBER),
        Column("unit", m.say("col.unit"), 11, ColumnKind.WORD),
    )
