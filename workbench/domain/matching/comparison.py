# SPDX-License-Identifier: MIT
"""Our figures beside those of benchmark cases, measure by measure (指标对比).

What a case only forecasts or plans is shown with its standing and never measures us: a gap is
taken to the nearest figure that the source reports, and no figure of a case ever fills ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case, CaseFact, StatedKind
from workbench.domain.figures.land import held_parcels, land_area
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.indicator import Direction, IndicatorValue
from workbench.domain.labels import label_key
from workbench.domain.references import OutcomeStatus
from workbench.domain.values import MU_IN_M2

_WAN = Decimal(10_000)
_REPORTED = frozenset({OutcomeStatus.ACHIEVED, OutcomeStatus.UNSPECIFIED})
_AREA_UNITS = frozenset({"㎡", "亩", "公顷", "万㎡"})
_FURTHER = (OutcomeStatus.FORECAST, OutcomeStatus.PLANNED)
LAND, FLOORS = "land_area", "gfa"
LARGEST = 5
"""So many cases stand beside an asset at most."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the comparison.

    ``indicator`` is where our figure comes from ("" = the ledger's areas). ``facts`` are the keys
    of the figures of a case that say the same, the first that is there counts; ``per_land`` is the
    key of a yearly amount (元) that becomes one over the land of the same scope (万元/亩).
    """

    key: str
    unit: str
    facts: tuple[str, ...]
    indicator: str = ""
    per_land: str = ""
    better: Direction = Direction.NONE
    decimals: int = 2

    @property
    def text_key(self) -> str:
        """Return the text key of the label."""
        return label_key("compared", self.key)

    @property
    def units(self) -> frozenset[str]:
        """Return the units in which a case may say it; one in any other unit is not compared."""
        return _AREA_UNITS if self.key in (LAND, FLOORS) else frozenset({self.unit})


MEASURES = (
    Measure(LAND, "亩", ("land_area", "renewal_area")),
    Measure(FLOORS, "㎡", ("gfa", "gfa_built", "gfa_phase_1"), decimals=0),
    Measure("far", "", ("far_after", "far"), "I-06", better=Direction.UP),
    Measure("occupancy", "%", ("occupancy_after", "occupancy", "prebooked_of_starter"), "I-01",
            better=Direction.UP, decimals=1),
    Measure("rent", "元/㎡·月", ("rent_after", "rent"), "I-19", better=Direction.UP),
    Measure("investment", "万元/亩", ("invest_per_mu",), "I-11", "investment", Direction.UP),
    Measure("output", "万元/亩", ("output_per_mu_after", "output_per_mu"), "I-12",
            "annual_output", Direction.UP),
    Measure("tax", "万元/亩", ("tax_per_mu_after", "tax_per_mu"), "I-13", "annual_tax",
            Direction.UP),
    Measure("remaining_years", "年", ("remaining_years",), "I-14", better=Direction.UP,
            decimals=1),
    Measure("debt_ratio", "%", ("debt_ratio_after", "debt_ratio"), "I-42",
            better=Direction.DOWN, decimals=1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """What a case says for a measure; ``value`` is in ㎡, a fraction, or the measure's unit.

    ``derived`` figures are divided by us. ``value`` None means that the source does not say.
    """

    value: Decimal | None
    fact: CaseFact | None = None
    status: OutcomeStatus = OutcomeStatus.UNSPECIFIED
    derived: bool = False

    @property
    def counts(self) -> bool:
        """Tell whether we may be measured by it: stated, and neither forecast nor planned."""
        said = self.fact is not None and self.fact.stated is StatedKind.STATED
        return said and self.value is not None and self.status in _REPORTED

    @property
    def base(self) -> Bilingual | None:
        """Return what the figure is about, or None."""
        return self.fact.base if self.fact else None


NOT_SAID = CaseFigure(None)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One measure of ours beside the same of each case; ``ours`` None is 待核."""

    measure: Measure
    ours: Decimal | None
    theirs: tuple[CaseFigure, ...]

    @property
    def nearest(self) -> Decimal | None:
        """Return the reported figure of a case that is nearest to ours, of a tie the better one."""
        values = [f.value for f in self.theirs if f.counts and f.value is not None]
        if self.ours is None or not values:
            return None
        ours, sign = self.ours, -1 if self.measure.better is Direction.DOWN else 1
        return min(values, key=lambda value: (abs(value - ours), -sign * value))

    @property
    def measurable(self) -> bool:
        """Tell whether a case reports a figure by which ours could be measured."""
        reported = any(figure.counts for figure in self.theirs)
        return reported and self.measure.better is not Direction.NONE

    @property
    def gap(self) -> Decimal | None:
        """Return ours − the nearest reported figure, for a measure that has a better side."""
        if self.measure.better is Direction.NONE or self.nearest is None or self.ours is None:
            return None
        return self.ours - self.nearest

    @property
    def behind(self) -> bool:
        """Tell whether the gap is on the worse side."""
        if self.gap is None:
            return False
        return self.gap > 0 if self.measure.better is Direction.DOWN else self.gap < 0


def compare(
    scope: Scope, indicators: Mapping[str, IndicatorValue], cases: Sequence[Case]
) -> tuple[ComparedLine, ...]:
    """Return the lines of which one side knows something; ValueError for more than five cases."""
    if len(cases) > LARGEST:
        raise ValueError(f"{len(cases)} cases instead of at most {LARGEST}")
    lines = [
        ComparedLine(
            measure, _ours(scope, indicators, measure), tuple(_theirs(c, measure) for c in cases)
        )
        for measure in MEASURES
    ]
    return tuple(
        line
        for line in lines
        if line.ours is not None or any(figure.value is not None for figure in line.theirs)
    )


def _ours(
    scope: Scope, indicators: Mapping[str, IndicatorValue], measure: Measure
) -> Decimal | None:
    reading = Reading(scope.params, scope.shared)
    if measure.key == LAND:
        areas = [land_area(reading, parcel) for parcel in held_parcels(reading, scope)]
        return total(areas) if areas else None
    if measure.key == FLOORS:
        areas = [floor_area(reading, building) for building in scope.buildings]
        return total(areas) if areas else None
    return indicators[measure.indicator].value


def _theirs(case: Case, measure: Measure) -> CaseFigure:
    facts = {fact.key: fact for fact in case.facts}
    for key in measure.facts:
        fact = facts.get(key)
        if fact is not None and _is_number(fact) and fact.unit in measure.units:
            return CaseFigure(fact.normalized, fact, fact.status)
    return _divided(facts, measure) if measure.per_land else NOT_SAID


def reported(case: Case) -> dict[str, Decimal]:
    """Return what a case reports for indicators of ours: stated, neither planned nor forecast."""
    found = {measure.indicator: _theirs(case, measure) for measure in MEASURES if measure.indicator}
    return {
        id_: figure.value
        for id_, figure in found.items()
        if figure.counts and figure.value is not None
    }


def _is_number(fact: CaseFact) -> bool:
    return fact.stated is not StatedKind.NOT_STATED and fact.normalized is not None


def _divided(facts: Mapping[str, CaseFact], measure: Measure) -> CaseFigure:
    """Return an amount over the land of the same scope (万元/亩), as uncertain as the worse one."""
    amount, land = facts.get(measure.per_land), facts.get(LAND)
    if amount is None or land is None or not amount.scope or amount.scope != land.scope:
        return NOT_SAID
    money, area = amount.normalized, land.normalized
    if money is None or not area or not (_is_number(amount) and _is_number(land)):
        return NOT_SAID
    status = next((s for s in _FURTHER if s in (amount.status, land.status)), amount.status)
    return CaseFigure(money / _WAN / (area / MU_IN_M2), amount, status, derived=True)
