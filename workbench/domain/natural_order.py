# SPDX-License-Identifier: MIT
"""Names in the order in which people count: 第2栋 before 第10栋."""

import re

_DIGITS = re.compile(r"(\d{1,18})")


def natural_order(name: str) -> tuple[int | str, ...]:
    """Return what to sort a name by: its words, and its numbers as numbers.

    Words stand at even places and numbers at odd ones, so any two names can be compared.
    """
    parts = _DIGITS.split(name)
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))
