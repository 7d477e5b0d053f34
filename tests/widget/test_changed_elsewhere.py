"""What the command line or another window wrote is shown; a stale cell is never overwritten."""

import pytest

from tests.widget.page_rig import one_park
from workbench.bootstrap import Program
from workbench.ui.pages.ledger.page import LedgerPage

rig = one_park


@pytest.fixture
def elsewhere(rig):
    services = Program(language="zh_CN").open(rig.services.project)
    yield services
    services.close()


def test_a_change_made_elsewhere_is_shown_with_who_made_it(rig, elsewhere, qtbot):
    page = rig.show(LedgerPage)
    rig.settle(qtbot)
    park = rig.context.park_key
    elsewhere.editing.edit("park", park, "name", "别处改的名字")
    rig.context.others.look()
    rig.settle(qtbot)
    assert "1 条记录" in rig.shell.toasts[-1]
    assert rig.context.park.get("name") == "别处改的名字"
    count = len(rig.shell.toasts)
    rig.services.editing.edit("park", park, "note", "自己改的")
    rig.context.others.look()
    rig.settle(qtbot)
    assert len(rig.shell.toasts) == count
    assert page.isVisible()


def test_a_project_that_was_closed_is_left_alone(rig, qtbot):
    rig.services.close()
    rig.context.others.look()
    rig.settle(qtbot)
    assert rig.shell.errors == []
