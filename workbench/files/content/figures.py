# SPDX-License-Identifier: MIT
"""Sources, reference figures, policy parameters, diagnosis rules and risks from TOML."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.condition_names import INDICATOR
from workbench.domain.diagnosis.rules import (
    Causality,
    DiagnosisRule,
    DiagnosisRules,
    DistressType,
    SeverityScale,
)
from workbench.domain.parameters import Bracket, ParameterSet, ParamValue, PolicyParam
from workbench.domain.references import (
    IndicatorReference,
    MarketReference,
    OutcomeStatus,
    Reliability,
    Source,
)
from workbench.domain.report.risks import Risk, RiskKind
from workbench.files.content.reading import Names, Table, entries, only

REFERENCES = "references.toml"
PARAMETERS = "parameters.toml"
DIAGNOSIS = "diagnosis.toml"
RISKS = "risks.toml"
DEFAULT_SOURCE = "default"
QUALIFIERS = ("", "约", "余", ">", "<", "近", "≥", "≤")
"""The words and signs that may stand beside a figure."""

Sources = Mapping[str, Source]


def read_sources(document: Mapping[str, Any], file: str = REFERENCES) -> dict[str, Source]:
    """Return the sources by id; one quoted by another (via) must stand before it."""
    only(document, file, "source", "market", "indicator")
    return _sources(entries(document, "source", file, "id"))


def read_own_sources(document: Mapping[str, Any], file: str) -> dict[str, Source]:
    """Return the sources that a team's own case brings; Chinese alone is enough."""
    return _sources(entries(document, "source", file, "id", one_language=True))


