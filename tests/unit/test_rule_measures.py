"""What a rule measured is told in its unit, wherever it is told."""

from decimal import Decimal

import pytest

from tests.shipped import content, texts
from workbench.domain.diagnosis.measures import measured_words


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        ("D9-3", Decimal("0.9345"), "93.45%"),
        ("D9-3", None, "待核"),
        ("D1-1", Decimal("0.2009"), "20.09%"),
    ],
)
def test_a_share_is_told_in_percent_and_nothing_as_to_verify(rule, value, said):
    """Seen in a difference report: 规则D9-3的取值：0.9345 → —."""
    [found] = [each for each in content().diagnosis.rules if each.id == rule]
    assert measured_words(value, found, texts()) == said
