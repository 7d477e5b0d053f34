"""A value that is only the least it can be is marked: a blank is not 0 (domain §0.2)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from workbench.domain.indicators.indicator import Note
from workbench.domain.report.model import CellState
from workbench.domain.report.sections.indicators import shown_value


@pytest.mark.parametrize(
    ("id_", "code", "marked"),
    [("I-44", "without_income_tax", True), ("I-09", "without_yards", True),
     ("I-44", "by_finance", False)],
)  # fmt: skip
def test_a_lower_bound_says_so(id_, code, marked):
    value = SimpleNamespace(id=id_, value=Decimal("1.13"), notes=(Note(code),))
    _, _, cell = shown_value(SimpleNamespace(language="zh_CN"), value)
    assert (cell.state is CellState.ESTIMATED, cell.mark) == (marked, "≥" if marked else "")
