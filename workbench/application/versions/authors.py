# SPDX-License-Identifier: MIT
"""Who changed what differs between two assessments, and when, as the change log tells it."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.domain.catalogue.content_editions import CONTENT_FILE
from workbench.domain.catalogue.ranking import CRITERIA_WEIGHTS, PATHWAY_CHOICE, PATHWAY_SCORE
from workbench.domain.catalogue.scenario import SCENARIO
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeKind

if TYPE_CHECKING:
    from workbench.application.store_ports import Operation, UnitOfWork
    from workbench.domain.freezing.choices import ChoiceChange
    from workbench.domain.freezing.differences import Comparison
    from workbench.domain.freezing.told import InputChange
    from workbench.domain.records.changes import RecordChange
    from workbench.domain.records.ledger import Record

Place = tuple[str, str, str]
_FILES = {
    "parameter": ("parameters.toml",),
    "rule": ("diagnosis.toml",),
    "ranking": ("ranking.toml",),
    "standard": ("standards.toml", "grading.toml"),
    "case": ("cases.toml",),
    "pathway": ("pathways.toml",),
}
"""The files in which content of a kind stands."""
_DECIDED = {
    "method": CRITERIA_WEIGHTS.key,
    "weight": CRITERIA_WEIGHTS.key,
    "score": PATHWAY_SCORE.key,
    "override": PATHWAY_CHOICE.key,
}
"""The records that keep a decision of a kind."""


@dataclass(frozen=True)
class Authors:
    """The last step that wrote each changed cell, file of content and decision, where one did."""

    cells: Mapping[Place, "Operation"] = field(default_factory=dict)
    files: Mapping[str, "Operation"] = field(default_factory=dict)
    decisions: Mapping[tuple[str, str, str], "Operation"] = field(default_factory=dict)
    """By the kind of the record, and for a score its pathway and criterion."""
    inputs: Mapping[tuple[str, str], "Operation"] = field(default_factory=dict)
    """By the key of a scenario and of its input; an empty one stands for the scenario itself."""

    def of_content(self, kind: str) -> "Operation | None":
        """Return who wrote the project's own edition of content of a kind; None for nobody."""
        found = [self.files[name] for name in _FILES.get(kind, ()) if name in self.files]
        return max(found, key=lambda step: step.sequence, default=None)

    def of_input(self, change: "InputChange") -> "Operation | None":
        """Return who stated an input, or left it to its default; None for what nobody stated."""
        return self.inputs.get((change.owner, change.item.key if change.item is not None else ""))

    def of_choice(self, choice: "ChoiceChange") -> "Operation | None":
        """Return who decided; None where the older decision was taken back or never kept."""
        criterion = choice.criterion.value if choice.kind == "score" and choice.criterion else ""
        pathway = choice.pathway if choice.kind == "score" else ""
        return self.decisions.get((_DECIDED[choice.kind], pathway, criterion))


def authors_of(
    work: "UnitOfWork", comparison: "Comparison", new: "Record", until: int | None
) -> Authors:
    """Follow the log up to one of its steps; without one up to today."""
    steps = {
        each.sequence: each for each in work.log.all() if until is None or each.sequence <= until
    }
    cells: dict[Place, Operation] = {}
    wanted: dict[tuple[str, str], list[str]] = {}
    for cell in comparison.cells:
        wanted.setdefault((cell.entity, cell.key), []).append(cell.field)
    for sequence, change in work.log.steps(0, wanted) if wanted else ():
        if sequence not in steps:
            continue
        written = {each.field for each in change.fields}
        for name in wanted[change.entity, change.key]:
            # a record that came or went has all its fields from that step
            if change.kind is not ChangeKind.UPDATED or name in written:
                cells[change.entity, change.key, name] = steps[sequence]
    files = _files(work, steps) if comparison.content else {}
    decisions = _decisions(work, new, steps) if comparison.choices else {}
    inputs = _inputs(work, comparison, steps) if comparison.inputs else {}
    return Authors(cells, files, decisions, inputs)


class _OfEntity(Container[tuple[str, str]]):
    def __init__(self, entity: str) -> None:
        self._entity = entity

    @override
    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and place[0] == self._entity


def _files(work: "UnitOfWork", steps: Mapping[int, "Operation"]) -> dict[str, "Operation"]:
    names = {record.key: record.text("file") or "" for record in work.records.all(CONTENT_FILE.key)}
    found: dict[str, Operation] = {}
    for sequence, change in work.log.steps(0, _OfEntity(CONTENT_FILE.key)):
        for each in change.fields:
            value = each.new.value or each.old.value
            if each.field == "file" and isinstance(value, str):
                names[change.key] = value
        if sequence in steps and change.key in names:
            found[names[change.key]] = steps[sequence]
    return found


def _inputs(
    work: "UnitOfWork", comparison: "Comparison", steps: Mapping[int, "Operation"]
) -> dict[tuple[str, str], "Operation"]:
    """Return the last step that stated each changed input otherwise, a variant's base included."""
    bases = {r.key: r.text("base") or "" for r in work.records.all(SCENARIO.key)}
    wanted: dict[str, set[str]] = {}
    for each in comparison.inputs:
        wanted.setdefault(each.owner, set()).add(each.item.key if each.item is not None else "")
    found: dict[tuple[str, str], Operation] = {}
    for sequence, change in work.log.steps(0, _OfEntity(SCENARIO.key)):
        if sequence not in steps:
            continue
        for owner, keys in wanted.items():
            if change.key == owner and change.kind is not ChangeKind.UPDATED:
                found[owner, ""] = steps[sequence]
            if change.key in (owner, bases.get(owner)):
                for key in keys & _restated(change):
                    found[owner, key] = steps[sequence]
    return found


def _restated(change: "RecordChange") -> set[str]:
    """Return the inputs that a step stated otherwise, or left to their defaults."""
    keys: set[str] = set()
    for each in change.fields:
        if each.field == "stated":
            before, after = (_stated(side.value) for side in (each.old, each.new))
            keys |= {
                key for key in before.keys() | after.keys() if before.get(key) != after.get(key)
            }
        elif each.field == "dropped":
            sides = (side.value for side in (each.old, each.new))
            left, right = (set(side if isinstance(side, tuple) else ()) for side in sides)
            keys |= left ^ right
    return keys


def _stated(text: object) -> dict[str, object]:
    found = json.loads(text) if isinstance(text, str) and text else {}
    return found if isinstance(found, dict) else {}


def _decisions(
    work: "UnitOfWork", new: "Record", steps: Mapping[int, "Operation"]
) -> dict[tuple[str, str, str], "Operation"]:
    found: dict[tuple[str, str, str], Operation] = {}
    for entity in dict.fromkeys(_DECIDED.values()):
        for record in work.records.all(entity):
            is_own = record.text("assessment") == new.key
            of_park = not record.text("assessment") and record.text("park") == new.text("park")
            if not (is_own or of_park):
                continue
            is_score = entity == PATHWAY_SCORE.key
            said = (
                [record.text(f) or "" for f in ("pathway", "criterion")] if is_score else ["", ""]
            )
            told = work.log.of_record(entity, record.key)
            last = next((step for step, _ in told if step.sequence in steps), None)
            if last is not None and (is_own or (entity, *said) not in found):
                found[entity, said[0], said[1]] = last
    return found
