# SPDX-License-Identifier: MIT
"""附表E-9: what each item of the checklist weighs and is worth, for the counts of 表8-0."""

from dataclasses import replace

from workbench.domain.checklist.state import (
    SCORES,
    ItemStatus,
    StageSummary,
    earned_weight,
    status_of,
)
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.report.model import NOT_APPLICABLE, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.material import Checklist, Material
from workbench.domain.report.sections.steps.step_words import quoted, say

ITEMS, ITEM_WEIGHTS = "items", "item_weights"
_COUNTED = tuple(status for status in ItemStatus if SCORES.get(status))


def completion_cells(stage: StageSummary, list_: Checklist) -> Row:
    """Return what a stage has earned, the weight of its items that apply, and the percentage."""
    items = len(list_.items)
    stages, worth, earned, carried = (
        column_range(ITEM_WEIGHTS, key, items) for key in ("stage", "worth", "earned", "weight")
    )
    of_stage = [item for item in list_.items if item.stage is stage.stage]
    reached, applying = earned_weight(of_stage, list_.states)
    formula = 'IF({applying}=0,"—",{earned}/{applying}*100)'
    part = NOT_APPLICABLE if stage.completion is None else Cell(stage.completion * 100)
    return (
        Cell(reached, formula=f"SUMIF({stages},{{id}},{earned})"),
        Cell(applying, formula=f'SUMIFS({carried},{stages},{{id}},{worth},">=0")'),
        replace(part, formula=formula),
    )


def counted(items: int, status: str = "") -> str:
    """Return how many items of a stage there are, or how many have a status."""
    stages = column_range(ITEM_WEIGHTS, "stage", items)
    if not status:
        return f"COUNTIF({stages},{{id}})"
    statuses = column_range(ITEM_WEIGHTS, "status", items)
    return f"COUNTIFS({stages},{{id}},{statuses},{quoted(status)})"


def item_weights_table(m: Material, list_: Checklist) -> Table:
    """Return 附表E-9, the items in the order of 表8-1."""
    columns = (
        Column("id", m.say("col.id"), 7, ColumnKind.CODE),
        Column("title", m.say("col.task"), 46),
        Column("stage", m.say("col.stage"), 13, ColumnKind.WORD),
        Column("status", m.say("col.status"), 11, ColumnKind.WORD),
        Column("weight", m.say("col.weight"), 9, ColumnKind.INTEGER),
        Column("worth", say(m, "col_worth"), 9, ColumnKind.NUMBER, 1),
        Column("earned", say(m, "col_earned"), 11, ColumnKind.NUMBER, 1),
    )
    rows = tuple(_row(m, list_, item, at) for at, item in enumerate(list_.items, start=1))
    return Table(
        m.table_no("E-9"), say(m, "table_items"), columns, rows,
        source_line=m.say("source.checklist"), notes=(say(m, "note_items"),),
        key=ITEM_WEIGHTS, dense=True,
    )  # fmt: skip


def _row(m: Material, list_: Checklist, item: ChecklistItem, at: int) -> Row:
    status = status_of(item, list_.states)
    worth = SCORES.get(status)
    earned = 'IF(ISNUMBER({worth}),{weight}*{worth},"—")'
    return (
        words(item.id),
        words(m.text(item.title)),
        words(item.stage.value),
        Cell(m.label(status), formula=f"{{{ITEMS}!status@{at}}}"),
        Cell(item.weight),
        replace(NOT_APPLICABLE if worth is None else Cell(worth), formula=_worth(m)),
        replace(NOT_APPLICABLE if worth is None else Cell(item.weight * worth), formula=earned),
    )


def _worth(m: Material) -> str:
    """Return what a status is worth; 不适用 is left out of the account."""
    formula = f'IF({{status}}={quoted(m.label(ItemStatus.NOT_APPLICABLE))},"—",0)'
    for status in _COUNTED:
        formula = f"IF({{status}}={quoted(m.label(status))},{SCORES[status]:f},{formula})"
    return formula
