# SPDX-License-Identifier: MIT
"""What number formats and error codes mean, whatever file they stand in."""

import re

BUILT_IN_PERCENTS = frozenset({9, 10})
BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})

ERROR_TEXTS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""What a cell shows for an error code of the binary formats."""


def is_percent(code: str) -> bool:
    """Tell whether a number format shows percents: 0.00% does, 0"%" does not."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def is_date(code: str) -> bool:
    """Tell whether a number format shows days: yyyy-mm-dd does, h:mm and [Red]0 do not."""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    return "general" not in plain and ("y" in plain or "d" in plain)
