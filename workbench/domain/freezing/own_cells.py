# SPDX-License-Identifier: MIT
"""Which changed cells concern a comparison: those of its park, and others that moved a result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from workbench.domain.figures.firms import firms
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.freezing.differences import CellChange, Side, Use
from workbench.domain.records.ledger import Record

_OF_FIRM = {"enterprise_year": "enterprise", "finance": "enterprise"}
"""The field of a record that names the firm whose it is."""


class Own:
    """Tells which records are of the park of two sides; an assessment may read others too."""

    def __init__(self, old: Side, new: Side) -> None:
        self._sides = (old, new)

    def has(self, record: Record) -> bool:
        """Tell whether a record is of the park on either side, or of a firm that is there."""
        if record.entity in _OF_FIRM or record.entity == "enterprise":
            key = record.text(_OF_FIRM.get(record.entity, "")) or record.key
            return key in self._firms
        owners = (side.found.scope.ledger.park_of(record) for side in self._sides)
        return any(
            park is not None and park.key == side.found.scope.park_key
            for park, side in zip(owners, self._sides, strict=True)
        )

    def owner(self, record: Record) -> str:
        """Return the name of another park that a record lies in, "" for none."""
        parks = (side.found.scope.ledger.park_of(record) for side in self._sides)
        return next((park.label for park in parks if park is not None), "")

    @cached_property
    def _firms(self) -> frozenset[str | None]:
        return frozenset(key for side in self._sides for key in _firms(side.found.scope))

    def that_matter(
        self, cells: Sequence[CellChange], uses: Mapping[tuple[str, str, str], Use]
    ) -> tuple[CellChange, ...]:
        """Return the cells of the park, and those of others on which a changed result rests."""
        return tuple(
            cell for cell in cells if not cell.elsewhere or uses.get(cell.place, Use()).moved
        )


def _firms(scope: Scope) -> Iterator[str | None]:
    """Yield the firms of the whole park, and the company that runs it."""
    whole = replace(scope, asset_keys=None)
    yield from (firm.key for firm in firms(Reading(scope.params), whole))
    if scope.park is not None:
        yield scope.park.text("platform_entity")
