# SPDX-License-Identifier: MIT
"""Finds the record that a word of a command means."""

from workbench.bootstrap import Services
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import UsageError
from workbench.domain.records.ledger import Record

_SHORTEST = 6


def find_record(services: Services, entity_key: str, wanted: str) -> Record:
    """Return a record by key, the beginning of a key, or a natural key.

    UsageError when there is none, or more than one.
    """
    entity = CATALOGUE[entity_key]
    records = services.querying.ledger().all(entity_key)
    names = {name for keys in entity.identity for name in keys}
    exact = [r for r in records if r.key == wanted or any(r.get(n) == wanted for n in names)]
    long_enough = len(wanted) >= _SHORTEST
    found = exact or [r for r in records if long_enough and r.key.startswith(wanted)]
    if len(found) != 1:
        code = "cli.many_records" if found else "cli.no_record"
        raise UsageError(code, entity=entity.key, key=wanted, count=len(found))
    return found[0]
