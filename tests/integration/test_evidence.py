# SPDX-License-Identifier: MIT
"""Evidence of records and fields: kept by content, in pieces, checked, and cheap to have."""

import hashlib
import os
import tracemalloc

import pytest
from sqlalchemy import event, text

from workbench.application.ports import Cancelled
from workbench.application.project.evidencing import Owner
from workbench.application.store_ports import FileState
from workbench.domain.findings import InputError, OutputError, ProjectError, RefusedError

MIB = 1024 * 1024


@pytest.fixture
def park(services):
    return services.editing.add("park", {"code": "LX", "name": "柳溪装备产业园"})


@pytest.fixture
def owner(park):
    return Owner("park", park, "name")


def a_file(folder, name, size):
    path = folder / name
    path.write_bytes(os.urandom(size))
    return path


def run_sql(services, sql):
    with services._engine.begin() as connection:
        return connection.execute(text(sql)).fetchall() if sql[0] == "s" else (
            connection.execute(text(sql)))  # fmt: skip


def blobs(services):
    return run_sql(services, "select count(*) from blob")[0][0] + len(
        run_sql(services, "select distinct sha256 from blob_piece")
    )


class Watch:
    """A progress that remembers, and may cancel."""

    def __init__(self, cancel_at=None):
        self.steps, self.cancel_at = [], cancel_at

    def step(self, done, total):
        self.steps.append((done, total))
        if self.cancel_at is not None and done >= self.cancel_at * total:
            raise Cancelled


def test_a_large_scan_is_kept_in_pieces_and_comes_out_byte_for_byte(services, owner, tmp_path):
    scan = a_file(tmp_path, "不动产权证.pdf", 3 * MIB + 7)
    watch = Watch()
    (key,) = services.evidencing.attach(owner, [str(scan)], "第二页盖章", 2, watch)
    (kept,) = services.evidencing.of("park", owner.key)
    assert kept.key == key
    assert kept.text("sha256") == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert (kept.text("owner_field"), kept.number("page"), kept.text("note")) == (
        "name", 2, "第二页盖章",
    )  # fmt: skip
    assert run_sql(services, "select count(*) from blob_piece") == [(4,)]
    assert watch.steps[-1][0] == watch.steps[-1][1] == 2 * (3 * MIB + 7)
    out = tmp_path / "取出.pdf"
    scan.unlink()
    services.evidencing.write_copy(kept, str(out))
    assert hashlib.sha256(out.read_bytes()).hexdigest() == kept.text("sha256")
    assert services.evidencing.of("park", owner.key, "code") == []


def test_one_content_is_kept_once_whoever_it_is_evidence_of(services, owner, tmp_path):
    scan = a_file(tmp_path, "a.pdf", 2 * MIB)
    copy = tmp_path / "b.pdf"
    copy.write_bytes(scan.read_bytes())
    services.evidencing.attach(owner, [str(scan), str(copy)])
    services.evidencing.attach(Owner("park", owner.key), [str(scan)])
    assert blobs(services) == 1
    assert len(services.evidencing.of("park", owner.key)) == 3


def test_adding_describing_and_removing_are_steps_that_can_be_undone(services, owner, tmp_path):
    (key,) = services.evidencing.attach(owner, [str(a_file(tmp_path, "a.jpg", 10))])
    assert services.evidencing.describe(key, {"note": "门头照", "page": None})
    assert not services.evidencing.describe(key, {"note": "门头照"})
    services.evidencing.detach(key)
    assert services.evidencing.of("park", owner.key) == []
    services.history.undo()
    (kept,) = services.evidencing.of("park", owner.key)
    assert kept.text("note") == "门头照"
    services.history.undo()
    services.history.undo()
    assert services.evidencing.of("park", owner.key) == []
    services.history.redo()
    (kept,) = services.evidencing.of("park", owner.key)
    assert services.evidencing.content(kept)


def test_what_is_evidence_there_already_is_passed_over(services, owner, tmp_path):
    """The same content under the same name, of the same field and page; anything else is added."""
    one, two = a_file(tmp_path, "权证.pdf", 10), a_file(tmp_path, "合同.pdf", 10)
    attach = services.evidencing.attach
    assert len(attach(owner, [str(one)])) == 1
    assert len(attach(owner, [str(one), str(two)])) == 1
    with pytest.raises(RefusedError) as refused:
        attach(owner, [str(one), str(two)])
    assert refused.value.code == "evidencing.already"
    assert len(attach(Owner("park", owner.key), [str(one)])) == 1
    assert len(attach(owner, [str(one)], page=3)) == 1
    assert len(services.evidencing.of("park", owner.key)) == 4


