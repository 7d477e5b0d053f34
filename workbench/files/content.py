# SPDX-License-Identifier: MIT
"""Turns the content files into domain objects: checked as a whole, with one edition over all."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from workbench.domain.cases import Case, CaseOrigin
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist.template import Template
from workbench.domain.condition_names import is_known
from workbench.domain.content import Content
from workbench.domain.parameters import ParameterSet
from workbench.domain.references import Source
from workbench.files import (
    content_cases,
    content_checklist,
    content_figures,
    content_pathways,
    content_ranking,
    content_standards,
)
from workbench.files.content_cases import CaseContext
from workbench.files.content_reading import ContentError, Names, parse_toml, read_text

SEED_FILES = (
    content_figures.REFERENCES,
    content_pathways.PATHWAYS,
    content_cases.CASES,
    content_figures.PARAMETERS,
    content_figures.RISKS,
    content_figures.DIAGNOSIS,
    content_standards.STANDARDS,
    content_standards.GRADING,
    content_ranking.RANKING,
)


EDITABLE = (
    content_figures.DIAGNOSIS,
    content_figures.PARAMETERS,
    content_standards.STANDARDS,
    content_standards.GRADING,
    content_ranking.RANKING,
)
"""The files of which a project may keep an edition of its own."""


def load_content(
    root_seed: Path,
    checklist: Path,
    known_names: frozenset[str] | None = None,
    edited: Mapping[str, str] | None = None,
) -> Content:
    """Read, check and join the content files under ``root_seed`` and the checklist template.

    ``known_names`` are the ledger names that conditions may use (``parcel.obtain_mode``,
    ``ctx.debt_total``); None leaves those unchecked. ``edited`` are a project's own editions by
    file name. Raises ContentError naming file, entry, key and remedy.
    """
    texts = {path.name: read_text(path) for path in (*_paths(root_seed), checklist)}
    return content_of(texts | dict(edited or {}), known_names)


def _paths(root_seed: Path) -> Iterator[Path]:
    return (root_seed / name for name in SEED_FILES)


def content_of(texts: Mapping[str, str], known_names: frozenset[str] | None = None) -> Content:
    """Check and join content from the texts of its files; raises ContentError as load_content."""
    read = {name: parse_toml(text.encode(), name) for name, text in texts.items()}
    figures, paths = read[content_figures.REFERENCES], read[content_pathways.PATHWAYS]
    sources = _sources(read)
    parameters = content_figures.read_parameters(read[content_figures.PARAMETERS], sources)
    risks = content_figures.read_risks(read[content_figures.RISKS])
    names = names_of(parameters, known_names)
    codes = dict.fromkeys(content_pathways.pathway_codes(paths))
    diagnosis = content_figures.read_diagnosis(
        read[content_figures.DIAGNOSIS], sources, codes, names
    )
    features = content_cases.read_vocabulary(read[content_cases.CASES], content_cases.CASES)
    context = CaseContext(sources, codes, diagnosis.types, features, names, CaseOrigin.BUILT_IN)
    cases = content_cases.read_cases(read[content_cases.CASES], content_cases.CASES, context)
    pathways = content_pathways.read_pathways(
        paths, sources, features.codes["asset_kind"], risks, names
    )
    checklist = next(name for name in texts if name not in SEED_FILES)
    return Content(
        edition=_edition(texts),
        sources=sources,
        cases=cases,
        features=features,
        pathways=pathways,
        bundles=content_pathways.read_bundles(paths, pathways, cases),
        parameters=parameters,
        diagnosis=diagnosis,
        market=content_figures.read_market(figures, sources),
        indicator_references=content_figures.read_indicator_references(figures, sources),
        risks=risks,
        ranking=content_ranking.read_ranking(read[content_ranking.RANKING], pathways),
        checklist=content_checklist.read_checklist(read[checklist], checklist, pathways, names),
        standards=content_standards.read_standards(
            read[content_standards.STANDARDS],
            read[content_standards.GRADING],
            sources,
            _facility_kinds(),
        ),
        texts=dict(texts),
    )


def _sources(read: Mapping[str, dict[str, Any]]) -> dict[str, Source]:
    """Return every source: the shipped ones, then those that a team's own editions bring."""
    sources = content_figures.read_sources(read[content_figures.REFERENCES])
    for name in EDITABLE:
        if "source" in read[name]:
            own = content_figures.read_sources({"source": read[name].pop("source")}, name)
            sources = own | sources
    return sources


def _facility_kinds() -> list[str]:
    return [choice.value for choice in CATALOGUE["facility"]["kind"].choices]


def _edition(texts: Mapping[str, str]) -> str:
    """Return one short hash over the files in the order of SEED_FILES, the checklist last."""
    digest = hashlib.sha256()
    for name in (*SEED_FILES, *(name for name in texts if name not in SEED_FILES)):
        digest.update(hashlib.sha256(texts[name].encode()).digest())
    return digest.hexdigest()[:12]


def read_own_case(
    text: str, file: str, content: Content, known_names: frozenset[str] | None = None
) -> Case:
    """Return the case that a user wrote as a TOML card; raises ContentError.

    A card may bring its own ``[[source]]`` entries; it may not take the id of a shipped case.
    """
    document = parse_toml(text.encode(), file)
    sources = dict(content.sources)
    if "source" in document:
        sources |= content_figures.read_own_sources({"source": document.pop("source")}, file)
    context = CaseContext(
        sources,
        content.pathways,
        content.diagnosis.types,
        content.features,
        names_of(content.parameters, known_names),
        CaseOrigin.OWN,
    )
    case = content_cases.own_case(document, file, context)
    if case.id in content.cases:
        raise ContentError("duplicate", file, case.id, "id", value=case.id)
    return case


def names_of(parameters: ParameterSet, ledger: frozenset[str] | None) -> Names:
    """Return which names a condition may use."""
    codes = frozenset(parameters.codes())
    return Names(partial(is_known, parameters=codes, ledger_names=ledger))


def read_own_checklist(
    text: str, file: str, content: Content, known_names: frozenset[str] | None = None
) -> Template:
    """Return the checklist edition that a team wrote as TOML; raises ContentError.

    It may not take the version of the shipped edition; texts may be in Chinese alone.
    """
    return own_checklist(parse_toml(text.encode(), file), file, content, known_names)


def own_checklist(
    document: Mapping[str, Any],
    file: str,
    content: Content,
    known_names: frozenset[str] | None = None,
) -> Template:
    """Return a team's edition from its document, as ``read_own_checklist``."""
    names = names_of(content.parameters, known_names)
    template = content_checklist.read_checklist(
        document, file, content.pathways, names, one_language=True
    )
    if template.version == content.checklist.version:
        raise ContentError("duplicate", file, file, "version", value=template.version)
    return template


def checklist_complaints(
    document: Mapping[str, Any], file: str, content: Content, known_names: frozenset[str]
) -> tuple[ContentError, ...]:
    """Return what is wrong with a team's edition, the first mistake of each entry."""
    names = names_of(content.parameters, known_names)
    return content_checklist.complaints(document, file, content.pathways, names)
