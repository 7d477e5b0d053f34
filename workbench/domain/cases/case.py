# SPDX-License-Identifier: MIT
"""Benchmark cases (案例): facts with their standing, steps, features for matching.

A case never says more than its source: each fact is stated, inferred by us, or not stated, and is
achieved, planned or only forecast. What contradicts itself is in ``contradictions``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.bilingual import NO_TEXT, Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.labels import Labelled
from workbench.domain.references import OutcomeStatus, Source
from workbench.domain.values import MU_IN_M2

FACTORS: Mapping[str, Decimal] = {
    "亩": MU_IN_M2,
    "公顷": Decimal(10_000),
    "万㎡": Decimal(10_000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
"""What one unit of a source is in ㎡ or 元; every other unit is kept as it is."""


class StatedKind(Labelled):
    """Who says it: the source (原文), we by inference (推断), or nobody (未说明)."""

    STATED = "stated"
    INFERRED = "inferred"
    NOT_STATED = "not_stated"


class ChangeBasis(Labelled):
    """What "down 15 %" means: percentage points, relative, or the source does not say."""

    PERCENTAGE_POINTS = "percentage_points"
    RELATIVE = "relative"
    UNSTATED = "unstated"


class CaseOrigin(Labelled):
    """Whether a case ships with the program or is the user's own."""

    BUILT_IN = "built-in"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One figure of a case, in the unit of its source.

    ``base`` says in words what the figure is about (口径); ``scope`` is the code of that base:
    only facts of one scope may be divided by each other. ``basis`` is set for changes only.
    ``before`` is the key of the fact that says the same from before the revitalization, and
    ``part_of`` the key of the whole that this figure is a part of.
    """

    key: str
    label: Bilingual
    value: Decimal | str | bool | None
    stated: StatedKind
    status: OutcomeStatus
    source: Source
    unit: str = ""
    qualifier: str = ""
    base: Bilingual = NO_TEXT
    scope: str = ""
    basis: ChangeBasis | None = None
    note: Bilingual = NO_TEXT
    before: str = ""
    part_of: str = ""

    @property
    def normalized(self) -> Decimal | None:
        """Return a numeric value in ㎡, 元 or its own unit, or None."""
        if not isinstance(self.value, Decimal):
            return None
        return self.value * FACTORS.get(self.unit, Decimal(1))


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of what was done, in our own words; ``on`` is 2022, 2022-05 or 2022-05-20."""

    text: Bilingual
    stated: StatedKind
    pathway: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class CaseActor:
    """Who took part and in which part."""

    name: Bilingual
    role: Bilingual
    stated: StatedKind


@dataclass(frozen=True, slots=True)
class CasePrecondition:
    """What had to hold there; ``condition`` asks the same of our own asset, where it can."""

    text: Bilingual
    stated: StatedKind
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One device of the case, such as the judicial release of a seizure."""

    name: Bilingual
    stated: StatedKind


@dataclass(frozen=True, slots=True)
class CaseFeatures:
    """What matching compares (domain §5b); None means that the source does not say."""

    distress: frozenset[str] | None = None
    title_state: str | None = None
    asset_kind: str | None = None
    scale_m2: Decimal | None = None
    goals: frozenset[str] | None = None
    city_tier: str | None = None
    owner_type: str | None = None
    finance_band: str | None = None
    plan_constraint: str | None = None


FEATURES = tuple(CaseFeatures.__dataclass_fields__)
"""The names of the features, in the order in which they are shown."""
CODED_FEATURES = (
    "title_state", "asset_kind", "goals", "city_tier", "owner_type", "finance_band",
    "plan_constraint",
)  # fmt: skip
"""The features whose values are codes of the feature vocabulary."""


@dataclass(frozen=True, slots=True)
class FeatureVocabulary:
    """The codes that features may take, which are half alike, their weights, and ledger words."""

    weights: Mapping[str, Decimal]
    codes: Mapping[str, frozenset[str]]
    adjacent: frozenset[tuple[str, str, str]]
    from_ledger: Mapping[str, Mapping[str, str]]

    def are_adjacent(self, feature: str, one: str, other: str) -> bool:
        """Tell whether two values of a feature are neighbours (similarity ½)."""
        return (feature, one, other) in self.adjacent or (feature, other, one) in self.adjacent

    def code_of(self, feature: str, ledger_value: str | None) -> str | None:
        """Return the feature code of a value of the ledger, or None when there is none."""
        if ledger_value is None:
            return None
        return self.from_ledger.get(feature, {}).get(ledger_value)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody looked at a contradiction and says why it may stand.

    ``facts`` names the figures it is about; without them it holds for every one of its code.
    """

    code: str
    reason: Bilingual
    facts: tuple[str, ...] = ()
    author: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Case:
    """One benchmark case with everything its source says, and what it leaves open."""

    id: str
    name: Bilingual
    region: Bilingual
    features: CaseFeatures
    sources: tuple[Source, ...]
    origin: CaseOrigin
    version: int
    asset: Bilingual
    facts: tuple[CaseFact, ...] = ()
    steps: tuple[CaseStep, ...] = ()
    actors: tuple[CaseActor, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    preconditions: tuple[CasePrecondition, ...] = ()
    pathways: tuple[str, ...] = ()
    borrow: tuple[Bilingual, ...] = ()
    do_not_copy: tuple[Bilingual, ...] = ()
    not_stated: tuple[Bilingual, ...] = ()
    inferred_checks: tuple[Bilingual, ...] = ()
    waivers: tuple[Waiver, ...] = field(default=())

    def fact(self, key: str) -> CaseFact | None:
        """Return the fact with a key, or None."""
        return next((fact for fact in self.facts if fact.key == key), None)
