# SPDX-License-Identifier: MIT
"""What changed between two assessments of one park, and why: cells, parameters, rules, cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from workbench.domain.content import Content
from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.explain import Input, Missing, Trace
from workbench.domain.freezing.results import Found
from workbench.domain.freezing.snapshot import part_for
from workbench.domain.parameters import PolicyParam
from workbench.domain.ranking.ranking import Placing
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

MOST_REASONS = 20
"""How many reasons one change names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One ledger cell before and after; a record that came or went has no field."""

    entity: str
    key: str
    label: str
    field: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a result changed; the sentence is text key ``versions.because_<code>``.

    Codes: ``cell``, ``parameter``, ``standard``, ``rule``, ``measure``, ``case``, ``features``,
    ``pathway``, ``precondition``, ``weights``, ``scores``, ``date``, ``scope``, ``formula``,
    ``elsewhere`` (nothing of these: another version of the program).
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    cell: CellChange | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One result before and after, with the reasons; ``more`` counts those left out.

    Kinds: ``indicator``, ``diagnosis``, ``match``, ``pathway``, ``rank``.
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


@dataclass(frozen=True)
class Side:
    """One of the two assessments: what it found, from which content, with which formulas."""

    found: Found
    content: Content
    formulas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two assessments."""

    cells: tuple[CellChange, ...]
    content: tuple[ContentChange, ...]
    results: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.cells or self.content or self.results)


def compare(old: Side, new: Side) -> Comparison:
    """Return what changed from one assessment to another, with reasons."""
    cells = tuple(_cells(old, new))
    content = tuple(_content(old.content, new.content))
    why = _Why(old, new, cells, content)
    results = (*why.indicators(), *why.diagnosis(), *why.matches(), *why.pathways(), *why.ranks())
    return Comparison(cells, content, tuple(results))


def _cells(old: Side, new: Side) -> Iterator[CellChange]:
    park = old.found.scope.park_key
    before = _by_place(part_for(old.found.scope.ledger, park))
    after = _by_place(part_for(new.found.scope.ledger, park))
    for place in sorted(before.keys() | after.keys()):
        yield from _record_changes(before.get(place), after.get(place))


def _by_place(part: Mapping[str, Iterable[Record]]) -> dict[tuple[str, str], Record]:
    return {(record.entity, record.key): record for rows in part.values() for record in rows}


def _record_changes(old: Record | None, new: Record | None) -> Iterator[CellChange]:
    record = new or old
    if record is None:
        return
    if old is None or new is None:
        came, went = (None, record.label) if old is None else (record.label, None)
        yield CellChange(record.entity, record.key, record.label, "", came, went)
    before = {} if old is None else old.values
    after = {} if new is None else new.values
    for name in sorted(before.keys() | after.keys()):
        left, right = before.get(name), after.get(name)
        if left != right:
            yield CellChange(record.entity, record.key, record.label, name, left, right)


def _content(old: Content, new: Content) -> Iterator[ContentChange]:
    yield from _entries("parameter", _parameters(old), _parameters(new))
    yield from _entries("rule", _rules(old), _rules(new))
    yield from _entries("ranking", _ranking(old), _ranking(new))
    yield from _objects("standard", _standards(old), _standards(new))
    yield from _objects("case", old.cases, new.cases)
    yield from _objects("pathway", old.pathways, new.pathways)


