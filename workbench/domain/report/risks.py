# SPDX-License-Identifier: MIT
"""The starter risk library (domain §7.4)."""

from dataclasses import dataclass

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.labels import Labelled

HIGH_FROM = 15
MEDIUM_FROM = 8


class RiskLevel(Labelled):
    """The level of a risk by probability × impact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RiskKind(Labelled):
    """What a risk touches."""

    LEGAL = "legal"
    TRANSACTION = "transaction"
    FINANCIAL = "financial"
    POLICY = "policy"
    MARKET = "market"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk with its default probability and impact, both 1–5."""

    id: str
    text: Bilingual
    kind: RiskKind
    probability: int
    impact: int
    trigger: Bilingual
    mitigation: Bilingual
    when: Condition | None = None
    """When the ledger shows the signal (``trigger``) already; None where it cannot tell."""

    @property
    def level(self) -> RiskLevel:
        """Return the level of the defaults."""
        return risk_level(self.probability, self.impact)


def risk_level(probability: int, impact: int) -> RiskLevel:
    """Return the level: ≥ 15 high, 8–14 medium, below low."""
    product = probability * impact
    if product >= HIGH_FROM:
        return RiskLevel.HIGH
    return RiskLevel.MEDIUM if product >= MEDIUM_FROM else RiskLevel.LOW
