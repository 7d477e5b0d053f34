# SPDX-License-Identifier: MIT
"""What belongs to an assessment beside the ledger, and the formulas it was computed with."""

from collections.abc import Sequence

from workbench.application.ports import Texts
from workbench.application.store_ports import UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.records.ledger import Ledger, Record

EVIDENCE = "evidence"
_APART = frozenset(
    {"assessment", "content_file", "merged_copy", "cleaned_files", "hidden_name", "nameless_file",
     "distinct_pair", EVIDENCE}
)  # fmt: skip
"""Kinds of records that are taken otherwise: by key, as effective content, by their owner; or not
    at all, as what is remembered of merges, clean-ups and redactions, and of records
    that look alike."""


def attached_records(
    work: UnitOfWork, assessment: Record, part: Ledger | None = None
) -> dict[str, Sequence[Record]]:
    """Return the program's own records that an assessment rests on, by kind.

    Of kinds that name an assessment or a park, those of this one and those of none; the evidence
    of those, and of the records of ``part``.
    """
    attached: dict[str, Sequence[Record]] = {"assessment": [assessment]}
    for entity in CATALOGUE:
        if entity.ledger or entity.key in _APART:
            continue
        rows = [r for r in work.records.all(entity.key) if _belongs(entity, r, assessment)]
        if rows:
            attached[entity.key] = rows
    owners = {record.key for rows in attached.values() for record in rows}
    if part is not None:
        owners |= {record.key for rows in part.records.values() for record in rows}
    files = [r for r in work.records.all(EVIDENCE) if r.text("owner_key") in owners]
    if files:
        attached[EVIDENCE] = files
    return attached


def _belongs(entity: Entity, record: Record, assessment: Record) -> bool:
    own = {"assessment": assessment.key, "park": assessment.text("park")}
    return all(
        record.text(field.key) in (None, own[field.target])
        for field in entity.references()
        if field.target in own
    )


def formulas(texts: Texts) -> dict[str, str]:
    """Return the formula of every indicator in words."""
    return {id_: texts(indicator.formula) for id_, indicator in INDICATORS.items()}
