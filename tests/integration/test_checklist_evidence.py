# SPDX-License-Identifier: MIT
"""Evidence that vanished or was changed after 已完成: the item, its gate and the report say so."""

import sqlite3
from datetime import date

import pytest

from workbench.application.store_ports import FileState
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.findings import RefusedError
from workbench.files.texts import LANGUAGES

DONE, UNKNOWN = ItemStatus.DONE, ItemStatus.UNKNOWN


@pytest.fixture
def place(tmp_path):
    return tmp_path / "甲.park"


@pytest.fixture
def project(place):
    services = Program(language="zh_CN").create(str(place))
    yield services
    services.close()


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "立项表.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    return str(path)


@pytest.fixture
def assessment(project, paper):
    park = project.editing.add("park", {"code": "K1", "name": "河东园"})
    record = project.assessments.start("一期", park, date(2026, 6, 30), ("P02",))
    tick(project, record, [paper])
    return record


def tick(project, record, files=(), **more):
    wanted = ItemState("S1-01", DONE, **more)
    return project.ticking.set_state(record, "S1-01", wanted, files)


def from_outside(place, statement):
    """Do to the file what a program that knows nothing of it might do."""
    with sqlite3.connect(place) as file:
        assert file.execute(statement).rowcount > 0
    file.close()


def gate(sheet):
    return sheet.stages()[0].closed_by


def test_a_red_line_that_lost_its_evidence_closes_its_gate_and_counts_as_unknown(
    project, assessment, place
):
    """Domain §6: an item with no evidence cannot be 已完成; issue F: it is shown as such."""
    before = project.ticking.sheet(assessment)
    assert "S1-01" not in gate(before)
    from_outside(place, "DELETE FROM blob_piece")
    sheet = project.ticking.sheet(assessment)
    state = sheet.state("S1-01")
    assert (state.status, state.standing, state.unsound) == (DONE, UNKNOWN, 1)
    assert "S1-01" in gate(sheet)
    assert sheet.completion() < before.completion()
    assert list(sheet.unsound.values()) == [FileState.MISSING]


def test_an_altered_file_counts_once_it_was_read(project, assessment, place):
    from_outside(place, "UPDATE blob_piece SET content = x'00'")
    assert project.ticking.sheet(assessment).state("S1-01").standing is DONE
    assert project.ticking.checked_sheet(assessment).state("S1-01").standing is UNKNOWN
    sheet = project.ticking.sheet(assessment)
    assert list(sheet.unsound.values()) == [FileState.ALTERED]
    assert "S1-01" in gate(sheet)


def test_adding_the_original_again_heals_the_item(project, assessment, place, paper):
    from_outside(place, "UPDATE blob_piece SET content = x'00'")
    assert project.ticking.checked_sheet(assessment).state("S1-01").standing is UNKNOWN
    tick(project, assessment, [paper])
    healed = project.ticking.checked_sheet(assessment).state("S1-01")
    assert (healed.standing, healed.unsound, healed.evidence_count) == (DONE, 0, 2)


def test_it_is_not_done_again_on_what_is_gone_but_its_owner_may_change(project, assessment, place):
    from_outside(place, "DELETE FROM blob_piece")
    with pytest.raises(RefusedError) as refused:
        tick(project, assessment)
    assert refused.value.code == "content.refusal.evidence_unsound"
    tick(project, assessment, owner="王海涛")
    assert project.ticking.sheet(assessment).state("S1-01").owner == "王海涛"


def test_what_is_gone_may_be_taken_off(project, assessment, place):
    from_outside(place, "DELETE FROM blob_piece")
    [file] = project.ticking.sheet(assessment).evidence["S1-01"]
    project.ticking.detach(assessment, "S1-01", file)
    state = project.ticking.sheet(assessment).state("S1-01")
    assert (state.evidence_count, state.unsound, state.standing) == (0, 0, UNKNOWN)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM blob_piece", "evidence_missing"),
        ("UPDATE blob_piece SET content = x'00'", "evidence_altered"),
    ],
)
def test_evidence_that_is_not_whole_keeps_an_assessment_from_final(
    project, assessment, place, statement, code
):
    """Issue F: a vanished or changed file is shown; issue D: only what is whole is signed."""
    reviewed = project.finalizing.move(assessment, "复核")
    assert not project.finalizing.obstacles(reviewed, project.finalizing.draft(reviewed))
    from_outside(place, statement)
    with pytest.raises(RefusedError) as refused:
        project.finalizing.move(reviewed, "定稿")
    assert refused.value.code == "finalizing.obstacles"
    assert "S1-01" in refused.value.params["first"]
    assert "立项表.pdf" in refused.value.params["first"]
    found = project.finalizing.obstacles(reviewed, project.finalizing.draft(reviewed))
    assert [obstacle.code for obstacle in found] == [code]
    for language in LANGUAGES:
        words = project.finalizing.obstacle_text(found[0], project.program.texts(language))
        assert "S1-01" in words
        assert "立项表.pdf" in words


def test_a_whole_file_beside_an_altered_one_does_not_hide_it(project, assessment, place, tmp_path):
    other = tmp_path / "会议纪要.pdf"
    other.write_bytes(b"%PDF-1.4 two")
    from_outside(place, "UPDATE blob_piece SET content = x'00'")
    tick(project, assessment, [str(other)])
    found = project.finalizing.obstacles(assessment, project.finalizing.draft(assessment))
    assert [dict(obstacle.params) for obstacle in found] == [{"file": "立项表.pdf"}]


def test_the_command_line_reads_the_evidence_before_it_finalizes(
    project, assessment, place, capsys
):
    project.finalizing.move(assessment, "复核")
    project.close()
    from_outside(place, "UPDATE blob_piece SET content = x'00'")
    assert main(["assessments", str(place), "obstacles", "一期"]) == 1
    assert "立项表.pdf" in capsys.readouterr().out
    assert main(["assessments", str(place), "status", "一期", "定稿"]) == 2
    assert "立项表.pdf" in capsys.readouterr().err
