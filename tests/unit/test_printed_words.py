"""Values and page lines as a spreadsheet program shows them, for the printed preview."""

from datetime import date

import pytest

from workbench.excel.printing.number_words import shown_value
from workbench.excel.printing.page_lines import sections_of


@pytest.mark.parametrize(
    ("value", "pattern", "words"),
    [
        (1234.5, "#,##0.00;[Red]-#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        (-7, "#,##0;[Red](#,##0)", "(7)"),
        (0.256, "0.0%", "25.6%"),
        (1850.08, '#,##0.00"（预计）"', "1,850.08（预计）"),
        (3.5, '"约"#,##0.0', "约3.5"),
        (253.92, '#,##0.00"*"', "253.92*"),
        (2.5, "0", "3"),
        (7, "000", "007"),
        (0.5, "#.00", ".50"),
        (2026, "General", "2026"),
        (0.1 + 0.2, "General", "0.3"),
        ("待核", "#,##0.00", "待核"),
        (None, "General", ""),
        (0, "#,##0;-#,##0;", ""),
        (date(2026, 6, 3), "yyyy-mm-dd", "2026-06-03"),
        (date(2026, 6, 3), 'yyyy"年"m"月"d"日"', "2026年6月3日"),
        (date(2026, 6, 3), "General", "2026-06-03"),
        (float("nan"), "0.00", "nan"),
    ],
)
def test_a_value_reads_as_its_number_format_says(value, pattern, words):
    assert shown_value(value, pattern)[0] == words


def test_a_negative_is_red_where_the_format_says_so():
    assert shown_value(-1, "0;[Red]-0") == ("-1", True)
    assert shown_value(1, "0;[Red]-0") == ("1", False)


def test_a_line_is_split_into_its_sections():
    """&& is an ampersand, and digits after a font are its size."""
    left, middle, right = sections_of('&L&"微软雅黑,Regular"&9 甲&&乙\n二&C第 &P 页 共 &N 页&R&D')
    assert left == (("甲&乙", 9.0), ("二", 9.0))
    assert middle == (("第 {page} 页 共 {pages} 页", 10.0),)
    assert right == (("{date}", 10.0),)
    assert sections_of("") == ((), (), ())
    assert sections_of("只有中间")[1] == (("只有中间", 10.0),)
