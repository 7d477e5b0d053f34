# SPDX-License-Identifier: MIT
"""The records that a view goes on showing although an edit took them out of it."""

from collections.abc import Collection, Mapping, Sequence

from workbench.domain.records.ledger import Record

Allowed = Mapping[str, Collection[str]]
"""The keys that a question lets through, by entity."""
_NONE: Collection[str] = ()


class HeldRows:
    """Narrows records to what a view asks for, without a row vanishing under the fingers.

    A record that was shown stays until the question is asked anew: another view, another place,
    another park or day, or ``forget``.
    """

    def __init__(self) -> None:
        self._question: object = None
        self._shown: set[str] = set()
        self.count = 0

    def forget(self) -> None:
        """Show only what the view asks for, from the next time on."""
        self._question = None

    def keep(self, key: str) -> None:
        """Show a record that was made just now, whatever the view asks for."""
        self._shown.add(key)

    def narrowed(
        self, records: Sequence[Record], allowed: Sequence[Allowed], question: object
    ) -> Sequence[Record]:
        """Return the records that everything allows, and those that were shown before."""
        if question != self._question:
            self._question, self._shown = question, set()
        self.count = 0
        if not allowed:
            self._shown = set()
            return records
        passing = [
            all(record.key in keys.get(record.entity, _NONE) for keys in allowed)
            for record in records
        ]
        shown = self._shown
        rows = [
            record
            for record, passes in zip(records, passing, strict=True)
            if passes or record.key in shown
        ]
        self.count = len(rows) - sum(passing)
        self._shown = {record.key for record in rows}
        return rows
