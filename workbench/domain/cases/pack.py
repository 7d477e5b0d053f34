# SPDX-License-Identifier: MIT
"""A pack of cases: cards with a version and checksums, the same bytes for the same cases."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FORMAT = 1
KIND = "park-workbench-case-pack"
_MOST_CASES = 20_000


class PackError(ValueError):
    """A pack is not one, is newer, or was altered; ``what`` says which."""

    def __init__(self, what: str, **params: Any) -> None:
        super().__init__(what)
        self.what = what
        self.params = params


class PackState(StrEnum):
    """How a case of a pack stands to the library."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SHIPPED = "shipped"
    """It has the id of a shipped case, so it cannot be taken."""
    SPOILED = "spoiled"
    """Its card cannot be read."""


@dataclass(frozen=True, slots=True)
class PackedCase:
    """One card of a pack."""

    id: str
    name: str
    version: int
    card: str

    @property
    def sha256(self) -> str:
        """Return the checksum of the card."""
        return hashlib.sha256(self.card.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CasePack:
    """Cases that travel together."""

    name: str
    made_by: str
    made_on: str
    cases: tuple[PackedCase, ...]


def pack_text(pack: CasePack) -> str:
    """Return a pack as JSON; the checksum over all stands at its end."""
    body = _body(pack)
    return json.dumps({**body, "sha256": _digest(body)}, ensure_ascii=False, indent=1) + "\n"


def pack_of(text: str) -> CasePack:
    """Return the pack that a text holds; raises PackError."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PackError("not_a_pack") from error
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise PackError("not_a_pack")
    version = document.get("format")
    if not isinstance(version, int) or version > FORMAT:
        raise PackError("newer", version=str(version))
    stated = document.pop("sha256", None)
    if stated != _digest(document):
        raise PackError("altered")
    try:
        cases = tuple(_case(each) for each in document["cases"])
        pack = CasePack(
            str(document["name"]), str(document["made_by"]), str(document["made_on"]), cases
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackError("not_a_pack") from error
    if len(cases) > _MOST_CASES:
        raise PackError("too_many", count=len(cases), most=_MOST_CASES)
    doubled = _doubled(case.id for case in cases)
    if doubled:
        raise PackError("double", code=doubled)
    return pack


def _body(pack: CasePack) -> dict[str, Any]:
    return {
        "kind": KIND,
        "format": FORMAT,
        "name": pack.name,
        "made_by": pack.made_by,
        "made_on": pack.made_on,
        "cases": [
            {"id": c.id, "name": c.name, "version": c.version, "sha256": c.sha256, "card": c.card}
            for c in sorted(pack.cases, key=lambda case: case.id)
        ],
    }


def _digest(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _case(document: Mapping[str, Any]) -> PackedCase:
    case = PackedCase(
        str(document["id"]), str(document["name"]), int(document["version"]), str(document["card"])
    )
    if document["sha256"] != case.sha256:
        raise PackError("altered_case", code=case.id)
    return case


def _doubled(ids: Iterable[str]) -> str:
    seen: set[str] = set()
    for code in ids:
        if code in seen:
            return code
        seen.add(code)
    return ""
