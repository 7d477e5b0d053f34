# SPDX-License-Identifier: MIT
"""The sentence of a finding: its values are words of the language that it is said in."""

import pytest

from tests.shipped import texts
from workbench.application.finding_words import finding_text
from workbench.application.imports.words import problem_sentence
from workbench.domain.findings import Finding, Level
from workbench.domain.parsing.parsed import notice


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "部分出租"), ("en", "Partly let")])
def test_v14_names_the_status_as_the_grid_shows_it(language, word):
    finding = Finding("V14E", Level.ERROR, "building", "b", "use_status", {"status": "部分出租"})
    said = finding_text(finding, texts(language))
    assert word in said
    assert ("部分出租" in said) == (language == "zh_CN")


def test_the_unit_that_a_column_is_read_in_is_a_word_of_the_language():
    english = texts("en")
    assert "CNY" in problem_sentence(notice("unit_assumed", unit="元"), english)
    assert "亩" in problem_sentence(notice("unit_refused", unit="亩", text="5亩"), english)
