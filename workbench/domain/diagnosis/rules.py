# SPDX-License-Identifier: MIT
"""What diagnosis looks for: distress types D1–D10 and their rules (domain §5a)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.labels import Labelled
from workbench.domain.references import Source


class Causality(Labelled):
    """Whether a type is a cause, a result, a constraint on what can be done, or a lack of data."""

    CAUSE = "cause"
    RESULT = "result"
    CONSTRAINT = "constraint"
    DATA = "data"


class SeverityLevel(Labelled):
    """How serious a type is; NONE is below the lightest threshold."""

    SEVERE = "severe"
    MEDIUM = "medium"
    LIGHT = "light"
    NONE = "none"

    @property
    def code(self) -> str:
        """Return the fixed word that documents hold in every language."""
        return _LEVEL_CODES[self]


_LEVEL_CODES = {
    SeverityLevel.SEVERE: "重",
    SeverityLevel.MEDIUM: "中",
    SeverityLevel.LIGHT: "轻",
    SeverityLevel.NONE: "无",
}


@dataclass(frozen=True, slots=True)
class SeverityScale:
    """The severities (0–100) from which a type is light, medium and severe."""

    light: int
    medium: int
    severe: int

    def level(self, severity: Decimal | int) -> SeverityLevel:
        """Return the level of a severity."""
        if severity >= self.severe:
            return SeverityLevel.SEVERE
        if severity >= self.medium:
            return SeverityLevel.MEDIUM
        return SeverityLevel.LIGHT if severity >= self.light else SeverityLevel.NONE


@dataclass(frozen=True, slots=True)
class DistressType:
    """One kind of trouble, the pathways that usually answer it, and what would refute it."""

    code: str
    name: Bilingual
    causality: Causality
    pathways: tuple[str, ...]
    falsifier: Bilingual
    note: Bilingual


@dataclass(frozen=True, slots=True)
class DiagnosisRule:
    """One rule: when its condition holds, its points add to the severity of its type.

    The text has numbered placeholders for the condition's own numbers, so that an edited
    threshold is also the one that is shown.
    """

    id: str
    type: str
    text: Bilingual
    condition: Condition
    points: int
    source: Source
    percent: bool = False

    @property
    def threshold(self) -> Decimal | None:
        """Return the first number of the condition, or None for a yes/no rule."""
        return next(iter(self.condition.numbers), None)

    @property
    def measure(self) -> str:
        """Return the first name of the condition: the value to show beside the threshold."""
        return self.condition.ordered_names[0]

    def describe(self, language: str) -> str:
        """Return the rule in words, with its thresholds."""
        shown = (self._shown(number) for number in self.condition.numbers)
        return self.text.get(language).format(*shown)

    def _shown(self, number: Decimal) -> str:
        return f"{(number * 100).normalize():f}%" if self.percent else f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class DiagnosisRules:
    """All types, all rules and the severity scale."""

    types: Mapping[str, DistressType]
    rules: tuple[DiagnosisRule, ...]
    scale: SeverityScale

    def of(self, type_code: str) -> tuple[DiagnosisRule, ...]:
        """Return the rules of one type."""
        return tuple(rule for rule in self.rules if rule.type == type_code)
