# SPDX-License-Identifier: MIT
"""Indicators and assessments as JSON documents, in the form of the command-line contract."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from workbench.application.assessment.assessing import AssessmentDraft
from workbench.application.assessment.explaining import feature_words
from workbench.application.assessment.ranking_report import placing_report, ranking_report
from workbench.application.assessment.score_report import grading_document, land_use_document
from workbench.application.naming import named_params
from workbench.application.plain import Plain, plain
from workbench.application.ports import Texts
from workbench.domain.bilingual import Bilingual
from workbench.domain.checks.rules import sentence_key
from workbench.domain.diagnosis.diagnosing import Distress, RuleResult
from workbench.domain.explain import Input, Missing
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.indicator import Band, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.labels import label_key
from workbench.domain.matching.similarity import CaseMatch, FeatureScore
from workbench.domain.pathways.feasibility import ConditionCheck, PathwayCheck
from workbench.domain.records.ledger import Record
from workbench.domain.references import IndicatorReference
from workbench.domain.values import Value

Document = dict[str, Plain]
_DIGITS = 4
_IN_CONTRACT = {"万元": ("元", 10_000)}
"""Money of the contract is in 元; a yield keeps the unit of its name (万元/亩, 万元/公顷)."""


def indicators_report(scope: Scope, values: Mapping[str, IndicatorValue], texts: Texts) -> Document:
    """Return every indicator with value, band, reference, formula, inputs and what is missing."""
    park = scope.park
    return {
        "park": park.label if park else scope.park_key,
        "as_of": scope.as_of.isoformat(),
        "indicators": [_indicator(value, texts) for value in values.values()],
        "land_use_score": land_use_document(scope, texts),
        "grading": grading_document(scope, texts),
    }


def _indicator(value: IndicatorValue, texts: Texts) -> Document:
    declared = INDICATORS[value.id]
    unit, factor = _IN_CONTRACT.get(declared.unit, (declared.unit, 1))
    return {
        "id": value.id,
        "name": declared.title(texts.language),
        "value": plain(None if value.value is None else value.value * factor),
        "unit": unit,
        "band": None if value.band is Band.UNRATED else value.band.value,
        "missing": _cells(value.trace.missing),
        "reference": _reference(value.reference, texts),
        "compared_with": plain(value.yardstick),
        "formula": texts(declared.formula),
        "inputs": _inputs(value.trace.inputs),
        "parameters": {code: plain(used) for code, used in value.trace.parameters.items()},
        "notes": [texts(note.text_key, **note.shown) for note in value.notes],
    }


def _reference(reference: IndicatorReference | None, texts: Texts) -> Plain:
    if reference is None:
        return None
    language = texts.language
    return {
        "value": plain(reference.value),
        "upper": plain(reference.upper),
        "label": reference.label.get(language),
        "period": reference.period.get(language),
        "source": reference.source.cite(language),
    }


def _inputs(inputs: Iterable[Input]) -> list[Plain]:
    return [
        {"entity": i.entity, "key": i.key, "field": i.field, "value": plain(i.value)}
        for i in inputs
    ]


def _cells(missing: Iterable[Missing]) -> list[Plain]:
    return [{"entity": m.entity, "key": m.key, "field": m.field} for m in missing]


def assess_report(draft: AssessmentDraft, texts: Texts) -> Document:
    """Return diagnosis, case matches and the ranked pathways, with the editions behind them."""
    return {
        "park": draft.park.label,
        "assets": [_asset(asset) for asset in draft.scope.assets]
        if draft.scope.asset_keys
        else None,
        "as_of": draft.scope.as_of.isoformat(),
        "diagnosis": [_distress(distress, texts) for distress in draft.distresses],
        "matches": [_match(match, draft, texts) for match in draft.matches],
        "pathways": [
            {
                **_pathway(check, texts),
                **placing_report(draft.ranking, check.pathway.code, texts),
            }
            for check in draft.pathways
        ],
        **ranking_report(draft.ranking, texts),
        **_findings(draft, texts),
        "parameter_set": draft.parameter_set,
        "content_edition": draft.content_edition,
        "inputs_digest": draft.inputs_digest,
    }


def _findings(draft: AssessmentDraft, texts: Texts) -> Document:
    """Return what was left out or is out of date, and how many findings the ledger itself has."""
    ours = [finding for finding in draft.findings if not finding.entity]
    theirs = [finding for finding in draft.findings if finding.entity]
    return {
        "findings": [
            {
                "code": finding.code,
                "level": finding.level.value,
                "text": texts(
                    sentence_key(finding), **named_params(finding.params, texts.language)
                ),
            }
            for finding in ours
        ],
        "ledger_findings": counted(theirs),
    }


def counted(findings: Iterable[Finding]) -> Document:
    """Return how many findings there are of each level."""
    levels = Counter(finding.level for finding in findings)
    return {level.value: levels[level] for level in Level}


def _asset(record: Record) -> Plain:
    return {"entity": record.entity, "key": record.key, "name": record.label}


def _distress(distress: Distress, texts: Texts) -> Plain:
    return {
        "type": distress.type.code,
        "name": distress.type.name.get(texts.language),
        "severity": distress.severity,
        "level": distress.level.code,
        "confidence": _rounded(distress.confidence),
        "rules": [_rule(result, texts) for result in distress.rules],
        "pathways": list(distress.type.pathways),
        "falsifier": distress.type.falsifier.get(texts.language),
        "evidence": _inputs(distress.evidence),
    }


def _rule(result: RuleResult, texts: Texts) -> Plain:
    """Return one rule; a yes/no rule shows 1 over the threshold 0 when it holds."""
    threshold, value = result.rule.threshold, result.value
    if threshold is None:
        value = None if result.truth is None else Decimal(result.truth)
        threshold = Decimal(0)
    return {
        "id": result.rule.id,
        "text": result.rule.describe(texts.language),
        "true": result.truth,
        "value": plain(value),
        "threshold": plain(threshold),
        "points": result.points,
        "missing": _cells(result.missing),
    }


def _match(match: CaseMatch, draft: AssessmentDraft, texts: Texts) -> Plain:
    language, case = texts.language, match.case
    return {
        "case": case.id,
        "name": case.name.get(language),
        "similarity": round(match.similarity, _DIGITS),
        "coverage": round(match.coverage, _DIGITS),
        "well_founded": match.well_founded,
        "features": [_feature(f, draft, texts) for f in match.features],
        "nearest": [f.name for f in match.nearest],
        "different": [f.name for f in match.different],
        "preconditions": [
            {"text": check.text.get(language), "result": check.truth, "missing": [*check.missing]}
            for check in match.preconditions
        ],
        "borrow": _texts(case.borrow, language),
        "do_not_copy": _texts(case.do_not_copy, language),
        "not_stated": _texts(case.not_stated, language),
        "sources": [source.cite(language) for source in case.sources],
    }


def _texts(items: Iterable[Bilingual], language: str) -> list[Plain]:
    return [item.get(language) for item in items]


def _feature(score: FeatureScore, draft: AssessmentDraft, texts: Texts) -> Plain:
    types = {distress.type.code: distress.type for distress in draft.distresses}
    return {
        "key": score.name,
        "name": texts(label_key("feature", score.name)),
        "ours": feature_words(score.name, score.ours, texts, types),
        "theirs": feature_words(score.name, score.theirs, texts, types),
        "score": None if score.score is None else round(score.score, _DIGITS),
        "weight": score.weight,
        "missing": _cells(draft.target.missing.get(score.name, ())),
    }


def _pathway(check: PathwayCheck, texts: Texts) -> Document:
    return {
        "code": check.pathway.code,
        "name": check.pathway.name.get(texts.language),
        "layer": check.pathway.layer.value,
        "feasible": check.feasibility.value,
        "preconditions": [_condition(item, texts) for item in check.preconditions],
        "blocks": [_condition(item, texts) for item in check.blocks],
    }


def _condition(check: ConditionCheck, texts: Texts) -> Plain:
    shown = (f"{name}={_word(value)}" for name, value in check.values)
    return {
        "id": check.id,
        "text": check.text.get(texts.language),
        "result": check.truth,
        "red_line": check.red_line,
        "way_out": check.way_out or None,
        "evidence": texts("matching.comma").join(shown),
        "missing": _cells(check.missing),
    }


def _word(value: Value) -> str:
    return str(plain(value))


def _rounded(value: Decimal) -> float:
    return float(round(value, _DIGITS))