def _objects(
    kind: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[ContentChange]:
    """Yield what came, went or changed; the entries are too long to be shown whole."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield ContentChange(kind, name, name if name in old else None,
                                name if name in new else None)  # fmt: skip


def _entries(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[ContentChange]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield ContentChange(kind, name, old.get(name), new.get(name))


def _parameters(content: Content) -> dict[str, str]:
    return {_param_name(param): _param_words(param) for param in content.parameters}


def _param_name(param: PolicyParam) -> str:
    since = param.effective_from.isoformat() if param.effective_from else ""
    return "@".join(part for part in (param.code, param.region, since) if part)


def _param_words(param: PolicyParam) -> str:
    until = param.effective_to.isoformat() if param.effective_to else ""
    checked = param.verified_on.isoformat() if param.verified_on else ""
    value = f"{param.value.normalize():f}" if isinstance(param.value, Decimal) else str(param.value)
    parts = (value, param.unit, until and f"≤{until}", checked and f"✓{checked}",
             param.verified_by, param.checked_against, param.source.id)  # fmt: skip
    return " ".join(part for part in parts if part)


def _rules(content: Content) -> dict[str, str]:
    scale = content.diagnosis.scale
    found = {r.id: f"{r.condition.text} → {r.points}" for r in content.diagnosis.rules}
    return found | {"severity": f"{scale.light}/{scale.medium}/{scale.severe}"}


def _ranking(content: Content) -> dict[str, str]:
    """Return the rules of scoring and ranking: bounds, starting judgements, what is tried."""
    rules = content.ranking
    bounds = ((f.name, getattr(rules.bounds, f.name)) for f in fields(rules.bounds))
    found = {name: _numbers(value) for name, value in bounds}
    found |= {f"{a.value}/{b.value}": str(value) for (a, b), value in rules.judgements.items()}
    tried = ("weight_change", "score_change", "close")
    found |= {name: str(getattr(rules, name)) for name in tried}
    return found | {
        "tenants": " ".join(sorted(rules.tenants)),
        "lead_roles": " ".join(sorted(rules.lead_roles)),
    }


def _numbers(value: Decimal | tuple[Decimal, ...]) -> str:
    every = value if isinstance(value, tuple) else (value,)
    return " ".join(f"{each.normalize():f}" for each in every)


def _standards(content: Content) -> dict[str, object]:
    standards = content.standards
    return {
        standards.facilities.id: standards.facilities,
        **{scheme.id: scheme for scheme in standards.intensity},
        **{scheme.id: scheme for scheme in standards.grading},
        **{dimension.id: dimension for dimension in standards.dimensions},
    }


class _Why:
    """Finds the reasons of each changed result."""

    def __init__(
        self,
        old: Side,
        new: Side,
        cells: Iterable[CellChange],
        content: Iterable[ContentChange],
    ) -> None:
        self._old, self._new = old, new
        self._cells = {(cell.entity, cell.key, cell.field): cell for cell in cells}
        self._content: dict[str, dict[str, ContentChange]] = {}
        for change in content:
            self._content.setdefault(change.kind, {})[change.subject] = change

    def indicators(self) -> Iterator[Change]:
        """Yield the indicators whose value or band changed."""
        before, after = self._old.found.indicators, self._new.found.indicators
        for id_ in sorted(before.keys() | after.keys()):
            left, right = before.get(id_), after.get(id_)
            was = None if left is None else (left.value, left.band.value)
            now = None if right is None else (right.value, right.band.value)
            if was == now:
                continue
            traces = [value.trace for value in (left, right) if value is not None]
            reasons = [*self._of_traces(traces), *self._of_formula(id_)]
            yield _change("indicator", id_, was, now, reasons or self._common())

    def _of_traces(self, traces: Iterable[Trace]) -> Iterator[Reason]:
        traces = list(traces)
        places = dict.fromkeys(p for trace in traces for p in _places(trace))
        for place in places:
            if cell := self._cells.get(place):
                yield Reason("cell", cell=cell)
        for code in sorted({code for trace in traces for code in trace.parameters}):
            values = [trace.parameters.get(code) for trace in traces]
            if len(values) == 2 and values[0] != values[1]:
                yield Reason("parameter", {"code": code, "old": values[0], "new": values[1]})
            elif values[0] in self._content.get("standard", {}):
                yield Reason("standard", {"code": values[0]})

    def _of_formula(self, id_: str) -> Iterator[Reason]:
        was, now = self._old.formulas.get(id_), self._new.formulas.get(id_)
        if was is not None and was != now:
            yield Reason("formula", {"old": was, "new": now})

    def _common(self) -> list[Reason]:
        """Return what changes everything: another date, another choice of assets."""
        before, after = self._old.found.scope, self._new.found.scope
        reasons = []
        if before.as_of != after.as_of:
            old, new = before.as_of.isoformat(), after.as_of.isoformat()
            reasons.append(Reason("date", {"old": old, "new": new}))
        if before.asset_keys != after.asset_keys:
            reasons.append(Reason("scope"))
        return reasons or [Reason("elsewhere")]

    def diagnosis(self) -> Iterator[Change]:
        """Yield the types whose severity or confidence changed."""
        before = {d.type.code: d for d in self._old.found.distresses}
        after = {d.type.code: d for d in self._new.found.distresses}
        for code in dict.fromkeys([*before, *after]):
            left, right = before.get(code), after.get(code)
            was, now = _severity(left), _severity(right)
            if was != now:
                yield _change("diagnosis", code, was, now, self._of_rules(left, right))

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
        return reasons or self._common()

    def matches(self) -> Iterator[Change]:
        """Yield the cases whose place changed."""
        before = {m.case.id: (n, m) for n, m in enumerate(self._old.found.matches, start=1)}
        after = {m.case.id: (n, m) for n, m in enumerate(self._new.found.matches, start=1)}
        ours = self._old.found.target.features == self._new.found.target.features
        for case in dict.fromkeys([*after, *before]):
            was, now = (_standing(side.get(case)) for side in (before, after))
            if was == now:
                continue
            reasons = [Reason("case", {"id": case})] if self._case_changed(case) else []
            if not ours:
                reasons.append(Reason("features"))
            yield _change("match", case, was, now, reasons or self._common())

    def _case_changed(self, case: str) -> bool:
        sides = [{m.case.id: m.case for m in s.found.matches} for s in (self._old, self._new)]
        return sides[0].get(case) != sides[1].get(case)

    def pathways(self) -> Iterator[Change]:
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
                was_met = {c.id: c.truth for c in (*left.preconditions, *left.blocks)}
                reasons += [
                    Reason("precondition", {"id": c.id, "text": c.text})
                    for c in (*right.preconditions, *right.blocks)
                    if was_met.get(c.id) is not c.truth
                ]
            yield _change("pathway", code, was, now, reasons or self._common())

    def ranks(self) -> Iterator[Change]:
        """Yield the pathways whose place in the ranking changed."""
        left, right = self._old.found.ranking, self._new.found.ranking
        before = {p.code: p for p in left.placings}
        after = {p.code: p for p in right.placings}
        weights = left.weighed.weights != right.weighed.weights
        for code in dict.fromkeys([*before, *after]):
            was, now = (_rank(side.get(code)) for side in (before, after))
            if was == now:
                continue
            reasons = [Reason("weights")] if weights else []
            if self._content.get("ranking"):
                reasons.append(Reason("ranking"))
            if code in before and code in after and before[code].row != after[code].row:
                reasons.append(Reason("scores", {"code": code}))
            yield _change("rank", code, was, now, reasons or [Reason("others")])


def _rank(placing: Placing | None) -> int | None:
    return None if placing is None else placing.rank


def _places(trace: Trace) -> Iterator[tuple[str, str, str]]:
    cells: tuple[Input | Missing, ...] = (*trace.inputs, *trace.missing)
    return ((cell.entity, cell.key, cell.field) for cell in cells)


def _severity(distress: Distress | None) -> tuple[int, str, Decimal] | None:
    if distress is None:
        return None
    return distress.severity, distress.level.value, round(distress.confidence, 4)


def _standing(found: tuple[int, Any] | None) -> tuple[int, float, float] | None:
    if found is None:
        return None
    place, match = found
    return place, round(match.similarity, 4), round(match.coverage, 4)


def _change(kind: str, subject: str, old: Any, new: Any, reasons: list[Reason]) -> Change:
    unique = list({repr(reason): reason for reason in reasons}.values())
    kept, rest = unique[:MOST_REASONS], unique[MOST_REASONS:]
    return Change(kind, subject, old, new, tuple(kept), len(rest))
