# SPDX-License-Identifier: MIT
"""Palette, dialog, popup and toast: keys, focus, and what they must not let through."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.widget.grid_samples import SampleModel
from tests.widget.input_method import commit, compose
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Confirmation, Dialog, Notice
from workbench.ui.widgets.grid.filter_popup import FilterPopup
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey
from workbench.ui.widgets.label import ShortLabel
from workbench.ui.widgets.marked_label import Marked, MarkedLabel
from workbench.ui.widgets.palette import CommandPalette, Hit
from workbench.ui.widgets.toast import Toast

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    host = QWidget()
    column = QVBoxLayout(host)
    host.field = QLineEdit()
    column.addWidget(host.field)
    host.resize(900, 700)
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    host.field.setFocus()
    return host


class Finder:
    """Finds among a few hits and notes what was opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.asked: list[str] = []

    def hit(self, section: str, title: str) -> Hit:
        def act() -> None:
            self.opened.append(title)

        def beside() -> None:
            self.opened.append(f"{title} beside")

        return Hit(section, title, "", Marked(), act, "house", beside=beside)

    def __call__(self, words: str) -> list[Hit]:
        self.asked.append(words)
        every = [("操作", "导入"), ("操作", "导出"), ("资产", "原铜材厂"), ("案例", "永济")]
        return [self.hit(*one) for one in every if words in one[1]]


@pytest.fixture
def finder() -> Finder:
    return Finder()


@pytest.fixture
def palette(window, finder):
    made = CommandPalette(window, finder)
    made.open()
    return made


