# SPDX-License-Identifier: MIT
"""Remembers what is asked of a table again and again while its sheet is laid out."""

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from workbench.domain.report.model import Table

T = TypeVar("T")


def once_per_table(ask: Callable[[Table], T]) -> Callable[[Table], T]:
    """Return a function that looks at each table once, and forgets it with the table.

    Tables are told apart by being the same one: to compare two all their cells would be read.
    """
    known: dict[int, T] = {}

    @wraps(ask)
    def remembered(table: Table) -> T:
        key = id(table)
        if key not in known:
            known[key] = ask(table)
            weakref.finalize(table, known.pop, key, None).atexit = False
        return known[key]

    return remembered
