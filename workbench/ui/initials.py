# SPDX-License-Identifier: MIT
"""Pinyin initials of common Chinese characters, from their order in GB 2312 level 1."""

from bisect import bisect_right

# GB 2312 sorts its 3,755 level-1 characters by pinyin: first code of each initial, then the end.
_FIRST_CODES = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1, 0xD7FA,
)  # fmt: skip
_INITIALS = "abcdefghjklmnopqrstwxyz"


def initials(text: str) -> str:
    """Return the initials of a text; letters and digits stand for themselves, the rest is left out.

    Characters outside GB 2312 level 1 are left out too.
    """
    return "".join(_initial(char) for char in text)


def _initial(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    at = bisect_right(_FIRST_CODES, code) - 1
    return _INITIALS[at] if 0 <= at < len(_INITIALS) else ""
