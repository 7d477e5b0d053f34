# SPDX-License-Identifier: MIT
"""Everything that is data rather than code: cases, pathways, parameters, rules, checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.domain.cases.case import Case, FeatureVocabulary
from workbench.domain.checklist.template import Template
from workbench.domain.diagnosis.rules import DiagnosisRules
from workbench.domain.parameters import ParameterSet
from workbench.domain.pathways.pathway import Bundle, Pathway
from workbench.domain.ranking.rules import RankingRules
from workbench.domain.references import IndicatorReference, MarketReference, Source
from workbench.domain.report.risks import Risk
from workbench.domain.standards.edition import NO_STANDARDS, Standards


@dataclass(frozen=True, slots=True)
class Content:
    """One edition of the content; ``edition`` is a short hash over the files it came from."""

    edition: str
    sources: Mapping[str, Source]
    cases: Mapping[str, Case]
    features: FeatureVocabulary
    pathways: Mapping[str, Pathway]
    bundles: Mapping[str, Bundle]
    parameters: ParameterSet
    diagnosis: DiagnosisRules
    market: tuple[MarketReference, ...]
    indicator_references: tuple[IndicatorReference, ...]
    risks: Mapping[str, Risk]
    ranking: RankingRules
    checklist: Template
    standards: Standards = NO_STANDARDS
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the files said, by file name: enough to read the same content again."""
