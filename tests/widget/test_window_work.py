# SPDX-License-Identifier: MIT
"""The window: walking through pages, undo, palette, looks, going."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import FixedClock, unnamed
from tests.widget.window_rig import a_program, a_project, page, settle
from workbench.bootstrap import Program
from workbench.domain.overriding import override
from workbench.ui.frame.finder import Finder
from workbench.ui.look import theme
from workbench.ui.models.asset_columns import COLUMNS
from workbench.ui.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME = [column.key for column in COLUMNS].index("name")


# ---- pages


class _Strays(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    @override
    def eventFilter(self, watched, event):
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and watched.windowType() == Qt.WindowType.Window:
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def strays(qapp):
    """What was shown as a window of its own during the test."""
    watching = _Strays()
    qapp.installEventFilter(watching)
    yield watching.seen
    qapp.removeEventFilter(watching)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_page_opens_within_the_window_and_everything_on_it_is_named(
    make_window, tmp_path, qtbot, strays, language
):
    program = a_program(language)
    window = make_window(program)
    assert strays.pop() == "Window"
    window.opening.open(a_project(program, tmp_path / "滨河.park"))
    settle(qtbot, window)
    for entry in PAGES:
        window.go(entry.key)
        settle(qtbot, window)
        assert entry.key == page(window).KEY
        assert window.shell.top._title.text() == window.program.texts()(entry.title_key)
        assert unnamed(window) == []
        assert strays == [], "it would flash on the screen and take the focus away"


def test_a_page_is_made_when_it_is_first_shown(window):
    assert [made.KEY for made in window.shell.stack.pages()] == ["home"]
    QTest.keyClick(window, Key.Key_2, CTRL)
    assert page(window).KEY == "ledger"
    QTest.keyClick(window, Key.Key_1, CTRL)
    assert [made.KEY for made in window.shell.stack.pages()] == ["home", "ledger"]


def test_the_rail_opens_pages_and_counts_assets(window, qtbot):
    qtbot.waitUntil(lambda: "6" in window.shell.rail.button("ledger").accessibleName())
    qtbot.mouseClick(window.shell.rail.button("cases"), Qt.MouseButton.LeftButton)
    assert page(window).KEY == "cases"


def test_f6_walks_through_the_panes(window):
    panes = window.shell.panes()
    seen = []
    for _ in panes:
        QTest.keyClick(window, Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(next(n for n, pane in enumerate(panes) if pane.isAncestorOf(focused)))
    assert sorted(seen) == [0, 1, 2, 3]


# ---- undo


def test_undo_and_redo_by_keys_name_the_step(window, qtbot):
    window.go("ledger")
    grid = page(window).sheet().grid
    grid.setFocus()
    grid.go_to(0, NAME)
    compose(grid, "pinyin")
    commit(grid.open_editor(), "铜材厂")
    QTest.keyClick(grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()
    assert "修改宗地的宗地名称" in window.shell.top._undo.accessibleName()
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert page(window).sheet().model.record_at(0).label == "原铜材厂地块"
    assert window.shell.toast.text() == "已撤销：修改宗地的宗地名称"
    QTest.keyClick(window, Key.Key_Y, CTRL)
    assert page(window).sheet().model.record_at(0).label == "铜材厂"


def test_every_logged_step_has_a_name_in_words(window):
    services = window.context.services
    services.assessments.start("年度评估", window.context.park_key, window.context.as_of)
    for operation in services.querying.operations():
        window.commands.refresh()
        assert window.shell.top._undo.accessibleName().startswith("撤销：")
        assert operation.label not in window.shell.top._undo.accessibleName()
        services.history.undo()
    assert not window.shell.top._undo.isEnabled()


# ---- the palette


def open_palette(window, qtbot):
    QTest.keyClick(window, Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: window.commands._finder.is_ready)
    return window.commands.palette()


def test_the_palette_finds_an_asset_by_initials_and_goes_there(window, qtbot):
    palette = open_palette(window, qtbot)
    QTest.keyClicks(palette._input, "ytcc")
    assert palette.selected().title.endswith("原铜材厂地块")
    QTest.keyClick(palette._input, Key.Key_Return)
    assert page(window).KEY == "ledger"
    assert page(window).sheet().current_record().label == "原铜材厂地块"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("导入", "导入 Excel 台账…"),
        ("盘活清单", "盘活清单"),
        ("华川", "华川电子股份有限公司"),
        ("B2", "B2  研发二号楼"),
    ],
)
def test_the_palette_finds_commands_pages_tenants_and_codes(window, qtbot, words, title):
    palette = open_palette(window, qtbot)
    commit(palette._input, words)
    assert title in [hit.title for hit in palette.hits()]


def test_without_a_project_the_palette_offers_only_what_works():
    a_program()
    finder = Finder(lambda *_: None, lambda _: None)
    finder.use(None)
    sections = {hit.section for hit in finder.search("")}
    assert sections == {"操作", "设置"}


def test_a_case_is_found_by_its_place(window, qtbot):
    palette = open_palette(window, qtbot)
    commit(palette._input, "金寨")
    assert palette.hits()[0].section == "案例"


# ---- looks


def test_theme_language_and_zoom_change_at_once(window, qtbot):
    window.go("ledger")
    window.commands.run("toggle_theme")
    assert theme.current().name == "dark"
    window.commands.run("toggle_language")
    assert page(window).KEY == "ledger"
    assert window.shell.top._title.text() == "Asset ledger"
    QTest.keyClick(window, Key.Key_Equal, CTRL)
    assert theme.current().zoom == pytest.approx(1.1)
    QTest.keyClick(window, Key.Key_0, CTRL)
    assert theme.current().zoom == 1.0
    assert window.program.settings.theme == "dark"
    again = Program(clock=FixedClock())
    assert (again.settings.theme, again.language) == ("dark", "en")


def test_the_sheet_of_shortcuts_opens(window):
    QTest.keyClick(window, Key.Key_Slash, CTRL)
    from workbench.ui.frame.shortcut_sheet import ShortcutSheet

    assert window.findChild(ShortcutSheet).isVisible()


def test_the_park_menu_offers_parks_and_projects(window, qtbot, tmp_path):
    other = window.context.services.editing.add("park", {"code": "P-02", "name": "临港园区"})
    window._on_park_clicked()
    menu = window.findChild(QMenu)
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[:2] == ["滨河高新产业园", "临港园区"]
    menu.triggered.emit(menu.actions()[1])
    menu.close()
    assert window.context.park_key == other
    assert window.windowTitle().startswith("临港园区")


# ---- going


def test_closing_the_window_keeps_what_is_being_typed(make_window, tmp_path, qtbot):
    program = a_program()
    path = a_project(program, tmp_path / "滨河.park")
    window = make_window(program)
    window.opening.open(path)
    settle(qtbot, window)
    window.go("ledger")
    grid = page(window).sheet().grid
    grid.setFocus()
    grid.go_to(0, NAME)
    compose(grid, "pinyin")
    commit(grid.open_editor(), "关窗前的字")
    window.close()
    services = program.open(path)
    assert services.querying.records("parcel")[0].label == "关窗前的字"
    services.close()


def test_the_size_of_the_window_is_remembered(make_window):
    program = a_program()
    window = make_window(program)
    window.resize(1180, 700)
    window.close()
    assert make_window(program).size().toTuple() == (1180, 700)


def test_an_error_of_the_user_s_is_one_sentence_in_the_window(window, monkeypatch):
    from workbench.domain.findings import ProjectError

    def locked():
        raise ProjectError("project.locked", path="滨河.park")

    monkeypatch.setitem(window.commands._commands, "undo", locked)
    window.commands.run("undo")
    assert window.errors.shown()._text.text().startswith("滨河.park 正被其他程序使用")


def test_a_page_opened_by_its_key_takes_the_focus_where_work_is(window, qtbot):
    window.go("home")
    page(window).setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page(window).KEY == "ledger"
    grid = page(window).sheet().grid
    qtbot.waitUntil(lambda: window.focusWidget() is grid)


def test_ctrl_enter_shows_a_record_beside_the_page_and_follows_its_changes(window, qtbot):
    window.go("cases")
    palette = open_palette(window, qtbot)
    commit(palette._input, "华川")
    QTest.keyClick(palette._input, Key.Key_Return, CTRL)
    assert page(window).KEY == "cases"
    panel = window.shell.beside()
    assert panel.detail.record().label == "华川电子股份有限公司"
    services = window.context.services
    services.editing.edit("enterprise", panel.detail.record().key, "name", "华川科技")
    assert panel.detail.record().label == "华川科技"
    panel.detail.action_asked.emit("form")
    assert page(window).record_actions.form.texts == {}, "its form is opened by the ledger page"
    page(window).record_actions.form.discard()
    QTest.mouseClick(panel.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert window.shell.beside() is None


def test_a_record_added_while_the_palette_is_closed_is_found_the_next_time(window, qtbot):
    palette = open_palette(window, qtbot)
    QTest.keyClick(palette._input, Key.Key_Escape)
    window.context.services.editing.add("enterprise", {"name": "犇鑫机械"})
    palette = open_palette(window, qtbot)
    QTest.keyClicks(palette._input, "bxjx")
    assert palette.selected().title == "犇鑫机械"
    assert palette.selected().why.text == "拼音 bxjx"


def test_the_window_stays_open_while_a_form_holds_words_that_cannot_be_read(
    make_window, tmp_path, qtbot
):
    window = make_window(a_program())
    window.use(window.program.open(a_project(window.program, tmp_path / "a.park")))
    parcel = window.context.services.querying.records("parcel")[0]
    window.go("ledger", f"form:parcel:{parcel.key}:area_cert")
    form = window.shell.stack.current_page().record_actions.form
    form.lines["area_cert"].editor.setText("很大")
    assert not window.close()
    assert window.isVisible()
    assert form.lines["area_cert"].editor.text() == "很大"
    form.lines["area_cert"].editor.setText("12亩")
    assert window.close()
    services = window.program.open(str(tmp_path / "a.park"))
    assert services.querying.record("parcel", parcel.key).number("area_cert") == 8000
    services.close()
