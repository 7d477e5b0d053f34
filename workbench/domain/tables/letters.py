# SPDX-License-Identifier: MIT
"""Letters of columns, which are all that a process reading marks needs to know of tables."""


def column_letter(index: int) -> str:
    """Return a column's letters from its 1-based number: 1 → A, 28 → AB."""
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return a column's 1-based number from its letters."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index
