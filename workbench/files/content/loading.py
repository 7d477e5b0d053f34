# SPDX-License-Identifier: MIT
"""Turns the content files into domain objects: checked as a whole, with one edition over all."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from workbench.domain.cases.case import Case, CaseOrigin
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist.template import Template
from workbench.domain.condition_names import is_known
from workbench.domain.content import Content
from workbench.domain.parameters import ParameterSet
from workbench.domain.references import Source
from workbench.files.content import cases as case_texts
from workbench.files.content import checklist as checklist_texts
from workbench.files.content import figures as figure_texts
from workbench.files.content import pathways as pathway_texts
from workbench.files.content import ranking as ranking_texts
from workbench.files.content import standards as standard_texts
from workbench.files.content.cases import CaseContext
from workbench.files.content.reading import ContentError, Names, parse_toml, read_text

SEED_FILES = (
    figure_texts.REFERENCES,
    pathway_texts.PATHWAYS,
    case_texts.CASES,
    figure_texts.PARAMETERS,
    figure_texts.RISKS,
    figure_texts.DIAGNOSIS,
    standard_texts.STANDARDS,
    standard_texts.GRADING,
    ranking_texts.RANKING,
)


EDITABLE = (
    figure_texts.DIAGNOSIS,
    figure_texts.PARAMETERS,
    standard_texts.STANDARDS,
    standard_texts.GRADING,
    ranking_texts.RANKING,
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
    figures, paths = read[figure_texts.REFERENCES], read[pathway_texts.PATHWAYS]
    sources = _sources(read)
    parameters = figure_texts.read_parameters(read[figure_texts.PARAMETERS], sources)
    names = names_of(parameters, known_names)
    risks = figure_texts.read_risks(read[figure_texts.RISKS], names)
    codes = dict.fromkeys(pathway_texts.pathway_codes(paths))
    diagnosis = figure_texts.read_diagnosis(read[figure_texts.DIAGNOSIS], sources, codes, names)
    features = case_texts.read_vocabulary(read[case_texts.CASES], case_texts.CASES)
    context = CaseContext(sources, codes, diagnosis.types, features, names, CaseOrigin.BUILT_IN)
    cases = case_texts.read_cases(read[case_texts.CASES], case_texts.CASES, context)
    pathways = pathway_texts.read_pathways(
        paths, sources, features.codes["asset_kind"], risks, names
    )
    checklist = next(name for name in texts if name not in SEED_FILES)
    return Content(
        edition=_edition(texts),
        sources=sources,
        cases=cases,
        features=features,
        pathways=pathways,
        bundles=pathway_texts.read_bundles(paths, pathways, cases),
        parameters=parameters,
        diagnosis=diagnosis,
        market=figure_texts.read_market(figures, sources),
        indicator_references=figure_texts.read_indicator_references(figures, sources),
        risks=risks,
        ranking=ranking_texts.read_ranking(read[ranking_texts.RANKING], pathways),
        checklist=checklist_texts.read_checklist(read[checklist], checklist, pathways, names),
        standards=standard_texts.read_standards(
            read[standard_texts.STANDARDS],
            read[standard_texts.GRADING],
            sources,
            _facility_kinds(),
        ),
        texts=dict(texts),
    )


def _sources(read: Mapping[str, dict[str, Any]]) -> dict[str, Source]:
    """Return every source: the shipped ones, then those that a team's own editions bring."""
    sources = figure_texts.read_sources(read[figure_texts.REFERENCES])
    for name in EDITABLE:
        if "source" in read[name]:
            own = figure_texts.read_sources({"source": read[name].pop("source")}, name)
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
        sources |= figure_texts.read_own_sources({"source": document.pop("source")}, file)
    context = CaseContext(
        sources,
        content.pathways,
        content.diagnosis.types,
        content.features,
        names_of(content.parameters, known_names),
        CaseOrigin.OWN,
    )
    case = case_texts.own_case(document, file, context)
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
    template = checklist_texts.read_checklist(
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
    return checklist_texts.complaints(document, file, content.pathways, names)
