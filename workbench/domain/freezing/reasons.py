# SPDX-License-Identifier: MIT
"""Why a result of an assessment changed: cells, parameters, rules, cases, decisions, dates."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from workbench.domain.cases.case import FEATURES
from workbench.domain.checks.reads import CheckReads
from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.explain import Input, Missing, Trace
from workbench.domain.figures.grading import grading_of
from workbench.domain.figures.reading import Reading
from workbench.domain.freezing.basis import Basis
from workbench.domain.freezing.differences import CellChange, Change, ContentChange, Reason, Side
from workbench.domain.freezing.let_basis import LET_CODES, LetBasis
from workbench.domain.freezing.outcomes import (
    complaints,
    ranks,
    severities,
    standings,
    values,
    weighted,
)
from workbench.domain.freezing.told import Place, Told, input_changes, places
from workbench.domain.freezing.trials import Trials
from workbench.domain.pathways.feasibility import PathwayCheck
from workbench.domain.ranking.ranking import Placing
from workbench.domain.ranking.rules import CRITERIA

_OF_LEDGER = frozenset({"cell", "ledger", *LET_CODES})
"""The reasons that lie in ledger cells."""
_COUNTED = {"parcels": "parcel", "buildings": "building", "tenants": "lease"}


class Why:
    """Finds the reasons of each changed result."""

    def __init__(
        self,
        old: Side,
        new: Side,
        cells: Iterable[CellChange],
        content: Iterable[ContentChange],
        trials: Trials,
    ) -> None:
        self._old, self._new, self._trials = old, new, trials
        self._cells = {cell.place: cell for cell in cells}
        self._basis = Basis(old, new)
        self._let = LetBasis(old, new, self._cells)
        self._inputs = tuple(input_changes(old.told, new.told))
        self._content: dict[str, dict[str, ContentChange]] = {}
        for change in content:
            self._content.setdefault(change.kind, {})[change.subject] = change

    def changes(self) -> Iterator[Change]:
        """Yield every result that changed: scale, indicators, then what rests on them."""
        yield from self._scale()
        yield from self._indicators()
        yield from self._diagnosis()
        yield from self._matches()
        yield from self._pathways()
        yield from self._scores()
        yield from self._ranks()
        yield from self._told()
        yield from self._findings()

    def _told(self) -> Iterator[Change]:
        """Yield scenarios, classes of firms, checklist items and evidence that changed."""
        before, after = self._old.told, self._new.told
        for place in places(before, after):
            was, now = before.get(place), after.get(place)
            if was != now:
                kind, subject = place
                yield _change(kind, subject, was, now, self._of_told(place, was, now))

    def _of_told(self, place: Place, was: Told | None, now: Told | None) -> list[Reason]:
        kind = place[0]
        if kind == "grade":
            keys = {side.owner for side in (was, now) if side is not None}
            own = [
                self._of_cell(cell)
                for cell in self._cells.values()
                if cell.key in keys or self._belongs_to(cell, keys)
            ]
            moving = [
                reason
                for reason in own
                if not self._trials.are_made
                or (reason.cell is not None and self._trials.moves(reason.cell, *place))
            ]
            return moving or self._trials.causes(*place, [*own, *self._of_grading()]) or (
                self._of_ledger()
            )  # fmt: skip
        if kind != "scenario" or was is None or now is None:
            return [Reason("told")]
        return self._of_inputs(now.owner) or self._of_ledger()

    def _of_inputs(self, scenario: str) -> list[Reason]:
        """Return the inputs that changed of a scenario, by its key on the new side."""
        return [
            Reason("input", {"scenario": each.scenario, "item": each.item,
                             "old": each.old, "new": each.new})
            for each in self._inputs
            if each.owner == scenario and each.item is not None
        ]  # fmt: skip

    def _of_grading(self) -> list[Reason]:
        """Return what else moved the classes, which are places among all firms."""
        traces, schemes = [], set()
        for scope in (self._old.found.scope, self._new.found.scope):
            reading = Reading(scope.params)
            grading = grading_of(scope, reading)
            traces.append(reading.trace("grade"))
            schemes |= {grading.scheme.id} if grading is not None else set()
        changed = sorted(schemes & self._content.get("standard", {}).keys())
        return [
            *self._of_traces(traces), *(Reason("standard", {"code": code}) for code in changed)
        ]  # fmt: skip

    def _belongs_to(self, cell: CellChange, firms: set[str]) -> bool:
        """Tell whether a cell is one of a firm's year or lease."""
        for side in (self._new, self._old):
            record = side.found.scope.ledger.find(cell.entity, cell.key)
            if record is not None and {record.text("enterprise"), record.text("tenant")} & firms:
                return True
        return False

    def _scale(self) -> Iterator[Change]:
        """Yield the sizes of the whole park that changed."""
        for key, left in self._old.scale.items():
            right = self._new.scale[key]
            if left.value == right.value:
                continue
            own = [*self._of_traces([left.trace, right.trace]), *self._of_records(key)]
            reasons = self._because("scale", key, left.value, own)
            yield _change("scale", key, left, right, reasons)

    def _of_records(self, key: str) -> Iterator[Reason]:
        """Yield the records that came or went, which is why a count changed."""
        counted = _COUNTED.get(key)
        for (entity, _, field), cell in self._cells.items():
            if entity == counted and not field:
                yield Reason("cell", cell=cell)

    def _indicators(self) -> Iterator[Change]:
        """Yield the indicators whose value or band changed."""
        before, after = values(self._old.found), values(self._new.found)
        for id_ in sorted(before.keys() | after.keys()):
            was, now = before.get(id_), after.get(id_)
            if was == now:
                continue
            found = (side.found.indicators.get(id_) for side in (self._old, self._new))
            traces = [value.trace for value in found if value is not None]
            own = [*self._of_traces(traces), *self._of_formula(id_)]
            yield _change("indicator", id_, was, now, self._because("indicator", id_, was, own))

    def _of_traces(self, traces: Iterable[Trace]) -> Iterator[Reason]:
        traces = list(traces)
        yield from self._of_cells(*(cells for t in traces for cells in (t.inputs, t.missing)))
        for code in sorted({code for trace in traces for code in trace.parameters}):
            values = [trace.parameters.get(code) for trace in traces]
            if len(values) == 2 and values[0] != values[1]:
                yield Reason("parameter", {"code": code, "old": values[0], "new": values[1]})
            elif values[0] in self._content.get("standard", {}):
                yield Reason("standard", {"code": values[0]})

    def _of_cells(self, *read: Sequence[Input] | Sequence[Missing]) -> Iterator[Reason]:
        """Yield those of the cells that changed, each once, and what counts instead of leases."""
        if not self._cells:
            return
        places = dict.fromkeys(place_of(cell) for cells in read for cell in cells)
        for place in places:
            if cell := self._cells.get(place):
                yield self._of_cell(cell)
        yield from self._let.reasons(places)

    def _of_cell(self, cell: CellChange) -> Reason:
        """Return a changed cell, or that its whole record came or went."""
        return Reason("cell", cell=self._cells.get((cell.entity, cell.key, ""), cell))

    def _of_formula(self, id_: str) -> Iterator[Reason]:
        was, now = self._old.formulas.get(id_), self._new.formulas.get(id_)
        if was is not None and was != now:
            yield Reason("formula", {"old": was, "new": now})

    def _because(
        self, kind: str, subject: Any, was: Any, own: Iterable[Reason], *, tried: bool = True
    ) -> list[Reason]:
        """Return why a result changed: what was found of itself, another date, other assets.

        ``was`` is the result on the old side. Cells are no reason where they alone change nothing;
        not ``tried`` is what rests on more than a trial computes again.
        """
        changed, basis = self._basis.split(kind, subject, was)
        reasons = [each for each in own if changed or each.code not in _OF_LEDGER]
        if tried and changed:
            reasons = self._trials.causes(kind, subject, reasons)
        return [*reasons, *basis] or [Reason("ledger" if self._cells else "elsewhere")]

    def _diagnosis(self) -> Iterator[Change]:
        """Yield the types whose severity or confidence changed."""
        sides = [{d.type.code: d for d in s.found.distresses} for s in (self._old, self._new)]
        before, after = severities(self._old.found), severities(self._new.found)
        for code in dict.fromkeys([*before, *after]):
            was, now = before.get(code), after.get(code)
            if was != now:
                own = self._of_rules(*(side.get(code) for side in sides))
                yield _change(
                    "diagnosis", code, was, now, self._because("diagnosis", code, was, own)
                )

    def _of_rules(self, left: Distress | None, right: Distress | None) -> list[Reason]:
        before = {r.rule.id: r for r in left.rules} if left else {}
        after = {r.rule.id: r for r in right.rules} if right else {}
        reasons = []
        for id_ in dict.fromkeys([*before, *after]):
            was, now = before.get(id_), after.get(id_)
            if id_ in self._content.get("rule", {}):
                reasons.append(Reason("rule", {"id": id_}))
            elif was is not None and now is not None and was.truth is not now.truth:
                params = {"id": id_, "old": was.value, "new": now.value}
                reasons.append(Reason("measure", params))
                reasons += self._of_cells(was.inputs, was.missing, now.inputs, now.missing)
        return reasons

    def _matches(self) -> Iterator[Change]:
        """Yield the cases whose place changed."""
        before, after = standings(self._old.found), standings(self._new.found)
        ours = list(self._of_features())
        for case in dict.fromkeys([*after, *before]):
            was, now = before.get(case), after.get(case)
            if was == now:
                continue
            own = [Reason("case", {"id": case})] if self._case_changed(case) else []
            yield _change("match", case, was, now, self._because("match", case, was, own + ours))

    def _of_features(self) -> Iterator[Reason]:
        """Yield the features of our side that changed, each with the cells behind it."""
        left, right = self._old.found.target, self._new.found.target
        for name in FEATURES:
            was, now = (getattr(side.features, name) for side in (left, right))
            if was == now:
                continue
            yield Reason("feature", {"feature": name, "old": was, "new": now})
            behind = (known.get(name, ()) for side in (left, right)
                      for known in (side.inputs, side.missing))  # fmt: skip
            yield from self._of_cells(*behind)

    def _case_changed(self, case: str) -> bool:
        sides = [{m.case.id: m.case for m in s.found.matches} for s in (self._old, self._new)]
        return sides[0].get(case) != sides[1].get(case)

    def _pathways(self) -> Iterator[Change]:
        """Yield the pathways that opened or closed."""
        before = {p.pathway.code: p for p in self._old.found.pathways}
        after = {p.pathway.code: p for p in self._new.found.pathways}
        for code in dict.fromkeys([*before, *after]):
            left, right = before.get(code), after.get(code)
            was = None if left is None else left.feasibility.value
            now = None if right is None else right.feasibility.value
            if was == now:
                continue
            reasons = []
            if code in self._content.get("pathway", {}):
                reasons.append(Reason("pathway", {"code": code}))
            if left is not None and right is not None:
                reasons += self._of_conditions(left, right)
            yield _change("pathway", code, was, now, self._because("pathway", code, was, reasons))

    def _of_conditions(self, left: PathwayCheck, right: PathwayCheck) -> Iterator[Reason]:
        before = {c.id: c for c in (*left.preconditions, *left.blocks)}
        for check in (*right.preconditions, *right.blocks):
            was = before.get(check.id)
            if was is not None and was.truth is check.truth:
                continue
            yield Reason("precondition", {"id": check.id, "text": check.text})
            earlier = (was.inputs, was.missing) if was else ()
            yield from self._of_cells(*earlier, check.inputs, check.missing)

    def _scores(self) -> Iterator[Change]:
        """Yield the pathways whose weighted score changed, to four decimals."""
        sides = [{p.code: p for p in s.found.ranking.placings} for s in (self._old, self._new)]
        before, after = weighted(self._old.found), weighted(self._new.found)
        for code in [code for code in before if code in after]:
            was, now = before[code], after[code]
            if was != now:
                pair = tuple(side[code] for side in sides)
                own, tried = self._of_score(*pair), not any(map(_of_scenario, pair))
                reasons = self._because("score", code, was, own, tried=tried)
                yield _change("score", code, was, now, reasons)

    def _of_score(self, left: Placing, right: Placing) -> list[Reason]:
        reasons = [Reason("weights")] if self._weights_changed else []
        if self._content.get("ranking"):
            reasons.append(Reason("ranking"))
        for criterion in CRITERIA:
            was, now = left.scores[criterion], right.scores[criterion]
            if was.value == now.value:
                continue
            params = {"criterion": criterion.text_key, "old": was.value, "new": now.value}
            reasons.append(Reason("criterion", params))
            reasons += self._of_traces([was.trace, now.trace])
            reasons += self._of_inputs(now.scenario_key) if now.scenario_key else []
        return reasons

    @property
    def _weights_changed(self) -> bool:
        left, right = self._old.found.ranking, self._new.found.ranking
        return left.weighed.weights != right.weighed.weights

    def _ranks(self) -> Iterator[Change]:
        """Yield the pathways whose place in the ranking changed."""
        rows = [{p.code: p.row for p in s.found.ranking.placings} for s in (self._old, self._new)]
        before, after = ranks(self._old.found), ranks(self._new.found)
        for code in dict.fromkeys([*before, *after]):
            was, now = before.get(code), after.get(code)
            if was == now:
                continue
            reasons = [Reason("weights")] if self._weights_changed else []
            if self._content.get("ranking"):
                reasons.append(Reason("ranking"))
            if code in before and code in after and rows[0][code] != rows[1][code]:
                reasons.append(Reason("scores", {"code": code}))
            own = reasons or [Reason("others")]
            yield _change("rank", code, was, now, self._because("rank", code, was, own))

    def _findings(self) -> Iterator[Change]:
        """Yield the complaints about the ledger that came, went or now say something else."""
        before, after = complaints(self._old.found), complaints(self._new.found)
        for place in dict.fromkeys([*after, *before]):
            was, now = before.get(place), after.get(place)
            if was == now:
                continue
            cells = self._behind(place[0][:3], place[1], place[2])
            label = self._label(place[1], place[2])
            reasons = self._because("finding", place, was, cells)
            yield _change("finding", f"{place[0]} {label}", was, now, reasons)

    def _label(self, entity: str, key: str) -> str:
        """Return what a record is called now, or was called."""
        ledgers = (side.found.scope.ledger for side in (self._new, self._old))
        found = (ledger.find(entity, key) for ledger in ledgers)
        return next((record.label for record in found if record is not None), "")

    def _of_ledger(self) -> list[Reason]:
        """Return that other cells changed, for what compares records with each other."""
        if self._cells:
            return [Reason("ledger")]
        return self._basis.differs or [Reason("elsewhere")]

    def _behind(self, rule: str, entity: str, key: str) -> list[Reason]:
        """Return the changed cells that a check reads, on either side; else of records it reads."""
        read = dict.fromkeys(p for side in self._reads for p in side.of(rule, entity, key))
        found = [self._of_cell(self._cells[place]) for place in read if place in self._cells]
        if found:
            return found
        records = {place[:2] for place in read}
        return [self._of_cell(c) for c in self._cells.values() if (c.entity, c.key) in records]

    @cached_property
    def _reads(self) -> tuple[CheckReads, ...]:
        """Return what the checks read on both sides; nothing where no cell changed."""
        return tuple(CheckReads(s.found.scope) for s in (self._old, self._new) if self._cells)


def place_of(cell: Input | Missing) -> tuple[str, str, str]:
    """Return where a cell is: entity, key and field."""
    return cell.entity, cell.key, cell.field


def _change(kind: str, subject: str, old: Any, new: Any, reasons: list[Reason]) -> Change:
    unique = {repr(reason): reason for reason in reasons}
    return Change(kind, subject, old, new, tuple(unique.values()))


def _of_scenario(placing: Placing) -> bool:
    """Tell whether a score is made from a scenario, which trials do not compute again."""
    return any(score.scenario_key for score in placing.scores.values())