def keyboard(key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def test_the_palette_moves_with_arrows_going_round_and_enter_opens(palette, finder, window):
    keyboard(Key.Key_Down)
    assert palette.selected().title == "导出"
    keyboard(Key.Key_Up)
    keyboard(Key.Key_Up)
    assert palette.selected().title == "永济"
    keyboard(Key.Key_Return)
    assert finder.opened == ["永济"]
    assert window.field.hasFocus()


def test_the_palette_searches_what_an_input_method_commits(palette, finder):
    commit(QApplication.focusWidget(), "铜材")
    assert [hit.title for hit in palette.hits()] == ["原铜材厂"]
    keyboard(Key.Key_Return, CTRL)
    assert finder.opened == ["原铜材厂 beside"]


def test_escape_closes_the_palette_without_opening(palette, finder, window):
    keyboard(Key.Key_Escape)
    assert not palette.isVisible()
    assert finder.opened == []
    assert window.field.hasFocus()


def test_nothing_found_is_said_and_enter_does_nothing(palette, finder):
    commit(QApplication.focusWidget(), "没有的")
    keyboard(Key.Key_Return)
    assert palette.isVisible()
    assert finder.opened == []


def test_the_palette_lists_at_most_ten(window):
    palette = CommandPalette(window, lambda _: [Finder().hit("资产", str(n)) for n in range(50)])
    palette.open()
    assert len(palette.hits()) == 10


@pytest.fixture
def dialog(window):
    made = Dialog(window, "导入 Excel 台账")
    made.field = QLineEdit()
    made.body.addWidget(made.field)
    made.add_cancel()
    made.deeds = []
    made.add_button("导入 125 行", "primary").clicked.connect(made.close_dialog)
    made.open()
    return made


def test_a_dialog_takes_the_focus_keeps_it_and_gives_it_back(dialog, window):
    assert dialog.field.hasFocus()
    seen = set()
    for _ in range(8):
        keyboard(Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert dialog.isAncestorOf(focused)
        seen.add(focused)
    assert len(seen) == 4  # field, cancel, import, cross
    keyboard(Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.field.hasFocus()


def test_a_sentence_of_two_lines_leaves_no_gap_below_it(window):
    notice = Notice(window, "没有完成", "现值与这一步要替换的值不同，所以没有覆盖。" * 3)
    notice.open()
    QApplication.processEvents()
    assert notice.height() == notice.heightForWidth(notice.width())
    assert notice.height() < notice.sizeHint().height() + 60
    notice.reject()


def test_escape_rejects_and_return_presses_the_primary_button(qtbot, dialog, window):
    with qtbot.waitSignal(dialog.closed), qtbot.assertNotEmitted(dialog.rejected):
        keyboard(Key.Key_Return)
    again = Dialog(window, "新建")
    again.add_cancel()
    again.open()
    with qtbot.waitSignal(again.rejected):
        keyboard(Key.Key_Return)  # the focus is on cancel


def test_the_window_s_shortcuts_rest_while_a_dialog_is_open(window):
    pressed = []
    shortcut = QShortcut(QKeySequence("Ctrl+N"), window)
    shortcut.activated.connect(lambda: pressed.append(1))
    QTest.keyClick(window.field, Key.Key_N, CTRL)
    assert pressed == [1]
    dialog = Dialog(window, "导入")
    dialog.body.addWidget(QLineEdit())
    dialog.open()
    keyboard(Key.Key_N, CTRL)
    assert pressed == [1]
    dialog.reject()


def test_a_dialog_stays_inside_a_window_that_shrinks(qtbot, dialog, window):
    window.resize(600, 300)
    qtbot.waitUntil(lambda: window.rect().contains(dialog.geometry()))


def test_a_dangerous_deed_is_not_done_by_a_hasty_return(window):
    done = []
    first = Confirmation(
        window, "删除资产", "删除 B-A01？", "删除", lambda: done.append(1), danger=True
    )
    first.open()
    keyboard(Key.Key_Return)
    assert done == []
    second = Confirmation(window, "生成快照", "……", "生成", lambda: done.append(2))
    second.open()
    keyboard(Key.Key_Return)
    assert done == [2]


def test_a_toast_offers_its_action_once(window):
    toast = Toast(window)
    done = []
    toast.show_message("已粘贴 5 个单元格", "撤销", lambda: done.append(1))
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    toast.findChild(Button).click()
    assert done == [1]
    assert not toast.isVisible()


def test_a_long_toast_stays_inside_the_window(window):
    toast = Toast(window)
    toast.show_message("很长的一句话，" * 30)
    assert window.rect().contains(toast.geometry())


# ---- column filter


def open_filter(window: QWidget, model: SampleModel, column: int) -> FilterPopup:
    popup = FilterPopup(window, model, column)
    popup.open_below(window, 0)
    return popup


def box(popup: FilterPopup, text: str):
    return popup._boxes[text]


def button(popup: FilterPopup, text: str) -> Button:
    return next(b for b in popup.findChildren(Button) if b.accessibleName() == text)


def test_the_filter_counts_values_in_the_order_of_the_choices(window):
    model = SampleModel()
    assert model.value_counts("state") == [("在租", 1), ("低效", 2), ("闲置", 3)]
    assert model.value_counts("owner")[-1] == ("", 1)
    model.set_filter("owner", ColumnFilter(frozenset(("周敏",))))
    assert model.value_counts("state") == [("在租", 1), ("闲置", 1)]


def test_unticking_a_value_hides_its_rows_and_clearing_shows_them(window):
    model = SampleModel()
    popup = open_filter(window, model, 2)
    box(popup, "闲置").click()
    button(popup, "应用").click()
    assert model.rowCount() == 3
    assert model.filters == {"state": ColumnFilter(frozenset(("在租", "低效")))}
    again = open_filter(window, model, 2)
    assert not box(again, "闲置").isChecked()
    button(again, "清除").click()
    assert model.rowCount() == 6


def test_searching_narrows_to_the_values_found(window):
    model = SampleModel()
    open_filter(window, model, 1)
    commit(QApplication.focusWidget(), "厂房")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert model.rowCount() == 2


def test_bounds_of_a_share_are_typed_in_percent_and_wrong_ones_stay_open(window):
    model = SampleModel()
    popup = open_filter(window, model, 5)
    low, _ = popup._bounds.fields
    low.setText("四十")
    button(popup, "应用").click()
    assert popup.isVisible()
    assert low.property("state") == "error"
    low.setText("40")
    button(popup, "应用").click()
    assert model.rowCount() == 3


def test_sorting_from_the_filter(window):
    model = SampleModel()
    popup = open_filter(window, model, 4)
    button(popup, "降序").click()
    assert model.sort_keys == (SortKey("area", descending=True),)
    assert not popup.isVisible()


def test_a_click_elsewhere_closes_the_filter(window):
    popup = open_filter(window, SampleModel(), 2)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=window.rect().bottomRight())
    assert not popup.isVisible()


def test_enter_and_escape_belong_to_the_input_method_while_it_composes(palette, finder, window):
    compose(palette._input, "yuan'tong")
    keyboard(Key.Key_Return)
    keyboard(Key.Key_Down)
    keyboard(Key.Key_Escape)
    assert palette.isVisible()
    assert not finder.opened
    commit(palette._input, "原铜")
    keyboard(Key.Key_Return)
    assert finder.opened == ["原铜材厂"]


def test_what_was_matched_is_marked_in_the_title_and_in_the_reason(window):
    why = Marked().plus("拼音 ytc").plus("权证号 …0012…", 5, 9)
    assert (why.text, why.text[slice(*why.places[0])]) == ("拼音 ytc　权证号 …0012…", "0012")
    hit = Hit("资产", "原铜材厂<1>", "", why, lambda: None, marks=((0, 3),))
    palette = CommandPalette(window, lambda _: [hit])
    palette.open()
    labels = [label.text() for label in palette.findChildren(MarkedLabel)]
    assert any(">原铜材</span>厂&lt;1&gt;" in text for text in labels)
    assert any(">0012</span>" in text for text in labels)


def test_long_names_and_details_stay_inside_the_palette_and_end_with_dots(window):
    why = Marked().plus("拼音 mjyf")
    detail = "租约　2026-12-31　9,000.00 ㎡　32.00 元/㎡·月　在租　自动续签"
    title = "JB-2024-017 模具研发楼A座 苏州恒锐精密模具股份有限公司" * 2
    hit = Hit("租约", title, detail, why, lambda: None)
    palette = CommandPalette(window, lambda _: [hit])
    palette.open()
    QApplication.processEvents()
    [row] = palette._rows
    assert row.width() <= palette._scroll.viewport().width()
    [short] = row.findChildren(ShortLabel)
    assert short.geometry().right() <= row.width()
    short.grab()
    assert short.toolTip() == detail, "what is cut is told"
