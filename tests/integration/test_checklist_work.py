"""The checklist beyond ticking: review, editions, a filled-in form, packages that come back."""

import openpyxl
import pytest

from workbench.application.checklist.form import all_of
from workbench.bootstrap import Program
from workbench.domain.checklist.opening import Because
from workbench.domain.checklist.state import ItemState, ItemStatus, ReviewStatus
from workbench.domain.findings import InputError, RefusedError

DONE, OPEN, PARTIAL = ItemStatus.DONE, ItemStatus.OPEN, ItemStatus.PARTIAL


@pytest.fixture
def program():
    return Program(language="zh_CN")


@pytest.fixture
def project(program, tmp_path):
    services = program.create(str(tmp_path / "甲.park"))
    yield services
    services.close()


@pytest.fixture
def assessment(project):
    park = project.editing.add("park", {"code": "K1", "name": "河东园"})
    project.editing.add(
        "parcel", {"code": "Z1", "park": park, "location": "河东路", "right_holder": "河东公司"}
    )
    return project.assessments.start("一期", park, project.program.today(), ("P02",))


@pytest.fixture
def evidence(tmp_path):
    path = tmp_path / "立项表.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    return str(path)


def tick(services, assessment, item, status, evidence=(), **more):
    wanted = ItemState(item, status, **more)
    return services.ticking.set_state(assessment, item, wanted, evidence)


def opening(services, assessment, item):
    found = services.ticking.sheet(assessment).openings
    return next(o for o in found if o.item.id == item)


def test_an_item_opens_when_a_seizure_is_recorded_and_closes_when_it_ends(project, assessment):
    """Issue F, Deliver 1, on S6-11, whose pathway P01 was not chosen."""
    assert not opening(project, assessment, "S6-11").open
    seizure = project.editing.add(
        "encumbrance", {"parcel": "Z1", "kind": "查封", "status": "有效", "authority": "河东法院"}
    )
    found = opening(project, assessment, "S6-11")
    assert (found.open, found.because) == (True, Because.LEDGER)
    project.editing.edit("encumbrance", seizure, "status", "已解除")
    assert not opening(project, assessment, "S6-11").open


def test_an_item_that_waits_is_refused_until_the_other_is_settled(
    project, assessment, evidence
):  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        tick(project, assessment, "S3-02", DONE, [evidence])
    assert refused.value.code == "content.refusal.blocked"
    tick(project, assessment, "S3-01", DONE, [evidence])
    tick(project, assessment, "S3-02", DONE, [evidence])


def test_items_that_would_wait_for_each_other_are_refused(project, assessment):
    tick(project, assessment, "S1-03", OPEN, blocked_by=("S1-05",))
    with pytest.raises(RefusedError) as refused:
        tick(project, assessment, "S1-05", OPEN, blocked_by=("S1-03",))
    assert refused.value.code == "ticking.circle"


def test_review_goes_from_hand_to_hand_and_is_taken_off_by_a_change(project, assessment, evidence):
    reviewing = project.checklists.reviewing
    tick(project, assessment, "S1-01", DONE, [evidence])
    reviewing.submit(assessment, ["S1-01"])
    with pytest.raises(RefusedError):
        reviewing.send_back(assessment, ["S1-01"], " ")
    reviewing.send_back(assessment, ["S1-01"], "缺盖章")
    returned = project.ticking.sheet(assessment).state("S1-01").review
    assert (returned.status, returned.note) == (ReviewStatus.RETURNED, "缺盖章")
    reviewing.submit(assessment, ["S1-01"])
    reviewing.accept(assessment, ["S1-01"])
    accepted = project.ticking.sheet(assessment).state("S1-01").review
    assert accepted.status is ReviewStatus.ACCEPTED
    assert accepted.reviewer
    assert accepted.reviewed_at
    tick(project, assessment, "S1-01", PARTIAL)
    assert project.ticking.sheet(assessment).state("S1-01").review is None
    project.history.undo()
    assert project.ticking.sheet(assessment).state("S1-01").review == accepted


def test_what_is_said_is_kept_with_who_and_when(project, assessment):
    reviewing = project.checklists.reviewing
    reviewing.comment(assessment, "S1-01", " 等测绘 ")
    [said] = reviewing.comments(assessment, "S1-01")
    assert (said.text, bool(said.author), bool(said.at)) == ("等测绘", True, True)
    with pytest.raises(RefusedError):
        reviewing.comment(assessment, "S1-01", "  ")


