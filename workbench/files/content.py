# SPDX-License-Identifier: MIT
"""Turns the content files into domain objects: checked as a whole, with one edition over all."""

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from workbench.domain.cases import Case, CaseOrigin
from workbench.domain.condition_names import is_known
from workbench.domain.content import Content
from workbench.domain.parameters import ParameterSet
from workbench.files import content_cases, content_figures, content_pathways
from workbench.files.content_cases import CaseContext
from workbench.files.content_reading import ContentError, Names, parse_toml, read_toml

SEED_FILES = (
    content_figures.REFERENCES,
    content_pathways.PATHWAYS,
    content_cases.CASES,
    content_figures.PARAMETERS,
    content_figures.RISKS,
    content_figures.DIAGNOSIS,
)


def load_content(
    root_seed: Path, checklist: Path, known_names: frozenset[str] | None = None
) -> Content:
    """Read, check and join the content files under ``root_seed`` and the checklist template.

    ``known_names`` are the ledger names that conditions may use (``parcel.obtain_mode``,
    ``ctx.debt_total``); None leaves those unchecked. Raises ContentError naming file, entry, key
    and remedy.
    """
    read, edition = _documents(root_seed, checklist)
    figures, paths = read[content_figures.REFERENCES], read[content_pathways.PATHWAYS]
    sources = content_figures.read_sources(figures)
    parameters = content_figures.read_parameters(read[content_figures.PARAMETERS], sources)
    risks = content_figures.read_risks(read[content_figures.RISKS])
    names = _names(parameters, known_names)
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
    return Content(
        edition=edition,
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
        checklist=content_pathways.read_checklist(read[checklist.name], checklist.name, pathways),
    )


def _documents(root_seed: Path, checklist: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """Return every content file's table by file name, and one short hash over their bytes."""
    digest = hashlib.sha256()
    read = {}
    for path in (*(root_seed / name for name in SEED_FILES), checklist):
        raw, read[path.name] = read_toml(path)
        digest.update(hashlib.sha256(raw).digest())
    return read, digest.hexdigest()[:12]


def read_own_case(
    text: str, file: str, content: Content, known_names: frozenset[str] | None = None
) -> Case:
    """Return the case that a user wrote as a TOML card; raises ContentError.

    A card may bring its own ``[[source]]`` entries; it may not take the id of a shipped case.
    """
    document = parse_toml(text.encode(), file)
    sources = dict(content.sources)
    if "source" in document:
        sources |= content_figures.read_sources({"source": document.pop("source")})
    context = CaseContext(
        sources,
        content.pathways,
        content.diagnosis.types,
        content.features,
        _names(content.parameters, known_names),
        CaseOrigin.OWN,
    )
    case = content_cases.own_case(document, file, context)
    if case.id in content.cases:
        raise ContentError("duplicate", file, case.id, "id", value=case.id)
    return case


def _names(parameters: ParameterSet, ledger: frozenset[str] | None) -> Names:
    codes = frozenset(parameters.codes())
    return Names(partial(is_known, parameters=codes, ledger_names=ledger))
