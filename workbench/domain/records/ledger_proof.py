# SPDX-License-Identifier: MIT
"""How many values each field of an entity has and what they add up to: what an export must hold."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.domain.fields import Field
from workbench.domain.records.ledger import Record


@dataclass(frozen=True, slots=True)
class FieldTotal:
    """The known values of one field: how many, and the sum of the numbers (0 for other types).

    Sums are floats in the normalized unit: they prove a file of floats, they are not money.
    """

    known: int
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class LedgerExport:
    """What an export of the ledger holds; ``cut`` names records with a text too long for a cell."""

    records: int
    cut: tuple[str, ...] = ()


def field_totals(records: Iterable[Record], fields: Iterable[Field]) -> Mapping[str, FieldTotal]:
    """Return the totals of fields over records."""
    rows = list(records)
    totals = {}
    for field in fields:
        known = [record for record in rows if record.get(field.key) is not None]
        numbers = (record.number(field.key) or 0 for record in known) if field.numeric else ()
        totals[field.key] = FieldTotal(len(known), math.fsum(numbers))
    return totals
