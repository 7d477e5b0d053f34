"""The menu 更多 of the checklist: forms, packages and editions, seen before they are taken."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt

from tests.widget.checklist_rig import (
    lasting_on_p02,
    park_on_p02,
    shared_assessment,
    shared_checklist,
)
from tests.widget.page_rig import a_rig, is_collected
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.ui.pages.checklist import more as checklist_more
from workbench.ui.pages.checklist.differences import DifferencesDialog
from workbench.ui.pages.checklist.due_card import DueCard
from workbench.ui.pages.checklist.edition_files import edition_table
from workbench.ui.pages.checklist.editions import EditionsDialog, MoveDialog
from workbench.ui.pages.checklist.package import PackageDialog
from workbench.ui.pages.checklist.page import ChecklistPage
from workbench.ui.pages.checklist.plan import PlanDialog
from workbench.ui.pages.home.page import HomePage
from workbench.ui.widgets.label import Label

LEFT = Qt.MouseButton.LeftButton


own = park_on_p02
lasting = lasting_on_p02
begun = shared_assessment
page = shared_checklist


@pytest.fixture
def files(tmp_path, monkeypatch):
    """The file that every dialog answers with, by the kind of it."""

    def answer(parent, title, *rest):
        suffix = rest[-1].rsplit("*", 1)[1].rstrip(")")
        return str(tmp_path / f"file{suffix}")

    for module in (checklist_more.__name__, edition_table.__module__):
        monkeypatch.setattr(f"{module}.choose_target", answer)
        monkeypatch.setattr(f"{module}.choose_file", answer)
    return tmp_path


def dialog_of(page, kind):
    [found] = [d for d in page.window().findChildren(kind) if d.isVisible()]
    return found


def pick(page, words):
    menu = page.more.menu()
    next(a for a in menu.actions() if a.text().startswith(words)).trigger()
    menu.deleteLater()


def state(page, item):
    return page.sheet().state(item)


def click_row(table, qtbot, key):
    at = next(n for n, row in enumerate(table.rows()) if row.key == key)
    spot = table.visualRect(table.model().index(at, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=spot)


class TestTheForm:
    @pytest.fixture
    def filled(self, page, begun, files, qtbot):
        pick(page, "导出填报表")
        begun.settle(qtbot)
        book = openpyxl.load_workbook(files / "file.xlsx")
        sheet = book.active
        heads = {cell.value: cell.column for cell in sheet[4]}
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=5)}
        for item, head, value in (
            ("S1-02", "责任人", "周敏"), ("S1-03", "状态", "部分完成"),
            ("S1-04", "状态", "已完成"), ("S1-05", "截止", "下周"),
        ):  # fmt: skip
            sheet.cell(rows[item], heads[head]).value = value
        book.save(files / "file.xlsx")
        pick(page, "导入填报表")
        begun.settle(qtbot)
        return dialog_of(page, DifferencesDialog)

    def test_shows_what_differs_and_takes_row_by_row(self, filled, page, begun, qtbot):
        assert len(filled.table.rows()) == 3
        assert "下周" in filled.problems.text()
        assert "difference\tS1-04\tstatus" not in filled.table.taken()
        click_row(filled.table, qtbot, "difference\tS1-03\tstatus")
        assert filled.table.taken() == {"difference\tS1-02\towner"}
        qtbot.mouseClick(filled.apply, LEFT)
        begun.settle(qtbot)
        assert state(page, "S1-02").owner == "周敏"
        assert state(page, "S1-03").status is ItemStatus.UNKNOWN
        assert begun.shell.toasts[-1] == "已取回 1 项。"
        assert page.window().findChildren(DifferencesDialog) == []
        begun.services.history.undo()
        assert state(page, "S1-02").owner == ""

    def test_done_without_evidence_is_refused_and_the_dialog_stays(
        self, filled, page, begun, qtbot
    ):
        refused = next(row for row in filled.table.rows() if "S1-04" in row.key)
        assert "还没有证据" in refused.cells[-1].detail
        filled.table.take_all(True)
        qtbot.mouseClick(filled.apply, LEFT)
        begun.settle(qtbot)
        assert begun.shell.errors
        assert filled.isVisible()
        assert state(page, "S1-02").owner == ""


class TestPackages:
    def test_come_back_with_conflicts_marked_evidence_and_comments(
        self, page, begun, files, tmp_path, qtbot
    ):
        services, assessment = begun.services, page.sheet().assessment
        services.ticking.set_state(assessment, "S1-03", ItemState("S1-03", owner="周敏"))
        pick(page, "交出清单包")
        begun.settle(qtbot)
        colleague = begun.program.create(str(tmp_path / "乙.park"))
        colleague.checklists.handing_over.open(str(files / "file.handover"))
        theirs = colleague.assessments.find("一期")
        paper = tmp_path / "核对表.pdf"
        paper.write_bytes(b"%PDF-1.7 table")
        wanted = ItemState("S1-03", ItemStatus.DONE, owner="刘颖")
        colleague.ticking.set_state(theirs, "S1-03", wanted, [str(paper)])
        colleague.checklists.reviewing.comment(theirs, "S1-03", "已核对")
        colleague.checklists.handing_over.hand_over(theirs, str(files / "file.handover"))
        colleague.close()
        services.ticking.set_state(assessment, "S1-03", ItemState("S1-03", owner="陈立新"))
        pick(page, "打开或取回")
        begun.settle(qtbot)
        dialog = dialog_of(page, DifferencesDialog)
        owner = next(r for r in dialog.table.rows() if r.key.endswith("owner"))
        assert "双方都改过" in owner.cells[-1].detail
        assert owner.key not in dialog.table.taken()
        assert "讨论 1 条" in dialog.comments.text()
        qtbot.mouseClick(dialog.apply, LEFT)
        begun.settle(qtbot)
        ours = state(page, "S1-03")
        assert (ours.status, ours.owner, ours.evidence_count) == (ItemStatus.DONE, "陈立新", 1)
        page.items.choose("S1-03")
        assert [said.text for said in page.panel.comments.comments()] == ["已核对"]

    def test_one_that_is_new_here_is_opened_even_without_a_park(self, page, files, tmp_path, qtbot):
        partly = ItemState("S1-03", ItemStatus.PARTIAL, owner="周敏")
        page.context.services.ticking.set_state(page.sheet().assessment, "S1-03", partly)
        pick(page, "交出清单包")
        qtbot.waitUntil(lambda: not page.context.tasks.is_busy())
        other_place = tmp_path / "other"
        other_place.mkdir()
        other = a_rig(other_place, qtbot, park=False)
        there = other.show(ChecklistPage)
        offered = {a.text(): a.isEnabled() for a in there.more.menu().actions() if a.text()}
        assert not offered["交出清单包…"]
        pick(there, "打开或取回")
        other.settle(qtbot)
        assert there.sheet() is None
        preview = dialog_of(there, PackageDialog)
        said = "".join(label.text() for label in preview.findChildren(Label))
        assert "本项目没有园区“滨河高新产业园”，将随评估新建" in said
        assert [
            (row.key, row.cells[1].text, row.cells[3].text) for row in preview.table.rows()
        ] == [("S1-03", "部分完成", "周敏")]
        qtbot.mouseClick(preview.open_it, LEFT)
        other.settle(qtbot)
        assert there.sheet().assessment.label == "一期"
        other.shell.actions[-1]()
        assert there.sheet() is None
        other.close()


class TestEditions:
    def test_one_from_a_file_is_added_and_moved_to_with_what_was_agreed(
        self, page, begun, files, qtbot
    ):
        services = begun.services
        for item in ("S1-02", "S1-03"):
            wanted = ItemState(item, ItemStatus.PARTIAL)
            services.ticking.set_state(page.sheet().assessment, item, wanted)
        pick(page, "清单版本")
        dialog = dialog_of(page, EditionsDialog)
        assert not dialog.move_to.isEnabled()
        qtbot.mouseClick(dialog.write, LEFT)
        path = files / "file.toml"
        text = path.read_text(encoding="utf-8").replace('version = "2"', 'version = "团队1"')
        text = text.replace("三方核对", "四方核对").replace("四级台账", "五级台账")
        path.write_text(text, encoding="utf-8")
        qtbot.mouseClick(dialog.add_one, LEFT)
        assert dialog.table.chosen() == "团队1"
        qtbot.mouseClick(dialog.move_to, LEFT)
        move = dialog_of(page, MoveDialog)
        assert [row.key for row in move.table.rows()] == ["S1-02", "S1-03"]
        old, new = (cell.text for cell in move.table.rows()[1].cells[3:])
        assert "三方核对" in old
        assert "四方核对" in new
        click_row(move.table, qtbot, "S1-03")
        qtbot.mouseClick(move.apply, LEFT)
        assert page.sheet().template.version == "团队1"
        assert state(page, "S1-02").status is ItemStatus.UNKNOWN
        assert state(page, "S1-03").status is ItemStatus.PARTIAL

    def test_a_spoiled_one_is_refused_in_the_dialog(self, page, begun, files, qtbot):
        pick(page, "清单版本")
        dialog = dialog_of(page, EditionsDialog)
        text = begun.services.checklists.editions.text("2").replace('"S1-02"', '"S1-01"', 1)
        (files / "file.toml").write_text(text, encoding="utf-8")
        qtbot.mouseClick(dialog.add_one, LEFT)
        assert "file.toml" in dialog.note_text()
        assert len(dialog.table.rows()) == 1


def test_a_closed_page_is_collected(own):
    assert is_collected(own, ChecklistPage)


class TestDueDates:
    def test_the_plan_says_what_is_late_and_leaves_out_what_is_settled(self, page, begun):
        assessment = page.sheet().assessment
        for item, day in (("S1-02", date(2026, 11, 13)), ("S2-01", date(2026, 12, 3))):
            begun.services.ticking.set_state(assessment, item, ItemState(item, due=day))
        aside = ItemState(
            "S1-04", ItemStatus.NOT_APPLICABLE, reason="不涉及", due=date(2026, 11, 1)
        )
        begun.services.ticking.set_state(assessment, "S1-04", aside)
        pick(page, "截止日程")
        chart = dialog_of(page, PlanDialog).chart
        assert [(row[1], row[3]) for row in chart.table()[1:]] == [
            ("2026-11-13", "逾期 10 天"), ("2026-12-03", "还有 10 天"),
        ]  # fmt: skip
        assert "逾期 10 天" in chart.accessibleDescription()

    @pytest.mark.parametrize("by", ["mouse", "keyboard"])
    def test_a_line_of_the_plan_leads_to_its_item(self, page, begun, qtbot, by):
        assessment = page.sheet().assessment
        for item, day in (("S1-02", date(2026, 11, 13)), ("S2-01", date(2026, 12, 3))):
            begun.services.ticking.set_state(assessment, item, ItemState(item, due=day))
        pick(page, "截止日程")
        chart = dialog_of(page, PlanDialog).chart
        if by == "mouse":
            qtbot.mouseClick(chart, LEFT, pos=chart.place_of("S2-01"))
        else:
            chart.setFocus()
            for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
                qtbot.keyClick(chart, key)
        assert not [d for d in page.window().findChildren(PlanDialog) if d.isVisible()]
        assert page.items.current_key() == "S2-01"
        assert page.items.hasFocus()

    def test_the_overview_reminds_by_date_and_leads_to_the_item(self, own, qtbot):
        assessment = own.services.assessments.find("一期")
        for item, day in (("S1-03", date(2026, 12, 3)), ("S1-02", date(2026, 11, 13))):
            own.services.ticking.set_state(assessment, item, ItemState(item, due=day))
        own.services.editing.add("parcel", {"code": "Z1", "park": own.context.park_key})
        home = own.show(HomePage)
        own.settle(qtbot)
        table = home.findChild(DueCard).table
        assert [row.cells[0].text for row in table.rows()] == ["逾期 10 天", "还有 10 天"]
        click_row(table, qtbot, f"{assessment.key}:S1-02")
        assert own.shell.went == [("checklist", "S1-02")]
