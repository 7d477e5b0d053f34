# SPDX-License-Identifier: MIT
"""The window: starting, opening projects, and what does not open."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.dropping import drop_file
from tests.widget.page_rig import unnamed
from tests.widget.window_rig import a_program, a_project, page, settle, stand_in
from workbench.ui import file_dialogs
from workbench.ui.frame import closing_copy
from workbench.ui.frame.welcome import FirstRunPage, TroublePage
from workbench.ui.models.asset_columns import COLUMNS
from workbench.ui.pages.imports.dialog import ImportDialog
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.empty_state import ChoiceCard
from workbench.ui.widgets.label import Label

ROOT = Path(__file__).resolve().parents[2]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME = [column.key for column in COLUMNS].index("name")


# ---- starting


def test_nothing_heavy_is_imported_before_the_first_picture(tmp_path):
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from workbench.bootstrap import Program\n"
        "from workbench.ui.look import looks\n"
        "from workbench.ui.frame.window import Window\n"
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
    drop_file(window, ledger)
    settle(qtbot, window)
    assert wanted == ["台账"]
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.step() == "columns")
    assert dialog.files.files == [str(ledger)]


def test_a_project_dropped_on_the_window_is_opened(window, tmp_path, qtbot):
    other = a_project(window.program, tmp_path / "另一个.park")
    drop_file(window, other)
    settle(qtbot, window)
    assert window.context.services.project == other
    assert window.program.settings.recent[0] == other


def test_what_is_neither_project_nor_ledger_is_refused_in_words(window, tmp_path):
    drop_file(window, tmp_path / "照片.jpg")
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
    rename_park(window, "滨河二园")
    window.close()
    [backup] = (tmp_path / "备份").glob("*.park")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT name FROM park").fetchone() == ("滨河二园",)


def rename_park(window, name):
    [key] = [park.key for park in window.context.services.querying.records("park")]
    window.context.services.editing.edit("park", key, "name", name)


def test_a_large_project_is_backed_up_in_sight_and_the_window_closes_when_it_is_whole(
    window, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr(closing_copy, "SMALL", -1)
    rename_park(window, "滨河二园")
    assert not window.close()
    assert window.isVisible()
    dialog = window.safekeeping.copy.dialog
    assert "滨河.park" in "".join(label.text() for label in dialog.findChildren(Label))
    assert not window.close()  # a second click on the cross waits as well
    qtbot.waitUntil(lambda: not window.isVisible())
    [backup] = (tmp_path / "备份").glob("*.park")
    assert window.program.safekeeping.verify(str(backup)).whole


def test_a_backup_at_close_can_be_stopped_to_stay_or_to_close_without(
    window, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr(closing_copy, "SMALL", -1)
    rename_park(window, "滨河二园")
    window.close()
    qtbot.mouseClick(window.safekeeping.copy.dialog.stay, Qt.MouseButton.LeftButton)
    assert window.isVisible()
    assert window.context is not None
    window.close()
    qtbot.mouseClick(window.safekeeping.copy.dialog.without, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert not list((tmp_path / "备份").glob(".*.new"))


def test_changes_of_a_killed_session_are_backed_up_at_the_next_close(window, tmp_path):
    """A kill, a power cut or the end of the session leaves no backup of what was changed."""
    rename_park(window, "滨河二园")
    project = window.context.services.project
    made = Path(window.program.back_up(project).backup.path)
    old = made.with_name(re.sub(r"\d{8}-", "20200101-", made.name))
    made.rename(old)
    made.with_name(made.name + ".sha256").rename(old.with_name(old.name + ".sha256"))
    window.safekeeping._changed = False  # as after the next start
    window.close()
    assert len(list((tmp_path / "备份").glob("*.park"))) == 2


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


def test_help_is_about_the_page_on_which_it_is_asked(window, qtbot):
    window.go("checklist")
    QTest.keyClick(window, Key.Key_F1)
    guide = page(window).guide
    first = guide.content.itemAt(0).widget()
    assert first is guide.cards["checklist"]
    qtbot.mouseClick(first.findChild(Button), Qt.MouseButton.LeftButton)
    assert page(window).KEY == "checklist"
