# SPDX-License-Identifier: MIT
"""The rubric and the settings of the ranking, which the content files hold (domain §5c, 2–5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbench.domain.bilingual import Bilingual
from workbench.domain.pathways.pathway import Criterion

CRITERIA = tuple(Criterion)
ANCHORS = (20, 40, 60, 80, 100)
CriterionPair = tuple[Criterion, Criterion]


@dataclass(frozen=True, slots=True)
class RubricRow:
    """What earns 20, 40 … 100 in one criterion, and how the score is pre-filled."""

    anchors: tuple[Bilingual, ...]
    prefilled: Bilingual


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the pre-filled scores change from one anchor to the next.

    ``months`` and ``gap_of_cash`` rise (the score falls); margins are shares above the discount
    rate; ``nothing`` is the share of the peak gap below which an NPV counts as zero.
    """

    months: tuple[Decimal, ...]
    gap_of_cash: tuple[Decimal, ...]
    return_margins: tuple[Decimal, Decimal]
    net_cash_share: Decimal
    nothing: Decimal
    unknown_counts: Decimal
    red_line_cap: Decimal


@dataclass(frozen=True, slots=True)
class RankingRules:
    """Rubric, bounds, starting judgements, and how far robustness is tried.

    ``weight_change`` is a share of a weight, ``score_change`` and ``close`` are points.
    """

    rubric: Mapping[Criterion, RubricRow]
    bounds: Bounds
    judgements: Mapping[CriterionPair, Fraction]
    weight_change: float
    score_change: float
    close: float
    tenants: frozenset[str]
    """Codes of the pathways that bring signed tenants in."""
    lead_roles: frozenset[str]
    """Chain roles of a firm that count as a lead project."""


def criterion_pairs() -> tuple[CriterionPair, ...]:
    """Return the pairs of criteria, the first before the second, row by row."""
    return tuple((a, b) for i, a in enumerate(CRITERIA) for b in CRITERIA[i + 1 :])
