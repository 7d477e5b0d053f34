# SPDX-License-Identifier: MIT
"""Who entered a ledger cell, when, from which file, and what evidence hangs on it."""

from collections.abc import Sequence

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.explain import Input
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.facts import history_rows, source_words
from workbench.ui.texts import t

MOST_TOLD = 12


def provenance(context: UiContext, cells: Sequence[Input]) -> list[tuple[Input, str]]:
    """Return the first cells, each with source, who and when, and its evidence."""
    ledger = context.services.querying.ledger()
    files = context.services.querying.sources()
    found = []
    for cell in cells[:MOST_TOLD]:
        record = ledger.find(cell.entity, cell.key)
        if record is None or cell.entity not in CATALOGUE:
            continue
        origin = record.origins.get(cell.field)
        place = source_words(origin.source, files) if origin is not None else ""
        history = history_rows(context, record, cell.field)
        who = history[0][0] if history else ""
        evidence = context.services.evidencing.of(cell.entity, cell.key, cell.field)
        names = t("assessment.comma").join(record.label for record in evidence)
        said = [place or t("ledger.typed"), who]
        said.append(t("assessment.evidence_is", names=names) if names else "")
        found.append((cell, t("assessment.comma").join(part for part in said if part)))
    return found
