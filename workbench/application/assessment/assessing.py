# SPDX-License-Identifier: MIT
"""Assess a park or some of its assets: indicators, diagnosis, case matches, pathways, findings."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.application.assessment.match_weighing import MatchWeights
from workbench.application.collection import unsearched
from workbench.application.ports import CatalogueOf, Clock, ContentOf, Progress, Silent
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.cases.case import Case, CaseFeatures, FeatureVocabulary
from workbench.domain.catalogue import CATALOGUE, shipped
from workbench.domain.checks.registry import check_park
from workbench.domain.checks.yardsticks import (
    MATCH_WEIGHTS_UNUSED,
    check_parameters,
    check_rules,
)
from workbench.domain.content import Content
from workbench.domain.diagnosis.diagnosing import Distress, diagnose
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding, Level, UsageError
from workbench.domain.indicators.indicator import IndicatorValue, by_indicator
from workbench.domain.indicators.registry import evaluate_all
from workbench.domain.matching.features import TargetFeatures, target_features
from workbench.domain.matching.nearest import nearest_cases
from workbench.domain.matching.similarity import CaseMatch
from workbench.domain.pathways.feasibility import PathwayCheck, check_pathways
from workbench.domain.ranking.choices import UNDECIDED, RankingChoices
from workbench.domain.ranking.ranking import Ranking, rank_pathways
from workbench.domain.ranking.scores import Outcomes, ScoreMaterial, score_pathway
from workbench.domain.ranking.weighing import starting
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Value

if TYPE_CHECKING:
    from workbench.application.cases.library import CaseLibrary

_STEPS = 5
_COMPARED_ASSETS = ("parcel", "building")


@dataclass(frozen=True, slots=True)
class AssessmentOptions:
    """What the analyst says for this run; None leaves it to the ledger's pathway inputs.

    ``goals`` and ``finance_band`` are codes of the feature vocabulary. ``assessment`` is the key of
    a named assessment whose own pathway inputs count; ``choices`` are weights, scores and the
    choice made by hand; ``outcomes`` are computed scenarios by pathway, which score return and
    funding.
    """

    goals: frozenset[str] | None = None
    finance_band: str | None = None
    assessment: str = ""
    choices: RankingChoices = UNDECIDED
    outcomes: Outcomes = field(default_factory=dict)


DEFAULT_OPTIONS = AssessmentOptions()


@dataclass(frozen=True, slots=True)
class MatchingSetting:
    """The case library of a project, and the weights that count for a park or an assessment."""

    cases: "CaseLibrary"
    weights: Callable[[str, str], MatchWeights]


@dataclass(frozen=True)
class AssessmentDraft:
    """Everything that one run found, with the editions of what it was computed from.

    ``inputs_digest`` is a SHA-256 over every known ledger cell of the park and every firm.
    """

    scope: Scope
    indicators: dict[str, IndicatorValue]
    distresses: tuple[Distress, ...]
    target: TargetFeatures
    matches: tuple[CaseMatch, ...]
    pathways: tuple[PathwayCheck, ...]
    ranking: Ranking
    findings: tuple[Finding, ...]
    parameter_set: str
    content_edition: str
    inputs_digest: str
    match_weights: MatchWeights
    compared_cases: int
    """How many cases were compared; of a large library only the nearest are in ``matches``."""

    @property
    def park(self) -> Record:
        """Return the park; LookupError when it is gone."""
        park = self.scope.park
        if park is None:
            raise LookupError(self.scope.park_key)
        return park


class AssessingService:
    """Computes assessments; the same call serves window, command line and report."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        content: ContentOf,
        clock: Clock,
        catalogue: CatalogueOf = shipped,
        notices: Callable[[], tuple[Finding, ...]] = tuple,
        matching: "MatchingSetting | None" = None,
    ) -> None:
        """Take ``matching`` for cases and weights of a project; without it the shipped count."""
        self._matching = matching
        self._catalogue = catalogue
        self._unit_of_work = unit_of_work
        self._content_of = content
        self._notices = notices
        self._clock = clock

    @property
    def _content(self) -> Content:
        return self._content_of()

    def scope(
        self,
        park_key: str,
        asset_keys: Collection[str] | None = None,
        as_of: date | None = None,
        ledger: Ledger | None = None,
        assessment: str = "",
    ) -> Scope:
        """Return what an assessment looks at; UsageError for an unknown park or asset.

        Without a ledger the stored one is read; without a date the clock's day is taken.
        """
        snapshot = ledger or self._snapshot()
        park = snapshot.find("park", park_key)
        if park is None:
            raise UsageError("diagnosis.no_such_park", park=park_key)
        day, params = self.setting(park, as_of)
        keys = None if not asset_keys else frozenset(asset_keys)
        scope = Scope(snapshot, park_key, keys, day, params, self._content.standards, assessment)
        if keys and (unknown := keys - {asset.key for asset in scope.assets}):
            raise UsageError("diagnosis.no_such_asset", asset=min(unknown), park=park.label)
        return scope

    @unsearched()
    def indicators(
        self, park_key: str, as_of: date | None = None, asset_keys: Collection[str] | None = None
    ) -> tuple[Scope, dict[str, IndicatorValue]]:
        """Return the scope and its indicators, without diagnosis and matching."""
        scope = self.scope(park_key, asset_keys, as_of)
        return scope, evaluate_all(scope, by_indicator(self._content.indicator_references))

    def ledger_findings(self, scope: Scope) -> tuple[Finding, ...]:
        """Return what the checks say of the ledger of a scope's park."""
        return check_park(scope.ledger, scope.park_key, scope.as_of, scope.params)

    @unsearched()
    def run(
        self,
        park_key: str,
        asset_keys: Collection[str] | None = None,
        as_of: date | None = None,
        options: AssessmentOptions = DEFAULT_OPTIONS,
        progress: Progress | None = None,
        ledger: Ledger | None = None,
    ) -> AssessmentDraft:
        """Assess; nothing is stored. UsageError for an unknown park or asset."""
        report = progress or Silent()
        scope = self.scope(park_key, asset_keys, as_of, ledger, options.assessment)
        content = self._content
        indicators = evaluate_all(scope, by_indicator(content.indicator_references))
        report.step(1, _STEPS)
        facts = Facts(scope, indicators)
        distresses = diagnose(content.diagnosis, facts)
        report.step(2, _STEPS)
        target = target_features(facts, distresses, content.features)
        target = replace(target, features=_as_asked(target.features, options))
        cases, weights, doubts = self._compared_by(park_key, options.assessment)
        vocabulary = replace(content.features, weights=weights.values)
        matches = nearest_cases(target.features, cases, vocabulary, facts.lookup)
        report.step(3, _STEPS)
        pathways = check_pathways(content.pathways.values(), facts)
        ranking = self._rank(pathways, facts, options)
        report.step(4, _STEPS)
        own = scope.ledger.within(park_key)
        region = self.region(scope.park) if scope.park else ""
        findings = (
            *self._notices(),
            *doubts,
            *check_parameters(content.parameters, region, scope.as_of),
            *check_rules(distresses),
            *self.ledger_findings(scope),
        )
        report.step(_STEPS, _STEPS)
        return AssessmentDraft(
            scope,
            indicators,
            distresses,
            target,
            matches,
            pathways,
            ranking,
            findings,
            content.parameters.id,
            content.edition,
            digest_of(own),
            weights,
            len(cases),
        )

    def _compared_by(
        self, park: str, assessment: str
    ) -> tuple[tuple[Case, ...], MatchWeights, tuple[Finding, ...]]:
        """Return the cases and weights of matching, and what had to be left out of them."""
        content = self._content
        shipped = MatchWeights(content.features.weights)
        if self._matching is None:
            return tuple(content.cases.values()), shipped, ()
        library, weights = self._matching.cases, self._matching.weights(park, assessment)
        findings = library.findings()
        if not weights.usable:
            whole = f"{sum(weights.values.values(), Decimal(0)) * 100:.2f}%"
            findings += (
                Finding(MATCH_WEIGHTS_UNUSED, Level.WARNING, params={"sum": whole}),
            )  # fmt: skip
            weights = shipped
        return tuple(library.all().values()), weights, findings

    def vocabulary(self) -> FeatureVocabulary:
        """Return the features of matching with the shipped weights."""
        return self._content.features

    def targets(
        self,
        park_key: str,
        asset_keys: Collection[str] | None,
        as_of: date | None,
        progress: Progress,
    ) -> list[tuple[Record, CaseFeatures]]:
        """Return each parcel and building of a park with its own features for matching.

        UsageError for an unknown park or asset.
        """
        whole = self.scope(park_key, asset_keys, as_of)
        wanted = frozenset(asset_keys or ()) or {asset.key for asset in whole.assets}
        assets = [a for a in whole.assets if a.entity in _COMPARED_ASSETS and a.key in wanted]
        content, found = self._content, []
        for done, asset in enumerate(assets, start=1):
            keys = frozenset({asset.key})
            scope = Scope(
                whole.ledger, park_key, keys, whole.as_of, whole.params, content.standards
            )
            facts = Facts(scope, evaluate_all(scope, by_indicator(content.indicator_references)))
            distresses = diagnose(content.diagnosis, facts)
            target = target_features(facts, distresses, content.features)
            found.append((asset, target.features))
            progress.step(done, len(assets))
        return found

    def rank_again(self, draft: AssessmentDraft, options: AssessmentOptions) -> AssessmentDraft:
        """Return the draft with its pathways scored and ranked anew; all else stays."""
        facts = Facts(draft.scope, draft.indicators)
        return replace(draft, ranking=self._rank(draft.pathways, facts, options))

    def _rank(
        self, checks: Sequence[PathwayCheck], facts: Facts, options: AssessmentOptions
    ) -> Ranking:
        """Score and rank; without weights of an analyst the starting judgements count."""
        content, choices = self._content, options.choices
        rules = content.ranking
        material = ScoreMaterial(facts, rules, content.risks, options.outcomes)
        scores = {
            code: score_pathway(check, material, choices.scores.get(code))
            for check in checks
            if check.pathway.ranked and (code := check.pathway.code)
        }
        weighting = choices.weighting or starting(rules.judgements)
        bundles = tuple(content.bundles.values())
        return rank_pathways(checks, scores, weighting, rules, bundles, choices.override)

    def setting(
        self, park: Record | None, as_of: date | None = None
    ) -> tuple[date, Mapping[str, Decimal]]:
        """Return the as-of date and the parameters in force then, of a park or nationwide."""
        day = as_of or self._clock.now().date()
        region = self.region(park) if park is not None else ""
        return day, self._content.parameters.numbers(region, as_of=day)

    def region(self, park: Record) -> str:
        """Return the smallest region of the park that has parameters of its own, else ""."""
        known = {param.region for param in self._content.parameters}
        regions = (park.text(field) for field in ("county", "city", "province"))
        return next((region for region in regions if region and region in known), "")

    def _snapshot(self) -> Ledger:
        with self._unit_of_work() as work:
            return Ledger(
                {entity.key: work.records.all(entity.key) for entity in CATALOGUE.ledger()},
                self._catalogue(),
            )


def _as_asked(features: CaseFeatures, options: AssessmentOptions) -> CaseFeatures:
    """Return the features with what the analyst says in place of the ledger's."""
    return replace(
        features,
        goals=features.goals if options.goals is None else options.goals,
        finance_band=options.finance_band or features.finance_band,
    )


def digest_of(ledger: Ledger) -> str:
    """Return the SHA-256 of every known cell, the same for any order of records."""
    lines = (
        f"{record.entity}\t{record.key}\t{field}\t{_canonical(value)}"
        for record in ledger
        for field, value in record.values.items()
    )
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _canonical(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "|".join(value) if isinstance(value, tuple) else str(value)