def _sources(found: Iterable[Table]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for entry in found:
        source = one_source(entry, sources)
        sources[source.id] = source
    return sources


def one_source(entry: Table, known: Mapping[str, Source]) -> Source:
    """Return one source; ``known`` are those that it may quote."""
    with entry.closing():
        return Source(
            entry.text("id"),
            entry.bilingual("title", optional=True),
            entry.bilingual("publisher"),
            entry.choice("reliability", Reliability),
            entry.text("site", ""),
            entry.text("published", ""),
            entry.reference("via", known) if entry.has("via") else None,
        )


def read_market(document: Mapping[str, Any], sources: Sources) -> tuple[MarketReference, ...]:
    """Return the market figures M1…M13."""
    found = []
    for entry in entries(document, "market", REFERENCES, "id"):
        with entry.closing():
            figure = MarketReference(
                entry.text("id"),
                entry.bilingual("statement"),
                entry.optional_number("value"),
                entry.optional_number("upper"),
                entry.text("unit", ""),
                qualifier(entry),
                entry.bilingual("period"),
                entry.choice("status", OutcomeStatus),
                entry.reference("source", sources),
                entry.bilingual("caveat", optional=True),
            )
        found.append(figure)
    return tuple(found)


def qualifier(entry: Table) -> str:
    """Return the word beside a figure; raises ContentError when it is not one of those known."""
    word = entry.text("qualifier", "")
    if word not in QUALIFIERS:
        entry.refuse(entry.not_among("qualifier", word, QUALIFIERS[1:]))
    return word


def read_indicator_references(
    document: Mapping[str, Any], sources: Sources
) -> tuple[IndicatorReference, ...]:
    """Return the published values of indicators."""
    found = []
    for entry in Table(document, REFERENCES, REFERENCES).tables("indicator"):
        with entry.closing():
            code = entry.text("indicator")
            if not INDICATOR.fullmatch(code.replace("-", "_")):
                raise entry.not_among("indicator", code, ["I-01 … I-52"])
            reference = IndicatorReference(
                code,
                entry.bilingual("label"),
                entry.number("value"),
                entry.optional_number("upper"),
                entry.text("unit", ""),
                entry.bilingual("period"),
                entry.reference("source", sources),
                _building_kinds(entry),
            )
        found.append(reference)
    return tuple(found)


def _building_kinds(entry: Table) -> frozenset[str]:
    known = {choice.value for choice in CATALOGUE["building"]["kind"].choices}
    return frozenset(entry.references("building_kinds", known))


def read_parameters(document: Mapping[str, Any], sources: Sources) -> ParameterSet:
    """Return the policy parameters; two values of one code, region and day are refused."""
    only(document, PARAMETERS, "parameter")
    params: list[PolicyParam] = []
    for entry in Table(document, PARAMETERS, PARAMETERS).tables("parameter"):
        with entry.closing():
            param = PolicyParam(
                entry.text("code"),
                entry.text("region", ""),
                _value(entry),
                entry.text("unit", ""),
                entry.bilingual("name"),
                entry.reference("source", sources),
                entry.day("effective_from"),
                entry.day("effective_to"),
                entry.day("verified_on"),
                entry.flag("varies"),
                entry.bilingual("note", optional=True),
                entry.text("verified_by", ""),
                entry.text("checked_against", ""),
            )
        start, end = param.effective_from, param.effective_to
        if start is not None and end is not None and end < start:
            raise entry.error("dates", "effective_to", start=start, end=end)
        same = (param.code, param.region, start)
        if any((p.code, p.region, p.effective_from) == same for p in params):
            raise entry.error("duplicate", "code", value=param.code)
        params.append(param)
    return ParameterSet(tuple(params))


def _value(entry: Table) -> ParamValue:
    """Return a number, or the rising brackets of a progressive tax."""
    if not entry.has("brackets"):
        return entry.number("value")
    brackets: list[Bracket] = []
    for part in entry.tables("brackets"):
        with part.closing():
            bracket = (part.optional_number("upto"), part.number("rate"), part.number("quick"))
        if brackets and not _rises(brackets[-1][0], bracket[0]):
            raise part.error("brackets", "upto")
        brackets.append(bracket)
    if not brackets or brackets[-1][0] is not None:
        raise entry.error("brackets", "brackets")
    return tuple(brackets)


def _rises(before: Decimal | None, after: Decimal | None) -> bool:
    return before is not None and (after is None or after > before)


def read_diagnosis(
    document: Mapping[str, Any], sources: Sources, pathways: Mapping[str, object], names: Names
) -> DiagnosisRules:
    """Return distress types and rules."""
    only(document, DIAGNOSIS, "severity", "type", "rule")
    types: dict[str, DistressType] = {}
    for entry in entries(document, "type", DIAGNOSIS, "code"):
        with entry.closing():
            code = entry.text("code")
            types[code] = DistressType(
                code,
                entry.bilingual("name"),
                entry.choice("causality", Causality),
                entry.references("pathways", pathways),
                entry.bilingual("falsifier"),
                entry.bilingual("note"),
            )
    rules = tuple(
        _rule(entry, types, sources, names) for entry in entries(document, "rule", DIAGNOSIS, "id")
    )
    with Table(document, DIAGNOSIS, DIAGNOSIS).table("severity").closing() as scale:
        light = scale.integer("light", 1, 100)
        medium = scale.integer("medium", light, 100)
        severe = scale.integer("severe", medium, 100)
    return DiagnosisRules(types, rules, SeverityScale(light, medium, severe))


def _rule(
    entry: Table, types: Mapping[str, DistressType], sources: Sources, names: Names
) -> DiagnosisRule:
    """Return one rule; its type is the first part of its id (``D5-1`` belongs to D5)."""
    with entry.closing():
        code = entry.text("id")
        type_code = code.partition("-")[0]
        if type_code not in types:
            raise entry.not_among("id", code, [f"{t}-…" for t in types])
        source = entry.text("source", DEFAULT_SOURCE)
        if source not in sources:
            raise entry.not_among("source", source, sources)
        rule = DiagnosisRule(
            code,
            type_code,
            entry.bilingual("text"),
            entry.condition("when", names),
            entry.integer("points", 1, 100),
            sources[source],
            entry.flag("percent"),
        )
    for language in ("zh", "en"):
        try:
            rule.describe(language)
        except (IndexError, KeyError, ValueError) as error:
            raise entry.error("placeholder", "text", text=rule.text.get(language)) from error
    return rule


def read_risks(document: Mapping[str, Any], names: Names) -> dict[str, Risk]:
    """Return the risk library by id; ``names`` are what a condition may ask."""
    only(document, RISKS, "risk")
    risks: dict[str, Risk] = {}
    for entry in entries(document, "risk", RISKS, "id"):
        with entry.closing():
            code = entry.text("id")
            risks[code] = Risk(
                code,
                entry.bilingual("text"),
                entry.choice("kind", RiskKind),
                entry.integer("probability", 1, 5),
                entry.integer("impact", 1, 5),
                entry.bilingual("trigger"),
                entry.bilingual("mitigation"),
                entry.condition("when", names) if entry.has("when") else None,
            )
    return risks
