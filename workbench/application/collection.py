# SPDX-License-Identifier: MIT
"""Pauses the garbage collector while many cells without cycles are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MANY = 50_000
"""From how many objects on a walk through them is felt as a pause (about 0.03 s)."""
_DROPPED_AT_ONCE = 500


@contextmanager
def paused_collection() -> Iterator[None]:
    """Leave the collector off inside the block; it is as it was afterwards.

    Very many objects that outlive the block are taken for old ones: the next search for young
    rings would walk through all of them at once, a second and more for a large merge.
    """
    was_on = gc.isenabled()
    before = gc.get_count()[0]
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] - before > MANY:
            grow_old()
        if was_on:
            gc.enable()


@contextmanager
def unsearched() -> Iterator[None]:
    """Leave the collector off inside the block, and let it search what was made there afterwards.

    A report's workbook is a web of rings: searched while it grows it costs a quarter of the time,
    and once it is written the first search takes it down.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def search() -> None:
    """Take down the dead rings that are there now, unless another thread is the one to do so.

    A window searches from its own thread and sets Python's threshold to 0.
    """
    if gc.isenabled() and gc.get_threshold()[0]:
        gc.collect()


def let_go(things: list[Any]) -> None:
    """Take very many things down bit by bit: in one go no other thread would run meanwhile."""
    while things:
        del things[-_DROPPED_AT_ONCE:]


def grow_old() -> None:
    """Take everything that is there now for old, without walking through it."""
    frozen = gc.get_freeze_count()
    gc.freeze()
    if not frozen:  # else the ledger, which is never walked through, would be searched again
        gc.unfreeze()
