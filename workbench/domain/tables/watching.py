# SPDX-License-Identifier: MIT
"""How long work over rows says how far it is, so that it can be shown and stopped."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
Tick = Callable[[int], None]
"""Hears how many rows are done; may raise to stop the work."""

ROWS_PER_TICK = 2000


def unwatched(_rows: int) -> None:
    """Ignore how far the work is."""


def watched(items: Iterable[T], tick: Tick) -> Iterator[T]:
    """Yield items, saying now and then how many there were."""
    for done, item in enumerate(items):
        if not done % ROWS_PER_TICK:
            tick(done)
        yield item
