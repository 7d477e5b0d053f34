# SPDX-License-Identifier: MIT
"""Which ledger cells a cross-check reads: found by letting it read records that listen."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbench.domain.checks.registry import CHECKS
from workbench.domain.checks.rules import CheckContext
from workbench.domain.figures.scope import Scope
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Value

Place = tuple[str, str, str]
"""Where a cell is: entity, key and field."""


class _Listening(Mapping[str, Value]):
    """The values of a record, which note what of them was asked for, known or not."""

    __slots__ = ("_heard", "_record")

    def __init__(self, record: Record, heard: dict[Place, None]) -> None:
        self._record, self._heard = record, heard

    def _note(self, name: object) -> None:
        self._heard[self._record.entity, self._record.key, str(name)] = None

    @override
    def __getitem__(self, name: str) -> Value:
        self._note(name)
        return self._record.values[name]

    @override
    def __contains__(self, name: object) -> bool:
        self._note(name)
        return name in self._record.values

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._record.values)

    @override
    def __len__(self) -> int:
        return len(self._record.values)


class CheckReads:
    """Tells what the cross-checks read in the ledger of a scope, as of its date."""

    def __init__(self, scope: Scope) -> None:
        self._heard: dict[Place, None] = {}
        ledger = scope.ledger
        rows = {
            entity: tuple(replace(r, values=_Listening(r, self._heard)) for r in records)
            for entity, records in ledger.records.items()
        }
        self._ledger = Ledger(rows, ledger.catalogue, ledger.beside)
        self._context = CheckContext(self._ledger, scope.as_of, scope.params)

    def of(self, rule: str, entity: str, key: str) -> tuple[Place, ...]:
        """Return the cells that a rule ("V08") reads to judge a record, in the order of reading.

        The rule runs twice: the first time builds indexes, for which every record is read.
        """
        record = self._ledger.find(entity, key)
        if record is None:
            return ()
        for _ in range(2):
            self._heard.clear()
            for check in CHECKS:
                if check.id == rule and entity in check.entities:
                    tuple(check.run(self._context, record))
        return tuple(self._heard)
