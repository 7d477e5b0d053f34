# SPDX-License-Identifier: MIT
"""What a person answers to the findings of an import outlives another reading, and can go back."""

import pytest

from tests.integration.import_steps import AS_OF, codes, read, write
from workbench.application.imports.answers import Answers
from workbench.application.imports.fixes import problems
from workbench.application.imports.report import import_report
from workbench.application.imports.table_findings import table_findings

HEAD = ["楼栋编号", "楼栋名称", "建筑面积（㎡）", "账面原值（万元）", "账面净值（万元）"]
ROWS = [
    ["A1", "一号", "5O00", 100, 90],
    ["A2", "二号", "待测", 100, 120],
    ["A3", "三号", "12400+600", 100, 80],
    ["合计", None, 25000, 300, 290],
]


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "a.xlsx", HEAD, *ROWS)


def finding(preview, row, code):
    return next(
        p for p in problems(preview)
        if p.problem.code == code and p.table.row_number(p.index) == row
    )  # fmt: skip


def told(preview, program):
    document = import_report(preview, program.texts("zh_CN"))
    for sheet in document["files"][0]["sheets"]:
        for name in ("records", "rejected", "attached"):
            sheet[name] = list(sheet[name])
    return {"files": document["files"]}


def check(services, preview):
    services.import_checks.check(preview, AS_OF)


def test_every_answer_is_taken_back_to_where_it_was_newest_first(services, program, path):
    preview = read(services, path)
    before = told(preview, program)
    answers = Answers()
    answers.take_suggestions(preview)
    check(services, preview)
    after_suggestions = told(preview, program)
    assert answers.give(finding(preview, 3, "not_a_number"), "7000")
    answers.leave(finding(preview, 3, "V12E"))
    answers.leave(next(iter(table_findings(preview))))
    check(services, preview)
    assert len(answers) == 4
    for _ in range(3):
        answers.take_back()
    check(services, preview)
    assert told(preview, program) == after_suggestions
    rows = answers.take_back()
    check(services, preview)
    assert [table.row_number(index) for table, index in rows] == [2, 4]
    assert told(preview, program) == before
    assert answers.take_back() == []


def test_a_text_that_cannot_be_read_is_no_answer(services, path):
    preview, answers = read(services, path), Answers()
    assert not answers.give(finding(preview, 3, "not_a_number"), "很大")
    assert len(answers) == 0


def test_a_complaint_that_was_left_does_not_come_back_when_all_is_looked_at_again(services, path):
    preview, answers = read(services, path), Answers()
    answers.leave(finding(preview, 3, "V12E"))
    check(services, preview)
    assert (3, "book_net", "V12E") not in codes(preview)
    assert (3, "gfa_cert", "not_a_number") in codes(preview)


def test_answers_are_given_to_another_reading_of_the_file(services, path):
    first, answers = read(services, path), Answers()
    answers.give(finding(first, 3, "not_a_number"), "7000")
    check(services, first)
    answers.leave(finding(first, 3, "V12E"))
    again = read(services, path)
    kept = answers.again(again, lambda: check(services, again))
    assert len(kept) == 2
    assert codes(again) == codes(first)
    (table,) = again.tables()
    assert table.columns["gfa_cert"].values[1] == 7000
    assert table.raw(1, "gfa_cert") == "待测"
    kept.take_back()
    kept.take_back()
    check(services, again)
    assert codes(again) == codes(read(services, path))


def test_a_number_typed_for_one_unit_is_no_answer_under_another(services, path):
    """亩 is never read for ㎡, nor the other way round: the cell is asked about once more."""
    first, answers = read(services, path), Answers()
    answers.give(finding(first, 3, "not_a_number"), "7000")
    again = read(services, path, units={("a.xlsx", "厂房", 1, "C"): "亩"})
    assert len(answers.again(again, lambda: check(services, again))) == 0
    assert (3, "gfa_cert", "not_a_number") in codes(again)


def test_alike_cells_that_nothing_tells_apart_are_asked_about_anew(services, tmp_path):
    """Two tables side by side begin in the same row; what was typed for one is not for both."""
    side = ["楼栋编号", "楼栋名称", "建筑面积（㎡）"]
    path = write(
        tmp_path / "b.xlsx", [*side, None, *side],
        ["A1", "一号", "待测", None, "B1", "二号", "待测"],
        ["A2", "三号", 10, None, "B2", "四号", 20],
    )  # fmt: skip
    first, answers = read(services, path), Answers()
    left = finding(first, 2, "not_a_number")
    assert answers.give(left, "7000")
    again = read(services, path)
    answers.again(again, lambda: check(services, again))
    given = [t.columns["gfa_cert"].values[0] for t in again.tables()]
    assert given.count(7000) == 1
    assert [t.place for t in again.tables() if t.columns["gfa_cert"].values[0] == 7000] == [
        left.table.place
    ]
