# SPDX-License-Identifier: MIT
"""Makes one record of two: what is known beats what is not, a person decides conflicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.fields import Catalogue
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import CellState, ChangeKind, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell, deletion, rewritten
from workbench.domain.records.referring import (
    Surroundings,
    moved_assessments,
    moved_evidence,
    moved_references,
)

KEPT, OTHER = "kept", "other"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field of two records; ``side`` is whose value holds, "" when a person must say.

    ``newer`` is the side that was changed last, as a help for choosing, never a rule.
    """

    field: str
    kept: CellState
    other: CellState
    side: str
    newer: str = ""

    @property
    def conflict(self) -> bool:
        """Tell whether both are known and differ."""
        return self.kept.value is not None and self.other.value is not None and not self._same

    @property
    def _same(self) -> bool:
        return self.kept.value == self.other.value


Ages = Mapping[tuple[str, str], int]
"""The number of the last operation that wrote a (record key, field); absent means never changed."""


def field_choices(
    kept: Record, other: Record, ages: Ages, catalogue: Catalogue
) -> tuple[FieldChoice, ...]:
    """Return every field that either record says something about."""
    choices = []
    for field in catalogue[kept.entity]:
        name = field.key
        ours, theirs = cell(kept, name), cell(other, name)
        if ours == theirs == CellState():
            continue
        choices.append(FieldChoice(name, ours, theirs, _side(ours, theirs), _newer(
            ages.get((kept.key, name), 0), ages.get((other.key, name), 0))))  # fmt: skip
    return tuple(choices)


def merged(
    kept: Record,
    other: Record,
    chosen: Mapping[str, str],
    around: Surroundings,
) -> tuple[RecordChange, ...]:
    """Return the changes that make one record of two: values, references, evidence, the end.

    RefusedError when the kinds differ, or a conflict was not chosen (the fields are named).
    """
    if kept.entity != other.entity or kept.key == other.key:
        raise RefusedError("merging.not_alike")
    cells: dict[str, CellState] = {}
    undecided = []
    for choice in field_choices(kept, other, {}, around.catalogue):
        side = chosen.get(choice.field, choice.side)
        if not side:
            undecided.append(choice.field)
        elif side == OTHER:
            cells[choice.field] = choice.other
    if undecided:
        titles = "、".join(around.catalogue[kept.entity][name].zh for name in undecided)
        raise RefusedError("merging.undecided", count=len(undecided), fields=titles)
    updated = rewritten(kept, cells)
    old, new = other.key, kept.key
    # The record that stays is named in the log even if none of its cells changes.
    touched = updated or RecordChange(kept.entity, kept.key, ChangeKind.UPDATED, ())
    return (
        touched,
        *_without_self(moved_references(around, kept.entity, old, new), kept, other),
        *moved_evidence(around, kept.entity, old, [new]),
        *moved_assessments(around, [old], [new]),
        deletion(other),
    )


def moved_counts(changes: Sequence[RecordChange], kept: Record) -> dict[str, int]:
    """Return how many records of each entity are handed over, without the two themselves."""
    found: dict[str, int] = {}
    for change in changes:
        if change.entity != kept.entity:
            found[change.entity] = found.get(change.entity, 0) + 1
    return found


def _side(ours: CellState, theirs: CellState) -> str:
    """Return the default: known beats unknown; equal values stay; two known ones are a question."""
    if theirs.value is None or ours.value == theirs.value:
        return OTHER if ours == CellState() else KEPT
    return OTHER if ours.value is None else ""


def _newer(ours: int, theirs: int) -> str:
    if ours == theirs:
        return ""
    return KEPT if ours > theirs else OTHER


def _without_self(
    changes: Iterable[RecordChange], kept: Record, other: Record
) -> list[RecordChange]:
    """Leave out changes of the two records themselves."""
    own = {(kept.entity, kept.key), (other.entity, other.key)}
    return [c for c in changes if (c.entity, c.key) not in own]
