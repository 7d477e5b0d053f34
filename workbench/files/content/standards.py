# SPDX-License-Identifier: MIT
"""Required facilities, ideal values of land use and grading schemes from TOML."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.references import Source
from workbench.domain.standards.dimensions import Dimension, DimensionItem
from workbench.domain.standards.edition import Standards
from workbench.domain.standards.facilities import FacilityNeed, FacilityStandard
from workbench.domain.standards.firms import FIRM_NAMES
from workbench.domain.standards.grading import (
    CutOff,
    GradeItem,
    GradeMethod,
    GradeRule,
    GradeScheme,
    Yield,
)
from workbench.domain.standards.intensity import Goal, IdealItem, IntensityScheme, Part, ZoneType
from workbench.domain.standards.intensity import Measure as LandMeasure
from workbench.files.content.reading import ContentError, Names, Table, entries, only

STANDARDS = "standards.toml"
GRADING = "grading.toml"
_ONE = Decimal(1)
FEWEST = 3
_FIRM_NAMES = Names(FIRM_NAMES.__contains__)
Sources = Mapping[str, Source]


def read_standards(
    document: Mapping[str, Any],
    grading: Mapping[str, Any],
    sources: Sources,
    facility_kinds: Collection[str],
) -> Standards:
    """Return every standard; weights that do not sum to 1 are refused with their place."""
    only(document, STANDARDS, "facilities", "intensity", "dimension")
    with Table(document, STANDARDS, STANDARDS).table("facilities").closing() as table:
        facilities = FacilityStandard(
            table.text("id"), tuple(_need(part, facility_kinds) for part in table.tables("need"))
        )
    schemes = tuple(
        _scheme(entry, sources) for entry in entries(document, "intensity", STANDARDS, "id")
    )
    only(grading, GRADING, "scheme")
    grades = tuple(_grading(entry, sources) for entry in entries(grading, "scheme", GRADING, "id"))
    return Standards(facilities, schemes, grades, _dimensions(document, sources))


def _dimensions(document: Mapping[str, Any], sources: Sources) -> tuple[Dimension, ...]:
    """Return the axes of the radar; an edition that was made before there were any has none."""
    if "dimension" not in document:
        return ()
    found = tuple(
        _dimension(entry, sources) for entry in entries(document, "dimension", STANDARDS, "id")
    )
    if len(found) < FEWEST:  # fewer axes are no surface
        raise ContentError("fewer", STANDARDS, STANDARDS, "[[dimension]]", low=FEWEST)
    return found


def _dimension(entry: Table, sources: Sources) -> Dimension:
    with entry.closing():
        items = tuple(_dimension_item(item) for item in entry.tables("items"))
        _whole(entry, "items", [item.weight for item in items])
        return Dimension(
            entry.text("id"), entry.bilingual("name"), entry.reference("source", sources), items
        )


def _dimension_item(entry: Table) -> DimensionItem:
    with entry.closing():
        indicator = entry.text("indicator")
        if indicator not in INDICATORS:
            raise entry.not_among("indicator", indicator, INDICATORS)
        zero, full = entry.number("zero"), entry.number("full")
        if zero == full:
            raise entry.error("same_ends", "full", value=full)
        return DimensionItem(indicator, _share(entry, "weight"), zero, full)


def _need(part: Table, kinds: Collection[str]) -> FacilityNeed:
    with part.closing():
        kind = part.text("kind")
        if kind not in kinds:
            raise part.not_among("kind", kind, kinds)
        return FacilityNeed(
            kind, _positive(part, "weight"), part.flag("by_presence"), part.texts("industries")
        )


def _positive(entry: Table, key: str) -> Decimal:
    number = entry.number(key)
    if number <= 0:
        raise entry.error("not_positive", key, value=number)
    return number


def _share(entry: Table, key: str) -> Decimal:
    number = entry.number(key)
    if not 0 <= number <= 1:
        raise entry.error("range", key, low=0, high=1, value=number)
    return number


def _whole(entry: Table, key: str, weights: Iterable[Decimal]) -> None:
    """Refuse weights that do not sum to 1."""
    weights = list(weights)
    if (total := sum(weights, Decimal(0))) != 1:
        raise entry.error("weights", key, value=total)


def _scheme(entry: Table, sources: Sources) -> IntensityScheme:
    with entry.closing():
        zone_type = entry.text("zone_type")
        if zone_type not in {kind.value for kind in ZoneType}:
            raise entry.not_among("zone_type", zone_type, [kind.value for kind in ZoneType])
        goals = tuple(_goal(part) for part in entry.tables("goal"))
        _whole(entry, "goal", [goal.weight for goal in goals])
        return IntensityScheme(
            entry.text("id"),
            entry.bilingual("name"),
            ZoneType(zone_type),
            entry.reference("source", sources),
            _share(entry, "main_share"),
            _positive(entry, "extension_ideal"),
            goals,
        )


def _goal(entry: Table) -> Goal:
    with entry.closing():
        parts = tuple(_part(part) for part in entry.tables("part"))
        _whole(entry, "part", [part.weight for part in parts])
        return Goal(entry.text("code"), entry.bilingual("name"), _share(entry, "weight"), parts)


def _part(entry: Table) -> Part:
    with entry.closing():
        items = tuple(_ideal(item) for item in entry.tables("items"))
        _whole(entry, "items", [item.weight for item in items])
        return Part(entry.text("code"), entry.bilingual("name"), _share(entry, "weight"), items)


def _ideal(entry: Table) -> IdealItem:
    with entry.closing():
        measure, weight = entry.choice("measure", LandMeasure), _share(entry, "weight")
        if entry.has("zero_at"):
            return IdealItem(measure, weight, entry.number("ideal"), _positive(entry, "zero_at"))
        return IdealItem(measure, weight, _positive(entry, "ideal"))


def _grading(entry: Table, sources: Sources) -> GradeScheme:
    with entry.closing():
        method = entry.choice("method", GradeMethod)
        items = tuple(_grade_item(part) for part in entry.tables("items"))
        cuts = tuple(_cut(part) for part in entry.tables("classes"))
        if not items or not cuts:
            raise entry.error("missing", "items" if cuts else "classes")
        shares = [cut.up_to for cut in cuts]
        if shares[-1] != 1 or any(a >= b for a, b in pairwise(shares)):
            raise entry.error("classes", "classes", value=" < ".join(map(str, shares)))
        return GradeScheme(
            entry.text("id"),
            entry.bilingual("name"),
            entry.text("region", ""),
            entry.integer("year", 2000, 2100),
            entry.reference("source", sources),
            method,
            _positive(entry, "cap") if entry.has("cap") else None,
            items,
            cuts,
            tuple(_rule(part) for part in entry.tables("exempt")),
            tuple(_rule(part) for part in entry.tables("adjust")),
            entry.text("exempt_grade", "不参评"),
        )


def _grade_item(entry: Table) -> GradeItem:
    with entry.closing():
        return GradeItem(
            entry.choice("measure", Yield),
            _positive(entry, "weight"),
            _positive(entry, "base") if entry.has("base") else None,
            _positive(entry, "mean_times") if entry.has("mean_times") else _ONE,
        )


def _cut(entry: Table) -> CutOff:
    with entry.closing():
        return CutOff(entry.text("grade"), _share(entry, "up_to"))


def _rule(entry: Table) -> GradeRule:
    with entry.closing():
        points = entry.optional_number("points")
        return GradeRule(
            entry.bilingual("text"), entry.condition("when", _FIRM_NAMES), points or Decimal(0)
        )
