# SPDX-License-Identifier: MIT
"""The checklist page of an assessment that has just begun."""

from datetime import date

import pytest

from tests.widget.dropping import drop_file
from tests.widget.page_rig import a_rig
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


@pytest.fixture
def checklist_page(begun):
    return begun.show(ChecklistPage)


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
