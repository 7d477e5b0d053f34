# SPDX-License-Identifier: MIT
"""What a table looks through finds the same rows as a look at each cell."""

import pytest

from workbench.ui.widgets.grid.column_text import Piece

_KINDS = ("厂房", "仓库", "宿舍")
COLUMNS = [
    [f"{_KINDS[n % 3]}{n}号" for n in range(400)],
    [("甲", "乙", "", "1幢")[n % 4] for n in range(400)],
    [f"{chr(0x4E00 + n)}路\n{n % 7}楼" for n in range(400)],
    [f"a{n}b" if n % 5 else "ab" for n in range(400)],
    [""] * 400,
]


@pytest.mark.parametrize(
    "word",
    ["厂房", "房1", "号", "1", "0", "00", "ab", "a0b", "a1b", "甲", "1幢", "路", "3楼", "库2", "无",
     "399", "\u4e07", "b", "厂房0号"],
)  # fmt: skip
def test_a_word_is_found_in_the_rows_that_hold_it(word):
    piece = Piece([list(texts) for texts in COLUMNS], 400)
    rows = [n for n in range(400) if any(word in column[n] for column in COLUMNS)]
    mask = piece.mask(word) or bytes(400)
    assert [n for n, byte in enumerate(mask) if byte] == rows
