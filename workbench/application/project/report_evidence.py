# SPDX-License-Identifier: MIT
"""The evidence behind a report: which files belong to it, whose they are, who added them when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from workbench.application.ports import Texts
from workbench.application.store_ports import FileState
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.indicators.indicator import IndicatorValue
from workbench.domain.records.ledger import Record
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.sections import EvidenceFile

if TYPE_CHECKING:
    from workbench.application.ledger.querying import Querying
    from workbench.application.project.evidencing import Evidencing

_CHECKLIST_TABLE = "8-1"


class EvidenceSource(Protocol):
    """The open project, or what a final assessment froze of it."""

    @property
    def querying(self) -> "Querying": ...  # noqa: D102
    @property
    def evidencing(self) -> "Evidencing": ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Beside:
    """What a package takes from the report that it lies beside: its list of files, its codes."""

    listed: Sequence[EvidenceFile] = ()
    hidden: Codes | None = None


def belonging(
    source: EvidenceSource, park_key: str, assessment: Record | None
) -> list[tuple[Record, Record]]:
    """Return the files that belong to a report, each with what it is evidence of."""
    return [
        (row, owner)
        for row in source.evidencing.all()
        if (owner := _owner(source, row, park_key, assessment)) is not None
    ]


def evidence_files(
    source: EvidenceSource,
    log: "Querying",
    park_key: str,
    assessment: Record | None,
    texts: Texts,
    indicators: Mapping[str, IndicatorValue],
    *,
    thorough: bool = False,
) -> list[EvidenceFile]:
    """Return the files as the report lists them; ``log`` knows who added them and when.

    A ``thorough`` look reads every content, so that an altered one is told; else only one that
    is gone is.
    """
    found = belonging(source, park_key, assessment)
    if not found:
        return []
    rows = [row for row, _ in found]
    if thorough:
        states = source.evidencing.check(rows)
    else:
        states = dict.fromkeys(source.evidencing.missing(rows), FileState.MISSING)
    readers = _readers(indicators)
    return [
        replace(
            _listed(row, owner, log, states.get(row.key, FileState.WHOLE), texts),
            cited=_cited(row, owner, readers, texts),
        )
        for row, owner in found
    ]


def _readers(indicators: Mapping[str, IndicatorValue]) -> dict[tuple[str, str, str], list[str]]:
    """Return by cell, and by whole record with field "", the indicators computed from it."""
    readers: dict[tuple[str, str, str], list[str]] = {}
    for id_, value in indicators.items():
        cells = {(cell.entity, cell.key, cell.field) for cell in value.trace.inputs}
        for place in sorted(cells | {(entity, key, "") for entity, key, _ in cells}):
            readers.setdefault(place, []).append(id_)
    return readers


def _cited(
    row: Record, owner: Record, readers: Mapping[tuple[str, str, str], Sequence[str]], texts: Texts
) -> tuple[str, ...]:
    if owner.text("item"):
        return (texts("report.table_no", id=_CHECKLIST_TABLE),)
    return tuple(readers.get((owner.entity, owner.key, row.text("owner_field") or ""), ()))


def _listed(
    row: Record, owner: Record, log: "Querying", state: FileState, texts: Texts
) -> EvidenceFile:
    entity = CATALOGUE[owner.entity]
    field = row.text("owner_field") or ""
    steps = log.history(row.entity, row.key)
    first = steps[-1][0] if steps else None
    return EvidenceFile(
        kind=entity.title(texts.language),
        owner=owner.text("item") or log.ledger().name_of(owner),
        field=entity[field].title(texts.language) if field in entity else field,
        name=row.label,
        sha256=row.text("sha256") or "",
        size=int(row.number("size") or 0),
        by=first.actor if first else "",
        at=first.at if first else None,
        is_lost=state is FileState.MISSING,
        is_altered=state is FileState.ALTERED,
        target=_target(owner, field),
        key=row.key,
    )


def _target(owner: Record, field: str) -> str:
    """Return where the program shows what a file is evidence of."""
    if item := owner.text("item"):
        return f"checklist|item:{item}"
    return f"ledger|{owner.entity}:{owner.key}:{field}"


def _owner(
    source: EvidenceSource, row: Record, park_key: str, assessment: Record | None
) -> Record | None:
    """Return what a file is evidence of, if it belongs to the report."""
    entity, key = row.text("owner_entity") or "", row.text("owner_key") or ""
    owner = source.querying.record(entity, key)
    if owner is None:
        return None
    if of := owner.text("assessment"):
        return owner if assessment is not None and of == assessment.key else None
    park = source.querying.ledger().park_of(owner)
    return owner if park is None or park.key == park_key else None
