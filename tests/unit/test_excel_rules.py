"""Issue 8.2: the rules that formulas are held to find what Excel would compute otherwise."""

import pytest

from tests.excel_rules import complaints


@pytest.mark.parametrize(
    "formula",
    [
        '=IF(COUNT(A1:A9)<9,"待核",SUM(A1:A9)*100)',
        "=SUMPRODUCT((FREQUENCY(A1:A9,A1:A9)>0)*1)",
        '=COUNTIF(B2,"<"&C1)',
        '=IF(A1="",0,1)',
        "=INDEX(A1:A9,MATCH(1,B1:B9,0))",
        "='附表E 计算底稿'!A1-A2",
        '=IFERROR(IF(COUNT(A1)=1,A1,NA())*2,"待核")',
        "=A1&CHAR(10)&A2",
    ],
)
def test_what_both_programs_compute_alike_passes(formula):
    assert list(complaints(formula)) == []


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:A9*B1:B9)",  # an array formula, or one row of it
        "=SUMPRODUCT(IF(A1:A9>0,1,0))",
        "=A1:A9>1",
        "=TODAY()-A1",
        "=_xlfn.CONCAT(A1,A2)",
        "=MAXIFS(A1:A9,B1:B9,1)",
        '=IF(A1>1,"",A1)+1',  # "" counts 0 in LibreOffice and is #VALUE! in Excel
        '=COUNTIF(A1:A9,"企业*")',
        "=[1]Sheet1!A1",
        "=IF(COUNT(A1)=1,A1,NA())",  # #N/A stands in the cell
        "=A1&CHAR(128)&A2",  # a euro, or a letter, by the system's code page
        f"=IF(A1=1,{'A1+' * 3_000}1,0)",
        f"=COUNT({','.join(['A1'] * 256)})",
    ],
)
def test_what_excel_computes_otherwise_is_found(formula):
    assert list(complaints(formula))
