# SPDX-License-Identifier: MIT
"""Scoring of land use by ideal values (理想值法), TD/T 1029 family (domain §4.1).

The method and the three goals follow the standard's family; ideal values and weights are data to
be set and justified per city. Nothing here is verified against an official evaluation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workbench.domain.bilingual import Bilingual
from workbench.domain.labels import Labelled
from workbench.domain.references import Source
from workbench.domain.workings.numbers import not_above_1, not_below_0

FULL = Decimal(100)
_ZERO, _ONE = Decimal(0), Decimal(1)


class ZoneType(StrEnum):
    """The two kinds of zones that are scored; any other is scored only when somebody says how."""

    INDUSTRY = "工业主导型"
    CITY = "产城融合型"
    OTHER = "其他"


class Measure(Labelled):
    """What is scored, each from the yearly figures of the zone."""

    SUPPLY_RATE = "supply_rate"
    BUILT_RATE = "built_rate"
    DEVELOPED_RATE = "developed_rate"
    INDUSTRIAL_RATE = "industrial_rate"
    FAR = "far"
    DENSITY = "density"
    INDUSTRIAL_FAR = "industrial_far"
    INDUSTRIAL_COVERAGE = "industrial_coverage"
    INVESTMENT = "investment"
    INDUSTRIAL_TAX = "industrial_tax"
    TAX = "tax"
    IDLE_RATE = "idle_rate"
    POPULATION = "population"


class Tier(Labelled):
    """How intensively land is used, for display (our own steps)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    POOR = "poor"


_TIERS = ((Decimal(85), Tier.HIGH), (Decimal(70), Tier.MEDIUM), (Decimal(55), Tier.LOW))


def tier_of(score: Decimal) -> Tier:
    """Return the tier of a score: from 85 high, from 70 medium, from 55 low, else poor."""
    return next((tier for least, tier in _TIERS if score >= least), Tier.POOR)


@dataclass(frozen=True, slots=True)
class IdealItem:
    """One measure with its weight in its part and its ideal value.

    With ``zero_at`` the measure is negative: 0 scores 100 and ``zero_at`` scores 0.
    """

    measure: Measure
    weight: Decimal
    ideal: Decimal
    zero_at: Decimal | None = None

    def score(self, value: Decimal) -> Decimal:
        """Return the score 0–100 of a value: min(x/t, 1) × 100, or max(0, 1 − x/u) × 100."""
        if self.zero_at is not None:
            return not_above_1(not_below_0(_ONE - value / self.zero_at)) * FULL
        return not_above_1(not_below_0(value / self.ideal)) * FULL


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-goal with its weight in its goal."""

    code: str
    name: Bilingual
    weight: Decimal
    items: tuple[IdealItem, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal layer with its weight in the whole."""

    code: str
    name: Bilingual
    weight: Decimal
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class IntensityScheme:
    """Ideal values and weights for one type of zone.

    Where an extension zone (发展方向区) has figures, the whole is ``main_share`` of the main zone
    and the rest of the extension, which is scored by its developed rate over
    ``extension_ideal``.
    """

    id: str
    name: Bilingual
    zone_type: ZoneType
    source: Source
    main_share: Decimal
    extension_ideal: Decimal
    goals: tuple[Goal, ...]

    def items(self) -> Iterator[IdealItem]:
        """Yield every item."""
        return (item for goal in self.goals for part in goal.parts for item in part.items)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One measure as scored."""

    item: IdealItem
    value: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class PartScore:
    """One sub-goal as scored."""

    part: Part
    score: Decimal
    items: tuple[ItemScore, ...]


@dataclass(frozen=True, slots=True)
class GoalScore:
    """One goal as scored."""

    goal: Goal
    score: Decimal
    parts: tuple[PartScore, ...]


@dataclass(frozen=True, slots=True)
class IntensityScore:
    """A zone as scored; ``extension`` is the score of the extension zone, None without one."""

    scheme: IntensityScheme
    goals: tuple[GoalScore, ...]
    main: Decimal
    extension: Decimal | None = None
    extension_rate: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """Return the score of the whole zone, 0–100."""
        if self.extension is None:
            return self.main
        share = self.scheme.main_share
        return self.main * share + self.extension * (_ONE - share)

    @property
    def tier(self) -> Tier:
        """Return the tier of the whole."""
        return tier_of(self.total)


def zone_type_of(
    industrial: Decimal, residential: Decimal, built: Decimal, *, bonded: bool
) -> ZoneType:
    """Return the type of a zone by its land (domain §4.1); bonded zones are industry-led.

    Industrial above 30 % and residential below 25 % of the built land: industry-led; industrial at
    most 30 % and residential at least 25 %: industry and city; else another.
    """
    if bonded:
        return ZoneType.INDUSTRY
    industry, homes = industrial / built, residential / built
    if industry > Decimal("0.30") and homes < Decimal("0.25"):
        return ZoneType.INDUSTRY
    if industry <= Decimal("0.30") and homes >= Decimal("0.25"):
        return ZoneType.CITY
    return ZoneType.OTHER


def score_zone(
    scheme: IntensityScheme,
    values: Mapping[Measure, Decimal],
    extension_rate: Decimal | None = None,
) -> IntensityScore:
    """Score a zone from the value of every measure of the scheme (KeyError for one without)."""
    goals = tuple(_score_goal(goal, values) for goal in scheme.goals)
    main = sum((found.goal.weight * found.score for found in goals), _ZERO)
    extension = None
    if extension_rate is not None:
        extension = not_above_1(not_below_0(extension_rate / scheme.extension_ideal)) * FULL
    return IntensityScore(scheme, goals, main, extension, extension_rate)


def _score_goal(goal: Goal, values: Mapping[Measure, Decimal]) -> GoalScore:
    parts = tuple(_score_part(part, values) for part in goal.parts)
    return GoalScore(goal, sum((p.part.weight * p.score for p in parts), _ZERO), parts)


def _score_part(part: Part, values: Mapping[Measure, Decimal]) -> PartScore:
    items = tuple(
        ItemScore(item, values[item.measure], item.score(values[item.measure]))
        for item in part.items
    )
    return PartScore(part, sum((i.item.weight * i.score for i in items), _ZERO), items)
