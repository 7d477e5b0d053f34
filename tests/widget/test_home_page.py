# SPDX-License-Identifier: MIT
"""The overview: figures of the real ledger, problems that lead to their cells, nothing invented."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.ledger_rig import small_park
from tests.widget.page_rig import TODAY, a_rig, is_collected, unnamed
from tests.widget.small_park import fill
from workbench.ui.pages.home.page import HomePage, TileBox
from workbench.ui.pages.home.progress_card import ProgressCard
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

rig = small_park


def shown(rig, qtbot):
    page = rig.show(HomePage)
    rig.settle(qtbot)
    return page


def tile(page, title):
    return next(item for item in page.figures.tiles if item.title == title)


def test_the_tiles_show_what_the_ledger_holds(rig, qtbot):
    page = shown(rig, qtbot)
    # 10,000 of 21,450 + 9,800 + 15,600 ㎡ would need the let area of the warehouse
    assert tile(page, "出租率").number == "—"
    rig.services.editing.edit("building", rig.keys["B3"], "leased_area", "15600")
    rig.settle(qtbot)
    assert tile(page, "出租率").number == "54.6"
    assert tile(page, "平均租金").number == "30.0"
    assert (tile(page, "土地面积").number, tile(page, "土地面积").unit) == ("80.6", "亩")


def test_a_vacancy_with_gaps_is_a_lower_bound_and_says_so(rig, qtbot):
    page = shown(rig, qtbot)
    vacant = tile(page, "空置建筑面积")
    assert vacant.number.startswith("≥")
    assert vacant.note == "3 栋中 1 栋有数据"
    assert page.figures.charts["vacancy"].title == "空置面积按类型"


def test_land_whose_status_nobody_stated_is_not_counted_as_in_use(rig, qtbot):
    page = shown(rig, qtbot)
    assert tile(page, "土地面积").note == "闲置与低效 1 宗，56.0 亩"
    for parcel in rig.services.querying.ledger().all("parcel"):
        rig.services.editing.edit("parcel", parcel.key, "status", "")
    rig.settle(qtbot)
    assert tile(page, "土地面积").note == "2 宗状态待核"


def test_chart_titles_state_what_was_computed(rig, qtbot):
    page = shown(rig, qtbot)
    assert page.figures.charts["land"].title == "闲置与低效用地占 69%"
    assert page.figures.charts["expiry"].title == "2027 年到期最多，占在租面积 100%"
    assert page.figures.charts["occupancy"].title == "3 栋中有 2 栋出租率低于 60%"
    names = [bar.label for bar in page.figures.charts["occupancy"].bars]
    assert names == ["研发二号楼", "研发一号楼", "仓库"]
    assert page.figures.charts["occupancy"].bars[-1].value is None


def test_a_problem_leads_to_its_cell(rig, qtbot):
    rig.services.editing.edit("building", rig.keys["B2"], "occupancy", "112%")
    page = shown(rig, qtbot)
    link = next(link for link in page.findChildren(TargetLink) if link.text() == "去修改")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert rig.shell.went == [("ledger", f"building:{rig.keys['B2']}:occupancy")]


def test_leases_that_end_soon_are_named(rig, qtbot):
    rig.services.editing.edit("lease", rig.keys["L1"], "end_on", "2026-12-31")
    page = shown(rig, qtbot)
    [task] = [task for task in page.figures.tasks if task.icon == "clock"]
    assert task.title == "租约 L1 于 2026-12-31 到期，剩 38 天"


def test_a_tile_opens_with_the_keyboard(rig, qtbot):
    page = shown(rig, qtbot)
    box = next(b for b in page.findChildren(TileBox) if "土地面积" in b.accessibleName())
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert rig.shell.went == [("ledger", "view:idle")]


def test_another_as_of_date_is_taken_from_the_field(rig, qtbot):
    page = shown(rig, qtbot)
    page.as_of.setFocus()
    page.as_of.selectAll()
    QTest.keyClicks(page.as_of, "2028-01-31")
    QTest.keyClick(page.as_of, Qt.Key.Key_Return)
    rig.settle(qtbot)
    assert rig.context.as_of.isoformat() == "2028-01-31"
    assert page.figures.charts["expiry"].bars == ()
    QTest.keyClicks(page.as_of, "x")
    QTest.keyClick(page.as_of, Qt.Key.Key_Return)
    assert "不是日期" in rig.shell.toasts[-1]


def test_without_a_ledger_it_says_how_to_begin(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot, park=False)
    page = rig.show(HomePage)
    assert page._begin.isVisible()
    assert page.figures.tiles == ()
    rig.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_opens_in_both_languages_and_everything_is_named(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    fill(rig.services, rig.context.park_key)
    page = shown(rig, qtbot)
    assert unnamed(page) == []
    assert str(TODAY) in page._subtitle.text()
    rig.close()


def test_a_closed_page_is_collected(rig, qtbot):
    assert is_collected(rig, HomePage)
    rig.settle(qtbot)


def test_the_overview_says_what_comes_next_and_leads_there(rig, qtbot):
    page = shown(rig, qtbot)
    card = page.findChild(ProgressCard)
    steps = page.figures.steps
    assert [step.key for step in steps] == [
        "ledger", "problems", "assessment", "checklist", "scenario", "report",
    ]  # fmt: skip
    following = next(step for step in steps if not step.done)
    words = [label.text() for label in card.findChildren(Label)]
    assert f"下一步：{following.act}" in words
    links = card.findChildren(TargetLink)
    qtbot.mouseClick(links[3], Qt.MouseButton.LeftButton)
    assert rig.shell.went[-1] == ("checklist", "")
    qtbot.mouseClick(links[1], Qt.MouseButton.LeftButton)
    assert rig.shell.went[-1] == ("ledger", "view:problems")
