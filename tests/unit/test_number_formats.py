# SPDX-License-Identifier: MIT
"""B1: a unit that only the number format writes belongs to the number (12.5 shown as 12.50亩)."""

import pytest

from workbench.excel.reading.number_formats import PERCENT, Shown, shown_by


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0.00"亩"', Shown(0, "亩")),
        ("0.00\\亩", Shown(0, "亩")),
        ('#,##0"万元"', Shown(0, "万元")),
        ('#,##0.00"元";[Red]-#,##0.00"元"', Shown(0, "元")),
        ('0.00"元/㎡·月"', Shown(0, "元/㎡·月")),
        ('0.0"%"', Shown(0, "%")),
        ("0.0%", PERCENT),
        ('0!.0,"万㎡"', Shown(0, "㎡")),  # what it holds is ㎡, ten thousand times what it shows
        ('0!.0000"万元"', Shown(0, "元")),
        ('0"."0,"万"', None),
        ("0!.0000", Shown(4, "")),
        ("0.0,", Shown(3, "")),
    ],
)
def test_what_a_number_format_does_to_a_number(code, shown):
    assert shown_by(code) == shown


@pytest.mark.parametrize(
    "code",
    ["General", "@", "000000", "0.00E+00", "# ?/?", 'yyyy"年"m"月"d"日"', '"第"0"号"', '0"年"',
     "#,##0.00_);(#,##0.00)", "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "[$¥-804]#,##0.00", "h:mm"],
)  # fmt: skip
def test_a_format_that_only_rounds_dates_or_decorates_does_nothing(code):
    assert shown_by(code) is None
