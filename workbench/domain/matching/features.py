# SPDX-License-Identifier: MIT
"""What matching needs to know about our own side, taken from ledger, diagnosis and context."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.cases.case import FEATURES, CaseFeatures, FeatureVocabulary
from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.diagnosis.rules import SeverityLevel
from workbench.domain.explain import Input, Missing
from workbench.domain.facts.lookup import Facts
from workbench.domain.facts.truth import any_of
from workbench.domain.figures.encumbrances import MORTGAGES, is_burdened
from workbench.domain.figures.land import INDUSTRIAL, held_parcels, land_area
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import total
from workbench.domain.values import Value

COUNTED_LEVELS = frozenset({SeverityLevel.SEVERE, SeverityLevel.MEDIUM})
"""From which level on a trouble is one that a case could share."""
DATA_TYPE = "D10"
"""The type of a lack of data, which no case shares."""
LEAST_CONFIDENCE = Decimal("0.5")
"""What share of the rules is decided where nothing was found and is known not to be there."""


@dataclass(frozen=True, slots=True)
class TargetFeatures:
    """Our side of a match: the features, and the cells and gaps behind each by feature name."""

    features: CaseFeatures
    inputs: Mapping[str, tuple[Input, ...]]
    missing: Mapping[str, tuple[Missing, ...]]


def target_features(
    facts: Facts,
    diagnoses: Iterable[Distress],
    vocabulary: FeatureVocabulary,
    readings: Mapping[str, Reading] | None = None,
) -> TargetFeatures:
    """Derive every feature of a scope that the ledger tells; the rest stays unknown.

    ``readings`` are those of a caller who asks, by feature name, what each one looked at.
    """
    scope = facts.scope
    read = readings or {name: Reading(scope.params, scope.shared) for name in FEATURES}
    features = CaseFeatures(
        distress=_distress(diagnoses),
        title_state=_title_state(scope, read["title_state"]),
        asset_kind=_asset_kind(scope, read["asset_kind"], vocabulary),
        scale_m2=_scale(scope, read["scale_m2"]),
        goals=_goals(scope, read["goals"], vocabulary),
        city_tier=_city_tier(scope, read["city_tier"], vocabulary),
        owner_type=_owner_type(scope, read["owner_type"], vocabulary),
        finance_band=_finance_band(scope, read["finance_band"], vocabulary),
        plan_constraint=_plan_constraint(scope, read["plan_constraint"]),
    )
    return TargetFeatures(
        features,
        {name: reading.inputs for name, reading in read.items()},
        {
            name: reading.missing if getattr(features, name) is None else ()
            for name, reading in read.items()
        },
    )


def _distress(diagnoses: Iterable[Distress]) -> frozenset[str] | None:
    """Take the types found medium or severe; None while half of the rules are undecided.

    A lack of data is not a trouble that a case could share.
    """
    kinds = [d for d in diagnoses if d.type.code != DATA_TYPE]
    found = frozenset(d.type.code for d in kinds if d.level in COUNTED_LEVELS)
    decided = any(d.confidence >= LEAST_CONFIDENCE for d in kinds)
    return found if found or decided else None


def _title_state(scope: Scope, reading: Reading) -> str | None:
    """Name the worst state: seized before defective before mortgaged before clear."""
    facts = Facts(scope, {})
    seized = _fact(facts, "enc.active_seizure", reading)
    if seized is True:
        return "seized"
    certified = _fact(facts, "title.certified", reading)
    disputed = _fact(facts, "enc.dispute", reading)
    if certified is False or disputed is True:
        return "defective"
    if seized is None or certified is None or disputed is None:
        return None
    burdens = [is_burdened(reading, scope, a, MORTGAGES, "mortgage") for a in scope.assets]
    mortgaged = any_of(burdens)
    return None if mortgaged is None else "mortgaged" if mortgaged else "clear"


def _fact(facts: Facts, name: str, reading: Reading) -> Value | None:
    """Return a fact, noting its cells in a reading."""
    fact = facts.fact(name)
    for cell in fact.inputs:
        record = facts.scope.ledger.find(cell.entity, cell.key)
        if record is not None:
            reading.value(record, cell.field)
    for gap in fact.missing:
        reading.lacks(gap.entity, gap.field, gap.key)
    return fact.value


def _asset_kind(scope: Scope, reading: Reading, vocabulary: FeatureVocabulary) -> str | None:
    """Take the kind with the largest area: buildings when some are in the scope, else land."""
    kinds = [
        (reading.need_text(building, "kind"), floor_area(reading, building))
        for building in scope.buildings
    ] or [
        (reading.need_text(parcel, "land_use"), land_area(reading, parcel))
        for parcel in held_parcels(reading, scope)
    ]
    areas: dict[str | None, Decimal] = {}
    for kind, area in kinds:
        code = vocabulary.code_of("asset_kind", kind)
        areas[code] = areas.get(code, Decimal(0)) + (area or 0)
    if not areas:
        reading.lacks("building", "kind")
        return None
    return max(sorted(areas, key=str), key=lambda code: areas[code])


def _scale(scope: Scope, reading: Reading) -> Decimal | None:
    """Take the land area (㎡), which is what cases state; without land the floor area."""
    parcels = held_parcels(reading, scope)
    if parcels:
        return total([land_area(reading, parcel) for parcel in parcels])
    if scope.buildings:
        return total([floor_area(reading, building) for building in scope.buildings])
    reading.lacks("parcel", "area_cert")
    return None


def _goals(scope: Scope, reading: Reading, vocabulary: FeatureVocabulary) -> frozenset[str] | None:
    context = scope.context_for("goals")
    goals = reading.value(context, "goals") if context else None
    if not isinstance(goals, tuple):
        reading.lacks("context", "goals", context.key if context else "")
        return None
    codes = (vocabulary.code_of("goals", goal) for goal in goals)
    return frozenset(code for code in codes if code is not None) or None


def _city_tier(scope: Scope, reading: Reading, vocabulary: FeatureVocabulary) -> str | None:
    tier = reading.need_text(scope.park, "city_tier") if scope.park else None
    return vocabulary.code_of("city_tier", tier)


def _owner_type(scope: Scope, reading: Reading, vocabulary: FeatureVocabulary) -> str | None:
    """Take the holder type that all parcels share."""
    holders = {reading.need_text(parcel, "holder_type") for parcel in scope.parcels}
    if not scope.parcels:
        reading.lacks("parcel", "holder_type")
    return vocabulary.code_of("owner_type", holders.pop()) if len(holders) == 1 else None


def _finance_band(scope: Scope, reading: Reading, vocabulary: FeatureVocabulary) -> str | None:
    context = scope.context_for("finance_band")
    if context is None:
        reading.lacks("context", "finance_band")
        return None
    return vocabulary.code_of("finance_band", reading.need_text(context, "finance_band"))


def _plan_constraint(scope: Scope, reading: Reading) -> str | None:
    """Compare planned with present use: industry that stays so, or a change of use."""
    states: set[str | None] = set()
    for parcel in held_parcels(reading, scope):
        now, planned = reading.need_text(parcel, "land_use"), reading.need_text(parcel, "plan_use")
        if now is None or planned is None:
            states.add(None)
        elif now != planned:
            states.add("use_change")
        else:
            states.add("industrial_fixed" if now in INDUSTRIAL else None)
    if not scope.parcels:
        reading.lacks("parcel", "plan_use")
    return states.pop() if len(states) == 1 else None
