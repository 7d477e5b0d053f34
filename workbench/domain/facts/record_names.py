# SPDX-License-Identifier: MIT
"""What a person calls a record, also one that has no name of its own."""

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Ledger, Record


def record_name(record: Record, ledger: Ledger) -> str:
    """Return a record's label; one without a name is called by what it belongs to, and when."""
    if record.label != record.key[:8]:
        return record.label
    parts = [
        target.label
        for field in CATALOGUE[record.entity].references()
        if (target := ledger.find(field.target, record.text(field.key)))
    ]
    parts += [day.isoformat() for key in ("as_of", "base_date") if (day := record.day(key))]
    if (year := record.number("year")) is not None:
        parts.append(str(year))
    return " ".join(parts) or record.label
