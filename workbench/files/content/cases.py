# SPDX-License-Identifier: MIT
"""Benchmark cases from TOML: the shipped library and a user's own case cards."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workbench.domain.bilingual import NO_TEXT
from workbench.domain.cases.case import (
    CODED_FEATURES,
    FACTORS,
    FEATURES,
    Case,
    CaseActor,
    CaseFact,
    CaseFeatures,
    CaseOrigin,
    CasePrecondition,
    CaseStep,
    ChangeBasis,
    FeatureVocabulary,
    Mechanism,
    StatedKind,
    Waiver,
)
from workbench.domain.cases.contradictions import CONTRADICTION_CODES
from workbench.domain.references import OutcomeStatus, Reliability, Source
from workbench.files.content.collecting import CollectingTable, Placed
from workbench.files.content.figures import qualifier
from workbench.files.content.reading import ContentError, Names, Table, entries, only

CASES = "cases.toml"
_ON = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NOBODY = Source("", NO_TEXT, NO_TEXT, Reliability.LOW)
_AREA_UNITS = ("㎡", "亩", "公顷", "万㎡")


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What a case may refer to."""

    sources: Mapping[str, Source]
    pathways: Collection[str]
    distress: Collection[str]
    vocabulary: FeatureVocabulary
    names: Names
    origin: CaseOrigin


def read_vocabulary(document: Mapping[str, Any], file: str) -> FeatureVocabulary:
    """Return the feature codes with their weights; the weights must sum to 1."""
    with Table(document, file, file).table("features").closing() as features:
        weights = _weights(features.table("weights"))
        with features.table("codes").closing() as table:
            codes = {name: frozenset(table.texts(name)) for name in CODED_FEATURES}
        adjacent = _adjacent(features.table("adjacent"), codes)
        words = _ledger_words(features.table("ledger"), codes)
    return FeatureVocabulary(weights, codes, adjacent, words)


def _weights(table: Table) -> dict[str, Decimal]:
    with table.closing():
        weights = {feature: table.number(feature) for feature in FEATURES}
    if sum(weights.values()) != 1 or min(weights.values()) < 0:
        raise table.error("weights", "weights", value=sum(weights.values()))
    return weights


def _adjacent(
    table: Table, codes: Mapping[str, Collection[str]]
) -> frozenset[tuple[str, str, str]]:
    pairs = set()
    for feature in table.values:
        for pair in table.raw(feature):
            if feature not in codes or len(pair) != 2 or not set(pair) <= set(codes[feature]):
                raise table.not_among(feature, str(pair), codes.get(feature, ()))
            pairs.add((feature, pair[0], pair[1]))
    return frozenset(pairs)


def _ledger_words(
    table: Table, codes: Mapping[str, Collection[str]]
) -> dict[str, Mapping[str, str]]:
    words: dict[str, Mapping[str, str]] = {}
    for feature in table.values:
        listed = table.table(feature)
        words[feature] = {word: listed.text(word) for word in listed.values}
        for code in words[feature].values():
            if code not in codes.get(feature, ()):
                raise listed.not_among(feature, code, codes.get(feature, ()))
    return words


def read_cases(document: Mapping[str, Any], file: str, context: CaseContext) -> dict[str, Case]:
    """Return the cases of a file by id; raises ContentError."""
    only(document, file, "features", "case")
    return {
        case.id: case
        for case in (_case(entry, context) for entry in entries(document, "case", file, "id"))
    }


def _case(entry: Table, context: CaseContext) -> Case:
    with entry.closing():
        source_ids = entry.references("sources", context.sources)
        sources = tuple(context.sources[code] for code in source_ids)
        if not sources:
            entry.refuse(entry.error("missing", "sources"))
        return Case(
            id=entry.text("id"),
            name=entry.bilingual("name"),
            region=entry.bilingual("region"),
            features=_features(entry.table("features"), context),
            sources=sources,
            origin=context.origin,
            version=entry.integer("version", 1, 9999),
            asset=entry.bilingual("asset"),
            facts=_facts(entry, context, sources[0] if sources else _NOBODY),
            steps=tuple(_step(part, context) for part in entry.tables("steps")),
            actors=tuple(_actor(part) for part in entry.tables("actors")),
            mechanisms=tuple(_mechanism(part) for part in entry.tables("mechanisms")),
            preconditions=tuple(_need(part, context) for part in entry.tables("preconditions")),
            pathways=entry.references("pathways", context.pathways),
            borrow=entry.bilinguals("borrow"),
            do_not_copy=entry.bilinguals("do_not_copy"),
            not_stated=entry.bilinguals("not_stated"),
            inferred_checks=entry.bilinguals("inferred_checks"),
            waivers=tuple(_waiver(part) for part in entry.tables("waivers")),
        )


def _features(table: Table, context: CaseContext) -> CaseFeatures:
    """Return the features; a key that is absent means that the source does not say."""
    with table.closing():
        codes = context.vocabulary.codes
        coded = {
            name: _code(table, name, codes[name]) for name in CODED_FEATURES if name != "goals"
        }
        return CaseFeatures(
            distress=_codes(table, "distress", context.distress),
            goals=_codes(table, "goals", codes["goals"]),
            scale_m2=_scale(table),
            **coded,
        )


