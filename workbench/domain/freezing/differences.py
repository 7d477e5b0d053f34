# SPDX-License-Identifier: MIT
"""What can differ between two assessments of one park: cells, content, results, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from workbench.domain.content import Content
from workbench.domain.figures.scale import ScaleFigure, scale
from workbench.domain.freezing.choices import ChoiceChange
from workbench.domain.freezing.results import Found
from workbench.domain.freezing.told import InputChange, Place, Told
from workbench.domain.records.ledger import Ledger
from workbench.domain.values import Value, ValueState


@dataclass(frozen=True, slots=True)
class CellChange:
    """One ledger cell before and after; a record that came or went has no field.

    The states tell 待核 from 不适用 where there is no value, and an estimate from what is exact.
    """

    entity: str
    key: str
    label: str
    field: str
    old: Value | None
    new: Value | None
    old_state: ValueState = ValueState.KNOWN
    new_state: ValueState = ValueState.KNOWN
    named: tuple[str, str] = ("", "")
    """What the records are called that a reference names, before and after."""
    only: str = ""
    """``old`` or ``new`` where the whole record is on that side alone."""
    elsewhere: bool = False
    """Whether the record is of another park, or of a firm of none here."""
    units: tuple[str, str] = ("", "")
    """In what unit the record says it is, before and after, where a field of its own says so."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Return where the cell is: entity, key and field."""
        return self.entity, self.key, self.field


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a result changed; the sentence is text key ``versions.because_<code>``.

    Codes: ``cell``, ``ledger`` (other cells), ``parameter``, ``standard``, ``rule``, ``measure``,
    ``case``, ``feature``, ``pathway``, ``precondition``, ``weights``, ``criterion``, ``scores``,
    ``ranking``, ``others``, ``date``, ``scope``, ``formula``, ``input`` (of a scenario), ``let_…``
    (what counts as let, ``freezing.let_basis``), ``told`` (written there itself),
    ``elsewhere`` (nothing of these: another version of the program).
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    cell: CellChange | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One result before and after, with the reasons; ``more`` counts those left out.

    Kinds: ``scale``, ``indicator``, ``diagnosis``, ``match``, ``pathway``, ``score``, ``rank``,
    ``finding``; ``scenario``, ``grade``, ``task``, ``evidence`` hold a ``Told`` on each side.
    """

    kind: str
    subject: str
    old: Any
    new: Any
    reasons: tuple[Reason, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ContentChange:
    """One entry of the content before and after: a parameter, a rule, a standard, a case.

    Kinds: ``parameter``, ``rule``, ``standard``, ``case``, ``pathway``.
    """

    kind: str
    subject: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """The step of the log after which a ledger was read, and when that step was made."""

    step: int
    at: datetime


@dataclass(frozen=True)
class Side:
    """One of the two assessments: what it found, from which content, with which formulas.

    ``moment`` says that it is no final one, and that the ledger is the one of that moment.
    """

    found: Found
    content: Content
    formulas: Mapping[str, str]
    moment: Moment | None = None
    on_old_basis: Mapping[str, Found] = field(default_factory=dict)
    """What it would find before a step from the basis of the old side to its own: before the
    ``date`` changes, and before the ``scope`` does."""
    told: Mapping[Place, Told] = field(default_factory=dict)
    """What it tells beside its results: scenarios, classes of firms, checklist, evidence."""

    on_ledger: Callable[[Ledger], Found] | None = None
    """What it would find in another ledger, on the date and the assets of the old side."""

    @cached_property
    def scale(self) -> Mapping[str, ScaleFigure]:
        """Return how large the whole park is."""
        scope = self.found.scope
        return scale(scope if scope.whole_park else replace(scope, asset_keys=None))


@dataclass(frozen=True, slots=True)
class Use:
    """What rests on a changed cell: the results that moved, those that stayed, those that wait.

    Each is named by kind and subject; ``feature`` is one more kind: of our side, for matching.
    """

    moved: tuple[tuple[str, str], ...] = ()
    stayed: tuple[tuple[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    """Figures that are 待核 on both sides: they did not move, and yet are no unchanged results."""
    by_others: tuple[tuple[str, str], ...] = ()
    """Results that read the cell and moved, but would be the same without its change."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two assessments."""

    cells: tuple[CellChange, ...]
    content: tuple[ContentChange, ...]
    results: tuple[Change, ...]
    uses: Mapping[tuple[str, str, str], Use] = field(default_factory=dict)
    """What rests on each changed cell, by its place."""
    moment: Moment | None = None
    """The moment of the old side's ledger, where that was never final."""
    choices: tuple[ChoiceChange, ...] = ()
    """What people decided otherwise about the ranking."""
    inputs: tuple[InputChange, ...] = ()
    """The inputs of scenarios that differ."""
    are_tried: bool = False
    """Whether each changed cell was taken back alone to see what it moved."""

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        differing = (self.cells, self.content, self.results, self.choices, self.inputs)
        return not any(differing)
