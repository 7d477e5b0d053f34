# SPDX-License-Identifier: MIT
"""The sentence of a finding: its values are words of the language that it is said in."""

import re
from pathlib import Path

import pytest

import workbench
from workbench import locations
from workbench.application.finding_words import finding_text
from workbench.application.imports.words import problem_sentence, rule_title
from workbench.domain.findings import Finding, Level
from workbench.domain.parsing.parsed import notice
from workbench.files.texts import LANGUAGES, load_texts

PROGRAM = Path(workbench.__file__).parent
_FINDING = re.compile(r'(?:\b(?:warning|error)\(\s*|\bnotes\b[^"\n]*|_CODES = .*)"(\w+)"')


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "部分出租"), ("en", "Partly let")])
def test_v14_names_the_status_as_the_grid_shows_it(language, word):
    texts = load_texts(language, locations.resource("translations"))
    finding = Finding("V14E", Level.ERROR, "building", "b", "use_status", {"status": "部分出租"})
    said = finding_text(finding, texts)
    assert word in said
    assert ("部分出租" in said) == (language == "zh_CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_an_import_has_a_short_name(language):
    """Lists and filters showed ``subtotal_differs`` where a rule had none."""
    rooms = ("domain", "application/imports", "excel/reading")
    files = [path for room in rooms for path in (PROGRAM / room).rglob("*.py")]
    sources = [path.read_text("utf-8") for path in files]
    codes = {code for source in sources for code in _FINDING.findall(source)}
    texts = load_texts(language, locations.resource("translations"))
    findings = {code for code in codes if texts.has(f"importing.{code}")}
    assert {"subtotal_differs", "content_damaged", "cut_off", "not_a_number"} <= findings
    unnamed = {code for code in findings if rule_title(code, texts) == code}
    assert unnamed == set()


def test_the_unit_that_a_column_is_read_in_is_a_word_of_the_language():
    texts = load_texts("en", locations.resource("translations"))
    assert "CNY" in problem_sentence(notice("unit_assumed", unit="元"), texts)
    assert "亩" in problem_sentence(notice("unit_refused", unit="亩", text="5亩"), texts)
