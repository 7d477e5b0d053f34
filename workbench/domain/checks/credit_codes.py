# SPDX-License-Identifier: MIT
"""Unified social credit codes (统一社会信用代码), GB 32100-2015."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LENGTH = 18


def is_valid_credit_code(code: str) -> bool:
    """Tell whether a code has 18 allowed characters and the right check character."""
    if len(code) != _LENGTH or any(character not in _ALPHABET for character in code):
        return False
    values = [_ALPHABET.index(character) for character in code]
    weighted = sum(w * v for w, v in zip(_WEIGHTS, values, strict=False))
    return values[-1] == (31 - weighted % 31) % 31
