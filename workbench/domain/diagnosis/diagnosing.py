# SPDX-License-Identifier: MIT
"""Diagnosis (问题诊断): which types of distress the rules find, how severe, and how sure."""

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.conditions import ConditionError
from workbench.domain.diagnosis.rules import (
    DiagnosisRule,
    DiagnosisRules,
    DistressType,
    SeverityLevel,
)
from workbench.domain.explain import Input, Missing
from workbench.domain.facts.lookup import Facts
from workbench.domain.values import Value

_CAP = 100
_ENCUMBRANCE = "encumbrance"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule: true, false or not known; the measured value, and the cells behind it."""

    rule: DiagnosisRule
    truth: bool | None
    value: Value | None
    inputs: tuple[Input, ...]
    missing: tuple[Missing, ...]
    faulty: bool = False
    """The rule compares values of different kinds and was left out."""

    @property
    def points(self) -> int:
        """Return the points that the rule adds when it is true."""
        return self.rule.points


@dataclass(frozen=True, slots=True)
class Distress:
    """One type of distress for one scope.

    ``severity`` is min(100, Σ points of the true rules); ``confidence`` is the weight of the rules
    that could be decided over the weight of all rules (domain §5a).
    """

    type: DistressType
    severity: int
    level: SeverityLevel
    confidence: Decimal
    rules: tuple[RuleResult, ...]

    @property
    def judged(self) -> bool:
        """Tell whether a rule could be decided; without any, a severity of 0 is not known."""
        return bool(self.confidence)

    @property
    def triggered(self) -> tuple[RuleResult, ...]:
        """Return the rules that are true."""
        return tuple(result for result in self.rules if result.truth)

    @property
    def evidence(self) -> tuple[Input, ...]:
        """Return the ledger cells behind the true rules, each once."""
        cells = tuple(dict.fromkeys(cell for r in self.triggered for cell in r.inputs))
        counted = {cell.key for cell in cells if _is_counted(cell)}
        return tuple(c for c in cells if c.entity != _ENCUMBRANCE or c.key in counted)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what keeps rules undecided, each once."""
        open_rules = (result for result in self.rules if result.truth is None)
        return tuple(dict.fromkeys(cell for result in open_rules for cell in result.missing))


def _is_counted(cell: Input) -> bool:
    """Tell that an encumbrance was asked for more than its kind: a mortgage proves no seizure."""
    return cell.entity == _ENCUMBRANCE and cell.field != "kind"


def diagnose(rules: DiagnosisRules, facts: Facts) -> tuple[Distress, ...]:
    """Return every type of distress with its severity and confidence, in the order of the types."""
    return tuple(_diagnose_type(rules, type_, facts) for type_ in rules.types.values())


def _diagnose_type(rules: DiagnosisRules, type_: DistressType, facts: Facts) -> Distress:
    results = tuple(_apply(rule, facts) for rule in rules.of(type_.code))
    severity = min(_CAP, sum(result.points for result in results if result.truth))
    weight = sum(result.points for result in results)
    decided = sum(result.points for result in results if result.truth is not None)
    confidence = Decimal(decided) / weight if weight else Decimal(0)
    return Distress(type_, severity, rules.scale.level(severity), confidence, results)


def _apply(rule: DiagnosisRule, facts: Facts) -> RuleResult:
    try:
        verdict = rule.condition.evaluate(facts.lookup)
    except ConditionError:
        read = facts.cells(rule.condition.ordered_names)
        return RuleResult(rule, None, None, read, (), faulty=True)
    value = facts.fact(rule.measure).value
    inputs = facts.cells((*verdict.rests_on, rule.measure))
    return RuleResult(rule, verdict.truth, value, inputs, facts.gaps(verdict.missing))
