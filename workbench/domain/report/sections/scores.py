# SPDX-License-Identifier: MIT
"""The two scores of sheet 3: intensive land use (表3-2) and the firms' grades (表3-3, 表3-4)."""

from decimal import Decimal

from workbench.domain.display import grouped
from workbench.domain.report.model import (
    BLANK,
    SUM,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    NotAssessed,
    Paragraph,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import figure, words
from workbench.domain.report.sections.material import Material
from workbench.domain.standards.grading import Graded, Grading
from workbench.domain.standards.intensity import IntensityScore, ItemScore, Measure

ZONE_SCORE = "I-41"
LISTED = 100
"""How many firms the table of grades lists; the distribution counts them all."""
_SHARES = frozenset({
    Measure.SUPPLY_RATE, Measure.BUILT_RATE, Measure.DEVELOPED_RATE, Measure.INDUSTRIAL_RATE,
    Measure.DENSITY, Measure.INDUSTRIAL_COVERAGE, Measure.IDLE_RATE,
})  # fmt: skip
_STATED = ("A", "B", "C", "D", "T", "不参评")


def zone_score(m: Material) -> list[Block]:
    """Return the land-use score goal by goal, or say that it is not assessed and why."""
    score = m.intensity
    if score is None:
        value = m.indicators.get(ZONE_SCORE)
        reason = m.why_unknown(value, 4) if value is not None else ""
        if value is not None and reason and not value.trace.missing:
            return [NotAssessed(m.say("zone_score_waits", reason=reason))]
        return [NotAssessed(m.say("no_zone_score", missing=reason or m.say("zone_data")))]
    said = m.say(
        "zone_score_value",
        value=grouped(score.total, 2),
        tier=m.label(score.tier),
        scheme=m.text(score.scheme.name),
    )
    return [Paragraph(said, strong=True), _score_table(m, score)]


def _score_table(m: Material, score: IntensityScore) -> Table:
    t = m.say
    columns = (
        Column("goal", t("col.goal_layer"), 18),
        Column("part", t("col.sub_goal"), 18),
        Column("measure", t("col.indicator"), 26),
        Column("value", t("col.value"), 13, ColumnKind.NUMBER),
        Column("ideal", t("col.ideal"), 13, ColumnKind.NUMBER),
        Column("weight", t("col.weight"), 9, ColumnKind.NUMBER),
        Column("score", t("col.item_score"), 10, ColumnKind.NUMBER),
    )
    rows: list[Row] = []
    for goal in score.goals:
        for part in goal.parts:
            rows += [
                _item_row(m, goal.goal.name.get(m.language), part.part.name.get(m.language), item)
                for item in part.items
            ]
            rows.append(
                _sum_row(goal.goal.name.get(m.language), part.part.name.get(m.language),
                         t("part_score"), part.part.weight, part.score)
            )  # fmt: skip
        rows.append(_sum_row(goal.goal.name.get(m.language), "", t("goal_score"),
                             goal.goal.weight, goal.score))  # fmt: skip
    rows += _total_rows(m, score)
    return Table(
        m.table_no("3-2"),
        t("table.zone_score"),
        columns,
        tuple(rows),
        t("unit.zone_score"),
        t("source.zone_score", source=score.scheme.source.cite(m.language)),
        notes=(t("note.zone_score"),),
    )


def _item_row(m: Material, goal: str, part: str, item: ItemScore) -> Row:
    factor = 100 if item.item.measure in _SHARES else 1
    ideal = item.item.ideal if item.item.zero_at is None else item.item.zero_at
    name = m.label(item.item.measure)
    if factor != 1:
        name = m.say("in_percent", name=name)
    if item.item.zero_at is not None:
        name = m.say("less_is_better", name=name)
    return (
        words(goal), words(part), words(name), Cell(item.value * factor), Cell(ideal * factor),
        Cell(item.item.weight), Cell(item.score),
    )  # fmt: skip


def _sum_row(goal: str, part: str, name: str, weight: Decimal, score: Decimal) -> Row:
    return (
        words(goal), words(part) if part else BLANK, words(name), Cell("—"), Cell("—"),
        Cell(weight), Cell(score),
    )  # fmt: skip


def _total_rows(m: Material, score: IntensityScore) -> list[Row]:
    t, share = m.say, score.scheme.main_share
    if score.extension is None or score.extension_rate is None:
        return [_sum_row(t("zone_total"), "", t("main_zone_only"), Decimal(1), score.total)]
    extension = (
        words(t("extension_zone")), BLANK, words(m.say("in_percent", name=t("developed_rate"))),
        Cell(score.extension_rate * 100), Cell(score.scheme.extension_ideal * 100),
        Cell(1 - share), Cell(score.extension),
    )  # fmt: skip
    return [
        _sum_row(t("main_zone"), "", t("goal_score"), share, score.main),
        extension,
        _sum_row(t("zone_total"), "", t("both_zones"), Decimal(1), score.total),
    ]


def grades(m: Material) -> list[Block]:
    """Return the distribution of the grades as computed and as stated, a chart, and the firms."""
    grading = m.grading
    if grading is None or not grading.firms:
        return [NotAssessed(m.say("no_firms"))]
    graded = sum(firm.rank is not None for firm in grading.firms)
    stated = _stated(m, grading)
    if not graded and not any(stated.values()):
        return [NotAssessed(m.say("no_grades", firms=len(grading.firms)))]
    blocks: list[Block] = [Paragraph(_scheme_words(m, grading, graded))]
    table = _distribution(m, grading, stated)
    blocks.append(table)
    if graded:
        number, title = m.figure_no("3-2"), m.say("chart.grades")
        series = ("computed", "stated") if any(stated.values()) else ("computed",)
        axis = m.say("unit.firms")
        blocks.append(Chart(ChartKind.BAR, number, title, table.name, "grade", series, axis))
        blocks.append(_firm_table(m, grading))
    return blocks


def _stated(m: Material, grading: Grading) -> dict[str, int]:
    """Return how many firms the ledger itself gives each grade."""
    counts = dict.fromkeys((*grading.classes, *_STATED), 0)
    for firm in grading.firms:
        record = m.scope.ledger.find("enterprise", firm.candidate.key)
        if record is not None and (stated := record.text("grade")) in counts:
            counts[stated] += 1
    return counts


def _scheme_words(m: Material, grading: Grading, graded: int) -> str:
    return m.say(
        "grading_scheme",
        scheme=m.text(grading.scheme.name),
        method=m.label(grading.scheme.method),
        graded=graded,
        waiting=grading.count(None),
        exempt=len(grading.firms) - graded - grading.count(None),
    )


def _distribution(m: Material, grading: Grading, stated: dict[str, int]) -> Table:
    t = m.say
    columns: tuple[Column, ...] = (
        Column("grade", t("col.grade"), 12, ColumnKind.WORD),
        Column("computed", t("col.grade_computed"), 14, ColumnKind.INTEGER, total=SUM),
    )
    if any(stated.values()):
        columns += (Column("stated", t("col.grade_stated"), 14, ColumnKind.INTEGER, total=SUM),)
    order = dict.fromkeys((*grading.classes, grading.scheme.exempt_grade, *_STATED))
    rows = [
        (words(name), Cell(grading.count(name)), Cell(stated.get(name, 0)))[: len(columns)]
        for name in order
        if name in grading.classes or grading.count(name) or stated.get(name)
    ]
    return Table(
        m.table_no("3-3"),
        t("table.grades"),
        columns,
        tuple(rows),
        t("unit.firms_line"),
        t("source.grades"),
        notes=(
            t("note.scheme", source=grading.scheme.source.cite(m.language)),
            *_too_few(m, grading),
            t("note.grades"),
        ),
        total_label=t("total"),
    )


def _too_few(m: Material, grading: Grading) -> tuple[str, ...]:
    """Say that classes by share mean little among so few: the last always is in the last one."""
    graded = sum(firm.rank is not None for firm in grading.firms)
    fewest = grading.scheme.fewest_firms
    return (m.say("note.few_graded", graded=graded, fewest=fewest),) if 0 < graded < fewest else ()


def _firm_table(m: Material, grading: Grading) -> Table:
    t = m.say
    measures = [item.measure for item in grading.scheme.items]
    columns = (
        Column("rank", t("col.firm_place"), 7, ColumnKind.ORDINAL),
        Column("firm", t("col.firm"), 34),
        *(Column(measure.value, m.label(measure), 13, ColumnKind.NUMBER) for measure in measures),
        Column("points", t("col.points"), 10, ColumnKind.NUMBER),
        Column("grade", t("col.grade"), 9, ColumnKind.WORD),
        Column("note", t("col.note"), 34),
    )
    listed = grading.firms[:LISTED]
    left = len(grading.firms) - len(listed)
    return Table(
        m.table_no("3-4"),
        t("table.graded_firms"),
        columns,
        tuple(_firm_row(m, grading, firm) for firm in listed),
        t("unit.graded_firms"),
        t("source.ledger"),
        notes=(t("note.firms_left", count=left),) if left else (),
    )


def _firm_row(m: Material, grading: Grading, firm: Graded) -> Row:
    yields = [firm.candidate.yields[item.measure].value for item in grading.scheme.items]
    return (
        Cell("—") if firm.rank is None else Cell(firm.rank),
        words(firm.candidate.name),
        *(figure(value) for value in yields),
        figure(firm.points) if firm.rank is not None else Cell("—"),
        words(firm.grade),
        words(_firm_note(m, firm)) if _firm_note(m, firm) else BLANK,
    )


def _firm_note(m: Material, firm: Graded) -> str:
    if firm.exempt_by is not None:
        return m.say("exempt_by", reason=m.text(firm.exempt_by))
    if firm.missing:
        names = m.say("comma").join(m.label(measure) for measure in firm.missing)
        return m.say("lacks_yields", names=names)
    return m.say("adjusted", points=grouped(firm.adjustment, 1)) if firm.adjustment else ""
