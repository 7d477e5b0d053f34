# SPDX-License-Identifier: MIT
"""The window: opening projects, walking through pages, commands, looks, coming and going."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import FixedClock, unnamed
from tests.widget.small_park import fill
from workbench.bootstrap import Program
from workbench.ui import file_dialogs, looks, theme
from workbench.ui.finder import Finder
from workbench.ui.models.asset_columns import COLUMNS
from workbench.ui.pages import PAGES
from workbench.ui.pages.imports.dialog import ImportDialog
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.welcome import FirstRunPage, TroublePage
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.empty_state import ChoiceCard
from workbench.ui.widgets.label import Label
from workbench.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME = [column.key for column in COLUMNS].index("name")


def a_program(language="zh_CN"):
    program = Program(clock=FixedClock(), language=language)
    looks.apply_looks(QApplication.instance(), program)
    theme.current().apply(QApplication.instance(), "light")
    return program


def a_project(program, path):
    """A project with a small park; return its path."""
    services = program.create(str(path))
    park = services.editing.add("park", {"code": "P-01", "name": "滨河高新产业园"})
    fill(services, park)
    services.close()
    return str(path)


@pytest.fixture
def make_window(qtbot):
    """Make windows that are closed at the end."""
    made = []

    def make(program):
        window = Window(program)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.commands.install()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()


def settle(qtbot, window):
    qtbot.waitUntil(
        lambda: not window.opening.is_busy() and not window.tasks.is_busy(), timeout=20_000
    )
    QApplication.processEvents()


@pytest.fixture
def window(make_window, tmp_path, qtbot):
    """A window with a small park open."""
    program = a_program()
    made = make_window(program)
    made.opening.open(a_project(program, tmp_path / "滨河.park"))
    settle(qtbot, made)
    assert made.context is not None
    return made


def stand_in(window):
    return window.shell.stack.currentWidget()


def page(window):
    return window.shell.stack.current_page()


# ---- starting


def test_nothing_heavy_is_imported_before_the_first_picture(tmp_path):
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from workbench.bootstrap import Program\n"
        "from workbench.ui import looks\n"
        "from workbench.ui.window import Window\n"
        "app = QApplication([])\n"
        "program = Program()\n"
        "looks.apply_looks(app, program)\n"
        "window = Window(program)\n"
        "window.when_painted(app.quit)\n"
        "window.show()\n"
        "app.exec()\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
        "print('workbench.domain.catalogue' in sys.modules)\n"
    )
    home = str(tmp_path / "home")
    env = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1", WORKBENCH_HOME=home)
    result = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, encoding="utf-8", check=True
    )
    modules, catalogue = result.stdout.splitlines()
    heavy = {"sqlalchemy", "alembic", "numpy", "openpyxl", "python_calamine", "rapidfuzz"}
    assert set(modules.split()) & heavy == set()
    assert catalogue == "False"


def test_without_any_project_it_offers_ways_to_begin(make_window):
    window = make_window(a_program())
    window.start()
    assert isinstance(stand_in(window), FirstRunPage)
    assert len(stand_in(window).findChildren(ChoiceCard)) == 3
    assert unnamed(window) == []


def test_the_last_project_is_opened_again(make_window, tmp_path, qtbot):
    program = a_program()
    program.remember(a_project(program, tmp_path / "滨河.park"))
    window = make_window(program)
    window.start(sample=True)
    settle(qtbot, window)
    assert window.context.park.label == "滨河高新产业园"


def test_a_new_project_begins_with_its_park(make_window, tmp_path, qtbot, monkeypatch):
    window = make_window(a_program())
    window.start()
    path = tmp_path / "新建园区.park"
    monkeypatch.setattr(file_dialogs, "choose_new_project", lambda *_: str(path))
    window.commands.run("new_project")
    settle(qtbot, window)
    assert path.exists()
    assert window.findChild(NewRecordDialog).entity().key == "park"


def test_a_ledger_dropped_on_the_empty_window_goes_into_a_new_project(
    make_window, tmp_path, qtbot, monkeypatch
):
    window = make_window(a_program())
    window.start()
    ledger = tmp_path / "台账.csv"
    ledger.write_text("楼栋编号,楼栋名称,建筑面积(㎡)\nA1,一号厂房,12400\n", encoding="utf-8")
    wanted = []

    def choose(_parent, name):
        wanted.append(name)
        return str(tmp_path / f"{name}.park")

    monkeypatch.setattr(file_dialogs, "choose_new_project", choose)
    drop(window, ledger)
    settle(qtbot, window)
    assert wanted == ["台账"]
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.step() == "columns", timeout=20_000)
    assert dialog.files.files == [str(ledger)]


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_a_project_dropped_on_the_window_is_opened(window, tmp_path, qtbot):
    other = a_project(window.program, tmp_path / "另一个.park")
    drop(window, other)
    settle(qtbot, window)
    assert window.context.services.project == other
    assert window.program.settings.recent[0] == other


def test_what_is_neither_project_nor_ledger_is_refused_in_words(window, tmp_path):
    drop(window, tmp_path / "照片.jpg")
    assert window.shell.toast.text().startswith("“照片.jpg”不是项目或台账文件")


# ---- projects that do not open


def damaged(path):
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)


def newer(path):
    program = a_program()
    program.create(str(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_text("一份说明", encoding="utf-8"), "不是盘活项目文件"),
        (lambda path: path.mkdir(), "不是盘活项目文件"),
        (lambda path: None, "找不到"),
        (damaged, "已损坏"),
        (newer, "由更新版本的程序保存（数据版本 99"),
    ],
)
def test_a_project_that_cannot_be_opened_says_why_and_what_to_do(
    make_window, tmp_path, qtbot, make, words
):
    path = tmp_path / "问题.park"
    make(path)
    window = make_window(a_program())
    window.start(str(path))
    settle(qtbot, window)
    shown = stand_in(window)
    assert isinstance(shown, TroublePage)
    assert words in shown._text.text()
    assert "问题.park" in shown._text.text()
    assert [b.text() for b in shown.findChildren(Button)] == [
        "重试",
        "打开其他项目…",
        "打开示例园区",
    ]
    assert unnamed(window) == []


def test_closing_a_changed_project_backs_it_up_once(window, tmp_path, qtbot):
    [key] = [park.key for park in window.context.services.querying.records("park")]
    window.context.services.editing.edit("park", key, "name", "滨河二园")
    window.close()
    [backup] = (tmp_path / "备份").glob("*.park")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT name FROM park").fetchone() == ("滨河二园",)


def test_closing_an_unchanged_project_makes_no_backup(window, tmp_path):
    window.close()
    assert not (tmp_path / "备份").exists()


def test_a_damaged_project_comes_back_from_its_last_backup_and_is_kept(
    make_window, tmp_path, qtbot
):
    program = a_program()
    path = a_project(program, tmp_path / "园.park")
    program.back_up(path)
    damaged(Path(path))
    spoilt = Path(path).read_bytes()
    window = make_window(program)
    window.start(path)
    settle(qtbot, window)
    settle(qtbot, window)
    assert "最近一份可用的备份" in "".join(
        label.text() for label in stand_in(window).findChildren(Label)
    )
    qtbot.mouseClick(stand_in(window).restore, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.context.park.label == "滨河高新产业园"
    [aside] = tmp_path.glob("*.bak")
    assert aside.read_bytes() == spoilt
    assert aside.name in "".join(label.text() for label in window.findChildren(Label))


def test_restoring_an_open_project_opens_the_backup(window, tmp_path, qtbot):
    services = window.context.services
    made = window.program.back_up(services.project)
    [key] = [park.key for park in services.querying.records("park")]
    services.editing.edit("park", key, "name", "改坏了")
    window.restore_backup(made.backup.path)
    settle(qtbot, window)
    assert window.context.park.label == "滨河高新产业园"
    assert list(tmp_path.glob("滨河.park.*.bak"))


def test_a_locked_project_can_be_tried_again(make_window, tmp_path, qtbot):
    program = a_program()
    path = a_project(program, tmp_path / "占用.park")
    window = make_window(program)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        window.start(path)
        settle(qtbot, window)
        assert "正被其他程序使用" in stand_in(window)._text.text()
        other.rollback()
    retry = next(b for b in stand_in(window).findChildren(Button) if b.text() == "重试")
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.context.park.label == "滨河高新产业园"


def test_a_failed_second_project_leaves_the_first_one_open(window, tmp_path, qtbot):
    window.opening.open(str(tmp_path / "没有.park"))
    settle(qtbot, window)
    assert window.context.park.label == "滨河高新产业园"
    assert "找不到" in window.errors.shown()._text.text()


# ---- pages


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_page_opens_and_everything_on_it_is_named(make_window, tmp_path, qtbot, language):
    program = a_program(language)
    window = make_window(program)
    window.opening.open(a_project(program, tmp_path / "滨河.park"))
    settle(qtbot, window)
    for entry in PAGES:
        window.go(entry.key)
        settle(qtbot, window)
        assert entry.key == page(window).KEY
        assert window.shell.top._title.text() == window.program.texts()(entry.title_key)
        assert unnamed(window) == []


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
    from workbench.ui.shortcut_sheet import ShortcutSheet

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
