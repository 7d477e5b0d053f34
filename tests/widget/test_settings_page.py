"""Settings take effect at once; parameters and the change log say what they rest on."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.page_rig import a_rig, is_collected, one_park, unnamed
from workbench.application.project import cleaning
from workbench.application.project.evidencing import Owner
from workbench.ui.pages.evidence.box import EvidenceBox
from workbench.ui.pages.evidence.files import EvidenceFiles
from workbench.ui.pages.help.page import HelpPage
from workbench.ui.pages.settings.page import SettingsPage
from workbench.ui.widgets.dialog import Confirmation
from workbench.ui.widgets.label import Label

rig = one_park


def test_a_click_changes_one_setting_and_leaves_the_others(rig, qtbot):
    page = rig.show(SettingsPage)
    qtbot.mouseClick(page.theme.button("dark"), Qt.MouseButton.LeftButton)
    [wanted] = rig.shell.settings
    assert wanted.theme == "dark"
    assert (wanted.language, wanted.zoom) == ("zh_CN", 100)


def test_the_name_is_taken_when_the_field_is_left(rig, qtbot):
    page = rig.show(SettingsPage)
    page.name.setFocus()
    page.name.insert("王海涛")
    page.theme.button("light").setFocus()
    assert [settings.actor for settings in rig.shell.settings] == ["王海涛"]


def test_choosing_what_is_in_use_changes_nothing(rig, qtbot):
    page = rig.show(SettingsPage)
    qtbot.mouseClick(page.language.button("zh_CN"), Qt.MouseButton.LeftButton)
    assert rig.shell.settings == []


def test_every_parameter_shows_its_source_and_whether_it_was_verified(rig, qtbot):
    page = rig.show(SettingsPage)
    page.show_target("parameters")
    view = page.parameters
    params = list(rig.services.content.parameters)
    assert len(view.table.rows()) == len(params)
    first = view.table.rows()[0]
    assert first.cells[0].text == params[0].name.zh
    assert first.cells[4].text == params[0].source.cite("zh_CN")
    assert first.cells[5].text == ("已核对" if params[0].verified_on else "未核对")


def test_parameters_are_found_by_their_code(rig, qtbot):
    page = rig.show(SettingsPage)
    page.show_target("parameters")
    view = page.parameters
    with qtbot.waitSignal(view.search.searched):
        qtbot.keyClicks(view.search, "vat_simple")
    [row] = view.table.rows()
    assert row.cells[1].text == "5%"


def test_the_change_log_tells_what_happened_and_what_was_taken_back(rig):
    page = rig.show(HelpPage)
    page.show_target("log")
    rig.services.editing.add("building", {"name": "A1", "park": rig.context.park_key})
    assert "A1" in page.log.rows()[0].cells[2].text
    rig.services.history.undo()
    assert page.log.rows()[0].cells[2].text.startswith("撤销")
    assert page.log.rows()[1].cells[3].text == "已撤销"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("page_type", "tabs"),
    [(SettingsPage, ["general", "parameters"]), (HelpPage, ["guide", "shortcuts", "log", "about"])],
)
def test_every_tab_opens_in_both_languages_and_is_named(tmp_path, qtbot, language, page_type, tabs):
    rig = a_rig(tmp_path, qtbot, language)
    page = rig.show(page_type)
    for tab in tabs:
        page.show_target(tab)
        assert unnamed(page) == []
    rig.close()


@pytest.mark.parametrize("page_type", [SettingsPage, HelpPage])
def test_a_closed_page_is_collected(rig, page_type):
    assert is_collected(rig, page_type)


def test_a_backup_made_in_the_settings_is_listed_as_good_and_offered_for_restore(rig, qtbot):
    page = rig.show(SettingsPage)
    page.show_target("backups")
    rig.settle(qtbot)
    view = page.backups
    assert view.table.rows() == ()
    assert not view.table.isVisible(), "no bare heading over nothing"
    assert "还没有备份" in "".join(label.text() for label in view.findChildren(Label))
    assert not view.restore.isEnabled()
    qtbot.mouseClick(view.make, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    rig.settle(qtbot)
    [row] = view.table.rows()
    assert view.table.isVisible()
    assert row.cells[2].text == "完好"
    assert "写后核对无误" in rig.shell.toasts[0]
    qtbot.mouseClick(view.restore, Qt.MouseButton.LeftButton)
    [dialog] = rig.host.findChildren(Confirmation)
    assert "改回" in "".join(label.text() for label in dialog.findChildren(Label))
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert rig.shell.restored == [row.key]


def test_the_focus_stays_on_the_button_that_made_a_backup(rig, qtbot):
    page = rig.show(SettingsPage)
    page.show_target("backups")
    rig.settle(qtbot)
    page.backups.make.setFocus()
    QTest.keyClick(page.backups.make, Qt.Key.Key_Space)
    rig.settle(qtbot)
    assert len(page.backups.table.rows()) == 1
    assert page.backups.make.hasFocus()


def test_how_many_backups_stay_is_a_setting(rig, qtbot):
    page = rig.show(SettingsPage)
    page.show_target("backups")
    rig.settle(qtbot)
    qtbot.mouseClick(page.backups.at_close.button("no"), Qt.MouseButton.LeftButton)
    assert not rig.shell.settings[-1].backup_at_close


def test_files_that_nothing_needs_are_shown_backed_up_and_removed(
    rig, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr(cleaning, "SEARCHED", 1)
    services, park = rig.services, rig.context.park_key
    old = tmp_path / "旧图.jpg"
    old.write_bytes(b"x" * 5000)
    [key] = services.evidencing.attach(Owner("park", park), [str(old)])
    page = rig.show(SettingsPage)
    page.show_target("backups")
    rig.settle(qtbot)
    qtbot.mouseClick(page.backups.clean, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    assert "没有可以清理的文件" in rig.shell.toasts[-1]
    services.evidencing.detach(key)
    services.editing.edit("park", park, "note", "一")
    qtbot.mouseClick(page.backups.clean, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    [dialog] = rig.host.findChildren(Confirmation)
    assert "旧图.jpg" in "".join(label.text() for label in dialog.findChildren(Label))
    dialog.reason.setText("旧图已经归档")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    assert "已清理 1 份" in rig.shell.toasts[-1]
    assert services.querying.operations(1)[0].reason == "旧图已经归档"
    assert services.keeping.cleaning.look().found == ()
    assert len(rig.program.safekeeping.backups(services.project, page.backups.place())) == 1


def test_a_shown_file_that_was_altered_says_so_without_being_asked(rig, qtbot, tmp_path):
    park = rig.context.park_key
    path = tmp_path / "权证.txt"
    path.write_bytes(b"x" * 500)
    rig.services.evidencing.attach(Owner("park", park), [str(path)])
    with closing(sqlite3.connect(rig.services.project)) as behind:
        behind.execute("UPDATE blob_piece SET content = x'00'")
        behind.commit()
    box = EvidenceBox()
    qtbot.addWidget(box)
    files = EvidenceFiles(rig.context, box)
    files.serve(box)
    box.set_evidence(rig.services.evidencing.of("park", park))
    rig.settle(qtbot)
    assert any("不同" in label.text() for label in box.findChildren(Label))
