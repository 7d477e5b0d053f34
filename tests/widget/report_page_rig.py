"""A park with one error, and the report page of somebody who reads its sheets as text."""

import pytest

import workbench.ui.pages.report.exports as report_exports
from tests.read_quickly import load_workbook
from tests.widget.page_rig import a_rig
from workbench.ui.pages.report.page import ReportPage


@pytest.fixture
def overlet_park(rig):
    """A park with one building whose let area is larger than what can be let."""
    return _overlet(rig)


@pytest.fixture(scope="module")
def lasting_report(tmp_path_factory):
    """The same park and its page for those who take back what they did, as ``lasting``."""
    made = _overlet(a_rig(tmp_path_factory.mktemp("report")))
    yield made, made.show(read)
    made.close()


@pytest.fixture
def shared_report(lasting, qtbot):
    """The lasting park and its page, lent to one test."""
    made, page = lasting
    with made.lent(qtbot):
        yield made, page


def _overlet(rig):
    rig.services.editing.add(
        "building",
        {"park": "P-01", "name": "A1", "rentable_area": "1000", "leased_area": "1200"},
    )
    return rig


def shown(rig, qtbot, *, printed=False):
    """The page with its report built, and with its pages laid out for a test that looks at them."""
    page = rig.show(ReportPage if printed else read)
    rig.settle(qtbot)
    return page


def read(context):
    """The page of somebody who reads the sheets as text."""
    page = ReportPage(context)
    page.preview.show_as("reading")
    return page


def sheet_names(path):
    return load_workbook(path, read_only=True).sheetnames


def chosen(monkeypatch, target):
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: str(target))
