# SPDX-License-Identifier: MIT
"""The small pieces: words in the chosen language, names for assistive tools, keys, signals."""

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.widget.conftest import texts_of
from workbench.ui.texts import set_texts, t
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import Button, FilterChip, IconButton, Segments, Tabs
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.drop_zone import DropZone
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.nav_rail import COLLAPSED_WIDTH, NavEntry, NavRail
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.progress_bar import ProgressBar
from workbench.ui.widgets.ring import Ring
from workbench.ui.widgets.search_box import SearchBox
from workbench.ui.widgets.status_bar import StatusBar
from workbench.ui.widgets.top_bar import TopBar

Key = Qt.Key
ENTRIES = [NavEntry("home", "总览", "house", "Ctrl+1"), NavEntry("ledger", "资产台账", "table-2")]
BOTTOM = [NavEntry("help", "帮助", "circle-help", "F1")]


def rail() -> NavRail:
    made = NavRail(ENTRIES, BOTTOM)
    made.set_park("滨河高新产业园", "示例数据")
    return made


EVERY_WIDGET = {
    "banner": lambda: Banner("缺裁定", "danger", title="2 项", link="去补", dismissible=True),
    "buttons": lambda: Button("导入", "primary", icon="upload", shortcut="Ctrl+I"),
    "icon button": lambda: IconButton("pin", "冻结列"),
    "segments": lambda: Segments([("m", "本月"), ("y", "本年")]),
    "tabs": lambda: Tabs([("all", "全部 24"), ("idle", "闲置 4")]),
    "chip": lambda: FilterChip("state", "状态：闲置"),
    "card": lambda: Card("标题", "副题", actions=[Button("全部", "link")]),
    "drop zone": lambda: DropZone("拖入文件", "复制进园区"),
    "empty": lambda: EmptyState("还没有资产", "选一种方式开始", action="导入"),
    "key values": lambda: KeyValues([KeyValue("土地面积", "50 亩", source_key="land")]),
    "rail": rail,
    "search": lambda: SearchBox("按地区检索"),
    "status bar": StatusBar,
    "top bar": TopBar,
    "pill": lambda: Pill("在租", "success"),
    "progress": lambda: ProgressBar(3, 9),
    "ring": lambda: Ring(None),
}


@pytest.mark.parametrize("name", EVERY_WIDGET)
def test_everything_that_takes_the_focus_has_a_name(qtbot, name):
    widget = EVERY_WIDGET[name]()
    qtbot.addWidget(widget)
    widget.show()
    unnamed = [
        part
        for part in [widget, *widget.findChildren(QWidget)]
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.accessibleName()
        if part.isVisible()
    ]
    assert unnamed == []


@pytest.mark.parametrize("name", EVERY_WIDGET)
def test_a_closed_widget_is_collected(qtbot, name):
    widget = EVERY_WIDGET[name]()
    gone = weakref.ref(widget)
    widget.close()
    del widget
    gc.collect()
    assert gone() is None


def test_widgets_made_after_a_switch_speak_the_new_language(qtbot):
    assert t("ui.cancel") == "取消"
    set_texts(texts_of("en"))
    bar = TopBar()
    qtbot.addWidget(bar)
    names = {button.accessibleName() for button in bar.findChildren(IconButton)}
    assert names == {"Undo", "Redo"}
    assert rail().minimumWidth() == 212


def test_the_rail_tells_what_was_chosen_and_collapses(qtbot):
    made = rail()
    qtbot.addWidget(made)
    made.show()
    made.set_current("home")
    with qtbot.waitSignal(made.chosen) as chosen:
        made.button("ledger").setFocus()
        QTest.keyClick(made.button("ledger"), Key.Key_Space)
    assert chosen.args == ["ledger"]
    made.set_badge("ledger", "7", "warn")
    assert made.button("ledger").accessibleName() == "资产台账 7"
    made.fit(1000)
    assert made.width() == COLLAPSED_WIDTH
    made.fit(1280)
    assert made.width() == 196


def test_a_long_park_name_is_cut_and_whole_in_the_tooltip(qtbot):
    made = rail()
    qtbot.addWidget(made)
    name = "某某国家级经济技术开发区高端装备制造产业园二期"
    made.set_park(name)
    shown = [label.text() for label in made.findChildren(Label) if label.text().endswith("…")]
    assert len(shown) == 1
    assert made.minimumWidth() == 196


def test_undo_is_named_and_rests_when_there_is_nothing(qtbot):
    bar = TopBar()
    qtbot.addWidget(bar)
    undo, redo = bar.findChildren(IconButton)[:2]
    assert not undo.isEnabled()
    bar.set_undo("粘贴 6 个单元格", "")
    assert undo.isEnabled()
    assert "粘贴 6 个单元格" in undo.toolTip()
    assert not redo.isEnabled()


def test_a_page_s_actions_replace_the_others(qtbot):
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show()
    first, second = Button("导入"), Button("写入报告", "primary")
    bar.set_actions([first])
    bar.set_actions([second])
    assert second.isVisible()
    assert not first.isVisible()
    bar.set_actions([first])
    assert first.isVisible()


