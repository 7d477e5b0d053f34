# SPDX-License-Identifier: MIT
"""Pathways, bundles and the checklist template from TOML."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from workbench.domain.checklist.opening import cycle
from workbench.domain.pathways.pathway import (
    Block,
    Bundle,
    Criterion,
    Layer,
    Pathway,
    PathwayNote,
    PathwayOrigin,
    Precondition,
)
from workbench.domain.references import Source
from workbench.files.content.reading import Names, Table, entries, only

PATHWAYS = "pathways.toml"
TOP_SCORE = 100


def pathway_codes(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of all pathways, which other entries refer to."""
    only(document, PATHWAYS, "pathway", "bundle")
    return tuple(entry.text("code") for entry in entries(document, "pathway", PATHWAYS, "code"))


def read_pathways(
    document: Mapping[str, Any],
    sources: Mapping[str, Source],
    asset_kinds: Collection[str],
    risks: Collection[str],
    names: Names,
) -> dict[str, Pathway]:
    """Return the pathways by code."""
    codes = pathway_codes(document)
    found: dict[str, Pathway] = {}
    places = {}
    for entry in entries(document, "pathway", PATHWAYS, "code"):
        with entry.closing():
            low, high = _months(entry)
            pathway = Pathway(
                code=entry.text("code"),
                name=entry.bilingual("name"),
                layer=entry.choice("layer", Layer),
                origin=entry.choice("origin", PathwayOrigin),
                applies_asset_kinds=frozenset(entry.references("asset_kinds", asset_kinds)),
                preconditions=tuple(_need(part, codes, names) for part in entry.tables("pre")),
                blocks=tuple(_block(part, codes, names) for part in entry.tables("block")),
                approvals=entry.bilinguals("approvals"),
                parties=entry.bilinguals("parties"),
                docs=entry.bilinguals("docs"),
                months_min=low,
                months_max=high,
                capex_level=entry.integer("capex_level", 1, 5),
                risk_tags=entry.references("risks", risks),
                starting_scores=_scores(entry),
                sources=tuple(sources[s] for s in entry.references("sources", sources)),
                version=entry.integer("version", 1, 9999) if entry.has("version") else 1,
                risks=entry.bilinguals("risk_texts"),
                notes=tuple(_note(part, sources) for part in entry.tables("notes")),
                summary=entry.bilingual("summary"),
            )
        found[pathway.code] = pathway
        places[pathway.code] = entry
    _refuse_circle(found, places)
    return found


def _refuse_circle(pathways: Mapping[str, Pathway], places: Mapping[str, Table]) -> None:
    """Refuse pathways that must each come before the other: neither could ever begin."""
    first = {
        code: {need.enabled_by for need in pathway.preconditions} - {""}
        for code, pathway in pathways.items()
    }
    if circle := cycle(first):
        words = " → ".join((*circle, circle[0]))
        raise places[circle[0]].error("path_circle", "enabled_by", value=words)


def _months(entry: Table) -> tuple[int, int]:
    months = entry.raw("months")
    whole = isinstance(months, list) and len(months) == 2
    if not whole or not all(type(m) is int for m in months) or not 0 <= months[0] <= months[1]:
        raise entry.error("wrong_kind", "months", expected="[3, 6]", value=str(months))
    return months[0], months[1]


def _scores(entry: Table) -> dict[Criterion, Decimal] | None:
    """Return the starting scores, or None for what is never ranked."""
    if not entry.has("scores"):
        return None
    with entry.table("scores").closing() as table:
        given = [criterion for criterion in Criterion if table.has(criterion.value)]
        return {c: Decimal(table.integer(c.value, 0, TOP_SCORE)) for c in given}


def _code(part: Table, key: str, codes: Collection[str]) -> str:
    code = part.text(key, "")
    if code and code not in codes:
        raise part.not_among(key, code, codes)
    return code


def _need(part: Table, codes: Collection[str], names: Names) -> Precondition:
    with part.closing():
        return Precondition(
            part.text("id"),
            part.bilingual("text"),
            part.condition("when", names),
            part.flag("red_line"),
            _code(part, "enabled_by", codes),
        )


def _block(part: Table, codes: Collection[str], names: Names) -> Block:
    with part.closing():
        return Block(
            part.text("id"),
            part.bilingual("text"),
            part.condition("when", names),
            _code(part, "instead", codes),
        )


def _note(part: Table, sources: Mapping[str, Source]) -> PathwayNote:
    with part.closing():
        return PathwayNote(part.bilingual("text"), part.reference("source", sources))


def read_bundles(
    document: Mapping[str, Any], pathways: Collection[str], cases: Collection[str]
) -> dict[str, Bundle]:
    """Return the bundles by code."""
    found = {}
    for entry in entries(document, "bundle", PATHWAYS, "code"):
        with entry.closing():
            bundle = Bundle(
                entry.text("code"),
                entry.bilingual("name"),
                entry.references("steps", pathways),
                entry.references("overlays", pathways),
                _code(entry, "case", cases),
            )
        found[bundle.code] = bundle
    return found
