# SPDX-License-Identifier: MIT
"""The checklist page of an assessment that has just begun."""

from contextlib import contextmanager
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from tests.widget.dropping import drop_file
from tests.widget.page_rig import a_rig
from workbench.domain.checklist.template import Stage
from workbench.ui.pages.checklist.page import ChecklistPage


@pytest.fixture
def assessment_begun(rig):
    """An assessment that follows no pathway yet."""
    assessments = rig.services.assessments
    record = assessments.start("年度评估", rig.context.park_key, date(2026, 6, 30))
    rig.context.choose_assessment(record.key)
    return rig


@pytest.fixture
def park_on_p02(tmp_path, qtbot):
    """A park whose assessment follows the second pathway; taken as ``rig = park_on_p02``."""
    made = a_rig(tmp_path, qtbot)
    assessments = made.services.assessments
    record = assessments.start("一期", made.context.park_key, date(2026, 6, 30), ("P02",))
    made.context.choose_assessment(record.key)
    yield made
    made.close()


def _lasting(factory, name, pathways=()):
    """A park with an assessment that follows these pathways, and its page, for a whole module."""
    made = a_rig(factory.mktemp("checklist"))
    park = made.context.park_key
    begun = made.services.assessments.start(name, park, date(2026, 6, 30), pathways)
    made.context.choose_assessment(begun.key)
    yield made, made.show(ChecklistPage)
    made.close()


@contextmanager
def lent_checklist(made, page, qtbot):
    """Lend a test the page as it was when it opened; nothing that the test typed may wait in it."""
    with made.lent(qtbot):
        qtbot.mouseClick(page.stages.button(Stage.S1), Qt.MouseButton.LeftButton)
        page.items.choose("S1-01")
        # lines of other items go
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        yield made
    qtbot.mouseClick(page.filters.every, Qt.MouseButton.LeftButton)
    page.items.choose("S1-02")
    assert made.context.drafts.all() == {}


def forget_typing(made, dialog):
    """Leave a dialog and let go of what was typed into it, which would be kept."""
    dialog.reject()
    for place in list(made.context.drafts.all()):
        made.context.drafts.drop(place)


@pytest.fixture(scope="module")
def lasting_checklist(tmp_path_factory):
    """The page of an assessment of no pathway, as ``lasting``, for who takes back what he did."""
    yield from _lasting(tmp_path_factory, "年度评估")


@pytest.fixture(scope="module")
def lasting_on_p02(tmp_path_factory):
    """The same for an assessment that follows the second pathway."""
    yield from _lasting(tmp_path_factory, "一期", ("P02",))


@pytest.fixture
def shared_assessment(lasting, qtbot):
    """Whose page is the shared one; a module takes it as ``begun = shared_assessment``."""
    with lent_checklist(*lasting, qtbot) as made:
        yield made


@pytest.fixture
def shared_checklist(lasting, begun):
    _made, page = lasting
    return page


@pytest.fixture
def scanned_paper(tmp_path):
    path = tmp_path / "不动产登记查询.pdf"
    path.write_bytes(b"%PDF-1.7 evidence")
    return path


def state(page, item_id):
    return page.sheet().state(item_id)


def drop(page, path):
    """Drop a file from the desktop on the zone."""
    drop_file(page.panel.evidence.zone, path)


def button(page, kind, name):
    named = [b for b in page.findChildren(kind) if b.accessibleName() == name]
    [found] = [b for b in named if b.isVisibleTo(page)]
    return found


def open_dialog(page, kind):
    [dialog] = [d for d in page.window().findChildren(kind) if d.isVisible()]
    return dialog
