# SPDX-License-Identifier: MIT
"""Rows below headings that are no records: units, numbers of the columns, how to fill them in."""

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.domain.parsing.units import is_unit

_INDEX_CELL = re.compile(r"^[(（]?(\d{1,3}|[A-Z甲乙丙丁戊])[)）]?$")
_CIRCLED = {chr(0x2460 + at): str(at + 1) for at in range(20)}
"""①, ② … as columns are numbered."""
_INDEX_NAME = re.compile(r"^(?:栏次|行次|项次|序号|列次|编号|栏目)$")
_FORMULA_CELL = re.compile(
    r"^(?:(?=.*[=×÷栏])[\d=+\-*/×÷()（）%栏]+|[(（]?\d{1,2}[)）]?(?:[-+*/][(（]?\d{1,2}[)）]?)+)$"
)
"""5=3-4, (3)+(4): how a column is worked out from others; 1901 and 2020-05-01 are values."""
_GUIDE = re.compile(r"必填|选填|可填|下拉|格式|填写|示例|文本型|数值型|日期型|自动计算|公式")


def texts_of(row: Sequence[object]) -> list[str]:
    """Return the texts of a row's cells that are not blank."""
    return [cell for cell in row if type(cell) is str and cell.strip()]


def is_unit_row(row: Sequence[object]) -> bool:
    """Tell whether a row holds units of measure and nothing else."""
    texts = texts_of(row)
    if not texts or len(texts) != len([cell for cell in row if cell not in ("", None)]):
        return False
    units = sum(1 for text in texts if is_unit(text))
    others = sum(
        1 for t in texts if not is_unit(t) and t.strip() not in ("-", "—", "/", "单位", "计量单位")
    )
    return units >= 1 and others == 0


def is_guide_row(row: Sequence[object]) -> bool:
    """Tell whether a row tells people how to fill the columns in."""
    texts = texts_of(row)
    return len(texts) >= 3 and sum(1 for text in texts if _GUIDE.search(text)) * 2 >= len(texts)


def is_index_row(row: Sequence[object], columns: int) -> bool:
    """Tell whether a row numbers the columns (栏次 1 2 3 …)."""
    numbers: list[int] = []
    named = others = letters = 0
    for cell in row:
        if cell in ("", None):
            continue
        text = (
            str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
        )
        text = _CIRCLED.get(text, text)
        match = _INDEX_CELL.match(text)
        if match and match[1].isdigit():
            numbers.append(int(match[1]))
        elif match:
            letters += 1
        elif _INDEX_NAME.match(text):
            named += 1
        elif _FORMULA_CELL.match(text):
            letters += 1
        else:
            others += 1
    if others or len(numbers) + letters < max(3, columns // 2):
        return False
    steps = sum(1 for one, two in pairwise(numbers) if two == one + 1)
    return steps >= (len(numbers) - 1) * 0.8 and (
        len(numbers) >= 3 or named > 0 or (letters > 1 and numbers[:1] == [1])
    )
