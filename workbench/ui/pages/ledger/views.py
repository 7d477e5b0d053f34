# SPDX-License-Identifier: MIT
"""The views above a ledger table: named questions to its records, with counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.records.ledger import Record
from workbench.ui.models.park_state import ParkState


@dataclass(frozen=True, slots=True)
class View:
    """One view: text key ``ledger.view.<key>``; it shows the records with a mark, "" for all."""

    key: str
    mark: str = ""

    def allowed(self, state: ParkState) -> tuple[Mapping[str, Collection[str]], ...]:
        """Return the keys by entity that the view lets through; nothing where it lets all."""
        return (state.marks[self.mark],) if self.mark else ()

    def count(self, records: Sequence[Record], entities: Sequence[str], state: ParkState) -> int:
        """Return how many records of these entities the view lets through."""
        if not self.mark:
            return len(records)
        marked = state.marks[self.mark]
        return sum(len(marked.get(entity, ())) for entity in entities)


ALL = View("all")
PROBLEMS = View("problems", "problems")
ASSET_VIEWS: Sequence[View] = (
    ALL,
    View("idle", "idle"),
    View("under_used", "under_used"),
    View("title", "title"),
    View("missing", "missing"),
    PROBLEMS,
)
RECORD_VIEWS: Sequence[View] = (ALL, View("missing", "missing"), PROBLEMS)
