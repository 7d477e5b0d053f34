"""Two windows, or a window and the command line, on one project: nothing is overwritten unseen."""

import json

import pytest

from workbench.cli.main import main
from workbench.domain.findings import EditConflictError
from workbench.domain.records.changes import ChangeSet


@pytest.fixture
def desks(program, services):
    """Two sessions that have both read the ledger; ``here`` is watched by a person."""
    park = services.editing.add("park", {"code": "P", "name": "甲园"})
    there = program.open(services.project)
    services.history.watch_others()
    services.querying.ledger()
    yield services, there, park
    there.close()


def shown(services, park, field="name"):
    return services.querying.ledger().find("park", park).get(field)


def test_an_edit_of_a_cell_that_changed_unseen_is_refused_and_names_who_and_what(desks):
    here, there, park = desks
    there.editing.edit("park", park, "name", "乙园")
    assert shown(here, park) == "甲园"
    with pytest.raises(EditConflictError) as refused:
        here.editing.edit("park", park, "name", "丙园")
    said = refused.value.params
    assert (said["expected"], said["found"], said["field"]) == ("甲园", "乙园", "name")
    assert said["actor"]
    assert shown(here, park) == "乙园"  # now it was seen
    here.editing.edit("park", park, "name", "丙园")
    assert there.querying.record("park", park).get("name") == "丙园"


def test_edits_of_other_cells_both_survive_and_both_are_seen(desks):
    here, there, park = desks
    there.editing.edit("park", park, "name", "乙园")
    told = []
    here.history.subscribe(told.append)
    here.editing.edit("park", park, "note", "备注")
    assert [each.label for each in told] == ["editing.edit_cell", "editing.edit_cell"]
    assert (shown(here, park), shown(here, park, "note")) == ("乙园", "备注")
    there.editing.edit("park", park, "code", "P2")
    assert here.history.is_behind()
    [news] = here.history.catch_up()
    assert [change.key for change in news.changes.records] == [park]
    assert shown(here, park, "code") == "P2"
    assert here.history.catch_up() == []


def test_a_record_that_changed_unseen_is_not_deleted_and_the_same_value_is_no_conflict(desks):
    here, there, park = desks
    firm = there.editing.add("enterprise", {"name": "甲公司"})
    here.history.catch_up()
    there.editing.edit("enterprise", firm, "name", "乙公司")
    with pytest.raises(EditConflictError):
        here.editing.delete("enterprise", [firm])
    there.editing.edit("park", park, "note", "一样")
    here.editing.edit("park", park, "note", "一样")
    here.history.catch_up()
    there.editing.edit("park", park, "note", "走了")
    there.history.undo()
    here.editing.edit("park", park, "note", "又回来")
    assert shown(here, park, "note") == "又回来"


def test_own_steps_of_every_kind_are_no_news(desks):
    here, _there, park = desks
    here.editing.edit("park", park, "name", "乙园")
    here.history.undo()
    here.history.redo()
    with here.unit_of_work(writing=True) as work:  # as an import writes
        work.apply(ChangeSet("importing.import", (), {}))
        work.commit()
    assert here.history.catch_up() == []


def test_the_command_line_beside_an_open_project(desks, capsys):
    here, _there, park = desks
    assert main(["set", here.project, "park", park, "name=丁园", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == 1
    with pytest.raises(EditConflictError):
        here.editing.edit("park", park, "name", "丙园")
    with here.unit_of_work(writing=True):  # a long import holds the project
        pass
    assert shown(here, park) == "丁园"
