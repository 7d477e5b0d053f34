# SPDX-License-Identifier: MIT
"""A case as a document of plain values: every mistake in it, and the card that it makes."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.cases.case import CaseOrigin
from workbench.domain.content import Content
from workbench.files.content.cases import CaseContext, case_problems
from workbench.files.content.collecting import CollectingTable, Placed
from workbench.files.content.figures import one_source
from workbench.files.content.loading import names_of
from workbench.files.toml_writing import lines


def document_problems(
    document: Mapping[str, Any], content: Content, known_names: frozenset[str] | None = None
) -> tuple[Placed, ...]:
    """Return every mistake in the document of one own case, sources included."""
    found: list[Placed] = []
    sources = dict(content.sources)
    own: set[str] = set()
    for row, values in enumerate(document.get("source", ()), start=1):
        table = CollectingTable(values, "", "", found, "sources", row)
        source = one_source(table, sources)
        if source.id in own:
            table.refuse(table.error("duplicate", "id", value=source.id))
        own.add(source.id)
        sources[source.id] = source
    context = CaseContext(
        sources,
        content.pathways,
        content.diagnosis.types,
        content.features,
        names_of(content.parameters, known_names),
        CaseOrigin.OWN,
    )
    return (*found, *case_problems(document, "", context))


def document_card(document: Mapping[str, Any]) -> str:
    """Return the TOML card of a document."""
    card = ["# 案例卡  Case card", ""]
    for source in document.get("source", ()):
        card += ["[[source]]", *lines(source), ""]
    card += ["[[case]]", *lines(document["case"][0])]
    return "\n".join(card) + "\n"
