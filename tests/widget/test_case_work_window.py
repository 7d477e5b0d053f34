"""The case library in the window: Excel sheets, chips of region and standing, ids that change."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import a_building, a_ledger, a_parcel, a_park, a_record
from tests.widget.page_rig import TODAY, one_park, unnamed
from workbench.domain.cases.contradictions import contradictions
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import RefusedError
from workbench.files.case_card import case_card
from workbench.ui.pages.cases.page import CasesPage
from workbench.ui.pages.cases.sheets import SheetDialog

LEFT = Qt.MouseButton.LeftButton


rig = one_park


@pytest.fixture
def page(rig):
    return rig.show(CasesPage)


def filled(path, number="82.5"):
    """Fill the blank sheets as a person does, by their headings in row 2."""
    book = load_workbook(path)

    def fill(sheet, **cells):
        heads = {cell.value.removesuffix(" *"): cell.column for cell in book[sheet][2]}
        for title, value in cells.items():
            book[sheet].cell(3, heads[title], value)

    fill("基本情况", 案例编号="K1", 案例名称="旧粮库改造", 地区="江苏省某市", 资产="仓储用地")
    fill("指标数据", 案例编号="K1", 指标名称="出租率", 指标类别="出租率", 数值=number, 单位="%")
    fill("来源", 案例编号="K1", 编号="s1", 发布机构="本园区", 可靠程度="高")
    book.save(path)


def looked(rig, page, path, qtbot):
    page.actions_.sheets.look_at(str(path))
    rig.settle(qtbot)
    return next(d for d in rig.host.findChildren(SheetDialog) if d.isVisible())


def test_blank_sheets_are_filled_and_taken_in_the_window(rig, page, tmp_path, qtbot):
    path = tmp_path / "案例表.xlsx"
    page.actions_.sheets.write_blank(str(path))
    filled(path)
    kinds = rig.program.texts("zh_CN")
    book = load_workbook(path)
    for row in book["来源"].iter_rows(min_row=3, max_row=3):
        for cell in row:
            if cell.value == "高":
                cell.value = kinds("content.reliability.high")
    book.save(path)
    dialog = looked(rig, page, path, qtbot)
    assert unnamed(dialog) == []
    QTest.mouseClick(dialog.all, LEFT)
    assert page.list.current_key() == "K1"
    rig.services.history.undo()
    assert "K1" not in rig.services.cases.all()


def test_a_sheet_with_mistakes_names_every_place_and_takes_nothing(rig, page, tmp_path, qtbot):
    path = tmp_path / "案例表.xlsx"
    page.actions_.sheets.write_blank(str(path))
    filled(path, number="八成多")
    dialog = looked(rig, page, path, qtbot)
    places = [row.cells[0].text for row in dialog.table.rows()]
    assert any(place.startswith("指标数据") for place in places)
    assert not dialog.all.isEnabled()
    assert "K1" not in rig.services.cases.all()


def test_what_is_no_case_sheet_is_a_sentence(rig, page, tmp_path, qtbot):
    path = tmp_path / "别的.xlsx"
    rig.services.exporting.export_ledger(str(path), rig.program.texts("zh_CN"))
    page.actions_.sheets.look_at(str(path))
    rig.settle(qtbot)
    assert [error.code for error in rig.shell.errors] == ["case_sheets.no_sheet"]


def test_chips_of_region_and_standing_narrow_the_list(page):
    offered = [a.data() for part in page.filters.menu().actions() for a in part.menu().actions()]
    assert {"region:安徽省", "status:forecast", "status:achieved"} <= set(offered)
    page.filters.add_filter("region:安徽省")
    page.filters.add_filter("status:forecast")
    shown = [line.case for line in page.list.lines()]
    assert [case.id for case in shown] == ["C01"]
    assert all(case.region.zh.startswith("安徽省") for case in shown)


def test_a_new_id_takes_notes_and_waivers_along_and_a_taken_one_is_refused(rig):
    """Nothing noted beside a case is left behind under an id that is gone."""
    cases, notes = rig.services.cases, rig.services.case_work.notes
    card = case_card(cases.find("C01"), "U01")
    cases.add(card, "卡")
    notes.add("U01", "电话核实过")
    found = next(c for c in contradictions(cases.find("U01")) if c.waiver is None)
    notes.waive("U01", found, "含代征道路")
    cases.rewrite(case_card(cases.find("C01"), "U09"), "U09", "U01")
    assert [n.text for n in notes.notes("U09")] == ["电话核实过"]
    kept = contradictions(cases.find("U09"))
    assert any(c.code == found.code and c.waiver for c in kept)
    cases.add(card, "卡")
    with pytest.raises(RefusedError, match=r"cases\.id_taken"):
        cases.rewrite(card.replace("U01", "U09"), "U09", "U01")
    rig.services.history.undo()
    rig.services.history.undo()
    assert [n.text for n in notes.notes("U01")] == ["电话核实过"]


def test_a_note_is_found_by_its_words_and_leads_to_its_case(rig):
    rig.services.case_work.notes.add("C03", "电话核实过挂牌底价")
    [found] = rig.services.searching.search_all("挂牌底价")
    assert (found.kind, found.key) == ("case", "C03")
    [reason] = rig.services.searching.reasons(found)
    assert (reason.field, reason.text) == ("case_note", "电话核实过挂牌底价")


def test_an_open_precondition_leads_to_the_record_that_does_not_say_it():
    ledger = a_ledger(
        a_park("park"),
        a_parcel("A", park="park", split_allowed=True),
        a_parcel("B", park="park"),
        a_building("b1", parcel="B"),
        a_record("context", "asked", park="park", investor_identified=False),
        a_record("context", "older", park="park"),
    )
    scope = Scope(ledger, "park", None, TODAY, {})
    assert scope.lacking("context", "investor_identified") == "asked"
    assert scope.lacking("parcel", "split_allowed") == "B"
    assert scope.lacking("building", "cert_status") == "b1"
    assert scope.lacking("park", "city_tier") == "park"
    assert scope.lacking("lease", "end_on") == ""
    one = Scope(ledger, "park", frozenset({"A"}), TODAY, {})
    assert one.lacking("parcel", "split_allowed") == "A"
