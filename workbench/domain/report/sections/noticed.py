# SPDX-License-Identifier: MIT
"""What the import did not take as it stood, found again from the origins kept with each cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.domain.records.ledger import Ledger
from workbench.domain.values import ValueState


@dataclass(frozen=True, slots=True)
class Noticed:
    """One cell: where it stood, what it said, and what was made of it.

    ``kind`` is ``estimated``, ``not_applicable`` or ``unread``.
    """

    file: str
    place: str
    record: str
    field: str
    raw: str
    kind: str


_KINDS = {
    ValueState.ESTIMATED: "estimated",
    ValueState.NOT_APPLICABLE: "not_applicable",
    ValueState.UNKNOWN: "unread",
}


def noticed(ledger: Ledger, language: str) -> Iterator[Noticed]:
    """Yield every cell whose text was not simply a known value."""
    for record in ledger:
        entity = ledger.catalogue[record.entity]
        for key, origin in record.origins.items():
            state = record.state(key)
            if state is ValueState.KNOWN or not origin.raw or key not in entity:
                continue
            source = origin.source
            place = f"{source.sheet}!{source.column}{source.row}" if source else ""
            yield Noticed(
                source.source if source else "",
                place,
                ledger.name_of(record),
                entity[key].title(language),
                origin.raw,
                _KINDS[state],
            )
