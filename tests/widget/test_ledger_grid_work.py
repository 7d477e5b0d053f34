# SPDX-License-Identifier: MIT
"""Work in the ledger tables beyond single cells: own views, order of columns, replace, new rows."""

from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from tests.builders import a_lease, a_record
from tests.widget.input_method import commit
from tests.widget.ledger_rig import small_park
from workbench.domain.catalogue import CATALOGUE
from workbench.ui.models.field_columns import column_sum
from workbench.ui.pages.ledger.own_views import NameDialog
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.pages.ledger.replace import ReplaceDialog
from workbench.ui.texts import set_texts
from workbench.ui.widgets.grid.layout import GridLayout, layout_of
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey
from workbench.ui.widgets.grid.row_words import RowWords

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
rig = small_park


@pytest.fixture
def page(rig):
    shown = rig.show(LedgerPage)
    shown.tabs.choose("building")
    return shown


def names(page):
    model = page.sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def at(page, name, column):
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(names(page).index(name), sheet.model.column_number(column))


def press(page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.sheet().grid, key, modifiers)
    QApplication.processEvents()


def kept(rig, code):
    return rig.services.querying.record("building", rig.keys[code])


# ---- layouts and own views


def test_a_layout_reads_what_it_wrote_and_names_no_words():
    layout = GridLayout(
        ("code", "kind"), {"code": 99.5}, 1, (SortKey("kind", descending=True),),
        {"kind": ColumnFilter(frozenset({"仓库"})),
         "gfa_actual": ColumnFilter(minimum=Decimal("1.5"))},
        "kind", "厂", "idle",
    )  # fmt: skip
    assert layout_of(layout.to_json()) == layout
    assert layout_of("{broken") is None
    assert layout_of('{"filters": {"a": {"minimum": ["n", "x"]}}}') is None


def test_a_dragged_header_moves_its_column_and_the_order_is_kept(rig, page):
    grid = page.sheet().grid
    header = grid.header()
    kind = page.sheet().model.column_number("kind")
    start = QPoint(header.section_left(kind) + 20, 12)
    end = QPoint(header.section_left(page.sheet().model.column_number("name")) + 4, 12)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(header.viewport(), (start + end) / 2)
    QTest.mouseMove(header.viewport(), end)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert grid.shown_keys()[:3] == ["code", "kind", "name"]
    record = page.sheet().model.record_at(0)
    assert page.sheet().model.cell(0, 1).text == record.get("kind")
    again = rig.show(LedgerPage)
    again.tabs.choose("building")
    assert again.sheet().grid.shown_keys()[:3] == ["code", "kind", "name"]


def test_a_view_is_saved_under_a_name_and_shows_the_same_again(rig, page, qtbot):
    sheet = page.sheet()
    sheet.model.set_filter("use_status", ColumnFilter(frozenset({"空置"})))
    sheet.model.set_sort([SortKey("gfa_actual", descending=True)])
    qtbot.mouseClick(sheet.view_tabs._save, Qt.MouseButton.LeftButton)
    dialog = rig.host.findChild(NameDialog)
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert "名称" in dialog._note.text()
    commit(dialog.field, "空楼")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert rig.services.history.next_undo().label == "saved_views.add"
    [view] = rig.services.saved_views.of_sheet("building")
    qtbot.mouseClick(sheet.views.button("all"), Qt.MouseButton.LeftButton)
    sheet.model.clear_filters()
    assert len(names(page)) == 3
    qtbot.mouseClick(sheet.views.button(f"own:{view.key}"), Qt.MouseButton.LeftButton)
    assert names(page) == ["研发二号楼"]
    assert sheet.model.sort_keys == (SortKey("gfa_actual", descending=True),)
    rig.services.history.undo()
    assert rig.services.saved_views.of_sheet("building") == []


def test_a_view_is_renamed_updated_and_deleted_and_each_can_be_undone(rig, page):
    views, tabs = rig.services.saved_views, page.sheet().view_tabs
    tabs.keep("一", page.sheet().grid.layout_now())
    page.sheet().model.set_words("仓库")
    tabs.update_asked.emit()
    [view] = views.of_sheet("building")
    assert layout_of(view.layout).words == "仓库"
    views.rename(view.key, "二")
    assert views.of_sheet("building")[0].name == "二"
    tabs._on_delete()
    assert views.of_sheet("building") == []
    rig.shell.actions[-1]()
    assert views.of_sheet("building")[0].name == "二"


