# SPDX-License-Identifier: MIT
"""What spreadsheets put on the clipboard is read as the person who copied it means it."""

import pytest

from workbench.domain.tables.copied.block import from_tsv, to_tsv
from workbench.domain.tables.copied.cells import Cell, combined, meant_text
from workbench.domain.tables.copied.html import html_cells
from workbench.domain.tables.copied.xml import xml_cells


@pytest.mark.parametrize(
    ("text", "number", "meant"),
    [
        ("1,235", "1234.5678", "1234.5678"),  # shown rounded: the number is meant
        ("85%", "0.8512", "85.12%"),
        ("12.3 万元", "12.345", "12.345 万元"),  # a unit in the number's form
        ("1341.0 万", "13410000", "1341.0 万"),  # shown in another measure: the text is meant
        ("(1,234)", "-1234.4", "(1234.4)"),
        ("1,234", "-1234", "-1234"),  # negatives shown red, without a sign
        ("########", "13333.33", "13333.33"),  # the column was too narrow
        ("-", "0", "0"),  # a zero of the accounting form is a zero
        ("-", "", "-"),
        ("001", "1", "001"),
        ("0.3", "0.30000000000000004", "0.3"),
        ("1.235E+03", "1234.5678", "1234.5678"),
        ("1.23457E+17", "123456789012345000", "1.23457E+17"),  # lost digits must be seen
        ("12-34", "5", "12-34"),
        ("TRUE", "1", "TRUE"),
        ("50亩", "", "50亩"),
        ("#DIV/0!", "", "#DIV/0!"),
        ("12", "inf", "12"),
    ],
)
def test_a_number_is_taken_in_full_where_the_text_is_that_number_rounded(text, number, meant):
    assert meant_text(text, Cell(text, number)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2035/6/30", "2035-06-30"),
        ("6/30/35", "2035-06-30"),
        ("Jun-35", "2035-06-30"),
        ("6月30日", "2035-06-30"),
        ("########", "2035-06-30"),
        ("2035年6月", "2035年6月"),  # typed as a month, which a spreadsheet keeps as a day
        ("2035", "2035"),
    ],
)
def test_a_day_is_taken_in_full_but_a_month_that_is_shown_stays_a_month(text, meant):
    assert meant_text(text, Cell(text, day="2035-06-30")) == meant
    assert meant_text(text, Cell(text, "49490", is_date=True)) == meant


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t50亩\r\n乙\t3.7万\r\n", [["甲", "50亩"], ["乙", "3.7万"]]),
        ('"一行\n二行"\t=x\r\n', [["一行\n二行", "=x"]]),
        ('"带""引号""的\t格"\t2', [['带"引号"的\t格', "2"]]),
        ('"甲"厂房\t5" 管\r\n乙\t"丙"\r\n', [['"甲"厂房', '5" 管'], ["乙", "丙"]]),
        ('5"\t"一\n二"\r\n3\t4', [['5"', "一\n二"], ["3", "4"]]),
        ('"没有收尾\t1\r\n2\t3', [['"没有收尾', "1"], ["2", "3"]]),
        ("\r\n", [[""]]),
        ("甲\r\n\r\n乙\r\n", [["甲"], [""], ["乙"]]),
        ("a\t\t\r\n", [["a", "", ""]]),
        ('""', [[""]]),
    ],
)
def test_a_quote_is_a_cell_s_only_where_it_ends_the_cell(text, cells):
    assert from_tsv(text) == cells


def test_what_is_copied_is_read_back_the_same():
    rows = [['5"', "a\tb", "c\nd"], ['"e"', "", "=1+1"]]
    assert from_tsv(to_tsv(rows) + "\r\n") == rows


def test_the_table_of_excel_ends_before_its_hidden_row_and_text_may_run_over_the_next_cell():
    html = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>
    <!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"\\@";}
    td {padding:1px;} --></style></head><body><table border=0 style='width:108pt'>
    <!--StartFragment--><col width=72 style='width:54pt'><tr height=19>
    <td height=19 class=xl65 style='height:14pt' x:num="1234.5678">1,235<span
    style='mso-spacerun:yes'>&nbsp;</span></td><td colspan=2
    style='mso-ignore:colspan'>很长的字</td>
    </tr><!--EndFragment--><![if supportMisalignedColumns]><tr height=0 style='display:none'>
    <td width=72></td></tr><![endif]></table></body></html>"""
    [[number, words, beside]] = html_cells(html)
    assert (number.text, number.number) == ("1,235", "1234.5678")
    assert (words.text, beside.covered) == ("很长的字", "")


def test_a_merged_label_holds_for_its_rows_and_a_merged_number_for_the_first_only():
    html = ("<table><tr><td rowspan=3>甲园</td><td rowspan=2>12</td><td>1</td></tr>"
            "<tr><td>2</td></tr><tr><td>x</td><td>3</td></tr>"
            "<tr><td colspan=2>合</td><td>6</td></tr></table>")  # fmt: skip
    text = "甲园\t12\t1\r\n\t\t2\r\n\tx\t3\r\n合\t\t6\r\n"
    block = combined(from_tsv(text), html_cells(html))
    assert block.rows == [["甲园", "12", "1"], ["甲园", None, "2"], ["甲园", "x", "3"],
                          ["合", None, "6"]]  # fmt: skip
    assert block.exact == 0
    assert combined([["甲"]], html_cells(html)) is None


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1">
 <Table ss:ExpandedColumnCount="4" ss:ExpandedRowCount="3">
 <Row><Cell ss:MergeDown="1"><Data ss:Type="String">一&#10;二</Data></Cell>
 <Cell ss:Index="3"><Data ss:Type="Number">15.236548900000001</Data></Cell>
 <Cell><Data ss:Type="DateTime">2035-06-30T00:00:00.000</Data></Cell></Row>
 <Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">合</Data></Cell>
 <Cell><Data ss:Type="DateTime">2035-06-30T08:30:00.000</Data></Cell></Row>
 </Table></Worksheet></Workbook>\0"""


def test_excel_s_own_description_of_a_block_gives_numbers_and_days_in_full():
    rows = xml_cells(XML)
    assert [[cell.text for cell in row] for row in rows] == [
        ["一\n二", "", "15.236548900000001", "2035-06-30T00:00:00.000"],
        ["", "", "", ""],
        ["合", "", "2035-06-30T08:30:00.000", ""],
    ]
    text = '"一\n二"\t\t15.24\tJun-35\r\n\t\t\t\r\n合\t\t8:30\t\r\n'
    block = combined(from_tsv(text), rows)
    assert block.rows[0] == ["一\n二", "", "15.2365489", "2035-06-30"]
    assert block.rows[1][0] == "一\n二"
    assert block.rows[2] == ["合", None, "8:30", ""]
    assert block.exact == 2


@pytest.mark.parametrize(
    "text",
    ["", "<a/>", "<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
     XML.replace('ExpandedRowCount="3"', 'ExpandedRowCount="99999999"')],
)  # fmt: skip
def test_a_description_that_cannot_be_trusted_is_none(text):
    assert xml_cells(text) is None
