"""The check step says everything that the reading has to say, in words that add up."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.import_rig import HEAD, ROWS, a_ledger, go_on, opened
from tests.widget.page_rig import one_park
from workbench.ui.pages.imports.done_step import DoneStep
from workbench.ui.widgets.buttons import IconButton

rig = one_park


def texts_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows()]


def test_what_concerns_a_whole_table_is_among_the_problems(rig, qtbot, tmp_path):
    """B2: a part of a file that is not read, and each 合计 that differs, are said in the window."""
    wide = tmp_path / "宽表.csv"
    heads = [*HEAD, *[""] * 16_400, "另"]
    rows = [
        ["滨河高新产业园", "A1", "一号厂房", "100", "出租", "5"],
        ["合计", "", "", "900", "", "5"],
    ]
    lines = [heads, *([*row, *[""] * 16_400, "1"] for row in rows)]
    wide.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    dialog = opened(rig, qtbot, str(wide))
    go_on(rig, qtbot, dialog)
    problems = dialog.check.problems
    shown = texts_of(problems.table)
    assert [row[1] for row in shown] == ["整张表", "建筑面积(㎡)"]
    assert "702" in shown[0][3]
    assert shown[1][0] == "3"
    assert shown[1][2] == "900"
    assert "900.00 ㎡" in shown[1][3]
    assert dialog.check.importable() == 1
    problems.table.choose("0")
    problems._on_row("0")
    assert not problems.use.isVisible()
    qtbot.mouseClick(problems.blank, Qt.MouseButton.LeftButton)
    assert len(problems.table.rows()) == 1


def test_a_column_that_is_not_imported_is_said_last_and_counts_as_no_problem(rig, qtbot, tmp_path):
    rows = [[*ROWS[0], "蓝"], ["滨河高新产业园", "A2", "二号厂房", "待测", "空置", 1, "绿"]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "a.xlsx", rows, [*HEAD, "外墙颜色"]))
    go_on(rig, qtbot, dialog)
    problems = dialog.check.problems
    shown = texts_of(problems.table)
    assert shown[-1][1] == "外墙颜色"
    assert "不导入" in shown[-1][3]
    assert problems.count() == len(shown) - 1


def test_all_rows_are_those_read_with_those_left_out_in_their_place(rig, qtbot, tmp_path):
    rows = [ROWS[0], ["小计", None, None, 12400, None, 1200], *ROWS[1:]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "a.xlsx", rows))
    go_on(rig, qtbot, dialog)
    check = dialog.check
    check.lists.set_current("all")
    check._on_list()
    shown = texts_of(check.row_table)
    assert len(shown) == dialog.preview().counts()["read"] == 5
    assert [(row[0], row[2]) for row in shown] == [
        ("2", "新增"), ("3", "不导入"), ("4", "新增"), ("5", "新增"), ("6", "不导入"),
    ]  # fmt: skip


def test_an_undecided_row_is_said_and_nothing_is_chosen_for_it(rig, qtbot, tmp_path):
    for net in (1200, 1300):
        rows = [[*ROWS[0][:5], net]]
        dialog = opened(rig, qtbot, a_ledger(tmp_path / f"{net}.xlsx", rows))
        go_on(rig, qtbot, dialog)
        if net == 1200:
            go_on(rig, qtbot, dialog)
            dialog.close_dialog()
    assert "1 行待确认" in dialog.note_text()
    differences = dialog.check.differences
    differences._on_row("0")
    assert differences.act.current() == ""
    qtbot.mouseClick(differences.act.button("keep"), Qt.MouseButton.LeftButton)
    assert "还没有决定" not in dialog.note_text()
    assert not dialog.next_button.isEnabled()


def test_differences_come_first_where_no_cell_has_a_problem(rig, qtbot, tmp_path):
    """A 合计 that does not agree stands among the problems, and hides no difference."""
    for net in (1200, 1300):
        rows = [[*ROWS[0][:5], net], ["合计", None, None, 12400, None, 9999]]
        dialog = opened(rig, qtbot, a_ledger(tmp_path / f"{net}.xlsx", rows))
        go_on(rig, qtbot, dialog)
        assert dialog.check.problems.count() == 1
        if net == 1200:
            go_on(rig, qtbot, dialog)
            dialog.close_dialog()
    assert dialog.check.lists.current() == "review"


def test_a_full_repeat_says_that_there_is_nothing_to_import(rig, qtbot, tmp_path):
    ledger = a_ledger(tmp_path / "a.xlsx", ROWS[:1])
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    dialog.close_dialog()
    again = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, again)
    assert "不需要导入" in again.note_text()
    assert not isinstance(QApplication.focusWidget(), IconButton)


def test_taking_all_suggestions_leaves_the_focus_in_the_list(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "a.xlsx"))
    go_on(rig, qtbot, dialog)
    dialog.check.take_all.setFocus()
    qtbot.mouseClick(dialog.check.take_all, Qt.MouseButton.LeftButton)
    assert not isinstance(QApplication.focusWidget(), IconButton)


def test_the_last_step_accounts_for_every_row_read(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "a.xlsx"))
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    done = dialog.findChild(DoneStep)
    assert done._rows.text() == "读取 4 行：导入 3 行；小计、注释等不导入 1 行"


def test_what_was_assumed_about_a_column_stands_below_it(rig, qtbot, tmp_path):
    head = [*HEAD[:3], "建筑面积", *HEAD[4:]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "a.xlsx", ROWS[:1], head))
    labels = [w.text() for w in dialog.columns._scroll.widget().findChildren(type(dialog._note))]
    assert "这一列没有写单位，按 ㎡ 读取；请确认" in labels


def test_a_row_of_a_final_assessment_is_refused_with_its_reason(rig, qtbot, tmp_path):
    """C: a final assessment stays as it was signed, whatever a file says."""
    services = rig.services
    [park] = services.querying.records("park")
    services.editing.add("building", {"code": "B", "name": "一栋", "park": park.label})
    work = services.assessments.start("年中", park.key, date(2026, 6, 30))
    services.finalizing.move(services.finalizing.move(work, "复核"), "定稿")
    path = tmp_path / "路径前提补充.csv"
    path.write_text(f"园区,评估,楼栋,结构允许\n{park.text('name')},年中,一栋,否\n", "utf-8-sig")
    dialog = opened(rig, qtbot, str(path))
    go_on(rig, qtbot, dialog)
    [row] = texts_of(dialog.check.problems.table)
    assert "已定稿，这一行不会写入" in row[3]
    assert dialog.note_text() == "1 行不能写入，原因见“问题”。"
    assert not dialog.next_button.isEnabled()
    assert services.querying.records("context") == []
