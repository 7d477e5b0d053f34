# SPDX-License-Identifier: MIT
"""How long work over rows says how far it is, so that it can be shown and stopped."""

from collections.abc import Callable

Tick = Callable[[int], None]
"""Hears how many rows are done; may raise to stop the work."""

ROWS_PER_TICK = 2000


def unwatched(_rows: int) -> None:
    """Ignore how far the work is."""
