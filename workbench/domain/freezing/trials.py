# SPDX-License-Identifier: MIT
"""Takes each change of the ledger back alone: what then stays as it is was not moved by it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from workbench.domain.cases.case import FEATURES
from workbench.domain.freezing.differences import CellChange, Reason, Side
from workbench.domain.freezing.outcomes import RESULTS
from workbench.domain.freezing.results import Found
from workbench.domain.freezing.told import grades_told
from workbench.domain.records.ledger import Ledger, Record

MOST_TRIALS = 60
"""How many changes are taken back one by one; of more, what was read and changed is named."""
MOST_RECORDS = 200_000
"""How many records all trials may read together: each of them is a whole assessment."""
_Place = tuple[str, str, str]
_Named = tuple[str, Any]


class Trials:
    """Tells which results of the new side another ledger would not have, without one change.

    The new side is read on the date and the assets of the old one: what these moved is no
    question of cells.
    """

    def __init__(self, old: Side, new: Side, cells: Iterable[CellChange]) -> None:
        self._old, self._new = old, new
        places = {cell.place for cell in cells}
        self._whole = {place for place in places if not place[2]}
        units = {self._unit(place) for place in places}
        size = sum(len(rows) for rows in self._ledger.records.values())
        self.are_made = (
            new.on_ledger is not None
            and len(units) <= MOST_TRIALS
            and len(units) * size <= MOST_RECORDS
        )
        """Whether each change can be taken back; else what was read is all that is known."""
        self._known: dict[_Place, frozenset[_Named]] = {}

    def causes(self, kind: str, subject: Any, reasons: Sequence[Reason]) -> list[Reason]:
        """Return the reasons without cells that alone move nothing of a result.

        Where none moves it alone they move it together, and all of them stay; where all of them
        together move nothing, none is left beside what else moved it.
        """
        cells = [reason.cell for reason in reasons if reason.cell is not None]
        if not self.are_made or not cells:
            return list(reasons)
        moving = [cell for cell in cells if self.moves(cell, kind, subject)]
        if not moving:
            others = [reason for reason in reasons if reason.cell is None]
            together = (kind, subject) in self._moved_by_all
            return list(reasons) if together or not others else others
        return [reason for reason in reasons if self._stays(reason, moving)]

    def _stays(self, reason: Reason, moving: Sequence[CellChange]) -> bool:
        if reason.code == "feature":
            feature = reason.params["feature"]
            return any(self.moves(cell, "feature", feature) for cell in moving)
        return reason.cell is None or reason.cell in moving

    def moves(self, cell: CellChange, kind: str, subject: Any) -> bool:
        """Tell whether a result is another one without this change alone."""
        unit = self._unit(cell.place)
        if unit not in self._known:
            self._known[unit] = frozenset(self._other_on(self._without(unit)))
        return (kind, subject) in self._known[unit]

    def _unit(self, place: _Place) -> _Place:
        """Return what is taken back as one: a cell, or a record that came or went."""
        whole = (*place[:2], "")
        return whole if whole in self._whole else place

    @property
    def _ledger(self) -> Ledger:
        return self._new.found.scope.ledger

    @cached_property
    def _base(self) -> Found:
        return next(iter(self._new.on_old_basis.values()), self._new.found)

    @cached_property
    def _results(self) -> Mapping[_Named, Any]:
        return dict(_results(self._base))

    @cached_property
    def _moved_by_all(self) -> frozenset[_Named]:
        return frozenset(self._other_on(self._old.found.scope.ledger))

    def _other_on(self, ledger: Ledger) -> Iterator[_Named]:
        """Yield the results that are others on another ledger."""
        if self._new.on_ledger is None:
            return
        found = dict(_results(self._new.on_ledger(ledger)))
        for named in self._results.keys() | found.keys():
            if self._results.get(named) != found.get(named):
                yield named

    def _without(self, unit: _Place) -> Ledger:
        """Return the new ledger with one change taken back."""
        entity, key, field = unit
        was = self._old.found.scope.ledger.find(entity, key)
        now = self._ledger.find(entity, key)
        rows = [record for record in self._ledger.all(entity) if record.key != key]
        back = was if now is None or not field else _taken_back(now, was, field)
        if back is not None:
            rows = sorted((*rows, back), key=lambda record: (record.position, record.key))
        return self._ledger.with_rows({entity: rows})


def _taken_back(now: Record, was: Record | None, field: str) -> Record:
    """Return a record with the value and the origin that one field had before."""
    values = {name: value for name, value in now.values.items() if name != field}
    origins = {name: origin for name, origin in now.origins.items() if name != field}
    if was is not None and (value := was.get(field)) is not None:
        values[field] = value
    if was is not None and (origin := was.origins.get(field)) is not None:
        origins[field] = origin
    return replace(now, values=values, origins=origins)


def _results(found: Found) -> Iterator[tuple[_Named, Any]]:
    for kind, outcome in RESULTS.items():
        for subject, result in outcome(found).items():
            yield (kind, subject), result
    for (kind, subject), told in grades_told(found.scope):
        yield (kind, subject), told
    for name in FEATURES:
        yield ("feature", name), getattr(found.target.features, name)
