# SPDX-License-Identifier: MIT
"""A checklist that is handed to a colleague who works offline, and comes back.

The package carries the edition, the states with which the work began (``base``), the states now,
what was said, and which evidence belongs to which item; the files lie beside it by their SHA-256.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.domain.checklist.state import ItemState, ItemStatus, Review, ReviewStatus, States

FORMAT = 1
"""The form of the package; a program that knows only older forms refuses it in words."""


class HandoverError(ValueError):
    """A package does not say what it must; ``place`` is the part that is wrong."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class HandedFile:
    """One evidence file of an item."""

    item_id: str
    name: str
    sha256: str
    size: int
    note: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class HandedComment:
    """One thing that was said about an item."""

    item_id: str
    author: str
    at: str
    text: str


@dataclass(frozen=True)
class Handover:
    """One assessment's checklist on its way; keys are those of the project it came from."""

    assessment: Mapping[str, Any]
    """The assessment's fields that the colleague needs, dates as ISO text."""
    park: Mapping[str, Any]
    states: States
    base: States
    comments: tuple[HandedComment, ...]
    files: tuple[HandedFile, ...]


def to_plain(package: Handover) -> dict[str, Any]:
    """Return the package as plain JSON values."""
    return {
        "format": FORMAT,
        "assessment": dict(package.assessment),
        "park": dict(package.park),
        "states": [_state(state) for state in package.states.values()],
        "base": [_state(state) for state in package.base.values()],
        "comments": [
            {"item": c.item_id, "author": c.author, "at": c.at, "text": c.text}
            for c in package.comments
        ],
        "files": [
            {
                "item": f.item_id,
                "name": f.name,
                "sha256": f.sha256,
                "size": f.size,
                "note": f.note,
                "page": f.page,
            }
            for f in package.files
        ],
    }


def from_plain(data: Any) -> Handover:
    """Return the package of plain JSON values; HandoverError names the part that is wrong."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise HandoverError("format")
    return Handover(
        _part(data, "assessment"),
        _part(data, "park"),
        states_of(_rows(data, "states"), "states"),
        states_of(_rows(data, "base"), "base"),
        tuple(_made(HandedComment, row, "comments") for row in _rows(data, "comments")),
        tuple(_made(HandedFile, row, "files") for row in _rows(data, "files")),
    )


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = data.get(name)
    if not isinstance(part, Mapping) or not isinstance(part.get("key"), str):
        raise HandoverError(name)
    return part


def _rows(data: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = data.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise HandoverError(name)
    return rows


def _made(kind: Any, row: Mapping[str, Any], place: str) -> Any:
    try:
        return kind(item_id=row["item"], **{k: v for k, v in row.items() if k != "item"})
    except (KeyError, TypeError) as error:
        raise HandoverError(place) from error


def _state(state: ItemState) -> dict[str, Any]:
    review = state.review
    return {
        "item": state.item_id,
        "status": state.status.value,
        "evidence": state.evidence_count,
        "reason": state.reason,
        "owner": state.owner,
        "due": state.due.isoformat() if state.due else None,
        "note": state.note,
        "blocked_by": list(state.blocked_by),
        "review": None
        if review is None
        else {
            "status": review.status.value,
            "submitted_by": review.submitted_by,
            "submitted_at": review.submitted_at,
            "reviewer": review.reviewer,
            "reviewed_at": review.reviewed_at,
            "note": review.note,
        },
    }


def states_of(rows: Sequence[Mapping[str, Any]], place: str) -> States:
    """Return the states of plain JSON rows by item; HandoverError names the place."""
    return {state.item_id: state for row in rows for state in (_read(row, place),)}


def _read(row: Mapping[str, Any], place: str) -> ItemState:
    try:
        said = row["review"]
        review = said and Review(
            ReviewStatus(said["status"]), **{k: v for k, v in said.items() if k != "status"}
        )
        return ItemState(
            str(row["item"]),
            ItemStatus(row["status"]),
            int(row["evidence"]),
            str(row["reason"]),
            str(row["owner"]),
            date.fromisoformat(row["due"]) if row["due"] else None,
            str(row["note"]),
            tuple(str(other) for other in row["blocked_by"]),
            review or None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HandoverError(place) from error
