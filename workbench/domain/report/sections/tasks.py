# SPDX-License-Identifier: MIT
"""Sheets 8 and 9: the checklist (清单完成情况), and risks with the action plan (风险与建议)."""

from collections.abc import Iterable
from datetime import date

from workbench.domain.checklist.opening import blocked_by
from workbench.domain.checklist.state import (
    SETTLED,
    ItemStatus,
    Review,
    StageSummary,
    closing,
    stage_summary,
    status_of,
    waiting_for,
)
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.report.model import (
    SUM,
    UNKNOWN,
    Block,
    Cell,
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
    ratio,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.checklist_reasons import closed_items, opened_because, proof
from workbench.domain.report.sections.decisions import checklist_text
from workbench.domain.report.sections.material import Checklist, Material
from workbench.domain.report.sections.risk_register import heat_map, risks_table
from workbench.domain.report.sections.steps.item_weights import ITEMS, completion_cells, counted

STATUS_TONES = {
    ItemStatus.DONE: Tone.GOOD,
    ItemStatus.PARTIAL: Tone.FAIR,
    ItemStatus.OPEN: Tone.BAD,
    ItemStatus.UNKNOWN: Tone.MUTED,
    ItemStatus.NOT_APPLICABLE: Tone.PLAIN,
}
HORIZONS = (30, 90, 180)
STAGES = "stages"


def checklist_sheet(m: Material) -> Sheet:
    """Return sheet 8; the long list comes last, so that its header repeats."""
    t = m.say
    title = t("sheet.checklist")
    if m.checklist is None:
        return Sheet("checklist", title, title, (NotAssessed(t("no_checklist")),))
    list_ = m.checklist
    stages = stage_summary(list_.items, list_.states)
    blocks: list[Block] = [Paragraph(checklist_text(m), strong=True)]
    blocks += [
        Paragraph(
            t(
                "checklist_basis",
                version=list_.version,
                paths=t("comma").join(list_.pathways) or t("no_paths"),
            )
        )
    ]
    blocks += [
        stages_table(m, list_, stages),
        Chart(
            ChartKind.BAR,
            m.figure_no("8-1"),
            t("chart.stages"),
            STAGES,
            "stage",
            ("percent",),
            t("axis.percent"),
            maximum=100,
        ),
    ]
    blocks += [Heading(t("red_lines")), *red_lines(m, list_)]
    blocks += closed_items(m, list_)
    blocks += [
        Heading(t("all_items")),
        items_table(m, list_, list_.items, m.table_no("8-1"), t("table.checklist"), ITEMS),
    ]
    return Sheet("checklist", title, title, tuple(blocks))


def stages_table(m: Material, list_: Checklist, stages: Iterable[StageSummary]) -> Table:
    """Return the completion of each stage, and what closes its gate."""
    t = m.say
    count = len(list_.items)
    columns = (
        Column("id", t("col.id"), 9, ColumnKind.CODE),
        Column("stage", t("col.stage"), 26),
        Column(
            "percent",
            t("col.completion"),
            10,
            ColumnKind.NUMBER,
            1,
            total=ratio("earned", "applying", 100),
        ),
        Column("gate", t("col.gate"), 28),
        Column("earned", t("col.earned"), 12, ColumnKind.NUMBER, 1, total=SUM),
        Column("applying", t("col.applying"), 10, ColumnKind.NUMBER, 1, total=SUM),
        Column("total", t("col.items"), 12, ColumnKind.INTEGER, total=SUM),
        Column("done", t("col.done"), 11.5, ColumnKind.INTEGER, total=SUM),
        Column("na", t("col.not_applicable"), 8, ColumnKind.INTEGER, total=SUM),
    )
    rows: list[Row] = []
    for stage in stages:
        if not stage.total:
            continue
        earned, applying, percent = completion_cells(stage, list_)
        waived = counted(count, m.label(ItemStatus.NOT_APPLICABLE))
        rows.append((
            words(stage.stage.value),
            words(m.label(stage.stage)),
            percent,
            _gate(m, stage),
            earned,
            applying,
            Cell(stage.total, formula=counted(count)),
            Cell(stage.done, formula=counted(count, m.label(ItemStatus.DONE))),
            Cell(stage.not_applicable, formula=waived),
        ))  # fmt: skip
    return Table(
        m.table_no("8-0"),
        t("table.stages"),
        columns,
        tuple(rows),
        source_line=t("source.checklist"),
        notes=(t("note.completion"),),
        total_label=t("total"),
        key=STAGES,
    )


def _gate(m: Material, stage: StageSummary) -> Cell:
    if stage.is_open:
        return words(m.say("gate_open"))
    return words(m.say("gate_closed", items=m.say("comma").join(stage.closed_by)))


def red_lines(m: Material, list_: Checklist) -> list[Block]:
    """Return the red lines that are not done."""
    open_ = closing(list_.items, list_.states)
    if not open_:
        return [Paragraph(m.say("no_open_red_lines"))]
    return [items_table(m, list_, open_, m.table_no("8-0b"), m.say("table.red_lines"))]


def items_table(
    m: Material,
    list_: Checklist,
    items: Iterable[ChecklistItem],
    number: str,
    title: str,
    key: str = "",
) -> Table:
    """Return 表8-1 清单, or the part of it that is given."""
    t = m.say
    columns = (
        Column("id", t("col.id"), 9, ColumnKind.CODE),
        Column("title", t("col.task"), 46),
        Column("status", t("col.status"), 10, ColumnKind.WORD),
        Column("evidence", t("col.proof"), 28),
        Column("owner", t("col.owner"), 12),
        Column("due", t("col.due"), 11.5, ColumnKind.DATE),
        Column("red", t("col.red_line"), 7, ColumnKind.WORD),
        Column("note", t("col.note"), 26),
    )
    added = {code: state.blocked_by for code, state in list_.states.items()}
    before = blocked_by(list_.items, added)
    rows = tuple(_item(m, list_, item, before.get(item.id, ())) for item in items)
    source = t("source.checklist")
    return Table(number, title, columns, rows, source_line=source, frozen_columns=2, key=key)


def _item(
    m: Material, list_: Checklist, item: ChecklistItem, before: Iterable[str]
) -> tuple[Cell, ...]:
    t = m.say
    state = list_.state(item.id)
    status = status_of(item, list_.states)
    notes = [text for text in (state.reason, state.note) if text]
    if state.is_overdue(m.scope.as_of):
        notes.insert(0, t("overdue"))
    waits = waiting_for(before, list_.states)
    if waits and state.standing not in SETTLED:
        notes.append(t("waits_for", items=t("comma").join(waits)))
    if said := opened_because(m, list_, item.id):
        notes.append(said)
    if state.review is not None:
        notes.append(_review(m, state.review))
    return (
        words(item.id),
        words(m.text(item.title)),
        Cell(m.label(status), tone=STATUS_TONES[status]),
        proof(m, item, state),
        words(state.owner),
        UNKNOWN if state.due is None else Cell(state.due),
        Cell(t("red") if item.red_line else "—", tone=Tone.STRONG if item.red_line else Tone.PLAIN),
        optional(t("semicolon").join(notes)),
    )


def _review(m: Material, review: Review) -> str:
    """Return where the review stands, who looked at it, when, and what was said."""
    parts = (m.label(review.status), review.reviewer, review.reviewed_at[:10], review.note)
    return m.say("review", words=" ".join(part for part in parts if part))


def risks_sheet(m: Material) -> Sheet:
    """Return sheet 9."""
    t = m.say
    title = t("sheet.risks")
    blocks: list[Block] = [Paragraph(t("risks_note")), risks_table(m)]
    blocks += [heat_map(m), Heading(t("action_plan")), *action_plan(m)]
    return Sheet("risks", title, title, tuple(blocks))


def action_plan(m: Material) -> list[Block]:
    """Return 表9-3, open red lines first, then open items; dates and owners only as entered."""
    t = m.say
    if m.checklist is None:
        return [NotAssessed(t("no_plan"))]
    list_ = m.checklist
    red = list(closing(list_.items, list_.states))
    started = [
        item
        for item in list_.items
        if item not in red
        and status_of(item, list_.states) in (ItemStatus.OPEN, ItemStatus.PARTIAL)
    ]
    if not red and not started:
        return [Paragraph(t("nothing_to_do"))]
    columns = (
        Column("id", t("col.id"), 9, ColumnKind.CODE),
        Column("task", t("col.task"), 32),
        Column("horizon", t("col.horizon"), 13, ColumnKind.WORD),
        Column("due", t("col.due"), 13, ColumnKind.DATE),
        Column("red", t("col.red_line"), 13, ColumnKind.WORD),
        Column("status", t("col.status"), 13, ColumnKind.WORD),
        Column("why", t("col.why_needed"), 36),
        Column("proof", t("col.proof"), 44),
        Column("owner", t("col.owner"), 10),
    )
    rows = tuple(_action(m, list_, item) for item in [*red, *started])
    return [
        Table(
            m.table_no("9-3"),
            t("table.plan"),
            columns,
            rows,
            source_line=t("source.checklist"),
            notes=(t("note.plan"),),
            frozen_columns=2,
        )
    ]


def _action(m: Material, list_: Checklist, item: ChecklistItem) -> tuple[Cell, ...]:
    state = list_.state(item.id)
    status = status_of(item, list_.states)
    return (
        words(item.id),
        words(m.text(item.title)),
        words(horizon(m, state.due)),
        UNKNOWN if state.due is None else Cell(state.due),
        Cell(m.say("red") if item.red_line else "—"),
        Cell(m.label(status), tone=STATUS_TONES[status]),
        words(m.text(item.why)),
        words(m.text(item.evidence)),
        words(state.owner),
    )


def horizon(m: Material, due: date | None) -> str | None:
    """Return within how many days of the as-of date something is due: 30, 90, 180 or later."""
    if due is None:
        return None
    days = (due - m.scope.as_of).days
    if days < 0:
        return m.say("overdue")
    for limit in HORIZONS:
        if days <= limit:
            return m.say("within_days", days=limit)
    return m.say("later")
