# SPDX-License-Identifier: MIT
"""Finds the record that a word of a command means."""

from collections.abc import Sequence

from workbench.bootstrap import Services
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity
from workbench.domain.findings import UsageError
from workbench.domain.records.ledger import Record

_SHORTEST = 6


def find_named(services: Services, wanted: str) -> Record | None:
    """Return the one ledger record, of whatever entity, that a code, name or short key means.

    UsageError naming them when there are several.
    """
    found = [
        record
        for entity in CATALOGUE.ledger()
        for record in meant(services.querying.ledger().all(entity.key), entity, wanted)
    ]
    if len(found) > 1:
        names = " ".join(f"{record.entity}:{record.key}" for record in found)
        raise UsageError("cli.many_named", key=wanted, count=len(found), names=names)
    return found[0] if found else None


def find_record(services: Services, entity_key: str, wanted: str) -> Record:
    """Return a record by key, the beginning of a key, or a natural key.

    UsageError when there is none, or more than one.
    """
    entity = CATALOGUE[entity_key]
    found = meant(services.querying.ledger().all(entity_key), entity, wanted)
    if len(found) != 1:
        code = "cli.many_records" if found else "cli.no_record"
        raise UsageError(code, entity=entity.key, key=wanted, count=len(found))
    return found[0]


def meant(records: Sequence[Record], entity: Entity, wanted: str) -> list[Record]:
    """Return the records that a word means: by key or natural key, else by a key's beginning."""
    names = {name for keys in entity.identity for name in keys}
    exact = [r for r in records if r.key == wanted or any(r.get(n) == wanted for n in names)]
    long_enough = len(wanted) >= _SHORTEST
    return exact or [r for r in records if long_enough and r.key.startswith(wanted)]
