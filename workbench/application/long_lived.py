# SPDX-License-Identifier: MIT
"""Keeps the garbage collector from walking through a large ledger again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.application.collection import MANY


@contextmanager
def kept_for_long() -> Iterator[None]:
    """Keep what is made inside, which lives as long as the project, from being searched.

    It is still freed when nobody needs it; only rings among these objects would stay, and frozen
    values point at nothing that points back.
    """
    was_on = gc.isenabled()
    before = gc.get_count()[0]
    gc.disable()
    try:
        yield
        if gc.get_count()[0] - before > MANY:
            gc.freeze()
    finally:
        if was_on:
            gc.enable()
