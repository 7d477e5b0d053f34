# SPDX-License-Identifier: MIT
"""Which cases are wanted: by words, pathway, trouble, region, standing of figures, origin."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case, StatedKind
from workbench.domain.content import Content


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What is asked for; what is empty asks for nothing."""

    text: str = ""
    pathway: str = ""
    distress: str = ""
    region: str = ""
    status: str = ""
    origin: str = ""


def accepts(wanted: CaseFilter, case: Case, content: Content, notes: Iterable[str] = ()) -> bool:
    """Tell whether a case fits everything that is asked for."""
    haystack = case_haystack(case, content, notes)
    fits = (
        all(word in haystack for word in wanted.text.casefold().split()),
        not wanted.pathway or wanted.pathway in case.pathways,
        not wanted.distress or wanted.distress in (case.features.distress or ()),
        not wanted.region or wanted.region in case.region.zh + case.region.en,
        not wanted.status or wanted.status in case_statuses(case),
        not wanted.origin or wanted.origin == case.origin.value,
    )
    return all(fits)


def case_statuses(case: Case) -> frozenset[str]:
    """Return the standings of a case's figures: achieved, planned, forecast, unspecified."""
    return frozenset(
        fact.status.value for fact in case.facts if fact.stated is not StatedKind.NOT_STATED
    )


_PROVINCE = re.compile(r"^.{1,10}?(?:省|自治区|特别行政区|市)")


def case_province(case: Case) -> Bilingual:
    """Return the province or municipality that a case's region begins with, else its first word."""
    found = _PROVINCE.match(case.region.zh)
    words = case.region.zh.split()
    chinese = found.group() if found else words[0] if words else ""
    return Bilingual(chinese, case.region.en.rpartition(", ")[2] or chinese)


def case_haystack(case: Case, content: Content, notes: Iterable[str] = ()) -> str:
    """Return the words of a case in both languages, and the team's notes beside it."""
    pathways = [content.pathways[code].name for code in case.pathways if code in content.pathways]
    texts: list[Bilingual] = [case.name, case.region, case.asset, *pathways]
    texts += [mechanism.name for mechanism in case.mechanisms]
    texts += [actor.name for actor in case.actors]
    texts += [text for fact in case.facts for text in (fact.label, fact.note)]
    texts += [step.text for step in case.steps]
    values = [fact.value for fact in case.facts if isinstance(fact.value, str)]
    words = [case.id, *case.pathways, *values, *(w for t in texts for w in (t.zh, t.en)), *notes]
    return " ".join(words).casefold()
