# SPDX-License-Identifier: MIT
"""Which buildings have what is let from leases on one side of a comparison only, and what counts.

A lease that goes lets the area count again that the ledger states, although no cell of the building
changed: the reader of a difference has to be told.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from workbench.domain.figures.letting import Basis, lettings
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.freezing.differences import CellChange, Reason, Side

_STATED = ("leased_area", "use_status")
"""The fields of a building that say what is let of it where it has no lease."""
LET_CODES = tuple(f"let_{basis}" for basis in Basis)
"""The codes of the reasons that are told here, by what counts on the new side."""
_Place = tuple[str, str, str]


class LetBasis:
    """Tells of the buildings whose let area rests on leases before or after, and not on both."""

    def __init__(self, old: Side, new: Side, cells: Mapping[_Place, CellChange]) -> None:
        self._sides = (old, new)
        self._may_differ = any(entity in ("lease", "unit") for entity, *_ in cells)

    def reasons(self, read: Mapping[_Place, None]) -> Iterator[Reason]:
        """Yield what counts now instead, for a figure that read leases and these buildings."""
        if not self._changed or not any(entity == "lease" for entity, *_ in read):
            return
        for entity, key, field in read:
            if entity == "building" and field in _STATED and key in self._changed:
                yield self._changed[key]

    @cached_property
    def _changed(self) -> Mapping[str, Reason]:
        """Return the reason by building."""
        if not self._may_differ:
            return {}
        before, after = (_bases(side.found.scope) for side in self._sides)
        return {
            key: self._reason(key, now)
            for key, now in after.items()
            if (was := before.get(key)) is not None
            and was is not now
            and Basis.LEASES in (was, now)
        }

    def _reason(self, key: str, basis: Basis) -> Reason:
        scope = self._sides[1].found.scope
        building = scope.ledger.find("building", key)
        params: dict[str, Any] = {"building": "", "area": None, "status": ""}
        if building is not None:
            params = {
                "building": scope.ledger.name_of(building),
                "area": building.number("leased_area"),
                "status": building.text("use_status") or "",
            }
        return Reason(f"let_{basis}", params)


def _bases(scope: Scope) -> dict[str, Basis]:
    return {each.building.key: each.basis for each in lettings(Reading(scope.params), scope)}