class TestEditions:
    def own(self, project, change=lambda text: text):
        text = project.checklists.editions.text("2").replace('version = "2"', 'version = "团队1"')
        return project.checklists.editions.add(change(text), "own.toml")

    def test_the_shipped_one_comes_back_from_its_own_text(self, project):
        template = self.own(project)
        assert template.items == project.content.checklist.items
        assert project.checklists.editions.current() == template

    def test_a_new_assessment_begins_with_the_teams_newest(self, project, assessment):
        self.own(project)
        park = assessment.text("park")
        second = project.assessments.start("二期", park, project.program.today())
        assert second.get("template_version") == "团队1"
        assert project.assessments.find("一期").get("template_version") == "2"

    def test_answers_go_over_where_the_item_is_the_same_or_the_analyst_agrees(
        self, project, assessment, evidence
    ):
        for item in ("S1-01", "S1-02", "S1-03"):
            tick(project, assessment, item, DONE, [evidence])
        self.own(
            project,
            lambda text: text.replace("三方核对", "四方核对").replace("四级台账", "五级台账"),
        )
        editions = project.checklists.editions
        changes = editions.changes(assessment, "团队1")
        assert [c.new.id for c in changes.changed] == ["S1-02", "S1-03"]
        assert {c.differs for c in changes.changed} == {("title",)}
        assert editions.move(assessment, "团队1", ["S1-03"]) == 2
        moved = project.ticking.sheet(project.assessments.find("一期"))
        assert moved.state("S1-02").status is ItemStatus.UNKNOWN
        assert moved.state("S1-03").status is DONE
        project.history.undo()
        before = project.ticking.sheet(project.assessments.find("一期"))
        assert before.state("S1-02").status is DONE

    @pytest.mark.parametrize(
        ("old", "new", "named"),
        [
            ('id = "S1-02"', 'id = "S1-01"', "duplicate"),
            ('paths = ["P01"]', 'paths = ["P99"]', "not_among"),
            ('"enc.active_seizure"', '"enc.no_such_thing"', "unknown_name"),
            ('"enc.active_seizure"', '"I_42 > 0.7"', "indicator_here"),
            ('blocked_by = ["S3-01"]', 'blocked_by = ["S3-03"]', "circle"),
            ('blocked_by = ["S3-01"]', 'blocked_by = ["S9-01"]', "not_among"),
            ('version = "团队1"', 'version = "2"', "duplicate"),
        ],
    )
    def test_a_spoiled_one_is_refused_with_file_entry_and_reason(self, project, old, new, named):
        with pytest.raises(InputError) as refused:
            self.own(project, lambda text: text.replace(old, new, 1))
        assert refused.value.code == f"content.error.{named}"
        assert refused.value.params["file"] == "own.toml"
        assert len(project.checklists.editions.all()) == 1

    def test_a_version_never_changes(self, project):
        self.own(project)
        with pytest.raises(RefusedError):
            self.own(project)


class TestTheForm:
    @pytest.fixture
    def form(self, project, assessment, tmp_path):
        path = tmp_path / "清单.xlsx"
        project.checklists.forms.write(assessment, str(path), project.program.texts())
        return path

    def fill(self, path, **cells):
        book = openpyxl.load_workbook(path)
        sheet = book.active
        heads = {cell.value: cell.column for cell in sheet[4]}
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=5)}
        for place, value in cells.items():
            item, _, column = place.replace("_", "-").rpartition("-")
            sheet.cell(rows[item], heads[column]).value = value
        book.save(path)

    def test_comes_back_without_a_difference(self, project, assessment, form):
        found = project.checklists.forms.look(assessment, str(form))
        assert (found.differences, found.problems) == ((), ())

    def test_shows_differences_and_takes_those_chosen(self, project, assessment, form):
        self.fill(form, S1_02_状态="部分完成", S1_02_责任人="周敏", S1_03_截止="2026.12.31")
        forms = project.checklists.forms
        found = forms.look(assessment, str(form))
        assert [(d.item_id, d.field) for d in found.differences] == [
            ("S1-02", "status"), ("S1-02", "owner"), ("S1-03", "due"),
        ]  # fmt: skip
        assert forms.take(assessment, found, {("S1-02", "owner"), ("S1-03", "due")}) == 2
        state = project.ticking.sheet(assessment).state("S1-02")
        assert (state.owner, state.status) == ("周敏", ItemStatus.UNKNOWN)

    def test_done_without_evidence_is_named_and_not_taken(self, project, assessment, form):
        self.fill(form, S1_02_状态="已完成")
        forms = project.checklists.forms
        found = forms.look(assessment, str(form))
        assert found.refused["S1-02"].code == "evidence_missing"
        with pytest.raises(RefusedError):
            forms.take(assessment, found, all_of(found.differences))

    def test_what_cannot_be_read_is_named_with_its_row(self, project, assessment, form):
        self.fill(form, S1_01_编号="X9", S1_02_状态="差不多", S1_03_截止="下周")
        found = project.checklists.forms.look(assessment, str(form))
        assert [(p.code, p.row, p.text) for p in found.problems] == [
            ("unknown_item", 5, "X9"), ("unknown_status", 6, "差不多"), ("unknown_date", 7, "下周"),
        ]  # fmt: skip
        assert found.differences == ()

    def test_another_workbook_is_refused(self, project, assessment, tmp_path):
        book = openpyxl.Workbook()
        book.active["A1"] = "楼栋"
        book.save(tmp_path / "别的.xlsx")
        with pytest.raises(InputError) as refused:
            project.checklists.forms.look(assessment, str(tmp_path / "别的.xlsx"))
        assert refused.value.code == "checklist_form.no_form"


