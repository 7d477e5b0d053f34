"""The case library: find, read, compare; gaps and contradictions are shown, never filled."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.widget.page_rig import a_rig, is_collected, one_park, unnamed
from workbench.application.cases.library import READ_AT_ONCE
from workbench.domain.cases.case import CaseOrigin
from workbench.files.case_card import case_card
from workbench.ui.pages.cases.page import CasesPage
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.read_table import ReadTable

rig = one_park


@pytest.fixture
def sample(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, sample=True)
    yield made
    made.close()


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def facts(page):
    [table] = [x for x in page.detail.findChildren(ReadTable) if x.isVisibleTo(page)]
    return {row.key: [cell.text for cell in row.cells] for row in table.rows()}


def test_the_contradiction_of_jinzhai_is_shown_with_its_numbers_and_not_corrected(rig):
    """domain §1.3 C01: 37,000 ㎡ ÷ 1.5 = 37.0 亩, the source says 50 亩."""
    page = rig.show(CasesPage)
    page.show_target("C01")
    banner = next(x for x in page.detail.findChildren(Banner) if x.isVisibleTo(page))
    assert "37.00亩" in words(banner)
    assert "50.00亩" in words(banner)
    assert facts(page)["land_area"][1] == "50 亩"


def test_every_figure_says_whether_it_happened(rig):
    """domain §1.3 C01: output and tax are forecast, the ratio is planned, no price is given."""
    page = rig.show(CasesPage)
    page.show_target("C01")
    shown = facts(page)
    assert shown["annual_output"][1:3] == ["35 亿元", "预计"]
    assert shown["annual_tax"][1:3] == ["超 4 亿元", "预计"]
    assert shown["far"][1:3] == ["1.5", "规划"]
    assert shown["land_area"][2] == "实际"
    assert shown["price"][1:3] == ["未披露", "缺失"]


def test_the_article_and_the_office_that_it_cites_are_named(rig):
    page = rig.show(CasesPage)
    page.show_target("C03")
    assert "大公国际，《存量焕新，价值再造：产业园区存量盘活的困境与破局（上）》" in words(
        page.detail
    )
    assert "山西省商务厅" in words(page.detail)


def test_typing_a_device_finds_the_cases_that_used_it(rig, qtbot):
    page = rig.show(CasesPage)
    everything = len(page.list.lines())
    page.filters.search.setFocus()
    with qtbot.waitSignal(page.filters.changed):
        qtbot.keyClicks(page.filters.search, "P01")
    found = [line.case.id for line in page.list.lines()]
    assert found == ["C01", "C08"]
    with qtbot.waitSignal(page.filters.changed):
        qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    assert len(page.list.lines()) == everything


def test_a_filter_chosen_from_the_menu_becomes_a_chip_that_a_click_takes_away(rig, qtbot):
    page = rig.show(CasesPage)
    menu = page.filters.menu()
    kinds = {action.text(): action.menu() for action in menu.actions()}
    [factories] = [a for a in kinds["资产类型"].actions() if a.text() == "标准厂房"]
    factories.trigger()
    assert [line.case.id for line in page.list.lines()] == ["C03"]
    [chip] = [b for b in page.filters.findChildren(Button) if b.text().startswith("标准厂房")]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(page.list.lines()) == 12


def test_no_hit_says_so_and_offers_to_clear(rig, qtbot):
    page = rig.show(CasesPage)
    with qtbot.waitSignal(page.filters.changed):
        qtbot.keyClicks(page.filters.search, "zzzz")
    assert page.list.lines() == []
    [clear] = [b for b in page.findChildren(Button) if b.text() == "清除筛选"]
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert len(page.list.lines()) == 12


def test_at_most_five_cases_are_compared_and_the_oldest_makes_room(rig, qtbot):
    page = rig.show(CasesPage)
    for case_id in ("C01", "C02", "C03", "C04", "C05", "C06"):
        page.show_target(case_id)
        qtbot.mouseClick(page.detail.compare, Qt.MouseButton.LeftButton)
    assert rig.context.assessed.compared == ("C02", "C03", "C04", "C05", "C06")
    qtbot.mouseClick(page.detail.compare, Qt.MouseButton.LeftButton)
    assert rig.context.assessed.compared == ("C02", "C03", "C04", "C05")


def test_arrows_walk_through_the_cases(rig, qtbot):
    page = rig.show(CasesPage)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.detail.case().id == "C02"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_case_opens_in_both_languages_and_everything_is_named(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    page = rig.show(CasesPage)
    for line in list(page.list.lines()):
        page.show_target(line.case.id)
    assert unnamed(page) == []
    rig.close()


def test_a_closed_page_is_collected(rig):
    assert is_collected(rig, CasesPage)


def test_a_copy_is_an_own_case_that_is_shown_and_matched_too(sample, qtbot):
    page = sample.show(CasesPage)
    page.show_target("C02")
    qtbot.mouseClick(page.detail.copy, Qt.MouseButton.LeftButton)
    copied = page.detail.case()
    assert (copied.id, copied.origin) == ("U01", CaseOrigin.OWN)
    assert copied.facts == sample.services.cases.find("C02").facts
    line = next(line for line in page.list.lines() if line.case.id == "U01")
    assert line.lines()[0].startswith("我的案例")
    sample.context.assessed.compute()
    sample.settle(qtbot)
    assert "U01" in {match.case.id for match in sample.context.assessed.draft.matches}
    sample.services.history.undo()
    assert "U01" not in {line.case.id for line in page.list.lines()}


def test_a_large_library_is_read_off_the_windows_thread_and_shown_when_it_is(rig, qtbot):
    """Issue 5: the page opens at once with the shipped cases and says that it still reads."""
    library = rig.services.cases
    cards = [(case_card(library.find("C01"), f"U{n:03d}"), "卡") for n in range(READ_AT_ONCE + 5)]
    library.add_all(cards, "case_packs.take", "卡")
    library._known = None
    page = rig.show(CasesPage)
    assert "正在读取自建案例" in page._count.text()
    assert len(page.list.lines()) == len(rig.services.content.cases)
    page.show_target("case:U064")
    qtbot.waitUntil(lambda: library.is_read)
    rig.settle(qtbot)
    assert page.list.current_key() == "U064"
    assert "正在读取" not in page._count.text()
    assert len(page.list.lines()) == len(library.all())


def test_one_case_is_found_without_reading_the_others_and_changes_read_only_themselves(rig):
    library = rig.services.cases
    read = []
    reader = library._read_card
    library._read_card = lambda text, name: read.append(name) or reader(text, name)
    cards = [(case_card(library.find("C01"), f"U{n:03d}"), "卡") for n in range(READ_AT_ONCE + 5)]
    library.add_all(cards, "case_packs.take", "卡")
    library._known, library._cards = None, {}
    read.clear()
    assert library.find("U007").id == "U007"
    assert (len(read), library.is_read) == (1, False)
    library.all()
    read.clear()
    library.add(case_card(library.find("C02"), "U900"), "新卡")
    library.remove("U001")
    rig.services.history.undo()
    assert "U001" in library.all()
    assert list(library.all())[-1] == "U900"  # in the order in which they were added
    assert len(read) == 2
