# SPDX-License-Identifier: MIT
"""Writes a case as a TOML card that ``read_own_case`` takes back with no difference."""

from workbench.domain.cases.case import (
    CODED_FEATURES,
    Case,
    CaseFact,
    CaseFeatures,
    StatedKind,
    Waiver,
)
from workbench.domain.cases.form import sources_of
from workbench.domain.references import OutcomeStatus, Source
from workbench.files.toml_writing import Plain, lines


def case_card(case: Case, new_id: str = "") -> str:
    """Return the card of a case with every source that it names, optionally under a new id."""
    card = ["# 案例卡  Case card", ""]
    for source in sources_of(case):
        card += ["[[source]]", *lines(_source(source)), ""]
    card += ["[[case]]", *lines(_case(case, new_id or case.id))]
    return "\n".join(card) + "\n"


def _source(source: Source) -> dict[str, Plain]:
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "reliability": source.reliability.value,
        "site": source.site,
        "published": source.published,
        "via": source.via.id if source.via else None,
    }


def _case(case: Case, case_id: str) -> dict[str, Plain]:
    return {
        "id": case_id,
        "name": case.name,
        "region": case.region,
        "asset": case.asset,
        "version": case.version,
        "sources": [source.id for source in case.sources],
        "pathways": case.pathways,
        "features": _features(case.features),
        "mechanisms": [_part(m.stated, name=m.name) for m in case.mechanisms],
        "actors": [_part(a.stated, name=a.name, role=a.role) for a in case.actors],
        "steps": [_part(s.stated, text=s.text, pathway=s.pathway, on=s.on) for s in case.steps],
        "preconditions": [
            _part(p.stated, text=p.text, when=p.condition.text if p.condition else None)
            for p in case.preconditions
        ],
        "facts": [_fact(fact) for fact in case.facts],
        "borrow": case.borrow,
        "do_not_copy": case.do_not_copy,
        "not_stated": case.not_stated,
        "inferred_checks": case.inferred_checks,
        "waivers": [_waiver(waiver) for waiver in case.waivers],
    }


def _features(features: CaseFeatures) -> dict[str, Plain]:
    """Return what is known; what the source does not say is left out."""
    known: dict[str, Plain] = {}
    if features.distress is not None:
        known["distress"] = sorted(features.distress)
    if features.scale_m2 is not None:
        known["scale"] = {"value": features.scale_m2, "unit": "㎡"}
    for name in CODED_FEATURES:
        value = getattr(features, name)
        known[name] = sorted(value) if isinstance(value, frozenset) else value
    return known


def _part(stated: StatedKind, **values: Plain) -> dict[str, Plain]:
    """Return one part of a case; that the source states it goes without saying."""
    values["stated"] = None if stated is StatedKind.STATED else stated.value
    return values


def _fact(fact: CaseFact) -> dict[str, Plain]:
    status = None if fact.status is OutcomeStatus.UNSPECIFIED else fact.status.value
    return _part(
        fact.stated,
        key=fact.key,
        label=fact.label,
        value=fact.value,
        unit=fact.unit,
        qualifier=fact.qualifier,
        base=fact.base,
        scope=fact.scope,
        status=status,
        basis=fact.basis.value if fact.basis else None,
        source=fact.source.id,
        note=fact.note,
        before=fact.before,
        part_of=fact.part_of,
    )


def _waiver(waiver: Waiver) -> dict[str, Plain]:
    return {
        "code": waiver.code,
        "reason": waiver.reason,
        "facts": waiver.facts,
        "author": waiver.author,
        "day": waiver.day,
    }
