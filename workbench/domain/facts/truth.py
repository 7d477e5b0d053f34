# SPDX-License-Identifier: MIT
"""Three-valued logic over many answers: true, false, or not known."""

from collections.abc import Iterable


def any_of(truths: Iterable[bool | None]) -> bool | None:
    """Return True if one is true, False if all are false (or none is given), else None."""
    seen = list(truths)
    if True in seen:
        return True
    return None if None in seen else False


def all_of(truths: Iterable[bool | None]) -> bool | None:
    """Return False if one is false, True if all are true (or none is given), else None."""
    seen = list(truths)
    if False in seen:
        return False
    return None if None in seen else True


def negated(truth: bool | None) -> bool | None:
    """Return the opposite; what is not known stays so."""
    return None if truth is None else not truth