class TestHandingOver:
    @pytest.fixture
    def package(self, project, assessment, evidence, tmp_path):
        tick(project, assessment, "S1-01", DONE, [evidence], owner="王海涛")
        tick(project, assessment, "S1-03", OPEN, owner="周敏")
        path = tmp_path / "一期.handover"
        project.checklists.handing_over.hand_over(assessment, str(path))
        return str(path)

    @pytest.fixture
    def colleague(self, program, tmp_path, package):
        services = program.create(str(tmp_path / "乙.park"))
        services.checklists.handing_over.open(package)
        yield services
        services.close()

    def returned(self, colleague, tmp_path):
        path = str(tmp_path / "交回.handover")
        handing = colleague.checklists.handing_over
        handing.hand_over(colleague.assessments.find("一期"), path)
        return path

    def test_the_colleague_has_the_items_and_the_evidence(self, colleague):
        theirs = colleague.assessments.find("一期")
        sheet = colleague.ticking.sheet(theirs)
        assert (sheet.state("S1-01").status, sheet.state("S1-01").owner) == (DONE, "王海涛")
        [file] = colleague.ticking.sheet(theirs).evidence["S1-01"]
        assert file.get("name") == "立项表.pdf"

    def test_what_comes_back_unchanged_is_no_difference(
        self, project, assessment, colleague, tmp_path
    ):
        tick(project, assessment, "S1-03", PARTIAL, owner="周敏")
        seen = project.checklists.handing_over.look(self.returned(colleague, tmp_path))
        assert (seen.differences, seen.files, seen.comments) == ((), (), ())

    def test_only_what_both_changed_is_a_conflict_and_nothing_is_taken_unseen(
        self, project, assessment, colleague, tmp_path
    ):
        theirs = colleague.assessments.find("一期")
        paper = tmp_path / "核对表.xlsx"
        paper.write_bytes(b"table")
        tick(colleague, theirs, "S1-03", DONE, [str(paper)], owner="刘颖")
        colleague.checklists.reviewing.comment(theirs, "S1-03", "已核对")
        tick(project, assessment, "S1-03", OPEN, owner="陈立新")
        handing = project.checklists.handing_over
        path = self.returned(colleague, tmp_path)
        seen = handing.look(path)
        assert {(d.item_id, d.field, d.conflict) for d in seen.differences} == {
            ("S1-03", "status", False), ("S1-03", "owner", True),
        }  # fmt: skip
        assert project.ticking.sheet(assessment).state("S1-03").status is OPEN
        [file] = seen.files
        handing.take(path, {("S1-03", "status")}, {file.sha256})
        ours = project.ticking.sheet(assessment).state("S1-03")
        assert (ours.status, ours.owner, ours.evidence_count) == (DONE, "陈立新", 1)
        [said] = project.checklists.reviewing.comments(assessment)
        assert said.text == "已核对"
        project.history.undo()
        assert project.ticking.sheet(assessment).state("S1-03").status is OPEN

    def test_done_without_its_evidence_is_refused_and_nothing_is_written(
        self, project, assessment, colleague, tmp_path, evidence
    ):
        theirs = colleague.assessments.find("一期")
        tick(colleague, theirs, "S1-05", DONE, [evidence])
        path = self.returned(colleague, tmp_path)
        with pytest.raises(RefusedError):
            project.checklists.handing_over.take(path, {("S1-05", "status")})
        assert project.ticking.sheet(assessment).state("S1-05").status is ItemStatus.UNKNOWN

    def test_a_package_is_opened_once(self, colleague, package):
        with pytest.raises(RefusedError) as refused:
            colleague.checklists.handing_over.open(package)
        assert refused.value.code == "handing_over.known"

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"not a zip at all"])
    def test_what_is_no_package_is_said_in_words(self, project, tmp_path, content):
        path = tmp_path / "坏.handover"
        path.write_bytes(content)
        with pytest.raises(InputError) as refused:
            project.checklists.handing_over.look(str(path))
        assert refused.value.code == "handing_over.not_a_package"
