# SPDX-License-Identifier: MIT
"""Turns the content files into domain objects: checked as a whole, with one edition over all."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.domain.cases import Case, CaseOrigin
from workbench.domain.condition_names import is_known
from workbench.domain.content import Content
from workbench.files import content_cases, content_figures, content_pathways
from workbench.files.content_cases import CaseContext
from workbench.files.content_reading import ContentError, Names, parse_toml, read_toml


def load_content(
    root_seed: Path, checklist: Path, known_names: frozenset[str] | None = None
) -> Content:
    """Read, check and join the content files under ``root_seed`` and the checklist template.

    ``known_names`` are the ledger names that conditions may use (``parcel.obtain_mode``,
    ``ctx.debt_total``); None leaves those unchecked. Raises ContentError naming file, entry, key
    and remedy.
    """
    digest = hashlib.sha256()

    def document(path: Path) -> dict[str, Any]:
        raw, table = read_toml(path)
        digest.update(hashlib.sha256(raw).digest())
        return table

    figures = document(root_seed / content_figures.REFERENCES)
    paths = document(root_seed / content_pathways.PATHWAYS)
    case_table = document(root_seed / content_cases.CASES)
    sources = content_figures.read_sources(figures)
    parameters = content_figures.read_parameters(
        document(root_seed / content_figures.PARAMETERS), sources
    )
    risks = content_figures.read_risks(document(root_seed / content_figures.RISKS))
    names = _names(frozenset(parameters.codes()), known_names)
    codes = dict.fromkeys(content_pathways.pathway_codes(paths))
    diagnosis = content_figures.read_diagnosis(
        document(root_seed / content_figures.DIAGNOSIS), sources, codes, names
    )
    features = content_cases.read_vocabulary(case_table, content_cases.CASES)
    context = CaseContext(sources, codes, diagnosis.types, features, names, CaseOrigin.BUILT_IN)
    cases = content_cases.read_cases(case_table, content_cases.CASES, context)
    pathways = content_pathways.read_pathways(
        paths, sources, features.codes["asset_kind"], risks, names
    )
    bundles = content_pathways.read_bundles(paths, pathways, cases)
    template = content_pathways.read_checklist(document(checklist), checklist.name, pathways)
    return Content(
        edition=digest.hexdigest()[:12],
        sources=sources,
        cases=cases,
        features=features,
        pathways=pathways,
        bundles=bundles,
        parameters=parameters,
        diagnosis=diagnosis,
        market=content_figures.read_market(figures, sources),
        indicator_references=content_figures.read_indicator_references(figures, sources),
        risks=risks,
        checklist=template,
    )


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
        _names(frozenset(content.parameters.codes()), known_names),
        CaseOrigin.OWN,
    )
    case = content_cases.own_case(document, file, context)
    if case.id in content.cases:
        raise ContentError("duplicate", file, case.id, "id", value=case.id)
    return case


def _names(parameters: frozenset[str], ledger: frozenset[str] | None) -> Names:
    allowed: Callable[[str], bool] = lambda name: is_known(name, parameters, ledger)  # noqa: E731
    return Names(allowed)