def test_the_status_bar_counts_problems_and_hides_at_none(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.set_problems(2, 9)
    problems = next(b for b in bar.findChildren(Button) if b.accessibleName() == "错误 2　待补 9")
    with qtbot.waitSignal(bar.problems_clicked):
        problems.click()
    bar.set_problems(0, 0)
    assert not problems.isVisible()


def test_segments_answer_to_arrows_and_keys(qtbot):
    made = Segments([("m", "本月"), ("q", "本季"), ("y", "本年")], "q")
    qtbot.addWidget(made)
    made.show()
    assert made.current() == "q"
    with qtbot.waitSignal(made.chosen) as chosen:
        made.button("y").click()
    assert chosen.args == ["y"]
    made.set_items([("a", "A")])
    assert made.current() == "a"


def test_search_waits_until_typing_pauses(qtbot):
    made = SearchBox("检索")
    qtbot.addWidget(made)
    made.show()
    heard = []
    made.searched.connect(heard.append)
    with qtbot.waitSignal(made.searched):
        QTest.keyClicks(made, "abc ")
    assert heard == ["abc"]


def test_files_can_be_dropped_or_chosen_by_key(qtbot, tmp_path):
    zone = DropZone("拖入文件")
    qtbot.addWidget(zone)
    zone.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "裁定书.pdf")), QUrl("https://example.org/x")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(zone.files_dropped) as dropped:
        zone.dropEvent(event)
    assert dropped.args == [[Path(tmp_path / "裁定书.pdf")]]
    with qtbot.waitSignal(zone.clicked):
        QTest.keyClick(zone, Key.Key_Return)


def test_a_value_can_be_asked_where_it_comes_from(qtbot):
    made = KeyValues([KeyValue("容积率", "0.40"), KeyValue("出租率", "6.5%", source_key="I-01")])
    qtbot.addWidget(made)
    made.show()
    ask = made.findChild(IconButton)
    assert ask.accessibleName() == "出租率：查看依据"
    with qtbot.waitSignal(made.source_asked) as asked:
        ask.click()
    assert asked.args == ["I-01"]


def test_unknown_completeness_is_not_zero(qtbot):
    ring = Ring(None)
    qtbot.addWidget(ring)
    assert ring.accessibleName() == "完整度 —"
    ring.set_percent(0)
    assert ring.accessibleName() == "完整度 0%"


def test_ampersands_in_names_are_not_shortcuts(qtbot):
    button = Button("研发 & 办公")
    qtbot.addWidget(button)
    assert button.text() == "研发 && 办公"
    assert button.accessibleName() == "研发 & 办公"


@pytest.mark.parametrize("zoom", [1.5, 2.0])
def test_words_are_not_clipped_when_zoomed(qtbot, qapp, interface, zoom):
    """Every label and button is at least as large as its text at 150 and 200 %."""
    interface.apply(qapp, "light", zoom)
    try:
        host = QWidget()
        qtbot.addWidget(host)
        column = QVBoxLayout(host)
        parts = [Button("新建资产", "primary", icon="plus"), Label("资产台账", "section")]
        parts += [Pill("未供地"), Button("待补数据 9", "tab"), TopBar(), StatusBar()]
        for part in parts:
            column.addWidget(part)
        host.show()
        for part in parts[:4]:
            needed = part.fontMetrics().height()
            assert part.height() >= needed, part
        assert parts[4].height() == round(52 * zoom)
    finally:
        interface.apply(qapp, "light", 1.0)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a_choice_is_shown_whole_at_its_own_width_and_else_ends_in_dots(
    qtbot, qapp, interface, zoom
):
    words = "锦程地块盘活评估（示例）"
    interface.apply(qapp, "light", zoom)
    try:
        box = ChoiceBox("评估", [("a", "草稿"), ("b", words)], "b")
        qtbot.addWidget(box)
        box.show()
        assert box.shown_text() == words
        box.resize(box.width() - round(30 * zoom), box.height())
        cut = box.shown_text()
        assert cut.endswith("…")
        assert words.startswith(cut[:-1])
        assert len(cut) > 5
    finally:
        interface.apply(qapp, "light", 1.0)


def test_a_wrapped_label_is_no_higher_than_its_lines_after_it_was_narrow(qtbot):
    """A title that took three lines on a narrow page takes one again on a wide one."""
    host = QWidget()
    qtbot.addWidget(host)
    label = Label("最相近的是六安金寨：查封工业用地盘活", "section", wrap=True)
    column = QVBoxLayout(host)
    column.addWidget(label)
    column.addStretch(1)
    host.resize(600, 300)
    host.show()
    qtbot.waitUntil(lambda: label.width() > 300)
    one_line = label.height()
    host.resize(160, 300)
    qtbot.waitUntil(lambda: label.height() > one_line)
    host.resize(600, 300)
    qtbot.waitUntil(lambda: label.height() == one_line)
