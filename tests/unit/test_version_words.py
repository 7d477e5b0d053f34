# SPDX-License-Identifier: MIT
"""What changed between two versions, in one language at a time."""

import re
from decimal import Decimal

import pytest

from tests.shipped import texts
from workbench.application.versions.reporting import VersionWords
from workbench.domain.freezing.differences import Change
from workbench.domain.indicators.indicator import Band
from workbench.domain.pathways.feasibility import Feasibility


@pytest.mark.parametrize(
    ("kind", "subject", "values"),
    [
        ("indicator", "I-01", [(Decimal("0.5"), band.value) for band in Band]),
        ("indicator", "I-12", [(None, band.value) for band in Band]),
        ("pathway", "P03", [each.value for each in Feasibility]),
    ],
)
def test_an_english_comparison_holds_no_chinese_word(kind, subject, values):
    """Bands and verdicts are kept by their Chinese names, and were shown by them."""
    words = VersionWords(texts("en"), None)
    said = [words.result(Change(kind, subject, value, None, ()), value) for value in values]
    assert len(set(said)) == len(values)
    assert not re.search("[\u4e00-\u9fff]", " ".join(said)), said
