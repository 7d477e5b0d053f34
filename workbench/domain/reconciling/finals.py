# SPDX-License-Identifier: MIT
"""Final assessments in a merge: ours never change, theirs come whole or not at all."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from workbench.domain.reconciling.copies import WHOLE
from workbench.domain.reconciling.differences import Conflict, Difference
from workbench.domain.records.changes import CellState, ChangeKind
from workbench.domain.records.ledger import Record

ASSESSMENT = "assessment"
Belonging = Callable[[Record], Collection[str]]
"""Returns the keys of the assessments that a record belongs to."""


def with_finals(
    found: Sequence[Difference],
    closed: Collection[str],
    closing: Collection[str],
    busy: Collection[str],
    belonging: Belonging,
) -> list[Difference]:
    """Return the differences with those marked that would touch a final assessment.

    ``closed`` are our final assessments, ``closing`` those of ours that are final only there: such
    a one comes as one difference, and only when nothing that belongs to it was changed here
    (``busy``).
    """
    kept: list[Difference] = []
    finals: dict[str, Difference] = {}
    for each in found:
        if each.record.entity == ASSESSMENT and each.record.key in closing:
            whole = _whole(each)
            if each.record.key in busy:
                whole = replace(whole, conflict=Conflict.FINAL)
            finals[each.record.key] = whole
        elif any(key in closed for key in belonging(each.record)):
            kept.append(replace(each, conflict=Conflict.FINAL))
        else:
            kept.append(each)
    return [*finals.values(), *kept]


def _whole(each: Difference) -> Difference:
    """Return a difference of one field as one of the whole record: a final has no halves."""
    nothing = CellState()
    return replace(each, kind=ChangeKind.UPDATED, field=WHOLE, ours=nothing, theirs=nothing)


def finals_of(records: Iterable[Record], final: str) -> frozenset[str]:
    """Return the keys of the assessments that are final."""
    return frozenset(record.key for record in records if record.text("status") == final)
