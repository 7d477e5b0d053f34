# SPDX-License-Identifier: MIT
"""Sheet 8: evidence that is gone, items that the ledger opens or keeps closed, and why."""

from dataclasses import replace

import pytest

from tests.builders import a_park, a_record
from tests.report_rig import content, report_of, table_of, words_of
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.opening import openings
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.conditions import parse

ASSESSMENT = a_record("assessment", "A", name="评估一", park="park", edition=1)


def report(states, facts=None, change=lambda template: template):
    template = change(content().checklist)
    found = openings(template, ("P02",), True, (facts or {}).get)
    sheet = ChecklistSheet(ASSESSMENT, template, found, states, ("P02",), True)
    return report_of(a_park(), assessment=ASSESSMENT, checklist=sheet)


def row(made, item, title="表8-1"):
    table = table_of(made, "checklist", title)
    found = next(row for row in table.rows if row[0].value == item)
    return {column.key: cell.value for column, cell in zip(table.columns, found, strict=True)}


@pytest.mark.parametrize(
    ("unsound", "status", "evidence"),
    [
        (0, "已完成", "已附 2 份"),
        (1, "已完成", "已附 2 份，其中 1 份缺失或已被改动"),
        (2, "待核", "已附 2 份均缺失或已被改动，完成状态不成立，按待核计"),
    ],
)
def test_evidence_that_is_gone_is_said_and_without_any_the_item_is_not_done(
    unsound, status, evidence
):
    """Issue F, Bad input: shown as such in the report; domain §6: no evidence, not 已完成."""
    state = ItemState("S1-01", ItemStatus.DONE, 2, unsound=unsound)
    made = report({"S1-01": state})
    assert row(made, "S1-01")["status"] == status
    assert row(made, "S1-01")["evidence"] == evidence
    gate = row(made, "S1", "阶段完成率")["gate"]
    assert ("S1-01" in gate) == (status == "待核")


def test_items_that_the_ledger_keeps_closed_are_listed_with_why():
    made = report({}, {"enc.active_seizure": False})
    closed = row(made, "S2-03", "台账条件不成立而未开启的事项")
    assert (closed["red"], closed["why"]) == ("红线", "台账没有“有效查封”，不需要。")
    waiting = row(made, "S6-11", "台账条件不成立而未开启的事项")
    assert waiting["why"] == "没有选择路径 P01；台账有“有效查封”时自动开启。"
    assert "S6-71" in words_of(made, "checklist")


def test_an_item_that_the_ledger_opened_says_so_in_its_note():
    made = report({}, {"enc.active_seizure": True})
    assert "台账有“有效查封”，事项自动开启" in row(made, "S6-11")["note"]


def test_a_compound_condition_is_said_in_words():
    """Issue F, Deliver 1: an item says why; not in the language of the template."""
    condition = parse("enc.active_seizure and not title.unsafe_building")

    def change(template):
        items = [replace(i, when=condition) if i.id == "S1-03" else i for i in template.items]
        return type(template)("own", tuple(items))

    facts = {"enc.active_seizure": False, "title.unsafe_building": False}
    made = report({}, facts, change)
    why = row(made, "S1-03", "台账条件不成立而未开启的事项")["why"]
    assert why == "台账没有“有效查封，且并非有C、D级房屋”，不需要。"
