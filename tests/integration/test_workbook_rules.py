"""What Excel is strict about holds for every kind of workbook that the program writes."""

import pytest

from tests.excel_rules import FUNCTIONS
from tests.integration import test_report_kinds
from tests.integration.test_report_kinds import DIFFERENCE, run
from tests.workbook_rules import complaints, functions

project, made = test_report_kinds.project, test_report_kinds.made
KINDS = {
    "park": ("--park", "P"),
    "version": ("--park", "P", "--assessment", "年中"),
    "english": ("--park", "P", "--language", "en"),
    "portfolio": ("--portfolio",),
    "redacted": ("--park", "P", "--redact"),
    "difference": DIFFERENCE,
    "asset": ("--park", "P", "--asset", "B", "--language", "en"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_breaks_no_rule_and_uses_functions_that_all_programs_have(made, kind):
    out, _ = made(*KINDS[kind])
    assert complaints(out) == []
    assert functions(out) <= FUNCTIONS


def test_ledgers_forms_and_lists_break_no_rule(project, tmp_path, capsys):
    from workbench import locations

    out = tmp_path / "l.xlsx"
    assert run(capsys, "export-ledger", project, str(out))[0] == 0
    assert complaints(out) == []
    for name in ("ledger_import.xlsx", "report_base.xlsx", "report_base_en.xlsx"):
        assert complaints(locations.template("excel", name)) == []


def test_a_broken_rule_is_found(tmp_path, made):
    """The checks themselves: each of these would make Excel offer a repair."""
    from tests.template_rig import Template

    out, _ = made(*KINDS["park"])
    sheet = "xl/worksheets/sheet4.xml"
    bars = next(n for n, content in Template(out).parts.items() if b"<gapWidth" in content)
    breaks = {
        "out of order": (sheet, r"(<pageMargins[^>]*>)(<pageSetup[^>]*>)", r"\g<2>\g<1>"),
        "look": (sheet, r'<c r="A1" s="\d+"', '<c r="A1" s="9999"'),
        "without a value": (sheet, r"</f><v>[^<]*</v>", "</f>"),
        "sheet name": ("xl/workbook.xml", r'name="1 摘要"', 'name="1/摘要"'),
        "is missing": ("xl/_rels/workbook.xml.rels", r"sheet4\.xml", "sheet44.xml"),
        "barChart: out of order": (
            bars,
            r"(<gapWidth[^>]*>)(.*?)(<axId[^>]*>)",
            r"\g<3>\g<1>\g<2>",
        ),
        "of one number": (bars, r'(<valAx><axId val=")\d+', r"\g<1>10"),
        "catAx lacks": (
            bars,
            r"<scaling>.*?</scaling>(?=<delete val=\"0\" /><axPos val=\"l\")",
            "",
        ),
        "ser: out of order": (bars, r"(<idx[^>]*>)(<order[^>]*>)", r"\g<2>\g<1>"),
        "font: out of order": ("xl/styles.xml", r"(<sz[^>]*>)(<name[^>]*>)", r"\g<2>\g<1>"),
        "letters outside": ("xl/styles.xml", r'formatCode="[^"]*', 'formatCode="0万元'),
        "not there": (sheet, r"<f>[^<]*</f>", "<f>SUM('没有'!A1)</f>"),
        "a text of 300": (sheet, r"<f>[^<]*</f>", f'<f>LEN("{"字" * 300}")</f>'),
        "brackets": (sheet, r"<f>[^<]*</f>", f"<f>{'(' * 65}1{')' * 65}</f>"),
        "merges one cell": (sheet, r'<mergeCell ref="[^"]*"', '<mergeCell ref="A1:A1"'),
        "string 99999 of": (
            sheet,
            r't="inlineStr"><is><t[^>]*>[^<]*</t></is>',
            't="s"><v>99999</v>',
        ),
        "is no number": (sheet, r'(t="n"><v>)[^<]*', r"\g<1>NaN"),
        "docProps: created": ("docProps/core.xml", r"(:created[^>]*>)[^<]*", r"\g<1>2026-11-26"),
        "_xlnm.Print_Titles is": ("xl/workbook.xml", r"\$1:\$1", "$A1:$B1"),
        "one group": (sheet, r'<sheetView (?:tabSelected="\d" )?', '<sheetView tabSelected="1" '),
    }
    for said, (part, old, new) in breaks.items():
        broken = Template(out)
        broken.put(part, old, new)
        assert any(said in each for each in complaints(broken.write(tmp_path / "b.xlsx"))), said