def test_filters_order_cursor_and_view_survive_a_change_of_language(rig, page):
    sheet = page.sheet()
    sheet.model.set_filter("use_status", ColumnFilter(frozenset({"空置", "出租"})))
    sheet.model.set_sort([SortKey("gfa_actual")])
    at(page, "仓库", "gfa_actual")
    sheet.grid.go_to(0, sheet.model.column_number("gfa_actual"), extend=True)
    page.leave()
    rig.program.language = "en"
    set_texts(rig.program.texts("en"))
    english = rig.show(LedgerPage)
    assert english.tabs.current() == "building"
    assert names(english) == ["研发二号楼", "仓库"]
    assert english.sheet().current_record().label == "研发二号楼"
    [block] = english.sheet().grid.selected_blocks()
    assert block[0] == 0
    assert block[2] == 1
    number = english.sheet().model.column_number("use_status")
    assert english.sheet().model.cell(0, number).text == "Vacant"
    assert "Vacant" in english.sheet().filters.words()[0]


# ---- search, replace


def test_two_chinese_characters_find_their_rows_while_typing(page):
    sheet = page.sheet()
    commit(sheet.search, "仓库")
    assert names(page) == ["仓库"]
    assert sheet.filters._count.text() == "显示 1 / 3"
    sheet.search.clear()
    assert len(names(page)) == 3


class Rows:
    """Answers for rows of one word each, and counts what it was asked."""

    def __init__(self, words):
        self.rows = words
        self.asked = []

    def source_count(self):
        return len(self.rows)

    def word_columns(self):
        return [0]

    def words_in(self, _column, sources):
        self.asked += sources
        return [self.rows[source] for source in sources]


