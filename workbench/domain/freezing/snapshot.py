# SPDX-License-Identifier: MIT
"""What a final assessment freezes: ledger, content, own cases, decisions, files and results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.domain.freezing.canonical import canonical_text, digest_of_text
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.value_codec import (
    decode_origin,
    decode_value,
    encode_origin,
    encode_value,
)

FORMAT = 2
WITH_LEDGER_EVIDENCE = 2
"""From this format on, the evidence of the ledger's records is frozen too."""
NEIGHBOURS = ("park", "parcel", "building", "unit", "lease")
"""What the comparison with the other parks of a project reads of them (I-25)."""


@dataclass(frozen=True)
class Snapshot:
    """Everything that an assessment was computed from, and what came out, in canonical form.

    ``attached`` are the program's own records that belong to the assessment (checklist states,
    evidence, decisions); ``files`` are the imported files that origins name.
    """

    program: str
    assessment: Mapping[str, Any]
    ledger: Mapping[str, Sequence[Record]]
    content: Mapping[str, str]
    own_cases: Mapping[str, str]
    attached: Mapping[str, Sequence[Record]]
    files: Sequence[Mapping[str, Any]]
    settings: Mapping[str, str]
    formulas: Mapping[str, str]
    results: Mapping[str, Any]
    format: int = FORMAT
    _text: str = field(default="", compare=False, repr=False)

    def text(self) -> str:
        """Return the canonical text."""
        return self._text or canonical_text(self._document())

    def digest(self) -> str:
        """Return the SHA-256 of the canonical text."""
        return digest_of_text(self.text())

    def _document(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "program": self.program,
            "assessment": dict(self.assessment),
            "ledger": _rows(self.ledger),
            "content": dict(self.content),
            "own_cases": dict(self.own_cases),
            "attached": _rows(self.attached),
            "files": [dict(each) for each in self.files],
            "settings": dict(self.settings),
            "formulas": dict(self.formulas),
            "results": dict(self.results),
        }


def snapshot_of(document: Mapping[str, Any], text: str) -> Snapshot:
    """Return the snapshot that a canonical text holds; KeyError when it is not one."""
    return Snapshot(
        program=document["program"],
        assessment=document["assessment"],
        ledger=_records(document["ledger"]),
        content=document["content"],
        own_cases=document["own_cases"],
        attached=_records(document["attached"]),
        files=document["files"],
        settings=document["settings"],
        formulas=document["formulas"],
        results=document["results"],
        format=document["format"],
        _text=text,
    )


def part_for(ledger: Ledger, park_key: str) -> dict[str, list[Record]]:
    """Return what the assessment of a park can read: its own records, shared firms, neighbours."""
    part = {entity: list(rows) for entity, rows in ledger.within(park_key).records.items() if rows}
    others = [park for park in ledger.all("park") if park.key != park_key]
    if not others:
        return part
    for entity in NEIGHBOURS:
        own = {record.key for record in part.get(entity, ())}
        part.setdefault(entity, []).extend(r for r in ledger.all(entity) if r.key not in own)
    return part


def record_form(record: Record) -> list[Any]:
    """Return a record as JSON understands it: key, position, values, origins."""
    values = {name: encode_value(value) for name, value in record.values.items()}
    origins = {name: encode_origin(origin) for name, origin in record.origins.items()}
    return [record.key, record.position, values, origins]


def _rows(records: Mapping[str, Iterable[Record]]) -> dict[str, list[Any]]:
    return {
        entity: [record_form(record) for record in sorted(rows, key=lambda r: r.key)]
        for entity, rows in records.items()
    }


def _records(document: Mapping[str, Any]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for entity, rows in document.items():
        found[entity] = sorted(
            (_record(entity, row) for row in rows), key=lambda r: (r.position, r.key)
        )
    return found


def _record(entity: str, row: Sequence[Any]) -> Record:
    key, position, values, origins = row
    known = {name: decode_value(data) for name, data in values.items()}
    kept = {name: decode_origin(data) for name, data in origins.items()}
    return Record(
        entity,
        key,
        {name: value for name, value in known.items() if value is not None},
        {name: origin for name, origin in kept.items() if origin is not None},
        position=position,
    )
