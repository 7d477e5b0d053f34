"""A team's own field: declared in Settings with real events, then in grid, form, detail, filter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import a_rig, is_collected, unnamed
from workbench.domain.fields import FieldType
from workbench.domain.records.own_fields import OwnField
from workbench.ui.pages.ledger.columns import keep_columns
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.pages.settings.own_field_dialog import HideFieldDialog, OwnFieldDialog
from workbench.ui.pages.settings.page import SettingsPage
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    made.services.editing.add("building", {"name": "1号楼", "park": "滨河高新产业园"})
    yield made
    made.close()


def click(widget):
    QTest.mouseClick(widget, LEFT)


def dialog_of(rig, kind=OwnFieldDialog):
    return rig.host.findChildren(kind)[-1]


def press(dialog, words):
    click(next(b for b in dialog.findChildren(QPushButton) if b.text() == words))
    QApplication.processEvents()


def choose(box, key):
    box.setFocus()
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_a_field_is_declared_with_an_input_method_and_is_everywhere_at_once(rig):
    page = rig.show(SettingsPage)
    page.show_target("fields")
    page.fields.open_new()
    dialog = dialog_of(rig)
    compose(dialog.title, "zhu'ju")
    commit(dialog.title, "柱距")
    QTest.keyClicks(dialog.english, "Bay width")
    choose(dialog.type, FieldType.NUMBER.value)
    QTest.keyClicks(dialog.unit, "m")
    commit(dialog.synonyms, "柱网间距、跨距")
    press(dialog, "创建字段")
    [own] = rig.services.own_fields.all()
    assert (own.code, own.unit, own.synonyms) == ("own_bay_width", "m", ("柱网间距", "跨距"))
    assert page.fields.table.rows()[0].cells[0].text == "柱距"

    ledger = rig.show(LedgerPage)
    ledger.show_target("building")
    ledger.tabs.choose("building")
    sheet = ledger.sheet()
    keys = [column.key for column in sheet.model.columns()]
    at = keys.index("own_bay_width")
    assert not sheet.grid.isColumnHidden(at)
    sheet.grid.go_to(0, at)
    sheet.grid.setFocus()
    QTest.keyClicks(sheet.grid, "7")
    QTest.keyClicks(QApplication.focusWidget(), ".5")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    record = rig.services.querying.records("building")[0]
    assert record.number("own_bay_width") == 7.5
    assert sheet.model.index(0, at).data() == "7.50"


def test_a_field_of_choices_offers_them_in_the_form_of_a_new_record(rig):
    choices = ("甲级 = Grade A", "乙级 = Grade B")
    rig.services.own_fields.add(OwnField("building", "厂房等级", FieldType.CHOICE, choices=choices))
    page = rig.show(LedgerPage)
    page.open_new("building")
    from workbench.ui.pages.ledger.new import NewRecordDialog

    dialog = dialog_of(rig, NewRecordDialog)
    box = dialog.input("own_chang_fang_deng_ji")
    assert [box.itemText(at) for at in range(box.count())][1:] == ["甲级", "乙级"]


def test_what_is_wrong_is_said_at_the_input_and_nothing_is_kept(rig):
    page = rig.show(SettingsPage)
    page.show_target("fields")
    page.fields.open_new()
    dialog = dialog_of(rig)
    commit(dialog.title, "建筑面积")
    press(dialog, "创建字段")
    assert "已经是楼栋字段“证载建筑面积”" in dialog._note.text()
    assert dialog.title.property("state") == "error"
    dialog.title.clear()
    commit(dialog.title, "堆场")
    choose(dialog.type, FieldType.NUMBER.value)
    commit(dialog.unit, "亩")
    press(dialog, "创建字段")
    assert "面积" in dialog._note.text()
    assert dialog.unit.property("state") == "error"
    assert not rig.services.own_fields.all()
    choose(dialog.type, FieldType.AREA.value)
    dialog.offered.choose("亩")
    press(dialog, "创建字段")
    assert rig.services.own_fields.all()[0].field().shown_unit == "亩"


def test_a_filled_field_is_not_removed_but_hidden_with_a_reason_and_used_again(rig):
    own = rig.services.own_fields.add(OwnField("building", "柱距", FieldType.NUMBER, unit="m"))
    key = rig.services.querying.records("building")[0].key
    rig.services.editing.edit("building", key, own.code, "7.5")
    page = rig.show(SettingsPage)
    page.show_target("fields")
    view = page.fields
    click(view.remove)
    assert rig.shell.errors[-1].code == "own_fields.has_values"
    click(view.hide_button)
    dialog = dialog_of(rig, HideFieldDialog)
    press(dialog, "停用")
    assert "理由" in dialog._note.text()
    commit(dialog.reason, "不再统计")
    press(dialog, "停用")
    assert view.table.rows()[0].cells[-1].detail == "不再统计"
    assert own.code not in rig.services.catalogue["building"]
    click(view.hide_button)
    assert own.code in rig.services.catalogue["building"]


def test_undo_brings_a_removed_definition_back_into_the_list(rig):
    rig.services.own_fields.add(OwnField("building", "柱距"))
    page = rig.show(SettingsPage)
    page.show_target("fields")
    click(page.fields.remove)
    assert not page.fields.table.rows()
    rig.services.history.undo()
    assert page.fields.table.rows()[0].cells[0].text == "柱距"


def test_the_tab_names_everything_that_can_be_reached_and_is_freed(rig):
    rig.services.own_fields.add(OwnField("building", "柱距"))

    def make(context):
        page = SettingsPage(context)
        page.show_target("fields")
        return page

    assert unnamed(rig.show(make)) == []
    assert is_collected(rig, make)


def register_of(rig):
    page = rig.show(LedgerPage)
    return page.sheet()


def test_own_fields_of_assets_stand_in_the_register_kinds_alike_in_one_column(rig, qtbot):
    add = rig.services.editing.add
    add("parcel", {"name": "东地块", "park": "滨河高新产业园"})
    add("facility", {"name": "变电站", "park": "滨河高新产业园"})
    for entity in ("parcel", "building"):
        rig.services.own_fields.add(OwnField(entity, "联络人", english="Liaison"))
    rig.services.own_fields.add(OwnField("building", "堆场", FieldType.AREA, unit="亩"))
    sheet = register_of(rig)
    model, grid = sheet.model, sheet.grid
    titles = [column.title for column in model.columns()]
    assert titles.count("联络人") == 1
    person, yard = titles.index("联络人"), titles.index("堆场")
    assert not grid.isColumnHidden(person)
    rows = {model.record_at(row).label: row for row in range(model.rowCount())}
    grid.setFocus()
    grid.go_to(rows["东地块"], person)
    compose(grid, "li")
    commit(grid.open_editor(), "李工")
    QTest.keyClick(grid.open_editor(), Qt.Key.Key_Return)
    grid.go_to(rows["1号楼"], yard)
    for letter in "1333.34":
        QTest.keyClicks(grid.open_editor() or grid, letter)
    commit(grid.open_editor(), "㎡")
    QTest.keyClick(grid.open_editor(), Qt.Key.Key_Return)
    assert model.cell(rows["东地块"], person).text == "李工"
    assert model.cell(rows["1号楼"], yard).text == "2.00"
    grid.go_to(rows["变电站"], person)
    QTest.keyClicks(grid, "X")
    QTest.keyClick(grid.open_editor(), Qt.Key.Key_Return)
    assert model.cell(rows["变电站"], person).text == "", "a facility has no such field"
    model.set_filter(model.columns()[person].key, ColumnFilter(frozenset({"李工"})))
    assert [model.record_at(row).label for row in range(model.rowCount())] == ["东地块"]
    model.clear_filters()
    model.set_sort([SortKey(model.columns()[yard].key)])
    assert model.record_at(0).label == "1号楼", "unknown values come last"
    model.set_words("李工")
    assert model.rowCount() == 1


def test_a_column_of_the_register_chosen_before_gains_the_new_field(rig):
    keep_columns(rig.context, "assets", ["code", "name"])
    page = rig.show(SettingsPage)
    page.show_target("fields")
    page.fields.open_new()
    commit(dialog_of(rig).title, "柱距")
    press(dialog_of(rig), "创建字段")
    assert register_of(rig).grid.shown_keys() == ["code", "name", "own_zhu_ju"]
