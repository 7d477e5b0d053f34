# SPDX-License-Identifier: MIT
"""The sentence of a finding: its values are words of the language that it is said in."""

import pytest

from workbench import locations
from workbench.application.finding_words import finding_text
from workbench.domain.findings import Finding, Level
from workbench.files.texts import load_texts


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "部分出租"), ("en", "Partly let")])
def test_v14_names_the_status_as_the_grid_shows_it(language, word):
    texts = load_texts(language, locations.resource("translations"))
    finding = Finding("V14E", Level.ERROR, "building", "b", "use_status", {"status": "部分出租"})
    said = finding_text(finding, texts)
    assert word in said
    assert ("部分出租" in said) == (language == "zh_CN")
