"""What report cells say of fields that ask for something that cannot be."""

import pytest

from tests.builders import a_ledger, an_encumbrance
from workbench.domain.report.model import CellState
from workbench.domain.report.sections.cells import of_field


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("查封", CellState.NOT_APPLICABLE),
        ("轮候查封", CellState.NOT_APPLICABLE),
        ("抵押", CellState.UNKNOWN),
        (None, CellState.UNKNOWN),
    ],
)
def test_only_a_mortgage_waits_for_its_mortgagee(kind, state):
    """Seen: 待核 in annex C for the consent of a court that seized the land."""
    row = an_encumbrance("e", kind=kind)
    cell = of_field(row, "mortgagee_consent", a_ledger(row), "zh_CN")
    assert cell.state is state


def test_a_consent_that_somebody_wrote_stays():
    row = an_encumbrance("e", kind="查封", mortgagee_consent="同意")
    assert of_field(row, "mortgagee_consent", a_ledger(row), "zh_CN").value == "同意"
