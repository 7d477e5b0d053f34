# SPDX-License-Identifier: MIT
"""Versions of an assessment as JSON documents: what they are, their proof, their differences."""

from typing import Any

from workbench.application.plain import Plain, plain
from workbench.application.ports import Texts
from workbench.application.versions.finalizing import Proof
from workbench.application.versions.reporting import VersionWords
from workbench.domain.figures.scale import ScaleFigure
from workbench.domain.findings import Finding
from workbench.domain.freezing.differences import CellChange, Change, Comparison, Use
from workbench.domain.freezing.results import Deviation
from workbench.domain.freezing.told import InputChange, Told
from workbench.domain.records.ledger import Record


def assessment_document(record: Record, parks: dict[str, str]) -> dict[str, Plain]:
    """Return an assessment: status, version, date, digest, what it came from."""
    edition = record.number("edition")
    return {
        "name": record.label,
        "key": record.key,
        "park": parks.get(record.text("park") or "", record.text("park")),
        "as_of": plain(record.get("as_of")),
        "status": record.text("status"),
        "edition": None if edition is None else int(edition),
        "previous": record.text("previous"),
        "reason": record.text("reason"),
        "digest": record.text("digest"),
        "finalized_on": plain(record.get("finalized_on")),
        "finalized_by": record.text("finalized_by"),
    }


def proof_document(proof: Proof) -> dict[str, Any]:
    """Return whether a final assessment is unchanged, and what differs."""
    return {
        "digest": proof.digest,
        "computed_digest": proof.computed,
        "program": proof.program,
        "whole": proof.whole,
        "proven": proof.proven,
        "deviations": [
            {"path": list(each.path), "old": each.old, "new": each.new} for each in proof.deviations
        ],
    }


def deviation_words(deviation: Deviation, texts: Texts) -> str:
    """Return one deviation as a line."""
    return texts(
        "versions.deviation",
        path=" / ".join(deviation.path),
        old=_short(deviation.old),
        new=_short(deviation.new),
    )


def _short(value: Any) -> str:
    text = "—" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def comparison_document(comparison: Comparison, words: VersionWords) -> dict[str, Any]:
    """Return everything that differs between two assessments."""
    moment = comparison.moment
    return {
        "same": comparison.same,
        "old_ledger": moment and {"step": moment.step, "at": moment.at.isoformat()},
        "cells": [_cell(cell, comparison) for cell in comparison.cells],
        "scenario_inputs": [_input(each, words) for each in comparison.inputs],
        "content": [
            {"kind": c.kind, "subject": c.subject, "old": c.old, "new": c.new}
            for c in comparison.content
        ],
        "results": [_change(change, words) for change in comparison.results],
    }


def _cell(cell: CellChange, comparison: Comparison) -> dict[str, Any]:
    use = comparison.uses.get(cell.place, Use())
    return {
        "entity": cell.entity,
        "key": cell.key,
        "label": cell.label,
        "field": cell.field or None,
        "old": plain(cell.old),
        "new": plain(cell.new),
        "moved": [{"kind": kind, "subject": subject} for kind, subject in use.moved],
        "stayed": [{"kind": kind, "subject": subject} for kind, subject in use.stayed],
        "waiting": [{"kind": kind, "subject": subject} for kind, subject in use.waiting],
        "by_others": [{"kind": kind, "subject": subject} for kind, subject in use.by_others],
    }


def _input(change: InputChange, words: VersionWords) -> dict[str, Any]:
    old, new = words.moved(change)
    key = change.item.key if change.item is not None else None
    return {"scenario": change.scenario, "input": key, "old": old, "new": new}


def _change(change: Change, words: VersionWords) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "subject": change.subject,
        "old": _result(change, change.old, words),
        "new": _result(change, change.new, words),
        "because": [words.reason(reason) for reason in change.reasons],
        "more": change.more,
    }


def _result(change: Change, value: Any, words: VersionWords) -> Any:
    if isinstance(value, tuple):
        return [_result(change, item, words) for item in value]
    if isinstance(value, Finding):
        return words.result(change, value)
    if isinstance(value, Told):
        return words.told(value) if value.number is None else plain(value.number)
    return plain(value.value if isinstance(value, ScaleFigure) else value)
