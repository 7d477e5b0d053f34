# SPDX-License-Identifier: MIT
"""Tables of HTML on the clipboard are read as cells."""

import pytest

from workbench.domain.tables.copied.html import html_cells


@pytest.mark.parametrize(
    ("html", "cells"),
    [
        ("<table><tr><td>甲<td>50亩<tr><td>乙<td>3.7万</table>", [["甲", "50亩"], ["乙", "3.7万"]]),
        ("<p>前</p><table><tbody><tr><th>名称</th><th>面积</th></tr></tbody></table><p>后</p>",
         [["名称", "面积"]]),
        ("<table><tr><td>一行<br>二行</td><td> a&nbsp;&amp; b\n c </td></tr></table>",
         [["一行\n二行", "a & b c"]]),
        ("<table><tr><td colspan=2>合</td><td>x</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>"
         "</table>", [["合", "", "x"], ["1", "2", "3"]]),
        ("<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>",
         [["甲", "1"], ["", "2"]]),
        ("<table><tr><td>外<table><tr><td>内</td></tr></table></td></tr></table>", [["外内"]]),
        ("<table><tr><td>短</td></tr><tr><td>1</td><td>2</td></tr></table>",
         [["短", ""], ["1", "2"]]),
        ("<table><tr><td>一</td></tr></table><table><tr><td>二</td></tr></table>", [["一"]]),
        ("<table><tr><td rowspan=99999999999>甲</td></tr></table>", [["甲"]]),
        ("没有表格", None),
        ("<table></table>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_first_table_is_read_as_cells(html, cells):
    found = html_cells(html)
    assert (found and [[cell.text for cell in row] for row in found]) == cells
