# SPDX-License-Identifier: MIT
"""Where a key leads in a table; pure functions over a test for filled cells."""

from collections.abc import Callable

Filled = Callable[[int], bool]


def edge(at: int, step: int, count: int, filled: Filled) -> int:
    """Return where Ctrl+Arrow leads on one line, as in Excel.

    Inside a run of filled cells it goes to the run's end; otherwise to the next filled cell, or
    to the border.
    """
    last = count - 1 if step > 0 else 0
    if at == last:
        return at
    following = at + step
    if filled(at) and filled(following):
        while following != last and filled(following + step):
            following += step
        return following
    while following != last and not filled(following):
        following += step
    return following


def clamp(value: int, count: int) -> int:
    """Return the nearest valid place."""
    return min(max(value, 0), count - 1)
