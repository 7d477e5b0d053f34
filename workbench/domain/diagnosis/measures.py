# SPDX-License-Identifier: MIT
"""In which unit the value is told that a rule measured."""

import ast
from decimal import Decimal

from workbench.domain.conditions import name_of
from workbench.domain.diagnosis.rules import DiagnosisRule
from workbench.domain.display import grouped
from workbench.domain.facts.missing_names import Words
from workbench.domain.indicators.registry import INDICATORS


def measured_in(rule: DiagnosisRule, language: str) -> tuple[int, str]:
    """Return by what to multiply what a rule measured to show it, and its unit, "" for none.

    A rule may speak of a share of a reference (below 50% of it) and yet measure no share.
    """
    indicator = INDICATORS.get(rule.measure.replace("_", "-"))
    is_share = rule.percent if indicator is None else indicator.unit == "%"
    if is_share:
        return 100, "%"
    return 1, "" if indicator is None else f" {indicator.shown_unit(language)}".rstrip()


def asks_not(rule: DiagnosisRule) -> bool:
    """Tell whether a whole rule is ``not`` something: its answer is the opposite of the fact."""
    tree = rule.condition.tree
    return isinstance(tree, ast.UnaryOp) and name_of(tree.operand) == rule.measure


def measured_words(value: object, rule: DiagnosisRule, words: Words) -> str:
    """Return what a rule measured, in its unit; 待核 for what is not known."""
    if isinstance(value, bool):
        return words("report.yes" if value is not asks_not(rule) else "report.no")
    if isinstance(value, Decimal | int):
        factor, unit = measured_in(rule, words.language)
        return f"{grouped(Decimal(value) * factor, 2)}{unit}"
    return words("report.to_verify") if value is None else str(value)
