"""Checking a policy parameter: who, when and against what; the flag then goes away everywhere."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.finance_rig import plain
from tests.finance_samples import SAMPLES
from tests.read_quickly import load_workbook
from tests.widget.input_method import commit
from tests.widget.page_rig import TODAY, a_rig
from workbench.ui.pages.scenario.page import ScenarioPage
from workbench.ui.pages.settings.page import SettingsPage
from workbench.ui.pages.settings.yardstick_dialogs import EntryDialog
from workbench.ui.widgets.buttons import Button

DEED = "deed_tax"


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    stated = {key: plain(value) for key, value in SAMPLES["transfer"].items()}
    made.services.scenarios.create("转让", "transfer", date(2026, 6, 30), stated=stated)
    yield made
    made.close()


def opened(rig, code):
    page = rig.show(SettingsPage)
    page.show_target("parameters")
    page.parameters.table.row_opened.emit(code)
    [asked] = [d for d in rig.host.window().findChildren(EntryDialog) if d.isVisible()]
    return page.parameters, asked


def keep(asked):
    [button] = [b for b in asked.findChildren(Button) if b.property("kind") == "primary"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def cells(view, code):
    return [cell for row in view.table.rows() if row.key == code for cell in row.cells]


def test_today_and_this_user_are_proposed_and_nothing_is_checked_without_a_reason(rig, qtbot):
    view, asked = opened(rig, DEED)
    assert asked.fields["verified_on"].text() == TODAY.isoformat()
    assert asked.fields["verified_by"].text() == rig.program.settings.name_of_user()
    keep(asked)
    assert asked.isVisible()
    assert cells(view, DEED)[-1].text == "未核对"


def test_a_checked_parameter_is_flagged_nowhere_any_more(rig, qtbot, tmp_path):
    money = rig.show(ScenarioPage)
    rig.settle(qtbot)
    assert "契税" in money.notes._notes.text()
    assert "未核对" in money.inputs.lines["deed_rate"]._source.text()
    view, asked = opened(rig, DEED)
    for key, text in (("verified_by", "王核"), ("checked_against", "皖财税〔2026〕1号")):
        asked.fields[key].clear()
        asked.fields[key].setFocus()
        commit(asked.fields[key], text)
    commit(asked.reason, "对照现行文件")
    keep(asked)
    rig.settle(qtbot)
    assert cells(view, DEED)[-1].detail == f"{TODAY.isoformat()} 王核"
    assert "皖财税〔2026〕1号" in cells(view, DEED)[4].text
    money.recalculate()
    assert "契税" not in money.notes._notes.text()
    source = money.inputs.lines["deed_rate"]._source
    assert "未核对" not in source.text()
    assert "皖财税〔2026〕1号" in source.toolTip()
    assert TODAY.isoformat() in source.toolTip()
    book = tmp_path / "测算.xlsx"
    texts = rig.program.texts("zh_CN")
    rig.services.reports.scenarios.export(rig.services.scenarios.all(), str(book), texts)
    [row] = [[c.value for c in row] for row in load_workbook(book)["政策参数"].iter_rows()
             if row[0].value == DEED]  # fmt: skip
    assert "已核对" in row
    assert any("皖财税〔2026〕1号" in str(value) for value in row)
    rig.services.history.undo()
    rig.settle(qtbot)
    assert cells(view, DEED)[-1].text == "未核对"


def test_a_value_is_replaced_with_its_days_and_what_is_wrong_is_said(rig, qtbot):
    view, asked = opened(rig, DEED)
    asked.fields["value"].setText("0.04")
    asked.fields["effective_to"].setText("不是日期")
    asked.reason.setText("省里规定")
    keep(asked)
    assert asked.isVisible()
    assert "effective_to" in asked.refusal()
    asked.fields["effective_to"].setText("2030-12-31")
    keep(asked)
    rig.settle(qtbot)
    [param] = [p for p in rig.services.content.parameters if p.code == DEED]
    assert (param.value, param.effective_to) == (Decimal("0.04"), date(2030, 12, 31))
    assert param.verified_by == rig.program.settings.name_of_user()
    assert cells(view, DEED)[1].text == "4%"


def test_brackets_can_be_checked_too(rig, qtbot):
    _, asked = opened(rig, "lat_brackets")
    assert "value" not in asked.fields
    asked.reason.setText("对照条例")
    keep(asked)
    rig.settle(qtbot)
    [param] = [p for p in rig.services.content.parameters if p.code == "lat_brackets"]
    assert param.verified_on == TODAY
    assert len(param.value) == 4


def test_the_log_says_who_and_why(rig, qtbot):
    _, asked = opened(rig, DEED)
    asked.reason.setText("对照现行文件")
    keep(asked)
    rig.settle(qtbot)
    newest = rig.services.history.next_undo()
    assert newest.params["reason"] == "对照现行文件"
