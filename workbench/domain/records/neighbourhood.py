# SPDX-License-Identifier: MIT
"""The few records round one: what rules about a single asset need, instead of a whole park."""

from workbench.domain.records.ledger import Ledger, Record

CHILDREN = {
    "parcel": (("building", "parcel"), ("encumbrance", "parcel"), ("valuation", "parcel")),
    "building": (
        ("unit", "building"),
        ("lease", "building"),
        ("encumbrance", "building"),
        ("valuation", "building"),
    ),
    "unit": (("lease", "unit"),),
}
"""What stands on a record: entity and reference."""
_PARENTS = ("park", "parcel", "building", "unit")
_Found = dict[tuple[str, str], Record]


def neighbourhood(ledger: Ledger, *records: Record) -> Ledger:
    """Return records with what they stand on, what stands on that, and their park's context."""
    found: _Found = {}
    for record in records:
        _climb(ledger, record, found)
        if tenant := ledger.find("enterprise", record.text("tenant")):
            found[tenant.entity, tenant.key] = tenant
    for kept in list(found.values()):
        _descend(ledger, kept, found)
        if kept.entity == "park":
            for context in ledger.pointing_at("context", "park", kept.key):
                found[context.entity, context.key] = context
    rows: dict[str, list[Record]] = {entity.key: [] for entity in ledger.catalogue.ledger()}
    for item in found.values():
        rows[item.entity].append(item)
    return Ledger(rows, ledger.catalogue, ledger.beside)


def _climb(ledger: Ledger, record: Record, found: _Found) -> None:
    found[record.entity, record.key] = record
    for entity in _PARENTS:
        if parent := ledger.find(entity, record.text(entity)):
            _climb(ledger, parent, found)


def _descend(ledger: Ledger, record: Record, found: _Found) -> None:
    for entity, reference in CHILDREN.get(record.entity, ()):
        for child in ledger.pointing_at(entity, reference, record.key):
            if (entity, child.key) not in found:
                found[entity, child.key] = child
                _descend(ledger, child, found)