def test_a_cancelled_addition_leaves_nothing(services, owner, tmp_path):
    scan = a_file(tmp_path, "a.pdf", 3 * MIB)
    for cancel_at in (0.2, 0.8):
        with pytest.raises(Cancelled):
            services.evidencing.attach(owner, [str(scan)], progress=Watch(cancel_at))
        assert blobs(services) == 0
        assert services.evidencing.all() == []


def test_missing_and_altered_files_are_told_apart(services, owner, tmp_path):
    names = ("ok.pdf", "gone.pdf", "bad.pdf")
    for name in names:
        services.evidencing.attach(owner, [str(a_file(tmp_path, name, MIB + 5))])
    rows = {row.label: row for row in services.evidencing.all()}
    gone, bad = rows["gone.pdf"], rows["bad.pdf"]
    run_sql(services, f"delete from blob_piece where sha256 = '{gone.text('sha256')}'")
    run_sql(services, f"update blob_piece set content = x'00' where ordinal = 1 "
                      f"and sha256 = '{bad.text('sha256')}'")  # fmt: skip
    states = services.evidencing.check(list(rows.values()))
    assert [states[rows[name].key] for name in names] == [
        FileState.WHOLE, FileState.MISSING, FileState.ALTERED,
    ]  # fmt: skip
    assert services.evidencing.missing(list(rows.values())) == {gone.key}
    with pytest.raises(InputError) as missing:
        services.evidencing.write_copy(gone, str(tmp_path / "x.pdf"))
    assert missing.value.code == "ticking.evidence_missing"
    with pytest.raises(ProjectError):
        services.evidencing.write_copy(bad, str(tmp_path / "x.pdf"))
    assert not list(tmp_path.glob("x.pdf*")), "an altered file is not written, not even half"


def test_what_cannot_be_kept_is_refused_in_words(services, owner, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.touch()
    large = tmp_path / "大.pdf"
    with large.open("wb") as file:
        file.truncate(50 * MIB + 1)
    for path, code in (
        (empty, "ticking.evidence_empty"), (large, "ticking.evidence_too_large"),
        (tmp_path, "files.is_folder"), (tmp_path / "没有.pdf", "files.missing"),
    ):  # fmt: skip
        with pytest.raises(InputError) as refused:
            services.evidencing.attach(owner, [str(path)])
        assert refused.value.code == code
    with pytest.raises(RefusedError):
        services.evidencing.attach(Owner("park", "nobody"), [str(large)])
    (key,) = services.evidencing.attach(owner, [str(a_file(tmp_path, "a.pdf", 3))])
    kept = services.querying.record("evidence", key)
    with pytest.raises(OutputError):
        services.evidencing.write_copy(kept, str(tmp_path / "no folder" / "a.pdf"))


def test_a_file_that_changes_while_it_is_kept_is_refused(services, owner, tmp_path):
    scan = a_file(tmp_path, "a.pdf", 2 * MIB)
    staging = services.evidencing.stage([str(scan)])
    scan.write_bytes(os.urandom(2 * MIB))
    with pytest.raises(InputError) as refused, services.unit_of_work(writing=True) as work:
        staging.keep(work)
    assert refused.value.code == "evidencing.changed_meanwhile"


def test_fifty_megabytes_are_never_held_whole(services, owner, tmp_path):
    scan = a_file(tmp_path, "a.pdf", 50 * MIB)
    tracemalloc.start()
    services.evidencing.attach(owner, [str(scan)])
    (kept,) = services.evidencing.all()
    services.evidencing.write_copy(kept, str(tmp_path / "out.pdf"))
    services.evidencing.check([kept])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * MIB


def test_opening_and_working_in_a_project_reads_no_file(program, services, owner, tmp_path):
    """20 GB of evidence cost nothing until somebody asks for a file."""
    for number in range(3):
        services.evidencing.attach(owner, [str(a_file(tmp_path, f"{number}.pdf", 2 * MIB))])
    services.close()
    again = program.open(services.project)
    asked = []
    event.listen(again._engine, "before_cursor_execute", lambda *a: asked.append(a[2].lower()))
    again.querying.ledger()
    rows = again.evidencing.of("park", owner.key)
    again.evidencing.missing(rows)
    again.editing.edit("park", owner.key, "name", "新名")
    again.evidencing.attach(owner, [str(a_file(tmp_path, "new.pdf", 2 * MIB))])
    again.close()
    reads = [sql for sql in asked if "blob" in sql and sql.startswith("select")]
    assert reads, "presence is asked for"
    assert not any("content" in sql for sql in reads)
