"""Issue 8, 8: a name is found however it is written, and no word is spoiled that is none."""

import pytest

from tests.builders import a_ledger, a_record
from tests.report_rig import texts
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.markup import marked_words
from workbench.domain.report.redaction.naming import codes_of

NAMES = Codes({"锦龙仓储": "企业001", "TCL": "企业002", "李·四光": "人员001", "Bob": "人员002"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("錦龍倉儲二期", "企业001二期"),
        ("锦 龙　仓·储", "企业001"),
        ("TCL2号楼", "企业0022号楼"),
        ("（ＴＣＬ）厂房", "（企业002）厂房"),
        ("TCLX与ATCL", "TCLX与ATCL"),
        ("李四光的厂房 bob", "人员001的厂房 人员002"),
        ("Bobby", "Bobby"),
        ("倉儲用地", "倉儲用地"),
    ],
)
def test_widths_dots_blanks_case_and_traditional_characters_do_not_count(text, shown):
    assert NAMES(text) == shown
    assert bool(NAMES.left_in(text)) is (text != shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ZYXEL-77", "企业001-77"),
        ("Zyxel Prime yard", "企业001 yard"),
        ("Park Lane", "Park Lane"),
    ],
)
def test_a_latin_firm_is_hidden_by_its_first_word_unless_reports_use_it(text, shown):
    firms = [a_record("enterprise", f"e{n}", name=name)
             for n, name in enumerate(("Zyxel Prime Co., Ltd", "Park Services Ltd"))]  # fmt: skip
    codes = codes_of([a_ledger(*firms)], (), texts(), (), "Park of the report")
    assert codes(text) == shown


def test_names_that_a_person_lists_are_hidden_by_their_kind():
    listed = [a_record("hidden_name", str(n), name=name, kind=kind)
              for n, (name, kind) in enumerate((("王二麻", "人员"), ("老厂", "企业")))]  # fmt: skip
    codes = codes_of([a_ledger()], listed, texts(), ())
    assert codes("老厂的王 二麻") == "企业001的人员001"


def test_the_runs_of_one_paragraph_are_one_text_and_cells_are_not():
    xml = '<a:p><a:r><a:t>锦龙</a:t></a:r><a:r><a:t>仓储</a:t></a:r></a:p><c t="x">TC</c><c>L</c>'
    assert NAMES.left_in(marked_words(xml)) == ["锦龙仓储"]
    assert NAMES.left_in(marked_words('<x name="锦龙仓储"/>')) == ["锦龙仓储"]