def _code(table: Table, key: str, known: Collection[str]) -> str | None:
    value = table.text(key, "")
    if value and value not in known:
        table.refuse(table.not_among(key, value, sorted(known)))
    return value or None


def _codes(table: Table, key: str, known: Collection[str]) -> frozenset[str] | None:
    if not table.has(key):
        return None
    return frozenset(table.references(key, sorted(known)))


def _scale(table: Table) -> Decimal | None:
    """Return the land area that stands for the size of a case, in ㎡."""
    if not table.has("scale"):
        return None
    with table.table("scale").closing() as scale:
        value, unit = scale.number("value"), scale.text("unit")
        if unit not in _AREA_UNITS:
            scale.refuse(scale.not_among("unit", unit, _AREA_UNITS))
        if value <= 0:
            scale.refuse(scale.error("range", "value", low=0, high="∞", value=value))
    return value * FACTORS.get(unit, Decimal(1))


def _facts(entry: Table, context: CaseContext, default: Source) -> tuple[CaseFact, ...]:
    facts: list[CaseFact] = []
    parts = list(entry.tables("facts"))
    for part in parts:
        fact = _fact(part, context, default)
        if any(other.key == fact.key for other in facts):
            part.refuse(part.error("duplicate", "key", value=fact.key))
        facts.append(fact)
    keys = [fact.key for fact in facts]
    for part, fact in zip(parts, facts, strict=True):
        for key, named in (("before", fact.before), ("part_of", fact.part_of)):
            others = [other for other in keys if other != fact.key]
            if named and named not in others:
                part.refuse(part.not_among(key, named, others))
    return tuple(facts)


def _fact(part: Table, context: CaseContext, default: Source) -> CaseFact:
    with part.closing():
        fact = CaseFact(
            key=part.text("key"),
            label=part.bilingual("label"),
            value=_fact_value(part),
            stated=part.choice("stated", StatedKind, StatedKind.STATED),
            status=part.choice("status", OutcomeStatus, OutcomeStatus.UNSPECIFIED),
            source=part.reference("source", context.sources) if part.has("source") else default,
            unit=part.text("unit", ""),
            qualifier=qualifier(part),
            base=part.bilingual("base", optional=True),
            scope=part.text("scope", ""),
            basis=part.choice("basis", ChangeBasis) if part.has("basis") else None,
            note=part.bilingual("note", optional=True),
            before=part.text("before", ""),
            part_of=part.text("part_of", ""),
        )
    if (fact.value is None) != (fact.stated is StatedKind.NOT_STATED):
        part.refuse(part.error("not_stated", "value"))
    return fact


def _fact_value(part: Table) -> Decimal | str | bool | None:
    value = part.raw("value")
    if value is None or isinstance(value, bool):
        return value
    return part.text("value") if isinstance(value, str) else part.number("value")


def _stated(part: Table) -> StatedKind:
    return part.choice("stated", StatedKind, StatedKind.STATED)


def _step(part: Table, context: CaseContext) -> CaseStep:
    with part.closing():
        pathway = part.text("pathway", "")
        if pathway and pathway not in context.pathways:
            part.refuse(part.not_among("pathway", pathway, context.pathways))
        on = part.text("on", "")
        if on and not _ON.fullmatch(on):
            part.refuse(part.error("step_day", "on", value=on[:40]))
        return CaseStep(part.bilingual("text"), _stated(part), pathway, on)


def _actor(part: Table) -> CaseActor:
    with part.closing():
        return CaseActor(part.bilingual("name"), part.bilingual("role"), _stated(part))


def _mechanism(part: Table) -> Mechanism:
    with part.closing():
        return Mechanism(part.bilingual("name"), _stated(part))


def _need(part: Table, context: CaseContext) -> CasePrecondition:
    with part.closing():
        when = part.condition("when", context.names) if part.has("when") else None
        return CasePrecondition(part.bilingual("text"), _stated(part), when)


def _waiver(part: Table) -> Waiver:
    """Return one waiver; without a reason a contradiction cannot be waived."""
    with part.closing():
        code = part.text("code")
        if code not in CONTRADICTION_CODES:
            raise part.not_among("code", code, CONTRADICTION_CODES)
        if not part.has("reason"):
            raise part.error("waiver", "reason")
        reason, facts = part.bilingual("reason"), part.texts("facts")
        return Waiver(code, reason, facts, part.text("author", ""), part.day("day"))


def own_case(document: Mapping[str, Any], file: str, context: CaseContext) -> Case:
    """Return the one case of a user's case card; raises ContentError when there are more.

    A text in Chinese alone stands for English too: a team need not translate its own cases.
    """
    only(document, file, "case")
    found = entries(document, "case", file, "id", one_language=True)
    if len(found) != 1:
        raise ContentError("one_case", file, file, "[[case]]", value=len(found))
    return _case(found[0], context)


def case_problems(
    document: Mapping[str, Any], file: str, context: CaseContext
) -> tuple[Placed, ...]:
    """Return every mistake in a document of one case, each with its list, row and key."""
    found: list[Placed] = []
    first = document.get("case") or [{}]
    _case(CollectingTable(first[0], file, str(first[0].get("id") or file), found), context)
    return tuple(found)