def test_words_read_ahead_follow_edits_and_are_not_read_twice(monkeypatch):
    monkeypatch.setattr("workbench.ui.widgets.grid.row_words.ROWS_IN_PIECE", 4)
    source = Rows([f"w{n}" for n in range(10)])
    words = RowWords(source)
    assert not words.read_ahead(4)
    source.rows[1] = source.rows[8] = "new"
    words.change([1, 8])
    assert source.asked == [0, 1, 2, 3], "what was not read needs no second reading"
    assert list(words.masks(["new"])[0]) == [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    assert len(source.asked) == 14, "the piece of the changed row and those not read yet"
    assert words.read_ahead(4)
    words.forget()
    assert [words.read_ahead(4) for _ in range(3)] == [False, False, True]
    assert sum(words.masks(["w"])[0]) == 10
    assert len(source.asked) == 24, "each row once again"


def test_entering_the_search_reads_between_events_what_the_first_letter_needs(page, qtbot):
    sheet = page.sheet()
    asked = []
    read = sheet.model.words_in
    sheet.model.words_in = lambda at, rows: asked.append((at, *rows)) or read(at, rows)
    QTest.mouseClick(sheet.search, Qt.MouseButton.LeftButton)
    columns = len(sheet.model.word_columns())
    qtbot.waitUntil(lambda: len(asked) == columns and not sheet._ahead.isActive())
    commit(sheet.search, "仓库")
    assert names(page) == ["仓库"]
    assert len(asked) == columns, "the letter found everything read"


def test_replace_shows_before_and_after_and_is_one_step(rig, page):
    at(page, "研发一号楼", "name")
    press(page, Key.Key_H, CTRL)
    dialog = rig.host.findChild(ReplaceDialog)
    commit(dialog.words, "研发")
    commit(dialog.new, "科研")
    marks = list(dialog._list.findChildren(QCheckBox))
    assert {"研发一号楼的楼栋名称", "研发一号楼的类型"} <= {box.text() for box in marks}
    for box in marks:
        if not box.text().endswith("名称"):
            box.click()
    assert dialog._go.text() == "替换 2 个单元格"
    dialog._go.click()
    QApplication.processEvents()
    assert names(page) == ["科研一号楼", "科研二号楼", "仓库"]
    step = rig.services.history.next_undo()
    assert (step.label, step.params["count"]) == ("ledger_replace.step", "2")
    rig.services.history.undo()
    assert names(page)[0] == "研发一号楼"


# ---- rows


def test_inserted_rows_stand_above_and_belong_to_the_same_parcel(rig, page):
    at(page, "研发二号楼", "name")
    page.sheet().grid.go_to(2, page.sheet().model.column_number("name"), extend=True)
    press(page, Key.Key_Plus, CTRL | SHIFT)
    assert names(page)[0] == "研发一号楼"
    assert names(page)[3:] == ["研发二号楼", "仓库"]
    first = page.sheet().current_record()
    assert first.get("parcel") == rig.keys["G2"]
    assert page.sheet().grid.current_cell()[0] == 1
    assert rig.services.history.next_undo().params["count"] == "2"
    rig.services.history.undo()
    assert names(page) == ["研发一号楼", "研发二号楼", "仓库"]


def test_inserted_rows_stay_in_sight_beside_a_filter_that_they_do_not_meet(rig, page):
    """The filter stays, as in Excel, and says that two rows do not answer to it."""
    model = page.sheet().model
    model.set_filter("name", ColumnFilter(words="二号"))
    assert names(page) == ["研发二号楼"]
    at(page, "研发二号楼", "name")
    press(page, Key.Key_Plus, CTRL | SHIFT)
    press(page, Key.Key_Plus, CTRL | SHIFT)
    assert len(names(page)) == 3
    assert names(page)[-1] == "研发二号楼"
    assert set(model.filters) == {"name"}
    assert model.strays() == 2
    assert page.sheet().current_record().get("name") is None
    page.sheet()._narrow_again()
    assert names(page) == ["研发二号楼"]


def test_rows_pasted_beyond_the_last_one_become_records_when_asked(rig, page):
    at(page, "仓库", "name")
    QApplication.clipboard().setText("仓库甲\r\n仓库乙\r\n仓库丙\r\n")
    press(page, Key.Key_V, CTRL)
    assert names(page)[-1] == "仓库甲"
    assert "还有 2 行超出表格末行" in rig.shell.toasts[-1]
    rig.shell.actions[-1]()
    QApplication.processEvents()
    assert names(page)[-2:] == ["仓库乙", "仓库丙"]
    added = page.sheet().model.record_at(len(names(page)) - 1)
    assert added.get("park") == rig.context.park_key
    rig.services.history.undo()
    assert names(page)[-1] == "仓库甲"


def test_capacities_in_different_units_have_no_sum():
    """kVA beside 吨/日 and 元/㎡·天 beside 元/㎡·月 are counted, never added up."""
    plants = [
        a_record("facility", name="变电站", capacity=2500, capacity_unit="kVA"),
        a_record("facility", name="污水厂", capacity=20000, capacity_unit="吨/日"),
    ]
    field = CATALOGUE["facility"]["capacity"]
    assert column_sum(plants, field).measures == {"kVA", "吨/日"}
    assert column_sum(plants[:1], field).measures == {"kVA"}
    leases = [a_lease(rent_price=1, rent_unit="元/㎡·天"), a_lease(rent_price=30)]
    assert len(column_sum(leases, CATALOGUE["lease"]["rent_price"]).measures) == 2


# ---- groups


def test_grouping_shows_subtotals_that_count_the_unknown_and_folds(rig, page, qtbot):
    rig.services.editing.edit("building", rig.keys["B3"], "gfa_actual", "")
    sheet = page.sheet()
    sheet.model.set_group("use_status")
    first = [sheet.model.cell(row, 0).text for row in range(sheet.model.rowCount())]
    assert [text for text in first if text[0] in "▾▸"] == [
        "▾ 部分出租（1）", "▾ 出租（1）", "▾ 空置（1）",
    ]  # fmt: skip
    area = sheet.model.column_number("gfa_actual")
    sums = [sheet.model.cell(row, area).text for row in (0, 2, 4)]
    assert set(sums) == {"Σ 21,450.00", "1 待核", "Σ 9,800.00"}
    assert sheet.model.matches() == 3
    at_heading = sheet.grid.visualRect(sheet.model.index(0, 0)).center()
    qtbot.mouseClick(sheet.grid.viewport(), Qt.MouseButton.LeftButton, pos=at_heading)
    assert sheet.model.rowCount() == 5
    press(page, Key.Key_F2)
    assert sheet.model.rowCount() == 6
    sheet.model.set_group("")
    assert sheet.model.rowCount() == 3


def test_a_heading_s_words_go_on_over_the_empty_cells_beside_a_short_column(page):
    """In English a heading such as "Custom factory (28)" was cut in the column of the codes."""
    sheet = page.sheet()
    sheet.model.set_group("use_status")
    sheet.grid.setFocus()
    sheet.grid.go_to(3, 3)

    def colours(column):
        picture = sheet.grid.viewport().grab().toImage()
        box = sheet.grid.visualRect(sheet.model.index(0, column)).adjusted(2, 4, -2, -4)
        middle = box.center().y()
        return {picture.pixel(x, middle) for x in range(box.left(), box.left() + 40)}

    sheet.grid.header().resizeSection(0, 160)
    assert len(colours(1)) == 1, "it fits its own column"
    sheet.grid.header().resizeSection(0, 48)
    assert len(colours(1)) > 1
    assert len(colours(2)) == 1, "and no farther than it needs"


def test_a_subtotal_too_wide_for_its_column_still_says_what_is_unknown(rig, page):
    """Cut to one line it read "Σ 57,312.10…": the count of unknown values is never lost."""
    rig.services.editing.edit("building", rig.keys["B2"], "gfa_actual", "")
    sheet = page.sheet()
    sheet.model.set_group("kind")
    area = sheet.model.column_number("gfa_actual")
    assert sheet.model.cell(0, area).lines == ("Σ 37,050.00", "1 待核")
    assert sheet.model.cell(0, 0).lines == ("▾ 研发办公", "3 条")

    def inked_rows():
        picture = sheet.grid.viewport().grab().toImage()
        box = sheet.grid.visualRect(sheet.model.index(0, area)).adjusted(4, 2, -4, -2)
        ground = picture.pixel(box.left(), box.top())
        across = range(box.left(), box.right())
        return [
            any(picture.pixel(x, y) != ground for x in across)
            for y in range(box.top(), box.bottom())
        ]

    sheet.grid.header().resizeSection(area, 220)
    assert sum(a != b for a, b in pairwise([False, *inked_rows(), False])) == 2, "one line"
    sheet.grid.header().resizeSection(area, 90)
    assert sum(a != b for a, b in pairwise([False, *inked_rows(), False])) >= 4, "two lines"


def test_a_heading_takes_no_text_and_the_block_round_it_does(rig, page):
    sheet = page.sheet()
    sheet.model.set_group("use_status")
    name = sheet.model.column_number("name")
    QApplication.clipboard().setText("甲")
    sheet.grid.setFocus()
    sheet.grid.go_to(0, name)
    sheet.grid.go_to(3, name, extend=True)
    press(page, Key.Key_V, CTRL)
    assert "已修改 2 个单元格" in rig.shell.toasts[-1]


def test_the_register_counts_a_parcel_s_buildings_once(rig, page):
    page.tabs.choose("assets")
    sheet = page.sheet()
    sheet.model.set_group("entity")
    columns = {c.key: n for n, c in enumerate(sheet.model.columns())}
    heads = [row for row in range(sheet.model.rowCount()) if sheet.model.source_row(row) < 0]
    words = {sheet.model.cell(r, 0).text: sheet.model.cell(r, columns["floor_area"]).text
             for r in heads}  # fmt: skip
    assert words["▾ 楼栋（3）"] == "Σ 46,850"
    assert words["▾ 宗地（2）"].strip() == ""


def test_a_pasted_block_with_a_header_goes_by_its_names_and_units(rig, page):
    """E2: an area under a heading in ㎡ is never read as 亩, whatever the column shows."""
    page.tabs.choose("parcel")
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(0, sheet.model.column_number("code"))
    QApplication.clipboard().setText(
        "宗地名称\t土地面积（㎡）\r\n东区一号地\t33333.33\r\n东区二号地\t20亩\r\n"
    )
    press(page, Key.Key_V, CTRL)
    stored = [rig.services.querying.record("parcel", rig.keys[code]) for code in ("G1", "G2")]
    assert [record.get("name") for record in stored] == ["东区一号地", "东区二号地"]
    assert [record.get("code") for record in stored] == ["G1", "G2"]
    assert stored[0].number("area_cert") == Decimal("33333.33")
    assert stored[1].number("area_cert") == pytest.approx(Decimal("13333.333333"))
    assert rig.services.history.next_undo().label == "ui.step_paste"
