"""Figures of a scenario in words."""

from decimal import Decimal

import pytest

from tests.widget.page_rig import a_rig
from workbench.domain.fields import Field, FieldType
from workbench.ui.pages.scenario.words import number_words


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", 1, ("1", "year")), ("en", 2, ("2", "years")), ("zh_CN", 1, ("1", "年")),
        ("en", None, ("—", "")),
    ],
)  # fmt: skip
def test_a_unit_goes_with_its_number(tmp_path, qtbot, language, value, words):
    rig = a_rig(tmp_path, qtbot, language)
    years = Field("years", "年数", "Years", FieldType.NUMBER, unit="年")
    assert number_words(None if value is None else Decimal(value), years) == words
    rig.close()
