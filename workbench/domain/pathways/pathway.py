# SPDX-License-Identifier: MIT
"""Revitalization pathways (盘活路径): what each needs, what blocks it, and what it takes.

Three layers are kept apart: asset-level actions are ranked against each other; financing and
governance overlays attach to a chosen action and are never ranked against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.bilingual import NO_TEXT, Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.labels import Labelled
from workbench.domain.references import Source


class Layer(Labelled):
    """The layer of a pathway."""

    ENABLING = "enabling"
    ASSET = "asset"
    ASSET_GOVERNANCE = "asset_governance"
    REGULATORY = "regulatory"
    GOVERNANCE = "governance"
    FINANCING_OVERLAY = "financing_overlay"
    GOVERNANCE_OVERLAY = "governance_overlay"
    FINANCING_EXIT = "financing_exit"


class PathwayOrigin(Labelled):
    """Where a pathway comes from: a seed case, policy, the 2022 State Council opinion, practice."""

    BASELINE = "baseline"
    CASE_JINZHAI = "case_jinzhai"
    CASE_LONGWEN = "case_longwen"
    CASE_YONGJI = "case_yongji"
    POLICY = "policy"
    PRACTICE = "practice"


class Criterion(Labelled):
    """The six criteria, all scored 0–100 so that more is better (domain §5c)."""

    COMPLIANCE = "compliance"
    RETURN = "return"
    FUNDING = "funding"
    TIME = "time"
    INDUSTRY = "industry"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must be true; a red line that is not known caps the compliance score.

    ``enabled_by`` names the pathway that can bring it about.
    """

    id: str
    text: Bilingual
    condition: Condition
    red_line: bool = False
    enabled_by: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What makes the pathway impossible when it is true; ``instead`` names the way out."""

    id: str
    text: Bilingual
    condition: Condition
    instead: str = ""


@dataclass(frozen=True, slots=True)
class PathwayNote:
    """A rule or fact that somebody who takes the pathway must know, with its source."""

    text: Bilingual
    source: Source


@dataclass(frozen=True, slots=True)
class Pathway:
    """One pathway; ``starting_scores`` is None for what is never ranked.

    ``capex_level`` runs from 1 (hardly any) to 5 (a rebuild); ``applies_asset_kinds`` holds codes
    of the feature vocabulary, none meaning all.
    """

    code: str
    name: Bilingual
    layer: Layer
    origin: PathwayOrigin
    applies_asset_kinds: frozenset[str]
    preconditions: tuple[Precondition, ...]
    blocks: tuple[Block, ...]
    approvals: tuple[Bilingual, ...]
    parties: tuple[Bilingual, ...]
    docs: tuple[Bilingual, ...]
    months_min: int
    months_max: int
    capex_level: int
    risk_tags: tuple[str, ...]
    starting_scores: Mapping[Criterion, Decimal] | None
    sources: tuple[Source, ...]
    version: int
    risks: tuple[Bilingual, ...] = ()
    notes: tuple[PathwayNote, ...] = ()
    summary: Bilingual = field(default=NO_TEXT)

    @property
    def ranked(self) -> bool:
        """Tell whether the pathway competes with other asset-level actions."""
        return self.starting_scores is not None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pathways that were used together: steps in order, overlays attached, and the case."""

    code: str
    name: Bilingual
    steps: tuple[str, ...]
    overlays: tuple[str, ...]
    case: str
